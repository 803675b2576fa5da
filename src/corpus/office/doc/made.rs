//! Small Word files, built for tests.

use std::io::{Cursor, Write as _};

use cfb::CompoundFile;

/// Offsets in the stream of the text, of the properties of paragraphs and of those of characters.
const TEXT_AT: usize = 1024;
const PARAGRAPHS_AT: usize = 8 * 512;
const CHARACTERS_AT: usize = 9 * 512;

/// A Word file to be built. Lists of properties are those of [MS-DOC].
#[derive(Debug, Default)]
pub(in crate::corpus::office) struct Made {
    /// The main text; a paragraph ends with `\r` or `\u{7}`.
    pub(in crate::corpus::office) main: String,
    /// The texts of the footnotes that `\u{2}` or `*` in the main text call.
    pub(in crate::corpus::office) footnotes: Vec<String>,
    /// The texts of text boxes that `\u{8}` in the main text anchor.
    pub(in crate::corpus::office) boxes: Vec<String>,
    /// For each paragraph of the main text its properties.
    pub(in crate::corpus::office) paragraphs: Vec<Vec<u8>>,
    /// Stretches of the main text with properties.
    pub(in crate::corpus::office) runs: Vec<(String, Vec<u8>)>,
    /// The names of the fonts.
    pub(in crate::corpus::office) fonts: Vec<String>,
    /// The levels of one list that is used once: start, code of the format, text.
    pub(in crate::corpus::office) levels: Vec<(u8, String)>,
    /// Flags of the head, in place of those of a plain file.
    pub(in crate::corpus::office) flags: Option<u16>,
}

impl Made {
    /// Returns the bytes of the file.
    pub(in crate::corpus::office) fn bytes(&self) -> Vec<u8> {
        self.changed(|_| (), |_| ())
    }

    /// Returns the bytes of the file after changes of its streams `WordDocument` and `1Table`.
    pub(in crate::corpus::office) fn changed(
        &self,
        change_stream: impl FnOnce(&mut Vec<u8>),
        change_table: impl FnOnce(&mut Vec<u8>),
    ) -> Vec<u8> {
        let (mut stream, mut table) = self.streams();
        change_stream(&mut stream);
        change_table(&mut table);
        let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        for (name, bytes) in [("/WordDocument", stream), ("/1Table", table)] {
            file.create_stream(name).unwrap().write_all(&bytes).unwrap();
        }
        file.flush().unwrap();
        file.into_inner().into_inner()
    }

    /// Returns the streams `WordDocument` and `1Table`.
    fn streams(&self) -> (Vec<u8>, Vec<u8>) {
        let units = |text: &str| text.encode_utf16().count() as u32;
        let (notes, boxes) = (self.footnotes.concat(), self.boxes.concat());
        let text = format!("{}{notes}{boxes}\r", self.main);
        let mut stream = vec![0; CHARACTERS_AT + 512];
        let mut table = Vec::new();
        put_16(&mut stream, 0, &[0xa5ec, 193]);
        put_16(&mut stream, 10, &[self.flags.unwrap_or(0x0200)]);
        put_32(&mut stream, 76, &[units(&self.main), units(&notes)]);
        put_32(&mut stream, 100, &[units(&boxes)]);
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        stream[TEXT_AT..TEXT_AT + bytes.len()].copy_from_slice(&bytes);
        let end = (TEXT_AT + bytes.len()) as u32;

        let paragraphs = self.paragraph_stretches(end);
        let runs = self.run_stretches(end);
        stream[PARAGRAPHS_AT..PARAGRAPHS_AT + 512].copy_from_slice(&page(&paragraphs, 13));
        stream[CHARACTERS_AT..CHARACTERS_AT + 512].copy_from_slice(&page(&runs, 1));
        let mut place = |index: usize, part: Vec<u8>| {
            let at = table.len() as u32;
            put_32(&mut stream, 154 + 8 * index, &[at, part.len() as u32]);
            table.extend(part);
        };
        place(
            13,
            array(&[TEXT_AT as u32, end], &[&(PARAGRAPHS_AT as u32 / 512).to_le_bytes()]),
        );
        place(
            12,
            array(&[TEXT_AT as u32, end], &[&(CHARACTERS_AT as u32 / 512).to_le_bytes()]),
        );
        let piece = [vec![0, 0], (TEXT_AT as u32).to_le_bytes().to_vec(), vec![0, 0]].concat();
        let pieces = array(&[0, units(&text)], &[&piece]);
        place(
            33,
            [vec![2], (pieces.len() as u32).to_le_bytes().to_vec(), pieces].concat(),
        );
        place(15, self.font_table());
        let calls: Vec<(u32, u16)> = positions(&self.main, '\u{2}').map(|at| (at, 1)).collect();
        let typed = positions(&self.main, '*').map(|at| (at, 0));
        let mut calls: Vec<(u32, u16)> = calls.into_iter().chain(typed).collect();
        calls.sort_unstable();
        calls.truncate(self.footnotes.len());
        let places: Vec<u32> = calls.iter().map(|call| call.0).chain([units(&self.main)]).collect();
        let data: Vec<[u8; 2]> = calls.iter().map(|call| call.1.to_le_bytes()).collect();
        place(
            2,
            array(&places, &data.iter().map(|data| &data[..]).collect::<Vec<_>>()),
        );
        place(3, array(&ends(&self.footnotes), &[]));
        let anchors: Vec<u32> = positions(&self.main, '\u{8}').collect();
        let shape = |index: usize, before: usize, length: usize| {
            let mut data = vec![0; length];
            put_32(&mut data, before, &[500 + index as u32]);
            data
        };
        let spa: Vec<Vec<u8>> = (0..anchors.len()).map(|index| shape(index, 0, 26)).collect();
        let texts: Vec<Vec<u8>> = (0..self.boxes.len()).map(|index| shape(index, 14, 22)).collect();
        let anchors: Vec<u32> = anchors.into_iter().chain([units(&self.main)]).collect();
        place(
            40,
            array(&anchors, &spa.iter().map(|data| &data[..]).collect::<Vec<_>>()),
        );
        place(
            56,
            array(
                &ends(&self.boxes),
                &texts.iter().map(|data| &data[..]).collect::<Vec<_>>(),
            ),
        );
        let (lists, levels, uses) = self.lists();
        place(73, lists);
        place(99, levels);
        place(74, uses);
        (stream, table)
    }

