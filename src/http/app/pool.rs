//! The threads that search, and the bounded queue before them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Work that waits for a thread.
type Job = Box<dyn FnOnce() + Send>;

/// A few threads that work off a queue of bounded length. They end when the pool and its copies are gone.
#[derive(Clone)]
pub(crate) struct Pool {
    queue: SyncSender<Job>,
    waiting: Arc<AtomicUsize>,
}

/// The queue is full.
#[derive(Debug)]
pub(crate) struct Full;

impl Pool {
    /// Starts `threads` threads, before which at most `queue` jobs wait.
    ///
    /// # Errors
    /// The system gives no thread.
    pub(crate) fn start(threads: usize, queue: usize) -> std::io::Result<Self> {
        let (sender, receiver) = sync_channel::<Job>(queue);
        let receiver = Arc::new(Mutex::new(receiver));
        let waiting = Arc::new(AtomicUsize::new(0));
        for number in 0..threads.max(1) {
            let (receiver, waiting) = (Arc::clone(&receiver), Arc::clone(&waiting));
            thread::Builder::new()
                .name(format!("search-{number}"))
                .spawn(move || work_off(&receiver, &waiting))?;
        }
        Ok(Self { queue: sender, waiting })
    }

    /// Puts a job into the queue.
    ///
    /// # Errors
    /// [`Full`], at once.
    pub(crate) fn submit(&self, job: impl FnOnce() + Send + 'static) -> Result<(), Full> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        self.queue.try_send(Box::new(job)).map_err(|refused| {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            match refused {
                TrySendError::Full(_) | TrySendError::Disconnected(_) => Full,
            }
        })
    }

    /// Jobs that no thread has begun.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }
}

/// Does one job after the other until nobody can send any more. A job must not panic.
fn work_off(receiver: &Mutex<Receiver<Job>>, waiting: &AtomicUsize) {
    loop {
        let next = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        waiting.fetch_sub(1, Ordering::Relaxed);
        job();
    }
}
