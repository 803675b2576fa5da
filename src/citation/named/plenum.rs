//! Resolutions and conclusions of plenums of the Central Committee: "Nghị quyết Trung ương 4 khóa XII", "Nghị quyết Hội
//! nghị lần thứ tư Ban Chấp hành Trung ương Đảng (khóa XII)", "Nghị quyết T.Ư 6 (lần 2) khóa VIII".

use super::super::CitationForm;
use super::super::congress::party_congresses;
use super::super::mention::{DocumentMention, Open};
use super::super::numbered::counts_what_follows;
use super::super::numerals::{digits, roman, spelled_at, to_roman};
use super::super::tail::tail_at;
use super::super::tokens::{PassageWords, close_bracket, is_blank_gap, is_of};
use crate::symbol::Kind;

/// Maximum number of a plenum: the eleventh to the thirteenth Central Committee had 14 or 15 in a term.
const MAX_PLENUM: u8 = 20;

/// An ordinal in a text.
#[derive(Clone, Copy, Debug)]
struct Ordinal {
    /// The number.
    number: u8,
    /// The index of its last word.
    word: usize,
    /// The session of a plenum that met twice: "(lần 2)".
    session: Option<u8>,
}

/// The plenums and congresses of one phrase: "Trung ương 4 khóa XI, XII".
struct PlenumPhrase {
    /// The plenums.
    plenums: Vec<Ordinal>,
    /// The congresses; empty if the phrase gives none.
    congresses: Vec<Ordinal>,
    /// The word after the phrase.
    end: usize,
}

/// Returns the documents of plenums that begin at word `at` with the type word `document`; `rest` is the word after the
/// type word, or `at` if the type word is glued to the plenum ("NQTW4").
///
/// "Nghị quyết Trung ương 4 khóa XI, XII, XIII" gives one mention per plenum and congress.
pub(super) fn plenum_at(
    words: &PassageWords<'_>,
    at: usize,
    document: &str,
    kind: Kind,
    rest: usize,
) -> Vec<DocumentMention> {
    let mut mentions = Vec::new();
    let Some(mut phrase) = phrase_at(words, rest, true).filter(|_| rest == at || words.joined(rest)) else {
        return mentions;
    };
    let mut first = at;
    let mut end = phrase.end;
    loop {
        add_mentions(words, (document, kind), first, &phrase, &mut mentions);
        // "… Trung ương 4 khóa XI, Trung ương 4 khóa XII": the type word is not written again.
        let and = usize::from(words.gap(end).trim().is_empty() && words.folded(end) == "va");
        if phrase.congresses.is_empty() || and == 0 && !matches!(words.gap(end).trim(), "," | ";" | "),") {
            break;
        }
        match phrase_at(words, end + and, false).filter(|next| !next.congresses.is_empty()) {
            Some(next) => phrase = next,
            None => break,
        }
        first = end + and;
        end = phrase.end;
    }
    let tail = tail_at(words, end);
    let list = mentions.len() > 1;
    for mention in &mut mentions {
        mention.end = end;
        mention.add_tail(&tail);
        if list {
            mention.form = CitationForm::List;
        }
    }
    mentions
}

/// Adds the mentions of one phrase, whose first word is `first`; the pair is the type word and its kind.
fn add_mentions(
    words: &PassageWords<'_>,
    (document, kind): (&str, Kind),
    first: usize,
    phrase: &PlenumPhrase,
    mentions: &mut Vec<DocumentMention>,
) {
    let mut begins = first;
    for (index, plenum) in phrase.plenums.iter().enumerate() {
        let session = plenum
            .session
            .map_or(String::new(), |session| format!(" (lần {session})"));
        let name = format!("{document} Trung ương {}{session}", plenum.number);
        // Only the first plenum spans its congress; each further plenum, and each further congress, spans its ordinal.
        if index > 0 {
            begins = plenum.word;
        }
        if phrase.congresses.is_empty() {
            let mut mention = DocumentMention::named(words.slice(begins, plenum.word + 1), kind, &*name, 0);
            mention.open = Some(Open::Plenum {
                name,
                number: plenum.number,
            });
            mentions.push(mention);
            continue;
        }
        // Several plenums of several congresses would share their spans: each is taken of the first congress.
        let several = phrase.plenums.len() > 1;
        for (turn, congress) in phrase
            .congresses
            .iter()
            .take(if several { 1 } else { usize::MAX })
            .enumerate()
        {
            let last = if index > 0 { plenum.word } else { congress.word };
            let from = if turn > 0 { congress.word } else { begins };
            let mut span = words.slice(from, last + 1);
            close_bracket(words, &mut span, last + 1);
            let name = format!("{name} khóa {}", to_roman(congress.number));
            mentions.push(DocumentMention::named(span, kind, name, 0));
        }
    }
    // Spans must not go back: a plenum after the first stands before the congress that the first one spans.
    if phrase.plenums.len() > 1
        && let [.., last] = phrase.plenums.as_slice()
        && let Some(congress) = phrase.congresses.first()
    {
        let count = phrase.plenums.len();
        let from = mentions.len() - count;
        mentions[from].span.end = words.span(phrase.plenums[0].word).end;
        let mut span = words.slice(last.word, congress.word + 1);
        close_bracket(words, &mut span, congress.word + 1);
        mentions[from + count - 1].span = span;
        for mention in &mut mentions[from..] {
            mention.start = mention.span.start;
        }
    }
}

