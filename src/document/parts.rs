//! Documents attached to the main one, in the same file: a decision with its regulation, a letter with its report, a
//! plan with its annexes.
//!
//! The main document ends with its recipients and its signature. After that a new document may begin, with a
//! letterhead or a type line of its own. One that is issued with another says so under its title: `(Ban hành kèm theo
//! Quyết định số …)`; that alone is proof, wherever it stands after the first sentence of the main document.
//!
//! An annex that says nothing of the kind (`PHỤ LỤC 2` after the last section of a report) is a section of its
//! document. Forms inside an annex (`Mẫu số 01`) belong to the annex, although they have letterheads.
//!
//! Sources: 30/2020/NĐ-CP, Phụ lục I (annexes name the document they are attached to), 399-QĐ/TW of 2026 (recipients
//! and signature end a document).

use std::sync::LazyLock;

use super::blocks::signs;
use super::layout::Sheet;
use super::phrase::FoldedWords;
use crate::reading::Reading;
use crate::symbol::TYPE_WORDS;
use crate::text::Form;

/// Words of the longest type line of an attached document, with the beginning of its subject.
const MAX_TYPE_WORDS: usize = 16;
/// Rows under a type line in which the document names what it is attached to.
const MAX_SUBJECT_ROWS: usize = 10;
/// Rows of the longest letterhead above a type line.
const MAX_LETTERHEAD_ROWS: usize = 12;
/// Rows after the beginning of a letterhead in which a type line stands, or the subject of a letter.
const MAX_HEADER_ROWS: usize = 24;
/// Chars from which a row that ends as a sentence does is running text.
const MIN_TEXT_CHARS: usize = 50;

/// Bytes of `Nơi` in any reading.
const MAX_WORD_BYTES: usize = 6;

/// Phrases that open the remark on what a document is attached to, folded.
const ATTACHED: [&str; 5] = [
    "ban hanh kem theo",
    "ban hanh theo",
    "kem theo",
    "dinh kem",
    "phu luc kem theo",
];
/// Phrases that only a letterhead has in capitals, folded.
const LETTERHEADS: [&str; 2] = ["dang cong san viet nam", "cong hoa xa hoi chu nghia viet nam"];
/// The first words of attached papers that are no documents of their own, folded.
const ANNEXES: [&str; 4] = ["phu luc", "danh muc", "danh sach", "bieu mau"];
/// Type words that are usual headings as well, folded: alone on their line they begin no document.
const HEADINGS: [&str; 1] = ["ket luan"];

/// The type words that head documents, folded, the longer ones first.
static GENRES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut genres: Vec<String> = TYPE_WORDS
        .iter()
        .filter(|word| word.heads_documents)
        .map(|word| word.syllables.join(" "))
        .collect();
    genres.sort_by_key(|genre| std::cmp::Reverse(genre.len()));
    genres
});

/// Returns where in `flow` (rows of body text, in order) each document of the file begins: the main one at 0, then the
/// attached ones.
pub(crate) fn starts(sheet: &Sheet<'_>, reading: &Reading, flow: &[usize]) -> Vec<usize> {
    let finder = StartFinder { sheet, reading, flow };
    let mut starts = vec![0];
    let mut state = DocumentState::default();
    let mut at = 0;
    while at < flow.len() {
        if let Some((start, annex)) = finder.start_at(at, &state) {
            starts.push(start);
            state = DocumentState {
                annex,
                last_end: start,
                ..DocumentState::default()
            };
            // The header of the new document holds no end and no other beginning.
            at += 1;
            continue;
        }
        let row = &sheet.rows[flow[at]];
        state.text |= row.ended && row.chars >= MIN_TEXT_CHARS && !row.capitals;
        if finder.ends_document(at) {
            state.ended = true;
            state.last_end = at + 1;
        }
        at += 1;
    }
    starts
}

/// The document that is being read, as far as its rows were met.
#[derive(Default)]
struct DocumentState {
    /// True once it has running text.
    text: bool,
    /// True after its recipients or its signature.
    ended: bool,
    /// Index in the flow after the last row that ends it or, at first, where it begins.
    last_end: usize,
    /// True for an annex, whose forms have letterheads of their own.
    annex: bool,
}

/// The rows in which the beginnings of documents are looked for.
struct StartFinder<'a> {
    sheet: &'a Sheet<'a>,
    reading: &'a Reading,
    flow: &'a [usize],
}

