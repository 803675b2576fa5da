//! The commands as people run them: answers on stdout, the rest on stderr, exit codes.

use std::process::Stdio;

use super::program::Folder;

/// A folder with the seeds and their index.
fn indexed() -> Folder {
    let folder = Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    folder
}

#[test]
fn the_first_search_builds_the_index_and_says_so() {
    let folder = Folder::with_seeds();
    let first = folder.run(&["search", "nghị quyết 21-NQ/TW"]).expect(0);
    assert!(first.err.contains("building it from 'seeds'"), "{}", first.err);
    assert!(first.out.contains("21-NQ/TW"), "{}", first.out);
    let second = folder.run(&["search", "nghị quyết 21-NQ/TW"]).expect(0);
    assert_eq!(second.err, "");
    assert_eq!(second.out, first.out);
}

#[test]
fn without_index_and_seeds_there_is_a_hint() {
    let run = Folder::new().run(&["search", "đảng"]).expect(2);
    assert_eq!(run.out, "");
    assert_eq!(
        run.err,
        "vankien: there is no index in 'index'\nhint: build it: `vankien index PATH`\n"
    );
}

#[test]
fn nothing_found_is_exit_1_and_wrong_usage_2() {
    let folder = indexed();
    folder.run(&["search", "xyzzyabc"]).expect(1);
    folder.run(&["search"]).expect(2);
    folder.run(&["search", "đảng", "--place", "nowhere"]).expect(2);
    folder.run(&["nonsense"]).expect(2);
    folder.run(&["--version"]).expect(0);
}

#[test]
fn hits_are_json_lines_and_a_summary_comes_last() {
    let folder = indexed();
    let lines = folder
        .run(&[
            "search",
            "nang cao nang luc lanh dao",
            "--json",
            "--limit",
            "3",
            "--facets",
            "place,province",
        ])
        .expect(0)
        .json();
    assert_eq!(lines.len(), 4);
    for (index, hit) in lines[..3].iter().enumerate() {
        assert_eq!(hit["type"], "hit");
        assert_eq!(hit["rank"], index + 1);
        for field in [
            "document",
            "passage",
            "place",
            "section_kind",
            "page",
            "lines",
            "text",
            "repaired",
            "score",
            "match",
            "snippet",
        ] {
            assert!(hit.get(field).is_some(), "{field} is missing in {hit}");
        }
    }
    let summary = &lines[3];
    assert_eq!(summary["type"], "summary");
    assert!(summary["total"].as_u64().unwrap() > 3);
    assert!(
        summary["facets"]["place"]
            .as_array()
            .unwrap()
            .iter()
            .any(|value| value["value"] == "body")
    );
    assert_eq!(summary["relaxed"], false);
}

#[test]
fn marks_are_not_needed_and_spellings_are_one() {
    let folder = indexed();
    let count = |query: &str| folder.run(&["search", "--count", query]).expect(0).out;
    assert_eq!(count("khoa hoc cong nghe"), count("khoa học công nghệ"));
    assert_eq!(count("hoà bình"), count("hòa bình"));
    assert_eq!(count("HOA BINH"), count("hòa bình"));
}

#[test]
fn filters_count_and_list_files() {
    let folder = indexed();
    let all: u64 = folder
        .run(&["search", "-c", "đảng viên"])
        .expect(0)
        .out
        .trim()
        .parse()
        .unwrap();
    let notes: u64 = folder
        .run(&["search", "-c", "đảng viên", "--place", "footnote"])
        .expect(0)
        .out
        .trim()
        .parse()
        .unwrap();
    assert!(0 < notes && notes < all, "{notes} of {all}");
    let files = folder
        .run(&["search", "-l", "chuẩn mực đạo đức cách mạng"])
        .expect(0)
        .out;
    assert!(
        files.lines().any(|line| line.ends_with("001_a1c1383653321638.txt")),
        "{files}"
    );
}

#[test]
fn a_filter_in_the_query_lists_the_same_files_as_a_flag() {
    let folder = indexed();
    let files = |args: &[&str]| folder.run(&[&["search", "-l"], args].concat()).expect(0).out;
    let one = files(&["đảng viên", "--document", "004"]);
    assert_eq!(one.lines().count(), 1, "{one}");
    assert_eq!(files(&["đảng viên document:004"]), one);
    assert!(files(&["đảng viên"]).lines().count() > 1);
}

