//! Recent answers of the API, so that what many ask is worked out once for each state of the index.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;
use axum::http::HeaderMap;

use crate::index::State;

/// The most bytes of the bodies that are kept: some 800 pages of ten hits with four facets.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The longest body that is kept, in bytes.
pub(crate) const MAX_BODY_BYTES: usize = 256 * 1024;

/// The longest URL that an answer is kept for, in bytes. Longer ones are not typed, and not asked twice.
const MAX_URL_BYTES: usize = 2048;

/// An answer that was given before.
#[derive(Clone, Debug)]
pub(crate) struct RecentAnswer {
    /// Its headers.
    pub(crate) headers: HeaderMap,
    /// Its body, uncompressed.
    pub(crate) body: Bytes,
}

/// The answers that were given last, each for a URL and a state of the index. When they become too many, those go first
/// that were not asked for longest.
#[derive(Debug, Default)]
pub(crate) struct RecentAnswers(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// The answers, each with the time when it was last asked for.
    answers: HashMap<(State, String), (RecentAnswer, u64)>,
    /// Number of times that any was asked for.
    time: u64,
    /// Bytes of the bodies.
    bytes: usize,
}

impl RecentAnswers {
    /// Returns the answer to `url` from this state, if it was given before.
    pub(crate) fn find(&self, state: State, url: &str) -> Option<RecentAnswer> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.time += 1;
        let now = kept.time;
        let (answer, asked) = kept.answers.get_mut(&(state, url.to_owned()))?;
        *asked = now;
        Some(answer.clone())
    }

    /// Keeps the answer to `url` from this state, unless it is too long.
    pub(crate) fn keep(&self, state: State, url: &str, answer: RecentAnswer) {
        if url.len() > MAX_URL_BYTES || answer.body.len() > MAX_BODY_BYTES {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.bytes += answer.body.len();
        kept.time += 1;
        let now = kept.time;
        if let Some((earlier, _)) = kept.answers.insert((state, url.to_owned()), (answer, now)) {
            kept.bytes -= earlier.body.len();
        }
        while kept.bytes > MAX_BYTES {
            let oldest = kept.answers.iter().min_by_key(|(_, (_, asked))| *asked);
            let Some(oldest) = oldest.map(|(key, _)| key.clone()) else {
                break;
            };
            if let Some((answer, _)) = kept.answers.remove(&oldest) {
                kept.bytes -= answer.body.len();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::testing::{Sample, index_of};

    /// An answer of `bytes` bytes.
    fn answer(bytes: usize) -> RecentAnswer {
        RecentAnswer {
            headers: HeaderMap::new(),
            body: vec![b' '; bytes].into(),
        }
    }

    #[test]
    fn those_that_were_not_asked_for_longest_go_first() {
        let (_folder, index) = index_of(&[Sample::new("a", "một")]);
        let state = index.state();
        let recent = RecentAnswers::default();
        let all = MAX_BYTES / MAX_BODY_BYTES;
        for number in 0..all {
            recent.keep(state, &format!("/{number}"), answer(MAX_BODY_BYTES));
        }
        assert!(recent.find(state, "/0").is_some());
        recent.keep(state, "/one-more", answer(1));
        assert!(recent.find(state, "/1").is_none(), "it was asked for longest ago");
        for url in ["/0", "/2", "/one-more"] {
            assert!(recent.find(state, url).is_some(), "{url}");
        }
    }

    #[test]
    fn long_answers_and_long_urls_are_not_kept() {
        let (_folder, index) = index_of(&[Sample::new("a", "một")]);
        let recent = RecentAnswers::default();
        let long = "u".repeat(MAX_URL_BYTES + 1);
        recent.keep(index.state(), "/long", answer(MAX_BODY_BYTES + 1));
        recent.keep(index.state(), &long, answer(1));
        assert!(recent.find(index.state(), "/long").is_none());
        assert!(recent.find(index.state(), &long).is_none());
    }
}
