//! The card of a document whose symbol was asked for: what it is, how often it is cited, what replaces it.

use maud::{Markup, html};

use crate::concordance::{
    CitedDocument, CitedQuery, CitedTable, RegisterQuery, cited_by_symbol, is_symbol_asked_for,
    registered as registered_documents,
};
use crate::http::page::parts::links::cited_address;
use crate::http::page::parts::{cite_as, registered};
use crate::http::page::shell::frame::{self, Frame};
use crate::http::page::shell::query_string::SearchUrl;
use crate::http::page::shell::untrusted::Untrusted;
use crate::index::{Error, Index};
use crate::query::{AskedSymbol, Node, Query};
use crate::record::{DocumentRecord, document_name};
use crate::register::{Register, RegisteredDocument};
use crate::render::language::fill;
use crate::symbol::Kind;

/// The most symbols of a query that get a card.
const MAX_SYMBOLS: usize = 2;

/// The most documents of one symbol that are named: kind and number (`nq 21`) may mean dozens.
const MAX_MEANT: usize = 3;

/// Renders a card for each of the first symbols that the query asks for; nothing for one that neither the documents nor
/// the register know.
///
/// # Errors
/// Those of reading the index.
pub(super) fn cards(index: &Index, frame: &Frame, url: &SearchUrl, query: &Query) -> Result<Markup, Error> {
    let mut symbols = Vec::new();
    asked_symbols(&query.root, &mut symbols);
    if symbols.is_empty() {
        return Ok(html! {});
    }
    // A search does not wait until all citations are counted.
    let table = CitedTable::made(index);
    let register = index.register()?;
    let cards = symbols.into_iter().take(MAX_SYMBOLS).map(|asked| {
        // The whole query may give the date of its one symbol.
        let typed = asked.span.slice(&url.query);
        let date = CitedQuery::parse(&url.query).date().map(str::to_owned);
        let known = Known::of(index, table.as_ref(), &register, asked, typed, date.as_deref())?;
        Ok(known.card(frame, &register, typed))
    });
    let cards: Vec<Markup> = cards.collect::<Result<_, Error>>()?;
    Ok(html! { @for card in cards { (card) } })
}

/// Collects the symbols that `node` asks for; those that it excludes are not asked for.
fn asked_symbols<'q>(node: &'q Node, symbols: &mut Vec<&'q AskedSymbol>) {
    match node {
        Node::Symbol(symbol) => symbols.push(symbol),
        Node::Also { typed, .. } => asked_symbols(typed, symbols),
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| asked_symbols(node, symbols)),
        Node::Word(_) | Node::Prefix(_) | Node::Phrase(_) | Node::Not(_) => {}
    }
}

/// Facts about the documents that a symbol may mean.
struct Known<'k> {
    /// Those that are cited, most often cited first; `None` while the citations are being counted.
    cited: Option<Vec<&'k CitedDocument>>,
    /// Those of the register, the latest first.
    registered: Vec<&'k RegisteredDocument>,
    /// The document of this symbol itself, if the corpus holds it.
    held: Option<&'k DocumentRecord>,
}

impl<'k> Known<'k> {
    /// Looks up what is known about the documents that `asked`, which was typed as `typed`, may mean; of the date `date`,
    /// if that was typed too.
    fn of(
        index: &'k Index,
        table: Option<&'k CitedTable>,
        register: &'k Register,
        asked: &'k AskedSymbol,
        typed: &str,
        date: Option<&str>,
    ) -> Result<Self, Error> {
        let cited = table.map(|table| cited_by_symbol(table, asked).take(MAX_MEANT).collect());
        let query = RegisterQuery {
            typed: typed.to_owned(),
            ..RegisterQuery::default()
        };
        let mut registered = registered_documents(register, &query);
        registered.retain(|row| row.symbol().is_some());
        if let Some(date) = date {
            let of_date = |row: &&RegisteredDocument| row.date.is_some_and(|known| known.to_string().starts_with(date));
            if registered.iter().any(of_date) {
                registered.retain(of_date);
            }
        }
        let is_it = |record: &&DocumentRecord| {
            let symbol = record.own_symbol.as_deref();
            symbol.is_some_and(|symbol| is_symbol_asked_for(asked, symbol, Kind::Other))
        };
        // Many documents of a corpus have one number, so kind and number alone name none.
        let held = if asked.canonical.is_some() {
            index.documents()?.find(is_it)
        } else {
            None
        };
        Ok(Self {
            cited,
            registered,
            held,
        })
    }