/// Reads a phrase at word `at`; `alone` is true if the congress may be missing.
fn phrase_at(words: &PassageWords<'_>, at: usize, alone: bool) -> Option<PlenumPhrase> {
    let mut next = at;
    let (mut meeting, mut center, mut counted) = (false, false, false);
    let mut plenums: Vec<Ordinal> = Vec::new();
    // The meeting, the committee and the number follow in any order.
    loop {
        // "Hội nghị lần thứ tư, Ban Chấp hành Trung ương …"
        let committee = !plenums.is_empty() && matches!(words.folded(next), "ban" | "bch" | "bchtw");
        let soft = words.joined(next) || words.gap(next).trim() == "," && committee;
        if next >= words.len() || !soft && next > at {
            break;
        }
        if let Some(end) = words.phrase(next, &["hoi", "nghi"]).filter(|_| plenums.is_empty()) {
            meeting = true;
            next = end;
        } else if let Some(end) = center_at(words, next) {
            if is_other_committee(words, end) {
                return None;
            }
            center = true;
            next = end;
        } else if let Some(end) = words.phrase(next, &["lan", "thu"]).filter(|_| plenums.is_empty()) {
            counted = true;
            next = end;
        } else if next == at && is_of(words, next) {
            next += 1;
        } else if plenums.is_empty() && (center || meeting) {
            next = read_plenums(words, next, counted, &mut plenums)?;
        } else {
            break;
        }
        // "TW4" is center and number in one word.
        if plenums.is_empty()
            && let Some(number) = glued_number(words, next - 1)
        {
            plenums.push(Ordinal {
                number,
                word: next - 1,
                session: None,
            });
        }
    }
    if plenums.is_empty() {
        return None;
    }
    let (congresses, end) = congresses_at(words, next);
    let party = congresses.iter().all(|congress| congress.number <= party_congresses());
    if !party || congresses.is_empty() && !(alone && center && !counts_what_follows(words, next)) {
        return None;
    }
    Some(PlenumPhrase {
        plenums,
        congresses,
        end,
    })
}

/// Returns the word after the Central Committee at word `at`, in all its writings: "Trung ương", "BCH TW Đảng", "T.Ư".
fn center_at(words: &PassageWords<'_>, at: usize) -> Option<usize> {
    let long = words
        .phrase(at, &["ban", "chap", "hanh"])
        .filter(|_| words.joined(at + 1));
    let committee = long
        .or_else(|| (words.folded(at) == "bch").then_some(at + 1))
        .unwrap_or(at);
    let end = match words.folded(committee) {
        _ if committee > at && !words.joined(committee) => return None,
        "bchtw" | "nqtw" => committee + 1,
        "bchtu" if words.word(committee).ends_with('Ư') => committee + 1,
        "tw" | "tu" if is_center_word(words.word(committee)) => committee + 1,
        // "T.Ư" is two words.
        "t" if matches!(words.word(committee + 1), "Ư" | "W" | "ư") && words.gap(committee + 1) == "." => {
            committee + 2
        }
        _ if glued_number(words, committee).is_some() => committee + 1,
        _ => words.phrase(committee, &["trung", "uong"])?,
    };
    Some(words.skip(end, &["dang"]))
}

/// Returns true if `word` abbreviates "Trung ương"; "TU" is the committee of a province.
fn is_center_word(word: &str) -> bool {
    matches!(word, "TW" | "Tw" | "tw" | "TƯ")
}

/// Returns the number in word `at` if it is glued to "Trung ương": `TW4`, `NQTW4`.
fn glued_number(words: &PassageWords<'_>, at: usize) -> Option<u8> {
    let word = words.word(at);
    let word = word.strip_prefix("NQ").unwrap_or(word);
    let number = word.strip_prefix("TW").or_else(|| word.strip_prefix("TƯ"))?;
    digits(number).filter(|&number| number <= MAX_PLENUM)
}

/// Returns true if a committee of another organization goes on at word `at`: "Trung ương Đoàn", "Trung ương Hội".
fn is_other_committee(words: &PassageWords<'_>, at: usize) -> bool {
    words.joined(at)
        && words.is_capital(at)
        && matches!(words.folded(at), "doan" | "hoi" | "mttq" | "mat" | "cong")
        && words.folded(at + 1) != "nghi"
}

