//! The repaired reading against what is printed on the paper, and clean text left alone.

use proptest::prelude::*;
use vankien::reading::train::{Judged, Score, judged};
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
    let least = [0.988, 0.98, 0.965, 0.943, 0.974, 0.957];
    for (share, least) in shares.iter().zip(least) {
        assert!(*share >= least, "{shares:?} should reach {least:?}");
    }
    for share in score.false_shares() {
        assert!(share < 0.005, "{:?} of the hits are false", score.false_shares());
    }
}

/// The shortest text that anyone asks for is one line: it says least about its quality.
#[test]
fn lines_of_clean_documents_are_left_alone_each_by_itself() {
    let (mut words, mut damaged) = (0, Vec::new());
    for source in [
        include_str!("../../seeds/001_a1c1383653321638.txt"),
        include_str!("../../seeds/004_dd2783c7784f4f98.txt"),
    ] {
        for line in source.lines() {
            words += line.split_whitespace().count();
            let repairs = Reading::of(line).repairs.into_iter();
            damaged.extend(repairs.filter(|repair| repair.changes(line)).map(|repair| repair.text));
        }
    }
    println!("{} of {words} words: {damaged:?}", damaged.len());
    assert!((damaged.len() as f64) < 0.0005 * f64::from(words as u32), "{damaged:?}");
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

/// A paragraph of a scan.
const SCAN: &str =
    "Pang bd cac co quan Pang thanh phd da tap trung 13nh dao, chi dao thyc hién tét nhiém vu chinh tri.\n\n";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Any part of a clean document, alone or, where it has a mark to be known by, behind a scan.
    #[test]
    fn parts_of_clean_documents_are_left_alone(
        first in 0_usize..1200,
        count in 1_usize..40,
        scan in proptest::bool::ANY,
    ) {
        let clean = include_str!("../../seeds/001_a1c1383653321638.txt");
        let lines: Vec<&str> = clean.lines().skip(first).take(count).collect();
        let part = format!("{}\n", lines.join("\n"));
        let marked = part.chars().filter(|char| "đơưạảấầậắếềệịọốồộớờợụủứừựỳ".contains(*char)).count();
        let scan = if scan && marked > 0 { SCAN } else { "" };
        let text = format!("{scan}{part}");
        let reading = Reading::of(&text);
        let touched: Vec<&str> = reading
            .within(Span::new(scan.len(), text.len()))
            .iter()
            .filter(|repair| repair.changes(&text))
            .map(|repair| repair.text.as_str())
            .collect();
        prop_assert!(touched.is_empty(), "{touched:?} in {part}");
        prop_assert_eq!(reading.repairs.is_empty(), scan.is_empty());
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
    println!("001 without marks: {folded:.4} folded, {exact:.4} with marks");
    assert!(folded >= 0.9999 && exact >= 0.98, "{folded} {exact}");
}

/// A char as somebody types it who has no Vietnamese keyboard.
pub(crate) fn without_marks(char: char) -> char {
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
fn clean_documents_teach_how_to_read_a_scan() {
    let source = include_str!("../../seeds/003_df078dc1419f2d79.txt");
    let gold = printed(include_str!("../gold/reading-003.tsv"));
    let model = super::seeds::model();
    let taught = Score::of(source, &Reading::with(model, source), &gold);
    let shipped = Score::of(source, &Reading::of(source), &gold);
    println!("shipped {:.4?} false {:.4?}", shipped.shares(), shipped.false_shares());
    println!("joined  {:.4?} false {:.4?}", taught.shares(), taught.false_shares());
    for (taught, shipped) in taught.shares().iter().zip(shipped.shares()) {
        assert!(*taught >= shipped, "{taught} where the shipped model has {shipped}");
    }
    assert!(
        taught.folded > shipped.folded && taught.found > shipped.found,
        "{taught:?}"
    );
    let clean = include_str!("../../seeds/001_a1c1383653321638.txt");
    assert_eq!(Reading::with(model, clean).repairs, []);
}

/// A word that [`vankien::reading::Repair::is_unsure`] marks is far more often wrong than one that it does not mark.
#[test]
fn unsure_words_are_the_ones_that_are_wrong() {
    let source = include_str!("../../seeds/003_df078dc1419f2d79.txt");
    let reading = Reading::with(super::seeds::model(), source);
    let judged = judged(source, &reading, &printed(include_str!("../gold/reading-003.tsv")));
    for confidence in [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95] {
        println!(
            "below {confidence}: {:?}",
            Marked::of(&judged, |word| word.confidence < confidence)
        );
    }
    let marked = Marked::of(&judged, Judged::is_unsure);
    assert!(marked.marked < 0.04, "a reader heeds few marks: {marked:?}");
    assert!(marked.wrong > 0.4, "a mark means something: {marked:?}");
    assert!(marked.found > 0.75, "most that is wrong is marked: {marked:?}");
    assert!(marked.missed < 0.004, "what is not marked can be relied on: {marked:?}");
}

/// Outcome of marking some of the words.
#[derive(Debug)]
struct Marked {
    /// Words marked, of all repaired ones.
    marked: f64,
    /// Wrong ones among those marked.
    wrong: f64,
    /// Marked ones among those wrong.
    found: f64,
    /// Wrong ones among those not marked.
    missed: f64,
}

impl Marked {
    fn of(judged: &[Judged], is_marked: impl Fn(&Judged) -> bool) -> Self {
        let (below, above): (Vec<&Judged>, Vec<&Judged>) = judged.iter().partition(|word| is_marked(word));
        let wrong = |words: &[&Judged]| words.iter().filter(|word| !word.right).count() as f64;
        Self {
            marked: below.len() as f64 / judged.len() as f64,
            wrong: wrong(&below) / below.len().max(1) as f64,
            found: wrong(&below) / (wrong(&below) + wrong(&above)).max(1.0),
            missed: wrong(&above) / above.len().max(1) as f64,
        }
    }
}
