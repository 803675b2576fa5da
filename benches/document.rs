//! How fast files are parsed, and parsed and searched for citations, by quality of their text.
//!
//! The reading of each text is made beforehand: it has its own cost. Every run compares the passages, notes,
//! sections and citations it counts with those of a first one.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use vankien::citation;
use vankien::document::{self, Document};
use vankien::reading::Reading;

/// The text of the seed whose name begins with `prefix`.
fn seed(prefix: &str) -> String {
    let path = std::fs::read_dir("seeds")
        .expect("seeds lie beside Cargo.toml")
        .flatten()
        .map(|file| file.path())
        .find(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(prefix))
        })
        .expect("the seed is there");
    std::fs::read_to_string(path).expect("seeds are UTF-8")
}

/// Numbers of passages, notes and sections.
fn counts(document: &Document) -> [usize; 3] {
    [
        document.passages.len(),
        document.footnotes.len(),
        document.sections.len(),
    ]
}

fn parse(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("document");
    group.sample_size(20);
    for (name, prefix) in [("clean", "001"), ("scan", "003")] {
        let text = seed(prefix);
        let reading = Reading::of(&text);
        let parsed = || document::parse("seed", "seed.txt", black_box(&text).clone(), &reading);
        let first = parsed();
        let (expected, cited) = (counts(&first), citation::find(&first, &reading).len());
        assert!(
            expected.iter().all(|&count| count > 4) && cited > 4,
            "{expected:?} {cited}"
        );
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(BenchmarkId::new("parse", name), |bencher| {
            bencher.iter(|| assert_eq!(counts(&parsed()), expected));
        });
        group.bench_function(BenchmarkId::new("parse+citations", name), |bencher| {
            bencher.iter(|| assert_eq!(citation::find(&parsed(), &reading).len(), cited));
        });
    }
    group.finish();
}

criterion_group!(benches, parse);
criterion_main!(benches);
