//! The part of a page that is the document: what a site puts around it is left out.
//!
//! The name of an element tells (`nav`, `footer`), its role, or its classes (`tin-lien-quan`, `breadcrumb`); else the
//! share of links in it, and short lines that only sites print (`Lượt xem: 1024`, `Bản quyền thuộc về …`). A site may
//! well call the frame around everything `has-sidebar`, so nothing is left out that holds the larger part of the text,
//! or what only documents have: the name of the state or the Party above a letterhead, a number, `Nơi nhận`.
//!
//! Pages that Word, LibreOffice or Google Docs saved have no site around the document.

use std::sync::LazyLock;

use regex::Regex;

use super::dom::{Dom, NodeId, ROOT, Step};
use super::style::Sheet;

/// Elements that are never printed, or print no text of the page.
const UNPRINTED: [&str; 28] = [
    "head", "title", "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "svg", "math",
    "canvas", "audio", "video", "map", "select", "button", "textarea", "input", "datalist", "dialog", "progress",
    "meter", "noframes", "del", "rp", "rt",
];

/// Elements that belong to a site, and roles that do (WAI-ARIA 1.2).
const SITE_ELEMENTS: [&str; 3] = ["nav", "aside", "footer"];
const SITE_ROLES: [&str; 8] = [
    "navigation",
    "banner",
    "contentinfo",
    "search",
    "complementary",
    "dialog",
    "menu",
    "toolbar",
];

/// Words in classes and ids that tell a part of a site, without signs between them: `tin-lien-quan`, `relatedNews`.
const SITE_WORDS: [&str; 55] = [
    "breadcrumb",
    "sidebar",
    "footer",
    "copyright",
    "comment",
    "binhluan",
    "ykienbandoc",
    "share",
    "chiase",
    "social",
    "facebook",
    "zalo",
    "navbar",
    "navigation",
    "mainmenu",
    "topmenu",
    "leftmenu",
    "menubar",
    "submenu",
    "toolbar",
    "pagination",
    "paging",
    "quangcao",
    "advert",
    "adsense",
    "banner",
    "dangnhap",
    "login",
    "register",
    "thongke",
    "counter",
    "rating",
    "danhgia",
    "popup",
    "modal",
    "tooltip",
    "related",
    "lienquan",
    "tinkhac",
    "tincungchuyenmuc",
    "mucluc",
    "tableofcontent",
    "othernews",
    "newsother",
    "tinmoi",
    "tindoc",
    "hotnews",
    "xemnhieu",
    "searchbox",
    "timkiem",
    "weblink",
    "lienketweb",
    "cookie",
    "skiplink",
    "sitemap",
];

/// Words that are the whole of a part of such a name: `nav`, `post-meta`. They tell little: short elements only.
const WEAK_SITE_WORDS: [&str; 15] = [
    "nav", "menu", "header", "topbar", "logo", "ads", "ad", "tags", "meta", "tools", "print", "hits", "views",
    "crumbs", "lang",
];

/// The most letters of an element that a weak word tells.
const MAX_WEAK_LETTERS: usize = 400;

/// The share of the letters of a page, in percent, from which an element is never left out.
const LARGER_PART: usize = 40;

/// The share of the letters of an element, in percent, that links are in lists of links.
const LINKED: usize = 60;

/// The fewest links of a list of links.
const MIN_LINKS: usize = 3;

/// The fewest letters of what is left of a page, unless it has few.
const MIN_LETTERS: usize = 600;

/// The most letters before the letterhead, in percent of those of the page, that are no document of their own.
const BEFORE_LETTERHEAD: usize = 35;

/// The most bytes of a line above a letterhead that belongs to it: `DỰ THẢO`, the name of the body.
const MAX_LETTERHEAD_LINE: usize = 160;

/// The share of the letters of an element, in percent, that its main child has.
const MAIN_PART: usize = 60;

/// The most bytes of a line that only sites print.
const MAX_SITE_LINE: usize = 240;

