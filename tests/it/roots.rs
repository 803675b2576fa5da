//! The index loses nothing that it was not told to: roots, removals, guards, and what is passed over.

use std::fs;

use serde_json::{Value, json};

use super::program::{Folder, Run};

/// A plan that cites a resolution of this number.
fn plan(number: u32) -> String {
    format!("KẾ HOẠCH\n\nthực hiện Nghị quyết số {number}-NQ/TW ngày 22/12/2024 của Bộ Chính trị.\n")
}

/// A folder with one plan in `a`, two in `b`, and an index of neither.
fn two_folders() -> Folder {
    let folder = Folder::new();
    folder.write("a/one.txt", plan(11));
    folder.write("b/two.txt", plan(22));
    folder.write("b/three.txt", plan(33));
    folder
}

/// The ids in the index.
#[track_caller]
fn ids(folder: &Folder) -> Vec<String> {
    let documents = folder.run(&["documents", "--json"]).json();
    let ids = documents
        .iter()
        .map(|document| document["document"].as_str().unwrap().to_owned());
    ids.collect()
}

/// The single JSON object that a run printed.
#[track_caller]
fn object(run: &Run) -> Value {
    let lines = run.json();
    assert_eq!(lines.len(), 1, "{}", run.out);
    lines[0].clone()
}

#[test]
fn what_is_not_named_stays() {
    let folder = two_folders();
    folder.run(&["index", "-q", "a"]).expect(0);
    let run = folder.run(&["index", "b"]).expect(0);
    assert!(
        run.err.contains("3 documents") && run.err.contains("(2 added, 0 changed, 0 removed, 1 unchanged"),
        "{}",
        run.err
    );
    assert_eq!(ids(&folder), ["one", "three", "two"]);
    // Without a path all roots are brought up to date.
    folder.write("a/four.txt", plan(44));
    fs::remove_file(folder.path("b/two.txt")).unwrap();
    folder.run(&["index", "-q", "b"]).expect(0);
    assert_eq!(ids(&folder), ["one", "three"], "a was not named");
    let done = object(&folder.run(&["index", "--json"]).expect(0));
    assert_eq!(
        (&done["added"], &done["removed"], &done["documents"]),
        (&json!(1), &json!(0), &json!(3))
    );
    assert_eq!(ids(&folder), ["four", "one", "three"]);
    folder.run(&["check"]).expect(0);
}

#[test]
fn an_empty_or_missing_root_keeps_its_documents() {
    let folder = two_folders();
    folder.run(&["index", "-q", "a", "b"]).expect(0);
    fs::rename(folder.path("b"), folder.path("mounted")).unwrap();
    for problem in ["no such file or folder", "is an empty folder"] {
        for args in [&["index"][..], &["index", "b"], &["index", "--rebuild"]] {
            let run = folder.run(args).expect(2);
            let told = format!("vankien: b: {problem}; the 2 documents that were indexed from it stay\nhint: ");
            assert!(run.err.contains(&told), "{args:?}\n{}", run.err);
            assert_eq!(ids(&folder), ["one", "three", "two"], "{args:?}");
        }
        let check = folder.run(&["check"]).expect(1);
        assert!(
            check.out.contains(problem) && check.out.contains("run `vankien remove PATH`"),
            "{}",
            check.out
        );
        // What is in order is brought up to date all the same.
        folder.run(&["index", "a"]).expect(0);
        fs::create_dir(folder.path("b")).ok();
    }
    let done = object(&folder.run(&["index", "--force", "--json"]).expect(0));
    assert_eq!((&done["removed"], &done["documents"]), (&json!(2), &json!(1)));
    assert_eq!(done["roots"].as_array().unwrap().len(), 1);
    folder.run(&["index"]).expect(0);
    assert_eq!(ids(&folder), ["one"]);
}

