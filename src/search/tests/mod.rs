//! Tests of searching: the passages found, their order, and their snippets.

mod plain_scan;
mod slow_twin;

use super::*;
use crate::index::testing::{Sample, TestFolder, index_of};
use crate::query::parse;
use crate::reading::Quality;

/// Three writings of one syllable: as asked for, without marks in a text that lost them, and another word.
/// The last passage is the shortest and says it most often, so that BM25 alone would put it first.
fn roads() -> (TestFolder, Index) {
    index_of(&[
        Sample::new("a", "xây dựng con đường mới trong toàn tỉnh, dài hơn một trăm cây số"),
        Sample::new("b", "xay dung con duong moi trong toan tinh").quality(Quality::Unmarked),
        Sample::new("c", "dương dương dương"),
        Sample::new("d", "con duong trong van ban sach"),
    ])
}

/// Ids of the documents found, best first, with their agreement.
fn found(index: &Index, text: &str, marks: Marks) -> Vec<(String, Agreement)> {
    let options = Options {
        marks,
        ..Options::default()
    };
    let results = answer(index, text, &options);
    results
        .hits
        .into_iter()
        .map(|hit| (hit.stored.record.document, hit.agreement))
        .collect()
}

fn answer(index: &Index, text: &str, options: &Options) -> Results {
    let (query, _) = parse(text);
    search(index, &query, &Filters::default(), options).unwrap()
}

/// Ids of the documents found, sorted.
fn documents(index: &Index, text: &str) -> Vec<String> {
    let results = answer(index, text, &Options::default());
    assert!(!results.relaxed || results.total() > 0);
    let mut ids: Vec<String> = results.hits.into_iter().map(|hit| hit.stored.record.document).collect();
    ids.sort();
    ids
}

#[test]
fn agreement_of_marks_beats_loss_beats_contradiction() {
    use Agreement::{Exact, Folded, Lost};
    let (_folder, index) = roads();
    let row = |id: &str, agreement| (id.to_owned(), agreement);
    let prefer = found(&index, "đường", Marks::Prefer);
    assert_eq!(prefer[..2], [row("a", Exact), row("b", Lost)]);
    assert!(prefer[2..].iter().all(|(_, agreement)| *agreement == Folded));
    assert_eq!(prefer.len(), 4);
    assert_eq!(found(&index, "đường", Marks::Exact), [row("a", Exact)]);
    assert_eq!(found(&index, "\"con đường\"", Marks::Exact), [row("a", Exact)]);
    // Without marks no agreement is asked for, so the densest passage is first.
    assert_eq!(found(&index, "duong", Marks::Prefer)[0], row("c", Exact));
    assert_eq!(found(&index, "duong", Marks::Exact).len(), 4);
    assert_eq!(found(&index, "đường", Marks::Any)[0].0, "c");
}

#[test]
fn a_reading_beats_what_the_decoder_was_less_sure_of() {
    let scan = |id: &str, readings: &[&str]| {
        Sample::new(id, "xay dung con dudng moi trong toan tinh")
            .quality(Quality::Ocr)
            .repair("dudng", readings)
    };
    // Worst first, so that the order of ids decides nothing.
    let (_folder, index) = index_of(&[
        Sample::new("a", "dương dương dương"),
        scan("b", &["dương", "dưỡng", "đường"]),
        scan("c", &["đường", "dương"]),
        Sample::new("d", "xây dựng con đường mới trong toàn tỉnh, dài hơn một trăm cây số"),
    ]);
    let order: Vec<String> = found(&index, "đường", Marks::Prefer)
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    assert_eq!(order, ["d", "c", "b", "a"]);
}

