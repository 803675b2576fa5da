//! Citations of a document and of a place in it, as party staff write them: symbol and date in Vietnamese form,
//! sections by their labels, then footnote and page.

use maud::{Markup, html};

use super::text::{capitalized, cut};
use crate::document::Section;
use crate::http::page::shell::untrusted::Untrusted;
use crate::record::{DocumentRecord, Parsed, PassageRecord, document_name};
use crate::render::language::dates::date_text;
use crate::render::language::labels::symbol_text;
use crate::render::language::{Strings, fill};
use crate::text::{clean, fold};

/// Maximum length in chars of a heading that names its section, if no section around it has a label.
const MAX_HEADING_CHARS: usize = 80;

/// Returns the citation of a document as offices write it: `Báo cáo số 12-BC/ĐU, ngày 28/02/2025 của Đảng ủy A`, as far
/// as these facts are known. Where its symbol is not whole, its name tells which document it is.
pub(crate) fn document(strings: &Strings, record: &DocumentRecord) -> String {
    let name = document_name(record);
    let number = record
        .number
        .as_deref()
        .map(|number| fill(strings.symbol_of, &[&symbol_text(number)]));
    let mut cited = match (&record.kind, number) {
        (Some(kind), Some(number)) if record.own_symbol.is_some() || fold(kind) == fold(name) => {
            format!("{} {number}", capitalized(kind))
        }
        (_, Some(number)) => format!("{name}, {number}"),
        (_, None) => name.to_owned(),
    };
    if let Some(date) = &record.date {
        cited.push_str(", ");
        cited.push_str(&fill(day_template(strings, date), &[&date_text(date)]));
    }
    // A name often tells whose document it is.
    if let Some(issuer) = record
        .issuer
        .as_deref()
        .filter(|issuer| !fold(&cited).contains(&fold(issuer)))
    {
        cited.push(' ');
        cited.push_str(&fill(strings.of_issuer, &[&issuer]));
    }
    clean(&cited).into_owned()
}

/// Returns the words for a date as far as it is known: `ngày {}`, `tháng {}`, `năm {}`.
pub(crate) fn day_template(strings: &Strings, iso: &str) -> &'static str {
    match iso.split('-').count() {
        1 => strings.dated_year,
        2 => strings.dated_month,
        _ => strings.dated,
    }
}

/// Renders a date, with its ISO form as an attribute.
pub(crate) fn date(iso: &str) -> Markup {
    html! { time datetime=(Untrusted(iso)) { (Untrusted(&date_text(iso))) } }
}

/// Returns the citation of a passage: `mục 2.4 phần I, chú thích 1, trang 5`, with a remark if a machine read its words
/// from a scan.
pub(crate) fn place(strings: &Strings, parsed: &Parsed, index: usize, record: &PassageRecord) -> String {
    let passage = parsed.document.passages.get(index);
    let mut parts: Vec<String> = Vec::new();
    parts.extend(
        passage
            .and_then(|passage| passage.section)
            .and_then(|section| cite_sections(strings, &section_chain(parsed, section))),
    );
    parts.extend(
        passage
            .and_then(|passage| passage.footnote)
            .map(|number| fill(strings.note, &[&number])),
    );
    parts.push(fill(strings.page, &[&record.page]));
    let mut place = parts.join(", ");
    if record.repaired.is_some() {
        place.push_str("; ");
        place.push_str(strings.scanned_place);
    }
    clean(&place).into_owned()
}

/// Returns a section and those around it, innermost first.
fn section_chain(parsed: &Parsed, section: usize) -> Vec<&Section> {
    let sections = &parsed.document.sections;
    let chain = std::iter::successors(Some(section), |&at| sections.get(at).and_then(|section| section.parent));
    chain.filter_map(|at| sections.get(at)).collect()
}

/// Returns the citation of the innermost of these sections, or `None` if none of them has a label or a title.
fn cite_sections(strings: &Strings, chain: &[&Section]) -> Option<String> {
    // A label of punctuation only ("-", "+") names nothing. A dotted label already names the sections around it: in
    // "2.4", section "2" is included.
    let mut labels: Vec<&str> = Vec::new();
    for section in chain {
        let label = section.label.trim_matches(|char: char| !char.is_alphanumeric());
        let is_included = labels
            .last()
            .and_then(|inner| inner.strip_prefix(label))
            .is_some_and(|rest| rest.starts_with('.'));
        if !label.is_empty() && !is_included {
            labels.push(label);
        }
    }
    let outermost = labels.len().saturating_sub(1);
    let named: Vec<String> = (0..)
        .zip(&labels)
        .map(|(at, label)| with_section_word(strings, label, at == outermost))
        .collect();
    if !named.is_empty() {
        return Some(named.join(strings.at_inside));
    }
    let title = chain
        .iter()
        .map(|section| section.title.trim())
        .find(|title| !title.is_empty())?;
    Some(fill(strings.at_titled, &[&cut(title, MAX_HEADING_CHARS)]))
}

