//! The state that all requests share: settings, the open index, the thread pool and the metrics.

mod derived;
pub(crate) mod examples;
mod files;
pub(crate) mod keys;
mod metrics;
mod pool;
pub(crate) mod recent;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::problem::{Code, Problem};
use crate::guarded::guarded;
use crate::index::{self, Error, Index, IndexPlace, RemoteError};
use crate::stop::Stop;
pub(crate) use derived::Derived;
use files::Files;
use keys::Keys;
use metrics::{Gauges, Metrics};
use pool::Pool;
use recent::RecentAnswers;

/// Attempts to open the index while builds keep replacing its files.
const OPEN_ATTEMPTS: usize = 3;

/// The fewest threads that read files and draw pages: one page that takes long holds up no other.
const MIN_FILE_THREADS: usize = 2;

/// Size of the longest text that is read by the threads that search, in bytes: some pages, which take no longer than a
/// search.
const MAX_SHORT_TEXT_BYTES: usize = 16 * 1024;

/// The most threads that search: each has a stack, and more than the cores of any machine only wait.
pub const MAX_THREADS: usize = 1024;

/// Requests for files and pictures that may wait for a thread. A page loads some pictures at once.
const FILE_QUEUE: usize = 128;

/// The settings of the service, from the command line.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The place of the index.
    pub index: IndexPlace,
    /// Path prefix under which a reverse proxy publishes the service: `""` or `/vankien`.
    pub base_path: String,
    /// Number of threads that search.
    pub threads: usize,
    /// Maximum number of requests that wait for one of these threads.
    pub queue: usize,
    /// Maximum number of open connections.
    pub connections: usize,
    /// Longest time for one request, including the time in the queue.
    pub time_limit: Duration,
    /// The accepted API keys; `None` lets everyone in.
    pub keys: Option<Keys>,
    /// Other origins (`https://example.vn`) whose pages may call the API.
    pub cors_origins: Vec<String>,
    /// Names under which it is asked, besides `localhost` and addresses.
    pub hosts: Vec<String>,
    /// True if the service gives out the files of documents and pictures of their pages.
    pub files: bool,
    /// True if the log shows the whole URL of a request, false if only its route.
    pub log_queries: bool,
}

impl Settings {
    /// Returns the default settings for the index at this place: a thread per core, a queue of 1,024 requests, 10
    /// seconds per request, and 4,096 connections.
    #[must_use]
    pub fn of(index: impl Into<IndexPlace>) -> Self {
        Self {
            index: index.into(),
            base_path: String::new(),
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            queue: 1024,
            connections: 4096,
            time_limit: Duration::from_secs(10),
            keys: None,
            cors_origins: Vec::new(),
            hosts: Vec::new(),
            files: true,
            log_queries: false,
        }
    }
}

/// The shared state of the service. It is cheap to clone: all clones share one [`Inner`].
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

/// The state that the clones of an [`App`] share.
struct Inner {
    settings: Settings,
    pool: Pool,
    /// The threads that read long texts which clients send, apart from those that search.
    text_pool: Pool,
    /// The threads that read files and draw pages, apart from those that search.
    file_pool: Pool,
    files: Files,
    /// The newest index state that was opened; `None` before the first.
    newest: RwLock<Option<Index>>,
    /// Held by the thread that opens a newer state.
    opening: Mutex<()>,
    derived: Derived,
    recent: RecentAnswers,
    metrics: Metrics,
    /// True once the shutdown has begun.
    is_shutting_down: AtomicBool,
}

