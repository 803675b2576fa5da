//! Invariants of parsed documents, over every seed file and over texts nobody wrote.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use proptest::prelude::*;
use vankien::document::{self, Document, FurnitureKind, Place};
use vankien::reading::{Learner, Model, Reading};
use vankien::text::{Lines, Span};

/// The text of each file of `seeds/` by its stem, in order.
pub(crate) fn texts() -> BTreeMap<String, String> {
    std::fs::read_dir(super::program::root().join("seeds"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| {
            let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (stem, std::fs::read_to_string(&path).unwrap())
        })
        .collect()
}

/// The model that scans are read with when the seeds are indexed.
pub(crate) fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let texts = texts();
        let clean = texts.values().filter(|text| !Reading::unrepaired(text).is_damaged());
        joined_with(clean.map(String::as_str))
    })
}

/// The shipped model joined with what it learns from clean `texts`.
pub(crate) fn joined_with<'t>(texts: impl IntoIterator<Item = &'t str>) -> Model {
    let mut learner = Learner::with_limit(usize::MAX);
    texts.into_iter().for_each(|text| learner.add(text));
    Model::shipped().joined(&Model::shipped().learn_from(learner))
}

/// Parses each file of `seeds/` as indexing does, by name.
pub(crate) fn all() -> Vec<Document> {
    texts()
        .into_iter()
        .map(|(id, text)| {
            let reading = Reading::with(model(), &text);
            document::parse(&id, &format!("{id}.txt"), text, &reading)
        })
        .collect()
}

/// Parses one text in its own reading.
fn parse(id: &str, text: String) -> Document {
    let reading = Reading::of(&text);
    document::parse(id, &format!("{id}.txt"), text, &reading)
}

/// Asserts whatever holds of every document.
fn check(document: &Document) {
    check_partition(document);
    check_passages(document);
    check_sections(document);
    check_footnotes(document);
    check_pages(document);
}

/// Each byte lies in exactly one fragment of a passage or piece of furniture.
fn check_partition(document: &Document) {
    let fragments = document.passages.iter().flat_map(|passage| &passage.fragments).copied();
    let mut spans: Vec<Span> = fragments
        .chain(document.furniture.iter().map(|piece| piece.span))
        .collect();
    spans.sort_unstable();
    let mut at = 0;
    for span in spans {
        assert_eq!(span.start, at, "{}: gap or overlap at byte {at}", document.id);
        assert!(!span.is_empty(), "{}: empty piece at byte {at}", document.id);
        assert!(
            document.text.get(span.start..span.end).is_some(),
            "{}: {span:?}",
            document.id
        );
        at = span.end;
    }
    assert_eq!(at, document.text.len());
    for piece in &document.furniture {
        let shown = piece.span.slice(&document.text);
        let blank = shown.chars().all(|c| c.is_whitespace() || c == '\u{feff}');
        assert_eq!(blank, piece.kind == FurnitureKind::Blank, "{}: {shown:?}", document.id);
    }
}

/// Passages are in order, have their own addresses, and marks inside them.
fn check_passages(document: &Document) {
    let lines = Lines::of(&document.text);
    let mut addresses = std::collections::HashSet::new();
    let mut at = 0;
    for passage in &document.passages {
        assert!(
            addresses.insert(passage.address.clone()),
            "{}: {} twice",
            document.id,
            passage.address
        );
        let extent = passage.extent();
        assert!(
            extent.start >= at && passage.fragments.is_sorted(),
            "{}:{}",
            document.id,
            passage.address
        );
        at = extent.start;
        let shown = passage.fragments[0].slice(&document.text);
        let blanks = shown.len() - shown.trim_start().len();
        let line: usize = passage.address.split('.').next().unwrap().parse().unwrap();
        assert_eq!(line, lines.number_at(extent.start + blanks), "{}", document.id);
        for mark in &passage.marks {
            assert!(!mark.is_empty() && passage.fragments.iter().any(|fragment| fragment.contains(*mark)));
        }
        assert!(passage.section.is_none_or(|section| section < document.sections.len()));
        assert_eq!(passage.place == Place::Footnote, passage.footnote.is_some());
    }
}

