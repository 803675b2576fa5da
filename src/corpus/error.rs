//! Why a file could not be taken up.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// A file or folder that could not be taken up; the others go on.
#[derive(Debug)]
pub struct Error {
    /// The file or folder.
    pub path: PathBuf,
    /// What is the matter with it.
    pub kind: ErrorKind,
}

/// What is the matter with a file or folder.
#[derive(Debug)]
pub enum ErrorKind {
    /// It is not there.
    Missing,
    /// The system refuses to list or read it.
    Unreadable(io::Error),
    /// A link that leads back to a folder around it.
    Loop,
    /// No folder and no regular file: a socket, a device, a pipe.
    Special,
    /// It has no bytes, or none but blanks.
    Empty,
    /// It has more bytes than its format may have; holds its size and the bound.
    TooLarge(u64, u64),
    /// It changed while it was being read, twice over.
    Changed,
    /// It begins like a file of another format; holds the format's name.
    Binary(&'static str),
    /// UTF-16, by its byte order mark.
    Utf16,
    /// XML or HTML that cannot be read.
    Markup {
        /// The 1-based line where reading ended.
        line: usize,
        /// What is wrong there.
        message: String,
    },
    /// The program that reads it is not installed; holds its name.
    NoProgram(&'static str),
    /// Tesseract is installed without its Vietnamese model; holds the name of that model.
    NoLanguage(&'static str),
    /// The program that reads it could not.
    Refused {
        /// The program.
        program: &'static str,
        /// Its first message.
        message: String,
    },
    /// A PDF that opens with a password only.
    Encrypted,
    /// A PDF without a page.
    NoPages,
    /// Its pages were read, and there is not one word on them.
    NoWords,
    /// Bytes that are no UTF-8.
    NotUtf8 {
        /// Offset of the first wrong byte.
        offset: usize,
        /// Its 1-based line.
        line: usize,
        /// The byte.
        byte: u8,
    },
}

impl ErrorKind {
    /// Names page `number` in the error, if a program refused it.
    pub(super) fn on_page(self, number: usize) -> Self {
        match self {
            Self::Refused { program, message } => Self::Refused {
                program,
                message: format!("page {number}: {message}"),
            },
            other => other,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Missing => Some("check the spelling of the path"),
            Self::Unreadable(_) => Some("check the permissions of the file and of the folders around it"),
            Self::Loop => Some("remove the link, or name the folders you want one by one"),
            Self::Special | Self::Empty | Self::NoPages => None,
            Self::TooLarge(..) => Some("split it: a corpus has one document a file"),
            Self::Changed => Some("run again when it is no longer being written"),
            Self::Binary(_) => Some("save it as a PDF, or as plain text in UTF-8"),
            Self::Utf16 => Some("convert it: `iconv -f UTF-16 -t UTF-8 FILE > FILE.utf8.txt`"),
            Self::Markup { .. } | Self::Refused { .. } => Some("open it in a viewer: it may be damaged; make it anew"),
            Self::NoProgram(_) | Self::NoLanguage(_) => Some(
                "install it: `apt install tesseract-ocr tesseract-ocr-vie poppler-utils` (Debian, Ubuntu), `brew install tesseract tesseract-lang poppler` (macOS)",
            ),
            Self::Encrypted => Some("take the password away: `qpdf --decrypt --password=PASSWORD FILE.pdf OPEN.pdf`"),
            Self::NoWords => Some("look at it in a viewer: the pages may be blank, or stand on their heads"),
            Self::NotUtf8 { .. } => Some(
                "convert it to UTF-8; for files in TCVN3 (ABC) fonts: `iconv -f TCVN -t UTF-8 FILE > FILE.utf8.txt`",
            ),
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(f, "no such file or folder"),
            Self::Unreadable(cause) => write!(f, "cannot be read: {cause}"),
            Self::Loop => write!(f, "is a link back to a folder around it"),
            Self::Special => write!(f, "is neither a file nor a folder"),
            Self::Empty => write!(f, "is empty"),
            Self::TooLarge(size, most) => write!(
                f,
                "has {} MB, more than the {} MB that one document may have",
                size / 1_000_000,
                most / 1_000_000
            ),
            Self::Changed => write!(f, "changed while it was being read"),
            Self::Binary(format) => write!(f, "is no text but {format}"),
            Self::Utf16 => write!(f, "is UTF-16, not UTF-8"),
            Self::Markup { line, message } => write!(f, "is damaged in line {line}: {message}"),
            Self::NoProgram(program) => write!(f, "cannot be read without '{program}', which is not installed"),
            Self::NoLanguage(language) => write!(
                f,
                "cannot be read without tesseract's Vietnamese model '{language}', which is not installed"
            ),
            Self::Refused { program, message } => write!(f, "cannot be read; {program} says: {message}"),
            Self::Encrypted => write!(f, "is encrypted"),
            Self::NoPages => write!(f, "has no pages"),
            Self::NoWords => write!(f, "has no word on its pages"),
            Self::NotUtf8 { offset, line, byte } => {
                write!(f, "is not UTF-8: byte 0x{byte:02X} at offset {offset}, line {line}")
            }
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.kind)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            ErrorKind::Unreadable(cause) => Some(cause),
            _ => None,
        }
    }
}