impl App {
    /// Creates the service and starts its threads. The first request, or [`Self::warm_up`], opens the index.
    ///
    /// # Errors
    /// The system cannot start a thread.
    pub fn new(settings: Settings) -> std::io::Result<Self> {
        let pool = Pool::start("search", settings.threads.min(MAX_THREADS), settings.queue)?;
        let half = settings.threads.min(MAX_THREADS).div_ceil(2);
        let text_pool = Pool::start("texts", half, settings.queue)?;
        let file_pool = Pool::start("files", half.max(MIN_FILE_THREADS), FILE_QUEUE)?;
        Ok(Self {
            inner: Arc::new(Inner {
                settings,
                pool,
                text_pool,
                file_pool,
                files: Files::default(),
                newest: RwLock::new(None),
                opening: Mutex::new(()),
                derived: Derived::default(),
                recent: RecentAnswers::default(),
                metrics: Metrics::default(),
                is_shutting_down: AtomicBool::new(false),
            }),
        })
    }

    /// Runs `work` on the thread pool, with the newest state of the index.
    ///
    /// If the deadline passes or the client disconnects, the work ends ([`Stop`]): it does not start, or it ends at its
    /// next checkpoint.
    ///
    /// # Errors
    /// The error of `work`; `busy`, without waiting, if the queue is full; `time-limit`; `no-index`.
    pub async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Index) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.ask_on(&self.inner.pool, work).await
    }

    /// Runs `work` on the threads for files, as [`Self::ask`] does on those for searches.
    ///
    /// # Errors
    /// Those of [`Self::ask`]; `no-files` if the operator gives out no files.
    pub(crate) async fn ask_for_file<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Index, &Files) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        if !self.inner.settings.files {
            let detail = "this service gives out no files of documents and no pictures of their pages";
            return Err(Problem::new(Code::NoFiles, detail));
        }
        let app = self.clone();
        self.ask_on(&self.inner.file_pool, move |index| work(index, &app.inner.files))
            .await
    }

    /// Runs `work` on the threads of `pool`.
    async fn ask_on<T: Send + 'static>(
        &self,
        pool: &Pool,
        work: impl FnOnce(&Index) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let limit = self.inner.settings.time_limit;
        let stop = Stop::at(Instant::now() + limit);
        // Dropped with this future, so also when the client disconnects.
        let _cancel = CancelOnDrop(stop.clone());
        let (answer, answered) = oneshot::channel();
        let app = self.clone();
        let job = move || {
            let step = || stop.scope(|| work(&app.inner.newest()?))?;
            // The receiver is gone if the deadline has passed or the client has disconnected.
            answer.send(catch_panic(step)).ok();
        };
        pool.submit(job).map_err(|_| Problem::busy())?;
        match tokio::time::timeout(limit, answered).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(Problem::internal()),
            Err(_) => Err(Problem::too_slow()),
        }
    }

    /// Like [`Self::ask`], for work that also needs values derived from the whole index.
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

    /// Runs work on a text of `bytes` bytes that a client sent, as [`Self::ask_with_derived`] does; if the text is long, on
    /// the threads for long texts. So however many are sent, searches and short texts have threads of their own.
    ///
    /// # Errors
    /// Those of [`Self::ask`].
    pub(crate) async fn ask_about_text<T: Send + 'static>(
        &self,
        bytes: usize,
        work: impl FnOnce(&Index, &Derived) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let inner = &self.inner;
        let is_long = bytes > MAX_SHORT_TEXT_BYTES;
        let pool = if is_long { &inner.text_pool } else { &inner.pool };
        let app = self.clone();
        self.ask_on(pool, move |index| work(index, &app.inner.derived)).await
    }

    /// Opens the index and builds its derived values on a thread of its own, so that no request has to wait for them.
    /// A failure is logged here and reported again to the first request.
    pub fn warm_up(&self) {
        let app = self.clone();
        let work = move || {
            let read = || -> Result<(), Problem> {
                let index = app.inner.newest()?;
                app.inner.derived.suggester(&index)?;
                app.inner.derived.citations(&index)?;
                app.inner.derived.examples(&index);
                Ok(())
            };
            if let Err(error) = read() {
                tracing::warn!(problem = error.detail(), "cannot read the index yet");
            }
        };
        if let Err(error) = thread::Builder::new().name("warm-up".to_owned()).spawn(work) {
            tracing::warn!(%error, "cannot start a thread to read the index in advance");
        }
    }

    /// Begins the shutdown: responses carry `Connection: close`, and `/readyz` fails.
    pub(crate) fn start_shutdown(&self) {
        self.inner.is_shutting_down.store(true, Ordering::Relaxed);
    }

    /// Returns true once the shutdown has begun.
    pub(crate) fn is_shutting_down(&self) -> bool {
        self.inner.is_shutting_down.load(Ordering::Relaxed)
    }

    /// Returns the path prefix under which a reverse proxy publishes the service: `""` or `/vankien`.
    #[must_use]
    pub fn base_path(&self) -> &str {
        &self.inner.settings.base_path
    }

    /// Returns the settings.
    pub(crate) fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// Returns the answers that were given last.
    pub(crate) fn recent(&self) -> &RecentAnswers {
        &self.inner.recent
    }

    /// Returns the counters of requests.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.inner.metrics
    }

    /// Writes all counters and gauges in the text format of Prometheus.
    pub(crate) fn metrics_text(&self) -> String {
        let gauges = Gauges {
            waiting: [&self.inner.pool, &self.inner.text_pool, &self.inner.file_pool]
                .map(Pool::waiting)
                .into_iter()
                .sum(),
            index: self.inner.opened(),
        };
        self.inner.metrics.text(&gauges)
    }

    /// Returns the state of the newest open index, or `None` before the first was opened. Every later request is
    /// answered from this state or a newer one.
    pub(crate) fn state(&self) -> Option<index::State> {
        self.inner.opened().map(|index| index.state())
    }
}

