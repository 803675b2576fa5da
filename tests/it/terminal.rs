//! The program on a terminal: a pseudo-terminal of a given size stands for the screen of a person.

use std::collections::HashSet;
use std::io::Read;

use pty_process::Size;
use pty_process::blocking::{Command, open};
use unicode_width::UnicodeWidthStr;

use super::program::Folder;

/// The screen as a person saw it, and the exit code.
struct Seen {
    screen: String,
    code: i32,
}

/// Runs the program in the folder on a terminal of this size, with these variables.
fn on_terminal(folder: &Folder, size: (u16, u16), variables: &[(&str, &str)], args: &[&str]) -> Seen {
    let (mut terminal, program_side) = open().unwrap();
    terminal.resize(Size::new(size.0, size.1)).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_vankien"))
        .args(args)
        .current_dir(folder.path("."))
        .env_remove("VANKIEN_INDEX")
        .env_remove("VANKIEN_PAGER")
        .env_remove("PAGER")
        .env_remove("NO_COLOR")
        .env_remove("LESS")
        .env("TERM", "xterm-256color");
    for (name, value) in variables {
        command = command.env(name, value);
    }
    let mut child = command.spawn(program_side).unwrap();
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    // When the program has ended, the terminal reports an error instead of an end.
    while let Ok(read @ 1..) = terminal.read(&mut buffer) {
        bytes.extend_from_slice(&buffer[..read]);
    }
    let code = child.wait().unwrap().code().expect("ended by itself");
    let screen = String::from_utf8(bytes)
        .expect("the screen shows UTF-8")
        .replace("\r\n", "\n");
    Seen { screen, code }
}

/// A folder with the seeds, their index, and a pager that says when it is called.
fn indexed() -> Folder {
    let folder = Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    script(&folder, "pager", "echo PAGED \"$@\" \"LESS=$LESS\"; cat");
    folder
}

/// Writes a program of the shell.
fn script(folder: &Folder, name: &str, lines: &str) {
    let path = folder.write(name, format!("#!/bin/sh\n{lines}\n"));
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o755);
    std::fs::set_permissions(&path, permissions).unwrap();
}

/// The text without escape sequences: colors (CSI) and links (OSC).
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        if char != '\u{1b}' {
            plain.push(char);
            continue;
        }
        match chars.next() {
            Some('[') => {
                chars.find(|char| ('@'..='~').contains(char));
            }
            Some(']') => {
                let mut before = ' ';
                chars.find(|&char| {
                    let ends = char == '\u{7}' || (before == '\u{1b}' && char == '\\');
                    before = char;
                    ends
                });
            }
            _ => {}
        }
    }
    plain
}

#[test]
fn long_text_goes_through_the_pager_and_short_text_does_not() {
    let folder = indexed();
    let with = |pager: &str, rows: u16, args: &[&str]| {
        on_terminal(
            &folder,
            (rows, 100),
            &[("VANKIEN_PAGER", pager), ("PAGER", "./wrong")],
            args,
        )
    };
    let long = with("./pager -x", 10, &["outline", "001"]);
    assert!(long.screen.starts_with("PAGED -x LESS=FRX\n"), "{}", long.screen);
    assert_eq!(long.code, 0);
    let short = with("./pager", 500, &["outline", "001"]);
    assert!(!short.screen.contains("PAGED"), "{}", short.screen);
    assert_eq!(long.screen.split_once('\n').unwrap().1, short.screen);
    for args in [
        &["outline", "001", "--no-pager"][..],
        &["outline", "001", "--json"],
        &["outline", "001", "--format", "csv"],
        &["export", "documents"],
    ] {
        assert!(!with("./pager", 5, args).screen.contains("PAGED"), "{args:?}");
    }
    // Nobody wants one.
    for pager in ["cat", ""] {
        assert_eq!(with(pager, 10, &["outline", "001"]).screen, short.screen);
    }
    // A pager that is not there keeps nobody from reading.
    let missing = with("./no-such-pager", 10, &["outline", "001"]);
    assert_eq!((missing.screen, missing.code), (short.screen, 0));
}

#[test]
fn the_usual_variable_names_the_pager_and_less_keeps_its_settings() {
    let folder = indexed();
    let seen = on_terminal(
        &folder,
        (10, 100),
        &[("PAGER", "./pager"), ("LESS", "-i")],
        &["outline", "001"],
    );
    assert!(seen.screen.starts_with("PAGED LESS=-i\n"), "{}", seen.screen);
    let dumb = on_terminal(
        &folder,
        (10, 100),
        &[("PAGER", "./pager"), ("TERM", "dumb")],
        &["outline", "001"],
    );
    assert!(!dumb.screen.contains("PAGED"), "{}", dumb.screen);
}