#[test]
fn source_and_readings_are_found_at_one_position() {
    let damaged = Sample::new("x", "Pang bd thanh phd vitng manh theo 30-QDB/PU, cAp Uy")
        .quality(Quality::Ocr)
        .repair("Pang", &["Đảng"])
        .repair("bd", &["bộ", "bờ"])
        .repair("phd", &["phố"])
        .repair("vitng", &["vững"])
        .repair("QDB/PU", &["QĐ/ĐU"])
        .repair("cAp", &["cấp"])
        .repair("Uy", &["ủy"]);
    let (_folder, index) = index_of(&[damaged, Sample::new("y", "cấp ủy")]);
    for (query, hit) in [
        ("\"đảng bộ thành phố\"", true),
        ("\"dang bo thanh pho\"", true),
        ("\"đảng bờ thành\"", true),
        ("\"pang bd thanh phd\"", true),
        ("\"Pang bộ\"", true),
        ("\"vững manh theo 30\"", true),
        ("30-QĐ/ĐU", true),
        ("\"đảng thành\"", false),
    ] {
        assert_eq!(documents(&index, query).contains(&"x".to_owned()), hit, "{query}");
    }
    let results = answer(&index, "\"cấp ủy\"", &Options::default());
    let agreement: Vec<Agreement> = results.hits.iter().map(|hit| hit.agreement).collect();
    assert_eq!(agreement, [Agreement::Exact, Agreement::Read]);
    let hit = &results.hits[1];
    let shown = |snippet: &Snippet| -> String {
        let pieces = snippet.pieces.iter();
        pieces
            .map(|p| if p.hit { format!("[{}]", p.text) } else { p.text.clone() })
            .collect()
    };
    assert_eq!(
        shown(&hit.snippet),
        "Pang bd thanh phd vitng manh theo 30-QDB/PU, [cAp] [Uy]"
    );
    assert_eq!(
        shown(hit.repaired_snippet.as_ref().unwrap()),
        "Đảng bộ thanh phố vững manh theo 30-QĐ/ĐU, [cấp] [ủy]"
    );
}

#[test]
fn footnote_marks_are_no_part_of_words() {
    let note = Sample::new("x", "của Đảng6, năm 202512, theo")
        .mark("Đảng6", "6")
        .mark("202512", "12");
    let (_folder, index) = index_of(&[note]);
    for (query, hit) in [
        ("\"của đảng năm 2025 theo\"", true),
        ("đảng6", false),
        ("202512", false),
        ("12", false),
    ] {
        assert_eq!(!documents(&index, query).is_empty(), hit, "{query}");
    }
    let results = answer(&index, "2025", &Options::default());
    let hits: Vec<&str> = results.hits[0]
        .snippet
        .pieces
        .iter()
        .filter(|p| p.hit)
        .map(|p| p.text.as_str())
        .collect();
    assert_eq!(hits, ["2025"]);
}

#[test]
fn operators_mean_what_they_say() {
    let (_folder, index) = index_of(&[
        Sample::new("a", "công tác kiểm tra, giám sát"),
        Sample::new("b", "công tác dân vận"),
        Sample::new("c", "kiểm tra ngày 08/9/2016 của cấp ủy"),
    ]);
    for (query, ids) in [
        ("công tác", vec!["a", "b"]),
        ("cong tac -\"dân vận\"", vec!["a"]),
        ("công tác -vận", vec!["a"]),
        ("\"giám sát\" OR \"dân vận\"", vec!["a", "b"]),
        ("kiểm (giám OR ủy)", vec!["a", "c"]),
        ("giá*", vec!["a"]),
        ("8.9.2016", vec!["c"]),
        ("\"kiểm giám\"~1", vec!["a"]),
        ("\"giám tra kiểm\"~4", vec!["a"]),
        ("\"giám tra kiểm\"~3", vec![]),
        ("công tác NOT kiểm tra", vec!["b"]),
        ("công AND \"dân vận\"", vec!["b"]),
        ("\"kiểm tr*\"", vec!["a", "c"]),
        ("\"dâ* vận\"", vec!["b"]),
        ("ngày 08 tháng 9 năm 2016", vec!["c"]),
        ("2016-09-08", vec!["c"]),
        ("\"tra ngày 8 tháng 9 năm 2016 của cấp\"", vec!["c"]),
        ("\"ngày 8 tháng 9 năm 2016 cấp\"", vec![]),
        ("\"kiểm giám\"", vec![]),
        ("document:b", vec!["b"]),
        ("-document:b", vec!["a", "c"]),
        ("document:b document:C", vec!["b", "c"]),
        ("tác document:zzz", vec![]),
        ("", vec![]),
        ("...", vec![]),
    ] {
        assert_eq!(documents(&index, query), ids, "{query}");
    }
}

