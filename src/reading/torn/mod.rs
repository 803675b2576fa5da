//! Finds words that are split at their marks, and reads them whole.
//!
//! If a font lacks the letters of Vietnamese, a PDF takes them from another one, and programs that extract its text
//! set a blank wherever the font changes: `Đ ả ng b ộ` for Đảng bộ, `ph ả⏎i` at the end of a line. No letter is wrong,
//! so reading such text means joining: shards that are no words, and whose neighbors make syllables of them. Lists of
//! letters (`a, b, c`), formulas and abbreviations have lone letters too, but joined they are no syllables.
//!
//! ```text
//! lines with lone letters ─ shards ─▶ runs of letters, and what parts them
//!   ─ whole ─▶ words of one shard or more (syllable, lexicon, n-grams)
//!   ─ counted by lines ─▶ torn lines ─▶ repairs
//! ```
//!
//! A title whose letters are set apart (`K Ế  H O Ạ C H`) is read whole as well, but it is no damage.

mod shards;
mod spaced;
mod syllable;
mod whole;

use super::model::Model;
use super::repair::Repair;
use crate::stop::checkpoint;
use crate::text::Span;
use shards::{Gap, Shard};
use whole::Whole;

pub(crate) use syllable::is_syllable;

/// The fewest lone letters of a line that is examined.
const MIN_LONE: u32 = 2;
/// The fewest torn words that make a line torn on its own evidence; half as many if most of its shards belong to them.
const MIN_TORN_WORDS: usize = 3;
/// The confidence that shards are one word where each is a word too: `ngu ồn`. It counts as unsure.
const EITHER_WAY: f32 = 0.8;

/// The letters of one line, counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineLetters {
    /// Its bytes.
    pub(super) span: Span,
    /// Number of letters that stand alone.
    pub(super) lone: u32,
    /// True if any of its letters carries a mark.
    pub(super) marked: bool,
}

impl LineLetters {
    /// Returns true if the line is worth a closer look.
    pub(super) const fn may_be_torn(&self) -> bool {
        self.lone >= MIN_LONE && self.marked
    }
}

/// The torn words of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TornWords {
    /// Indices of the torn lines, in order.
    pub(super) lines: Vec<usize>,
    /// The words read whole, in order; those of spaced titles too.
    pub(super) repairs: Vec<Repair>,
}

/// Finds the torn words of `text`. `model` is called only if lines have lone letters beside marked ones; it decides
/// between the ways to join them, while the shipped model decides which lines are torn.
pub(super) fn find<'m>(text: &str, lines: &[LineLetters], model: impl Fn() -> &'m Model) -> TornWords {
    let suspects = lines.iter().filter(|line| line.may_be_torn());
    let mut torn = false;
    let mut titles: Vec<Repair> = Vec::new();
    for line in suspects {
        checkpoint();
        let shards = shards::cut(text, line.span);
        let joints = joints_at_marks(&shards);
        if !may_be_torn(&shards, &joints) {
            continue;
        }
        let spaced = spaced::words(model(), &shards);
        // Most lines that come here have words of one letter (`ý`, `ở`) and nothing torn: no need to search them.
        let most = most_sure(&shards, &joints);
        let words = match most {
            0 => Vec::new(),
            1 if spaced.is_empty() => continue,
            _ => whole::words(Model::shipped(), &shards, &joints),
        };
        // A torn line may have such words too: `B ộ X â y d ự n g, b ộ ph ậ n`.
        let is_apart = |word: &Whole| spaced.iter().all(|other| !other.overlaps(word));
        if spaced.is_empty() || words.iter().any(|word| is_apart(word) && is_sure(&shards, word)) {
            torn |= is_torn(&shards, &words);
        } else {
            titles.extend(spaced.iter().map(|word| repair(&shards, *word)));
        }
    }
    if !torn {
        return TornWords {
            lines: Vec::new(),
            repairs: titles,
        };
    }
    read(text, lines, model())
}

/// Reads a text that has torn lines.
fn read(text: &str, lines: &[LineLetters], model: &Model) -> TornWords {
    let shards = shards::cut(text, Span::new(0, text.len()));
    let words = whole::words(model, &shards, &joints(&shards));
    let line_of = |at: usize| lines.partition_point(|line| line.span.end <= shards[at].span.start);
    let lines_of = |word: &Whole| line_of(word.first)..=line_of(word.first + word.count - 1);
    let mut torn = vec![false; lines.len()];
    for word in words.iter().filter(|word| is_sure(&shards, word)) {
        // A line in another language, or of letters and figures, has no marks at all.
        if lines_of(word).any(|line| lines[line].marked) {
            torn[lines_of(word)].fill(true);
        }
    }
    let is_torn = |word: &&Whole| word.count > 1 && torn[line_of(word.first)];
    TornWords {
        repairs: words
            .iter()
            .filter(is_torn)
            .map(|word| repair(&shards, *word))
            .collect(),
        lines: (0..lines.len()).filter(|&line| torn[line]).collect(),
    }
}

