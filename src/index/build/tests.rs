//! Builds, seen from outside: what they index, refuse and keep.

use std::fs;

use super::*;
use crate::index::check;
use crate::index::folder::{lock, numbered_files};
use crate::index::snapshot::Index;
use crate::index::testing::{Sample, TestFolder};

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

/// A service answers from the state that it pinned while later ones are written.
#[test]
fn a_pinned_index_reads_files_that_later_builds_removed() {
    let folder = TestFolder::new();
    let mut samples = samples();
    folder.build(&samples).unwrap();
    let (pinned, unpinned) = (folder.open(), folder.open());
    pinned.pin().unwrap();
    let before = pinned.document("001").unwrap();
    unpinned.manifest().unwrap();
    let rebuild = BuildOptions {
        rebuild: true,
        ..BuildOptions::default()
    };
    for round in 0..3 {
        samples[0].text = format!("Đảng bộ lần {round}");
        folder.build_with(&samples, &rebuild).unwrap();
    }
    assert!(unpinned.document("001").is_err(), "its pack is gone");
    assert_eq!(pinned.document("001").unwrap(), before);
    assert_eq!(pinned.cited_places("001").unwrap(), []);
    assert!(pinned.passage("001:1").is_ok());
}

#[test]
fn a_folder_that_cannot_be_listed_loses_no_document() {
    let folder = TestFolder::new();
    folder.build(&samples()).unwrap();
    let refused = Corpus {
        entries: Vec::new(),
        errors: vec![corpus::Error {
            path: folder.files(),
            kind: corpus::ErrorKind::Unreadable(std::io::ErrorKind::PermissionDenied.into()),
        }],
    };
    let report = build(&folder.dir(), &refused, &BuildOptions::default(), &mut ()).unwrap();
    assert_eq!((report.documents, report.removed), (2, 0));
    assert_eq!(folder.open().passages_count(), 3);
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
    assert_eq!(error.hint(), Some("build it anew: `vankien index --rebuild`"));
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
    let corpus = Corpus::scan(&[folder.files()]);
    let report = build(&folder.dir(), &corpus, &BuildOptions::default(), &mut ()).unwrap();
    assert_eq!(report.failed.len(), 1);
    assert_eq!(
        folder.open().document("002").unwrap().document.text,
        "Chi bộ trực thuộc"
    );
    assert_eq!(check(&folder.dir()).unwrap().stale.len(), 1);
}
