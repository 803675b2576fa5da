//! The file behind a document: found again where it was indexed, and read only while it is the file that was indexed.
//!
//! An index states the location of each file and the digest of its bytes. [`Original::open`] opens that location, or
//! the member of an archive there, and refuses it if its bytes have another digest. Computing the digest of a scan of
//! 500 MB takes about a second, so [`VerifiedFiles`] remembers it together with what the system says about the file.

use std::collections::HashMap;
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use super::archive::Archive;
use super::error::ErrorKind;
use super::file::{MAX_FOREIGN_BYTES, io_kind, modified_ns, unpacking_error};
use super::scratch::ScratchFile;

/// The time for which a file must not have changed before its digest is remembered. Systems count times in steps of up
/// to 2 seconds (FAT), and a file that changes twice within a step keeps its time.
const REST_TIME: Duration = Duration::from_secs(2);

/// The most files whose digests are remembered; an entry takes about 300 bytes.
const MAX_REMEMBERED: usize = 20_000;

/// The reason why the file of a document cannot be given out.
#[derive(Debug, thiserror::Error)]
pub enum OriginalError {
    /// It does not exist any more.
    #[error("'{}' is gone since it was indexed", .0.display())]
    Gone(PathBuf),
    /// It has other bytes than when it was indexed.
    #[error("'{}' changed since it was indexed", .0.display())]
    Changed(PathBuf),
    /// It cannot be read.
    #[error("'{}' {kind}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The reason.
        kind: ErrorKind,
    },
}

/// The open file of a document, with the bytes that were indexed.
#[derive(Debug)]
pub struct Original {
    /// The file, or the unpacked member of an archive.
    file: File,
    /// The path of the same, which is absolute.
    path: PathBuf,
    /// The state of `file` when its digest was computed.
    stamp: FileStamp,
    /// Removes the unpacked member of an archive in the end; `None` for any other file.
    scratch: Option<ScratchFile>,
}

/// The data that the system has about a file. A file with the same stamp has the same bytes, but for writes within the steps in
/// which the system counts time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct FileStamp {
    size: u64,
    modified_ns: u128,
    /// Device, number and time of the last change of anything about the file; zeros on systems without them. The time of
    /// modification can be set at will, this one cannot.
    inode: [i128; 4],
}

/// The digests of files that were computed before, by location. All requests of a service share one.
#[derive(Debug, Default)]
pub struct VerifiedFiles {
    digests: Mutex<HashMap<PathBuf, (FileStamp, String)>>,
}

impl Original {
    /// Opens the file at `location`, whose bytes had this `digest` when it was indexed. A member of an archive is
    /// unpacked into a temporary file that only this user can read.
    ///
    /// # Errors
    /// Every [`OriginalError`].
    pub fn open(location: &Path, digest: &str, verified: &VerifiedFiles) -> Result<Self, OriginalError> {
        let unreadable = |kind| match kind {
            ErrorKind::Missing => OriginalError::Gone(location.to_path_buf()),
            ErrorKind::Changed => OriginalError::Changed(location.to_path_buf()),
            kind => OriginalError::Unreadable {
                path: location.to_path_buf(),
                kind,
            },
        };
        let (on_disk, member) = on_disk(location).ok_or_else(|| unreadable(ErrorKind::Missing))?;
        let file = File::open(on_disk).map_err(io_kind).map_err(unreadable)?;
        let opened = match member {
            None => Self::of_file(file, location, verified),
            Some(member) => Self::of_member(&file, location, member, digest, verified),
        };
        let (original, found) = opened.map_err(unreadable)?;
        if found == digest {
            Ok(original)
        } else {
            Err(OriginalError::Changed(location.to_path_buf()))
        }
    }

    /// Returns true if there is a file at `location`, or an archive that may hold it, whatever its bytes. It opens nothing.
    #[must_use]
    pub fn is_there(location: &Path) -> bool {
        on_disk(location).is_some()
    }

    /// Returns a plain file and its digest.
    fn of_file(file: File, location: &Path, verified: &VerifiedFiles) -> Result<(Self, String), ErrorKind> {
        let stamp = FileStamp::of(&file.metadata().map_err(ErrorKind::Unreadable)?);
        let digest = match verified.digest(location, stamp) {
            Some(digest) => digest,
            None => {
                let digest = digest_of(&file)?;
                if FileStamp::of(&file.metadata().map_err(ErrorKind::Unreadable)?) != stamp {
                    return Err(ErrorKind::Changed);
                }
                verified.remember(location, stamp, &digest);
                digest
            }
        };
        let original = Self {
            file,
            // Without links, and never relative: no program can take it for an option.
            path: fs::canonicalize(location).map_err(io_kind)?,
            stamp,
            scratch: None,
        };
        Ok((original, digest))
    }

