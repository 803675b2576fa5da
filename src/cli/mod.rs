//! The program: arguments in, one library call, an answer out. A file per command.
//!
//! The answer goes to standard output, everything else to standard error; the exit code tells which of the
//! three ways it ended ([`Exit`]). Commands decide how to ask and how to show, never what is found.

mod args;
mod check;
mod citations;
mod context;
mod documents;
mod exit;
mod export;
mod facets;
mod filters;
mod index;
mod precedent;
mod search;
mod serve;
mod show;

use std::ffi::OsString;
use std::io::{self, Write};

use clap::{CommandFactory, Parser};

use args::{Cli, Command};
use context::Context;
pub use exit::Exit;

/// Runs the program with these arguments (the first is its own name).
pub fn run(args: impl IntoIterator<Item = OsString>, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are answers, wrong usage is not; clap knows where each belongs.
            let exit = if error.use_stderr() { Exit::Failed } else { Exit::Done };
            let printed = error.print();
            return if printed.is_ok() { exit } else { Exit::Failed };
        }
    };
    let mut context = Context::new(&cli.global, out, err);
    let outcome = command(&mut context, &cli.command).and_then(|exit| {
        context.out.flush()?;
        Ok(exit)
    });
    match outcome {
        Ok(_) if context.failed_in_part => Exit::Failed,
        Ok(exit) => exit,
        Err(error) if is_closed_pipe(&error) => Exit::Done,
        Err(error) => {
            // There is nowhere left to tell that telling failed.
            report(context.err, &error).ok();
            Exit::Failed
        }
    }
}

/// Runs one command.
fn command(context: &mut Context<'_>, command: &Command) -> anyhow::Result<Exit> {
    match command {
        Command::Index(args) => index::run(context, args),
        Command::Search(args) => search::run(context, args),
        Command::Cite(args) => citations::cite(context, args),
        Command::Citations(args) => citations::run(context, args),
        Command::Precedent(args) => precedent::run(context, args),
        Command::Show(args) => show::run(context, args),
        Command::Outline(args) => documents::outline(context, args),
        Command::Documents(args) => documents::run(context, args),
        Command::Facets(args) => facets::run(context, args),
        Command::Export(args) => export::run(context, args),
        Command::Serve(args) => serve::run(context, args),
        Command::Check(args) => check::run(context, args),
        Command::Completions(args) => {
            clap_complete::generate(args.shell, &mut Cli::command(), "vankien", &mut context.out);
            Ok(Exit::Done)
        }
        Command::Man => {
            clap_mangen::Man::new(Cli::command()).render(&mut context.out)?;
            Ok(Exit::Done)
        }
    }
}

/// Tells an error and what to do about it.
fn report(err: &mut dyn Write, error: &anyhow::Error) -> io::Result<()> {
    writeln!(err, "vankien: {error:#}")?;
    let hint = error.chain().find_map(|cause| {
        let index = cause
            .downcast_ref::<crate::index::Error>()
            .and_then(crate::index::Error::hint);
        let corpus = cause
            .downcast_ref::<crate::corpus::Error>()
            .and_then(|error| error.kind.hint());
        let choice = cause
            .downcast_ref::<crate::search::Unusable>()
            .and_then(crate::search::Unusable::hint);
        index.or(corpus).or(choice)
    });
    hint.map_or(Ok(()), |hint| writeln!(err, "hint: {hint}"))
}

/// Did the reader of our output go away? That is no failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}
