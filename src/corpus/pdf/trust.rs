//! The trust that the text of a page deserves: a scan may have no text, a stamp, or the output of a poor OCR; a font may
//! have glyphs of which the PDF does not say which letters they are.

use unicode_normalization::UnicodeNormalization;

use super::super::facsimile::{RawPage, join_pages};
use crate::reading::{Quality, Reading, is_syllable};
use crate::text::Span;
use crate::text::fold::TONES;

/// The fewest words of its own text that a scanned page may have for them to count; a stamp or a signature has about
/// 30.
const MIN_SCAN_WORDS: usize = 50;

/// The share of a page that its images cover if the page is a scan. A scan cut at its margins covers two thirds, a
/// photograph in a report a third.
const SCAN_SHARE: f32 = 0.5;

/// The share of the words of a page that are broken if letters are missing on it, and the fewest of them. Of 3400 pages
/// of 450 public PDFs none with whole text has 1 %, the ordinals of English papers ("5 th") 0.9 %.
const BROKEN_WORDS: (f32, usize) = (0.03, 5);

/// The share of the words of a scanned page that no one spells so if its text is the output of a poor OCR. Of 300 such
/// pages of 20 public PDFs those read by an OCR for Vietnamese have 2 % at most, those read by one for another language
/// 5 to 50 %; of 21,400 pages that are no scans 0.3 % have 5 %.
const MISSPELLED_WORDS: f32 = 0.05;

/// The share of the words of a page that were converted from letters from before Unicode if that is its text. Such a
/// page is read by nobody else: an OCR would only lose some of it.
const CONVERTED_WORDS: f32 = 0.1;

/// The beginnings of syllables of two consonants. A word of consonants that begins with one is a syllable without its
/// vowel: `nh` is left of `nhiệm` or of `lĩnh` if the font has no letters for its glyphs.
const ONSETS: [&str; 8] = ["ch", "gh", "kh", "ng", "nh", "ph", "th", "tr"];

/// Vowels that no syllable ends in, without tones: `hiê` is left of `hiện`.
const OPEN_ENDS: [&str; 6] = ["â", "ă", "iê", "yê", "uô", "ươ"];

/// The trust that the text of a page in a PDF deserves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// It is the printed text.
    Whole,
    /// It is complete but damaged: the reading of tesseract is better.
    Damaged,
    /// It is not the text of the page.
    None,
}

impl Trust {
    /// Judges the text of `page`, of which images cover the share `covered`.
    pub(super) fn of(page: &RawPage, covered: f32) -> Self {
        let words = page.words().count();
        let is_scan = covered >= SCAN_SHARE;
        if words == 0 || is_scan && words < MIN_SCAN_WORDS {
            return Self::None;
        }
        let share = |count: usize| count as f32 / words as f32;
        if share(page.words().filter(|word| word.letters.is_some()).count()) >= CONVERTED_WORDS {
            return Self::Whole;
        }
        let broken = page.words().filter(|word| is_broken(&word.text)).count();
        let (min_share, min_words) = BROKEN_WORDS;
        if broken >= min_words && share(broken) >= min_share {
            return Self::Damaged;
        }
        let misspelled = || page.words().filter(|word| is_misspelled(&word.text)).count();
        if is_scan && share(misspelled()) >= MISSPELLED_WORDS {
            return Self::Damaged;
        }
        let text = join_pages(std::slice::from_ref(page)).text;
        match Reading::of(&text).quality(Span::new(0, text.len())) {
            Quality::Clean => Self::Whole,
            Quality::Unmarked | Quality::Ocr => Self::Damaged,
        }
    }
}

/// Returns true if letters of `word` are missing, or have no Unicode.
fn is_broken(word: &str) -> bool {
    let letters = word.trim_matches(|char: char| char.is_ascii_punctuation());
    if letters.contains(has_no_unicode) {
        return letters.contains(char::is_alphabetic);
    }
    // Names and abbreviations may be of any letters.
    if !letters.chars().all(|char| char.is_lowercase() || TONES.contains(&char)) {
        return false;
    }
    let toneless: String = letters.nfd().filter(|char| !TONES.contains(char)).nfc().collect();
    let is_vowel = |char: char| "aăâeêioôơuưy".contains(char);
    let is_left = ONSETS.iter().any(|onset| toneless.starts_with(onset)) && !toneless.contains(is_vowel);
    is_left || toneless.chars().nth(1).is_some() && OPEN_ENDS.iter().any(|end| toneless.ends_with(end))
}

