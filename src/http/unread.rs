//! Bodies that a handler leaves unread: what it refused by the head alone, a wrong method or media type.
//!
//! The rest of such a body comes after the answer, and the next request of the client behind it. A short rest is read
//! and dropped, so that the connection stays usable. Behind a long one the answer says `Connection: close`, so that the
//! client opens a new one rather than sending its next request into one that is being closed.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use hyper::body::{Body as HttpBody, Frame, SizeHint};

/// The longest rest that is read and dropped, in bytes.
const MAX_DROPPED_BYTES: usize = 64 * 1024;

/// The longest time that a rest may take to arrive.
const MAX_WAIT: Duration = Duration::from_millis(500);

/// A body that can still be read after the one who had it dropped it.
#[derive(Clone)]
struct Shared(Arc<Mutex<Body>>);

impl HttpBody for Shared {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).size_hint()
    }
}

impl Shared {
    /// Reads and drops the rest. Returns false if it is too long, takes too long or breaks off.
    async fn drop_rest(&mut self) -> bool {
        let read = async {
            let mut dropped = 0;
            while let Some(frame) = poll_fn(|context| Pin::new(&mut *self).poll_frame(context)).await {
                let Ok(frame) = frame else { return false };
                dropped += frame.data_ref().map_or(0, Bytes::len);
                if dropped > MAX_DROPPED_BYTES {
                    return false;
                }
            }
            true
        };
        tokio::time::timeout(MAX_WAIT, read).await.unwrap_or(false)
    }
}

/// Reads and drops what the handler left unread, or closes the connection after the answer.
pub(super) async fn settle(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    if body.is_end_stream() {
        return next.run(Request::from_parts(head, body)).await;
    }
    // Who waits for the sign to go on has sent nothing yet; reading would give the sign.
    let waits = head.headers.contains_key(header::EXPECT);
    let mut shared = Shared(Arc::new(Mutex::new(body)));
    let mut response = next.run(Request::from_parts(head, Body::new(shared.clone()))).await;
    let is_settled = shared.is_end_stream() || !waits && shared.drop_rest().await;
    if !is_settled {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}
