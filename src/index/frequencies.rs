//! The numbers of passages that have a word or a shingle, as far as they were asked for.
//!
//! A question for precedents asks for thousands of them, one look-up in the dictionary of every segment each; the next
//! question asks for many of them again. They do not change while an index is open, so they are kept with it.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{PoisonError, RwLock};

use super::error::Error;
use super::fields::Shingle;

/// Maximum number of words of a cache, and of shingles. A corpus of 284 MB has some 200,000 different words. As many
/// entries of both take about 25 MB.
const MAX_ENTRIES: usize = 1 << 18;

/// The numbers of passages that were looked up in an open index.
#[derive(Default)]
pub(super) struct Frequencies {
    /// By folded word.
    pub(super) words: FrequencyCache<Box<str>>,
    /// By shingle.
    pub(super) shingles: FrequencyCache<Shingle>,
}

/// A cache of numbers of passages, for many threads.
pub(super) struct FrequencyCache<K>(RwLock<HashMap<K, u64>>);

impl<K> Default for FrequencyCache<K> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<K: Hash + Eq> FrequencyCache<K> {
    /// Returns the number of passages with `key`, or looks it up and keeps it.
    ///
    /// # Errors
    /// Those of `look_up`.
    pub(super) fn get<Q>(&self, key: &Q, look_up: impl FnOnce() -> Result<u64, Error>) -> Result<u64, Error>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ToOwned + ?Sized,
        Q::Owned: Into<K>,
    {
        if let Some(count) = self.known(key) {
            return Ok(count);
        }
        let count = look_up()?;
        self.keep(key, count);
        Ok(count)
    }

    /// Returns the number of passages with `key` if it is kept.
    pub(super) fn known<Q>(&self, key: &Q) -> Option<u64>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        // A thread that ended while it held the lock left a whole map behind.
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(key).copied()
    }

    /// Keeps the number of passages with `key`.
    pub(super) fn keep<Q>(&self, key: &Q, count: u64)
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ToOwned + ?Sized,
        Q::Owned: Into<K>,
    {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // What is asked for often is soon there again.
        if kept.len() >= MAX_ENTRIES {
            kept.clear();
        }
        kept.insert(key.to_owned().into(), count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_looked_up_once_and_the_cache_stays_bounded() {
        let cache = FrequencyCache::<Shingle>::default();
        for key in 0..=MAX_ENTRIES as Shingle {
            assert_eq!(cache.get(&key, || Ok(u64::from(key) + 1)).unwrap(), u64::from(key) + 1);
        }
        let never = || -> Result<u64, Error> { panic!("it is known") };
        assert_eq!(
            cache.get(&(MAX_ENTRIES as Shingle), never).unwrap(),
            MAX_ENTRIES as u64 + 1
        );
        assert!(cache.0.read().unwrap().len() <= MAX_ENTRIES);
    }
}
