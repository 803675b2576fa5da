//! Reads a scan with tesseract.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::str::FromStr;

use anyhow::{Context as _, bail, ensure};

/// A model of tesseract with a name of its own.
#[derive(Clone, Debug)]
pub(crate) struct Recognizer {
    /// Its name in the output.
    pub(crate) name: String,
    /// The folder and the language of its file.
    folder: PathBuf,
    language: String,
}

impl FromStr for Recognizer {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let (name, path) = text.split_once('=').context("it has no '='")?;
        let path = PathBuf::from(path);
        ensure!(path.is_file(), "'{}' is no file", path.display());
        let language = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .context("the file has no name")?
            .to_owned();
        Ok(Self {
            name: name.to_owned(),
            folder: path.parent().map(PathBuf::from).unwrap_or_default(),
            language,
        })
    }
}

/// A word that was read.
pub(crate) struct ReadWord {
    /// Its chars.
    pub(crate) text: String,
    /// Left, upper, right and lower edge, in pixels of the image.
    pub(crate) bbox: [f32; 4],
    /// Confidence, 0 to 100.
    pub(crate) confidence: f32,
}

impl Recognizer {
    /// Reads an image of this many pixels to the inch.
    pub(crate) fn read(&self, png: &[u8], resolution: u32) -> anyhow::Result<Vec<ReadWord>> {
        let mut child = Command::new("tesseract")
            .args([
                "stdin",
                "stdout",
                "-l",
                &self.language,
                "--dpi",
                &resolution.to_string(),
                "--tessdata-dir",
            ])
            .arg(&self.folder)
            .args(["-c", "tessedit_create_tsv=1"])
            .env("OMP_THREAD_LIMIT", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot run tesseract")?;
        let mut input = child.stdin.take().context("tesseract takes no input")?;
        let output = std::thread::scope(|scope| {
            // Both pipes at once, or each program waits for the other.
            let writer = scope.spawn(move || input.write_all(png));
            let output = child.wait_with_output();
            (writer.join(), output)
        });
        let output = output.1?;
        if !output.status.success() {
            bail!("tesseract failed with the model '{}'", self.name);
        }
        Ok(String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(word_of)
            .collect())
    }
}

/// Reads a row of the output: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
fn word_of(row: &str) -> Option<ReadWord> {
    let cells: Vec<&str> = row.split('\t').collect();
    let [level, .., left, top, width, height, confidence, text] = cells[..] else {
        return None;
    };
    if level != "5" || text.trim().is_empty() {
        return None;
    }
    let [left, top, width, height]: [f32; 4] = [left, top, width, height].map(|cell| cell.parse().unwrap_or_default());
    Some(ReadWord {
        text: text.trim().to_owned(),
        bbox: [left, top, left + width, top + height],
        confidence: confidence.parse().unwrap_or_default(),
    })
}
