//! The pager: text that is longer than the screen is shown a screen at a time.
//!
//! Text is held back until it fills the screen. A short answer is then written as it is, so that no program is started
//! for it; a longer one goes to `$VANKIEN_PAGER`, `$PAGER` or `less`. Messages wait until the pager has ended, because
//! it owns the screen.

use std::cell::Cell;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{Child, Command, Stdio};
use std::rc::Rc;

/// The pager if no variable names one.
const DEFAULT_PAGER: &str = "less";

/// Settings of `less` unless the user has his own: leave at the end of a single screen, pass colors through, keep the
/// screen when it ends. git and gh set the same.
const LESS: (&str, &str) = ("LESS", "FRX");

/// Returns the command of the pager, program first: the first of `VANKIEN_PAGER` and `PAGER` that is set decides, else
/// it is `less`. None if that is empty or `cat`, and on a terminal that cannot move its cursor.
pub(super) fn pager_command() -> Option<Vec<String>> {
    let set = |name: &str| std::env::var_os(name).map(OsString::into_string);
    let term = std::env::var_os("TERM").unwrap_or_default();
    if term.is_empty() || term == "dumb" {
        return None;
    }
    let named = set("VANKIEN_PAGER").or_else(|| set("PAGER"));
    let command = named.unwrap_or_else(|| Ok(DEFAULT_PAGER.to_owned())).ok()?;
    let words = shlex::split(&command)?;
    words.first().is_some_and(|program| program != "cat").then_some(words)
}

/// Text on its way to a screen, or to a pager as soon as it is longer.
pub(super) struct Paged<'a> {
    out: &'a mut dyn Write,
    /// The command of the pager, program first.
    command: Vec<String>,
    /// Lines that fit the screen, with one left for the prompt of the shell.
    lines: usize,
    state: State,
    /// True while a pager owns the screen.
    is_paging: Rc<Cell<bool>>,
}

/// The way that the text takes.
enum State {
    /// It is held back, with the number of its lines.
    Held(Vec<u8>, usize),
    /// It goes to a pager.
    Paging(Child),
    /// It goes to the screen.
    Plain,
}

impl<'a> Paged<'a> {
    /// Returns a way to `out`, a screen with this number of rows; `is_paging` tells others when the pager runs.
    pub(super) fn new(out: &'a mut dyn Write, command: Vec<String>, rows: usize, is_paging: Rc<Cell<bool>>) -> Self {
        Self {
            out,
            command,
            lines: rows.saturating_sub(1),
            state: State::Held(Vec::new(), 0),
            is_paging,
        }
    }

    /// Writes what was held back, or waits until the reader has left the pager.
    ///
    /// # Errors
    /// Those of the screen.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        match std::mem::replace(&mut self.state, State::Plain) {
            State::Held(text, _) => self.out.write_all(&text)?,
            State::Paging(mut pager) => {
                drop(pager.stdin.take());
                // The exit code of a pager says nothing about the answer.
                pager.wait().ok();
                self.is_paging.set(false);
            }
            State::Plain => {}
        }
        self.out.flush()
    }

    /// Starts the pager with the text so far; without one, the text goes to the screen.
    fn start(&mut self, text: &[u8]) -> io::Result<()> {
        let Some(mut pager) = start(&self.command) else {
            self.state = State::Plain;
            return self.out.write_all(text);
        };
        self.is_paging.set(true);
        let written = pager.stdin.as_mut().map_or(Ok(()), |stdin| stdin.write_all(text));
        self.state = State::Paging(pager);
        written
    }
}

impl Write for Paged<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.state {
            State::Held(text, lines) => {
                text.extend_from_slice(bytes);
                *lines += bytes.iter().filter(|&&byte| byte == b'\n').count();
                if *lines > self.lines {
                    let text = std::mem::take(text);
                    self.start(&text)?;
                }
                Ok(bytes.len())
            }
            State::Paging(pager) => pager.stdin.as_mut().map_or(Ok(bytes.len()), |stdin| stdin.write(bytes)),
            State::Plain => self.out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.state {
            // What is held back waits for the rest.
            State::Held(..) => Ok(()),
            State::Paging(pager) => pager.stdin.as_mut().map_or(Ok(()), Write::flush),
            State::Plain => self.out.flush(),
        }
    }
}

impl Drop for Paged<'_> {
    /// Ends the pager of a command that failed on the way.
    fn drop(&mut self) {
        self.finish().ok();
    }
}

/// Starts a pager; `None` if it cannot be started.
fn start(command: &[String]) -> Option<Child> {
    let (program, arguments) = command.split_first()?;
    let mut pager = Command::new(program);
    pager.args(arguments).stdin(Stdio::piped());
    if std::env::var_os(LESS.0).is_none() {
        pager.env(LESS.0, LESS.1);
    }
    let pager = pager.spawn().ok()?;
    leave_interrupts_to_the_pager();
    Some(pager)
}

/// Ignores Ctrl-C from now on. The terminal sends it to the pager too, which stops reading or searching; if this program
/// ended, the pager and the shell would read the keyboard at once.
fn leave_interrupts_to_the_pager() {
    #[cfg(unix)]
    if let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() {
        let _entered = runtime.enter();
        // The handler stays when its listener is dropped; without one, Ctrl-C ends this program as always.
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt()).ok();
    }
}

/// Messages, which are held back while a pager runs.
pub(super) struct Messages<'a> {
    err: &'a mut dyn Write,
    held: Vec<u8>,
    is_paging: Rc<Cell<bool>>,
}

impl<'a> Messages<'a> {
    /// Returns a way to `err` that waits while `is_paging`.
    pub(super) fn new(err: &'a mut dyn Write, is_paging: Rc<Cell<bool>>) -> Self {
        Self {
            err,
            held: Vec::new(),
            is_paging,
        }
    }
}

impl Write for Messages<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_paging.get() {
            self.held.extend_from_slice(bytes);
            Ok(bytes.len())
        } else {
            self.err.write(bytes)
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.err.flush()
    }
}

impl Drop for Messages<'_> {
    /// Writes what was held back. The paged text is dropped before, because it is made later.
    fn drop(&mut self) {
        self.err.write_all(&self.held).ok();
    }
}
