//! The tree of a page: its elements and text, as a browser would build it.
//!
//! `html5ever` tells the tree from the tags, whatever is wrong with them; the tree itself is kept here, in one list of
//! nodes. Two things make that necessary. The rules of HTML repair broken nesting by looking at all open elements, again
//! for each tag, so a hostile page of some megabytes takes hours: the work is counted and bounded. And a tree of a
//! hundred thousand levels must be walked and freed without recursion.
//!
//! Source: HTML Living Standard, 13.2.6 "Tree construction".

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::tree_builder::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, parse_document};

use crate::corpus::error::ErrorKind;

/// The deepest nesting of elements that is read. Browsers stop at 512; pages of Word that leave elements open reach some
/// hundred.
const MAX_DEPTH: u32 = 1_000;

/// The most nodes of a page: 3 GB of ordinary text could not need more, and they take some 200 MB.
const MAX_NODES: usize = 3_000_000;

/// The most elements that the rules of nesting look at for each byte of a page. Ordinary pages stay below 3.
const MAX_WORK_PER_BYTE: u64 = 32;

/// The work that every page may make.
const FREE_WORK: u64 = 2_000_000;

/// The bytes that are parsed before the bounds are looked at again.
const PIECE_BYTES: usize = 512;

/// The number of a node in its tree.
pub(super) type NodeId = usize;

/// The root of every tree.
pub(super) const ROOT: NodeId = 0;

/// The tree of a page.
#[derive(Debug, Default)]
pub(super) struct Dom {
    nodes: Vec<Node>,
}

/// A node with its place in the tree.
#[derive(Debug)]
struct Node {
    parent: Option<NodeId>,
    previous: Option<NodeId>,
    next: Option<NodeId>,
    first_child: Option<NodeId>,
    last_child: Option<NodeId>,
    depth: u32,
    data: NodeData,
}

/// The content of a node.
#[derive(Debug)]
enum NodeData {
    /// The root, a comment, or something else that is not printed.
    Nothing,
    Text(StrTendril),
    Element(Element),
}

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    name: QualName,
    attributes: Vec<Attribute>,
}

/// A step of a walk through a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A node begins; a text has no end.
    Open(NodeId),
    /// An element, all of whose children were walked through, ends.
    Close(NodeId),
}

/// A walk through a part of a tree.
#[derive(Clone, Debug)]
pub(super) struct Walk<'d> {
    dom: &'d Dom,
    root: NodeId,
    next: Option<Step>,
    last: Option<Step>,
}

impl Element {
    /// Returns its name.
    pub(super) fn name(&self) -> &str {
        &self.name.local
    }

    /// Returns the value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|attribute| &*attribute.name.local == name)?;
        Some(&found.value)
    }
}

impl Dom {
    /// Builds the tree of the page `text`.
    ///
    /// # Errors
    /// [`ErrorKind::Excessive`] if it is nested too deeply or has too many elements.
    pub(super) fn parse(text: &str) -> Result<Self, ErrorKind> {
        let options = ParseOpts {
            tree_builder: TreeBuilderOpts {
                scripting_enabled: false,
                ..TreeBuilderOpts::default()
            },
            ..ParseOpts::default()
        };
        let max_work = FREE_WORK.saturating_add(MAX_WORK_PER_BYTE.saturating_mul(text.len() as u64));
        let mut parser = parse_document(Sink::new(), options);
        let mut rest = text;
        while !rest.is_empty() {
            let mut end = rest.len().min(PIECE_BYTES);
            while !rest.is_char_boundary(end) {
                end += 1;
            }
            let (piece, after) = rest.split_at(end);
            parser.process(StrTendril::from_slice(piece));
            parser.tokenizer.sink.sink.check(max_work)?;
            rest = after;
        }
        Ok(parser.finish())
    }

    /// Returns the element that a node is.
    pub(super) fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.nodes.get(id)?.data {
            NodeData::Element(element) => Some(element),
            _ => None,
        }
    }

    /// Returns the name of the element that a node is; empty for other nodes.
    pub(super) fn name(&self, id: NodeId) -> &str {
        self.element(id).map_or("", Element::name)
    }

    /// Returns the text that a node is.
    pub(super) fn text(&self, id: NodeId) -> Option<&str> {
        match &self.nodes.get(id)?.data {
            NodeData::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the number of nodes.
    pub(super) const fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Returns the parent of a node.
    pub(super) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.nodes.get(id)?.parent
    }

    /// Returns the nodes around a node, from the inside out.
    pub(super) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.parent(id), |&id| self.parent(id))
    }

    /// Returns the children of a node, in order.
    pub(super) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let first = self.nodes.get(id).and_then(|node| node.first_child);
        std::iter::successors(first, |&id| self.nodes.get(id)?.next)
    }

    /// Walks through a node and all that is in it.
    pub(super) const fn walk(&self, root: NodeId) -> Walk<'_> {
        Walk {
            dom: self,
            root,
            next: Some(Step::Open(root)),
            last: None,
        }
    }

    /// Returns the first `max_bytes` bytes or so of the text in a node, with single blanks.
    pub(super) fn text_in(&self, id: NodeId, max_bytes: usize) -> String {
        let mut found = String::new();
        for step in self.walk(id) {
            let Step::Open(id) = step else { continue };
            for word in self.text(id).unwrap_or("").split_inclusive(char::is_whitespace) {
                let (word, blank) = (word.trim_end(), word.ends_with(char::is_whitespace));
                found.push_str(word);
                if blank && !found.is_empty() && !found.ends_with(' ') {
                    found.push(' ');
                }
                if found.len() >= max_bytes {
                    return found;
                }
            }
        }
        found.truncate(found.trim_end().len());
        found
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.next?;
        self.last = Some(step);
        self.next = match step {
            Step::Open(id) if self.dom.text(id).is_some() => self.after(id),
            Step::Open(id) => {
                let child = self.dom.nodes.get(id).and_then(|node| node.first_child);
                Some(child.map_or(Step::Close(id), Step::Open))
            }
            Step::Close(id) => self.after(id),
        };
        Some(step)
    }
}

