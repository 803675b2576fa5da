//! A pool of threads that work on the items of a slice.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use crate::index::Error;

/// Calls `work` with each item on `threads` threads and hands each result, with the index of its item and in no order,
/// to `take` on the calling thread. Ends early if `take` fails.
pub(super) fn for_each<I: Sync, W: Send>(
    items: &[I],
    threads: usize,
    work: &(dyn Fn(&I) -> W + Sync),
    mut take: impl FnMut(usize, W) -> Result<(), Error>,
) -> Result<(), Error> {
    let next = AtomicUsize::new(0);
    // Bounded: if `take` is slow, the workers wait instead of filling the memory with results.
    let (sender, receiver) = mpsc::sync_channel(2 * threads);
    std::thread::scope(|scope| {
        for _ in 0..threads.min(items.len()) {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { break };
                    if sender.send((index, work(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        // Moved into this scope so that it is dropped when `take` fails: otherwise the workers would block in `send`.
        let receiver = receiver;
        receiver.iter().try_for_each(|(index, done)| take(index, done))
    })
}