/// The beginnings of lines that only sites print. These patterns have no `\b`: beyond ASCII it takes the slowest engine of
/// `regex`, by which a page took twice as long.
static SITE_LINES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^[\s\W]*(?:
            (?:đăng|ngày\ đăng|đã\ đăng|cập\ nhật|ngày\ cập\ nhật|xuất\ bản)\s*(?:lúc|ngày|:|vào)[^a-z]*\d
          | lượt\ (?:xem|đọc|truy\ cập|tải) | số\ lượt\ (?:xem|đọc|truy) | đã\ xem | xem\ cỡ\ chữ | cỡ\ chữ
          | in\ (?:bài|trang|bản|văn\ bản\ này)(?:\W|$) | bản\ in$ | gửi\ (?:email|bài|cho\ bạn) | chia\ sẻ\ (?:bài|lên|:|qua|$)
          | tải\ (?:về|xuống|văn\ bản|file|tệp) | download | quay\ lại$ | về\ đầu\ trang | lên\ đầu\ trang | trở\ về$
          | (?:các\ )?(?:tin|bài|bài\ viết|văn\ bản)\ (?:liên\ quan|khác|mới\ hơn|cũ\ hơn|cùng\ (?:chuyên\ mục|loại)|mới\ nhất)
          | ý\ kiến\ (?:bạn\ đọc|của\ bạn) | bình\ luận\s*(?:\(|:|$) | từ\ khóa\s*: | tags?\s*:
          | bản\ quyền\ (?:thuộc|©|của) | © | copyright | ghi\ rõ\ nguồn | thiết\ kế\ bởi | powered\ by
          | đang\ truy\ cập | tổng\ (?:số\ )?(?:lượt\ )?truy\ cập | hôm\ nay\s*:\s*\d | trang\ chủ\s*(?:[»>/|]|$)
          | bạn\ đang\ (?:ở|xem) | đăng\ nhập | tìm\ kiếm | giấy\ phép\ (?:số|thiết\ lập)[^.]*(?:trang|cổng|báo|ttđt|bttt)
          | chịu\ trách\ nhiệm\ (?:chính|nội\ dung|xuất\ bản)\s*: | cơ\ quan\ chủ\ quản\s*:
        )",
    )
    .ok()
});

/// The phrases that only documents print: above the letterhead, in it, and at the end.
static DOCUMENT_SIGNS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
            ĐẢNG\ CỘNG\ SẢN\ VIỆT\ NAM | CỘNG\ H[OÒ][AÀÒ]\ XÃ\ HỘI\ CHỦ\ NGHĨA
          | Độc\ lập\s*[-–]\s*Tự\ do\s*[-–]\s*Hạnh\ phúc
          | (?:^|\W)Số\s*:?\s*\d+\s*[-–/] | N[Ơơ][Ii]\ [Nn][Hh][Ậậ][Nn]\s*: | ^\s*(?:TM|KT|T/M|K/T)\.\s*\p{Lu}
          | ^\s*(?:PHỤ\ LỤC|Điều\ \d+\s*[.:]|Chương\ [IVX]+)",
    )
    .ok()
});

/// The letterhead of a document that the page shows in full.
static LETTERHEAD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"ĐẢNG CỘNG SẢN VIỆT NAM|CỘNG H[OÒ][AÀÒ] XÃ HỘI CHỦ NGHĨA").ok());

/// Programs that save a document as a page, as they name themselves.
const WRITERS: [&str; 8] = [
    "microsoft word",
    "microsoft excel",
    "libreoffice",
    "openoffice",
    "staroffice",
    "pandoc",
    "google",
    "wps",
];

/// The counts of the text of an element.
#[derive(Clone, Copy, Debug, Default)]
struct Measure {
    /// The number of its letters and digits.
    letters: usize,
    /// The number of those that links have.
    linked: usize,
    /// The number of links.
    links: usize,
    /// True if a line is one of a document.
    has_document_sign: bool,
    /// True if a line is one that only sites print.
    has_site_line: bool,
    /// True if a letterhead is in it.
    has_letterhead: bool,
    /// True if a heading of the first level is in it.
    has_title: bool,
    /// True if blocks are in it.
    has_blocks: bool,
}

/// The parts of a page that are left out.
#[derive(Debug)]
pub(super) struct Article {
    /// True for each node that is left out with all that is in it.
    left_out: Vec<bool>,
}

