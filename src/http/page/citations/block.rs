//! A block on one cited document: what it is, on what the texts disagree, what is cited with it, who cites it.

use maud::{Markup, html};

use super::found::{Found, NO_RELATION, Wanted};
use crate::citation::IdentitySource;
use crate::concordance::{self, Claim, Disagreement, Report};
use crate::http::page::parts::links::{cited_link, passage_address};
use crate::http::page::parts::short_names::{label, short_name};
use crate::http::page::parts::text::{self, Highlights};
use crate::http::page::parts::{cite_as, registered};
use crate::http::page::shell::documents::Documents;
use crate::http::page::shell::frame::{self, Frame};
use crate::http::page::shell::untrusted::Untrusted;
use crate::record::{CitationRecord, DocumentRecord, Facet};
use crate::register::RegisteredDocument;
use crate::render::language::dates::{date_text, identity_text};
use crate::render::language::labels::{self, kind_name};
use crate::render::language::{Strings, fill};
use crate::text::{Named, Span, clean, is_ended};

/// Maximum length in chars of the name of a document that gives a date, an issuer or a subject.
const GIVER_CHARS: usize = 50;

/// The documents that are named as giving one of several versions, at most.
const MAX_GIVERS: usize = 4;

/// The headings around a passage that are shown, at most.
const SHOWN_HEADINGS: usize = 2;

/// A block on one cited document.
pub(super) struct Block<'k> {
    pub(super) frame: &'k Frame,
    pub(super) found: &'k Found,
    pub(super) documents: &'k Documents<'k>,
    /// The statements of the texts about it.
    pub(super) report: &'k Report,
    /// The places that are shown.
    pub(super) places: Vec<&'k CitationRecord>,
    /// The documents cited in the same passages, with the number of these.
    pub(super) together: Vec<(&'k str, usize)>,
    /// True if the page is about this document alone.
    pub(super) is_only: bool,
    /// Its number on the page, from 1.
    pub(super) number: usize,
}

