//! Short names for charts: abbreviated by rule and distinct. The chart shows the whole name as a tooltip.

use std::collections::HashMap;

use super::text::cut;
use crate::record::{DocumentRecord, document_name};

/// Returns short names for `names`, in their order, each of about `chars` chars at most. Equal ones get a number.
pub(crate) fn short_names<'n>(names: impl IntoIterator<Item = &'n str>, chars: usize) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let names = names.into_iter().map(|name| {
        let short = short(name, chars);
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

/// Returns a short label of a document: the initials of its kind and its issuer or province (`BCCT Cần Thơ`), or its
/// name if these are unknown.
pub(crate) fn label(record: &DocumentRecord) -> String {
    let words = record.kind.as_deref().unwrap_or("").split_whitespace();
    let initials: String = words
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect();
    match record.issuer.as_deref().or(record.province.as_deref()) {
        Some(whose) if !initials.is_empty() => format!("{initials} {whose}"),
        _ => document_name(record).to_owned(),
    }
}

/// Shortens a name to `chars` chars. Words become initials from the beginning on until it fits, because names differ at
/// their end ("NQĐHĐB toàn quốc lần thứ XIII"). Numbers and abbreviations stay whole.
fn short(name: &str, chars: usize) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let fits = (0..=words.len()).map(|initials| abbreviated(&words, initials));
    let short = fits.into_iter().find(|short| short.chars().count() <= chars);
    short.unwrap_or_else(|| cut(&abbreviated(&words, words.len()), chars))
}

/// Joins the words, the first `initials` of them as initials.
fn abbreviated(words: &[&str], initials: usize) -> String {
    let mut short = String::new();
    // True if the next initial follows the last one without a blank: "NQĐHĐB".
    let mut after_initial = false;
    for (position, word) in words.iter().enumerate() {
        let is_number =
            word.chars().any(|char| char.is_ascii_digit()) || is_capitals(word) || !word.contains(char::is_alphabetic);
        // A single initial would save next to nothing, so there are at least two.
        let is_initial = position < initials && initials > 1 && !is_number;
        if !(short.is_empty() || is_initial && after_initial) {
            short.push(' ');
        }
        if is_initial {
            let initial = word.chars().find(|char| char.is_alphabetic());
            short.extend(initial.into_iter().flat_map(char::to_uppercase));
        } else {
            short.push_str(word);
        }
        after_initial = is_initial;
    }
    short
}

/// Returns true if the word is a Roman numeral or an abbreviation.
fn is_capitals(word: &str) -> bool {
    word.chars().all(char::is_uppercase) && (word.chars().count() > 1 || "IVXLC".contains(word))
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_becomes_initials_from_its_beginning() {
        assert_eq!(short("21-NQ/TW", 22), "21-NQ/TW");
        let name = "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng";
        assert_eq!(short(name, 40), "NQĐHĐB toàn quốc lần thứ XIII của Đảng");
        assert_eq!(short(name, 22), "NQĐHĐBTQLT XIII C Đảng");
        assert_eq!(short("Điều lệ Đảng", 22), "Điều lệ Đảng");
        let endless = "đ".repeat(60);
        assert_eq!(short(&endless, 10).chars().count(), 11, "cut, and shown so");
        assert_eq!(short(&"21-NQ/TW ".repeat(9), 12), "21-NQ/TW…");
    }

    #[test]
    fn a_document_is_labeled_by_its_kind_and_issuer() {
        let mut parsed = crate::record::Parsed::default();
        parsed.document.metadata.title = Some("Báo cáo chính trị đại hội".to_owned());
        assert_eq!(label(&parsed.document_record()), "Báo cáo chính trị đại hội");
        parsed.document.metadata.kind = Some("báo cáo chính trị".to_owned());
        parsed.document.metadata.province = Some("Cần Thơ".to_owned());
        assert_eq!(label(&parsed.document_record()), "BCCT Cần Thơ");
        assert_eq!(short("BCCT Đảng ủy các cơ quan Đảng", 20), "BCCT ĐỦCC quan Đảng");
    }

    #[test]
    fn no_two_short_names_are_alike() {
        assert_eq!(
            short_names(["Quy định về kỷ luật", "Quy chế về kiểm tra"], 6),
            ["QĐVKL", "QCVKT"]
        );
        assert_eq!(
            short_names(["Luật Đất đai 1", "Luật Đất đai 1"], 20),
            ["Luật Đất đai 1", "Luật Đất đai 1 (2)"]
        );
    }
}
