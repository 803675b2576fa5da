//! The tree of sections, from the headings in their order.

use super::block::{Block, BlockKind};
use super::heading;
use super::keyword::Words;
use super::label::Class;
use super::layout::Sheet;
use super::{Section, SectionKind};
use crate::reading::Reading;
use crate::text::Span;

/// How far inside a section stands; the smaller, the further out.
type Rank = u8;

/// Rank of parts, appendices, and of an introduction or conclusion without a number.
const OUTERMOST: Rank = 10;

/// The rank that a label gives.
fn rank_of(class: Class) -> Rank {
    match class {
        Class::Part | Class::Appendix => OUTERMOST,
        Class::Letter => 20,
        Class::Roman => 30,
        Class::Arabic(depth) => 40 + 4 * depth,
        Class::Star => 70,
        Class::Bullet | Class::Plus | Class::Bracketed => 80,
    }
}

/// A section that is open: others may come inside.
struct Open {
    /// Index in the list of sections.
    index: usize,
    rank: Rank,
    /// The kind that its own title names.
    named: Option<SectionKind>,
    class: Option<Class>,
    /// Children so far.
    children: usize,
    /// Has it a child with an Arabic number?
    numbered: bool,
}

/// Builds the sections of a document heading by heading.
pub(super) struct Outline<'a> {
    sheet: &'a Sheet<'a>,
    reading: &'a Reading,
    /// The term that the title names, where it names one alone.
    term: Option<String>,
    /// Is it a report, which looks back?
    report: bool,
    sections: Vec<Section>,
    open: Vec<Open>,
    roots: usize,
}

impl<'a> Outline<'a> {
    /// An outline without sections of a document whose title speaks of `terms`.
    pub(super) fn new(sheet: &'a Sheet<'a>, reading: &'a Reading, terms: &[String], report: bool) -> Self {
        Self {
            sheet,
            reading,
            term: <[String; 1]>::try_from(terms.to_vec()).ok().map(|[term]| term),
            report,
            sections: Vec::new(),
            open: Vec::new(),
            roots: 0,
        }
    }

    /// Index of the innermost section that is open.
    pub(super) fn current(&self) -> Option<usize> {
        self.open.last().map(|open| open.index)
    }

    /// Is the list of recipients open?
    pub(super) fn in_recipients(&self) -> bool {
        self.current()
            .is_some_and(|index| self.sections[index].kind == SectionKind::NoiNhan)
    }

    /// Is an appendix open?
    pub(super) fn in_appendix(&self) -> bool {
        self.open
            .first()
            .is_some_and(|open| open.class == Some(Class::Appendix))
    }

    /// Opens the introduction, which has no heading, at byte `start`.
    pub(super) fn introduce(&mut self, start: usize, page: usize) {
        self.push(
            String::new(),
            String::new(),
            Some(SectionKind::MoDau),
            OUTERMOST,
            None,
            None,
            (start, page),
        );
    }

    /// Opens the section of the heading `block`, passage `passage` of the document.
    pub(super) fn head(&mut self, block: &Block, passage: usize) {
        let title = block.title(self.sheet, self.reading);
        let words = Words::of(&title);
        let class = block.class();
        let named = match class {
            Some(Class::Appendix) => Some(SectionKind::PhuLuc),
            _ => heading::kind_in(&words),
        };
        // The introduction, which has no heading, ends with the first one.
        self.open.pop_if(|open| self.sections[open.index].heading.is_none());
        let rank = match class {
            Some(class) => self.place(class, block.label.as_ref().map_or(0, |label| label.number)),
            None => self.place_unnumbered(named, &title),
        };
        let label = block.label.as_ref().map(|label| label.text.clone()).unwrap_or_default();
        let page = self.sheet.rows[block.rows[0]].page + 1;
        self.push(label, title, named, rank, class, Some(passage), (block.start, page));
    }

    /// Closes what a numbered heading ends, and gives its rank.
    fn place(&mut self, class: Class, number: usize) -> Rank {
        let rank = rank_of(class);
        // "3." goes on behind an unnumbered heading that stands among its brothers.
        if matches!(class, Class::Arabic(1)) && number > 1 {
            while self
                .open
                .last()
                .is_some_and(|open| open.class.is_none() && !open.numbered && open.rank > OUTERMOST)
            {
                self.open.pop();
            }
        }
        // Stars belong to the numbered heading before them, not to one another.
        self.close(rank);
        rank
    }

