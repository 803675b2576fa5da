//! Builds, seen from outside: what they index, refuse and keep.

use std::fs;
use std::path::Path;

use super::*;
use crate::index::Index;
use crate::index::folder::{lock, numbered_files};
use crate::index::testing::{Sample, TestFolder};
use crate::index::{Error, check};

fn samples() -> Vec<Sample> {
    vec![
        Sample::new("001", "Đảng bộ thành phố\n\nnăm 2025"),
        Sample::new("002", "Chi bộ trực thuộc"),
    ]
}

#[test]
fn only_changed_and_removed_files_are_indexed_again() {
    let folder = TestFolder::new();
    let mut samples = samples();
    let report = folder.build(&samples).unwrap();
    assert_eq!((report.added, report.documents, report.passages), (2, 2, 3));
    let first = folder.open();

    let report = folder.build(&samples).unwrap();
    assert_eq!((report.unchanged, report.bytes), (2, 0));
    assert_eq!(folder.open().generation(), first.generation());

    samples[0].text = "Đảng bộ tỉnh".to_owned();
    samples.push(Sample::new("003", "Kế hoạch"));
    samples.remove(1);
    let report = folder.build(&samples).unwrap();
    assert_eq!((report.added, report.changed, report.removed), (1, 1, 1));
    let second = folder.open();
    let ids: Vec<&str> = second
        .documents()
        .unwrap()
        .map(|record| record.document.as_str())
        .collect();
    assert_eq!(ids, ["001", "003"]);
    assert_eq!(second.passages_count(), 2);
    assert_eq!(second.passage("001:1").unwrap().record.text, "Đảng bộ tỉnh");
    assert!(matches!(second.passage("002:1"), Err(Error::Unknown { .. })));
    // An index that was opened before still reads the old state.
    assert_eq!(first.document("002").unwrap().document.text, "Chi bộ trực thuộc");
    assert_eq!(first.passages_count(), 3);
    let check = check(&folder.dir()).unwrap();
    assert!(check.defects.is_empty() && check.stale.is_empty(), "{check:?}");
}

/// A service answers from the state that it holds while later ones are written.
#[test]
fn a_held_index_reads_files_that_later_builds_removed() {
    let folder = TestFolder::new();
    let mut samples = samples();
    folder.build(&samples).unwrap();
    let (held, opened) = (Index::hold(&folder.dir()).unwrap(), folder.open());
    let before = held.document("001").unwrap();
    opened.manifest().unwrap();
    let rebuild = BuildOptions {
        rebuild: true,
        ..BuildOptions::default()
    };
    for round in 0..3 {
        samples[0].text = format!("Đảng bộ lần {round}");
        folder.build_with(&samples, &rebuild).unwrap();
    }
    assert!(opened.document("001").is_err(), "its pack is gone");
    assert_eq!(held.document("001").unwrap(), before);
    assert_eq!(held.cited_places("001").unwrap(), []);
    assert!(held.passage("001:1").is_ok());
}

/// The ids of the documents of an index.
fn ids(dir: &Path) -> Vec<String> {
    let index = Index::open(dir).unwrap();
    index
        .documents()
        .unwrap()
        .map(|record| record.document.clone())
        .collect()
}

/// A document that keeps its place in the index and gets another id is renamed, not read again.
#[test]
fn ids_follow_from_all_files_whichever_are_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let dir = at("index");
    for name in ["a", "b"] {
        fs::create_dir(at(name)).unwrap();
        fs::write(at(name).join("001.txt"), format!("Đảng bộ {name}")).unwrap();
    }
    fs::write(at("b/002.txt"), "Pang bd cac co quan Pang thanh phd").unwrap();
    let options = BuildOptions::default();
    update(&dir, &[at("a")], &options, &mut ()).unwrap();
    assert_eq!(ids(&dir), ["001"]);
    let report = update(&dir, &[at("b")], &options, &mut ()).unwrap();
    assert_eq!(
        (report.added, report.changed, report.removed, report.unchanged),
        (2, 0, 0, 1)
    );
    assert_eq!(ids(&dir), ["002", "a/001", "b/001"]);
    let index = Index::open(&dir).unwrap();
    for id in ["a/001", "b/001"] {
        let parsed = index.document(id).unwrap();
        assert_eq!(parsed.document.id, id);
        assert_eq!(index.passage(&format!("{id}:1")).unwrap().record.document, id);
        assert_eq!(parsed.document.text, format!("Đảng bộ {}", &id[..1]));
    }
    assert!(index.passage("001:1").is_err());
    // The id that two files shared goes to the one that is left, also to a damaged one that is read again.
    let removed = remove(
        &dir,
        &["a".to_owned(), at("a").display().to_string()],
        &options,
        &mut (),
    )
    .unwrap();
    assert_eq!(removed.removed, ["a/001"]);
    assert_eq!(ids(&dir), ["001", "002"]);
    assert_eq!(
        Index::open(&dir).unwrap().passage("001:1").unwrap().record.text,
        "Đảng bộ b"
    );
    let check = check(&dir).unwrap();
    assert!(check.defects.is_empty() && check.stale.is_empty(), "{check:?}");
}

