//! Values derived from a whole index and shared by all requests: suggestions, the citations, and examples of questions.
//!
//! Building them is slow on a large corpus, so only the first request waits, and none for the examples. After the index
//! has changed, the old value serves until a background thread has built the new one.
//!
//! The tables that answer requests without a query are exact for one state of the index, so they are kept with it
//! ([`CitedTable`], [`search::facets`]). Whenever a state is opened, a background thread makes them in advance.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, TryLockError};
use std::thread;
use std::time::Duration;

use super::examples::Examples;
use crate::concordance::{CitationIndex, CitedTable};
use crate::http::problem::Problem;
use crate::index::{Error, Index, State};
use crate::query::Filters;
use crate::record::Facet;
use crate::search::{self, Suggester};
use crate::stop::{Stop, checkpoint};

/// Time between two looks at whether another thread has built the first value.
const FIRST_VALUE_PAUSE: Duration = Duration::from_millis(5);

/// All derived values, each built on first use.
#[derive(Default)]
pub(crate) struct Derived {
    suggester: Arc<Cached<Suggester>>,
    citations: Arc<Cached<CitationIndex>>,
    examples: Arc<Cached<Examples>>,
    /// True while a background thread makes the tables of a state.
    is_making_tables: Arc<AtomicBool>,
}

impl Derived {
    /// Returns the suggester of `index`, or that of an older state while the new one is being built.
    pub(crate) fn suggester(&self, index: &Index) -> Result<Arc<Suggester>, Problem> {
        self.suggester.get(index, Suggester::of)
    }

    /// Makes the tables that are kept with `index` on a thread of their own, so that no request has to wait for them;
    /// unless such a thread is running: while the index is written again and again, not every state gets its tables
    /// in advance.
    pub(super) fn make_tables(&self, index: Index) {
        if self.is_making_tables.swap(true, Ordering::AcqRel) {
            return;
        }
        let is_making = Arc::clone(&self.is_making_tables);
        let work = move || {
            let _clear = ClearOnDrop(&is_making);
            let make = || -> Result<(), Error> {
                search::facets(&index, &Filters::default(), Facet::ALL.to_vec())?;
                CitedTable::of(&index, &Filters::default()).map(drop)
            };
            if let Err(error) = make() {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "cannot make the tables of the index"
                );
            }
        };
        if let Err(error) = thread::Builder::new().name("tables".to_owned()).spawn(work) {
            self.is_making_tables.store(false, Ordering::Release);
            tracing::warn!(%error, "cannot start a thread to make the tables of the index");
        }
    }

    /// Returns the citations of `index`, or that of an older state while the new one is being built.
    pub(crate) fn citations(&self, index: &Index) -> Result<Arc<CitationIndex>, Problem> {
        self.citations.get(index, CitationIndex::of)
    }

    /// Returns the examples of `index`, or those of an older state; `None` while the first are being looked for.
    pub(crate) fn examples(&self, index: &Index) -> Option<Arc<Examples>> {
        self.examples.newest_or_begin(index, Examples::of)
    }
}

/// A value built from one state of an index.
struct Cached<T> {
    /// The newest value with the state it was built from; `None` before the first.
    newest: RwLock<Option<(State, Arc<T>)>>,
    /// Held by the thread that builds the first value, so that the others wait for it.
    first: Mutex<()>,
    /// True while a background thread builds a newer value.
    is_renewing: AtomicBool,
}

impl<T> Default for Cached<T> {
    fn default() -> Self {
        Self {
            newest: RwLock::new(None),
            first: Mutex::new(()),
            is_renewing: AtomicBool::new(false),
        }
    }
}

impl<T: Send + Sync + 'static> Cached<T> {
    /// Returns the newest value and its state.
    fn newest(&self) -> Option<(State, Arc<T>)> {
        self.newest.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the value of `index`. If only one of another state exists, returns that one and has the new one built in
    /// the background.
    fn get(self: &Arc<Self>, index: &Index, make: fn(&Index) -> Result<T, Error>) -> Result<Arc<T>, Problem> {
        if let Some((state, value)) = self.newest() {
            if state != index.state() {
                self.renew(index.clone(), make);
            }
            return Ok(value);
        }
        let _only_one = self.first_when_free();
        // Another thread may have built it while this one waited for the lock.
        match self.newest() {
            Some((_, value)) => Ok(value),
            None => self.make(index, make),
        }
    }

    /// Returns the newest value, if there is any. Unless it is that of `index`, has this one built in the background.
    fn newest_or_begin(self: &Arc<Self>, index: &Index, make: fn(&Index) -> Result<T, Error>) -> Option<Arc<T>> {
        let newest = self.newest();
        if newest.as_ref().is_none_or(|(state, _)| *state != index.state()) {
            self.renew(index.clone(), make);
        }
        newest.map(|(_, value)| value)
    }

    /// Waits until no other thread builds the first value, but not past the limit of the request.
    fn first_when_free(&self) -> MutexGuard<'_, ()> {
        loop {
            match self.first.try_lock() {
                Ok(only_one) => return only_one,
                Err(TryLockError::Poisoned(only_one)) => return only_one.into_inner(),
                Err(TryLockError::WouldBlock) => thread::sleep(FIRST_VALUE_PAUSE),
            }
            checkpoint();
        }
    }

    /// Builds and stores the value of `index`. The deadline of the request does not apply, since later requests need
    /// the value too.
    fn make(&self, index: &Index, make: fn(&Index) -> Result<T, Error>) -> Result<Arc<T>, Problem> {
        let made = Arc::new(Stop::default().scope(|| make(index))??);
        *self.newest.write().unwrap_or_else(PoisonError::into_inner) = Some((index.state(), Arc::clone(&made)));
        Ok(made)
    }

    /// Builds the value of `index` on a thread of its own, unless such a thread is running.
    fn renew(self: &Arc<Self>, index: Index, make: fn(&Index) -> Result<T, Error>) {
        if self.is_renewing.swap(true, Ordering::AcqRel) {
            return;
        }
        let cached = Arc::clone(self);
        let work = move || {
            // A guard, so that the flag is cleared after a panic too and the next request tries again.
            let _clear = ClearOnDrop(&cached.is_renewing);
            if let Err(error) = cached.make(&index, make) {
                tracing::warn!(problem = error.detail(), "cannot read a newer index");
            }
        };
        if let Err(error) = thread::Builder::new().name("renew".to_owned()).spawn(work) {
            self.is_renewing.store(false, Ordering::Release);
            tracing::warn!(%error, "cannot start a thread to read a newer index");
        }
    }
}

/// Clears a flag when it is dropped.
struct ClearOnDrop<'f>(&'f AtomicBool);

impl Drop for ClearOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}