    /// Closes what an unnumbered heading ends, and gives its rank: introductions, conclusions and
    /// recipients stand outermost; causes and lessons belong to the innermost section that names a kind.
    fn place_unnumbered(&mut self, named: Option<SectionKind>, title: &str) -> Rank {
        if matches!(
            named,
            Some(SectionKind::MoDau | SectionKind::KetLuan | SectionKind::NoiNhan | SectionKind::PhuLuc)
        ) {
            self.close(OUTERMOST);
            return OUTERMOST;
        }
        let apart = heading::tells_causes_apart(title);
        while let Some(open) = self.open.last() {
            let brother = open.class.is_none()
                && (named == open.named && apart == heading::tells_causes_apart(&self.sections[open.index].title));
            let unnamed = open.named.is_none() && open.rank > OUTERMOST;
            if !brother && !unnamed {
                break;
            }
            self.open.pop();
        }
        match self.open.last() {
            // Two introductions or conclusions do not nest.
            Some(open) if open.rank == OUTERMOST && open.class.is_none() => {
                self.close(OUTERMOST);
                OUTERMOST
            }
            Some(open) => open.rank + 1,
            None => OUTERMOST,
        }
    }

    /// Closes all open sections of `rank` and further inside.
    fn close(&mut self, rank: Rank) {
        while self.open.pop_if(|open| open.rank >= rank).is_some() {}
    }

    /// Adds a section inside the innermost open one.
    #[allow(clippy::too_many_arguments)] // one private place where all that a section knows comes together
    fn push(
        &mut self,
        label: String,
        title: String,
        named: Option<SectionKind>,
        rank: Rank,
        class: Option<Class>,
        heading: Option<usize>,
        (start, page): (usize, usize),
    ) {
        let parent = self.open.last().map(|open| open.index);
        let position = match self.open.last_mut() {
            Some(open) => {
                open.children += 1;
                open.numbered |= matches!(class, Some(Class::Arabic(_)));
                open.children
            }
            None => {
                self.roots += 1;
                self.roots
            }
        };
        let mut path = parent.map_or_else(Vec::new, |index| self.sections[index].path.clone());
        path.push(position);
        let kind = named
            .or(parent.map(|index| self.sections[index].kind))
            .unwrap_or_default();
        let term = heading::term_of(&title).or_else(|| match parent {
            Some(index) => self.sections[index].term.clone(),
            None => self.inherited_term(kind),
        });
        self.open.push(Open {
            index: self.sections.len(),
            rank,
            named,
            class,
            children: 0,
            numbered: false,
        });
        self.sections.push(Section {
            path,
            parent,
            label,
            title,
            kind,
            term,
            page,
            heading,
            span: Span::new(start, start),
        });
    }

    /// The term of an outermost section whose title names none: that of the document's title. A report
    /// with one term in its title looks back on it, so that what is ahead is not of that term. A
    /// conclusion goes on with the part before it.
    fn inherited_term(&self, kind: SectionKind) -> Option<String> {
        let ahead = matches!(
            kind,
            SectionKind::QuanDiem
                | SectionKind::MucTieu
                | SectionKind::ChiTieu
                | SectionKind::NhiemVu
                | SectionKind::GiaiPhap
                | SectionKind::DotPha
                | SectionKind::ToChucThucHien
        );
        match kind {
            SectionKind::NoiNhan | SectionKind::PhuLuc => None,
            SectionKind::KetLuan => self
                .sections
                .iter()
                .rfind(|section| section.parent.is_none())
                .and_then(|section| section.term.clone()),
            _ if ahead && self.report => None,
            _ => self.term.clone(),
        }
    }

    /// Ends the outline at byte `end` of the text and gives the sections with their full spans.
    pub(super) fn finish(mut self, end: usize) -> Vec<Section> {
        // From the last to the first: each ends where the next one begins that is not inside it.
        let mut next_at_level: Vec<usize> = Vec::new();
        for section in self.sections.iter_mut().rev() {
            let level = section.path.len();
            let close = next_at_level.iter().take(level).copied().min().unwrap_or(end);
            section.span.end = close.max(section.span.start);
            next_at_level.resize(level, end);
            next_at_level[level - 1] = section.span.start;
        }
        self.sections
    }
}

/// Does the block sign a document (`T/M ĐẢNG ỦY`, `TM. BAN THƯỜNG VỤ`)?
///
/// Sources: the letters of the Party's forms (T/M, K/T, T/L) and of the state's (TM., KT., TL., TUQ.).
pub(super) fn is_signature(block: &Block, sheet: &Sheet<'_>) -> bool {
    const SIGNS: [&str; 7] = ["T/M", "K/T", "T/L", "TM.", "KT.", "TL.", "TUQ."];
    let body = sheet.body(block.rows[0]).trim_start_matches('*');
    block.kind == BlockKind::Text && block.label.is_none() && SIGNS.iter().any(|sign| body.starts_with(sign))
}
