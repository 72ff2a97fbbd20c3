//! A panic inside one connection must cost that connection only.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Run `f`, turning a panic into its message. What `f` touched must be thrown away by the caller.
pub(crate) fn guard<T>(f: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(f)).map_err(|panic| message(&*panic))
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|s| s.to_string());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panic".to_string())
}
