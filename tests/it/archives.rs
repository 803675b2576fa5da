//! ZIP archives: each member is a document, or is told or counted.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use serde_json::json;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::program::{Folder, root};

/// Writes an archive of these members.
fn write_archive(path: &Path, members: &[(&str, &[u8])]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut writer = ZipWriter::new(File::create(path).unwrap());
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap();
}

/// A plan that cites a resolution of this number.
fn plan(number: u32) -> String {
    format!("KẾ HOẠCH\n\nthực hiện Nghị quyết số {number}-NQ/TW ngày 22/12/2024 của Bộ Chính trị.\n")
}

#[test]
fn members_are_found_shown_removed_and_brought_up_to_date() {
    let folder = Folder::new();
    let archive = folder.path("thu/gui-kem.zip");
    let members = [
        ("Kế hoạch/mot.txt", plan(11)),
        ("hai.md", plan(22)),
        ("so-lieu.dwg", "x".to_owned()),
    ];
    let write = |members: &[(&str, String)]| {
        let members: Vec<(&str, &[u8])> = members.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        write_archive(&archive, &members);
    };
    write(&members);
    let run = folder.run(&["index", "thu"]).expect(0);
    assert!(
        run.err.contains("2 documents") && run.err.contains("passed over 1 dwg file: "),
        "{}",
        run.err
    );
    let documents = folder.run(&["documents", "--json"]).expect(0).json();
    assert_eq!(documents[1]["document"], "mot");
    assert_eq!(documents[1]["path"], "thu/gui-kem.zip/Kế hoạch/mot.txt");
    assert_eq!(documents[0]["format"], "markdown");
    assert!(
        folder
            .run(&["search", "11-NQ/TW", "-l"])
            .expect(0)
            .out
            .contains("gui-kem.zip/Kế hoạch/mot.txt")
    );
    folder.run(&["check"]).expect(0);
    assert!(
        folder
            .run(&["index"])
            .expect(0)
            .err
            .contains("0 changed, 0 removed, 2 unchanged")
    );
    // One member changes, one comes, one goes.
    write(&[("Kế hoạch/mot.txt", plan(33)), ("ba.txt", plan(44))]);
    folder.run(&["check"]).expect(1);
    assert!(
        folder
            .run(&["index"])
            .expect(0)
            .err
            .contains("1 added, 1 changed, 1 removed, 0 unchanged")
    );
    // Another time of change and the same bytes.
    write(&[("ba.txt", plan(44)), ("Kế hoạch/mot.txt", plan(33))]);
    assert!(
        folder
            .run(&["index"])
            .expect(0)
            .err
            .contains("0 changed, 0 removed, 2 unchanged")
    );
    folder.run(&["remove", "-q", "thu/gui-kem.zip/ba.txt"]).expect(0);
    folder.run(&["index", "-q"]).expect(0);
    assert_eq!(folder.run(&["documents", "--json"]).expect(0).json().len(), 1);
    folder.run(&["index", "-q", "thu/gui-kem.zip/ba.txt"]).expect(0);
    assert_eq!(folder.run(&["documents", "--json"]).expect(0).json().len(), 2);
    folder.run(&["index", "thu/gui-kem.zip/bon.txt"]).expect(2);
    // A draft is one document.
    let run = folder.run(&["precedent", "--file", "thu/gui-kem.zip"]).expect(2);
    assert!(run.err.contains("archive of several documents"), "{}", run.err);
}

#[test]
fn members_that_cannot_be_read_are_told_and_the_others_go_on() {
    let folder = Folder::new();
    let pages = |name: &str| fs::read(root().join("tests/fixtures/scans").join(name)).unwrap();
    write_archive(
        &folder.path("thu/tep.zip"),
        &[
            ("tot.txt", plan(11).as_bytes()),
            ("hong.txt", b"\xff\xfe\xfd"),
            ("hong.pdf", b"%PDF-1.7 ..."),
            ("anh.png", &pages("page.png")),
            ("quet.pdf", &pages("text.pdf")),
        ],
    );
    folder.write("thu/cut.zip", "PK\u{3}\u{4}");
    let run = folder.run(&["index", "--json", "thu"]).expect(2);
    let done = &run.json()[0];
    assert_eq!(done["documents"], 3);
    let failed: Vec<&str> = done["failed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|failed| failed["path"].as_str().unwrap())
        .collect();
    assert_eq!(failed, ["thu/cut.zip", "thu/tep.zip/hong.pdf", "thu/tep.zip/hong.txt"]);
    let documents = folder.run(&["documents", "--json"]).expect(0).json();
    let formats: Vec<_> = documents
        .iter()
        .map(|document| [&document["document"], &document["format"]])
        .collect();
    assert_eq!(
        json!(formats),
        json!([["anh", "image"], ["quet", "pdf"], ["tot", "text"]])
    );
    folder.run(&["cite", "144-QĐ/TW"]).expect(0);
    folder.run(&["check"]).expect(0);
    // What an OCR read in an archive is not read again outside.
    folder.write("thu/ngoai.png", pages("page.png"));
    let mut command = folder.command(&["index", "-q", "thu/ngoai.png"]);
    assert!(
        command
            .env("PATH", folder.path("no-programs"))
            .status()
            .unwrap()
            .success()
    );
}

#[test]
fn a_member_with_a_password_and_one_that_unpacks_to_more_than_stated_are_told() {
    let folder = Folder::new();
    let path = folder.path("thu/tep.zip");
    write_archive(
        &path,
        &[("kin.txt", plan(11).as_bytes()), ("no.txt", &vec![b'a'; 100_000])],
    );
    let mut bytes = fs::read(&path).unwrap();
    let lists: Vec<usize> = (0..bytes.len())
        .filter(|&at| bytes[at..].starts_with(b"PK\x01\x02"))
        .collect();
    assert_eq!(lists.len(), 2);
    // Flag 0 says that the member is encrypted, in its own head and in the list.
    bytes[6] |= 1;
    bytes[lists[0] + 8] |= 1;
    // The size that the second states in the list.
    bytes[lists[1] + 24..lists[1] + 28].copy_from_slice(&10_u32.to_le_bytes());
    fs::write(&path, &bytes).unwrap();
    let run = folder.run(&["index", "thu"]).expect(2);
    assert!(run.err.contains("tep.zip/kin.txt: is encrypted\nhint: "), "{}", run.err);
    assert!(
        run.err.contains("tep.zip/no.txt: is damaged: it cannot be unpacked"),
        "{}",
        run.err
    );
}
