//! Short names for heads and lists, as people who work with the documents abbreviate them: `NQ TW4 (XII)`, `BC chính
//! trị`, `ĐU các cơ quan Đảng TP Cần Thơ`. A page gives the whole name as a title or on the page that it links to.
//!
//! Three tables give the letters: the type words of symbols ([`TYPE_WORDS`]: nghị quyết is NQ), the abbreviations of the
//! genre ([`Abbreviations`]: ủy ban nhân dân is UBND), and [`SHORT_FORMS`], which has what both leave out. A word that is
//! in none of them stays as it is: nobody can read initials made up by a program.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::text::cut;
use crate::abbreviation::{Abbreviations, NameForm};
use crate::record::{DocumentRecord, document_name};
use crate::symbol::{Symbol, TYPE_WORDS};
use crate::text::Tokens;

/// A row of a table of short forms: the words, and what they become. Some words only fill a name and become nothing.
type ShortForm = (&'static str, &'static str);

/// Short forms that no other table has. Codes of bodies as in symbols (Hướng dẫn 36-HD/VPTW of 2018): two letters mean
/// too much to search for, so the abbreviations lack them.
const SHORT_FORMS: &[ShortForm] = &[
    ("đảng ủy", "ĐU"),
    ("tỉnh ủy", "TU"),
    ("thành ủy", "TU"),
    ("huyện ủy", "HU"),
    ("quận ủy", "QU"),
    ("thị ủy", "ThU"),
    ("quân ủy trung ương", "QUTW"),
    ("ban cán sự đảng", "BCSĐ"),
    ("ban chỉ đạo", "BCĐ"),
    ("ban tổ chức trung ương", "BTCTW"),
    ("văn phòng trung ương", "VPTW"),
    ("ủy ban kiểm tra trung ương", "UBKTTW"),
    ("ban tuyên giáo trung ương", "BTGTW"),
    ("ban tuyên giáo và dân vận trung ương", "BTGDVTW"),
    ("trung ương", "TW"),
    ("quốc hội", "QH"),
    ("ủy ban thường vụ quốc hội", "UBTVQH"),
    ("thủ tướng chính phủ", "TTg"),
    ("chính phủ", "CP"),
    ("đại hội", "ĐH"),
    ("đại hội đại biểu", "ĐH"),
    ("đại hội toàn quốc", "ĐH"),
    ("đại hội đại biểu toàn quốc", "ĐH"),
    ("thành phố", "TP"),
    ("nhiệm kỳ", ""),
    ("lần thứ", ""),
];

/// Further short forms, only where a name is still too long.
const SHORTER_FORMS: &[ShortForm] = &[("đảng bộ", "ĐB"), ("cơ quan", "CQ"), ("việt nam", "VN")];

/// Ordinals of plenums as texts spell them.
const ORDINALS: &[ShortForm] = &[
    ("nhất", "1"),
    ("hai", "2"),
    ("ba", "3"),
    ("tư", "4"),
    ("năm", "5"),
    ("sáu", "6"),
    ("bảy", "7"),
    ("tám", "8"),
    ("chín", "9"),
    ("mười", "10"),
    ("mười một", "11"),
    ("mười hai", "12"),
    ("mười ba", "13"),
    ("mười bốn", "14"),
    ("mười lăm", "15"),
];

/// Words of a plenum before and after its spelled ordinal.
const PLENUM: [&str; 2] = ["hội nghị lần thứ", "ban chấp hành trung ương"];

/// Returns short names for `names`, in their order, each of about `chars` chars at most. Equal ones get a number.
pub(crate) fn short_names<'n>(names: impl IntoIterator<Item = &'n str>, chars: usize) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let names = names.into_iter().map(|name| {
        let short = short_name(name, chars);
        let times = seen.entry(short.clone()).or_default();
        *times += 1;
        if *times > 1 {
            format!("{short} ({times})")
        } else {
            short
        }
    });
    names.collect()
}