/// Returns true if `word` is spelled as no word of Vietnamese or English is: `Khuy6n`, `nhQn`, `th£o`, `cüa`.
///
/// Words in capitals, symbols and words of two parts may be spelled in any way.
fn is_misspelled(word: &str) -> bool {
    let word: String = word.nfc().collect();
    let is_mark = |char: char| char.is_ascii_punctuation() || "“”‘’«»…–—•·".contains(char);
    // A word may end in the number of a note.
    let word = word
        .trim_start_matches(is_mark)
        .trim_end_matches(|char: char| is_mark(char) || char.is_ascii_digit());
    let mut chars = word.chars();
    chars.next();
    let rest = chars.as_str();
    if !rest.contains(char::is_lowercase) || word.contains(['/', '-', '–', '.', ',', '@', ':', '\'', '’', '_', '…'])
    {
        return false;
    }
    if rest.contains(|char: char| !char.is_lowercase()) {
        return true;
    }
    !word.is_ascii() && !is_syllable(&word.to_lowercase())
}

/// Returns true if `char` stands for a glyph of which the PDF does not say which letter it is: private use, the
/// replacement character, a control.
fn has_no_unicode(char: char) -> bool {
    matches!(char, '\u{e000}'..='\u{f8ff}' | '\u{fffd}') || char.is_control()
}

/// Reads the output of [`images`](super::poppler::images), a table with columns in fixed order: the area of the images
/// on each of `count` pages, in square inches.
pub(super) fn image_areas(table: &str, count: usize) -> Vec<f32> {
    let mut areas = vec![0.0; count];
    for line in table.lines() {
        // page num type width height color comp bpc enc interp object generation x-ppi y-ppi size ratio
        let columns: Vec<&str> = line.split_whitespace().collect();
        let number = |index: usize| columns.get(index).and_then(|column| column.parse::<f32>().ok());
        let side = |pixels, ppi| Some(number(pixels)? / number(ppi)?.max(1.0));
        if let (Some(page), Some(width), Some(height)) = (number(0), side(3, 12), side(4, 13))
            && let Some(area) = areas.get_mut((page as usize).wrapping_sub(1))
        {
            *area += width * height;
        }
    }
    areas
}

#[cfg(test)]
mod tests {
    use super::super::super::facsimile::RawWord;
    use super::*;

    /// A page with this text.
    fn page(text: &str) -> RawPage {
        let mut page = RawPage::default();
        for line in text.lines() {
            page.begin_line();
            page.push(&RawWord {
                text: line.to_owned(),
                ..RawWord::default()
            });
        }
        page
    }

    #[test]
    fn the_text_of_a_page_counts_where_it_is_clean_and_not_a_stamp() {
        let clean = "Đảng bộ các cơ quan Đảng thành phố đã lãnh đạo, chỉ đạo thực hiện tốt nhiệm vụ.\n";
        let misread = "Pang bd cac co quan Pang thanh phd da lanh dao, chi dao thyc hién tét nhiém vu chinh tri.\n";
        let signature = "Người ký: Văn phòng Tỉnh ủy\nNgày ký: 12.05.2025 08:30:11";
        let rows = [
            (clean.to_owned(), 0.0, Trust::Whole),
            (clean.repeat(4), 0.98, Trust::Whole),
            (clean.to_owned(), 0.98, Trust::None),
            (clean.to_owned(), 0.3, Trust::Whole),
            (signature.to_owned(), 0.98, Trust::None),
            (misread.repeat(4), 0.98, Trust::Damaged),
            (misread.repeat(4), 0.0, Trust::Damaged),
            (String::new(), 0.0, Trust::None),
        ];
        for (text, covered, trusted) in rows {
            assert_eq!(Trust::of(&page(&text), covered), trusted, "{text}, images: {covered}");
        }
    }

