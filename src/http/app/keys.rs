//! API keys: stored as hashes in a file, each with a rate limit of its own.
//!
//! A line of the file is `NAME:HASH`, where HASH is the BLAKE3 hash of the key in hexadecimal; `#` starts a comment.
//! Keys are long random strings ([`MIN_KEY_CHARS`]), so a fast hash without salt is safe. A request sends its key as
//! `Authorization: Bearer KEY`, or as the password of `Basic`, for which a browser prompts.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::http::{HeaderMap, header};

use crate::http::problem::{Code, Problem};

/// Minimum length of a key in chars: 16 random letters and digits are 95 bits.
pub const MIN_KEY_CHARS: usize = 16;

/// Capacity of the token bucket of a key: the requests that it may make at once after a pause.
const BURST: f64 = 100.0;

/// The error of a key file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The file cannot be read.
    #[error("cannot read '{}'", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The error of the system.
        #[source]
        cause: std::io::Error,
    },
    /// Other users of this machine can read the file.
    #[error("'{}' can be read by every user of this machine; make it private: chmod o-rwx", path.display())]
    WorldReadable {
        /// The file.
        path: PathBuf,
    },
    /// A line is not a name and a hash.
    #[error("'{}' line {line} is not NAME:HASH; make one with `vankien serve --hash-key NAME`", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The number of the line, from 1.
        line: usize,
    },
    /// The file has no key.
    #[error("'{}' has no key, so nobody could use the service; make one with `vankien serve --hash-key NAME`", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
}

/// The accepted keys.
#[derive(Clone, Debug)]
pub struct Keys {
    known: Arc<Vec<(String, blake3::Hash)>>,
    per_second: f64,
    /// The token bucket of each name: its tokens, and the time when they were counted.
    buckets: Arc<Mutex<HashMap<String, (f64, Instant)>>>,
}

/// Returns the line of the key file that accepts `key` under `name`. Returns `None` if the key is too short, or if the
/// name is empty, starts with `#`, or contains a colon or a control character.
#[must_use]
pub fn key_line(name: &str, key: &str) -> Option<String> {
    let plain =
        !name.is_empty() && !name.starts_with('#') && !name.contains(|char: char| char == ':' || char.is_control());
    let long = key.chars().count() >= MIN_KEY_CHARS;
    (plain && long).then(|| format!("{name}:{}", blake3::hash(key.as_bytes()).to_hex()))
}

impl Keys {
    /// Reads a key file. Each key may make `per_second` requests per second, and [`BURST`] at once after a pause.
    ///
    /// # Errors
    /// The file cannot be read, is readable by other users, has a malformed line, or has no key.
    pub fn read(path: &Path, per_second: f64) -> Result<Self, KeysError> {
        let unreadable = |cause| KeysError::Unreadable {
            path: path.to_path_buf(),
            cause,
        };
        // As `ssh` does with private keys, refuse a file that every user of the machine can read.
        if is_world_readable(&std::fs::metadata(path).map_err(unreadable)?) {
            return Err(KeysError::WorldReadable {
                path: path.to_path_buf(),
            });
        }
        let text = std::fs::read_to_string(path).map_err(unreadable)?;
        let mut known = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let key = line
                .split_once(':')
                .and_then(|(name, hash)| Some((name.to_owned(), blake3::Hash::from_hex(hash.trim()).ok()?)));
            known.push(key.ok_or(KeysError::Line {
                path: path.to_path_buf(),
                line: number,
            })?);
        }
        if known.is_empty() {
            return Err(KeysError::Empty {
                path: path.to_path_buf(),
            });
        }
        Ok(Self {
            known: Arc::new(known),
            per_second,
            buckets: Arc::default(),
        })
    }

    /// Checks the key and the rate limit of a request with these headers.
    ///
    /// # Errors
    /// `no-key`; `too-often`, with the seconds after which the key has a token again.
    pub(crate) fn admit(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let name = key_of(headers).and_then(|key| self.name_of(&key));
        let Some(name) = name else {
            let detail = "a key is needed: Authorization: Bearer KEY";
            return Err(Problem::new(Code::NoKey, detail));
        };
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let (tokens, since) = buckets.entry(name.to_owned()).or_insert((BURST, now));
        // Refill for the time since the last request.
        *tokens = (*tokens + now.duration_since(*since).as_secs_f64() * self.per_second).min(BURST);
        *since = now;
        if *tokens < 1.0 {
            let seconds = ((1.0 - *tokens) / self.per_second).ceil().max(1.0) as u32;
            let problem = Problem::new(Code::TooOften, "this key has made too many requests");
            return Err(problem.retry_after(seconds));
        }
        *tokens -= 1.0;
        Ok(())
    }

    /// Returns true if a request with these headers has a valid key. It costs no token.
    pub(crate) fn know(&self, headers: &HeaderMap) -> bool {
        key_of(headers).is_some_and(|key| self.name_of(&key).is_some())
    }

    /// Returns the name of a key. It compares every hash, each in constant time ([`blake3::Hash`]), so the duration
    /// says nothing about the keys.
    fn name_of(&self, key: &str) -> Option<&str> {
        let hash = blake3::hash(key.as_bytes());
        let mut found = None;
        for (name, known) in self.known.iter() {
            if *known == hash {
                found = Some(name.as_str());
            }
        }
        found
    }
}

