//! The marks of notes: a small raised number after a word, and before the note at the foot of a page.
//!
//! In the text of a PDF a raised `1` is a plain one: `cấp trên1,` or `cấp trên 1,`. Its size and place show what it is,
//! so it is written as `[1]`, the form in which documents read the marks of notes that are typed. A number is a mark only
//! where both are printed, the call and the beginning of the note: `m²`, `10³` and `1/2` stay as they are. Writer does not
//! raise the number before the note; there it is plain, in small type, below its call on the same page.

use std::collections::{HashMap, HashSet};

use super::printed::{PrintedLine, PrintedPage, PrintedWord};

/// The greatest height of a mark, as a share of that of the word beside it. Word sets 0.65, LibreOffice 0.58.
const MAX_HEIGHT: f32 = 0.85;
/// The least distance of the lower edge of a mark from that of the word beside it, as a share of the height of the
/// word.
const MIN_RAISED: f32 = 0.12;
/// The greatest distance of the upper edge of a mark above that of the word beside it, as the same share.
const MAX_ABOVE: f32 = 0.4;
/// The greatest blank between a mark and its word, as the same share; between a mark and the note after it.
const MAX_BLANK: f32 = 0.5;
/// The same between a mark and the body of its note, which a tab may follow.
const MAX_BODY_BLANK: f32 = 3.0;
/// The greatest height of a note, as a share of that of the text that calls it, if its own number is not raised. Word and
/// Writer set notes in 10 points and the text in 13 or 14.
const MAX_NOTE_HEIGHT: f32 = 0.9;
/// The greatest blank inside a torn word, as a share of its height.
const MAX_TEAR: f32 = 0.05;
/// Pieces of a torn word that count.
const MAX_PIECES: usize = 8;
/// The greatest height of a mark in points.
const MAX_POINTS: f32 = 40.0;
/// Digits of the longest number of a note.
const MAX_DIGITS: usize = 3;
/// Units after which a raised number is an exponent, in small letters.
const UNITS: [&str; 9] = ["m", "km", "hm", "dam", "dm", "cm", "mm", "s", "ft"];

/// The place of a word: its page, block, line, and its number in the line.
type Place = [usize; 4];

/// A raised number.
#[derive(Debug)]
struct Raised {
    /// The number as printed.
    number: String,
    /// The places of its words; a torn number has several.
    places: Vec<Place>,
    /// True if it begins its line, before a note.
    opens: bool,
    /// The height of the word that it stands beside.
    height: f32,
    /// Its lower edge.
    bottom: f32,
}

/// Writes the raised numbers of `pages` that call notes, and those that begin them, in brackets.
pub(super) fn bracket(pages: &mut [PrintedPage]) {
    let raised: Vec<Raised> = pages
        .iter()
        .enumerate()
        .flat_map(|(page, printed)| raised_in(page, printed))
        .collect();
    let numbers = |opens: bool| -> HashSet<&str> {
        let side = raised.iter().filter(|raised| raised.opens == opens);
        side.map(|raised| raised.number.as_str()).collect()
    };
    let plain = plain_numbers(&raised, pages);
    let (calls, mut notes) = (numbers(false), numbers(true));
    notes.extend(plain.iter().map(|(number, _)| number.as_str()));
    let mut emptied = false;
    for mark in &raised {
        if !calls.contains(mark.number.as_str()) || !notes.contains(mark.number.as_str()) {
            continue;
        }
        for (at, &place) in mark.places.iter().enumerate() {
            let Some(word) = word_at(pages, place) else { continue };
            word.text = if at == 0 {
                format!("[{}]", mark.number)
            } else {
                String::new()
            };
            emptied |= at > 0;
        }
    }
    if emptied {
        for line in pages
            .iter_mut()
            .flat_map(|page| &mut page.blocks)
            .flat_map(|block| &mut block.lines)
        {
            line.words.retain(|word| !word.text.is_empty());
        }
    }
    for (number, [page, block, line]) in &plain {
        let line = pages
            .get_mut(*page)
            .and_then(|page| page.blocks.get_mut(*block)?.lines.get_mut(*line));
        if let Some(line) = line {
            bracket_first(line, number);
        }
    }
}

