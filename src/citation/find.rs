//! Citations in the passages of one document.
//!
//! Each passage is read as one [view](crate::text::Mapped): its lines joined, damaged words repaired, footnote marks
//! left out. Citations are found in the view; their spans are mapped back to the source. Details that are written
//! elsewhere in the document are added: subjects from footnotes, names that the document has defined, and, in a second
//! pass over all citations, letters and kinds.

use std::collections::HashMap;

use super::alias::{Definitions, OwnDocument};
use super::complete::complete;
use super::kinds::type_word_at;
use super::mention::{DocumentMention, FoundCitation};
use super::named::{named_at, unnumbered_at};
use super::numbered::{mark_ranges, numbered_at, share_kinds};
use super::own_number::is_own_number;
use super::pinpoint::add_pinpoints;
use super::relation::{Replacement, add_relations};
use super::share::{add_fronts, share_tails};
use super::tail::congress_beside;
use super::tokens::PassageWords;
use super::{Citation, CitationForm, CitationStatus};
use crate::document::{Document, Footnote, Passage, Place};
use crate::reading::{Quality, Reading};
use crate::stop::checkpoint;
use crate::text::{Form, Mapped, Span};

/// Finds every citation in `document`; `reading` is the reading of its text. They are sorted by [`Citation::start`].
///
/// ```
/// use vankien::citation::find;
/// use vankien::document::{Document, Passage, Place, parse};
/// use vankien::reading::Reading;
/// use vankien::text::Span;
///
/// let text = "Thực hiện Kết luận số 126, 127-KL/TW của Bộ Chính trị.".to_owned();
/// let reading = Reading::of(&text);
/// let document = parse("a", "a.txt", text, &reading);
/// let symbols: Vec<_> = find(&document, &reading).into_iter().filter_map(|c| c.symbol).collect();
/// # if !document.passages.is_empty() {
/// assert_eq!(symbols, ["126-KL/TW", "127-KL/TW"]);
/// # }
/// ```
#[must_use]
pub fn find(document: &Document, reading: &Reading) -> Vec<Citation> {
    let mut anchored: HashMap<usize, Vec<&Footnote>> = HashMap::new();
    for note in &document.footnotes {
        if let Some(anchor) = &note.anchor {
            anchored.entry(anchor.passage).or_default().push(note);
        }
    }
    let mut finder = CitationFinder {
        anchored,
        document,
        reading,
        definitions: Definitions::default(),
        own: OwnDocument::of(document),
        found: Vec::new(),
    };
    for (index, passage) in document.passages.iter().enumerate() {
        finder.passage(index, passage);
    }
    let mut citations = complete(document, finder.found);
    citations.sort_by_key(|citation| (citation.start, citation.span.start));
    citations
}

/// The state of reading a document from its first passage to its last.
struct CitationFinder<'d> {
    /// The document.
    document: &'d Document,
    /// The reading of its text.
    reading: &'d Reading,
    /// The notes that each passage calls.
    anchored: HashMap<usize, Vec<&'d Footnote>>,
    /// The names that it has defined so far.
    definitions: Definitions,
    /// The words for the document itself.
    own: OwnDocument,
    /// The citations found so far.
    found: Vec<FoundCitation>,
}

