//! What is shown of a scan says that it is a reading, and which of its words are unsure.

use std::collections::HashMap;

use serde_json::Value;

use super::program::Folder;

/// A folder with the seeds and their index.
fn indexed() -> Folder {
    let folder = Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    folder
}

/// The text of each seed by its id.
fn sources(folder: &Folder) -> HashMap<String, String> {
    let files = std::fs::read_dir(folder.path("seeds")).unwrap();
    files
        .map(|file| file.unwrap().path())
        .map(|path| {
            let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (id, std::fs::read_to_string(&path).unwrap())
        })
        .collect()
}

/// The bytes that a pair of numbers names.
fn slice<'t>(text: &'t str, span: &Value) -> &'t str {
    let at = |index: usize| span[index].as_u64().unwrap() as usize;
    &text[at(0)..at(1)]
}

/// One blank between words: how lines are broken is no matter here.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn unsure_words_stand_where_their_records_say() {
    let folder = indexed();
    let sources = sources(&folder);
    for sort in ["passages", "footnotes", "citations"] {
        let mut count = 0;
        for record in folder.run(&["export", sort]).expect(0).json() {
            let source = &sources[record["document"].as_str().unwrap()];
            let unsure = record["unsure"].as_array().unwrap();
            assert!(unsure.is_empty() || record["repaired"].is_string(), "{record}");
            for word in unsure {
                let repaired = record["repaired"].as_str().unwrap();
                assert_eq!(slice(repaired, &word["at"]), word["text"], "{record}");
                assert!(!slice(source, &word["span"]).contains(char::is_whitespace), "{word}");
                let alternatives = word["alternatives"].as_array().unwrap();
                assert!(!alternatives.contains(&word["text"]), "{word}");
            }
            count += unsure.len();
        }
        // A citation is a number and a few words that stand in every report: all of the seeds' are sure.
        assert!(count > 0 || sort == "citations", "no unsure word in any of the {sort}");
    }
}

#[test]
fn clean_documents_have_no_unsure_word() {
    let folder = indexed();
    for sort in ["passages", "footnotes", "citations"] {
        for record in folder.run(&["export", sort, "--document", "001"]).expect(0).json() {
            assert_eq!(record["repaired"], Value::Null, "{record}");
            assert_eq!(record["unsure"], serde_json::json!([]), "{record}");
        }
    }
    let shown = folder.run(&["show", "001"]).expect(0).out;
    assert!(!shown.contains('⁇') && !shown.contains("đọc lại"));
}

#[test]
fn show_marks_the_unsure_words_and_nothing_else() {
    let folder = indexed();
    let unsure = |record: &Value| record["unsure"].as_array().unwrap().len();
    let records = folder
        .run(&["export", "passages", "--document", "003"])
        .expect(0)
        .json();
    let record = records.iter().max_by_key(|record| unsure(record)).unwrap();
    let id = record["passage"].as_str().unwrap();
    let plain = folder.run(&["show", id]).expect(0).out;
    assert!(
        plain.contains("[corrected OCR; --source shows what the OCR read]"),
        "{plain}"
    );
    assert!(
        plain.matches('⁇').count() > unsure(record),
        "one in the legend too: {plain}"
    );
    for word in record["unsure"].as_array().unwrap() {
        assert!(
            plain.contains(&format!("{}⁇", word["text"].as_str().unwrap())),
            "{word}"
        );
    }
    // Whoever takes the marks away has the reading.
    let reading = on_one_line(record["repaired"].as_str().unwrap());
    assert!(on_one_line(&plain.replace('⁇', "")).contains(&reading), "{plain}");
    let coloured = folder.run(&["show", id, "--color", "always"]).expect(0).out;
    assert!(
        coloured.contains("Underlined:") && !coloured.contains('⁇'),
        "{coloured}"
    );
    assert!(coloured.contains("\u{1b}[4m"), "underlined: {coloured}");
    let source = folder.run(&["show", id, "--source"]).expect(0).out;
    assert!(
        source.contains("[as the OCR read it]") && !source.contains('⁇'),
        "{source}"
    );
}

