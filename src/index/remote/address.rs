//! The address of an index in OpenSearch, and what it takes to be let in.
//!
//! `https://search.tinhuy.vn:9200/vankien` is the index `vankien` of the engine at `https://search.tinhuy.vn:9200`. A
//! path before the name belongs to the engine, as behind a proxy.

use std::fmt;
use std::fs;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ureq::tls::{PemItem, RootCerts, parse_pem};

use super::error::RemoteError;
use crate::index::error::Error;

/// The most bytes of the name of an index. OpenSearch takes 255, of which the longest ending of ours needs 17.
const MAX_NAME_BYTES: usize = 200;

/// The engine and the name of an index in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineAddress {
    /// The address of the engine, without a slash at the end.
    base: String,
    /// The name of the index.
    name: String,
}

impl EngineAddress {
    /// Reads `https://host:9200/name`.
    ///
    /// ```
    /// use vankien::index::EngineAddress;
    /// let address = EngineAddress::parse("https://search.tinhuy.vn:9200/vankien")?;
    /// assert_eq!((address.base(), address.name()), ("https://search.tinhuy.vn:9200", "vankien"));
    /// # Ok::<(), vankien::index::RemoteError>(())
    /// ```
    ///
    /// # Errors
    /// [`RemoteError::Address`], with the reason.
    pub fn parse(url: &str) -> Result<Self, RemoteError> {
        let whole = url.trim();
        let checked = || -> Result<Self, String> {
            let (scheme, rest) = whole
                .split_once("://")
                .filter(|(scheme, _)| matches!(*scheme, "http" | "https"))
                .ok_or("it begins neither with `https://` nor with `http://`")?;
            if rest.contains('@') {
                return Err("a user and a password belong into the file of the key".to_owned());
            }
            if let Some(sign) = rest
                .chars()
                .find(|sign| matches!(sign, '?' | '#' | '%') || !sign.is_ascii_graphic())
            {
                return Err(format!("it has the sign {sign:?}"));
            }
            let (before, name) = rest
                .trim_end_matches('/')
                .rsplit_once('/')
                .ok_or("the name of an index is missing at its end")?;
            let host = before.split('/').next().unwrap_or_default();
            if host.is_empty() || host.starts_with(':') {
                return Err("the name of a host is missing".to_owned());
            }
            check_name(name)?;
            Ok(Self {
                base: format!("{scheme}://{}", before.trim_end_matches('/')),
                name: name.to_owned(),
            })
        };
        checked().map_err(|reason| RemoteError::Address {
            // A password that was typed into the address must not get into a log.
            url: without_user(whole),
            reason,
        })
    }

    /// Returns the address of the engine, without a slash at the end.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Returns the name of the index.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns true if a key that is sent there can be read by others on the way.
    fn is_open_to_others(&self) -> bool {
        let Some(rest) = self.base.strip_prefix("http://") else {
            return false;
        };
        let authority = rest.split('/').next().unwrap_or_default();
        let host = match authority.strip_prefix('[') {
            Some(bracketed) => bracketed.split(']').next().unwrap_or_default(),
            None => authority.split(':').next().unwrap_or_default(),
        };
        !(host == "localhost" || host == "::1" || host.starts_with("127."))
    }
}

impl fmt::Display for EngineAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base, self.name)
    }
}

/// Checks the name of an index against the rules of OpenSearch, which are wider for other scripts.
fn check_name(name: &str) -> Result<(), String> {
    let is_known = |sign: char| matches!(sign, 'a'..='z' | '0'..='9' | '-' | '_' | '.');
    if name.is_empty() {
        return Err("the name of the index is empty".to_owned());
    }
    if name.len() > MAX_NAME_BYTES {
        return Err(format!("the name of the index has more than {MAX_NAME_BYTES} letters"));
    }
    match name.chars().find(|&sign| !is_known(sign)) {
        Some(sign) if sign.is_ascii_uppercase() => Err(format!(
            "the name of an index has small letters only: '{}'",
            name.to_ascii_lowercase()
        )),
        Some(sign) => Err(format!("the name of the index has the sign {sign:?}")),
        None if !name.starts_with(|first: char| first.is_ascii_alphanumeric()) => {
            Err("the name of the index begins neither with a letter nor with a digit".to_owned())
        }
        None => Ok(()),
    }
}

/// Returns `url` without what stands before an `@` of its host.
fn without_user(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, rest))) => format!("{scheme}://…@{rest}"),
        (None, Some((_, rest))) => format!("…@{rest}"),
        (_, None) => url.to_owned(),
    }
}

/// The index in OpenSearch that somebody asks for, with the files that let them in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineAccess {
    /// The address.
    pub url: EngineAddress,
    /// A file with the key: an API key of OpenSearch as it gave it out, or `user:password`. `None` if the engine lets
    /// everybody in.
    pub key_file: Option<PathBuf>,
    /// A file with the certificates of the authorities that may vouch for the engine, in PEM form; `None` for those
    /// that browsers trust.
    pub ca_file: Option<PathBuf>,
}

impl EngineAccess {
    /// Returns the access to an engine that lets everybody in.
    #[must_use]
    pub const fn open(url: EngineAddress) -> Self {
        Self {
            url,
            key_file: None,
            ca_file: None,
        }
    }