    /// Returns the stretches of the paragraphs, with the end of each.
    fn paragraph_stretches(&self, end: u32) -> Vec<(u32, Vec<u8>)> {
        let marks = self.main.encode_utf16().enumerate();
        let marks = marks.filter(|(_, unit)| matches!(unit, 0x0d | 0x07));
        let mut stretches: Vec<(u32, Vec<u8>)> = marks
            .zip(self.paragraphs.iter().cloned().chain(std::iter::repeat(Vec::new())))
            .map(|((at, _), mut list)| {
                list.splice(0..0, [0, 0]);
                list.resize(list.len().next_multiple_of(2), 0);
                list.splice(0..0, [0, list.len() as u8 / 2]);
                ((TEXT_AT + 2 * (at + 1)) as u32, list)
            })
            .collect();
        stretches.push((end, Vec::new()));
        stretches
    }

    /// Returns the stretches of the runs, which stand in the text in their order, and those between them.
    fn run_stretches(&self, end: u32) -> Vec<(u32, Vec<u8>)> {
        let mut stretches = Vec::new();
        let mut from = 0;
        let offset = |at: usize| (TEXT_AT + 2 * self.main[..at].encode_utf16().count()) as u32;
        for (run, list) in &self.runs {
            let at = from + self.main[from..].find(run).unwrap();
            from = at + run.len();
            let mut list = list.clone();
            list.insert(0, list.len() as u8);
            stretches.push((offset(at), Vec::new()));
            stretches.push((offset(from), list));
        }
        stretches.push((end, Vec::new()));
        stretches
    }

    /// Returns the table of fonts.
    fn font_table(&self) -> Vec<u8> {
        let mut table = (self.fonts.len() as u32).to_le_bytes().to_vec();
        for font in &self.fonts {
            let mut entry = vec![0; 39];
            entry.extend(font.encode_utf16().chain([0]).flat_map(u16::to_le_bytes));
            table.push(entry.len() as u8);
            table.extend(entry);
        }
        table
    }

    /// Returns the list, its levels and its use.
    fn lists(&self) -> (Vec<u8>, Vec<u8>, Vec<u8>) {
        if self.levels.is_empty() {
            return Default::default();
        }
        let mut list = vec![1, 0, 77, 0, 0, 0];
        list.resize(30, 0);
        let mut levels = Vec::new();
        for index in 0..9 {
            let (code, text) = self.levels.get(index).cloned().unwrap_or((255, String::new()));
            let mut level = vec![1, 0, 0, 0, code];
            level.resize(28, 0);
            level.extend((text.encode_utf16().count() as u16).to_le_bytes());
            level.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
            levels.extend(level);
        }
        let mut uses = vec![1, 0, 0, 0, 77, 0, 0, 0];
        uses.resize(20, 0);
        uses.extend([255; 4]);
        (list, levels, uses)
    }
}

/// Returns a page of stretches from the beginning of the text, with their lists of properties.
fn page(stretches: &[(u32, Vec<u8>)], entry_bytes: usize) -> Vec<u8> {
    let mut page = vec![0; 512];
    page[511] = stretches.len() as u8;
    put_32(&mut page, 0, &[TEXT_AT as u32]);
    let mut free = 510;
    for (index, (end, list)) in stretches.iter().enumerate() {
        put_32(&mut page, 4 * (index + 1), &[*end]);
        if !list.is_empty() {
            free -= list.len().next_multiple_of(2);
            page[free..free + list.len()].copy_from_slice(list);
            page[4 * (stretches.len() + 1) + entry_bytes * index] = (free / 2) as u8;
        }
    }
    page
}

/// Returns the bytes of an array of positions and data.
fn array(positions: &[u32], data: &[&[u8]]) -> Vec<u8> {
    let positions = positions.iter().flat_map(|position| position.to_le_bytes());
    positions.chain(data.concat()).collect()
}

/// Returns where texts begin that follow each other, where the last ends, and one position more.
fn ends(texts: &[String]) -> Vec<u32> {
    let mut ends = vec![0];
    for text in texts {
        ends.push(ends.last().unwrap() + text.encode_utf16().count() as u32);
    }
    ends
}

/// Returns the positions of `char` in `text`.
fn positions(text: &str, char: char) -> impl Iterator<Item = u32> {
    let units = text.encode_utf16().enumerate();
    units
        .filter(move |(_, unit)| u32::from(*unit) == u32::from(char))
        .map(|(at, _)| at as u32)
}

/// Writes numbers of 16 bits at `at`.
fn put_16(bytes: &mut [u8], at: usize, numbers: &[u16]) {
    for (index, number) in numbers.iter().enumerate() {
        bytes[at + 2 * index..at + 2 * index + 2].copy_from_slice(&number.to_le_bytes());
    }
}

/// Writes numbers of 32 bits at `at`.
fn put_32(bytes: &mut [u8], at: usize, numbers: &[u32]) {
    for (index, number) in numbers.iter().enumerate() {
        bytes[at + 4 * index..at + 4 * index + 4].copy_from_slice(&number.to_le_bytes());
    }
}
