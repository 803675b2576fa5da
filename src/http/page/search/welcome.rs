//! The first page: what this is, the search box, the questions that people come with, and what the collection holds.

use std::collections::BTreeSet;
use std::time::SystemTime;

use maud::{Markup, html};
use time::{OffsetDateTime, UtcOffset};

use super::form;
use crate::concordance::CitedTable;
use crate::http::app::Derived;
use crate::http::app::examples::Examples;
use crate::http::page::parts::links::cited_address;
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::query_string::SearchUrl;
use crate::http::page::shell::untrusted::Untrusted;
use crate::http::page::shell::{self, hidden_language};
use crate::http::problem::Problem;
use crate::index::{Error, Index};
use crate::precedent::MAX_TEXT_BYTES;
use crate::render::language::{Lang, fill};

/// The hours that the clocks of Vietnam are ahead of UTC, all year.
const VIETNAM_HOURS: i8 = 7;

/// The most terms that are named.
const MAX_TERMS: usize = 3;

/// The holdings of the collection, counted once for each state of it.
struct Holdings {
    documents: usize,
    passages: u64,
    /// Provinces that documents come from.
    provinces: usize,
    /// Terms of office that documents are about, in order.
    terms: Vec<String>,
}

impl Holdings {
    /// Counts what `index` holds.
    fn of(index: &Index) -> Result<Self, Error> {
        let mut provinces = BTreeSet::new();
        let mut terms = BTreeSet::new();
        let mut documents = 0;
        for record in index.documents()? {
            documents += 1;
            provinces.extend(record.province.as_deref());
            terms.extend(record.terms.iter().map(String::as_str));
        }
        Ok(Self {
            documents,
            passages: index.passages_count(),
            provinces: provinces.len(),
            terms: terms.into_iter().map(str::to_owned).collect(),
        })
    }
}

/// Renders the first page.
///
/// # Errors
/// Those of reading the index.
pub(super) fn page(index: &Index, derived: &Derived, frame: &Frame) -> Result<Markup, Problem> {
    let strings = frame.strings();
    let holdings = index.kept(Holdings::of)?;
    let examples = derived.examples(index).unwrap_or_default();
    let content = html! {
        div.welcome {
            h1 { (strings.about) }
            p.lead { (strings.lead) }
            (form::first_box(frame))
            @if holdings.documents == 0 { p.told { (strings.no_documents) } }
        }
        (questions(frame, &examples))
        (holdings_list(index, frame, &holdings))
    };
    Ok(shell::page(frame, strings.search, &content))
}

/// Renders the questions that people come with, each with the way to ask it and an example from the collection.
fn questions(frame: &Frame, examples: &Examples) -> Markup {
    let strings = frame.strings();
    html! {
        div.questions {
            section.card aria-labelledby="ask-cited" {
                h2 #ask-cited { (strings.where_question) }
                form method="get" action=(frame.page_url("/citations/cited")) {
                    label for="symbol" { (strings.ask_cited) }
                    div.line {
                        input #symbol type="search" name="symbol" autocomplete="off" maxlength="300" required;
                        button.quiet type="submit" { (strings.see_places) }
                    }
                    (hidden_language(frame))
                }
                @if let Some(cited) = &examples.cited {
                    (example(frame, &cited_address(frame, &cited.cited), &cited.cited,
                        &fill(strings.cited_in_documents, &[&cited.count, &cited.documents])))
                }
            }
            section.card aria-labelledby="ask-wording" {
                h2 #ask-wording { (strings.who_question) }
                form method="post" action=(frame.page_url("/precedent")) {
                    label for="text" { (strings.paste) }
                    textarea #text name="text" maxlength=(MAX_TEXT_BYTES) rows="2" lang="vi" required {}
                    (hidden_language(frame))
                    button.quiet type="submit" { (strings.compare) }
                }
                @if let Some(wording) = &examples.wording {
                    (example(frame, &frame.url("/precedent", &[("text", &wording.text)]), &wording.text,
                        &fill(strings.wording_in_documents, &[&wording.documents])))
                }
            }
            section.card aria-labelledby="ask-words" {
                h2 #ask-words { (strings.look_up_question) }
                p { (strings.look_up_about) }
                @if let Some(phrase) = &examples.phrase {
                    @let quoted = format!("\"{}\"", phrase.text);
                    (example(frame, &SearchUrl::default().with_query(&quoted).href(frame), &phrase.text,
                        &fill(strings.passages, &[&count(frame.lang, phrase.count as u64)])))
                }
                p { a href=(frame.page_url("/help")) { (strings.search_help) } }
            }
        }
    }
}

