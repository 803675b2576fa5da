//! An index in an engine as its users see it when the network or the engine fails, and when it changes.
//!
//! The real program asks the engine of `tests/engine` through a wire that this file holds: it cuts connections, answers in
//! the place of the engine, or is slow, for the calls that a test names. Whatever happens, an answer is whole and right, or
//! there is none and the program says why. Where the engine is not available these tests say so, and test nothing.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::engine::Engine;
use super::http::encoded;
use super::http::program::Server;
use super::program::{Folder, Run};

/// The longest time until a running service must have seen a change.
const SEEN_WITHIN: Duration = Duration::from_secs(10);

/// What happens to a call.
#[derive(Clone, Copy, Debug)]
enum Fault {
    /// The connection is cut; the engine does nothing.
    Cut,
    /// The engine does nothing, and this is answered with this status.
    Instead(u16, &'static str),
    /// The answer takes this much longer.
    Slow(Duration),
    /// The engine answers as if a shard had failed, so that its numbers are those of the others.
    ShardMissing,
}

/// A wire between the program and the engine.
struct Wire {
    address: String,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    /// The fault, the part of the path of the calls that it happens to, and how many of them.
    fault: Option<(Fault, &'static str, usize)>,
    /// The calls since the last fault was set, each as its method and path.
    calls: Vec<String>,
}

/// A request or an answer: its lines up to the blank one, and its body.
struct Message {
    head: Vec<String>,
    body: Vec<u8>,
}

impl Wire {
    /// Begins to pass on calls to the engine.
    fn to(engine: &Engine) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let shared = Arc::new(Mutex::new(Shared::default()));
        let (of_wire, engine) = (Arc::clone(&shared), engine.address.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (shared, engine) = (Arc::clone(&of_wire), engine.clone());
                std::thread::spawn(move || pass_on(stream, &engine, &shared));
            }
        });
        Self { address, shared }
    }

    /// The URL of an index of this name.
    fn url(&self, name: &str) -> String {
        format!("http://{}/{name}", self.address)
    }

    /// From now on all calls whose path has this part fail so.
    fn fail(&self, part: &'static str, fault: Fault) {
        self.fail_times(part, fault, usize::MAX);
    }

    /// The next calls whose path has this part fail so, so many of them.
    fn fail_times(&self, part: &'static str, fault: Fault, times: usize) {
        *self.shared.lock().unwrap() = Shared {
            fault: Some((fault, part, times)),
            calls: Vec::new(),
        };
    }

    /// From now on nothing fails.
    fn mend(&self) {
        *self.shared.lock().unwrap() = Shared::default();
    }

    /// The calls since the last fault was set, or mended.
    fn calls(&self) -> Vec<String> {
        self.shared.lock().unwrap().calls.clone()
    }
}

impl Message {
    /// Reads one; `None` if the connection ended.
    fn read(stream: &mut impl BufRead) -> Option<Self> {
        let mut head = Vec::new();
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).ok().filter(|read| *read > 0)?;
            if line.trim().is_empty() {
                break;
            }
            head.push(line.trim().to_owned());
        }
        let length = head.iter().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("content-length")
                .then(|| value.parse().ok())?
        });
        let mut body = vec![0; length.unwrap_or(0)];
        stream.read_exact(&mut body).ok()?;
        // A request without a body may be one of no chunks.
        let whole = head.len();
        head.retain(|line| !line.eq_ignore_ascii_case("transfer-encoding: chunked"));
        if head.len() < whole {
            body = read_chunks(stream)?;
            head.push(format!("Content-Length: {}", body.len()));
        }
        Some(Self { head, body })
    }

    /// An answer of JSON, or of what should have been JSON.
    fn answer(status: &str, body: Vec<u8>) -> Self {
        let length = body.len();
        let head = [
            format!("HTTP/1.1 {status}"),
            "Content-Type: application/json".to_owned(),
            format!("Content-Length: {length}"),
        ];
        Self {
            head: head.into(),
            body,
        }
    }

    fn write(&self, stream: &mut impl Write) -> Option<()> {
        let head = self.head.join("\r\n");
        stream
            .write_all(&[format!("{head}\r\n\r\n").as_bytes(), &self.body].concat())
            .ok()
    }
}

