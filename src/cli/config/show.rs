//! `vankien config`: what each flag is if nobody types it, and whence. The answer is itself a configuration file.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Args, Command};
use serde::Serialize;

use super::Config;
use super::settable::is_settable;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::flags::{OutputArgs, OutputFormat};
use crate::render::table::{CellOf, Column, Table};
use crate::text::clean;

/// Flags of `vankien config`.
#[derive(Args, Debug)]
#[command(
    after_long_help = "A configuration file is TOML: long names of flags, at the top for all commands or in a table for \
                       one ([search], [serve]).\nFiles, the nearest first: vankien.toml beside the folder of the index, \
                       $XDG_CONFIG_HOME/vankien/vankien.toml (else ~/.config), /etc/vankien/vankien.toml. A flag or a \
                       variable wins over all of them.\nA relative path starts from the folder of its file. The file that \
                       names an engine also says how to get in; keys of other files are not sent there."
)]
pub(crate) struct ConfigArgs {
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// A flag that can be configured, with what holds.
#[derive(Debug, Serialize)]
struct Held {
    /// The command whose flag it is; `None` for flags of every command.
    command: Option<String>,
    /// The long name of the flag.
    flag: String,
    /// Its values; none if nothing is set.
    values: Vec<String>,
    /// The source of the values.
    source: Source,
    /// The file, if one sets them.
    path: Option<PathBuf>,
    /// The line of the file, from 1.
    line: Option<usize>,
    /// The variable, if one sets them.
    variable: Option<String>,
}

/// A source of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Source {
    /// A variable of the environment.
    Variable,
    /// A configuration file.
    File,
    /// The program itself.
    Program,
    /// Nothing: the flag is not set.
    Unset,
}

impl Source {
    /// Returns its name in tables, which is that in JSON.
    const fn name(self) -> &'static str {
        match self {
            Self::Variable => "variable",
            Self::File => "file",
            Self::Program => "program",
            Self::Unset => "unset",
        }
    }
}

/// Runs the command.
///
/// # Errors
/// The answer cannot be written.
pub(crate) fn run(context: &mut Context<'_>, config: &Config, program: &Command) -> anyhow::Result<Exit> {
    let held = held(config, program);
    match context.format {
        OutputFormat::Text => write_text(context, config, &held)?,
        OutputFormat::Json | OutputFormat::Table(_) => context.records(None, &held, table)?,
    }
    Ok(Exit::Done)
}

/// Returns what holds for each flag that can be configured: those of every command, then those of each.
fn held(config: &Config, program: &Command) -> Vec<Held> {
    let of = |command: Option<&str>, args: &Command| -> Vec<Held> {
        let args = args
            .get_arguments()
            .filter(|arg| arg.get_long().is_some_and(is_settable));
        args.map(|arg| Held::of(config, command, arg)).collect()
    };
    let mut held = of(None, program);
    for command in program.get_subcommands() {
        held.extend(of(Some(command.get_name()), command));
    }
    held
}

impl Held {
    /// Returns what holds for a flag of a command, or of every one for `None`.
    fn of(config: &Config, command: Option<&str>, arg: &Arg) -> Self {
        let flag = arg.get_long().unwrap_or("");
        let variable = arg.get_env().and_then(|name| Some((name, std::env::var_os(name)?)));
        let built_in = arg.get_default_values();
        let mut held = Self {
            command: command.map(str::to_owned),
            flag: flag.to_owned(),
            values: Vec::new(),
            source: Source::Unset,
            path: None,
            line: None,
            variable: None,
        };
        if let Some((name, value)) = variable {
            held.values = vec![value.to_string_lossy().into_owned()];
            held.source = Source::Variable;
            held.variable = Some(name.to_string_lossy().into_owned());
        } else if let Some((setting, file)) = config.value(command, flag) {
            held.values.clone_from(&setting.values);
            held.source = Source::File;
            held.path = Some(file.place.path().to_owned());
            held.line = Some(setting.line);
        } else if matches!(arg.get_action(), ArgAction::SetTrue) {
            held.values = vec!["false".to_owned()];
            held.source = Source::Program;
        } else if !built_in.is_empty() {
            held.values = built_in
                .iter()
                .map(|value| value.to_string_lossy().into_owned())
                .collect();
            held.source = Source::Program;
        }
        held
    }

    /// Returns the place where the values are set, for people.
    fn told(&self) -> String {
        match (self.source, &self.path, self.line, &self.variable) {
            (Source::File, Some(path), Some(line), _) => format!("{}:{line}", path.display()),
            (Source::Variable, _, _, Some(variable)) => variable.clone(),
            (Source::Program, ..) => "built in".to_owned(),
            _ => "not set".to_owned(),
        }
    }

    /// Returns the line of a configuration file that sets the flag so, a comment if nothing but the program says so.
    fn line(&self) -> String {
        let quoted: Vec<String> = self.values.iter().map(|value| toml(value)).collect();
        let value = match quoted.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            several => format!("[{}]", several.join(", ")),
        };
        let is_set = matches!(self.source, Source::File | Source::Variable);
        let mark = if is_set { "" } else { "# " };
        format!("{mark}{} = {value}", self.flag).trim_end().to_owned()
    }
}

/// Returns a value as TOML: numbers and truth values bare, all else as a text.
fn toml(value: &str) -> String {
    let is_bare = matches!(value, "true" | "false") || value.parse::<u64>().is_ok();
    if is_bare {
        value.to_owned()
    } else {
        serde_json::Value::from(value).to_string()
    }
}

/// The column of the lines at which their sources begin.
const SOURCE_COLUMN: usize = 40;

/// Writes the files that were looked for, and what holds, as a configuration file.
fn write_text(context: &mut Context<'_>, config: &Config, held: &[Held]) -> anyhow::Result<()> {
    let files = config.files.iter().map(|file| {
        let state = if file.is_there { "read" } else { "not there" };
        format!("# {}: {state}", file.place.path().display())
    });
    for line in files {
        writeln!(context.out, "{}", clean(&line))?;
    }
    let mut command = None;
    for one in held {
        if one.command != command {
            command.clone_from(&one.command);
            writeln!(context.out, "\n[{}]", command.as_deref().unwrap_or(""))?;
        }
        let line = format!("{:<SOURCE_COLUMN$} # {}", one.line(), one.told());
        writeln!(context.out, "{}", clean(&line))?;
    }
    Ok(())
}

/// Returns the table of what holds.
fn table(held: &[Held]) -> Table {
    let columns: Vec<(Column, CellOf<Held>)> = vec![
        (Column::text("command"), |one| one.command.clone().unwrap_or_default()),
        (Column::text("flag"), |one| one.flag.clone()),
        (Column::text("value"), |one| one.values.join(" ")),
        (Column::text("source"), |one| one.source.name().to_owned()),
        (Column::text("where"), Held::told),
    ];
    Table::of(held, columns)
}