/// Returns the numbers that begin notes without being raised, each with its page, block and line: in smaller type below
/// the raised call of the same number on the same page, which no raised number answers.
fn plain_numbers(raised: &[Raised], pages: &[PrintedPage]) -> Vec<(String, [usize; 3])> {
    let mut found = Vec::new();
    // The calls of each page that lack a note, as their number, and the height of their text and their lower edge.
    let mut calls: HashMap<usize, HashMap<&str, (f32, f32)>> = HashMap::new();
    let page_of = |raised: &Raised| raised.places.first().map_or(0, |place| place[0]);
    for call in raised.iter().filter(|raised| !raised.opens) {
        let calls = calls.entry(page_of(call)).or_default();
        calls.entry(&call.number).or_insert((call.height, call.bottom));
    }
    for note in raised.iter().filter(|raised| raised.opens) {
        if let Some(calls) = calls.get_mut(&page_of(note)) {
            calls.remove(note.number.as_str());
        }
    }
    for (&page, calls) in &mut calls {
        let blocks = pages.get(page).map_or(&[][..], |page| page.blocks.as_slice());
        let lines = blocks.iter().enumerate().flat_map(|(block, printed)| {
            printed
                .lines
                .iter()
                .enumerate()
                .map(move |(line, printed)| (block, line, printed))
        });
        for (block, line, printed) in lines {
            let Some(first) = printed.words.first() else { continue };
            let digits = first.text.bytes().take_while(u8::is_ascii_digit).count();
            let (number, rest) = first.text.split_at(digits);
            let opens = match rest.chars().next() {
                // "3 . Phường" is an item of a list.
                None => printed
                    .words
                    .get(1)
                    .is_some_and(|next| !next.text.starts_with(['.', ')', '/', ','])),
                Some(char) => char.is_uppercase(),
            };
            let [_, top, _, bottom] = first.edges;
            let fits = |&(height, below): &(f32, f32)| bottom - top <= MAX_NOTE_HEIGHT * height && top > below;
            if opens && calls.get(number).is_some_and(fits) {
                calls.remove(number);
                found.push((number.to_owned(), [page, block, line]));
            }
        }
    }
    found
}

/// Writes `number`, with which the first word of `line` begins, in brackets, as a word of its own.
fn bracket_first(line: &mut PrintedLine, number: &str) {
    let Some(first) = line.words.first_mut() else { return };
    let mark = format!("[{number}]");
    match first.text.get(number.len()..) {
        Some("") | None => first.text = mark,
        Some(rest) => {
            let share = number.len() as f32 / first.text.chars().count() as f32;
            let [left, top, right, bottom] = first.edges;
            let middle = left + share * (right - left);
            let mark = PrintedWord {
                text: mark,
                edges: [left, top, middle, bottom],
                letters: None,
            };
            first.text = rest.to_owned();
            first.edges = [middle, top, right, bottom];
            line.words.insert(0, mark);
        }
    }
}

/// Returns the word at `place`.
fn word_at(pages: &mut [PrintedPage], [page, block, line, word]: Place) -> Option<&mut PrintedWord> {
    let line = pages.get_mut(page)?.blocks.get_mut(block)?.lines.get_mut(line)?;
    line.words.get_mut(word)
}

/// A word and its place.
#[derive(Clone, Copy)]
struct Placed<'p> {
    word: &'p PrintedWord,
    place: Place,
}

impl Placed<'_> {
    /// Returns its height.
    fn height(&self) -> f32 {
        self.word.edges[3] - self.word.edges[1]
    }

    /// Returns true if it is a number that may be one of a note.
    fn is_number(&self) -> bool {
        let text = &self.word.text;
        (1..=MAX_DIGITS).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && self.height() <= MAX_POINTS
    }

    /// Returns true if it is set smaller and higher than `base`.
    fn is_raised_beside(&self, base: &Placed<'_>) -> bool {
        let height = base.height();
        let [_, top, _, bottom] = self.word.edges;
        let [_, base_top, _, base_bottom] = base.word.edges;
        self.height() <= MAX_HEIGHT * height
            && bottom <= base_bottom - MIN_RAISED * height
            && top >= base_top - MAX_ABOVE * height
            && bottom > base_top
    }
}

