//! The resources: documents and sections to read, each at a URI: `vankien://documents/001`, `vankien://sections/001§II.2`.
//!
//! A text begins with a head: title, symbol, issuer, date, and whether it is a reading. It is bounded; where it goes on, it
//! says so: `vankien://documents/001?from=935` begins at the passage `001:935`.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::message::{RESOURCE_NOT_FOUND, RpcError};
use super::quotation::{QuotedDocument, with_unsure_marked};
use crate::http::Problem;
use crate::http::params::window::CURSOR;
use crate::http::params::{JsonFields, Params};
use crate::index::{Error, IdKind, Index};
use crate::record::{DocumentRecord, PassageRecord, document_name, split_address};
use crate::search::{self, Target};
use crate::text::{clean, percent_decoded, percent_encoded};

/// The beginning of every URI.
const SCHEME: &str = "vankien://";

/// The documents of one page of the list.
const DOCUMENTS_A_PAGE: usize = 100;

/// The size at which a text ends, in bytes: some 16 pages.
const MAX_TEXT_BYTES: usize = 64 * 1024;

/// The media type of all resources.
const MEDIA_TYPE: &str = "text/plain";

/// The kinds of resources: the word in the URI, the title and the description of the template.
const TEMPLATES: [(&str, &str, &str); 2] = [
    (
        "documents",
        "Document",
        "The text of a document, passage by passage with addresses. `id`: its id, or an unambiguous beginning of it (001).",
    ),
    (
        "sections",
        "Section",
        "The text of a section with those in it. `id`: 001§II.2, by its printed labels, as the tool `show` lists them.",
    ),
];

/// Returns the templates of URIs.
pub(super) fn templates() -> Value {
    let template = |(kind, title, about): (&str, &str, &str)| {
        json!({
            "uriTemplate": format!("{SCHEME}{kind}/{{id}}{{?from}}"),
            "name": kind,
            "title": title,
            "description": format!("{about} `from`: the line to begin at."),
            "mimeType": MEDIA_TYPE,
        })
    };
    TEMPLATES.map(template).into_iter().collect()
}

/// Lists the documents from `cursor` on.
///
/// # Errors
/// The cursor is none, or of another state of the index.
pub(super) fn list(index: &Index, cursor: Option<String>) -> Result<Value, Problem> {
    let fields = cursor.map(|cursor| (CURSOR.name.to_owned(), Value::String(cursor)));
    let params = Params::of_fields(JsonFields::of(fields), &[&[CURSOR]])?;
    let window = params.window_of(index, DOCUMENTS_A_PAGE)?;
    let records: Vec<&DocumentRecord> = index.documents()?.collect();
    let resources: Vec<Value> = window.slice(&records).iter().map(|record| describe(record)).collect();
    let mut answer = json!({ "resources": resources });
    if let Some(next) = window.next(records.len()) {
        answer["nextCursor"] = next.into();
    }
    Ok(answer)
}

/// Returns the description of a document in the list.
fn describe(record: &DocumentRecord) -> Value {
    let facts = [
        record.number.as_deref(),
        record.issuer.as_deref(),
        record.date.as_deref(),
    ];
    let facts: Vec<&str> = facts.into_iter().flatten().chain([record.quality.name()]).collect();
    json!({
        "uri": uri("documents", &record.document),
        "name": record.document,
        "title": clean(document_name(record)),
        "description": clean(&facts.join(" | ")),
        "mimeType": MEDIA_TYPE,
    })
}

/// Returns the URI of the document or section with this id.
fn uri(kind: &str, id: &str) -> String {
    format!("{SCHEME}{kind}/{}", percent_encoded(id, b"@^:!$&'()*+,;="))
}

/// A URI, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// The URI as it was given, which its text carries.
    uri: String,
    /// `documents` or `sections`.
    kind: &'static str,
    /// The id of the document or section.
    id: String,
    /// The address of the passage to begin at, without the document.
    from: Option<String>,
}

impl Address {
    /// Parses a URI.
    ///
    /// # Errors
    /// It is not one of ours.
    pub(super) fn parse(uri: &str) -> Result<Self, RpcError> {
        Self::parsed(uri).ok_or_else(|| {
            let detail =
                format!("there is no resource '{uri}'; those here begin {SCHEME}documents/ or {SCHEME}sections/");
            RpcError::new(RESOURCE_NOT_FOUND, detail).with(json!({ "uri": uri }))
        })
    }

    /// Parses a URI; `None` if it is not one of ours.
    fn parsed(uri: &str) -> Option<Self> {
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let (kind, id) = path.strip_prefix(SCHEME)?.split_once('/')?;
        let (kind, ..) = TEMPLATES.into_iter().find(|(known, ..)| *known == kind)?;
        let from = match query {
            "" => None,
            query => Some(percent_decoded(query.strip_prefix("from=")?)?),
        };
        Some(Self {
            uri: uri.to_owned(),
            kind,
            id: percent_decoded(id)?,
            from,
        })
    }

