//! The mentions of one passage in order, each with those that it may share its relation with.
//!
//! A document in the title of another ("Kết luận 01 về thực hiện Chỉ thị 05") or in a bracket is on a level of its own.
//! The text after the title or the bracket goes on with the mention before it.

use super::super::mention::DocumentMention;
use super::super::tokens::PassageWords;
use super::clause::{Left, NearestVerb, goes_on, look_left};
use super::replacement::{is_agent, passive_after, replaced_after};
use crate::stop::checkpoint;

/// A mention that a later one may go on with.
#[derive(Clone, Copy, Debug)]
struct Level {
    /// Its index.
    index: usize,
    /// The number of brackets that are open at its beginning.
    depth: usize,
    /// The end of the title that it is in, as bytes of the view; `usize::MAX` if it is in none.
    title_end: usize,
    /// True if its verb belongs to the mention before it, and not to the list of that one: "Luật số 31/2024/QH15 được
    /// sửa đổi bởi Luật số 43/2024/QH15".
    inner: bool,
    /// True if it is what does so: "được sửa đổi bởi".
    agent: bool,
}

/// Maximum number of words between two documents that are replaced together: "và các Quyết định".
const MAX_WORDS_BETWEEN: usize = 3;

/// Maximum number of mentions that are passed over to find the end of the last sure one.
const MAX_DOUBTFUL: usize = 16;

/// Sets the relation of each mention, and the document that replaces it. `mentions` are those of one passage, in order,
/// with their pinpoints; `enacts` is true if the document is of a kind that puts rules into force.
pub(in crate::citation) fn add_relations(words: &PassageWords<'_>, mentions: &mut [DocumentMention], enacts: bool) {
    let mut chain = Chain {
        words,
        levels: Vec::new(),
        depth: 0,
        read: 0,
    };
    let mut links = vec![Link::default(); mentions.len()];
    for (index, link) in links.iter_mut().enumerate() {
        let (earlier, rest) = mentions.split_at_mut(index);
        let Some(mention) = rest.first_mut() else { break };
        checkpoint();
        let before = chain.advance(earlier, mention);
        let (mut inner, mut agent) = (false, false);
        match chain.verb_of(earlier, mention, before) {
            Found::Verb(verb) => {
                inner = chain.is_inner(earlier, before, verb);
                agent = is_agent(words, verb.end);
                mention.relation = verb.relation;
                let before = before.map(|before| before.index);
                mention.replacement = replaced_after(words, earlier, before, (mention, verb), enacts);
            }
            Found::List(item) => {
                mention.relation = earlier[item].relation;
                let near = front(words, mention) <= end_of(words, &earlier[index - 1]) + MAX_WORDS_BETWEEN;
                mention.replacement = earlier[item].replacement.filter(|_| near && mention.pinpoint.is_none());
                link.item = Some(item);
            }
            Found::Nothing => {}
        }
        link.titled = inner || before.is_some_and(|before| before.title_end.is_some());
        chain.push(mention, index, before, (inner, agent));
    }
    add_passives(words, mentions, &links);
}

/// The ties of a mention to those before it.
#[derive(Clone, Copy, Debug, Default)]
struct Link {
    /// The one whose list it goes on with.
    item: Option<usize>,
    /// True if it is in the title of another, or its verb belongs to it: what follows is said of that one.
    titled: bool,
}

/// Adds what verbs after the mentions say, from the last of a list to the first: "Quyết định số 5 và Quyết định số 6
/// hết hiệu lực".
fn add_passives(words: &PassageWords<'_>, mentions: &mut [DocumentMention], links: &[Link]) {
    for index in (0..mentions.len()).rev().filter(|&index| !links[index].titled) {
        let Some((relation, replacement)) = passive_after(words, mentions, index) else {
            continue;
        };
        let mut item = Some(index);
        while let Some(at) = item.filter(|&at| at == index || mentions[at].replacement.is_none()) {
            let mention = &mut mentions[at];
            mention.relation = mention.relation.or(Some(relation));
            mention.replacement = Some(replacement).filter(|_| mention.pinpoint.is_none());
            item = links[at].item;
        }
    }
}

