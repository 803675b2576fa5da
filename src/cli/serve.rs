//! `vankien serve`: the query API and the page over HTTP.

use std::io::{self, BufRead, IsTerminal};
use std::time::Duration;

use anyhow::{Context as _, bail};
use tracing_subscriber::EnvFilter;

use super::args::ServeArgs;
use super::context::Context;
use super::exit::Exit;
use crate::http::{App, Keys, LEAST_KEY_CHARS, Settings, key_line, serve};

/// Says what the log tells: `VANKIEN_LOG=warn`.
const LOG_VARIABLE: &str = "VANKIEN_LOG";

/// Runs the command: answers until it is told to end.
pub(super) fn run(context: &mut Context<'_>, args: &ServeArgs) -> anyhow::Result<Exit> {
    if let Some(name) = &args.hash_key {
        return hash_key(context, name);
    }
    let app = App::new(settings(context, args)?)?;
    // Tells what is wrong with the index before anybody asks.
    drop(context.open_index()?);
    log_to_stderr();
    app.warm_up();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let ended = told_to_end()?;
        let listener = tokio::net::TcpListener::bind(args.listen)
            .await
            .with_context(|| format!("cannot listen on {}", args.listen))?;
        let address = listener.local_addr()?;
        context.warn(format_args!("listening on http://{address}{}", args.base_path))?;
        serve(listener, app, ended).await;
        Ok(Exit::Done)
    })
}

/// What the flags ask for.
fn settings(context: &Context<'_>, args: &ServeArgs) -> anyhow::Result<Settings> {
    let defaults = Settings::of(context.index_dir.clone());
    let keys = args.api_keys.as_deref().map(|file| Keys::read(file, args.key_rate));
    Ok(Settings {
        base_path: args.base_path.clone(),
        threads: args.threads.map_or(defaults.threads, Into::into),
        queue: args.queue,
        connections: args.connections,
        time_limit: Duration::from_secs_f64(args.time_limit),
        keys: keys.transpose()?,
        cors_origins: args.cors_origin.clone(),
        log_queries: args.log_queries,
        ..defaults
    })
}

/// Writes the line that lets the key on standard input in.
fn hash_key(context: &mut Context<'_>, name: &str) -> anyhow::Result<Exit> {
    let mut key = String::new();
    io::stdin()
        .lock()
        .read_line(&mut key)
        .context("cannot read standard input")?;
    let Some(line) = key_line(name, key.trim()) else {
        bail!("a key has at least {LEAST_KEY_CHARS} characters and its name no colon; make one: openssl rand -hex 24");
    };
    writeln!(context.out, "{line}")?;
    Ok(Exit::Done)
}

/// Starts the log; a line for each request.
fn log_to_stderr() {
    let wanted = EnvFilter::try_from_env(LOG_VARIABLE).unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(wanted)
        .with_ansi(io::stderr().is_terminal())
        .with_writer(io::stderr);
    // A program that runs this as a library may have a log of its own.
    log.try_init().ok();
}

/// Ends when the program is asked to: by Ctrl-C or SIGTERM.
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
