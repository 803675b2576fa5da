//! Times of all engines, taken in turn for each question, so that what disturbs the machine disturbs all of them.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::engines::{Asked, Engine, EngineName};
use crate::questions::{Kind, Question};

/// A question is not asked again once it has taken as long.
const LONG: Duration = Duration::from_millis(100);

/// The times of an engine for the questions of one kind.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Timing {
    /// The kind of the questions.
    pub(crate) kind: Kind,
    /// The parts of the answers.
    pub(crate) asked: Asked,
    /// The engine.
    pub(crate) engine: EngineName,
    /// Times.
    pub(crate) times: Times,
}

/// The best times of some questions, the shortest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Times {
    sorted: Vec<Duration>,
}

impl Times {
    /// Adds a time.
    pub(crate) fn add(&mut self, time: Duration) {
        let at = self.sorted.partition_point(|known| *known <= time);
        self.sorted.insert(at, time);
    }

    /// Adds the shortest of `times`.
    pub(crate) fn add_best(&mut self, times: &Self) {
        if let Some(best) = times.sorted.first() {
            self.add(*best);
        }
    }

    /// Returns the time in milliseconds that this share (0 to 1) of the questions did not exceed; `None` without any.
    pub(crate) fn quantile(&self, share: f64) -> Option<f64> {
        let at = (self.sorted.len() as f64 * share).ceil() as usize;
        let time = self.sorted.get(at.saturating_sub(1))?;
        Some(time.as_secs_f64() * 1000.0)
    }
}

/// Asks each question of each engine, `rounds` times in turn, and keeps the best time.
pub(crate) fn time_all(
    engines: &[Box<dyn Engine>],
    questions: &[Question],
    rounds: usize,
) -> anyhow::Result<Vec<Timing>> {
    let mut timings = Vec::new();
    for asked in Asked::ALL {
        for kind in Kind::ALL {
            let mut times = vec![Times::default(); engines.len()];
            for question in questions.iter().filter(|question| question.kind == kind) {
                let mut best = vec![Duration::MAX; engines.len()];
                for round in 0..rounds {
                    for (engine, best) in engines.iter().zip(&mut best) {
                        if round == 0 || *best < LONG {
                            *best = timed(|| engine.ask(question, asked))?.min(*best);
                        }
                    }
                }
                times.iter_mut().zip(best).for_each(|(times, best)| times.add(best));
            }
            let of_engine = |(engine, times): (&dyn Engine, Times)| Timing {
                kind,
                asked,
                engine: engine.name(),
                times,
            };
            let engines = engines.iter().map(|engine| &**engine);
            timings.extend(engines.zip(times).map(of_engine));
        }
    }
    Ok(timings)
}

/// Returns the time that `work` took.
pub(crate) fn timed<T>(work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<Duration> {
    let started = Instant::now();
    black_box(work()?);
    Ok(started.elapsed())
}