/// Renders an example: a link to its answer, and how much is there.
fn example(frame: &Frame, address: &str, text: &str, found: &str) -> Markup {
    html! {
        p.example {
            span.hint { (frame.strings().for_example) ": " }
            a href=(address) lang="vi" { (Untrusted(text)) }
            span.hint { " – " (found) }
        }
    }
}

/// Renders what the collection holds, and when it changed last.
fn holdings_list(index: &Index, frame: &Frame, holdings: &Holdings) -> Markup {
    let strings = frame.strings();
    let number = |number: usize| count(frame.lang, number as u64);
    let link = |path: &str, number: &str| html! { a href=(frame.page_url(path)) { (number) } };
    html! {
        section.holdings aria-labelledby="holdings" {
            h2 #holdings { (strings.holdings) }
            dl {
                div { dt { (strings.documents) } dd { (link("/documents", &number(holdings.documents))) } }
                div { dt { (strings.held_passages) } dd { (count(frame.lang, holdings.passages)) } }
                @if let Some(table) = CitedTable::made(index) {
                    div { dt { (strings.cited) } dd { (link("/citations", &number(table.rows.len()))) } }
                }
                div { dt { (strings.facet_province) } dd { (number(holdings.provinces)) } }
                @if !holdings.terms.is_empty() {
                    div { dt { (strings.facet_term) } dd { (terms(&holdings.terms)) } }
                }
                @if let Some((iso, shown)) = index.committed().and_then(in_vietnam) {
                    div { dt { (strings.last_change) } dd { time datetime=(iso) { (shown) } } }
                }
            }
        }
    }
}

/// Returns the terms; of many, how many there are, from the first to the last.
fn terms(terms: &[String]) -> String {
    match terms {
        [first, .., last] if terms.len() > MAX_TERMS => {
            let (from, to) = (first.split('-').next(), last.split('-').next_back());
            format!("{} ({}–{})", terms.len(), from.unwrap_or(first), to.unwrap_or(last))
        }
        _ => terms.join(", "),
    }
}

/// Returns a number with its thousands set off as the language does.
fn count(lang: Lang, number: u64) -> String {
    let digits = number.to_string();
    let mark = match lang {
        Lang::Vi => '.',
        Lang::En => ',',
    };
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(mark);
        }
        shown.push(digit);
    }
    shown
}

/// Returns a time as ISO writes it, in UTC, and as offices in Vietnam do; `None` for one that no calendar has.
fn in_vietnam(time: SystemTime) -> Option<(String, String)> {
    let offset = UtcOffset::from_hms(VIETNAM_HOURS, 0, 0).ok()?;
    let utc = OffsetDateTime::from(time);
    let there = utc.checked_to_offset(offset)?;
    let shown = format!(
        "{:02}/{:02}/{} {:02}:{:02}",
        there.day(),
        u8::from(there.month()),
        there.year(),
        there.hour(),
        there.minute()
    );
    let iso = format!(
        "{}-{:02}-{:02}T{:02}:{:02}Z",
        utc.year(),
        u8::from(utc.month()),
        utc.day(),
        utc.hour(),
        utc.minute()
    );
    Some((iso, shown))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn numbers_and_times_are_written_as_offices_do() {
        assert_eq!(count(Lang::Vi, 6382), "6.382");
        assert_eq!(count(Lang::En, 1_234_567), "1,234,567");
        assert_eq!(count(Lang::Vi, 698), "698");
        let evening = SystemTime::UNIX_EPOCH + Duration::from_secs(20 * 3600 + 61);
        let (iso, shown) = in_vietnam(evening).unwrap();
        assert_eq!(
            (iso.as_str(), shown.as_str()),
            ("1970-01-01T20:01Z", "02/01/1970 03:01")
        );
    }

    #[test]
    fn many_terms_are_counted() {
        let all = ["2005-2010", "2010-2015", "2015-2020", "2020-2025"].map(str::to_owned);
        assert_eq!(terms(&all), "4 (2005–2025)");
        assert_eq!(terms(&all[2..]), "2015-2020, 2020-2025");
    }
}