impl Article {
    /// Finds the document in a page.
    pub(super) fn find(dom: &Dom, sheet: &Sheet) -> Self {
        let mut article = Self {
            left_out: vec![false; dom.len()],
        };
        for id in 0..dom.len() {
            article.left_out[id] = UNPRINTED.contains(&dom.name(id));
        }
        let printed = article.clone_marks();
        let measures = article.measures(dom);
        let all = measures[ROOT];
        article.leave_out(dom, &measures, |id, measure| {
            is_hidden(dom, sheet, id) && measure.letters * 100 <= all.letters * LARGER_PART || is_margin(dom, id)
        });
        if is_written(dom) {
            return article;
        }
        let measures = article.measures(dom);
        let all = measures[ROOT];
        article.leave_out(dom, &measures, |id, measure| belongs_to_site(dom, id, measure, &all));
        article.leave_out_beside_main(dom);
        article.leave_out_site_lines(dom);
        article.leave_out_before_letterhead(dom);
        let left = article.measures(dom)[ROOT];
        // A page whose every part looks like a part of a site is one document all the same.
        if left.letters < MIN_LETTERS && left.letters * 4 < all.letters.saturating_sub(all.linked) {
            article.left_out = printed;
        }
        article
    }

    /// Returns true if a node is left out.
    pub(super) fn leaves_out(&self, id: NodeId) -> bool {
        self.left_out.get(id).copied().unwrap_or(true)
    }

    /// Returns the marks as they are.
    fn clone_marks(&self) -> Vec<bool> {
        self.left_out.clone()
    }

    /// Leaves out the elements of which `is_out` is true.
    fn leave_out(&mut self, dom: &Dom, measures: &[Measure], is_out: impl Fn(NodeId, &Measure) -> bool) {
        let mut walk = dom.walk(ROOT);
        while let Some(step) = walk.next() {
            let Step::Open(id) = step else { continue };
            if dom.element(id).is_none() {
                continue;
            }
            if !self.left_out[id] && is_out(id, &measures[id]) {
                self.left_out[id] = true;
            }
            if self.left_out[id] {
                walk.skip_element();
            }
        }
    }

    /// Measures what is in each node and not left out.
    fn measures(&self, dom: &Dom) -> Vec<Measure> {
        let mut measures = vec![Measure::default(); dom.len()];
        let mut links = 0usize;
        let mut walk = dom.walk(ROOT);
        while let Some(step) = walk.next() {
            match step {
                Step::Open(id) => {
                    if self.left_out[id] {
                        walk.skip_element();
                    } else if let Some(text) = dom.text(id) {
                        let letters = text.chars().filter(|char| char.is_alphanumeric()).count();
                        let linked = if links > 0 { letters } else { 0 };
                        if let Some(parent) = dom.parent(id) {
                            measures[parent].letters += letters;
                            measures[parent].linked += linked;
                        }
                    } else if is_link(dom, id) {
                        links += 1;
                    }
                }
                Step::Close(id) => {
                    let is_link = is_link(dom, id) && !self.left_out[id];
                    links -= usize::from(is_link);
                    let is_block = is_block(dom.name(id));
                    measures[id].has_title |= dom.name(id) == "h1";
                    if is_block && !measures[id].has_blocks && measures[id].letters > 0 {
                        judge_line(dom, id, &mut measures[id]);
                    }
                    if let Some(parent) = dom.parent(id) {
                        let inner = measures[id];
                        measures[parent].add(&inner, is_block, is_link);
                    }
                }
            }
        }
        measures
    }

    /// Leaves out what is beside the main part of the page: where one child of an element has most of its letters, the
    /// others are parts of the site if they are lists of links or hold lines that only sites print.
    fn leave_out_beside_main(&mut self, dom: &Dom) {
        let measures = self.measures(dom);
        let mut at = ROOT;
        loop {
            let inside = dom.children(at).filter(|&id| !self.left_out[id]);
            let Some(main) = inside.max_by_key(|&id| measures[id].letters) else {
                return;
            };
            let (whole, part) = (measures[at], measures[main]);
            if !measures[main].has_blocks || part.letters * 100 < whole.letters * MAIN_PART {
                return;
            }
            let beside: Vec<NodeId> = dom.children(at).filter(|&id| id != main).collect();
            for id in beside {
                if dom.element(id).is_some() && is_beside(dom, id, &measures[id], &part) {
                    self.left_out[id] = true;
                }
            }
            at = main;
        }
    }

