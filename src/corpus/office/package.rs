//! The ZIP archives that `.docx` and `.odt` are, opened within limits.
//!
//! A few kilobytes of an archive can unpack to terabytes. So a member is read as a stream, and what comes out of it is
//! counted: the sizes that the archive itself states are not believed. Nothing is written to disk, so the paths of
//! members are names only.
//!
//! Sources: APPNOTE.TXT 6.3 of PKWARE (the archive); ECMA-376 part 2, 6.2.2 (names of parts differ in more than case).

use std::io::{self, Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;

use crate::corpus::archive::opening_error;
use crate::corpus::error::ErrorKind;

/// The most members of an archive. A document with a thousand pictures has about as many.
const MAX_MEMBERS: usize = 20_000;

/// The most bytes that one member may unpack to. The XML of Word has 3 to 20 bytes for each byte of text, and the
/// longest congress report seen has less than 1 MB of text.
const MAX_MEMBER_BYTES: u64 = 256_000_000;

/// The most bytes that all members that are read may unpack to.
const MAX_TOTAL_BYTES: u64 = 400_000_000;

/// The most bytes that a member may unpack to for each of its packed bytes, once it has more than [`UNRATED_BYTES`].
/// The XML of real documents reaches 60, DEFLATE 1,032 for one byte repeated.
const MAX_RATIO: u64 = 600;

/// The bytes of a member for which [`MAX_RATIO`] does not count.
const UNRATED_BYTES: u64 = 32_000_000;

/// An open archive.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// The bytes that members may still unpack to.
    left: u64,
}

/// A member of an archive: its unpacked bytes as a stream.
pub(super) struct Member<'p, 'b> {
    file: ZipFile<'p, Cursor<&'b [u8]>>,
    /// The bytes that this member may still unpack to.
    allowed: u64,
    /// The bytes that all members may still unpack to.
    left: &'p mut u64,
}

/// The error of a stream that unpacks to more than it may.
#[derive(Debug, thiserror::Error)]
#[error("unpacks to more than {} MB", MAX_MEMBER_BYTES / 1_000_000)]
struct Overflow;

impl<'b> Package<'b> {
    /// Opens the archive `bytes`.
    ///
    /// # Errors
    /// [`ErrorKind::Damaged`] if it is cut off or no archive, [`ErrorKind::Excessive`] if it has too many members.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, ErrorKind> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| ErrorKind::Damaged("the list of its parts, at the end of the file, is missing".to_owned()))?;
        if archive.len() > MAX_MEMBERS {
            return Err(ErrorKind::Excessive(format!("more than {MAX_MEMBERS} parts")));
        }
        Ok(Self {
            archive,
            left: MAX_TOTAL_BYTES,
        })
    }

    /// Returns true if there is a member of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    /// Opens the member of this name; `None` if there is none.
    ///
    /// # Errors
    /// [`ErrorKind::Encrypted`], or [`ErrorKind::Damaged`] if its head cannot be read.
    pub(super) fn member(&mut self, name: &str) -> Result<Option<Member<'_, 'b>>, ErrorKind> {
        let Some(index) = self.index(name) else {
            return Ok(None);
        };
        let file = self
            .archive
            .by_index(index)
            .map_err(|error| opening_error(&format!("its part {name}"), &error))?;
        let rated = file.compressed_size().saturating_mul(MAX_RATIO).max(UNRATED_BYTES);
        Ok(Some(Member {
            file,
            allowed: rated.min(MAX_MEMBER_BYTES),
            left: &mut self.left,
        }))
    }

    /// Reads the first `max_bytes` bytes of the member of this name; `None` if there is none.
    ///
    /// # Errors
    /// Those of [`Self::member`], and of reading it.
    pub(super) fn beginning(&mut self, name: &str, max_bytes: u64) -> Result<Option<Vec<u8>>, ErrorKind> {
        let Some(member) = self.member(name)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        match member.take(max_bytes).read_to_end(&mut bytes) {
            Ok(_) => Ok(Some(bytes)),
            Err(error) => Err(reading_error(name, &error)),
        }
    }

    /// Unpacks all parts of XML once, for readers that take the archive as a whole and know no bounds.
    ///
    /// # Errors
    /// [`ErrorKind::Excessive`] if they unpack to too much; those of [`Self::member`], and of reading them.
    pub(super) fn measure(&mut self) -> Result<(), ErrorKind> {
        let names: Vec<String> = self
            .archive
            .file_names_raw()
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .collect();
        for name in names
            .iter()
            .filter(|name| name.ends_with(".xml") || name.ends_with(".rels"))
        {
            if let Some(mut member) = self.member(name)? {
                io::copy(&mut member, &mut io::sink()).map_err(|error| reading_error(name, &error))?;
            }
        }
        Ok(())
    }

    /// Returns the index of the member of this name. Case does not count, and a backslash is a slash: some writers use
    /// them.
    fn index(&self, name: &str) -> Option<usize> {
        let names_it = |raw: &[u8]| {
            let raw = raw.iter().map(|&byte| if byte == b'\\' { b'/' } else { byte });
            raw.map(|byte| byte.to_ascii_lowercase())
                .eq(name.bytes().map(|byte| byte.to_ascii_lowercase()))
        };
        let exact = self.archive.index_for_name_raw(name.as_bytes());
        exact.or_else(|| self.archive.file_names_raw().position(names_it))
    }
}

