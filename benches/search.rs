//! How fast the seeds are searched: an index opened and asked once, as a command does, and asked while open.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use vankien::index::{self, Index};
use vankien::query::{Filters, parse};
use vankien::record::Facet;
use vankien::search::{Options, search};

/// Questions, by name.
const QUESTIONS: [(&str, &str); 5] = [
    ("word", "đường"),
    ("words", "công tác kiểm tra giám sát của Đảng"),
    ("phrase", "\"nghị quyết đại hội đảng bộ\""),
    ("symbol", "nghị quyết 21-NQ/TW"),
    ("filter", "tổ chức đảng section:ket-qua -place:footnote"),
];

/// Asks and returns the number of hits.
fn ask(index: &Index, text: &str, facets: &[Facet]) -> usize {
    let (query, _) = parse(text);
    let options = Options {
        facets: facets.to_vec(),
        ..Options::default()
    };
    search(index, &query, &Filters::default(), &options)
        .expect("the index is whole")
        .total()
}

fn bench(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder of its own");
    let dir = folder.path().join("index");
    index::update(&dir, &["seeds".into()], &index::BuildOptions::default(), &mut ()).expect("the seeds are indexed");
    let open = Index::open(&dir).expect("it was just built");
    let mut group = criterion.benchmark_group("search");
    for (name, text) in QUESTIONS {
        let total = ask(&open, text, &[]);
        assert!(total > 0, "{text}");
        group.bench_function(BenchmarkId::new("open and ask", name), |bencher| {
            bencher.iter(|| {
                let index = Index::open(&dir).expect("the index is whole");
                assert_eq!(ask(&index, black_box(text), &[]), total);
            });
        });
        group.bench_function(BenchmarkId::new("ask", name), |bencher| {
            bencher.iter(|| assert_eq!(ask(&open, black_box(text), &[]), total));
        });
        group.bench_function(BenchmarkId::new("ask with facets", name), |bencher| {
            bencher.iter(|| assert_eq!(ask(&open, black_box(text), Facet::ALL), total));
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
