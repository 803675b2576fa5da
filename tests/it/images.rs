//! Images, PDFs and the output of other OCRs: what is read, where it stands on paper, and what is told where the
//! programs that read them are missing. These tests need tesseract with its Vietnamese model and poppler, which
//! `tests/run` installs. `tests/fixtures/scans/render.py` draws the page from clean lines of a seed.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use vankien::corpus::{Content, Corpus, Format, PlacedWord};
use vankien::index::Index;

use super::program::{Folder, Run, root};

/// What is printed on the page of the fixtures.
const PRINTED: &str = include_str!("../fixtures/scans/page.txt");

fn fixture(name: &str) -> PathBuf {
    root().join("tests/fixtures/scans").join(name)
}

/// A folder with these fixtures in `seeds`.
fn folder_with(names: &[&str]) -> Folder {
    let folder = Folder::new();
    for name in names {
        folder.write(&format!("seeds/{name}"), fs::read(fixture(name)).unwrap());
    }
    folder
}

/// Reads one fixture with the library.
fn read(name: &str) -> Content {
    let corpus = Corpus::scan(&[fixture(name)]);
    corpus.entries[0].read().unwrap().content
}

/// Runs the program with `programs` alone to be found.
fn run_with_only(folder: &Folder, programs: &[&str], args: &[&str]) -> Run {
    let path = folder.path("programs");
    fs::create_dir_all(&path).unwrap();
    for program in programs {
        let which = Command::new("which").arg(program).output().unwrap();
        let found = String::from_utf8(which.stdout).unwrap();
        let link = path.join(program);
        if !link.exists() {
            std::os::unix::fs::symlink(found.trim(), link).unwrap();
        }
    }
    Run::of(args, folder.command(args).env("PATH", &path).output().unwrap())
}

/// Share of the words of `printed` that `read` has in the same order.
fn exact(printed: &str, read: &str) -> f64 {
    let (printed, read): (Vec<&str>, Vec<&str>) =
        (printed.split_whitespace().collect(), read.split_whitespace().collect());
    let mut before = vec![0_usize; read.len() + 1];
    for word in &printed {
        let mut now = vec![0; read.len() + 1];
        for (at, other) in read.iter().enumerate() {
            now[at + 1] = if word == other {
                before[at] + 1
            } else {
                before[at + 1].max(now[at])
            };
        }
        before = now;
    }
    before[read.len()] as f64 / printed.len() as f64
}

#[test]
fn a_drawn_page_is_read_as_it_is_printed() {
    for (name, format, least) in [
        ("page.png", Format::Image, 0.95),
        ("pages.tif", Format::Image, 0.95),
        ("scan.pdf", Format::Pdf, 0.95),
        ("text.pdf", Format::Pdf, 1.0),
    ] {
        let content = read(name);
        let share = exact(PRINTED, &content.text);
        println!(
            "{name}: {share:.3} of {} words exact",
            PRINTED.split_whitespace().count()
        );
        assert_eq!(content.format, format, "{name}");
        assert!(share >= least, "{name}: {share:.3}\n{}", content.text);
        let lines: Vec<&str> = content.text.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(
            lines.len(),
            PRINTED.lines().count(),
            "a line for a line\n{}",
            content.text
        );
    }
}

#[test]
fn the_pages_of_a_tiff_are_pages() {
    let content = read("pages.tif");
    let halves: Vec<&str> = content.text.split('\u{c}').collect();
    let lines = |half: &str| half.lines().filter(|line| !line.is_empty()).count();
    assert_eq!(
        (halves.len(), lines(halves[0]), lines(halves[1])),
        (2, 4, 7),
        "{}",
        content.text
    );
    assert_eq!(content.facsimile.pages.len(), 2);
    assert_eq!(word(&content, "144-QĐ/TW").page, 2);
}

/// The word of `content` that reads so.
fn word<'c>(content: &'c Content, text: &str) -> &'c PlacedWord {
    let words = &content.facsimile.words;
    words
        .iter()
        .find(|word| word.span.slice(&content.text) == text)
        .unwrap()
}

