//! How fast passages become an index: ours beside plain tantivy, on the same passages in the same run.
//!
//! Ours is the second pass of a build, from parsed documents to the committed index: citations resolved, parsed
//! documents and records kept, every word in two forms, facets. Plain tantivy is one field of the passages'
//! text with positions, stored, cut by its own chain with `AsciiFoldingFilter`. Both get the same threads
//! and memory and are timed until merging is done. `VANKIEN_BENCH_MB` sets the size of the corpus (8).

use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tantivy::schema::{IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{AsciiFoldingFilter, LowerCaser, SimpleTokenizer, TextAnalyzer};
use tantivy::{IndexWriter, TantivyDocument};
use vankien::index::{BuildOptions, BuildStep, Index, Progress, update};

/// Threads of both.
const THREADS: usize = 2;
/// Memory that each thread fills before it writes a segment, of both.
const SEGMENT_BYTES: usize = 80_000_000;

/// The seeds whose text kept its marks: how fast scans are read is measured by the bench of reading.
const CLEAN: [&str; 2] = ["001_a1c1383653321638.txt", "004_dd2783c7784f4f98.txt"];

/// Writes copies of the clean seeds, each with words of its own, until they have `bytes`.
fn write_corpus(dir: &Path, bytes: u64) {
    let seeds = CLEAN.map(|name| Path::new("seeds").join(name));
    let mut written = 0;
    for number in 0.. {
        let seed = &seeds[number % seeds.len()];
        let text = std::fs::read_to_string(seed).expect("a seed is readable");
        let text = text.replace("công tác", &format!("công tác {number}"));
        std::fs::write(dir.join(format!("{number:05}.txt")), &text).expect("the folder is writable");
        written += text.len() as u64;
        if written >= bytes {
            break;
        }
    }
}

/// Notes when the first pass ended.
struct SecondPass {
    begun: Instant,
}

impl Progress for SecondPass {
    fn advance(&mut self, step: BuildStep, _: usize, _: usize) {
        if step == BuildStep::Parse {
            self.begun = Instant::now();
        }
    }
}

/// Builds an index and returns how long its second pass took.
fn ours(files: &Path, dir: &Path) -> Duration {
    let mut pass = SecondPass { begun: Instant::now() };
    let options = BuildOptions {
        rebuild: true,
        threads: std::num::NonZero::new(THREADS),
        ..BuildOptions::default()
    };
    let report = update(dir, &[files.to_path_buf()], &options, &mut pass).expect("the corpus is indexed");
    assert_eq!(report.documents, report.added);
    pass.begun.elapsed()
}

/// Indexes `passages` with nothing but tantivy and returns how long that took.
fn plain(passages: &[String], dir: &Path) -> Duration {
    let begun = Instant::now();
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("folding")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing) | STORED);
    let index = tantivy::Index::create_in_dir(dir, schema.build()).expect("the folder is empty");
    let chain = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter);
    index.tokenizers().register("folding", chain.build());
    let mut writer: IndexWriter = index
        .writer_with_num_threads(THREADS, THREADS * SEGMENT_BYTES)
        .expect("no other writer");
    for passage in passages {
        let mut entry = TantivyDocument::default();
        entry.add_text(text, passage);
        writer.add_document(entry).expect("the entry is added");
    }
    writer.commit().expect("the index is committed");
    writer.wait_merging_threads().expect("merging ends");
    let elapsed = begun.elapsed();
    let held = index.reader().expect("the index is readable").searcher().num_docs();
    assert_eq!(held, passages.len() as u64);
    elapsed
}

fn index(criterion: &mut Criterion) {
    let megabytes = std::env::var("VANKIEN_BENCH_MB")
        .ok()
        .and_then(|size| size.parse().ok())
        .unwrap_or(8);
    let folder = tempfile::tempdir().expect("a folder of its own");
    let (files, dir) = (folder.path().join("files"), folder.path().join("index"));
    std::fs::create_dir(&files).expect("the folder is writable");
    write_corpus(&files, megabytes * 1_000_000);
    ours(&files, &dir);
    let built = Index::open(&dir).expect("it was just built");
    let mut passages = Vec::new();
    for parsed in built.parsed_documents().expect("the index is whole") {
        passages.extend(
            parsed
                .expect("the document is whole")
                .passage_records()
                .map(|record| record.text),
        );
    }
    let bytes: usize = passages.iter().map(String::len).sum();
    let mut group = criterion.benchmark_group("index");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(10);
    group.bench_function("plain tantivy", |bencher| {
        bencher.iter_custom(|rounds| {
            let round = |_| plain(&passages, tempfile::tempdir().expect("a folder of its own").path());
            (0..rounds).map(round).sum()
        });
    });
    group.bench_function("vankien", |bencher| {
        bencher.iter_custom(|rounds| (0..rounds).map(|_| ours(&files, &dir)).sum());
    });
    group.finish();
}

criterion_group!(benches, index);
criterion_main!(benches);
