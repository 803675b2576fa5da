//! The repaired reading against what is printed on the paper, and clean text left alone.

use vankien::reading::train::Score;
use vankien::reading::{Quality, Reading};
use vankien::text::Span;

/// The lines of a gold file: line number, tab, the line as printed.
fn printed(gold: &str) -> Vec<(usize, &str)> {
    gold.lines()
        .filter_map(|row| row.split_once('\t'))
        .filter_map(|(line, text)| Some((line.parse().ok()?, text)))
        .collect()
}

#[test]
fn a_scan_is_read_as_printed() {
    let source = include_str!("../../seeds/003_df078dc1419f2d79.txt");
    let reading = Reading::of(source);
    assert_eq!(reading.quality(Span::new(0, source.len())), Quality::Ocr);
    let score = Score::of(source, &reading, &printed(include_str!("../gold/reading-003.tsv")));
    let plain = Score::of(
        source,
        &Reading::default(),
        &printed(include_str!("../gold/reading-003.tsv")),
    );
    let shares = score.shares();
    assert!(plain.shares()[0] < 0.8, "the source is a scan: {plain:?}");
    let least = [0.987, 0.978, 0.963, 0.94, 0.97, 0.952];
    for (share, least) in shares.iter().zip(least) {
        assert!(*share >= least, "{shares:?} should reach {least:?}");
    }
}

#[test]
fn clean_documents_are_left_alone() {
    for (name, source) in [
        ("001", include_str!("../../seeds/001_a1c1383653321638.txt")),
        ("004", include_str!("../../seeds/004_dd2783c7784f4f98.txt")),
    ] {
        assert_eq!(Reading::of(source).repairs, [], "{name}");
    }
}

#[test]
fn lost_marks_are_restored() {
    let printed_text = include_str!("../../seeds/001_a1c1383653321638.txt");
    let typed: String = printed_text.chars().map(without_marks).collect();
    let reading = Reading::of(&typed);
    assert_eq!(reading.quality(Span::new(0, typed.len())), Quality::Unmarked);
    assert!(reading.language_marks(Span::new(0, typed.len())) < 0.01);
    let lines: Vec<(usize, &str)> = (1..).zip(printed_text.split('\n')).collect();
    let [folded, exact, ..] = Score::of(&typed, &reading, &lines).shares();
    assert!(folded >= 0.9999 && exact >= 0.98, "{folded} {exact}");
}

/// A char as somebody types it who has no Vietnamese keyboard.
fn without_marks(char: char) -> char {
    let folded = vankien::text::fold(char.encode_utf8(&mut [0; 4]))
        .chars()
        .next()
        .unwrap_or(char);
    if char.is_uppercase() {
        folded.to_ascii_uppercase()
    } else {
        folded
    }
}

#[test]
fn clean_documents_teach_names() {
    let source = include_str!("../../seeds/003_df078dc1419f2d79.txt");
    let clean = include_str!("../../seeds/001_a1c1383653321638.txt");
    let model = vankien::reading::Model::shipped().with_corpus([clean]);
    let gold = printed(include_str!("../gold/reading-003.tsv"));
    let exact = |reading: &Reading| Score::of(source, reading, &gold).shares()[1];
    assert!(exact(&Reading::with(&model, source)) >= exact(&Reading::of(source)));
    assert_eq!(Reading::with(&model, clean).repairs, []);
}
