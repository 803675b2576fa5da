//! Values derived from a whole index, made once for each opened state of it.
//!
//! They are tables that answer questions without a query. The modules above define them; the index only keeps them, so
//! that they last as long as the state that they are true of.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::thread;
use std::time::Duration;

use super::error::Error;
use crate::stop;

/// Time between two looks at whether another thread has made a value.
const PAUSE: Duration = Duration::from_millis(2);

/// Values by their types.
#[derive(Default)]
pub(crate) struct Kept {
    slots: Mutex<HashMap<TypeId, Arc<Slot>>>,
}

/// The place of one value.
#[derive(Default)]
struct Slot {
    value: OnceLock<Arc<dyn Any + Send + Sync>>,
    /// Held by the thread that makes the value.
    making: Mutex<()>,
}

impl Kept {
    /// Returns the value of type `T`, which `make` makes at the first call. Of several threads that call at once, one makes
    /// it and the others wait.
    ///
    /// # Errors
    /// Those of `make`; the next call tries again.
    pub(super) fn value<T: Send + Sync + 'static>(
        &self,
        make: impl FnOnce() -> Result<T, Error>,
    ) -> Result<Arc<T>, Error> {
        let slot = self.slot(TypeId::of::<T>());
        if slot.value.get().is_none() {
            let _only_one = slot.when_free();
            // Another thread may have made it while this one waited.
            if slot.value.get().is_none() {
                let made: Arc<dyn Any + Send + Sync> = Arc::new(make()?);
                slot.value.set(made).ok();
            }
        }
        let value = slot.value.get().cloned().and_then(|value| value.downcast().ok());
        Ok(value.expect("the slot of a type has a value of that type"))
    }

    /// Returns the value of type `T`, unless no call has made it yet.
    pub(super) fn made<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        let value = self.slot(TypeId::of::<T>()).value.get().cloned()?;
        value.downcast().ok()
    }

    /// Returns the place of the value of this type.
    fn slot(&self, of: TypeId) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(of).or_default())
    }
}

impl Slot {
    /// Waits until no other thread makes the value, but not past the limit of the work at hand.
    fn when_free(&self) -> MutexGuard<'_, ()> {
        loop {
            match self.making.try_lock() {
                Ok(only_one) => return only_one,
                Err(TryLockError::Poisoned(only_one)) => return only_one.into_inner(),
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            }
            stop::checkpoint();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::index::Index;
    use crate::index::testing::{Sample, index_of};

    #[test]
    fn a_value_is_made_once_for_all_clones_and_threads() {
        let (_folder, index) = index_of(&[Sample::new("a", "tinh gọn bộ máy")]);
        let made = AtomicUsize::new(0);
        let passages = |index: &Index| {
            made.fetch_add(1, Ordering::Relaxed);
            thread::sleep(Duration::from_millis(10));
            Ok(index.passages_count())
        };
        let counts: Vec<u64> = thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| *index.clone().kept(passages).unwrap()))
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(counts, [index.passages_count(); 4]);
        assert_eq!(made.load(Ordering::Relaxed), 1);
        // A value of another type has a place of its own.
        assert!(index.made::<&str>().is_none());
        assert_eq!(*index.kept(|_| Ok("other")).unwrap(), "other");
        assert_eq!(index.made::<&str>().as_deref(), Some(&"other"));
    }

    #[test]
    fn a_value_that_could_not_be_made_is_tried_again() {
        let (_folder, index) = index_of(&[Sample::new("a", "tinh gọn bộ máy")]);
        let failed = index.kept::<u8>(|index| Err(Error::damaged(index.in_folder().unwrap().dir())));
        assert!(matches!(failed, Err(Error::Damaged { .. })));
        assert_eq!(*index.kept(|_| Ok(7_u8)).unwrap(), 7);
    }
}
