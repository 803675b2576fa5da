//! The wording of a page: paragraphs of a text, with headings, citations and calls of notes as party documents have them.

use rand::Rng;
use rand::seq::IndexedRandom as _;

use crate::families::{Face, Family};

/// The most chars of a paragraph that is drawn.
const MAX_CHARS: usize = 700;

/// The most paragraphs that are looked at for a page: of those too long or in another script there may be many.
const MAX_PARAGRAPHS: usize = 400;

/// Chars that are more than the page of the smallest font holds.
const PAGE_CHARS: usize = 4500;

/// Documents that are cited: the words before the number, and the letters after it.
const CITED: [(&str, &[&str]); 12] = [
    ("Nghị quyết số", &["NQ/TW", "NQ/TU", "NQ/ĐU", "NQ/HU"]),
    ("Nghị quyết số", &["NQ-CP", "NQ-HĐND"]),
    ("Chỉ thị số", &["CT/TW", "CT/TU", "CT/ĐU"]),
    ("Kết luận số", &["KL/TW", "KL/TU"]),
    ("Quy định số", &["QĐ/TW", "QĐ/TU", "QĐ/ĐU"]),
    ("Quyết định số", &["QĐ/TW", "QĐ/TU", "QĐ/BTCTW", "QĐ-TTg", "QĐ-UBND"]),
    ("Hướng dẫn số", &["HD/BTCTW", "HD/UBKTTW", "HD/BTGTW", "HD/TU"]),
    ("Kế hoạch số", &["KH/TU", "KH/ĐU", "KH-UBND", "KH/TW"]),
    ("Báo cáo số", &["BC/TU", "BC/ĐU", "BC-UBND"]),
    ("Chương trình hành động số", &["CTr/TU", "CTrHĐ/TU"]),
    ("Thông báo số", &["TB/TW", "TB/TU", "TB/VPTW"]),
    ("Nghị định số", &["NĐ-CP"]),
];

/// The issuers of cited documents.
const ISSUERS: [&str; 8] = [
    "của Bộ Chính trị",
    "của Ban Bí thư",
    "của Ban Chấp hành Trung ương",
    "của Ban Thường vụ Tỉnh ủy",
    "của Tỉnh ủy",
    "của Ban Thường vụ Thành ủy",
    "của Thủ tướng Chính phủ",
    "của Đảng ủy",
];

/// The way a block is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// A justified paragraph.
    Body,
    /// The same in bold.
    Bold,
    /// The same in italics.
    Italic,
    /// Centered capitals in bold.
    Capitals,
    /// A line in bold that begins with its label.
    Heading,
    /// A note at the foot of the page, smaller.
    Note,
}

impl Style {
    /// Returns its name in the output.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Bold => "bold",
            Self::Italic => "italic",
            Self::Capitals => "capitals",
            Self::Heading => "heading",
            Self::Note => "note",
        }
    }

    /// Returns the font that it is set in.
    pub(crate) const fn face(self) -> Face {
        match self {
            Self::Body | Self::Note => Face::Regular,
            Self::Italic => Face::Italic,
            Self::Bold | Self::Capitals | Self::Heading => Face::Bold,
        }
    }
}

/// A word, and the number of the note that it calls or that it begins.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// Its chars.
    pub(crate) text: String,
    /// The raised number after it.
    pub(crate) call: Option<u32>,
    /// The raised number before it.
    pub(crate) label: Option<u32>,
}

/// A paragraph, a heading or a note.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// The way it is set.
    pub(crate) style: Style,
    /// Its words.
    pub(crate) words: Vec<Word>,
}

/// Returns the blocks of a page, more than fit on it; the notes come last.
pub(crate) fn blocks(paragraphs: &[String], headings: &[String], family: &Family, random: &mut impl Rng) -> Vec<Block> {
    let first = random.random_range(0..paragraphs.len());
    let mut blocks = Vec::new();
    let mut notes = Vec::new();
    let mut number = random.random_range(1..60);
    let mut chars = 0;
    for paragraph in paragraphs.iter().cycle().skip(first).take(MAX_PARAGRAPHS) {
        if chars > PAGE_CHARS {
            break;
        }
        if paragraph.chars().count() > MAX_CHARS || !family.can_write(paragraph) {
            continue;
        }
        if random.random_bool(0.16) {
            blocks.push(heading(headings, family, random));
        }
        let capitals = paragraph.chars().any(char::is_alphabetic) && !paragraph.chars().any(char::is_lowercase);
        let style = match random.random_range(0..100) {
            _ if capitals => Style::Capitals,
            0..78 => Style::Body,
            78..88 => Style::Italic,
            _ => Style::Bold,
        };
        let mut words = words_of(paragraph);
        if style != Style::Capitals && words.len() > 12 {
            if random.random_bool(0.35) {
                let cited = words_of(&citation(random));
                let place = random.random_range(6..words.len());
                words.splice(place..place, cited);
            }
            if random.random_bool(0.15) && notes.len() < 4 {
                let place = random.random_range(4..words.len());
                words[place].call = Some(number);
                notes.push(note(number, random));
                number += 1;
            }
        }
        chars += words.iter().map(|word| word.text.chars().count() + 1).sum::<usize>();
        blocks.push(Block { style, words });
    }
    blocks.append(&mut notes);
    blocks
}

/// Splits a text into words.
fn words_of(text: &str) -> Vec<Word> {
    let word = |text: &str| Word {
        text: text.to_owned(),
        call: None,
        label: None,
    };
    text.split_whitespace().map(word).collect()
}

/// Draws a heading: a term in capitals, or one with a label.
fn heading(headings: &[String], family: &Family, random: &mut impl Rng) -> Block {
    let text = headings.choose(random).map_or("", String::as_str);
    let text = if family.can_write(text) {
        text
    } else {
        "Phương hướng, nhiệm vụ"
    };
    if random.random_bool(0.6) {
        return Block {
            style: Style::Capitals,
            words: words_of(&text.to_uppercase()),
        };
    }
    let label = ["I.", "II.", "III.", "IV.", "1.", "2.", "3.1.", "a)", "Phần thứ nhất:"].choose(random);
    Block {
        style: Style::Heading,
        words: words_of(&format!("{} {text}", label.copied().unwrap_or("1."))),
    }
}

/// Draws a citation.
fn citation(random: &mut impl Rng) -> String {
    let (before, letters) = CITED[random.random_range(0..CITED.len())];
    let letters = letters.choose(random).copied().unwrap_or("NQ/TW");
    let number: u32 = if letters.contains('/') {
        random.random_range(1..200)
    } else {
        random.random_range(1..3000)
    };
    let year: u32 = random.random_range(2005..2026);
    let date = format!(
        "{:02}/{:02}/{year}",
        random.random_range(1..29),
        random.random_range(1..13)
    );
    let issuer = ISSUERS.choose(random).copied().unwrap_or_default();
    let number = if letters == "NĐ-CP" {
        format!("{number}/{year}/{letters}")
    } else if letters.contains('/') {
        format!("{number}-{letters}")
    } else {
        format!("{number}/{letters}")
    };
    format!("theo {before} {number} ngày {date} {issuer}")
}

/// Draws a note.
fn note(number: u32, random: &mut impl Rng) -> Block {
    let text = citation(random);
    let mut words = words_of(text.trim_start_matches("theo "));
    if let Some(first) = words.first_mut() {
        first.label = Some(number);
    }
    if let Some(last) = words.last_mut() {
        last.text.push('.');
    }
    Block {
        style: Style::Note,
        words,
    }
}
