//! Annotations of the text of a passage: which bytes are footnote marks, and how its damaged words may read.

use serde::{Deserialize, Serialize};

use crate::document::Passage;
use crate::reading::{Quality, Reading, Repair};
use crate::record::Parsed;
use crate::text::{Form, Mapped, SourceLetters, Span};

/// The largest number of readings of a damaged stretch: the best one and the three after it.
const MAX_READINGS: usize = 4;

/// Annotations of the text of a passage ([`crate::record::PassageRecord::text`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotations {
    /// Bytes of the text that are footnote marks, which belong to no word. Sorted, disjoint.
    pub marks: Vec<Span>,
    /// Damaged stretches. Sorted, disjoint. Each begins and ends at white space or at an end of the text.
    pub damaged: Vec<Damaged>,
    /// True if the source may have lost marks that were printed on the paper.
    pub lossy: bool,
    /// True if letters of the source may be misread or torn, so that a reading says what the paper prints. Otherwise
    /// the text was typed without marks, and a reading adds those that it should have.
    pub misread: bool,
    /// The letters of the file where the text was converted from them.
    pub letters: SourceLetters,
}

/// A damaged stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Damaged {
    /// Its bytes.
    pub span: Span,
    /// Its possible readings, best first; never empty.
    pub readings: Vec<String>,
    /// Bytes of the first reading that are unsure ([`Repair::is_unsure`]). Sorted, disjoint.
    pub unsure: Vec<Span>,
}

impl Annotations {
    /// Returns the annotations of a `text` that is no passage of a document, such as a pasted one; `view` joins its
    /// lines.
    pub(crate) fn of_text(text: &str, view: &Mapped, reading: &Reading) -> Self {
        let repairs: Vec<&Repair> = reading
            .repairs
            .iter()
            .filter(|repair| has_readings(repair, text))
            .collect();
        Self {
            marks: Vec::new(),
            damaged: damaged(view.text(), view, &repairs, &[]),
            lossy: reading.is_lossy(Span::new(0, text.len())),
            misread: false,
            letters: SourceLetters::default(),
        }
    }

    /// Returns the annotations of `passage`, whose text (source, lines joined) is `text`.
    pub(super) fn of(parsed: &Parsed, passage: &Passage, text: &str) -> Self {
        // Torn words have all their marks.
        let quality = parsed.document.metadata.quality;
        let lossy = quality != Quality::Clean && !parsed.reading.is_torn(passage.extent());
        let misread = quality == Quality::Ocr;
        let repairs: Vec<&Repair> = passage
            .fragments
            .iter()
            .flat_map(|&fragment| parsed.reading.within(fragment))
            .filter(|repair| has_readings(repair, &parsed.document.text))
            .collect();
        if passage.marks.is_empty() && repairs.is_empty() && parsed.letters.is_empty() {
            return Self {
                lossy,
                misread,
                ..Self::default()
            };
        }
        let view = Mapped::join(&parsed.document.text, &passage.fragments, Form::Source);
        let marks: Vec<Span> = passage
            .marks
            .iter()
            .map(|&mark| view.view_span(mark))
            .filter(|mark| !mark.is_empty())
            .collect();
        let damaged = damaged(text, &view, &repairs, &marks);
        Self {
            marks,
            damaged,
            lossy,
            misread,
            letters: parsed.letters_in(&view, &passage.fragments),
        }
    }
}

/// Returns true if a word may read otherwise than in the source. A word that is only flagged as unsure has no other
/// reading.
fn has_readings(repair: &Repair, source: &str) -> bool {
    repair.changes(source) || !repair.alternatives.is_empty()
}

/// Widens `repairs` to stretches between white space and joins those that overlap, so that a symbol or a word with its
/// punctuation is read as a whole.
fn damaged(text: &str, view: &Mapped, repairs: &[&Repair], marks: &[Span]) -> Vec<Damaged> {
    let mut stretches: Vec<(Span, Vec<(Span, &Repair)>)> = Vec::new();
    for &repair in repairs {
        let place = view.view_span(repair.span);
        if place.is_empty() || place.slice(text).is_empty() {
            continue;
        }
        let around = widen(text, place);
        match stretches.last_mut() {
            Some((span, inside)) if around.start < span.end => {
                if inside.last().is_none_or(|(last, _)| last.end <= place.start) {
                    inside.push((place, repair));
                    *span = span.cover(around);
                }
            }
            _ => stretches.push((around, vec![(place, repair)])),
        }
    }
    stretches
        .into_iter()
        .map(|(span, inside)| {
            let (readings, unsure) = readings(text, span, &inside, marks);
            Damaged { span, readings, unsure }
        })
        .collect()
}

