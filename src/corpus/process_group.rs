//! The process group of the external programs, which ends when this process ends.
//!
//! A program that reads a page would go on after the process that started it was killed: tesseract to the end of its
//! page. Linux can send a child a signal when its parent dies (`prctl(2)`, `PR_SET_PDEATHSIG`), but only unsafe code
//! can ask for that between fork and exec, and other systems have nothing of the kind. So a shell leads a process
//! group that all the programs join. It waits at a pipe whose other end only this process has. The system closes that
//! end however this process ends, by SIGKILL too; then the shell kills its group, itself included.
//!
//! A system without the shell runs the programs as plain children.

use std::io;
use std::process::{Child, Command};

/// Starts `command` in the group.
pub(super) fn spawn(command: &mut Command) -> io::Result<Child> {
    #[cfg(unix)]
    if let Some(group) = unix::group() {
        std::os::unix::process::CommandExt::process_group(command, group);
    }
    command.spawn()
}

/// The leader of the group.
#[cfg(unix)]
mod unix {
    use std::os::unix::process::CommandExt;
    use std::process::{Child, Command, Stdio};
    use std::sync::{Mutex, PoisonError};

    /// The POSIX shell; named by its path, so that it is found whatever `PATH` is.
    const SHELL: &str = "/bin/sh";

    /// Waits until the pipe is closed and kills the group. Only commands that every shell has built in.
    const SCRIPT: &str = "trap '' HUP INT QUIT TERM; while read -r line; do :; done; kill -s KILL 0";

    /// The running leader, with this end of its pipe.
    static LEADER: Mutex<Option<Child>> = Mutex::new(None);

    /// Returns the id of the group; `None` if no shell can be started.
    pub(super) fn group() -> Option<i32> {
        let mut leader = LEADER.lock().unwrap_or_else(PoisonError::into_inner);
        // A group without processes is gone: nothing can join it.
        if leader
            .as_mut()
            .is_none_or(|leader| !matches!(leader.try_wait(), Ok(None)))
        {
            *leader = start().ok();
        }
        leader.as_ref().and_then(|leader| leader.id().try_into().ok())
    }

    /// Starts a leader, in a group of its own.
    fn start() -> std::io::Result<Child> {
        Command::new(SHELL)
            .args(["-c", SCRIPT])
            // It stays in no folder that someone may want to remove or unmount.
            .current_dir("/")
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_group_lasts_until_its_pipe_is_closed() {
            let mut leader = start().unwrap();
            let mut command = Command::new("sleep");
            let mut member = command.arg("60").process_group(leader.id() as i32).spawn().unwrap();
            assert!(member.try_wait().unwrap().is_none());
            drop(leader.stdin.take());
            assert!(!member.wait().unwrap().success());
            assert!(!leader.wait().unwrap().success());
        }

        #[test]
        fn a_leader_that_ended_is_replaced() {
            let first = group().unwrap();
            assert_eq!(group(), Some(first));
            {
                let mut leader = LEADER.lock().unwrap();
                let leader = leader.as_mut().unwrap();
                leader.kill().unwrap();
                leader.wait().unwrap();
            }
            let second = group().unwrap();
            assert_ne!(first, second);
        }
    }
}
