//! Names of values: the same in records, in filters and in the guide.

use std::collections::BTreeSet;

use serde::Serialize;
use vankien::citation::{CitationForm, CitationStatus};
use vankien::document::{Place, SectionKind};
use vankien::reading::Quality;
use vankien::symbol::{Kind, TYPE_WORDS};
use vankien::text::Named;

/// Asserts that JSON has the names that filters and help have, that no two are the same, and that each is found.
fn assert_names_hold<N: Named + Serialize + std::fmt::Debug>() {
    let names: BTreeSet<&str> = N::ALL.iter().map(|value| value.name()).collect();
    assert_eq!(names.len(), N::ALL.len(), "{:?}", N::ALL);
    for &value in N::ALL {
        assert_eq!(serde_json::to_value(value).unwrap(), value.name());
        assert_eq!(N::from_name(value.name()), Some(value));
        let help = value.help();
        assert!(
            help.ends_with('.') && help.starts_with(char::is_uppercase),
            "{value:?}: {help}"
        );
    }
}

#[test]
fn records_have_the_names_that_filters_take() {
    assert_names_hold::<Kind>();
    assert_names_hold::<CitationForm>();
    assert_names_hold::<CitationStatus>();
    assert_names_hold::<Place>();
    assert_names_hold::<SectionKind>();
    assert_names_hold::<Quality>();
}

#[test]
fn the_guide_lists_every_kind_with_its_words_and_letters() {
    let readme = include_str!("../../src/guide/records.md");
    for &kind in Kind::ALL {
        let words: Vec<_> = TYPE_WORDS.iter().filter(|word| word.kind == kind).collect();
        let mut letters: Vec<&str> = Vec::new();
        for &code in words.iter().flat_map(|word| word.codes) {
            if !letters.contains(&code) {
                letters.push(code);
            }
        }
        let written: Vec<&str> = words.iter().map(|word| word.written).collect();
        let row = format!(
            "| `{}` | {} | {} |",
            kind.name(),
            written.join(", "),
            if letters.is_empty() {
                "–".to_owned()
            } else {
                letters.join(", ")
            }
        );
        assert!(
            readme.lines().any(|line| line == row),
            "the topic `records` of the guide should have\n{row}"
        );
    }
}
