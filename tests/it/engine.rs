//! The same answers from an engine that is asked over the network as from the embedded one.
//!
//! OpenSearch is nowhere in reach of a test, so the engine is the part of its dialect that vankien uses, over real Lucene
//! (`tests/engine`), with one shard and with three. It takes a JDK and Lucene; where they are missing these tests say so,
//! and test nothing.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::num::NonZero;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use vankien::index::{self, EngineAccess, EngineAddress, Index, IndexPlace, PublishOptions};
use vankien::precedent::{Draft, PrecedentOptions, Precedents, Question, precedents};
use vankien::query::{Filters, parse};
use vankien::record::Facet;
use vankien::search::{Marks, Options, Results, Sort, search};

use super::program::{Folder, root};

/// Hits that are compared.
const COMPARED: usize = 1_000;

/// The greatest relative difference of two scores that are the same: roundings in another order.
const SAME_SCORE: f32 = 1e-5;

/// Questions of every kind, beside the judged ones.
const QUESTIONS: &[&str] = &[
    "đảng",
    "dang",
    "Đảng bộ tỉnh",
    "kết quả -hạn chế",
    "tinh gọn OR sáp nhập",
    "(tinh gọn OR sáp nhập) bộ máy",
    "NOT đảng",
    "\"đại hội đảng bộ\"",
    "\"dai hoi dang bo\"",
    "\"cán bộ, công chức\"",
    "\"công tác cán bộ\"~5",
    "\"lãnh đạo cán bộ\"~4",
    "\"tham nhũng lãng phí tiêu cực\"~5",
    "\"đại hội đ*\"",
    "\"ngh* quyết\"~2",
    "nghị quy*",
    "đư*",
    "ngh* -nghị",
    "21-NQ/TW",
    "nq 21",
    "nghị quyết 57",
    "-21-NQ/TW nghị quyết",
    "\"ngày 16/6/2022\"",
    "\"ngày 16/6/2022 của\"",
    "28/02/2025",
    "UBND tỉnh",
    "hệ thống chính trị tinh gọn zzqx",
    "chuyển đổi số zzqx yyqx cán bộ",
    "zzqx",
    "đại hội place:footnote",
    "nông thôn mới section:han-che",
    "nông thôn mới -place:footnote term:2020-2025",
    "cites:21-NQ/TW",
    "document:001 kinh tế",
    "document:001 document:003 kinh tế",
    "quality:ocr cap uy",
    "cấp ủy quality:ocr",
    "relation:thuc-hien cites:57-NQ/TW",
    "cited-kind:nghi-quyet kinh tế",
    "from:2025 to:2026 đảng",
    "to:2019 đảng",
    "và của các",
];

/// The engine, until it is dropped.
pub(crate) struct Engine {
    program: Child,
    pub(crate) address: String,
}

