//! Limits for the work of a thread: a deadline, and a sign that nobody waits for its result any more.
//!
//! A service answers strangers, who may send what takes longest. Reading a text never fails, so its steps have no error
//! to end with; and what has begun on a thread nobody outside can end. So whoever starts the work sets its limit, with
//! [`Stop::scope`], and every long computation looks at it in its outermost loops, with [`checkpoint`]. Where the limit
//! has passed the whole work ends: the thread unwinds to the scope, past what is half done. No partial result gets out.
//!
//! Without a scope, as on the command line, a checkpoint does nothing, so the layers that read no clock may call it.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

thread_local! {
    /// The limit of the work that this thread is doing; `None` outside every scope.
    static CURRENT: RefCell<Option<Stop>> = const { RefCell::new(None) };

    /// Number of checkpoints that this thread has passed, with a limit or without.
    static PASSED: Cell<u64> = const { Cell::new(0) };
}

/// The limit of a piece of work: a deadline, and whether it is cancelled. The default has no deadline.
///
/// Clones share the cancellation.
#[derive(Clone, Debug, Default)]
pub struct Stop {
    deadline: Option<Instant>,
    cancelled: Arc<AtomicBool>,
}

/// The error of work that ended at its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stopped {
    /// Its deadline passed.
    #[error("given up: it took too long")]
    Late,
    /// It was cancelled.
    #[error("given up: nobody waits for the answer")]
    Cancelled,
}

impl Stop {
    /// Returns the limit `deadline`.
    #[must_use]
    pub fn at(deadline: Instant) -> Self {
        Self {
            deadline: Some(deadline),
            cancelled: Arc::default(),
        }
    }

    /// Cancels the work that has this limit, on whatever thread it runs.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Runs `work` on this thread under this limit, in place of that of a scope around it. It ends at the first
    /// [`checkpoint`] after the limit.
    ///
    /// # Errors
    /// The reason why the work ended early.
    pub fn scope<T>(&self, work: impl FnOnce() -> T) -> Result<T, Stopped> {
        let outer = CURRENT.replace(Some(self.clone()));
        let done = catch_unwind(AssertUnwindSafe(|| {
            checkpoint();
            work()
        }));
        CURRENT.set(outer);
        done.map_err(|payload| match payload.downcast::<Stopped>() {
            Ok(stopped) => *stopped,
            Err(panic) => resume_unwind(panic),
        })
    }

    /// Returns the reason why work with this limit has to end now; `None` if it may go on.
    fn reason(&self) -> Option<Stopped> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Some(Stopped::Cancelled);
        }
        let is_late = self.deadline.is_some_and(|deadline| Instant::now() >= deadline);
        is_late.then_some(Stopped::Late)
    }
}

/// Ends the work of this thread if its limit has passed ([`Stop::scope`]); else does nothing.
///
/// It takes some ten nanoseconds. A loop whose turns take microseconds or more calls it in every turn.
pub fn checkpoint() {
    PASSED.set(PASSED.get() + 1);
    if let Some(stopped) = CURRENT.with_borrow(|stop| stop.as_ref().and_then(Stop::reason)) {
        // Unlike a panic this runs no hook and prints nothing.
        resume_unwind(Box::new(stopped));
    }
}

/// Returns true if the limit of the work of this thread has passed, so that the next [`checkpoint`] ends it. Whoever has
/// to clean up before looks here first.
pub(crate) fn is_passed() -> bool {
    CURRENT
        .with_borrow(|stop| stop.as_ref().and_then(Stop::reason))
        .is_some()
}

/// Returns the time that is left for the work of this thread; `None` if it has no deadline. Whoever waits for another
/// program waits no longer.
pub(crate) fn remaining() -> Option<Duration> {
    let deadline = CURRENT.with_borrow(|stop| stop.as_ref().and_then(|stop| stop.deadline));
    deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()))
}

/// Returns the number of checkpoints that this thread has passed since it began. The difference of two calls is a
/// measure of the work between them that does not depend on the machine.
#[must_use]
pub fn checkpoints_passed() -> u64 {
    PASSED.get()
}

/// Goes on unwinding if what `catch_unwind` caught is no panic but the end of work at its limit. Whoever catches panics
/// calls this first.
pub(crate) fn pass_on(caught: Box<dyn Any + Send>) {
    if let Ok(stopped) = caught.downcast::<Stopped>() {
        resume_unwind(stopped);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Turns forever, unless a limit ends it.
    fn endless() -> u32 {
        loop {
            checkpoint();
        }
    }

    #[test]
    fn endless_work_ends_at_its_limit_and_other_work_does_not() {
        let soon = Stop::at(Instant::now() + Duration::from_millis(5));
        assert_eq!(soon.scope(endless), Err(Stopped::Late));
        assert_eq!(soon.scope(|| 1), Err(Stopped::Late), "it does not even begin");
        assert_eq!(Stop::default().scope(|| 1), Ok(1));
        checkpoint();
        let cancelled = Stop::default();
        std::thread::scope(|threads| {
            let other = threads.spawn(|| cancelled.scope(endless));
            cancelled.clone().cancel();
            assert_eq!(other.join().unwrap(), Err(Stopped::Cancelled));
        });
    }

    #[test]
    fn a_scope_inside_another_has_its_own_limit() {
        let late = Stop::at(Instant::now() + Duration::from_millis(5));
        let done = late.scope(|| {
            let inner = Stop::default().scope(|| {
                std::thread::sleep(Duration::from_millis(10));
                checkpoint();
                1
            });
            assert_eq!(inner, Ok(1));
            endless()
        });
        assert_eq!(done, Err(Stopped::Late));
    }

    #[test]
    fn a_panic_is_no_limit_and_leaves_none_behind() {
        let stop = Stop::default();
        let caught = catch_unwind(AssertUnwindSafe(|| stop.scope(|| panic!("on purpose"))));
        assert!(caught.is_err());
        stop.cancel();
        checkpoint();
    }

    #[test]
    fn catching_panics_does_not_catch_a_limit() {
        let soon = Stop::at(Instant::now() + Duration::from_millis(5));
        let done = soon.scope(|| catch_unwind(endless).map_err(pass_on).is_ok());
        assert_eq!(done, Err(Stopped::Late));
    }

    #[test]
    fn checkpoints_are_counted() {
        let before = checkpoints_passed();
        for _ in 0..3 {
            checkpoint();
        }
        assert_eq!(checkpoints_passed() - before, 3);
    }
}