/// The mention before another.
#[derive(Clone, Copy, Debug)]
struct Before {
    /// Its index.
    index: usize,
    /// The end of its title, as bytes of the view, if the other is in it.
    title_end: Option<usize>,
}

/// The origin of a relation.
enum Found {
    /// A verb in front of the mention.
    Verb(NearestVerb),
    /// The list that the mention of this index belongs to.
    List(usize),
    /// None.
    Nothing,
}

/// The state of going through the mentions of a passage.
struct Chain<'w> {
    /// The words of the passage.
    words: &'w PassageWords<'w>,
    /// The mentions that the next one may go on with, the nearest last.
    levels: Vec<Level>,
    /// The number of open brackets.
    depth: usize,
    /// The byte up to which brackets are counted.
    read: usize,
}

impl Chain<'_> {
    /// Leaves the brackets and titles that end before `mention`, and returns the mention before it on its level, or the
    /// one that holds it in its title.
    fn advance(&mut self, earlier: &[DocumentMention], mention: &DocumentMention) -> Option<Before> {
        let start = mention.span.start;
        let text = self.words.text().get(self.read..start).unwrap_or_default();
        for at in memchr::memchr2_iter(b'(', b')', text.as_bytes()) {
            if text.as_bytes()[at] == b'(' {
                self.depth += 1;
            } else {
                self.depth = self.depth.saturating_sub(1);
                while self.levels.last().is_some_and(|level| level.depth > self.depth) {
                    self.levels.pop();
                }
            }
        }
        self.read = self.read.max(start);
        while self.levels.last().is_some_and(|level| level.title_end <= start) && !self.joins_title(earlier, mention) {
            self.levels.pop();
        }
        if self.levels.last().is_some_and(|level| level.inner) && self.semicolon_before(earlier, mention) {
            while self.levels.last().is_some_and(|level| level.inner) {
                self.levels.pop();
            }
        }
        let level = self.levels.last()?;
        let title = earlier[level.index].subject;
        Some(Before {
            index: level.index,
            title_end: title
                .filter(|title| title.start <= start && start < title.end)
                .map(|title| title.end),
        })
    }

    /// Returns true if a semicolon is between `mention` and the one before it.
    fn semicolon_before(&self, earlier: &[DocumentMention], mention: &DocumentMention) -> bool {
        let from = earlier.last().map_or(0, |last| end_of(self.words, last));
        (from..=front(self.words, mention)).any(|at| self.words.gap(at).contains(';'))
    }

    /// Returns true if `mention` goes on with the last one of a title that seems to end there, because only "và" or a
    /// comma is between two of the same kind, and the document with that title is of another one or cited for a part,
    /// or the last one is what amends: "Kế hoạch số 5 về thực hiện Nghị quyết số 18 và Nghị quyết số 19", "Điều 4 Thông
    /// tư số 34 sửa đổi Thông tư số 42, Thông tư số 43", "Luật Đất đai được sửa đổi bởi Luật số 43, Luật số 47".
    fn joins_title(&self, earlier: &[DocumentMention], mention: &DocumentMention) -> bool {
        let [.., outer, level] = self.levels.as_slice() else {
            return false;
        };
        let (outer, last) = (&earlier[outer.index], &earlier[level.index]);
        let words = self.words;
        let (end, first) = (end_of(words, last), front(words, mention));
        let and = words.folded(end) == "va" && words.joined(end) && end + 1 == first;
        let comma = end == first && words.gap(first).trim() == ",";
        let part = outer.pinpoint.is_some() && mention.pinpoint.is_none();
        last.kind == mention.kind && (and && outer.kind != mention.kind || (and || comma) && (part || level.agent))
    }

    /// Finds the verb of `mention`, or the list that it belongs to.
    fn verb_of(&self, earlier: &[DocumentMention], mention: &DocumentMention, before: Option<Before>) -> Found {
        let words = self.words;
        let first = front(words, mention);
        let floor = before.map_or(0, |before| match before.title_end {
            Some(_) => words.index_at(earlier[before.index].span.end),
            None => earlier
                .iter()
                .rev()
                .take(MAX_DOUBTFUL)
                .find(|item| is_item(item))
                .map_or(0, |item| end_of(words, item))
                .max(end_of(words, &earlier[before.index])),
        });
        let item = before
            .filter(|before| before.title_end.is_none())
            .map(|before| before.index);
        // "(gọi tắt là Nghị quyết Đại hội)" names the document before it.
        let named = first > 0 && words.joined(first) && words.word(first - 1) == "là";
        if let Some(item) = item.filter(|_| named && first >= 2 && matches!(words.folded(first - 2), "tat" | "goi")) {
            return Found::List(item);
        }
        match look_left(words, first, floor) {
            Left::Verb(verb) => Found::Verb(verb),
            Left::Ended => Found::Nothing,
            Left::Open => match item {
                Some(item) if goes_on(words, floor, first) && !self.begins_anew(floor, first, mention) => {
                    Found::List(item)
                }
                _ => Found::Nothing,
            },
        }
    }

    /// Returns true if the verb of a mention belongs to the one `before` it: no sign is between them.
    fn is_inner(&self, earlier: &[DocumentMention], before: Option<Before>, verb: NearestVerb) -> bool {
        let Some(before) = before.filter(|before| before.title_end.is_none()) else {
            return false;
        };
        let end = end_of(self.words, &earlier[before.index]);
        end <= verb.first
            && !(end..=verb.first).any(|at| self.words.gap(at).contains([',', ';', ':', '.']))
            && !matches!(self.words.word(end), "và" | "hoặc")
    }

    /// Returns true if `mention` follows a semicolon and is the subject of a clause of its own: "; Thông tư 11 sẽ có
    /// hiệu lực", but "; Luật Đất đai đã được sửa đổi, bổ sung".
    fn begins_anew(&self, floor: usize, first: usize, mention: &DocumentMention) -> bool {
        /// Maximum number of words of its clause that are looked at.
        const MAX_LOOK: usize = 20;
        let words = self.words;
        let end = end_of(words, mention);
        let semicolon = (floor..=first).any(|at| words.gap(at).contains(';'));
        let clause = || (end..words.len().min(end + MAX_LOOK)).take_while(|&at| words.joined(at));
        let finite = |at: usize| match words.word(at) {
            "sẽ" | "đang" => true,
            "đã" | "được" => {
                let verb = at + usize::from(words.folded(at + 1) == "duoc") + 1;
                at == end
                    && words.phrase(verb, &["sua", "doi"]).is_none()
                    && words.phrase(verb, &["bo", "sung"]).is_none()
            }
            "có" | "là" | "nêu" | "quy" | "cũng" | "không" | "vẫn" => at == end,
            _ => false,
        };
        semicolon && clause().any(finite)
    }

    /// Adds `mention`, so that the next may go on with it.
    fn push(&mut self, mention: &DocumentMention, index: usize, before: Option<Before>, (inner, agent): (bool, bool)) {
        if !is_item(mention) {
            return;
        }
        let title_end = before
            .and_then(|before| before.title_end)
            .or(self.levels.last().map(|outer| outer.title_end));
        let list = self
            .levels
            .last()
            .filter(|_| before.is_some_and(|before| before.title_end.is_none()));
        let level = Level {
            index,
            depth: self.depth,
            title_end: title_end.unwrap_or(usize::MAX),
            inner: inner || self.levels.last().is_some_and(|last| last.inner),
            agent: agent || list.is_some_and(|last| last.agent),
        };
        // The item before it in the same bracket and title is done with.
        match self.levels.last_mut() {
            Some(last)
                if !inner && last.depth == level.depth && before.is_some_and(|before| before.title_end.is_none()) =>
            {
                *last = level;
            }
            _ => self.levels.push(level),
        }
    }
}

/// Returns true if a later mention may go on with this one. What is said of the document itself is passed over, and so
/// is a number that may turn out to count something.
fn is_item(mention: &DocumentMention) -> bool {
    !mention.is_own_document() && !mention.is_doubtful()
}

/// Returns the first word of a mention, or of its pinpoint.
fn front(words: &PassageWords<'_>, mention: &DocumentMention) -> usize {
    words.index_at(mention.pinpoint.unwrap_or(mention.span).start.min(mention.span.start))
}

/// Returns the word after a mention and its date, issuer and subject.
fn end_of(words: &PassageWords<'_>, mention: &DocumentMention) -> usize {
    mention.end.max(words.index_at(mention.span.end))
}
