//! The tree of sections, built from the headings in their order.
//!
//! Each heading gets a [`Rank`] from its label; it closes all open sections of that rank or further inside,
//! and becomes a child of the innermost one left. A heading without a label gets its rank from its words.

use super::genre::{CONTENTS, PaperGenre};
use super::kind::{kind_in, tells_causes_apart};
use super::term::term_of;
use super::{Section, SectionKind};
use crate::document::blocks::{Block, BlockKind, Face, LabelClass};
use crate::document::layout::Sheet;
use crate::document::phrase::FoldedWords;
use crate::reading::Reading;
use crate::text::Span;

/// The depth of a section; the smaller, the further out.
type Rank = u8;

/// Rank of parts, appendices, and of an introduction or conclusion without a number.
const OUTERMOST: Rank = 10;

/// Rank of an article inside a Roman number: `I. QUY ĐỊNH CHUNG` holds `Điều 1.`.
const INNER_ARTICLE: Rank = 36;
/// Rank of an article that holds Roman numbers: a decision approves a plan with `I. QUAN ĐIỂM`.
const OUTER_ARTICLE: Rank = 26;

/// Returns the rank that a label gives.
fn rank_of(class: LabelClass) -> Rank {
    match class {
        LabelClass::Part | LabelClass::Appendix => OUTERMOST,
        LabelClass::Chapter => 12,
        LabelClass::Division => 14,
        LabelClass::Subdivision => 16,
        LabelClass::Letter => 20,
        LabelClass::Roman => 30,
        LabelClass::Article => INNER_ARTICLE,
        LabelClass::Arabic(depth) => 40 + 4 * depth,
        LabelClass::Star => 70,
        LabelClass::Bullet | LabelClass::Plus | LabelClass::Bracketed => 80,
    }
}

/// The traits that the headings of a document share.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct HeadingLayout {
    /// True if Markdown gives them several levels. Where all have one, the level says nothing.
    levels_differ: bool,
    /// True if the format of the file gives each labeled heading a level: then these alone make the tree.
    styled: bool,
    /// True if an article comes before the first Roman number.
    articles_first: bool,
}

impl HeadingLayout {
    /// Returns the layout of the headings among `blocks`.
    pub(crate) fn of(sheet: &Sheet<'_>, blocks: &[Block]) -> Self {
        let headings = || blocks.iter().filter(|block| block.kind == BlockKind::Heading);
        let level = |block: &Block| block.face(sheet).level;
        let mut levels = headings().map(level).filter(|&level| level > 0);
        let first_level = levels.next();
        let mut classes = blocks.iter().filter_map(Block::class);
        Self {
            levels_differ: levels.any(|level| Some(level) != first_level),
            styled: !sheet.structure().is_empty()
                && headings().all(|block| block.class().is_none() || level(block) > 0),
            articles_first: classes.find(|class| matches!(class, LabelClass::Article | LabelClass::Roman))
                == Some(LabelClass::Article),
        }
    }
}

/// A section that is still open, so that others may come inside.
struct OpenSection {
    /// Index in the list of sections.
    index: usize,
    /// Its depth.
    rank: Rank,
    /// The kind that its own title names.
    named: Option<SectionKind>,
    /// The class of its label.
    class: Option<LabelClass>,
    /// Number of its children so far.
    children: usize,
    /// True if it has a child with an Arabic number.
    numbered: bool,
    /// True if its title is about objective or subjective causes alone.
    apart: bool,
    /// The type in which its heading is set.
    face: Face,
}

/// A heading that opens a section.
struct NewSection {
    /// Its label, repaired; empty for none.
    label: String,
    /// Its title, repaired; empty for the introduction.
    title: String,
    /// The kind that the title names.
    named: Option<SectionKind>,
    /// Its depth.
    rank: Rank,
    /// The class of its label.
    class: Option<LabelClass>,
    /// The passage of the heading; `None` for the introduction.
    heading: Option<usize>,
    /// Byte where it begins.
    start: usize,
    /// 1-based page on which it begins.
    page: usize,
    /// True if letters of its title may be wrong.
    misread: bool,
    /// True if its title is about objective or subjective causes alone.
    apart: bool,
    /// The type in which it is set.
    face: Face,
    /// True if it says only that the contents follow: `NỘI DUNG`.
    contents: bool,
}

/// Builds the sections of a document, heading by heading.
pub(crate) struct Outline<'a> {
    sheet: &'a Sheet<'a>,
    reading: &'a Reading,
    /// The marks that call notes, sorted.
    calls: Vec<Span>,
    /// The term that the title of the document names, where it names exactly one.
    term: Option<String>,
    /// The genre of the document.
    genre: PaperGenre,
    /// The traits that the headings of the document share.
    layout: HeadingLayout,
    /// Number of sections before the document, which is not the first of the file.
    before: usize,
    /// The sections so far.
    sections: Vec<Section>,
    /// The open sections, the outermost first.
    open: Vec<OpenSection>,
    /// Number of sections without a parent so far.
    roots: usize,
}