#[test]
fn a_path_that_is_missing_or_empty_is_no_root_and_the_others_go_on() {
    let folder = two_folders();
    fs::create_dir(folder.path("empty")).unwrap();
    for bad in ["none", "empty"] {
        let run = folder.run(&["index", bad]).expect(2);
        assert!(
            run.err.contains(&format!("vankien: {bad}: ")) && run.err.contains("hint: "),
            "{}",
            run.err
        );
        assert!(!folder.path("index").exists(), "no index was made for {bad}");
    }
    let run = folder.run(&["index", "none", "a", "empty", "--json"]).expect(2);
    let done = object(&run);
    let failed: Vec<&Value> = done["failed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|failed| &failed["path"])
        .collect();
    assert_eq!(failed, ["empty", "none"]);
    assert!(done["failed"][0]["error"].is_string() && done["failed"][0]["hint"].is_string());
    assert_eq!(done["roots"].as_array().unwrap().len(), 1);
    folder.run(&["index"]).expect(0);
    assert_eq!(ids(&folder), ["one"]);
}

#[test]
fn one_folder_is_one_root_in_every_spelling_and_from_everywhere() {
    let folder = two_folders();
    folder.run(&["index", "-q", "a"]).expect(0);
    let absolute = folder.path("a");
    for spelling in ["./a", "a/", "b/../a", absolute.to_str().unwrap()] {
        let done = object(&folder.run(&["index", "--json", spelling]).expect(0));
        assert_eq!(done["unchanged"], 1, "{spelling}");
        assert_eq!(
            done["roots"],
            json!([{"path": "a", "absolute": absolute, "folder": true, "documents": 1}])
        );
    }
    // From another working folder the same files are found, under the paths that they were given.
    fs::write(folder.path("a/more.txt"), plan(55)).unwrap();
    let elsewhere = Folder::new();
    let index = folder.path("index");
    let index = index.to_str().unwrap();
    elsewhere.run(&["index", "-q", "--index", index]).expect(0);
    let documents = elsewhere
        .run(&["documents", "--json", "--index", index])
        .expect(0)
        .json();
    assert_eq!(
        (&documents[0]["path"], &documents[1]["path"]),
        (&json!("a/more.txt"), &json!("a/one.txt"))
    );
}

#[test]
fn an_index_that_moves_with_its_files_finds_them() {
    let folder = Folder::new();
    folder.write("old/a/one.txt", plan(11));
    let run = |place: &str, args: &[&str]| {
        let mut command = folder.command(args);
        Run::of(args, command.current_dir(folder.path(place)).output().unwrap())
    };
    run("old", &["index", "-q", "a"]).expect(0);
    fs::rename(folder.path("old"), folder.path("new")).unwrap();
    run("new", &["check"]).expect(0);
    folder.write("new/a/two.txt", plan(22));
    let done = object(&run("new", &["index", "--json"]).expect(0));
    assert_eq!((&done["added"], &done["unchanged"]), (&json!(1), &json!(1)));
}

#[test]
fn what_is_removed_stays_out_until_it_is_named() {
    let folder = two_folders();
    folder.write("b/sub/five.txt", plan(55));
    folder.run(&["index", "-q", "a", "b"]).expect(0);
    let done = object(&folder.run(&["remove", "--json", "two", "b/sub/"]).expect(0));
    assert_eq!(done["removed"], json!(["five", "two"]));
    assert_eq!((&done["documents"], &done["failed"]), (&json!(2), &json!([])));
    for args in [&["index"][..], &["index", "b"], &["index", "--rebuild"]] {
        let run = folder.run(args).expect(0);
        assert!(run.err.contains("2 paths were removed and stay out"), "{}", run.err);
        assert_eq!(ids(&folder), ["one", "three"], "{args:?}");
        folder.run(&["check"]).expect(0);
    }
    folder.run(&["remove", "two"]).expect(2);
    assert!(
        folder
            .run(&["remove", "b/two.txt"])
            .expect(1)
            .err
            .contains("0 documents removed")
    );
    folder.run(&["index", "-q", "b/two.txt"]).expect(0);
    assert_eq!(ids(&folder), ["one", "three", "two"]);
    folder.run(&["index", "-q", "b/sub"]).expect(0);
    assert_eq!(ids(&folder), ["five", "one", "three", "two"]);
    // A whole root goes with all that was in it.
    let run = folder.run(&["remove", "b"]).expect(0);
    assert!(run.err.contains("3 documents removed; 1 document, "), "{}", run.err);
    folder.run(&["index", "-q"]).expect(0);
    assert_eq!(ids(&folder), ["one"]);
    folder.run(&["check"]).expect(0);
}

#[test]
fn what_cannot_be_removed_is_told_and_the_rest_goes() {
    let folder = two_folders();
    folder.run(&["remove", "one"]).expect(2);
    folder.run(&["index", "-q", "a", "b"]).expect(0);
    let run = folder.run(&["remove", "nothing", "t", "one", "--json"]).expect(2);
    let done = object(&run);
    assert_eq!(done["removed"], json!(["one"]));
    assert_eq!(
        (&done["failed"][0]["path"], &done["failed"][1]["path"]),
        (&json!("nothing"), &json!("t"))
    );
    assert!(
        run.err.contains("there is no document 'nothing'\nhint: "),
        "{}",
        run.err
    );
    assert!(run.err.contains("'t' may be several documents"), "{}", run.err);
    folder.run(&["remove"]).expect(2);
    // A file that cannot be read would fail each time.
    folder.write("b/broken.txt", b"\xff\xfe\xfd");
    folder.run(&["index"]).expect(2);
    folder.run(&["remove", "-q", "b/broken.txt"]).expect(0);
    folder.run(&["index"]).expect(0);
}

#[test]
fn files_of_one_stem_have_the_same_ids_in_whatever_order_they_came() {
    let ids_in_order = |order: [&str; 2]| {
        let folder = Folder::new();
        for (number, name) in [(11, "can-tho"), (22, "soc-trang")] {
            folder.write(&format!("{name}/001.txt"), plan(number));
        }
        for name in order {
            folder.run(&["index", "-q", name]).expect(0);
        }
        folder.run(&["show", "soc-trang/001:3"]).expect(0);
        assert!(
            folder
                .run(&["search", "11-NQ/TW", "-l"])
                .expect(0)
                .out
                .starts_with("can-tho/001.txt")
        );
        folder.run(&["check"]).expect(0);
        ids(&folder)
    };
    assert_eq!(ids_in_order(["can-tho", "soc-trang"]), ["can-tho/001", "soc-trang/001"]);
    assert_eq!(ids_in_order(["soc-trang", "can-tho"]), ["can-tho/001", "soc-trang/001"]);
}

#[test]
fn what_nothing_reads_is_counted_by_kind_and_is_no_failure() {
    let folder = two_folders();
    for name in [
        "a/x.dwg",
        "a/y.DWG",
        "a/z.pptx",
        "a/Makefile",
        "a/.hidden.dwg",
        "a/~$one.docx",
    ] {
        folder.write(name, "x");
    }
    folder.write(
        "a/README.md",
        "# Kế hoạch\n\nthực hiện Nghị quyết số 44-NQ/TW ngày 22/12/2024.\n",
    );
    let run = folder.run(&["index", "a"]).expect(0);
    assert!(
        run.err
            .contains("vankien: passed over 2 dwg, 1 no extension, 1 pptx files: "),
        "{}",
        run.err
    );
    let done = object(&folder.run(&["index", "--json"]).expect(0));
    assert_eq!(
        done["passed_over"],
        json!([{"kind": "dwg", "files": 2}, {"kind": "no extension", "files": 1}, {"kind": "pptx", "files": 1}])
    );
    assert_eq!(ids(&folder), ["README", "one"]);
    // The folder of the index counts as nothing, wherever it is.
    folder.run(&["index", "-q", "."]).expect(0);
    let done = object(&folder.run(&["index", "--json"]).expect(0));
    assert_eq!(done["passed_over"][0], json!({"kind": "dwg", "files": 2}));
    assert_eq!(done["passed_over"].as_array().unwrap().len(), 3);
}

#[test]
fn a_file_that_cannot_be_read_is_a_failure_each_time_and_no_news_to_check() {
    let folder = two_folders();
    folder.write("a/broken.txt", b"\xff\xfe\xfd");
    for _ in 0..2 {
        let run = folder.run(&["index", "a", "--json"]).expect(2);
        assert_eq!(object(&run)["failed"][0]["path"], "a/broken.txt");
        assert!(run.err.contains("a/broken.txt: "), "{}", run.err);
    }
    folder.run(&["check"]).expect(0);
    folder.write("a/new.txt", plan(66));
    fs::remove_file(folder.path("a/one.txt")).unwrap();
    let out = folder.run(&["check"]).expect(1).out;
    assert!(
        out.contains("'a/new.txt' is not indexed yet") && out.contains("'a/one.txt' is gone"),
        "{out}"
    );
}

#[test]
fn a_mistyped_index_is_never_built() {
    let folder = Folder::with_seeds();
    let run = folder.run(&["search", "đảng", "--index", "idnex"]).expect(2);
    assert!(
        run.err
            .contains("there is no index in 'idnex'\nhint: check the name of the folder"),
        "{}",
        run.err
    );
    assert!(run.err.contains("`vankien index PATH --index 'idnex'`"), "{}", run.err);
    let mut command = folder.command(&["documents"]);
    let run = Run::of(&["documents"], command.env("VANKIEN_INDEX", "idnex").output().unwrap()).expect(2);
    assert!(run.err.contains("hint: check the name of the folder"), "{}", run.err);
    folder.run(&["check", "--index", "idnex"]).expect(2);
    folder.run(&["remove", "001", "--index", "idnex"]).expect(2);
    assert!(!folder.path("idnex").exists() && !folder.path("index").exists());
    // Naming it is asking for it.
    folder.run(&["index", "-q", "seeds", "--index", "new"]).expect(0);
    folder.run(&["search", "đảng", "--index", "new"]).expect(0);
}
