//! Tests of the register that ships, and of reading an office's own table.

use std::collections::BTreeMap;

use super::*;
use crate::symbol::Symbol;

/// Returns the keys and terms of `rows`.
fn told<'r>(rows: impl IntoIterator<Item = &'r RegisteredDocument>) -> Vec<String> {
    let rows = rows.into_iter();
    rows.map(|row| format!("{} {}", row.key, row.term.as_deref().unwrap_or("-")))
        .collect()
}

#[test]
fn symbols_are_found_in_any_writing() {
    let register = Register::shipped();
    assert_eq!(told(register.of_symbol("57-NQ/TW")), ["57-NQ/TW XIII"]);
    assert_eq!(told(register.of_symbol("57/nq-tư")), ["57-NQ/TW XIII"]);
    assert_eq!(
        told(register.of_symbol("08-QĐ/TW")),
        told(register.of_symbol("8-QĐi/TW"))
    );
    assert_eq!(register.of_symbol("Nghị quyết").count(), 0);
    assert_eq!(register.of_symbol("").count(), 0);
}

#[test]
fn names_are_found_as_people_write_them() {
    let register = Register::shipped();
    assert_eq!(register.of_name("Nghị quyết Trung ương 6 khoá XII").count(), 4);
    assert_eq!(told(register.of_name("Hiến pháp năm 2013")), ["Hiến pháp 2013 XI"]);
    assert_eq!(told(register.of_name("Luật Giao dịch điện tử")).len(), 2);
    assert_eq!(
        told(register.of_name("Nghị quyết Đại hội XIII của Đảng")),
        ["NQ-DH-XIII XIII"]
    );
}

#[test]
fn identities_name_one_document() {
    let register = Register::shipped();
    let subject = |identity: &str| register.identified(identity).and_then(|row| row.subject.clone());
    assert!(subject("21-NQ/TW ngày 2022-06-16").is_some_and(|subject| subject.contains("tổ chức cơ sở đảng")));
    assert!(subject("21-NQ/TW ngày 2017-10-25").is_some_and(|subject| subject.contains("dân số")));
    assert_eq!(subject("21-NQ/TW ngày 2019-01-01"), None);
    assert_eq!(subject("21-NQ/TW"), None);
}

#[test]
fn references_lead_to_rows() {
    let register = Register::shipped();
    for row in register.rows() {
        for reference in row.replaces.iter().chain(&row.replaced_by) {
            // Replacements that have no row of their own are still named.
            if let Some(other) = register.referred(reference)
                && let (Some(one), Some(two)) = (row.date, other.date)
            {
                let is_later = row.replaced_by.contains(reference);
                assert!(
                    if is_later { one <= two } else { two <= one },
                    "{} {reference}",
                    row.key
                );
            }
        }
    }
}

#[test]
fn numbers_and_dates_have_one_order_within_each_series_and_term() {
    let mut series: BTreeMap<(String, String), Vec<(u32, &RegisteredDocument)>> = BTreeMap::new();
    let register = Register::shipped();
    for row in register.rows().iter().filter(|row| row.certain) {
        let Some(symbol) = row
            .key
            .parse::<Symbol>()
            .ok()
            .filter(|symbol| symbol.body.ends_with("TW"))
        else {
            continue;
        };
        // Regulations numbered with QĐi have a series of their own.
        let letters = symbol.letters();
        let term = row.term.clone().unwrap();
        series
            .entry((letters, term))
            .or_default()
            .push((symbol.number.parse().unwrap(), row));
    }
    let (mut compared, mut wrong) = (0, Vec::new());
    for ((letters, term), mut rows) in series {
        rows.sort_by_key(|(number, row)| (*number, row.date));
        for pair in rows.windows(2) {
            let [(one, earlier), (two, later)] = pair else { continue };
            compared += 1;
            if earlier.date > later.date {
                wrong.push(format!(
                    "{one} {two} {letters} {term}: {:?} {:?}",
                    earlier.date, later.date
                ));
            }
        }
    }
    assert!(compared > 300, "{compared}");
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn terms_are_those_of_the_dates() {
    for row in Register::shipped().rows() {
        let is_party = row.key.contains("TW");
        if let (Some(date), Some(term), true) = (row.date, &row.term, is_party) {
            assert_eq!(
                congress_on(date).map(|congress| &congress.ordinal),
                Some(term),
                "{}",
                row.key
            );
        }
    }
}

#[test]
fn plenums_adopt_documents_of_the_register() {
    let register = Register::shipped();
    assert_eq!(congresses().len(), 14);
    for plenum in plenums() {
        for key in &plenum.documents {
            let rows: Vec<_> = register.of_symbol(key).collect();
            let congress = &congresses()[usize::from(plenum.congress) - 1];
            assert!(
                rows.iter().any(|row| row.term.as_ref() == Some(&congress.ordinal)),
                "{key} of {}",
                congress.ordinal
            );
        }
    }
}

#[test]
fn rows_of_an_office_win() {
    let own = "key\tterm\tdate\tissuer\tsubject\n\
               21-NQ/TW\tXIII\t2022-06-17\tBan Chấp hành Trung ương\tvề việc thử\n\
               03-NQ/TU\t\t2021-08-05\tTỉnh ủy\tvề chuyển đổi số\n";
    let register = Register::with_rows(own).unwrap();
    let row = |identity: &str| register.identified(identity);
    assert_eq!(
        row("21-NQ/TW ngày 2022-06-17").map(|row| row.basis),
        Some(Basis::Office)
    );
    assert_eq!(row("21-NQ/TW ngày 2022-06-16"), None);
    assert!(row("21-NQ/TW ngày 2017-10-25").is_some());
    let local = row("03-NQ/TU ngày 2021-08-05").unwrap();
    assert_eq!(
        (local.kind, local.term.as_deref(), local.certain),
        (Kind::NghiQuyet, Some("XIII"), true)
    );
}

#[test]
fn mistakes_of_a_table_name_their_line() {
    for (table, line, says) in [
        ("symbol\n1-NQ/TW\n", 1, "'symbol'"),
        ("date\n2025-01-01\n", 1, "'key' is missing"),
        ("key\tdate\n1-NQ/TU\t2025-01-01\n2-NQ/TU\t31/1/2025\n", 3, "31/1/2025"),
        ("key\tkind\n1-NQ/TU\tbài thơ\n", 2, "bài thơ"),
        ("key\n1-NQ/TU\t2\n", 2, "2 values"),
        ("key\tcertain\n1-NQ/TU\tmaybe\n", 2, "maybe"),
        ("key\tdate\n\t2025-01-01\n", 2, "key is empty"),
    ] {
        let error = Register::with_rows(table).unwrap_err();
        assert_eq!(error.line, line, "{table}");
        assert!(error.message.contains(says), "{error}");
    }
}

#[test]
fn a_query_finds_by_symbol_and_by_words() {
    let register = Register::shipped();
    assert_eq!(register.search("21-NQ/TW").len(), 5);
    let found = told(register.search("chuyen doi so XIII"));
    assert!(found.contains(&"57-NQ/TW XIII".to_owned()), "{found:?}");
    assert_eq!(register.search("không có văn bản nào như vậy").len(), 0);
    assert_eq!(register.search("").len(), register.rows().len());
}
