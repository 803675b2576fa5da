//! Words that a PDF tears: letters of one word that poppler finds as several.
//!
//! LibreOffice and Chromium take the letters that a font lacks from another one, and poppler never joins letters of two
//! fonts: "Đ ạ i h ộ i". The gap tells such a tear from a blank: it is within 6 % of the line height, in letters that
//! overlap too, a true blank 15 % to 40 %. Only in headings set tight are blanks as narrow as tears; only in headings
//! set wide are tears as wide as blanks. There the syllables decide.
//!
//! Measured on PDFs of LibreOffice and Chromium in twelve fonts, and on the million gaps of 140 public PDFs.

use super::printed::{PrintedBlock, PrintedLine, PrintedPage, PrintedWord};
use crate::text::SyllableCost;

/// The widest overlap of two letters of one word, as a share of the line height. Letters of a narrow font overlap up to
/// 6 %; those of rotated lines lie above one another and overlap whole.
const MAX_OVERLAP: f32 = 0.08;

/// The widest gap between letters of one word. No blank is as narrow.
const MAX_TOUCH: f32 = 0.02;

/// The widest gap between letters of one word unless the words on both sides are syllables. Headings set tight have
/// blanks of 2.5 % ("CỘNG HÒA" over two columns).
const MAX_TEAR: f32 = 0.05;

/// The widest gap between letters of one syllable where letters are set wide.
const MAX_WIDE_TEAR: f32 = 0.16;

/// The widest gap between such letters as a share of the blanks of the line: of the median of its gaps, or of the widest
/// where the gaps between single letters prevail ("Đ Ạ I  H Ộ I").
const OF_BLANK: f32 = 0.7;

/// The fewest words of a line of single letters, and the share of its words that are single letters.
const MIN_SPACED: (usize, f32) = (4, 0.6);

/// The most pieces of a syllable: the longest, `nghiêng`, has seven letters.
const MAX_PIECES: usize = 7;

/// The largest difference of the lower edges of two letters of one word, as a share of the line height. Letters of
/// another font differ by up to 13 %, a raised note mark by 34 % and more.
const MAX_SHIFT: f32 = 0.2;

/// Consonants that end a syllable and are no word, alone at the beginning of a line.
const LONE_ENDS: [&str; 2] = ["ng", "nh"];

/// Glues the letters of one word that touch each other.
pub(super) fn glue_touching(page: &mut PrintedPage) {
    for line in page.lines_mut() {
        let mut glued: Vec<PrintedWord> = Vec::with_capacity(line.words.len());
        let mut last: Option<PrintedWord> = None;
        for word in line.words.drain(..) {
            let is_near = last.as_ref().is_some_and(|last| touch(last, &word));
            match glued.last_mut() {
                Some(before) if is_near => before.push(&word),
                _ => glued.push(word.clone()),
            }
            last = Some(word);
        }
        line.words = glued;
    }
}

/// Returns true if two pieces of a line are parts of one word: they touch each other. The mark of a note is raised; it
/// touches the word before it (`trên[1]`) and the punctuation after it.
fn touch(before: &PrintedWord, after: &PrintedWord) -> bool {
    let is_punctuation = |word: &PrintedWord| word.text.chars().all(|char| char.is_ascii_punctuation());
    if is_mark(&after.text) || is_mark(&before.text) && is_punctuation(after) {
        return (-MAX_OVERLAP..=MAX_TEAR).contains(&blank(before.edges, after.edges));
    }
    gap(before.edges, after.edges).is_some_and(|gap| gap <= MAX_TOUCH)
}

