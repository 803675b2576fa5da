//! The service: its router called without a socket, and the real binary over loopback.

mod answers;
mod attacks;
mod behaviour;
mod files;
mod hostile;
mod openapi;
mod page;
mod page_drafts;
mod page_help;
mod page_reader;
mod page_search;
pub(crate) mod program;
mod routes;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;
use vankien::http::{App, Settings, router};

use super::program::Folder;

/// The router over the index of the seeds.
pub(crate) struct Service {
    pub(crate) folder: Folder,
    router: Router,
    runtime: tokio::runtime::Runtime,
}

/// What was answered.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Service {
    /// The service as it is by default.
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    /// The service with other settings.
    pub(crate) fn with(change: impl FnOnce(&mut Settings)) -> Self {
        Self::over(Folder::with_seeds(), change)
    }

    /// The service over the documents in `seeds` of this folder, with other settings.
    pub(crate) fn over(folder: Folder, change: impl FnOnce(&mut Settings)) -> Self {
        folder.run(&["index", "--quiet"]).expect(0);
        Self::serving(folder, change)
    }

    /// The service over the index of this folder, with other settings.
    pub(crate) fn serving(folder: Folder, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::of(folder.path("index"));
        change(&mut settings);
        let router = router(App::new(settings).unwrap());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        Self {
            folder,
            router,
            runtime: runtime.unwrap(),
        }
    }

    /// Sends a request, to `localhost` unless it names a host.
    pub(crate) fn send(&self, mut request: Request<Body>) -> Answer {
        let localhost = || HeaderValue::from_static("localhost");
        request.headers_mut().entry(header::HOST).or_insert_with(localhost);
        self.send_as_it_is(request)
    }

    /// Sends a request without adding anything.
    pub(crate) fn send_as_it_is(&self, request: Request<Body>) -> Answer {
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (head, body) = response.into_parts();
            Answer {
                status: head.status,
                headers: head.headers,
                body: body.collect().await.unwrap().to_bytes().into(),
            }
        })
    }

    /// `GET` with headers.
    pub(crate) fn get_with(&self, path: &str, headers: &[(header::HeaderName, &str)]) -> Answer {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        self.send(request.body(Body::empty()).unwrap())
    }

    /// `GET`.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    /// `POST` of a body of this type.
    pub(crate) fn post(&self, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, kind);
        self.send(request.body(body.into()).unwrap())
    }
}

impl Answer {
    /// Asserts the status; shows the body where it is another.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        let body = String::from_utf8_lossy(&self.body);
        assert_eq!(self.status.as_u16(), status, "{body}");
        self
    }

    /// The body as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a body of JSON")
    }

    /// A header as text; empty where it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A value as a part of a URL.
pub(crate) fn encoded(value: &str) -> String {
    value.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
