//! Verbs with which a body issues a paper, and the words around them: "đã ban hành", "được … thông qua", "ký ngày".

use super::super::tokens::PassageWords;

/// The verbs, folded, longer ones first.
const VERBS: &[&[&str]] = &[
    &["ky", "ban", "hanh"],
    &["ban", "hanh"],
    &["thong", "qua"],
    &["phe", "duyet"],
    &["cong", "bo"],
    &["ky"],
];

/// Verbs that say so only before the paper itself: "Bộ Nội vụ có Công văn số …", "Bộ Chính trị ra Nghị quyết số …".
const VERBS_BEFORE: &[&str] = &["có", "ra"];

/// Words before a verb, with their marks: "đã kịp thời ban hành".
const ADVERBS: &[&str] = &[
    "đã", "vừa", "mới", "cũng", "được", "tiếp", "tục", "kịp", "thời", "chính", "thức", "sớm", "lần", "lượt", "đồng",
    "chủ", "động", "khẩn", "trương", "nhanh", "chóng", "thống", "nhất", "da", "duoc",
];

/// Maximum number of words in [`ADVERBS`] before a verb: "đã chủ động, kịp thời".
const MAX_ADVERBS: usize = 6;

/// Returns the word after the verb, with the adverbs before it, at word `at`; `None` if there is none.
pub(super) fn verb_end(words: &PassageWords<'_>, at: usize) -> Option<usize> {
    let mut first = at;
    while first < at + MAX_ADVERBS && ADVERBS.contains(&words.word(first)) {
        first += 1;
    }
    let joined = first == at || words.joined(first);
    VERBS
        .iter()
        .find_map(|verb| words.phrase(first, verb))
        .filter(|_| joined && words.word(first) != "kỳ")
}

/// Returns the first word of the verb, or of the adverbs before it, that ends before word `end`; `None` if there is none.
pub(super) fn verb_before(words: &PassageWords<'_>, end: usize) -> Option<usize> {
    if end == 0 || !words.joined(end) {
        return None;
    }
    let verb = VERBS.iter().find_map(|verb| {
        let start = end.checked_sub(verb.len())?;
        (words.phrase(start, verb) == Some(end)).then_some(start)
    });
    let before = || VERBS_BEFORE.contains(&words.word(end - 1)).then(|| end - 1);
    let start = verb.or_else(before)?;
    let mut first = start;
    while first > 0 && start - first < MAX_ADVERBS && ADVERBS.contains(&words.word(first - 1)) {
        first -= 1;
    }
    Some(first)
}