/// Reads a body that comes in chunks.
fn read_chunks(stream: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).ok()?;
        let length = usize::from_str_radix(line.trim(), 16).ok()?;
        let mut chunk = vec![0; length + 2];
        stream.read_exact(&mut chunk).ok()?;
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(&chunk[..length]);
    }
}

/// Passes on the calls of a connection until it ends.
fn pass_on(mut stream: TcpStream, engine: &str, shared: &Mutex<Shared>) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    loop {
        let call = Message::read(&mut reader)?;
        let path = call.head[0].trim_end_matches(" HTTP/1.1").to_owned();
        let fault = shared.lock().unwrap().next(&path);
        let answer = match fault {
            Some(Fault::Cut) => return stream.shutdown(std::net::Shutdown::Both).ok(),
            Some(Fault::Instead(status, body)) => Message::answer(&format!("{status} Fault"), body.into()),
            Some(Fault::Slow(time)) => {
                std::thread::sleep(time);
                asked(engine, &call)?
            }
            Some(Fault::ShardMissing) => without_shard(&asked(engine, &call)?),
            None => asked(engine, &call)?,
        };
        answer.write(&mut stream)?;
    }
}

impl Shared {
    /// Takes note of a call; returns what happens to it.
    fn next(&mut self, path: &str) -> Option<Fault> {
        self.calls.push(path.split('?').next().unwrap_or_default().to_owned());
        let (fault, _, times) = self.fault.as_mut().filter(|(_, part, _)| path.contains(part))?;
        *times = times.checked_sub(1)?;
        Some(*fault)
    }
}

/// Asks the engine itself.
fn asked(engine: &str, call: &Message) -> Option<Message> {
    let mut stream = TcpStream::connect(engine).ok()?;
    call.write(&mut stream)?;
    let answer = Message::read(&mut BufReader::new(stream))?;
    let status = answer.head[0].split_once(' ')?.1;
    Some(Message::answer(status, answer.body))
}

/// The answer of the engine if one of its shards had failed, with a smaller total.
fn without_shard(answer: &Message) -> Message {
    let mut whole: Value = serde_json::from_slice(&answer.body).unwrap();
    let lose = |part: &mut Value| {
        if part.get("_shards").is_some() {
            part["_shards"]["failed"] = 1.into();
            part["_shards"]["failures"] = serde_json::json!([
                { "shard": 0, "reason": { "type": "node_disconnected", "reason": "the node left" } }
            ]);
        }
        for number in ["/hits/total/value", "/count"] {
            if let Some(number) = part.pointer_mut(number) {
                *number = (number.as_u64().unwrap() / 2).into();
            }
        }
    };
    lose(&mut whole);
    for part in whole["responses"].as_array_mut().into_iter().flatten() {
        lose(part);
    }
    Message::answer("200 OK", whole.to_string().into())
}

/// A folder with the seeds, whose index is in the engine too, in three shards.
fn published(engine: &Engine, name: &str) -> Folder {
    let folder = Folder::with_seeds();
    let url = engine.url(name);
    folder
        .run(&["index", "--quiet", "--engine", &url, "--shards", "3"])
        .expect(0);
    folder
}

/// A run that failed must say what is wrong, where, and what helps.
#[track_caller]
fn expect_told(run: &Run, told: &[&str]) {
    let context = format!("`{:?}`: {} {}", told, run.code, run.err);
    assert_eq!(run.code, 2, "{context}");
    assert!(run.err.contains("\nhint: "), "{context}");
    for told in told {
        assert!(run.err.contains(told), "{told} is missing in {}", run.err);
    }
    for never in ["panicked", "internal error", "unwrap"] {
        assert!(!run.err.contains(never), "{}", run.err);
    }
}

/// The status, the head and the body of an answer of the service.
fn answer(server: &Server, path: &str) -> (u16, String, Value) {
    let whole = server.get(path);
    let (head, body) = whole.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let body = serde_json::from_str(body).unwrap_or(Value::Null);
    (status, head.to_ascii_lowercase(), body)
}