    #[test]
    fn a_page_with_broken_words_is_damaged() {
        let broken = [
            "nh",
            "ng,",
            "thc",
            "hiê",
            "nghiệ\u{fffd}m",
            "đươ",
            "phấ",
            "chuẩ\u{f0e2}n",
        ];
        let whole = [
            "nhà",
            "mơ",
            "thuở",
            "quê",
            "TH",
            "Th",
            "5th",
            "km",
            "fn",
            "g",
            "\u{f0b7}",
            "đ",
            "ươ\u{300}ng",
            "magie",
            "ấ",
        ];
        for word in broken {
            assert!(is_broken(word), "{word}");
        }
        for word in whole {
            assert!(!is_broken(word), "{word}");
        }
        let clean = "Đảng bộ các cơ quan Đảng thành phố đã lãnh đạo, chỉ đạo thực hiện tốt nhiệm vụ.\n";
        let torn = "Lãnh đạo nh vực ng nghiệp, ph triển nh tế và kh học, ng nghệ.\n";
        let rows = [
            (torn.repeat(2), Trust::Damaged),
            (clean.repeat(9) + torn, Trust::Damaged),
            (clean.repeat(40) + torn, Trust::Whole),
            (clean.to_owned() + "x nh y th z", Trust::Whole),
        ];
        for (text, trusted) in rows {
            let words = text.split_whitespace().collect::<Vec<_>>().join("\n");
            assert_eq!(Trust::of(&page(&words), 0.0), trusted, "{text}");
        }
    }

    #[test]
    fn a_scan_with_words_that_no_one_spells_so_is_damaged() {
        let misspelled = ["Khuy6n", "nhQn", "th£o", "cüa", "(Ënh", "ch¿,", "tÕchéc", "l¡i"];
        let spelled = [
            "Đắk",
            "Đảng,",
            "trị12",
            "chính.",
            "PC04",
            "HĐND",
            "52-QĐ/TW",
            "Nghị",
            "“thành",
            "website",
            "04/QĐ",
            "đ/c",
            "thành…mà",
            "ngày/tháng",
            "km2",
            "Hòa",
            "quý",
            "bôông",
        ];
        for word in misspelled {
            assert!(is_misspelled(word), "{word}");
        }
        for word in spelled {
            assert!(!is_misspelled(word), "{word}");
        }
        let clean = "Đảng bộ các cơ quan Đảng thành phố đã lãnh đạo, chỉ đạo thực hiện tốt nhiệm vụ.\n".repeat(4);
        let poor = clean.replace("ệ", "Ç");
        assert_ne!(clean, poor);
        let words = |text: &str| page(&text.split_whitespace().collect::<Vec<_>>().join("\n"));
        for (text, covered, trusted) in [
            (&clean, 0.98, Trust::Whole),
            (&poor, 0.98, Trust::Damaged),
            (&poor, 0.3, Trust::Whole),
        ] {
            assert_eq!(Trust::of(&words(text), covered), trusted, "{text}, images: {covered}");
        }
    }

    #[test]
    fn converted_text_is_the_text() {
        let mut page = page(&"Đảng ủy xã Tân Lộc nh ng th kh ph".replace(' ', "\n"));
        assert_eq!(Trust::of(&page, 0.0), Trust::Damaged);
        page.paragraphs[0][0][0].letters = Some((crate::text::Encoding::Tcvn3, "§¶ng".to_owned()));
        assert_eq!(Trust::of(&page, 0.0), Trust::Whole);
    }

    #[test]
    fn images_have_their_size_on_paper() {
        let table = "page num type width height color comp bpc enc interp object ID x-ppi y-ppi size ratio\n\
                     ---------------------------------------------------------------------------------\n\
                     1 0 image 2480 3508 gray 1 8 jpeg no 1 0 300 300 851K 10%\n\
                     3 1 image 100 100 rgb 3 8 image no 11 0 0 50 574K 2.3%\n";
        let areas = image_areas(table, 2);
        assert!((areas[0] - 8.27 * 11.69).abs() < 0.1, "{areas:?}");
        assert_eq!(areas[1], 0.0);
    }
}
