//! Copied wording is found, whatever happened to it on its way.
//!
//! [`planting`] plants stretches of the seeds, changed as copies are, into other real text; [`ask`] asks the library
//! for them; [`score`] counts right and wrong answers against what the texts truly say ([`truth`]).

mod ask;
mod commands;
mod common_wording;
mod planting;
mod planting_tests;
mod score;
mod score_tests;
mod truth;

use std::collections::HashMap;
use std::path::PathBuf;

use unicode_normalization::UnicodeNormalization;
use vankien::index::{self, Index};
use vankien::reading::{Quality, Reading};
use vankien::record::Parsed;
use vankien::text::Span;

use super::program::Folder;
use ask::Piece;
use planting::{Change, Dice, Host, Kind, Planter, Planting, truth_of};
use score::{Planted, Score};

/// Most false matches, and false pairs, as a share of all.
const MAX_FALSE: f64 = 0.02;

/// Makes a row of the tables.
const fn kind(name: &'static str, from: Quality, change: Change, least: f64) -> Kind {
    Kind {
        name,
        from,
        change,
        least,
    }
}

const PLAIN: [Kind; 3] = [
    kind("verbatim", Quality::Clean, Change::None, 0.98),
    kind("marks dropped", Quality::Clean, Change::MarksDropped, 0.97),
    kind("2 % misread", Quality::Clean, Change::Misread(0.02), 0.97),
];

const MISREAD: [Kind; 3] = [
    kind("5 % misread", Quality::Clean, Change::Misread(0.05), 0.95),
    kind("10 % misread", Quality::Clean, Change::Misread(0.10), 0.85),
    kind("15 % misread", Quality::Clean, Change::Misread(0.15), 0.70),
];

const REWORDED: [Kind; 3] = [
    kind("clause replaced", Quality::Clean, Change::ClauseReplaced, 0.90),
    kind("clauses exchanged", Quality::Clean, Change::ClausesExchanged, 0.90),
    kind("clause inserted", Quality::Clean, Change::ClauseInserted, 0.90),
];

/// Scans are held to the same shares as clean documents.
const SCANNED: [Kind; 3] = [
    kind("scan verbatim", Quality::Ocr, Change::None, 0.98),
    kind("scan marks dropped", Quality::Ocr, Change::MarksDropped, 0.97),
    kind("scan 5 % misread", Quality::Ocr, Change::Misread(0.05), 0.95),
];

/// Seeds and their index, in a folder of their own.
struct Seeds {
    folder: Folder,
    parsed: Vec<Parsed>,
}

impl Seeds {
    /// All seeds.
    fn all() -> Self {
        Self::only(|_| true)
    }

    /// The clean seeds: nothing needs a repaired reading.
    fn clean() -> Self {
        Self::only(|text| !Reading::unrepaired(text).is_damaged())
    }

    fn only(takes: impl Fn(&str) -> bool) -> Self {
        let folder = Folder::new();
        for (name, text) in super::seeds::texts() {
            if takes(&text) {
                folder.write(&format!("seeds/{name}.txt"), text);
            }
        }
        let parsed = parsed(&indexed(&folder, &["seeds"]));
        Self { folder, parsed }
    }

    /// Makes hosts with plantings of these kinds.
    fn plant(&self, kinds: &'static [Kind]) -> Planter {
        self.plant_sample(kinds, SAMPLES[0])
    }

    /// Makes hosts with one sample of plantings of these kinds.
    fn plant_sample(&self, kinds: &'static [Kind], sample: u64) -> Planter {
        let mut planter = Planter::new(&self.parsed, Dice(sample));
        for kind in kinds {
            planter.plant(kind);
        }
        planter
    }
}

/// The samples of plantings, as the first numbers of their dice. One more or one fewer of the 40 plantings of a sample
/// is 0.025 of it, which the passages of the seeds decide by where they begin; of 160 plantings it is 0.006.
const SAMPLES: [u64; 4] = [20_251_122, 1, 2, 3];

/// The seeds and hosts with plantings in one index. Each table of kinds has an index of its own, so that no stretch has
/// so many copies in it that it becomes a set phrase.
struct Field {
    hosts: Vec<Host>,
    planted: Planted,
    _folder: Folder,
}

impl Field {
    fn of(seeds: Seeds, kinds: &'static [Kind]) -> Self {
        Self::of_sample(seeds, kinds, SAMPLES[0])
    }

    fn of_sample(seeds: Seeds, kinds: &'static [Kind], sample: u64) -> Self {
        let Planter { hosts, plantings, .. } = seeds.plant_sample(kinds, sample);
        let Seeds { folder, parsed } = seeds;
        for host in &hosts {
            folder.write(&format!("hosts/{}.txt", host.document), &host.text);
        }
        let of_seeds = parsed.iter().map(|seed| (seed.document.id.clone(), truth_of(seed)));
        let of_hosts = hosts.iter().map(|host| (host.document.clone(), host.truth.clone()));
        let planted = Planted {
            index: indexed(&folder, &["seeds", "hosts"]),
            truths: of_seeds.chain(of_hosts).collect(),
            plantings,
        };
        Self {
            hosts,
            planted,
            _folder: folder,
        }
    }