impl Inner {
    /// Returns the newest state that was opened.
    fn opened(&self) -> Option<Index> {
        self.newest.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the state that is now in the index folder, opening it if necessary. The previous state is returned while
    /// another thread opens the new one, and if the new one cannot be opened.
    fn newest(&self) -> Result<Index, Error> {
        let Some(opened) = self.opened() else {
            // There is nothing to answer from yet, so all requests wait for the one that opens the index.
            let _only_one = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
            return self.opened().map_or_else(|| self.open(), Ok);
        };
        if opened.is_current()? {
            return Ok(opened);
        }
        let stay = || opened.check_in_place().map(|()| opened.clone());
        let Ok(_only_one) = self.opening.try_lock() else {
            return stay();
        };
        match self.open() {
            // The index was removed from the folder, so its last state must not answer any longer.
            Err(error @ (Error::Missing { .. } | Error::Remote(RemoteError::Missing { .. }))) => Err(error),
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "cannot open the newer index yet"
                );
                stay()
            }
            newer => newer,
        }
    }

    /// Opens the index and keeps all its files open, because a later build may delete them while this state still
    /// answers. A build that deletes them between the two steps has written a newer state, so the next attempt opens
    /// that one.
    fn opened_and_held(place: &IndexPlace) -> Result<Index, Error> {
        let held = || Index::hold_at(place);
        (1..OPEN_ATTEMPTS).find_map(|_| held().ok()).map_or_else(held, Ok)
    }

    /// Opens the index in the folder of the settings and stores it as the newest state.
    fn open(&self) -> Result<Index, Error> {
        let index = Self::opened_and_held(&self.settings.index)?;
        tracing::info!(
            generation = index.generation(),
            passages = index.passages_count(),
            in_memory = index.is_in_memory(),
            "index opened"
        );
        *self.newest.write().unwrap_or_else(PoisonError::into_inner) = Some(index.clone());
        self.derived.make_tables(index.clone());
        Ok(index)
    }
}

/// Cancels work when the future that waits for its answer is dropped.
struct CancelOnDrop(Stop);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// Runs a step and turns a panic into [`Problem::internal`], so that the thread of the pool survives.
fn catch_panic<T>(step: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    guarded(step).unwrap_or_else(|panicked| {
        tracing::error!(%panicked, "a request made the program panic");
        Err(Problem::internal())
    })
}
