//! Damaged files of every format: whatever their bytes, reading ends with a text or an error.

use std::io::{Cursor, Read as _};

use proptest::prelude::*;
use zip::ZipArchive;

use super::doc::made::Made;
use super::package::tests::zipped;
use super::read;

/// Small files, one of each format and way of writing.
const FILES: [(&str, &[u8]); 4] = [
    (
        "docx",
        include_bytes!("../../../tests/fixtures/formats/docx-styles.docx"),
    ),
    ("odt", include_bytes!("../../../tests/fixtures/formats/outline.odt")),
    ("rtf", include_bytes!("../../../tests/fixtures/formats/unicode.rtf")),
    ("rtf", include_bytes!("../../../tests/fixtures/formats/tcvn3-font.rtf")),
];

/// Numbers that readers of formats stumble over.
const NUMBERS: [&str; 6] = ["-1", "0", "65536", "2147483648", "4294967295", "99999999999999999999"];

/// A change of the bytes of a file. Places are shares of its length, in parts of 65,536.
#[derive(Clone, Debug)]
enum Change {
    /// A byte becomes this one.
    Byte(u16, u8),
    /// Four bytes become this number.
    Number(u16, u32),
    /// The rest is cut off.
    Cut(u16),
    /// This number of bytes is left out.
    Hole(u16, u16),
    /// This number of bytes is repeated so often.
    Repeat(u16, u16, u8),
    /// The decimal number that follows is another one of [`NUMBERS`].
    Decimal(u16, usize),
}

/// Returns changes of any kind.
fn changes() -> impl Strategy<Value = Vec<Change>> {
    let numbers = prop::sample::select(vec![0, 1, 0xffff, 0x7fff_ffff, 0x8000_0000, u32::MAX]);
    let change = prop_oneof![
        4 => (any::<u16>(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        4 => (any::<u16>(), numbers).prop_map(|(at, number)| Change::Number(at, number)),
        1 => any::<u16>().prop_map(Change::Cut),
        2 => (any::<u16>(), 1..600u16).prop_map(|(at, length)| Change::Hole(at, length)),
        2 => (any::<u16>(), 1..300u16, 1..40u8).prop_map(|(at, length, times)| Change::Repeat(at, length, times)),
        3 => (any::<u16>(), 0..NUMBERS.len()).prop_map(|(at, number)| Change::Decimal(at, number)),
    ];
    prop::collection::vec(change, 1..6)
}

/// Returns `bytes` after the changes.
fn changed(bytes: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for change in changes {
        let place = |at: u16| usize::from(at) * bytes.len() / 65_536;
        match *change {
            Change::Byte(at, byte) => {
                let at = place(at);
                bytes.iter_mut().skip(at).take(1).for_each(|old| *old = byte);
            }
            Change::Number(at, number) => {
                let at = place(at);
                bytes
                    .iter_mut()
                    .skip(at)
                    .zip(number.to_le_bytes())
                    .for_each(|(old, new)| *old = new);
            }
            Change::Cut(at) => bytes.truncate(place(at)),
            Change::Hole(at, length) => {
                let at = place(at);
                bytes.drain(at..(at + usize::from(length)).min(bytes.len()));
            }
            Change::Repeat(at, length, times) => {
                let at = place(at);
                let end = (at + usize::from(length)).min(bytes.len());
                let repeated = bytes[at..end].repeat(usize::from(times));
                bytes.splice(end..end, repeated);
            }
            Change::Decimal(at, number) => {
                let at = place(at);
                let is_digit = |byte: &u8| byte.is_ascii_digit();
                if let Some(start) = bytes[at..].iter().position(is_digit).map(|more| at + more) {
                    let digits = bytes[start..].iter().take_while(|byte| is_digit(byte)).count();
                    bytes.splice(start..start + digits, NUMBERS[number].bytes());
                }
            }
        }
    }
    bytes
}

/// Returns the archive `bytes` with the changes in one of its parts.
fn with_changed_part(bytes: &[u8], part: usize, changes: &[Change]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        member.read_to_end(&mut content).unwrap();
        members.push((String::from_utf8_lossy(member.name_raw()).into_owned(), content));
    }
    let part = part % members.len();
    members[part].1 = changed(&members[part].1, changes);
    let members: Vec<(&str, &[u8])> = members
        .iter()
        .map(|(name, content)| (name.as_str(), &content[..]))
        .collect();
    zipped(&members)
}

/// Returns a small Word file with something of everything.
fn word_file() -> Made {
    Made {
        main: "Kế hoạch\u{2}\rMục đích\u{8}\rTT\u{7}Việc\u{7}\u{7}\u{13}PAGE\u{14}1\u{15}\u{c}Hết*\r".to_owned(),
        footnotes: vec!["\u{2} Một\r".to_owned(), "* Hai\r".to_owned()],
        boxes: vec!["Dự thảo\r".to_owned()],
        paragraphs: vec![
            vec![0x40, 0x26, 0],
            vec![0x0a, 0x26, 1, 0x0b, 0x46, 1, 0],
            vec![0x16, 0x24, 1],
            vec![0x16, 0x24, 1],
            vec![0x16, 0x24, 1, 0x17, 0x24, 1],
        ],
        runs: vec![("hoạch".to_owned(), vec![0x4f, 0x4a, 0, 0, 0x35, 0x08, 1])],
        fonts: vec![".VnTime".to_owned()],
        levels: vec![(1, "\0.".to_owned()), (4, "\0.\u{1})".to_owned())],
        flags: None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn damaged_files_are_read_or_refused(file in 0..FILES.len(), changes in changes()) {
        let _ = read(&changed(FILES[file].1, &changes));
    }

    #[test]
    fn damaged_parts_of_archives_are_read_or_refused(file in 0..2usize, part in any::<usize>(), changes in changes()) {
        let _ = read(&with_changed_part(FILES[file].1, part, &changes));
    }

    #[test]
    fn damaged_word_files_are_read_or_refused(changes in changes()) {
        let _ = read(&changed(&word_file().bytes(), &changes));
    }

    #[test]
    fn damaged_streams_of_word_files_are_read_or_refused(changes in changes(), other in changes()) {
        let bytes = word_file().changed(
            |stream| *stream = changed(stream, &changes),
            |table| *table = changed(table, &other),
        );
        let _ = read(&bytes);
    }
}
