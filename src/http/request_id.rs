//! The id of a request: in the answer, in problems, and in the log, so that what a client saw can be found in the log.
//!
//! A proxy that numbers requests says the id in `X-Request-Id`; it is taken, so that both logs have the same.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::http::{HeaderMap, HeaderName};

/// The header of the id.
pub(super) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The most bytes of an id that is taken. A UUID has 36, the trace ids of clouds up to 80.
const MAX_BYTES: usize = 128;

/// The characters besides letters and digits that an id may have: those of UUIDs, base64, ULIDs and trace ids. None of them
/// means anything in a header, in JSON or in a log.
const MARKS: &[u8] = b"-_.:=+/@";

tokio::task_local! {
    /// The id of the request that the task answers.
    static CURRENT: String;
}

/// Returns the id of a request with these headers: the one that it has, if that is plain, else a new one.
pub(super) fn id_of(headers: &HeaderMap) -> String {
    let sent = headers.get(HEADER).and_then(|id| id.to_str().ok());
    let is_plain = |id: &&str| {
        (1..=MAX_BYTES).contains(&id.len())
            && id
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || MARKS.contains(&byte))
    };
    sent.filter(is_plain).map_or_else(new, str::to_owned)
}

/// Returns an id that no request had before: the time at which the program asked for the first, and a number.
fn new() -> String {
    static STARTED: LazyLock<u64> = LazyLock::new(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or_default()
    });
    static NUMBER: AtomicU64 = AtomicU64::new(1);
    format!("{:x}-{}", *STARTED, NUMBER.fetch_add(1, Ordering::Relaxed))
}

/// Answers a request under its id.
pub(super) async fn under<A>(id: String, answer: impl Future<Output = A>) -> A {
    CURRENT.scope(id, answer).await
}

/// Returns the id of the request that the task answers; `None` outside of one.
pub(super) fn current() -> Option<String> {
    CURRENT.try_with(Clone::clone).ok()
}
