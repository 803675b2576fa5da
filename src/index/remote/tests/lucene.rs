//! An index in the engine over Lucene that tests use in place of OpenSearch (`tests/engine`): what was written is
//! found.
//!
//! It takes a JDK and Lucene; without them these tests say so, and test nothing.

use std::io::{self, BufRead, BufReader, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use super::super::client::Client;
use super::super::names::Names;
use super::super::publish::{PublishOptions, publish};
use super::super::state::read_state;
use super::super::{EngineAccess, EngineAddress, Part, records, shingle_word};
use super::publishing::{Corpus, NEW, OLD};
use crate::index::{self, BuildOptions, Index, shingle};
use crate::text::Tokens;

/// The engine, until it is dropped.
struct Lucene {
    program: Child,
    access: EngineAccess,
}

impl Lucene {
    /// Starts the engine; `None` if something that it needs is missing.
    fn start() -> Option<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let script = root.join("tests/engine/run");
        let started = Command::new(script)
            .args([Path::new("0"), &root.join("target/engine")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let Ok(mut program) = started else {
            writeln!(io::stderr(), "skipped: tests/engine/run cannot be started").unwrap();
            return None;
        };
        let mut line = String::new();
        BufReader::new(program.stdout.take()?).read_line(&mut line).ok()?;
        let Some(address) = line.trim().strip_prefix("listening on ") else {
            writeln!(io::stderr(), "skipped: tests/engine/run is not available here").unwrap();
            program.wait().ok();
            return None;
        };
        let url = EngineAddress::parse(&format!("http://{address}/vk")).unwrap();
        Some(Self {
            program,
            access: EngineAccess::open(url),
        })
    }

    fn client(&self) -> Client {
        Client::open(&self.access).unwrap()
    }
}

impl Drop for Lucene {
    fn drop(&mut self) {
        self.program.kill().ok();
        self.program.wait().ok();
    }
}

/// Compares what the engine finds with the embedded index: words, shingles, stored forms, order.
fn assert_same(client: &Client, index: &Index) {
    let (state, names) = read_state(client).unwrap();
    assert_eq!(state.state, index.state().to_string());
    assert_eq!(state.words, index.words_count().unwrap());
    let passages = names.index(Part::Passages);
    assert_eq!(
        client.count(&passages, &json!({ "match_all": {} })).unwrap(),
        index.passages_count()
    );
    let mut asked = 0;
    for parsed in index.parsed_documents().unwrap() {
        let parsed = parsed.unwrap();
        let mut tokens = Tokens::new(&parsed.document.text);
        let mut last = String::new();
        while let Some(token) = tokens.advance() {
            if token.position % 97 < 2 {
                let folded = tokens.folded().to_owned();
                let found = client
                    .count(&passages, &json!({ "term": { "folded": folded } }))
                    .unwrap();
                assert_eq!(found, index.passages_with_word(&folded).unwrap(), "{folded}");
                if token.position % 97 == 1 {
                    let pair = shingle(&last, &folded);
                    let found = client.count(&passages, &json!({ "term": { "shingle": shingle_word(pair) } }));
                    assert_eq!(
                        found.unwrap(),
                        index.passages_with_shingle(pair).unwrap(),
                        "{last} {folded}"
                    );
                }
                last = folded;
                asked += 1;
            }
        }
    }
    assert!(asked > 2, "{asked}");
    assert_pages(client, &names, index);
}

/// Compares the passages page by page, and the documents by their ids.
fn assert_pages(client: &Client, names: &Names, index: &Index) {
    let point = client.open_point_in_time(&names.index(Part::Passages), "1m").unwrap();
    let mut after: Option<Vec<Value>> = None;
    let mut seen = 0;
    loop {
        let mut body = json!({
            "size": 50,
            "query": { "match_all": {} },
            "sort": [{ "document": "asc" }, { "order": "asc" }],
            "_source": ["record"],
            "pit": { "id": point, "keep_alive": "1m" },
        });
        if let Some(after) = &after {
            body["search_after"] = json!(after);
        }
        let found = client.search(None, &body).unwrap();
        assert_eq!(found.total, Some(index.passages_count()));
        for hit in &found.hits {
            let stored = records::passage(hit.source["record"].as_str().unwrap()).unwrap();
            assert_eq!(stored, index.passage(&hit.id).unwrap());
        }
        seen += found.hits.len() as u64;
        let Some(last) = found.hits.into_iter().last() else {
            break;
        };
        after = Some(last.sort);
    }
    assert_eq!(seen, index.passages_count());
    client.close_point_in_time(&point).unwrap();
    let ids: Vec<String> = index
        .documents()
        .unwrap()
        .map(|record| record.document.clone())
        .collect();
    let mut asked: Vec<(&str, Option<&str>)> = ids.iter().map(|id| (id.as_str(), None)).collect();
    asked.push(("absent", None));
    let mut got = client
        .mget(&names.index(Part::Documents), &asked, &["parsed", "cites"])
        .unwrap();
    assert!(got.pop().unwrap().is_none());
    for (id, got) in ids.iter().zip(got) {
        let source = got.unwrap().source;
        let text = |field: &str| source[field].as_str().unwrap().to_owned();
        assert_eq!(records::parsed(&text("parsed")).unwrap(), index.document(id).unwrap());
        assert_eq!(records::cites(&text("cites")).unwrap(), index.cited_places(id).unwrap());
    }
}

#[test]
fn lucene_finds_what_was_published() {
    let Some(lucene) = Lucene::start() else { return };
    let corpus = Corpus::new();
    let client = lucene.client();
    let index = corpus.index(OLD);
    let report = publish(
        index.in_folder().unwrap().dir(),
        &lucene.access,
        &PublishOptions::default(),
        &mut (),
    )
    .unwrap();
    assert!(report.rebuilt && report.failed.is_empty(), "{report:?}");
    assert_same(&client, &index);
    let report = publish(
        index.in_folder().unwrap().dir(),
        &lucene.access,
        &PublishOptions::default(),
        &mut (),
    )
    .unwrap();
    assert_eq!((report.unchanged, report.sent_bytes), (4, 0));
    let index = corpus.index(NEW);
    let report = publish(
        index.in_folder().unwrap().dir(),
        &lucene.access,
        &PublishOptions::default(),
        &mut (),
    )
    .unwrap();
    assert_eq!(
        (report.added, report.changed, report.removed, report.unchanged),
        (1, 2, 1, 1)
    );
    assert_same(&client, &index);
    let (_, names) = read_state(&client).unwrap();
    let citations = names.index(Part::Citations);
    let of_act =
        json!({ "bool": { "filter": [{ "term": { "own_kind": "chi-thi" } }, { "term": { "f_document": "002" } }] } });
    assert_eq!(client.count(&citations, &of_act).unwrap(), 1);
    let searches = json!({ "size": 0, "track_total_hits": true, "query": of_act });
    let found = client
        .msearch([(citations.as_str(), &searches), (citations.as_str(), &searches)])
        .unwrap();
    assert!(found.iter().all(|found| found.total == Some(1)) && found.len() == 2);
    let options = PublishOptions {
        rebuild: true,
        shards: NonZero::new(3),
        replicas: Some(1),
    };
    assert!(
        publish(index.in_folder().unwrap().dir(), &lucene.access, &options, &mut ())
            .unwrap()
            .rebuilt
    );
    assert_same(&client, &index);
}

/// All seeds, with damaged ones among them.
#[test]
fn lucene_finds_the_seeds() {
    let Some(lucene) = Lucene::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("index");
    let seeds = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds");
    index::update(&dir, &[seeds], &BuildOptions::default(), &mut ()).unwrap();
    let index = Index::hold(&dir).unwrap();
    let report = publish(
        index.in_folder().unwrap().dir(),
        &lucene.access,
        &PublishOptions::default(),
        &mut (),
    )
    .unwrap();
    assert!(report.failed.is_empty());
    assert_same(&lucene.client(), &index);
}
