//! Counters and gauges of the service, in the text format of Prometheus, version 0.0.4.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use axum::http::Method;

use crate::index::Index;

/// Upper bounds of the histogram of durations, in seconds: a search takes about a millisecond, and the default time
/// limit is ten seconds.
const BOUNDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// The counters since the start of the service.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    counters: Mutex<Counters>,
}

/// The counters that the lock protects.
#[derive(Debug, Default)]
struct Counters {
    /// Number of requests by route, method and status.
    requests: BTreeMap<(String, MethodName, u16), u64>,
    /// Durations of requests by route.
    durations: BTreeMap<String, Histogram>,
}

/// The name of a method; `other` for unknown ones, so that clients cannot create time series at will.
type MethodName = &'static str;

/// A histogram of durations.
#[derive(Clone, Debug, Default)]
struct Histogram {
    /// Number of requests in each bucket of [`BOUNDS`]; the last bucket has the longer ones.
    counts: [u64; BOUNDS.len() + 1],
    sum_seconds: f64,
}

/// The values that are measured at the time of the scrape.
pub(crate) struct Gauges {
    /// Number of requests that wait for a thread.
    pub(crate) waiting: usize,
    /// The open index, if there is one.
    pub(crate) index: Option<Index>,
}

impl Metrics {
    /// Counts a request to `route`, which is the declared pattern (`/api/v1/documents/{id}`).
    pub(crate) fn count(&self, route: &str, method: &Method, status: u16, took: Duration) {
        let mut counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (route.to_owned(), name_of(method), status);
        *counters.requests.entry(key).or_default() += 1;
        counters
            .durations
            .entry(route.to_owned())
            .or_default()
            .add(took.as_secs_f64());
    }

    /// Returns all counters and `gauges` as text.
    pub(crate) fn text(&self, gauges: &Gauges) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        self.write(&mut text).and_then(|()| gauges.write(&mut text)).ok();
        text
    }

    /// Appends the counters.
    fn write(&self, text: &mut String) -> std::fmt::Result {
        let counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        head(text, "vankien_requests_total", "counter", "Requests answered.")?;
        for ((route, method, status), count) in &counters.requests {
            writeln!(
                text,
                "vankien_requests_total{{route=\"{route}\",method=\"{method}\",status=\"{status}\"}} {count}"
            )?;
        }
        let name = "vankien_request_duration_seconds";
        head(
            text,
            name,
            "histogram",
            "Time from the head of a request to the head of its answer.",
        )?;
        for (route, histogram) in &counters.durations {
            // The buckets of Prometheus are cumulative: each counts the requests up to its bound.
            let mut below = 0;
            for (bound, count) in BOUNDS.iter().zip(&histogram.counts) {
                below += count;
                writeln!(text, "{name}_bucket{{route=\"{route}\",le=\"{bound}\"}} {below}")?;
            }
            let all: u64 = histogram.counts.iter().sum();
            writeln!(text, "{name}_bucket{{route=\"{route}\",le=\"+Inf\"}} {all}")?;
            writeln!(text, "{name}_sum{{route=\"{route}\"}} {}", histogram.sum_seconds)?;
            writeln!(text, "{name}_count{{route=\"{route}\"}} {all}")?;
        }
        Ok(())
    }
}

impl Histogram {
    /// Adds one duration.
    fn add(&mut self, seconds: f64) {
        let at = BOUNDS
            .iter()
            .position(|bound| seconds <= *bound)
            .unwrap_or(BOUNDS.len());
        self.counts[at] += 1;
        self.sum_seconds += seconds;
    }
}

impl Gauges {
    /// Appends the gauges; those of the index only if one is open.
    fn write(&self, text: &mut String) -> std::fmt::Result {
        let mut gauge = |name: &str, about: &str, value: f64| {
            head(text, name, "gauge", about)?;
            writeln!(text, "{name} {value}")
        };
        gauge(
            "vankien_queue_length",
            "Requests that wait for a thread.",
            self.waiting as f64,
        )?;
        let Some(index) = &self.index else { return Ok(()) };
        gauge(
            "vankien_index_generation",
            "Counts the commits of the index.",
            index.generation() as f64,
        )?;
        gauge(
            "vankien_index_passages",
            "Passages in the index.",
            index.passages_count() as f64,
        )?;
        gauge(
            "vankien_index_bytes",
            "Bytes of the postings and stored passages.",
            index.size_bytes() as f64,
        )?;
        // A clock that was set back gives no age.
        let age = index
            .committed()
            .and_then(|at| SystemTime::now().duration_since(at).ok());
        if let Some(age) = age {
            gauge(
                "vankien_index_age_seconds",
                "Time since the index was written.",
                age.as_secs_f64(),
            )?;
        }
        Ok(())
    }
}

/// Appends the two comment lines that introduce a metric.
fn head(text: &mut String, name: &str, kind: &str, about: &str) -> std::fmt::Result {
    writeln!(text, "# HELP {name} {about}\n# TYPE {name} {kind}")
}

/// Returns the name of a method.
fn name_of(method: &Method) -> MethodName {
    const KNOWN: [Method; 5] = [Method::GET, Method::HEAD, Method::POST, Method::OPTIONS, Method::PUT];
    const NAMES: [&str; 5] = ["GET", "HEAD", "POST", "OPTIONS", "PUT"];
    let at = KNOWN.iter().position(|known| known == method);
    at.map_or("other", |at| NAMES[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_cumulative() {
        let metrics = Metrics::default();
        for milliseconds in [1, 4, 20_000] {
            metrics.count("/a", &Method::GET, 200, Duration::from_millis(milliseconds));
        }
        let text = metrics.text(&Gauges {
            waiting: 3,
            index: None,
        });
        for line in [
            "vankien_requests_total{route=\"/a\",method=\"GET\",status=\"200\"} 3",
            "vankien_request_duration_seconds_bucket{route=\"/a\",le=\"0.001\"} 1",
            "vankien_request_duration_seconds_bucket{route=\"/a\",le=\"0.005\"} 2",
            "vankien_request_duration_seconds_bucket{route=\"/a\",le=\"10\"} 2",
            "vankien_request_duration_seconds_bucket{route=\"/a\",le=\"+Inf\"} 3",
            "vankien_request_duration_seconds_count{route=\"/a\"} 3",
            "vankien_queue_length 3",
        ] {
            assert!(
                text.lines().any(|written| written == line),
                "{line} is missing in\n{text}"
            );
        }
    }
}
