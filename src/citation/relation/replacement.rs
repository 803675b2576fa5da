//! The document by which another is replaced or repealed.
//!
//! "Quy định này thay thế Quy định số 22-QĐ/TW" and "Nghị định này … và thay thế Nghị định số 34" name the document
//! itself, "Quyết định số 5 thay thế Quyết định số 3" and "Nghị định số 34 được thay thế bởi Nghị định số 78" another
//! one. Of a sentence without a subject, "Điều 2. Bãi bỏ Quyết định số 7", it is the document itself in an article, or
//! where its kind puts rules into force. Otherwise nothing is told: the paper may only be planned ("dự thảo Nghị quyết
//! bãi bỏ Nghị quyết số 124").

use super::super::kinds::type_word_at;
use super::super::mention::DocumentMention;
use super::super::tokens::PassageWords;
use super::clause::{NearestVerb, ends_clause};
use super::verbs::verb_at;
use super::{Relation, Replacement};

/// Maximum number of words between the subject of a clause and its verb: "Quyết định này có hiệu lực thi hành kể từ
/// ngày 01 tháng 10 năm 2011 và thay thế".
const MAX_SUBJECT_WORDS: usize = 30;

/// Returns the document that replaces or repeals `mention`, which is after `verb`; `None` if nothing does so as a
/// whole. `earlier` are the mentions before it, `before` is the index of the one before it on its level; `enacts` is
/// true if the citing document is of a kind that puts rules into force.
pub(super) fn replaced_after(
    words: &PassageWords<'_>,
    earlier: &[DocumentMention],
    before: Option<usize>,
    (mention, verb): (&DocumentMention, NearestVerb),
    enacts: bool,
) -> Option<Replacement> {
    if !replaces(verb.relation) || is_agent(words, verb.end) || !is_object(words, mention, verb) {
        return None;
    }
    let start = clause_start(words, verb.first);
    let own = earlier
        .iter()
        .rev()
        .take_while(|mention| words.index_at(mention.span.start) >= start)
        .any(|mention| mention.is_own_document() && acts_itself(words, mention, start));
    if own || is_bare_subject(words, start) || verb.first == start && (enacts || is_article(words)) {
        return Some(Replacement::OwnDocument);
    }
    let subject = before
        .map(|before| &earlier[before])
        .filter(|before| is_subject(words, before, start, verb.first));
    Some(subject.map_or(Replacement::Untold, |before| Replacement::Citation(before.span)))
}

/// Returns true if `mention` as a whole is the object of `verb`: only "các Quyết định:", "toàn bộ" or the day of coming
/// into force is between them. "Thay thế Điều lệ được công nhận tại Quyết định số 22" and "bãi bỏ Điều 5 Quyết định số
/// 22" have other objects.
fn is_object(words: &PassageWords<'_>, mention: &DocumentMention, verb: NearestVerb) -> bool {
    const PARTS: &[&str] = &[
        "tai", "theo", "cua", "trong", "phan", "dieu", "khoan", "diem", "muc", "noi", "quy", "mot", "cum",
    ];
    let first = words.index_at(mention.span.start);
    mention.pinpoint.is_none() && !(verb.end..first).any(|at| PARTS.contains(&words.folded(at)))
}

/// Returns the relation and the replacement that words after the mention of this index give it: "Quyết định số 5 hết
/// hiệu lực", "Nghị định số 34 (đã được thay thế bởi Nghị định số 78)".
pub(super) fn passive_after(
    words: &PassageWords<'_>,
    mentions: &[DocumentMention],
    index: usize,
) -> Option<(Relation, Replacement)> {
    let mention = &mentions[index];
    let after = mention.end.max(words.index_at(mention.span.end));
    if after >= words.len() || mention.is_own_document() {
        return None;
    }
    let gap = words.gap(after);
    if gap != " " && (ends_clause(words, after) || gap.contains([';', ':'])) {
        return None;
    }
    let (relation, end) = passive_at(words, after)?;
    let later = &mentions[index + 1..];
    let replacement = if is_agent(words, end) {
        let near = |mention: &&DocumentMention| words.index_at(mention.span.start) <= end + MAX_WORDS_BEFORE_AGENT;
        later.first().filter(near).map_or(Replacement::Untold, named)
    } else {
        let limit = (end..words.len().min(end + MAX_SUBJECT_WORDS))
            .find(|&at| ends_clause(words, at) || words.gap(at).contains(';'))
            .unwrap_or(end + MAX_SUBJECT_WORDS);
        // "hết hiệu lực kể từ ngày Quyết định này có hiệu lực", or with that in front
        let start = clause_start(words, words.index_at(mention.span.start));
        let own = |mention: &DocumentMention| mention.is_own_document() && follows_day(words, mention);
        let mut earlier = mentions[..index]
            .iter()
            .rev()
            .take_while(|mention| words.index_at(mention.span.start) >= start);
        let mut later = later
            .iter()
            .take_while(|mention| words.index_at(mention.span.start) < limit);
        if earlier.any(own) || later.any(own) {
            Replacement::OwnDocument
        } else {
            Replacement::Untold
        }
    };
    Some((relation, replacement))
}

