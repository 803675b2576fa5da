//! The report: Markdown that states the corpus, the machine, and what was measured.

use std::fmt::Write as _;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::building::BuildCost;
use crate::engines::{Asked, EngineName};
use crate::machine;
use crate::oracle::Agreement;
use crate::passages::Summary;
use crate::questions::Kind;
use crate::tables::Row;
use crate::timing::{Times, Timing};

/// All that was measured in one run.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    /// The corpus: its folder, or how it was made.
    pub(crate) corpus: String,
    /// The amount of text.
    pub(crate) summary: Summary,
    /// The costs of the indexes.
    pub(crate) built: Vec<(EngineName, BuildCost)>,
    /// The times of the questions.
    pub(crate) timings: Vec<Timing>,
    /// The times of what vankien alone answers.
    pub(crate) tables: Vec<Row>,
    /// The comparison of vankien's answers with tantivy's.
    pub(crate) agreement: Option<Agreement>,
}

impl Report {
    /// Returns the report as Markdown.
    pub(crate) fn to_markdown(&self) -> String {
        let mut text = String::new();
        let now = OffsetDateTime::now_utc().format(&Rfc3339).unwrap_or_default();
        push(&mut text, format_args!("# vankien beside its peers\n\n"));
        push(
            &mut text,
            format_args!("- {now}, vankien {}\n", env!("CARGO_PKG_VERSION")),
        );
        push(&mut text, format_args!("- {}\n", machine::description()));
        push(
            &mut text,
            format_args!(
                "- {}: {} passages, {:.1} MB of their text\n",
                self.corpus,
                self.summary.passages,
                self.summary.bytes as f64 / 1e6
            ),
        );
        self.push_built(&mut text);
        for asked in Asked::ALL {
            self.push_timings(asked, &mut text);
        }
        self.push_tables(&mut text);
        self.push_agreement(&mut text);
        text
    }

    /// Appends the costs of the indexes.
    fn push_built(&self, text: &mut String) {
        text.push_str(
            "\n## Indexing, one thread\n\nvankien reads documents, finds their structure and their citations; the others get its passages.\n\n\
             | engine | CPU s | MB a CPU second | on the clock s | index MB | bytes a byte of text | peak memory MB |\n\
             |---|---|---|---|---|---|---|\n",
        );
        for (engine, cost) in &self.built {
            let (cpu, bytes) = (cost.cpu.as_secs_f64(), self.summary.bytes as f64);
            push(
                text,
                format_args!(
                    "| {engine} | {cpu:.2} | {:.1} | {:.2} | {:.1} | {:.2} | {:.0} |\n",
                    bytes / 1e6 / cpu,
                    cost.wall.as_secs_f64(),
                    cost.index_bytes as f64 / 1e6,
                    cost.index_bytes as f64 / bytes,
                    cost.peak_bytes as f64 / 1e6,
                ),
            );
        }
    }

    /// Appends the times of the questions.
    fn push_timings(&self, asked: Asked, text: &mut String) {
        text.push_str(match asked {
            Asked::Top => "\n## The ten best passages, ms\n\nvankien always counts, reads the ten records and makes ten snippets; the others name the passages.\n\n",
            Asked::TopAndFacets => "\n## The ten best passages, the total, and the facets document, section, place, ms\n\n",
        });
        text.push_str("| p50 / p99 |");
        for (engine, _) in &self.built {
            push(text, format_args!(" {engine} |"));
        }
        text.push_str(" vankien / tantivy |\n|---|");
        text.push_str(&"---|".repeat(self.built.len() + 1));
        text.push('\n');
        for kind in Kind::ALL {
            push(text, format_args!("| {} |", kind.name()));
            for (engine, _) in &self.built {
                push(
                    text,
                    format_args!(
                        " {} |",
                        self.times(kind, asked, *engine).map_or_else(String::new, in_ms)
                    ),
                );
            }
            let ratio = |share: f64| {
                let of = |engine| self.times(kind, asked, engine)?.quantile(share);
                Some(of(EngineName::Vankien)? / of(EngineName::Tantivy)?)
            };
            let ratios = ratio(0.5).zip(ratio(0.99));
            let ratios = ratios.map_or_else(String::new, |(half, most)| format!("{half:.2} / {most:.2}"));
            push(text, format_args!(" {ratios} |\n"));
        }
    }

    /// Returns the times of one engine.
    fn times(&self, kind: Kind, asked: Asked, engine: EngineName) -> Option<&Times> {
        let of = |timing: &&Timing| timing.kind == kind && timing.asked == asked && timing.engine == engine;
        self.timings.iter().find(of).map(|timing| &timing.times)
    }

    /// Appends the times of what vankien alone answers.
    fn push_tables(&self, text: &mut String) {
        text.push_str("\n## What vankien alone answers, ms\n\n| request | p50 / p99 |\n|---|---|\n");
        for row in &self.tables {
            push(text, format_args!("| {} | {} |\n", row.name, in_ms(&row.times)));
        }
    }

    /// Appends the comparison of the answers.
    fn push_agreement(&self, text: &mut String) {
        let Some(agreement) = &self.agreement else {
            return;
        };
        push(
            text,
            format_args!(
                "\n## Answers\n\nOf {} questions vankien counts as many passages as tantivy in {}, and the same ten documents with as many \
                 passages each in {}.\n",
                agreement.questions, agreement.same_totals, agreement.same_documents
            ),
        );
        for other in &agreement.others {
            let [ours, theirs] = other.totals;
            push(text, format_args!("- `{}`: {ours} and {theirs}\n", other.typed));
        }
    }
}

/// Returns the time that half of the questions did not exceed, and that 99 of 100 did not.
fn in_ms(times: &Times) -> String {
    let quantile = |share| {
        times
            .quantile(share)
            .map_or_else(|| "-".to_owned(), |ms| format!("{ms:.3}"))
    };
    format!("{} / {}", quantile(0.5), quantile(0.99))
}

/// Appends formatted text.
fn push(text: &mut String, formatted: std::fmt::Arguments<'_>) {
    // Writing to a string never fails.
    let _ = text.write_fmt(formatted);
}
