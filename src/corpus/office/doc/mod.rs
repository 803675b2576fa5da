//! The reader of `.doc`: Word 6, 95 and 97 to 2003.
//!
//! ```text
//! compound file ─ fib: version, places ─┬─ pieces: the chars ───────────────────────────┐
//!                                       ├─ styles, fonts, formats: fonts and looks ─────┤
//!                                       ├─ lists: labels ───────────────────────────────┼─▶ story: paragraphs, tables
//!                                       ├─ fields, notes, boxes: where what stands ─────┘
//!                                       └─ sections: where pages begin
//! ```
//!
//! The format is read here, over the crate `cfb`, which opens the compound file. The readers that exist as crates were
//! made for the words alone: of `undoc` 0.27, the best of them, the model holds neither labels of lists as printed nor
//! fonts, without which the texts of `.VnTime` and VNI fonts are lost, it looks at no list and no outline level of a
//! style, and a note is one line.
//!
//! Sources: [MS-DOC] (all but where another is named), [MS-ODRAW] for groups of shapes, [MS-CFB]; for Word 6 and 95 the
//! "Word 6.0 binary file format" of Microsoft. What Word 6 and 95 keep differently: automatic numbers before
//! paragraphs, which are not read, and the text boxes of frames, which are paragraphs of the main text.

mod boxes;
mod bytes;
mod fib;
mod fields;
mod fonts;
mod formats;
mod lists;
#[cfg(test)]
pub(in crate::corpus::office) mod made;
mod notes;
mod pieces;
mod sprms;
mod story;
mod styles;
#[cfg(test)]
mod tests;
mod word;

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use crate::corpus::error::ErrorKind;
use crate::corpus::flow::{Block, Flow, Note, Paragraph};
use fib::{Fib, Refusal};
use notes::{Call, Numbers};
use story::{StoryKind, StoryReader};
use word::Word;

/// The streams by which compound files of other kinds are known.
const OTHER_KINDS: [(&str, &str); 5] = [
    ("PowerPoint Document", "a PowerPoint presentation"),
    ("VisioDocument", "a Visio drawing"),
    ("__properties_version1.0", "an Outlook message"),
    ("EncryptedPackage", ENCRYPTED),
    ("EncryptionInfo", ENCRYPTED),
];

/// The kind of a newer document that is encrypted as a whole.
const ENCRYPTED: &str = "an encrypted document";

/// The kind of any other compound file.
const UNKNOWN_KIND: &str = "a compound file without a Word document";

/// Reads a Word file.
///
/// # Errors
/// [`ErrorKind::Binary`] for a compound file of another kind and for Word 2, [`ErrorKind::Encrypted`],
/// [`ErrorKind::Damaged`], [`ErrorKind::Excessive`].
pub(super) fn read(bytes: &[u8]) -> Result<Flow, ErrorKind> {
    let mut file = CompoundFile::open(Cursor::new(bytes))
        .map_err(|error| ErrorKind::Damaged(format!("the list of its streams cannot be read: {error}")))?;
    let Some(stream) = stream(&mut file, "WordDocument", bytes.len())? else {
        let other = OTHER_KINDS.iter().find(|(name, _)| file.is_stream(name));
        return Err(match other {
            Some((_, ENCRYPTED)) => ErrorKind::Encrypted,
            Some((_, kind)) => ErrorKind::Binary(kind),
            None => ErrorKind::Binary(UNKNOWN_KIND),
        });
    };
    let fib = Fib::read(&stream).map_err(|refusal| match refusal {
        Refusal::Encrypted => ErrorKind::Encrypted,
        Refusal::TooOld => ErrorKind::Binary("a document of Word 2 or older"),
        Refusal::Damaged => ErrorKind::Damaged("its head is not that of a Word document".to_owned()),
    })?;
    let own_table = match fib.version {
        fib::Version::Word6 => None,
        fib::Version::Word97 => Some(
            self::stream(&mut file, fib.table_stream, bytes.len())?
                .ok_or_else(|| ErrorKind::Damaged(format!("its stream {} is missing", fib.table_stream)))?,
        ),
    };
    let data = self::stream(&mut file, "Data", bytes.len())
        .ok()
        .flatten()
        .unwrap_or_default();
    let table = own_table.as_deref().unwrap_or(&stream);
    flow(&fib, &stream, table, &data)
}

/// Reads a stream of a compound file; `None` if there is none. `max_bytes` is the size of the file.
fn stream(file: &mut CompoundFile<Cursor<&[u8]>>, name: &str, max_bytes: usize) -> Result<Option<Vec<u8>>, ErrorKind> {
    if !file.is_stream(name) {
        return Ok(None);
    }
    let cannot = |error| ErrorKind::Damaged(format!("its stream {name} cannot be read: {error}"));
    let mut bytes = Vec::new();
    let stream = file.open_stream(name).map_err(cannot)?;
    stream.take(max_bytes as u64).read_to_end(&mut bytes).map_err(cannot)?;
    Ok(Some(bytes))
}

/// Reads the texts of a file, given its streams.
fn flow(fib: &Fib, stream: &[u8], table: &[u8], data: &[u8]) -> Result<Flow, ErrorKind> {
    let word = Word::read(fib, stream, table, data)
        .ok_or_else(|| ErrorKind::Damaged("the list of the pieces of its text is broken".to_owned()))?;
    if word.pieces.is_too_long() {
        return Err(ErrorKind::Excessive(format!("more than {} letters", pieces::MAX_CHARS)));
    }
    let calls = notes::read(fib, table);
    let mut reader = StoryReader::new(&word, &calls, boxes::read(fib, table));
    let blocks = reader.read(0..fib.lengths.main, StoryKind::Main)?;
    let mut numbers = Numbers::read(fib, table);
    let mut notes = Vec::new();
    for (index, typed) in std::mem::take(&mut reader.called) {
        let Some(call) = calls.get(index) else {
            continue;
        };
        let blocks = reader.read(call.text.clone(), StoryKind::Note)?;
        notes.push(note(call, typed, &mut numbers, blocks));
    }
    Ok(Flow { blocks, notes })
}

/// Returns a note with its number and mark. `typed`: the mark, if Word does not count the note.
fn note(call: &Call, typed: String, numbers: &mut Numbers<'_>, mut blocks: Vec<Block>) -> Note {
    if call.is_counted {
        let (number, mark) = numbers.next(call);
        return Note {
            number: number as usize,
            mark,
            blocks,
        };
    }
    if let Some(Block::Paragraph(Paragraph { text, .. })) = blocks.first_mut()
        && let Some(rest) = text.strip_prefix(&typed)
    {
        *text = rest.trim_start().to_owned();
    }
    Note {
        number: typed.parse().unwrap_or(0),
        mark: typed,
        blocks,
    }
}
