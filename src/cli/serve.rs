//! `vankien serve`: serves the HTTP API and the web page.

use std::ffi::OsStr;
use std::io::{self, BufRead, IsTerminal};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::Args;
use clap::builder::RangedU64ValueParser;
use tracing_subscriber::EnvFilter;

use super::context::Context;
use super::exit::Exit;
use super::flags;
use super::index::open_index;
use super::open;
use crate::http::{App, Keys, MAX_THREADS, MIN_KEY_CHARS, Settings, key_line, serve};
use crate::text::named;

/// The environment variable that filters the log: `VANKIEN_LOG=warn`.
const LOG_VARIABLE: &str = "VANKIEN_LOG";

/// Flags of `vankien serve`.
#[derive(Args, Debug)]
#[command(
    after_long_help = "A newer state of the index is taken up without a restart. Its files are replaced by renaming, \
                       never in place: of an index with more than 128 MB the files are mapped into memory, and the \
                       system ends a service that reads what was cut off from one."
)]
pub(crate) struct ServeArgs {
    /// Address to listen on; 0.0.0.0 or `[::]` lets other machines in
    #[arg(long, default_value = "127.0.0.1:7700", value_name = "ADDRESS", value_parser = listen_address)]
    listen: SocketAddr,
    /// Listen on this port, for this machine alone (short for --listen 127.0.0.1:N)
    #[arg(long, value_name = "N", conflicts_with = "listen")]
    port: Option<u16>,
    /// Open the page in the browser of the system, or that of the variable BROWSER
    #[arg(long)]
    open: bool,
    /// Path under which a proxy shows the service (`/vankien`)
    #[arg(long, default_value = "", hide_default_value = true, value_parser = base_path, value_name = "PATH")]
    base_path: String,
    /// Answer only requests with a key of this file; a line is NAME:HASH (see --hash-key)
    #[arg(long, value_name = "FILE")]
    api_keys: Option<PathBuf>,
    /// Requests a second that each key may make; 100 at once after a pause
    #[arg(long, default_value_t = 50.0, value_parser = rate, value_name = "N")]
    key_rate: f64,
    /// Read a key from standard input, write its line for the file of keys, and exit
    #[arg(long, value_name = "NAME", conflicts_with = "api_keys")]
    hash_key: Option<String>,
    /// Let pages of this origin read the API too (`https://example.vn`; repeatable)
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    cors_origin: Vec<String>,
    /// Name under which it is asked, besides localhost and addresses (`vankien.example.vn`; repeatable)
    #[arg(long, value_name = "NAME", value_parser = host)]
    host: Vec<String>,
    /// Threads that search, at most 1024; half as many more read long texts [default: one for each core]
    #[arg(long, value_parser = RangedU64ValueParser::<usize>::new().range(1..=MAX_THREADS as u64), value_name = "N")]
    threads: Option<usize>,
    /// Requests that may wait for a thread; further ones are refused at once
    #[arg(long, default_value_t = 1024, value_parser = number(0), value_name = "N")]
    queue: usize,
    /// Connections that may be open at once; further ones wait
    #[arg(long, default_value_t = 4096, value_parser = number(1), value_name = "N")]
    connections: usize,
    /// Seconds that one answer may take
    #[arg(long, default_value_t = 10.0, value_parser = seconds, value_name = "SECONDS")]
    time_limit: f64,
    /// Give out neither the files of documents nor pictures of their pages
    #[arg(long)]
    no_files: bool,
    /// Write queries to the log
    #[arg(long)]
    log_queries: bool,
    /// The form of the log on standard error.
    #[arg(long, help = flags::help("Form of the log, which has a line for each request."), value_parser = flags::named::<LogFormat>())]
    #[arg(default_value = LogFormat::default().name(), value_name = "FORMAT")]
    log_format: LogFormat,
}

named! {
    /// The form of the log.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub(super) enum LogFormat {
        /// Lines for people.
        #[default]
        Text = "text",
        /// A JSON object a line: time, level, message and what goes with it.
        Json = "json",
    }
}

/// Parses an address to listen on.
fn listen_address(typed: &str) -> Result<SocketAddr, String> {
    typed.parse().map_err(|_| {
        let port = typed.rsplit(':').next().filter(|port| port.parse::<u16>().is_ok());
        match port {
            Some(port) => format!("an address is HOST:PORT, HOST in numbers; for this machine alone: `--port {port}`"),
            None => "an address is HOST:PORT, HOST in numbers: 127.0.0.1:7700".to_owned(),
        }
    })
}

/// Returns a parser of numbers from `min` to a million.
fn number(min: u64) -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(min..=1_000_000)
}

/// Parses a number of requests a second.
fn rate(typed: &str) -> Result<f64, String> {
    match typed.parse::<f64>() {
        Ok(rate) if (0.001..=1e6).contains(&rate) => Ok(rate),
        _ => Err("a rate is a number from 0.001 to 1000000".to_owned()),
    }
}

/// Parses a number of seconds.
fn seconds(typed: &str) -> Result<f64, String> {
    match typed.parse::<f64>() {
        Ok(seconds) if (0.001..=3600.0).contains(&seconds) => Ok(seconds),
        _ => Err("a time limit is a number of seconds from 0.001 to 3600".to_owned()),
    }
}

