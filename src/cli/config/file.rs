//! One configuration file: TOML whose keys are the long names of flags, with a table for each command.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use toml_edit::{Document, Item, Table, Value};

use super::places::Place;
use super::settable::{SETTABLE, is_path, is_settable};
use crate::cli::usage::hide_password;
use crate::search::near::nearest;

/// The most bytes of a file. One with every flag has two thousand.
const MAX_BYTES: u64 = 1 << 20;

/// A configuration file that was looked for.
#[derive(Clone, Debug)]
pub(super) struct ConfigFile {
    /// Its place.
    pub(super) place: Place,
    /// True if it is there.
    pub(super) is_there: bool,
    /// Its settings, in its order.
    pub(super) settings: Vec<Setting>,
}

/// A flag that a file sets.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    /// The command whose flag it is; `None` for all that have it.
    pub(super) command: Option<String>,
    /// The long name of the flag.
    pub(super) flag: String,
    /// Its values, as they would be typed.
    pub(super) values: Vec<String>,
    /// The line of the file, from 1.
    pub(super) line: usize,
}

impl Setting {
    /// Returns true if it is a flag without a value that is set.
    pub(super) fn is_true(&self) -> bool {
        self.values.iter().any(|value| value == "true")
    }
}

/// The reason why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration '{}'", path.display())]
    Unreadable {
        /// Its path.
        path: PathBuf,
        /// The reason.
        #[source]
        cause: io::Error,
    },
    /// The file is larger than any configuration.
    #[error("the configuration '{}' has more than {MAX_BYTES} bytes", path.display())]
    TooLarge {
        /// Its path.
        path: PathBuf,
    },
    /// A line of the file is wrong.
    #[error("{}:{line}: {problem}", path.display())]
    Wrong {
        /// Its path.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// A sentence that says what is wrong with it.
        problem: String,
    },
}

impl ConfigFile {
    /// Reads the file at a place. One that is not there sets nothing, unless it was named.
    ///
    /// # Errors
    /// See [`ConfigError`].
    pub(super) fn read(place: Place, program: &Command) -> Result<Self, ConfigError> {
        let path = place.path().to_owned();
        let text = match text_of(&path) {
            Ok(Some(text)) => text,
            Ok(None) => return Err(ConfigError::TooLarge { path }),
            Err(cause) if is_absent(&cause) && !matches!(place, Place::Named(_)) => {
                return Ok(Self {
                    place,
                    is_there: false,
                    settings: Vec::new(),
                });
            }
            Err(cause) => return Err(ConfigError::Unreadable { path, cause }),
        };
        let settings = settings(&text, &path, program).map_err(|(at, problem)| ConfigError::Wrong {
            line: line_at(&text, at),
            path,
            problem,
        })?;
        Ok(Self {
            place,
            is_there: true,
            settings,
        })
    }

    /// Returns what the file sets for a flag of a command, or of all for `None`: in the table of the command, or else at the
    /// top.
    pub(super) fn setting(&self, command: Option<&str>, flag: &str) -> Option<&Setting> {
        let of = |command: Option<&str>| {
            let mut settings = self.settings.iter();
            settings.find(|setting| setting.flag == flag && setting.command.as_deref() == command)
        };
        of(command).or_else(|| of(None))
    }
}

/// Reads a file; `None` if it is too large.
fn text_of(path: &Path) -> io::Result<Option<String>> {
    let mut text = String::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_string(&mut text)?;
    let bytes = u64::try_from(text.len()).unwrap_or(u64::MAX);
    Ok((bytes <= MAX_BYTES).then_some(text))
}

/// Returns true if the error says that there is no such file.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Returns the line of a byte, from 1.
fn line_at(text: &str, at: usize) -> usize {
    let before = &text.as_bytes()[..at.min(text.len())];
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

/// A problem of a file: the byte where it is, and a sentence.
type Problem = (usize, String);

/// Returns what a file sets.
fn settings(text: &str, path: &Path, program: &Command) -> Result<Vec<Setting>, Problem> {
    let document = Document::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        (
            at,
            error.message().lines().next().unwrap_or("this is no TOML").to_owned(),
        )
    })?;
    let reader = Reader { text, path, program };
    let mut settings = Vec::new();
    for (key, at, item) in entries(document.as_table()) {
        match item {
            Item::Table(table) => reader.table(key, at, table, &mut settings)?,
            Item::Value(value) => settings.push(reader.setting(None, key, at, value)?),
            _ => return Err((at, format!("'{key}' can be a value or a table"))),
        }
    }
    Ok(settings)
}

/// Returns the keys of a table with the bytes where they are, and their items.
fn entries(table: &Table) -> impl Iterator<Item = (&str, usize, &Item)> {
    table.iter().map(|(key, item)| {
        let span = table.key(key).and_then(toml_edit::Key::span).or_else(|| item.span());
        (key, span.map_or(0, |span| span.start), item)
    })
}

/// Reads the settings of one file.
struct Reader<'r> {
    text: &'r str,
    path: &'r Path,
    program: &'r Command,
}

