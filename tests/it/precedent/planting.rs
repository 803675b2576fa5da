//! Plants stretches of real documents, changed as copies are, into other real text, and records what is where.
//!
//! All text comes from the seeds. A stretch of a passage (its *origin*) is changed as its [`Kind`] says and planted
//! into a *host*: a new document made of paragraphs of one other seed, in which it is a paragraph of its own or is put
//! between two sentences. All random numbers come from one seeded [`Dice`], so that every run plants the same
//! stretches.

use vankien::document::Place;
use vankien::reading::Quality;
use vankien::record::Parsed;
use vankien::text::{Form, Mapped, Span};

use super::truth::Truth;
use crate::reading::without_marks;

/// Number of plantings of each kind.
pub(super) const PLANTINGS: usize = 40;

/// Number of plantings in one host.
const PER_HOST: usize = 4;

/// Number of paragraphs around them.
const AROUND: usize = 12;

/// Length of a stretch in chars.
pub(super) const CHARS: std::ops::RangeInclusive<usize> = 100..=300;

/// Least length of a line, in chars, in a host made of a scan.
const LINE_CHARS: usize = 72;

/// The change to a stretch on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Change {
    /// Nothing.
    None,
    /// All marks are dropped.
    MarksDropped,
    /// Each char but digits is misread with this probability.
    Misread(f64),
    /// A fifth to a third of the syllables, in the middle, are replaced.
    ClauseReplaced,
    /// Its two clauses change places.
    ClausesExchanged,
    /// 8 to 20 foreign syllables are inserted in the middle.
    ClauseInserted,
}

/// A kind of planting, and the share of it to be found.
#[derive(Debug, PartialEq)]
pub(super) struct Kind {
    /// Name in the report.
    pub(super) name: &'static str,
    /// Quality of the documents that stretches are cut from.
    pub(super) from: Quality,
    /// Change to the stretches.
    pub(super) change: Change,
    /// The share of the plantings that must be found.
    pub(super) least: f64,
}

/// Random numbers, the same in every run: `SplitMix64`.
#[derive(Clone, Debug)]
pub(super) struct Dice(pub(super) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns one of `0..count`, which is not empty.
    fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    /// Returns one of `least..=most`.
    fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    /// Returns true with this probability.
    fn chance(&mut self, probability: f64) -> bool {
        ((self.next() >> 11) as f64) < probability * (1_u64 << 53) as f64
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }
}

/// A stretch of one document, changed and planted in another.
#[derive(Debug, PartialEq)]
pub(super) struct Planting {
    pub(super) kind: &'static Kind,
    /// Id of the document that it was cut from.
    pub(super) document: String,
    /// Its bytes there.
    pub(super) span: Span,
    /// The text there, lines joined.
    pub(super) original: String,
    /// Id of the host.
    pub(super) host: String,
    /// Its bytes there.
    pub(super) place: Span,
    /// The text there.
    pub(super) text: String,
    /// True if it is a paragraph of its own.
    pub(super) alone: bool,
}

/// A document made of paragraphs of one seed, and plantings.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Host {
    /// Id.
    pub(super) document: String,
    /// Id of the seed.
    pub(super) seed: String,
    pub(super) text: String,
    pub(super) truth: Truth,
}

impl Host {
    /// Appends a text.
    fn push(&mut self, text: &str, truth: Truth) -> Span {
        let start = self.text.len();
        self.text.push_str(text);
        self.truth.extend(truth.mapped(|span| span.shift(start)));
        Span::new(start, self.text.len())
    }

    /// Breaks lines like a scan; no byte changes its place.
    fn break_lines(&mut self) {
        let mut chars = 0;
        let mut breaks = Vec::new();
        let mut following = self.text.char_indices().peekable();
        while let Some((at, char)) = following.next() {
            chars = if char == '\n' { 0 } else { chars + 1 };
            // A line that begins with a number or a dash would begin an item of a list.
            let goes_on = following.peek().is_some_and(|(_, next)| next.is_lowercase());
            if char == ' ' && chars >= LINE_CHARS && goes_on {
                breaks.push(at);
                chars = 0;
            }
        }
        for at in breaks {
            self.text.replace_range(at..=at, "\n");
        }
    }
}

