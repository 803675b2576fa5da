//! The engine of the tests behind a socket, with faults: what a network and a busy cluster do to a client.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

use super::engine::Engine;
use crate::index::remote::client::{Client, Limits};
use crate::index::remote::{EngineAccess, EngineAddress};

/// The fate of a call.
#[derive(Clone, Debug)]
pub(super) enum Fault {
    /// It is answered.
    None,
    /// The connection is cut before the engine does anything.
    CutBefore,
    /// The connection is cut when the engine has done it.
    CutAfter,
    /// The engine does nothing, and answers this.
    Instead(u16, String),
    /// The engine does it, and this is its answer.
    Changed(fn(&mut Value)),
    /// The engine does it, and answers after this time.
    Slow(Duration),
}

/// A call, as faults are chosen by it.
pub(super) struct Called<'c> {
    /// Number of calls before it.
    pub(super) number: usize,
    pub(super) method: &'c str,
    pub(super) target: &'c str,
    pub(super) body: &'c str,
}

/// A connection, encrypted or not.
pub(super) trait Connection: Read + Write {}

impl<T: Read + Write> Connection for T {}

type Choose = Box<dyn FnMut(&Called<'_>) -> Fault + Send>;

/// A server, until the test ends.
pub(super) struct Server {
    port: u16,
    shared: Arc<Mutex<Shared>>,
}

struct Shared {
    engine: Engine,
    choose: Choose,
    calls: Vec<String>,
    /// The header `Authorization` of the last call.
    authorization: Option<String>,
}

impl Server {
    /// Starts a server of `engine`.
    pub(super) fn start(engine: Engine) -> Self {
        Self::start_with(engine, |stream| Box::new(stream))
    }

    /// Starts a server of `engine` whose connections are wrapped.
    pub(super) fn start_with(
        engine: Engine,
        wrap: impl Fn(std::net::TcpStream) -> Box<dyn Connection> + Send + Copy + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Mutex::new(Shared {
            engine,
            choose: Box::new(|_| Fault::None),
            calls: Vec::new(),
            authorization: None,
        }));
        let of_server = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let shared = Arc::clone(&of_server);
                std::thread::spawn(move || serve(wrap(stream), &shared));
            }
        });
        Self { port, shared }
    }

    /// Chooses the faults of the calls that follow.
    pub(super) fn faults(&self, choose: impl FnMut(&Called<'_>) -> Fault + Send + 'static) {
        let mut shared = self.shared.lock().unwrap();
        shared.choose = Box::new(choose);
        shared.calls.clear();
    }

    /// Returns the calls since the faults were chosen, each as its method and path.
    pub(super) fn calls(&self) -> Vec<String> {
        self.shared.lock().unwrap().calls.clone()
    }

    /// Returns the header `Authorization` of the last call.
    pub(super) fn authorization(&self) -> Option<String> {
        self.shared.lock().unwrap().authorization.clone()
    }

    /// Returns the port.
    pub(super) const fn port(&self) -> u16 {
        self.port
    }

    /// Returns the engine as it is now.
    pub(super) fn engine(&self) -> Engine {
        self.shared.lock().unwrap().engine.clone()
    }

    /// Changes the engine behind the back of its clients.
    pub(super) fn change(&self, change: impl FnOnce(&mut Engine)) {
        change(&mut self.shared.lock().unwrap().engine);
    }

    /// Returns a client with limits for tests.
    pub(super) fn client(&self) -> Client {
        self.client_with(Limits {
            call: Duration::from_secs(20),
            tries: 4,
            first_pause: Duration::from_millis(1),
            ..Limits::default()
        })
    }

    /// Returns a client with these limits.
    pub(super) fn client_with(&self, limits: Limits) -> Client {
        let url = format!("http://127.0.0.1:{}/vk", self.port);
        Client::with_limits(&EngineAccess::open(EngineAddress::parse(&url).unwrap()), limits).unwrap()
    }
}

/// Answers the calls of a connection until it ends.
fn serve(stream: Box<dyn Connection>, shared: &Mutex<Shared>) -> Option<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|len| *len > 0)?;
        let mut words = line.split(' ').map(str::to_owned);
        let (method, target) = (words.next()?, words.next()?);
        let (mut length, mut authorization) = (0, None);
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).ok()?;
            if header.trim().is_empty() {
                break;
            }
            if header.to_ascii_lowercase().starts_with("authorization:") {
                authorization = header.split_once(": ").map(|(_, value)| value.trim().to_owned());
            }
            if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let body = String::from_utf8(body).ok()?;
        let mut shared = shared.lock().unwrap();
        shared.authorization = authorization;
        let called = Called {
            number: shared.calls.len(),
            method: &method,
            target: &target,
            body: &body,
        };
        let fault = (shared.choose)(&called);
        shared.calls.push(format!("{method} {}", target.split('?').next()?));
        let mut answer = || shared.engine.answer(&method, &target, &body);
        let pause = match fault {
            Fault::Slow(time) => time,
            _ => Duration::ZERO,
        };
        let (status, text) = match fault {
            Fault::CutBefore => return None,
            Fault::Instead(status, text) => (status, text),
            Fault::CutAfter => {
                answer();
                return None;
            }
            Fault::Changed(change) => {
                let (status, mut value) = answer();
                change(&mut value);
                (status, value.to_string())
            }
            Fault::None | Fault::Slow(_) => {
                let (status, value) = answer();
                (status, value.to_string())
            }
        };
        drop(shared);
        std::thread::sleep(pause);
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            text.len()
        );
        let stream = reader.get_mut();
        stream.write_all(format!("{head}{text}").as_bytes()).ok()?;
    }
}
