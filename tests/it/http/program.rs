//! The real binary over loopback: how it begins, ends, and lives through a re-index.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::super::program::Folder;
use super::behaviour::restrict;

/// A running service.
pub(crate) struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts it on a free port and waits until it listens.
    pub(crate) fn start(folder: &Folder, args: &[&str]) -> Self {
        let mut all = vec!["serve", "--listen", "127.0.0.1:0"];
        all.extend(args);
        let mut child = folder.command(&all).stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.contains("listening on http://") {
            line.clear();
            assert!(log.read_line(&mut line).unwrap() > 0, "it ended before it listened");
        }
        let address = line.trim().rsplit('/').next().unwrap().parse().unwrap();
        // Nobody reads on: the pipe must not fill up.
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        Self { child, address }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    /// The whole answer to a request for `path`, as it comes over the wire.
    pub(crate) fn get(&self, path: &str) -> String {
        let mut stream = self.connect();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn terminate(&self) {
        let status = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        assert!(status.unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn indexed() -> Folder {
    let folder = Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    folder
}

#[test]
fn a_request_under_way_is_answered_before_the_end() {
    let folder = indexed();
    let mut server = Server::start(&folder, &[]);
    let body = "Nghị quyết số 21-NQ/TW";
    let mut stream = server.connect();
    let head = "POST /api/v1/citations/lookup HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n";
    write!(stream, "{head}Content-Length: {}\r\n\r\n{}", body.len(), &body[..6]).unwrap();
    stream.flush().unwrap();
    // Another answer shows that the service has taken up what was sent before.
    assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
    server.terminate();
    std::thread::sleep(Duration::from_millis(300));
    stream.write_all(&body.as_bytes()[6..]).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("21-NQ/TW"), "{answer}");
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
}

/// Reads one answer from a connection that stays open: its head and its body.
fn read_answer(stream: &mut BufReader<TcpStream>) -> std::io::Result<(String, String)> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.and_then(|length| length.parse().ok()).unwrap_or(0)];
    stream.read_exact(&mut body)?;
    Ok((head, String::from_utf8_lossy(&body).into_owned()))
}

/// Number of clients that ask at a time.
const CLIENTS: usize = 8;

/// Clients that keep their connections and ask on and on: each request that was sent is answered, and each connection
/// is told to close before it does.
#[test]
fn no_request_is_lost_at_the_end() {
    let folder = indexed();
    let mut server = Server::start(&folder, &[]);
    // On a busy machine the first answers take their time.
    let all_were_answered = Barrier::new(CLIENTS + 1);
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| {
                let (server, all_were_answered) = (&server, &all_were_answered);
                let mut stream = BufReader::new(server.connect());
                scope.spawn(move || {
                    for number in 0.. {
                        let request = "GET /api/v1/search?q=dang+bo HTTP/1.1\r\nHost: localhost\r\n\r\n";
                        stream.get_mut().write_all(request.as_bytes()).unwrap();
                        let (head, body) = read_answer(&mut stream).unwrap();
                        assert!(head.starts_with("HTTP/1.1 200") && body.contains("total"), "{head}");
                        if head.contains("connection: close") {
                            return number;
                        }
                        if number == 0 {
                            all_were_answered.wait();
                        }
                    }
                    0
                })
            })
            .collect();
        all_were_answered.wait();
        std::thread::sleep(Duration::from_millis(50));
        server.terminate();
        for client in clients {
            assert!(client.join().unwrap() > 0);
        }
    });
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_re_index_goes_on_beneath_the_requests() {
    let folder = indexed();
    let server = Server::start(&folder, &[]);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let asking: Vec<_> = [
            "/api/v1/search?q=dang+bo&facets=place",
            "/api/v1/documents/001",
            "/api/v1/passages/001:19",
        ]
        .into_iter()
        .map(|path| {
            let (server, done) = (&server, &done);
            scope.spawn(move || {
                let mut count = 0;
                while !done.load(Ordering::Relaxed) {
                    let answer = server.get(path);
                    assert!(answer.starts_with("HTTP/1.1 200"), "{path} {answer:.400}");
                    count += 1;
                }
                count
            })
        })
        .collect();
        for number in 0..4 {
            folder.write("seeds/new.txt", format!("BÁO CÁO\n\nbản mới zyx{number}\n"));
            folder.run(&["index", "-q"]).expect(0);
            let answer = server.get(&format!("/api/v1/search?q=zyx{number}"));
            assert!(answer.contains("\"total\":1,"), "{answer}");
        }
        folder.run(&["index", "-q", "--rebuild"]).expect(0);
        done.store(true, Ordering::Relaxed);
        for asking in asking {
            assert!(asking.join().unwrap() > 0);
        }
    });
}

