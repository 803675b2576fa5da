//! ZIP archives whose members are documents, as an e-mail brings them: `tep.zip/ten.docx`.
//!
//! The newer formats of word processors are ZIP archives too; an archive with their signs is one document and is none
//! here. An archive inside an archive is not opened. Members are read as streams and within limits; nothing is written
//! under the name that an archive states, so `..` and drive letters in it can do no harm; they are not shown either.
//!
//! Source: APPNOTE.TXT 6.3 of PKWARE, sections 4.3.16 (end of central directory), 4.4.4 (flag 11: names in UTF-8; else
//! CP437).

use std::cell::Cell;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::error::ErrorKind;
use super::kinds::is_hidden;

/// The most members of an archive. Archives of a whole office year have some hundreds.
const MAX_MEMBERS: usize = 10_000;

/// The most bytes that an archive may have.
const MAX_BYTES: u64 = 1_000_000_000;

/// The most bytes that the members of an archive may state that they unpack to, all together.
const MAX_TOTAL_BYTES: u64 = 2_000_000_000;

/// The most bytes that are read to list the members. A member takes about 150.
const MAX_LIST_BYTES: u64 = 32_000_000;

/// The first bytes of an archive with members, and of one without.
const MAGIC: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// Members that only formats of word processors and their like have: Office Open XML (ECMA-376 part 2, 6.2.3.2) and
/// `OpenDocument` (ODF 1.2 part 3, 3.3).
const OFFICE_SIGNS: [&[u8]; 2] = [b"[Content_Types].xml", b"mimetype"];

/// The extension of archives.
const EXTENSION: &str = "zip";

/// The folder in which macOS adds what no other system knows.
const MAC_FOLDER: &str = "__MACOSX";

/// An open archive.
pub(super) struct Archive<'f> {
    zip: ZipArchive<Counted<'f>>,
}

/// A member of an archive as it was listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// Its number in the archive.
    pub(super) index: usize,
    /// Its path in the archive, as it is shown.
    pub(super) path: PathBuf,
}

/// The bytes of a member. It never gives more than the archive states.
pub(super) struct MemberReader<'a, 'f> {
    file: ZipFile<'a, Counted<'f>>,
    /// The bytes that may still come.
    left: u64,
}

/// A file of which only a number of bytes can be read.
struct Counted<'f> {
    file: &'f File,
    /// The bytes that may still be read.
    left: Rc<Cell<u64>>,
}

/// Returns true if the extension of `path` is that of an archive.
pub(super) fn has_extension(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION))
}

/// Returns true if `path` begins like an archive.
pub(super) fn begins_like_one(path: &Path) -> bool {
    let mut first = [0; 4];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut first));
    read.is_ok() && MAGIC.contains(&&first[..])
}

impl<'f> Archive<'f> {
    /// Opens the archive `file`.
    ///
    /// # Errors
    /// [`ErrorKind::Damaged`], [`ErrorKind::Excessive`], [`ErrorKind::TooLarge`], [`ErrorKind::Unreadable`].
    pub(super) fn open(file: &'f File) -> Result<Self, ErrorKind> {
        let size = file.metadata().map_err(ErrorKind::Unreadable)?.len();
        if size > MAX_BYTES {
            return Err(ErrorKind::TooLarge(size, MAX_BYTES));
        }
        let left = Rc::new(Cell::new(MAX_LIST_BYTES));
        let counted = Counted {
            file,
            left: Rc::clone(&left),
        };
        let zip = ZipArchive::new(counted).map_err(|_| {
            ErrorKind::Damaged("the list of its members, at the end of the file, is missing".to_owned())
        })?;
        left.set(u64::MAX);
        if zip.len() > MAX_MEMBERS {
            return Err(ErrorKind::Excessive(format!("more than {MAX_MEMBERS} members")));
        }
        Ok(Self { zip })
    }

    /// Returns true if the archive is a document of a word processor, a table or the like.
    pub(super) fn is_office(&self) -> bool {
        OFFICE_SIGNS
            .iter()
            .any(|sign| self.zip.index_for_name_raw(sign).is_some())
    }

