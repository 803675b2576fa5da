//! The program in a shell: completions, manual pages, hints for what was mistyped.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use super::program::Folder;

/// A folder with the seeds and their index.
fn indexed() -> Folder {
    let folder = Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    folder
}

/// The completions of the last of these words, as the engine gives them to bash or fish.
fn completions(folder: &Folder, shell: &str, words: &[&str]) -> Vec<String> {
    let mut command = folder.command(&[&["--", "vankien"], words].concat());
    command
        .env("COMPLETE", shell)
        .env("_CLAP_COMPLETE_INDEX", words.len().to_string())
        .env("_CLAP_IFS", "\n");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{words:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{words:?}");
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

#[test]
fn values_are_completed() {
    let folder = indexed();
    for (words, expected) in [
        (&["search", "x", "--section", "han"][..], &["han-che"][..]),
        (&["search", "x", "--place", "f"], &["footnote"]),
        (&["search", "x", "--quality", ""], &["clean", "unmarked", "ocr"]),
        (&["search", "x", "--marks", "e"], &["exact"]),
        (&["search", "x", "--sort", "d"], &["document", "date"]),
        (&["search", "x", "--facets", "place,te"], &["place,term"]),
        (&["search", "x", "--province", "Cần"], &["Cần\\ Thơ"]),
        (
            &["search", "x", "--document", "00"],
            &["000", "001", "002", "003", "004"],
        ),
        (&["cite", "144"], &["144-QĐ/TW"]),
        (&["cites", "003"], &["003"]),
        (&["outline", "004"], &["004"]),
        (&["show", "002"], &["002"]),
        (&["open", "001"], &["001"]),
        (&["citations", "--format", "x"], &["xlsx"]),
        (&["export", "foot"], &["footnotes"]),
        (&["facets", "qual"], &["quality"]),
        (&["register", "--kind", "nghi-q"], &["nghi-quyet"]),
    ] {
        let found = completions(&folder, "bash", words);
        for value in expected {
            assert!(found.iter().any(|found| found == value), "{words:?} gives {found:?}");
        }
        assert!(found.len() < 20, "{words:?} gives {found:?}");
    }
}

#[test]
fn documents_come_with_titles_and_symbols_with_counts() {
    let folder = indexed();
    let documents = completions(&folder, "fish", &["outline", "004"]);
    assert!(documents[0].starts_with("004\tKế hoạch"), "{documents:?}");
    let symbols = completions(&folder, "fish", &["cite", "21-NQ/TW"]);
    let (symbol, count) = symbols[0].split_once('\t').unwrap();
    assert_eq!(symbol, "21-NQ/TW");
    assert!(count.parse::<u64>().unwrap() > 0);
    let sections = completions(&folder, "fish", &["show", "001§"]);
    assert!(
        sections.len() > 10 && sections.iter().all(|section| section.starts_with("001§")),
        "{sections:?}"
    );
}

#[test]
fn without_an_index_completion_is_silent_and_builds_none() {
    let folder = Folder::with_seeds();
    for words in [&["cite", "2"][..], &["show", "0"], &["search", "x", "--province", "C"]] {
        assert_eq!(completions(&folder, "bash", words), Vec::<String>::new(), "{words:?}");
    }
    assert!(!folder.path("index").exists());
    // What needs no index is there.
    assert!(completions(&folder, "bash", &["search", "--sec"]).contains(&"--section".to_owned()));
    let named = indexed();
    let dir = named.path("index").display().to_string();
    assert_eq!(
        completions(&folder, "bash", &["--index", &dir, "cites", "003"]),
        ["003"]
    );
}

#[test]
fn the_script_of_every_shell_asks_the_program() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = folder.run(&["completions", shell]).expect(0).out;
        assert!(
            script.contains("COMPLETE") && script.contains("vankien"),
            "{shell}: {script}"
        );
    }
    assert!(
        folder
            .run(&["completions", "bash"])
            .expect(0)
            .out
            .contains("_VANKIEN_IN_QUOTES")
    );
}