impl<'a> Outline<'a> {
    /// Starts an outline without sections. `calls`: the marks that call notes, sorted; they belong to no title.
    pub(crate) fn new(sheet: &'a Sheet<'a>, reading: &'a Reading, calls: Vec<Span>) -> Self {
        Self {
            sheet,
            reading,
            calls,
            term: None,
            genre: PaperGenre::Other,
            layout: HeadingLayout::default(),
            before: 0,
            sections: Vec::new(),
            open: Vec::new(),
            roots: 0,
        }
    }

    /// Begins the outline of a document of type `kind` whose title names the terms `terms`. Its sections are
    /// outermost again; their positions run on. `layout`: what its headings have in common.
    pub(crate) fn begin_document(&mut self, kind: Option<&str>, terms: &[String], layout: HeadingLayout) {
        self.open.clear();
        self.before = self.sections.len();
        self.term = <[String; 1]>::try_from(terms.to_vec()).ok().map(|[term]| term);
        self.genre = PaperGenre::of(kind);
        self.layout = layout;
    }

    /// Returns the index of the innermost open section.
    pub(crate) fn current(&self) -> Option<usize> {
        self.open.last().map(|open| open.index)
    }

    /// Returns true if the list of recipients is open.
    pub(crate) fn in_recipients(&self) -> bool {
        self.current()
            .is_some_and(|index| self.sections[index].kind == SectionKind::NoiNhan)
    }

    /// Returns true if an appendix is open.
    pub(crate) fn in_appendix(&self) -> bool {
        self.genre == PaperGenre::Annex
            || self
                .open
                .first()
                .is_some_and(|open| open.class == Some(LabelClass::Appendix))
    }

