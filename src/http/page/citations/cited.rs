//! The page of one cited document: what the texts say about it, and every place that cites it.

use std::collections::HashMap;

use maud::{Markup, html};

use crate::citation::IdentitySource;
use crate::concordance::{self, CitedQuery, Claim, Disagreement, RegisterQuery, Report};
use crate::http::page::parts::links::{NAME_CHARS, cited_link, passage_address};
use crate::http::page::parts::text::{self, Highlights, cut};
use crate::http::page::parts::{cite_as, registered};
use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::{self, Frame};
use crate::http::page::shell::query_string::SearchUrl;
use crate::http::page::shell::untrusted::Untrusted;
use crate::http::page::shell::{self, hidden_language};
use crate::http::problem::Problem;
use crate::index::Index;
use crate::record::{CitationRecord, Facet, PassageRecord, document_name};
use crate::register::Register;
use crate::render::language::labels;
use crate::render::language::{Strings, fill};
use crate::text::{Span, clean, is_ended};

/// The most documents of the register that are shown where nothing cites what was typed.
const MAX_KNOWN: usize = 10;

/// Renders the page of a cited document, or of all documents that a name or number may mean.
///
/// # Errors
/// Those of searching, and an unknown document in a filter.
pub(crate) fn page(index: &Index, frame: &Frame) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let typed = [frame.value("symbol"), frame.value("name")]
        .into_iter()
        .find(|given| !given.is_empty());
    let typed = typed.unwrap_or("");
    let allowed = SearchUrl::of_frame(frame).resolved_filters(index)?;
    let places = if typed.is_empty() {
        Vec::new()
    } else {
        concordance::places(index, Some(&CitedQuery::parse(typed)), &allowed)?.places
    };
    let documents = Documents::of(index)?;
    let mut sections: HashMap<String, Vec<String>> = HashMap::new();
    for place in &places {
        sections.insert(place.citation.passage.clone(), place.section_path.clone());
    }
    let register = index.register()?;
    let records = places.into_iter().map(|place| place.citation).collect();
    let mut reports = concordance::reports(records, &register);
    let passages = concordance::citing_passages(index, &reports)?;
    // Links give the whole name or symbol, so an exact match comes first, before documents whose name only contains it.
    reports.sort_by_key(|report| report.summary.cited != typed);
    let near = if reports.is_empty() {
        concordance::near_symbols(index, typed)?
    } else {
        Vec::new()
    };
    // If only one document is meant, it gives the page its title.
    let only = match reports.as_slice() {
        [report] => Some(report.summary.cited.as_str()),
        _ => None,
    };
    let known = if reports.is_empty() && !typed.is_empty() {
        let asked = RegisterQuery {
            typed: typed.to_owned(),
            ..RegisterQuery::default()
        };
        let found = concordance::registered(&register, &asked);
        found
            .into_iter()
            .map(|document| register.entry(document))
            .take(MAX_KNOWN)
            .collect()
    } else {
        Vec::new()
    };
    let view = ReportView {
        frame,
        register: &register,
        sections: &sections,
        passages: &passages,
        documents: &documents,
        is_only: only.is_some(),
    };
    let name = only.unwrap_or(if typed.is_empty() { strings.citations } else { typed });
    let content = html! {
        p { a href=(frame.page_url("/citations")) { "← " (strings.citations) } }
        h1 lang="vi" { (Untrusted(name)) }
        (lookup_form(frame, typed))
        @if reports.is_empty() && !typed.is_empty() {
            p role="status" { (fill(strings.nothing_cites, &[&clean(typed)])) }
            ul.help {
                @for symbol in &near { li { (strings.would_help) ": " (cited_link(frame, symbol)) } }
            }
            @if !known.is_empty() {
                h2 { (strings.in_register) }
                (registered::entries(frame, &register, &known))
            }
        }
        @for report in &reports { (view.report(report)) }
    };
    Ok(shell::page(frame, name, &content))
}

