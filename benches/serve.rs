//! What HTTP costs: the same questions through the library and over a connection to the service, in one run.
//!
//! The service runs in this process with its own threads; one client asks over loopback, keeping its connection.
//! `VANKIEN_BENCH_INDEX` names the folder of an index to ask; without it the seeds are indexed. How the service holds
//! up under many connections measures `benches/load`.

use std::hint::black_box;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use vankien::http::{App, Settings, serve};
use vankien::index::{self, Index};
use vankien::query::{Filters, parse};
use vankien::record::Facet;
use vankien::render::json::{HitLine, SummaryLine};
use vankien::search::{Options, Suggester, search};

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Questions, by name.
const QUESTIONS: [(&str, &str); 3] = [
    ("words", "cong tac kiem tra giam sat"),
    ("symbol", "nghi quyet 21"),
    ("phrase", "\"nghị quyết đại hội\""),
];

/// What is typed for suggestions.
const TYPED: [&str; 3] = ["dang bo", "nghi quyet 21", "nang cao nang luc"];

/// The facets that the page counts.
const FACETS: [Facet; 4] = [Facet::Province, Facet::Term, Facet::Section, Facet::Cites];

/// The answer as the library gives it, written as the API writes it.
fn ask(index: &Index, text: &str) -> usize {
    let (query, asked) = parse(text);
    let options = Options {
        facets: FACETS.to_vec(),
        ..Options::default()
    };
    let results = search(index, &query, &Filters::default(), &options).expect("the index is whole");
    let hits: Vec<HitLine<'_>> = results.hits.iter().map(HitLine::of).collect();
    let written = serde_json::to_vec(&(hits, SummaryLine::of(&results, &asked)));
    written.expect("records are plain data").len()
}

/// A connection that is kept.
struct Client {
    stream: BufReader<TcpStream>,
}

impl Client {
    fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("the service listens");
        stream.set_nodelay(true).expect("loopback");
        Self {
            stream: BufReader::new(stream),
        }
    }

    /// Number of bytes of the answer.
    fn get(&mut self, path: &str) -> usize {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        self.stream
            .get_mut()
            .write_all(request.as_bytes())
            .expect("the service listens");
        let mut line = String::new();
        self.stream.read_line(&mut line).expect("an answer");
        assert!(line.starts_with("HTTP/1.1 200"), "{line}");
        let mut length = 0;
        while line != "\r\n" {
            line.clear();
            self.stream.read_line(&mut line).expect("a head");
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.trim().parse().expect("a length");
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).expect("a body");
        black_box(body).len()
    }
}

/// Serves the index in `dir` until the process ends.
fn start(dir: PathBuf) -> SocketAddr {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
            sender
                .send(listener.local_addr().expect("an address"))
                .expect("somebody waits");
            let app = App::new(Settings::of(dir)).expect("threads");
            serve(listener, app, std::future::pending()).await;
        });
    });
    receiver.recv().expect("it listens")
}

fn bench(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder of its own");
    let given = std::env::var_os("VANKIEN_BENCH_INDEX").map(PathBuf::from);
    let dir = given.unwrap_or_else(|| {
        let dir = folder.path().join("index");
        index::update(&dir, &["seeds".into()], &index::BuildOptions::default(), &mut ())
            .expect("the seeds are indexed");
        dir
    });
    let index = Index::open(&dir).expect("an index of this version");
    let mut client = Client::connect(start(dir));
    let facets: Vec<&str> = FACETS.iter().map(|facet| facet.name()).collect();
    let mut group = criterion.benchmark_group("serve");
    for (name, text) in QUESTIONS {
        let encoded: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        let path = format!("/api/v1/search?q={encoded}&facets={}", facets.join(","));
        assert!(client.get(&path) > 1000, "{path}");
        group.bench_function(BenchmarkId::new("library", name), |bencher| {
            bencher.iter(|| ask(&index, black_box(text)));
        });
        group.bench_function(BenchmarkId::new("http", name), |bencher| {
            bencher.iter(|| client.get(black_box(&path)));
        });
    }
    let suggester = Suggester::of(&index).expect("the index is whole");
    for typed in TYPED {
        let encoded: String = form_urlencoded::byte_serialize(typed.as_bytes()).collect();
        let path = format!("/api/v1/suggest?q={encoded}");
        client.get(&path);
        group.bench_function(BenchmarkId::new("suggest, library", typed), |bencher| {
            bencher.iter(|| suggester.suggest(black_box(typed), 5));
        });
        group.bench_function(BenchmarkId::new("suggest, http", typed), |bencher| {
            bencher.iter(|| client.get(black_box(&path)));
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
