//! The command line: reads arguments, runs one command, writes its answer. A file per command.
//!
//! The answer goes to standard output, everything else to standard error; the exit code tells the three outcomes apart
//! ([`Exit`]). Commands decide what to ask the library and how to show its answer, never what is found.

mod answer;
mod check;
mod citations;
mod complete;
mod config;
mod context;
mod documents;
mod engine;
mod exit;
mod export;
mod facets;
mod flags;
mod help;
mod index;
mod man;
mod mcp;
mod open;
mod pager;
mod precedent;
mod proof;
mod register;
mod remove;
mod search;
mod serve;
mod show;
mod show_help;
mod usage;
mod version;

use std::borrow::Cow;
use std::cell::Cell;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use answer::AnswerFile;
use check::CheckArgs;
use citations::{CitationsArgs, CiteArgs, CitesArgs};
use complete::Shell;
use config::{Config, ConfigArgs, ConfigError};
use context::Context;
use documents::{DocumentsArgs, OutlineArgs};
pub use exit::Exit;
use export::ExportArgs;
use facets::FacetsArgs;
use flags::{FileArgs, GlobalArgs, OutputArgs, OutputFormat};
use index::IndexArgs;
use man::ManArgs;
use open::OpenArgs;
use pager::{Messages, Paged};
use precedent::PrecedentArgs;
use proof::ProofArgs;
use register::RegisterArgs;
use remove::RemoveArgs;
use search::SearchArgs;
use serve::ServeArgs;
use show::ShowArgs;
use show_help::HelpArgs;

use crate::guarded::{guarded, report_as_program};
use crate::render::language::Lang;

/// Full-text search over Vietnamese party documents: who cites what, precedent wording, quick look-ups.
#[derive(Debug, Parser)]
#[command(
    name = "vankien",
    version,
    long_version = version::text(),
    max_term_width = 100,
    disable_help_subcommand = true,
    after_help = "Exit status: 0 if something was found or done, 1 if nothing was found, 2 if anything failed, even in \
                  part.\nMarks are not needed: vankien search 'nang cao nang luc lanh dao'"
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
    /// Write all records of one kind as JSON Lines or as a table
    Export(ExportArgs),
    /// Serve the HTTP API and the web page
    Serve(ServeArgs),
    /// Let an assistant search and quote: the Model Context Protocol over standard input and output
    #[command(after_long_help = mcp::SETUP)]
    Mcp,
    /// Check that the index is whole, of this format and up to date with its files
    Check(CheckArgs),
    /// Show what is configured, and where: what each flag is if nobody types it
    Config(ConfigArgs),
    /// Write a completion script for a shell
    Completions(CompletionsArgs),
    /// Write the manual pages
    Man(ManArgs),
    /// Show the help of a command, or a topic of the guide
    Help(HelpArgs),
}

impl Command {
    /// Returns the format of the answer.
    ///
    /// # Errors
    /// Flags that name no format, or one that cannot be shown here.
    fn format(&self) -> anyhow::Result<OutputFormat> {
        match self {
            Self::Export(args) => args.format(),
            _ => self.output().map_or(Ok(OutputFormat::Text), OutputArgs::format),
        }
    }

    /// Returns the flags for the file that the answer is written to.
    fn file_args(&self) -> Option<&FileArgs> {
        match self {
            Self::Export(args) => Some(&args.file),
            _ => self.output().map(|output| &output.file),
        }
    }

    /// Returns the flags for the format of the answer, of a command that has formats.
    const fn output(&self) -> Option<&OutputArgs> {
        Some(match self {
            Self::Search(args) => &args.output,
            Self::Cite(args) => &args.output,
            Self::Cites(args) => &args.output,
            Self::Citations(args) => &args.output,
            Self::Register(args) => &args.output,
            Self::Proof(args) => &args.output,
            Self::Precedent(args) => &args.output,
            Self::Show(args) => &args.output,
            Self::Outline(args) => &args.output,
            Self::Documents(args) => &args.output,
            Self::Facets(args) => &args.output,
            Self::Check(args) => &args.output,
            Self::Config(args) => &args.output,
            Self::Index(_)
            | Self::Remove(_)
            | Self::Open(_)
            | Self::Export(_)
            | Self::Serve(_)
            | Self::Mcp
            | Self::Completions(_)
            | Self::Man(_)
            | Self::Help(_) => return None,
        })
    }

    /// Returns true if its answer is text for people that may be longer than the screen.
    const fn is_read(&self) -> bool {
        self.output().is_some() || matches!(self, Self::Help(_))
    }

    /// Returns the files that the command reads besides those of the index.
    fn inputs(&self) -> Vec<&Path> {
        let named = match self {
            Self::Proof(args) => [Some(&args.file), args.register.as_ref()],
            Self::Precedent(args) => [args.file.as_ref(), None],
            Self::Register(args) => [args.register.as_ref(), None],
            _ => [None, None],
        };
        named.into_iter().flatten().map(PathBuf::as_path).collect()
    }
}

/// Flags of `vankien completions`.
#[derive(Args, Debug)]
struct CompletionsArgs {
    /// The shell to write it for
    #[arg(value_enum)]
    shell: Shell,
}

/// Returns the commands and flags of the program.
fn program() -> clap::Command {
    help::with_examples(Cli::command())
}

/// Answers a shell that asks for completions, and returns true if one did: then there is nothing else to do. To be called
/// before anything is written.
#[must_use]
pub fn complete() -> bool {
    complete::answer(program)
}

