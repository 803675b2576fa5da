//! Steps that may panic on bytes that others made, run so that a panic becomes an error.
//!
//! Rust writes the text of a panic to standard error before anybody can catch it, which says nothing to a user. The
//! hook here writes nothing for a panic that is caught here, and nothing for the threads of the engine, whose panics
//! the engine turns into errors of its own.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::io::Write;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::stop;
use crate::text::clean;

/// The beginnings of the names of the engine's threads (tantivy 0.27).
const ENGINE_THREADS: [&str; 4] = ["thrd-tantivy", "merge_thread", "segment_updater", "tantivy"];

/// True if this is the program and not a library in another: the hook of Rust is not asked.
static IS_PROGRAM: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// The number of guarded steps that this thread is in.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    /// The last panic of this thread in a guarded step.
    static LAST: RefCell<Option<Panicked>> = const { RefCell::new(None) };
}

/// The error of a step that panicked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a panic at {place}: {message}")]
pub(crate) struct Panicked {
    /// File and line.
    place: String,
    /// The text of the panic.
    message: String,
}

/// Runs a step and returns its result, or its panic. Work that ends at its limit ([`stop`]) goes on unwinding.
pub(crate) fn guarded<T>(step: impl FnOnce() -> T) -> Result<T, Panicked> {
    install_hook();
    DEPTH.set(DEPTH.get() + 1);
    let done = catch_unwind(AssertUnwindSafe(step));
    DEPTH.set(DEPTH.get() - 1);
    // A panic that was resumed from another thread has not passed the hook of this one.
    done.map_err(|caught| {
        let message = message_of(caught.as_ref());
        stop::pass_on(caught);
        let place = "another thread".to_owned();
        LAST.take().unwrap_or(Panicked { place, message })
    })
}

/// Writes panics outside guarded steps as the program writes other errors.
pub(crate) fn report_as_program() {
    IS_PROGRAM.store(true, Ordering::Relaxed);
    install_hook();
}

/// Installs the hook, once.
fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let other = take_hook();
        set_hook(Box::new(move |info| {
            if DEPTH.get() > 0 {
                LAST.set(Some(Panicked::of(info)));
            } else if is_thread_of_engine() {
            } else if IS_PROGRAM.load(Ordering::Relaxed) {
                let message = Panicked::of(info).to_string();
                // If standard error fails too, there is nowhere left to report it.
                writeln!(std::io::stderr(), "vankien: internal error: {}", clean(&message)).ok();
            } else {
                other(info);
            }
        }));
    });
}

/// Returns true if the engine started this thread.
fn is_thread_of_engine() -> bool {
    let thread = std::thread::current();
    let name = thread.name().unwrap_or_default();
    ENGINE_THREADS.iter().any(|beginning| name.starts_with(beginning))
}

impl Panicked {
    /// Returns what the hook is told.
    fn of(info: &PanicHookInfo<'_>) -> Self {
        let place = info
            .location()
            .map(|place| format!("{}:{}", place.file(), place.line()));
        Self {
            place: place.unwrap_or_default(),
            message: message_of(info.payload()),
        }
    }
}

/// Returns the text of a panic; empty if it has none.
fn message_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_with_its_place() {
        assert_eq!(guarded(|| 7), Ok(7));
        let panicked = guarded(|| [0, 1][std::hint::black_box(2)]).unwrap_err().to_string();
        assert!(panicked.starts_with("a panic at src/guarded.rs:"), "{panicked}");
        assert!(panicked.contains("index out of bounds"), "{panicked}");
        let inner = guarded(|| (guarded(|| panic!("one")).is_err(), guarded(|| 8)));
        assert_eq!(inner, Ok((true, Ok(8))));
        let resumed = guarded(|| std::panic::resume_unwind(Box::new("hai")));
        assert_eq!(resumed.map_err(|panicked| panicked.message), Err("hai".to_owned()));
    }
}