    /// Leaves out what is before the letterhead of the document: the table of its attributes, a summary.
    fn leave_out_before_letterhead(&mut self, dom: &Dom) {
        let measures = self.measures(dom);
        let mut lines: Vec<NodeId> = Vec::new();
        let mut letterhead = None;
        let mut walk = dom.walk(ROOT);
        while let Some(step) = walk.next() {
            let Step::Open(id) = step else { continue };
            if self.left_out[id] {
                walk.skip_element();
            } else if is_block(dom.name(id)) && !measures[id].has_blocks && measures[id].letters > 0 {
                if measures[id].has_letterhead {
                    letterhead = Some(lines.len());
                    break;
                }
                lines.push(id);
            }
        }
        let Some(mut first) = letterhead else { return };
        while let Some(&line) = first.checked_sub(1).and_then(|before| lines.get(before))
            && is_line_of_letterhead(&dom.text_in(line, MAX_LETTERHEAD_LINE))
        {
            first -= 1;
        }
        lines.truncate(first);
        let before: usize = lines.iter().map(|&line| measures[line].letters).sum();
        if before * 100 <= measures[ROOT].letters * BEFORE_LETTERHEAD {
            for line in lines {
                self.left_out[line] = true;
            }
        }
    }

    /// Leaves out blocks that are one line which only sites print.
    fn leave_out_site_lines(&mut self, dom: &Dom) {
        let measures = self.measures(dom);
        self.leave_out(dom, &measures, |id, measure| {
            is_block(dom.name(id)) && !measure.has_blocks && measure.has_site_line && !measure.has_document_sign
        });
    }
}

impl Measure {
    /// Adds the measure of a child.
    fn add(&mut self, child: &Self, is_block: bool, is_link: bool) {
        self.letters += child.letters;
        self.linked += child.linked;
        self.links += child.links + usize::from(is_link);
        self.has_document_sign |= child.has_document_sign;
        self.has_site_line |= child.has_site_line;
        self.has_letterhead |= child.has_letterhead;
        self.has_title |= child.has_title;
        self.has_blocks |= is_block || child.has_blocks;
    }
}

/// Reads the line that a block is.
fn judge_line(dom: &Dom, id: NodeId, measure: &mut Measure) {
    let line = dom.text_in(id, MAX_SITE_LINE);
    let matches = |regex: &Option<Regex>| regex.as_ref().is_some_and(|regex| regex.is_match(&line));
    measure.has_document_sign = matches(&DOCUMENT_SIGNS);
    measure.has_letterhead = matches(&LETTERHEAD);
    measure.has_site_line = line.len() < MAX_SITE_LINE && matches(&SITE_LINES);
}

/// Returns true if a line may belong to a letterhead: it is in capitals, or a number.
fn is_line_of_letterhead(line: &str) -> bool {
    let (capitals, small) = line
        .chars()
        .filter(|char| char.is_alphabetic())
        .fold((0, 0), |(capitals, small), char| {
            if char.is_uppercase() {
                (capitals + 1, small)
            } else {
                (capitals, small + 1)
            }
        });
    line.len() < MAX_LETTERHEAD_LINE && (capitals >= small * 4 || line.trim_start().starts_with("Số"))
}

/// Returns true if an element of this name begins a line of its own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}

/// Returns true if a node is a link, also one within the page: a list of those is its contents.
fn is_link(dom: &Dom, id: NodeId) -> bool {
    let element = dom.element(id).filter(|element| element.name() == "a");
    element.is_some_and(|link| link.attribute("href").is_some())
}

/// Returns true if an element is not printed.
fn is_hidden(dom: &Dom, sheet: &Sheet, id: NodeId) -> bool {
    let element = dom.element(id);
    element.is_some_and(|element| sheet.of(element).hidden == Some(true))
}

/// Returns true if an element is the head or foot of each page of a saved document, or a line of its contents.
fn is_margin(dom: &Dom, id: NodeId) -> bool {
    let Some(element) = dom.element(id).filter(|element| matches!(element.name(), "div" | "p")) else {
        return false;
    };
    if element.name() == "p" {
        // A line of the contents.
        return element
            .attribute("class")
            .is_some_and(|class| class.starts_with("MsoToc"));
    }
    let style = element.attribute("style").unwrap_or("");
    let of_word = super::style::declared(style, "mso-element");
    matches!(of_word, Some("header" | "footer")) || matches!(element.attribute("title"), Some("header" | "footer"))
}