    /// Lists the members that are files and not hidden, in the order of the archive. Of two with one path the first
    /// counts.
    ///
    /// # Errors
    /// [`ErrorKind::Excessive`] if they state that they unpack to too much.
    pub(super) fn members(&self) -> Result<Vec<Member>, ErrorKind> {
        let mut seen = std::collections::HashSet::new();
        let mut members = Vec::new();
        let mut total = 0_u64;
        for index in 0..self.zip.len() {
            let Ok(entry) = self.zip.by_index_data(index) else {
                continue;
            };
            total = total.saturating_add(entry.size());
            let name = name_of(entry.name_raw(), entry.name().ok().as_deref());
            if entry.is_dir() || name.ends_with('/') {
                continue;
            }
            if let Some(path) = shown_path(&name)
                && seen.insert(path.clone())
            {
                members.push(Member { index, path });
            }
        }
        if total > MAX_TOTAL_BYTES {
            return Err(ErrorKind::Excessive(format!(
                "members of more than {} MB in all",
                MAX_TOTAL_BYTES / 1_000_000
            )));
        }
        Ok(members)
    }

    /// Opens a member.
    ///
    /// # Errors
    /// [`ErrorKind::Encrypted`]; [`ErrorKind::Damaged`] if it cannot be unpacked; [`ErrorKind::Changed`] if the archive
    /// has another member there now.
    pub(super) fn member(&mut self, member: &Member) -> Result<MemberReader<'_, 'f>, ErrorKind> {
        let file = self.zip.by_index(member.index).map_err(|error| match error {
            ZipError::FileNotFound => ErrorKind::Changed,
            error => opening_error("it", &error),
        })?;
        let name = name_of(file.name_raw(), file.name().ok().as_deref());
        if shown_path(&name).as_ref() != Some(&member.path) {
            return Err(ErrorKind::Changed);
        }
        let left = file.size();
        Ok(MemberReader { file, left })
    }
}

impl MemberReader<'_, '_> {
    /// Returns the number of bytes that the archive states for the member.
    pub(super) fn size(&self) -> u64 {
        self.file.size()
    }
}

impl Read for MemberReader<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| io::Error::other("it unpacks to more than the archive states"))?;
        Ok(read)
    }
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        let left = self.left.get().checked_sub(read as u64);
        self.left
            .set(left.ok_or_else(|| io::Error::other("the list of members is too long"))?);
        Ok(read)
    }
}

impl Seek for Counted<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// Returns the reason why a member cannot be opened; `what` names it in a sentence.
pub(super) fn opening_error(what: &str, error: &ZipError) -> ErrorKind {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => ErrorKind::Encrypted,
        error => ErrorKind::Damaged(format!("{what} cannot be unpacked: {error}")),
    }
}

/// Returns the name of a member: as UTF-8 if its bytes are, which macOS does not always mark; else as it is `decoded`.
fn name_of(raw: &[u8], decoded: Option<&str>) -> String {
    match (std::str::from_utf8(raw), decoded) {
        (Ok(name), _) => name.to_owned(),
        (Err(_), Some(decoded)) => decoded.to_owned(),
        (Err(_), None) => String::from_utf8_lossy(raw).into_owned(),
    }
}

