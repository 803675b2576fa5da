//! The growth of the time to read a text with its size, on texts made to take long ([`shapes`]).
//!
//! Each text is read as a pasted one is: repaired, parsed, searched for citations, which are resolved; its records are
//! made, and it is proof-read. A shape is measured at the first size that takes [`MIN_TIME`] and at that size doubled
//! [`DOUBLINGS`] times, in processor time of the thread. Twice the text may take [`MAX_RATIO`] times as long, in the
//! geometric mean of the doublings, because a cache that is full makes one of them dearer: more is a step that takes the
//! square of the time, and the bench fails. Names of shapes as arguments measure only these.

#![expect(clippy::print_stdout, reason = "a bench reports to whoever runs it")]

mod shapes;

use std::convert::Infallible;
use std::time::{Duration, Instant};

use shapes::{SHAPES, Shape};
use vankien::citation::Resolver;
use vankien::proof::proofread;
use vankien::reading::Model;
use vankien::record::read_text;
use vankien::register::Register;

/// The shortest time that is measured: below it, what is allocated and cached first counts too much.
const MIN_TIME: Duration = Duration::from_millis(60);
/// The smallest and the greatest size, in bytes; the greatest is what the service takes.
const SIZES: [usize; 2] = [1 << 14, 1 << 20];
/// Doublings between the two sizes that are measured.
const DOUBLINGS: u32 = 3;
/// The greatest ratio of the times of two sizes of which one is twice the other.
const MAX_RATIO: f64 = 2.3;
/// Measurements of each size, of which the least counts.
const ROUNDS: usize = 3;

/// Returns the time that the processor spent on this thread, or without Linux the time that passed.
fn now(started: Instant) -> Duration {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = spent.and_then(|spent| spent.split(' ').next()?.parse().ok());
    nanos.map_or_else(|| started.elapsed(), Duration::from_nanos)
}

/// Reads a text, and returns the least time of `rounds`.
fn time(text: &str, resolver: &Resolver, rounds: usize) -> Duration {
    let started = Instant::now();
    let round = || {
        let text = text.to_owned();
        let before = now(started);
        let Ok(mut parsed) = read_text(text, || Ok::<_, Infallible>(Model::shipped()));
        resolver.resolve(&parsed.document, &mut parsed.citations);
        let records = parsed.passage_records().count()
            + parsed.footnote_records().count()
            + parsed.section_records().count()
            + parsed.citation_records().count();
        std::hint::black_box((records, proofread(&parsed, resolver)));
        now(started) - before
    };
    (0..rounds).map(|_| round()).min().unwrap_or_default()
}

/// Measures one shape; returns the ratio of its times for twice the text.
fn measure(shape: &Shape, resolver: &Resolver) -> f64 {
    let [mut size, greatest] = SIZES;
    while size < greatest && time(&shape.text(size), resolver, 1) < MIN_TIME {
        size *= 2;
    }
    let times = [size, size << DOUBLINGS].map(|size| time(&shape.text(size), resolver, ROUNDS).as_secs_f64());
    let ratio = (times[1] / times[0]).powf(1.0 / f64::from(DOUBLINGS));
    let millis = times.map(|time| time * 1e3);
    println!(
        "{:28} {:5} KiB {:8.1} ms, 8 times as much {:8.1} ms, twice as much x {ratio:.2}",
        shape.name,
        size >> 10,
        millis[0],
        millis[1],
    );
    ratio
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|name| !name.starts_with('-')).collect();
    let resolver = Resolver::new(Register::shipped());
    time("Đảng bộ, Pang bd cac co quan Pang thanh phd", &resolver, 1);
    let is_wanted = |shape: &&Shape| wanted.is_empty() || wanted.iter().any(|name| name == shape.name);
    let ratios: Vec<(&str, f64)> = SHAPES
        .iter()
        .filter(is_wanted)
        .map(|shape| (shape.name, measure(shape, &resolver)))
        .collect();
    let slow: Vec<_> = ratios.iter().filter(|(_, ratio)| *ratio > MAX_RATIO).collect();
    assert!(
        slow.is_empty(),
        "twice the text takes more than {MAX_RATIO} times as long: {slow:?}"
    );
}