#[test]
fn a_word_stands_at_the_same_place_of_the_page_whatever_it_was_read_from() {
    // The edges of a word as shares of the page: an image is measured in its own pixels, a PDF in those of its drawing.
    let place = |content: &Content| {
        let [width, height] = content.facsimile.pages[0].map(f64::from);
        let [left, top, right, bottom] = word(content, "144-QĐ/TW").bbox.map(f64::from);
        [left / width, top / height, right / width, bottom / height]
    };
    let image = place(&read("page.png"));
    for name in ["scan.pdf", "text.pdf"] {
        for (edge, other) in place(&read(name)).iter().zip(image) {
            assert!(
                (edge - other).abs() < 0.02,
                "{name}: {edge} where the image has {other}"
            );
        }
    }
    assert!(word(&read("page.png"), "144-QĐ/TW").confidence.unwrap() > 0.5);
    assert_eq!(word(&read("text.pdf"), "144-QĐ/TW").confidence, None);
}

#[test]
fn an_image_is_searched_and_cited_like_any_document() {
    let folder = folder_with(&["page.png"]);
    folder.run(&["index", "-q"]).expect(0);
    let hits = folder
        .run(&["search", "chuan muc dao duc cach mang", "--json"])
        .expect(0)
        .json();
    assert_eq!(hits[0]["document"], "page");
    // Of two "hằng năm" tesseract reads one as "hăng năm", and is not sure of it.
    let (read, repaired) = (hits[0]["text"].as_str().unwrap(), hits[0]["repaired"].as_str().unwrap());
    let count = |text: &str, words| text.matches(words).count();
    assert_eq!((count(read, "hằng năm"), count(read, "hăng năm")), (1, 1), "{read}");
    assert_eq!(
        (count(repaired, "hằng năm"), count(repaired, "hăng năm")),
        (2, 0),
        "{repaired}"
    );
    assert!(hits[0]["ocr_confidence"].as_f64().unwrap() > 0.8, "{}", hits[0]);
    // The eight lines of running text below the headings.
    assert_eq!(hits[0]["boxes"].as_array().unwrap().len(), 8, "{}", hits[0]);
    let cited = folder.run(&["cite", "144-QĐ/TW", "--json"]).expect(0);
    assert!(cited.out.contains("2024-05-09"), "{}", cited.out);
    let citations = folder.run(&["export", "citations"]).expect(0).json();
    let [left, top, right, bottom] = [0, 1, 2, 3].map(|edge| citations[0]["boxes"][0]["bbox"][edge].as_u64().unwrap());
    assert!(left < right && top < bottom && citations[0]["boxes"][0]["page_size"][0].as_u64() > Some(right));
    folder.run(&["check"]).expect(0);
}

#[test]
fn an_unchanged_image_is_not_read_again() {
    let folder = folder_with(&["page.png"]);
    folder.run(&["index", "-q"]).expect(0);
    // Another time of change and the same bytes: nothing may ask for tesseract.
    let file = fs::OpenOptions::new()
        .append(true)
        .open(folder.path("seeds/page.png"))
        .unwrap();
    file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    let run = run_with_only(&folder, &[], &["index"]).expect(0);
    assert!(run.err.contains("1 unchanged"), "{}", run.err);
    run_with_only(&folder, &[], &["check"]).expect(0);
}

