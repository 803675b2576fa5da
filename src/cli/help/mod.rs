//! Help texts: the examples of each command, all help in Vietnamese, and the topics of the guide as terminal text.
//!
//! The English texts stand beside the flags. The Vietnamese ones are a table, `vi.tsv`: command, argument, text. It names
//! `vankien` for the program itself and `*` for arguments that mean the same in several commands; an empty argument is
//! the command itself, `+` the text after its options, `NAME=VALUE` a value of an argument. `{}` in a text is replaced
//! by the values that the English text lists. Names of flags and values are the same in both languages.

mod examples;
pub(super) mod topic;

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::sync::LazyLock;

use clap::builder::PossibleValue;
use clap::builder::styling::Styles;
use clap::{Arg, Command};

use crate::cli::flags::lang_of_environment;
use crate::guide::Topic;
use crate::render::language::Lang;

/// The Vietnamese help texts.
const VIETNAMESE: &str = include_str!("vi.tsv");

/// The name of the program, which is that of the outermost command.
pub(super) const PROGRAM: &str = "vankien";

/// Vietnamese texts by command and argument.
pub(super) static TEXTS: LazyLock<HashMap<(&str, &str), &str>> = LazyLock::new(|| {
    let rows = VIETNAMESE
        .lines()
        .filter(|row| !row.is_empty() && !row.starts_with('#'));
    rows.filter_map(|row| {
        let (command, rest) = row.split_once('\t')?;
        let (argument, text) = rest.split_once('\t')?;
        Some(((command, argument), text))
    })
    .collect()
});

/// Returns the language of the help: that of `--lang` among the arguments, else the configured one, else that of the
/// environment. It is needed before the arguments are parsed.
pub(super) fn language(args: &[OsString], configured: Option<Lang>) -> Lang {
    let mut words = args
        .iter()
        .skip(1)
        .map_while(|arg| arg.to_str().filter(|arg| *arg != "--"));
    while let Some(word) = words.next() {
        let code = if word == "--lang" {
            words.next()
        } else {
            word.strip_prefix("--lang=")
        };
        match code {
            Some("vi") => return Lang::Vi,
            Some("en") => return Lang::En,
            _ => {}
        }
    }
    configured.unwrap_or_else(lang_of_environment)
}

/// Returns the commands with their examples, and the program with the topics of the guide.
pub(super) fn with_examples(program: Command) -> Command {
    let after = program.get_after_help().map(ToString::to_string).unwrap_or_default();
    let topics = topics(Lang::En, "Topics of the guide (vankien help TOPIC):");
    program
        .after_help(format!("{topics}\n\n{after}"))
        .mut_subcommands(|command| {
            let examples = examples::of(command.get_name(), "Examples:");
            let long = command.get_after_long_help().map(ToString::to_string);
            let command = match long {
                Some(long) => command.after_long_help(format!("{long}\n\n{examples}")),
                None => command,
            };
            command.after_help(examples)
        })
}

/// Returns the commands with all their help in Vietnamese.
pub(super) fn in_vietnamese(mut program: Command) -> Command {
    // Help and global flags are there from here on.
    program.build();
    let program = program.mut_subcommands(|command| {
        let name = command.get_name().to_owned();
        translated(command, &name)
    });
    translated(program, PROGRAM)
}

/// Returns the list of topics for the end of the help of the program, under this heading.
fn topics(lang: Lang, heading: &str) -> String {
    let topics: Vec<&Topic> = Topic::listed(lang).collect();
    let width = topics.iter().map(|topic| topic.name.len()).max().unwrap_or(0);
    let lines = topics
        .iter()
        .map(|topic| format!("\n  {:width$}  {}", topic.name, topic.title(lang)));
    format!("{heading}{}", lines.collect::<String>())
}

/// Returns the Vietnamese text for an argument of a command.
pub(super) fn text(command: &str, argument: &str) -> Option<&'static str> {
    let own = TEXTS.get(&(command, argument));
    own.or_else(|| TEXTS.get(&("*", argument))).copied()
}