/// Returns true if `word` is the mark of a note as [`bracket`](super::marks::bracket) writes it.
fn is_mark(word: &str) -> bool {
    let number = word.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Glues the pieces of syllables that are torn by wider gaps, and those that a line ends in.
pub(super) fn glue_syllables(page: &mut PrintedPage, cost: SyllableCost<'_>) {
    for line in page.lines_mut() {
        if line.words.len() > 1 {
            glue_line(line, cost);
        }
    }
    for block in &mut page.blocks {
        join_broken(block, cost);
    }
}

/// Glues the pieces of syllables in a line, those that are near each other first.
fn glue_line(line: &mut PrintedLine, cost: SyllableCost<'_>) {
    glue_within(line, MAX_TEAR, cost, |before, after| {
        !(is_syllable(before, cost) && is_syllable(after, cost))
    });
    let widest = widest_tear(line);
    glue_within(line, widest, cost, |_, _| false);
}

/// Glues the pieces of syllables with gaps up to `widest`, and two words with such a gap for which `is_torn` is true.
fn glue_within(line: &mut PrintedLine, widest: f32, cost: SyllableCost<'_>, is_torn: impl Fn(&str, &str) -> bool) {
    let words = std::mem::take(&mut line.words);
    let gaps = gaps(&words);
    let is_near = |at: usize| gaps.get(at).copied().flatten().is_some_and(|gap| gap <= widest);
    let mut at = 0;
    while let Some(first) = words.get(at) {
        let mut near = 1;
        while near < MAX_PIECES && is_near(at + near - 1) {
            near += 1;
        }
        let mut pieces = pieces_of_syllable(words.get(at..at + near).unwrap_or_default(), cost);
        if pieces == 1 && near > 1 && words.get(at + 1).is_some_and(|next| is_torn(&first.text, &next.text)) {
            pieces = 2;
        }
        let mut word = first.clone();
        words
            .iter()
            .skip(at + 1)
            .take(pieces - 1)
            .for_each(|piece| word.push(piece));
        line.words.push(word);
        at += pieces;
    }
}

/// Returns the gaps between `words`; `None` for two that do not follow each other.
fn gaps(words: &[PrintedWord]) -> Vec<Option<f32>> {
    let pairs = words.iter().zip(words.iter().skip(1));
    pairs.map(|(before, after)| gap(before.edges, after.edges)).collect()
}

/// Returns the widest gap that may tear a syllable in `line`: clearly narrower than its blanks.
fn widest_tear(line: &PrintedLine) -> f32 {
    let mut gaps: Vec<f32> = gaps(&line.words)
        .into_iter()
        .flatten()
        .filter(|&gap| gap > MAX_TEAR)
        .collect();
    gaps.sort_by(f32::total_cmp);
    let letters = line.words.iter().filter(|word| word.text.chars().count() == 1).count();
    let (min_words, min_share) = MIN_SPACED;
    if line.words.len() >= min_words && letters as f32 >= min_share * line.words.len() as f32 {
        gaps.last().map_or(0.0, |gap| gap * OF_BLANK)
    } else {
        gaps.get(gaps.len() / 2)
            .map_or(0.0, |gap| MAX_WIDE_TEAR.min(gap * OF_BLANK))
    }
}

/// Returns the number of `words` at their beginning that are the pieces of one syllable; 1 if the first is whole.
///
/// Pieces may be syllables too (`ho`, `ạt`); then the whole must be more frequent than one of them.
fn pieces_of_syllable(words: &[PrintedWord], cost: SyllableCost<'_>) -> usize {
    let mut joined = String::new();
    let mut rarest = Some(0.0);
    let mut found = 1;
    for (at, word) in words.iter().enumerate() {
        joined.push_str(&word.text);
        rarest = rarest.and_then(|rarest: f32| Some(rarest.max(syllable_cost(&word.text, cost)?)));
        let whole = syllable_cost(&joined, cost);
        if at > 0 && whole.is_some_and(|whole| rarest.is_none_or(|rarest| whole < rarest)) {
            found = at + 1;
        }
    }
    found
}

/// Joins syllables that are broken at the end of a line without a hyphen (`thườ`, `ng`): only the whole is one.
fn join_broken(block: &mut PrintedBlock, cost: SyllableCost<'_>) {
    for at in 1..block.lines.len() {
        let (upper, lower) = block.lines.split_at_mut(at);
        let (Some(upper), Some(lower)) = (upper.last_mut(), lower.first_mut()) else {
            continue;
        };
        let (Some(head), Some(tail)) = (upper.words.last_mut(), lower.words.first()) else {
            continue;
        };
        let is_broken = !is_syllable(&tail.text, cost)
            && (!is_syllable(&head.text, cost) || LONE_ENDS.contains(&tail.text.as_str()))
            && is_syllable(&format!("{}{}", head.text, tail.text), cost);
        if is_broken {
            // The word keeps the place of its first part.
            let edges = head.edges;
            head.push(tail);
            head.edges = edges;
            lower.words.remove(0);
        }
    }
}

/// Returns the gap between two words that follow each other on one line in one size, as a share of the line height;
/// `None` if they do not.
fn gap(before: [f32; 4], after: [f32; 4]) -> Option<f32> {
    let gap = blank(before, after);
    let shift = (before[3] - after[3]).abs() / line_height(before, after);
    (gap >= -MAX_OVERLAP && shift <= MAX_SHIFT).then_some(gap)
}

/// Returns the blank between two words, as a share of the line height.
fn blank(before: [f32; 4], after: [f32; 4]) -> f32 {
    (after[0] - before[2]) / line_height(before, after)
}

/// Returns the height of the higher of two words; a little more than 0 for words of none.
fn line_height(one: [f32; 4], other: [f32; 4]) -> f32 {
    (one[3] - one[1]).max(other[3] - other[1]).max(f32::EPSILON)
}

/// Returns the cost of the syllable that `word` is, without the punctuation around it.
fn syllable_cost(word: &str, cost: SyllableCost<'_>) -> Option<f32> {
    let letters = word.trim_matches(|char: char| !char.is_alphanumeric());
    cost(&letters.to_lowercase())
}

/// Returns true if `word` is a syllable.
fn is_syllable(word: &str, cost: SyllableCost<'_>) -> bool {
    syllable_cost(word, cost).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The syllables that the tests know.
    fn cost(word: &str) -> Option<f32> {
        let known = "đại hội bộ xã thường vụ không khô ở mở cộng hòa a an to anh hoạt";
        let rare = ["ho", "ạt", "toanh"];
        let common = known.split(' ').any(|known| known == word).then_some(1.0);
        common.or(rare.contains(&word).then_some(2.0))
    }

    /// A line of words ten points high; each is given with the gap before it in points.
    fn line(words: &[(&str, f32)]) -> PrintedLine {
        let mut at = 100.0;
        let mut line = PrintedLine::default();
        for (text, gap) in words {
            at += gap;
            let right = at + 5.0 * text.chars().count() as f32;
            line.words.push(PrintedWord {
                text: (*text).to_owned(),
                edges: [at, 0.0, right, 10.0],
                letters: None,
            });
            at = right;
        }
        line
    }

    /// The words of the lines of a block, glued.
    fn glued(lines: Vec<PrintedLine>) -> Vec<String> {
        let mut page = PrintedPage {
            size: [600.0, 800.0],
            blocks: vec![PrintedBlock { lines }],
        };
        glue_touching(&mut page);
        glue_syllables(&mut page, &cost);
        let text = |line: &PrintedLine| {
            line.words
                .iter()
                .map(|word| word.text.clone())
                .collect::<Vec<_>>()
                .join(" ")
        };
        page.blocks[0].lines.iter().map(text).collect()
    }

    #[test]
    fn the_gap_and_the_syllables_tell_a_tear_from_a_blank() {
        let rows: [(&[(&str, f32)], &str); 11] = [
            (
                &[("Đ", 0.0), ("ạ", -0.3), ("i", 0.1), ("h", 2.5), ("ộ", 0.0), ("i", 0.2)],
                "Đại hội",
            ),
            // Set tight: blanks as narrow as tears.
            (&[("CỘNG", 0.0), ("HÒA", 0.3), ("XÃ", 0.3)], "CỘNG HÒA XÃ"),
            (&[("th", 0.0), ("ường", 0.4), ("vụ,", 1.8)], "thường vụ,"),
            (&[("ho", 0.0), ("ạt", 0.4), ("xã", 2.0)], "hoạt xã"),
            (&[("to", 0.0), ("anh", 0.4), ("xã", 2.0)], "to anh xã"),
            // Set wide: tears nearly as wide as blanks.
            (
                &[("Đ", 0.0), ("ạ", 1.2), ("i", 1.2), ("h", 3.6), ("ộ", 1.2), ("i", 1.2)],
                "Đại hội",
            ),
            (
                &[("Đ", 0.0), ("Ạ", 2.5), ("I", 2.5), ("H", 5.0), ("Ộ", 2.5), ("I", 2.5)],
                "ĐẠI HỘI",
            ),
            (&[("27-", 0.0), ("KH", 0.1), ("/", 0.1), ("ĐU", 0.0)], "27-KH/ĐU"),
            (&[("bộ", 0.0), ("xã", 1.5)], "bộ xã"),
            (&[("x", 0.0), ("bộ", 1.5)], "x bộ"),
            // Letters above one another, as in rotated lines.
            (&[("b", 0.0), ("ộ", -5.0)], "b ộ"),
        ];
        for (words, expected) in rows {
            assert_eq!(glued(vec![line(words)]), [expected], "{words:?}");
        }
    }

    #[test]
    fn a_raised_mark_is_no_letter_of_the_word() {
        let mut raised = line(&[("bộ", 0.0), ("2", 0.0), (",", 0.0)]);
        raised.words[1].edges[1] = -1.0;
        raised.words[1].edges[3] = 5.5;
        assert_eq!(glued(vec![raised.clone()]), ["bộ 2 ,"]);
        raised.words[1].text = "[2]".to_owned();
        assert_eq!(glued(vec![raised]), ["bộ[2],"]);
        let mut smaller = line(&[("b", 0.0), ("ộ", 0.0)]);
        smaller.words[1].edges[1] = 2.0;
        smaller.words[1].edges[3] = 9.0;
        assert_eq!(glued(vec![smaller]), ["bộ"]);
    }

    #[test]
    fn a_syllable_broken_at_the_end_of_a_line_is_whole_again() {
        let rows = [
            ("thườ", "ng", ["thường", "vụ"]),
            ("khô", "ng", ["không", "vụ"]),
            ("m", "ở", ["m", "ở vụ"]),
            ("a", "n", ["a", "n vụ"]),
            ("bộ", "xã", ["bộ", "xã vụ"]),
        ];
        for (head, tail, expected) in rows {
            let lines = vec![line(&[(head, 0.0)]), line(&[(tail, 0.0), ("vụ", 3.0)])];
            assert_eq!(glued(lines), expected);
        }
    }

    #[test]
    fn letters_of_the_file_are_glued_too() {
        use crate::text::Encoding;
        let mut word = line(&[("x", 0.0)]).words.remove(0);
        let mut rest = word.clone();
        rest.text = "ã".to_owned();
        rest.letters = Some((Encoding::Tcvn3, "·".to_owned()));
        word.push(&rest);
        assert_eq!(
            (word.text.as_str(), word.letters),
            ("xã", Some((Encoding::Tcvn3, "x·".to_owned())))
        );
    }
}
