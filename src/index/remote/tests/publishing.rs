//! An index in the engine after runs that end well, fail, or are killed before or after any call.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};

use super::super::client::Limits;
use super::super::publish::{PublishOptions, PublishReport, Tuning, publish_with};
use super::super::state::read_state;
use super::super::{RemoteError, records};
use super::engine::{Engine, error};
use super::server::{Fault, Server};
use crate::index::{self, BuildOptions, Error, Index};

/// Files by their names.
type Files = &'static [(&'static str, &'static str)];

/// The files of the first state.
pub(super) const OLD: Files = &[
    (
        "001",
        "ĐẢNG BỘ TỈNH CÀ MAU\n\nThực hiện Nghị quyết số 21-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương.\n\nCăn cứ Kết luận số 12-KL/TW ngày 12/8/2022 của Bộ Chính trị, tỉnh ủy tinh gọn bộ máy.\n",
    ),
    (
        "002",
        "Công tác dân vận năm 2025.\n\nThực hiện Chỉ thị số 35-CT/TW ngày 14/6/2024 của Bộ Chính trị.\n\nCòn hạn chế.\n",
    ),
    ("003", "Văn bản này được bỏ đi.\n"),
    ("005", "Văn bản này ở lại như cũ.\n"),
];

/// Those of the next one: 001 is shorter, 002 longer, 003 is gone and 004 is new.
pub(super) const NEW: Files = &[
    (
        "001",
        "ĐẢNG BỘ TỈNH CÀ MAU\n\nCăn cứ Kết luận số 12-KL/TW ngày 12/8/2022 của Bộ Chính trị.\n",
    ),
    (
        "002",
        "Công tác dân vận năm 2026.\n\nThực hiện Chỉ thị số 35-CT/TW ngày 14/6/2024 của Bộ Chính trị.\n\nCòn hạn chế.\n\nCần cố gắng.\n",
    ),
    ("004", "Văn bản mới theo Nghị quyết số 57-NQ/TW.\n"),
    ("005", "Văn bản này ở lại như cũ.\n"),
];

/// A third state, in which what a killed run put is overtaken.
const LATER: Files = &[("001", "ĐẢNG BỘ TỈNH CÀ MAU\n"), ("005", "Văn bản này ở lại như cũ.\n")];

/// A folder with files and their embedded index.
pub(super) struct Corpus(tempfile::TempDir);

impl Corpus {
    pub(super) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Returns the folder of the index.
    fn dir(&self) -> PathBuf {
        self.0.path().join("index")
    }

    /// Brings the embedded index to the state of `files`, and opens it.
    pub(super) fn index(&self, files: Files) -> Index {
        let folder = self.0.path().join("files");
        std::fs::create_dir_all(&folder).unwrap();
        for entry in std::fs::read_dir(&folder).unwrap() {
            std::fs::remove_file(entry.unwrap().path()).unwrap();
        }
        for (name, text) in files {
            std::fs::write(folder.join(format!("{name}.txt")), text).unwrap();
        }
        index::update(&self.dir(), &[folder], &BuildOptions::default(), &mut ()).unwrap();
        Index::hold(&self.dir()).unwrap()
    }
}

/// Small amounts, so that a few documents take several calls. The lease of a run that was killed is over at once.
const SMALL: Tuning = Tuning {
    bulk_bytes: 10_000,
    chunk_bytes: 200,
    page: 2,
    lease: Duration::ZERO,
};

fn publish(index: &Index, server: &Server) -> Result<PublishReport, Error> {
    publish_as(index, server, &PublishOptions::default())
}

fn publish_as(index: &Index, server: &Server, options: &PublishOptions) -> Result<PublishReport, Error> {
    publish_with(index.in_folder().unwrap(), &server.client(), options, &mut (), &SMALL)
}

/// The view of searches: the records of passages and citations by id, and the digests of documents.
#[derive(Debug, PartialEq)]
struct Seen {
    passages: BTreeMap<String, String>,
    citations: BTreeMap<String, String>,
    documents: BTreeMap<String, String>,
}

impl Seen {
    fn of(engine: &Engine) -> Self {
        let field = |part: &str, field: &str| {
            let seen = engine.seen(&format!("vk-{part}")).into_iter();
            seen.map(|(id, source)| (id, source[field].as_str().unwrap().to_owned()))
                .collect()
        };
        Self {
            passages: field("passages", "record"),
            citations: field("citations", "record"),
            documents: field("documents", "digest"),
        }
    }
}

