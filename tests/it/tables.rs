//! Answers as files: the format by the ending of the name, whole or not at all, never over a document.

use std::fs;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};

use super::program::Folder;

/// A folder with the seeds and their index.
fn indexed() -> Folder {
    let folder = Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    folder
}

/// The cells of the first sheet of a workbook.
fn sheet(path: &Path) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

/// The names in a folder, sorted.
fn names(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(folder.path(".")).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn every_list_is_written_in_every_format() {
    let folder = indexed();
    folder.write(
        "draft.txt",
        "Căn cứ Nghị quyết số 21-NQ/TW ngày 16/6/2021 của Ban Chấp hành Trung ương.\n",
    );
    let to = |args: &[&str], file: &str, code: i32| {
        let run = folder.run(&[args, &["-o", file]].concat()).expect(code);
        assert_eq!(run.out, "", "{args:?}");
        fs::read(folder.path(file)).unwrap()
    };
    for (args, code) in [
        (&["search", "đảng viên"][..], 0),
        (&["cite", "21-NQ/TW"], 0),
        (&["cites", "001"], 0),
        (&["citations"], 0),
        (&["documents"], 0),
        (&["outline", "001"], 0),
        (&["facets", "place"], 0),
        (&["precedent", "nâng cao năng lực lãnh đạo, sức chiến đấu"], 0),
        (&["precedent", "--matrix"], 0),
        (&["proof", "draft.txt"], 1),
        (&["register", "21-NQ/TW"], 0),
        (&["check"], 0),
        (&["export", "documents"], 0),
        (&["export", "sections"], 0),
        (&["export", "passages"], 0),
        (&["export", "footnotes"], 0),
        (&["export", "citations"], 0),
    ] {
        let csv = String::from_utf8(to(args, "out.csv", code)).unwrap();
        to(args, "out.xlsx", code);
        let rows = sheet(&folder.path("out.xlsx"));
        let header: Vec<String> = rows[0].iter().map(ToString::to_string).collect();
        assert_eq!(csv.lines().next().unwrap(), header.join(","), "{args:?}");
        assert_eq!(csv.lines().count(), rows.len(), "{args:?}");
    }
    let tsv = String::from_utf8(to(&["documents"], "out.tsv", 0)).unwrap();
    assert!(tsv.starts_with("document\ttype\ttitle\t"), "{tsv}");
    let json = String::from_utf8(to(&["documents"], "out.json", 0)).unwrap();
    assert!(
        json.lines().count() == 5 && json.lines().all(|line| line.starts_with('{')),
        "{json}"
    );
}

#[test]
fn labels_and_titles_stand_beside_slugs_and_ids() {
    let folder = indexed();
    folder.run(&["cite", "21-NQ/TW", "-o", "places.csv"]).expect(0);
    let csv = fs::read_to_string(folder.path("places.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let header = rows.headers().unwrap().clone();
    assert!(
        csv.starts_with("document,passage,place,page,line,symbol,name,kind,date,"),
        "{csv}"
    );
    let row = rows.records().next().unwrap().unwrap();
    let cell = |name: &str| &row[header.iter().position(|head| head == name).unwrap()];
    assert_eq!(cell("kind"), "nghi-quyet");
    assert_eq!(cell("kind_label"), "Nghị quyết");
    assert!(!cell("place_label").is_empty() && !cell("document_title").is_empty());
    assert!(cell("path").starts_with("seeds/"), "{}", cell("path"));
    folder.run(&["show", cell("passage")]).expect(0);
}

#[test]
fn a_workbook_leads_to_the_files() {
    let folder = indexed();
    folder.run(&["documents", "-o", "documents.xlsx"]).expect(0);
    let file = fs::File::open(folder.path("documents.xlsx")).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let links = std::io::read_to_string(archive.by_name("xl/worksheets/_rels/sheet1.xml.rels").unwrap()).unwrap();
    let seed = fs::canonicalize(folder.path("seeds/001_a1c1383653321638.txt")).unwrap();
    assert!(links.contains(seed.to_str().unwrap()), "{links}");
    let xml = std::io::read_to_string(archive.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
    assert!(xml.contains("<autoFilter") && xml.contains("state=\"frozen\""), "{xml}");
}

#[test]
fn a_byte_order_mark_comes_when_asked_for() {
    let folder = indexed();
    let csv = |args: &[&str]| {
        folder
            .run(&[&["documents", "--format", "csv"], args].concat())
            .expect(0)
            .out
    };
    assert_eq!(csv(&["--bom"]), format!("\u{feff}{}", csv(&[])));
    let refused = folder.run(&["documents", "--bom"]).expect(2);
    assert!(refused.err.contains("--format csv"), "{}", refused.err);
}

#[test]
fn the_ending_names_the_format_unless_one_is_named() {
    let folder = indexed();
    folder
        .run(&["documents", "--format", "csv", "-o", "documents.dat"])
        .expect(0);
    assert!(
        fs::read_to_string(folder.path("documents.dat"))
            .unwrap()
            .starts_with("document,")
    );
    let unknown = folder.run(&["documents", "-o", "documents.docx"]).expect(2);
    assert!(unknown.err.contains("--format"), "{}", unknown.err);
    let text = folder.run(&["export", "documents", "-o", "documents.txt"]).expect(2);
    assert!(text.err.contains("--format"), "{}", text.err);
    assert!(!folder.path("documents.docx").exists() && !folder.path("documents.txt").exists());
    // A pipe takes a workbook.
    let piped = folder.command(&["documents", "--format", "xlsx"]).output().unwrap();
    assert!(piped.status.success() && piped.stdout.starts_with(b"PK"));
}

#[test]
fn a_document_is_never_written_over() {
    let folder = indexed();
    let seed = "seeds/001_a1c1383653321638.txt";
    let before = fs::read(folder.path(seed)).unwrap();
    let run = folder.run(&["search", "đảng", "-o", seed]).expect(2);
    assert!(run.err.contains("is a document of the index"), "{}", run.err);
    std::os::unix::fs::symlink(folder.path(seed), folder.path("link.txt")).unwrap();
    folder.run(&["search", "đảng", "-o", "link.txt"]).expect(2);
    folder.run(&["proof", "-o", "draft.txt", "draft.txt"]).expect(2);
    assert_eq!(fs::read(folder.path(seed)).unwrap(), before);
    let inside = folder.run(&["documents", "-o", "index/documents.csv"]).expect(2);
    assert!(inside.err.contains("folder of the index"), "{}", inside.err);
    // The first search builds the index, so that the file is a document only when it is there.
    let fresh = Folder::with_seeds();
    fresh.run(&["search", "đảng", "-o", seed]).expect(2);
    assert_eq!(fs::read(fresh.path(seed)).unwrap(), before);
}

#[test]
fn no_half_file_is_left() {
    let folder = indexed();
    folder.write("kept.csv", "old\n");
    let before = names(&folder);
    // The command fails after the file was begun.
    folder.run(&["outline", "009", "-o", "kept.csv"]).expect(2);
    folder.run(&["show", "001", "-o", "kept.csv"]).expect(2);
    assert_eq!(names(&folder), before);
    assert_eq!(fs::read_to_string(folder.path("kept.csv")).unwrap(), "old\n");
    let missing = folder.run(&["documents", "-o", "nowhere/documents.csv"]).expect(2);
    assert!(
        missing.err.contains("cannot write 'nowhere/documents.csv'"),
        "{}",
        missing.err
    );
    let dir = folder.run(&["documents", "-o", "seeds"]).expect(2);
    assert!(dir.err.contains("it is a folder"), "{}", dir.err);
    // A device is no file to replace.
    folder
        .run(&["documents", "--format", "csv", "-o", "/dev/null"])
        .expect(0);
    folder.run(&["documents", "-o", "kept.csv"]).expect(0);
    assert!(
        fs::read_to_string(folder.path("kept.csv"))
            .unwrap()
            .starts_with("document,")
    );
    assert_eq!(names(&folder), before);
}

#[test]
fn nothing_found_is_a_table_with_a_header_alone() {
    let folder = indexed();
    folder.run(&["cite", "999-NQ/TW", "-o", "none.xlsx"]).expect(1);
    assert_eq!(sheet(&folder.path("none.xlsx")).len(), 1);
    folder.run(&["search", "xyzzyabc", "-o", "none.csv"]).expect(1);
    assert_eq!(fs::read_to_string(folder.path("none.csv")).unwrap().lines().count(), 1);
    let nothing = folder.run(&["search", "xyzzyabc", "-o", "none.txt"]).expect(1);
    assert!(nothing.err.contains("'none.txt' was not written"), "{}", nothing.err);
    assert!(!folder.path("none.txt").exists());
}
