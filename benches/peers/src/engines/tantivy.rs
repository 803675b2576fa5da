//! Plain tantivy: one field of folded text with positions, the text stored, three columns, one segment.

use std::cmp::Reverse;
use std::path::Path;

use tantivy::collector::{Collector, Count, SegmentCollector, TopDocs};
use tantivy::columnar::StrColumn;
use tantivy::query::{BooleanQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{AsciiFoldingFilter, LowerCaser, SimpleTokenizer, TextAnalyzer};
use tantivy::{DocId, Index, IndexWriter, Score, Searcher, SegmentOrdinal, SegmentReader, Term, doc};

use super::{Answer, Asked, Engine, EngineName, HITS, VALUES};
use crate::passages::Passages;
use crate::questions::Question;

/// Memory that the writer fills before it writes a segment.
const WRITER_BYTES: usize = 100_000_000;

/// The name of the analyzer.
const ANALYZER: &str = "folding";

/// The columns.
const COLUMNS: [&str; 3] = ["document", "section", "place"];

/// Builds an index of `passages` in `dir`: one thread, then one segment.
pub(super) fn build(passages: Passages, dir: &Path) -> anyhow::Result<()> {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(ANALYZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing) | STORED);
    let column = || TextOptions::from(FAST).set_fast("raw");
    let [document, section, place] = COLUMNS.map(|name| schema.add_text_field(name, column()));
    std::fs::create_dir_all(dir)?;
    let index = Index::create_in_dir(dir, schema.build())?;
    register(&index);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
    for passage in passages {
        let passage = passage?;
        writer.add_document(doc!(
            text => passage.text,
            document => passage.document,
            section => passage.section,
            place => passage.place,
        ))?;
    }
    writer.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.garbage_collect_files().wait()?;
    Ok(writer.wait_merging_threads()?)
}

/// Registers the analyzer.
fn register(index: &Index) {
    let chain = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter);
    index.tokenizers().register(ANALYZER, chain.build());
}

/// An open index.
pub(super) struct Plain {
    searcher: Searcher,
    text: Field,
}

impl Plain {
    /// Opens the index in `dir`.
    pub(super) fn open(dir: &Path) -> anyhow::Result<Self> {
        let index = Index::open_in_dir(dir)?;
        register(&index);
        Ok(Self {
            searcher: index.reader()?.searcher(),
            text: index.schema().get_field("text")?,
        })
    }

    /// Returns the query: a word, all words, or a phrase.
    fn query(&self, question: &Question) -> Box<dyn Query> {
        let terms = question
            .folded
            .iter()
            .map(|word| Term::from_field_text(self.text, word));
        let word = |term| TermQuery::new(term, IndexRecordOption::WithFreqs);
        if question.kind.is_phrase() {
            return Box::new(PhraseQuery::new(terms.collect()));
        }
        let mut terms: Vec<Term> = terms.collect();
        terms.sort_unstable();
        terms.dedup();
        match <[Term; 1]>::try_from(terms) {
            Ok([term]) => Box::new(word(term)),
            Err(terms) => {
                let words = terms.into_iter().map(|term| Box::new(word(term)) as Box<dyn Query>);
                Box::new(BooleanQuery::intersection(words.collect()))
            }
        }
    }
}

impl Engine for Plain {
    fn name(&self) -> EngineName {
        EngineName::Tantivy
    }

    fn ask(&self, question: &Question, asked: Asked) -> anyhow::Result<Answer> {
        let query = self.query(question);
        let best = TopDocs::with_limit(HITS).order_by_score();
        Ok(match asked {
            Asked::Top => Answer {
                hits: self.searcher.search(&*query, &best)?.len(),
                ..Answer::default()
            },
            Asked::TopAndFacets => {
                let (best, total, facets) = self.searcher.search(&*query, &(best, Count, Facets))?;
                Answer {
                    hits: best.len(),
                    total: Some(total),
                    documents: facets.into_iter().next().unwrap_or_default(),
                }
            }
        })
    }
}

/// Counts the values of all [`COLUMNS`] in one pass, and names the most frequent ones.
struct Facets;

/// The most frequent values of each column.
type Counted = Vec<Vec<(String, u64)>>;

impl Collector for Facets {
    type Fruit = Counted;
    type Child = SegmentFacets;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentFacets> {
        let mut columns = Vec::with_capacity(COLUMNS.len());
        for name in COLUMNS {
            if let Some(column) = segment.fast_fields().str(name)? {
                let counts = vec![0; column.num_terms()];
                columns.push((column, counts));
            }
        }
        Ok(SegmentFacets { columns })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Counted>>) -> tantivy::Result<Counted> {
        // The index has one segment.
        segments.into_iter().next().unwrap_or_else(|| Ok(Counted::new()))
    }
}

/// The counts by the numbers of the values.
struct SegmentFacets {
    columns: Vec<(StrColumn, Vec<u64>)>,
}

impl SegmentCollector for SegmentFacets {
    type Fruit = tantivy::Result<Counted>;

    fn collect(&mut self, passage: DocId, _: Score) {
        for (column, counts) in &mut self.columns {
            for value in column.term_ords(passage) {
                counts[value as usize] += 1;
            }
        }
    }

    fn harvest(self) -> Self::Fruit {
        let mut all = Counted::new();
        for (column, counts) in self.columns {
            // The numbers are in the order of the values.
            let mut best: Vec<(Reverse<u64>, u64)> = (0..)
                .zip(counts)
                .map(|(value, count)| (Reverse(count), value))
                .collect();
            best.retain(|(Reverse(count), _)| *count > 0);
            if best.len() > VALUES {
                best.select_nth_unstable(VALUES);
                best.truncate(VALUES);
            }
            best.sort_unstable();
            let mut named = Vec::with_capacity(best.len());
            for (Reverse(count), value) in best {
                let mut name = String::new();
                column.ord_to_str(value, &mut name)?;
                named.push((name, count));
            }
            all.push(named);
        }
        Ok(all)
    }
}