#[test]
fn codes_are_found_as_they_are_printed() {
    let (_folder, index) = index_of(&[
        Sample::new("a", "hồ sơ mang mã 02091-C-712 tại văn phòng"),
        Sample::new("b", "dự án 2021-2025/GĐ1 trên địa bàn"),
    ]);
    assert_eq!(documents(&index, "02091-C-712"), ["a"]);
    assert_eq!(documents(&index, "02091-c-712 văn phòng"), ["a"]);
    assert_eq!(documents(&index, "2021-2025/GĐ1"), ["b"]);
}

#[test]
fn what_is_shown_is_what_was_meant() {
    let (_folder, index) = index_of(&[
        Sample::new("a", "Quyết định số 5 về chuyển đổi số; số liệu đổi mới, đội ngũ"),
        Sample::new("b", "chuyên viên của đội, sở"),
    ]);
    let results = answer(&index, "chuyển đổi số", &Options::default());
    let shown = |hit: &Hit| -> Vec<String> {
        let hits = hit.snippet.pieces.iter().filter(|piece| piece.hit);
        hits.map(|piece| piece.text.clone()).collect()
    };
    assert_eq!(shown(&results.hits[0]), ["chuyển", "đổi", "số"]);
    // Nothing agrees here, so what contradicts is shown.
    assert_eq!(shown(&results.hits[1]), ["chuyên", "đội", "sở"]);
    let MatchCounts { exact, folded, .. } = results.matches;
    assert_eq!((exact, folded), (1, 1));
}

#[test]
fn a_word_typed_twice_is_shown_beside_each_of_its_neighbors() {
    let (_folder, index) = index_of(&[Sample::new("a", "Năng nổ nâng cao năng lực, nặng lời")]);
    let results = answer(&index, "nang cao nang luc", &Options::default());
    let hits = results.hits[0].snippet.pieces.iter().filter(|piece| piece.hit);
    let shown: Vec<&str> = hits.map(|piece| piece.text.as_str()).collect();
    assert_eq!(shown, ["nâng", "cao", "năng", "lực"]);
}

#[test]
fn an_unmarked_syllable_of_a_marked_query_means_itself() {
    let (_folder, index) = index_of(&[Sample::new("a", "sinh hoạt chi bộ"), Sample::new("b", "chỉ thị của bộ")]);
    assert_eq!(found(&index, "chi bộ", Marks::Exact).len(), 1);
    assert_eq!(found(&index, "chi bộ", Marks::Prefer)[1].1, Agreement::Folded);
    assert_eq!(found(&index, "chi bo", Marks::Exact).len(), 2);
}

#[test]
fn an_excluded_word_with_marks_excludes_no_other_word() {
    let (_folder, index) = index_of(&[
        Sample::new("a", "giải thể hội theo quy định"),
        Sample::new("b", "giải thể hội, quỹ"),
    ]);
    let ids = |marks| -> Vec<String> {
        let found = found(&index, "\"giải thể\" NOT quỹ", marks);
        found.into_iter().map(|(id, _)| id).collect()
    };
    assert_eq!(ids(Marks::Prefer), ["a"]);
    assert_eq!(ids(Marks::Exact), ["a"]);
    assert!(ids(Marks::Any).is_empty());
}

#[test]
fn a_reading_agrees_and_typing_without_marks_does_not() {
    let scan = |id: &str, quality| {
        Sample::new(id, "cua Pang bd")
            .quality(quality)
            .repair("Pang", &["Đảng"])
            .repair("bd", &["bộ"])
    };
    let (_folder, index) = index_of(&[scan("a", Quality::Ocr), scan("b", Quality::Unmarked)]);
    let row = |id: &str, agreement| (id.to_owned(), agreement);
    assert_eq!(
        found(&index, "đảng bộ", Marks::Prefer),
        [row("a", Agreement::Read), row("b", Agreement::Lost)]
    );
    assert_eq!(found(&index, "\"đảng bộ\"", Marks::Exact), [row("a", Agreement::Read)]);
}

#[test]
fn when_nothing_has_all_words_the_most_are_given() {
    let (_folder, index) = index_of(&[
        Sample::new("a", "công tác kiểm tra, giám sát"),
        Sample::new("b", "công tác dân vận"),
    ]);
    let results = answer(&index, "công tác kiểm tra giám sát chặt chẽ", &Options::default());
    assert!(results.relaxed);
    assert_eq!(results.strict_total(), 0);
    assert_eq!(results.hits[0].stored.record.document, "a");
    let none = answer(&index, "không gì hết", &Options::default());
    assert!(!none.relaxed && none.hits.is_empty());
}

