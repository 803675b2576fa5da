//! The paragraphs of a flow that hold letters from before Unicode, whatever their fonts are called.
//!
//! A font's name may be lost (text pasted as plain text, a font replaced, a web page), and then the text itself tells
//! its encoding. Paragraphs that a font's name has converted already stay.

use super::{Block, Flow, Paragraph};
use crate::reading::syllable_cost;
use crate::text::{ConvertedLine, converted_lines, may_be_legacy};

/// Converts the paragraphs of `flow` that are from before Unicode; their labels too.
pub(in crate::corpus) fn convert_letters(flow: &mut Flow) {
    let mut paragraphs = Vec::new();
    collect(&mut flow.blocks, &mut paragraphs);
    for note in &mut flow.notes {
        collect(&mut note.blocks, &mut paragraphs);
    }
    paragraphs.retain(|paragraph| paragraph.letters.is_empty());
    let may_be = |paragraph: &&mut Paragraph| may_be_legacy(&paragraph.text) || may_be_legacy(&paragraph.label);
    if !paragraphs.iter().any(may_be) {
        return;
    }
    let lines: Vec<&str> = paragraphs
        .iter()
        .flat_map(|paragraph| [paragraph.text.as_str(), paragraph.label.as_str()])
        .collect();
    let mut converted = converted_lines(&lines, &syllable_cost).into_iter();
    for paragraph in paragraphs {
        let (text, label) = (converted.next().flatten(), converted.next().flatten());
        if let Some(text) = text {
            convert(paragraph, text);
        }
        if let Some(label) = label {
            paragraph.label = label.text;
        }
    }
}

/// Adds the paragraphs of `blocks` to `paragraphs`, in order.
fn collect<'f>(blocks: &'f mut [Block], paragraphs: &mut Vec<&'f mut Paragraph>) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => paragraphs.push(paragraph),
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flatten();
                cells.for_each(|cell| collect(cell, paragraphs));
            }
        }
    }
}

/// Replaces the text of `paragraph` by what it was converted to; what lies in it moves along.
fn convert(paragraph: &mut Paragraph, converted: ConvertedLine) {
    let places = Places::of(&paragraph.text, &converted);
    for (at, _) in &mut paragraph.calls {
        *at = places.of_offset(*at);
    }
    for at in &mut paragraph.page_starts {
        *at = places.of_offset(*at);
    }
    let letters = std::mem::replace(&mut paragraph.text, converted.text);
    paragraph.letters.push(0, &paragraph.text, converted.encoding, &letters);
}

/// The places in a converted text of the places in the text that it was made of.
struct Places<'t> {
    /// The text as it was.
    line: &'t str,
    /// The text as it is now.
    converted: &'t ConvertedLine,
    /// The places where each word begins, with the blanks after it: in the one and in the other.
    starts: Vec<(usize, usize)>,
}

impl<'t> Places<'t> {
    /// Finds the words of both texts, which have the same blanks.
    fn of(line: &'t str, converted: &'t ConvertedLine) -> Self {
        let words = |text: &'t str| text.split_inclusive(|char: char| char.is_ascii_whitespace());
        let (mut from, mut to) = (0, 0);
        let starts = words(line).zip(words(&converted.text)).map(|(word, made)| {
            let start = (from, to);
            from += word.len();
            to += made.len();
            start
        });
        Self {
            line,
            converted,
            starts: starts.collect(),
        }
    }

    /// Returns the place of byte `at`.
    fn of_offset(&self, at: usize) -> usize {
        let after = self.starts.partition_point(|&(from, _)| from <= at);
        let Some(&(from, to)) = after.checked_sub(1).and_then(|index| self.starts.get(index)) else {
            return 0;
        };
        let text = &self.converted.text;
        let end = self.starts.get(after).map_or(text.len(), |&(_, to)| to);
        // Inside a word, what stands before the place is converted on its own.
        let before = self.line.get(from..at).unwrap_or("");
        let moved = to + self.converted.encoding.decode(before, &syllable_cost).len();
        let place = moved.min(end);
        (0..=place)
            .rev()
            .find(|&place| text.is_char_boundary(place))
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Note, Table};
    use super::*;
    use crate::text::{Encoding, Span};