/// A stretch of a text, and its true wording.
#[derive(Clone, Debug)]
struct Stretch {
    text: String,
    truth: Truth,
}

impl Stretch {
    /// A stretch of a text that says what it should.
    fn clean(text: String) -> Self {
        let truth = Truth::of(&text);
        Self { text, truth }
    }

    /// The same stretch in damaged letters: each syllable keeps about its distance from the beginning.
    fn damaged(self, text: &str) -> Self {
        let text = text.trim().to_owned();
        let (before, after) = (self.text.len().max(1), text.len());
        let place = |at: usize| at * after / before;
        let truth = self.truth.mapped(|span| {
            let start = place(span.start);
            Span::new(start, place(span.end).max(start + 1))
        });
        Self { text, truth }
    }
}

/// A paragraph of a seed.
struct Paragraph {
    document: String,
    quality: Quality,
    /// Its bytes in the document.
    fragments: Vec<Span>,
    /// The source, lines joined.
    view: Mapped,
    /// The true wording of that.
    truth: Truth,
}

impl Paragraph {
    /// Returns the paragraphs of a document that are long enough for a stretch.
    fn all(parsed: &Parsed) -> Vec<Self> {
        let (document, truth) = (&parsed.document, truth_of(parsed));
        let bodies = document.passages.iter().filter(|passage| passage.place == Place::Body);
        let paragraphs = bodies.map(|passage| {
            let view = Mapped::join(&document.text, &passage.fragments, Form::Source);
            Self {
                document: document.id.clone(),
                quality: document.metadata.quality,
                fragments: passage.fragments.clone(),
                truth: truth.part(&passage.fragments).mapped(|span| view.view_span(span)),
                view,
            }
        });
        paragraphs
            .filter(|paragraph| paragraph.view.text().chars().count() >= *CHARS.start())
            .collect()
    }

    fn words(&self) -> Vec<&str> {
        self.view.text().split_whitespace().collect()
    }

    /// Cuts a stretch of [`CHARS`] from one blank to another that begins with a letter and lies on one page; sometimes
    /// there is none.
    fn cut(&self, dice: &mut Dice) -> Option<Span> {
        let text = self.view.text();
        let ends = |from: usize| {
            text[from..]
                .match_indices(' ')
                .map(move |(at, _)| from + at)
                .chain([text.len()])
        };
        let long_enough = |from: usize| text[from..].chars().count() >= *CHARS.start();
        let begins = |at: &usize| text[*at..].starts_with(char::is_alphabetic) && long_enough(*at);
        let starts: Vec<usize> = std::iter::once(0)
            .chain(text.match_indices(' ').map(|(at, _)| at + 1))
            .filter(begins)
            .collect();
        if starts.is_empty() {
            return None;
        }
        let start = starts[dice.below(starts.len())];
        let chars = |end: usize| text[start..end].chars().count();
        let wanted = dice.between(*CHARS.start(), *CHARS.end());
        let fitting = ends(start).filter(|&end| CHARS.contains(&chars(end)));
        let cut = Span::new(start, fitting.min_by_key(|&end| chars(end).abs_diff(wanted))?);
        let source = self.view.source_span(cut);
        self.fragments
            .iter()
            .any(|fragment| fragment.contains(source))
            .then_some(cut)
    }

    /// Returns the stretch of these bytes of the view.
    fn stretch(&self, span: Span) -> Stretch {
        let place = |part: Span| Span::new(part.start.saturating_sub(span.start), part.end - span.start);
        Stretch {
            text: span.slice(self.view.text()).to_owned(),
            truth: self.truth.part(&[span]).mapped(place),
        }
    }
}

/// Returns the true wording of a document, as far as anybody knows: its repaired reading.
pub(super) fn truth_of(parsed: &Parsed) -> Truth {
    let text = &parsed.document.text;
    let whole = [Span::new(0, text.len())];
    Truth::of_view(&parsed.reading.view(text, &whole, &[], Form::Source))
}

/// Gives each item once before any comes again.
struct Bag {
    count: usize,
    left: Vec<usize>,
}

impl Bag {
    fn of(count: usize) -> Self {
        Self {
            count,
            left: Vec::new(),
        }
    }

