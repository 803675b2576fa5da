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
    let least = [0.98, 0.965, 0.95, 0.92, 0.955, 0.925];
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