/// The reason why the arguments cannot be followed.
enum Refused {
    /// They are wrong, or ask for help.
    Usage(clap::Error),
    /// They are right, but the configuration is not.
    Config(ConfigError),
}

impl From<clap::Error> for Refused {
    fn from(error: clap::Error) -> Self {
        Self::Usage(error)
    }
}

/// Parses the arguments; help is in the language that is asked for. What is configured stands for what is not typed.
fn parse(args: &[OsString]) -> Result<(Cli, Config), Refused> {
    let config = Config::of(&program(), args);
    let (config, wrong) = match config {
        Ok(config) => (config, None),
        Err(error) => (Config::default(), Some(error)),
    };
    let configured = || config.applied(program());
    if help::language(args, config.lang()) == Lang::Vi
        && let Err(error) = help::in_vietnamese(configured()).try_get_matches_from(args)
        && !error.use_stderr()
    {
        return Err(error.into());
    }
    // Help and wrong usage are told before a wrong configuration.
    let cli = Cli::from_arg_matches(&configured().try_get_matches_from(args)?)?;
    wrong.map_or(Ok((cli, config)), |error| Err(Refused::Config(error)))
}

/// Runs the program with these arguments; the first one is the program's own name.
pub fn run(args: impl IntoIterator<Item = OsString>, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let args: Vec<OsString> = args.into_iter().collect();
    let (cli, config) = match parse(&args) {
        Ok(parsed) => parsed,
        Err(Refused::Usage(error)) => return usage::report(error, &args, err),
        Err(Refused::Config(error)) => return usage::refuse(&error, err),
    };
    report_as_program();
    let answered = guarded(|| answer(&cli, &config, out, err));
    let answered = answered.unwrap_or_else(|panicked| Err(anyhow::Error::new(panicked).context("internal error")));
    match answered {
        Ok(exit) => exit,
        // `vankien search ... | head` closes the pipe as soon as it has seen enough.
        Err(error) if is_closed_pipe(&error) => Exit::Done,
        Err(error) => {
            let mut context = Context::new(&cli.global, OutputFormat::Text, false, out, err);
            // If standard error fails too, there is nowhere left to report it.
            report(&mut context, &error).ok();
            Exit::Failed
        }
    }
}

/// Runs the command and brings its answer to where it goes.
fn answer(cli: &Cli, config: &Config, out: &mut dyn Write, err: &mut dyn Write) -> anyhow::Result<Exit> {
    let format = cli.command.format()?;
    let named = cli.command.file_args().and_then(FileArgs::path);
    let Some(named) = named else {
        return show(cli, config, format, out, err);
    };
    let inputs = cli.command.inputs();
    let place = cli.global.place();
    // The reason to refuse is told before the work, and looked for again after it: the command may have built the index.
    AnswerFile::check(named, &place, &inputs)?;
    let mut file = AnswerFile::create(named)?;
    let mut context = Context::new(&cli.global, format, true, &mut file, err);
    let exit = run_command(&mut context, cli, config)?;
    AnswerFile::check(named, &place, &inputs)?;
    if !file.finish()? {
        Context::new(&cli.global, format, true, out, err).warn(format_args!(
            "there is nothing to write; '{}' was not written",
            named.display()
        ))?;
    }
    Ok(exit)
}

/// Runs the command and shows its answer, in a pager if it is text for a person and longer than the screen.
fn show(
    cli: &Cli,
    config: &Config,
    format: OutputFormat,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let is_text = format == OutputFormat::Text && cli.command.is_read();
    let is_paged = is_text && !cli.global.no_pager && io::stdout().is_terminal();
    let screen = terminal_size::terminal_size().filter(|_| is_paged);
    let (Some((_, rows)), Some(command)) = (screen, pager::pager_command()) else {
        let mut context = Context::new(&cli.global, format, false, out, err);
        return run_command(&mut context, cli, config);
    };
    let is_paging = Rc::new(Cell::new(false));
    let mut messages = Messages::new(err, Rc::clone(&is_paging));
    let mut paged = Paged::new(out, command, usize::from(rows.0), is_paging);
    let mut context = Context::new(&cli.global, format, false, &mut paged, &mut messages);
    let exit = run_command(&mut context, cli, config)?;
    paged.finish()?;
    Ok(exit)
}

/// Runs one command to the end of its answer.
fn run_command(context: &mut Context<'_>, cli: &Cli, config: &Config) -> anyhow::Result<Exit> {
    let exit = dispatch(context, cli, config)?;
    context.out.flush()?;
    Ok(if context.failed_in_part { Exit::Failed } else { exit })
}

/// Runs one command.
fn dispatch(context: &mut Context<'_>, cli: &Cli, config: &Config) -> anyhow::Result<Exit> {
    match &cli.command {
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
        Command::Mcp => mcp::run(context),
        Command::Check(_) => check::run(context),
        Command::Config(_) => config::run(context, config, &program()),
        Command::Completions(args) => {
            complete::write_script(args.shell, &mut context.out)?;
            Ok(Exit::Done)
        }
        Command::Man(args) => man::run(context, args, program()),
        Command::Help(args) => show_help::run(context, args, program(), cli.global.lang),
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
    hint.map_or(Ok(()), |hint| context.hint(context.with_index(&hint)))
}

/// Returns what to do about an error of the index. If its folder was named, the name may be wrong.
fn index_hint(context: &Context<'_>, error: &crate::index::Error) -> Option<String> {
    if matches!(error, crate::index::Error::Missing { .. }) && context.index_is_named {
        return Some("check the name of the folder, or build an index there: `vankien index PATH`".to_owned());
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
mod tests;
