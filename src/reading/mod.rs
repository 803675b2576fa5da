//! Repairs damaged text, word by word and mapped to the source.
//!
//! A scan read by an English OCR says "Pang bd" where the paper has "Đảng bộ". [`Reading::of`] finds the damaged
//! stretches from the text itself and gives the likely words there; clean stretches have no repairs. A repaired reading
//! is never passed off as the source: whatever is shown says which of the two it is.
//!
//! ```text
//! text ─ quality ─▶ damaged stretches ─ token ─▶ pieces
//!          └ torn ─▶ words split at their marks, joined
//!   ─ choices ─▶ words that each piece may be, with costs (candidates, channel)
//!   ─ beam ─▶ best path through each sentence (ngrams, learn)
//!   ─ decode ─▶ repairs
//! ```
//!
//! [`Model`] holds what all steps look up: the shipped tables, joined with what the clean documents of a corpus add.
//!
//! ```
//! use vankien::reading::Reading;
//! let reading = Reading::of("Pang bd cac co quan Pang thanh phd");
//! let words: Vec<&str> = reading.repairs.iter().map(|repair| repair.text.as_str()).collect();
//! assert_eq!(words.join(" "), "Đảng bộ các cơ Đảng thành phố"); // "quan" needs no repair
//! ```

mod beam;
mod candidates;
mod channel;
mod choices;
mod decode;
mod learn;
mod letters;
mod lexicon;
mod model;
mod ngrams;
mod quality;
mod repair;
mod sample;
mod sureness;
mod tables;
mod teaching;
mod token;
mod torn;
pub mod train;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::text::{Form, Mapped, MappedBuilder, Span};

use choices::{CandidateCache, Manner};
use decode::Decoder;
use token::cut;

pub use learn::{Learner, Learnt};
pub use model::Model;
pub use quality::{Quality, Stretch};
pub use repair::Repair;
pub use sample::{Drawn, Sampler};
pub use sureness::{WRONG_WITH_VIETNAMESE, WRONG_WITHOUT_VIETNAMESE, WrongShares};
pub(crate) use torn::is_syllable;

/// A word is doubtful if the OCR reports a lower confidence.
///
/// Four pages of a clean seed were drawn at 150 pixels to the inch, turned, blurred and soiled, and read by tesseract
/// 5.3: 121 of 2654 words came out wrong. 95 words were below 0.85, 60 of them wrong; below 0.6 the counts were 41 and
/// 33, below 0.95 they were 298 and 84. So a doubtful word is wrong more often than not, and half of the wrong words
/// are doubtful.
const DOUBTFUL: f32 = 0.85;

/// Returns the cost of a syllable of Vietnamese in lower case and NFC: the rarer, the higher. `None` for any other word.
///
/// The shipped model is unpacked at the first call.
///
/// ```
/// use vankien::reading::syllable_cost;
/// assert!(syllable_cost("bộ").is_some());
/// assert_eq!(syllable_cost("§¶ng"), None);
/// ```
#[must_use]
pub fn syllable_cost(syllable: &str) -> Option<f32> {
    Model::shipped().syllable_cost(syllable)
}

/// The repaired reading of one text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Sorted, disjoint; only words that differ from the source or are unsure.
    pub repairs: Vec<Repair>,
    /// The quality of each stretch of whole lines; in order, covering the text.
    pub stretches: Vec<Stretch>,
}