#[test]
fn a_file_of_keys_that_others_can_read_is_refused() {
    let folder = indexed();
    let line = folder.command(&["serve", "--hash-key", "an"]);
    let mut line = { line }.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    line.stdin
        .take()
        .unwrap()
        .write_all(b"a-key-of-many-letters\n")
        .unwrap();
    let line = line.wait_with_output().unwrap();
    assert_eq!(line.status.code(), Some(0));
    let keys = folder.write("keys", &line.stdout);
    restrict(&keys, 0o644);
    let refused = folder.run(&["serve", "--api-keys", "keys"]).expect(2);
    assert!(refused.err.contains("chmod o-rwx"), "{}", refused.err);
    restrict(&keys, 0o600);
    let server = Server::start(&folder, &["--api-keys", "keys"]);
    assert!(server.get("/api/v1/facets").starts_with("HTTP/1.1 401"));
    let mut stream = server.connect();
    let head = "GET /api/v1/facets HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer a-key-of-many-letters\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    folder.write("keys", "an:nonsense");
    restrict(&keys, 0o600);
    let run = folder.run(&["serve", "--api-keys", "keys"]).expect(2);
    assert!(run.err.contains("line 1 is not NAME:HASH"), "{}", run.err);
}

#[test]
fn without_an_index_it_does_not_begin() {
    let run = Folder::new().run(&["serve", "--listen", "127.0.0.1:0"]).expect(2);
    assert!(run.err.contains("there is no index in 'index'"), "{}", run.err);
}

#[test]
fn a_head_that_is_too_long_or_never_ends_does_not_hold_it_up() {
    let folder = indexed();
    let server = Server::start(&folder, &[]);
    let mut large = server.connect();
    write!(
        large,
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n",
        "a".repeat(40_000)
    )
    .unwrap();
    let mut answer = String::new();
    large.read_to_string(&mut answer).ok();
    assert!(!answer.starts_with("HTTP/1.1 200"), "{answer}");
    let mut slow: Vec<TcpStream> = (0..20).map(|_| server.connect()).collect();
    for stream in &mut slow {
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHo").unwrap();
    }
    assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_service_lives_on_when_its_files_are_cut_off() {
    let folder = indexed();
    let server = Server::start(&folder, &[]);
    let question = "/api/v1/search?q=dang+bo&facets=document,term";
    assert!(server.get(question).starts_with("HTTP/1.1 200"));
    for file in std::fs::read_dir(folder.path("index/segments-1")).unwrap() {
        let file = std::fs::OpenOptions::new()
            .write(true)
            .open(file.unwrap().path())
            .unwrap();
        file.set_len(100).unwrap();
    }
    for question in [
        question,
        "/api/v1/search?q=toan",
        "/api/v1/suggest?q=dang",
        "/api/v1/facets",
    ] {
        let answer = server.get(question);
        assert!(answer.starts_with("HTTP/1.1 200"), "{question}: {answer}");
    }
    folder.run(&["search", "toàn"]).expect(2);
}

/// A log that programs read: an object a line, under the id that the proxy gave the request.
#[test]
fn a_log_of_json_has_a_line_for_each_request() {
    let folder = indexed();
    let args = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--log-format",
        "json",
        "--log-queries",
    ];
    let mut child = folder.command(&args).stderr(Stdio::piped()).spawn().unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    let mut read_until = |wanted: &str| loop {
        line.clear();
        assert!(
            log.read_line(&mut line).unwrap() > 0,
            "it ended before it said {wanted}"
        );
        if line.contains(wanted) {
            break line.clone();
        }
    };
    let address: SocketAddr = read_until("listening on http://")
        .trim()
        .rsplit('/')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let server = Server { child, address };
    for (sent, is_taken) in [("proxy-7f/42", true), ("a b", false)] {
        let mut stream = server.connect();
        let head = format!(
            "GET /api/v1/search?q=d%22ang HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: {sent}\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let told = answer
            .lines()
            .find_map(|line| line.strip_prefix("x-request-id: "))
            .expect("an id");
        assert_eq!(told == sent, is_taken, "{told}");
        let logged: serde_json::Value = serde_json::from_str(&read_until("\"request\"")).unwrap();
        assert_eq!(logged["request_id"], told);
        assert_eq!((&logged["level"], &logged["method"]), (&"INFO".into(), &"GET".into()));
        assert_eq!(
            (&logged["route"], &logged["status"]),
            (&"/api/v1/search".into(), &200.into())
        );
        assert_eq!(logged["path"], "/api/v1/search?q=d%22ang");
        assert!(
            logged["timestamp"].is_string() && logged["duration_ms"].is_number(),
            "{logged}"
        );
    }
}