    /// Reads the text.
    ///
    /// # Errors
    /// There is no such document, section or passage.
    pub(super) fn read(&self, index: &Index) -> Result<Value, Problem> {
        let text = self.text(index)?;
        Ok(json!({ "contents": [{ "uri": self.uri, "mimeType": MEDIA_TYPE, "text": text }] }))
    }

    /// Returns the text with its head.
    fn text(&self, index: &Index) -> Result<String, Problem> {
        let (parsed, target) = search::lookup(index, &self.id)?;
        let record = parsed.document_record();
        let (name, passages) = match (self.kind, target) {
            ("documents", Target::Document(_, passages)) => (None, passages),
            ("sections", Target::Section(section, passages)) => {
                let name = format!("{} {}", section.label, section.title);
                let (document, address) = (index.short_id(&section.document), &section.address);
                (
                    Some(format!("Section [{document}§{address}] {}", name.trim())),
                    passages,
                )
            }
            (kind, _) => {
                let kind = if kind == "sections" {
                    IdKind::Section
                } else {
                    IdKind::Document
                };
                let id = self.id.clone();
                return Err(Error::Unknown { kind, id }.into());
            }
        };
        let first = match &self.from {
            None => 0,
            Some(from) => position_of(&passages, from).ok_or_else(|| Error::Unknown {
                kind: IdKind::Passage,
                id: format!("{}:{from}", index.short_id(&record.document)),
            })?,
        };
        let mut text = head(index, &record);
        if let Some(name) = name {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{}", clean(&name));
        }
        let mut page = None;
        for passage in &passages[first..] {
            if text.len() > MAX_TEXT_BYTES {
                let next = address_of(passage);
                let uri = uri(self.kind, &self.id);
                let _ = writeln!(text, "\n[It goes on: read {uri}?from={}]", percent_encoded(next, b""));
                break;
            }
            if page.replace(passage.page) != Some(passage.page) {
                let _ = writeln!(text, "\n--- page {}", passage.page);
            }
            let words = passage.repaired.as_deref().unwrap_or(&passage.text);
            let words = with_unsure_marked(words, &passage.unsure);
            let _ = writeln!(text, "[{}] {words}", clean(&index.short_id(&passage.passage)));
        }
        Ok(text)
    }
}

/// Returns the head of a text.
fn head(index: &Index, record: &DocumentRecord) -> String {
    let document = QuotedDocument::of(index, record);
    let mut text = format!("{}\n", document.line());
    let _ = writeln!(
        text,
        "Document [{}], {} pages, quality {}. The address in brackets before each passage is what a quotation gives.",
        index.short_id(&record.document),
        record.pages,
        record.quality.name(),
    );
    if document.is_machine_reading() {
        text.push_str(
            "MACHINE READING: these are the likeliest words of a scan, not the document. Words may be wrong, above all those \
             marked [?]; the tool `show` has what the file has, and other readings.\n",
        );
    } else if let Some(encoding) = crate::record::converted_from(record) {
        let _ = writeln!(text, "The text was converted from {encoding}.");
    }
    text
}

/// Returns the position of the passage with this address, or else of the first that does not end before this line.
fn position_of(passages: &[PassageRecord], from: &str) -> Option<usize> {
    let exact = passages.iter().position(|passage| address_of(passage) == from);
    exact.or_else(|| {
        let line: usize = from.parse().ok()?;
        passages.iter().position(|passage| passage.lines[1] >= line)
    })
}

/// Returns the address of a passage in its document: `935`.
fn address_of(passage: &PassageRecord) -> &str {
    split_address(&passage.passage).map_or("", |(.., address)| address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_are_parsed_and_others_refused() {
        let address = |uri: &str| Address::parsed(uri).map(|address| (address.kind, address.id, address.from));
        assert_eq!(
            address("vankien://sections/001%C2%A7II.2?from=9"),
            Some(("sections", "001§II.2".to_owned(), Some("9".to_owned())))
        );
        assert_eq!(
            address("vankien://documents/a%20b%3Fc"),
            Some(("documents", "a b?c".to_owned(), None))
        );
        assert_eq!(address(&uri("documents", "100% §?")).unwrap().1, "100% §?");
        for other in [
            "",
            "vankien://",
            "vankien://documents",
            "vankien://pages/1",
            "file:///etc/passwd",
            "vankien://documents/%",
            "vankien://documents/1?to=2",
        ] {
            assert_eq!(address(other), None, "{other}");
        }
    }
}