impl Reading {
    /// Reads `text`: finds the damaged stretches and repairs them.
    ///
    /// The shipped model is unpacked when the first damaged text is read; clean text costs one pass over its chars.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self::read(text, &[], Model::shipped, &mut CandidateCache::default())
    }

    /// Reads `text` with another model, such as one joined with a corpus. A [`Reader`] is faster for many texts.
    #[must_use]
    pub fn with(model: &Model, text: &str) -> Self {
        Reader::new(model).read(text)
    }

    /// Finds the damaged stretches of `text`, and repairs only words that are [torn]. For a clean text this is the
    /// whole reading.
    #[must_use]
    pub fn unrepaired(text: &str) -> Self {
        let measured = quality::measure(text, Model::shipped);
        Self {
            repairs: measured.whole,
            stretches: measured.stretches,
        }
    }

    /// Reads `text` with the model that `model` returns; it is called only if the text is damaged, or if there are
    /// `recognized` words, those of an OCR in order, each with its confidence.
    fn read<'m>(
        text: &str,
        recognized: &[(Span, f32)],
        model: impl Fn() -> &'m Model,
        cache: &mut CandidateCache,
    ) -> Self {
        let measured = quality::measure(text, &model);
        let mut reading = Self {
            repairs: measured.whole,
            stretches: measured.stretches,
        };
        if measured.lossy.is_empty() && recognized.is_empty() {
            return reading;
        }
        let mut decoder = Decoder::new(model(), text, cache);
        for stretch in &measured.lossy {
            let manner = match stretch.quality {
                Quality::Unmarked => Manner::Unmarked,
                Quality::Clean | Quality::Ocr => Manner::Misread,
            };
            decoder.read(&cut(text, stretch.span), manner, &mut reading.repairs);
        }
        if !recognized.is_empty() {
            let clean = reading.stretches.iter().filter(|stretch| !stretch.is_damaged());
            for stretch in clean {
                let manner = Manner::Recognized(recognized);
                decoder.read(&cut(text, stretch.span), manner, &mut reading.repairs);
            }
        }
        reading.repairs.sort_by_key(|repair| repair.span.start);
        let damaged = reading.stretches.iter().filter(|stretch| stretch.is_damaged());
        let doubts: Vec<Repair> = damaged
            .flat_map(|stretch| reading.doubts(text, words_in(recognized, stretch.span)))
            .collect();
        reading.repairs.extend(doubts);
        reading.repairs.sort_by_key(|repair| repair.span.start);
        reading
    }

    /// Returns true if any stretch is damaged.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.stretches.iter().any(Stretch::is_damaged)
    }

    /// Returns the stretches that are not damaged.
    pub fn clean_stretches(&self) -> impl Iterator<Item = &Stretch> {
        self.stretches.iter().filter(|stretch| !stretch.is_damaged())
    }

    /// Returns repairs that leave the text as it is, for the `words` of `source` that its OCR was not sure of (below
    /// [`DOUBTFUL`]) and that have no repair.
    fn doubts(&self, source: &str, words: &[(Span, f32)]) -> Vec<Repair> {
        let mut doubts = Vec::new();
        for &(span, confidence) in words.iter().filter(|(_, confidence)| *confidence < DOUBTFUL) {
            let word = span.slice(source);
            let bare = word.trim_matches(|char: char| !char.is_alphanumeric());
            let start = span.start + (word.len() - word.trim_start_matches(|char: char| !char.is_alphanumeric()).len());
            let span = Span::new(start, start + bare.len());
            let next = self.repairs.partition_point(|repair| repair.span.end <= span.start);
            if !bare.is_empty() && self.repairs.get(next).is_none_or(|repair| !repair.span.overlaps(span)) {
                doubts.push(Repair {
                    span,
                    text: bare.nfc().collect(),
                    alternatives: Vec::new(),
                    confidence,
                });
            }
        }
        doubts
    }

    /// Returns the quality of most letters in `span`; clean if there are no letters.
    #[must_use]
    pub fn quality(&self, span: Span) -> Quality {
        let mut letters = [(0, Quality::Clean), (0, Quality::Unmarked), (0, Quality::Ocr)];
        for (stretch, share) in self.stretches_in(span) {
            for (count, quality) in &mut letters {
                if *quality == stretch.quality {
                    *count += (f64::from(stretch.letters) * share) as u64;
                }
            }
        }
        letters
            .into_iter()
            .rev()
            .max_by_key(|&(count, _)| count)
            .map_or(Quality::Clean, |(_, quality)| quality)
    }

    /// Returns true if a scan may have got letters in `span` wrong. Letters typed without marks are right, and so are
    /// those of words split at their marks.
    #[must_use]
    pub fn is_misread(&self, span: Span) -> bool {
        // Most spans lie in one clean stretch.
        let touched = self.stretches_in(span).any(|(stretch, _)| stretch.is_misread());
        touched && self.quality(span) == Quality::Ocr
    }

    /// Returns true if letters or marks of what was printed are lost in most of `span`.
    #[must_use]
    pub fn is_lossy(&self, span: Span) -> bool {
        self.quality(span) != Quality::Clean && !self.is_torn(span)
    }

    /// Returns true if most of `span` is damaged, but only by blanks inside words: its letters are as printed.
    #[must_use]
    pub fn is_torn(&self, span: Span) -> bool {
        self.quality(span) == Quality::Ocr && !self.is_misread(span)
    }

    /// Returns the share of the expected marks that the syllables in `span` carry, 0 to 1.
    ///
    /// It is computed from the counts of whole stretches, each weighted by the share of it that lies in `span`.
    #[must_use]
    pub fn language_marks(&self, span: Span) -> f32 {
        let (mut words, mut marked) = (0.0, 0.0);
        for (stretch, share) in self.stretches_in(span) {
            words += f64::from(stretch.words) * share;
            marked += f64::from(stretch.marked) * share;
        }
        quality::marks_share(words as u32, marked as u32)
    }

    /// The stretches that `span` touches, each with the share of its bytes that lies in `span`.
    fn stretches_in(&self, span: Span) -> impl Iterator<Item = (&Stretch, f64)> {
        let first = self.stretches.partition_point(|stretch| stretch.span.end <= span.start);
        self.stretches[first..]
            .iter()
            .take_while(move |stretch| stretch.span.start < span.end)
            .map(move |stretch| {
                let shared = Span::new(stretch.span.start.max(span.start), stretch.span.end.min(span.end));
                (stretch, shared.len() as f64 / stretch.span.len().max(1) as f64)
            })
    }

    /// Returns the repairs inside `span`.
    #[must_use]
    pub fn within(&self, span: Span) -> &[Repair] {
        let first = self.repairs.partition_point(|repair| repair.span.start < span.start);
        let last = self.repairs.partition_point(|repair| repair.span.end <= span.end);
        self.repairs.get(first..last.max(first)).unwrap_or(&[])
    }

    /// Joins the lines of `fragments` of `source` as [`Mapped::join`] does, in the repaired reading. The bytes of
    /// `without` (sorted, such as footnote marks) are left out.
    #[must_use]
    pub fn view(&self, source: &str, fragments: &[Span], without: &[Span], form: Form) -> Mapped {
        let without: Vec<(Span, &str)> = without.iter().map(|&mark| (mark, "")).collect();
        self.view_with(source, fragments, &without, form)
    }

    /// Works as [`Self::view`], but puts a text in place of each of the `marks`; an empty text leaves the mark out.
    #[must_use]
    pub fn view_with(&self, source: &str, fragments: &[Span], marks: &[(Span, &str)], form: Form) -> Mapped {
        let mut builder = MappedBuilder::new(form);
        for &fragment in fragments {
            // The byte up to which the fragment is appended.
            let mut done = fragment.start;
            builder.push_joined_with(source, fragment, |builder, line| {
                let rest = Span::new(line.start.max(done).min(line.end), line.end);
                if done > line.start {
                    builder.continue_line();
                }
                done = self.push_line(builder, source, rest, fragment.end, marks);
            });
        }
        builder.finish()
    }

    /// Appends one line in the repaired reading, and returns the byte up to which the text is appended: a word that goes
    /// on in the next line is appended whole, if it ends before `end`.
    fn push_line(
        &self,
        builder: &mut MappedBuilder,
        source: &str,
        line: Span,
        end: usize,
        marks: &[(Span, &str)],
    ) -> usize {
        // A word that is only flagged as doubtful stays as it is, letter by letter.
        let repairs = self.within(Span::new(line.start, end.max(line.end))).iter();
        let repaired = repairs
            .take_while(|repair| repair.span.start < line.end)
            .filter(|repair| repair.changes(source))
            .map(|repair| (repair.span, repair.text.as_str()));
        let mut at = line.start;
        let mut push = |(span, text): (Span, &str)| {
            if span.start < at {
                return;
            }
            builder.push_line(source, Span::new(at, span.start));
            if !text.is_empty() {
                builder.push_replaced(text, span);
            }
            at = span.end;
        };
        let marks = marks
            .iter()
            .filter(|(mark, _)| line.contains(*mark) && !mark.is_empty());
        let mut changes: Vec<(Span, &str)> = marks.copied().collect();
        if changes.is_empty() {
            repaired.for_each(&mut push);
        } else {
            changes.extend(repaired);
            // The sort is stable: where a mark and a word begin at one byte, the mark comes first and is no letter of
            // the word.
            changes.sort_by_key(|(span, _)| span.start);
            changes.into_iter().for_each(&mut push);
        }
        if at <= line.end {
            builder.push_line(source, Span::new(at, line.end));
        }
        at.max(line.end)
    }
}