impl Reader<'_> {
    /// Reads the table of a command.
    fn table(&self, name: &str, at: usize, table: &Table, settings: &mut Vec<Setting>) -> Result<(), Problem> {
        if self.program.find_subcommand(name).is_none() {
            let names = self.program.get_subcommands().map(Command::get_name);
            return Err((at, unknown("command", name, names)));
        }
        for (key, at, item) in entries(table) {
            let Item::Value(value) = item else {
                return Err((at, format!("'{key}' in [{name}] has to be a value")));
            };
            settings.push(self.setting(Some(name), key, at, value)?);
        }
        Ok(())
    }

    /// Reads one key.
    fn setting(&self, command: Option<&str>, flag: &str, at: usize, value: &Value) -> Result<Setting, Problem> {
        let commands = self.commands_with(command, flag);
        if commands.is_empty() || !is_settable(flag) {
            return Err((at, self.unknown_flag(command, flag)));
        }
        let at = value.span().map_or(at, |span| span.start);
        let mut values = values(value).ok_or_else(|| {
            let problem = format!("'{flag}' can be a text, a number, true or false, or a list of texts");
            (at, problem)
        })?;
        for one in &commands {
            if let Some(problem) = self.refused(one, flag, &values) {
                // At the top it holds for all commands that have the flag, which may take other values.
                let others = command.is_none() && self.refused(commands[0], flag, &values).is_none();
                let told = if others {
                    format!(" of `{one}`; put it in the table of a command")
                } else {
                    String::new()
                };
                return Err((at, format!("{problem}{told}")));
            }
        }
        if is_path(flag) {
            values = values.iter().map(|path| self.beside_file(path)).collect();
        }
        Ok(Setting {
            command: command.map(str::to_owned),
            flag: flag.to_owned(),
            values,
            line: line_at(self.text, at),
        })
    }

    /// Returns the names of the commands that have the flag: this one, or any for `None`. A flag of the program belongs to
    /// every command; one of them stands for all.
    fn commands_with(&self, command: Option<&str>, flag: &str) -> Vec<&str> {
        let has = |command: &Command| command.get_arguments().any(|arg| arg.get_long() == Some(flag));
        let of_program = command.is_none() && has(self.program);
        let commands = self.program.get_subcommands();
        let is_asked = |one: &&Command| command.is_none_or(|name| one.get_name() == name);
        let with_flag = commands.filter(is_asked).filter(|one| of_program || has(one));
        with_flag
            .map(Command::get_name)
            .take(if of_program { 1 } else { usize::MAX })
            .collect()
    }

    /// Returns what is wrong with a flag that cannot be set.
    fn unknown_flag(&self, command: Option<&str>, flag: &str) -> String {
        if !self.commands_with(command, flag).is_empty() {
            return format!("'{flag}' is for one run and cannot be configured");
        }
        if command.is_some() && !self.commands_with(None, flag).is_empty() && is_settable(flag) {
            return format!("this command has no '{flag}' of its own: put it at the top of the file");
        }
        let known = SETTABLE
            .into_iter()
            .filter(|known| !self.commands_with(command, known).is_empty());
        unknown("key", flag, known)
    }

    /// Returns what clap says against values of a flag of a command, if it refuses them.
    fn refused(&self, command: &str, flag: &str, values: &[String]) -> Option<String> {
        let arg = |command: &Command| {
            let mut args = command.get_arguments();
            args.find(|arg| arg.get_long() == Some(flag)).cloned()
        };
        let arg = arg(self.program).or_else(|| arg(self.program.find_subcommand(command)?))?;
        if !arg.get_action().takes_values() {
            let is_bool = matches!(values, [value] if value == "true" || value == "false");
            return (!is_bool).then(|| format!("'{flag}' can be true or false"));
        }
        let typed = values.iter().map(|value| format!("--{flag}={value}"));
        let args = [self.program.get_name().to_owned(), command.to_owned()]
            .into_iter()
            .chain(typed);
        let mut error = self.program.clone().try_get_matches_from(args).err()?;
        hide_password(&mut error);
        // That an argument is missing is not the matter here.
        let is_value = matches!(
            error.kind(),
            ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::ArgumentConflict | ErrorKind::NoEquals
        );
        is_value.then(|| {
            let told = error.render().to_string();
            let first = told
                .lines()
                .next()
                .unwrap_or("")
                .trim_start_matches("error: ")
                .to_owned();
            match error.get(ContextKind::ValidValue) {
                Some(ContextValue::Strings(valid)) => format!("{first}: it can be {}", valid.join(", ")),
                _ => first,
            }
        })
    }

    /// Returns a path of the file, which starts from the folder of the file if it is relative.
    fn beside_file(&self, path: &str) -> String {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        // A path that is no UTF-8 cannot be written in TOML; that of the folder may be, and stays relative then.
        match folder.and_then(Path::to_str) {
            Some(folder) if !path.is_empty() => Path::new(folder).join(path).to_string_lossy().into_owned(),
            _ => path.to_owned(),
        }
    }
}

/// Returns the values of a TOML value as they would be typed; `None` if it has a shape that no flag has.
fn values(value: &Value) -> Option<Vec<String>> {
    let one = |value: &Value| match value {
        Value::String(text) => Some(text.value().clone()),
        Value::Integer(number) => Some(number.value().to_string()),
        Value::Float(number) => Some(number.value().to_string()),
        Value::Boolean(is) => Some(is.value().to_string()),
        _ => None,
    };
    match value {
        Value::Array(array) => array.iter().map(one).collect(),
        value => one(value).map(|value| vec![value]),
    }
}

/// Returns the sentence for a name that is not known, with a similar one.
fn unknown<'n>(what: &str, name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let known: Vec<&str> = known.collect();
    let near = nearest(
        name,
        known.iter().map(|known| ((*known).to_owned(), (*known).to_owned())),
    );
    match near.first() {
        Some(near) => format!("there is no {what} '{name}'; did you mean '{near}'?"),
        None => format!("there is no {what} '{name}'; there are: {}", known.join(", ")),
    }
}
