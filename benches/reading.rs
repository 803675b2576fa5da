//! Reading damaged text: syllables per second on a scan, on text without marks, and on clean text.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use vankien::reading::{Model, Quality, Reader, Reading};
use vankien::text::{Span, fold};

/// A scan read by an OCR without Vietnamese.
const SCAN: &str = include_str!("../seeds/002_7d0812b23f44b276.txt");
/// Two more, of other offices.
const OTHERS: [&str; 2] = [
    include_str!("../seeds/000_d870f14bd0405ca4.txt"),
    include_str!("../seeds/003_df078dc1419f2d79.txt"),
];
/// A clean report.
const CLEAN: &str = include_str!("../seeds/001_a1c1383653321638.txt");

/// Times [`Reading::of`] on each input and checks that it did what the input asks for.
fn reading(criterion: &mut Criterion) {
    let unmarked = fold(CLEAN);
    let rows = [
        ("ocr", SCAN, Quality::Ocr, 1000..usize::MAX),
        ("unmarked", &unmarked, Quality::Unmarked, 1000..usize::MAX),
        ("clean", CLEAN, Quality::Clean, 0..1),
    ];
    let mut group = criterion.benchmark_group("reading/of");
    for (name, text, quality, repairs) in rows {
        let reading = Reading::of(text);
        assert_eq!(reading.quality(Span::new(0, text.len())), quality);
        assert!(
            repairs.contains(&reading.repairs.len()),
            "{name}: {} repairs",
            reading.repairs.len()
        );
        group.throughput(Throughput::Elements(text.split_whitespace().count() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| Reading::of(black_box(text))));
    }
    // As when a corpus is indexed: other scans were read before, none of them this one.
    group.throughput(Throughput::Elements(SCAN.split_whitespace().count() as u64));
    group.bench_function("ocr, two other scans before", |bencher| {
        let warm = || {
            let mut reader = Reader::new(Model::shipped());
            for other in OTHERS {
                black_box(reader.read(other));
            }
            reader
        };
        bencher.iter_batched_ref(warm, |reader| reader.read(black_box(SCAN)), BatchSize::PerIteration);
    });
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