impl CitationFinder<'_> {
    /// Finds the citations of one passage.
    fn passage(&mut self, index: usize, passage: &Passage) {
        checkpoint();
        let source = &self.document.text;
        if !passage
            .fragments
            .iter()
            .any(|fragment| may_cite(fragment.slice(source)))
        {
            return;
        }
        let view = self
            .reading
            .view(source, &passage.fragments, &passage.marks, Form::Match);
        let page = passage
            .page
            .checked_sub(1)
            .and_then(|page| self.document.pages.get(page));
        let quality = page.map_or(self.document.metadata.quality, |page| page.quality);
        let damaged = quality != Quality::Clean || !self.reading.within(passage.extent()).is_empty();
        let words = PassageWords::new(view.text(), damaged);
        let mut mentions = self.mentions(&words, passage);
        add_fronts(&words, &mut mentions);
        share_tails(&words, &mut mentions);
        share_kinds(&words, &mut mentions);
        mark_ranges(&words, &mut mentions);
        add_pinpoints(&words, &mut mentions);
        add_relations(&words, &mut mentions, enacts(self.document));
        for mention in mentions {
            checkpoint();
            let citation = self.citation(index, passage, &view, &words, &mention);
            self.found.push(FoundCitation {
                citation,
                code: mention.code,
                open: mention.open,
            });
        }
    }

    /// Returns the mentions in one passage, in order, and adds the names that it defines.
    fn mentions(&mut self, words: &PassageWords<'_>, passage: &Passage) -> Vec<DocumentMention> {
        let mut mentions: Vec<DocumentMention> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            checkpoint();
            // A numbered citation is found at its number, any other at its first word.
            let mut found = if words.is_number(at) {
                let mut found = numbered_at(words, at);
                if self.document.passages.len() == 1 {
                    found.iter_mut().for_each(|mention| settle_alone(words, mention));
                }
                let is_first = mentions.is_empty();
                found.retain(|mention| {
                    passage.place != Place::Header || !is_own_number(self.document, words, mention, is_first)
                });
                found
            } else if let Some(end) = self.definitions.read(words, at, &mentions) {
                at = end;
                continue;
            } else {
                self.by_name(words, at)
            };
            // The same words are not cited twice.
            let covered = mentions.last().map_or(0, |last| last.span.end);
            found.retain(|mention| mention.span.start >= covered);
            at = found
                .last()
                .map_or(at + 1, |last| words.index_at(last.span.end).max(at + 1));
            self.own.cites(&found);
            mentions.append(&mut found);
        }
        mentions
    }

    /// Returns the mentions by name that begin at word `at`.
    fn by_name(&self, words: &PassageWords<'_>, at: usize) -> Vec<DocumentMention> {
        let Some((type_word, rest)) = type_word_at(words, at) else {
            let unnumbered = unnumbered_at(words, at);
            if unnumbered.is_empty() {
                return self.definitions.mention_at(words, at).into_iter().collect();
            }
            return unnumbered;
        };
        let named = named_at(words, at, type_word, rest);
        if !named.is_empty() {
            return named;
        }
        let own = self.own.mention_at(words, at, type_word, rest);
        own.or_else(|| self.definitions.mention_at(words, at))
            .into_iter()
            .collect()
    }

    /// Returns the citation for `mention`, with its offsets in the source and the subject from a note.
    fn citation(
        &self,
        index: usize,
        passage: &Passage,
        view: &Mapped,
        words: &PassageWords<'_>,
        mention: &DocumentMention,
    ) -> Citation {
        let text = |span: Option<Span>| span.map(|span| span.slice(words.text()).trim().to_owned());
        let start = view.source_span(Span::new(mention.start, mention.start + 1)).start;
        let mut citation = Citation {
            passage: index,
            span: view.source_span(mention.span),
            start,
            defined_date: mention.defined_date,
            replacement: mention.replacement.map(|replacement| match replacement {
                Replacement::Citation(span) => Replacement::Citation(view.source_span(span)),
                other => other,
            }),
            congress: congress_beside(words, words.index_at(mention.span.end), mention.end),
            kind: mention.kind,
            symbol: mention.symbol.as_ref().map(ToString::to_string),
            name: mention.name.clone(),
            number: mention.number.clone(),
            range: text(mention.range),
            issuer: text(mention.issuer.map(|issuer| before_mark(view, passage, issuer))),
            date: mention.date,
            subject: text(mention.subject),
            form: mention.form,
            relation: mention.relation,
            pinpoint: text(mention.pinpoint).map(|pinpoint| join_blanks(&pinpoint)),
            status: CitationStatus::Unresolved,
            candidates: Vec::new(),
            identity: None,
            source: None,
            replaced_by: None,
            target: None,
        };
        if citation.is_own_document() {
            citation.status = CitationStatus::Resolved;
            citation.target = Some(self.document.id.clone());
            return citation;
        }
        if citation.subject.is_none() && citation.number.is_some() && passage.place != Place::Footnote {
            // A note's mark may come after the issuer, so the details count as part of the citation.
            let after = words
                .slice(mention.end.saturating_sub(1), mention.end)
                .end
                .max(mention.span.end);
            let reach = Span::new(citation.span.start, view.source_span(Span::new(0, after)).end);
            citation.subject = self.subject_in_note(index, reach);
            // With a subject, "Quyết định số 30-QĐ/ĐU" is no longer short.
            if citation.subject.is_some() && citation.form == CitationForm::Short && citation.symbol.is_some() {
                citation.form = CitationForm::Full;
            }
        }
        citation
    }

    /// Returns the subject given in the note whose mark is within `reach`, the bytes of a citation in the source.
    fn subject_in_note(&self, passage: usize, reach: Span) -> Option<String> {
        let note = self.anchored.get(&passage)?.iter().find(|note| {
            note.anchor.as_ref().is_some_and(|anchor| {
                let mark = if anchor.mark.is_empty() {
                    anchor.word.end
                } else {
                    anchor.mark.start
                };
                reach.start < mark && anchor.word.start < reach.end
            })
        })?;
        let body = self.document.passages.get(*note.passages.first()?)?;
        let marks: Vec<Span> = std::iter::once(note.mark).chain(body.marks.iter().copied()).collect();
        let view = self
            .reading
            .view(&self.document.text, &body.fragments, &marks, Form::Match);
        let words = PassageWords::new(view.text(), true);
        let first = usize::from(words.is_number(0) && note.mark.is_empty());
        let about = matches!(words.folded(first), "ve" | "v")
            || words.folded(first).len() <= 3 && words.word(first).starts_with(['V', 'v']);
        let from = |word: usize| {
            view.text()
                .get(words.span(word).start..)
                .map(|text| text.trim_end_matches(['.', ';', ' ']))
        };
        // "V/& chỉ định" is left of "V/v" or "Về" if an OCR read the tone mark and the vowel as one sign.
        if words.folded(first) == "v" && words.folded(first + 1) != "v" {
            return from(first + 1).map(|rest| format!("Về {rest}"));
        }
        about.then(|| from(first).map(str::to_owned)).flatten()
    }
}

