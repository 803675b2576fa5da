//! Errors of listing and reading files, each with a hint at the remedy.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A file or folder that could not be listed or read; the others go on.
#[derive(Debug)]
pub struct Error {
    /// The file or folder.
    pub path: PathBuf,
    /// The reason.
    pub kind: ErrorKind,
}

/// The reason why a file or folder could not be listed or read.
#[derive(Debug)]
pub enum ErrorKind {
    /// It does not exist.
    Missing,
    /// The system refuses to list or read it.
    Unreadable(io::Error),
    /// It is a link to a folder that contains it.
    Loop,
    /// It is neither a folder nor a regular file: a socket, a device, a pipe.
    Special,
    /// It has no bytes, or only blanks.
    Empty,
    /// It is a folder that holds no file, at any depth.
    EmptyFolder,
    /// Its path is not UTF-8.
    Name,
    /// It cannot be read today, and what an older index had of it is damaged.
    Lost,
    /// It has more bytes than its format may have: its size and the bound, in bytes.
    TooLarge(u64, u64),
    /// It changed while it was being read, in both attempts.
    Changed,
    /// It begins like a file of a format that is not supported: the name of that format.
    Binary(&'static str),
    /// It is XML or HTML that cannot be parsed.
    Markup {
        /// The 1-based line where parsing stopped.
        line: usize,
        /// The mistake on that line.
        message: String,
    },
    /// The program that reads this format is not installed: the name of the program.
    NoProgram(&'static str),
    /// Tesseract is installed without its Vietnamese model: the name of the model.
    NoLanguage(&'static str),
    /// The program that reads this format failed.
    Refused {
        /// The name of the program.
        program: &'static str,
        /// The first line of its error output, or what went wrong with it.
        message: String,
    },
    /// It opens with a password only.
    Encrypted,
    /// It is a file of a word processor, an image or an archive that is cut off or broken: what is wrong with it.
    Damaged(String),
    /// It is an image with more pixels than are read: its width and height, and the bound on their product.
    TooManyPixels([u32; 2], u64),
    /// It is such a file that holds more than is read: too much of what.
    Excessive(String),
    /// It takes an OCR, which was not asked for.
    NeedsOcr,
    /// It is a PDF without pages.
    NoPages,
    /// Its pages were read, and there is no word on them.
    NoWords,
    /// It is neither UTF-8 nor in an encoding of Vietnamese that is recognized.
    NotUtf8 {
        /// Offset of the first byte that is wrong.
        offset: usize,
        /// The 1-based line of that byte.
        line: usize,
        /// The byte itself.
        byte: u8,
        /// True if most of its chars beyond ASCII are UTF-8: a few bytes are broken.
        is_broken: bool,
    },
}

impl Error {
    /// Returns an error about the file or folder `path`.
    #[must_use]
    pub fn new(path: &Path, kind: ErrorKind) -> Self {
        Self {
            path: path.to_path_buf(),
            kind,
        }
    }
}

impl ErrorKind {
    /// Adds the page number to the message of a program that failed.
    pub(super) fn on_page(self, number: usize) -> Self {
        match self {
            Self::Refused { program, message } => Self::Refused {
                program,
                message: format!("page {number}: {message}"),
            },
            other => other,
        }
    }

    /// Returns advice for the user, if there is any.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Missing => Some("check the spelling of the path"),
            Self::Unreadable(_) => Some("check the permissions of the file and of the folders around it"),
            Self::Loop => Some("remove the link, or name the folders you want one by one"),
            Self::Special | Self::Empty | Self::NoPages | Self::NeedsOcr => None,
            Self::EmptyFolder => Some("check that it is the folder you mean, and that its disk or share is mounted"),
            Self::Name => Some("rename the file or folder"),
            Self::Lost => Some("bring the file back and index it again"),
            Self::TooLarge(..) => Some("split it into one file per document"),
            Self::Changed => Some("run again once it is no longer being written"),
            Self::Binary(_) => Some("save it as a PDF, or as plain text in UTF-8"),
            Self::Markup { .. } | Self::Refused { .. } => {
                Some("open it in a viewer; if it is damaged, create it again")
            }
            Self::NoProgram(_) | Self::NoLanguage(_) => Some(
                "install it: `apt install tesseract-ocr tesseract-ocr-vie poppler-utils` (Debian, Ubuntu), `brew install tesseract tesseract-lang poppler` (macOS)",
            ),
            Self::Encrypted => Some(
                "remove the password: save it without one, or, for a PDF, `qpdf --decrypt --password=PASSWORD FILE.pdf OPEN.pdf`",
            ),
            Self::Damaged(_) => {
                Some("open it in the program that made it; if it is damaged there too, create it again")
            }
            Self::TooManyPixels(..) => Some("scan it at 300 pixels to the inch, or make it smaller in an image editor"),
            Self::Excessive(_) => Some("split it into one file per document"),
            Self::NoWords => Some("open it in a viewer: the pages may be blank or upside down"),
            Self::NotUtf8 { is_broken: true, .. } => Some(
                "it is UTF-8 but for a few bytes: correct them, or drop them with `iconv -c -f UTF-8 -t UTF-8 FILE > FILE.utf8.txt`",
            ),
            Self::NotUtf8 { .. } => Some(
                "save it as UTF-8 in the program that made it; TCVN3, VNI, VISCII, VIQR and windows-1258 are recognized by themselves in Vietnamese text of some words",
            ),
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(f, "no such file or folder"),
            Self::Unreadable(cause) => write!(f, "cannot be read: {cause}"),
            Self::Loop => write!(f, "is a link to a folder that contains it"),
            Self::Special => write!(f, "is neither a file nor a folder"),
            Self::Empty => write!(f, "is empty"),
            Self::EmptyFolder => write!(f, "is an empty folder"),
            Self::Name => write!(f, "has a name that is not UTF-8"),
            Self::Lost => write!(f, "cannot be read, and what the index had of it is damaged"),
            Self::TooLarge(size, max) => write!(
                f,
                "has {} MB; a document may have at most {} MB",
                size / 1_000_000,
                max / 1_000_000
            ),
            Self::Changed => write!(f, "changed while it was being read"),
            Self::Binary(format) => write!(f, "is not text but {format}"),
            Self::Markup { line, message } => write!(f, "is damaged on line {line}: {message}"),
            Self::NoProgram(program) => write!(f, "cannot be read without '{program}', which is not installed"),
            Self::NoLanguage(language) => write!(
                f,
                "cannot be read without tesseract's Vietnamese model '{language}', which is not installed"
            ),
            Self::Refused { program, message } => write!(f, "cannot be read; {program} says: {message}"),
            Self::Encrypted => write!(f, "is encrypted"),
            Self::Damaged(message) => write!(f, "is damaged: {message}"),
            Self::TooManyPixels([width, height], max) => write!(
                f,
                "has {width} × {height} pixels; a page may have at most {} million",
                max / 1_000_000
            ),
            Self::Excessive(much) => write!(f, "has {much}"),
            Self::NeedsOcr => write!(f, "takes an OCR"),
            Self::NoPages => write!(f, "has no pages"),
            Self::NoWords => write!(f, "has no words on its pages"),
            Self::NotUtf8 { offset, line, byte, .. } => {
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