/// An engine with the index of `files`, and that embedded index.
fn published(corpus: &Corpus, files: Files) -> (Engine, Index) {
    let server = Server::start(Engine::default());
    let index = corpus.index(files);
    publish(&index, &server).unwrap();
    (server.engine(), index)
}

#[test]
fn an_index_is_built_and_then_nothing_is_to_do() {
    let corpus = Corpus::new();
    let server = Server::start(Engine::default());
    let index = corpus.index(OLD);
    let options = PublishOptions {
        replicas: Some(2),
        ..PublishOptions::default()
    };
    let report = publish_as(&index, &server, &options).unwrap();
    assert!(report.rebuilt && report.failed.is_empty());
    assert_eq!(
        (report.added, report.documents, report.passages),
        (4, 4, index.passages_count())
    );
    let engine = server.engine();
    assert_eq!(engine.aliases.len(), 4);
    assert!(
        engine
            .aliases
            .iter()
            .all(|(_, index)| engine.indexes[index].replicas == 2)
    );
    let passages = engine.seen("vk-passages");
    for (id, source) in &passages {
        let stored = records::passage(source["record"].as_str().unwrap()).unwrap();
        assert_eq!(stored, index.passage(id).unwrap());
    }
    assert_eq!(passages.len() as u64, index.passages_count());
    assert_eq!(engine.seen("vk-citations").len() as u64, report.citations);
    assert_eq!(report.citations, 3);
    let (state, names) = read_state(&server.client()).unwrap();
    assert_eq!(names.number, 1);
    assert_eq!(
        (state.state, state.generation),
        (index.state().to_string(), index.generation())
    );
    assert_eq!(
        (state.passages, state.documents, state.citations),
        (report.passages, 4, 3)
    );

    server.faults(|_| Fault::None);
    let report = publish(&index, &server).unwrap();
    assert_eq!((report.unchanged, report.documents, report.sent_bytes), (4, 4, 0));
    assert!(
        server.calls().iter().all(|call| !call.contains("_bulk")),
        "{:?}",
        server.calls()
    );
}

#[test]
fn an_index_is_changed_in_place_and_looks_as_if_built_anew() {
    let corpus = Corpus::new();
    let (engine, _) = published(&corpus, OLD);
    let server = Server::start(engine);
    let index = corpus.index(NEW);
    let report = publish(&index, &server).unwrap();
    assert!(!report.rebuilt);
    assert_eq!(
        (report.added, report.changed, report.removed, report.unchanged),
        (1, 2, 1, 1)
    );
    let anew = Server::start(Engine::default());
    publish(&index, &anew).unwrap();
    assert_eq!(Seen::of(&server.engine()), Seen::of(&anew.engine()));
    let state = |server: &Server| read_state(&server.client()).unwrap().0.state;
    assert_eq!(state(&server), state(&anew));
}

#[test]
fn an_index_that_is_built_anew_takes_the_place_of_the_old_one_which_stays_until_the_next() {
    let corpus = Corpus::new();
    let (engine, index) = published(&corpus, OLD);
    let server = Server::start(engine);
    let before = Seen::of(&server.engine());
    let rebuild = PublishOptions {
        rebuild: true,
        ..PublishOptions::default()
    };
    for number in 2..5_u64 {
        assert!(publish_as(&index, &server, &rebuild).unwrap().rebuilt);
        let engine = server.engine();
        assert_eq!(Seen::of(&engine), before);
        let built: Vec<u64> = (1..=number)
            .filter(|number| engine.indexes.contains_key(&format!("vk-passages-{number:06}")))
            .collect();
        assert_eq!(built, [number - 1, number]);
    }
    // One of another format is built anew without being asked for.
    server.change(|engine| {
        let client_state = json!({ "format": 1, "protocol": 1, "vankien": "0.0.1" });
        let (_, now) = engine.answer("GET", "/vk-state-000004/_doc/state", "");
        let target = format!(
            "/vk-state-000004/_doc/state?if_seq_no={}&if_primary_term=1",
            now["_seq_no"]
        );
        assert_eq!(engine.answer("PUT", &target, &client_state.to_string()).0, 200);
    });
    assert!(matches!(
        read_state(&server.client()),
        Err(Error::Remote(RemoteError::Format { found: 1, .. }))
    ));
    assert!(publish(&index, &server).unwrap().rebuilt);
    assert_eq!(Seen::of(&server.engine()), before);
}