/// Returns the name of a document as a list of documents names it in short, before it is cut: symbol or kind, and the
/// issuer with its place (`BC chính trị ĐU các cơ quan Đảng TP Cần Thơ`); its title if these are unknown.
pub(crate) fn label(record: &DocumentRecord) -> String {
    let kind = record.kind.as_deref().map(capitalized);
    let what = record.own_symbol.clone().or(kind);
    match (what, whose(record)) {
        (Some(what), Some(whose)) => format!("{what} {whose}"),
        _ => document_name(record).to_owned(),
    }
}

/// Returns the issuer of a document with the place that its letterhead has on another line, or else its province.
fn whose(record: &DocumentRecord) -> Option<String> {
    let province = record.province.as_deref();
    let Some(issuer) = record.issuer.as_deref() else {
        return province.map(str::to_owned);
    };
    let Some(province) = province.filter(|province| !issuer.contains(province)) else {
        return Some(issuer.to_owned());
    };
    // "Đảng bộ thành phố Cần Thơ" above "Đảng ủy các cơ quan Đảng": the place with the word for its rank.
    let place = record.superior.as_deref().and_then(|superior| {
        let end = superior.find(province)? + province.len();
        let ranks = ["thành phố", "tỉnh"].iter();
        let start = ranks
            .filter_map(|rank| superior[..end].to_lowercase().rfind(rank))
            .max();
        superior.get(start?..end)
    });
    Some(format!("{issuer} {}", place.unwrap_or(province)))
}

/// Returns words with a capital at their beginning.
fn capitalized(words: &str) -> String {
    let mut chars = words.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Shortens a name to about `chars` chars: by the short forms that people use, and if it is too long even then, in the
/// middle, since names differ at their ends. A symbol stays whole.
pub(crate) fn short_name(name: &str, chars: usize) -> String {
    if name.parse::<Symbol>().is_ok() {
        return name.to_owned();
    }
    let usual = abbreviated(name, false);
    if usual.chars().count() <= chars {
        return usual;
    }
    let shorter = abbreviated(name, true);
    if shorter.chars().count() <= chars {
        return shorter;
    }
    // A term, a year or a congress at the end tells it from others of the same words.
    let end = shorter.rsplit_once(' ').map_or("", |(_, end)| end);
    let tells = end.chars().any(|char| char.is_ascii_digit()) || end.starts_with('(') || is_roman(end);
    let left = chars.saturating_sub(end.chars().count() + 2);
    if tells && left > chars / 2 {
        format!("{} {end}", cut(&shorter[..shorter.len() - end.len()], left))
    } else {
        cut(&shorter, chars)
    }
}

/// Returns true if the word is a Roman numeral.
fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|char| "IVXL".contains(char))
}

/// A word of a name, and the text before it.
struct Word<'n> {
    before: &'n str,
    written: &'n str,
    exact: String,
    folded: String,
}

/// Returns the words of a name, and the text after the last.
fn words(name: &str) -> (Vec<Word<'_>>, &str) {
    let mut found = Vec::new();
    let mut tokens = Tokens::new(name);
    let mut at = 0;
    while let Some(token) = tokens.advance() {
        // The parts of a symbol or date come after the whole, which is one word here.
        if token.span.start < at {
            continue;
        }
        found.push(Word {
            before: &name[at..token.span.start],
            written: token.span.slice(name),
            exact: tokens.exact().to_owned(),
            folded: tokens.folded().to_owned(),
        });
        at = token.span.end;
    }
    (found, &name[at..])
}

/// Returns a name in short forms; with `shorter`, those of [`SHORTER_FORMS`] too.
fn abbreviated(name: &str, shorter: bool) -> String {
    let (words, after) = words(name);
    let mut short = String::new();
    let mut at = 0;
    while at < words.len() {
        let (form, taken) = form_at(&words, at, shorter).unwrap_or_else(|| (words[at].written.to_owned(), 1));
        let gap = gap(&words, at);
        if !(form.is_empty() || short.is_empty()) {
            // Nothing stands between a plenum and its number: TW4.
            let is_plenum = short.ends_with(" TW") && form.len() < 3 && form.bytes().all(|byte| byte.is_ascii_digit());
            short.push_str(if is_plenum { "" } else { gap });
        }
        short.push_str(&form);
        at += taken;
    }
    short.push_str(after);
    // "NQ ĐH XIV của Đảng": whose it is goes without saying after a congress.
    let of_party = short.strip_suffix(" của Đảng").filter(|rest| {
        let last = rest.rsplit(' ').next().unwrap_or("");
        is_roman(last)
    });
    of_party.map_or_else(|| short.clone(), str::to_owned)
}

