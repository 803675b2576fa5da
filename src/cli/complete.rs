//! Completion of commands, flags and values in a shell.
//!
//! The shell calls the program again for each completion, with the variable `COMPLETE`; the engine is that of
//! `clap_complete`. Values that an index tells (documents, symbols, provinces) come from the index that the command line
//! or the environment names. Completion builds no index, writes nothing but candidates, and has none where something
//! fails.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use clap::{Arg, Command, ValueEnum};
use clap_complete::CompleteEnv;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Shells, Zsh};

use super::config::Config;
use super::flags::{GlobalArgs, lang_of_environment};
use crate::guarded::guarded;
use crate::guide::Topic;
use crate::index::{EngineAccess, EngineAddress, Index, IndexPlace};
use crate::query::Filters;
use crate::record::{Facet, document_name};
use crate::render::language::labels::value_label;
use crate::search;
use crate::text::{Named, clean, fold};

/// The variable by which a shell asks for completions.
const VARIABLE: &str = "COMPLETE";

/// The shells that completion is made for.
const SHELLS: Shells<'static> = Shells(&[&QuotingBash, &Elvish, &Unescaping(Fish), &Powershell, &Unescaping(Zsh)]);

/// A shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Shell {
    /// Bash.
    Bash,
    /// Elvish.
    Elvish,
    /// Fish.
    Fish,
    /// PowerShell.
    Powershell,
    /// Zsh.
    Zsh,
}

/// Answers a shell that asks for completions, and returns true if one did.
pub(super) fn answer(program: fn() -> Command) -> bool {
    let folder = std::env::current_dir().ok();
    PROGRAM.get_or_init(|| program);
    let engine = CompleteEnv::with_factory(|| with_values(program()))
        .var(VARIABLE)
        .shells(SHELLS);
    engine
        .try_complete(std::env::args_os(), folder.as_deref())
        .unwrap_or_else(|error| error.exit())
}

/// Writes the script that makes a shell ask for completions.
///
/// # Errors
/// Those of `out`.
pub(super) fn write_script(shell: Shell, out: &mut dyn Write) -> io::Result<()> {
    let name = shell
        .to_possible_value()
        .map_or_else(String::new, |value| value.get_name().to_owned());
    let shell = SHELLS.completer(&name).ok_or(io::ErrorKind::Unsupported)?;
    shell.write_registration(VARIABLE, "vankien", "vankien", "vankien", out)
}

/// Returns the commands with completers for the values that clap does not know.
fn with_values(program: Command) -> Command {
    let commands = program.get_subcommands().map(|command| command.get_name().to_owned());
    let commands: Vec<String> = commands.collect();
    program.mut_subcommands(|command| {
        let name = command.get_name().to_owned();
        if name == "help" {
            let commands = commands.clone();
            let topics = move |typed: &OsStr| fitting(topics(&commands), &typed.to_string_lossy());
            return command.mut_arg("name", |argument| argument.add(ArgValueCompleter::new(topics)));
        }
        command.mut_args(|argument| match values_of(&name, argument.get_id().as_str()) {
            Some(values) => completed(argument, values),
            None => argument,
        })
    })
}

/// The values of an argument.
#[derive(Clone, Copy, Debug)]
enum Values {
    /// Documents of the index, by their short ids.
    Documents,
    /// Documents, and the sections of one after `§`.
    Addresses,
    /// Names of facets.
    Facets,
    /// Values of a facet: all there are, or those in the index.
    Of(Facet),
}

/// Returns the values of an argument of a command; `None` if clap knows them or nobody does.
fn values_of(command: &str, argument: &str) -> Option<Values> {
    match (command, argument) {
        // The kinds and terms of the register are known to clap.
        ("register", _) => None,
        ("cite", "cited") => Some(Values::Of(Facet::Cites)),
        ("show" | "open", "id") => Some(Values::Addresses),
        ("remove", "names") => Some(Values::Documents),
        (_, "facets") | ("facets", "names") => Some(Values::Facets),
        _ => Facet::from_name(argument).map(|facet| match facet {
            Facet::Document => Values::Documents,
            facet => Values::Of(facet),
        }),
    }
}

/// Returns an argument that completes to these values.
fn completed(argument: Arg, values: Values) -> Arg {
    // Ids and values of closed lists have no comma, which filters take between two of them.
    let is_list = match values {
        Values::Documents => !argument.is_positional(),
        Values::Of(facet) => search::allowed_values(facet).is_some(),
        Values::Addresses | Values::Facets => false,
    };
    let argument = if is_list {
        argument.value_delimiter(',')
    } else {
        argument
    };
    argument.add(ArgValueCompleter::new(move |typed: &OsStr| {
        let typed = typed.to_string_lossy().into_owned();
        guarded(|| candidates(values, &typed))
            .ok()
            .flatten()
            .unwrap_or_default()
    }))
}

