//! The plantings are what they are said to be.

use unicode_normalization::UnicodeNormalization;
use vankien::reading::Quality;
use vankien::record::Parsed;
use vankien::text::{fold, fold::is_marked};

use super::planting::{CHARS, Change, Host, Kind, PLANTINGS, Planter, Planting, truth_of};
use super::truth::Truth;
use super::{MISREAD, PLAIN, REWORDED, SCANNED, Seeds};

const ALL: [&[Kind]; 4] = [&PLAIN, &MISREAD, &REWORDED, &SCANNED];

/// Plants these kinds among the clean seeds.
fn planted(kinds: &'static [Kind]) -> Planter {
    Seeds::clean().plant(kinds)
}

/// Returns the plantings with this change.
fn with(planter: &Planter, change: Change) -> Vec<&Planting> {
    let plantings: Vec<&Planting> = planter
        .plantings
        .iter()
        .filter(|one| one.kind.change == change)
        .collect();
    assert_eq!(plantings.len(), PLANTINGS);
    plantings
}

/// Returns the document that it was planted in.
fn host_of<'p>(planter: &'p Planter, planting: &Planting) -> &'p Host {
    let is_host = |host: &&Host| host.document == planting.host;
    planter.hosts.iter().find(is_host).unwrap()
}

/// Returns the seed with this id.
fn seed<'s>(seeds: &'s Seeds, id: &str) -> &'s Parsed {
    seeds.parsed.iter().find(|parsed| parsed.document.id == id).unwrap()
}

