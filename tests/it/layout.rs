//! The layout of text answers: they fit the width of the screen, ten hits fit a screen, ids are short, dates are those of
//! offices, and an answer is in one language.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;

use crate::program::{Folder, Run};

/// Commands with text answers of every kind.
const COMMANDS: [&[&str]; 17] = [
    &["search", "chuyển đổi số"],
    &["search", "chuyen doi so", "-C", "1", "-n", "3"],
    &["search", "tinh gọn bộ máy", "--facets", "document,section,term"],
    &["cite", "21-NQ/TW"],
    &["cite", "57-NQ/TW", "-C", "1"],
    &["cites", "001"],
    &["citations"],
    &["register", "21-NQ/TW"],
    &[
        "precedent",
        "nâng cao năng lực lãnh đạo và sức chiến đấu của tổ chức đảng",
        "-n",
        "5",
    ],
    &["precedent", "--boilerplate", "-n", "5"],
    &["precedent", "--matrix"],
    &["show", "001^12"],
    &["show", "003§I"],
    &["outline", "003"],
    &["documents"],
    &["check"],
    &["facets", "section", "quality"],
];

/// Returns a folder with the seeds and their index.
fn indexed() -> Folder {
    let folder = Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    folder
}

/// Runs a command for a screen of this width.
fn run(folder: &Folder, args: &[&str], columns: usize, lang: &str) -> Run {
    let mut command = folder.command(args);
    command.args(["--lang", lang]).env("COLUMNS", columns.to_string());
    Run::of(args, command.output().unwrap())
}

/// Returns the runs of letters and digits of a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

#[test]
fn answers_fit_the_screen_and_words_are_whole() {
    let folder = indexed();
    let passages = folder.run(&["export", "passages"]).expect(0).json();
    let texts: Vec<&str> = passages
        .iter()
        .flat_map(|line| [&line["text"], &line["repaired"]])
        .filter_map(|text| text.as_str())
        .collect();
    let of_documents: BTreeSet<String> = texts.into_iter().flat_map(words).map(str::to_lowercase).collect();
    for args in COMMANDS {
        // The widest screen has all words of the program; a narrower one may leave words out, but cuts none.
        let wide = run(&folder, args, 400, "vi").out;
        let whole: BTreeSet<String> = words(&wide).map(str::to_lowercase).collect();
        for columns in [40, 60, 80, 100, 140] {
            let out = run(&folder, args, columns, "vi").out;
            for line in out.lines() {
                assert!(line.width() <= columns, "{args:?} at {columns}: {line}");
            }
            for word in words(&out) {
                let small = word.to_lowercase();
                assert!(
                    whole.contains(&small) || of_documents.contains(&small),
                    "{args:?} at {columns} columns has a part of a word: {word}\n{out}"
                );
            }
        }
    }
}

#[test]
fn ten_hits_fit_forty_lines() {
    let folder = indexed();
    for query in ["chuyển đổi số", "kiem tra giam sat", "đảng", "nghị quyết", "21-NQ/TW"] {
        let out = run(&folder, &["search", query], 100, "vi").out;
        assert!(
            out.lines().count() <= 40,
            "{query}: {} lines\n{out}",
            out.lines().count()
        );
    }
    // Also where each hit is in a document of its own.
    let many = Folder::new();
    for number in 0..12 {
        let text = "Đẩy mạnh chuyển đổi số trong các cơ quan, đơn vị; ".repeat(12);
        many.write(
            &format!("files/d{number:02}.txt"),
            format!("BÁO CÁO\nvề việc số {number}\n\nI. KẾT QUẢ\n\n{text}\n"),
        );
    }
    many.run(&["index", "files"]).expect(0);
    let out = run(&many, &["search", "chuyển đổi số"], 100, "vi").out;
    assert!(out.lines().filter(|line| line.starts_with('d')).count() >= 10, "{out}");
    assert!(out.lines().count() <= 40, "{} lines\n{out}", out.lines().count());
}