/// Returns the candidates for what was typed so far; `None` without an index.
fn candidates(values: Values, typed: &str) -> Option<Vec<CompletionCandidate>> {
    let found = match values {
        Values::Facets => Facet::ALL.iter().map(|facet| candidate(facet.name(), "")).collect(),
        Values::Of(facet) => match search::allowed_values(facet) {
            Some(known) => {
                let strings = lang_of_environment().strings();
                let known = known.iter();
                known
                    .map(|value| candidate(value, &value_label(strings, facet, value)))
                    .collect()
            }
            None => counted(&open()?, facet)?,
        },
        Values::Documents => documents(&open()?)?,
        Values::Addresses => match typed.split_once('§') {
            Some((document, _)) => sections(&open()?, document)?,
            None => documents(&open()?)?,
        },
    };
    Some(fitting(found, typed))
}

/// Returns those of the candidates that begin with what was typed.
fn fitting(found: Vec<CompletionCandidate>, typed: &str) -> Vec<CompletionCandidate> {
    // Shells compare what they get with what was typed, so that no other writing of it can be completed; case is left to
    // them.
    let wanted = fold(typed);
    let fits = |found: &CompletionCandidate| fold(&found.get_value().to_string_lossy()).starts_with(&wanted);
    found.into_iter().filter(fits).collect()
}

/// Returns the topics of the guide, with their titles, and these commands.
fn topics(commands: &[String]) -> Vec<CompletionCandidate> {
    let lang = lang_of_environment();
    let topics = Topic::listed(lang).map(|topic| candidate(topic.name, topic.title(lang)));
    topics
        .chain(commands.iter().map(|command| candidate(command, "")))
        .collect()
}

/// Opens the index that the command line names, or the environment, or the default one.
fn open() -> Option<Index> {
    let args: Vec<OsString> = std::env::args_os().collect();
    Index::open_at(&place(&args, &config(&args))).ok()
}

/// The commands of the program, from which a configuration is read.
static PROGRAM: OnceLock<fn() -> Command> = OnceLock::new();

/// Returns the configuration for the command line that is being completed. A wrong one is told when the line is run.
fn config(args: &[OsString]) -> Config {
    // What a shell sends has the line after two dashes.
    let line = args
        .iter()
        .position(|arg| arg == "--")
        .map_or(args, |dashes| &args[dashes + 1..]);
    let config = PROGRAM.get().and_then(|program| Config::of(&program(), line).ok());
    config.unwrap_or_default()
}

/// Returns the place of the index for the command line that is being completed: what it names, or the environment, or the
/// configuration.
fn place(args: &[OsString], config: &Config) -> IndexPlace {
    let value = |flag: &str, variable: &str| {
        let mut words = args.iter();
        let mut named = std::env::var_os(variable);
        while let Some(word) = words.next() {
            let value = match word.to_str() {
                Some(word) if word == flag => words.next().cloned(),
                Some(word) => word
                    .strip_prefix(flag)
                    .and_then(|rest| rest.strip_prefix('='))
                    .map(OsString::from),
                None => None,
            };
            named = value.or(named);
        }
        let named = named.filter(|value| !value.is_empty());
        named.or_else(|| config.text(flag.trim_start_matches('-')))
    };
    let engine = value("--engine", "VANKIEN_ENGINE");
    let address = engine.as_ref().and_then(|url| EngineAddress::parse(url.to_str()?).ok());
    if let Some(url) = address {
        return IndexPlace::Engine(EngineAccess {
            url,
            key_file: value("--engine-key-file", "VANKIEN_ENGINE_KEY_FILE").map(PathBuf::from),
            ca_file: value("--engine-ca", "VANKIEN_ENGINE_CA").map(PathBuf::from),
        });
    }
    IndexPlace::Folder(GlobalArgs::index_dir_of(
        value("--index", "VANKIEN_INDEX").map(PathBuf::from),
    ))
}

/// Returns the documents of an index with their titles.
fn documents(index: &Index) -> Option<Vec<CompletionCandidate>> {
    let documents = index.documents().ok()?;
    Some(
        documents
            .map(|record| candidate(&index.short_id(&record.document), document_name(record)))
            .collect(),
    )
}

/// Returns the sections of a document with their titles.
fn sections(index: &Index, document: &str) -> Option<Vec<CompletionCandidate>> {
    let id = index.resolve_id(document).ok()?;
    let parsed = index.document(id).ok()?;
    let sections = parsed.section_records();
    Some(
        sections
            .map(|section| candidate(&index.short_id(&section.section), &section.title))
            .collect(),
    )
}

/// Returns the values of a facet in an index with the number of their passages, the most frequent first.
fn counted(index: &Index, facet: Facet) -> Option<Vec<CompletionCandidate>> {
    let (counts, _) = search::facets(index, &Filters::default(), vec![facet]).ok()?;
    let values = counts.iter().flat_map(|counts| &counts.values);
    Some(
        values
            .map(|value| candidate(&value.value, &value.count.to_string()))
            .collect(),
    )
}

/// Returns a candidate with a line of help, in the order in which it comes.
fn candidate(value: &str, help: &str) -> CompletionCandidate {
    let help = clean(help);
    CompletionCandidate::new(clean(value).into_owned()).help((!help.is_empty()).then(|| help.into_owned().into()))
}

/// Bash, whose completions with blanks and other signs of the shell are quoted: it takes candidates as they are.
struct QuotingBash;

