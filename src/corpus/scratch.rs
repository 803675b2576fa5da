//! Files for a moment, for programs that read nothing but files.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts the files of this process.
static COUNT: AtomicU64 = AtomicU64::new(0);

/// A file in the system's folder for temporary files. It is removed when this is dropped.
#[derive(Debug)]
pub(super) struct ScratchFile {
    path: PathBuf,
}

impl ScratchFile {
    /// Creates a file with all bytes of `content`, which only this user can read.
    pub(super) fn of(content: &mut dyn Read) -> io::Result<Self> {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("vankien-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        // Another user may have made a file or link of that name: it is never opened.
        let mut file = create_new(&path)?;
        let scratch = Self { path };
        io::copy(content, &mut file)?;
        Ok(scratch)
    }

    /// Returns the path of the file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for ScratchFile {
    fn drop(&mut self) {
        fs::remove_file(&self.path).ok();
    }
}

/// Creates the file `path`, which must not exist.
fn create_new(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scratch_file_is_there_until_it_is_dropped() {
        let one = ScratchFile::of(&mut &b"mot"[..]).unwrap();
        let two = ScratchFile::of(&mut &b"hai"[..]).unwrap();
        assert_eq!(fs::read(one.path()).unwrap(), b"mot");
        assert_eq!(fs::read(two.path()).unwrap(), b"hai");
        let path = one.path().to_path_buf();
        drop(one);
        assert!(!path.exists());
    }
}