#[test]
fn a_search_that_finds_nothing_hints_at_what_may_help() {
    let folder = indexed();
    let hints = |args: &[&str]| {
        let run = folder.run(&[&["search"], args].concat()).expect(1);
        assert_eq!(run.out, "");
        let hints = run.err.strip_prefix("vankien: nothing was found\n");
        hints.unwrap_or_else(|| panic!("{}", run.err)).to_owned()
    };
    assert_eq!(hints(&["xyzzyabc"]), "hint: no passage has 'xyzzyabc'\n");
    assert!(hints(&["21-NQ/TX"]).starts_with("hint: did you mean 21-NQ/TW, "));
    let unquoted = hints(&["\"mạng cách đức đạo\""]);
    assert!(
        unquoted.starts_with("hint: without quotation marks the query finds "),
        "{unquoted}"
    );
    let elsewhere = hints(&["\"đạo đức cách mạng\"", "--document", "004"]);
    assert!(
        elsewhere.contains("hint: without --document '004' the query finds "),
        "{elsewhere}"
    );
}

#[test]
fn cite_answers_in_any_writing_of_the_symbol() {
    let folder = indexed();
    let asked = ["21-NQ/TW", "21–nq/tw", "nq 21", "nghị quyết 21", "21 NQ/TW"];
    let answers: Vec<String> = asked
        .iter()
        .map(|symbol| folder.run(&["cite", symbol]).expect(0).out)
        .collect();
    for (symbol, answer) in asked.iter().zip(&answers) {
        assert_eq!(answer, &answers[0], "{symbol}");
    }
    for needle in ["21-NQ/TW", "16/06/2022", ", p. 5, note 6  ", "  001:", "  000:"] {
        assert!(answers[0].contains(needle), "{needle} is missing in\n{}", answers[0]);
    }
}

#[test]
fn a_symbol_nobody_cites_brings_the_nearest_ones() {
    let folder = indexed();
    let run = folder.run(&["cite", "21-NQ/TU"]).expect(1);
    assert_eq!(run.out, "");
    assert!(run.err.contains("21-NQ/TW"), "{}", run.err);
    // A number alone is no symbol; those that have it are offered.
    let run = folder.run(&["cite", "021"]).expect(1);
    assert!(run.err.contains("21-KL/TW, 21-NQ/TW"), "{}", run.err);
}

#[test]
fn commands_in_hints_name_the_index_that_was_named() {
    let folder = indexed();
    let run = folder.run(&["cites", "999", "--index", "index"]).expect(2);
    assert!(run.err.contains("`vankien documents --index 'index'`"), "{}", run.err);
    let run = folder.run(&["cites", "999"]).expect(2);
    assert!(run.err.contains("`vankien documents`"), "{}", run.err);
}

#[test]
fn the_table_of_cited_documents_comes_in_every_format() {
    let folder = indexed();
    let text = folder.run(&["citations"]).expect(0).out;
    let rows = text.lines().count() - 1;
    assert!(rows > 20, "{text}");
    assert_eq!(folder.run(&["citations", "--json"]).expect(0).json().len(), rows);
    let csv = folder.run(&["citations", "--format", "csv"]).expect(0).out;
    assert!(csv.starts_with("cited,kind,count,"), "{csv}");
    assert!(
        folder
            .run(&["citations", "--limit", "2", "--format", "tsv"])
            .expect(0)
            .out
            .lines()
            .count()
            == 3
    );
}

#[test]
fn show_takes_every_kind_of_id() {
    let folder = indexed();
    assert!(folder.run(&["show", "001:19"]).expect(0).out.contains("hợp nhất"));
    assert!(folder.run(&["show", "001^6"]).expect(0).out.contains("21-NQ/TW"));
    assert!(folder.run(&["show", "001§2"]).expect(0).out.contains("KẾT QUẢ"));
    assert!(folder.run(&["show", "004"]).expect(0).out.contains("Điểm cầu"));
    for unknown in ["009", "001^99", "001§9.9", "001:999999"] {
        let run = folder.run(&["show", unknown]).expect(2);
        assert!(run.err.starts_with("vankien: there is no "), "{}", run.err);
    }
    let unknown = folder.run(&["show", "003§V.9"]).expect(2);
    assert!(unknown.err.contains("vankien outline 003"), "{}", unknown.err);
}

