//! Requests that vankien alone answers: the table of citations, facets and documents without a query, far windows,
//! questions of which a word is nowhere, precedents.

use std::path::Path;

use vankien::concordance::CitedTable;
use vankien::index::Index;
use vankien::precedent::{PrecedentOptions, Question as Wording, precedents};
use vankien::query::{Filters, parse};
use vankien::record::Facet;
use vankien::search::{self, Options, Suggester, search};

use crate::questions::{Kind, Question};
use crate::timing::{Times, timed};

/// The times of one kind of request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// The request.
    pub(crate) name: &'static str,
    /// Times.
    pub(crate) times: Times,
}

/// A window far behind the best hits: the last that the service answers.
const FAR: usize = 9990;

/// A word that no passage has.
const NOWHERE: &str = "zyxwv";

/// Paragraphs whose precedents are asked for.
const PARAGRAPHS: usize = 40;

/// Bytes of such a paragraph at most.
const PARAGRAPH_BYTES: usize = 300;

/// Asks the index in `dir` for each of them, `rounds` times, and keeps the best time of each question.
pub(crate) fn time_all(dir: &Path, questions: &[Question], rounds: usize) -> anyhow::Result<Vec<Row>> {
    let index = Index::open(dir)?;
    let suggester = Suggester::of(&index)?;
    let paragraphs = paragraphs(&index)?;
    let none = Filters::default();
    let ask = |typed: &str, options: &Options| search(&index, &parse(typed).0, &none, options);
    let far = Options {
        offset: FAR,
        ..Options::default()
    };
    let of_kind = |kind| questions.iter().filter(move |question| question.kind == kind);
    let letters: Vec<String> = ('a'..='z').map(String::from).collect();
    Ok(vec![
        row("the table of citations", rounds, [()], |()| {
            Ok(CitedTable::of(&index, &none)?.rows.len())
        })?,
        row("all facets without a query", rounds, [()], |()| {
            Ok(search::facets(&index, &none, Facet::ALL.to_vec())?.0.len())
        })?,
        row("all documents without a query", rounds, [()], |()| {
            Ok(search::documents(&index, &none)?.0.len())
        })?,
        row("a term, offset 9,990", rounds, of_kind(Kind::Term), |question| {
            Ok(ask(&question.typed(), &far)?.hits.len())
        })?,
        row(
            "2-3 words and one that is nowhere",
            rounds,
            of_kind(Kind::All),
            |question| {
                Ok(ask(&format!("{} {NOWHERE}", question.typed()), &Options::default())?
                    .hits
                    .len())
            },
        )?,
        row("the precedents of 300 bytes", rounds, &paragraphs, |paragraph| {
            let wording = Wording::text(&index, paragraph)?;
            Ok(precedents(&index, &wording, &none, &PrecedentOptions::default())?.total)
        })?,
        row("suggestions for one letter", rounds, &letters, |letter| {
            Ok(suggester.suggest(letter, 5).phrases.len())
        })?,
    ])
}

/// Asks each of `questions` `rounds` times.
fn row<Q: Copy>(
    name: &'static str,
    rounds: usize,
    questions: impl IntoIterator<Item = Q>,
    ask: impl Fn(Q) -> anyhow::Result<usize>,
) -> anyhow::Result<Row> {
    let mut times = Times::default();
    for question in questions {
        let mut of_question = Times::default();
        for _ in 0..rounds {
            of_question.add(timed(|| ask(question))?);
        }
        times.add_best(&of_question);
    }
    Ok(Row { name, times })
}

/// Returns paragraphs of documents all over the index.
fn paragraphs(index: &Index) -> anyhow::Result<Vec<String>> {
    let ids: Vec<&str> = index.documents()?.map(|record| record.document.as_str()).collect();
    let step = (ids.len() / PARAGRAPHS).max(1);
    let mut paragraphs: Vec<String> = Vec::new();
    for id in ids.into_iter().step_by(step).take(PARAGRAPHS) {
        let parsed = index.document(id)?;
        let texts = parsed.passage_records().map(|record| record.text);
        let long = texts.filter(|text| text.len() > PARAGRAPH_BYTES).nth(2);
        if let Some(text) = long {
            let chars = text.char_indices().take_while(|(at, _)| *at < PARAGRAPH_BYTES);
            paragraphs.push(chars.map(|(_, char)| char).collect());
        }
    }
    Ok(paragraphs)
}
