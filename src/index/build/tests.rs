//! Builds, seen from outside: what is taken up, what is refused, what stays.

use std::fs;

use super::*;
use crate::index::check;
use crate::index::folder::{lock, numbered_files};
use crate::index::testing::{Corner, Sample};

fn samples() -> Vec<Sample> {
    vec![
        Sample::new("001", "Đảng bộ thành phố\n\nnăm 2025"),
        Sample::new("002", "Chi bộ trực thuộc"),
    ]
}

#[test]
fn only_what_changed_or_vanished_is_taken_up() {
    let corner = Corner::new();
    let mut samples = samples();
    let report = corner.build(&samples).unwrap();
    assert_eq!((report.added, report.documents, report.passages), (2, 2, 3));
    let first = corner.open();

    let report = corner.build(&samples).unwrap();
    assert_eq!((report.unchanged, report.bytes), (2, 0));
    assert_eq!(corner.open().generation(), first.generation());

    samples[0].text = "Đảng bộ tỉnh".to_owned();
    samples.push(Sample::new("003", "Kế hoạch"));
    samples.remove(1);
    let report = corner.build(&samples).unwrap();
    assert_eq!((report.added, report.changed, report.removed), (1, 1, 1));
    let second = corner.open();
    let ids: Vec<&str> = second
        .documents()
        .unwrap()
        .map(|record| record.document.as_str())
        .collect();
    assert_eq!(ids, ["001", "003"]);
    assert_eq!(second.passages_count(), 2);
    assert_eq!(second.passage("001:1").unwrap().record.text, "Đảng bộ tỉnh");
    assert!(matches!(second.passage("002:1"), Err(Error::Unknown { .. })));
    // Whoever opened the old index still reads it whole.
    assert_eq!(first.document("002").unwrap().document.text, "Chi bộ trực thuộc");
    assert_eq!(first.passages_count(), 3);
    let check = check(&corner.dir()).unwrap();
    assert!(check.defects.is_empty() && check.stale.is_empty(), "{check:?}");
}

/// A service answers from the state that it holds while others write the next ones.
#[test]
fn what_is_held_is_read_also_when_later_builds_have_removed_it() {
    let corner = Corner::new();
    let mut samples = samples();
    corner.build(&samples).unwrap();
    let (held, loose) = (corner.open(), corner.open());
    held.pin().unwrap();
    let before = held.document("001").unwrap();
    loose.manifest().unwrap();
    let rebuild = BuildOptions {
        rebuild: true,
        ..BuildOptions::default()
    };
    for round in 0..3 {
        samples[0].text = format!("Đảng bộ lần {round}");
        corner.build_with(&samples, &rebuild).unwrap();
    }
    assert!(loose.document("001").is_err(), "its pack is gone");
    assert_eq!(held.document("001").unwrap(), before);
    assert_eq!(held.cited_places("001").unwrap(), []);
    assert!(held.passage("001:1").is_ok());
}

#[test]
fn a_folder_that_cannot_be_listed_loses_no_document() {
    let corner = Corner::new();
    corner.build(&samples()).unwrap();
    let refused = Corpus {
        entries: Vec::new(),
        errors: vec![corpus::Error {
            path: corner.files(),
            kind: corpus::ErrorKind::Unreadable(std::io::ErrorKind::PermissionDenied.into()),
        }],
    };
    let report = build(&corner.dir(), &refused, &BuildOptions::default(), &mut ()).unwrap();
    assert_eq!((report.documents, report.removed), (2, 0));
    assert_eq!(corner.open().passages_count(), 3);
}

#[test]
fn packs_do_not_grow_with_the_number_of_builds() {
    let corner = Corner::new();
    let mut samples = samples();
    for round in 0..12 {
        samples[0].text = format!("Đảng bộ lần {round}");
        corner.build(&samples).unwrap();
    }
    let size: u64 = numbered_files(&corner.dir())
        .filter(|file| file.path.is_file())
        .map(|file| fs::metadata(file.path).unwrap().len())
        .sum();
    assert!(size < 6_000, "{size} bytes");
    assert_eq!(
        corner.open().document("002").unwrap().document.text,
        "Chi bộ trực thuộc"
    );
}

#[test]
fn a_second_writer_is_told_that_the_index_is_busy() {
    let corner = Corner::new();
    corner.build(&samples()).unwrap();
    let held = lock(&corner.dir()).unwrap();
    assert!(matches!(corner.build(&samples()), Err(Error::Busy { .. })));
    assert!(Index::open(&corner.dir()).is_ok(), "readers are not kept out");
    drop(held);
    assert!(corner.build(&samples()).is_ok());
}

#[test]
fn another_format_is_refused_and_a_rebuild_replaces_it() {
    let corner = Corner::new();
    corner.build(&samples()).unwrap();
    fs::write(
        corner.dir().join("index.json"),
        r#"{"format":77,"vankien":"9.9.9","x":1}"#,
    )
    .unwrap();
    let error = Index::open(&corner.dir()).unwrap_err();
    let message = error.to_string();
    assert!(
        message.contains("format 77 (vankien 9.9.9)") && message.contains("reads format"),
        "{message}"
    );
    assert_eq!(error.hint(), Some("build it anew: `vankien index --rebuild`"));
    assert!(matches!(corner.build(&samples()), Err(Error::Format { found: 77, .. })));
    let rebuild = BuildOptions {
        rebuild: true,
        ..BuildOptions::default()
    };
    assert_eq!(corner.build_with(&samples(), &rebuild).unwrap().added, 2);
    assert_eq!(corner.open().passages_count(), 3);
}

#[test]
fn a_file_that_cannot_be_read_any_more_stays_as_it_was() {
    let corner = Corner::new();
    corner.build(&samples()).unwrap();
    fs::write(corner.files().join("002.txt"), b"\xff\xfe\x00").unwrap();
    let corpus = Corpus::scan(&[corner.files()]);
    let report = build(&corner.dir(), &corpus, &BuildOptions::default(), &mut ()).unwrap();
    assert_eq!(report.failed.len(), 1);
    assert_eq!(
        corner.open().document("002").unwrap().document.text,
        "Chi bộ trực thuộc"
    );
    assert_eq!(check(&corner.dir()).unwrap().stale.len(), 1);
}
