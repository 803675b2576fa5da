//! Deadlines and cancellation of work on an index.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::error::Error;

/// Ends work on an index at a deadline or when it is cancelled. The default does neither.
///
/// Work checks it before each step of the engine and before it reads a document, so it ends after the step that it is
/// in. A step takes as long as one pass over all postings of the words of a question: milliseconds.
#[derive(Clone, Debug, Default)]
pub struct Stop {
    deadline: Option<Instant>,
    cancelled: Arc<AtomicBool>,
}

impl Stop {
    /// Stops at `deadline` at the latest.
    #[must_use]
    pub fn at(deadline: Instant) -> Self {
        Self {
            deadline: Some(deadline),
            cancelled: Arc::default(),
        }
    }

    /// Cancels the work that holds this or a copy of it.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Fails if the work should end.
    ///
    /// # Errors
    /// [`Error::Stopped`].
    pub fn check(&self) -> Result<(), Error> {
        if self.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            return Err(Error::Stopped { late: true });
        }
        if self.cancelled.load(Ordering::Relaxed) {
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
    fn an_index_gives_up_when_cancelled_or_late_and_its_copies_do_not() {
        let (_folder, index) = index_of(&[Sample::new("a", "tinh gọn bộ máy")]);
        let (query, _) = parse("bộ máy");
        let ask = |index: &crate::index::Index| search(index, &query, &Filters::default(), &Options::default());
        let stop = Stop::default();
        let view = index.with_stop(stop.clone());
        assert_eq!(ask(&view).unwrap().total, 1);
        stop.cancel();
        assert!(matches!(ask(&view), Err(Error::Stopped { late: false })));
        assert!(matches!(view.document("a"), Err(Error::Stopped { late: false })));
        let late = index.with_stop(Stop::at(Instant::now()));
        assert!(matches!(ask(&late), Err(Error::Stopped { late: true })));
        assert_eq!(ask(&index).unwrap().total, 1);
    }
}