/// Runs `publish` of `index` on `engine` until the call number `end`, which is cut, as are all later ones; returns what
/// it left, and true if it came to its end.
fn killed(engine: &Engine, index: &Index, end: usize, is_done: bool, rebuild: bool) -> (Engine, bool) {
    let server = Server::start(engine.clone());
    server.faults(move |called| match called.number {
        number if number < end => Fault::None,
        number if number == end && is_done => Fault::CutAfter,
        _ => Fault::CutBefore,
    });
    let options = PublishOptions {
        rebuild,
        ..PublishOptions::default()
    };
    // Nobody tries again what kills the run.
    let client = server.client_with(Limits {
        tries: 1,
        ..Limits::default()
    });
    let done = publish_with(index.in_folder().unwrap(), &client, &options, &mut (), &SMALL);
    (server.engine(), done.is_ok())
}

#[test]
fn a_run_may_be_killed_at_any_call_and_be_repeated() {
    let corpus = Corpus::new();
    let (old, _) = published(&corpus, OLD);
    let index = corpus.index(NEW);
    let (before, after) = (Seen::of(&old), {
        let anew = Server::start(Engine::default());
        publish(&index, &anew).unwrap();
        Seen::of(&anew.engine())
    });
    let nothing = Seen::of(&Engine::default());
    for (engine, rebuild, before) in [
        (&old, false, &before),
        (&old, true, &before),
        (&Engine::default(), false, &nothing),
    ] {
        let mut calls = 0;
        for end in 0.. {
            let mut is_over = false;
            for is_done in [false, true] {
                let (left, done) = killed(engine, &index, end, is_done, rebuild);
                let seen = Seen::of(&left);
                assert!(seen == *before || seen == after, "after call {end}: {seen:?}");
                let server = Server::start(left);
                publish(&index, &server).unwrap();
                let mended = server.engine();
                assert_eq!(Seen::of(&mended), after, "after call {end} and a repetition");
                let leftovers = mended.indexes.keys().filter(|name| name.contains("-passages-")).count();
                assert!(leftovers <= 2, "{:?}", mended.indexes.keys());
                let (state, _) = read_state(&server.client()).unwrap();
                assert_eq!(state.state, index.state().to_string());
                is_over |= done && !is_done;
            }
            if is_over {
                calls = end;
                break;
            }
        }
        assert!(calls > 20, "{calls}");
    }
}

#[test]
fn what_a_killed_run_put_gives_way_to_a_later_state() {
    let corpus = Corpus::new();
    let (old, _) = published(&corpus, OLD);
    let index = corpus.index(NEW);
    let left: Vec<Engine> = (0..60).map(|end| killed(&old, &index, end, true, false).0).collect();
    let later = corpus.index(LATER);
    let anew = Server::start(Engine::default());
    publish(&later, &anew).unwrap();
    let expected = Seen::of(&anew.engine());
    for (end, engine) in left.into_iter().enumerate() {
        let server = Server::start(engine);
        publish(&later, &server).unwrap();
        assert_eq!(Seen::of(&server.engine()), expected, "after call {end}");
    }
}

#[test]
fn a_busy_engine_gets_the_same_items_later() {
    let corpus = Corpus::new();
    let index = corpus.index(OLD);
    let server = Server::start(Engine::default());
    let mut bulks = 0;
    server.faults(move |called| {
        if called.target != "/_bulk" {
            return Fault::None;
        }
        bulks += 1;
        match bulks % 3 {
            1 => Fault::Instead(429, error(429, "es_rejected_execution_exception", "full").1.to_string()),
            2 => Fault::Changed(|answer| {
                let items = answer["items"].as_array_mut().unwrap();
                for item in items.iter_mut().step_by(2) {
                    let inner = item.as_object_mut().unwrap().values_mut().next().unwrap();
                    inner["status"] = json!(429);
                }
            }),
            _ => Fault::None,
        }
    });
    let report = publish(&index, &server).unwrap();
    assert_eq!(report.passages, index.passages_count());
    assert!(report.failed.is_empty());
    // Too busy for too long.
    server.faults(|called| match called.target {
        "/_bulk" => Fault::Instead(503, String::new()),
        _ => Fault::None,
    });
    let error = publish(&corpus.index(NEW), &server).unwrap_err();
    assert!(
        matches!(&error, Error::Remote(remote) if remote.is_unavailable()),
        "{error}"
    );
}

