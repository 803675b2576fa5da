//! The listening socket, its limits, and the graceful shutdown.

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

/// Longest time that a connection may take to send the head of a request, or stay idle between two requests.
const HEAD_TIME_LIMIT: Duration = Duration::from_secs(10);

/// Longest time that a client may leave written bytes unread before its connection is closed.
const WRITE_TIME_LIMIT: Duration = Duration::from_secs(30);

/// Maximum size of the head of a request in bytes, URL included.
const MAX_HEAD_BYTES: usize = 16 * 1024;

/// Maximum number of header fields of a request.
const MAX_HEADERS: usize = 64;

/// Time between the shutdown signal and the closing of the listening socket. Requests are still answered meanwhile,
/// with `Connection: close`, and load balancers see `/readyz` fail.
const DRAIN_TIME: Duration = Duration::from_millis(500);

/// Longest time that the shutdown waits for requests in progress.
const SHUTDOWN_TIME_LIMIT: Duration = Duration::from_secs(30);

/// Pause before the next `accept` after the system refused one, mostly because too many files are open.
const ACCEPT_RETRY_PAUSE: Duration = Duration::from_millis(20);

/// Answers requests on `listener` with `router` until `shutdown` completes, then for [`DRAIN_TIME`], and waits for
/// those in progress, at most [`SHUTDOWN_TIME_LIMIT`].
pub(super) async fn serve(listener: TcpListener, router: Router, app: &App, shutdown: impl Future<Output = ()>) {
    let connections = GracefulShutdown::new();
    let permits = Arc::new(Semaphore::new(app.settings().connections));
    let accept_all = async {
        let mut is_refused = false;
        loop {
            // Connections beyond the limit wait in the backlog of the system. The semaphore is never closed.
            let Ok(permit) = Arc::clone(&permits).acquire_owned().await else {
                return;
            };
            match listener.accept().await {
                Ok((stream, _)) => {
                    is_refused = false;
                    connect(stream, router.clone(), &connections, permit);
                }
                // Too many open files, or a client that disconnected at once: others can still be served.
                Err(error) => {
                    // One log entry per series of failures: under a lack of files, every attempt fails.
                    if !is_refused {
                        tracing::warn!(%error, "cannot accept connections");
                    }
                    is_refused = true;
                    tokio::time::sleep(ACCEPT_RETRY_PAUSE).await;
                }
            }
        }
    };
    let drain = async {
        shutdown.await;
        app.start_shutdown();
        tokio::time::sleep(DRAIN_TIME).await;
    };
    tokio::select! {
        () = accept_all => {}
        () = drain => {}
    }
    drop(listener);
    if tokio::time::timeout(SHUTDOWN_TIME_LIMIT, connections.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("requests were still in progress at shutdown");
    }
}

/// Serves one connection in a task of its own. The task holds `permit` until the connection closes.
fn connect(stream: TcpStream, router: Router, connections: &GracefulShutdown, permit: OwnedSemaphorePermit) {
    // Answers are written in one piece; waiting for more bytes to send (Nagle) would only delay them.
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
        drop(permit);
    });
}