impl Read for Member<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        let bytes = read as u64;
        if bytes > self.allowed.min(*self.left) {
            return Err(io::Error::other(Overflow));
        }
        self.allowed -= bytes;
        *self.left -= bytes;
        Ok(read)
    }
}

/// Returns the error of the file for one of the stream of its member `name`.
pub(super) fn reading_error(name: &str, error: &io::Error) -> ErrorKind {
    let inner = error.get_ref();
    if inner.is_some_and(|inner| inner.is::<Overflow>()) {
        ErrorKind::Excessive(format!("a part, {name}, that {Overflow}"))
    } else {
        ErrorKind::Damaged(format!("its part {name} cannot be unpacked: {error}"))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// Returns an archive of these members.
    pub(in crate::corpus::office) fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// The unpacked bytes of the member `name`, or the error.
    fn unpacked(archive: &[u8], name: &str) -> Result<Option<Vec<u8>>, String> {
        let mut package = Package::open(archive).map_err(|error| error.to_string())?;
        package.beginning(name, u64::MAX).map_err(|error| error.to_string())
    }

    #[test]
    fn members_are_found_whatever_their_case_and_slashes() {
        let archive = zipped(&[("word\\Document.xml", b"<a/>"), ("b.xml", b"b")]);
        assert_eq!(unpacked(&archive, "word/document.xml").unwrap().unwrap(), b"<a/>");
        assert_eq!(unpacked(&archive, "B.xml").unwrap().unwrap(), b"b");
        assert_eq!(unpacked(&archive, "c.xml").unwrap(), None);
        assert!(Package::open(&archive).unwrap().has("b.xml"));
    }

    #[test]
    fn a_bomb_is_refused_and_a_long_text_is_not() {
        let bomb = zipped(&[("a", &vec![0; 60_000_000])]);
        assert!(bomb.len() < 100_000);
        let error = unpacked(&bomb, "a").unwrap_err();
        assert_eq!(error, "has a part, a, that unpacks to more than 256 MB");
        let zeros = zipped(&[("a", &vec![0; 20_000_000])]);
        assert_eq!(unpacked(&zeros, "a").unwrap().unwrap().len(), 20_000_000);
    }

    #[test]
    fn a_cut_archive_says_so() {
        let archive = zipped(&[("a", b"noi dung")]);
        for end in 0..archive.len() {
            assert!(unpacked(&archive[..end], "a").is_err(), "{end}");
        }
        let mut broken = archive.clone();
        let at = broken.windows(3).position(|bytes| bytes == b"\0a\xcb").unwrap_or(31);
        broken[at + 3] ^= 0xff;
        assert!(
            unpacked(&broken, "a")
                .unwrap_err()
                .contains("is damaged: its part a cannot be unpacked")
        );
    }
}