/// Returns true if enough lone letters stand beside a shard that they may be torn from.
fn may_be_torn(shards: &[Shard<'_>], joints: &[bool]) -> bool {
    let is_open = |at: usize| joints[at] || at.checked_sub(1).is_some_and(|before| joints[before]);
    let strays = (0..shards.len()).filter(|&at| shards[at].is_lone() && is_open(at));
    strays.count() >= MIN_LONE as usize
}

/// Returns the most words of a line that can be [sure](is_sure): each has two neighbors of which one is no word, or both are
/// letters. [`is_torn`] asks for two of them.
fn most_sure(shards: &[Shard<'_>], joints: &[bool]) -> usize {
    let may_be_sure = |pair: &[Shard<'_>]| match pair {
        [one, next] => one.is_stray() || next.is_stray() || one.is_lone() && next.is_lone(),
        _ => false,
    };
    let joined = shards.windows(2).zip(joints).filter(|(_, joint)| **joint);
    joined.filter(|&(pair, _)| may_be_sure(pair)).count()
}

/// Returns true if the `words` of a line show that it is torn.
fn is_torn(shards: &[Shard<'_>], words: &[Whole]) -> bool {
    let sure = words.iter().filter(|word| is_sure(shards, word));
    let (count, joined) = sure.fold((0, 0), |(count, joined), word| (count + 1, joined + word.count));
    count >= MIN_TORN_WORDS || count * 2 >= MIN_TORN_WORDS && joined * 2 >= shards.len()
}

/// Returns true if the shards of `word` must be one word: the lexicon has it, and one of them is no word alone, or all
/// are letters (`ủ y`).
fn is_sure(shards: &[Shard<'_>], word: &Whole) -> bool {
    word.count > 1 && word.known && (has_stray(shards, word) || parts(shards, word).iter().all(Shard::is_lone))
}

/// The shards of `word`.
fn parts<'s>(shards: &'s [Shard<'s>], word: &Whole) -> &'s [Shard<'s>] {
    &shards[word.first..word.first + word.count]
}

/// Returns true if one of the shards of `word` is no word alone.
fn has_stray(shards: &[Shard<'_>], word: &Whole) -> bool {
    shards[word.first..word.first + word.count].iter().any(Shard::is_stray)
}

/// Tells for each shard whether a mark may have torn the next one from it.
fn joints_at_marks(shards: &[Shard<'_>]) -> Vec<bool> {
    let at_mark = |one: &Shard<'_>, next: &Shard<'_>| one.ends_marked() || next.begins_marked();
    joints_where(shards, at_mark)
}

/// Tells for each shard whether the next one may belong to the same word, in a text that has torn words: such a text may
/// also have blanks at other letters (`C h í nh`).
fn joints(shards: &[Shard<'_>]) -> Vec<bool> {
    joints_where(shards, |one, next| {
        one.ends_marked() || next.begins_marked() || one.is_stray() || next.is_stray()
    })
}

/// Tells for each shard whether `joins` holds for it and the next one, and one blank or line end parts them.
fn joints_where(shards: &[Shard<'_>], joins: impl Fn(&Shard<'_>, &Shard<'_>) -> bool) -> Vec<bool> {
    let mut joints: Vec<bool> = shards
        .windows(2)
        .map(|pair| matches!(pair[0].gap, Gap::Blank | Gap::LineEnd) && joins(&pair[0], &pair[1]))
        .collect();
    joints.resize(shards.len(), false);
    joints
}

/// The repair that reads `word` whole.
fn repair(shards: &[Shard<'_>], word: Whole) -> Repair {
    let parts = parts(shards, &word);
    Repair {
        span: parts[0].span.cover(parts[parts.len() - 1].span),
        text: parts.iter().map(|shard| &*shard.text).collect(),
        alternatives: Vec::new(),
        confidence: if is_sure(shards, &word) { 1.0 } else { EITHER_WAY },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::reading::{Quality, Reading};
    use crate::text::{Form, Span};

    /// `text` as read, with its lines.
    fn read(text: &str) -> String {
        let mut read = String::new();
        let mut at = 0;
        for repair in &Reading::unrepaired(text).repairs {
            read.push_str(&text[at..repair.span.start]);
            read.push_str(&repair.text);
            at = repair.span.end;
        }
        read + &text[at..]
    }

    /// The quality of all of `text`.
    fn quality(text: &str) -> Quality {
        Reading::unrepaired(text).quality(Span::new(0, text.len()))
    }

    /// Tears `text` at the letters of the second plane of Vietnamese, and at đ, ơ, ư; at line ends too if `breaks`.
    fn torn(text: &str, breaks: bool) -> String {
        let is_torn = |char: char| matches!(char, 'Đ' | 'đ' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | '\u{1ea0}'..='\u{1ef9}');
        let mut torn = String::new();
        let mut before = ' ';
        for (at, char) in text.char_indices() {
            if before.is_alphabetic() && char.is_alphabetic() && (is_torn(before) || is_torn(char)) {
                torn.push(if breaks && at % 5 == 0 && is_torn(before) {
                    '\n'
                } else {
                    ' '
                });
            }
            torn.push(char);
            before = char;
        }
        torn
    }

    /// A paragraph with small letters, capitals, a symbol, a date and the number of a note.
    const CLEAN: &str = "Đảng bộ tỉnh lần thứ I đã lãnh đạo cả nước, quán triệt Nghị quyết số 30-NQ/TW và Quyết định số \
                         12-QĐ/TW ngày 03/02/2025 của Bộ Chính trị1, nhất là ở cơ sở; HĐND phường và thường trực Thành ủy \
                         có ý kiến. ĐẠI HỘI ĐẢNG BỘ NHIỆM KỲ 2025 - 2030";

    #[test]
    fn torn_words_are_read_whole() {
        let text = torn(CLEAN, false);
        assert!(text.starts_with("Đ ả ng b ộ"), "{text}");
        assert_eq!(read(&text), CLEAN);
        assert_eq!(quality(&text), Quality::Ocr);
    }

    #[test]
    fn words_torn_at_line_ends_are_read_whole() {
        let text = torn(CLEAN, true);
        assert!(text.contains('\n'), "{text}");
        assert_eq!(read(&text), CLEAN);
        let whole = Span::new(0, text.len());
        let view = Reading::unrepaired(&text).view(&text, &[whole], &[], Form::Match);
        assert_eq!(view.text(), CLEAN);
    }

    #[test]
    fn words_torn_on_one_side_or_at_other_letters_are_read_whole() {
        let rows = [
            (
                "nhữ ng nhiệ m vụ củ a cá c cấ p ủ y và tổ chứ c đả ng",
                "những nhiệm vụ của các cấp ủy và tổ chức đảng",
            ),
            ("B ộ X â y d ự n g, B ộ T à i c h í nh", "Bộ Xây dựng, Bộ Tài chính"),
            (
                "c ả n ước và m ỗ i đ ị a ph ương, đ ơ n v ị",
                "cả nước và mỗi địa phương, đơn vị",
            ),
            (
                "Đ Ả NG B Ộ và chi b ộ  đ ã  h ọ c t ậ p",
                "ĐẢNG BỘ và chi bộ  đã  học tập",
            ),
            (
                "quye\u{302}\u{301} t đi\u{323} nh c\u{1ee7} a b\u{1ed9} tr\u{1b0}\u{1edf} ng, th ứ tr ư ở ng",
                "quyết định của bộ trưởng, thứ trưởng",
            ),
        ];
        for (text, expected) in rows {
            assert_eq!(read(text), expected, "{text}");
            assert_eq!(quality(text), Quality::Ocr, "{text}");
        }
    }

    #[test]
    fn only_torn_lines_are_damaged() {
        let clean = "Các chi bộ đã học tập, quán triệt và thực hiện nghiêm túc nghị quyết của Đảng.\n";
        let torn = torn(clean, false);
        let text = format!("{clean}{torn}{clean}b ộ ph ậ n\n");
        assert_eq!(read(&text), format!("{clean}{clean}{clean}bộ phận\n"));
        let qualities: Vec<Quality> = Reading::unrepaired(&text)
            .stretches
            .iter()
            .map(|stretch| stretch.quality)
            .collect();
        assert_eq!(qualities, [Quality::Clean, Quality::Ocr, Quality::Clean, Quality::Ocr]);
    }

    #[test]
    fn no_letter_of_a_torn_line_is_guessed() {
        let text = "Đ ả ng u ỷ chi bo Pang da h ọ c t ậ p ngh ị quy ế t";
        assert_eq!(read(text), "Đảng uỷ chi bo Pang da học tập nghị quyết");
        assert_eq!(Reading::of(text), Reading::unrepaired(text));
    }

    #[test]
    fn lone_letters_of_clean_text_are_left_alone() {
        let rows = [
            "Thực hiện quy định tại các điểm a, b, c, d, đ, e và g khoản 1 Điều này",
            "a ) Ở xã b ) Ở ấp c ) Ở phường đ ) Ở tỉnh",
            "điểm a và điểm b ở khoản 1, điểm c và điểm d ở khoản 2 Điều 5 của Luật này",
            "a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y",
            "A Ă Â B C D Đ E Ê G H I K L M N O Ô Ơ P Q R S T U Ư V X Y",
            "Cho x ≥ 0 và y ≤ 1, tính a x + b y = c ở điểm M ( x , y ) ứng với n ẩn",
            "TT T Đ N X | A B C Đ | x x ý ở y | Tổ A Ấp B Ấp C",
            "ý kiến ở y tế xã, ô nhiễm ở ổ dịch, ỷ lại",
            "Microsoft Word: a b c, à la carte, Đ I and O K",
            "Nguyễn Văn A, Trần Thị B và Lê Văn C ở số 1, ấp Đ, xã E",
        ];
        for text in rows {
            let reading = Reading::unrepaired(text);
            assert_eq!((reading.repairs, quality(text)), (Vec::new(), Quality::Clean), "{text}");
        }
    }

    #[test]
    fn spaced_titles_are_read_whole_and_are_clean() {
        let rows = [
            ("K Ế H O Ạ C H", "KẾ HOẠCH"),
            ("B Á O  C Á O", "BÁO  CÁO"),
            ("Đ I Ề U  1", "ĐIỀU  1"),
            ("P H Ầ N  I", "PHẦN  I"),
            (
                "C Ộ N G  H Ò A  X Ã  H Ộ I  C H Ủ  N G H Ĩ A",
                "CỘNG  HÒA  XÃ  HỘI  CHỦ  NGHĨA",
            ),
            ("| Số 12 | Q U Y Ế T  Đ Ị N H |", "| Số 12 | QUYẾT  ĐỊNH |"),
        ];
        let after = "\nVề việc thành lập tổ công tác của Ban Thường vụ Tỉnh ủy";
        for (title, expected) in rows {
            let text = format!("{title}{after}");
            assert_eq!(read(&text), format!("{expected}{after}"));
            assert_eq!(quality(&text), Quality::Clean, "{title}");
        }
    }

    #[test]
    fn torn_words_are_not_learnt() {
        let torn = torn(CLEAN, false);
        let clean = "Đảng bộ xã lãnh đạo.\n";
        let text = format!("{clean}{torn}\n");
        assert_eq!(
            crate::reading::quality::clean_stretches(&text),
            [Span::new(0, clean.len())]
        );
    }

    #[test]
    fn hostile_text_is_read() {
        for piece in ["a ", "ả n ", "đ ", "đ\n", "ị a ", "b ộ h ọ c ở y u ", "Đ Ư "] {
            let text = piece.repeat(40_000 / piece.len());
            assert!(!Reading::of(&text).stretches.is_empty());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn joining_changes_no_letter(text in "([a-zA-Zăâđêôơưạảấầậếềệịọốộớợụủứựỳ]{1,3}[ \n]|[ .,0-9/-]|\\PC){0,80}") {
            let reading = Reading::unrepaired(&text);
            let mut end = 0;
            for repair in &reading.repairs {
                prop_assert!(end <= repair.span.start && repair.span.start < repair.span.end);
                end = repair.span.end;
                let source = repair.span.slice(&text);
                prop_assert!(source.contains(char::is_whitespace), "{}", source);
                let letters: String = source.split_whitespace().collect();
                prop_assert_eq!(&letters, &repair.text);
            }
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(letters(&read(&text)), letters(&text));
            let covered: usize = reading.stretches.iter().map(|stretch| stretch.span.len()).sum();
            prop_assert_eq!(covered, text.len());
            let view = reading.view(&text, &[Span::new(0, text.len())], &[], Form::Source);
            prop_assert!(view.source_span(Span::new(0, view.text().len())).end <= text.len());
        }

        #[test]
        fn what_is_torn_is_read_whole(words in proptest::collection::vec(
            proptest::sample::select(vec![
                "đảng", "bộ", "học", "tập", "nghị", "quyết", "của", "thực", "hiện", "nhiệm", "vụ", "các", "cấp",
                "lãnh", "đạo", "chi", "được", "những", "tổ", "chức", "và",
            ]), 4..30,
        )) {
            let clean = words.join(" ");
            let text = torn(&clean, false);
            prop_assume!(text.split(' ').count() >= words.len() + 6);
            let read = read(&text);
            let same = read.split(' ').filter(|word| words.contains(word)).count();
            prop_assert!(same * 10 >= words.len() * 9, "{read} for {clean}");
        }
    }
}
