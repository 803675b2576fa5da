//! Texts of `OpenDocument`, construct by construct.

use proptest::prelude::*;

use super::{is_text, read};
use crate::corpus::error::ErrorKind;
use crate::corpus::flow::write;
use crate::corpus::flow::{Block, Flow};
use crate::corpus::office::package::Package;
use crate::corpus::office::package::tests::zipped;

/// The media type of the files of these tests.
const TEXT: (&str, &[u8]) = ("mimetype", b"application/vnd.oasis.opendocument.text");

/// The file with these common styles, automatic styles and text, read.
fn try_flow(styles: &str, automatic: &str, body: &str) -> Result<Flow, ErrorKind> {
    let styles = format!("<document-styles><styles>{styles}</styles></document-styles>");
    let content = format!(
        "<document-content><automatic-styles>{automatic}</automatic-styles><body><text>{body}</text></body></document-content>"
    );
    let archive = zipped(&[
        TEXT,
        ("styles.xml", styles.as_bytes()),
        ("content.xml", content.as_bytes()),
    ]);
    let mut package = Package::open(&archive)?;
    assert!(is_text(&mut package)?);
    read(&mut package)
}

/// The file with these automatic styles and this text.
fn flow(automatic: &str, body: &str) -> Flow {
    try_flow("", automatic, body).unwrap()
}

/// The text of that file, its lines joined by ` / `.
fn text(automatic: &str, body: &str) -> String {
    write(&flow(automatic, body)).text.trim().replace('\n', " / ")
}

#[test]
fn blanks_tabs_and_line_ends() {
    let body = "<p>\n  mot  hai<s c='2'/> ba<tab/>bon<line-break/> nam <span> sau</span></p><p>a<s/>b</p>";
    assert_eq!(write(&flow("", body)).text, "mot hai   ba\tbon\nnam sau\na b\n");
    assert_eq!(text("", "<p>a<s c='99999999'/>b</p>").len(), 1_002);
}

#[test]
fn what_is_not_printed_stays_out() {
    let hidden = "<style name='H' family='text'><text-properties display='none'/></style>";
    let rows = [
        "<tracked-changes><changed-region><deletion><p>xoa</p></deletion></changed-region></tracked-changes>",
        "<table-of-content><index-body><p>Muc 1</p></index-body></table-of-content>",
        "<section display='none'><p>an</p></section>",
        "<p>x<hidden-paragraph is-hidden='true'/></p>",
        "<forms><p>x</p></forms><frame><title>hinh</title><image><p>x</p></image></frame>",
    ];
    for row in rows {
        assert_eq!(text(hidden, &format!("<p>a</p>{row}<p>b</p>")), "a / b", "{row}");
    }
    let inline = "a<annotation><p>ghi</p></annotation><span style-name='H'>an</span><hidden-text is-hidden='true'>an</hidden-text>\
                  <ruby><ruby-base>b</ruby-base><ruby-text>x</ruby-text></ruby><page-number>3</page-number>";
    assert_eq!(text(hidden, &format!("<p>{inline}</p>")), "ab3");
}

#[test]
fn headings_are_numbered_by_the_outline() {
    let styles = "<outline-style><outline-level-style level='1' num-format='I' num-suffix='.'/><outline-level-style level='2' \
                  num-format='1' num-suffix='.' display-levels='2'/><outline-level-style level='3' num-format=''/></outline-style>";
    let heading = |level, more: &str| format!("<h outline-level='{level}' {more}>x</h>");
    let body = [
        heading(1, ""),
        heading(2, ""),
        heading(2, ""),
        heading(1, "is-list-header='true'"),
        heading(1, ""),
        heading(2, "restart-numbering='true' start-value='7'"),
        heading(3, ""),
    ];
    let flow = try_flow(styles, "", &body.concat()).unwrap();
    let lines = write(&flow).structure.lines;
    assert_eq!(
        lines.iter().filter_map(|line| line.level).collect::<Vec<_>>(),
        [1, 2, 2, 1, 1, 2, 3]
    );
    assert_eq!(
        write(&flow).text.replace('\n', ";"),
        "I. x;I.1. x;I.2. x;x;II. x;II.7. x;x;"
    );
}

#[test]
fn lists_count_go_on_and_begin_again() {
    let styles = "<list-style name='L'><list-level-style-number level='1' num-format='a' num-suffix=')'/>\
                  <list-level-style-number level='2' num-format='1' num-list-format='%1%.%2%-'/></list-style>\
                  <list-style name='B'><list-level-style-bullet level='1' bullet-char='\u{f0b7}'/></list-style>";
    let body = "<list style-name='L' id='k'><list-item><p>x</p><p>y</p><list><list-item><p>z</p></list-item></list></list-item>\
                <list-header><p>t</p></list-header><list-item><p>x</p></list-item></list>\
                <list style-name='B'><list-item><p>o</p></list-item></list>\
                <list style-name='L' continue-numbering='true'><list-item><p>x</p></list-item></list>\
                <list style-name='L'><list-item start-value='5'><p>x</p></list-item></list>\
                <list style-name='L' continue-list='k'><list-item><p>x</p></list-item></list>";
    assert_eq!(
        text(styles, body),
        "a) x / y / a.1- z / t / b) x / • o / c) x / e) x / d) x"
    );
}

