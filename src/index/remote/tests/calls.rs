//! Calls over a network and an engine that fail.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::{Value, json};

use super::engine::{Engine, error};
use super::server::{Fault, Server};
use crate::index::Error;
use crate::index::remote::client::{Client, Limits};
use crate::index::remote::state::read_state;
use crate::index::remote::{EngineAccess, EngineAddress, RemoteError};
use crate::stop::{Stop, Stopped};

/// Makes a read of a server that always has this fault; returns its error and the number of calls.
fn read_with(fault: Fault, limits: Limits) -> (RemoteError, usize) {
    let server = Server::start(Engine::default());
    server.faults(move |_| fault.clone());
    let Err(Error::Remote(error)) = server.client_with(limits).get_json::<Value>("/_alias/vk-*") else {
        panic!("it is answered");
    };
    (error, server.calls().len())
}

#[test]
fn errors_say_what_helps() {
    let instead = |(status, body): (u16, Value)| Fault::Instead(status, body.to_string());
    for (fault, expected, calls) in [
        (
            instead(error(401, "security_exception", "no")),
            "does not let this key GET /_alias/vk-*",
            1,
        ),
        (
            instead(error(403, "security_exception", "no")),
            "does not let this key",
            1,
        ),
        (
            instead(error(404, "index_not_found_exception", "no such index")),
            "there is no index 'vk'",
            1,
        ),
        (
            instead(error(400, "parsing_exception", "unknown query")),
            "refused GET /_alias/vk-* (status 400): unknown query",
            1,
        ),
        (
            instead(error(429, "es_rejected_execution_exception", "full")),
            "not available: full (status 429)",
            1,
        ),
        (
            instead(error(503, "cluster_block_exception", "no master")),
            "not available: no master (status 503)",
            1,
        ),
        (
            Fault::Instead(502, "<html>Bad Gateway</html>".into()),
            "not available: it gave no reason (status 502)",
            1,
        ),
        (
            Fault::Instead(200, "<html>Chào</html>".into()),
            "is not OpenSearch 3",
            1,
        ),
        (Fault::Instead(301, String::new()), "is not OpenSearch 3", 1),
        (Fault::Instead(404, "nothing here".into()), "is not OpenSearch 3", 1),
        (Fault::CutBefore, "the connection failed", 2),
        (Fault::CutAfter, "the connection failed", 2),
    ] {
        let (error, called) = read_with(fault.clone(), Limits::default());
        assert!(error.to_string().contains(expected), "{fault:?}: {error}");
        assert_eq!(called, calls, "{fault:?}");
        assert!(!error.hint().is_empty());
    }
}

#[test]
fn a_slow_or_endless_answer_is_given_up() {
    let limits = Limits {
        call: Duration::from_millis(100),
        ..Limits::default()
    };
    let (error, calls) = read_with(Fault::Slow(Duration::from_secs(2)), limits);
    assert!(error.is_unavailable() && calls == 1, "{error}");
    let limits = Limits {
        max_answer_bytes: 1000,
        ..Limits::default()
    };
    let long = Fault::Instead(200, format!("\"{}\"", "x".repeat(1001)));
    let (error, _) = read_with(long, limits);
    assert!(
        matches!(error, RemoteError::TooLarge { max_bytes: 1000, .. }),
        "{error}"
    );
}

#[test]
fn a_call_ends_with_the_work_that_makes_it() {
    let server = Server::start(Engine::default());
    server.faults(|_| Fault::Slow(Duration::from_secs(5)));
    let client = server.client();
    let begun = Instant::now();
    let stop = Stop::at(begun + Duration::from_millis(100));
    assert_eq!(stop.scope(|| client.get_json::<Value>("/").is_ok()), Err(Stopped::Late));
    assert!(begun.elapsed() < Duration::from_secs(3));
}

#[test]
fn a_read_survives_one_broken_connection_and_a_busy_write_waits() {
    let server = Server::start(Engine::default());
    let client = server.client();
    server.faults(|called| {
        if called.number == 0 {
            Fault::CutBefore
        } else {
            Fault::None
        }
    });
    client.greet().unwrap();
    let busy = error(429, "es_rejected_execution_exception", "full").1.to_string();
    server.faults(move |called| match called.number {
        0 => Fault::Instead(429, busy.clone()),
        1 => Fault::Instead(503, busy.clone()),
        2 => Fault::CutAfter,
        _ => Fault::None,
    });
    client.create_index("vk-x", &json!({})).unwrap();
    assert_eq!(server.calls().len(), 4);
    server.faults(|_| Fault::CutBefore);
    let Err(Error::Remote(error)) = client.delete_index("vk-x") else {
        panic!("it is done")
    };
    assert!(error.is_unavailable() && server.calls().len() == 4, "{error}");
}

