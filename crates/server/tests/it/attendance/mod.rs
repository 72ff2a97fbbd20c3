//! The attendance room, through its public doors.

mod days;
mod overview;
mod room;
mod sheet;
mod stage;
mod timetable;
mod who_came;
mod zones;

pub use stage::announce;
