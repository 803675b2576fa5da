//! The clause in front of a citation, read backwards: its nearest verb, or the sign or word with which it begins.

use super::super::tail::acts;
use super::super::tokens::{PassageWords, is_code};
use super::Relation;
use super::verbs::{MAX_REACH, Verb, verb_at};

/// The nearest verb in front of a citation.
#[derive(Clone, Copy, Debug)]
pub(super) struct NearestVerb {
    /// Its relation; `None` if it governs the citation without one.
    pub(super) relation: Option<Relation>,
    /// The index of its first word.
    pub(super) first: usize,
    /// The index of the word after it.
    pub(super) end: usize,
}

/// The outcome of reading backwards from a citation.
#[derive(Clone, Copy, Debug)]
pub(super) enum Left {
    /// A verb.
    Verb(NearestVerb),
    /// The clause begins without one.
    Ended,
    /// There is none since the citation before it, or since a semicolon: it may go on with the list of that one.
    Open,
}

/// Maximum number of words between two items of a list, after the tail of the first: "; các nội dung của", ", nhất là
/// các quy định tại".
const MAX_WORDS_BETWEEN: usize = 12;

/// Maximum length of a bracket that is passed over, in words.
const MAX_BRACKET_WORDS: usize = 40;

/// Maximum number of words between "sơ kết" and the verb of carrying out: "sơ kết tình hình, kết quả 05 năm triển
/// khai".
const MAX_REVIEW_WORDS: usize = 16;

/// Words that show that a clause has a verb of its own, with their marks.
const FINITE: &[&str] = &["đã", "đang", "sẽ", "cần", "phải", "luôn"];

/// Words that begin a clause after a comma, with their marks: nothing before it governs what is in it.
const CONJUNCTIONS: &[&str] = &[
    "nhằm", "để", "khi", "sau", "trước", "do", "vì", "nên", "thì", "nếu", "tuy", "nhưng", "song", "mà", "nay",
];

/// Reads backwards from word `first`, where a citation or its pinpoint begins; words before `floor` belong to the
/// citation before it.
pub(super) fn look_left(words: &PassageWords<'_>, first: usize, floor: usize) -> Left {
    let (mut finite, mut colon) = (false, false);
    // "Bộ Tài chính (Văn bản số 4773)" is no object of the clause.
    if words.gap(first).ends_with('(') {
        return Left::Ended;
    }
    let mut at = first;
    while at > floor && first - at <= MAX_REACH {
        let gap = words.gap(at);
        if gap != " " {
            if gap.contains([';', '…']) {
                return Left::Open;
            }
            if ends_clause(words, at) || gap.contains(',') && (finite || begins_clause(words, at)) {
                return Left::Ended;
            }
            colon |= gap.contains(':');
            // A dash lists: "- Luật Luật sư số 65/2006/QH11 - Thông tư số 17/2011/TT-BTP".
            if at == first && matches!(gap.trim(), "-" | "–") {
                return Left::Open;
            }
            if let Some(open) = opening(words, at, floor) {
                at = open;
                continue;
            }
        }
        at -= 1;
        let reaches = |verb: &Verb, end: usize| {
            end <= first
                && first - end <= verb.reach
                && (colon || !verb.listing)
                && (!verb.opening || opens_clause(words, at))
        };
        if let Some((verb, end)) = verb_at(words, at)
            && reaches(verb, end)
        {
            return Left::Verb(reviewed(words, verb, at, end, floor));
        }
        finite |= FINITE.contains(&words.word(at));
    }
    if at > floor { Left::Ended } else { Left::Open }
}

/// Returns the verb at words `first` to `end`, or "sơ kết" or "tổng kết" before a verb of carrying out: "Sơ kết 05 năm
/// thực hiện".
fn reviewed(words: &PassageWords<'_>, verb: &Verb, first: usize, end: usize, floor: usize) -> NearestVerb {
    /// Words after a comma or "và" that go on with the review, folded: "tổng kết, đánh giá việc thực hiện".
    const REVIEWS: &[&str] = &["danh", "ra", "so", "tong", "kiem", "ket", "chi", "rut"];
    let found = NearestVerb {
        relation: verb.relation,
        first,
        end,
    };
    if verb.relation != Some(Relation::ThucHien) {
        return found;
    }
    let mut at = first;
    while at > floor && first - at < MAX_REVIEW_WORDS {
        let gap = words.gap(at);
        let parted = gap.contains(',') || words.folded(at - 1) == "va";
        if ends_clause(words, at) || gap.contains([';', ':']) || parted && !REVIEWS.contains(&words.folded(at)) {
            break;
        }
        at -= 1;
        match verb_at(words, at) {
            Some((review, end)) if matches!(review.relation, Some(Relation::SoKet | Relation::TongKet)) => {
                return NearestVerb {
                    relation: review.relation,
                    first: at,
                    end,
                };
            }
            Some((other, _)) if other.reach == MAX_REACH && other.relation != Some(Relation::ThucHien) => break,
            _ => {}
        }
    }
    found
}