    /// Returns an item that fits; there must be one.
    fn draw(&mut self, dice: &mut Dice, fits: impl Fn(usize) -> bool) -> usize {
        loop {
            if let Some(at) = self.left.iter().position(|&item| fits(item)) {
                return self.left.remove(at);
            }
            let mut again: Vec<usize> = (0..self.count).collect();
            dice.shuffle(&mut again);
            self.left.extend(again);
        }
    }
}

/// Makes hosts of the paragraphs of the seeds.
pub(super) struct Planter {
    paragraphs: Vec<Paragraph>,
    /// Ids and qualities.
    seeds: Vec<(String, Quality)>,
    origins: Bag,
    around: Bag,
    dice: Dice,
    pub(super) hosts: Vec<Host>,
    pub(super) plantings: Vec<Planting>,
}

impl Planter {
    pub(super) fn new(seeds: &[Parsed], dice: Dice) -> Self {
        let paragraphs: Vec<Paragraph> = seeds.iter().flat_map(Paragraph::all).collect();
        Self {
            origins: Bag::of(paragraphs.len()),
            around: Bag::of(paragraphs.len()),
            seeds: seeds
                .iter()
                .map(|Parsed { document, .. }| (document.id.clone(), document.metadata.quality))
                .collect(),
            paragraphs,
            dice,
            hosts: Vec::new(),
            plantings: Vec::new(),
        }
    }

    /// Plants [`PLANTINGS`] stretches of a kind.
    pub(super) fn plant(&mut self, kind: &'static Kind) {
        for _ in 0..PLANTINGS / PER_HOST {
            self.host(kind);
        }
    }

    /// Makes one host with plantings of a kind. Hosts are made of each of the seeds in turn.
    fn host(&mut self, kind: &'static Kind) {
        let (seed, quality) = self.seeds[self.hosts.len() % self.seeds.len()].clone();
        let mut host = Host {
            document: format!("host-{:02}", self.hosts.len()),
            seed: seed.clone(),
            ..Host::default()
        };
        let first = self.plantings.len();
        let each = AROUND / PER_HOST;
        for place in 0..AROUND {
            let planted = place % each == each / 2;
            let inside = planted && (place / each) % 2 == 1;
            let fits = |at: usize| {
                let paragraph = &self.paragraphs[at];
                paragraph.document == seed && (!inside || sentence_end(paragraph.view.text()).is_some())
            };
            let paragraph = self.around.draw(&mut self.dice, fits);
            if planted {
                self.plant_at(&mut host, paragraph, inside, kind);
            } else {
                let Paragraph { view, truth, .. } = &self.paragraphs[paragraph];
                host.push(view.text(), truth.clone());
            }
            host.text.push_str("\n\n");
        }
        if quality == Quality::Ocr {
            host.break_lines();
        }
        for planting in &mut self.plantings[first..] {
            planting.text = planting.place.slice(&host.text).to_owned();
        }
        self.hosts.push(host);
    }

    /// Appends a paragraph with a planting `inside` it, between two sentences, or before it.
    fn plant_at(&mut self, host: &mut Host, paragraph: usize, inside: bool, kind: &'static Kind) {
        let (origin, cut) = self.origin(kind, &host.seed);
        let stretch = self.changed(origin, cut, kind.change);
        let paragraph = &self.paragraphs[paragraph];
        let text = paragraph.view.text();
        let end = sentence_end(text).filter(|_| inside);
        if let Some(at) = end {
            let before = paragraph.stretch(Span::new(0, at));
            host.push(&before.text, before.truth);
            host.text.push(' ');
        }
        let place = host.push(&stretch.text, stretch.truth);
        host.text.push_str(if end.is_some() { " " } else { "\n\n" });
        let after = paragraph.stretch(Span::new(end.map_or(0, |at| at + 1), text.len()));
        host.push(&after.text, after.truth);
        let origin = &self.paragraphs[origin];
        self.plantings.push(Planting {
            kind,
            document: origin.document.clone(),
            span: origin.view.source_span(cut),
            original: cut.slice(origin.view.text()).to_owned(),
            host: host.document.clone(),
            place,
            text: stretch.text,
            alone: end.is_none(),
        });
    }