/// Returns true if a program that writes documents saved the page.
fn is_written(dom: &Dom) -> bool {
    let opened = dom.walk(ROOT).filter_map(|step| match step {
        Step::Open(id) => dom.element(id),
        Step::Close(_) => None,
    });
    for element in opened {
        let is_sign = match element.name() {
            "meta" => {
                let is_generator = element
                    .attribute("name")
                    .is_some_and(|name| name.eq_ignore_ascii_case("generator") || name.eq_ignore_ascii_case("progid"));
                let content = element.attribute("content").unwrap_or("").to_lowercase();
                let is_writer = WRITERS.iter().any(|writer| content.starts_with(writer));
                is_generator && (is_writer || matches!(content.as_str(), "word.document" | "excel.sheet"))
            }
            // The first element of a page says whose it is.
            "div" => return is_section_of_word(element.attribute("class")),
            "p" | "table" | "article" | "main" => return false,
            _ => false,
        };
        if is_sign {
            return true;
        }
    }
    false
}

/// Returns true if a class is that of a section of a page that Word saved.
fn is_section_of_word(class: Option<&str>) -> bool {
    let class = class.unwrap_or("");
    let number = class
        .strip_prefix("WordSection")
        .or_else(|| class.strip_prefix("Section"));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns true if an element is a part of the site. `all` is the measure of the page.
fn belongs_to_site(dom: &Dom, id: NodeId, measure: &Measure, all: &Measure) -> bool {
    let Some(element) = dom.element(id) else {
        return false;
    };
    if measure.letters * 100 > all.letters * LARGER_PART || matches!(element.name(), "html" | "body" | "main") {
        return false;
    }
    let role = element.attribute("role").unwrap_or("");
    if SITE_ELEMENTS.contains(&element.name()) || SITE_ROLES.contains(&role) {
        return !measure.has_letterhead;
    }
    if element.name() == "header" {
        // The header of an article may hold its title, and so may that of a page without a letterhead.
        let is_inner = dom
            .ancestors(id)
            .any(|around| matches!(dom.name(around), "article" | "main"));
        let has_title = measure.has_title && !all.has_letterhead && measure.links < MIN_LINKS;
        return !is_inner && !has_title && !measure.has_document_sign;
    }
    if measure.has_document_sign {
        return false;
    }
    // Links and words in the text have classes that say what they do: `openLogin`.
    let told = if is_block(element.name()) {
        site_words(element.attribute("class")).max(site_words(element.attribute("id")))
    } else {
        Told::Nothing
    };
    told == Told::Surely
        || told == Told::Weakly && measure.letters <= MAX_WEAK_LETTERS
        || is_list_of_links(dom, id, measure)
}

/// Returns true if an element is a list of links to other pages.
fn is_list_of_links(dom: &Dom, id: NodeId, measure: &Measure) -> bool {
    matches!(
        dom.name(id),
        "ul" | "ol" | "dl" | "menu" | "div" | "section" | "table" | "td" | "form" | "fieldset" | "center"
    ) && measure.links >= MIN_LINKS
        && measure.linked * 100 > measure.letters * LINKED
}

/// Returns true if an element beside the main part `main` is a part of the site.
fn is_beside(dom: &Dom, id: NodeId, measure: &Measure, main: &Measure) -> bool {
    if measure.has_document_sign {
        return false;
    }
    let is_linked = measure.links > 0 && measure.linked * 3 > measure.letters;
    // The title of the page repeats that of the document.
    let is_title = main.has_letterhead && matches!(dom.name(id), "h1" | "h2" | "header" | "hgroup");
    measure.has_site_line || is_linked || is_title
}

/// The certainty with which a name tells a part of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    Nothing,
    Weakly,
    Surely,
}

/// Returns whether a list of classes, or an id, tells a part of a site.
fn site_words(names: Option<&str>) -> Told {
    let mut told = Told::Nothing;
    for name in names.unwrap_or("").split_whitespace() {
        let parts = parts(name);
        let whole = parts.concat();
        if SITE_WORDS.iter().any(|word| whole.contains(word)) {
            return Told::Surely;
        }
        if parts.iter().any(|part| WEAK_SITE_WORDS.contains(&part.as_str())) {
            told = Told::Weakly;
        }
    }
    told
}