#[test]
fn a_document_that_is_refused_is_told_and_tried_again() {
    let corpus = Corpus::new();
    let (engine, _) = published(&corpus, OLD);
    let server = Server::start(engine);
    let index = corpus.index(NEW);
    server.faults(|called| {
        if called.target != "/_bulk" || !called.body.contains("\"_id\":\"002:1\"") {
            return Fault::None;
        }
        Fault::Changed(|answer| {
            for item in answer["items"].as_array_mut().unwrap() {
                let inner = item.as_object_mut().unwrap().values_mut().next().unwrap();
                if inner["_id"] == "002:1" {
                    inner["status"] = json!(400);
                    inner["error"] = json!({ "type": "mapper_parsing_exception", "reason": "immense term" });
                }
            }
        })
    });
    let report = publish(&index, &server).unwrap();
    assert_eq!(
        report.failed,
        BTreeMap::from([("002".to_owned(), "immense term".to_owned())])
    );
    let seen = Seen::of(&server.engine());
    assert!(seen.documents.keys().eq(["001", "004", "005"]));
    assert!(
        seen.passages.keys().all(|id| !id.starts_with("002")),
        "{:?}",
        seen.passages.keys()
    );
    assert_eq!(read_state(&server.client()).unwrap().0.list.failed, report.failed);
    server.faults(|_| Fault::None);
    let report = publish(&index, &server).unwrap();
    assert_eq!((report.added, report.documents), (1, 4));
    // Where everything is refused, the index that is there stays.
    let before = Seen::of(&server.engine());
    server.faults(|called| match called.target {
        "/_bulk" => Fault::Changed(|answer| {
            for item in answer["items"].as_array_mut().unwrap() {
                let inner = item.as_object_mut().unwrap().values_mut().next().unwrap();
                inner["status"] = json!(400);
            }
        }),
        _ => Fault::None,
    });
    let rebuild = PublishOptions {
        rebuild: true,
        ..PublishOptions::default()
    };
    assert!(matches!(
        publish_as(&index, &server, &rebuild),
        Err(Error::Remote(RemoteError::Refused { .. }))
    ));
    assert_eq!(Seen::of(&server.engine()), before);
}

#[test]
fn one_process_writes_at_a_time_and_one_that_was_overtaken_ends() {
    let corpus = Corpus::new();
    let (engine, _) = published(&corpus, OLD);
    let server = Server::start(engine);
    let index = corpus.index(NEW);
    let lease = |engine: &mut Engine, until_ms: u64| {
        let (_, got) = engine.answer("GET", "/vk-writer/_doc/writer", "");
        let (seq_no, mut lease) = (&got["_seq_no"], got["_source"].clone());
        lease["writer"] = json!("another");
        lease["until_ms"] = json!(until_ms);
        lease["change"] = json!(lease["change"].as_u64().unwrap() + 1);
        let target = format!("/vk-writer/_doc/writer?if_seq_no={seq_no}&if_primary_term=1");
        assert_eq!(engine.answer("PUT", &target, &lease.to_string()).0, 200);
    };
    server.change(|engine| lease(engine, u64::MAX));
    let before = Seen::of(&server.engine());
    let error = publish(&index, &server).unwrap_err();
    assert!(error.to_string().contains("is busy: another is writing it"), "{error}");
    assert_eq!(Seen::of(&server.engine()), before);
    // The lease is over: the next run takes it. Then it is taken over itself, in the middle.
    server.change(|engine| lease(engine, 0));
    let mut overtaken = server.engine();
    let other = Server::start(overtaken.clone());
    let mut bulks = 0;
    other.faults(move |called| {
        bulks += usize::from(called.target == "/_bulk");
        if bulks == 1 && called.target == "/_bulk" {
            Fault::Slow(Duration::from_millis(300))
        } else {
            Fault::None
        }
    });
    let done = std::thread::scope(|threads| {
        let run = threads.spawn(|| publish(&index, &other).map_err(|error| error.to_string()));
        while !other.calls().iter().any(|call| call.ends_with("_bulk")) {
            std::thread::sleep(Duration::from_millis(5));
        }
        other.change(|engine| lease(engine, u64::MAX));
        run.join().unwrap()
    });
    assert!(
        done.as_ref()
            .is_err_and(|error| error.contains("another is writing it")),
        "{done:?}"
    );
    overtaken = other.engine();
    assert_eq!(Seen::of(&overtaken), before);
    publish(&index, &server).unwrap();
    assert_ne!(Seen::of(&server.engine()), before);
}

#[test]
fn a_lost_passage_is_noticed() {
    let corpus = Corpus::new();
    let (engine, index) = published(&corpus, OLD);
    let server = Server::start(engine);
    server.faults(|called| {
        if called.method == "POST" && called.target.ends_with("passages-000001/_count") {
            return Fault::Changed(|answer: &mut Value| answer["count"] = json!(1));
        }
        Fault::None
    });
    publish(&index, &server).unwrap();
    let error = publish(&corpus.index(NEW), &server).unwrap_err();
    assert!(error.to_string().contains("the number of passages (1, not "), "{error}");
}