/// Maximum number of words between "bởi" and the document that replaces: "bởi các".
const MAX_WORDS_BEFORE_AGENT: usize = 2;

/// Returns the replacement that `mention` is.
fn named(mention: &DocumentMention) -> Replacement {
    if mention.is_own_document() {
        Replacement::OwnDocument
    } else if mention.is_doubtful() {
        Replacement::Untold
    } else {
        Replacement::Citation(mention.span)
    }
}

/// Returns true if a document with this relation is replaced or repealed.
fn replaces(relation: Option<Relation>) -> bool {
    matches!(relation, Some(Relation::ThayThe | Relation::BaiBo))
}

/// Returns true if word `at`, after a verb, names the document that does it: "thay thế bởi".
pub(super) fn is_agent(words: &PassageWords<'_>, at: usize) -> bool {
    words.joined(at) && matches!(words.word(at), "bởi" | "bằng")
}

/// Reads a passive verb of replacing or repealing at word `at`, and returns it with the word after it.
fn passive_at(words: &PassageWords<'_>, at: usize) -> Option<(Relation, usize)> {
    /// Verbs that say so without a passive, folded.
    const LAPSES: &[&[&str]] = &[
        &["het", "hieu", "luc"],
        &["khong", "con", "hieu", "luc"],
        &["cham", "dut", "hieu", "luc"],
    ];
    let mut at = at;
    while matches!(words.word(at), "đã" | "đều" | "nay" | "cũng" | "hiện") {
        at += 1;
    }
    if let Some(end) = LAPSES.iter().find_map(|verb| words.phrase(at, verb)) {
        return Some((Relation::BaiBo, end));
    }
    if !matches!(words.word(at), "được" | "bị") || !words.joined(at + 1) {
        return None;
    }
    let (verb, end) = verb_at(words, at + 1)?;
    verb.relation
        .filter(|&relation| replaces(Some(relation)))
        .map(|relation| (relation, end))
}

/// Returns the first word of the clause that word `at` belongs to.
fn clause_start(words: &PassageWords<'_>, at: usize) -> usize {
    let from = at.saturating_sub(MAX_SUBJECT_WORDS);
    (from + 1..=at)
        .rev()
        .find(|&start| {
            let gap = words.gap(start);
            gap != " " && (gap.contains([';', ':']) || ends_clause(words, start))
        })
        .unwrap_or(from)
}

/// Returns true if the document itself, at `mention` in the clause from word `start` on, is what replaces: it begins
/// the clause, has a verb of its own, or gives the day ("kể từ ngày Quyết định này có hiệu lực").
fn acts_itself(words: &PassageWords<'_>, mention: &DocumentMention, start: usize) -> bool {
    let force = [
        &["co", "hieu", "luc"][..],
        &["thay", "the"],
        &["bai", "bo"],
        &["huy", "bo"],
    ];
    words.index_at(mention.span.start) == start
        || follows_day(words, mention)
        || force.iter().any(|verb| words.skip(mention.end, verb) > mention.end)
}

/// Returns true if "ngày" is before `mention`.
fn follows_day(words: &PassageWords<'_>, mention: &DocumentMention) -> bool {
    let first = words.index_at(mention.span.start);
    first > 0 && words.joined(first) && words.word(first - 1) == "ngày"
}

/// Returns true if the clause from word `start` on begins with a type word alone that comes into force: "Quyết định có
/// hiệu lực từ ngày ký".
fn is_bare_subject(words: &PassageWords<'_>, start: usize) -> bool {
    type_word_at(words, start).is_some_and(|(_, rest)| words.skip(rest, &["co", "hieu", "luc"]) > rest)
}

/// Returns true if the passage is an article: "Điều 2. Bãi bỏ …".
fn is_article(words: &PassageWords<'_>) -> bool {
    matches!(words.word(0), "Điều" | "ĐIỀU") && words.is_number(1)
}

/// Returns true if `before` is the subject of the verb at word `verb`, in the clause that begins at word `start`:
/// nothing but "đã", "để" or "về việc" is between them.
fn is_subject(words: &PassageWords<'_>, before: &DocumentMention, start: usize, verb: usize) -> bool {
    const BETWEEN: &[&str] = &["đã", "để", "nhằm", "về", "việc", "mới"];
    let title = before
        .subject
        .map(|title| words.index_at(title.start))
        .filter(|&title| title <= verb && verb < before.end);
    let from = title.unwrap_or(before.end.max(words.index_at(before.span.end)));
    words.index_at(before.span.start) >= start
        && from <= verb
        && (from..verb).all(|at| BETWEEN.contains(&words.word(at)))
}