#[test]
fn leaving_the_pager_early_is_no_failure() {
    let folder = indexed();
    script(&folder, "early", "head -n 1 >/dev/null; echo LEFT");
    let seen = on_terminal(&folder, (10, 100), &[("PAGER", "./early")], &["show", "001"]);
    assert_eq!((seen.screen.as_str(), seen.code), ("LEFT\n", 0));
}

#[test]
fn messages_wait_until_the_pager_has_ended() {
    let folder = indexed();
    let seen = on_terminal(
        &folder,
        (10, 100),
        &[("PAGER", "./pager")],
        &["search", "đảng viên", "-n", "30"],
    );
    let last = seen.screen.lines().last().unwrap();
    assert!(
        seen.screen.starts_with("PAGED") && last.contains("ms)"),
        "{}",
        seen.screen
    );
}

#[test]
fn a_terminal_is_colored_unless_it_is_not_wanted() {
    let folder = indexed();
    let colored = |variables: &[(&str, &str)], args: &[&str]| {
        let args = [&["search", "đảng viên", "--no-pager"], args].concat();
        on_terminal(&folder, (50, 100), variables, &args)
            .screen
            .contains("\u{1b}[")
    };
    assert!(colored(&[], &[]));
    assert!(!colored(&[("NO_COLOR", "1")], &[]));
    assert!(!colored(&[], &["--color", "never"]));
    assert!(colored(&[("NO_COLOR", "1")], &["--color", "always"]));
    // A file has no colors unless they are asked for.
    let file = |args: &[&str]| {
        let args = [&["search", "đảng viên", "-o", "found.txt"], args].concat();
        on_terminal(&folder, (50, 100), &[], &args);
        std::fs::read_to_string(folder.path("found.txt"))
            .unwrap()
            .contains("\u{1b}[")
    };
    assert!(!file(&[]));
    assert!(file(&["--color", "always"]));
}

#[test]
fn a_workbook_is_not_written_to_a_terminal() {
    let folder = indexed();
    let seen = on_terminal(&folder, (50, 100), &[], &["documents", "--format", "xlsx"]);
    assert!(seen.screen.contains("-o FILE"), "{}", seen.screen);
    assert_eq!(seen.code, 2);
}

/// The words of a text as they are compared: a heading of a table may stand in capitals, or before a colon.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|char: char| char.is_whitespace() || char == '"');
    words.map(|word| word.trim_end_matches(':').to_lowercase())
}

#[test]
fn no_line_is_longer_than_the_terminal_and_no_word_is_cut() {
    let folder = indexed();
    folder.write(
        "draft.txt",
        "Căn cứ Nghị quyết số 21-NQ/TW ngày 16/6/2021 của Ban Chấp hành Trung ương.\n",
    );
    let passages = folder.run(&["export", "passages"]).expect(0).out;
    let written: HashSet<String> = words(&passages).collect();
    for args in [
        &["search", "nâng cao năng lực lãnh đạo", "--facets", "document,section"][..],
        &["search", "đảng viên", "-C", "1", "-n", "3"],
        &["cite", "21-NQ/TW"],
        &["cites", "004"],
        &["citations", "-n", "30"],
        &["documents"],
        &["outline", "003"],
        &["facets"],
        &[
            "precedent",
            "nâng cao năng lực lãnh đạo, sức chiến đấu của tổ chức đảng",
        ],
        &["show", "001:973"],
        &["show", "001^6"],
        &["register", "47-QĐ/TW"],
        &["proof", "draft.txt"],
        &["check"],
    ] {
        let at = |columns: u16| {
            let args = [args, &["--no-pager"]].concat();
            plain(&on_terminal(&folder, (50, columns), &[], &args).screen)
        };
        let all = at(1000);
        let whole: HashSet<String> = words(&all).collect();
        for columns in [80, 100, 140] {
            for line in at(columns).lines() {
                let width = line.width();
                assert!(
                    width <= usize::from(columns),
                    "{args:?} at {columns}: {width} in `{line}`"
                );
                // The count of a search tells a time, which differs from run to run.
                let is_count = line.ends_with("ms)");
                for word in words(line).filter(|word| !is_count && !word.contains('…')) {
                    let is_whole = whole.contains(&word) || written.contains(&word);
                    assert!(is_whole, "{args:?} at {columns}: `{word}` in `{line}`");
                }
            }
        }
    }
}
