//! Families of fonts, each with the files of its styles.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use ab_glyph::{Font as _, FontVec};
use anyhow::{Context as _, bail};

/// One row for each family: name, kind, `held` if no model may be trained with it, files (regular, bold, italic), and the
/// package of Debian that has them. All of them have every letter of Vietnamese.
const FAMILIES: &str = include_str!("families.tsv");

/// The letters that a family must have.
const NEEDED: &str = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ\
                      AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXYÀẢÃÁẠẰẲẴẮẶẦẨẪẤẬÈẺẼÉẸỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌỒỔỖỐỘỜỞỠỚỢÙỦŨÚỤỪỬỮỨỰỲỶỸÝỴ\
                      0123456789.,;:()/-%";

/// The shape of the letters of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// With serifs.
    Serif,
    /// Without them.
    Sans,
    /// All letters as wide as each other, as a typewriter has them.
    Mono,
    /// Narrow.
    Condensed,
}

/// A family.
pub(crate) struct Family {
    /// Its name.
    pub(crate) name: String,
    /// The shape of its letters.
    pub(crate) kind: Kind,
    /// Its fonts: regular, bold, italic.
    fonts: [FontVec; 3],
}

/// A font of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Face {
    /// Upright and of ordinary weight.
    Regular,
    /// Heavier.
    Bold,
    /// Slanted.
    Italic,
}

impl Family {
    /// Returns the font of a face.
    pub(crate) fn font(&self, face: Face) -> &FontVec {
        &self.fonts[face as usize]
    }

    /// Returns the name without blanks.
    pub(crate) fn file_name(&self) -> String {
        self.name.replace(' ', "")
    }

    /// Returns true if all fonts have all chars of `text`.
    pub(crate) fn can_write(&self, text: &str) -> bool {
        let has = |char: char| self.fonts.iter().all(|font| font.glyph_id(char).0 != 0);
        text.chars().all(|char| char == ' ' || has(char))
    }
}

/// Loads the families of these names, or all that are not held out, from the files below `folder`.
pub(crate) fn load(folder: &Path, names: &[String]) -> anyhow::Result<Vec<Family>> {
    let mut files = HashMap::new();
    find_files(folder, &mut files).with_context(|| format!("cannot read '{}'", folder.display()))?;
    let mut families = Vec::new();
    for row in FAMILIES.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [name, kind, held, regular, bold, italic, package] = cells[..] else {
            bail!("families.tsv: '{row}' has not seven cells");
        };
        if if names.is_empty() {
            held == "held"
        } else {
            !names.iter().any(|asked| asked == name)
        } {
            continue;
        }
        let kind = match kind {
            "serif" => Kind::Serif,
            "sans" => Kind::Sans,
            "mono" => Kind::Mono,
            "condensed" => Kind::Condensed,
            _ => bail!("families.tsv: '{kind}' is no kind"),
        };
        let font = |file: &str| -> anyhow::Result<FontVec> {
            let path: &PathBuf = files
                .get(file)
                .with_context(|| format!("'{file}' is missing; install {package}"))?;
            Ok(FontVec::try_from_vec(fs::read(path)?)?)
        };
        let family = Family {
            name: name.to_owned(),
            kind,
            fonts: [font(regular)?, font(bold)?, font(italic)?],
        };
        if !family.can_write(NEEDED) {
            bail!("'{name}' lacks letters of Vietnamese");
        }
        families.push(family);
    }
    Ok(families)
}

/// Adds all files below `folder` by their names.
fn find_files(folder: &Path, files: &mut HashMap<String, PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find_files(&path, files)?;
        } else if let Some(name) = path.file_name().and_then(|name| name.to_str()) {
            files.insert(name.to_owned(), path.clone());
        }
    }
    Ok(())
}