/// What an OCR read is never read twice, whatever becomes of the file and the index.
#[test]
fn what_an_ocr_read_is_kept_by_the_content_of_the_file() {
    let folder = folder_with(&["page.png", "scan.pdf"]);
    folder.write("seeds/good.txt", PRINTED);
    folder.run(&["index", "-q"]).expect(0);
    let words = |folder: &Folder, id: &str| by_document(folder, "passages").remove(id).unwrap();
    let before = words(&folder, "page");
    // Nothing below may ask for tesseract, which is not there. A scanned PDF is not even looked into.
    let run = |args: &[&str]| run_with_only(&folder, &[], args);
    fs::create_dir(folder.path("seeds/moved")).unwrap();
    fs::rename(folder.path("seeds/page.png"), folder.path("seeds/moved/renamed.png")).unwrap();
    run(&["index", "-q"]).expect(0);
    let after = words(&folder, "renamed");
    let texts = |passages: &[Value]| -> Vec<Value> {
        let fields = passages
            .iter()
            .map(|passage| [&passage["text"], &passage["boxes"], &passage["ocr_confidence"]]);
        fields.flatten().cloned().collect()
    };
    assert_eq!(texts(&after), texts(&before));
    // It leaves and comes back.
    run(&["remove", "-q", "renamed", "scan"]).expect(0);
    run(&["index", "-q", "seeds/moved/renamed.png", "seeds/scan.pdf"]).expect(0);
    assert_eq!(texts(&words(&folder, "renamed")), texts(&before));
    run(&["index", "-q", "--rebuild"]).expect(0);
    // The index of an older format is built anew.
    folder.write("index/index.json", r#"{"format":1,"vankien":"0.0.1"}"#);
    run(&["index", "-q"]).expect(2);
    run(&["index", "-q", "--rebuild"]).expect(0);
    assert_eq!(texts(&words(&folder, "renamed")), texts(&before));
    run(&["check"]).expect(0);
    // A result that is damaged is made again.
    for result in fs::read_dir(folder.path("index/ocr")).unwrap() {
        fs::write(result.unwrap().path(), "x").unwrap();
    }
    run(&["index", "-q", "--rebuild"]).expect(2);
    folder.run(&["index", "-q", "--rebuild"]).expect(0);
    assert_eq!(texts(&words(&folder, "renamed")), texts(&before));
}

/// The records of one sort, by id of their document.
fn by_document(folder: &Folder, sort: &str) -> HashMap<String, Vec<Value>> {
    let mut found: HashMap<String, Vec<Value>> = HashMap::new();
    for record in folder.run(&["export", sort]).expect(0).json() {
        let document = record["document"].as_str().unwrap().to_owned();
        found.entry(document).or_default().push(record);
    }
    found
}

#[test]
fn hocr_and_alto_are_documents_with_pages_notes_and_places() {
    let folder = Folder::new();
    folder.write("seeds/lao-cai.hocr", fs::read(fixture("plan.hocr")).unwrap());
    folder.write("seeds/phu-tho.xml", fs::read(fixture("plan.xml")).unwrap());
    folder.write("seeds/settings.xml", "<settings/>");
    folder.write("seeds/page.html", "<html><body>Trang chủ</body></html>");
    // Without any program: none is needed.
    run_with_only(&folder, &[], &["index", "-q"]).expect(0);
    let documents = by_document(&folder, "documents");
    assert_eq!(documents.len(), 2);
    for (id, format, province, mark) in [
        ("lao-cai", "hocr", "Lào Cai", [150, 472]),
        ("phu-tho", "alto", "Phú Thọ", [300, 943]),
    ] {
        let document = &documents[id][0];
        assert_eq!(document["format"], format);
        assert_eq!(document["province"], province);
        assert_eq!((&document["pages"], &document["type"]), (&2.into(), &"kế hoạch".into()));
        let sections = &by_document(&folder, "sections")[id];
        let labels: Vec<(&Value, &Value)> = sections
            .iter()
            .map(|section| (&section["label"], &section["page"]))
            .collect();
        assert_eq!(labels, [(&"I-".into(), &1.into()), (&"II-".into(), &2.into())]);
        let note = &by_document(&folder, "footnotes")[id][0];
        assert_eq!((&note["number"], &note["anchor_text"]), (&1.into(), &"trị1".into()));
        let corner = [0, 1].map(|edge| note["boxes"][0]["bbox"][edge].as_u64().unwrap());
        assert_eq!(corner, mark, "{id}");
        let passages = &by_document(&folder, "passages")[id];
        let body = passages
            .iter()
            .find(|passage| passage["text"].as_str().unwrap().starts_with("Các cấp ủy"))
            .unwrap();
        assert_eq!(body["boxes"].as_array().unwrap().len(), 2);
        assert_eq!((&body["boxes"][0]["page"], &body["page"]), (&2.into(), &2.into()));
        assert!(passages.iter().all(|passage| passage["repaired"] == Value::Null));
    }
}

#[test]
fn a_word_that_the_ocr_was_not_sure_of_is_unsure_and_stands_as_it_is() {
    let folder = folder_with(&["plan.hocr"]);
    let hocr = fs::read_to_string(fixture("plan.hocr")).unwrap();
    // Of "khoa học" and "tổ chức đảng" the OCR was not sure either, but the words around them leave no doubt.
    let hocr = hocr.replace(">khoa<", ">Xyvoong<");
    folder.write("seeds/plan.hocr", hocr);
    folder.run(&["index", "-q"]).expect(0);
    let parsed = Index::open(&folder.path("index")).unwrap().document("plan").unwrap();
    let text = &parsed.document.text;
    let unsure = parsed.reading.repairs.iter().filter(|repair| repair.is_unsure());
    let unsure: Vec<(&str, bool)> = unsure
        .map(|repair| (repair.span.slice(text), repair.changes(text)))
        .collect();
    assert_eq!(unsure, [("Xyvoong", false)]);
    let hits = folder
        .run(&["search", "guong mau cua can bo, dang vien", "--json"])
        .expect(0)
        .json();
    assert_eq!(
        (&hits[0]["repaired"], &hits[0]["match"]),
        (&Value::Null, &"exact".into())
    );
    folder.run(&["search", "đảng viên", "--marks", "exact"]).expect(0);
}

/// Returns the hOCR of a line of text whose baseline is 30 pixels below `top`: each char has its place, and those after a
/// `^` are small and above the line, as tesseract sees the numbers of notes.
fn hocr_line(top: usize, text: &str) -> String {
    let mut left = 100;
    let mut words = String::new();
    for word in text.split(' ') {
        let mut chars = String::new();
        let mut raised = false;
        for char in word.chars() {
            if char == '^' {
                raised = true;
                continue;
            }
            raised &= !char.is_alphabetic() && !",.".contains(char);
            let (upper, lower) = if raised {
                (top + 2, top + 16)
            } else {
                (top + 8, top + 30)
            };
            let (start, end) = (left, left + 14);
            chars += &format!(
                "\n <span class='ocrx_cinfo' title='x_bboxes {start} {upper} {end} {lower}; x_conf 90'>{char}</span>"
            );
            left += 16;
        }
        words += &format!(
            "<span class='ocrx_word' title='bbox 1 {top} 2 {}; x_wconf 90'>{chars}\n</span>",
            top + 30
        );
        left += 16;
    }
    let bottom = top + 36;
    format!(
        "<p class='ocr_par'><span class='ocr_line' title='bbox 100 {top} {left} {bottom}; baseline 0 -6; x_size 38'>{words}</span></p>"
    )
}

#[test]
fn raised_marks_of_an_image_call_notes_though_they_are_misread() {
    let folder = Folder::new();
    let lines = [
        "Đảng bộ đã quán triệt nghị quyết^? đến từng chi bộ, đảng viên.",
        "Công tác kiểm tra, giám sát được tăng cường^?!, có trọng tâm.",
        "Kết quả thực hiện có chuyển biến rõ nét? Các cấp ủy trả lời.",
        "^?Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị.",
        "^?!Quy định số 22-QĐ/TW ngày 28/7/2021 của Ban Chấp hành Trung ương.",
    ];
    let body: String = (0..)
        .step_by(60)
        .zip(lines)
        .map(|(top, text)| hocr_line(100 + top, text))
        .collect();
    let page = format!("<html><body><div class='ocr_page' title='bbox 0 0 1240 1754'>{body}</div></body></html>");
    folder.write("seeds/page.hocr", page);
    folder.run(&["index", "-q"]).expect(0);
    let notes = &by_document(&folder, "footnotes")["page"];
    let found: Vec<(u64, &str, &str)> = notes
        .iter()
        .map(|note| {
            let text = |key: &str| note[key].as_str().unwrap_or_default();
            (
                note["number"].as_u64().unwrap_or_default(),
                text("anchor_text"),
                text("text"),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (1, "quyết?", "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị."),
            (
                2,
                "cường?!,",
                "Quy định số 22-QĐ/TW ngày 28/7/2021 của Ban Chấp hành Trung ương."
            ),
        ]
    );
}

#[test]
fn plain_text_has_no_boxes() {
    let folder = Folder::new();
    folder.write("seeds/a.txt", PRINTED);
    folder.run(&["index", "-q"]).expect(0);
    assert_eq!(by_document(&folder, "documents")["a"][0]["format"], "text");
    let passage = &by_document(&folder, "passages")["a"][0];
    assert_eq!(
        (&passage["boxes"], &passage["ocr_confidence"]),
        (&Value::Array(Vec::new()), &Value::Null)
    );
}

#[test]
fn without_the_programs_it_is_told_how_to_get_them_and_the_others_go_on() {
    const APT: &str = "hint: install it: `apt install tesseract-ocr tesseract-ocr-vie poppler-utils`";
    let poppler = ["pdftotext", "pdfimages", "pdftoppm"];
    for (name, programs, missing) in [
        ("page.png", &[][..], "tesseract"),
        ("text.pdf", &[], "pdftotext"),
        ("scan.pdf", &poppler, "tesseract"),
    ] {
        let folder = folder_with(&[name]);
        folder.write("seeds/good.txt", PRINTED);
        let run = run_with_only(&folder, programs, &["index"]).expect(2);
        let told = format!("{name}: cannot be read without '{missing}', which is not installed\n{APT}");
        assert!(run.err.contains(&told), "{}", run.err);
        assert!(
            run.err.contains("1 document, ") && run.err.contains("1 failed"),
            "{}",
            run.err
        );
        folder.run(&["search", "144-QĐ/TW"]).expect(0);
    }
    // A PDF with a text of its own needs no tesseract.
    run_with_only(&folder_with(&["text.pdf"]), &poppler, &["index", "-q"]).expect(0);
}

#[test]
fn without_the_vietnamese_model_it_is_told_how_to_get_it() {
    let folder = folder_with(&["page.png"]);
    let none = folder.write("models/eng.traineddata", "");
    let mut command = folder.command(&["index"]);
    let run = Run::of(
        &["index"],
        command.env("TESSDATA_PREFIX", none.parent().unwrap()).output().unwrap(),
    )
    .expect(2);
    assert!(
        run.err.contains("without tesseract's Vietnamese model 'vie'"),
        "{}",
        run.err
    );
    assert!(run.err.contains("tesseract-ocr-vie"), "{}", run.err);
}

/// A PDF with a page tree that holds nothing.
const NO_PAGES: &str = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
                        2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n";

#[test]
fn damaged_files_are_told_and_the_others_go_on() {
    let cut = |name: &str| {
        let whole = fs::read(fixture(name)).unwrap();
        whole[..whole.len() / 3].to_vec()
    };
    let bomb =
        b"<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><html><body class='ocr_page'>&b;</body></html>";
    let large = [
        &b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x4e\x20\0\0\x4e\x20\x08\0\0\0\0\0\0\0\0"[..],
        b"\0\0\0\0IEND",
    ];
    let rows: [(&str, Vec<u8>, &str); 12] = [
        (
            "cut.png",
            cut("page.png"),
            "is damaged: it is cut off, the end of the image is missing\nhint: ",
        ),
        (
            "cut.tif",
            cut("pages.tif"),
            "is damaged: it is cut off, page 2 is not complete\nhint: ",
        ),
        (
            "cut.jpg",
            b"\xff\xd8\xff\xc0\0\x0b\x08\0\xc8\x01\x2c\x01\x01\x11\0\xff\xda\0\x02lines".to_vec(),
            "is damaged: it is cut off, the end of the image is missing\nhint: ",
        ),
        (
            "large.png",
            large.concat(),
            "has 20000 × 20000 pixels; a page may have at most 100 million\nhint: ",
        ),
        ("cut.pdf", cut("text.pdf"), "cannot be read; pdftotext says: "),
        ("cut.hocr", cut("plan.hocr"), "is damaged on line"),
        ("cut.xml", cut("plan.xml"), "is damaged on line"),
        (
            "locked.pdf",
            fs::read(fixture("locked.pdf")).unwrap(),
            "is encrypted\nhint: ",
        ),
        ("empty.pdf", NO_PAGES.into(), "has no pages"),
        ("bomb.html", bomb.to_vec(), "is damaged on line 1: declares entities"),
        (
            "deep.hocr",
            format!("<p class='ocr_page'>{}", "<b>".repeat(100_000)).into(),
            "deep",
        ),
        (
            "blank.hocr",
            "<p class='ocr_page'></p>".into(),
            "has no words on its pages\nhint: ",
        ),
    ];
    let folder = folder_with(&["plan.hocr"]);
    for (name, bytes, _) in &rows {
        folder.write(&format!("seeds/{name}"), bytes);
    }
    let run = folder.run(&["index"]).expect(2);
    for (name, _, message) in &rows {
        assert!(run.err.contains(&format!("seeds/{name}: ")), "{name}\n{}", run.err);
        let told = run.err.split(&format!("seeds/{name}: ")).nth(1).unwrap();
        assert!(
            told.split("\nvankien: ").next().unwrap().contains(message),
            "{name}\n{}",
            run.err
        );
    }
    assert!(
        run.err.contains("1 document, ") && !run.err.contains("panicked"),
        "{}",
        run.err
    );
}

#[test]
fn a_name_like_an_option_is_a_file() {
    let folder = Folder::new();
    folder.write("-l.png", fs::read(fixture("page.png")).unwrap());
    folder.run(&["index", "-q", "--", "-l.png"]).expect(0);
    folder.run(&["search", "144-QĐ/TW"]).expect(0);
}
