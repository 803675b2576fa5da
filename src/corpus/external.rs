//! External programs as child processes: run without a shell, with bounds on their time and output, and only as long
//! as this process ([`process_group`]).

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::error::ErrorKind;
use super::process_group;
use crate::stop;

/// The longest that one run may take. Tesseract needs some seconds for a page, and the busiest machine not a hundred times
/// as long.
const MAX_TIME: Duration = Duration::from_secs(1800);
/// The most bytes that one run may write. The places of all words of a thousand pages take about 100 MB.
const MAX_OUTPUT_BYTES: u64 = 256_000_000;
/// The most bytes that one run may write for somebody who waits: a file of 1 MB may expand to anything.
const MAX_AWAITED_BYTES: u64 = 32_000_000;
/// The number of bytes of error output that are read for the message.
const MAX_STDERR_BYTES: u64 = 4096;
/// The interval at which a running program is polled.
const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// The output of a program that has ended.
#[derive(Debug)]
pub(super) struct ProgramOutput {
    /// All bytes that it wrote to stdout.
    pub(super) stdout: Vec<u8>,
    /// The first bytes that it wrote to stderr, as text.
    pub(super) stderr: String,
    /// Its exit status.
    pub(super) status: ExitStatus,
}

/// Runs `program`, writes `input` to its stdin, and waits until it ends, successfully or not.
///
/// As many programs run at once as there are cores; further calls wait. Where the work of this thread has a limit
/// ([`stop`]), the program is stopped with it, and may write less.
///
/// # Errors
/// [`ErrorKind::NoProgram`] if it is not installed, [`ErrorKind::Refused`] if it was stopped because it took too long
/// or wrote too much, [`ErrorKind::Unreadable`] if the system does not let it run.
pub(super) fn run(program: &'static str, args: &[&OsStr], input: &[u8]) -> Result<ProgramOutput, ErrorKind> {
    run_within(program, args, input, MAX_TIME)
}

/// Runs `program` as [`run`] does, for at most `max_time`.
///
/// # Errors
/// Those of [`run`].
pub(super) fn run_within(
    program: &'static str,
    args: &[&OsStr],
    input: &[u8],
    max_time: Duration,
) -> Result<ProgramOutput, ErrorKind> {
    let _permit = Permit::take();
    let mut command = Command::new(program);
    command
        .args(args)
        // Files and pages are read in parallel already; tesseract's own threads would only get in the way.
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = process_group::spawn(&mut command).map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => ErrorKind::NoProgram(program),
        _ => ErrorKind::Unreadable(cause),
    })?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let refused = |message: String| ErrorKind::Refused { program, message };
    let max_output = match stop::remaining() {
        None => MAX_OUTPUT_BYTES,
        Some(_) => MAX_AWAITED_BYTES,
    };
    thread::scope(|scope| {
        // A program that has read enough closes its end of the pipe: a failure to write is not an error.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
        let stdout = scope.spawn(move || read_up_to(stdout, max_output + 1, false));
        let stderr = scope.spawn(move || read_up_to(stderr, MAX_STDERR_BYTES, true));
        let status = wait(&mut child, max_time).map_err(ErrorKind::Unreadable)?;
        let stdout = stdout.join().unwrap_or_default();
        let stderr = stderr.join().unwrap_or_default();
        if stdout.len() as u64 > max_output {
            return Err(refused(format!("more than {} MB", max_output / 1_000_000)));
        }
        let status = status.ok_or_else(|| refused(format!("nothing within {} seconds", max_time.as_secs())))?;
        Ok(ProgramOutput {
            stdout,
            stderr: String::from_utf8_lossy(&stderr).into_owned(),
            status,
        })
    })
}

/// Reads the first `max` bytes of `pipe`. The rest is read and dropped if `drain` is true; otherwise the pipe is
/// closed.
fn read_up_to(pipe: Option<impl Read>, max: u64, drain: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        // If reading fails, the bytes before the failure are the result.
        let _ = pipe.by_ref().take(max).read_to_end(&mut bytes);
        if drain {
            let _ = io::copy(&mut pipe, &mut io::sink());
        }
    }
    bytes
}

/// Waits until `child` ends; returns `None` if it took longer than `max_time` and was killed.
fn wait(child: &mut Child, max_time: Duration) -> io::Result<Option<ExitStatus>> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if started.elapsed() > max_time || stop::is_passed() {
            child.kill()?;
            child.wait()?;
            stop::checkpoint();
            return Ok(None);
        }
        thread::sleep(POLL_INTERVAL);
    }
}

impl ProgramOutput {
    /// Returns its output if it succeeded.
    ///
    /// # Errors
    /// [`ErrorKind::Refused`] with the first line of its error output.
    pub(super) fn success(self, program: &'static str) -> Result<Vec<u8>, ErrorKind> {
        if self.status.success() {
            return Ok(self.stdout);
        }
        Err(self.refused(program))
    }

    /// Returns the error that the program could not read its input, with the first line of its error output.
    pub(super) fn refused(&self, program: &'static str) -> ErrorKind {
        let line = self.stderr.lines().find(|line| !line.trim().is_empty());
        let message = line
            .unwrap_or("nothing")
            .chars()
            .filter(|char| !char.is_control() && *char != char::REPLACEMENT_CHARACTER)
            .collect();
        ErrorKind::Refused { program, message }
    }
}

/// The permission to run one program. There are as many as cores.
struct Permit;

/// Number of external programs that this process is running.
static RUNNING: Mutex<usize> = Mutex::new(0);
/// Notified when one of them has ended.
static ENDED: Condvar = Condvar::new();

impl Permit {
    /// Waits until fewer programs run than there are cores.
    fn take() -> Self {
        let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        let mut running = ENDED
            .wait_while(running, |running| *running >= cores)
            .unwrap_or_else(PoisonError::into_inner);
        *running += 1;
        Self
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        ENDED.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stop::{Stop, Stopped};

    #[test]
    fn a_program_is_given_its_input_and_heard_out() {
        let input = "Đảng bộ\n".repeat(100_000);
        let done = run("cat", &[], input.as_bytes()).unwrap();
        assert_eq!(done.success("cat").unwrap(), input.as_bytes());
        let done = run("cat", &["--no-such-flag\u{1b}".as_ref()], &[]).unwrap();
        let message = done.success("cat").unwrap_err().to_string();
        assert!(
            message.starts_with("cannot be read; cat says: ") && !message.contains('\u{1b}'),
            "{message}"
        );
    }

    #[test]
    fn what_is_not_installed_and_what_never_stops_writing_is_reported() {
        let message = run("vankien-no-such-program", &[], &[]).unwrap_err().to_string();
        assert_eq!(
            message,
            "cannot be read without 'vankien-no-such-program', which is not installed"
        );
        let message = run("yes", &[], &[]).unwrap_err().to_string();
        assert_eq!(message, "cannot be read; yes says: more than 256 MB");
    }

    #[test]
    fn a_program_ends_with_the_work_that_waits_for_it() {
        let limit = Stop::at(Instant::now() + Duration::from_millis(100));
        let started = Instant::now();
        let ended = limit.scope(|| run("sleep", &["60".as_ref()], &[]).is_ok());
        assert_eq!(ended, Err(Stopped::Late));
        assert!(started.elapsed() < Duration::from_secs(30));
        // For somebody who waits, less may be written.
        let limit = Stop::at(Instant::now() + Duration::from_secs(60));
        let refused = limit.scope(|| run("yes", &[], &[]).unwrap_err().to_string());
        assert_eq!(refused.unwrap(), "cannot be read; yes says: more than 32 MB");
    }
}
