//! Short names where there is no room for whole ones: made by rule, told apart, the whole name never far.

use std::collections::HashMap;

use super::text::cut;
use crate::record::DocumentRecord;
use crate::render::terminal::documents::document_name;

/// Short names for these, each of at most about `chars` chars and no two alike.
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

/// What tells a document from others in a few words: its type by its initials, and whose it is; its name where that is
/// not known.
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

/// A name of at most `chars` chars: words from its beginning on become their initials until it fits, because what
/// tells names apart stands behind ("NQĐHĐB toàn quốc lần thứ XIII"); numbers and what is
/// an abbreviation already stay whole.
fn short(name: &str, chars: usize) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let fits = (0..=words.len()).map(|initials| abbreviated(&words, initials));
    let short = fits.into_iter().find(|short| short.chars().count() <= chars);
    short.unwrap_or_else(|| cut(&abbreviated(&words, words.len()), chars))
}

/// The words, the first `initials` of them by their initials.
fn abbreviated(words: &[&str], initials: usize) -> String {
    let mut short = String::new();
    let mut open = false; // may the next initial join on?
    for (position, word) in words.iter().enumerate() {
        let is_number =
            word.chars().any(|char| char.is_ascii_digit()) || is_capitals(word) || !word.contains(char::is_alphabetic);
        // One word saves nothing by itself: initials begin with two.
        let is_initial = position < initials && initials > 1 && !is_number;
        if !(short.is_empty() || is_initial && open) {
            short.push(' ');
        }
        if is_initial {
            let initial = word.chars().find(|char| char.is_alphabetic());
            short.extend(initial.into_iter().flat_map(char::to_uppercase));
        } else {
            short.push_str(word);
        }
        open = is_initial;
    }
    short
}

/// A roman number, or an abbreviation.
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
    fn a_document_is_labelled_by_its_type_and_whose_it_is() {
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