/// Returns the words of a text, so that line breaks do not count.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// Returns a text without its blanks, so that line breaks do not count, also those inside a symbol.
fn without_blanks(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn plantings_stand_where_they_say_and_come_from_where_they_say() {
    let seeds = Seeds::all();
    for kinds in ALL {
        let planter = seeds.plant(kinds);
        assert_eq!(planter.plantings.len(), kinds.len() * PLANTINGS);
        for planting in &planter.plantings {
            let host = host_of(&planter, planting);
            assert_eq!(planting.place.slice(&host.text), planting.text);
            assert_ne!(host.seed, planting.document);
            let Parsed { document, .. } = seed(&seeds, &planting.document);
            let source: String = planting.span.slice(&document.text).nfc().collect();
            assert_eq!(without_blanks(&source), without_blanks(&planting.original));
            assert!(CHARS.contains(&planting.original.chars().count()), "{planting:?}");
            assert_eq!(document.metadata.quality, planting.kind.from);
        }
        let alone = planter.plantings.iter().filter(|planting| planting.alone).count();
        assert_eq!(2 * alone, planter.plantings.len());
    }
}

#[test]
fn every_run_plants_the_same() {
    let [one, other] = [(); 2].map(|()| planted(&REWORDED));
    assert_eq!(one.hosts, other.hosts);
    assert_eq!(one.plantings, other.plantings);
}

#[test]
fn around_plantings_stand_paragraphs_of_one_seed() {
    let seeds = Seeds::all();
    let planter = seeds.plant(&PLAIN);
    let (mut paragraphs, mut copied) = (0, 0);
    for host in &planter.hosts {
        let text: String = seed(&seeds, &host.seed).document.text.nfc().collect();
        let text = words(&text).join(" ");
        for paragraph in host.text.split("\n\n").filter(|paragraph| !paragraph.is_empty()) {
            paragraphs += 1;
            copied += i32::from(text.contains(&words(paragraph).join(" ")));
        }
    }
    // Of 14 paragraphs in a host, 2 are plantings and 2 have one inside; some paragraphs cross a page in their seed.
    let share = f64::from(copied) / f64::from(paragraphs);
    assert!((0.6..=10.0 / 14.0).contains(&share), "{share}");
}

#[test]
fn the_truth_of_a_host_is_what_its_parts_said() {
    let seeds = Seeds::all();
    let planter = seeds.plant(&PLAIN);
    let mut clean_hosts = 0;
    for planting in &planter.plantings {
        let host = host_of(&planter, planting);
        let origin = truth_of(seed(&seeds, &planting.document)).part(&[planting.span]);
        let here = host.truth.part(&[planting.place]);
        assert_eq!(here.syllables(), origin.syllables(), "{planting:?}");
        // Where nothing is misread, a host says what its text says.
        let misread = matches!(planting.kind.change, Change::Misread(_));
        if !misread && seed(&seeds, &host.seed).document.metadata.quality == Quality::Clean {
            assert_eq!(
                host.truth.syllables(),
                Truth::of(&host.text).syllables(),
                "{}",
                host.document
            );
            clean_hosts += 1;
        }
    }
    assert!(clean_hosts > 10);
}

#[test]
fn marks_are_dropped_and_nothing_else() {
    for planting in with(&planted(&PLAIN), Change::MarksDropped) {
        assert!(!planting.text.chars().any(is_marked), "{}", planting.text);
        assert_eq!(words(&fold(&planting.text)), words(&fold(&planting.original)));
    }
}

#[test]
fn verbatim_copies_are_verbatim() {
    for planting in with(&planted(&PLAIN), Change::None) {
        assert_eq!(words(&planting.text), words(&planting.original));
    }
}

#[test]
fn as_many_chars_are_misread_as_said() {
    let planter = planted(&MISREAD);
    for kind in &MISREAD {
        let Change::Misread(rate) = kind.change else {
            panic!("{} is no misreading", kind.name)
        };
        let (mut edits, mut chars) = (0, 0);
        for planting in with(&planter, kind.change) {
            // Lines are broken at blanks.
            let [text, original] = [&planting.text, &planting.original].map(|text| text.replace('\n', " "));
            edits += distance(&text, &original);
            chars += original.chars().filter(|char| !char.is_ascii_digit()).count();
            let mut digits = text.chars();
            let kept = original
                .chars()
                .filter(char::is_ascii_digit)
                .all(|one| digits.any(|other| other == one));
            assert!(kept, "{planting:?}");
        }
        let measured = edits as f64 / chars as f64;
        assert!((0.8..1.2).contains(&(measured / rate)), "{}: {measured}", kind.name);
    }
}

/// Returns the number of edits that turn one text into the other: chars changed, lost, added.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, char) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = above + 1;
        for (at, &wanted) in other.iter().enumerate() {
            let changed = diagonal + usize::from(char != wanted);
            diagonal = row[at + 1];
            row[at + 1] = changed.min(row[at] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

/// Returns the number of words at the beginning, and at the end, that two texts have in common; together not more than
/// either has.
fn common_ends(one: &[&str], other: &[&str]) -> (usize, usize) {
    let before = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let (one, other) = (&one[before..], &other[before..]);
    let after = one
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take_while(|(one, other)| one == other)
        .count();
    (before, after)
}

#[test]
fn a_clause_in_the_middle_is_replaced_by_one_of_its_length() {
    for planting in with(&planted(&REWORDED), Change::ClauseReplaced) {
        let (text, original) = (words(&planting.text), words(&planting.original));
        assert_eq!(text.len(), original.len());
        let (before, after) = common_ends(&text, &original);
        let (count, replaced) = (original.len(), original.len() - before - after);
        assert!(before >= count / 3 && after >= count / 3, "{planting:?}");
        // The first or last word of a clause is sometimes the one that was there before.
        assert!(
            (count / 5 - 2..=count / 3).contains(&replaced),
            "{replaced} of {count}: {planting:?}"
        );
    }
}

#[test]
fn a_clause_is_inserted_in_the_middle() {
    for planting in with(&planted(&REWORDED), Change::ClauseInserted) {
        let (text, original) = (words(&planting.text), words(&planting.original));
        assert!((8..=20).contains(&(text.len() - original.len())), "{planting:?}");
        let (before, after) = common_ends(&text, &original);
        assert_eq!(before + after, original.len(), "{planting:?}");
        assert!(before.min(after) + 3 >= original.len() / 2, "{planting:?}");
    }
}

#[test]
fn clauses_change_places() {
    for planting in with(&planted(&REWORDED), Change::ClausesExchanged) {
        let bare = |text: &str| {
            words(text)
                .iter()
                .map(|word| word.trim_matches(',').to_owned())
                .collect::<Vec<_>>()
        };
        let (mut text, original) = (bare(&planting.text), bare(&planting.original));
        let turned = (1..text.len()).any(|_| {
            text.rotate_left(1);
            text == original
        });
        assert!(turned && planting.text != planting.original, "{planting:?}");
    }
}
