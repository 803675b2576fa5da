//! Speed of finding precedents: of one paragraph, compared with tantivy's more-like-this on the same passages in the same
//! run, of a phrase that stands nearly everywhere, and of all pairs of the seeds.
//!
//! The passages are those of the seeds, many times over, each time with other words in them. `VANKIEN_BENCH_MB` sets
//! the size of the corpus in MB (by default 4). More-like-this asks an index of one folded field for the passages that
//! share most of a paragraph's words; it aligns nothing and does not say what is the same.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use tantivy::collector::TopDocs;
use tantivy::query::MoreLikeThisQuery;
use tantivy::schema::{IndexRecordOption, OwnedValue, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{AsciiFoldingFilter, LowerCaser, SimpleTokenizer, TextAnalyzer};
use tantivy::{IndexWriter, TantivyDocument};
use vankien::index::{self, Index};
use vankien::precedent::{PrecedentOptions, Question, ReuseOptions, precedents, reuse};
use vankien::query::Filters;

/// The paragraph to find: one of a clean seed.
const ASKED: &str = "công tác xây dựng Đảng phải triển khai toàn diện trên các mặt chính trị, tư tưởng, đạo đức, tổ chức \
                     và cán bộ. Trong đó, xây dựng đội ngũ cán bộ, đảng viên có bản lĩnh chính trị vững vàng, tuyệt \
                     đối tin tưởng vào sự lãnh đạo của Đảng, kiên định chủ nghĩa Mác - Lênin";

/// A phrase that many passages of each copy have, as far as no other word replaced one of its.
const COMMON: &str = "công tác xây dựng Đảng";

/// Writes copies of the clean seeds until they have `bytes`; in each, every seventh word is replaced by another of its
/// words.
fn write_corpus(dir: &Path, bytes: usize) {
    let names = ["001_a1c1383653321638.txt", "004_dd2783c7784f4f98.txt"];
    let texts = names.map(|name| std::fs::read_to_string(Path::new("seeds").join(name)).expect("a seed is readable"));
    let mut written = 0;
    for number in 0.. {
        let text = &texts[number % texts.len()];
        let words: Vec<&str> = text.split(' ').collect();
        let other = |at: usize| {
            if (at + number).is_multiple_of(7) {
                words[(at * 31 + number * 7) % words.len()]
            } else {
                words[at]
            }
        };
        // The first two copies are the seeds unchanged.
        let copy = if number < texts.len() {
            text.clone()
        } else {
            (0..words.len()).map(other).collect::<Vec<_>>().join(" ")
        };
        std::fs::write(dir.join(format!("{number:05}.txt")), &copy).expect("the folder is writable");
        written += copy.len();
        if written >= bytes {
            break;
        }
    }
}

/// Makes an index of nothing but the folded words of `passages`.
fn plain(passages: &[String]) -> (tantivy::Index, tantivy::schema::Field) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("folding")
        .set_index_option(IndexRecordOption::WithFreqs);
    let field = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing) | STORED);
    let index = tantivy::Index::create_in_ram(schema.build());
    let chain = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter);
    index.tokenizers().register("folding", chain.build());
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 80_000_000).expect("no other writer");
    for passage in passages {
        let mut entry = TantivyDocument::default();
        entry.add_text(field, passage);
        writer.add_document(entry).expect("the entry is added");
    }
    writer.commit().expect("the index is committed");
    (index, field)
}

fn ask(criterion: &mut Criterion) {
    let megabytes = std::env::var("VANKIEN_BENCH_MB")
        .ok()
        .and_then(|size| size.parse().ok())
        .unwrap_or(4);
    let folder = tempfile::tempdir().expect("a folder of its own");
    let (files, dir) = (folder.path().join("files"), folder.path().join("index"));
    std::fs::create_dir(&files).expect("the folder is writable");
    write_corpus(&files, megabytes * 1_000_000);
    index::update(&dir, &[files], &index::BuildOptions::default(), &mut ()).expect("the corpus is indexed");
    let index = Index::open(&dir).expect("it was just built");
    let mut passages = Vec::new();
    for parsed in index.parsed_documents().expect("the index is whole") {
        let parsed = parsed.expect("the document is whole");
        passages.extend(parsed.passage_records().map(|record| record.text));
    }
    let (engine, field) = plain(&passages);
    let searcher = engine.reader().expect("the index is readable").searcher();
    let mut group = criterion.benchmark_group(format!("precedent/{} passages", passages.len()));
    group.sample_size(20);
    group.bench_function("tantivy more-like-this", |bencher| {
        bencher.iter(|| {
            let query = MoreLikeThisQuery::builder()
                .with_min_doc_frequency(1)
                .with_min_term_frequency(1)
                .with_document_fields(vec![(field, vec![OwnedValue::from(black_box(ASKED))])]);
            let found = searcher
                .search(&query, &TopDocs::with_limit(10).order_by_score())
                .expect("it answers");
            assert_eq!(found.len(), 10);
        });
    });
    group.bench_function("ask", |bencher| {
        bencher.iter(|| {
            let question = Question::text(&index, black_box(ASKED)).expect("the index is whole");
            let found =
                precedents(&index, &question, &Filters::default(), &PrecedentOptions::default()).expect("it answers");
            assert!(found.matches[0].stored.record.text.contains("yêu cầu cốt lõi"));
        });
    });
    group.bench_function("a phrase that most documents have", |bencher| {
        bencher.iter(|| {
            let question = Question::text(&index, black_box(COMMON)).expect("the index is whole");
            let found =
                precedents(&index, &question, &Filters::default(), &PrecedentOptions::default()).expect("it answers");
            assert!(found.whole > 10 && found.matches.len() == 10);
        });
    });
    group.finish();
}

fn all_pairs(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder of its own");
    let dir = folder.path().join("index");
    index::update(&dir, &["seeds".into()], &index::BuildOptions::default(), &mut ()).expect("indexed");
    let index = Index::open(&dir).expect("it was just built");
    let mut group = criterion.benchmark_group("precedent/all pairs");
    group.sample_size(10);
    group.bench_function("seeds", |bencher| {
        bencher.iter(|| {
            let reuse = reuse(&index, &Filters::default(), &ReuseOptions::default()).expect("it answers");
            assert!(reuse.families.len() > 50);
        });
    });
    group.finish();
}

criterion_group!(benches, ask, all_pairs);
criterion_main!(benches);