impl StartFinder<'_> {
    /// Returns the words of the row at `at` of the flow, without the signs of tables and Markdown before them.
    fn words(&self, at: usize) -> FoldedWords {
        let Some(row) = self.flow.get(at).map(|&index| &self.sheet.rows[index]) else {
            return FoldedWords::default();
        };
        let view = self.reading.view(self.sheet.text, &[row.body], &[], Form::Match);
        FoldedWords::of(view.text(), self.reading.is_misread(row.body))
    }

    /// Returns the text of the row at `at` of the flow, without the signs of tables and Markdown before it.
    fn bare(&self, at: usize) -> &str {
        let body = self.flow.get(at).map_or("", |&index| self.sheet.body(index));
        body.trim_start_matches(['|', '*', '#', '_', '>', ' '])
    }

    /// Returns true if the row at `at` opens the list of recipients or a signature, or is the `./.` at the end.
    fn ends_document(&self, at: usize) -> bool {
        let bare = self.bare(at);
        let opens = match bare.as_bytes().first() {
            // Two short words with N are "Nơi nhận" in any reading; the folding of every row would cost time.
            Some(b'N' | b'n') => {
                let mut words = bare.split(' ');
                let mut begins = |bytes: usize| {
                    let word = words.next();
                    word.is_some_and(|word| word.len() <= bytes && word.starts_with(['N', 'n']))
                };
                begins(MAX_WORD_BYTES) && begins(bare.len()) && self.words(at).has_at(0, "noi nhan")
            }
            Some(b'T' | b'K') => signs(bare),
            _ => false,
        };
        opens || bare.ends_with("./.")
    }

    /// Returns where the document begins whose type line or letterhead is the row at `at`, and whether it is an
    /// annex; `None` if none begins there.
    fn start_at(&self, at: usize, state: &DocumentState) -> Option<(usize, bool)> {
        let row = &self.sheet.rows[self.flow[at]];
        if !state.text && !state.ended {
            return None;
        }
        let bare = self.bare(at);
        let heads = row.capitals || bare.starts_with("Phụ lục") || bare.starts_with("Phu luc");
        if !heads || bare.starts_with(['-', '+', '(']) {
            return None;
        }
        let attached = self.names_main_document(at);
        // Only a remark proves a beginning before the main document ends; most rows are passed over here.
        let may_follow = state.ended && !state.annex;
        if !attached && !may_follow {
            return None;
        }
        let words = self.words(at);
        if words.len() > MAX_TYPE_WORDS {
            return None;
        }
        let annex = ANNEXES.iter().any(|phrase| words.has_at(0, phrase));
        let genre = GENRES
            .iter()
            .find(|genre| words.has_at(0, genre) || is_spaced(&words, genre));
        if (annex || genre.is_some()) && attached {
            return Some((self.letterhead_above(at, state), annex));
        }
        if !may_follow {
            return None;
        }
        let alone = genre.is_some_and(|genre| {
            let size = genre.split(' ').count();
            (words.len() == size || is_spaced(&words, genre)) && !HEADINGS.contains(&genre.as_str())
        });
        if alone {
            return Some((self.letterhead_above(at, state), false));
        }
        let letterhead = LETTERHEADS.iter().any(|phrase| words.has(phrase)) && self.heads_document(at);
        letterhead.then(|| (self.letterhead_above(at, state), false))
    }

    /// Returns true if a remark under the type line at `at` says what the document is attached to.
    fn names_main_document(&self, at: usize) -> bool {
        let rows = (at..self.flow.len()).take(MAX_SUBJECT_ROWS);
        // The remark stands in the header: no sentence comes before it.
        let is_text = |below: &usize| {
            let row = &self.sheet.rows[self.flow[*below]];
            row.ended && row.chars >= MIN_TEXT_CHARS && !self.sheet.body(self.flow[*below]).contains('(')
        };
        rows.take_while(|below| !is_text(below)).any(|below| {
            let bare = self.bare(below);
            let open = bare.trim_start_matches(['(', '[', '*', '_', ' ', '“', '"']);
            let remark = open.len() < bare.len() || below > at && bare.starts_with(['B', 'K', 'b', 'k', 'Đ', 'P']);
            let own_line = remark && {
                let words = FoldedWords::of(open, self.reading.is_misread(self.sheet.rows[self.flow[below]].body));
                ATTACHED.iter().any(|phrase| words.has_at(0, phrase))
            };
            // "PHỤ LỤC (Kèm theo Quyết định số …)" has both on one line.
            own_line
                || bare.find('(').is_some_and(|open| {
                    let words = FoldedWords::of(&bare[open..], false);
                    ATTACHED.iter().any(|phrase| words.has_at(0, phrase))
                })
        })
    }

    /// Returns true if the letterhead at `at` has a type line below it, or the subject of a letter.
    fn heads_document(&self, at: usize) -> bool {
        (at + 1..self.flow.len()).take(MAX_HEADER_ROWS).any(|below| {
            let row = &self.sheet.rows[self.flow[below]];
            let words = self.words(below);
            row.capitals
                && GENRES
                    .iter()
                    .any(|genre| words.has_at(0, genre) || is_spaced(&words, genre))
                || words.has_at(0, "v v")
                || words.has_at(0, "ve viec")
                || words.has_at(0, "kinh gui")
        })
    }

    /// Returns the first row of the letterhead above the row at `at`, or `at` if it has none.
    fn letterhead_above(&self, at: usize, state: &DocumentState) -> usize {
        let lowest = state.last_end.max(at.saturating_sub(MAX_LETTERHEAD_ROWS));
        let mut first = at;
        let mut letterhead = false;
        for above in (lowest..at).rev() {
            let row = &self.sheet.rows[self.flow[above]];
            let bare = self.bare(above);
            let words = self.words(above);
            let title = LETTERHEADS.iter().any(|phrase| words.has(phrase));
            let number = words.has_at(0, "so") && bare.contains(['/', '-']);
            let dated = words.has("ngay") && words.has("nam") || words.has("doc lap");
            if !(row.capitals || title || number || dated || row.chars <= 2) || signs(bare) || row.ended {
                break;
            }
            letterhead |= title || number || dated;
            first = above;
        }
        if letterhead { first } else { at }
    }
}

