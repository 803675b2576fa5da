//! vankien, through its library, as the command line and the service ask it.
//!
//! Every answer holds what people see: the records of the passages, a snippet of each with what matched, the total. The
//! answers of the other engines hold numbers of passages.

use std::num::NonZero;
use std::path::Path;

use vankien::index::{BuildOptions, Index, update};
use vankien::query::{Filters, parse};
use vankien::record::Facet;
use vankien::search::{Options, search};

use super::{Answer, Asked, Engine, EngineName, HITS, VALUES};
use crate::questions::Question;

/// Builds an index in `dir` of the documents in `corpus`.
pub(super) fn build(corpus: &Path, dir: &Path) -> anyhow::Result<()> {
    let options = BuildOptions {
        rebuild: true,
        threads: NonZero::new(1),
        ..BuildOptions::default()
    };
    update(dir, &[corpus.to_path_buf()], &options, &mut ())?;
    Ok(())
}

/// An open index.
pub(super) struct Vankien {
    index: Index,
}

impl Vankien {
    /// Opens the index in `dir`.
    pub(super) fn open(dir: &Path) -> anyhow::Result<Self> {
        Ok(Self {
            index: Index::open(dir)?,
        })
    }
}

impl Engine for Vankien {
    fn name(&self) -> EngineName {
        EngineName::Vankien
    }

    fn ask(&self, question: &Question, asked: Asked) -> anyhow::Result<Answer> {
        let (query, _) = parse(&question.typed());
        let options = Options {
            limit: HITS,
            facets: match asked {
                Asked::Top => Vec::new(),
                Asked::TopAndFacets => vec![Facet::Document, Facet::Section, Facet::Place],
            },
            facet_limit: VALUES,
            ..Options::default()
        };
        let results = search(&self.index, &query, &Filters::default(), &options)?;
        let documents = results.facets.first().into_iter().flat_map(|counts| &counts.values);
        Ok(Answer {
            hits: results.hits.len(),
            total: (asked == Asked::TopAndFacets).then_some(results.strict_total()),
            documents: documents.map(|value| (value.value.clone(), value.count)).collect(),
        })
    }
}