/// Returns the text between a word and the one before it; years of a term have no blanks around their hyphen.
fn gap<'n>(words: &[Word<'n>], at: usize) -> &'n str {
    let word = &words[at];
    let is_number = |word: &Word<'_>| word.written.bytes().all(|byte| byte.is_ascii_digit());
    let joins = matches!(word.before.trim(), "-" | "–");
    if joins && at > 0 && is_number(word) && is_number(&words[at - 1]) {
        "-"
    } else {
        word.before
    }
}

/// Returns the short form of the words from `at` on, and the number of these; the longest that any table has.
fn form_at(words: &[Word<'_>], at: usize, shorter: bool) -> Option<(String, usize)> {
    let tables = Tables::get();
    if !tables.may_begin_with(&words[at]) {
        return None;
    }
    if let Some(found) = plenum_at(words, at).or_else(|| congress_at(words, at)) {
        return Some(found);
    }
    let longest = LONGEST.min(words.len() - at);
    (1..=longest).rev().find_map(|len| {
        // A name goes over commas and hyphens, but over nothing that ends a clause.
        let mut inner = words[at + 1..at + len].iter();
        if inner.any(|word| word.before.contains(['(', ')', ';', '.', '"', '/'])) {
            return None;
        }
        let exact = run(words, at, len)?;
        let usual = tables.usual.get(&exact).copied();
        let form = usual.or_else(|| tables.shorter.get(&exact).copied().filter(|_| shorter));
        // A type word begins a name, or has a capital: "quyết định" may be a verb.
        let is_name = at == 0 || words[at].written.starts_with(char::is_uppercase);
        let form = form.or_else(|| tables.types.get(&exact).copied().filter(|_| is_name));
        let form = form.map(str::to_owned).or_else(|| of_genre(words, at, len, &exact));
        form.map(|form| (form, len))
    })
}

/// The most words that a short form stands for.
const LONGEST: usize = 9;

/// Returns `len` words from `at` on in the form that names are compared in; `None` if there are not so many.
fn run(words: &[Word<'_>], at: usize, len: usize) -> Option<String> {
    let run = words.get(at..at + len)?.iter().map(|word| word.exact.as_str());
    Some(run.collect::<Vec<_>>().join(" "))
}

/// The tables by their words, in the form that names are compared in.
struct Tables {
    /// [`SHORT_FORMS`].
    usual: HashMap<String, &'static str>,
    /// [`SHORTER_FORMS`].
    shorter: HashMap<String, &'static str>,
    /// The letters of type words.
    types: HashMap<String, &'static str>,
    /// [`ORDINALS`].
    ordinals: HashMap<String, &'static str>,
    /// The first words of all rows.
    first_words: HashSet<String>,
}

impl Tables {
    /// Returns the tables.
    fn get() -> &'static Self {
        static TABLES: LazyLock<Tables> = LazyLock::new(Tables::new);
        &TABLES
    }

    /// Reads the tables.
    fn new() -> Self {
        let by_words = |rows: &mut dyn Iterator<Item = ShortForm>| -> HashMap<String, &'static str> {
            rows.map(|(long, short)| (compared(long), short)).collect()
        };
        let coded = TYPE_WORDS.iter().filter(|word| word.code().chars().count() > 1);
        let usual = by_words(&mut SHORT_FORMS.iter().copied());
        let shorter = by_words(&mut SHORTER_FORMS.iter().copied());
        let types = by_words(&mut coded.map(|word| (word.written, word.code())));
        let longs = usual.keys().chain(shorter.keys()).chain(types.keys());
        let plenum = compared(PLENUM[0]);
        let first_words = longs.chain([&plenum]).filter_map(|long| long.split(' ').next());
        let first_words = first_words.map(str::to_owned).collect();
        Self {
            usual,
            shorter,
            types,
            ordinals: by_words(&mut ORDINALS.iter().copied()),
            first_words,
        }
    }

    /// Returns true if a short form may stand for a run that begins with this word.
    fn may_begin_with(&self, word: &Word<'_>) -> bool {
        word.folded == CONGRESS
            || self.first_words.contains(&word.exact)
            || Abbreviations::shipped().may_begin_with(&word.folded)
    }
}

