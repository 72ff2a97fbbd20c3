//! The sample organisation, through the doors its people use.

mod sample_day;