/// Returns the raised numbers of `printed`, page `page`.
fn raised_in(page: usize, printed: &PrintedPage) -> Vec<Raised> {
    let mut words: Vec<Placed<'_>> = Vec::new();
    for (block, printed) in printed.blocks.iter().enumerate() {
        for (line, printed) in printed.lines.iter().enumerate() {
            let placed = printed.words.iter().enumerate().map(|(at, word)| Placed {
                word,
                place: [page, block, line, at],
            });
            words.extend(placed);
        }
    }
    // A page without digits of their own, and most have none, is done.
    let mut found = Vec::new();
    let candidates: Vec<usize> = (0..words.len()).filter(|&at| words[at].is_number()).collect();
    if candidates.is_empty() {
        return found;
    }
    let neighbors = Neighbors::of(&words);
    let mut at = 0;
    while let Some(&candidate) = candidates.get(at) {
        at += 1;
        let mut number = vec![candidate];
        // A torn number: the next digits touch.
        while let Some(&next) = candidates.get(at) {
            let last = &words[number[number.len() - 1]];
            let touches = next == number[number.len() - 1] + 1
                && words[next].word.edges[0] - last.word.edges[2] < 0.15 * last.height()
                && (words[next].word.edges[3] - last.word.edges[3]).abs() < 0.1 * last.height();
            if !touches {
                break;
            }
            number.push(next);
            at += 1;
        }
        found.extend(raised_number(&words, &number, &neighbors));
    }
    found
}

