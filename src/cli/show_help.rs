//! `vankien help`: shows the help of the program or of a command, or a topic of the guide.

use anyhow::bail;
use clap::{Args, Command};

use super::context::Context;
use super::exit::Exit;
use super::flags::LangChoice;
use super::help;
use crate::guide::{Topic, near_names};
use crate::render::language::Lang;

/// Flags of `vankien help`.
#[derive(Args, Debug)]
pub(crate) struct HelpArgs {
    /// A command, or a topic of the guide
    #[arg(value_name = "COMMAND|TOPIC")]
    name: Option<String>,
}

/// Runs the command for `program` with all its commands. A topic is shown in its own language, unless `lang` names one.
pub(super) fn run(
    context: &mut Context<'_>,
    args: &HelpArgs,
    program: Command,
    lang: Option<LangChoice>,
) -> anyhow::Result<Exit> {
    let Some(name) = &args.name else {
        return of_command(context, program, &["--help"]);
    };
    if program.get_subcommands().any(|command| command.get_name() == name) {
        return of_command(context, program, &[name, "--help"]);
    }
    let Some(topic) = Topic::find(name) else {
        let commands = program.get_subcommands().map(Command::get_name);
        let near = near_names(name, commands);
        let near = if near.is_empty() {
            "`vankien help` lists them".to_owned()
        } else {
            format!("did you mean '{}'?", near.join("' or '"))
        };
        bail!("there is no command and no topic '{name}'; {near}");
    };
    let topic = lang.map_or(topic, |lang| topic.in_language(lang.into()));
    help::topic::write(&mut context.out, context.screen, topic)?;
    Ok(Exit::Done)
}

/// Writes the help that the program shows for these arguments.
fn of_command(context: &mut Context<'_>, program: Command, args: &[&str]) -> anyhow::Result<Exit> {
    let program = match context.screen.lang {
        Lang::Vi => help::in_vietnamese(program),
        Lang::En => program,
    };
    let args = std::iter::once(&help::PROGRAM).chain(args);
    // clap hands help out as an error.
    if let Err(shown) = program.try_get_matches_from(args) {
        let text = shown.render();
        if context.screen.palette.is_colored() {
            write!(context.out, "{}", text.ansi())?;
        } else {
            write!(context.out, "{text}")?;
        }
    }
    Ok(Exit::Done)
}