/// The number of passages that the service finds; waits until it has the index at all.
fn total(server: &Server, path: &str) -> u64 {
    let started = Instant::now();
    loop {
        let (status, _, body) = answer(server, path);
        if status == 200 {
            return body["total"].as_u64().unwrap();
        }
        assert!(started.elapsed() < Duration::from_secs(30), "{path}: {status} {body}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Asks again and again until this many passages are found. Every answer meanwhile must be one.
#[track_caller]
fn expect_soon(server: &Server, path: &str, wanted: u64) {
    let started = Instant::now();
    loop {
        let (status, _, body) = answer(server, path);
        assert_eq!(status, 200, "{path}: {body}");
        if body["total"] == wanted {
            return;
        }
        assert!(started.elapsed() < SEEN_WITHIN, "{path}: {body}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_command_says_what_is_wrong_with_the_engine() {
    let Some(engine) = Engine::start() else { return };
    let folder = published(&engine, "seeds");
    let wire = Wire::to(&engine);
    let url = wire.url("seeds");
    let at = format!("'http://{}'", wire.address);
    let commands = [
        &["search", "bộ máy"][..],
        &["search", "bộ máy", "--count"],
        &["cite", "21-NQ/TW"],
        &["cites", "001"],
        &["citations"],
        &["precedent", "tinh gọn tổ chức bộ máy"],
        &["show", "001:19"],
        &["outline", "001"],
        &["documents"],
        &["facets"],
        &["export", "passages"],
        &["check"],
        &["index"],
    ];
    let unavailable = format!("OpenSearch at {at} is not available");
    let other = format!("what answers at {at} is not OpenSearch 3 or later");
    let closed = format!("OpenSearch at {at} does not let this key");
    let busy = r#"{"error": {"type": "cluster_block_exception", "reason": "no master"}, "status": 503}"#;
    for (fault, told) in [
        (Fault::Cut, [&unavailable, "the connection failed", "check the address"]),
        (
            Fault::Instead(503, busy),
            [&unavailable, "no master (status 503)", "check the address"],
        ),
        (
            Fault::Instead(502, "<html>Bad Gateway</html>"),
            [&unavailable, "(status 502)", "check the address"],
        ),
        (
            Fault::Instead(200, "<html>Welcome</html>"),
            [&other, "cannot be read", "nothing but OpenSearch 3"],
        ),
        (
            Fault::Instead(401, "Unauthorized"),
            [&closed, "(status 401)", "--engine-key-file"],
        ),
        (
            Fault::Instead(500, ""),
            [&other, "with status 500", "nothing but OpenSearch 3"],
        ),
    ] {
        wire.fail("", fault);
        for command in commands {
            let run = folder.run(&[command, &["--engine", &url]].concat());
            expect_told(&run, &told);
            assert_eq!(run.out, "", "{command:?}");
        }
    }
    // It is there, but fails in the midst of the work.
    for (fault, told) in [
        (Fault::Cut, [&unavailable, "the connection failed"]),
        (Fault::Instead(503, busy), [&unavailable, "no master"]),
        (Fault::Instead(200, "[1"), [&other, "cannot be read"]),
        (Fault::ShardMissing, [&unavailable, "the node left"]),
    ] {
        for (part, command) in [
            ("_search", &["search", "bộ máy"][..]),
            ("_search", &["search", "bộ máy", "--count"]),
            ("_search", &["cite", "21-NQ/TW"]),
            ("_search", &["documents"]),
            ("_msearch", &["facets"]),
            ("_search", &["export", "passages"]),
            ("_msearch", &["search", "bộ máy"]),
            ("_count", &["check"]),
        ] {
            wire.fail(part, fault);
            let run = folder.run(&[command, &["--engine", &url]].concat());
            assert!(
                wire.calls().iter().any(|call| call.contains(part)),
                "{command:?}: no {part}"
            );
            expect_told(&run, &told);
        }
    }
}

#[test]
fn a_connection_that_is_cut_once_is_made_again() {
    let Some(engine) = Engine::start() else { return };
    let folder = published(&engine, "seeds");
    let wire = Wire::to(&engine);
    let url = wire.url("seeds");
    for command in [
        &["search", "bộ máy tinh gọn", "--facets", "term", "--format", "json"][..],
        &["search", "đư*", "-l"],
        &["show", "001:19"],
        &["cite", "21-NQ/TW", "--format", "json"],
        &["precedent", "tinh gọn tổ chức bộ máy", "--format", "csv"],
    ] {
        let run = || folder.run(&[command, &["--engine", &url]].concat()).expect(0);
        let without_time = |run: &Run| -> Vec<String> {
            let lines = run.out.lines().filter(|line| !line.contains("elapsed_ms"));
            lines.map(str::to_owned).collect()
        };
        wire.mend();
        let wanted = without_time(&run());
        let calls = wire.calls().len();
        assert!(!wanted.is_empty() && calls > 0);
        let mut cut = 0;
        for part in ["_alias", "_doc", "_search", "_msearch", "_mget"] {
            wire.fail_times(part, Fault::Cut, 1);
            assert_eq!(without_time(&run()), wanted, "{command:?} {part}");
            cut += wire.calls().len() - calls;
        }
        assert!(cut >= 3, "{command:?}: {cut} calls were made again");
    }
    // Changes survive it too.
    folder.write("seeds/new.txt", "BÁO CÁO\n\nbản mới zyxw\n");
    for part in ["_bulk", "_refresh"] {
        wire.fail_times(part, Fault::Cut, 1);
        folder.run(&["index", "--quiet", "--engine", &url]).expect(0);
        let found = folder.run(&["search", "zyxw", "--count", "--engine", &url]).expect(0);
        assert_eq!(found.out.trim(), "1");
        folder.run(&["check", "--engine", &url]).expect(0);
        folder.write("seeds/new.txt", "BÁO CÁO\n\nbản mới hơn zyxw\n");
    }
}

#[test]
fn a_service_answers_wholly_or_says_that_the_engine_is_away() {
    let Some(engine) = Engine::start() else { return };
    let folder = published(&engine, "seeds");
    let wire = Wire::to(&engine);
    let server = Server::start(&folder, &["--engine", &wire.url("seeds")]);
    // Each question is a new one, so that no answer is one that was kept.
    let mut asked = 0;
    let mut question = || {
        asked += 1;
        format!("/api/v1/search?q=b%E1%BB%99+m%C3%A1y&facets=term&limit={asked}")
    };
    let whole = total(&server, &question());
    assert!(whole > 10, "{whole}");
    let others = [
        "/api/v1/citations/21-NQ/TW",
        "/api/v1/facets?section=han-che",
        "/api/v1/passages/001:19",
        "/api/v1/documents/002",
        "/api/v1/documents",
        "/api/v1/suggest?q=dang",
    ];
    let before: Vec<_> = others.iter().map(|path| answer(&server, path)).collect();
    for (path, (status, _, body)) in others.iter().zip(&before) {
        println!("{path}: {status} {:.60}", body.to_string());
    }
    let busy = r#"{"error": {"type": "cluster_block_exception", "reason": "no master"}, "status": 503}"#;
    for (part, fault) in [
        ("", Fault::Cut),
        ("", Fault::Instead(503, busy)),
        ("", Fault::ShardMissing),
        ("search", Fault::ShardMissing),
        ("search", Fault::Cut),
        ("search", Fault::Instead(429, busy)),
    ] {
        wire.fail(part, fault);
        for _ in 0..3 {
            let (status, head, body) = answer(&server, &question());
            assert_eq!((status, &body["code"]), (503, &"engine-unavailable".into()), "{body}");
            assert!(head.contains("\r\nretry-after: "), "{head}");
            // Strangers are not told where the engine is.
            assert!(!body.to_string().contains(&wire.address), "{body}");
            assert_eq!(answer(&server, "/healthz").0, 200);
        }
        for (path, (_, _, whole)) in others.iter().zip(&before) {
            let (status, _, body) = answer(&server, path);
            match status {
                503 => assert_eq!(body["code"], "engine-unavailable", "{path}"),
                _ => assert_eq!(without_time(body), without_time(whole.clone()), "{path} {fault:?}"),
            }
        }
        let page = server.get(
            &question()
                .replace("/api/v1/search", "/")
                .replace("&facets=term&limit", "&page"),
        );
        assert!(page.starts_with("HTTP/1.1 503"), "{page:.300}");
        wire.mend();
        let (status, _, body) = answer(&server, &question());
        assert_eq!(
            (status, &body["total"]),
            (200, &whole.into()),
            "after {fault:?}: {body}"
        );
    }
    for (path, (_, _, whole)) in others.iter().zip(&before) {
        let (_, _, body) = answer(&server, path);
        assert_eq!(without_time(body), without_time(whole.clone()), "{path}");
    }
}

/// An answer without the time that it took.
fn without_time(mut body: Value) -> Value {
    if let Some(fields) = body.as_object_mut() {
        fields.remove("elapsed_ms");
        fields.remove("request_id");
    }
    body
}

#[test]
fn a_service_without_its_engine_does_not_begin() {
    let Some(engine) = Engine::start() else { return };
    let folder = published(&engine, "seeds");
    let wire = Wire::to(&engine);
    wire.fail("", Fault::Instead(503, ""));
    let run = folder.run(&["serve", "--listen", "127.0.0.1:0", "--engine", &wire.url("seeds")]);
    expect_told(&run, &["is not available", &wire.address]);
}

#[test]
fn an_answer_that_takes_too_long_ends_at_the_time_limit() {
    let Some(engine) = Engine::start() else { return };
    let folder = published(&engine, "seeds");
    let wire = Wire::to(&engine);
    let server = Server::start(&folder, &["--engine", &wire.url("seeds"), "--time-limit", "1"]);
    let whole = total(&server, "/api/v1/search?q=dang");
    for (part, number) in [("search", 1), ("", 2), ("search", 3)] {
        // More than one thread searches: none may be held up.
        wire.fail(part, Fault::Slow(Duration::from_secs(4)));
        std::thread::scope(|scope| {
            for number in 0..4 {
                let server = &server;
                scope.spawn(move || {
                    let started = Instant::now();
                    let (status, head, body) =
                        answer(server, &format!("/api/v1/search?q=dang+bo&limit={}", 10 + number));
                    assert_eq!((status, &body["code"]), (503, &"time-limit".into()), "{body}");
                    assert!(head.contains("\r\nretry-after: "), "{head}");
                    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
                });
            }
            assert_eq!(answer(&server, "/healthz").0, 200);
        });
        wire.mend();
        let (status, _, body) = answer(&server, &format!("/api/v1/search?q=dang&limit={number}"));
        assert_eq!((status, &body["total"]), (200, &whole.into()), "{body}");
    }
}

#[test]
fn a_running_service_sees_a_change_by_itself() {
    let Some(engine) = Engine::start() else { return };
    let folder = published(&engine, "seeds");
    let url = engine.url("seeds");
    let server = Server::start(&folder, &["--engine", &url]);
    let old = total(&server, "/api/v1/search?q=dang+bo");
    let question = "/api/v1/search?q=zyxw&facets=document";
    assert_eq!(total(&server, question), 0);
    folder.write("seeds/new.txt", "BÁO CÁO\n\nbản mới zyxw\n");
    folder.run(&["index", "--quiet", "--engine", &url]).expect(0);
    expect_soon(&server, question, 1);
    let (_, _, documents) = answer(&server, "/api/v1/documents");
    assert!(documents.to_string().contains("new.txt"), "{documents}");
    folder.write("seeds/new.txt", "BÁO CÁO\n\nbản mới zyxw\n\nzyxw thứ hai\n");
    folder.run(&["index", "--quiet", "--engine", &url]).expect(0);
    expect_soon(&server, question, 2);
    // An index that is built anew takes the place of the one that is asked.
    folder.write("seeds/new.txt", "BÁO CÁO\n\nzyxw thứ ba\n");
    folder
        .run(&["index", "--quiet", "--rebuild", "--engine", &url])
        .expect(0);
    expect_soon(&server, question, 1);
    folder.run(&["remove", "new", "--quiet", "--engine", &url]).expect(0);
    expect_soon(&server, question, 0);
    assert_eq!(total(&server, "/api/v1/search?q=dang+bo"), old);
}

/// Makes a call of the engine behind the back of the program.
fn call(engine: &Engine, request: &str) {
    let mut stream = TcpStream::connect(&engine.address).unwrap();
    write!(
        stream,
        "{request} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{request}: {answer}");
}

#[test]
fn a_check_finds_what_was_taken_out_of_the_engine() {
    let Some(engine) = Engine::start() else { return };
    let folder = published(&engine, "seeds");
    let url = engine.url("seeds");
    let whole = folder.run(&["check", "--engine", &url]).expect(0);
    assert!(
        whole.out.contains("5 documents") && whole.out.contains(&url),
        "{}",
        whole.out
    );
    let hit = folder
        .run(&["search", "bộ máy", "-n", "1", "--format", "json", "--engine", &url])
        .expect(0);
    let hit = &hit.json()[0];
    let (id, document) = (hit["passage"].as_str().unwrap(), hit["document"].as_str().unwrap());
    let index = "seeds-passages-000001";
    call(
        &engine,
        &format!("DELETE /{index}/_doc/{}?routing={}", encoded(id), encoded(document)),
    );
    call(&engine, &format!("POST /{index}/_refresh"));
    let damaged = folder.run(&["check", "--engine", &url]).expect(2);
    let told = damaged.out.replace("\n  ", " ");
    assert!(told.contains(index) && told.contains("are listed"), "{told}");
    assert!(told.contains("index --rebuild") && told.contains(&url), "{told}");
    let json = folder
        .run(&["check", "--format", "json", "--engine", &url])
        .expect(2)
        .json();
    assert_eq!(json.len(), 1, "{json:?}");
    assert!(json[0]["message"].as_str().unwrap().contains(index), "{json:?}");
    folder
        .run(&["index", "--quiet", "--rebuild", "--engine", &url])
        .expect(0);
    folder.run(&["check", "--engine", &url]).expect(0);
}

#[test]
fn a_second_run_sends_nothing_and_a_removed_document_is_gone() {
    let Some(engine) = Engine::start() else { return };
    let folder = Folder::with_seeds();
    let wire = Wire::to(&engine);
    let url = wire.url("seeds");
    let numbers = |run: &Run| -> Vec<u64> {
        let line = &run.json()[0]["engine"];
        let names = ["added", "changed", "removed", "unchanged", "documents"];
        names.map(|name| line[name].as_u64().unwrap()).to_vec()
    };
    let first = folder.run(&["index", "--json", "--engine", &url]).expect(0);
    assert_eq!(numbers(&first), [5, 0, 0, 0, 5], "{}", first.out);
    wire.mend();
    let second = folder.run(&["index", "--json", "--engine", &url]).expect(0);
    assert_eq!(numbers(&second), [0, 0, 0, 5, 5], "{}", second.out);
    assert_eq!(second.json()[0]["engine"]["sent_bytes"], 0);
    let calls = wire.calls();
    println!("an index that is up to date takes {} calls", calls.len());
    assert!(calls.iter().all(|call| !call.contains("_bulk")), "{calls:?}");
    let count = |args: &[&str]| folder.run(&[&["search", "bộ máy", "--count"], args].concat()).out;
    let all = count(&["--engine", &url]);
    let of_first = count(&["--document", "001", "--engine", &url]);
    assert!(of_first.trim() != "0", "{of_first}");
    let removed = folder.run(&["remove", "001", "--json", "--engine", &url]).expect(0);
    // Documents that speak of it may be read otherwise without it.
    let [added, _, taken, _, left] = numbers(&removed)[..] else {
        panic!()
    };
    assert_eq!((added, taken, left), (0, 1, 4), "{}", removed.out);
    let number = |text: &str| text.trim().parse::<u64>().unwrap();
    assert_eq!(number(&count(&["--engine", &url])), number(&all) - number(&of_first));
    assert_eq!(count(&["--engine", &url]), count(&[]));
    let gone = folder.run(&["show", "001:19", "--engine", &url]);
    expect_told(&gone, &["there is no document '001'"]);
    let documents = folder.run(&["documents", "--engine", &url]).expect(0);
    assert!(!documents.out.contains("001_a1c1383653321638"), "{}", documents.out);
    folder.run(&["check", "--engine", &url]).expect(0);
}

#[test]
fn a_wrong_address_key_or_name_is_told() {
    let Some(engine) = Engine::start() else { return };
    let folder = published(&engine, "seeds");
    let url = engine.url("seeds");
    // A port that was free a moment ago.
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let nobody = format!("http://{free}/seeds");
    folder.write("empty", "");
    folder.write("key", "user:password");
    let missing = engine.url("nothing");
    let (upper, nameless) = (engine.url("Seeds"), format!("http://{}", engine.address));
    for command in ["search", "index"] {
        let asked = if command == "search" { "bộ máy" } else { "seeds" };
        let run = |args: &[&str]| folder.run(&[&[command, asked], args].concat());
        let refused = run(&["--engine", &nobody]);
        expect_told(
            &refused,
            &[&format!("'http://{free}'"), "is not available", "check the address"],
        );
        for (wrong, told) in [
            (upper.as_str(), "small letters only: 'seeds'"),
            (nameless.as_str(), "the name of an index is missing"),
            ("search.example.vn/seeds", "https://"),
            (
                "https://user:secret@search.example.vn/seeds",
                "belong into the file of the key",
            ),
        ] {
            let refused = run(&["--engine", wrong]).expect(2);
            assert!(refused.err.contains(told), "{wrong}: {}", refused.err);
            assert!(
                refused.err.contains("hint: ") || refused.err.contains("https://search.example.vn:9200/vankien"),
                "{}",
                refused.err
            );
            assert!(!refused.err.contains("secret"), "{}", refused.err);
        }
        let absent = run(&["--engine", &url, "--engine-key-file", "absent"]).expect(2);
        assert!(absent.err.contains("'absent'"), "{}", absent.err);
        let empty = run(&["--engine", &url, "--engine-key-file", "empty"]);
        expect_told(&empty, &["no key"]);
        let certificates = run(&["--engine", &url, "--engine-ca", "key"]);
        expect_told(&certificates, &["no certificates"]);
        run(&["--engine", &url, "--engine-key-file", "key"]).expect(0);
    }
    let refused = folder.run(&["search", "bộ máy", "--index", "index", "--engine", &missing]);
    expect_told(
        &refused,
        &["there is no index 'nothing'", &engine.address, "index --engine"],
    );
    expect_told(
        &folder.run(&["check", "--engine", &missing]),
        &["there is no index 'nothing'"],
    );
    // Without a folder beside it, a wrong name must not look as if the folder was meant.
    let elsewhere = Folder::with_seeds();
    let refused = elsewhere.run(&["search", "bộ máy", "--engine", &missing]);
    expect_told(&refused, &["there is no index 'nothing'"]);
    assert!(!elsewhere.path("index").exists());
}

#[test]
fn the_variable_names_the_engine_as_the_flag_does() {
    let Some(engine) = Engine::start() else { return };
    let folder = published(&engine, "seeds");
    let wire = Wire::to(&engine);
    let args = ["search", "bộ máy", "-l"];
    let with = |value: &str| {
        let output = folder.command(&args).env("VANKIEN_ENGINE", value).output().unwrap();
        Run::of(&args, output)
    };
    let of_flag = folder
        .run(&[&args[..], &["--engine", &wire.url("seeds")]].concat())
        .expect(0);
    wire.mend();
    let of_variable = with(&wire.url("seeds")).expect(0);
    assert_eq!(of_variable.out, of_flag.out);
    assert!(!wire.calls().is_empty());
    wire.mend();
    // An empty one is none.
    assert_eq!(with("").expect(0).out, of_flag.out);
    assert_eq!(wire.calls(), [""; 0]);
    assert!(with("nonsense").expect(2).err.contains("https://"));
}

#[test]
fn a_question_costs_few_calls_of_the_engine() {
    let Some(engine) = Engine::start() else { return };
    let folder = published(&engine, "seeds");
    let wire = Wire::to(&engine);
    let server = Server::start(&folder, &["--engine", &wire.url("seeds")]);
    let question = |query: &str, filters: &str| {
        let query = encoded(query);
        format!("/api/v1/search?q={query}{filters}&facets=term,place,section,document")
    };
    let filters = "&section=ket-qua&term=2020-2025&place=body";
    // Warm: the index is open, and the numbers of passages with the values of the filters are known.
    for filters in ["", filters, "&cites=21-NQ/TW"] {
        total(&server, &question("đảng bộ", filters));
    }
    // Once a second it is looked whether the index was changed; those calls are no question's.
    let asked = || {
        let mut calls = wire.calls();
        calls.retain(|call| !call.contains("_alias/") && !call.ends_with("_doc/state"));
        calls
    };
    // Tables and examples are made in the background; on a busy machine that takes a while.
    for _ in 0..60 {
        wire.mend();
        std::thread::sleep(Duration::from_millis(1500));
        if asked().is_empty() {
            break;
        }
    }
    for (query, filters, most) in [
        ("nâng cao năng lực lãnh đạo", "", 2),
        ("xây dựng tổ chức bộ máy tinh gọn", filters, 3),
        ("\"công tác cán bộ\" kiểm tra", filters, 3),
        // Nothing has all of these words, so it is asked how many of them something has.
        ("phát triển kinh tế zyxw", "&cites=21-NQ/TW", 4),
    ] {
        wire.mend();
        total(&server, &question(query, filters));
        let calls = asked();
        println!("{query} {filters}: {} calls: {calls:?}", calls.len());
        assert!(calls.len() <= most, "{query}: {calls:?}");
    }
}