/// Reads the words `number` as a raised number.
fn raised_number(words: &[Placed<'_>], number: &[usize], neighbors: &Neighbors) -> Option<Raised> {
    let (first, last) = (*number.first()?, *number.last()?);
    let text: String = number.iter().map(|&at| words[at].word.text.as_str()).collect();
    if text.starts_with('0') || text.len() > MAX_DIGITS {
        return None;
    }
    let left = neighbors.before(words, first);
    let right = neighbors.after(words, last).and_then(|at| words.get(at));
    let blank_after = |base: &Placed<'_>| words[first].word.edges[0] - base.word.edges[2];
    let called_by = left.filter(|&at| {
        let base = &words[at];
        blank_after(base) < MAX_BLANK * base.height() && words[first].is_raised_beside(base)
    });
    let opens = called_by.is_none()
        && left.is_none_or(|at| blank_after(&words[at]) > MAX_BODY_BLANK * words[at].height())
        && right.is_some_and(|base| {
            let blank = base.word.edges[0] - words[last].word.edges[2];
            blank < MAX_BODY_BLANK * base.height() && words[first].is_raised_beside(base)
        });
    // "1/2" with a raised 1 is a fraction.
    let fraction = right.is_some_and(|next| next.word.text.starts_with(['/', '⁄']));
    let calls = called_by.is_some_and(|base| !fraction && !takes_exponent(&whole_word(words, base, neighbors)));
    let base = called_by.map(|at| &words[at]).or(right);
    (calls || opens).then(|| Raised {
        number: text,
        places: number.iter().map(|&at| words[at].place).collect(),
        opens,
        height: base.map_or(0.0, Placed::height),
        bottom: words[first].word.edges[3],
    })
}

/// Returns the word that ends with word `at`, with the pieces before it if it is torn: `L`, `ộ`, `c`.
fn whole_word(words: &[Placed<'_>], mut at: usize, neighbors: &Neighbors) -> String {
    let mut whole = words[at].word.text.clone();
    for _ in 1..MAX_PIECES {
        let touching = neighbors.before(words, at).filter(|&before| {
            let blank = words[at].word.edges[0] - words[before].word.edges[2];
            blank < MAX_TEAR * words[at].height()
        });
        let Some(before) = touching else { break };
        whole.insert_str(0, &words[before].word.text);
        at = before;
    }
    whole
}

/// Returns true if a raised number after `word` is an exponent: after a unit, a single letter or a number that is no
/// year, date or share.
fn takes_exponent(word: &str) -> bool {
    let end = word.rsplit(|char: char| !char.is_alphanumeric()).next().unwrap_or("");
    let digits = end.bytes().all(|byte| byte.is_ascii_digit());
    let number = word.contains(['/', '-', '.', ',']) && word.chars().filter(char::is_ascii_digit).count() > 3;
    let single = end.chars().count() == 1 && end.is_ascii() && !word.contains(['/', '-']);
    let short = !end.is_empty() && digits && end.len() != 4 && !number;
    UNITS.contains(&end.to_lowercase().as_str()) || single && !end.is_empty() && !digits || short
}

/// The words of a page in strips of lines, to find what is beside a word.
struct Neighbors {
    /// For each strip the words that reach into it, from left to right.
    strips: Vec<Vec<usize>>,
    /// The upper edge of the first strip.
    top: f32,
    /// The height of a strip in points.
    height: f32,
}

impl Neighbors {
    /// The most strips of a page.
    const MAX_STRIPS: usize = 4096;

    /// Sorts `words` into strips: each into the one of its middle.
    fn of(words: &[Placed<'_>]) -> Self {
        let middle = |placed: &Placed<'_>| f32::midpoint(placed.word.edges[1], placed.word.edges[3]);
        let top = words.iter().map(middle).fold(f32::INFINITY, f32::min);
        let bottom = words.iter().map(middle).fold(f32::NEG_INFINITY, f32::max);
        let height = ((bottom - top) / Self::MAX_STRIPS as f32).max(4.0);
        let mut neighbors = Self {
            strips: Vec::new(),
            top,
            height,
        };
        for (at, placed) in words.iter().enumerate() {
            let strip = neighbors.strip_at(middle(placed));
            if neighbors.strips.len() <= strip {
                neighbors.strips.resize(strip + 1, Vec::new());
            }
            if let Some(strip) = neighbors.strips.get_mut(strip) {
                strip.push(at);
            }
        }
        for strip in &mut neighbors.strips {
            strip.sort_by(|&one, &other| words[one].word.edges[0].total_cmp(&words[other].word.edges[0]));
        }
        neighbors
    }

    /// Returns the number of the strip that holds the place `y`.
    fn strip_at(&self, y: f32) -> usize {
        (((y - self.top) / self.height) as usize).min(Self::MAX_STRIPS)
    }

    /// Returns the strips in which the words beside `placed` have their middle.
    fn around(&self, placed: &Placed<'_>) -> impl Iterator<Item = &Vec<usize>> {
        let [_, top, _, bottom] = placed.word.edges;
        let height = placed.height();
        let range = self.strip_at(top - height / 4.0)..=self.strip_at(bottom + height / 2.0);
        self.strips
            .get(*range.start()..)
            .unwrap_or(&[])
            .iter()
            .take(range.count())
    }

    /// Returns the nearest word to the left of word `at` that overlaps it in height.
    fn before(&self, words: &[Placed<'_>], at: usize) -> Option<usize> {
        let placed = words.get(at)?;
        let left = placed.word.edges[0];
        let nearest = self.around(placed).filter_map(|strip| {
            let end = strip.partition_point(|&other| words[other].word.edges[0] < left);
            let mut before = strip.get(..end)?.iter().rev().take(3);
            before.find(|&&other| overlaps(placed, &words[other])).copied()
        });
        nearest.max_by(|&one, &other| words[one].word.edges[2].total_cmp(&words[other].word.edges[2]))
    }

    /// Returns the nearest word to the right of word `at` that overlaps it in height.
    fn after(&self, words: &[Placed<'_>], at: usize) -> Option<usize> {
        let placed = words.get(at)?;
        let left = placed.word.edges[0];
        let nearest = self.around(placed).filter_map(|strip| {
            let start = strip.partition_point(|&other| words[other].word.edges[0] <= left);
            let mut after = strip.get(start..)?.iter().take(3);
            after.find(|&&other| overlaps(placed, &words[other])).copied()
        });
        nearest.min_by(|&one, &other| words[one].word.edges[0].total_cmp(&words[other].word.edges[0]))
    }
}

/// Returns true if the middle of the smaller of two words is between the edges of the other.
fn overlaps(one: &Placed<'_>, other: &Placed<'_>) -> bool {
    let (small, large) = if one.height() < other.height() {
        (one, other)
    } else {
        (other, one)
    };
    let middle = f32::midpoint(small.word.edges[1], small.word.edges[3]);
    middle > large.word.edges[1] && middle < large.word.edges[3]
}

#[cfg(test)]
mod tests {
    use super::super::printed::PrintedBlock;
    use super::*;

    /// A page of lines, each with its upper edge and its words: a word after `^` is raised, one after `_` lowered, one after
    /// `~` in small type; one after `+` touches the word before it.
    fn page(lines: &[(f32, &str)]) -> PrintedPage {
        let line = |&(top, text): &(f32, &str)| {
            let mut left = 72.0;
            let words = text.split(' ').map(|text| {
                let (shift, height, bare) = match text.as_bytes()[0] {
                    b'^' => (0.0, 8.3, &text[1..]),
                    b'_' => (8.0, 8.3, &text[1..]),
                    b'~' => (3.0, 11.0, &text[1..]),
                    b'+' => (0.0, 14.3, &text[1..]),
                    _ => (0.0, 14.3, text),
                };
                let glued = text.starts_with(['^', '_', '+']);
                left += if glued { 0.0 } else { 3.0 };
                let width = 6.0 * bare.chars().count() as f32;
                let edges = [left, top + shift, left + width, top + shift + height];
                left += width;
                PrintedWord {
                    text: bare.to_owned(),
                    edges,
                    letters: None,
                }
            });
            PrintedLine { words: words.collect() }
        };
        PrintedPage {
            size: [595.0, 842.0],
            blocks: vec![PrintedBlock {
                lines: lines.iter().map(line).collect(),
            }],
        }
    }

    /// The lines of the pages after their marks are in brackets.
    fn bracketed(mut pages: Vec<PrintedPage>) -> Vec<String> {
        bracket(&mut pages);
        let lines = pages
            .iter()
            .flat_map(|page| &page.blocks)
            .flat_map(|block| &block.lines);
        let text = |line: &PrintedLine| {
            line.words
                .iter()
                .map(|word| word.text.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        };
        lines.map(text).collect()
    }

    #[test]
    fn raised_numbers_with_a_note_are_marks() {
        let pages = vec![
            page(&[
                (100.0, "văn bản của cấp trên ^1 , đảng ủy xã"),
                (120.0, "ngày 05/6/2020 ^1 ^2 và năm 2025 ^3"),
                (700.0, "^1 Hướng dẫn về sinh hoạt chi bộ."),
            ]),
            page(&[(700.0, "^1 ^2 Kế hoạch của tỉnh."), (720.0, "^3 Báo cáo.")]),
        ];
        let lines = [
            "văn bản của cấp trên [1] , đảng ủy xã",
            "ngày 05/6/2020 [12] và năm 2025 [3]",
            "[1] Hướng dẫn về sinh hoạt chi bộ.",
            "[12] Kế hoạch của tỉnh.",
            "[3] Báo cáo.",
        ];
        assert_eq!(bracketed(pages), lines);
    }

    #[test]
    fn the_number_of_a_note_may_be_plain_in_small_type() {
        let pages = vec![
            page(&[
                (100.0, "tuyến đường Bảo L +ộ +c ^1 . Sau khi nghe"),
                (120.0, "lãnh đạo các sở ^2 và 3 phường ^3"),
                (640.0, "3 đồng chí vắng mặt"),
                (700.0, "~1Tham ~dự ~họp ~có"),
                (720.0, "~2 ~Danh ~sách ~kèm"),
                (740.0, "~3 ~. ~Phường"),
            ]),
            page(&[(700.0, "~3 ~Số ~liệu")]),
        ];
        let lines = [
            "tuyến đường Bảo L ộ c [1] . Sau khi nghe",
            "lãnh đạo các sở [2] và 3 phường 3",
            "3 đồng chí vắng mặt",
            "[1] Tham dự họp có",
            "[2] Danh sách kèm",
            "3 . Phường",
            "3 Số liệu",
        ];
        assert_eq!(bracketed(pages), lines);
    }

    #[test]
    fn exponents_fractions_and_numbers_without_a_note_are_none() {
        let text = [
            (100.0, "rộng 120 m ^2 và 10 ^3 đơn vị"),
            (120.0, "khí CO _2 giảm ^1 / _2 so với cùng kỳ"),
            (140.0, "chỉ tiêu ^9 không có chú thích"),
            (160.0, "2 đồng chí 3 chi bộ"),
            (700.0, "^2 Số liệu của cơ quan thống kê."),
            (720.0, "^1 Như trên."),
        ];
        let expected: Vec<String> = text.iter().map(|(_, text)| text.replace(['^', '_'], "")).collect();
        assert_eq!(bracketed(vec![page(&text)]), expected);
    }
}