/// The variable in which the script says that the word begins with a quotation mark.
const IN_QUOTES: &str = "_VANKIEN_IN_QUOTES";

impl EnvCompleter for QuotingBash {
    fn name(&self) -> &'static str {
        Bash.name()
    }

    fn is(&self, name: &str) -> bool {
        Bash.is(name)
    }

    fn write_registration(
        &self,
        var: &str,
        name: &str,
        bin: &str,
        completer: &str,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        let mut script = Vec::new();
        Bash.write_registration(var, name, bin, completer, &mut script)?;
        let told = format!("{IN_QUOTES}=\"${{COMP_WORDS[COMP_CWORD]:0:1}}\" \\\n        {var}=\"bash\"");
        let script = String::from_utf8_lossy(&script).replace(&format!("{var}=\"bash\""), &told);
        buf.write_all(script.as_bytes())
    }

    fn write_complete(
        &self,
        cmd: &mut Command,
        mut args: Vec<OsString>,
        current_dir: Option<&Path>,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        let index = completed_word(&args);
        let in_quotes = variable(IN_QUOTES).starts_with(['"', '\'']);
        if !in_quotes {
            unescape_word(&mut args, index);
        }
        let separator = Some(variable("_CLAP_IFS")).filter(|separator| !separator.is_empty());
        let candidates = clap_complete::engine::complete(cmd, args, index, current_dir)?;
        let words = candidates.iter().map(|candidate| {
            let word = candidate.get_value().to_string_lossy();
            if in_quotes { word.into_owned() } else { escaped(&word) }
        });
        let words: Vec<String> = words.collect();
        buf.write_all(words.join(separator.as_deref().unwrap_or("\n")).as_bytes())
    }
}

/// A shell that quotes candidates itself, but hands over the word as it was typed, with its backslashes.
struct Unescaping<S>(S);

impl<S: EnvCompleter> EnvCompleter for Unescaping<S> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn is(&self, name: &str) -> bool {
        self.0.is(name)
    }

    fn write_registration(
        &self,
        var: &str,
        name: &str,
        bin: &str,
        completer: &str,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        self.0.write_registration(var, name, bin, completer, buf)
    }

    fn write_complete(
        &self,
        cmd: &mut Command,
        mut args: Vec<OsString>,
        current_dir: Option<&Path>,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        let index = completed_word(&args);
        unescape_word(&mut args, index);
        self.0.write_complete(cmd, args, current_dir, buf)
    }
}

/// Returns the value of a variable that the script of a shell sets; empty if it sets none.
fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

/// Returns the position of the word that is being completed: the last one unless the script says another.
fn completed_word(args: &[OsString]) -> usize {
    let told = variable("_CLAP_COMPLETE_INDEX").parse();
    told.unwrap_or(args.len().saturating_sub(1))
}

/// Takes the backslashes of the shell out of a word.
fn unescape_word(args: &mut [OsString], index: usize) {
    if let Some(word) = args.get_mut(index) {
        *word = unescaped(&word.to_string_lossy()).into();
    }
}

/// Characters that mean something to bash outside of quotation marks.
const BASH_SIGNS: &str = " \t\"'\\$`&|;<>()*?[]{}!#~";

/// Returns a word with a backslash before each sign of bash.
fn escaped(word: &str) -> String {
    let mut escaped = String::with_capacity(word.len());
    for (at, char) in word.char_indices() {
        // Inside a word `#` and `~` mean nothing.
        if BASH_SIGNS.contains(char) && (at == 0 || !matches!(char, '#' | '~')) {
            escaped.push('\\');
        }
        escaped.push(char);
    }
    escaped
}

/// Returns a word without the backslashes that [`escaped`] writes.
fn unescaped(word: &str) -> String {
    let mut chars = word.chars();
    let mut unescaped = String::with_capacity(word.len());
    while let Some(char) = chars.next() {
        unescaped.extend(if char == '\\' { chars.next() } else { Some(char) });
    }
    unescaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_bash_come_back() {
        for (word, written) in [
            ("21-NQ/TW", "21-NQ/TW"),
            ("Cần Thơ", "Cần\\ Thơ"),
            ("a'b", "a\\'b"),
            ("~x~", "\\~x~"),
        ] {
            assert_eq!(escaped(word), written);
            assert_eq!(unescaped(written), word);
        }
    }

    #[test]
    fn the_index_is_the_one_on_the_command_line() {
        let place = |args: &[&str]| {
            let args: Vec<OsString> = args.iter().map(OsString::from).collect();
            place(&args, &Config::default()).to_string()
        };
        assert_eq!(place(&["vankien", "--", "vankien", "cite", "--index", "a"]), "a");
        assert_eq!(place(&["vankien", "--", "vankien", "--index=b", "cite"]), "b");
        let url = "http://127.0.0.1:9200/vankien";
        assert_eq!(place(&["vankien", "--", "vankien", "cite", "--engine", url]), url);
        assert_eq!(
            place(&["vankien", "--", "vankien", "--engine=nonsense", "--index=c"]),
            "c"
        );
    }
}
