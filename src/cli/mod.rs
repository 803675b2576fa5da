//! The command line: reads arguments, runs one command, writes its answer. A file per command.
//!
//! The answer goes to standard output, everything else to standard error; the exit code tells the three outcomes apart
//! ([`Exit`]). Commands decide what to ask the library and how to show its answer, never what is found.

mod check;
mod citations;
mod context;
mod documents;
mod exit;
mod export;
mod facets;
mod flags;
mod index;
mod open;
mod precedent;
mod proof;
mod register;
mod remove;
mod search;
mod serve;
mod show;

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, Write};

use clap::{Args, CommandFactory, Parser, Subcommand};

use check::CheckArgs;
use citations::{CitationsArgs, CiteArgs, CitesArgs};
use context::Context;
use documents::{DocumentsArgs, OutlineArgs};
pub use exit::Exit;
use export::ExportArgs;
use facets::FacetsArgs;
use flags::GlobalArgs;
use index::IndexArgs;
use open::OpenArgs;
use precedent::PrecedentArgs;
use proof::ProofArgs;
use register::RegisterArgs;
use remove::RemoveArgs;
use search::SearchArgs;
use serve::ServeArgs;
use show::ShowArgs;

use crate::guarded::{guarded, report_as_program};
use crate::text::clean;

/// Full-text search over Vietnamese party documents: who cites what, precedent wording, quick look-ups.
#[derive(Debug, Parser)]
#[command(
    name = "vankien",
    version,
    max_term_width = 100,
    after_help = "Exit status: 0 if something was found or done, 1 if nothing was found, 2 if anything failed, even in \
                  part.\nTìm không dấu được: vankien search 'nang cao nang luc lanh dao'"
)]
struct Cli {
    #[command(flatten)]
    global: GlobalArgs,
    #[command(subcommand)]
    command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
enum Command {
    /// Add files and folders to the index, and bring it up to date
    Index(IndexArgs),
    /// Take documents out of the index, until their files are named again
    Remove(RemoveArgs),
    /// Find passages that match a query, and count them by facet
    Search(SearchArgs),
    /// List every place where a document is cited
    Cite(CiteArgs),
    /// List what a document cites, in order
    Cites(CitesArgs),
    /// List the cited documents: how often each is cited, in which documents, terms and sections
    Citations(CitationsArgs),
    /// Show what the register knows of central documents: date, issuer, subject, what replaces them
    Register(RegisterArgs),
    /// Check the citations and note numbers of a draft before it is signed
    Proof(ProofArgs),
    /// Find passages worded the same or nearly so, aligned word by word: who has said this before
    Precedent(PrecedentArgs),
    /// Show a passage, footnote, section or document in its surroundings
    Show(ShowArgs),
    /// Open the file of a document with the system's program
    Open(OpenArgs),
    /// Show the tree of sections
    Outline(OutlineArgs),
    /// List documents with their metadata
    Documents(DocumentsArgs),
    /// List the values of each facet with counts
    Facets(FacetsArgs),
    /// Write all records of one kind as JSON Lines
    Export(ExportArgs),
    /// Serve the HTTP API and the web page
    Serve(ServeArgs),
    /// Check that the index is whole, of this format and up to date with its files
    Check(CheckArgs),
    /// Write a completion script for a shell
    Completions(CompletionsArgs),
    /// Write the manual page
    Man,
}

/// Flags of `vankien completions`.
#[derive(Args, Debug)]
struct CompletionsArgs {
    /// The shell to write it for
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

/// Runs the program with these arguments; the first one is the program's own name.
pub fn run(args: impl IntoIterator<Item = OsString>, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are answers, wrong usage is not; clap knows where each belongs.
            let exit = if error.use_stderr() { Exit::Failed } else { Exit::Done };
            // A name of a file that a shell has put in may hold characters that a terminal obeys.
            let plain = error.render().to_string();
            let printed = if plain.lines().all(|line| matches!(clean(line), Cow::Borrowed(_))) {
                error.print()
            } else {
                plain.lines().try_for_each(|line| writeln!(err, "{}", clean(line)))
            };
            return if printed.is_ok() { exit } else { Exit::Failed };
        }
    };
    let mut context = Context::new(&cli.global, out, err);
    report_as_program();
    let run = guarded(|| {
        let exit = dispatch(&mut context, &cli.command)?;
        context.out.flush()?;
        Ok(exit)
    });
    let outcome = run.unwrap_or_else(|panicked| Err(anyhow::Error::new(panicked).context("internal error")));
    match outcome {
        Ok(_) if context.failed_in_part => Exit::Failed,
        Ok(exit) => exit,
        // `vankien search ... | head` closes the pipe as soon as it has seen enough.
        Err(error) if is_closed_pipe(&error) => Exit::Done,
        Err(error) => {
            // If standard error fails too, there is nowhere left to report it.
            report(&mut context, &error).ok();
            Exit::Failed
        }
    }
}

/// Runs one command.
fn dispatch(context: &mut Context<'_>, command: &Command) -> anyhow::Result<Exit> {
    match command {
        Command::Index(args) => index::run(context, args),
        Command::Remove(args) => remove::run(context, args),
        Command::Search(args) => search::run(context, args),
        Command::Cite(args) => citations::cite(context, args),
        Command::Cites(args) => citations::cites(context, args),
        Command::Citations(args) => citations::run(context, args),
        Command::Register(args) => register::run(context, args),
        Command::Proof(args) => proof::run(context, args),
        Command::Precedent(args) => precedent::run(context, args),
        Command::Show(args) => show::run(context, args),
        Command::Open(args) => open::run(context, args),
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

/// Writes an error and, if one of its causes knows, what to do about it.
fn report(context: &mut Context<'_>, error: &anyhow::Error) -> anyhow::Result<()> {
    context.warn(format_args!("{error:#}"))?;
    let hint = error.chain().find_map(|cause| {
        let index = cause
            .downcast_ref::<crate::index::Error>()
            .and_then(|error| index_hint(context, error));
        let corpus = cause
            .downcast_ref::<crate::corpus::Error>()
            .and_then(|error| error.kind.hint().map(str::to_owned));
        let choice = cause
            .downcast_ref::<crate::search::InvalidValue>()
            .and_then(|value| value.hint().map(Cow::into_owned));
        index.or(corpus).or(choice)
    });
    hint.map_or(Ok(()), |hint| context.hint(hint))
}

/// Returns what to do about an error of the index. If its folder was named, the name may be wrong.
fn index_hint(context: &Context<'_>, error: &crate::index::Error) -> Option<String> {
    if matches!(error, crate::index::Error::Missing { .. }) && context.index_is_named {
        let build = context.command("index PATH");
        return Some(format!(
            "check the name of the folder, or build an index there: `{build}`"
        ));
    }
    error.hint().map(Cow::into_owned)
}

/// Returns true if the error is that the reader of standard output went away, which is no failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        super::Cli::command().debug_assert();
    }
}