    #[test]
    fn calls_and_pages_move_with_the_letters() {
        let body = "Thùc hiÖn NghÞ quyÕt cña Ban ChÊp hµnh Trung \u{ad}¬ng, §¶ng uû x· x©y dùng kÕ ho¹ch";
        let mut first = Paragraph::of(body);
        first.label = "§iÒu 1.".to_owned();
        first.calls = vec![(body.find(", §").unwrap(), 0), (body.len(), 1)];
        first.page_starts = vec![body.find("§¶ng").unwrap()];
        let cell = vec![Block::Paragraph(Paragraph::of("Thêi h¹n"))];
        let mut flow = Flow {
            blocks: vec![
                Block::Paragraph(first),
                Block::Paragraph(Paragraph::of("Đảng bộ xã, 35 °C")),
                Block::Table(Table { rows: vec![vec![cell]] }),
            ],
            notes: vec![Note {
                blocks: vec![Block::Paragraph(Paragraph::of("H\u{ad}íng dÉn cña cÊp trªn"))],
                ..Note::default()
            }],
        };
        convert_letters(&mut flow);
        let mut paragraphs = Vec::new();
        collect(&mut flow.blocks, &mut paragraphs);
        let text = "Thực hiện Nghị quyết của Ban Chấp hành Trung ương, Đảng uỷ xã xây dựng kế hoạch";
        assert_eq!(paragraphs[0].text, text);
        assert_eq!(paragraphs[0].label, "Điều 1.");
        let places = [text.find(", Đ").unwrap(), text.len()];
        assert_eq!(paragraphs[0].calls, [(places[0], 0), (places[1], 1)]);
        assert_eq!(paragraphs[0].page_starts, [text.find("Đảng").unwrap()]);
        let whole = Span::new(0, text.len());
        assert_eq!(paragraphs[0].letters.slice(text, whole), body);
        assert_eq!(paragraphs[0].letters.encoding(), Some(Encoding::Tcvn3));
        assert_eq!(paragraphs[1].text, "Đảng bộ xã, 35 °C");
        assert!(paragraphs[1].letters.is_empty());
        assert_eq!(paragraphs[2].text, "Thời hạn");
        let Some(Block::Paragraph(note)) = flow.notes[0].blocks.first() else {
            panic!("a note has a paragraph");
        };
        assert_eq!(note.text, "Hướng dẫn của cấp trên");
    }

    proptest! {
        #[test]
        fn places_stay_in_order_and_in_the_text(
            words in prop::collection::vec("®¶ng|uû|x·|Ñaûng|uûy|bo\\^\\.|DDa\\?ng|năm|a|®|\u{300}|\\PC{0,3}", 1..30),
            offsets in prop::collection::vec(0usize..200, 0..6),
        ) {
            let text = format!("®¶ng uû x· vÒ c«ng t¸c c¸n bé {}", words.join(" "));
            let mut offsets: Vec<usize> = offsets.into_iter().filter(|&at| text.is_char_boundary(at)).collect();
            offsets.sort_unstable();
            let mut only = Paragraph::of(&text);
            only.page_starts.clone_from(&offsets);
            let mut flow = Flow { blocks: vec![Block::Paragraph(only)], notes: Vec::new() };
            convert_letters(&mut flow);
            let Some(Block::Paragraph(only)) = flow.blocks.first() else {
                panic!("the paragraph stays");
            };
            prop_assert!(only.page_starts.iter().all(|&at| only.text.is_char_boundary(at)));
            prop_assert!(only.page_starts.is_sorted());
            let whole = Span::new(0, only.text.len());
            prop_assert_eq!(only.letters.slice(&only.text, whole), text);
        }
    }
}
