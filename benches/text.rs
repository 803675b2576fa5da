//! How fast text is cut into tokens and folded: ours beside tantivy's own chain, on the same text.
//!
//! The text is the clean seeds (Vietnamese with marks) and the scans (mostly ASCII), repeated to a few
//! megabytes. Each measured run counts its tokens, and the count is compared with one taken before.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use tantivy::tokenizer::{AsciiFoldingFilter, LowerCaser, SimpleTokenizer, TextAnalyzer, TokenStream};
use vankien::text::{Tokens, fold};

/// Bytes of text per run.
const BYTES: usize = 4_000_000;

/// Seeds whose name begins with one of `prefixes`, joined and repeated to [`BYTES`].
fn seeds(prefixes: &[&str]) -> String {
    let mut files: Vec<_> = std::fs::read_dir("seeds")
        .expect("seeds lie beside Cargo.toml")
        .flatten()
        .map(|f| f.path())
        .collect();
    files.sort();
    let named = |path: &std::path::PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
        prefixes.iter().any(|prefix| name.starts_with(prefix))
    };
    let text: String = files
        .iter()
        .filter(|path| named(path))
        .flat_map(std::fs::read_to_string)
        .collect();
    let mut repeated = String::with_capacity(BYTES + text.len());
    while repeated.len() < BYTES {
        repeated.push_str(&text);
    }
    repeated
}

fn count(text: &str) -> (usize, usize) {
    let mut tokens = Tokens::new(text);
    let (mut number, mut bytes) = (0, 0);
    while tokens.advance().is_some() {
        number += 1;
        bytes += tokens.exact().len() + tokens.folded().len();
    }
    (number, bytes)
}

fn text(criterion: &mut Criterion) {
    for (name, prefixes) in [("clean", &["001", "004"][..]), ("scan", &["000", "002", "003"])] {
        let text = seeds(prefixes);
        let expected = count(&text);
        assert!(expected.0 > BYTES / 10, "too few tokens");
        let mut group = criterion.benchmark_group("text");
        group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20);
        group.bench_function(BenchmarkId::new("tokens", name), |bencher| {
            bencher.iter(|| assert_eq!(count(black_box(&text)), expected));
        });
        group.bench_function(BenchmarkId::new("fold", name), |bencher| {
            bencher.iter(|| assert!(fold(black_box(&text)).len() < text.len()));
        });
        let mut chain = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(LowerCaser)
            .filter(AsciiFoldingFilter)
            .build();
        group.bench_function(BenchmarkId::new("tantivy-chain", name), |bencher| {
            bencher.iter(|| {
                let mut stream = chain.token_stream(black_box(&text));
                let mut number = 0;
                while stream.advance() {
                    number += 1;
                }
                assert!(number > BYTES / 10);
            });
        });
        group.finish();
    }
}

criterion_group!(benches, text);
criterion_main!(benches);
