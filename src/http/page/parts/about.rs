//! The metadata of a document.

use maud::{Markup, html};

use super::cite_as;
use crate::http::page::shell::untrusted::Untrusted;
use crate::record::{DocumentRecord, converted_from};
use crate::render::language::Strings;
use crate::render::language::labels::{quality_name, symbol_text};

/// Renders the badge of a draft; nothing for other documents.
pub(crate) fn draft(strings: &Strings, record: &DocumentRecord) -> Markup {
    html! { @if record.draft { span.badge { (strings.draft) } } }
}

/// Renders the metadata of a document as a list, without the fields that are unknown.
pub(crate) fn metadata(strings: &Strings, record: &DocumentRecord) -> Markup {
    let rows: [(&str, Option<String>); 9] = [
        (strings.facet_kind, record.kind.clone()),
        (strings.number, record.number.as_deref().map(symbol_text)),
        (strings.issuer, record.issuer.clone()),
        (strings.facet_province, record.province.clone()),
        (
            strings.term,
            Some(record.terms.join(", ")).filter(|terms| !terms.is_empty()),
        ),
        (strings.date, record.date.clone()),
        (strings.page_count, Some(record.pages.to_string())),
        (
            strings.facet_quality,
            Some(quality_name(strings, record.quality).to_owned()),
        ),
        (strings.encoding, converted_from(record)),
    ];
    html! {
        dl.metadata {
            @for (name, value) in rows {
                @if let Some(value) = value { div {
                    dt { (name) }
                    dd { @if name == strings.date { (cite_as::date(&value)) } @else { (Untrusted(&value)) } }
                } }
            }
        }
    }
}