impl Walk<'_> {
    /// Leaves out what is in the element that has just begun; it ends with the next step.
    pub(super) fn skip_element(&mut self) {
        if let Some(Step::Open(id)) = self.last
            && self.dom.text(id).is_none()
        {
            self.next = Some(Step::Close(id));
        }
    }

    /// Returns the step after the end of a node.
    fn after(&self, id: NodeId) -> Option<Step> {
        if id == self.root {
            return None;
        }
        let node = self.dom.nodes.get(id)?;
        node.next.map(Step::Open).or_else(|| node.parent.map(Step::Close))
    }
}

/// The name of an element, for the parser.
#[derive(Debug)]
pub(super) struct SinkName(QualName);

impl ElemName for SinkName {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

/// Receives the tree from the parser.
#[derive(Debug)]
struct Sink {
    nodes: RefCell<Vec<Node>>,
    /// The number of elements that the rules of nesting looked at so far.
    work: Cell<u64>,
    /// The greatest depth so far.
    depth: Cell<u32>,
}

impl Sink {
    /// Creates an empty tree.
    fn new() -> Self {
        let sink = Self {
            nodes: RefCell::default(),
            work: Cell::new(0),
            depth: Cell::new(0),
        };
        sink.add(NodeData::Nothing);
        sink
    }

    /// Returns an error if the page is beyond a bound.
    fn check(&self, max_work: u64) -> Result<(), ErrorKind> {
        if self.depth.get() > MAX_DEPTH || self.work.get() > max_work {
            return Err(ErrorKind::Excessive(format!(
                "elements nested more than {MAX_DEPTH} deep"
            )));
        }
        if self.nodes.borrow().len() >= MAX_NODES {
            return Err(ErrorKind::Excessive(format!("more than {MAX_NODES} elements")));
        }
        Ok(())
    }

    /// Adds a node that has no place yet. Beyond the bound, all are one.
    fn add(&self, data: NodeData) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        if nodes.len() >= MAX_NODES {
            return nodes.len() - 1;
        }
        nodes.push(Node {
            parent: None,
            previous: None,
            next: None,
            first_child: None,
            last_child: None,
            depth: 0,
            data,
        });
        nodes.len() - 1
    }

    /// Returns the node that is put into the tree; `None` for a text that was added to the text `before` it.
    fn node(&self, child: NodeOrText<NodeId>, before: Option<NodeId>) -> Option<NodeId> {
        match child {
            NodeOrText::AppendNode(id) => {
                self.detach(id);
                Some(id)
            }
            NodeOrText::AppendText(text) => {
                if let Some(before) = before
                    && let Some(Node {
                        data: NodeData::Text(known),
                        ..
                    }) = self.nodes.borrow_mut().get_mut(before)
                {
                    known.push_tendril(&text);
                    return None;
                }
                Some(self.add(NodeData::Text(text)))
            }
        }
    }

    /// Puts a node into `parent`, before `next` or at the end.
    fn insert(&self, id: NodeId, parent: NodeId, next: Option<NodeId>) {
        if id == parent {
            return;
        }
        let mut nodes = self.nodes.borrow_mut();
        let previous = match next {
            Some(next) => nodes[next].previous,
            None => nodes[parent].last_child,
        };
        let depth = nodes[parent].depth + 1;
        self.depth.set(self.depth.get().max(depth));
        let node = &mut nodes[id];
        (node.parent, node.previous, node.next, node.depth) = (Some(parent), previous, next, depth);
        match previous {
            Some(previous) => nodes[previous].next = Some(id),
            None => nodes[parent].first_child = Some(id),
        }
        match next {
            Some(next) => nodes[next].previous = Some(id),
            None => nodes[parent].last_child = Some(id),
        }
    }

    /// Takes a node out of the tree.
    fn detach(&self, id: NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        let node = &mut nodes[id];
        let (parent, previous, next) = (node.parent.take(), node.previous.take(), node.next.take());
        let Some(parent) = parent else { return };
        match previous {
            Some(previous) => nodes[previous].next = next,
            None => nodes[parent].first_child = next,
        }
        match next {
            Some(next) => nodes[next].previous = previous,
            None => nodes[parent].last_child = previous,
        }
    }