    /// Renders the card; nothing if nothing is known.
    fn card(&self, frame: &Frame, register: &Register, typed: &str) -> Markup {
        let strings = frame.strings();
        let cited = self.cited.as_deref().unwrap_or_default();
        let is_known = !(cited.is_empty() && self.registered.is_empty() && self.held.is_none());
        html! {
            @if is_known {
                div.card.asked {
                    @for cited in cited { (self.cited_one(frame, register, cited)) }
                    @if cited.is_empty() {
                        @match self.registered.first() {
                            Some(first) => {
                                (meant(frame, register, first))
                                (self.others(frame, first.symbol().unwrap_or(typed)))
                            },
                            None => h3 lang="vi" { (Untrusted(typed)) },
                        }
                        p.hint {
                            @if self.cited.is_some() { (strings.cited_nowhere) }
                            @else { a href=(cited_address(frame, typed)) { (strings.see_places) } }
                        }
                    }
                    @if let Some(held) = self.held {
                        p { (strings.in_collection) ": " a href=(frame.page_url(&frame::document(&held.document))) lang="vi" { (Untrusted(document_name(held))) } }
                    }
                }
            }
        }
    }

    /// Renders a cited document: as the register has it if it is sure which is meant, else as the citing texts have it.
    fn cited_one(&self, frame: &Frame, register: &Register, cited: &CitedDocument) -> Markup {
        let strings = frame.strings();
        let rows: Vec<&RegisteredDocument> = self.of_symbol(&cited.cited).collect();
        let of_date = |date: &String| {
            let is_of_date =
                |row: &&&RegisteredDocument| row.date.is_some_and(|known| known.to_string().starts_with(date));
            rows.iter().find(is_of_date).copied()
        };
        // Only the date tells which one is meant where several have the symbol.
        let by_date = cited.dates.iter().find_map(of_date);
        let only = Some(rows.as_slice()).filter(|rows| rows.len() == 1 && cited.dates.is_empty());
        let places = html! {
            p.times {
                a href=(cited_address(frame, &cited.cited)) {
                    (fill(strings.cited_in_documents, &[&cited.count, &cited.documents.len()]))
                }
            }
        };
        html! {
            @match by_date.or_else(|| only.and_then(|rows| rows.first().copied())) {
                Some(row) => (meant(frame, register, row)),
                None => (as_cited(cited)),
            }
            (places)
            (self.others(frame, &cited.cited))
        }
    }

    /// Returns the registered documents with this symbol.
    fn of_symbol<'s>(&'s self, symbol: &'s str) -> impl Iterator<Item = &'k RegisteredDocument> + 's {
        self.registered.iter().copied().filter(move |row| row.key == symbol)
    }

    /// Renders how many documents of the register have the symbol, if several do.
    fn others(&self, frame: &Frame, symbol: &str) -> Markup {
        let count = self.of_symbol(symbol).count();
        html! {
            @if count > 1 {
                p.hint {
                    a href=(frame.url("/register", &[("q", symbol)])) { (fill(frame.strings().same_symbol, &[&count])) }
                }
            }
        }
    }
}

/// Renders a document of the register: symbol, date, issuer, title, and what replaces it.
fn meant(frame: &Frame, register: &Register, row: &RegisteredDocument) -> Markup {
    html! {
        h3 lang="vi" {
            a href=(registered::address(frame, row)) { (Untrusted(&row.key)) }
            @if let Some(date) = row.date { ", " (cite_as::date(&date.to_string())) }
            @if let Some(issuer) = &row.issuer { span.issuer { ", " (Untrusted(issuer)) } }
        }
        @if let Some(subject) = &row.subject { p.subject lang="vi" { (Untrusted(subject)) } }
        (registered::replaced(frame, register, row))
    }
}

/// Renders a document as the texts that cite it have it, each fact as most of them do.
fn as_cited(cited: &CitedDocument) -> Markup {
    html! {
        h3 lang="vi" {
            (Untrusted(&cited.cited))
            @if let [date] = cited.dates.as_slice() { ", " (cite_as::date(date)) }
            @if let Some(issuer) = cited.issuers.first() { span.issuer { ", " (Untrusted(issuer)) } }
        }
        @if let Some(subject) = cited.subjects.first() { p.subject lang="vi" { (Untrusted(subject)) } }
    }
}
