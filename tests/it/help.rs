//! The help of the commands: its examples work, and it comes in Vietnamese.

use std::path::Path;
use std::process::{Command, Stdio};

use super::program::{Folder, Run};

/// Returns the examples at the end of a help text.
fn examples(help: &str) -> Vec<String> {
    let (_, list) = help.rsplit_once("\nExamples:\n").expect("the help ends with examples");
    list.lines()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

/// Runs a line in a shell that finds the program, in the folder.
pub(super) fn run_line(folder: &Folder, line: &str) -> Run {
    let bin = Path::new(env!("CARGO_BIN_EXE_vankien")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let output = Command::new("sh")
        .args(["-c", line])
        .current_dir(folder.path("."))
        .env("PATH", path)
        .env_remove("VANKIEN_INDEX")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Run::of(&["(in a shell)", line], output)
}

#[test]
fn every_example_works_on_the_seeds() {
    let folder = Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    let mut count = 0;
    for command in [
        "index",
        "search",
        "cite",
        "cites",
        "citations",
        "register",
        "proof",
        "precedent",
        "show",
        "open",
        "outline",
        "documents",
        "facets",
        "export",
        "mcp",
        "check",
        "completions",
        "man",
        "help",
        "remove",
    ] {
        for line in examples(&folder.run(&[command, "--help"]).expect(0).out) {
            let run = run_line(&folder, &line).expect(0);
            // A check without a finding has no record either.
            let is_silent = [" -o ", " > ", "man --output", "check --json"]
                .iter()
                .any(|part| line.contains(part));
            let speaks = !(run.out.is_empty() && run.err.is_empty());
            assert!(speaks || is_silent || command == "open", "`{line}` says nothing");
            count += 1;
        }
    }
    assert!(count > 40, "{count} examples");
}

#[test]
fn the_help_comes_in_vietnamese() {
    let folder = Folder::new();
    let english = folder.run(&["search", "--help"]).expect(0).out;
    assert!(english.contains("Usage: vankien search"), "{english}");
    let flag = folder.run(&["search", "--help", "--lang", "vi"]).expect(0).out;
    assert!(
        flag.starts_with("Tìm đoạn văn bản khớp với nội dung tìm kiếm"),
        "{flag}"
    );
    for part in [
        "Cách dùng: vankien search",
        "Đối số:",
        "Tùy chọn:",
        "Bộ lọc",
        "Ví dụ:",
        "[mặc định: 0]",
    ] {
        assert!(flag.contains(part), "`{part}` is missing in\n{flag}");
    }
    let environment = |name: &str| {
        let mut command = folder.command(&["help", "search"]);
        command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", name);
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    assert_eq!(environment("vi_VN.UTF-8"), flag);
    assert_eq!(environment("en_US.UTF-8"), english);
    let program = folder.run(&["--help", "--lang=vi"]).expect(0).out;
    assert!(
        program.contains("Lệnh:\n") && program.contains("Cách dùng: vankien"),
        "{program}"
    );
    let list = folder.run(&["help", "--lang=vi"]).expect(0).out;
    assert_eq!(list, program);
    // What is wrong is said in English, with the flags of every language.
    folder.run(&["--lang", "vi", "search", "--nonsense"]).expect(2);
}
