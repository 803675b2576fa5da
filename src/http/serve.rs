//! Listening, and the polite end of it.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;

use super::app::App;
use super::router;

/// The longest that a connection may take to send the head of a request, and may idle between two requests.
const HEAD_TIME_LIMIT: Duration = Duration::from_secs(10);

/// The longest that a client may read nothing of what is written to it.
const WRITE_TIME_LIMIT: Duration = Duration::from_secs(30);

/// Most bytes of the head of a request, the URL included.
const MAX_HEAD_BYTES: usize = 16 * 1024;

/// Most header fields of a request.
const MAX_HEADERS: usize = 64;

/// How long requests are still taken after the end was asked for, each told that its connection will close: whoever
/// was about to send one is answered, and balancers see `/readyz` turn red.
const FAREWELL: Duration = Duration::from_millis(500);

/// The longest that requests under way are waited for at the end.
const END_TIME_LIMIT: Duration = Duration::from_secs(30);

/// Pause before accepting again where the system refused, for want of open files mostly.
const REFUSED_PAUSE: Duration = Duration::from_millis(20);

/// Answers on `listener` until `ended`, then says farewell: requests that come are still answered for a moment, those
/// under way to their end. A connection that cannot be accepted is left out.
pub async fn serve(listener: TcpListener, app: App, ended: impl Future<Output = ()>) {
    let connections = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(app.settings().connections));
    let router = router(app.clone());
    let accept_all = async {
        let mut is_refused = false;
        loop {
            // Further ones wait in the queue of the system; the semaphore is never closed.
            let Ok(place) = Arc::clone(&places).acquire_owned().await else {
                return;
            };
            match listener.accept().await {
                Ok((stream, _)) => {
                    is_refused = false;
                    connect(stream, router.clone(), &connections, place);
                }
                // Too many open files, or a client that went away at once: others can still be served.
                Err(error) => {
                    if !is_refused {
                        tracing::warn!(%error, "connections are not accepted");
                    }
                    is_refused = true;
                    tokio::time::sleep(REFUSED_PAUSE).await;
                }
            }
        }
    };
    let farewell = async {
        ended.await;
        app.end();
        tokio::time::sleep(FAREWELL).await;
    };
    tokio::select! {
        () = accept_all => {}
        () = farewell => {}
    }
    drop(listener);
    if tokio::time::timeout(END_TIME_LIMIT, connections.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("requests were still under way at the end");
    }
}

/// Answers on one connection, which takes up `place` until it closes.
fn connect(stream: TcpStream, router: Router, connections: &GracefulShutdown, place: OwnedSemaphorePermit) {
    // Answers are written whole: waiting for more to send only delays them.
    stream.set_nodelay(true).ok();
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_TIME_LIMIT));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME_LIMIT)
        .max_buf_size(MAX_HEAD_BYTES)
        .max_headers(MAX_HEADERS)
        .serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(router));
    let watched = connections.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = watched.await {
            tracing::debug!(%error, "a connection broke off");
        }
        drop(place);
    });
}
