//! The citations of a corpus in columns: what rows, filters and look-ups ask of each, without reading the documents.
//!
//! A page with filters asks for a few facts of every citation. Their records are spread over the packs of all documents.
//! Here a citation takes 48 bytes and its values stand once, since most documents cite the same few hundred in the same
//! words. The columns are filled along with the table of all citations, and only speed up what is found without them.

use std::collections::{HashMap, HashSet};

use super::cited_query::{CitedQuery, is_related};
use super::counted::Counted;
use crate::citation::Relation;
use crate::document::{Place, SectionKind};
use crate::query::Filters;
use crate::search::AllowedPassages;
use crate::symbol::Kind;

/// The citations of a corpus, in document order.
#[derive(Debug, Default)]
pub(super) struct CitationColumns {
    /// Every text that a column has, once.
    values: Vec<String>,
    rows: Vec<Row>,
}

/// The number of a text among the values of the columns.
type Value = u32;

/// The number that stands for no text.
const NONE: Value = Value::MAX;

/// A citation.
#[derive(Debug)]
struct Row {
    key: Value,
    document: Value,
    symbol: Value,
    name: Value,
    number: Value,
    identity: Value,
    date: Value,
    issuer: Value,
    subject: Value,
    term: Value,
    /// Position of its passage in its document.
    order: u32,
    kind: Kind,
    place: Place,
    section_kind: Option<SectionKind>,
    relation: Option<Relation>,
}

impl CitationColumns {
    /// Returns the citations that pass `filters`, of which `allowed` has the passages.
    pub(super) fn passing<'c, 'f>(
        &'c self,
        allowed: Option<&'f AllowedPassages>,
        filters: &'f Filters,
    ) -> impl Iterator<Item = Counted<'c>> {
        // The citations of a document follow one another.
        let of_documents = self.rows.chunk_by(|one, other| one.document == other.document);
        let in_allowed = of_documents.flat_map(move |rows| {
            let document = rows.first().map_or("", |row| self.text(row.document));
            let is_any = allowed.is_none_or(|allowed| allowed.has_any(document));
            let rows = if is_any { rows } else { &[] };
            rows.iter()
                .filter(move |row| allowed.is_none_or(|allowed| allowed.has(document, row.order as usize)))
        });
        in_allowed
            .map(|row| self.counted(row))
            .filter(|citation| is_related(citation, filters))
    }

    /// Returns the keys that the citations of the document `asked` for are counted by, and the ids of the documents
    /// that they are in.
    pub(super) fn keys_and_documents<'c>(&'c self, asked: &CitedQuery) -> [HashSet<&'c str>; 2] {
        let none = Filters::default();
        let mut found = [HashSet::new(), HashSet::new()];
        for citation in self.citing(asked, None, &none) {
            found[0].insert(citation.key);
            found[1].insert(citation.document);
        }
        found
    }

    /// Returns the citations of the document `asked` for that pass; see [`Self::passing`].
    pub(super) fn citing<'c, 'f>(
        &'c self,
        asked: &'f CitedQuery,
        allowed: Option<&'f AllowedPassages>,
        filters: &'f Filters,
    ) -> impl Iterator<Item = Counted<'c>> {
        // Few citations differ in what tells whether they are asked for, and comparing takes long.
        let mut known: HashMap<(Kind, [Option<&str>; 6]), bool> = HashMap::new();
        self.passing(allowed, filters).filter(move |citation| {
            let told = [
                Some(citation.key),
                citation.symbol,
                citation.name,
                citation.number,
                citation.identity,
                citation.date,
            ];
            *known
                .entry((citation.kind, told))
                .or_insert_with(|| asked.is_cited_by(citation))
        })
    }

    /// Returns a citation.
    fn counted(&self, row: &Row) -> Counted<'_> {
        let told = |value: Value| (value != NONE).then(|| self.text(value));
        Counted {
            key: self.text(row.key),
            document: self.text(row.document),
            symbol: told(row.symbol),
            name: told(row.name),
            number: told(row.number),
            identity: told(row.identity),
            date: told(row.date),
            issuer: told(row.issuer),
            subject: told(row.subject),
            term: told(row.term),
            kind: row.kind,
            place: row.place,
            section_kind: row.section_kind,
            relation: row.relation,
        }
    }

    /// Returns the text with this number.
    fn text(&self, value: Value) -> &str {
        self.values.get(value as usize).map_or("", String::as_str)
    }
}

/// Fills columns.
#[derive(Debug, Default)]
pub(super) struct ColumnsBuilder {
    columns: CitationColumns,
    numbers: HashMap<String, Value>,
}

impl ColumnsBuilder {
    /// Adds a citation of the passage at the position `order` of its document; they come in document order.
    pub(super) fn add(&mut self, citation: &Counted<'_>, order: usize) {
        let row = Row {
            key: self.number(Some(citation.key)),
            document: self.number(Some(citation.document)),
            symbol: self.number(citation.symbol),
            name: self.number(citation.name),
            number: self.number(citation.number),
            identity: self.number(citation.identity),
            date: self.number(citation.date),
            issuer: self.number(citation.issuer),
            subject: self.number(citation.subject),
            term: self.number(citation.term),
            order: u32::try_from(order).unwrap_or(u32::MAX),
            kind: citation.kind,
            place: citation.place,
            section_kind: citation.section_kind,
            relation: citation.relation,
        };
        self.columns.rows.push(row);
    }

    /// Returns the columns.
    pub(super) fn finish(mut self) -> CitationColumns {
        self.columns.rows.shrink_to_fit();
        self.columns
    }

    /// Returns the number of a text.
    fn number(&mut self, text: Option<&str>) -> Value {
        let Some(text) = text else { return NONE };
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = Value::try_from(self.columns.values.len()).unwrap_or(NONE);
        self.columns.values.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }
}
