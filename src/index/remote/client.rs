//! Calls of OpenSearch over HTTP: one connection pool, limits for time and bytes, and errors that say what helps.
//!
//! The threads that search block anyway, so calls do too. Each ends after [`Limits::call`], and earlier if the work
//! that makes it must end ([`crate::stop`]). A read that finds its connection broken is made once more: the engine
//! closes connections that were idle, and an answer that is lost can be had again. A write is repeated only if a second
//! one changes nothing more ([`Effect`]), and it waits longer from try to try, because the engine says 429 where it has
//! more work than it can take.
//!
//! The calls themselves are in [`super::reads`] and [`super::writes`].

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use ureq::http::{Method, Request, header};
use ureq::tls::TlsConfig;
use ureq::{Agent, Timeout};

use super::address::{EngineAccess, EngineAddress};
use super::error::RemoteError;
use crate::index::error::Error;
use crate::stop;

/// Connections that are kept open while nobody uses them. As many threads search at once on a large machine.
const MAX_IDLE_CONNECTIONS: usize = 32;

/// A connection that was idle for longer is not used again. Proxies close theirs after a minute.
const MAX_IDLE_TIME: Duration = Duration::from_secs(45);

/// The most chars of the reason for an error that are told. Some have the whole query in them.
const MAX_REASON_CHARS: usize = 600;

/// Limits of calls.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Time for a connection to come about.
    pub(crate) connect: Duration,
    /// Time for a call as a whole.
    pub(crate) call: Duration,
    /// The same for calls that work on a whole index.
    pub(crate) long_call: Duration,
    /// The most bytes of an answer.
    pub(crate) max_answer_bytes: u64,
    /// Number of times that a write is tried.
    pub(crate) tries: u32,
    /// The pause before the second try; each later pause is twice as long.
    pub(crate) first_pause: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            call: Duration::from_secs(60),
            long_call: Duration::from_secs(600),
            max_answer_bytes: 64 << 20,
            tries: 8,
            first_pause: Duration::from_millis(100),
        }
    }
}

/// The effect of a call on the engine, which decides when it may be made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// It changes nothing: it is made once more if its connection breaks.
    Read,
    /// A second one changes nothing more: it is made again, after a pause, if the engine is overloaded or its
    /// connection breaks.
    Repeatable,
    /// A second one may fail because of the first: it is made once.
    Once,
}

/// A call.
#[derive(Clone, Debug)]
pub(super) struct Call<'c> {
    method: Method,
    /// Path with parameters, from the slash on.
    path: &'c str,
    body: &'c [u8],
    content_type: &'static str,
    effect: Effect,
    /// Statuses beside 2xx that are no errors.
    accepted: &'static [u16],
    is_long: bool,
}

impl<'c> Call<'c> {
    /// Returns a call without a body.
    pub(super) const fn new(method: Method, path: &'c str, effect: Effect) -> Self {
        Self {
            method,
            path,
            body: &[],
            content_type: "application/json",
            effect,
            accepted: &[],
            is_long: false,
        }
    }

    /// Sets the body, a JSON value.
    pub(super) const fn json(mut self, body: &'c [u8]) -> Self {
        self.body = body;
        self
    }

    /// Sets the body, a JSON value on each line.
    pub(super) const fn lines(mut self, body: &'c [u8]) -> Self {
        self.body = body;
        self.content_type = "application/x-ndjson";
        self
    }

    /// Sets the statuses beside 2xx that the caller looks at.
    pub(super) const fn accepting(mut self, statuses: &'static [u16]) -> Self {
        self.accepted = statuses;
        self
    }

    /// Gives the call the time of those that work on a whole index.
    pub(super) const fn long(mut self) -> Self {
        self.is_long = true;
        self
    }

    /// Returns the method and path without parameters, for errors.
    fn name(&self) -> String {
        let path = self.path.split('?').next().unwrap_or_default();
        format!("{} {path}", self.method)
    }
}