/// Returns a label with the word for sections of its form: `phần` (part), `mục` (section) or `điểm` (point).
fn with_section_word(strings: &Strings, label: &str, is_outermost: bool) -> String {
    if let Some((word, number)) = label.split_once(char::is_whitespace) {
        // The label contains the word itself: "PHẦN I", "Phần thứ nhất".
        return format!(
            "{} {}",
            word.to_lowercase(),
            if is_roman(number) {
                number.to_owned()
            } else {
                number.to_lowercase()
            }
        );
    }
    let is_letter = label.chars().count() == 1 && label.chars().all(char::is_alphabetic);
    let is_capital = is_letter && label.chars().all(char::is_uppercase);
    let called = if is_outermost && (is_capital || is_roman(label)) {
        strings.at_part
    } else if is_letter && !is_capital {
        strings.at_point
    } else {
        strings.at_section
    };
    fill(called, &[&label])
}

/// Returns true if the label is a Roman numeral.
fn is_roman(label: &str) -> bool {
    !label.is_empty() && label.chars().all(|char| "IVXLC".contains(char))
}
#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::SectionKind;
    use crate::render::language::Lang;
    use crate::text::Span;

    fn section(label: &str, title: &str) -> Section {
        Section {
            path: vec![1],
            parent: None,
            label: label.to_owned(),
            title: title.to_owned(),
            kind: SectionKind::Khac,
            term: None,
            page: 1,
            heading: None,
            span: Span::default(),
        }
    }

    #[test]
    fn a_section_is_cited_by_its_labels_without_their_signs() {
        for (labels, cited) in [
            (&["2.4.", "2.", "I."][..], "mục 2.4 phần I"),
            (&["-", "(3)", "PHẦN II"], "mục 3 phần II"),
            (&["a)", "1.", "B"], "điểm a mục 1 phần B"),
            (&["I.", "Phần thứ nhất"], "mục I phần thứ nhất"),
            (&["+", ""], "mục “KẾT QUẢ”"),
        ] {
            let chain: Vec<Section> = labels.iter().map(|label| section(label, "KẾT QUẢ")).collect();
            let chain: Vec<&Section> = chain.iter().collect();
            assert_eq!(
                cite_sections(Lang::Vi.strings(), &chain).as_deref(),
                Some(cited),
                "{labels:?}"
            );
        }
        assert_eq!(cite_sections(Lang::Vi.strings(), &[&section("-", " ")]), None);
        let chain = [&section("2.4", "x"), &section("I", "y")];
        assert_eq!(
            cite_sections(Lang::En.strings(), &chain).as_deref(),
            Some("section 2.4, part I")
        );
    }

    #[test]
    fn a_document_is_cited_by_name_symbol_and_date() {
        let mut parsed = Parsed::default();
        parsed.document.metadata.title = Some("Báo cáo".to_owned());
        parsed.document.metadata.kind = Some("báo cáo".to_owned());
        parsed.document.metadata.number = Some("12-BC/ĐU".to_owned());
        let bare = document(Lang::Vi.strings(), &parsed.document_record());
        assert_eq!(bare, "Báo cáo số 12-BC/ĐU");
        parsed.document.metadata.title = Some("Báo cáo kết quả công tác năm 2024".to_owned());
        parsed.document.metadata.issuer = Some("Đảng ủy xã An Phú".to_owned());
        parsed.document.metadata.date = "2025-02-28".parse().ok();
        let whole = document(Lang::Vi.strings(), &parsed.document_record());
        assert_eq!(whole, "Báo cáo số 12-BC/ĐU, ngày 28/02/2025 của Đảng ủy xã An Phú");
        parsed.document.metadata.date = "2025-02".parse().ok();
        parsed.document.metadata.title = Some("Báo cáo chính trị".to_owned());
        parsed.document.metadata.number = Some("-BC/ĐU".to_owned());
        let named = document(Lang::Vi.strings(), &parsed.document_record());
        assert_eq!(
            named,
            "Báo cáo chính trị, số …-BC/ĐU, tháng 02/2025 của Đảng ủy xã An Phú"
        );
        // The title names the issuer already.
        parsed.document.metadata.title = Some("Báo cáo chính trị của Đảng ủy xã An Phú".to_owned());
        parsed.document.metadata.number = None;
        let named = document(Lang::Vi.strings(), &parsed.document_record());
        assert_eq!(named, "Báo cáo chính trị của Đảng ủy xã An Phú, tháng 02/2025");
    }
}
