//! The commands as a whole: consistent, with help in both languages, with the flags that all of them have.

use std::ffi::OsString;

use clap::{Command, CommandFactory};

use super::Cli;
use super::help::{PROGRAM, TEXTS, in_vietnamese, language, text, with_examples};
use crate::render::language::Lang;

/// Returns the program and its commands, each with its name in the table.
fn commands(program: &Command) -> Vec<(String, Command)> {
    let commands = program.get_subcommands();
    let commands = commands.map(|command| (command.get_name().to_owned(), command.clone()));
    std::iter::once((PROGRAM.to_owned(), program.clone()))
        .chain(commands)
        .collect()
}

#[test]
fn every_command_argument_and_value_has_its_vietnamese_text() {
    let mut program = Cli::command();
    program.build();
    let mut missing = Vec::new();
    for (name, command) in commands(&program) {
        let mut expect = |argument: &str| {
            if text(&name, argument).is_none() {
                missing.push(format!("{name}\t{argument}"));
            }
        };
        expect("");
        if command.get_after_help().is_some() || command.get_after_long_help().is_some() {
            expect("+");
        }
        for argument in command.get_arguments() {
            let id = argument.get_id().as_str();
            expect(id);
            let described = argument.get_possible_values();
            let described = described
                .iter()
                .filter(|value| value.get_help().is_some() && !value.is_hide_set());
            if argument.get_action().takes_values() && !argument.is_hide_possible_values_set() {
                described.for_each(|value| expect(&format!("{id}={}", value.get_name())));
            }
        }
    }
    assert!(missing.is_empty(), "vi.tsv has no text for:\n{}", missing.join("\n"));
}

#[test]
fn every_text_for_one_command_belongs_to_an_argument_of_it() {
    let mut program = Cli::command();
    program.build();
    let commands = commands(&program);
    for (name, argument) in TEXTS.keys().filter(|(name, _)| *name != "*") {
        let id = argument.split('=').next().unwrap();
        let command = commands.iter().find(|(command, _)| command == name);
        let (_, command) = command.unwrap_or_else(|| panic!("there is no command {name}"));
        let is_known = id.is_empty() || id == "+" || command.get_arguments().any(|known| known.get_id() == id);
        assert!(is_known, "{name} {argument}");
    }
}

#[test]
fn no_english_heading_is_left() {
    let program = in_vietnamese(with_examples(Cli::command()));
    for (name, mut command) in commands(&program) {
        for help in [command.render_help(), command.render_long_help()] {
            let help = help.to_string();
            for english in [
                "Usage",
                "Options:",
                "[OPTIONS]",
                "Arguments:",
                "Commands:",
                "Filters",
                "Examples:",
                "[default",
                "[possible",
                "Possible values",
                "[env",
                "Print ",
            ] {
                assert!(!help.contains(english), "`{english}` in the help of {name}:\n{help}");
            }
            assert!(help.contains("Cách dùng: vankien"), "{help}");
        }
    }
}

#[test]
fn the_language_is_found_before_the_arguments_are_parsed() {
    let args = |args: &[&str]| args.iter().map(OsString::from).collect::<Vec<_>>();
    assert_eq!(language(&args(&["vankien", "search", "--lang", "vi"]), None), Lang::Vi);
    assert_eq!(language(&args(&["vankien", "--lang=vi", "--help"]), None), Lang::Vi);
    assert_eq!(language(&args(&["vankien", "--lang=en"]), Some(Lang::Vi)), Lang::En);
    assert_eq!(language(&args(&["vankien", "check"]), Some(Lang::Vi)), Lang::Vi);
}

#[test]
fn the_command_line_is_consistent() {
    Cli::command().debug_assert();
}

#[test]
fn every_command_that_answers_writes_json() {
    /// Commands that write no records, or records alone.
    const WITHOUT: [&str; 6] = ["completions", "export", "help", "man", "mcp", "serve"];
    let without = Cli::command();
    let without = without
        .get_subcommands()
        .filter(|command| !command.get_arguments().any(|arg| arg.get_id() == "json"));
    let without: Vec<&str> = without.map(Command::get_name).collect();
    let mut without_sorted = without.clone();
    without_sorted.sort_unstable();
    assert_eq!(without_sorted, WITHOUT);
}

#[test]
fn every_command_ends_its_help_with_examples() {
    for mut command in with_examples(Cli::command()).get_subcommands().cloned() {
        let name = command.get_name().to_owned();
        for help in [command.render_help(), command.render_long_help()] {
            let help = help.to_string();
            let (_, examples) = help
                .rsplit_once("\nExamples:\n")
                .unwrap_or_else(|| panic!("{name} has no examples"));
            let lines: Vec<&str> = examples.trim_end().lines().collect();
            assert!((2..=4).contains(&lines.len()), "{name}: {examples}");
            assert!(
                lines.iter().all(|line| line.contains(&format!("vankien {name}"))),
                "{name}: {examples}"
            );
        }
    }
}