impl Block<'_> {
    /// Returns its HTML id.
    pub(super) fn anchor(&self) -> String {
        format!("document-{}", self.number)
    }

    /// Returns the document that it is about among those with its symbol, or that the places do not tell which.
    pub(super) fn name(&self) -> String {
        let told = self.report.identity.as_deref().map(identity_text);
        clean(&told.unwrap_or_else(|| self.frame.strings().untold_which.to_owned())).into_owned()
    }

    /// Renders the block.
    pub(super) fn render(&self) -> Markup {
        let strings = self.frame.strings();
        html! {
            section #(self.anchor()) .cited-document {
                @if !self.is_only { h2 lang="vi" { (self.name()) } }
                (self.head())
                (self.disputed())
                @if !self.together.is_empty() {
                    (self.heading(strings.cited_with))
                    ul.together {
                        @for (cited, count) in &self.together { li lang="vi" { (cited_link(self.frame, cited)) " " span.count { "(" (count) ")" } } }
                    }
                }
                (self.heading(strings.places))
                (self.relations())
                (self.citing())
            }
        }
    }

    /// Renders a heading below that of the block.
    fn heading(&self, text: &str) -> Markup {
        html! { @if self.is_only { h2 { (text) } } @else { h3 { (text) } } }
    }

    /// Returns the document of the register that it is, if only one is meant.
    fn known(&self) -> Option<&RegisteredDocument> {
        match self.report.registered.as_slice() {
            [entry] => Some(&entry.document),
            _ => None,
        }
    }

    /// Renders what it is: subject, kind, date, issuer, status, how often it is cited, and where it can be read.
    fn head(&self) -> Markup {
        let strings = self.frame.strings();
        let (report, summary) = (self.report, &self.report.summary);
        let known = self.known();
        let first = |claims: &[Claim]| claims.first().map(|claim| claim.value.clone());
        let date = known.and_then(|known| known.date).map(|date| date.to_string());
        let date = date.or_else(|| first(&report.dates));
        let issuer = known.and_then(|known| known.issuer.clone());
        let issuer = issuer.or_else(|| first(&report.issuers));
        let subject = known.and_then(|known| known.subject.clone());
        let subject = subject.or_else(|| first(&report.subjects));
        let target = report.places.iter().find_map(|place| place.target.as_deref());
        let by = |source| {
            report
                .places
                .iter()
                .filter(|place| place.source == Some(source))
                .count()
        };
        let (from_corpus, from_register) = (by(IdentitySource::Corpus), by(IdentitySource::Register));
        html! {
            div.card.head {
                @if let Some(subject) = &subject { p.subject lang="vi" { (Untrusted(subject)) } }
                dl.metadata {
                    div { dt { (strings.facet_kind) } dd lang="vi" { (kind_name(strings, summary.kind)) } }
                    @if let Some(date) = &date { div { dt { (strings.date) } dd { (cite_as::date(date)) } } }
                    @if let Some(issuer) = &issuer { div { dt { (strings.issuer) } dd lang="vi" { (Untrusted(issuer)) } } }
                }
                p.tally {
                    (fill(strings.cited_times, &[&summary.count, &summary.documents.len()]))
                    @if summary.in_footnotes > 0 { (fill(strings.times_in_notes, &[&summary.in_footnotes])) }
                }
                (self.status(known))
                @if let Some(target) = target {
                    p { a.button.quiet href=(self.frame.page_url(&frame::document(target))) { (strings.held) } }
                }
                @if let Some(known) = known {
                    p.hint {
                        (strings.in_register) ": "
                        a href=(registered::address(self.frame, known)) lang="vi" { (Untrusted(&identity_text(&known.identity()))) }
                        " (" (labels::ground(strings, known)) ")"
                    }
                } @else if report.registered.len() > 1 {
                    details {
                        summary { (fill(strings.may_be_registered, &[&report.registered.len()])) }
                        (registered::entries(self.frame, &self.found.register, &report.registered))
                    }
                }
                @if from_corpus > 0 { p.hint { (fill(strings.by_corpus, &[&from_corpus])) } }
                @if from_register > 0 { p.hint { (fill(strings.by_register, &[&from_register])) } }
            }
        }
    }

    /// Renders by what it is replaced or amended, as the register or else the citing texts have it.
    fn status(&self, known: Option<&RegisteredDocument>) -> Markup {
        let strings = self.frame.strings();
        let register = &self.found.register;
        let mut told: Vec<&str> = self
            .report
            .places
            .iter()
            .filter_map(|place| place.replaced_by.as_deref())
            .collect();
        told.sort_unstable();
        told.dedup();
        let is_registered = known.is_some_and(|known| !known.replaced_by.is_empty());
        html! {
            @if let Some(known) = known {
                (registered::replaced(self.frame, register, known))
                @if !known.amended_by.is_empty() {
                    p { (strings.amended_by) " " (registered::references(self.frame, register, &known.amended_by)) }
                }
            }
            @if !is_registered && !told.is_empty() {
                p.replaced {
                    strong {
                        (strings.replaced_by) " "
                        @for (position, other) in told.iter().enumerate() { @if position > 0 { "; " } span lang="vi" { (Untrusted(&identity_text(other))) } }
                    }
                }
            }
        }
    }

    /// Renders the points on which the texts disagree, and folded those that they only word in several ways.
    fn disputed(&self) -> Markup {
        let strings = self.frame.strings();
        let report = self.report;
        let points = [
            (strings.on_date, &report.dates, Disagreement::Date),
            (strings.on_issuer, &report.issuers, Disagreement::Issuer),
            (strings.on_subject, &report.subjects, Disagreement::Subject),
        ];
        let several = points.into_iter().filter(|(_, claims, _)| claims.len() > 1);
        let (disputed, worded): (Vec<_>, Vec<_>) =
            several.partition(|(.., point)| report.disagreements.contains(point));
        html! {
            @for (name, claims, _) in disputed {
                div.told {
                    p { strong { (fill(strings.disagree_on, &[&name])) } }
                    (self.claims(claims))
                }
            }
            @for (name, claims, _) in worded {
                details.worded {
                    summary { (fill(strings.wordings, &[&claims.len(), &name])) }
                    (self.claims(claims))
                }
            }
        }
    }

    /// Renders what the texts say on one point, each version with the documents that have it.
    fn claims(&self, claims: &[Claim]) -> Markup {
        let strings = self.frame.strings();
        let givers = |claim: &Claim| {
            let names = claim.documents.iter().take(MAX_GIVERS).map(|id| self.short(id));
            let names = names.collect::<Vec<_>>().join("; ");
            let others = if claim.documents.len() > MAX_GIVERS {
                "; …"
            } else {
                ""
            };
            format!("{}{others}", clean(&names))
        };
        html! {
            ul {
                @for claim in claims {
                    li lang="vi" { (Untrusted(&date_text(&claim.value))) " " span.hint { "(" (fill(strings.given_by, &[&claim.count, &givers(claim)])) ")" } }
                }
            }
        }
    }

    /// Returns the short name of a document.
    fn short(&self, id: &str) -> String {
        short_name(
            &self.documents.get(id).map_or_else(|| id.to_owned(), label),
            GIVER_CHARS,
        )
    }

    /// Renders the acts by which the places refer to the document, each a link to its places alone; nothing if all places
    /// do so by one.
    fn relations(&self) -> Markup {
        let strings = self.frame.strings();
        let groups = concordance::by_relation(&self.report.places);
        let parameter = Facet::Relation.name();
        let wanted = self.found.wanted;
        let url = |value: Option<&str>| {
            let mut parameters = self.frame.parameters.clone();
            parameters.retain(|(name, given)| name != parameter && name != "offset" && !given.is_empty());
            parameters.extend(value.map(|value| (parameter.to_owned(), value.to_owned())));
            let place = if self.is_only {
                String::new()
            } else {
                format!("#{}", self.anchor())
            };
            format!("{}{place}", self.frame.url(&self.frame.path, &parameters))
        };
        let is_now = |is_now: bool| is_now.then_some("true");
        html! {
            @if groups.len() > 1 || wanted != Wanted::All {
                nav.chips.relations aria-label={ (strings.facet_relation) @if !self.is_only { ": " (self.name()) } } {
                    ul {
                        li { a href=(url(None)) aria-current=[is_now(wanted == Wanted::All)] { (strings.all_relations) " " span.count { "(" (self.report.places.len()) ")" } } }
                        @for (relation, places) in groups {
                            @let value = relation.map_or(NO_RELATION, Named::name);
                            li {
                                a href=(url(Some(value))) aria-current=[is_now(wanted == Wanted::Only(relation))] {
                                    @match relation { Some(relation) => span lang="vi" { (relation.label()) }, None => (strings.no_relation) }
                                    " " span.count { "(" (places.len()) ")" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Renders the places that are shown, grouped by citing document and section.
    fn citing(&self) -> Markup {
        let path = |place: &CitationRecord| self.found.path(&place.passage);
        html! {
            @for of_document in self.places.chunk_by(|one, other| one.document == other.document) {
                @if let Some(first) = of_document.first() {
                    article.citing {
                        (self.document_head(&first.document, of_document.len()))
                        @for of_section in of_document.chunk_by(|one, other| path(one) == path(other)) {
                            @if let Some(first) = of_section.first().filter(|first| !path(first).is_empty()) {
                                p.address lang="vi" title=(Untrusted(&path(first).join(" › "))) { (Untrusted(&innermost(path(first)).join(" › "))) }
                            }
                            ul.places { @for one in of_section { li { (self.place(one)) } } }
                        }
                    }
                }
            }
        }
    }

    /// Renders the name of a citing document, and what tells it from others of that name.
    fn document_head(&self, id: &str, places: usize) -> Markup {
        let strings = self.frame.strings();
        let name = self.documents.name(id);
        let named = html! { a href=(self.frame.page_url(&frame::document(id))) lang="vi" { (Untrusted(name)) } };
        let record = self.documents.get(id);
        let issuer = record.and_then(|record: &DocumentRecord| record.issuer.as_deref().or(record.province.as_deref()));
        let date = record.and_then(|record| record.date.as_deref());
        html! {
            @if self.is_only { h3 { (named) } } @else { h4 { (named) } }
            p.hint {
                @if let Some(issuer) = issuer { span lang="vi" { (Untrusted(issuer)) } " · " }
                @if let Some(date) = date { (cite_as::date(date)) " · " }
                (fill(strings.times, &[&places]))
            }
        }
    }

    /// Renders one place: the sentence around the citation, its page, and the act.
    fn place(&self, place: &CitationRecord) -> Markup {
        let strings = self.frame.strings();
        html! {
            q lang="vi" { (sentence(strings, place)) }
            p.hint {
                a href=(passage_address(self.frame, &place.document, &place.passage, &[])) { (fill(strings.page, &[&place.page])) }
                " · " (labels::place_name(strings, place.place))
                @if let Some(relation) = place.relation { " · " span lang="vi" { (relation.label()) } }
                @if let Some(pinpoint) = &place.pinpoint { " · " span lang="vi" { (Untrusted(pinpoint)) } }
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

/// Returns the last of the headings around a passage, which tell where it is; the title has all of them.
fn innermost(path: &[String]) -> &[String] {
    &path[path.len().saturating_sub(SHOWN_HEADINGS)..]
}

/// Renders the sentence around a citation with the citation marked.
fn sentence(strings: &Strings, place: &CitationRecord) -> Markup {
    let [start, end] = place.sentence_at;
    let hits = [Span::new(start, end)];
    let highlights = Highlights {
        unsure: &place.sentence_unsure,
        hits: &hits,
    };
    let whole = Span::new(0, place.sentence.len());
    html! {
        @if place.sentence.starts_with(char::is_lowercase) { "… " }
        (text::highlighted(strings, &place.sentence, whole, highlights))
        @if !is_ended(&place.sentence) { " …" }
    }
}
