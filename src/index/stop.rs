//! When work on an index is given up.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::error::Error;

/// Says when to stop: at a point in time, or when told so. The default never does.
///
/// It is asked before each step of the engine and before each document that is read, so what is under way ends after
/// the step it is in. A step takes as long as one look at all postings of the words asked for: milliseconds.
#[derive(Clone, Debug, Default)]
pub struct Stop {
    at: Option<Instant>,
    told: Arc<AtomicBool>,
}

impl Stop {
    /// Stops at `at` at the latest.
    #[must_use]
    pub fn at(at: Instant) -> Self {
        Self {
            at: Some(at),
            told: Arc::default(),
        }
    }

    /// Tells whatever works with this or a copy of it to stop.
    pub fn tell(&self) {
        self.told.store(true, Ordering::Relaxed);
    }

    /// Goes on, or says why not.
    ///
    /// # Errors
    /// [`Error::Stopped`].
    pub fn check(&self) -> Result<(), Error> {
        if self.at.is_some_and(|at| Instant::now() >= at) {
            return Err(Error::Stopped { late: true });
        }
        if self.told.load(Ordering::Relaxed) {
            return Err(Error::Stopped { late: false });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::testing::{Sample, index_of};
    use crate::query::{Filters, parse};
    use crate::search::{Options, search};

    #[test]
    fn an_index_gives_up_when_it_is_told_or_late_and_its_copies_do_not() {
        let (_corner, index) = index_of(&[Sample::new("a", "tinh gọn bộ máy")]);
        let (query, _) = parse("bộ máy");
        let ask = |index: &crate::index::Index| search(index, &query, &Filters::default(), &Options::default());
        let stop = Stop::default();
        let view = index.with_stop(stop.clone());
        assert_eq!(ask(&view).unwrap().total, 1);
        stop.tell();
        assert!(matches!(ask(&view), Err(Error::Stopped { late: false })));
        assert!(matches!(view.document("a"), Err(Error::Stopped { late: false })));
        let late = index.with_stop(Stop::at(Instant::now()));
        assert!(matches!(ask(&late), Err(Error::Stopped { late: true })));
        assert_eq!(ask(&index).unwrap().total, 1);
    }
}
