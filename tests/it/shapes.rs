//! One document in many shapes: what a file lost or changed on its way must not change what is read from it.
//!
//! The clean report among the seeds is rewritten as other programs and other typists would have kept it, and
//! its headings and notes are compared with those of the original. Small documents of other kinds follow.

use unicode_normalization::UnicodeNormalization;
use vankien::document::{self, Document, Place, SectionKind};
use vankien::reading::Reading;
use vankien::text::fold;

/// Parses `text` in its own reading.
fn parse(text: &str) -> Document {
    document::parse("shape", "shape.txt", text.to_owned(), &Reading::of(text))
}

/// The clean report of a party committee, whose lines stand each between empty ones.
fn report() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/001_a1c1383653321638.txt")).unwrap()
}

/// Drops all marks and keeps capitals.
fn unmarked(text: &str) -> String {
    text.nfd()
        .filter(|&c| !unicode_normalization::char::is_combining_mark(c))
        .map(|c| match c {
            'đ' => 'd',
            'Đ' => 'D',
            _ => c,
        })
        .collect()
}

/// Puts a form feed where a line begins with one blank, which is what is left of it.
fn with_feeds(text: &str) -> String {
    let line = |line: &str| match line.strip_prefix(' ') {
        Some(rest) if !rest.trim().is_empty() && !rest.starts_with(' ') => format!("\u{c}{rest}"),
        _ => line.to_owned(),
    };
    text.split_inclusive('\n').map(line).collect()
}

/// Takes one empty line out behind every printed one.
fn single_spaced(text: &str) -> String {
    let mut after_text = false;
    let kept = text.split_inclusive('\n').filter(|line| {
        let blank = line.trim().is_empty();
        let dropped = blank && after_text;
        after_text = !blank;
        !dropped
    });
    kept.collect()
}

/// Reads Roman numbers as scans do: strokes as bars and ones.
fn with_damaged_numbers(text: &str) -> String {
    text.replace("\nIII. ", "\n111- ")
        .replace("\nII. ", "\nI1- ")
        .replace("\nI. ", "\n|- ")
}

/// Names the parts as other committees do.
fn with_numbered_parts(text: &str) -> String {
    text.replace("Phần thứ nhất", "PHẦN I")
        .replace("Phần thứ hai", "PHẦN II")
}

/// Level, letters and digits of the label (but for parts, which may be written otherwise), folded title, kind and term of each section.
fn outline(document: &Document) -> Vec<String> {
    document
        .sections
        .iter()
        .map(|section| {
            let label = fold(&section.label);
            let label: String = label.chars().filter(|c| c.is_alphanumeric()).collect();
            let label = if label.starts_with("phan") { "phan" } else { &label };
            format!(
                "{} {} {} {} {:?}",
                section.level(),
                label,
                fold(&section.title),
                section.kind.name(),
                section.term
            )
        })
        .collect()
}

/// Number, word and first words of each note.
fn notes(document: &Document) -> Vec<String> {
    let begin = |note: &document::Footnote| {
        let body = document.passages[note.passages[0]].fragments[0].slice(&document.text);
        fold(body.trim()).chars().take(40).collect::<String>()
    };
    let word = |note: &document::Footnote| {
        note.anchor
            .as_ref()
            .map(|anchor| fold(anchor.word.slice(&document.text)))
    };
    document
        .footnotes
        .iter()
        .map(|note| format!("{} {:?} {}", note.number, word(note), begin(note)))
        .collect()
}

/// Lines of `wanted` that `found` lacks and the other way round.
fn differences(wanted: &[String], found: &[String]) -> String {
    let missing = wanted
        .iter()
        .filter(|line| !found.contains(line))
        .map(|line| format!("- {line}\n"));
    let new = found
        .iter()
        .filter(|line| !wanted.contains(line))
        .map(|line| format!("+ {line}\n"));
    missing.chain(new).collect()
}

