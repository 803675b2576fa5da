//! Tables that are kept with an open index: the same as counted anew, and those of the state that answers.

use std::collections::HashMap;
use std::path::Path;

use vankien::concordance::{self, CitedOrder, CitedQuery, CitedRow, CitedTable, counts_by_key, places};
use vankien::index::{BuildOptions, Index, update};
use vankien::query::Filters;
use vankien::record::Facet;
use vankien::search::{FacetCounts, facets};

/// Adds `paths` to the index in `dir` and opens it.
fn indexed(dir: &Path, paths: &[&Path]) -> Index {
    let paths: Vec<_> = paths.iter().map(|path| path.to_path_buf()).collect();
    update(dir, &paths, &BuildOptions::default(), &mut ()).unwrap();
    Index::open(dir).unwrap()
}

/// The rows of the table of citations, in an order.
fn rows(index: &Index, filters: &Filters, order: CitedOrder) -> Vec<CitedRow> {
    let mut table = CitedTable::of(index, filters).unwrap();
    table.sort(order);
    table.rows.iter().map(|row| CitedRow::clone(row)).collect()
}

/// The counts of all facets.
fn counts(index: &Index, filters: &Filters) -> Vec<FacetCounts> {
    let (counts, _) = facets(index, filters, Facet::ALL.to_vec()).unwrap();
    counts.iter().map(|counts| FacetCounts::clone(counts)).collect()
}

#[test]
fn they_are_what_is_counted_with_a_filter_that_all_pass() {
    let folder = tempfile::tempdir().unwrap();
    let seeds = crate::program::root().join("seeds");
    let index = indexed(folder.path(), &[&seeds]);
    let (none, all) = (Filters::default(), Filters::everywhere());
    // Twice: made, and kept.
    for _ in 0..2 {
        for order in [
            CitedOrder::Count,
            CitedOrder::Cited,
            CitedOrder::Date,
            CitedOrder::Oldest,
        ] {
            assert_eq!(rows(&index, &none, order), rows(&index, &all, order));
        }
        assert_eq!(counts(&index, &none), counts(&index, &all));
    }
    let table = rows(&index, &none, CitedOrder::Count);
    assert!(table.len() > 50, "{}", table.len());
    for row in table {
        assert_eq!(row.summary.documents.len(), row.counts.len());
        assert_eq!(row.summary.count, row.counts.iter().sum::<usize>());
    }
    // One facet alone tells the same as among all.
    let (one, diagnostics) = facets(&index, &none, vec![Facet::Section]).unwrap();
    assert!(diagnostics.is_empty());
    assert!(counts(&index, &all).contains(&one[0]));
}

#[test]
fn what_is_found_with_them_is_what_is_found_without() {
    let folder = tempfile::tempdir().unwrap();
    let seeds = crate::program::root().join("seeds");
    let with = indexed(folder.path(), &[&seeds]);
    CitedTable::of(&with, &Filters::default()).unwrap();
    let mut filters = vec![Filters::default()];
    for facet in [
        Facet::Relation,
        Facet::CitedKind,
        Facet::Place,
        Facet::Document,
        Facet::Term,
    ] {
        let (counts, _) = facets(&with, &Filters::default(), vec![facet]).unwrap();
        for value in counts[0].values.iter().take(3) {
            let mut one = Filters::default();
            one.add(facet, value.value.clone());
            let mut two = one.clone();
            two.add(Facet::CitedKind, "nghị quyết".to_owned());
            filters.extend([one, two]);
        }
    }
    let typed = [
        "21-NQ/TW",
        "nq 57",
        "nghị quyết",
        "luật",
        "Điều lệ Đảng",
        "đại hội",
        "Nghị quyết số 57-NQ/TW ngày 22/12/2024",
        "999-NQ/TW",
    ];
    let mut found = 0;
    for filters in &filters {
        // Opened anew, an index has no table.
        let without = Index::open(folder.path()).unwrap();
        assert_eq!(
            rows(&with, filters, CitedOrder::Count),
            rows(&Index::open(folder.path()).unwrap(), filters, CitedOrder::Count),
        );
        for typed in typed {
            let asked = CitedQuery::parse(typed);
            assert_eq!(counts_by_key(&without, &asked, filters).unwrap(), None);
            let places = places(&without, Some(&asked), filters).unwrap();
            assert_eq!(
                concordance::places(&with, Some(&asked), filters).unwrap(),
                places,
                "{typed} {filters:?}"
            );
            let mut counts = HashMap::new();
            for place in &places.places {
                let key = place.citation.counted_as().unwrap_or(&place.citation.raw);
                *counts.entry(key.to_owned()).or_insert(0) += 1;
            }
            assert_eq!(counts_by_key(&with, &asked, filters).unwrap(), Some(counts));
            found += places.places.len();
        }
    }
    assert!(found > 200, "{found}");
}

#[test]
fn each_state_has_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let (dir, file) = (folder.path().join("index"), folder.path().join("ke-hoach.txt"));
    let seeds = crate::program::root().join("seeds");
    let none = Filters::default();
    let before = indexed(&dir, &[&seeds]);
    let cites = |index: &Index| {
        let table = rows(index, &none, CitedOrder::Count);
        let row = table.into_iter().find(|row| row.summary.cited == "999-NQ/TW");
        row.map(|row| row.summary.documents)
    };
    assert_eq!(cites(&before), None);
    std::fs::write(&file, "KẾ HOẠCH\n\nThực hiện Nghị quyết số 999-NQ/TW ngày 1/2/2024.\n").unwrap();
    let after = indexed(&dir, &[&file]);
    assert_eq!(cites(&after), Some(vec!["ke-hoach".to_owned()]));
    assert_eq!(cites(&before), None);
    assert_ne!(counts(&before, &none), counts(&after, &none));
}