/// An answer with a status that the caller accepts.
#[derive(Debug)]
pub(super) struct Answer {
    /// The HTTP status.
    pub(super) status: u16,
    /// The body.
    bytes: Vec<u8>,
    /// The method and path that were called.
    call: String,
}

impl Answer {
    /// Returns the kind of error that the answer tells of: `resource_already_exists_exception`.
    pub(super) fn error_kind(&self) -> Option<String> {
        Told::of(&self.bytes).kind().map(str::to_owned)
    }
}

/// The engine that an index is in.
#[derive(Debug)]
pub(crate) struct Client {
    agent: Agent,
    address: EngineAddress,
    authorization: Option<String>,
    limits: Limits,
}

impl Client {
    /// Prepares calls; makes none.
    ///
    /// # Errors
    /// [`Error::Io`] and [`RemoteError::Address`] if the key or the certificates cannot be read.
    pub(crate) fn open(access: &EngineAccess) -> Result<Self, Error> {
        Self::with_limits(access, Limits::default())
    }

    /// Prepares calls with other limits.
    ///
    /// # Errors
    /// Those of [`Self::open`].
    pub(crate) fn with_limits(access: &EngineAccess, limits: Limits) -> Result<Self, Error> {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            // A proxy of the environment is meant for the web, and an engine redirects nobody: a key goes to the
            // address that was named and nowhere else.
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("vankien/", env!("CARGO_PKG_VERSION")))
            .tls_config(TlsConfig::builder().root_certs(access.roots()?).build())
            .timeout_connect(Some(limits.connect))
            .max_idle_connections(MAX_IDLE_CONNECTIONS)
            .max_idle_connections_per_host(MAX_IDLE_CONNECTIONS)
            .max_idle_age(MAX_IDLE_TIME)
            .build();
        Ok(Self {
            agent: Agent::new_with_config(config),
            address: access.url.clone(),
            authorization: access.authorization()?,
            limits,
        })
    }

    /// Returns the address of the index.
    pub(crate) const fn address(&self) -> &EngineAddress {
        &self.address
    }

    /// Returns the limits of calls.
    pub(super) const fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Makes a call and reads its answer as a `T`; see [`Self::answer`].
    pub(super) fn ask<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<T, Error> {
        let answer = self.answer(call)?;
        self.read(&answer)
    }

    /// Reads an answer as a `T`.
    ///
    /// # Errors
    /// [`RemoteError::NotOpenSearch`] if it is another kind of value.
    pub(super) fn read<T: DeserializeOwned>(&self, answer: &Answer) -> Result<T, Error> {
        serde_json::from_slice(&answer.bytes).map_err(|cause| {
            self.error(|url| RemoteError::NotOpenSearch {
                url,
                reason: format!("its answer to {} cannot be read: {cause}", answer.call),
            })
        })
    }

    /// Makes a call, again where its [`Effect`] allows it.
    ///
    /// # Errors
    /// [`RemoteError`]: [`Unavailable`](RemoteError::Unavailable), [`Unauthorized`](RemoteError::Unauthorized),
    /// [`Missing`](RemoteError::Missing), [`Refused`](RemoteError::Refused), [`TooLarge`](RemoteError::TooLarge).
    pub(super) fn answer(&self, call: Call<'_>) -> Result<Answer, Error> {
        let mut tried = 0;
        loop {
            stop::checkpoint();
            tried += 1;
            let failed = match self.once(&call) {
                Ok(answer) => match self.refusal(&call, &answer) {
                    None => return Ok(answer),
                    Some(error) if call.effect == Effect::Repeatable && error.is_unavailable() => error,
                    Some(error) => return Err(error.into()),
                },
                Err(Failure { is_broken, error }) => {
                    // Whoever waits for this work may have given it less time than a call has.
                    stop::checkpoint();
                    match call.effect {
                        Effect::Read if is_broken && tried == 1 => continue,
                        Effect::Repeatable if error.is_unavailable() => error,
                        _ => return Err(error.into()),
                    }
                }
            };
            if tried >= self.limits.tries {
                return Err(failed.into());
            }
            self.pause(tried);
        }
    }

    /// Takes a step again, after a pause, while the engine is not available; the step looks first whether it is done.
    ///
    /// # Errors
    /// Those of the step.
    pub(super) fn insist<T>(&self, mut step: impl FnMut() -> Result<T, Error>) -> Result<T, Error> {
        let mut tried = 0;
        loop {
            tried += 1;
            match step() {
                Err(Error::Remote(error)) if error.is_unavailable() && tried < self.limits.tries => self.pause(tried),
                done => return done,
            }
        }
    }

    /// Waits after the try number `tried`, from 1: longer from try to try, and not all clients equally long.
    pub(super) fn pause(&self, tried: u32) {
        let longest = self
            .limits
            .first_pause
            .saturating_mul(1 << tried.saturating_sub(1).min(10));
        let random = RandomState::new().build_hasher().finish() as u32;
        let pause = longest / 2 + (longest / 2).mul_f64(f64::from(random) / f64::from(u32::MAX));
        let left = stop::remaining();
        std::thread::sleep(left.map_or(pause, |left| pause.min(left)));
        stop::checkpoint();
    }

    /// Makes an error of this engine.
    pub(crate) fn error(&self, of: impl FnOnce(String) -> RemoteError) -> Error {
        Error::Remote(of(self.address.base().to_owned()))
    }

    /// Makes a call once.
    fn once(&self, call: &Call<'_>) -> Result<Answer, Failure> {
        let mut request = Request::builder()
            .method(call.method.clone())
            .uri(format!("{}{}", self.address.base(), call.path))
            .header(header::ACCEPT, "application/json");
        if let Some(authorization) = &self.authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        let mut time = if call.is_long {
            self.limits.long_call
        } else {
            self.limits.call
        };
        if let Some(left) = stop::remaining() {
            time = time.min(left);
        }
        let failed = |cause| self.failure(call, time, cause);
        let run = || -> Result<Answer, ureq::Error> {
            let response = if call.body.is_empty() {
                let request = self.agent.configure_request(request.body(())?);
                self.agent.run(request.timeout_global(Some(time)).build())
            } else {
                let request = request.header(header::CONTENT_TYPE, call.content_type);
                let request = self.agent.configure_request(request.body(call.body)?);
                self.agent.run(request.timeout_global(Some(time)).build())
            };
            let mut response = response?;
            let status = response.status().as_u16();
            let body = response.body_mut().with_config();
            Ok(Answer {
                status,
                bytes: body.limit(self.limits.max_answer_bytes).read_to_vec()?,
                call: call.name(),
            })
        };
        run().map_err(failed)
    }

    /// Returns the failure of a call that had no answer within `time`.
    fn failure(&self, call: &Call<'_>, time: Duration, cause: ureq::Error) -> Failure {
        let url = self.address.base().to_owned();
        let unavailable = |reason: String, is_broken, cause: Option<ureq::Error>| Failure {
            is_broken,
            error: RemoteError::Unavailable {
                url: url.clone(),
                reason,
                cause: cause.map(Into::into),
            },
        };
        let refused = |error| Failure {
            is_broken: false,
            error,
        };
        match cause {
            ureq::Error::BodyExceedsLimit(max_bytes) => refused(RemoteError::TooLarge {
                url,
                call: call.name(),
                max_bytes,
            }),
            ureq::Error::Timeout(Timeout::Connect) => {
                unavailable("no connection came about in time".into(), false, None)
            }
            ureq::Error::Timeout(_) => {
                unavailable(format!("no answer to {} within {time:.1?}", call.name()), false, None)
            }
            // What verifies certificates wraps its errors as errors of the system.
            ureq::Error::Io(cause) if cause.kind() == std::io::ErrorKind::InvalidData => {
                refused(untrusted(url, cause.to_string()))
            }
            ureq::Error::Tls(reason) => refused(untrusted(url, reason.to_owned())),
            ureq::Error::Rustls(cause) => refused(untrusted(url, cause.to_string())),
            cause @ ureq::Error::HostNotFound => unavailable("its host is not known".into(), false, Some(cause)),
            cause @ (ureq::Error::Io(_) | ureq::Error::Protocol(_) | ureq::Error::ConnectionFailed) => {
                unavailable("the connection failed".into(), true, Some(cause))
            }
            cause => refused(RemoteError::NotOpenSearch {
                url,
                reason: format!("{} failed: {cause}", call.name()),
            }),
        }
    }

    /// Returns the error that an answer is; `None` if its status is 2xx or one that the caller accepts.
    fn refusal(&self, call: &Call<'_>, answer: &Answer) -> Option<RemoteError> {
        let status = answer.status;
        let is_fine = (200..300).contains(&status) || call.accepted.contains(&status);
        (!is_fine).then(|| self.refused(answer))
    }

    /// Returns the error that an answer with this status is.
    pub(super) fn refused(&self, answer: &Answer) -> RemoteError {
        let status = answer.status;
        let call = || answer.call.clone();
        let told = Told::of(&answer.bytes);
        let url = self.address.base().to_owned();
        let reason = || told.reason();
        match status {
            401 | 403 => RemoteError::Unauthorized {
                url,
                call: call(),
                status,
            },
            404 if told.kind() == Some("index_not_found_exception") => RemoteError::Missing {
                url,
                name: self.address.name().to_owned(),
            },
            429 | 502..=504 => RemoteError::Unavailable {
                url,
                reason: format!("{} (status {status})", reason()),
                cause: None,
            },
            _ if told.error.is_none() => RemoteError::NotOpenSearch {
                url,
                reason: format!("it answered {} with status {status}", call()),
            },
            _ => RemoteError::Refused {
                url,
                call: call(),
                status,
                reason: reason(),
            },
        }
    }
}

