//! `vankien serve`: the query API and the page over HTTP.

use anyhow::Context as _;

use super::args::ServeArgs;
use super::context::Context;
use super::exit::Exit;
use crate::http::{App, Settings, router, serve};

/// Runs the command: answers until it is told to end.
pub(super) fn run(context: &mut Context<'_>, args: &ServeArgs) -> anyhow::Result<Exit> {
    // Tells what is wrong with the index before anybody asks.
    drop(context.open_index()?);
    let app = App::new(Settings {
        base_path: args.base_path.clone(),
        ..Settings::of(context.index_dir.clone())
    })?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(args.listen)
            .await
            .with_context(|| format!("cannot listen on {}", args.listen))?;
        let address = listener.local_addr()?;
        context.warn(format_args!("listening on http://{address}{}", args.base_path))?;
        serve(listener, router(app), told_to_end()?).await;
        Ok(Exit::Done)
    })
}

/// Ends when the program is asked to: by Ctrl-C or SIGTERM.
fn told_to_end() -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
