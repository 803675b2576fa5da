//! Other programs as child processes: started without a shell, bounded in time and in what they write.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::error::ErrorKind;

/// One run takes no longer: a TIFF of a hundred pages takes tesseract some five minutes.
const MAX_TIME: Duration = Duration::from_secs(1800);
/// One run writes no more than this: the places of all words of a thousand pages are some 100 MB.
const MAX_OUTPUT_BYTES: u64 = 256_000_000;
/// So much of what a program complains about is kept.
const MAX_STDERR_BYTES: u64 = 4096;
/// How often a running program is looked at.
const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// What a finished program left.
#[derive(Debug)]
pub(super) struct ProgramOutput {
    /// What it wrote to stdout.
    pub(super) stdout: Vec<u8>,
    /// What it wrote to stderr first, as far as it is text.
    pub(super) stderr: String,
    /// How it ended.
    pub(super) status: ExitStatus,
}

/// Runs `program`, gives it `input` on stdin, and waits for its end, good or bad.
///
/// As many programs run at once as there are cores; others wait.
///
/// # Errors
/// [`ErrorKind::NoProgram`] where it is not installed, [`ErrorKind::Refused`] where it was stopped for
/// taking or writing too much, [`ErrorKind::Unreadable`] where the system does not let it run.
pub(super) fn run(program: &'static str, args: &[&OsStr], input: &[u8]) -> Result<ProgramOutput, ErrorKind> {
    let _permit = Permit::take();
    let mut child = Command::new(program)
        .args(args)
        // Files and pages are read in parallel already; tesseract's own threads then only get in the way.
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|cause| match cause.kind() {
            io::ErrorKind::NotFound => ErrorKind::NoProgram(program),
            _ => ErrorKind::Unreadable(cause),
        })?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let refused = |message: String| ErrorKind::Refused { program, message };
    thread::scope(|scope| {
        // A program that has seen enough closes its end: that is no failure of ours.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
        let stdout = scope.spawn(move || read_up_to(stdout, MAX_OUTPUT_BYTES + 1, false));
        let stderr = scope.spawn(move || read_up_to(stderr, MAX_STDERR_BYTES, true));
        let status = wait(&mut child).map_err(ErrorKind::Unreadable)?;
        let stdout = stdout.join().unwrap_or_default();
        let stderr = stderr.join().unwrap_or_default();
        if stdout.len() as u64 > MAX_OUTPUT_BYTES {
            return Err(refused(format!("more than {} MB", MAX_OUTPUT_BYTES / 1_000_000)));
        }
        let status = status.ok_or_else(|| refused(format!("nothing within {} minutes", MAX_TIME.as_secs() / 60)))?;
        Ok(ProgramOutput {
            stdout,
            stderr: String::from_utf8_lossy(&stderr).into_owned(),
            status,
        })
    })
}

/// Reads the first `most` bytes of `pipe`; the rest is read and dropped if `drain`, else the pipe is closed.
fn read_up_to(pipe: Option<impl Read>, most: u64, drain: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        // What was read before a failure is what there is.
        let _ = pipe.by_ref().take(most).read_to_end(&mut bytes);
        if drain {
            let _ = io::copy(&mut pipe, &mut io::sink());
        }
    }
    bytes
}

/// Waits for the end of `child`; `None` where it took too long and was killed.
fn wait(child: &mut Child) -> io::Result<Option<ExitStatus>> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if started.elapsed() > MAX_TIME {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(POLL_INTERVAL);
    }
}

impl ProgramOutput {
    /// What it wrote, where it ended well.
    ///
    /// # Errors
    /// [`ErrorKind::Refused`] with the first line of what it complained about.
    pub(super) fn success(self, program: &'static str) -> Result<Vec<u8>, ErrorKind> {
        if self.status.success() {
            return Ok(self.stdout);
        }
        let line = self.stderr.lines().find(|line| !line.trim().is_empty());
        let message: String = line
            .unwrap_or("nothing")
            .chars()
            .filter(|char| !char.is_control() && *char != char::REPLACEMENT_CHARACTER)
            .collect();
        Err(ErrorKind::Refused { program, message })
    }
}

/// The right to run one program. There are as many as cores.
struct Permit;

/// Programs that run now, of this whole process.
static RUNNING: Mutex<usize> = Mutex::new(0);
/// Told when one of them has ended.
static ENDED: Condvar = Condvar::new();

impl Permit {
    /// Waits for one.
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

    #[test]
    fn a_program_is_given_its_input_and_heard_out() {
        let input = "Đảng bộ\n".repeat(100_000);
        let done = run("cat", &[], input.as_bytes()).unwrap();
        assert_eq!(done.success("cat").unwrap(), input.as_bytes());
        let done = run("cat", &["--no-such-flag\u{1b}".as_ref()], &[]).unwrap();
        let told = done.success("cat").unwrap_err().to_string();
        assert!(
            told.starts_with("cannot be read; cat says: ") && !told.contains('\u{1b}'),
            "{told}"
        );
    }

    #[test]
    fn what_is_not_installed_and_what_never_stops_writing_is_told() {
        let told = run("vankien-no-such-program", &[], &[]).unwrap_err().to_string();
        assert_eq!(
            told,
            "cannot be read without 'vankien-no-such-program', which is not installed"
        );
        let told = run("yes", &[], &[]).unwrap_err().to_string();
        assert_eq!(told, "cannot be read; yes says: more than 256 MB");
    }
}