#[test]
fn a_report_is_read_alike_in_every_shape() {
    let text = report();
    let original = parse(&text);
    let (sections, footnotes) = (outline(&original), notes(&original));
    assert!(sections.len() > 20 && footnotes.len() > 5);
    let decomposed: String = text.nfd().collect();
    let shapes = [
        ("typed without marks", unmarked(&text)),
        ("decomposed", decomposed),
        ("from another system", format!("\u{feff}{}", text.replace('\n', "\r\n"))),
        ("with form feeds", with_feeds(&text)),
        ("single-spaced", single_spaced(&text)),
        ("with damaged Roman numbers", with_damaged_numbers(&text)),
        ("with numbered parts", with_numbered_parts(&text)),
    ];
    let mut failures = String::new();
    for (shape, changed) in shapes {
        assert_ne!(changed, text, "{shape}");
        let document = parse(&changed);
        let lost = differences(&sections, &outline(&document)) + &differences(&footnotes, &notes(&document));
        if !lost.is_empty() {
            failures += &format!("{shape}:\n{lost}");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// A resolution of a provincial committee: letterhead in two columns, number, place and date, three levels.
const RESOLUTION: &str = include_str!("../fixtures/resolution_with_two_column_letterhead.txt");
/// A plan of a people's committee in the form of the state.
const PLAN: &str = include_str!("../fixtures/plan_in_state_form.txt");
/// A report whose pages number their notes from 1.
const RESTARTED: &str = include_str!("../fixtures/notes_numbered_anew_on_each_page.txt");
/// A directive without a single heading.
const DIRECTIVE: &str = include_str!("../fixtures/directive_without_headings.txt");

/// Label and title of each section that has a heading.
fn headings(document: &Document) -> Vec<String> {
    let headed = document.sections.iter().filter(|section| section.heading.is_some());
    headed
        .map(|section| format!("{} {} {}", section.level(), section.label, section.title).replace("  ", " "))
        .collect()
}

#[test]
fn a_resolution_with_a_letterhead_in_two_columns() {
    let document = parse(RESOLUTION);
    let metadata = &document.metadata;
    assert_eq!(metadata.kind.as_deref(), Some("nghị quyết"));
    assert_eq!(metadata.number.as_deref(), Some("12-NQ/TU"));
    assert_eq!(metadata.place.as_deref(), Some("Nghệ An"));
    assert_eq!(
        metadata.date.map(|date| date.to_string()).as_deref(),
        Some("2025-10-05")
    );
    assert_eq!(metadata.province.as_deref(), Some("Nghệ An"));
    assert_eq!(
        headings(&document),
        [
            "1 I- TÌNH HÌNH",
            "1 II- QUAN ĐIỂM, MỤC TIÊU",
            "2 1. Quan điểm",
            "2 2. Mục tiêu đến năm 2030",
            "1 III- TỔ CHỨC THỰC HIỆN",
            "1 Nơi nhận"
        ]
    );
}

#[test]
fn a_plan_in_the_form_of_the_state() {
    let document = parse(PLAN);
    assert_eq!(document.metadata.kind.as_deref(), Some("kế hoạch"));
    assert_eq!(
        headings(&document),
        [
            "1 I. MỤC ĐÍCH, YÊU CẦU",
            "2 1. Mục đích",
            "2 2. Yêu cầu",
            "1 II. NHIỆM VỤ, GIẢI PHÁP",
            "1 III. TỔ CHỨC THỰC HIỆN",
            "1 Nơi nhận"
        ]
    );
    let signed = document.passages.iter().any(|passage| {
        passage.place == Place::Header && passage.extent().slice(&document.text).contains("KT. CHỦ TỊCH")
    });
    assert!(signed);
}

#[test]
fn notes_that_each_page_numbers_from_1() {
    let document = parse(RESTARTED);
    let called: Vec<(usize, &str, usize)> = document
        .footnotes
        .iter()
        .map(|note| {
            let word = note
                .anchor
                .as_ref()
                .map_or("", |anchor| anchor.word.slice(&document.text));
            (note.number, word, note.page)
        })
        .collect();
    assert_eq!(
        called,
        [(1, "Đảng1", 1), (2, "ủy2.", 1), (1, "dân1,", 2), (2, "viên2.", 2)]
    );
}

#[test]
fn a_directive_without_headings() {
    let document = parse(DIRECTIVE);
    assert_eq!(document.metadata.kind.as_deref(), Some("chỉ thị"));
    let kinds: Vec<SectionKind> = document.sections.iter().map(|section| section.kind).collect();
    assert_eq!(kinds, [SectionKind::MoDau, SectionKind::NoiNhan]);
    let body = document.passages.iter().filter(|passage| passage.place == Place::Body);
    assert_eq!(body.count(), 4);
}