/// Returns the key that a request sends, by either scheme.
fn key_of(headers: &HeaderMap) -> Option<String> {
    let given = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, value) = given.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(value.trim().to_owned());
    }
    if scheme.eq_ignore_ascii_case("basic") {
        let decoded = String::from_utf8(base64(value.trim())?).ok()?;
        return decoded.split_once(':').map(|(_, password)| password.to_owned());
    }
    None
}

/// Decodes base64 (RFC 4648, section 4). Returns `None` for a character outside its alphabet.
fn base64(text: &str) -> Option<Vec<u8>> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        let value = ALPHABET.iter().position(|letter| *letter == byte)?;
        bits = (bits << 6 | value as u32) & 0xFFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    Some(bytes)
}

/// Returns true if users other than the owner and the group can read, write or run the file.
#[cfg(unix)]
fn is_world_readable(file: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.permissions().mode() & 0o007 != 0
}

/// Returns false: other systems have no such permissions.
#[cfg(not(unix))]
fn is_world_readable(_: &std::fs::Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use axum::http::StatusCode;

    use super::*;

    #[test]
    fn base64_decodes_as_in_the_standard() {
        for (text, bytes) in [
            ("", ""),
            ("Zg==", "f"),
            ("Zm8=", "fo"),
            ("Zm9v", "foo"),
            ("Zm9vYmFy", "foobar"),
        ] {
            assert_eq!(base64(text).as_deref(), Some(bytes.as_bytes()), "{text}");
        }
        assert_eq!(base64("Zg*="), None);
    }

    #[test]
    fn a_key_is_recognized_by_its_hash_and_has_a_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        std::fs::write(
            &path,
            format!("# remark\n{}\n", key_line("an", "0123456789abcdef").unwrap()),
        )
        .unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        }
        let keys = Keys::read(&path, 0.001).unwrap();
        let asked = |value: &str| {
            let headers = [(header::AUTHORIZATION, HeaderValue::from_str(value).unwrap())];
            keys.admit(&HeaderMap::from_iter(headers))
                .map_err(|problem| problem.status())
        };
        assert_eq!(asked("Bearer 0123456789abcdeF"), Err(StatusCode::UNAUTHORIZED));
        assert_eq!(asked("Basic YW46MDEyMzQ1Njc4OWFiY2RlZg=="), Ok(()));
        for _ in 1..BURST as usize {
            assert_eq!(asked("Bearer 0123456789abcdef"), Ok(()));
        }
        assert_eq!(asked("Bearer 0123456789abcdef"), Err(StatusCode::TOO_MANY_REQUESTS));
        assert_eq!(
            keys.admit(&HeaderMap::new()).unwrap_err().status(),
            StatusCode::UNAUTHORIZED
        );
        assert_eq!(key_line("an", "short"), None);
    }
}