    /// Returns true if the document has no section yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.sections.len() == self.before
    }

    /// Closes all open sections: what follows the recipients is in none of them.
    pub(crate) fn close_all(&mut self) {
        self.open.clear();
    }

    /// Opens the introduction, which has no heading, at byte `start` on the 1-based page `page`.
    pub(crate) fn introduce(&mut self, start: usize, page: usize) {
        self.push(NewSection {
            label: String::new(),
            title: String::new(),
            named: Some(match self.genre {
                PaperGenre::Annex => SectionKind::PhuLuc,
                _ => SectionKind::MoDau,
            }),
            rank: OUTERMOST,
            class: None,
            heading: None,
            start,
            page,
            misread: false,
            apart: false,
            face: Face::default(),
            contents: false,
        });
    }

    /// Opens the section of the heading `block`, which is passage `passage` of the document.
    pub(crate) fn push_heading(&mut self, block: &Block, passage: usize) {
        let title = block.title_without(self.sheet, self.reading, &self.calls);
        let misread = block.is_misread(self.reading);
        let words = FoldedWords::of(&title, misread);
        let class = block.class();
        let named = match class {
            Some(LabelClass::Appendix) => Some(SectionKind::PhuLuc),
            _ => kind_in(&words),
        };
        // The introduction, which has no heading, ends with the first one.
        self.open.pop_if(|open| self.sections[open.index].heading.is_none());
        // Nothing is inside the list of recipients.
        self.open.pop_if(|open| open.named == Some(SectionKind::NoiNhan));
        let face = block.face(self.sheet);
        self.close_for_level(face.level);
        let rank = match class {
            _ if self.layout.styled && self.layout.levels_differ && face.level > 0 => self.close_for_style(face.level),
            Some(class) => self.close_for_label(class, block.number()),
            None if self.layout.levels_differ && face.level > 0 => self.rank_inside(),
            None => self.close_for_words(named, tells_causes_apart(&words), face),
        };
        self.push(NewSection {
            label: block.label_text().to_owned(),
            title,
            named,
            rank,
            class,
            heading: Some(passage),
            start: block.start,
            page: self.sheet.rows[block.rows[0]].page + 1,
            misread,
            apart: tells_causes_apart(&words),
            face,
            contents: CONTENTS.iter().any(|phrase| words.is(phrase)),
        });
    }

    /// Closes the sections that end at a heading with a label, and returns its rank.
    fn close_for_label(&mut self, class: LabelClass, number: usize) -> Rank {
        let rank = match class {
            LabelClass::Article if self.layout.articles_first => OUTER_ARTICLE,
            _ => rank_of(class),
        };
        // "3." continues after an unnumbered heading between "2." and "3.", not inside it.
        if matches!(class, LabelClass::Arabic(1)) && number > 1 {
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

    /// Closes the sections that end at a heading without a label, and returns its rank: introductions,
    /// conclusions and recipients are outermost; causes and lessons belong to the innermost section whose
    /// title names a kind. `apart`: its words are about objective or subjective causes alone. `face`: its type.
    fn close_for_words(&mut self, named: Option<SectionKind>, apart: bool, face: Face) -> Rank {
        if matches!(
            named,
            Some(SectionKind::MoDau | SectionKind::KetLuan | SectionKind::NoiNhan | SectionKind::PhuLuc)
        ) {
            self.close(OUTERMOST);
            return OUTERMOST;
        }
        // Headings that Markdown sets in one type are siblings.
        let twin = |open: &OpenSection| open.class.is_none() && open.face == face;
        if face.is_marked()
            && let Some(at) = self.open.iter().rposition(twin)
        {
            self.open.truncate(at);
            return self.rank_inside();
        }
        // "Nguyên nhân khách quan" and "Nguyên nhân chủ quan" are siblings inside "Nguyên nhân". An open
        // section whose title names no kind ("Công tác tư tưởng") has no causes of its own either.
        while let Some(open) = self.open.last() {
            let sibling = open.class.is_none() && (named == open.named && apart == open.apart);
            let unnamed = open.named.is_none() && open.rank > OUTERMOST;
            if !sibling && !unnamed {
                break;
            }
            self.open.pop();
        }
        match self.open.last() {
            // Nothing nests in an introduction or conclusion without a label.
            Some(open) if open.rank == OUTERMOST && open.class.is_none() => {
                self.close(OUTERMOST);
                OUTERMOST
            }
            Some(open) => open.rank + 1,
            None => OUTERMOST,
        }
    }

    /// Closes the sections that end at a heading of level `level` in Markdown, where its headings have several levels.
    fn close_for_level(&mut self, level: usize) {
        if self.layout.levels_differ && level > 0 {
            let ends = |open: &OpenSection| open.class.is_none() && open.face.level >= level;
            if let Some(at) = self.open.iter().position(ends) {
                self.open.truncate(at);
            }
        }
    }

    /// Closes the sections that end at a heading whose style has the level `level`, and returns its rank.
    fn close_for_style(&mut self, level: usize) -> Rank {
        let rank = OUTERMOST.saturating_mul(u8::try_from(level).unwrap_or(Rank::MAX));
        self.close(rank);
        rank
    }

    /// Returns the rank of a section inside the innermost open one.
    fn rank_inside(&self) -> Rank {
        self.open.last().map_or(OUTERMOST, |open| open.rank + 1)
    }

    /// Closes all open sections of `rank` and further inside.
    fn close(&mut self, rank: Rank) {
        while self.open.pop_if(|open| open.rank >= rank).is_some() {}
    }

    /// Adds a section inside the innermost open one.
    fn push(&mut self, new: NewSection) {
        let parent = self.open.last().map(|open| open.index);
        let path = self.next_path(&new);
        // A section without a kind of its own is about the subject of the one around it: "1. Công tác tư
        // tưởng" in "I- ƯU ĐIỂM" is a strength. Likewise for the term.
        let around = parent.map(|index| self.sections[index].kind);
        let kind = match (new.named, around) {
            // "Kết quả thực hiện chỉ tiêu chưa đạt" under "Hạn chế" is still about shortcomings.
            (Some(SectionKind::KetQua), Some(SectionKind::HanChe)) => SectionKind::HanChe,
            (Some(named), _) => named,
            (None, Some(around)) => around,
            (None, None) if self.genre == PaperGenre::Annex => SectionKind::PhuLuc,
            // The contents of a plan are tasks.
            (None, None) if self.genre == PaperGenre::Plan && new.contents => SectionKind::NhiemVu,
            (None, None) => SectionKind::default(),
        };
        let term = term_of(&new.title, new.misread).or_else(|| match parent {
            Some(index) => self.sections[index].term.clone(),
            None => self.inherited_term(kind),
        });
        self.open.push(OpenSection {
            index: self.sections.len(),
            rank: new.rank,
            named: new.named,
            class: new.class,
            children: 0,
            numbered: false,
            apart: new.apart,
            face: new.face,
        });
        self.sections.push(Section {
            path,
            parent,
            label: new.label,
            title: new.title,
            kind,
            term,
            page: new.page,
            heading: new.heading,
            span: Span::new(new.start, new.start),
        });
    }

    /// Counts `new` as a child of the innermost open section, and returns its position in the tree.
    fn next_path(&mut self, new: &NewSection) -> Vec<usize> {
        match self.open.last_mut() {
            Some(open) => {
                open.children += 1;
                open.numbered |= matches!(new.class, Some(LabelClass::Arabic(_)));
                let mut path = self.sections[open.index].path.clone();
                path.push(open.children);
                path
            }
            None => {
                self.roots += 1;
                vec![self.roots]
            }
        }
    }

    /// Returns the term of an outermost section whose title names none: that of the document's title.
    ///
    /// A report with one term in its title looks back on it, so tasks and aims are not of that term. A
    /// conclusion has the term of the part before it.
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
            _ if ahead && self.genre == PaperGenre::Report => None,
            _ => self.term.clone(),
        }
    }

    /// Ends the outline at byte `end` of the text and returns the sections with their full spans.
    pub(crate) fn finish(mut self, end: usize) -> Vec<Section> {
        // From the last to the first: each section ends where the next one begins that is not inside it.
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