/// Returns a command with its help in Vietnamese; a text that the table lacks stays English.
fn translated(mut command: Command, name: &str) -> Command {
    let heading = Styles::styled().get_header().to_owned();
    let template =
        format!("{{about-with-newline}}\n{heading}Cách dùng:{heading:#} {{usage}}\n\n{{all-args}}{{after-help}}");
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim();
    let usage = usage.replace("[OPTIONS]", "[TÙY CHỌN]").replace("<COMMAND>", "<LỆNH>");
    let usage = usage.replace("[COMMAND]", "[LỆNH]");
    let about = text(name, "").map_or_else(|| command.get_about().cloned().unwrap_or_default(), Into::into);
    let examples = if name == PROGRAM {
        topics(Lang::Vi, "Chủ đề hướng dẫn (vankien help CHỦ-ĐỀ):")
    } else {
        examples::of(name, "Ví dụ:")
    };
    let after = match text(name, "+").map(with_breaks) {
        Some(after) if examples.is_empty() => after,
        Some(after) if name == PROGRAM => format!("{examples}\n\n{after}"),
        Some(after) => format!("{after}\n\n{examples}"),
        None => examples.clone(),
    };
    command
        .about(about.clone())
        .long_about(about)
        .help_template(template)
        .override_usage(usage)
        .subcommand_help_heading("Lệnh")
        .after_help(if name == PROGRAM { after.clone() } else { examples })
        .after_long_help(after)
        .mut_args(|argument| translated_argument(argument, name))
}

/// Returns an argument with its help in Vietnamese.
fn translated_argument(argument: Arg, command: &str) -> Arg {
    let id = argument.get_id().to_string();
    let english = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let text = text(command, &id).map_or_else(|| english.clone(), |text| text.replace("{}", listed(&english)));
    let takes_values = argument.get_action().takes_values();
    let values: Vec<PossibleValue> = if takes_values && !argument.is_hide_possible_values_set() {
        argument.get_possible_values()
    } else {
        Vec::new()
    };
    let visible: Vec<&PossibleValue> = values.iter().filter(|value| !value.is_hide_set()).collect();
    let mut notes = Vec::new();
    if let Some(variable) = argument.get_env().and_then(OsStr::to_str) {
        notes.push(format!("[biến môi trường: {variable}]"));
    }
    let default = argument.get_default_values().first().and_then(|value| value.to_str());
    if let Some(default) = default.filter(|_| takes_values && !argument.is_hide_default_value_set()) {
        notes.push(format!("[mặc định: {default}]"));
    }
    let described = visible.iter().any(|value| value.get_help().is_some());
    let list = (!visible.is_empty()).then(|| {
        let names: Vec<&str> = visible.iter().map(|value| value.get_name()).collect();
        format!("[giá trị: {}]", names.join(", "))
    });
    let short: Vec<String> = std::iter::once(text.clone()).chain(notes.clone()).chain(list).collect();
    let heading = match argument.get_help_heading() {
        Some(_) => "Bộ lọc (nhiều giá trị: lặp lại cờ hoặc ngăn cách bằng dấu phẩy)",
        None if argument.is_positional() => "Đối số",
        None => "Tùy chọn",
    };
    let argument = argument
        .help(short.join(" "))
        .long_help(None::<&str>)
        .help_heading(heading)
        .hide_env(true)
        .hide_default_value(true)
        .hide_possible_values(true);
    if !described {
        return argument;
    }
    let lines = visible.iter().map(|value| described_value(command, &id, value));
    let mut long = format!("{text}\n\nGiá trị:\n{}", lines.collect::<Vec<_>>().join("\n"));
    if !notes.is_empty() {
        long = format!("{long}\n\n{}", notes.join(" "));
    }
    argument.long_help(long)
}

/// Returns the line of a list that describes a value of the argument `id`.
fn described_value(command: &str, id: &str, value: &PossibleValue) -> String {
    let name = value.get_name();
    let english = value.get_help().map(ToString::to_string);
    let described = text(command, &format!("{id}={name}")).map(str::to_owned).or(english);
    described.map_or_else(|| format!("- {name}"), |described| format!("- {name}: {described}"))
}

/// Returns the values that an English help text lists after its last colon.
fn listed(english: &str) -> &str {
    english.rsplit_once(": ").map_or("", |(_, list)| list)
}

/// Returns a text of the table with its line breaks, which it writes as `\n`.
fn with_breaks(text: &str) -> String {
    text.replace("\\n", "\n")
}