    /// Returns the value of the header `Authorization`; `None` without a key.
    ///
    /// # Errors
    /// [`Error::Io`]; [`RemoteError::Address`] if the file has no key, or if the key would be sent for everybody to
    /// read.
    pub(super) fn authorization(&self) -> Result<Option<String>, Error> {
        let Some(path) = &self.key_file else { return Ok(None) };
        let key = fs::read_to_string(path).map_err(Error::io("read", path))?;
        let key = key.trim();
        if self.url.is_open_to_others() {
            return Err(self.refused("a key is sent over `https://` only".to_owned()));
        }
        if key.contains(':') && !key.contains(['\n', '\r']) {
            return Ok(Some(format!("Basic {}", STANDARD.encode(key))));
        }
        if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(self.refused(format!("'{}' has no key in its only line", path.display())));
        }
        Ok(Some(format!("ApiKey {key}")))
    }

    /// Returns the authorities that may vouch for the engine.
    ///
    /// # Errors
    /// [`Error::Io`]; [`RemoteError::Address`] if the file has no certificate.
    pub(super) fn roots(&self) -> Result<RootCerts, Error> {
        let Some(path) = &self.ca_file else {
            return Ok(RootCerts::WebPki);
        };
        let pem = fs::read(path).map_err(Error::io("read", path))?;
        let mut certificates = Vec::new();
        for item in parse_pem(&pem) {
            match item {
                Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
                Ok(_) => {}
                Err(_) => {
                    certificates.clear();
                    break;
                }
            }
        }
        if certificates.is_empty() {
            return Err(self.refused(format!("'{}' has no certificates in PEM form", path.display())));
        }
        Ok(RootCerts::from(certificates))
    }

    /// Makes the error of an access that cannot be used.
    fn refused(&self, reason: String) -> Error {
        Error::Remote(RemoteError::Address {
            url: self.url.to_string(),
            reason,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_wrong_ones_say_why() {
        for (url, base, name) in [
            ("https://search:9200/vankien", "https://search:9200", "vankien"),
            (
                "http://127.0.0.1:9200/van-kien_2.1/",
                "http://127.0.0.1:9200",
                "van-kien_2.1",
            ),
            ("https://proxy.vn/tim/kiem/vk", "https://proxy.vn/tim/kiem", "vk"),
            ("http://[::1]:9200/vk", "http://[::1]:9200", "vk"),
        ] {
            let address = EngineAddress::parse(url).unwrap();
            assert_eq!((address.base(), address.name()), (base, name));
        }
        for (url, why) in [
            ("search:9200/vankien", "neither with `https://`"),
            ("ftp://search/vankien", "neither with `https://`"),
            ("https://search:9200", "name of an index is missing"),
            ("https://search:9200/", "name of an index is missing"),
            ("https:///vankien", "name of a host is missing"),
            ("https://:9200/vankien", "name of a host is missing"),
            ("https://search/VanKien", "small letters only: 'vankien'"),
            ("https://search/_all", "begins neither"),
            ("https://search/vk,x", "','"),
            ("https://search/văn-kiện", "'ă'"),
            ("https://search/vk?pretty", "'?'"),
            ("https://search/vk%2f", "'%'"),
            ("https://user:secret@search/vk", "belong into the file"),
        ] {
            let error = EngineAddress::parse(url).unwrap_err().to_string();
            assert!(error.contains(why), "{error}");
            assert!(!error.contains("secret"), "{error}");
        }
        assert!(EngineAddress::parse(&format!("https://search/{}", "a".repeat(201))).is_err());
    }

    /// The access with a file of this content as the key.
    fn with_key(url: &str, content: &str) -> Result<Option<String>, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        fs::write(&path, content).unwrap();
        let access = EngineAccess {
            key_file: Some(path),
            ..EngineAccess::open(EngineAddress::parse(url).unwrap())
        };
        access.authorization().map_err(|error| error.to_string())
    }

    #[test]
    fn keys_are_sent_as_what_they_are_and_never_in_the_open() {
        let url = "https://search/vk";
        assert_eq!(
            with_key(url, "b3BlbnNlc2FtZQ==\n").unwrap().unwrap(),
            "ApiKey b3BlbnNlc2FtZQ=="
        );
        assert_eq!(
            with_key(url, "vk:mật khẩu\n").unwrap().unwrap(),
            "Basic dms6beG6rXQga2jhuql1"
        );
        for none in ["", "\n", "one\ntwo", "user:a\nb"] {
            assert!(with_key(url, none).unwrap_err().contains("no key"), "{none:?}");
        }
        assert!(with_key("http://search/vk", "key").unwrap_err().contains("https"));
        for here in [
            "http://localhost:9200/vk",
            "http://127.0.0.1/vk",
            "http://[::1]:9200/vk",
        ] {
            assert!(with_key(here, "key").unwrap().is_some());
        }
    }

    #[test]
    fn a_file_without_certificates_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        fs::write(&path, "not a certificate").unwrap();
        let mut access = EngineAccess::open(EngineAddress::parse("https://search/vk").unwrap());
        access.ca_file = Some(path);
        assert!(access.roots().unwrap_err().to_string().contains("no certificates"));
        access.ca_file = Some(folder.path().join("absent.pem"));
        assert!(matches!(access.roots(), Err(Error::Io { action: "read", .. })));
    }
}