    /// Returns the unpacked `member` of the archive `file` and its digest. It is not unpacked if it is known to have
    /// another digest than `wanted`.
    fn of_member(
        file: &File,
        location: &Path,
        member: &Path,
        wanted: &str,
        verified: &VerifiedFiles,
    ) -> Result<(Self, String), ErrorKind> {
        let stamp = FileStamp::of(&file.metadata().map_err(ErrorKind::Unreadable)?);
        if verified.digest(location, stamp).is_some_and(|digest| digest != wanted) {
            return Err(ErrorKind::Changed);
        }
        let mut archive = Archive::open(file)?;
        let members = archive.members()?;
        let listed = members.iter().find(|listed| listed.path == member);
        let reader = archive.member(listed.ok_or(ErrorKind::Missing)?)?;
        if reader.size() > MAX_FOREIGN_BYTES {
            return Err(ErrorKind::TooLarge(reader.size(), MAX_FOREIGN_BYTES));
        }
        let mut reader = HashingReader::of(reader);
        let scratch = ScratchFile::of(&mut reader).map_err(unpacking_error)?;
        let digest = reader.hasher.finalize().to_hex().to_string();
        verified.remember(location, stamp, &digest);
        let file = File::open(scratch.path()).map_err(io_kind)?;
        let original = Self {
            stamp: FileStamp::of(&file.metadata().map_err(ErrorKind::Unreadable)?),
            file,
            path: scratch.path().to_path_buf(),
            scratch: Some(scratch),
        };
        Ok((original, digest))
    }

    /// Returns the number of bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.stamp.size
    }

    /// Returns the path of the file, or of the temporary file if it is a member of an archive. It is absolute.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns true if the file is a member of an archive, which is unpacked until this is dropped.
    #[must_use]
    pub fn is_unpacked(&self) -> bool {
        self.scratch.is_some()
    }

    /// Reads bytes from offset `at` until `buffer` is full or the file ends, and returns their number.
    ///
    /// # Errors
    /// The system cannot read the file, or it has changed since it was opened.
    pub fn read_at(&self, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(at))?;
        let mut filled = 0;
        while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match file.read(rest) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        // A file that another has replaced is still open here with its old bytes, so its number and the time of its last
        // change of anything do not count.
        let now = FileStamp::of(&file.metadata()?);
        if (now.size, now.modified_ns) == (self.stamp.size, self.stamp.modified_ns) {
            Ok(filled)
        } else {
            Err(io::Error::other("the file has changed since it was opened"))
        }
    }

    /// Returns true if its path still leads to the file that was opened, unchanged: a program that read the path in the
    /// meantime has read the right bytes.
    #[must_use]
    pub fn is_in_place(&self) -> bool {
        fs::metadata(&self.path).is_ok_and(|metadata| FileStamp::of(&metadata) == self.stamp)
    }
}

impl FileStamp {
    /// Returns the stamp of the file with this metadata.
    fn of(metadata: &Metadata) -> Self {
        Self {
            size: metadata.len(),
            modified_ns: modified_ns(metadata),
            inode: inode_of(metadata),
        }
    }
}

/// Returns the fields of [`FileStamp::inode`].
#[cfg(unix)]
fn inode_of(metadata: &Metadata) -> [i128; 4] {
    use std::os::unix::fs::MetadataExt;
    [
        metadata.dev().into(),
        metadata.ino().into(),
        metadata.ctime().into(),
        metadata.ctime_nsec().into(),
    ]
}

/// Returns the fields of [`FileStamp::inode`].
#[cfg(not(unix))]
fn inode_of(_: &Metadata) -> [i128; 4] {
    [0; 4]
}

impl VerifiedFiles {
    /// Returns the digest of the file at `location`, if it was computed when the file had this stamp.
    fn digest(&self, location: &Path, stamp: FileStamp) -> Option<String> {
        let digests = self.digests.lock().unwrap_or_else(PoisonError::into_inner);
        let (known, digest) = digests.get(location)?;
        (*known == stamp).then(|| digest.clone())
    }

    /// Remembers a digest, unless the file has changed a moment ago.
    fn remember(&self, location: &Path, stamp: FileStamp, digest: &str) {
        let since = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        let changed_ns = stamp.modified_ns.max(changed_ns(stamp));
        if since.as_nanos() < changed_ns + REST_TIME.as_nanos() {
            return;
        }
        let mut digests = self.digests.lock().unwrap_or_else(PoisonError::into_inner);
        if digests.len() >= MAX_REMEMBERED {
            digests.clear();
        }
        digests.insert(location.to_path_buf(), (stamp, digest.to_owned()));
    }
}

/// Returns the time of the last change of anything about the file, in nanoseconds since 1970; 0 if it is not known.
fn changed_ns(stamp: FileStamp) -> u128 {
    let [_, _, seconds, nanoseconds] = stamp.inode;
    u128::try_from(seconds * 1_000_000_000 + nanoseconds).unwrap_or(0)
}