/// Renders the box to look up a cited document.
fn lookup_form(frame: &Frame, typed: &str) -> Markup {
    let strings = frame.strings();
    html! {
        form.search method="get" action=(frame.page_url("/citations/cited")) {
            label for="symbol" { (strings.ask_cited) }
            div.box {
                input #symbol type="search" name="symbol" value=(Untrusted(typed)) autocomplete="off" maxlength="300";
                button type="submit" { (strings.go) }
            }
            (hidden_language(frame))
        }
    }
}

/// The data that all reports of the page share.
struct ReportView<'k> {
    frame: &'k Frame,
    register: &'k Register,
    /// Labels and titles of the sections around each citing passage, by its id.
    sections: &'k HashMap<String, Vec<String>>,
    passages: &'k HashMap<String, PassageRecord>,
    documents: &'k Documents<'k>,
    /// True if the page is about a single cited document.
    is_only: bool,
}

/// Renders a heading, one level higher if the page is about a single document, since the title then names it.
fn heading(is_only: bool, text: &str) -> Markup {
    html! { @if is_only { h2 { (text) } } @else { h3 { (text) } } }
}

impl ReportView<'_> {
    /// Renders the report on one cited document.
    fn report(&self, report: &Report) -> Markup {
        let (frame, is_only) = (self.frame, self.is_only);
        let strings = frame.strings();
        let summary = &report.summary;
        let target = report.places.iter().find_map(|place| place.target.as_deref());
        let together = concordance::cited_together(report, self.passages);
        let by = |source| {
            report
                .places
                .iter()
                .filter(|place| place.source == Some(source))
                .count()
        };
        let (from_corpus, from_register) = (by(IdentitySource::Corpus), by(IdentitySource::Register));
        let disputed = |point| report.disagreements.contains(&point);
        // A single identity would only repeat the title.
        let identities = if report.identities.len() > 1 && report.identity.is_none() {
            &report.identities[..]
        } else {
            &[]
        };
        let points = [
            (strings.identities, identities, false),
            (strings.date, &report.dates, disputed(Disagreement::Date)),
            (strings.issuer, &report.issuers, disputed(Disagreement::Issuer)),
            (strings.subject, &report.subjects, disputed(Disagreement::Subject)),
        ];
        html! {
            section {
                @if !is_only { h2 lang="vi" { (Untrusted(report.identity.as_ref().unwrap_or(&summary.cited))) } }
                p { (fill(strings.cited_times, &[&summary.count, &summary.documents.len(), &summary.in_footnotes])) }
                @if from_corpus > 0 { p.hint { (fill(strings.by_corpus, &[&from_corpus])) } }
                @if from_register > 0 { p.hint { (fill(strings.by_register, &[&from_register])) } }
                @if let Some(target) = target {
                    p { a href=(frame.page_url(&frame::document(target))) { (strings.held) } }
                }
                @if !report.registered.is_empty() {
                    (heading(is_only, strings.in_register))
                    (registered::entries(frame, self.register, &report.registered))
                }
                @if points.iter().any(|(_, values, _)| !values.is_empty()) {
                    (heading(is_only, strings.said))
                    dl.said {
                        @for (name, values, is_disputed) in points { (claims(strings, name, values, is_disputed, self.documents)) }
                    }
                }
                @if !together.is_empty() {
                    (heading(is_only, strings.cited_with))
                    ul {
                        @for (cited, count) in together { li lang="vi" { (cited_link(frame, cited)) " " span.count { "(" (count) ")" } } }
                    }
                }
                (heading(is_only, strings.places))
                (self.relations(report))
                (self.places(report))
            }
        }
    }

    /// Renders the acts by which the places refer to the document, each a link to its places, and the way back from them;
    /// nothing if all places do so by one.
    fn relations(&self, report: &Report) -> Markup {
        let groups = concordance::by_relation(&report.places);
        let told: Vec<_> = groups
            .iter()
            .filter_map(|(relation, places)| Some(((*relation)?, places.len())))
            .collect();
        html! {
            @if !self.frame.value(Facet::Relation.name()).is_empty() {
                p { a href=(self.frame.url_with(Facet::Relation.name(), None)) { (self.frame.strings().all) } }
            }
            @if groups.len() > 1 {
                ul {
                    @for (relation, count) in told {
                        li lang="vi" {
                            a href=(self.frame.url_with(Facet::Relation.name(), Some(relation.name()))) { (relation.label()) } " "
                            span.count { "(" (count) ")" }
                        }
                    }
                }
            }
        }
    }

    /// Renders every place, grouped by citing document and section.
    fn places(&self, report: &Report) -> Markup {
        let path = |passage: &str| self.sections.get(passage).map_or(&[][..], Vec::as_slice);
        html! {
            @for of_document in report.places.chunk_by(|one, other| one.document == other.document) {
                @if let Some(first) = of_document.first() {
                    @let name = self.documents.name(&first.document);
                    @let named = html! { a href=(self.frame.page_url(&frame::document(&first.document))) { (Untrusted(name)) } };
                    @if self.is_only { h3 lang="vi" { (named) } } @else { h4 lang="vi" { (named) } }
                }
                ul.places {
                    @for of_section in of_document.chunk_by(|one, other| path(&one.passage) == path(&other.passage)) {
                        li {
                            @if let Some(first) = of_section.first() {
                                p.address lang="vi" { (Untrusted(&path(&first.passage).join(" › "))) }
                            }
                            ul { @for one in of_section { li { (self.place(one)) } } }
                        }
                    }
                }
            }
        }
    }

    /// Renders one place: its page, and the sentence around the citation.
    fn place(&self, place: &CitationRecord) -> Markup {
        let strings = self.frame.strings();
        let [start, end] = place.sentence_at;
        let hits = [Span::new(start, end)];
        let highlights = Highlights {
            unsure: &place.sentence_unsure,
            hits: &hits,
        };
        let whole = Span::new(0, place.sentence.len());
        html! {
            a href=(passage_address(self.frame, &place.document, &place.passage, &[])) {
                (fill(strings.page, &[&place.page])) ", "
                (labels::place_name(strings, place.place))
            }
            @if let Some(relation) = place.relation { " · " span.count lang="vi" { (relation.label()) } }
            ": "
            q lang="vi" {
                @if place.sentence.starts_with(char::is_lowercase) { "… " }
                (text::highlighted(strings, &place.sentence, whole, highlights))
                @if !is_ended(&place.sentence) { " …" }
            }
            @if place.sentence_repaired || place.letters.is_some() {
                details.source {
                    summary { (strings.see_source) }
                    p lang="vi" { (Untrusted(place.letters.as_ref().unwrap_or(&place.raw))) }
                }
            }
        }
    }
}

/// Renders what the texts say on one point, each version with the documents that have it.
fn claims(strings: &Strings, name: &str, values: &[Claim], disputed: bool, documents: &Documents<'_>) -> Markup {
    let sources = |claim: &Claim| {
        let names: Vec<String> = claim
            .documents
            .iter()
            .map(|id| {
                documents
                    .get(id)
                    .map_or_else(|| id.clone(), |record| cut(document_name(record), NAME_CHARS))
            })
            .collect();
        clean(&names.join("; ")).into_owned()
    };
    html! {
        @if !values.is_empty() {
            dt {
                (name)
                @if disputed { " — " strong.disagree { (strings.disagree) } }
                @else if values.len() > 1 && name != strings.identities { " — " (fill(strings.wordings, &[&values.len()])) }
            }
            @for value in values {
                dd lang="vi" { (claim_value(strings, name, &value.value)) " " span.hint { "(" (fill(strings.given_by, &[&value.count, &sources(value)])) ")" } }
            }
        }
    }
}

/// Renders a value; dates in Vietnamese form.
fn claim_value(strings: &Strings, name: &str, value: &str) -> Markup {
    html! { @if name == strings.date { (cite_as::date(value)) } @else { (Untrusted(value)) } }
}
