//! The roof, through its public doors.

mod operate;