#[test]
fn a_list_takes_its_style_from_its_paragraphs() {
    let styles = "<list-style name='L'><list-level-style-number level='1' num-format='1' num-suffix='.'/></list-style>\
                  <style name='P' family='paragraph' list-style-name='L'/>";
    assert_eq!(
        text(styles, "<list><list-item><p style-name='P'>x</p></list-item></list>"),
        "1. x"
    );
}

#[test]
fn notes_keep_their_marks() {
    let note = |class: &str, citation: &str, body: &str| {
        format!("<note note-class='{class}'>{citation}<note-body>{body}</note-body></note>")
    };
    let body = [
        "<p>a".to_owned(),
        note("footnote", "<note-citation>1</note-citation>", "<p>mot</p><p>them</p>"),
        "b".to_owned(),
        note("endnote", "<note-citation>i</note-citation>", "<p>cuoi</p>"),
        "c".to_owned(),
        note("footnote", "<note-citation label='*'>*</note-citation>", "<p>rieng</p>"),
        "</p>".to_owned(),
    ];
    let flow = flow("", &body.concat());
    assert_eq!(
        write(&flow).text.trim().replace('\n', " / "),
        "a[1]b[i]c[*] / [1] mot / them / [i] cuoi / [*] rieng"
    );
    assert_eq!(flow.notes.iter().map(|note| note.number).collect::<Vec<_>>(), [1, 1, 0]);
}

#[test]
fn styles_are_inherited() {
    let styles = "<font-face name='F' font-family='.VnTimeH'/><style name='P' family='paragraph'><paragraph-properties \
                  text-align='center' break-before='page'/><text-properties font-weight='bold'/></style><style name='Q' \
                  family='paragraph' parent-style-name='P'/><style name='T' family='text'><text-properties \
                  font-weight='normal'/></style>";
    let automatic = "<style name='U' family='text'><text-properties font-name='F'/></style>";
    let body = "<p style-name='Q'>a</p><p style-name='Q'>b<span style-name='T'>c</span></p><p><span style-name='U'>®¶ng</span></p>";
    let flow = try_flow(styles, automatic, body).unwrap();
    let facts: Vec<_> = flow
        .blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(one) => (one.text.as_str(), one.bold, one.centered, one.page_starts.len()),
            Block::Table(_) => ("", false, false, 0),
        })
        .collect();
    // No page begins before the first paragraph.
    assert_eq!(
        facts,
        [("a", true, true, 0), ("bc", false, true, 1), ("ĐẢNG", false, false, 0)]
    );
}

#[test]
fn tables_with_covered_and_repeated_cells() {
    let row = |cells: &str| format!("<table-row>{cells}</table-row>");
    let cell = |text: &str| format!("<table-cell><p>{text}</p></table-cell>");
    let rows = [
        row(&format!("{}{}", cell("a"), cell("b"))),
        row("<table-cell number-columns-spanned='2'><p>c</p></table-cell><covered-table-cell/><table-cell/>"),
        row(&format!("<covered-table-cell/>{}", cell("d"))),
        "<table-row number-rows-repeated='1048576'><table-cell number-columns-repeated='16384'/></table-row>"
            .to_owned(),
    ];
    let table = format!(
        "<table><table-header-rows>{}</table-header-rows>{}</table>",
        rows[0],
        rows[1..].concat()
    );
    let flow = flow("", &table);
    let Some(Block::Table(read)) = flow.blocks.first() else {
        panic!("no table")
    };
    assert_eq!(read.rows.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 2, 64]);
    assert_eq!(write(&flow).text.trim().replace('\n', " / "), "a | b / c /  | d");
}

#[test]
fn text_boxes_follow_their_paragraph() {
    let body = "<p>a<frame><text-box><p>hop</p></text-box></frame>b</p><p>c</p>";
    assert_eq!(text("", body), "ab / hop / c");
}

#[test]
fn deep_nesting_is_read_or_refused() {
    for depth in [70, 3_000] {
        let open = "<table><table-row><table-cell><p>x</p>".repeat(depth);
        let close = "</table-cell></table-row></table>".repeat(depth);
        let spans = format!("<p>{}y{}</p>", "<span>".repeat(depth), "</span>".repeat(depth));
        for body in [format!("{open}{close}"), spans] {
            assert_eq!(try_flow("", "", &body).is_ok(), depth == 70, "{depth}");
        }
    }
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let locked = zipped(&[
        TEXT,
        (
            "META-INF/manifest.xml",
            b"<manifest><file-entry><encryption-data/></file-entry></manifest>",
        ),
        ("content.xml", b"\x00\x01"),
    ]);
    let error = |bytes: &[u8]| read(&mut Package::open(bytes).unwrap()).unwrap_err().to_string();
    assert_eq!(error(&locked), "is encrypted");
    assert_eq!(error(&zipped(&[TEXT])), "is damaged: its part content.xml is missing");
    assert!(try_flow("", "", "<p>a").is_err());
}

proptest! {
    #[test]
    fn any_structure_is_read(parts in proptest::collection::vec(
        "<p>|</p>|<h outline-level='[0-9]{1,3}'>|</h>|<list style-name='L'>|</list>|<list-item>|</list-item>|<table>|</table>|<table-row>|</table-row>|<table-cell>|</table-cell>|<note>|</note>|<frame>|</frame>|<s c='[0-9]{1,9}'/>|[a-zả ]{1,3}",
        0..60,
    )) {
        if let Ok(flow) = try_flow("", "<list-style name='L'><list-level-style-number level='1' display-levels='9'/></list-style>", &parts.concat()) {
            write(&flow);
        }
    }
}