/// Returns true if a citation that begins at word `first` goes on with the list of the one whose tail ends before word
/// `floor`: only commas, "và" and a few words without a verb are between them.
pub(super) fn goes_on(words: &PassageWords<'_>, floor: usize, first: usize) -> bool {
    /// Words before "là" that keep it within a list, folded: "nhất là", "đặc biệt là", "trọng tâm là".
    const NAMING: &[&str] = &["nhat", "biet", "tam"];
    if first < floor {
        return true; // the tail is that of the whole list
    }
    if is_relative(words, floor, first) {
        return true;
    }
    let between = floor..first;
    let parted = |at: usize| {
        let gap = words.gap(at);
        let named = first == floor && gap.trim() == ":";
        ends_clause(words, at) || gap.contains(':') && !named || gap.contains(',') && begins_clause(words, at)
    };
    let finite = |at: usize| match words.word(at) {
        "được" | "có" | "thì" | "nêu" => true,
        "là" => at == 0 || !NAMING.contains(&words.folded(at - 1)),
        word => FINITE.contains(&word),
    };
    let governed = |at: usize| verb_at(words, at).is_some_and(|(verb, _)| verb.reach == MAX_REACH);
    // "khẳng định nội dung tại Công văn", but "và tại Công văn"
    let listed = words.gap(floor).contains([',', ';']) || is_connector(words, floor);
    let placed = !listed && between.len() > 2 && words.word(first - 1) == "tại";
    // "Nghị quyết số 9 tạm ngưng hiệu lực và điều chỉnh Nghị định số 46" goes on with a title that is not known as one.
    let apart = between.is_empty() || words.gap(floor) != " " || words.is_damaged() || is_connector(words, floor);
    apart
        && !placed
        && between.len() <= MAX_WORDS_BETWEEN
        && !(floor..=first).any(parted)
        && !between.clone().any(finite)
        && !between.clone().any(governed)
}

/// Returns true if words `floor` to `first` only say what became of the document before them, and a comma leads on to
/// the next: "Căn cứ Điều lệ Đảng được thông qua tại Đại hội XI, Quy định số 29-QĐ/TW".
fn is_relative(words: &PassageWords<'_>, floor: usize, first: usize) -> bool {
    /// Maximum number of words of such a clause.
    const MAX_WORDS: usize = 18;
    let passive = words.joined(floor) && matches!(words.word(floor), "được" | "đã") && first - floor <= MAX_WORDS;
    passive && words.gap(first).trim() == "," && (floor + 1..first).all(|at| words.joined(at))
}

/// Returns true if word `at` joins what follows to a list, or is "số" or "các" in front of an item.
fn is_connector(words: &PassageWords<'_>, at: usize) -> bool {
    const CONNECTORS: &[&str] = &[
        "và", "với", "cùng", "gắn", "hoặc", "hay", "kết", "lẫn", "số", "các", "đến", "tới",
    ];
    CONNECTORS.contains(&words.word(at))
}

/// Returns true if a clause begins at word `at`, after a comma: a body acts, or a conjunction opens it.
fn begins_clause(words: &PassageWords<'_>, at: usize) -> bool {
    // A body has a capital; where it has none ("các chi bộ đã"), a word of FINITE shows the clause.
    CONJUNCTIONS.contains(&words.word(at)) || words.is_capital(at) && !is_code(words.word(at)) && acts(words, at)
}

/// Returns true if word `at` is the first of its clause or line.
fn opens_clause(words: &PassageWords<'_>, at: usize) -> bool {
    at == 0 || words.gap(at).contains([';', '\n']) || ends_clause(words, at)
}

/// Returns true if a sentence, or another part of the text, ends before word `at`.
pub(super) fn ends_clause(words: &PassageWords<'_>, at: usize) -> bool {
    /// Words that end with a full stop of their own.
    const ABBREVIATIONS: &[&str] = &["TP", "Tp", "TX", "TS", "ThS", "GS", "PGS", "Q", "P", "T", "tr"];
    let gap = words.gap(at);
    if gap.contains(['!', '?', '|', '•', '●']) {
        return true;
    }
    let Some(stop) = gap.find('.') else { return false };
    let rest = &gap[stop + 1..];
    let abbreviated = stop == 0 && at > 0 && ABBREVIATIONS.contains(&words.word(at - 1));
    (rest.is_empty() && at >= words.len() || rest.starts_with(|sign: char| sign != '/' && sign != ')')) && !abbreviated
}

/// Returns the word after the opening sign of the bracket or quotation that closes before word `at`; `None` if none
/// closes there, or its opening is too far away.
fn opening(words: &PassageWords<'_>, at: usize, floor: usize) -> Option<usize> {
    let gap = words.gap(at);
    let sign = match (gap.rfind(')'), gap.rfind('”')) {
        (Some(close), _) if !gap[close..].contains('(') => '(',
        (_, Some(close)) if !gap[close..].contains('“') => '“',
        _ => return None,
    };
    let from = at.saturating_sub(MAX_BRACKET_WORDS).max(floor);
    (from + 1..at).rev().find(|&open| words.gap(open).contains(sign))
}
