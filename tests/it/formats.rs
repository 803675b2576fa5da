//! Formats and encodings: what is printed in a file comes out, with its structure, and nothing else.
//!
//! `tests/fixtures/formats` has one invented document in every format and encoding; beside each file stands what is printed in it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use serde_json::{Value, json};
use vankien::corpus::{self, Corpus};
use vankien::document::{Passage, Place};
use vankien::reading::Model;
use vankien::record::{Parsed, read_draft};

use super::program::{Folder, root};

/// The files and what is printed in them.
fn fixtures() -> Vec<(PathBuf, Value)> {
    let folder = root().join("tests/fixtures/formats");
    let mut fixtures: Vec<(PathBuf, Value)> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let answers: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            (path.with_extension(""), answers)
        })
        .filter(|(_, answers)| answers["format"] != "zip")
        .collect();
    fixtures.sort_by(|one, other| one.0.cmp(&other.0));
    fixtures
}

/// Reads and parses a file.
fn parsed(path: &Path) -> Parsed {
    let corpus = Corpus::scan(&[path.to_path_buf()]);
    let entry = corpus
        .entries
        .first()
        .unwrap_or_else(|| panic!("{} is no document", path.display()));
    read_draft(entry, || Ok::<_, corpus::Error>(Model::shipped())).unwrap()
}

