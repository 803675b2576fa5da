//! Damaged documents are read with what the clean documents of the same corpus teach, and the index stays the same
//! however it came about.

use vankien::index::Index;
use vankien::reading::Reading;

use super::program::{Folder, Run};

const CLEAN: [&str; 2] = ["001_a1c1383653321638", "004_dd2783c7784f4f98"];
const SCANS: [&str; 3] = ["000_d870f14bd0405ca4", "002_7d0812b23f44b276", "003_df078dc1419f2d79"];

/// Text of a seed.
fn seed(name: &str) -> String {
    std::fs::read_to_string(super::program::root().join("seeds").join(format!("{name}.txt"))).unwrap()
}

/// Makes the files in `files` of `folder` these seeds, and brings its index up to date.
fn index(folder: &Folder, seeds: &[&str]) -> Run {
    std::fs::create_dir_all(folder.path("files")).unwrap();
    for file in std::fs::read_dir(folder.path("files")).unwrap() {
        let path = file.unwrap().path();
        if !seeds.contains(&path.file_stem().unwrap().to_str().unwrap()) {
            std::fs::remove_file(path).unwrap();
        }
    }
    for name in seeds {
        if !folder.path(format!("files/{name}.txt")).exists() {
            folder.write(&format!("files/{name}.txt"), seed(name));
        }
    }
    let run = folder.run(&["index", "files"]).expect(0);
    folder.run(&["check"]).expect(0);
    run
}

/// All records of all sorts.
fn records(folder: &Folder) -> Vec<String> {
    ["documents", "sections", "passages", "footnotes", "citations"]
        .iter()
        .flat_map(|sort| {
            let run = folder.run(&["export", sort]).expect(0);
            run.out.lines().map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}

/// Asserts that the index of `folder` is what one built anew of these seeds would be.
#[track_caller]
fn expect_as_built_anew(folder: &Folder, seeds: &[&str]) {
    let anew = Folder::new();
    index(&anew, seeds);
    let (came, fresh) = (records(folder), records(&anew));
    assert_eq!(came.len(), fresh.len());
    for (came, fresh) in came.iter().zip(&fresh) {
        assert_eq!(came, fresh);
    }
}

/// Files of what was learnt.
fn lessons(folder: &Folder) -> Vec<String> {
    let files = std::fs::read_dir(folder.path("index")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with("learnt-")).collect()
}

#[test]
fn scans_are_read_with_what_clean_documents_teach() {
    let folder = Folder::new();
    let run = index(&folder, &[CLEAN[0], CLEAN[1], SCANS[2]]);
    let told = "vankien: learnt from the clean text of 2 documents, read 1 damaged document with that\n";
    assert!(run.err.starts_with(told), "{}", run.err);
    let texts = CLEAN.map(seed);
    let model = super::seeds::joined_with(texts.iter().map(String::as_str));
    let indexed = Index::open(&folder.path("index")).unwrap().document(SCANS[2]).unwrap();
    assert_eq!(indexed.reading, Reading::with(&model, &seed(SCANS[2])));
    assert_ne!(indexed.reading, Reading::of(&seed(SCANS[2])));
}

#[test]
fn a_corpus_without_damage_learns_nothing() {
    let folder = Folder::new();
    let run = index(&folder, &CLEAN);
    assert!(!run.err.contains("learnt"), "{}", run.err);
    assert_eq!(lessons(&folder), [""; 0]);
    index(&folder, &[CLEAN[0], SCANS[2]]);
    assert_eq!(lessons(&folder).len(), 1);
    index(&folder, &CLEAN);
    index(&folder, &CLEAN[..1]);
    assert_eq!(lessons(&folder), [""; 0], "nothing needs it any more");
}

#[test]
fn scans_that_come_one_by_one_are_read_as_at_one_go() {
    let folder = Folder::new();
    let first = index(&folder, &[CLEAN[0], SCANS[2]]);
    assert!(first.err.contains("learnt"), "{}", first.err);
    let second = index(&folder, &[CLEAN[0], SCANS[2], SCANS[0]]);
    assert!(!second.err.contains("learnt"), "it serves still: {}", second.err);
    expect_as_built_anew(&folder, &[CLEAN[0], SCANS[2], SCANS[0]]);
}

#[test]
fn much_new_clean_text_has_every_scan_read_anew() {
    let folder = Folder::new();
    index(&folder, &[SCANS[2]]);
    let with_clean = index(&folder, &[SCANS[2], CLEAN[0]]);
    assert!(with_clean.err.contains("1 unchanged"), "{}", with_clean.err);
    expect_as_built_anew(&folder, &[SCANS[2], CLEAN[0]]);
    index(&folder, &[SCANS[2], CLEAN[1]]);
    expect_as_built_anew(&folder, &[SCANS[2], CLEAN[1]]);
}

#[test]
fn a_little_new_clean_text_has_no_scan_read_anew() {
    let folder = Folder::new();
    let seeds = [CLEAN[0], SCANS[2]];
    index(&folder, &seeds);
    let before = Index::open(&folder.path("index")).unwrap().document(SCANS[2]).unwrap();
    folder.write("files/005.txt", "Đảng ủy xã Ngọc Tố ban hành kế hoạch năm 2025.\n");
    let run = folder.run(&["index", "files"]).expect(0);
    assert!(
        run.err.contains("1 added") && !run.err.contains("learnt"),
        "{}",
        run.err
    );
    let after = Index::open(&folder.path("index")).unwrap().document(SCANS[2]).unwrap();
    assert_eq!(before.reading, after.reading);
    // Many such additions are together a large one.
    folder.write("files/006.txt", seed(CLEAN[1]));
    let run = folder.run(&["index", "files"]).expect(0);
    assert!(
        run.err.contains("clean text of 3 documents, read 1 damaged"),
        "{}",
        run.err
    );
    folder.run(&["check"]).expect(0);
}