    /// Returns a stretch of a document other than `seed`: its paragraph, and its bytes in the view of that.
    fn origin(&mut self, kind: &Kind, seed: &str) -> (usize, Span) {
        loop {
            let fits = |at: usize| self.paragraphs[at].quality == kind.from && self.paragraphs[at].document != seed;
            let origin = self.origins.draw(&mut self.dice, fits);
            if let Some(cut) = self.paragraphs[origin].cut(&mut self.dice) {
                return (origin, cut);
            }
        }
    }

    /// Returns a stretch of the paragraph `origin`, changed.
    fn changed(&mut self, origin: usize, cut: Span, change: Change) -> Stretch {
        let stretch = self.paragraphs[origin].stretch(cut);
        let words: Vec<&str> = stretch.text.split(' ').collect();
        let count = words.len();
        match change {
            Change::None => stretch,
            Change::MarksDropped => {
                let text: String = stretch.text.chars().map(without_marks).collect();
                stretch.damaged(&text)
            }
            Change::Misread(rate) => {
                let text = misread(&stretch.text, rate, &mut self.dice);
                stretch.damaged(&text)
            }
            Change::ClauseReplaced => {
                let size = self.dice.between(count.div_ceil(5), count / 3);
                let start = (count - size) / 2;
                let clause = self.clause(origin, size);
                Stretch::clean(
                    [&words[..start], &[clause.as_str()], &words[start + size..]]
                        .concat()
                        .join(" "),
                )
            }
            Change::ClausesExchanged => Stretch::clean(exchanged(&words)),
            Change::ClauseInserted => {
                let size = self.dice.between(8, 20);
                let clause = self.clause(origin, size);
                let (before, after) = words.split_at(count / 2);
                Stretch::clean([before, &[clause.as_str()], after].concat().join(" "))
            }
        }
    }

    /// Returns so many words of another clean paragraph.
    fn clause(&mut self, origin: usize, size: usize) -> String {
        let fits = |at: &usize| {
            let paragraph = &self.paragraphs[*at];
            *at != origin && paragraph.quality == Quality::Clean && paragraph.words().len() >= size
        };
        let fitting: Vec<usize> = (0..self.paragraphs.len()).filter(fits).collect();
        let words = self.paragraphs[fitting[self.dice.below(fitting.len())]].words();
        let start = self.dice.below(words.len() - size + 1);
        words[start..start + size].join(" ")
    }
}

/// Returns the byte of the blank between two sentences of a text that is nearest to its middle.
fn sentence_end(text: &str) -> Option<usize> {
    let ends = text.match_indices(". ").map(|(at, _)| at + 1);
    let ends = ends.filter(|&at| text[at + 1..].starts_with(char::is_uppercase));
    ends.min_by_key(|at| at.abs_diff(text.len() / 2))
}

/// Misreads each char with this probability: half of the misread ones become a letter or, one in ten, a digit; a
/// quarter are lost; after a quarter another char is added. Digits stay.
fn misread(text: &str, rate: f64, dice: &mut Dice) -> String {
    let mut read = String::with_capacity(text.len());
    let letter = |dice: &mut Dice| {
        let (first, count) = if dice.chance(0.1) { (b'0', 10) } else { (b'a', 26) };
        char::from(first + dice.below(count) as u8)
    };
    for char in text.chars() {
        if char.is_ascii_digit() || !dice.chance(rate) {
            read.push(char);
            continue;
        }
        match dice.below(4) {
            0 | 1 => read.push(letter(dice)),
            2 => {}
            _ => read.extend([char, letter(dice)]),
        }
    }
    read
}

/// Returns both clauses in the other order, parted at the comma nearest to the middle, or in the middle if none is
/// near.
fn exchanged(words: &[&str]) -> String {
    let count = words.len();
    let near = count / 4..=count - count / 4;
    let commas = (1..count).filter(|&at| words[at - 1].ends_with(',') && near.contains(&at));
    let middle = commas.min_by_key(|at| at.abs_diff(count / 2)).unwrap_or(count / 2);
    let (first, second) = words.split_at(middle);
    let (first, second) = (first.join(" "), second.join(" "));
    match first.strip_suffix(',') {
        Some(first) => format!("{second}, {first}"),
        None => format!("{second} {first}"),
    }
}