/// Parents come before children and hold them; paths and headings agree with that.
fn check_sections(document: &Document) {
    let mut at = 0;
    for (index, section) in document.sections.iter().enumerate() {
        assert!(section.span.start >= at, "{}: §{:?}", document.id, section.path);
        at = section.span.start;
        match section.parent {
            Some(parent) => {
                let around = &document.sections[parent];
                assert!(parent < index && around.span.contains(section.span));
                assert_eq!(around.path, section.path[..section.path.len() - 1]);
            }
            None => assert_eq!(section.level(), 1),
        }
        if let Some(heading) = section.heading {
            let heading = &document.passages[heading];
            assert_eq!((heading.place, heading.section), (Place::Heading, Some(index)));
        }
    }
    let headings = document
        .passages
        .iter()
        .filter(|passage| passage.place == Place::Heading)
        .count();
    assert_eq!(
        headings,
        document
            .sections
            .iter()
            .filter(|section| section.heading.is_some())
            .count()
    );
}

/// Notes stand in the order of their pages, have a body, and are called in order: those with numbers, and those with
/// stars.
fn check_footnotes(document: &Document) {
    assert!(document.footnotes.is_sorted_by_key(|note| note.page));
    // The calls of numbers, of stars and of raised marks each follow one another.
    let mut last_calls = [0; 3];
    for note in &document.footnotes {
        assert!(!note.passages.is_empty());
        assert!(
            note.passages
                .iter()
                .all(|&passage| document.passages[passage].footnote == Some(note.number))
        );
        if let Some(anchor) = &note.anchor {
            let form = match note.mark.slice(&document.text).chars().next() {
                Some('*') => 1,
                Some('^') => 2,
                _ => 0,
            };
            let at = &mut last_calls[form];
            assert!(anchor.word.contains(anchor.mark) && anchor.mark.start >= *at);
            *at = anchor.mark.start;
            let passage = &document.passages[anchor.passage];
            assert!(passage.fragments.iter().any(|fragment| fragment.contains(anchor.mark)));
            assert!(anchor.mark.is_empty() || passage.marks.contains(&anchor.mark));
        }
    }
}

/// Pages follow one another from the first byte to the last.
fn check_pages(document: &Document) {
    let mut at = 0;
    for (index, page) in document.pages.iter().enumerate() {
        assert_eq!((page.number, page.span.start), (index + 1, at));
        at = page.span.end;
    }
    assert_eq!(at, document.text.len());
}

#[test]
fn every_seed_is_shared_out_whole() {
    let documents = all();
    assert!(documents.len() >= 5);
    documents.iter().for_each(check);
}

/// Stretches of which damaged documents are made.
const PIECES: [&str; 26] = [
    "\n",
    "\n\n",
    "\n\n\n\n",
    " ",
    "\u{c}",
    "PHẦN I",
    "Phần thứ nhất\n",
    "I- KẾT QUẢ",
    "I1- Han ché",
    "1. Ưu điểm\n",
    "2.2.1. Nguyên nhân",
    "* Nguyên nhân khách quan: Đảng ủy",
    "- Công tác",
    "Đảng6, ",
    "Tinh® ",
    "quan'’.",
    "\n® 11 ky hop\n",
    "\n\n6. Theo Quyết định\n",
    "công tác kiểm tra, giám sát ",
    "PHỤ LỤC 1\n",
    "STT | a | b\n",
    "Nơi nhận: T/M ĐẢNG ỦY\n",
    "----\n",
    "\n7\n",
    "^(*) tên\n",
    "\u{feff}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_is_shared_out_whole(text in "(?s).{0,200}") {
        check(&parse("any", text));
    }

    #[test]
    fn any_mixture_is_shared_out_whole(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60)) {
        check(&parse("mixed", pieces.concat()));
    }
}

/// Quadratic work on any of these takes minutes, so that this test would not come to its end; how fast parsing is
/// is measured in `benches/document.rs`.
#[test]
fn great_texts_come_to_an_end() {
    for text in [
        "\n".repeat(1_000_000),
        "Đảng bộ ".repeat(60_000),
        "1. Đảng\n".repeat(60_000),
        "Tinh® \n\n".repeat(60_000),
    ] {
        check(&parse("great", text));
    }
}
