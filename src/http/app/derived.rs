//! What is read from a whole index once and kept: suggestions, and the register of citations.
//!
//! Reading it takes a while on a large corpus, so nobody but the first waits for it: while that of a newer index is
//! being made, the one before serves on.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;

use crate::concordance::Register;
use crate::index::{Error, Index, State, Stop};
use crate::search::Suggester;

/// What is kept for all requests.
#[derive(Default)]
pub(crate) struct Derived {
    suggester: Arc<Kept<Suggester>>,
    register: Arc<Kept<Register>>,
}

impl Derived {
    /// Suggestions from `index`, or from the state before it while those of this one are being made.
    pub(crate) fn suggester(&self, index: &Index) -> Result<Arc<Suggester>, Error> {
        self.suggester.of(index, Suggester::of)
    }

    /// The citations of `index`, or of the state before it while those of this one are being read.
    pub(crate) fn register(&self, index: &Index) -> Result<Arc<Register>, Error> {
        self.register.of(index, Register::of)
    }
}

/// Something made from one state of an index.
struct Kept<T> {
    /// With the state it was made from.
    newest: RwLock<Option<(State, Arc<T>)>>,
    /// Held by whoever makes the first.
    first: Mutex<()>,
    /// Is a newer one being made?
    is_renewed: AtomicBool,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self {
            newest: RwLock::new(None),
            first: Mutex::new(()),
            is_renewed: AtomicBool::new(false),
        }
    }
}

impl<T: Send + Sync + 'static> Kept<T> {
    /// The newest that was made.
    fn known(&self) -> Option<(State, Arc<T>)> {
        self.newest.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// That of `index`, or the one before it, which is then renewed in the background.
    fn of(self: &Arc<Self>, index: &Index, make: fn(&Index) -> Result<T, Error>) -> Result<Arc<T>, Error> {
        if let Some((state, known)) = self.known() {
            if state != index.state() {
                self.renew(index.clone(), make);
            }
            return Ok(known);
        }
        let _only_one = self.first.lock().unwrap_or_else(PoisonError::into_inner);
        match self.known() {
            Some((_, known)) => Ok(known),
            None => self.make(index, make),
        }
    }

    /// Makes that of `index`, to the end also when the one who asked goes away: the next one needs it too.
    fn make(&self, index: &Index, make: fn(&Index) -> Result<T, Error>) -> Result<Arc<T>, Error> {
        let made = Arc::new(make(&index.with_stop(Stop::default()))?);
        *self.newest.write().unwrap_or_else(PoisonError::into_inner) = Some((index.state(), Arc::clone(&made)));
        Ok(made)
    }

    /// Makes that of `index` on a thread of its own, unless one is being made.
    fn renew(self: &Arc<Self>, index: Index, make: fn(&Index) -> Result<T, Error>) {
        if self.is_renewed.swap(true, Ordering::AcqRel) {
            return;
        }
        let kept = Arc::clone(self);
        let work = move || {
            // Also where it panics: the next one tries again.
            let _done = Done(&kept.is_renewed);
            if let Err(error) = kept.make(&index, make) {
                tracing::warn!(error = &error as &dyn std::error::Error, "a newer index cannot be read");
            }
        };
        if let Err(error) = thread::Builder::new().name("renew".to_owned()).spawn(work) {
            self.is_renewed.store(false, Ordering::Release);
            tracing::warn!(%error, "no thread to read a newer index");
        }
    }
}

/// Says that nothing is being made any more.
struct Done<'k>(&'k AtomicBool);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}
