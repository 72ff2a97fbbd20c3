//! What rooms keep in memory, found by type, so that plumbing need not know the rooms. Filled once, by `app.rs`.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;

#[derive(Clone, Default)]
pub struct Memory(Arc<HashMap<TypeId, Box<dyn Any + Send + Sync>>>);

/// Collects what the rooms keep, before the house opens.
#[derive(Default)]
pub struct MemoryBuilder(HashMap<TypeId, Box<dyn Any + Send + Sync>>);

impl MemoryBuilder {
    pub fn with<T: Any + Send + Sync>(mut self, kept: T) -> Self {
        self.0.insert(TypeId::of::<T>(), Box::new(kept));
        self
    }
    pub fn build(self) -> Memory {
        Memory(Arc::new(self.0))
    }
}

impl Memory {
    /// What a room keeps under this type. Every type asked for is filled in by `app.rs`.
    pub fn of<T: Any + Send + Sync>(&self) -> &T {
        let kept = self.0.get(&TypeId::of::<T>()).and_then(|kept| kept.downcast_ref());
        kept.unwrap_or_else(|| panic!("app.rs fills in {}", std::any::type_name::<T>()))
    }
}
