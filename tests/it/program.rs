//! The real binary in a folder of its own: what it prints, where, and how it ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder with the program to run in it.
pub(crate) struct Folder {
    folder: tempfile::TempDir,
}

/// How a run of the program ended.
pub(crate) struct Run {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) code: i32,
    command: String,
}

impl Folder {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A folder with the five seeds in `seeds`.
    pub(crate) fn with_seeds() -> Self {
        let this = Self::new();
        fs::create_dir(this.path("seeds")).unwrap();
        for entry in fs::read_dir(root().join("seeds")).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), this.path("seeds").join(entry.file_name())).unwrap();
        }
        this
    }

    /// A path inside the folder.
    pub(crate) fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, with the folders around it.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Runs the program in the folder and waits for it.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        let output = self.command(args).output().unwrap();
        Run::of(args, output)
    }

    /// The program, ready to be started in the folder.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vankien"));
        command
            .args(args)
            .current_dir(self.folder.path())
            .env_remove("VANKIEN_INDEX")
            // No configuration of whoever runs the tests.
            .env("VANKIEN_CONFIG", "")
            .env_remove("NO_COLOR")
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .env_remove("LANG")
            .stdin(Stdio::null());
        command
    }
}

impl Run {
    /// What became of a finished run.
    pub(crate) fn of(args: &[&str], output: Output) -> Self {
        Self {
            out: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            err: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
            code: output.status.code().expect("ended by itself"),
            command: args.join(" "),
        }
    }

    /// Asserts the exit code; shows everything where it is another.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "`vankien {}` ended with {}\n--- stdout\n{}\n--- stderr\n{}",
            self.command, self.code, self.out, self.err
        );
        self
    }

    /// The lines of stdout as JSON objects.
    #[track_caller]
    pub(crate) fn json(&self) -> Vec<serde_json::Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).expect("a line of JSON"))
            .collect()
    }
}

/// The project's own folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