/// Makes the error of an engine that is not the one that its certificate vouches for.
fn untrusted(url: String, reason: String) -> RemoteError {
    RemoteError::Untrusted { url, reason }
}

/// The failure of a call that had no answer.
struct Failure {
    /// True if the connection broke, so that another one may do.
    is_broken: bool,
    error: RemoteError,
}

/// The part of an answer that tells of an error.
#[derive(Default, Deserialize)]
pub(super) struct Told {
    #[serde(default)]
    error: Option<Value>,
}

impl Told {
    /// Reads the body of an answer.
    fn of(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    /// Returns what is told in a part of an answer.
    pub(super) const fn of_part(error: Value) -> Self {
        Self { error: Some(error) }
    }

    /// Returns the kind of the error: `index_not_found_exception`.
    pub(super) fn kind(&self) -> Option<&str> {
        self.error.as_ref()?.get("type")?.as_str()
    }

    /// Returns the reason in a line for people, perhaps cut.
    pub(super) fn reason(&self) -> String {
        let Some(error) = &self.error else {
            return "it gave no reason".to_owned();
        };
        let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        // The outer reason of a search is "all shards failed"; the inner one says why.
        let inner = error.get("root_cause").and_then(|causes| causes.get(0));
        let inner = inner.and_then(|cause| text(cause, "reason"));
        let whole = match (error.as_str(), text(error, "reason"), inner) {
            (Some(told), ..) => told.to_owned(),
            (None, Some(outer), Some(inner)) if outer != inner => format!("{outer}: {inner}"),
            (None, Some(reason), _) | (None, None, Some(reason)) => reason,
            (None, None, None) => text(error, "type").unwrap_or_else(|| "it gave no reason".to_owned()),
        };
        let plain = whole.chars().map(|char| if char.is_control() { ' ' } else { char });
        plain.take(MAX_REASON_CHARS).collect()
    }
}