    /// Counts a look at an element.
    fn count(&self) {
        self.work.set(self.work.get() + 1);
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Dom;
    type ElemName<'a> = SinkName;

    fn finish(self) -> Dom {
        Dom {
            nodes: self.nodes.into_inner(),
        }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        ROOT
    }

    fn elem_name<'a>(&'a self, &target: &'a NodeId) -> SinkName {
        self.count();
        match &self.nodes.borrow()[target].data {
            NodeData::Element(element) => SinkName(element.name.clone()),
            // Only elements are asked for their names.
            _ => SinkName(QualName::new(None, Namespace::default(), LocalName::default())),
        }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> NodeId {
        self.count();
        self.add(NodeData::Element(Element { name, attributes }))
    }

    fn create_comment(&self, _: StrTendril) -> NodeId {
        self.add(NodeData::Nothing)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.add(NodeData::Nothing)
    }

    fn append(&self, &parent: &NodeId, child: NodeOrText<NodeId>) {
        let last = self.nodes.borrow()[parent].last_child;
        if let Some(id) = self.node(child, last) {
            self.insert(id, parent, None);
        }
    }

    fn append_before_sibling(&self, &sibling: &NodeId, child: NodeOrText<NodeId>) {
        let (parent, before) = {
            let node = &self.nodes.borrow()[sibling];
            (node.parent, node.previous)
        };
        if let Some(parent) = parent
            && let Some(id) = self.node(child, before)
        {
            self.insert(id, parent, Some(sibling));
        }
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.nodes.borrow()[*element].parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, &target: &NodeId) -> NodeId {
        // Templates are not printed: their content may be in the tree like any other, and is left out with them.
        target
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        self.count();
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn add_attrs_if_missing(&self, &target: &NodeId, attributes: Vec<Attribute>) {
        if let NodeData::Element(element) = &mut self.nodes.borrow_mut()[target].data {
            let known = element.attributes.len();
            for attribute in attributes {
                let is_known = element.attributes[..known]
                    .iter()
                    .any(|known| known.name == attribute.name);
                if !is_known {
                    element.attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, &target: &NodeId) {
        self.detach(target);
    }

    fn reparent_children(&self, &node: &NodeId, &new_parent: &NodeId) {
        loop {
            let child = self.nodes.borrow()[node].first_child;
            let Some(child) = child.filter(|_| node != new_parent) else {
                return;
            };
            self.count();
            self.detach(child);
            self.insert(child, new_parent, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree of `text` as one line: an element as its name and its children in parentheses.
    fn tree(text: &str) -> String {
        let dom = Dom::parse(text).unwrap();
        let mut line = String::new();
        for step in dom.walk(ROOT) {
            match step {
                Step::Open(id) => match dom.text(id) {
                    Some(text) => line.push_str(text),
                    None => line += &format!("{}(", dom.name(id)),
                },
                Step::Close(_) => line.push(')'),
            }
        }
        line
    }

    #[test]
    fn broken_nesting_is_mended_as_in_a_browser() {
        let rows = [
            ("<p>a<p>b", "(html(head()body(p(a)p(b))))"),
            ("<b><i>a</b>b</i>", "(html(head()body(b(i(a))i(b))))"),
            (
                "<table><td>a</td>b</table>",
                "(html(head()body(btable(tbody(tr(td(a)))))))",
            ),
            ("a<!-- x -->b<![if !x]>c<![endif]>", "(html(head()body(a()b()c())))"),
            ("<p>&Ecirc;&#x111;&nbsp;R&D", "(html(head()body(p(Êđ\u{a0}R&D))))"),
        ];
        for (text, expected) in rows {
            assert_eq!(tree(text), expected, "{text}");
        }
    }

    #[test]
    fn a_walk_may_leave_out_an_element() {
        let dom = Dom::parse("<div>a<p>b</p>c</div>").unwrap();
        let mut walk = dom.walk(ROOT);
        let mut text = String::new();
        while let Some(step) = walk.next() {
            match step {
                Step::Open(id) if dom.name(id) == "p" => walk.skip_element(),
                Step::Open(id) => text += dom.text(id).unwrap_or(""),
                Step::Close(_) => {}
            }
        }
        assert_eq!(text, "ac");
        assert_eq!(dom.text_in(ROOT, 100), "abc");
    }

    #[test]
    fn hostile_nesting_is_refused_soon() {
        let deep = ["<div>", "<b>", "<table><td>", "<ul><li>"];
        for tag in deep {
            let error = Dom::parse(&tag.repeat(100_000)).err().map(|error| error.to_string());
            assert!(error.is_some_and(|error| error.contains("1000 deep")), "{tag}");
        }
        let fonts: String = (0..50_000).map(|size| format!("<p><font size={size}>x")).collect();
        assert!(Dom::parse(&fonts).is_err());
        // Elements beside each other are no nesting.
        assert!(Dom::parse(&"<p><b>x</b><br>y".repeat(50_000)).is_ok());
    }
}