/// Returns words in the form that names are compared in.
fn compared(words: &str) -> String {
    NameForm::new(words).exact.join(" ")
}

/// Returns the abbreviation of the genre for these words.
fn of_genre(words: &[Word<'_>], at: usize, len: usize, exact: &str) -> Option<String> {
    if len < 2 {
        return None;
    }
    let folded: Vec<&str> = words[at..at + len].iter().map(|word| word.folded.as_str()).collect();
    let folded = folded.join(" ");
    let mut named = Abbreviations::shipped().named(&folded);
    named.find_map(|(form, mut others)| {
        let is_name = form.written.chars().any(char::is_lowercase) && form.exact.join(" ") == exact;
        others.next().filter(|_| is_name).map(|short| short.written.clone())
    })
}

/// Returns the short form of a plenum with its ordinal in words: `TW4` of "Hội nghị lần thứ tư Ban Chấp hành Trung ương".
fn plenum_at(words: &[Word<'_>], at: usize) -> Option<(String, usize)> {
    let [before, after] = PLENUM.map(compared);
    let [first, last] = [&before, &after].map(|words| words.split(' ').count());
    if run(words, at, first)? != before {
        return None;
    }
    [2, 1].into_iter().find_map(|len| {
        let number = Tables::get().ordinals.get(&run(words, at + first, len)?)?;
        let is_plenum = run(words, at + first + len, last)? == after;
        is_plenum.then(|| (format!("TW{number}"), first + len + last))
    })
}

/// The word for a congress by its number, folded: khóa.
const CONGRESS: &str = "khoa";

/// Returns the short form of the congress in whose term something was issued: `(XII)` of "khóa XII".
fn congress_at(words: &[Word<'_>], at: usize) -> Option<(String, usize)> {
    let numeral = words.get(at + 1).filter(|word| is_roman(word.written))?;
    (words[at].folded == CONGRESS).then(|| (format!("({})", numeral.written), 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::Register;
    use crate::text::fold;

    #[test]
    fn names_are_shortened_as_people_shorten_them() {
        for (name, short) in [
            ("21-NQ/TW", "21-NQ/TW"),
            ("202/2025/QH15", "202/2025/QH15"),
            ("Nghị quyết Trung ương 4 khóa XII", "NQ TW4 (XII)"),
            ("Nghị quyết Trung ương 6 (lần 2) khóa VIII", "NQ TW6 (lần 2) (VIII)"),
            (
                "Nghị quyết Hội nghị lần thứ mười hai Ban Chấp hành Trung ương khóa XIII",
                "NQ TW12 (XIII)",
            ),
            ("Kết luận Trung ương 14 khóa XIII", "KL TW14 (XIII)"),
            ("Nghị quyết Đại hội XIV của Đảng", "NQ ĐH XIV"),
            (
                "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng",
                "NQ ĐH XIII",
            ),
            ("Điều lệ Đảng", "Điều lệ Đảng"),
            ("Điều lệ Đảng khóa XI", "Điều lệ Đảng (XI)"),
            ("Luật Đất đai", "Luật Đất đai"),
            ("Quy định 144", "QĐ 144"),
            ("Chỉ thị 05", "CT 05"),
            ("Báo cáo chính trị", "BC chính trị"),
            ("Quy chế làm việc của Đảng ủy", "QC làm việc của ĐU"),
            (
                "Chiến lược phát triển kinh tế - xã hội 2021-2030",
                "Chiến lược phát triển KT-XH 2021-2030",
            ),
            (
                "Nghị quyết Đại hội Đảng bộ thành phố Cần Thơ nhiệm kỳ 2025 - 2030",
                "NQ ĐH Đảng bộ TP Cần Thơ 2025-2030",
            ),
            ("Nghị quyết của Bộ Chính trị, Ban Bí thư", "NQ của BCT, BBT"),
            (
                "Kế hoạch thực hiện Nghị quyết số 21-NQ/TW",
                "KH thực hiện NQ số 21-NQ/TW",
            ),
            ("Kết luận ngày 16/6/2022", "KL ngày 16/6/2022"),
            ("Quy chế bầu cử trong Đảng", "QC bầu cử trong Đảng"),
            // Letters that stand for a noun are none for a verb.
            ("Văn bản về việc quyết định đầu tư", "Văn bản về việc quyết định đầu tư"),
        ] {
            assert_eq!(short_name(name, 40), short, "{name}");
        }
    }

    #[test]
    fn a_name_that_is_too_long_is_cut_and_keeps_what_tells_it_from_others() {
        let congress = "Nghị quyết Đại hội Đảng bộ thành phố Cần Thơ nhiệm kỳ 2025-2030";
        assert_eq!(short_name(congress, 32), "NQ ĐH ĐB TP Cần Thơ 2025-2030");
        let offices = "Nghị quyết Đại hội Đảng bộ các cơ quan Đảng thành phố Cần Thơ nhiệm kỳ 2020-2025";
        assert_eq!(short_name(offices, 32), "NQ ĐH ĐB các CQ Đảng… 2020-2025");
        let endless = "đ".repeat(60);
        assert_eq!(short_name(&endless, 10).chars().count(), 11, "cut, and shown so");
    }

    #[test]
    fn no_name_of_the_register_gets_letters_of_no_table() {
        let register = Register::shipped();
        let names = register
            .rows()
            .iter()
            .flat_map(|row| row.names.iter().chain([&row.key]));
        let known = |word: &str| {
            let forms = SHORT_FORMS.iter().chain(SHORTER_FORMS).map(|(_, short)| *short);
            let codes = TYPE_WORDS.iter().map(crate::symbol::TypeWord::code);
            let has = |mut words: Vec<&str>| words.contains(&word) || words.iter_mut().any(|short| *short == word);
            has(forms.chain(codes).collect()) || Abbreviations::shipped().named(&fold(word)).next().is_some()
        };
        let mut count = 0;
        for name in names {
            for word in short_name(name, 30).split([' ', '(', ')', ',', '…']) {
                let is_letters = word.chars().count() > 1 && word.chars().all(char::is_uppercase);
                if is_letters && !is_roman(word) && !name.contains(word) {
                    count += 1;
                    assert!(known(word), "{name}: {word}");
                }
            }
        }
        assert!(count > 200, "{count}");
    }

    #[test]
    fn a_document_is_labeled_by_its_kind_and_issuer() {
        let mut parsed = crate::record::Parsed::default();
        let metadata = &mut parsed.document.metadata;
        metadata.title = Some("Báo cáo chính trị đại hội".to_owned());
        let named = |parsed: &crate::record::Parsed| short_name(&label(&parsed.document_record()), 60);
        assert_eq!(named(&parsed), "BC chính trị đại hội".replace("đại hội", "ĐH"));
        let metadata = &mut parsed.document.metadata;
        metadata.kind = Some("báo cáo chính trị".to_owned());
        metadata.province = Some("Cần Thơ".to_owned());
        assert_eq!(named(&parsed), "BC chính trị Cần Thơ");
        let metadata = &mut parsed.document.metadata;
        metadata.issuer = Some("Đảng ủy các cơ quan Đảng".to_owned());
        metadata.superior = Some("Đảng bộ thành phố Cần Thơ".to_owned());
        assert_eq!(named(&parsed), "BC chính trị ĐU các cơ quan Đảng TP Cần Thơ");
        let metadata = &mut parsed.document.metadata;
        metadata.issuer = Some("Đảng ủy Hội đồng nhân dân thành phố Cần Thơ".to_owned());
        assert_eq!(named(&parsed), "BC chính trị ĐU HĐND TP Cần Thơ");
    }

    #[test]
    fn no_two_short_names_are_alike() {
        assert_eq!(
            short_names(["Luật Đất đai 1", "Luật Đất đai 1"], 20),
            ["Luật Đất đai 1", "Luật Đất đai 1 (2)"]
        );
    }
}
