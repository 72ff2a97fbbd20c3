//! The media engine: seats and tracks. It knows no people, no SQL, no HTTP and no clock.