/// Returns true if the words are the letters of `genre`, set apart: `Q U Y  C H Ế`.
fn is_spaced(words: &FoldedWords, genre: &str) -> bool {
    let letters = genre.bytes().filter(|&byte| byte != b' ');
    words.get(0).len() == 1
        && words.len() == genre.len() - genre.matches(' ').count()
        && letters
            .enumerate()
            .all(|(at, letter)| words.get(at).as_bytes() == [letter])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the first line of each document in `text`.
    fn firsts(text: &str) -> Vec<&str> {
        let sheet = Sheet::of(text);
        let flow: Vec<usize> = sheet.text_rows().collect();
        starts(&sheet, &Reading::of(text), &flow)
            .into_iter()
            .map(|start| sheet.body(flow[start]))
            .collect()
    }

    /// A decision up to its signature.
    const DECISION: &str = "ỦY BAN NHÂN DÂN\nXÃ ĐÔNG HÒA\nSố: 12/QĐ-UBND\n\nQUYẾT ĐỊNH\nBan hành Quy chế tiếp công dân\n\n\
        Căn cứ Luật Tiếp công dân ngày 25 tháng 11 năm 2013 và các văn bản hướng dẫn thi hành;\n\nQUYẾT ĐỊNH:\n\n\
        Điều 1. Ban hành kèm theo Quyết định này Quy chế tiếp công dân của xã.\n\n\
        Điều 2. Quyết định này có hiệu lực kể từ ngày ký ban hành và thay thế các quy định trước đây.\n\n\
        Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTrần Thị Bưởi\n\n";

    #[test]
    fn a_regulation_follows_its_decision() {
        for title in [
            "QUY CHẾ\nTiếp công dân\n(Ban hành kèm theo Quyết định số 12/QĐ-UBND)",
            "QUY CHẾ\nTiếp công dân của xã",
            "Q U Y  C H Ế\nTiếp công dân của xã",
            "PHỤ LỤC I\nLỊCH TIẾP CÔNG DÂN\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 03/4/2024)",
            "Phụ lục\n*(Kèm theo Quyết định số 12/QĐ-UBND)*",
            "ĐẢNG ỦY XÃ ĐÔNG HÒA    ĐẢNG CỘNG SẢN VIỆT NAM\nSố 45-BC/ĐU\n\nBÁO CÁO\nkết quả tiếp công dân",
        ] {
            let text = format!("{DECISION}{title}\n\nĐiều 1. Phạm vi\n\nQuy chế này quy định việc tiếp công dân.\n");
            let first = title.lines().next().unwrap();
            assert_eq!(firsts(&text), ["ỦY BAN NHÂN DÂN", first], "{title}");
        }
    }

    #[test]
    fn headings_and_annexes_of_the_main_document_begin_none() {
        for title in [
            "PHỤ LỤC 2\nSố liệu tiếp công dân",
            "KẾT LUẬN",
            "QUY ĐỊNH CHUNG",
            "DANH SÁCH TỔ TIẾP CÔNG DÂN",
            "Phần mềm kèm theo",
        ] {
            let text = format!("{DECISION}{title}\n\nNội dung đã được các chi bộ thảo luận và thống nhất.\n");
            assert_eq!(firsts(&text), ["ỦY BAN NHÂN DÂN"], "{title}");
        }
    }

    #[test]
    fn an_annex_alone_is_the_main_document() {
        let text =
            "PHỤ LỤC I\nLỊCH TIẾP CÔNG DÂN\n(Kèm theo Quyết định số 12/QĐ-UBND)\n\nSáng thứ hai tại trụ sở xã.\n";
        assert_eq!(firsts(text), ["PHỤ LỤC I"]);
    }

    #[test]
    fn the_forms_of_an_annex_belong_to_it() {
        let form =
            "Mẫu số 01\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nBIÊN BẢN\nTiếp công dân\n";
        let text = format!(
            "{DECISION}PHỤ LỤC\n(Kèm theo Quyết định số 12/QĐ-UBND)\n\n\
             Các biểu mẫu sau đây được dùng khi tiếp công dân tại xã.\n\n{form}\nTM. TỔ TIẾP CÔNG DÂN\n\n{form}"
        );
        assert_eq!(firsts(&text), ["ỦY BAN NHÂN DÂN", "PHỤ LỤC"]);
    }
}