/// Reads plenums at word `at` ("4", "tư", "6 (lần 2)", "6, 7 và 8") and returns the word after them; `None` if there is
/// none. `counted` is true if "lần thứ" precedes them.
fn read_plenums(words: &PassageWords<'_>, at: usize, counted: bool, plenums: &mut Vec<Ordinal>) -> Option<usize> {
    let mut word = at;
    let mut next = at;
    while let Some((number, end)) = plenum_number_at(words, word, counted) {
        let session = session_at(words, end);
        plenums.push(Ordinal {
            number,
            word: end - 1,
            session: session.map(|(session, _)| session),
        });
        next = session.map_or(end, |(_, end)| end);
        word = match words.gap(next).trim() {
            "," => next,
            "" if words.folded(next) == "va" => next + 1,
            _ => break,
        };
        // A number after a comma is another plenum only if "khóa" follows somewhere in the list.
        let further = plenum_number_at(words, word, counted).map(|(_, end)| end);
        let listed = further.is_some_and(|end| {
            matches!(words.gap(end).trim(), "" | "(" | ",") && (is_term_word(words, end) || is_list_sign(words, end))
        });
        if !listed {
            break;
        }
    }
    (next > at).then_some(next)
}

/// Returns true if the list goes on at word `at`.
fn is_list_sign(words: &PassageWords<'_>, at: usize) -> bool {
    let and = words.folded(at) == "va";
    (words.gap(at).trim() == "," || and) && words.is_number(at + usize::from(and))
}

/// Reads the number of a plenum at word `at` in digits, Roman numerals or words, and returns it with the word after it.
fn plenum_number_at(words: &PassageWords<'_>, at: usize, counted: bool) -> Option<(u8, usize)> {
    let word = words.word(at);
    let short = digits(word).or_else(|| roman(word).filter(|_| !words.is_damaged() && words.is_capital(at)));
    let (number, end) = match short {
        Some(number) => (number, at + 1),
        // "Trung ương năm 2020" is no fifth plenum: without "lần thứ" the congress must follow.
        None => spelled_at(words, at).filter(|&(_, end)| counted || is_term_word(words, end))?,
    };
    (number <= MAX_PLENUM).then_some((number, end))
}

/// Reads the session at word `at`, "(lần 2)" or "lần 2", and returns it with the word after it.
fn session_at(words: &PassageWords<'_>, at: usize) -> Option<(u8, usize)> {
    let open = matches!(words.gap(at).trim(), "" | "(");
    let session = || digits(words.word(at + 1)).or_else(|| spelled_at(words, at + 1).map(|(number, _)| number));
    (open && words.folded(at) == "lan" && words.joined(at + 1) && words.folded(at + 1) != "thu")
        .then(session)
        .flatten()
        .map(|session| (session, at + 2))
}

/// Returns true if word `at` is "khóa"; scans leave little of it but its first two letters.
fn is_term_word(words: &PassageWords<'_>, at: usize) -> bool {
    words.says(at, "khoa") || words.is_damaged() && words.folded(at).starts_with("kh")
}

/// Reads the congresses at word `at` ("khóa XII", ", khóa XI, khóa XII", "(khóa 12)", "(XII)") and returns them with the
/// word after them; none if there are none.
fn congresses_at(words: &PassageWords<'_>, at: usize) -> (Vec<Ordinal>, usize) {
    let none = (Vec::new(), at);
    let gap = words.gap(at).trim();
    if !(is_blank_gap(gap) || matches!(gap, "(" | "," | "), (" | ")" | ") (" | "‘" | "),")) {
        return none;
    }
    let numeral_alone = gap.ends_with('(')
        && roman(words.word(at)).is_some()
        && words.word(at).len() > 1
        && words.gap(at + 1).starts_with(')');
    // "các khóa XI, XII"; scans read "cic".
    let next = if matches!(words.folded(at), "cac" | "cic") {
        at + 1
    } else {
        at
    };
    let named = is_term_word(words, next) && words.joined(next + 1);
    if !numeral_alone && !named {
        return none;
    }
    let mut congresses = Vec::new();
    let mut word = if numeral_alone { at } else { next + 1 };
    let mut end = word;
    while let Some((number, after)) = congress_number_at(words, word, congresses.is_empty()) {
        congresses.push(Ordinal {
            number,
            word: after - 1,
            session: None,
        });
        end = after;
        word = match words.gap(end).trim() {
            "," | ";" => end,
            "" if words.folded(end) == "va" => end + 1,
            _ => break,
        };
        if is_term_word(words, word) && words.joined(word + 1) {
            word += 1;
        }
    }
    if congresses.is_empty() {
        return none;
    }
    (congresses, end)
}

/// Reads the number of a congress at word `at`, and returns it with the word after it. Only the `first` of a list may be
/// in digits: "khóa XII, 5 chi bộ" goes on to a count.
fn congress_number_at(words: &PassageWords<'_>, at: usize, first: bool) -> Option<(u8, usize)> {
    let word = words.word(at);
    let digits = || digits(word).filter(|&number| first && number <= party_congresses());
    roman(word).or_else(digits).map(|number| (number, at + 1))
}
