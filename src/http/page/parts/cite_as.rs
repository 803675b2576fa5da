//! How people cite a document and a place in it: symbols and dates as they are written in Vietnamese, sections by
//! their labels, then note and page.

use maud::{Markup, html};

use super::text::cut;
use crate::document::Section;
use crate::http::page::shell::language::{Strings, fill};
use crate::http::page::shell::untrusted::Untrusted;
use crate::record::{DocumentRecord, Parsed, PassageRecord};
use crate::render::terminal::documents::document_name;
use crate::text::{clean, fold};

/// Most chars of a heading that stands for its section, where no section around has a label.
const HEADING_CHARS: usize = 80;

/// A document as it is cited: its name, with symbol and date where they are known.
pub(crate) fn document(strings: &Strings, record: &DocumentRecord) -> String {
    let name = document_name(record);
    let mut cited = clean(name).into_owned();
    if let Some(number) = &record.number {
        // A name that is the bare type takes its symbol as any text writes it: "Báo cáo số 12-BC/ĐU".
        let is_bare = record.kind.as_deref().is_some_and(|kind| fold(kind) == fold(name));
        cited.push_str(if is_bare { " " } else { ", " });
        cited.push_str(&fill(strings.symbol_of, &[&clean(&symbol(number))]));
    }
    if let Some(date) = &record.date {
        cited.push(' ');
        cited.push_str(&fill(strings.dated, &[&date_text(date)]));
    }
    cited
}

/// A symbol as it is shown: one whose digits are missing in the source says so.
pub(crate) fn symbol(number: &str) -> String {
    if number.starts_with(['-', '/']) {
        format!("…{number}")
    } else {
        number.to_owned()
    }
}

/// A date as it is written in Vietnamese: `16/6/2022` for `2022-06-16`, as much of it as is known.
pub(crate) fn date_text(iso: &str) -> String {
    let parts: Vec<&str> = iso.split('-').collect();
    if parts.iter().any(|part| part.parse::<u32>().is_err()) {
        return iso.to_owned();
    }
    let parts: Vec<&str> = parts.iter().rev().map(|part| part.trim_start_matches('0')).collect();
    parts.join("/")
}

/// A date with its form for programs.
pub(crate) fn date(iso: &str) -> Markup {
    html! { time datetime=(Untrusted(iso)) { (Untrusted(&date_text(iso))) } }
}

/// Where a passage stands, as it is cited: `mục 2.4 phần I, chú thích 1, trang 5`, and whether its words are those of
/// a machine.
pub(crate) fn place(strings: &Strings, parsed: &Parsed, index: usize, record: &PassageRecord) -> String {
    let passage = parsed.document.passages.get(index);
    let mut parts: Vec<String> = Vec::new();
    parts.extend(
        passage
            .and_then(|passage| passage.section)
            .and_then(|section| sections(strings, &around(parsed, section))),
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

/// A section and those around it, innermost first.
fn around(parsed: &Parsed, section: usize) -> Vec<&Section> {
    let sections = &parsed.document.sections;
    let chain = std::iter::successors(Some(section), |&at| sections.get(at).and_then(|section| section.parent));
    chain.filter_map(|at| sections.get(at)).collect()
}

/// How the innermost of these sections is cited; `None` where none of them has a name.
fn sections(strings: &Strings, chain: &[&Section]) -> Option<String> {
    // A label of signs alone ("-", "+") names nothing; a dotted one says what it stands in.
    let mut labels: Vec<&str> = Vec::new();
    for section in chain {
        let label = section.label.trim_matches(|char: char| !char.is_alphanumeric());
        let is_said = labels
            .last()
            .and_then(|inner| inner.strip_prefix(label))
            .is_some_and(|rest| rest.starts_with('.'));
        if !label.is_empty() && !is_said {
            labels.push(label);
        }
    }
    let outermost = labels.len().saturating_sub(1);
    let named: Vec<String> = (0..)
        .zip(&labels)
        .map(|(at, label)| named(strings, label, at == outermost))
        .collect();
    if !named.is_empty() {
        return Some(named.join(strings.at_inside));
    }
    let title = chain
        .iter()
        .map(|section| section.title.trim())
        .find(|title| !title.is_empty())?;
    Some(fill(strings.at_titled, &[&cut(title, HEADING_CHARS)]))
}

/// A label with what a section of such a label is called.
fn named(strings: &Strings, label: &str, is_outermost: bool) -> String {
    if let Some((word, number)) = label.split_once(char::is_whitespace) {
        // It says itself what it is: "PHẦN I", "Phần thứ nhất".
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

fn is_roman(label: &str) -> bool {
    !label.is_empty() && label.chars().all(|char| "IVXLC".contains(char))
}
#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::SectionKind;
    use crate::http::page::shell::language::Lang;
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
                sections(Lang::Vi.strings(), &chain).as_deref(),
                Some(cited),
                "{labels:?}"
            );
        }
        assert_eq!(sections(Lang::Vi.strings(), &[&section("-", " ")]), None);
        let chain = [&section("2.4", "x"), &section("I", "y")];
        assert_eq!(
            sections(Lang::En.strings(), &chain).as_deref(),
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
        parsed.document.metadata.title = Some("Báo cáo chính trị".to_owned());
        parsed.document.metadata.number = Some("-BC/ĐU".to_owned());
        let named = document(Lang::Vi.strings(), &parsed.document_record());
        assert_eq!(named, "Báo cáo chính trị, số …-BC/ĐU");
    }

    #[test]
    fn dates_are_written_as_far_as_they_are_known() {
        for (iso, text) in [
            ("2022-06-16", "16/6/2022"),
            ("2022-06", "6/2022"),
            ("2022", "2022"),
            ("mai", "mai"),
        ] {
            assert_eq!(date_text(iso), text);
        }
    }
}
