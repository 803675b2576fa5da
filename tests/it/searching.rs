//! Searching on the command line: strict answers, levels of agreement, operators, dates, abbreviations.

use super::program::Folder;

/// Returns a folder with an index of these texts, each a document of its own.
fn indexed(texts: &[(&str, &str)]) -> Folder {
    let folder = Folder::new();
    for (name, text) in texts {
        folder.write(&format!("docs/{name}.txt"), text);
    }
    folder.run(&["index", "-q", "docs"]).expect(0);
    folder
}

/// Returns the ids of the documents found, in order.
fn found(folder: &Folder, args: &[&str]) -> Vec<String> {
    let run = folder.run(&[&["search", "--json"], args].concat());
    let lines = run.json();
    let hits = lines.iter().filter(|line| line["type"] == "hit");
    hits.map(|hit| hit["document"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn counts_lists_and_exit_codes_take_whole_answers_only() {
    let folder = indexed(&[
        ("a", "Công tác kiểm tra, giám sát của cấp ủy."),
        ("b", "Công tác dân vận."),
    ]);
    let partial = "kiểm tra dân vận";
    let count = folder.run(&["search", partial, "-c"]).expect(1);
    assert_eq!(count.out, "0\n");
    let files = folder.run(&["search", partial, "-l"]).expect(1);
    assert_eq!(files.out, "");
    for args in [&["-c"][..], &["-l"], &["--json"], &["--format", "csv"], &[]] {
        let run = folder.run(&[&["search", partial], args].concat()).expect(1);
        assert!(
            run.err.contains("no passage has all of these words"),
            "{args:?}: {}",
            run.err
        );
    }
    // Partial answers are shown all the same.
    assert_eq!(found(&folder, &[partial]).len(), 2);
    assert_eq!(folder.run(&["search", "dân vận", "-c"]).expect(0).out, "1\n");
}

#[test]
fn hits_are_counted_by_the_agreement_of_their_marks() {
    let folder = indexed(&[
        ("a", "Đẩy mạnh chuyển đổi số trong cơ quan."),
        ("b", "Chuyên viên của đội, sở."),
    ]);
    let run = folder.run(&["search", "chuyển đổi số", "--json"]).expect(0);
    let lines = run.json();
    let summary = lines.last().unwrap();
    let expected = serde_json::json!({"exact": 1, "read": 0, "lost": 0, "folded": 1});
    assert_eq!(summary["matches"], expected);
    assert_eq!(summary["total"], 2);
    assert_eq!(lines[0]["match"], "exact");
    assert_eq!(lines[1]["match"], "folded");
    assert_eq!(found(&folder, &["chuyển đổi số", "--marks", "exact"]), ["a"]);
}

#[test]
fn operators_dates_prefixes_and_codes_mean_what_they_say() {
    let folder = indexed(&[
        (
            "a",
            "Công tác dân vận ngày 05 tháng 6 năm 2020 của tổ dự án 2021-2025/GĐ1.",
        ),
        ("b", "Công tác dân vận và tuyên truyền; tinh giản biên chế."),
        ("c", "Bệnh vịên huyện, nhóm o\u{fb03}ce, hồ sơ 02091-C-712."),
    ]);
    for (query, documents) in [
        ("\"dân vận\" NOT \"tuyên truyền\"", &["a"][..]),
        ("\"dân vận\" AND \"tuyên truyền\"", &["b"]),
        ("ngày 5/6/2020", &["a"]),
        ("2020-06-05", &["a"]),
        ("ngày 6 tháng 5 năm 2020", &[]),
        ("\"tinh gi*\"", &["b"]),
        ("office", &["c"]),
        ("02091-C-712", &["c"]),
        ("2021-2025/GĐ1", &["a"]),
        ("\"vận dân công\"~5", &["a", "b"]),
        ("\"vận dân công\"~4", &[]),
    ] {
        assert_eq!(
            found(&folder, &["--sort", "document", "--", query]),
            documents,
            "{query}"
        );
    }
    assert_eq!(found(&folder, &["--marks", "exact", "--", "bệnh viện"]), ["c"]);
}

#[test]
fn an_abbreviation_and_its_name_find_each_other_and_this_is_told() {
    let folder = indexed(&[
        ("a", "Ủy ban nhân dân xã báo cáo kết quả."),
        ("b", "UBND xã báo cáo kết quả."),
    ]);
    let run = folder.run(&["search", "UBND", "xã"]).expect(0);
    assert!(run.err.contains("also finds ủy ban nhân dân for 'ubnd'"), "{}", run.err);
    assert_eq!(found(&folder, &["UBND xã"]), ["b", "a"]);
    assert_eq!(found(&folder, &["ủy ban nhân dân xã"]), ["a", "b"]);
    let lines = folder.run(&["search", "UBND xã", "--json"]).expect(0).json();
    let expected = serde_json::json!([{"typed": "ubnd", "forms": ["ủy ban nhân dân"]}]);
    assert_eq!(lines.last().unwrap()["also"], expected);
    assert_eq!(found(&folder, &["\"UBND\" xã"]), ["b"]);
    assert_eq!(found(&folder, &["UBND xã", "--marks", "exact"]), ["b"]);
}
