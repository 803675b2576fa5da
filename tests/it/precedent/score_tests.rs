//! The scorer tells good answers from bad ones.

use vankien::record::PassageRecord;
use vankien::text::Span;

use super::ask::{Match, Piece};
use super::planting::Planting;
use super::score::Score;
use super::{Field, MISREAD, PLAIN, REWORDED, Seeds, parsed};

/// Returns all passages of the field.
fn records(field: &Field) -> Vec<PassageRecord> {
    let documents = parsed(&field.planted.index);
    documents
        .iter()
        .flat_map(|parsed| parsed.passage_records().collect::<Vec<_>>())
        .collect()
}

/// Returns the ids of the passages at these bytes of a document.
fn at(records: &[PassageRecord], document: &str, span: Span) -> Vec<String> {
    let here = |record: &&PassageRecord| {
        let overlaps = |&[start, end]: &[usize; 2]| Span::new(start, end).overlaps(span);
        record.document == document && record.spans.iter().any(overlaps)
    };
    records
        .iter()
        .filter(here)
        .map(|record| record.passage.clone())
        .collect()
}

/// Makes the answer that a planting was cut from these bytes.
fn answer(records: &[PassageRecord], document: &str, span: Span) -> Match {
    Match {
        document: document.to_owned(),
        passage: at(records, document, span)[0].clone(),
        given: Vec::new(),
        found: vec![Piece {
            text: String::new(),
            spans: vec![span],
        }],
    }
}

#[test]
fn right_answers_are_all_found_and_none_is_false() {
    for kinds in [&PLAIN, &MISREAD, &REWORDED] {
        let field = Field::of(Seeds::clean(), kinds);
        let records = records(&field);
        let pairs: Vec<[String; 2]> = field
            .plantings()
            .iter()
            .map(|one| {
                let [host, source] = [(&one.host, one.place), (&one.document, one.span)]
                    .map(|(document, span)| at(&records, document, span)[0].clone());
                [host, source]
            })
            .collect();
        // The planting itself is an answer as right as where it was cut from.
        let ask = |one: &Planting| {
            vec![
                answer(&records, &one.host, one.place),
                answer(&records, &one.document, one.span),
            ]
        };
        let score = Score::of(&field.planted, ask, &pairs);
        assert!(
            score.rows.len() == kinds.len() && score.rows.iter().all(|row| row.recalls() == [1.0; 2]),
            "{score}"
        );
        assert_eq!((score.asked.wrong, score.pairs.wrong), (0, 0), "{score}");
        assert_eq!((score.asked.all, score.pairs.all), (2 * pairs.len(), pairs.len()));
    }
}

#[test]
fn no_answer_finds_nothing() {
    let field = Field::of(Seeds::clean(), &PLAIN);
    let score = Score::of(&field.planted, |_| Vec::new(), &[]);
    assert!(score.rows.iter().all(|row| row.recalls() == [0.0; 2]), "{score}");
    assert_eq!((score.asked.wrong_share(), score.pairs.wrong_share()), (0.0, 0.0));
}

#[test]
fn answers_to_another_question_are_false() {
    let field = Field::of(Seeds::clean(), &PLAIN);
    let records = records(&field);
    let plantings = field.plantings();
    let other = |one: &Planting| &plantings[(plantings.iter().position(|it| it == one).unwrap() + 7) % plantings.len()];
    let ask = |one: &Planting| vec![answer(&records, &other(one).document, other(one).span)];
    let pair = |one: &Planting| {
        let source = at(&records, &other(one).document, other(one).span)[0].clone();
        [at(&records, &one.host, one.place)[0].clone(), source]
    };
    let pairs: Vec<[String; 2]> = plantings.iter().map(pair).collect();
    let score = Score::of(&field.planted, ask, &pairs);
    // Few share a set phrase by chance.
    assert!(
        score.asked.wrong_share() > 0.9 && score.pairs.wrong_share() > 0.9,
        "{score}"
    );
    assert!(
        score
            .rows
            .iter()
            .all(|row| row.recalls().iter().all(|recall| *recall < 0.1)),
        "{score}"
    );
}

#[test]
fn the_right_passage_is_no_answer_where_another_part_of_it_is_shown() {
    let field = Field::of(Seeds::clean(), &PLAIN);
    let records = records(&field);
    let beside = |one: &Planting| {
        let mut found = answer(&records, &one.document, one.span);
        found.found[0].spans = vec![Span::new(one.span.end, one.span.end + 100)];
        vec![found]
    };
    let score = Score::of(&field.planted, beside, &[]);
    assert!(score.rows.iter().all(|row| row.asked == 0), "{score}");
    assert!(score.asked.wrong_share() > 0.9, "{score}");
}

#[test]
fn what_a_host_took_over_around_the_plantings_is_a_true_pair() {
    let field = Field::of(Seeds::clean(), &PLAIN);
    let records = records(&field);
    let mut pairs = Vec::new();
    for record in records.iter().filter(|record| record.document.starts_with("host-")) {
        let seed = &field
            .hosts
            .iter()
            .find(|host| host.document == record.document)
            .unwrap()
            .seed;
        let originals = records
            .iter()
            .filter(|one| one.document == *seed && one.text == record.text);
        pairs.extend(originals.map(|one| [record.passage.clone(), one.passage.clone()]));
    }
    let score = Score::of(&field.planted, |_| Vec::new(), &pairs);
    assert!(score.pairs.all > 200, "{score}");
    assert_eq!(score.pairs.wrong, 0, "{score}");
}