/// Returns the part of `span`, bytes of the view, before a footnote mark.
///
/// A mark follows the end of a name. An OCR may read mark and full stop as one sign, so the next sentence seems to go
/// on with the name ("các cơ quan Đảng Tỉnh% Kế thừa").
fn before_mark(view: &Mapped, passage: &Passage, span: Span) -> Span {
    let at = |mark: &Span| view.view_span(Span::new(mark.start, mark.start)).start;
    let inside = passage
        .marks
        .iter()
        .map(at)
        .find(|&at| span.start < at && at < span.end);
    inside.map_or(span, |at| Span::new(span.start, at))
}

/// Returns true if `document` is of a kind that puts rules into force, so that it can repeal others.
fn enacts(document: &Document) -> bool {
    const KINDS: &[&str] = &[
        "quyết định",
        "quy định",
        "quy chế",
        "điều lệ",
        "nghị quyết",
        "luật",
        "bộ luật",
        "pháp lệnh",
        "nghị định",
        "thông tư",
        "thông tư liên tịch",
    ];
    document
        .metadata
        .kind
        .as_deref()
        .is_some_and(|kind| KINDS.contains(&kind))
}

/// Returns `text` with a single blank for each run of blanks and line breaks.
fn join_blanks(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for part in text.split_whitespace() {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(part);
    }
    joined
}

/// Settles a mention of a number without letters ("QĐ 144") that is the whole text: it is asked for, and counts
/// nothing.
fn settle_alone(words: &PassageWords<'_>, mention: &mut DocumentMention) {
    let first = words.index_at(mention.span.start) == 0;
    if first && words.index_at(mention.span.end) >= words.len() {
        mention.open = None;
    }
}

/// Returns true if a stretch of source may contain a citation: blank and tiny ones are not worth a view.
fn may_cite(source: &str) -> bool {
    source.len() > 4
}