#[test]
fn a_section_is_shown_by_the_numbers_on_paper() {
    let folder = indexed();
    let shown = folder.run(&["show", "003§I.2.2.1"]).expect(0);
    assert!(shown.out.contains("Nguyên nhân khách quan"), "{}", shown.out);
    assert_eq!(shown.err, "");
    // The position 2.2.1 is the heading "2.1." of the first part.
    let position = folder.run(&["show", "003§2.2.1"]).expect(0);
    assert!(!position.out.contains("Nguyên nhân khách quan"), "{}", position.out);
    for told in ["position", "`003§I.2.1`", "`003§I.2.2.1`"] {
        assert!(position.err.contains(told), "{told}: {}", position.err);
    }
    assert_eq!(folder.run(&["show", "001§phần thứ nhất.ii.5"]).expect(0).err, "");
    let several = folder.run(&["show", "001§II.1"]).expect(2);
    for candidate in ["001§Phan-thu-nhat.II.1", "001§Phan-thu-hai.II.1"] {
        assert!(several.err.contains(candidate), "{}", several.err);
        folder.run(&["show", candidate]).expect(0);
    }
}

#[test]
fn a_page_is_shown_by_its_number() {
    let folder = indexed();
    let page = folder.run(&["show", "001@5", "--json"]).expect(0);
    let passages = page.json();
    assert!(!passages.is_empty());
    assert!(passages.iter().all(|passage| passage["page"] == 5));
    let unknown = folder.run(&["show", "001@500"]).expect(2);
    assert!(unknown.err.contains("there is no page"), "{}", unknown.err);
}

#[test]
fn a_repaired_reading_is_told_apart_from_the_source() {
    let folder = indexed();
    let repaired = folder.run(&["show", "003:27"]).expect(0).out;
    assert!(repaired.contains("[corrected OCR;"), "{repaired}");
    let source = folder.run(&["show", "003:27", "--source"]).expect(0).out;
    assert!(source.contains("Puoc su quan tim hudng dan"), "{source}");
    assert!(source.contains("[as the OCR read it]"), "{source}");
}

#[test]
fn export_gives_every_sort_of_record() {
    let folder = indexed();
    for (records, least) in [
        ("documents", 5),
        ("sections", 100),
        ("passages", 500),
        ("footnotes", 40),
        ("citations", 100),
    ] {
        let lines = folder.run(&["export", records]).expect(0).json();
        assert!(lines.len() >= least, "{} {records}", lines.len());
        assert!(lines.iter().all(|line| line["document"].is_string()));
    }
}

#[test]
fn context_lines_are_those_of_the_file() {
    let folder = indexed();
    let out = folder
        .run(&["search", "\"Ban Chỉ đạo 35\"", "--document", "001", "-C", "2"])
        .expect(0)
        .out;
    assert!(out.contains("  1303: "), "{out}");
    assert!(out.contains("  1298- "), "{out}");
    // Blank lines are neither shown nor counted.
    let is_blank = |line: &&str| {
        line.trim()
            .trim_end_matches(['-', ':'])
            .chars()
            .all(|char| char.is_ascii_digit())
    };
    assert_eq!(out.lines().find(is_blank), None, "{out}");
}

#[test]
fn colours_only_where_wanted() {
    let folder = indexed();
    assert!(!folder.run(&["search", "đảng"]).expect(0).out.contains('\u{1b}'));
    assert!(
        folder
            .run(&["search", "đảng", "--color", "always"])
            .expect(0)
            .out
            .contains("\u{1b}[")
    );
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let folder = indexed();
    let mut child = folder
        .command(&["export", "passages"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(output.stderr.is_empty());
}

#[test]
fn completions_and_the_manual_are_written() {
    let folder = Folder::new();
    assert!(folder.run(&["completions", "bash"]).expect(0).out.contains("vankien"));
    assert!(folder.run(&["man"]).expect(0).out.contains(".TH vankien"));
}

#[test]
fn the_environment_names_the_index() {
    let folder = Folder::with_seeds();
    let output = folder
        .command(&["index", "-q"])
        .env("VANKIEN_INDEX", "elsewhere")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(folder.path("elsewhere").is_dir() && !folder.path("index").exists());
}

#[test]
fn a_check_tells_a_whole_index_from_one_behind_its_files() {
    let folder = indexed();
    assert!(folder.run(&["check"]).expect(0).out.contains("whole and in step"));
    let seed = folder.path("seeds/004_dd2783c7784f4f98.txt");
    let mut text = std::fs::read_to_string(&seed).unwrap();
    text.push_str("\nthêm một dòng\n");
    std::fs::write(&seed, text).unwrap();
    assert!(
        folder
            .run(&["check"])
            .expect(1)
            .out
            .contains("004_dd2783c7784f4f98.txt")
    );
    folder.run(&["index", "-q"]).expect(0);
    folder.run(&["check"]).expect(0);
    folder.run(&["search", "\"thêm một dòng\""]).expect(0);
}
