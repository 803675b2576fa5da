//! Names of this service: requests for any other host are refused.
//!
//! A web page of a stranger may make its own name mean 127.0.0.1 (DNS rebinding) and then read a service there as if it
//! were its own. Its requests carry its name in `Host`. So a request must name `localhost`, an address (which no one can
//! rebind), or a name that the operator gave with `--host`.

use std::net::{Ipv4Addr, Ipv6Addr};

use axum::extract::{Request, State};
use axum::http::{Uri, Version, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::app::App;
use super::middleware::is_probe;
use super::problem::{Code, Problem};

/// Refuses a request that names no host, or one that is not this service. Health probes may name any: a balancer asks
/// under names of its own.
pub(super) async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    if is_probe(&app, &request) {
        return next.run(request).await;
    }
    match host_of(&request).and_then(|host| known(&host, &app.settings().hosts)) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

/// Returns the host that a request names, without its port; empty for a request of HTTP/1.0 without one.
///
/// # Errors
/// `no-host` if there is none, two, or one that cannot be read (RFC 9112, section 3.2).
fn host_of(request: &Request) -> Result<String, Problem> {
    let mut sent = request.headers().get_all(header::HOST).iter();
    let unclear = |detail: &str| Problem::new(Code::NoHost, detail);
    let host = match (sent.next(), sent.next()) {
        (Some(_), Some(_)) => return Err(unclear("the request has two headers 'Host'")),
        (Some(host), None) => {
            let host = host.to_str().ok().filter(|host| !host.contains(['/', '?', '#', '@']));
            // As in a URL: the port goes off, and an address of IPv6 has brackets.
            let parsed = host.and_then(|host| format!("http://{host}/").parse::<Uri>().ok());
            let parsed = parsed.and_then(|uri| uri.host().map(str::to_owned));
            Some(parsed.ok_or_else(|| unclear("the header 'Host' is no host"))?)
        }
        (None, _) => None,
    };
    // A URL with a host wins over the header.
    let host = request.uri().host().map(str::to_owned).or(host);
    match host {
        Some(host) => Ok(host),
        None if request.version() <= Version::HTTP_10 => Ok(String::new()),
        None => Err(unclear("the request has no header 'Host'")),
    }
}

/// Accepts a host that is this service: `localhost`, an address, or one of `names`.
///
/// # Errors
/// `unknown-host`.
fn known(host: &str, names: &[String]) -> Result<(), Problem> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let name = host.trim_end_matches('.');
    let is_address = bare.parse::<Ipv4Addr>().is_ok() || bare.parse::<Ipv6Addr>().is_ok();
    let is_local = name.eq_ignore_ascii_case("localhost");
    let is_named = names.iter().any(|known| known.eq_ignore_ascii_case(name));
    if host.is_empty() || is_address || is_local || is_named {
        return Ok(());
    }
    let detail =
        format!("this service is not '{host}'; its operator can give it that name: vankien serve --host {host}");
    Err(Problem::new(Code::UnknownHost, detail).refusing(host))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    /// The host of a request with these headers, as far as it can be read.
    fn host(url: &str, sent: &[&str]) -> Result<String, Code> {
        let mut request = Request::get(url);
        for host in sent {
            request = request.header(header::HOST, *host);
        }
        host_of(&request.body(Body::empty()).unwrap()).map_err(|problem| problem.code())
    }

    #[test]
    fn the_host_is_that_of_the_url_or_of_the_header() {
        assert_eq!(host("/", &["a.vn:7700"]).as_deref(), Ok("a.vn"));
        assert_eq!(host("/", &["[::1]:7700"]).as_deref(), Ok("[::1]"));
        assert_eq!(host("http://evil.vn/", &["localhost"]).as_deref(), Ok("evil.vn"));
        for sent in [&[][..], &["a", "a"], &[""], &["a b"], &["a/b"], &["a@b"]] {
            assert_eq!(host("/", sent), Err(Code::NoHost), "{sent:?}");
        }
    }

    #[test]
    fn only_names_of_this_service_are_known() {
        let names = ["vankien.example.vn".to_owned()];
        for host in [
            "localhost",
            "LocalHost.",
            "127.0.0.1",
            "192.168.1.9",
            "[::1]",
            "Vankien.example.vn",
            "vankien.example.vn.",
        ] {
            assert!(known(host, &names).is_ok(), "{host}");
        }
        for host in [
            "evil.vn",
            "localhost.evil.vn",
            "127.0.0.1.nip.io",
            "vankien.example.vn.evil",
            "2130706433",
        ] {
            assert_eq!(known(host, &names).unwrap_err().code(), Code::UnknownHost, "{host}");
        }
    }
}