/// Returns the path to show for a member: without `..`, without what makes it absolute, and with `/` between folders.
/// `None` if it is hidden or nothing is left.
fn shown_path(name: &str) -> Option<PathBuf> {
    let is_drive = |part: &str| part.len() == 2 && part.ends_with(':');
    let parts = name.split(['/', '\\']);
    let parts: Vec<&str> = parts
        .filter(|part| !part.is_empty() && *part != "." && *part != ".." && !is_drive(part))
        .collect();
    let is_left_out = |part: &&str| is_hidden(OsStr::new(part)) || *part == MAC_FOLDER;
    if parts.is_empty() || parts.iter().any(is_left_out) {
        return None;
    }
    // A zero byte ends a path for the system, and none can be in one.
    Some(parts.iter().map(|part| part.replace('\0', "")).collect())
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// Writes an archive of these members.
    pub(in crate::corpus) fn write_archive(path: &Path, members: &[(&str, &[u8])]) {
        let mut writer = ZipWriter::new(File::create(path).unwrap());
        for (name, bytes) in members {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap();
    }

    /// The path of a member, and its bytes or the error.
    type MemberRead = (String, Result<Vec<u8>, String>);

    /// The members of an archive, or the error.
    fn members_of(path: &Path) -> Result<Vec<MemberRead>, String> {
        let file = File::open(path).unwrap();
        let mut archive = Archive::open(&file).map_err(|error| error.to_string())?;
        let members = archive.members().map_err(|error| error.to_string())?;
        let read = members.into_iter().map(|member| {
            let mut bytes = Vec::new();
            let read = archive.member(&member).map_err(|error| error.to_string());
            let read = read.and_then(|mut member| member.read_to_end(&mut bytes).map_err(|error| error.to_string()));
            (member.path.to_str().unwrap().to_owned(), read.map(|_| bytes))
        });
        Ok(read.collect())
    }

    #[test]
    fn paths_of_members_are_names_inside_the_archive() {
        let rows = [
            ("Kế hoạch/a.docx", Some("Kế hoạch/a.docx")),
            ("../../etc/passwd", Some("etc/passwd")),
            ("/abs/./a.txt", Some("abs/a.txt")),
            ("C:\\Users\\x\\a.doc", Some("Users/x/a.doc")),
            ("a\0b.txt", Some("ab.txt")),
            ("__MACOSX/._a.txt", None),
            ("sub/.git/a.txt", None),
            ("~$a.docx", None),
            ("../..", None),
            ("", None),
        ];
        for (name, shown) in rows {
            assert_eq!(shown_path(name).as_deref(), shown.map(Path::new), "{name}");
        }
        assert_eq!(name_of("Kế.txt".as_bytes(), Some("K\u{2564}")), "Kế.txt");
        assert_eq!(name_of(b"K\x82.txt", Some("Ké.txt")), "Ké.txt");
    }

    #[test]
    fn members_are_listed_and_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        write_archive(&path, &[("b/1.txt", b"mot"), (".hidden", b"x"), ("../2.txt", b"hai")]);
        let found = members_of(&path).unwrap();
        assert_eq!(
            found,
            [
                ("b/1.txt".to_owned(), Ok(b"mot".to_vec())),
                ("2.txt".to_owned(), Ok(b"hai".to_vec()))
            ]
        );
        assert!(begins_like_one(&path) && has_extension(&path));
        write_archive(&path, &[]);
        assert!(members_of(&path).unwrap().is_empty());
        assert!(begins_like_one(&path));
        write_archive(&path, &[("[Content_Types].xml", b"x")]);
        assert!(Archive::open(&File::open(&path).unwrap()).unwrap().is_office());
    }

    #[test]
    fn a_cut_or_changed_archive_never_panics_and_a_cut_one_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        write_archive(
            &path,
            &[("1.txt", "một hai ba bốn năm".repeat(9).as_bytes()), ("2.txt", b"x")],
        );
        let whole = std::fs::read(&path).unwrap();
        for end in 0..whole.len() {
            std::fs::write(&path, &whole[..end]).unwrap();
            let error = members_of(&path).unwrap_err();
            assert!(error.starts_with("is damaged: "), "{end}: {error}");
        }
        for at in 0..whole.len() {
            for bits in [0xff, 0x01, 0x80] {
                let mut changed = whole.clone();
                changed[at] ^= bits;
                std::fs::write(&path, changed).unwrap();
                let _ = members_of(&path);
            }
        }
    }

    /// `OneDrive` writes small archives in the form for large ones, too.
    #[test]
    fn zip64_is_read_and_its_huge_numbers_are_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        write_archive(&path, &[("1.txt", b"x")]);
        let whole = std::fs::read(&path).unwrap();
        let end = whole.len() - 22;
        let stated = |at: usize| u64::from(u32::from_le_bytes(whole[end + at..end + at + 4].try_into().unwrap()));
        let (size, start) = (stated(12), stated(16));
        for (count, size, start, is_read) in [
            (1, size, start, true),
            (1 << 60, 1 << 62, 1 << 61, false),
            (1 << 33, 1 << 40, start, false),
        ] {
            let mut record = b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x2d\0\x2d\0\0\0\0\0\0\0\0\0".to_vec();
            for number in [count, count, size, start] {
                record.extend(number.to_le_bytes());
            }
            let mut locator = b"PK\x06\x07\0\0\0\0".to_vec();
            locator.extend((end as u64).to_le_bytes());
            locator.extend(1_u32.to_le_bytes());
            let mut bytes = [&whole[..end], &record, &locator, &whole[end..]].concat();
            let counts = bytes.len() - 14;
            bytes[counts..counts + 4].fill(0xff);
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(
                members_of(&path).is_ok_and(|members| members.len() == 1),
                is_read,
                "{count}"
            );
        }
    }
}