/// Returns the file that holds `location`: itself, or the archive above it and the member. `None` if there is none.
fn on_disk(location: &Path) -> Option<(&Path, Option<&Path>)> {
    // What is no regular file is never opened: opening a pipe would wait for its writer.
    let file = location.ancestors().find(|path| path.is_file() || path.is_dir())?;
    if file.is_dir() {
        return None;
    }
    let member = location.strip_prefix(file).ok()?;
    Some((file, (!member.as_os_str().is_empty()).then_some(member)))
}

/// Returns the digest of a file that has at most the bytes that an index takes.
fn digest_of(file: &File) -> Result<String, ErrorKind> {
    let mut hasher = blake3::Hasher::new();
    hasher
        .update_reader(file.take(MAX_FOREIGN_BYTES + 1))
        .map_err(ErrorKind::Unreadable)?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// A reader that computes the digest of what it gives.
struct HashingReader<R> {
    reader: R,
    hasher: blake3::Hasher,
}

impl<R: Read> HashingReader<R> {
    /// Returns a reader of what `reader` gives.
    fn of(reader: R) -> Self {
        Self {
            reader,
            hasher: blake3::Hasher::new(),
        }
    }
}

impl<R: Read> Read for HashingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.hasher.update(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::super::archive::tests::write_archive;
    use super::*;

    /// The digest of these bytes.
    fn digest(bytes: &[u8]) -> String {
        blake3::hash(bytes).to_hex().to_string()
    }

    /// All bytes of an original.
    fn bytes_of(original: &Original) -> Vec<u8> {
        let mut bytes = vec![0; usize::try_from(original.size()).unwrap() + 1];
        let read = original.read_at(0, &mut bytes).unwrap();
        bytes.truncate(read);
        bytes
    }

    /// Opens a file whose digest is that of `bytes`, and returns what it holds or the error.
    fn opened(location: &Path, bytes: &[u8], verified: &VerifiedFiles) -> Result<Vec<u8>, String> {
        let original = Original::open(location, &digest(bytes), verified);
        original
            .map(|original| bytes_of(&original))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_file_is_given_out_only_while_it_has_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("-rf.pdf");
        let verified = VerifiedFiles::default();
        fs::write(&path, b"mot").unwrap();
        assert_eq!(opened(&path, b"mot", &verified).unwrap(), b"mot");
        let original = Original::open(&path, &digest(b"mot"), &verified).unwrap();
        assert!(original.path().is_absolute() && original.is_in_place() && !original.is_unpacked());
        // As many bytes as before.
        fs::write(&path, b"hai").unwrap();
        assert!(!original.is_in_place());
        let changed = format!("'{}' changed since it was indexed", path.display());
        assert_eq!(opened(&path, b"mot", &verified).unwrap_err(), changed);
        fs::remove_file(&path).unwrap();
        let gone = format!("'{}' is gone since it was indexed", path.display());
        assert_eq!(opened(&path, b"hai", &verified).unwrap_err(), gone);
        fs::create_dir(&path).unwrap();
        assert_eq!(opened(&path, b"hai", &verified).unwrap_err(), gone);
    }

    #[test]
    fn a_digest_is_remembered_only_for_a_file_at_rest() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, b"mot").unwrap();
        let verified = VerifiedFiles::default();
        let stamp = FileStamp::of(&fs::metadata(&path).unwrap());
        opened(&path, b"mot", &verified).unwrap();
        assert_eq!(verified.digest(&path, stamp), None, "it has just been written");
        let rested = FileStamp {
            modified_ns: 0,
            inode: [0; 4],
            ..stamp
        };
        verified.remember(&path, rested, "d");
        assert_eq!(verified.digest(&path, rested).as_deref(), Some("d"));
        assert_eq!(verified.digest(&path, stamp), None, "another stamp");
    }

    #[test]
    fn a_member_of_an_archive_is_unpacked_and_no_other_file_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        let verified = VerifiedFiles::default();
        write_archive(&path, &[("b/1.txt", b"mot"), ("../2.txt", b"hai")]);
        assert_eq!(opened(&path.join("b/1.txt"), b"mot", &verified).unwrap(), b"mot");
        assert_eq!(opened(&path.join("2.txt"), b"hai", &verified).unwrap(), b"hai");
        for (member, bytes, end) in [
            ("b/1.txt", &b"hai"[..], "changed since it was indexed"),
            ("b/3.txt", b"mot", "is gone since it was indexed"),
            ("../a.zip/2.txt", b"hai", "is gone since it was indexed"),
        ] {
            let error = opened(&path.join(member), bytes, &verified).unwrap_err();
            assert!(error.ends_with(end), "{error}");
        }
        let original = Original::open(&path.join("b/1.txt"), &digest(b"mot"), &verified).unwrap();
        let unpacked = original.path().to_path_buf();
        assert!(original.is_unpacked() && unpacked.is_file());
        drop(original);
        assert!(!unpacked.exists());
    }
}
