//! Documents of the Party cited by name: the charter and the regulation that puts it into force, the regulation on
//! things forbidden to members, the platforms.

use super::super::mention::DocumentMention;
use super::super::tail::year_after;
use super::super::tokens::{PassageWords, close_bracket, is_of};
use crate::document::PartialDate;
use crate::symbol::Kind;

/// Returns the regulation "Quy định về những điều đảng viên không được làm" whose type word is at word `at` and ends
/// before word `rest`.
pub(super) fn forbidden_things_at(words: &PassageWords<'_>, at: usize, rest: usize) -> Option<DocumentMention> {
    /// "điều đảng viên không được làm", folded.
    const THINGS: &[&str] = &["dieu", "dang", "vien", "khong", "duoc", "lam"];
    let about = words.skip(rest, &["ve"]);
    // Scans misread "những" in many ways, and a count may take its place ("19 điều").
    let first = (about..=about + 1).find(|&first| first > rest && words.phrase(first, THINGS).is_some())?;
    if !words.joined(first) {
        return None;
    }
    let end = first + THINGS.len();
    let name = "Quy định về những điều đảng viên không được làm";
    let mut mention = DocumentMention::named(words.slice(at, end), Kind::QuyDinh, name, end);
    mention.subject = Some(words.slice(rest, end));
    Some(mention)
}

/// Returns the charter of the Party, "Điều lệ Đảng (Cộng sản Việt Nam)" or "Điều lệ của Đảng", whose type word is at word
/// `at` and ends before word `rest`.
pub(super) fn charter_at(words: &PassageWords<'_>, at: usize, rest: usize) -> Option<DocumentMention> {
    let of = if is_of(words, rest) && words.joined(rest) {
        rest + 1
    } else {
        rest
    };
    let party = words.skip(of, &["dang"]);
    let end = words.skip(party, &["cong", "san", "viet", "nam"]);
    // "điều lệ đảng viên" is no charter, "điều lệ đang" no name.
    let person = matches!(words.folded(party), "vien" | "doan") && words.joined(party);
    let named = party > of && (words.is_damaged() || matches!(words.word(of), "Đảng" | "đảng" | "ĐẢNG"));
    (named && !person).then(|| DocumentMention::named(words.slice(at, end), Kind::DieuLe, "Điều lệ Đảng", end))
}

/// Returns the regulation "Quy định (về) thi hành Điều lệ Đảng" whose type word is at word `at` and ends before word
/// `rest`. "việc thi hành Điều lệ Đảng" cites the charter itself.
pub(super) fn charter_rules_at(words: &PassageWords<'_>, at: usize, rest: usize) -> Option<DocumentMention> {
    let about = words.skip(rest, &["ve"]);
    let about = words.skip(about, &["viec"]);
    let charter = words.skip(about, &["thi", "hanh", "dieu", "le"]);
    let party = words.skip(charter, &["dang"]);
    let end = words.skip(party, &["cong", "san", "viet", "nam"]);
    let name = "Quy định thi hành Điều lệ Đảng";
    (charter > about && party > charter).then(|| DocumentMention::named(words.slice(at, end), Kind::QuyDinh, name, end))
}

/// Returns the platform of the Party that begins at word `at`: "Cương lĩnh chính trị", "Cương lĩnh năm 1991", "Cương lĩnh
/// xây dựng đất nước trong thời kỳ quá độ lên chủ nghĩa xã hội (bổ sung, phát triển năm 2011)".
///
/// The platform of 1991 and the version of 2011 are two documents; without a year either may be meant.
pub(super) fn platform_at(words: &PassageWords<'_>, at: usize) -> Option<DocumentMention> {
    /// The rest of the long name, folded; its last four words may be abbreviated.
    const LONG: &[&str] = &[
        "xay", "dung", "dat", "nuoc", "trong", "thoi", "ky", "qua", "do", "len", "chu", "nghia", "xa", "hoi",
    ];
    if words.folded(at) != "cuong" && words.folded(at + 1) != "linh" {
        return None;
    }
    let rest = words.phrase(at, &["cuong", "linh"]).filter(|_| words.is_capital(at))?;
    let mut end = words.skip(rest, &["chinh", "tri"]);
    // The first platform, of 1930, is another document.
    if words.skip(end, &["dau", "tien"]) > end {
        let end = end + 2;
        let name = "Cương lĩnh chính trị đầu tiên";
        return Some(DocumentMention::named(words.slice(at, end), Kind::Other, name, end));
    }
    if end == rest {
        let short = [&LONG[..LONG.len() - 4], &["cnxh"]].concat();
        end = words.skip(rest, LONG).max(words.skip(rest, &short));
    }
    let mut span = words.slice(at, end);
    let year = platform_year_at(words, end);
    let mut date = None;
    if let Some((year, next)) = year {
        date = Some(year);
        span = words.slice(at, next);
        close_bracket(words, &mut span, next);
        end = next;
    }
    // "Đại hội VI chưa có Cương lĩnh riêng": the bare word names the platform in force only beside the charter or the
    // Party.
    if end == rest && !stands_beside_charter(words, end) {
        return None;
    }
    let name = match date.map(PartialDate::year) {
        Some(year @ (1991 | 2011)) => format!("Cương lĩnh {year}"),
        _ => "Cương lĩnh chính trị".to_owned(),
    };
    let mut mention = DocumentMention::named(span, Kind::Other, name, end);
    mention.date = date;
    Some(mention)
}

/// Returns true if "của Đảng", or a list with the charter or the Party's guidelines, goes on at word `next`.
fn stands_beside_charter(words: &PassageWords<'_>, next: usize) -> bool {
    let of = if is_of(words, next) { next + 1 } else { next };
    let party = words.joined(of) && matches!(words.word(of), "Đảng" | "đảng" | "ĐẢNG");
    let and = next + usize::from(words.folded(next) == "va");
    let listed = matches!(words.gap(next).trim(), "," | "") && (and > next || words.gap(next).trim() == ",");
    let fellow = [
        &["dieu", "le"],
        &["duong", "loi"],
        &["nghi", "quyet"],
        &["van", "kien"],
        &["chien", "luoc"],
    ];
    party || listed && fellow.iter().any(|fellow| words.phrase(and, *fellow).is_some())
}

/// Reads at word `at` the year of a platform, "năm 1991", "2011" or "(bổ sung, phát triển năm 2011)", and returns it with
/// the word after it.
fn platform_year_at(words: &PassageWords<'_>, at: usize) -> Option<(PartialDate, usize)> {
    /// "bổ sung, phát triển", folded.
    const ADDED: [&str; 4] = ["bo", "sung", "phat", "trien"];
    let added = matches!(words.gap(at).trim(), "(" | "" | ",")
        && ADDED
            .iter()
            .enumerate()
            .all(|(offset, word)| words.says(at + offset, word));
    let from = if added { at + ADDED.len() } else { at };
    // The year may also be alone in brackets: "Cương lĩnh (2011)".
    let alone = words.gap(at).trim() == "(" && words.gap(at + 1).starts_with(')');
    let year = match year_after(words, from) {
        (Some(year), next) => Some((year, next)),
        _ if alone => words
            .word(at)
            .parse()
            .ok()
            .and_then(|year| PartialDate::new(year, None, None))
            .map(|year| (year, at + 1)),
        _ => None,
    }?;
    (added || matches!(year.0.year(), 1991 | 2011)).then_some(year)
}
