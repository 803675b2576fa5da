//! Encodings from before Unicode: what was converted is told, the letters of the file can be seen, and such text neither
//! counts as damaged nor teaches how damaged text is read.

use std::fs;

use super::program::{Folder, root};

/// A document in the letters of TCVN3, set in a font of its own.
const TCVN3: &str = "docx-tcvn3-font.docx";

/// A folder with an index of this fixture.
fn indexed(name: &str) -> Folder {
    let folder = Folder::new();
    let bytes = fs::read(root().join("tests/fixtures/formats").join(name)).unwrap();
    folder.write(&format!("files/{name}"), bytes);
    folder.run(&["index", "files"]).expect(0);
    folder
}

#[test]
fn the_letters_of_the_file_are_shown_with_source() {
    let folder = indexed(TCVN3);
    let found = folder
        .run(&["search", "\"nâng cao chất lượng\"", "--json"])
        .expect(0)
        .json();
    let hit = found.iter().find(|line| line["type"] == "hit").unwrap();
    assert!(
        hit["text"]
            .as_str()
            .unwrap()
            .to_lowercase()
            .contains("nâng cao chất lượng"),
        "{hit}"
    );
    assert!(hit["letters"].as_str().unwrap().contains("chÊt l"), "{hit}");
    assert_eq!(hit["repaired"], serde_json::Value::Null);
    let id = hit["passage"].as_str().unwrap();

    let shown = folder.run(&["show", id]).expect(0);
    assert!(
        shown.out.contains("converted from TCVN3") && !shown.out.contains("chÊt"),
        "{}",
        shown.out
    );
    for args in [
        &["show", id, "--source"][..],
        &["show", id, "-C", "1", "--source"],
        &["search", "\"nâng cao chất lượng\"", "--source"],
        &["search", "\"nâng cao chất lượng\"", "-C", "0", "--source"],
        &[
            "precedent",
            "nâng cao chất lượng sinh hoạt chi bộ ấp, khóm sau khi sắp xếp",
            "--source",
        ],
    ] {
        let shown = folder.run(args).expect(0);
        assert!(shown.out.contains("chÊt"), "{args:?}\n{}", shown.out);
    }
    let cited = folder.run(&["cite", "18-KL/ĐU", "--source"]).expect(0);
    assert!(cited.out.contains("KÕt luËn"), "{}", cited.out);
    let cited = folder.run(&["cite", "18-KL/ĐU"]).expect(0);
    assert!(cited.out.contains("Kết luận"), "{}", cited.out);
}

#[test]
fn what_was_converted_teaches_nothing_and_is_not_repaired() {
    let folder = Folder::new();
    let bytes = fs::read(root().join("tests/fixtures/formats").join(TCVN3)).unwrap();
    folder.write(&format!("files/{TCVN3}"), bytes);
    let scan = fs::read(root().join("seeds/003_df078dc1419f2d79.txt")).unwrap();
    folder.write("files/scan.txt", scan);
    let run = folder.run(&["index", "files"]).expect(0);
    assert!(!run.err.contains("learnt from"), "{}", run.err);
    let passages = folder.run(&["export", "passages"]).expect(0).json();
    let converted: Vec<_> = passages
        .iter()
        .filter(|passage| passage["document"] == "docx-tcvn3-font")
        .collect();
    assert!(!converted.is_empty() && converted.iter().all(|passage| passage["repaired"].is_null()));
    let scanned = passages.iter().filter(|passage| passage["document"] == "scan");
    assert!(scanned.clone().all(|passage| passage["letters"].is_null()));
}

#[test]
fn families_of_wording_show_the_letters_of_the_file_too() {
    let folder = Folder::new();
    for name in [TCVN3, "utf8.txt"] {
        let bytes = fs::read(root().join("tests/fixtures/formats").join(name)).unwrap();
        folder.write(&format!("files/{name}"), bytes);
    }
    folder.run(&["index", "files"]).expect(0);
    let read = folder.run(&["precedent", "--all"]).expect(0);
    assert!(!read.out.contains("chÊt"), "{}", read.out);
    let source = folder.run(&["precedent", "--all", "--source"]).expect(0);
    assert!(
        source.out.contains("chÊt") && source.out.contains("chất"),
        "{}",
        source.out
    );
}