#[test]
fn a_note_says_which_of_the_two_it_is() {
    let folder = indexed();
    let reading = folder.run(&["show", "000^4"]).expect(0).out;
    assert!(
        reading.contains("[4] Như:") && reading.contains("[corrected OCR]"),
        "{reading}"
    );
    let source = folder.run(&["show", "000^4", "--source"]).expect(0).out;
    assert!(
        source.contains("[4] Nhu:") && source.contains("  [as the OCR read it]"),
        "{source}"
    );
    let clean = folder.run(&["show", "001^6"]).expect(0).out;
    assert!(
        !clean.contains("corrected OCR") && !clean.contains("as the OCR read it"),
        "{clean}"
    );
}

#[test]
fn hits_mark_unsure_words() {
    let folder = indexed();
    let asked = ["search", "lãnh đạo", "--quality", "ocr", "--limit", "50"];
    let with = |more: &[&str]| folder.run(&[&asked[..], more].concat()).expect(0);
    let plain = on_one_line(&with(&[]).out);
    assert!(
        plain.contains("⁇: an unsure reading of the scan") && plain.contains("scan (OCR)"),
        "{plain}"
    );
    assert!(!with(&["--source"]).out.contains('⁇'));
    let mut unsure = 0;
    for hit in with(&["--json"]).json().iter().filter(|line| line["type"] == "hit") {
        for piece in hit["snippet"].as_array().unwrap() {
            unsure += usize::from(piece["unsure"].as_bool().unwrap());
        }
        for piece in hit["source_snippet"].as_array().unwrap() {
            assert_eq!(piece["unsure"], false, "the source is what it is: {hit}");
        }
    }
    // A snippet on a terminal is shorter than in JSON, and a legend ends the list.
    let marks = plain.matches('⁇').count();
    assert!(
        (2..=unsure + 1).contains(&marks),
        "{marks} marks, {unsure} unsure words"
    );
    let table = with(&["--format", "csv"]).out;
    let columns: Vec<&str> = table.lines().next().unwrap().split(',').collect();
    assert!(
        columns.windows(3).any(|names| names == ["text", "repaired", "unsure"]),
        "{columns:?}"
    );
}

#[test]
fn what_was_copied_with_its_marks_is_found() {
    let folder = indexed();
    let count = |query: &str| folder.run(&["search", "--count", query]).expect(0).out;
    assert_eq!(count("lãnh đạo⁇ thực⁇ hiện"), count("lãnh đạo thực hiện"));
}

#[test]
fn cite_tells_a_reading_from_the_source() {
    let folder = indexed();
    let reading = folder.run(&["cite", "21-KL/TW", "--document", "000"]).expect(0).out;
    assert!(
        reading.contains("Kết luận số 21-KL/TW") && reading.contains("scan (OCR)"),
        "{reading}"
    );
    let source = folder
        .run(&["cite", "21-KL/TW", "--document", "000", "--source"])
        .expect(0)
        .out;
    assert!(source.contains("Két luan s6 21-KL/TW"), "{source}");
}

#[test]
fn a_reading_calls_its_notes_by_their_numbers() {
    let folder = indexed();
    for document in ["002", "003"] {
        let passages = folder
            .run(&["export", "passages", "--document", document])
            .expect(0)
            .json();
        let notes = folder
            .run(&["export", "footnotes", "--document", document])
            .expect(0)
            .json();
        let mut called = 0;
        for note in &notes {
            let passage = passages
                .iter()
                .find(|passage| passage["passage"] == note["anchor_passage"]);
            let Some(reading) = passage.and_then(|passage| passage["repaired"].as_str()) else {
                continue;
            };
            called += usize::from(reading.contains(&format!("[{}]", note["number"])));
            assert!(!note["repaired"].as_str().unwrap_or("").starts_with('['), "{note}");
        }
        assert!(
            called * 10 >= notes.len() * 8,
            "{called} of {} in {document}",
            notes.len()
        );
    }
}
