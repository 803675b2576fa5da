//! Wrong usage: the message of clap, made safe for a terminal, and the hint to search for what is no command.

use std::borrow::Cow;
use std::error::Error;
use std::ffi::OsString;
use std::io::{self, Write};

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::exit::Exit;
use crate::text::clean;

/// Writes the help that was asked for, or says what is wrong with the arguments.
pub(super) fn report(mut error: clap::Error, args: &[OsString], err: &mut dyn Write) -> Exit {
    let asked = searched_for(&error, args);
    if asked.is_some() {
        // A name that looks like a question is no slip of the finger.
        for kind in [ContextKind::SuggestedSubcommand, ContextKind::Suggested] {
            error.remove(kind);
        }
    }
    hide_password(&mut error);
    // Help and version are answers, wrong usage is not; clap knows where each belongs.
    let exit = if error.use_stderr() { Exit::Failed } else { Exit::Done };
    let printed = print(&error, err).and_then(|()| match asked {
        Some(asked) => writeln!(err, "hint: to search for it: vankien search {}", quoted(&clean(&asked))),
        None => Ok(()),
    });
    if printed.is_ok() { exit } else { Exit::Failed }
}

/// Says why the configuration cannot be used.
pub(super) fn refuse(error: &dyn Error, err: &mut dyn Write) -> Exit {
    let cause = error.source().map_or_else(String::new, |cause| format!(": {cause}"));
    let told = format!("vankien: {error}{cause}");
    let hint = "hint: `vankien config --help` tells where configurations lie; `--config ''` runs without one";
    // If standard error fails too, there is nowhere left to report it.
    writeln!(err, "{}\n{hint}", clean(&told)).ok();
    Exit::Failed
}

/// Takes a user and a password out of an address that was refused. It is told as it was typed, and may get into a log.
pub(super) fn hide_password(error: &mut clap::Error) {
    let Some(ContextValue::String(typed)) = error.get(ContextKind::InvalidValue) else {
        return;
    };
    if let Some((scheme, rest)) = typed.split_once("://")
        && let Some((_, host)) = rest.rsplit_once('@')
    {
        let told = format!("{scheme}://…@{host}");
        error.insert(ContextKind::InvalidValue, ContextValue::String(told));
    }
}

/// Prints what clap says. A name of a file that a shell has put in may hold characters that a terminal obeys.
fn print(error: &clap::Error, err: &mut dyn Write) -> io::Result<()> {
    let plain = error.render().to_string();
    if plain.lines().all(|line| matches!(clean(line), Cow::Borrowed(_))) {
        return error.print();
    }
    plain.lines().try_for_each(|line| writeln!(err, "{}", clean(line)))
}

/// Returns the words that stand where a command should, if they look like something to search for: they are like no
/// command, or no command can have such a name.
fn searched_for(error: &clap::Error, args: &[OsString]) -> Option<String> {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    let Some(ContextValue::String(name)) = error.get(ContextKind::InvalidSubcommand) else {
        return None;
    };
    let is_near_miss = error.get(ContextKind::SuggestedSubcommand).is_some();
    if is_near_miss && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return None;
    }
    // A query that was typed without quotation marks: all its words, up to the first flag.
    let words = args.iter().skip_while(|arg| arg.to_str() != Some(name.as_str()));
    let words: Vec<Cow<'_, str>> = words
        .map(|word| word.to_string_lossy())
        .take_while(|word| !word.starts_with('-'))
        .collect();
    Some(if words.is_empty() {
        name.clone()
    } else {
        words.join(" ")
    })
}

/// Returns a word as a shell takes it: in single quotation marks.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
