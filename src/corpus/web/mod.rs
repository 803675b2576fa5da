//! Web pages: `.html`, `.htm`, also those that Word, LibreOffice and Google Docs save.
//!
//! ```text
//! bytes ─ charset ─▶ letters ─ dom ─▶ tree ─┬─ article ─▶ what is left out: the site around the document
//!                                           ├─ style ───▶ bold, centered, hidden, fonts from before Unicode
//!                                           ├─ notes ───▶ links that call notes
//!                                           ├─ tables ──▶ which tables are tables
//!                                           └─ reader ──▶ flow ─▶ text and structure
//! ```
//!
//! A page is read as a browser shows it, without what the site adds. The result is a [`Flow`](super::flow::Flow), as of
//! a file of a word processor.

mod archive;
mod article;
mod charset;
mod dom;
mod labels;
mod notes;
mod reader;
pub(super) mod sniff;
mod style;
mod tables;

use super::content::{Content, Origin};
use super::error::ErrorKind;
use super::flow::{convert_letters, write};
use super::format::Format;
use crate::text::Encoding;
use article::Article;
use dom::{Dom, ROOT, Step};
use notes::LinkedNotes;
use reader::Page;
use style::Sheet;

/// Reads a web page.
///
/// # Errors
/// [`ErrorKind::Excessive`] if it is nested too deeply or too large, [`ErrorKind::NoWords`].
pub(super) fn read(bytes: &[u8]) -> Result<Content, ErrorKind> {
    let (text, encoding) = if sniff::is_archive(bytes) {
        charset::decode(&archive::page(bytes)?)
    } else {
        charset::decode(bytes)
    };
    let dom = Dom::parse(&text)?;
    let sheet = sheet(&dom);
    let article = Article::find(&dom, &sheet);
    let mut flow = reader::read(&Page {
        dom: &dom,
        sheet: &sheet,
        article: &article,
        notes: &LinkedNotes::find(&dom, &article),
        tables: &tables::kinds(&dom, &article),
    });
    convert_letters(&mut flow);
    let written = write(&flow);
    if written.text.trim().is_empty() {
        return Err(ErrorKind::NoWords);
    }
    let converted = written.letters.encoding();
    let converted = converted.or((encoding == encoding_rs::WINDOWS_1258).then_some(Encoding::Cp1258));
    let is_wide = encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE;
    Ok(Content {
        format: Format::Html,
        origin: if converted.is_some() {
            Origin::Converted
        } else {
            Origin::Text
        },
        encoding: converted.or(Some(if is_wide { Encoding::Utf16 } else { Encoding::Utf8 })),
        text: written.text,
        structure: written.structure,
        letters: written.letters,
        ..Content::default()
    })
}

