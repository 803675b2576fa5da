//! Ids: whatever is printed can be typed back.

use vankien::index::Index;
use vankien::search::{Target, lookup};

use super::program::Folder;

/// The seeds, indexed.
fn indexed() -> (Folder, Index) {
    let folder = Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    let index = Index::open(&folder.path("index")).unwrap();
    (folder, index)
}

#[test]
fn every_id_of_the_seeds_leads_back_to_its_record() {
    let (_folder, index) = indexed();
    for parsed in index.parsed_documents().unwrap() {
        let parsed = parsed.unwrap();
        let document = index.short_id(&parsed.document.id).into_owned();
        assert_eq!(document.len(), 3);
        assert_eq!(index.resolve_id(&document).unwrap(), parsed.document.id);
        for section in parsed.section_records() {
            for id in [section.section.clone(), format!("{document}§{}", section.address)] {
                match lookup(&index, &id).unwrap() {
                    (_, Target::Section(found, _)) => assert_eq!(found.section, section.section, "{id}"),
                    (_, other) => panic!("{id}: {other:?}"),
                }
            }
        }
        for note in parsed.footnote_records() {
            match lookup(&index, &index.short_id(&note.footnote)).unwrap() {
                (_, Target::Footnote(found, _)) => assert_eq!(found.footnote, note.footnote),
                (_, other) => panic!("{}: {other:?}", note.footnote),
            }
        }
        for passage in parsed.passage_records().step_by(5) {
            match lookup(&index, &index.short_id(&passage.passage)).unwrap() {
                (_, Target::Passage(found, _)) => assert_eq!(found.passage, passage.passage),
                (_, other) => panic!("{}: {other:?}", passage.passage),
            }
        }
    }
}

#[test]
fn an_outline_prints_addresses_that_can_be_shown() {
    let folder = Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    let sections = folder.run(&["outline", "003", "--json"]).expect(0).json();
    let addresses: Vec<&str> = sections
        .iter()
        .map(|section| section["address"].as_str().unwrap())
        .collect();
    assert_eq!(addresses[..4], ["1", "I", "I.1", "I.1.1"]);
    assert_eq!(addresses.last(), Some(&"6"));
    let printed = folder.run(&["outline", "003"]).expect(0).out;
    for address in &addresses[1..] {
        assert!(printed.contains(&format!("§{address}")), "{address}: {printed}");
    }
}