    fn plantings(&self) -> &[Planting] {
        &self.planted.plantings
    }
}

/// Indexes these folders.
fn indexed(folder: &Folder, names: &[&str]) -> Index {
    let paths: Vec<PathBuf> = names.iter().map(|name| folder.path(name)).collect();
    let dir = folder.path("index");
    index::update(&dir, &paths, &index::BuildOptions::default(), &mut ()).unwrap();
    Index::open(&dir).unwrap()
}

/// Returns all documents of an index.
fn parsed(index: &Index) -> Vec<Parsed> {
    index.parsed_documents().unwrap().map(Result::unwrap).collect()
}

/// Asserts that enough plantings of these kinds are found in all samples together, by asking and among all pairs, and
/// little else in each.
fn expect_found(kinds: &'static [Kind]) {
    let mut sums = vec![[0.0; 2]; kinds.len()];
    for sample in SAMPLES {
        let field = Field::of_sample(Seeds::all(), kinds, sample);
        let index = &field.planted.index;
        let ask = |planting: &Planting| ask::precedents(index, &planting.text);
        let score = Score::of(&field.planted, ask, &ask::pairs(index));
        println!("{score}");
        assert_eq!(score.rows.len(), kinds.len());
        for (sum, row) in sums.iter_mut().zip(&score.rows) {
            let [asked, paired] = row.recalls();
            *sum = [sum[0] + asked, sum[1] + paired];
        }
        assert!(score.asked.wrong_share() <= MAX_FALSE, "{score}");
        assert!(score.pairs.wrong_share() <= MAX_FALSE, "{score}");
    }
    for (kind, sum) in kinds.iter().zip(sums) {
        for recall in sum.map(|sum| sum / SAMPLES.len() as f64) {
            assert!(recall >= kind.least, "{}: {recall:.3}, least {}", kind.name, kind.least);
        }
    }
}

#[test]
fn copies_are_found_with_marks_and_without() {
    expect_found(&PLAIN);
}

#[test]
fn misread_copies_are_found() {
    expect_found(&MISREAD);
}

#[test]
fn reworded_copies_are_found() {
    expect_found(&REWORDED);
}

#[test]
fn copies_of_scans_are_found() {
    expect_found(&SCANNED);
}

/// Asserts that each piece shows the text at its spans, line by line.
#[track_caller]
fn check_pieces(pieces: &[Piece], source: &str) {
    let mut at = 0;
    for piece in pieces {
        let mut shown = String::new();
        for span in &piece.spans {
            assert!(span.start >= at, "{span:?} begins before {at}: {pieces:?}");
            at = span.end;
            let line = source.get(span.start..span.end).expect("a span on char boundaries");
            // A symbol that is broken after its number is one word.
            let broken = shown.ends_with('-') && shown.trim_end_matches('-').ends_with(char::is_numeric);
            if !shown.is_empty() && !broken {
                shown.push(' ');
            }
            shown.extend(line.nfc());
        }
        assert_eq!(shown, piece.text);
    }
}

#[test]
fn aligned_pieces_show_what_stands_at_their_spans() {
    for kinds in [&REWORDED, &SCANNED] {
        let field = Field::of(Seeds::all(), kinds);
        let index = &field.planted.index;
        let texts: HashMap<String, String> = parsed(index)
            .into_iter()
            .map(|parsed| (parsed.document.id, parsed.document.text))
            .collect();
        let mut pieces = 0;
        for planting in field.plantings() {
            for found in ask::precedents(index, &planting.text) {
                check_pieces(&found.given, &planting.text);
                check_pieces(&found.found, &texts[&found.document]);
                pieces += found.found.len();
            }
        }
        assert!(pieces > field.plantings().len(), "only {pieces} pieces");
    }
}

/// Makes a piece that shows this text of these bytes.
fn piece(text: &str, spans: &[[usize; 2]]) -> Piece {
    Piece {
        text: text.to_owned(),
        spans: spans.iter().map(|&[start, end]| Span::new(start, end)).collect(),
    }
}

#[test]
fn pieces_that_show_their_bytes_are_known() {
    check_pieces(
        &[
            piece("Nghị quyết số", &[[0, 6], [7, 19]]),
            piece("35-NQ/TW", &[[20, 23], [25, 30]]),
        ],
        "Nghị\nquyết số 35-\n\nNQ/TW",
    );
}

#[test]
#[should_panic(expected = "begins before")]
fn pieces_that_overlap_are_known() {
    check_pieces(&[piece("Đảng", &[[0, 7]]), piece("ng bộ", &[[5, 12]])], "Đảng bộ");
}

#[test]
#[should_panic(expected = "Đảng b")]
fn pieces_that_show_something_else_are_known() {
    check_pieces(&[piece("Đảng b", &[[0, 12]])], "Đảng bộ");
}