#[test]
fn no_answer_lacks_a_shard() {
    let server = Server::start(Engine::default());
    let client = server.client();
    client.create_index("vk-x", &json!({})).unwrap();
    let body = json!({ "size": 1, "sort": [{ "id": "asc" }] });
    client.search(Some("vk-x"), &body).unwrap();
    server.faults(|_| {
        Fault::Changed(|answer| {
            let reason = json!({ "type": "node_disconnected_exception", "reason": "gone" });
            answer["_shards"] = json!({ "failed": 1, "failures": [{ "reason": reason }] });
        })
    });
    let failed = [
        client.search(Some("vk-x"), &body).map(drop),
        client.count("vk-x", &json!({ "match_all": {} })).map(drop),
        client.refresh(&["vk-x".to_owned()]),
    ];
    for error in failed {
        let Err(Error::Remote(error)) = error else {
            panic!("it is answered")
        };
        assert!(
            error.is_unavailable() && error.to_string().contains("(gone)"),
            "{error}"
        );
    }
    server.faults(|_| Fault::Changed(|answer| answer["timed_out"] = json!(true)));
    assert!(matches!(client.search(Some("vk-x"), &body), Err(Error::Remote(error)) if error.is_unavailable()));
}

/// The certificate of an authority, and what a server that it vouches for needs.
fn authority() -> (String, Arc<ServerConfig>) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let pem = params.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(params, key);
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &issuer).unwrap().der().clone();
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key.into())
        .unwrap();
    (pem, Arc::new(config))
}

#[test]
fn an_engine_with_a_certificate_of_a_private_authority_gets_the_key() {
    let (pem, config) = authority();
    let config: &'static Arc<ServerConfig> = Box::leak(Box::new(config));
    let server = Server::start_with(Engine::default(), |stream| {
        let tls = ServerConnection::new(Arc::clone(config)).unwrap();
        Box::new(StreamOwned::new(tls, stream))
    });
    let folder = tempfile::tempdir().unwrap();
    let [ca, key, other] = ["ca.pem", "key", "other.pem"].map(|name| folder.path().join(name));
    std::fs::write(&ca, pem).unwrap();
    std::fs::write(&key, "khoa\n").unwrap();
    std::fs::write(&other, authority().0).unwrap();
    let url = EngineAddress::parse(&format!("https://127.0.0.1:{}/vk", server.port())).unwrap();
    let with = |ca_file: Option<PathBuf>| {
        let access = EngineAccess {
            key_file: Some(key.clone()),
            ca_file,
            ..EngineAccess::open(url.clone())
        };
        Client::open(&access).unwrap().greet()
    };
    with(Some(ca)).unwrap();
    assert_eq!(server.authorization().as_deref(), Some("ApiKey khoa"));
    server.faults(|_| Fault::None);
    for ca_file in [None, Some(other)] {
        let error = with(ca_file).unwrap_err();
        assert!(matches!(error, Error::Remote(RemoteError::Untrusted { .. })), "{error}");
    }
    assert!(server.calls().is_empty());
}

#[test]
fn an_address_without_opensearch_is_told() {
    let server = Server::start(Engine::default());
    for (distribution, number, is_accepted) in [
        ("opensearch", "3.0.0", true),
        ("opensearch", "10.1.0", true),
        ("opensearch", "2.19.1", false),
        ("opensearch", "", false),
        // Elasticsearch names no distribution.
        ("", "8.15.0", false),
    ] {
        let greeting = json!({ "version": { "distribution": distribution, "number": number } }).to_string();
        server.faults(move |_| Fault::Instead(200, greeting.clone()));
        match server.client().greet() {
            Ok(()) => assert!(is_accepted, "{distribution} {number}"),
            Err(Error::Remote(RemoteError::NotOpenSearch { .. })) => assert!(!is_accepted, "{distribution} {number}"),
            Err(error) => panic!("{error}"),
        }
    }
    // Nothing listens on this port.
    let access = EngineAccess::open(EngineAddress::parse("http://127.0.0.1:1/vk").unwrap());
    let error = Client::open(&access).unwrap().greet().unwrap_err();
    assert!(
        matches!(&error, Error::Remote(remote) if remote.is_unavailable()),
        "{error}"
    );
    let server = Server::start(Engine::default());
    assert!(matches!(
        read_state(&server.client()),
        Err(Error::Remote(RemoteError::Missing { .. }))
    ));
}