#[test]
fn a_partial_answer_has_the_level_of_the_parts_that_it_has() {
    let (_folder, index) = index_of(&[
        Sample::new("a", "tham nhũng trong cơ quan"),
        Sample::new("b", "thăm nhưng trong cơ quan"),
    ]);
    // No passage has the symbol, so two words of three parts must match.
    let results = answer(&index, "tham nhũng 21-NQ/TW", &Options::default());
    let levels: Vec<Agreement> = results.hits.iter().map(|hit| hit.agreement).collect();
    assert!(results.relaxed);
    assert_eq!(levels, [Agreement::Exact, Agreement::Folded]);
    let MatchCounts { exact, folded, .. } = results.matches;
    assert_eq!((exact, folded), (1, 1));
    // `21-NQ` is no beginning of `21-NQ/TW`.
    let (_folder, index) = index_of(&[Sample::new("a", "nâng cao theo 21-NQ/TW"), Sample::new("b", "năng lực")]);
    let either = answer(&index, "21-NQ/TW OR nâng lực", &Options::default());
    let mut levels: Vec<Agreement> = either.hits.iter().map(|hit| hit.agreement).collect();
    levels.sort();
    assert_eq!(levels, [Agreement::Exact, Agreement::Folded]);
    let results = answer(&index, "năng 21-NQ", &Options::default());
    let levels: Vec<Agreement> = results.hits.iter().map(|hit| hit.agreement).collect();
    assert_eq!(levels, [Agreement::Exact, Agreement::Folded]);
}

#[test]
fn windows_and_orders() {
    let samples: Vec<Sample> = (0..7)
        .map(|n| Sample::new(&format!("d{n}"), &"đảng bộ ".repeat(n + 1)))
        .collect();
    let (_folder, index) = index_of(&samples);
    let page = |offset: usize, limit: usize, sort: Sort| -> (Vec<String>, usize) {
        let options = Options {
            offset,
            limit,
            sort,
            ..Options::default()
        };
        let results = answer(&index, "đảng bộ", &options);
        (
            results.hits.into_iter().map(|hit| hit.stored.record.document).collect(),
            results.matches.total(),
        )
    };
    assert_eq!(
        page(0, 3, Sort::Document),
        (vec!["d0".into(), "d1".into(), "d2".into()], 7)
    );
    assert_eq!(page(5, 3, Sort::Document), (vec!["d5".into(), "d6".into()], 7));
    assert_eq!(page(9, 3, Sort::Document), (vec![], 7));
    assert_eq!(page(0, usize::MAX, Sort::Date).0.len(), 7);
    assert_eq!(page(0, 0, Sort::Relevance), (vec![], 7));
    let all = page(0, 7, Sort::Relevance).0;
    assert_eq!(
        [page(0, 4, Sort::Relevance).0, page(4, 4, Sort::Relevance).0].concat(),
        all
    );
}

#[test]
fn a_snippet_is_cut_between_words_around_what_matched() {
    let text = format!(
        "{} công tác {} giám sát của Đảng {}",
        "chữ ".repeat(80),
        "lời ".repeat(80),
        "câu ".repeat(80)
    );
    let (_folder, index) = index_of(&[Sample::new("a", &text)]);
    let options = Options {
        snippet_chars: 40,
        ..Options::default()
    };
    let results = answer(&index, "công \"giám sát của Đảng\"", &options);
    let snippet = &results.hits[0].snippet;
    let shown: String = snippet.pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert!(text.contains(&shown) && shown.chars().count() <= 40, "{shown}");
    assert!(
        shown
            .split_whitespace()
            .all(|word| text.split_whitespace().any(|known| known == word)),
        "{shown}"
    );
    let hits: Vec<&str> = snippet
        .pieces
        .iter()
        .filter(|p| p.hit)
        .map(|p| p.text.as_str())
        .collect();
    assert_eq!(hits, ["giám", "sát", "của", "Đảng"]);
    assert!(snippet.cut_before && snippet.cut_after);
}
