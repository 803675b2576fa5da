//! The true wording of texts, and the slow obvious check whether two of them share wording.

use std::collections::HashSet;

use vankien::text::{Mapped, Span, TokenKind, Tokens};

/// Number of equal syllables in a row that are shared wording: no chance and no set phrase.
pub(super) const RUN: usize = 8;

/// The share of the runs of three syllables of the shorter text that is shared wording too.
const TRIPLES: f64 = 0.6;

/// Number of syllables in the same order, of [`CLAUSE`] on each side or of all if there are fewer, that are shared
/// wording too: a clause with words inserted ("thực hiện tốt **vai trò** đại diện, bảo vệ quyền **và** lợi ích hợp
/// pháp").
const IN_ORDER: usize = 10;

/// Length of a clause in syllables; see [`IN_ORDER`].
const CLAUSE: usize = 14;

/// The true wording of a text, syllable by syllable: the bytes of each and its folded form.
///
/// For a damaged text that is the text before the damage, or its repaired reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Truth(Vec<(Span, String)>);

impl Truth {
    /// The truth of a text that says what it should.
    pub(super) fn of(text: &str) -> Self {
        let mut tokens = Tokens::new(text);
        let mut syllables = Vec::new();
        while let Some(token) = tokens.advance() {
            // A symbol or date comes once more in its parts.
            if matches!(token.kind, TokenKind::Word | TokenKind::Number) {
                syllables.push((token.span, tokens.folded().to_owned()));
            }
        }
        Self(syllables)
    }

    /// The truth of the source of a view that says what it should.
    pub(super) fn of_view(view: &Mapped) -> Self {
        Self::of(view.text()).mapped(|span| view.source_span(span))
    }

    /// The same syllables at other places.
    pub(super) fn mapped(mut self, place: impl Fn(Span) -> Span) -> Self {
        for (span, _) in &mut self.0 {
            *span = place(*span);
        }
        self
    }

    /// Returns the syllables that lie in `spans` (sorted), at least in part.
    pub(super) fn part(&self, spans: &[Span]) -> Self {
        let (mut part, mut next) = (Vec::new(), 0);
        for span in spans {
            let first = self.0.partition_point(|(at, _)| at.end <= span.start).max(next);
            let here = self.0[first..].iter().take_while(|(at, _)| at.start < span.end);
            part.extend(here.cloned());
            next = self.0.partition_point(|(at, _)| at.start < span.end).max(next);
        }
        Self(part)
    }

    /// Appends the truth of the text that follows.
    pub(super) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Returns the folded syllables.
    pub(super) fn syllables(&self) -> Vec<&str> {
        self.0.iter().map(|(_, syllable)| syllable.as_str()).collect()
    }
}

/// Returns true if two texts share wording: a run of [`RUN`] syllables, or [`TRIPLES`] of the runs of three of the
/// shorter one, or [`IN_ORDER`] syllables of a clause in the same order.
pub(super) fn share_wording(one: &[&str], other: &[&str]) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    shared(short, long, RUN) > 0
        || {
            // A text of one or two syllables is compared as a whole.
            let size = short.len().clamp(1, 3);
            let runs = short.windows(size).count();
            runs > 0 && shared(short, long, size) as f64 >= TRIPLES * runs as f64
        }
        || clauses(short).any(|clause| clauses(long).any(|its| in_order(clause, its) >= IN_ORDER))
}

/// Returns all stretches of [`CLAUSE`] syllables; a shorter text as a whole.
fn clauses<'t, 's>(text: &'t [&'s str]) -> impl Iterator<Item = &'t [&'s str]> {
    text.windows(CLAUSE.min(text.len()).max(1))
}

/// Returns the most syllables that both texts have in the same order.
fn in_order(one: &[&str], other: &[&str]) -> usize {
    let mut best = vec![0; other.len() + 1];
    for syllable in one {
        let mut corner = 0;
        for (at, its) in other.iter().enumerate() {
            let above = best[at + 1];
            best[at + 1] = if syllable == its {
                corner + 1
            } else {
                above.max(best[at])
            };
            corner = above;
        }
    }
    best[other.len()]
}

/// Returns the number of runs of `size` syllables of `short` that `long` has.
fn shared(short: &[&str], long: &[&str], size: usize) -> usize {
    let known: HashSet<&[&str]> = long.windows(size).collect();
    short.windows(size).filter(|run| known.contains(run)).count()
}

#[test]
fn a_part_holds_each_syllable_once() {
    let truth = Truth::of("Đảng ủy xã Ngọc Tố");
    let part = |spans: &[[usize; 2]]| {
        let spans: Vec<Span> = spans.iter().map(|&[start, end]| Span::new(start, end)).collect();
        truth.part(&spans).syllables().join(" ")
    };
    for (spans, expected) in [
        (&[][..], ""),
        (&[[0, 7]], "dang"),
        (&[[6, 9]], "dang uy"),
        (&[[0, 2], [2, 5], [5, 7]], "dang"),
        (&[[0, 1], [13, 14]], "dang xa"),
        (&[[7, 8]], ""),
        (&[[0, 99]], "dang uy xa ngoc to"),
    ] {
        assert_eq!(part(spans), expected, "{spans:?}");
    }
}

#[test]
fn shared_wording_is_a_long_run_or_most_of_the_shorter_text() {
    for (one, other, expected) in [
        ("a b c d e f g h", "x y a b c d e f g h z", true),
        (
            "a b c d e f g 1 2 3 4 5 6 7 8 9",
            "x y a b c d e f g z 0 q r s t u v w",
            false,
        ),
        ("a b c d e f g", "x y a b c d e f g z", true),
        ("a b c X e f X h i j", "a b c d e f g h i j k", false),
        (
            "a b c d e f g X h i j k l m n o",
            "a b c d e f g Y h i j k l m n o",
            true,
        ),
        ("a b", "x a b y", true),
        ("a b", "x b a y", false),
        ("", "a b c", false),
        ("", "", false),
    ] {
        let [one, other] = [one, other].map(|text| text.split_whitespace().collect::<Vec<_>>());
        assert_eq!(share_wording(&one, &other), expected, "{one:?} {other:?}");
        assert_eq!(share_wording(&other, &one), expected, "{other:?} {one:?}");
    }
}