/// Returns the words that begin in `span`.
fn words_in(words: &[(Span, f32)], span: Span) -> &[(Span, f32)] {
    let first = words.partition_point(|(word, _)| word.start < span.start);
    let last = words.partition_point(|(word, _)| word.start < span.end);
    &words[first..last]
}

/// Reads many texts with one model and caches the candidates of the tokens it has met. What it reads does not depend on
/// the texts before.
///
/// It holds about 10 MB at most, beside the model.
#[derive(Debug)]
pub struct Reader<'m> {
    model: &'m Model,
    cache: CandidateCache,
}

impl<'m> Reader<'m> {
    /// Creates a reader with an empty cache.
    #[must_use]
    pub fn new(model: &'m Model) -> Self {
        Self {
            model,
            cache: CandidateCache::default(),
        }
    }

    /// Reads `text`.
    #[must_use]
    pub fn read(&mut self, text: &str) -> Reading {
        self.read_recognized(text, &[])
    }

    /// Reads a text that an OCR read: `words` are its words in order, each with its confidence, 0 to 1. Where the OCR
    /// knows Vietnamese, the words that it was not sure of are read anew; a word that stays doubtful gets a repair that
    /// leaves the text as it is.
    #[must_use]
    pub fn read_recognized(&mut self, text: &str, words: &[(Span, f32)]) -> Reading {
        Reading::read(text, words, || self.model, &mut self.cache)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The reading of `text` as one line.
    fn read(text: &str) -> String {
        let whole = Span::new(0, text.len());
        Reading::of(text)
            .view(text, &[whole], &[], Form::Source)
            .text()
            .to_owned()
    }

    /// Kinds of damage that scans have, in sentences long enough to be judged.
    #[test]
    fn scans_are_read() {
        let rows = [
            (
                "Pang bd cac co quan Pang thanh phd",
                "Đảng bộ các cơ quan Đảng thành phố",
            ),
            ("BAN CHAP HANH PANG BO THANH PHO", "BAN CHẤP HÀNH ĐẢNG BỘ THÀNH PHỐ"),
            (
                "su 13nh dao, chi dao ctia cAp ty 1a nhiém vu",
                "sự lãnh đạo, chỉ đạo của cấp ủy là nhiệm vụ",
            ),
            ("duong 16i cia Pang va Nha nudc", "đường lối của Đảng và Nhà nước"),
            (
                "theo Quyét dinh s6 55-QB/DU ngay 10/3/2025 cua",
                "theo Quyết định số 55-QĐ/ĐU ngày 10/3/2025 của",
            ),
            (
                "Nghi quyét Trung wong 4 khéa XII dat 98,5% ké hoach",
                "Nghị quyết Trung ương 4 khóa XII đạt 98,5% kế hoạch",
            ),
            (
                "can ct Nghi quyét s6 12/2024/UBTVQHIS va 14-KB/ZZ cia co quan Pang",
                "căn cứ Nghị quyết số 12/2024/UBTVQH15 và 14-KB/ZZ của cơ quan Đảng",
            ),
            (
                "dao dirc, phong cach HO Chi Minh trong cac co quan Pang",
                "đạo đức, phong cách Hồ Chí Minh trong các cơ quan Đảng",
            ),
            (
                "co quan Pang Tinh% va co s& Pang cua cac xa",
                "cơ quan Đảng Tỉnh% và cơ sở Đảng của các xã",
            ),
            (
                "thyc hién du’ong 16i, chu tru'O'ng cia Pang, chinh sach cia Nha nudc",
                "thực hiện đường lối, chủ trương của Đảng, chính sách của Nhà nước",
            ),
            (
                "I1- KIEM PIEM SU'LANH PAO CUA BAN CHAP HANH, BAOCAO CHINH TRI",
                "II- KIỂM ĐIỂM SỰ LÃNH ĐẠO CỦA BAN CHẤP HÀNH, BÁO CÁO CHÍNH TRỊ",
            ),
            (
                "hoat dong cua Mekong Delta Corporation va Samsung Electronics tai tinh duge dinh hudng",
                "hoạt động của Mekong Delta Corporation và Samsung Electronics tại tỉnh được định hướng",
            ),
            (
                "khéa XIII, X1 va VIII cua Pang; két nap 12 dang vién, 14 dang vién",
                "khóa XIII, XI và VIII của Đảng; kết nạp 12 đảng viên, 14 đảng viên",
            ),
        ];
        for (scan, printed) in rows {
            assert_eq!(read(scan), printed);
        }
    }

    #[test]
    fn what_is_no_damaged_vietnamese_is_left_alone() {
        let rows = [
            "The committee has approved the annual report on the state of the economy and of the people.",
            "Le comité a approuvé le rapport annuel sur l'état de l'économie et de la société.",
            "Căn cứ Nghị quyết số 21-NQ/TW, Ban Thường vụ Tỉnh ủy ban hành kế hoạch",
            "STT 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28",
            "GRDP 8,5% FDI 1.250 ODA 300 USD kWh MW ha km 2021 2022 2023 2024 2025",
            "",
        ];
        for text in rows {
            assert_eq!(Reading::of(text).repairs, [], "{text}");
        }
    }

    #[test]
    fn a_clean_paragraph_in_a_scan_is_left_alone() {
        let scan = "Pang bd cac co quan Pang thanh phd da lanh dao, chi dao thyc hién tét nhiém vu chinh tri.\n";
        let clean = "Đảng bộ các cơ quan Đảng thành phố đã lãnh đạo, chỉ đạo thực hiện tốt nhiệm vụ.\n";
        let text = format!("{scan}\n{clean}\n{scan}");
        let reading = Reading::of(&text);
        let middle = Span::new(scan.len() + 1, scan.len() + 1 + clean.len());
        assert_eq!(reading.within(middle), []);
        assert_eq!(reading.quality(middle), Quality::Clean);
        assert_eq!(reading.quality(Span::new(0, scan.len())), Quality::Ocr);
        assert!(reading.repairs.len() > 20, "{:?}", reading.repairs);
    }

    /// Pieces of damaged text, numbers, symbols and noise in any order.
    fn damaged() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            8 => proptest::sample::select(vec![
                "Pang", "bd", "cac", "co", "quan", "thanh", "phd", "1a", "13nh", "dao", "nhiém", "vu", "s&", "h¢", "Tinh%",
                "tru'O'ng", "cAp", "ty", "Nghi", "quyét", "thyc", "hién", "viéc", "Pai", "hoi", "13", "14", "\n", "\n\n",
                "BAOCAO", "2V/&", "(", ").", "¥", "®", "\u{c}",
            ]).prop_map(str::to_owned),
            2 => "[0-9]{3,7}",
            1 => "[0-3]?[0-9]/[01]?[0-9]/20[0-9]{2}",
            1 => "[0-9]{1,3}(,[0-9])?%",
            1 => "[0-9]{1,3}-(QD|NQ|KL)/(TW|TU|PU)",
            1 => "\\PC{0,6}",
        ];
        proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.join(" "))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn repairs_are_sorted_disjoint_and_spare_numbers(text in damaged()) {
            let reading = Reading::of(&text);
            let mut end = 0;
            for repair in &reading.repairs {
                prop_assert!(end <= repair.span.start && repair.span.start < repair.span.end);
                end = repair.span.end;
                let source = text.get(repair.span.start..repair.span.end);
                prop_assert!(source.is_some_and(|source| !source.contains(char::is_whitespace)));
                prop_assert!((0.0..=1.0).contains(&repair.confidence));
                prop_assert!(!repair.alternatives.contains(&repair.text));
            }
            let covered: usize = reading.stretches.iter().map(|stretch| stretch.span.len()).sum();
            prop_assert_eq!(covered, text.len());
            let mut at = 0;
            for token in text.split(' ') {
                let span = Span::new(at, at + token.len());
                at = span.end + 1;
                let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
                let number = token.len() >= 3 && token.bytes().all(|byte| byte.is_ascii_digit());
                let symbol = !digits(token).is_empty() && token.is_ascii() && token.contains(['/', '%']) && !token.contains('&');
                let here = reading.repairs.iter().find(|repair| repair.span.overlaps(span));
                prop_assert!(here.is_none() || !number, "{token} in {text}");
                // The letters of a symbol may be corrected.
                if let Some(repair) = here.filter(|_| symbol) {
                    prop_assert_eq!(digits(&repair.text), digits(token), "{} in {}", token, text);
                }
            }
        }

        #[test]
        fn what_was_read_before_changes_nothing(texts in proptest::collection::vec(damaged(), 0..4)) {
            let mut reader = Reader::new(Model::shipped());
            for text in &texts {
                prop_assert_eq!(reader.read(text), Reading::of(text));
            }
        }

        #[test]
        fn any_string_is_read(text in "\\PC{0,80}|[a-zé&¢0-9' ]{0,80}") {
            let reading = Reading::of(&text);
            let whole = Span::new(0, text.len());
            let view = reading.view(&text, &[whole], &[], Form::Match);
            prop_assert!(view.source_span(Span::new(0, view.text().len())).end <= text.len());
            prop_assert!((0.0..=1.0).contains(&reading.language_marks(whole)));
        }
    }
}
