//! What is read from a whole index once and kept: suggestions, and the register of citations.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::concordance::Register;
use crate::index::{Error, Index, Stop};
use crate::search::Suggester;

/// What is kept for all requests.
#[derive(Default)]
pub(super) struct Lore {
    suggester: Arc<Kept<Suggester>>,
    register: Kept<Register>,
}

impl Lore {
    /// Suggestions from `index`, or from the state before it while those of this one are being read: who types does
    /// not wait.
    pub(super) fn suggester(&self, index: &Index) -> Result<Arc<Suggester>, Error> {
        let Some((generation, known)) = self.suggester.known() else {
            return self.suggester.of(index, Suggester::of);
        };
        if generation != index.generation() && self.suggester.making.try_lock().is_ok() {
            let (kept, index) = (Arc::clone(&self.suggester), index.clone());
            std::thread::spawn(move || {
                if let Err(error) = kept.of(&index, Suggester::of) {
                    tracing::warn!(error = &error as &dyn std::error::Error, "suggestions cannot be read");
                }
            });
        }
        Ok(known)
    }

    /// The citations of `index`.
    pub(super) fn register(&self, index: &Index) -> Result<Arc<Register>, Error> {
        self.register.of(index, Register::of)
    }
}

/// Something made from one state of an index.
struct Kept<T> {
    /// With the generation it was made from.
    newest: RwLock<Option<(u64, Arc<T>)>>,
    /// Held by whoever makes a newer one.
    making: Mutex<()>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self {
            newest: RwLock::new(None),
            making: Mutex::new(()),
        }
    }
}

impl<T> Kept<T> {
    /// The newest that was made.
    fn known(&self) -> Option<(u64, Arc<T>)> {
        self.newest.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// That of `index`, made now where it is not there. It is made to the end also when the one who asked goes away:
    /// the next one needs it too.
    fn of(&self, index: &Index, make: fn(&Index) -> Result<T, Error>) -> Result<Arc<T>, Error> {
        let current = || self.known().filter(|(generation, _)| *generation == index.generation());
        if let Some((_, known)) = current() {
            return Ok(known);
        }
        let _only_one = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = current() {
            return Ok(known);
        }
        let made = Arc::new(make(&index.with_stop(Stop::default()))?);
        *self.newest.write().unwrap_or_else(PoisonError::into_inner) = Some((index.generation(), Arc::clone(&made)));
        Ok(made)
    }
}
