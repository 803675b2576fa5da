//! Listening, and the polite end of it.

use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};

/// The longest that a connection may take to send the head of a request, and may idle between two requests.
const HEAD_TIME_LIMIT: Duration = Duration::from_secs(10);

/// Most bytes of the head of a request, the URL included.
const MAX_HEAD_BYTES: usize = 16 * 1024;

/// Most header fields of a request.
const MAX_HEADERS: usize = 64;

/// The longest that requests under way are waited for at the end.
const END_TIME_LIMIT: Duration = Duration::from_secs(30);

/// Answers on `listener` until `ended`; then takes no more connections, waits for the requests under way, and
/// returns.
///
/// # Errors
/// None yet taken up again: a connection that cannot be accepted is left out.
pub async fn serve(listener: TcpListener, router: Router, ended: impl Future<Output = ()>) {
    let connections = GracefulShutdown::new();
    let mut ended = std::pin::pin!(ended);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => connect(stream, router.clone(), &connections),
                // Too many open files, or a client that went away at once: others can still be served.
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            },
            () = &mut ended => break,
        }
    }
    drop(listener);
    if tokio::time::timeout(END_TIME_LIMIT, connections.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("requests were still under way at the end");
    }
}

/// Answers on one connection.
fn connect(stream: TcpStream, router: Router, connections: &GracefulShutdown) {
    // Answers are written whole: waiting for more to send only delays them.
    stream.set_nodelay(true).ok();
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME_LIMIT)
        .max_buf_size(MAX_HEAD_BYTES)
        .max_headers(MAX_HEADERS)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let watched = connections.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = watched.await {
            tracing::debug!(%error, "a connection broke off");
        }
    });
}
