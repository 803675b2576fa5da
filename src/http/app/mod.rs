//! What all requests share: the index as it is now, and who searches it.

mod derived;
pub(crate) mod keys;
mod metrics;
mod pool;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::problem::Problem;
use crate::index::{self, Error, Index, Stop};
use derived::Derived;
use keys::Keys;
use metrics::{Gauges, Metrics};
use pool::Pool;

/// How often a state is opened that is replaced meanwhile.
const OPEN_TRIES: usize = 3;

/// How the service works.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Folder of the index.
    pub index: PathBuf,
    /// Path under which the service stands behind a proxy: `""` or `/vankien`.
    pub base_path: String,
    /// Threads that search.
    pub threads: usize,
    /// Questions that may wait for one of them.
    pub queue: usize,
    /// Connections that may be open at once.
    pub connections: usize,
    /// The longest that one question may take, waiting included.
    pub time_limit: Duration,
    /// Who may ask; everybody, where there are none.
    pub keys: Option<Keys>,
    /// Other origins (`https://example.vn`) whose pages may ask.
    pub cors_origins: Vec<String>,
    /// Does the log tell what was asked, or only which page?
    pub log_queries: bool,
}

impl Settings {
    /// The settings for the index in this folder: a thread for each core, 1024 questions waiting, 10 seconds each,
    /// 4096 connections.
    #[must_use]
    pub fn of(index: PathBuf) -> Self {
        Self {
            index,
            base_path: String::new(),
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            queue: 1024,
            connections: 4096,
            time_limit: Duration::from_secs(10),
            keys: None,
            cors_origins: Vec::new(),
            log_queries: false,
        }
    }
}

/// The service: cheap to clone, shared by all requests.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    settings: Settings,
    pool: Pool,
    /// The newest state that was opened; `None` before the first.
    newest: RwLock<Option<Index>>,
    /// Held by whoever opens a newer one.
    opening: Mutex<()>,
    derived: Derived,
    metrics: Metrics,
    /// Was the end asked for?
    is_ending: AtomicBool,
}

impl App {
    /// A service with these settings. The index is opened by the first question.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn new(settings: Settings) -> std::io::Result<Self> {
        let pool = Pool::start(settings.threads, settings.queue)?;
        Ok(Self {
            inner: Arc::new(Inner {
                settings,
                pool,
                newest: RwLock::new(None),
                opening: Mutex::new(()),
                derived: Derived::default(),
                metrics: Metrics::default(),
                is_ending: AtomicBool::new(false),
            }),
        })
    }

    /// Runs `work` with the newest index on the pool.
    ///
    /// When nobody waits any more, because the time is over or the client went away, the work is told to stop: it is
    /// not begun, or ends after the step it is in ([`Stop`]).
    ///
    /// # Errors
    /// That of `work`; `busy` at once where the queue is full; `time-limit`; `no-index`.
    pub async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Index) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let limit = self.inner.settings.time_limit;
        let stop = Stop::at(Instant::now() + limit);
        let _told_when_dropped = TellStop(stop.clone());
        let (answer, answered) = oneshot::channel();
        let app = self.clone();
        let job = move || {
            let step = || {
                stop.check()?;
                work(&app.inner.newest()?.with_stop(stop))
            };
            // Whoever waits may be gone.
            answer.send(caught(step)).ok();
        };
        self.inner.pool.submit(job).map_err(|_| Problem::busy())?;
        match tokio::time::timeout(limit, answered).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(Problem::internal()),
            Err(_) => Err(Problem::too_slow()),
        }
    }

    /// The same for work that needs what is read from a whole index once.
    ///
    /// # Errors
    /// Those of [`Self::ask`].
    pub(crate) async fn ask_with_derived<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Index, &Derived) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let app = self.clone();
        self.ask(move |index| work(index, &app.inner.derived)).await
    }

    /// Opens the index and reads what is kept of it on a thread of its own, so that nobody waits for it. Where that
    /// fails, whoever asks first is told.
    pub fn warm_up(&self) {
        let app = self.clone();
        let work = move || {
            let read = || -> Result<(), Error> {
                let index = app.inner.newest()?;
                app.inner.derived.suggester(&index)?;
                app.inner.derived.register(&index)?;
                Ok(())
            };
            if let Err(error) = read() {
                tracing::warn!(error = &error as &dyn std::error::Error, "the index cannot be read yet");
            }
        };
        if let Err(error) = thread::Builder::new().name("warm-up".to_owned()).spawn(work) {
            tracing::warn!(%error, "no thread to read the index beforehand");
        }
    }

    /// From now on answers tell that their connections will close, and `/readyz` is red.
    pub(crate) fn end(&self) {
        self.inner.is_ending.store(true, Ordering::Relaxed);
    }

    /// Was the end asked for?
    pub(crate) fn is_ending(&self) -> bool {
        self.inner.is_ending.load(Ordering::Relaxed)
    }

    /// Path under which the service stands behind a proxy, `""` or `/vankien`.
    #[must_use]
    pub fn base_path(&self) -> &str {
        &self.inner.settings.base_path
    }

    /// How the service works.
    pub(crate) fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// What was counted so far.
    pub(crate) fn counted(&self) -> &Metrics {
        &self.inner.metrics
    }

    /// All that is measured, for Prometheus.
    pub(crate) fn metrics_text(&self) -> String {
        let gauges = Gauges {
            waiting: self.inner.pool.waiting(),
            index: self.inner.opened(),
        };
        self.inner.metrics.text(&gauges)
    }

    /// The state of the index that answers now, as far as one was opened; whatever is asked later is answered by
    /// this one or a newer one.
    pub(crate) fn state(&self) -> Option<index::State> {
        self.inner.opened().map(|index| index.state())
    }
}

impl Inner {
    /// The newest state that was opened.
    fn opened(&self) -> Option<Index> {
        self.newest.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The state that lies in the folder now. While another thread opens it, and where it cannot be opened, the one
    /// before serves on.
    fn newest(&self) -> Result<Index, Error> {
        let Some(opened) = self.opened() else {
            let _only_one = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
            return self.opened().map_or_else(|| self.open(), Ok);
        };
        if opened.is_current()? {
            return Ok(opened);
        }
        let Ok(_only_one) = self.opening.try_lock() else {
            return Ok(opened);
        };
        match self.open() {
            Err(error @ Error::Missing { .. }) => Err(error),
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "the newer index cannot be opened yet"
                );
                Ok(opened)
            }
            newer => newer,
        }
    }

    /// A later build may remove files while this state still answers, so all are held; one that removes them between
    /// our two steps has left a newer state.
    fn opened_and_held(folder: &Path) -> Result<Index, Error> {
        let held = || {
            let index = Index::open(folder)?;
            index.hold().map(|()| index)
        };
        (1..OPEN_TRIES).find_map(|_| held().ok()).map_or_else(held, Ok)
    }

    fn open(&self) -> Result<Index, Error> {
        let folder: &Path = &self.settings.index;
        let index = Self::opened_and_held(folder)?;
        tracing::info!(
            generation = index.generation(),
            passages = index.passages_count(),
            "index opened"
        );
        *self.newest.write().unwrap_or_else(PoisonError::into_inner) = Some(index.clone());
        Ok(index)
    }
}

/// Tells work to stop when whoever waits for it goes away.
struct TellStop(Stop);

impl Drop for TellStop {
    fn drop(&mut self) {
        self.0.tell();
    }
}

/// Runs a step; a panic is a failure like others, and the thread lives on.
fn caught<T>(step: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(step)).unwrap_or_else(|_| {
        tracing::error!("a question made the program panic");
        Err(Problem::internal())
    })
}