/// Checks `check` on every file, and tells all files that fail it.
fn on_all(check: impl Fn(&Parsed, &Value) -> Result<(), String>) {
    let failed: Vec<String> = fixtures()
        .iter()
        .filter_map(|(path, answers)| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            check(&parsed(path), answers)
                .err()
                .map(|error| format!("{name}: {error}"))
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// Returns an error that shows both values if they differ.
fn same(found: &Value, printed: &Value) -> Result<(), String> {
    if found == printed {
        return Ok(());
    }
    Err(format!("found {found:#}\nprinted {printed:#}"))
}

/// The passages as a search finds them, with their places: without marks of notes and rules of tables.
fn passages(parsed: &Parsed) -> Vec<(Place, String)> {
    let printed = |passage: &Passage| {
        let mut text = String::new();
        for fragment in &passage.fragments {
            let mut at = fragment.start;
            for mark in passage.marks.iter().filter(|mark| fragment.contains(**mark)) {
                text.push_str(&parsed.document.text[at..mark.start]);
                at = mark.end;
            }
            text.push_str(&parsed.document.text[at..fragment.end]);
            text.push('\n');
        }
        // A symbol may be broken after its hyphen.
        let text = text.replace("-\n", "-");
        text.split_whitespace()
            .filter(|word| passage.place != Place::Table || *word != "|")
            .collect::<Vec<_>>()
            .join(" ")
    };
    let passages = parsed.document.passages.iter();
    passages.map(|passage| (passage.place, printed(passage))).collect()
}

/// All that a search finds in the document.
fn words(parsed: &Parsed) -> String {
    let passages = passages(parsed).into_iter();
    passages.map(|(_, text)| text).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_format_and_the_way_to_the_text_are_told() {
    on_all(|parsed, answers| {
        let record = serde_json::to_value(parsed.document_record()).unwrap();
        for field in ["format", "origin", "encoding"] {
            same(&record[field], &answers[field]).map_err(|error| format!("{field}: {error}"))?;
        }
        same(&record["quality"], &json!("clean"))
    });
}

#[test]
fn letterhead_and_title_are_read() {
    on_all(|parsed, answers| {
        let record = serde_json::to_value(parsed.document_record()).unwrap();
        for (field, printed) in answers["metadata"].as_object().unwrap() {
            let found = match field.as_str() {
                "term" => record["terms"][0].clone(),
                "title" => json!(record["title"].as_str().unwrap_or("").to_lowercase()),
                field => record[field].clone(),
            };
            let printed = match field.as_str() {
                "title" => json!(printed.as_str().unwrap().to_lowercase()),
                _ => printed.clone(),
            };
            same(&found, &printed).map_err(|error| format!("{field}: {error}"))?;
        }
        Ok(())
    });
}

#[test]
fn headings_have_their_labels_and_levels() {
    on_all(|parsed, answers| {
        let headed = parsed.section_records().filter(|section| !section.title.is_empty());
        // The list of recipients heads a section, too.
        let headed = headed.filter(|section| section.kind.name() != "noi-nhan");
        let found: Vec<Value> = headed
            .map(|section| json!({"label": section.label, "title": section.title, "level": section.level}))
            .collect();
        same(&json!(found), &answers["headings"])
    });
}

#[test]
fn notes_have_their_numbers_bodies_and_calls() {
    on_all(|parsed, answers| {
        let found: Vec<Value> = parsed
            .footnote_records()
            .map(|note| {
                let anchor = note.anchor_text.unwrap_or_default();
                let word: String = anchor.chars().take_while(|char| char.is_alphabetic()).collect();
                assert!(note.anchor_line.is_some());
                json!([note.number, word, note.text])
            })
            .collect();
        let printed: Vec<Value> = answers["footnotes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|note| json!([note["number"], note["anchor_word"], note["body"]]))
            .collect();
        same(&json!(found), &json!(printed))
    });
}

#[test]
fn citations_are_found_at_their_places() {
    on_all(|parsed, answers| {
        let found: Vec<Value> = parsed
            .citation_records()
            .filter(|citation| citation.symbol.is_some())
            .map(|citation| {
                let place = match citation.footnote.as_deref() {
                    Some(id) => format!("footnote {}", id.rsplit('^').next().unwrap()),
                    None => citation.place.name().to_owned(),
                };
                json!({"symbol": citation.symbol, "date": citation.date, "place": place})
            })
            .collect();
        let mut printed = answers["citations"].as_array().unwrap().clone();
        let mut found = found;
        let key = |value: &Value| value.to_string();
        found.sort_by_key(key);
        printed.sort_by_key(key);
        same(&json!(found), &json!(printed))
    });
}

#[test]
fn rows_of_tables_and_items_of_lists_stay_whole() {
    on_all(|parsed, answers| {
        let passages: Vec<(Place, String)> = parsed
            .passage_records()
            .map(|passage| (passage.place, passage.text))
            .collect();
        for row in answers["tables"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|table| table.as_array().unwrap())
        {
            let cells: Vec<&str> = row
                .as_array()
                .unwrap()
                .iter()
                .map(|cell| cell.as_str().unwrap())
                .collect();
            let row = cells.join(" | ");
            let held = |(place, text): &(Place, String)| *place == Place::Table && text.trim_matches(['|', ' ']) == row;
            if !passages.iter().any(held) {
                return Err(format!("no row {row}"));
            }
        }
        for item in answers["list_items"].as_array().unwrap() {
            let item = format!("{} {}", item["label"].as_str().unwrap(), item["text"].as_str().unwrap());
            if !passages.contains(&(Place::Body, item.clone())) {
                return Err(format!("no item {item}"));
            }
        }
        Ok(())
    });
}

#[test]
fn what_is_printed_is_found_once_and_nothing_else() {
    on_all(|parsed, answers| {
        let words = words(parsed);
        for phrase in answers["must_find"].as_array().unwrap() {
            if !words.contains(phrase.as_str().unwrap()) {
                return Err(format!("{phrase} is lost"));
            }
        }
        for phrase in answers["must_not_find"].as_array().unwrap() {
            if words.contains(phrase.as_str().unwrap()) {
                return Err(format!("{phrase} is not printed"));
            }
        }
        let boxes = answers["text_box"]
            .as_str()
            .map_or(1, |text| words.matches(text).count());
        same(&json!(boxes), &json!(1))
    });
}

#[test]
fn the_passages_of_a_torn_pdf_are_whole() {
    let path = root().join("tests/fixtures/formats/torn.pdf");
    let answers: Value = serde_json::from_slice(&fs::read(path.with_extension("pdf.json")).unwrap()).unwrap();
    let found = passages(&parsed(&path))
        .into_iter()
        .map(|(place, text)| json!([place.name(), text]));
    assert_eq!(Value::from_iter(found), answers["passages"]);
}

/// Prints a file in `folder` as the PDF `name` with a program of the system; `None` if that is not installed.
fn print(program: &str, args: &[&str], folder: &Folder, name: &str) -> Option<PathBuf> {
    let ran = Command::new(program).args(args).current_dir(folder.path("")).output();
    match ran {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            println!("not tested with {program}: it is not installed");
            None
        }
        ran => {
            let path = folder.path(name);
            assert!(path.exists(), "{program}: {ran:?}");
            Some(path)
        }
    }
}

/// The body of the plan in `utf8.txt` as a web page.
fn web_page() -> String {
    let text = fs::read_to_string(root().join("tests/fixtures/formats/utf8.txt")).unwrap();
    let mut page = String::from("<html><head><meta charset=utf-8><title>Kế hoạch</title></head><body>");
    // The letterhead has four lines, the title two.
    for (at, line) in text.lines().filter(|line| !line.is_empty()).enumerate() {
        let align = if at < 6 { "center" } else { "justify" };
        let cells: Vec<&str> = line.split(" | ").collect();
        let marked = line.replace('[', "<sup>[").replace(']', "]</sup>");
        page += &match cells.len() {
            1 => format!("<p align={align}>{marked}</p>"),
            _ => format!("<table border=1><tr><td>{}</td></tr></table>", cells.join("</td><td>")),
        };
    }
    page.replace("</table><table border=1>", "") + "</body></html>"
}

#[test]
fn pdfs_of_one_text_have_its_passages() {
    let formats = root().join("tests/fixtures/formats");
    let folder = Folder::new();
    // A letterhead is set in columns, and the list of recipients beside the signature.
    let text_of = |path: &Path| -> Vec<(Place, String)> {
        passages(&parsed(path))
            .into_iter()
            .filter(|(place, text)| *place != Place::Header && text != "Nơi nhận:")
            // The printed page shows what a writer has struck out.
            .map(|(place, text)| {
                (
                    place,
                    text.replace(" và Chỉ thị số 99-CT/TU ngày 01/4/2019 của Tỉnh ủy", ""),
                )
            })
            .collect()
    };
    let in_order_of_places = |mut passages: Vec<(Place, String)>| {
        passages.sort_by_key(|(place, _)| *place == Place::Footnote);
        passages
    };
    folder.write("plan.docx", fs::read(formats.join("docx-styles.docx")).unwrap());
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path("").display());
    let args = [&profile, "--headless", "--convert-to", "pdf", "plan.docx"];
    if let Some(printed) = print("soffice", &args, &folder, "plan.pdf") {
        let written = in_order_of_places(text_of(&formats.join("docx-styles.docx")));
        assert_eq!(in_order_of_places(text_of(&printed)), written);
    }
    folder.write("page.html", web_page());
    let args = ["--headless", "--no-sandbox", "--print-to-pdf=page.pdf", "page.html"];
    if let Some(printed) = print("chromium", &args, &folder, "page.pdf") {
        let written = in_order_of_places(text_of(&formats.join("utf8.txt")));
        assert_eq!(in_order_of_places(text_of(&printed)), written);
    }
}

#[test]
fn a_word_file_is_indexed_searched_and_a_draft_of_another_format_compared_with_it() {
    let fixture = |name: &str| fs::read(root().join("tests/fixtures/formats").join(name)).unwrap();
    let folder = Folder::new();
    folder.write("seeds/ke-hoach.docx", fixture("docx-styles.docx"));
    folder.write("du-thao.rtf", fixture("unicode.rtf"));
    folder.run(&["index"]).expect(0);
    let phrase = "\"30 chi bộ trực thuộc trong việc chuẩn bị nội dung\"";
    let found = folder.run(&["search", phrase, "--json"]).expect(0).json();
    assert_eq!(found[0]["section_path"], json!(["I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích"]));
    let compared = folder
        .run(&["precedent", "--file", "du-thao.rtf", "--json"])
        .expect(0)
        .json();
    let summary = compared.last().unwrap();
    assert_eq!(summary["paragraphs"], summary["with_precedent"], "{summary}");
}

#[test]
fn members_of_an_archive_are_documents() {
    let folder = Folder::new();
    let archive = fs::read(root().join("tests/fixtures/formats/gui-kem.zip")).unwrap();
    folder.write("seeds/gui-kem.zip", archive);
    folder.run(&["index"]).expect(0);
    let documents = folder.run(&["documents", "--json"]).expect(0).json();
    let found: Vec<Value> = documents
        .iter()
        .map(|document| json!([document["path"], document["format"], document["encoding"]]))
        .collect();
    let printed = json!([
        ["seeds/gui-kem.zip/Kế hoạch/docx-styles.docx", "docx", null],
        ["seeds/gui-kem.zip/Kế hoạch/portal.html", "html", "utf-8"],
        ["seeds/gui-kem.zip/Kế hoạch/tcvn3.txt", "text", "tcvn3"],
    ]);
    same(&json!(found), &printed).unwrap();
}