#[test]
fn every_page_that_a_manual_page_refers_to_exists() {
    let folder = Folder::new();
    folder.run(&["man", "--output", "man1"]).expect(0);
    let names: BTreeSet<String> = std::fs::read_dir(folder.path("man1"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(
        names.contains("vankien.1") && names.contains("vankien-search.1"),
        "{names:?}"
    );
    for name in &names {
        let page = std::fs::read_to_string(folder.path("man1").join(name)).unwrap();
        let plain = page.replace('\\', "");
        for word in plain
            .split_whitespace()
            .filter(|word| word.starts_with("vankien-") && word.contains("(1)"))
        {
            let other = word.split('(').next().unwrap();
            assert!(names.contains(&format!("{other}.1")), "{name} refers to {word}");
        }
        assert!(page.contains(".SH SYNOPSIS"), "{page}");
    }
    assert!(names.len() > 15, "{names:?}");
    let search = std::fs::read_to_string(folder.path("man1/vankien-search.1")).unwrap();
    assert_eq!(folder.run(&["man", "search"]).expect(0).out, search);
    assert!(search.contains("Examples:"), "{search}");
    let plain = search.replace('\\', "");
    let (_, synopsis) = plain.split_once(".SH SYNOPSIS\n").unwrap();
    assert!(
        synopsis.lines().next().unwrap().contains("[OPTIONS] [QUERY]..."),
        "{synopsis}"
    );
    let main = std::fs::read_to_string(folder.path("man1/vankien.1")).unwrap();
    assert_eq!(folder.run(&["man"]).expect(0).out, main);
    assert!(folder.run(&["man", "nonsense"]).expect(2).err.contains("'nonsense'"));
}

#[test]
fn a_query_without_the_command_is_answered_with_it() {
    let folder = Folder::new();
    for (args, hint) in [
        (
            &["nghị quyết 57"][..],
            "hint: to search for it: vankien search 'nghị quyết 57'\n",
        ),
        (
            &["nghị", "quyết", "57", "--json"],
            "hint: to search for it: vankien search 'nghị quyết 57'\n",
        ),
        (&["tinhgon"], "hint: to search for it: vankien search 'tinhgon'\n"),
        (
            &["search đảng's"],
            "hint: to search for it: vankien search 'search đảng'\\''s'\n",
        ),
    ] {
        let run = folder.run(args).expect(2);
        assert!(run.err.ends_with(hint), "{}", run.err);
        assert!(!run.err.contains("similar"), "{}", run.err);
    }
    let slip = folder.run(&["serach"]).expect(2);
    assert!(
        slip.err.contains("'search'") && !slip.err.contains("to search for it"),
        "{}",
        slip.err
    );
}

#[test]
fn a_port_alone_is_for_this_machine() {
    let folder = indexed();
    let bare = folder.run(&["serve", "--listen", "7701"]).expect(2);
    assert!(bare.err.contains("--port 7701"), "{}", bare.err);
    folder
        .run(&["serve", "--port", "7701", "--listen", "127.0.0.1:7701"])
        .expect(2);
    // The browser gets the address that the service listens on.
    let browser = folder.write(
        "browser",
        "#!/bin/sh\necho \"$1\" > opened.part && mv opened.part opened\n",
    );
    let mut permissions = std::fs::metadata(&browser).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o755);
    std::fs::set_permissions(&browser, permissions).unwrap();
    let mut service = folder
        .command(&["serve", "--port", "0", "--open"])
        .env("BROWSER", &browser)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(service.stderr.take().unwrap()).lines();
    let told = lines
        .map_while(Result::ok)
        .find(|line| line.contains("listening on"))
        .unwrap();
    let url = told.split("listening on ").nth(1).unwrap();
    assert!(url.starts_with("http://127.0.0.1:"), "{told}");
    let opened = folder.path("opened");
    while !opened.exists() {
        assert!(service.try_wait().unwrap().is_none(), "the service ended");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    service.kill().unwrap();
    service.wait().unwrap();
    assert_eq!(std::fs::read_to_string(opened).unwrap().trim(), format!("{url}/"));
}

#[test]
fn opening_a_file_tells_its_path() {
    let folder = indexed();
    let line = &folder
        .run(&["open", "001", "--with", "true", "--json"])
        .expect(0)
        .json()[0];
    assert_eq!(line["document"], "001_a1c1383653321638");
    assert!(line["path"].as_str().unwrap().ends_with("001_a1c1383653321638.txt"));
}
