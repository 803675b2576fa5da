//! Threads that work on the items of a slice.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};

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

/// Calls `work` with each item on `threads` threads and hands each result, in the order of the items, to `take` on the
/// calling thread. The items whose results wait have at most `max_ahead` bytes together, as `bytes` tells them, unless a
/// single one has more. Ends early if `take` fails.
pub(super) fn for_each_in_order<I: Sync, W: Send>(
    items: &[I],
    threads: usize,
    (bytes, max_ahead): (&(dyn Fn(&I) -> u64 + Sync), u64),
    work: &(dyn Fn(&I) -> W + Sync),
    mut take: impl FnMut(usize, W) -> Result<(), Error>,
) -> Result<(), Error> {
    let queue = Queue::default();
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..threads.min(items.len()) {
            let (sender, queue) = (sender.clone(), &queue);
            scope.spawn(move || {
                // Whoever panics ends the work of the others, too.
                let _end = EndOfQueue(queue);
                while let Some(index) = queue.begin(items, bytes, max_ahead) {
                    if sender.send((index, work(&items[index]))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let _end = EndOfQueue(&queue);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (index, done) in receiver {
            waiting.insert(index, done);
            while let Some(done) = waiting.remove(&next) {
                take(next, done)?;
                queue.end(bytes(&items[next]));
                next += 1;
            }
        }
        Ok(())
    })
}

/// The items that were begun and not taken yet.
#[derive(Default)]
struct Queue {
    state: Mutex<QueueState>,
    /// Tells that items were taken.
    taken: Condvar,
}

#[derive(Default)]
struct QueueState {
    /// The next item to begin.
    next: usize,
    /// Items that were begun and not taken.
    begun: usize,
    /// Their bytes.
    bytes: u64,
    /// True if no further item is wanted.
    is_over: bool,
}

impl Queue {
    fn state(&self) -> MutexGuard<'_, QueueState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the next item as soon as it may begin; `None` if there is none.
    fn begin<I>(&self, items: &[I], bytes: &(dyn Fn(&I) -> u64 + Sync), max_ahead: u64) -> Option<usize> {
        let mut state = self.state();
        loop {
            let index = state.next;
            let size = bytes(items.get(index).filter(|_| !state.is_over)?);
            if state.begun == 0 || state.bytes + size <= max_ahead {
                state.next += 1;
                state.begun += 1;
                state.bytes += size;
                return Some(index);
            }
            state = self.taken.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Counts an item of this many bytes as taken.
    fn end(&self, bytes: u64) {
        let mut state = self.state();
        state.begun -= 1;
        state.bytes -= bytes;
        self.taken.notify_all();
    }
}

/// Ends a queue when it is dropped, so that nobody waits for a thread that failed or panicked.
struct EndOfQueue<'q>(&'q Queue);

impl Drop for EndOfQueue<'_> {
    fn drop(&mut self) {
        self.0.state().is_over = true;
        self.0.taken.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_taken_in_order_and_few_wait() {
        let items: Vec<u64> = (0..200).map(|number| number * 7919 % 13).collect();
        for threads in [1, 3] {
            let waiting = Mutex::new(0);
            let work = |item: &u64| {
                let mut waiting = waiting.lock().unwrap();
                *waiting += item;
                assert!(*waiting <= 20, "{waiting}");
                *item
            };
            let mut taken = Vec::new();
            for_each_in_order(&items, threads, (&|item| *item, 20), &work, |index, item| {
                assert_eq!(item, items[index]);
                *waiting.lock().unwrap() -= item;
                taken.push(index);
                Ok(())
            })
            .unwrap();
            assert!(taken.into_iter().eq(0..items.len()));
        }
    }

    #[test]
    fn nobody_waits_for_a_taker_that_failed() {
        let items = [1_u64; 50];
        let fail = |index, _: ()| match index {
            3 => Err(Error::damaged("x".as_ref())),
            _ => Ok(()),
        };
        assert!(for_each_in_order(&items, 4, (&|item| *item, 2), &|_| (), fail).is_err());
    }
}