#[test]
fn ids_are_short_and_dates_are_those_of_offices() {
    let folder = indexed();
    let manifest = folder.run(&["documents", "--json"]).expect(0).json();
    let ids: Vec<&str> = manifest.iter().map(|line| line["document"].as_str().unwrap()).collect();
    let iso = regex::Regex::new(r"\b20\d\d-\d\d-\d\d\b").unwrap();
    for args in COMMANDS {
        let out = run(&folder, args, 100, "en").out;
        for id in &ids {
            let without_paths = out.replace(&format!("{id}.txt"), "");
            assert!(!without_paths.contains(id), "{args:?} prints a long id:\n{out}");
        }
        assert!(!iso.is_match(&out), "{args:?} prints an ISO date:\n{out}");
    }
}

#[test]
fn what_is_printed_can_be_typed() {
    let folder = indexed();
    let out = run(&folder, &["search", "chuyển đổi số", "-n", "5"], 100, "en").out;
    let printed: Vec<&str> = out
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split("  ").next())
        .filter(|word| word.contains(':') && !word.contains(' '))
        .collect();
    assert_eq!(printed.len(), 5, "{out}");
    for id in printed {
        assert!(folder.run(&["show", id]).expect(0).out.contains(id), "{id}");
    }
    let outline = run(&folder, &["outline", "003"], 100, "en").out;
    let sections: Vec<&str> = outline.split_whitespace().filter(|word| word.contains('§')).collect();
    assert!(sections.len() > 10, "{outline}");
    for id in sections {
        folder.run(&["show", id]).expect(0);
    }
}

#[test]
fn an_answer_is_in_one_language() {
    let folder = indexed();
    /// Words of the program in one language that no document has.
    const ENGLISH: [&str; 9] = [
        "citations:",
        ", p. ",
        "Register:",
        "scan (OCR)",
        "Subject:",
        "alike",
        "SUBJECT",
        "COUNT",
        "term 20",
    ];
    const VIETNAMESE: [&str; 8] = [
        "viện dẫn",
        ", tr. ",
        "Danh mục:",
        "bản quét (OCR)",
        "Trích yếu:",
        "giống ",
        "TRÍCH YẾU",
        "SỐ LẦN",
    ];
    for (lang, own, other) in [
        ("vi", &VIETNAMESE[..], &ENGLISH[..]),
        ("en", &ENGLISH[..], &VIETNAMESE[..]),
    ] {
        let mut seen = 0;
        for args in COMMANDS {
            let run = run(&folder, args, 120, lang);
            for word in other {
                assert!(
                    !run.out.contains(word),
                    "{args:?} in {lang} says '{word}':\n{}",
                    run.out
                );
            }
            seen += own.iter().filter(|word| run.out.contains(**word)).count();
        }
        assert!(seen >= own.len(), "{lang}: {seen}");
    }
    // The environment decides where no flag does; errors stay English.
    let of = |variable: &str, locale: &str| {
        let mut command = folder.command(&["cite", "21-NQ/TW"]);
        command.env(variable, locale);
        Run::of(&[], command.output().unwrap()).out
    };
    assert!(of("LANG", "vi_VN.UTF-8").contains("viện dẫn"));
    assert!(of("LC_ALL", "vi").contains("viện dẫn"));
    assert!(of("LANG", "C").contains("citations:"));
    let failed = run(&folder, &["show", "nowhere:1"], 100, "vi");
    assert!(failed.err.contains("there is no"), "{}", failed.err);
}

#[test]
fn added_and_dropped_words_are_told_with_colors_too() {
    let folder = indexed();
    let asked = ["precedent", "--passage", "001:935", "--color"];
    for color in ["always", "never"] {
        let out = folder.run(&[&asked[..], &[color]].concat()).expect(0).out;
        assert!(
            out.contains("{+") && out.contains("+}") && out.contains("[-") && out.contains("-]"),
            "{out}"
        );
    }
}
