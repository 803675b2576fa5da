//! The configuration: files that say what flags are if nobody types them, and `vankien config`, which shows what holds.
//!
//! A value comes from the first of these that has it: the flag, the variable, `vankien.toml` beside the folder of the index,
//! the user's own file, that of the system, the program. A configured value becomes the default of its flag, so help shows
//! it too. `--config FILE` names one file in place of those that are looked for.

mod file;
mod places;
mod settable;
mod show;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::render::language::Lang;
pub(super) use file::ConfigError;
use file::{ConfigFile, Setting};
use places::places;
use settable::ENGINE_FLAGS;
pub(super) use show::{ConfigArgs, run};

/// The configuration of one run.
#[derive(Clone, Debug, Default)]
pub(super) struct Config {
    /// The files that were looked for, nearest first.
    files: Vec<ConfigFile>,
    /// True if a flag or a variable names the folder of the index: no configured engine takes its place.
    index_is_named: bool,
}

impl Config {
    /// Reads the files that hold for these arguments.
    ///
    /// # Errors
    /// A file that is named and not there; one that cannot be read, is no TOML, or sets what is no flag or has no such value.
    pub(super) fn of(program: &Command, args: &[OsString]) -> Result<Self, ConfigError> {
        let named = Named::of(program, args);
        let files = places(named.config.as_deref(), named.index.as_deref());
        let files: Result<Vec<ConfigFile>, ConfigError> = files
            .into_iter()
            .map(|place| ConfigFile::read(place, program))
            .collect();
        Ok(Self {
            files: files?,
            index_is_named: named.index.is_some(),
        })
    }

    /// Returns the configured language.
    pub(super) fn lang(&self) -> Option<Lang> {
        self.text("lang").map(|code| Lang::from_code(&code.to_string_lossy()))
    }

    /// Returns what is configured for a flag of every command, as it would be typed.
    pub(super) fn text(&self, flag: &str) -> Option<OsString> {
        let (setting, _) = self.value(None, flag)?;
        setting.values.first().map(OsString::from)
    }

    /// Returns the commands with what is configured as the defaults of their flags.
    pub(super) fn applied(&self, program: Command) -> Command {
        if self.files.iter().all(|file| file.settings.is_empty()) {
            return program;
        }
        let program = program.mut_args(|arg| self.with_default(None, arg));
        program.mut_subcommands(|command| {
            let name = command.get_name().to_owned();
            command.mut_args(|arg| self.with_default(Some(&name), arg))
        })
    }

    /// Returns a flag of a command, or of all for `None`, with what is configured as its default.
    fn with_default(&self, command: Option<&str>, arg: Arg) -> Arg {
        let setting = arg.get_long().and_then(|flag| self.value(command, flag));
        let Some((setting, _)) = setting else {
            return arg;
        };
        match arg.get_action() {
            // A flag without a value: to be configured as false is to be left out.
            ArgAction::SetTrue if !setting.is_true() => arg,
            _ => arg.default_values(setting.values.clone()),
        }
    }

    /// Returns what is configured for a flag of a command, or of all for `None`, and the file that says so. The nearest
    /// file wins; in it, the table of the command.
    fn value(&self, command: Option<&str>, flag: &str) -> Option<(&Setting, &ConfigFile)> {
        if ENGINE_FLAGS.contains(&flag) {
            return self.of_engine(flag);
        }
        self.nearest(command, flag)
    }

    /// Returns the nearest setting of a flag.
    fn nearest(&self, command: Option<&str>, flag: &str) -> Option<(&Setting, &ConfigFile)> {
        self.files
            .iter()
            .find_map(|file| file.setting(command, flag).map(|setting| (setting, file)))
    }

    /// Returns what is configured for a flag of the engine. The file that names the engine says how to get in: a file that
    /// came with somebody's documents must not send the user's key to an engine of its own. The nearer of engine and folder
    /// wins.
    fn of_engine(&self, flag: &str) -> Option<(&Setting, &ConfigFile)> {
        if self.index_is_named {
            return None;
        }
        let names = |flag: &str| self.files.iter().position(|file| file.setting(None, flag).is_some());
        let engine = names("engine");
        if engine > names("index").or(Some(usize::MAX)) {
            return None;
        }
        match engine {
            Some(at) => self.files[at]
                .setting(None, flag)
                .map(|setting| (setting, &self.files[at])),
            // The engine is named by a flag or a variable, by the user: the nearest key is the user's choice too, but
            // not one that lies beside the documents.
            None => {
                let own = self.files.iter().filter(|file| file.place.is_trusted());
                own.into_iter()
                    .find_map(|file| file.setting(None, flag).map(|setting| (setting, file)))
            }
        }
    }
}

/// The paths that flags and variables name, as far as the search for files depends on them.
struct Named {
    config: Option<PathBuf>,
    index: Option<PathBuf>,
}

impl Named {
    /// Reads the arguments before they are checked: what is wrong with them is told later.
    fn of(program: &Command, args: &[OsString]) -> Self {
        let lenient = program
            .clone()
            .ignore_errors(true)
            .disable_help_flag(true)
            .disable_version_flag(true);
        let matches = lenient.try_get_matches_from(args).unwrap_or_default();
        Self {
            config: named(&matches, "config"),
            index: named(&matches, "index").filter(|path| !path.as_os_str().is_empty()),
        }
    }
}

/// Returns the path that a flag or a variable names, which may be empty.
fn named(matches: &ArgMatches, id: &str) -> Option<PathBuf> {
    // A program of a test has not all flags.
    let source = matches
        .try_contains_id(id)
        .ok()
        .and_then(|_| matches.value_source(id))?;
    if !matches!(source, ValueSource::CommandLine | ValueSource::EnvVariable) {
        return None;
    }
    matches.get_raw(id)?.next().map(PathBuf::from)
}

#[cfg(test)]
mod tests;
