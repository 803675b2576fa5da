//! A thread pool, with a bounded queue in front of it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// A piece of work for one thread of the pool.
type Job = Box<dyn FnOnce() + Send>;

/// A fixed number of threads that run jobs from a bounded queue. The threads end when the pool and all its clones are
/// dropped.
#[derive(Clone)]
pub(crate) struct Pool {
    queue: SyncSender<Job>,
    waiting: Arc<AtomicUsize>,
}

/// The error of a job that the queue had no room for.
#[derive(Debug)]
pub(crate) struct Full;

impl Pool {
    /// Starts `threads` threads of this name, at least one; at most `queue` jobs wait for them.
    ///
    /// # Errors
    /// The system cannot start a thread.
    pub(crate) fn start(name: &str, threads: usize, queue: usize) -> std::io::Result<Self> {
        let (sender, receiver) = sync_channel::<Job>(queue);
        let receiver = Arc::new(Mutex::new(receiver));
        let waiting = Arc::new(AtomicUsize::new(0));
        for number in 0..threads.max(1) {
            let (receiver, waiting) = (Arc::clone(&receiver), Arc::clone(&waiting));
            thread::Builder::new()
                .name(format!("{name}-{number}"))
                .spawn(move || run_jobs(&receiver, &waiting))?;
        }
        Ok(Self { queue: sender, waiting })
    }

    /// Puts a job into the queue, without waiting.
    ///
    /// # Errors
    /// [`Full`] if the queue has no room.
    pub(crate) fn submit(&self, job: impl FnOnce() + Send + 'static) -> Result<(), Full> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        self.queue.try_send(Box::new(job)).map_err(|refused| {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            match refused {
                TrySendError::Full(_) | TrySendError::Disconnected(_) => Full,
            }
        })
    }

    /// Number of jobs that no thread has started.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }
}

/// Runs one job after another until the queue is closed. A job must not panic: it would end the thread.
fn run_jobs(receiver: &Mutex<Receiver<Job>>, waiting: &AtomicUsize) {
    loop {
        let next = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        waiting.fetch_sub(1, Ordering::Relaxed);
        job();
    }
}
