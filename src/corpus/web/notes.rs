//! The notes of a page: links that lead to a note, and the note that leads back.
//!
//! Word, LibreOffice, Google Docs, Pandoc and wikis write a note in the same way, whatever they call it: `<a
//! href="#_ftn1" name="_ftnref1">[1]</a>` in the text, and below it a paragraph with `<a href="#_ftnref1"
//! name="_ftn1">[1]</a>`. So a link whose text is a mark and whose goal has a link back to it calls a note.

use std::collections::{HashMap, HashSet};

use super::article::Article;
use super::dom::{Dom, NodeId, ROOT, Step};

/// The most bytes of the mark of a note: `[123]`, `(xviii)`.
const MAX_MARK: usize = 12;

/// The nodes of a note in which the link back is looked for.
const MAX_NOTE_NODES: usize = 400;

/// The nodes around a link that may bear its name: `<sup id="cite_ref-1"><a>`.
const MAX_NAMED_AROUND: usize = 3;

/// Beginnings of the names of notes, for notes without a link back.
const NOTE_NAMES: [&str; 8] = [
    "_ftn",
    "_edn",
    "ftn",
    "edn",
    "sdfootnote",
    "sdendnote",
    "fn",
    "cite_note",
];

/// The notes of a page.
#[derive(Debug, Default)]
pub(super) struct LinkedNotes {
    /// The notes, in the order of the places that call them.
    pub(super) notes: Vec<LinkedNote>,
    /// The links that call notes, with the index of the note.
    calls: HashMap<NodeId, usize>,
    /// The elements that are notes.
    bodies: HashSet<NodeId>,
    /// The links back, which are the marks before the notes.
    marks: HashSet<NodeId>,
}

/// A note of a page.
#[derive(Debug)]
pub(super) struct LinkedNote {
    /// Its mark without brackets.
    pub(super) mark: String,
    /// The element that it is.
    pub(super) body: NodeId,
}

/// The role of a node among notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoteRole {
    /// It calls the note with this index.
    Call(usize),
    /// It is a note.
    Body,
    /// It is the mark before a note, or the sign that leads back.
    Mark,
}

impl LinkedNotes {
    /// Finds the notes of a page.
    pub(super) fn find(dom: &Dom, article: &Article) -> Self {
        let mut named: HashMap<&str, NodeId> = HashMap::new();
        let mut links: Vec<(NodeId, &str)> = Vec::new();
        let mut order = vec![0usize; dom.len()];
        let mut walk = dom.walk(ROOT);
        let mut count = 0;
        while let Some(step) = walk.next() {
            let Step::Open(id) = step else { continue };
            if article.leaves_out(id) {
                walk.skip_element();
                continue;
            }
            count += 1;
            order[id] = count;
            let Some(element) = dom.element(id) else { continue };
            for name in ["id", "name"].into_iter().filter_map(|name| element.attribute(name)) {
                named.entry(name).or_insert(id);
            }
            if let Some(goal) = goal(dom, id) {
                links.push((id, goal));
            }
        }
        let mut found = Self::default();
        let mut known: HashMap<NodeId, usize> = HashMap::new();
        for (link, name) in links {
            let Some(&goal) = named.get(name) else { continue };
            if order[goal] <= order[link] || found.marks.contains(&link) {
                continue;
            }
            let Some(mark) = mark(&dom.text_in(link, MAX_MARK + 1)) else {
                continue;
            };
            let Some(body) = body(dom, goal) else { continue };
            if dom.ancestors(link).any(|around| around == body) {
                continue;
            }
            let back = link_back(dom, body, link, &named);
            let is_named = NOTE_NAMES.iter().any(|known| name.starts_with(known));
            if back.is_none() && !(is_named && begins_with_mark(&dom.text_in(body, 40), &mark)) {
                continue;
            }
            let index = *known.entry(body).or_insert_with(|| {
                found.notes.push(LinkedNote { mark, body });
                found.notes.len() - 1
            });
            found.calls.insert(link, index);
            found.bodies.insert(body);
            found.marks.extend(back);
        }
        found
    }

    /// Returns the role of a node; `None` for nodes that are no part of a note.
    pub(super) fn role(&self, id: NodeId) -> Option<NoteRole> {
        if let Some(&note) = self.calls.get(&id) {
            Some(NoteRole::Call(note))
        } else if self.marks.contains(&id) {
            Some(NoteRole::Mark)
        } else {
            self.bodies.contains(&id).then_some(NoteRole::Body)
        }
    }
}

/// Returns the name within the page that a node links to.
fn goal(dom: &Dom, id: NodeId) -> Option<&str> {
    let element = dom.element(id).filter(|element| element.name() == "a")?;
    let (_, name) = element.attribute("href")?.split_once('#')?;
    (!name.is_empty()).then_some(name)
}

/// Returns the mark that `text` is, without brackets: a number, a Roman numeral or a letter, or stars.
fn mark(text: &str) -> Option<String> {
    let inner = text.trim().trim_matches(['[', ']', '(', ')', ' ']);
    let is_number = inner.len() <= 4 && inner.bytes().all(|byte| byte.is_ascii_digit());
    let is_numeral = inner.len() <= 6 && inner.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_sign = inner.chars().count() <= 4 && inner.chars().all(|char| matches!(char, '*' | '†' | '‡' | '§'));
    (!inner.is_empty() && text.len() <= MAX_MARK && (is_number || is_numeral || is_sign)).then(|| inner.to_owned())
}

/// Returns true if the text of a note begins with its mark.
fn begins_with_mark(text: &str, mark: &str) -> bool {
    text.trim_start_matches(['[', '(', ' ']).starts_with(mark)
}

/// Returns the element that the note named at `goal` is: the block there, or the one around it that is named as a note.
fn body(dom: &Dom, goal: NodeId) -> Option<NodeId> {
    let is_block = |id: &NodeId| matches!(dom.name(*id), "p" | "li" | "div" | "dd" | "td" | "aside");
    let block = std::iter::once(goal).chain(dom.ancestors(goal)).find(is_block)?;
    let around = dom.parent(block).filter(|&id| dom.name(id) == "div");
    let named = around.filter(|&id| {
        let name = dom
            .element(id)
            .and_then(|element| element.attribute("id"))
            .unwrap_or("");
        NOTE_NAMES.iter().any(|known| name.starts_with(known)) && name.ends_with(|char: char| char.is_ascii_digit())
    });
    Some(named.unwrap_or(block))
}

/// Returns the link in the note `body` that leads back to `link`.
fn link_back(dom: &Dom, body: NodeId, link: NodeId, named: &HashMap<&str, NodeId>) -> Option<NodeId> {
    let mut opened = dom.walk(body).take(MAX_NOTE_NODES).filter_map(|step| match step {
        Step::Open(id) => Some(id),
        Step::Close(_) => None,
    });
    opened.find(|&id| {
        let back = goal(dom, id).and_then(|name| named.get(name).copied());
        back.is_some_and(|back| {
            back == link
                || dom.ancestors(link).take(MAX_NAMED_AROUND).any(|around| around == back)
                || dom.ancestors(back).take(MAX_NAMED_AROUND).any(|around| around == link)
                || dom.parent(back) == dom.parent(link)
        })
    })
}