impl Engine {
    /// Starts the engine; `None` if something that it needs is missing.
    pub(crate) fn start() -> Option<Self> {
        let started = Command::new(root().join("tests/engine/run"))
            .args([Path::new("0"), &root().join("target/engine")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let mut program = started.unwrap();
        let mut line = String::new();
        BufReader::new(program.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let Some(address) = line.trim().strip_prefix("listening on ") else {
            println!("skipped: tests/engine/run is not available here");
            program.wait().unwrap();
            return None;
        };
        let address = address.to_owned();
        Some(Self { program, address })
    }

    /// The URL of an index of this name.
    pub(crate) fn url(&self, name: &str) -> String {
        format!("http://{}/{name}", self.address)
    }

    /// Puts the index in `dir` into the engine under a name, in so many shards, and opens it.
    fn publish(&self, dir: &Path, name: &str, shards: u32) -> Index {
        let access = EngineAccess::open(EngineAddress::parse(&self.url(name)).unwrap());
        let options = PublishOptions {
            shards: NonZero::new(shards),
            ..PublishOptions::default()
        };
        index::publish(dir, &access, &options, &mut ()).unwrap();
        Index::open_at(&IndexPlace::Engine(access)).unwrap()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.program.kill().ok();
        self.program.wait().ok();
    }
}

/// A folder with the seeds and their index.
fn indexed_seeds() -> Folder {
    let folder = Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    folder
}

/// An answer of the engine must be that of the embedded one.
fn expect_same(asked: &str, embedded: &Results, remote: &Results) {
    assert_eq!(remote.matches, embedded.matches, "{asked}");
    assert_eq!(remote.relaxed, embedded.relaxed, "{asked}");
    assert_eq!(remote.diagnostics, embedded.diagnostics, "{asked}");
    assert_eq!(remote.also, embedded.also, "{asked}");
    for (one, other) in remote.facets.iter().zip(&embedded.facets) {
        assert_eq!(one, other, "{asked}");
    }
    assert_eq!(remote.facets.len(), embedded.facets.len(), "{asked}");
    let by_id = |results: &Results| -> BTreeMap<String, f32> {
        let hits = results.hits.iter();
        hits.map(|hit| (hit.stored.record.passage.clone(), hit.score)).collect()
    };
    let (scores, of_remote) = (by_id(embedded), by_id(remote));
    assert_eq!(
        of_remote.keys().collect::<Vec<_>>(),
        scores.keys().collect::<Vec<_>>(),
        "{asked}"
    );
    let same = |one: f32, other: f32| (one - other).abs() <= SAME_SCORE * one.abs().max(1.0);
    for (id, score) in &scores {
        assert!(
            same(*score, of_remote[id]),
            "{asked}: {id} has {score} and {}",
            of_remote[id]
        );
    }
    for (one, other) in embedded.hits.iter().zip(&remote.hits) {
        // Scores that only differ by roundings may change places.
        let (id, its_id) = (&one.stored.record.passage, &other.stored.record.passage);
        assert!(
            id == its_id || same(one.score, other.score),
            "{asked}: {id} and {its_id} at {}",
            one.rank
        );
        if id == its_id {
            assert_eq!(other.stored, one.stored, "{asked}");
            assert_eq!(
                (&other.snippet, other.agreement),
                (&one.snippet, one.agreement),
                "{asked}"
            );
            assert_eq!(other.head, one.head, "{asked}");
        }
    }
}

/// The judged queries, and those of this file.
fn questions() -> Vec<String> {
    let judged = include_str!("relevance.tsv").lines().skip(1);
    let judged = judged.filter_map(|line| line.split('\t').next());
    judged.chain(QUESTIONS.iter().copied()).map(str::to_owned).collect()
}

#[test]
fn every_question_has_the_same_answer() {
    let Some(engine) = Engine::start() else { return };
    let folder = indexed_seeds();
    let embedded = Index::open(&folder.path("index")).unwrap();
    let mut compared = 0;
    for shards in [1, 3] {
        let remote = engine.publish(&folder.path("index"), &format!("seeds{shards}"), shards);
        for asked in questions() {
            for (marks, sort) in [
                (Marks::Prefer, Sort::Relevance),
                (Marks::Any, Sort::Relevance),
                (Marks::Exact, Sort::Relevance),
                (Marks::Prefer, Sort::Date),
            ] {
                let (query, _) = parse(&asked);
                let options = Options {
                    marks,
                    sort,
                    limit: COMPARED,
                    facets: Facet::ALL.to_vec(),
                    ..Options::default()
                };
                let answer = |index| search(index, &query, &Filters::default(), &options).unwrap();
                expect_same(
                    &format!("{asked} {marks:?} {shards}"),
                    &answer(&embedded),
                    &answer(&remote),
                );
                compared += 1;
            }
        }
    }
    println!("{compared} answers are the same");
}

#[test]
fn passages_and_drafts_have_the_same_precedents() {
    let Some(engine) = Engine::start() else { return };
    let folder = indexed_seeds();
    let embedded = Index::open(&folder.path("index")).unwrap();
    let remote = engine.publish(&folder.path("index"), "seeds", 3);
    let options = PrecedentOptions {
        limit: COMPARED,
        facets: vec![Facet::Document, Facet::Section],
        ..PrecedentOptions::default()
    };
    let none = Filters::default();
    let same = |asked: &str, one: Precedents, other: Precedents| {
        let found = one.matches.len();
        let elapsed = one.elapsed;
        assert_eq!(one, Precedents { elapsed, ..other }, "{asked}");
        found
    };
    let (mut passages, mut paragraphs, mut found) = (0, 0, 0);
    let seeds: Vec<String> = embedded
        .documents()
        .unwrap()
        .map(|record| record.document.clone())
        .collect();
    for id in &seeds {
        let parsed = embedded.document(id).unwrap();
        let count = parsed.document.passages.len();
        for number in (0..count).step_by(count.div_ceil(12)) {
            let passage = parsed.passage_id(number);
            let answer = |index: &Index| {
                let question = Question::passage(index, &passage).unwrap();
                precedents(index, &question, &none, &options).unwrap()
            };
            found += same(&passage, answer(&embedded), answer(&remote));
            passages += 1;
        }
        // Four drafts of each, the first paragraphs of each.
        let lines: Vec<&str> = parsed.document.text.lines().collect();
        for (number, draft) in lines.chunks(lines.len().div_ceil(4)).enumerate() {
            let text = draft.join("\n");
            let answers = |index: &Index| -> Vec<Precedents> {
                let draft = Draft::of_text(index, text.clone()).unwrap();
                let answers = draft.paragraphs(index, &none, &options, 0..6).unwrap();
                answers.map(|answer| answer.unwrap().precedents).collect()
            };
            let (one, other) = (answers(&embedded), answers(&remote));
            assert_eq!(one.len(), other.len());
            for (one, other) in one.into_iter().zip(other) {
                found += same(&format!("draft {number} of {id}"), one, other);
                paragraphs += 1;
            }
        }
    }
    println!("{passages} passages, {paragraphs} paragraphs of drafts: {found} precedents are the same");
    assert!(passages >= 50 && paragraphs >= 60 && found > 200);
}

#[test]
fn every_command_writes_the_same() {
    let Some(engine) = Engine::start() else { return };
    let folder = indexed_seeds();
    engine.publish(&folder.path("index"), "seeds", 3);
    let url = engine.url("seeds");
    let wording = "nâng cao năng lực lãnh đạo, sức chiến đấu của tổ chức đảng";
    for command in [
        &["cite", "21-NQ/TW", "--format", "json"][..],
        &["cite", "57-NQ/TW"],
        &["cite", "nghị quyết đại hội", "--format", "json"],
        &["cite", "21-NQ/TW", "--relation", "quan-triet", "--format", "json"],
        &["cite", "57-NQ/TW", "--section", "ket-qua", "-C", "1"],
        &["cite", "999-NQ/TW"],
        &["cites", "001", "--format", "json"],
        &["cites", "003", "--relation", "thuc-hien"],
        &["citations", "--format", "csv"],
        &["citations", "--province", "Cần Thơ", "--format", "json"],
        &["citations", "--section", "ket-qua"],
        &["citations", "--cited-kind", "nghi-quyet", "--format", "csv"],
        &[
            "citations",
            "--relation",
            "thuc-hien",
            "--from",
            "2025",
            "--format",
            "json",
        ],
        &["precedent", wording, "--format", "json"],
        &["precedent", "tinh gọn tổ chức bộ máy", "--format", "csv"],
        &[
            "precedent",
            "--file",
            "seeds/000_d870f14bd0405ca4.txt",
            "--document",
            "001",
            "--format",
            "json",
        ],
        &["proof", "seeds/001_a1c1383653321638.txt", "--json"],
        &["show", "001:10"],
        &["show", "003@5"],
        &["outline", "002"],
        &["documents", "--format", "json"],
        &["documents", "--term", "2020-2025"],
        &["facets", "--format", "json"],
        &["facets", "--section", "han-che"],
        &["search", "tinh gọn bộ máy", "--count"],
        &["search", "cites:21-NQ/TW", "-l"],
        &["search", "bộ máy", "-n", "5"],
        &["export", "passages"],
        &["export", "citations"],
        &["export", "documents"],
    ] {
        let of_folder = folder.run(command);
        let of_engine = folder.run(&[command, &["--engine", &url]].concat());
        assert_eq!(of_engine.code, of_folder.code, "{command:?}: {}", of_engine.err);
        let without_time = |text: &str| -> Vec<String> {
            let lines = text.lines().filter(|line| !line.contains("elapsed_ms"));
            lines.map(str::to_owned).collect()
        };
        assert_eq!(
            without_time(&of_engine.out),
            without_time(&of_folder.out),
            "{command:?}"
        );
    }
}