/// Splits a name at signs and capitals: `tinLien-quan` is `tin`, `lien`, `quan`.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut after_small = false;
    for char in name.chars() {
        if !char.is_ascii_alphanumeric() || char.is_ascii_uppercase() && after_small {
            parts.push(String::new());
        }
        after_small = char.is_ascii_lowercase();
        if char.is_ascii_alphanumeric()
            && let Some(part) = parts.last_mut()
        {
            part.push(char.to_ascii_lowercase());
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of a document.
    const LINE: &str =
        "Đảng ủy xã yêu cầu các chi bộ trực thuộc rà soát, bổ sung kế hoạch và báo cáo kết quả theo quý.";

    /// The text of the document in `page`, with `LINE` as `…`.
    fn kept(page: &str) -> String {
        let dom = Dom::parse(&page.replace('…', LINE)).unwrap();
        let article = Article::find(&dom, &Sheet::default());
        let mut text = String::new();
        let mut walk = dom.walk(ROOT);
        while let Some(step) = walk.next() {
            match step {
                Step::Open(id) if article.leaves_out(id) => walk.skip_element(),
                Step::Open(id) => text += dom.text(id).unwrap_or(""),
                Step::Close(id) if is_block(dom.name(id)) => text += " ",
                Step::Close(_) => {}
            }
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ").replace(LINE, "…")
    }

    #[test]
    fn the_patterns_are_patterns() {
        assert!(SITE_LINES.is_some() && DOCUMENT_SIGNS.is_some() && LETTERHEAD.is_some());
    }

    #[test]
    fn parts_of_the_site_are_left_out() {
        let rows = [
            ("<nav>Trang chủ</nav><p>…</p><p>…</p><footer>Liên hệ</footer>", "… …"),
            (
                "<div class='tin-lien-quan'>Họp báo</div><div><p>…</p><p>…</p></div>",
                "… …",
            ),
            (
                "<div><p>Lượt xem: 1024</p><p>…</p><p>Bản quyền thuộc Cổng thông tin</p></div>",
                "…",
            ),
            (
                "<table><tr><td><a href=/a>Tin tức</a><br><a href=/b>Văn bản</a><br><a href=/c>Liên hệ</a></td>\
                 <td><p>…</p><p>…</p></td></tr></table>",
                "… …",
            ),
            (
                "<p>Số ký hiệu: 5-KH/ĐU</p><p>Loại: Kế hoạch</p><p>ĐẢNG BỘ TỈNH A</p><p>ĐẢNG CỘNG SẢN VIỆT NAM</p><p>…</p>",
                "ĐẢNG BỘ TỈNH A ĐẢNG CỘNG SẢN VIỆT NAM …",
            ),
            ("<div hidden>Ẩn</div><p>…</p><p style='display:none'>Mật</p>", "…"),
        ];
        for (page, expected) in rows {
            assert_eq!(kept(page), expected, "{page}");
        }
    }

    #[test]
    fn the_document_stays_whatever_its_frame_is_called() {
        let rows = [
            ("<div class='has-sidebar'><p>…</p><p>…</p></div>", "… …"),
            ("<div id='divShare'><div><p>…</p></div><p>…</p></div>", "… …"),
            (
                "<p><a class='openLogin'>Điều 3. Phạm vi</a></p><p>…</p>",
                "Điều 3. Phạm vi …",
            ),
            (
                "<p><a href=/luat>Luật Hòa giải ở cơ sở</a></p><p>…</p>",
                "Luật Hòa giải ở cơ sở …",
            ),
            (
                "<div>…</div><div class='footer'><p>Nơi nhận:</p><p>- Lưu.</p></div>",
                "… Nơi nhận: - Lưu.",
            ),
            (
                "<p>ĐẢNG ỦY XÃ A</p><p>THÔNG BÁO</p><p>…</p><p>…</p>",
                "ĐẢNG ỦY XÃ A THÔNG BÁO … …",
            ),
            ("<div style='display:none'><p>…</p><p>…</p></div><p>x</p>", "… … x"),
            (
                "<header><h1>Chương trình đại hội</h1></header><div><p>…</p><p>…</p></div>",
                "Chương trình đại hội … …",
            ),
            (
                "<div class=WordSection1><p class=MsoToc1>I. Mở đầu 1</p><p>© …</p></div>",
                "© …",
            ),
        ];
        for (page, expected) in rows {
            assert_eq!(kept(page), expected, "{page}");
        }
    }

    #[test]
    fn names_are_split_into_words() {
        assert_eq!(parts("tinLien-quan_2"), ["tin", "lien", "quan", "2"]);
        assert_eq!(site_words(Some("col-8 relatedNews")), Told::Surely);
        assert_eq!(site_words(Some("post-meta")), Told::Weakly);
        assert_eq!(site_words(Some("content navy")), Told::Nothing);
    }
}