/// Parses an origin of web pages: scheme, host and port.
fn origin(typed: &str) -> Result<String, String> {
    let host = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://"));
    let is_plain =
        |host: &str| !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
    if host.is_some_and(is_plain) {
        Ok(typed.to_owned())
    } else {
        Err("an origin is written https://HOST or https://HOST:PORT".to_owned())
    }
}

/// Parses a name of a host, without its port.
fn host(typed: &str) -> Result<String, String> {
    let name = typed.trim_end_matches('.');
    let is_plain =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if name.split('.').all(is_plain) {
        Ok(name.to_owned())
    } else {
        Err("a host is a name without scheme and port: vankien.example.vn".to_owned())
    }
}

/// Parses the path that the service puts before its own; the result begins with a slash and ends without one, or is
/// empty.
fn base_path(typed: &str) -> Result<String, String> {
    let path = typed.trim_end_matches('/');
    let is_plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~".contains(&b)) && part != ".."
    };
    let parts = path.strip_prefix('/').map(|path| path.split('/').all(is_plain));
    if path.is_empty() || parts == Some(true) {
        Ok(path.to_owned())
    } else {
        Err("a base path is written /name or /name/name, of letters, digits and - _ . ~".to_owned())
    }
}

/// Runs the command: serves until a signal ends it.
pub(super) fn run(context: &mut Context<'_>, args: &ServeArgs) -> anyhow::Result<Exit> {
    if let Some(name) = &args.hash_key {
        return hash_key(context, name);
    }
    let app = App::new(settings(context, args)?)?;
    // Opening the index here reports what is wrong with it before the first request does.
    drop(open_index(context)?);
    log_to_stderr(args.log_format, "info");
    app.warm_up();
    let listen = args.port.map_or(args.listen, |port| (Ipv4Addr::LOCALHOST, port).into());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let exit = runtime.block_on(async {
        let ended = termination()?;
        let listener = tokio::net::TcpListener::bind(listen)
            .await
            .map_err(|cause| cannot_listen(listen, cause))?;
        let address = listener.local_addr()?;
        context.warn(format_args!("listening on http://{address}{}", args.base_path))?;
        if args.open {
            open_page(address, &args.base_path);
        }
        serve(listener, app, ended).await;
        Ok(Exit::Done)
    });
    // A browser that is still open holds up nothing.
    runtime.shutdown_background();
    exit
}

/// Returns the error of an address that cannot be listened on.
fn cannot_listen(address: SocketAddr, cause: io::Error) -> anyhow::Error {
    let way_out = match cause.kind() {
        io::ErrorKind::AddrInUse => "; vankien may run there already: open that address, or choose another, --port N",
        io::ErrorKind::PermissionDenied => "; ports below 1024 are for root: choose another, --port N",
        _ => "",
    };
    anyhow::anyhow!("cannot listen on {address}: {cause}{way_out}")
}

/// Opens the page of the service that listens on `address`. The program that does it may run as long as the page is
/// shown, so nobody waits for it.
fn open_page(address: SocketAddr, base_path: &str) {
    // No browser goes to an address that means all of them.
    let host = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    let url = format!("http://{}{base_path}/", SocketAddr::new(host, address.port()));
    let browser = std::env::var_os("BROWSER").map(PathBuf::from);
    tokio::task::spawn_blocking(move || {
        if let Err(error) = open::start(browser.as_deref(), OsStr::new(&url)) {
            tracing::warn!("{error:#}; open {url} by hand");
        }
    });
}

/// Returns the settings that the flags ask for.
fn settings(context: &Context<'_>, args: &ServeArgs) -> anyhow::Result<Settings> {
    let defaults = Settings::of(context.place.clone());
    let keys = args.api_keys.as_deref().map(|file| Keys::read(file, args.key_rate));
    Ok(Settings {
        base_path: args.base_path.clone(),
        threads: args.threads.unwrap_or(defaults.threads),
        queue: args.queue,
        connections: args.connections,
        time_limit: Duration::from_secs_f64(args.time_limit),
        keys: keys.transpose()?,
        cors_origins: args.cors_origin.clone(),
        hosts: args.host.clone(),
        files: !args.no_files,
        log_queries: args.log_queries,
        ..defaults
    })
}

/// Reads a key from standard input and writes the line of the key file that admits it.
fn hash_key(context: &mut Context<'_>, name: &str) -> anyhow::Result<Exit> {
    let mut key = String::new();
    io::stdin()
        .lock()
        .read_line(&mut key)
        .context("cannot read standard input")?;
    let Some(line) = key_line(name, key.trim()) else {
        bail!("a key has at least {MIN_KEY_CHARS} characters and its name no colon; make one: openssl rand -hex 24");
    };
    writeln!(context.out, "{line}")?;
    Ok(Exit::Done)
}

/// Starts the log, with events of this `level` and above unless the environment names another.
pub(super) fn log_to_stderr(format: LogFormat, level: &str) {
    let filter = EnvFilter::try_from_env(LOG_VARIABLE).unwrap_or_else(|_| EnvFilter::new(level));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr);
    // A program that uses this crate as a library may have set up a log of its own; that one stays.
    match format {
        LogFormat::Text => log.with_ansi(io::stderr().is_terminal()).try_init(),
        LogFormat::Json => log
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .with_span_list(false)
            .try_init(),
    }
    .ok();
}

/// Returns a future that completes when the program is asked to end, by Ctrl-C or SIGTERM.
fn termination() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