/// A rebuild reads everything anew but what it cannot read.
#[test]
fn a_rebuild_keeps_the_documents_of_a_root_that_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let dir = at("index");
    for name in ["a", "b"] {
        fs::create_dir(at(name)).unwrap();
        fs::write(at(name).join(format!("{name}1.txt")), "Đảng bộ thành phố").unwrap();
    }
    fs::write(at("b/b2.txt"), "Pang bd cac co quan Pang thanh phd").unwrap();
    let rebuild = BuildOptions {
        rebuild: true,
        ..BuildOptions::default()
    };
    update(&dir, &[at("a"), at("b")], &rebuild, &mut ()).unwrap();
    fs::rename(at("b"), at("c")).unwrap();
    for damage in [false, true] {
        if damage {
            // The roots are found without the rest.
            fs::write(dir.join("index.json"), "{").unwrap();
            fs::rename(at("c"), at("b")).unwrap();
        }
        let report = update(&dir, &[], &rebuild, &mut ()).unwrap();
        assert_eq!((report.documents, report.absent.len()), (3, usize::from(!damage)));
        assert_eq!(ids(&dir), ["a1", "b1", "b2"]);
        assert_eq!(
            Index::open(&dir).unwrap().document("b1").unwrap().document.text,
            "Đảng bộ thành phố"
        );
        assert!(check(&dir).unwrap().defects.is_empty());
    }
}

#[test]
fn packs_do_not_grow_with_the_number_of_builds() {
    let folder = TestFolder::new();
    let mut samples = samples();
    for round in 0..12 {
        samples[0].text = format!("Đảng bộ lần {round}");
        folder.build(&samples).unwrap();
    }
    let size: u64 = numbered_files(&folder.dir())
        .filter(|file| file.path.is_file())
        .map(|file| fs::metadata(file.path).unwrap().len())
        .sum();
    assert!(size < 6_000, "{size} bytes");
    assert_eq!(
        folder.open().document("002").unwrap().document.text,
        "Chi bộ trực thuộc"
    );
}

#[test]
fn a_second_writer_gets_the_error_that_the_index_is_busy() {
    let folder = TestFolder::new();
    folder.build(&samples()).unwrap();
    let held = lock(&folder.dir()).unwrap();
    assert!(matches!(folder.build(&samples()), Err(Error::Busy { .. })));
    assert!(Index::open(&folder.dir()).is_ok(), "readers need no lock");
    drop(held);
    assert!(folder.build(&samples()).is_ok());
}

#[test]
fn another_format_is_refused_and_a_rebuild_replaces_it() {
    let folder = TestFolder::new();
    folder.build(&samples()).unwrap();
    fs::write(
        folder.dir().join("index.json"),
        r#"{"format":77,"vankien":"9.9.9","x":1}"#,
    )
    .unwrap();
    let error = Index::open(&folder.dir()).unwrap_err();
    let message = error.to_string();
    assert!(
        message.contains("format 77 (vankien 9.9.9)") && message.contains("reads format"),
        "{message}"
    );
    assert_eq!(
        error.hint().as_deref(),
        Some("build it anew: `vankien index --rebuild`")
    );
    assert!(matches!(folder.build(&samples()), Err(Error::Format { found: 77, .. })));
    let rebuild = BuildOptions {
        rebuild: true,
        ..BuildOptions::default()
    };
    assert_eq!(folder.build_with(&samples(), &rebuild).unwrap().added, 2);
    assert_eq!(folder.open().passages_count(), 3);
}

#[test]
fn a_file_that_cannot_be_read_any_more_stays_as_it_was() {
    let folder = TestFolder::new();
    folder.build(&samples()).unwrap();
    fs::write(folder.files().join("002.txt"), b"\xff\xfe\x00").unwrap();
    let report = update(&folder.dir(), &[folder.files()], &BuildOptions::default(), &mut ()).unwrap();
    assert_eq!(report.failed.len(), 1);
    assert_eq!(
        folder.open().document("002").unwrap().document.text,
        "Chi bộ trực thuộc"
    );
    assert_eq!(check(&folder.dir()).unwrap().stale.len(), 1);
}
