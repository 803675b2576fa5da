//! The form of an index in the engine: mappings, and the fields of a passage, a document and a citation.

use std::num::NonZero;

use serde_json::Value;

use super::super::mapping::{index_body, writer_body};
use super::super::names::Part;
use super::super::passage_source::{Source, Sources};
use super::super::{document_source, records};
use super::publishing::{Corpus, OLD};
use crate::index::{IndexedFile, StoredPassage};
use crate::record::{CitedAt, Facet, Parsed};

#[test]
fn mappings_are_the_agreed_ones() {
    let mut all = String::new();
    for &part in Part::ALL {
        let body = index_body(part, NonZero::new(3).unwrap());
        all += &format!("{}: {body:#}\n", part.name());
    }
    all += &format!("writer: {:#}\n", writer_body());
    insta::assert_snapshot!("mappings", all);
}

/// The passages and citations of the first document, and what they are of.
fn first_document() -> (IndexedFile, Parsed, Vec<StoredPassage>) {
    let corpus = Corpus::new();
    let index = corpus.index(OLD);
    let file = index.manifest().unwrap().files[0].clone();
    let index = index.in_folder().unwrap();
    let parsed = index.parsed(&file).unwrap();
    let passages = index.passages_of(&file.record.document).unwrap();
    (file, parsed, passages)
}

/// Shortens what is stored: tests read it, nobody else can.
fn shown(source: Source) -> String {
    let mut fields = source.fields;
    for name in ["record", "parsed", "cites", "observed"] {
        if let Some(stored) = fields.get_mut(name) {
            *stored = Value::from("…");
        }
    }
    format!("{}: {fields:#}\n", source.id)
}

#[test]
fn passages_and_citations_have_the_fields_of_the_embedded_index() {
    let (_, parsed, passages) = first_document();
    let sources = Sources::new(&parsed, &passages, 7);
    let all = sources.passages().chain(sources.citations());
    let all: String = all.map(|source| shown(source.unwrap())).collect();
    insta::assert_snapshot!("sources", all);
}

#[test]
fn every_field_of_a_source_is_mapped() {
    let (file, parsed, passages) = first_document();
    let sources = Sources::new(&parsed, &passages, 7);
    let document = document_source::document(&file, &parsed, "digest", 7).unwrap();
    let parts = [
        (Part::Passages, sources.passages().map(Result::unwrap).collect()),
        (Part::Citations, sources.citations().map(Result::unwrap).collect()),
        (Part::Documents, vec![document]),
    ];
    for (part, sources) in parts {
        let body = index_body(part, NonZero::<u32>::MIN);
        let mapped = body["mappings"]["properties"].as_object().unwrap();
        assert!(!sources.is_empty());
        for field in sources
            .iter()
            .flat_map(|source| source.fields.as_object().unwrap().keys())
        {
            assert!(mapped.contains_key(field), "{}: {field}", part.name());
        }
    }
}

#[test]
fn stored_forms_come_back() {
    let (file, parsed, passages) = first_document();
    let sources = Sources::new(&parsed, &passages, 7);
    let text = |source: &Source, field: &str| source.fields[field].as_str().unwrap().to_owned();
    for (source, passage) in sources.passages().zip(&passages) {
        let source = source.unwrap();
        assert_eq!(source.id, passage.record.passage);
        assert_eq!(&records::passage(&text(&source, "record")).unwrap(), passage);
    }
    let cited: Vec<CitedAt> = parsed.cited_places().collect();
    let citations = sources
        .citations()
        .map(|source| records::cited(&text(&source.unwrap(), "record")).unwrap());
    assert!(citations.eq(cited.iter().cloned()) && cited.len() > 1, "{cited:?}");
    let document = document_source::document(&file, &parsed, "digest", 7).unwrap();
    assert_eq!(records::parsed(&text(&document, "parsed")).unwrap(), parsed);
    assert_eq!(records::cites(&text(&document, "cites")).unwrap(), cited);
    assert_eq!(records::file(&text(&document, "record")).unwrap(), file.unpacked());
    records::observed(&text(&document, "observed")).unwrap();
}

#[test]
fn a_passage_without_words_has_a_cell_all_the_same() {
    let (_, parsed, mut passages) = first_document();
    passages.truncate(1);
    passages[0].record.text = "***".to_owned();
    let source = Sources::new(&parsed, &passages, 7).passages().next().unwrap().unwrap();
    assert_eq!(source.fields["folded"], "\u{1}");
    assert_eq!(source.fields["exact"], "");
}

#[test]
fn facets_are_filtered_by_the_terms_of_the_embedded_fields() {
    let (_, parsed, passages) = first_document();
    let source = Sources::new(&parsed, &passages, 7).passages().next().unwrap().unwrap();
    assert_eq!(source.fields[Facet::Document.name()], serde_json::json!(["001"]));
    let province = &source.fields[Facet::Province.name()];
    assert_eq!(province, &serde_json::json!(["Cà Mau"]));
    assert_eq!(source.fields["f_province"], serde_json::json!(["ca mau"]));
}