/// Reads the style sheets in a page.
fn sheet(dom: &Dom) -> Sheet {
    let mut sheet = Sheet::default();
    for step in dom.walk(ROOT) {
        if let Step::Open(id) = step
            && dom.name(id) == "style"
        {
            for css in dom.children(id).filter_map(|child| dom.text(child)) {
                sheet.add(css);
            }
        }
    }
    sheet
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The lines of the text of a page.
    fn lines(page: &str) -> Vec<String> {
        let content = read(page.as_bytes()).unwrap();
        content.text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn blocks_and_line_ends_are_lines() {
        let page = "<p>Căn  cứ\n Điều lệ Đảng của Ban<br>chấp hành;<br>Xét đề nghị<br><br>b) Hai.</p>Ba<div>Bốn</div>\
                    <pre>NGHỊ QUYẾT\nvề công tác\ncán bộ.\nMột</pre>Tr\u{ad}ường&nbsp;học";
        let expected = [
            "Căn cứ Điều lệ Đảng của Ban chấp hành;",
            "Xét đề nghị",
            "b) Hai.",
            "Ba",
            "Bốn",
            "NGHỊ QUYẾT về công tác cán bộ.",
            "Một",
            "Trường học",
        ];
        assert_eq!(lines(page), expected);
    }

    #[test]
    fn labels_of_lists() {
        let page = "<ol type=I start=2><li>Một<ul><li>Con<li>- Có dấu</ul><li>Hai</ol><ol><li>a) Ba</ol>\
                    <p style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>\u{b7}<span>&nbsp; \
                    </span></span><![endif]>Bốn</p>";
        assert_eq!(
            lines(page),
            ["II. Một", "- Con", "- Có dấu", "III. Hai", "a) Ba", "- Bốn"]
        );
    }

    #[test]
    fn notes_of_several_programs() {
        let pages = [
            "<p>Theo<a href='#_ftn1' name='_ftnref1'>[1]</a> đó</p><div id=ftn1><p><a href='#_ftnref1' name='_ftn1'>[1]</a> Một</p>\
             <p>Hai</p></div>",
            "<p>Theo<sup><a id=r1 href='#n1'>1</a></sup> đó</p><ol><li id=n1><p>Một <a href='#r1'>↩</a></p><p>Hai</p></li></ol>",
            "<p>Theo<a class=sdfootnoteanc name=sdfootnote1anc href='#sdfootnote1sym'><sup>1</sup></a> đó</p><div \
             id=sdfootnote1><p><a name=sdfootnote1sym href='#sdfootnote1anc'>1</a> Một</p><p>Hai</p></div>",
            "<p>Theo<a href='#_ftn1'>(1)</a> đó</p><div id=ftn1><p><a name=_ftn1></a>(1) Một</p><p>Hai</p></div>",
        ];
        for page in pages {
            assert_eq!(lines(page), ["Theo[1] đó", "[1] Một", "Hai"], "{page}");
            assert_eq!(read(page.as_bytes()).unwrap().structure.notes.len(), 1, "{page}");
        }
        let page = "<p>Theo Kết luận<sup>2</sup>, 5 km<sup>2</sup> và 10<sup>3</sup></p>";
        assert_eq!(lines(page), ["Theo Kết luận[2], 5 km2 và 103"]);
    }

    #[test]
    fn tables_and_layout() {
        let grid = "<table border=1><tr><th rowspan=2>TT<th colspan=2>Nội<br>dung<tr><td>a<td>b<tr><td>1<td><p>c</p><td>d</table>";
        assert_eq!(lines(grid), ["TT | Nội dung", " | a | b", "1 | c | d"]);
        let layout = "<table><tr><td><table border=1><tr><td>1<td>2<tr><td>3<td>4</table></td><td>x</td></tr></table>";
        assert_eq!(lines(layout), ["1 | 2", "3 | 4", "x"]);
        let head =
            "<table><tr><td><p>TỈNH ỦY A</p><p>Số 1-BC/TU</p></td><td>ĐẢNG CỘNG SẢN VIỆT NAM<br>A, ngày 5</td></table>";
        assert_eq!(
            lines(head),
            ["TỈNH ỦY A", "Số 1-BC/TU", "ĐẢNG CỘNG SẢN VIỆT NAM", "A, ngày 5"]
        );
    }

    #[test]
    fn faces_and_headings() {
        let page =
            "<h1>Tên trang</h1><h2>I. Mục đích</h2><center><b>QUYẾT ĐỊNH</b></center><p align=center>x <b>y</b></p>";
        let content = read(page.as_bytes()).unwrap();
        let faces: Vec<(Option<u8>, bool, bool)> = content
            .structure
            .lines
            .iter()
            .map(|line| (line.level, line.bold, line.centered))
            .collect();
        let expected = [
            (None, true, false),
            (Some(2), true, false),
            (None, true, true),
            (None, false, true),
        ];
        assert_eq!(faces, expected);
    }

    #[test]
    fn letters_from_before_unicode() {
        let page = "<p><font face='.VnTimeH'>®¶ng</font> <span style='font-family:\"VNI-Times\"'>uûy xaõ</span></p>";
        let content = read(page.as_bytes()).unwrap();
        assert_eq!(
            (content.text.as_str(), content.origin),
            ("ĐẢNG ủy xã\n", Origin::Converted)
        );
        let page = "<meta charset=windows-1258><p>Kế hoạch</p>";
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode("<meta charset=windows-1258><p>K\u{ea}\u{ec} ho\u{ba}ch");
        assert_eq!(read(page.as_bytes()).unwrap().encoding, Some(Encoding::Utf8));
        assert_eq!(read(&bytes).unwrap().encoding, Some(Encoding::Cp1258));
    }

    #[test]
    fn a_page_without_words_and_a_page_of_many_cells() {
        assert!(matches!(read(b"<html><img src=a.png></html>"), Err(ErrorKind::NoWords)));
        let cells = "<tr><td colspan=64 rowspan=9>a".repeat(20_000);
        assert!(read(format!("<table border=1>{cells}").as_bytes()).is_ok());
    }

    proptest! {
        #[test]
        fn whatever_the_tags_are_a_page_is_read(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "<p>", "</p>", "<table>", "<tr>", "<td rowspan=3 colspan=99>", "</table>", "<ul>", "<li value=-5>", "</ul>",
                    "<br>", "<pre>", "</pre>", "<a href='#x'>[1]</a>", "<a name=x href='#y'>1", "<sup>2</sup>", "<h1>", "<b>",
                    "<div class=nav>", "</div>", "<style>p{", "}</style>", "<select>", "<svg>", "<template>", "<td>", "a", " ",
                    "\u{ad}", "Đảng ủy. ", "ĐẢNG CỘNG SẢN VIỆT NAM", "<font face=.VnTime>", "§¶ng", "&#0;", "<!--", "-->", "\0",
                ]),
                0..60,
            )
        ) {
            let _ = read(parts.concat().as_bytes());
        }
    }
}
