//! `vankien mcp`: lets an assistant search and quote, over standard input and output.

use std::io::{self, IsTerminal};
use std::time::Duration;

use super::context::Context;
use super::exit::Exit;
use super::index::open_index;
use super::serve::{LogFormat, log_to_stderr};
use crate::http::{App, Settings};
use crate::mcp;

/// The text after the help: how an assistant is told of the program.
pub(super) const SETUP: &str = "An assistant starts the program itself and talks to it. In its configuration: {\"mcpServers\": \
                                {\"vankien\": {\"command\": \"vankien\", \"args\": [\"--index\", \"/path/index\", \"mcp\"]}}}. \
                                It can read documents and change nothing. A newer state of the index is taken up without a \
                                restart.";

/// Longest time for one answer. Only one assistant waits, so it is longer than that of the service.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// Runs the command: answers until standard input ends.
pub(super) fn run(context: &mut Context<'_>) -> anyhow::Result<Exit> {
    // Opening the index here reports what is wrong with it before the first question does.
    drop(open_index(context)?);
    log_to_stderr(LogFormat::Text, "warn");
    let app = App::new(Settings {
        threads: 1,
        time_limit: TIME_LIMIT,
        ..Settings::of(context.place.clone())
    })?;
    let input = io::stdin();
    if input.is_terminal() {
        context.warn("waiting for the messages of an assistant, a line each; see `vankien mcp --help`")?;
    }
    mcp::serve(&app, input.lock(), &mut context.out)?;
    Ok(Exit::Done)
}
