//! Texts that people and programs rely on, word for word: the help of every command, and the API document.
//!
//! A change of them is a change for somebody: look at the difference, then take it over with
//! `INSTA_UPDATE=always cargo test --test it snapshots`.

use std::fmt::Write;

use super::http::Service;
use super::program::Folder;

/// Returns the names under "Commands:" in the help of the program.
fn commands(help: &str) -> Vec<String> {
    let (_, list) = help.split_once("\nCommands:\n").expect("the help lists the commands");
    let rows = list.lines().take_while(|line| !line.is_empty());
    // A continued description is indented further than a name.
    let names = rows.filter_map(|row| {
        row.strip_prefix("  ")?
            .split(' ')
            .next()
            .filter(|name| !name.is_empty())
    });
    names.map(str::to_owned).collect()
}

#[test]
fn help_of_every_command() {
    let folder = Folder::new();
    let mut all = folder.run(&["--help"]).expect(0).out;
    let commands = commands(&all);
    assert!(commands.len() > 10, "{commands:?}");
    for command in commands.iter().filter(|command| *command != "help") {
        let help = folder.run(&[command, "--help"]).expect(0).out;
        write!(all, "\n==> vankien {command} --help\n\n{help}").unwrap();
    }
    insta::assert_snapshot!("help", all);
}

#[test]
fn api_document() {
    let document = Service::new().get("/openapi.json").expect(200).json();
    let text = serde_json::to_string_pretty(&document).unwrap();
    assert!(
        !text.contains("[`"),
        "a link of the code's own documentation reached the API document"
    );
    insta::assert_snapshot!("openapi", text);
}