/// Returns the readings of a stretch, and the unsure bytes of the first. The first reading has all repairs; each
/// further one replaces one repair with one of its alternatives.
fn readings(text: &str, span: Span, repairs: &[(Span, &Repair)], marks: &[Span]) -> (Vec<String>, Vec<Span>) {
    let best: Vec<&str> = repairs.iter().map(|(_, repair)| repair.text.as_str()).collect();
    let (first, places) = replaced(text, span, repairs, &best, marks);
    let unsure = repairs.iter().zip(places).filter(|((_, repair), _)| repair.is_unsure());
    let unsure = unsure
        .map(|(_, place)| place)
        .filter(|place| !place.is_empty())
        .collect();
    let mut readings = vec![first];
    for (index, (_, repair)) in repairs.iter().enumerate() {
        for alternative in &repair.alternatives {
            if readings.len() == MAX_READINGS {
                return (readings, unsure);
            }
            let mut other = best.clone();
            other[index] = alternative;
            let (reading, _) = replaced(text, span, repairs, &other, marks);
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
    }
    (readings, unsure)
}

/// Returns the stretch with `texts` in place of its repairs and without `marks`, and the place of each of the texts in
/// it.
fn replaced(
    text: &str,
    span: Span,
    repairs: &[(Span, &Repair)],
    texts: &[&str],
    marks: &[Span],
) -> (String, Vec<Span>) {
    let mut changes: Vec<(Span, Option<usize>)> = repairs
        .iter()
        .enumerate()
        .map(|(index, (place, _))| (*place, Some(index)))
        .collect();
    changes.extend(
        marks
            .iter()
            .filter(|mark| span.contains(**mark))
            .map(|&mark| (mark, None)),
    );
    changes.sort_by_key(|(place, _)| place.start);
    let mut reading = String::with_capacity(span.len() + 8);
    let mut places = vec![Span::default(); texts.len()];
    let mut at = span.start;
    for (place, repair) in changes {
        // A mark inside a repair is already gone: the repair replaces it too.
        if place.start < at {
            continue;
        }
        reading.push_str(Span::new(at, place.start).slice(text));
        if let Some(repair) = repair {
            let start = reading.len();
            reading.push_str(texts[repair]);
            places[repair] = Span::new(start, reading.len());
        }
        at = place.end;
    }
    reading.push_str(Span::new(at, span.end).slice(text));
    (reading, places)
}

/// Widens `span` to the white space around it.
fn widen(text: &str, span: Span) -> Span {
    let before = text.get(..span.start).unwrap_or("");
    let start = before
        .char_indices()
        .rev()
        .find(|(_, char)| char.is_whitespace())
        .map_or(0, |(at, char)| at + char.len_utf8());
    let after = text.get(span.end..).unwrap_or("");
    let end = after.find(char::is_whitespace).map_or(text.len(), |len| span.end + len);
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repair(start: usize, end: usize, text: &str, alternatives: &[&str]) -> Repair {
        Repair {
            span: Span::new(start, end),
            text: text.to_owned(),
            alternatives: alternatives.iter().map(|&text| text.to_owned()).collect(),
            confidence: 0.9,
        }
    }

    #[test]
    fn repairs_inside_one_symbol_are_read_together() {
        let text = "theo 30-QDB/PU6, Pang uy";
        let repairs = [
            repair(8, 11, "QĐ", &[]),
            repair(12, 14, "ĐU", &["PU"]),
            repair(17, 21, "Đảng", &[]),
        ];
        let repairs: Vec<&Repair> = repairs.iter().collect();
        let view = Mapped::join(text, &[Span::new(0, text.len())], Form::Source);
        let damaged = damaged(text, &view, &repairs, &[Span::new(14, 15)]);
        assert_eq!(damaged.len(), 2);
        assert_eq!(damaged[0].span.slice(text), "30-QDB/PU6,");
        assert_eq!(damaged[0].readings, ["30-QĐ/ĐU,", "30-QĐ/PU,"]);
        assert_eq!(damaged[1].readings, ["Đảng"]);
        assert_eq!(damaged[1].unsure, []);
    }

    #[test]
    fn unsure_words_have_their_bytes_in_the_reading() {
        let text = "theo 30-QDB/PU6, Pang uy";
        let mut repairs = [repair(8, 11, "QĐ", &[]), repair(12, 14, "ĐU", &["PU"])];
        repairs[1].confidence = 0.1;
        let repairs: Vec<&Repair> = repairs.iter().collect();
        let view = Mapped::join(text, &[Span::new(0, text.len())], Form::Source);
        let damaged = damaged(text, &view, &repairs, &[Span::new(14, 15)]);
        let unsure: Vec<&str> = damaged[0]
            .unsure
            .iter()
            .map(|span| span.slice(&damaged[0].readings[0]))
            .collect();
        assert_eq!(unsure, ["ĐU"]);
    }
}
