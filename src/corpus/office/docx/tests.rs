//! Small documents and their printed text.

use super::*;
use crate::corpus::flow::Block;
use crate::corpus::office::package::tests::zipped;

/// Reads a document with this body, and these other parts.
fn flow(body: &str, parts: &[(&str, &str)]) -> Flow {
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let mut members = vec![("word/document.xml", document.as_bytes())];
    members.extend(parts.iter().map(|(name, text)| (*name, text.as_bytes())));
    let archive = zipped(&members);
    let mut package = Package::open(&archive).unwrap();
    let main = main_part(&mut package).unwrap().unwrap();
    read(&mut package, &main).unwrap()
}

/// The lines of blocks, each with its label; cells stand in bars.
fn lines(blocks: &[Block], out: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                out.push(format!("{} {}", paragraph.label, paragraph.text).trim().to_owned())
            }
            Block::Table(table) => {
                for row in &table.rows {
                    let cells = row.iter().map(|cell| {
                        let mut inner = Vec::new();
                        lines(cell, &mut inner);
                        inner.join("/")
                    });
                    out.push(format!("|{}|", cells.collect::<Vec<_>>().join("|")));
                }
            }
        }
    }
}

/// The lines of a document.
fn printed(body: &str, parts: &[(&str, &str)]) -> Vec<String> {
    let mut out = Vec::new();
    lines(&flow(body, parts).blocks, &mut out);
    out
}

/// A run of text.
fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// An item of a list.
fn item(list: i64, depth: usize, text: &str) -> String {
    let properties =
        format!("<w:pPr><w:numPr><w:ilvl w:val=\"{depth}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>");
    format!("<w:p>{properties}{}</w:p>", run(text))
}

/// A numbering part: I. / 1. / 1.1. / a), a second list that begins again, and a list of dashes.
const NUMBERING: &str = "<w:numbering><w:abstractNum w:abstractNumId='7'>\
    <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1.'/></w:lvl>\
    <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%2.'/></w:lvl>\
    <w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:isLgl/><w:lvlText w:val='%1.%2.%3.'/></w:lvl>\
    </w:abstractNum><w:abstractNum w:abstractNumId='8'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/>\
    <w:lvlText w:val='\u{f0b7}'/></w:lvl></w:abstractNum>\
    <w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>\
    <w:num w:numId='2'><w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='4'/></w:lvlOverride></w:num>\
    <w:num w:numId='3'><w:abstractNumId w:val='8'/></w:num></w:numbering>";

#[test]
fn labels_are_counted_as_word_prints_them() {
    let body = [
        item(1, 0, "a"),
        item(1, 1, "b"),
        item(1, 1, "c"),
        item(1, 2, "d"),
        item(1, 0, "e"),
        item(1, 1, "f"),
        item(0, 0, "g"),
        item(3, 0, "h"),
        item(2, 0, "i"),
        item(1, 0, "k"),
        item(2, 0, "l"),
    ];
    let parts = [("word/numbering.xml", NUMBERING)];
    let expected = [
        "I. a", "1. b", "2. c", "1.2.1. d", "II. e", "1. f", "g", "- h", "IV. i", "V. k", "VI. l",
    ];
    assert_eq!(printed(&body.concat(), &parts), expected);
}

#[test]
fn only_what_is_printed_is_text() {
    let rows = [
        (
            "<w:p><w:ins><w:r><w:t>a</w:t></w:r></w:ins><w:del><w:r><w:delText>b</w:delText></w:r></w:del></w:p>",
            "a",
        ),
        (
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>a</w:t></w:r><w:r><w:t>b</w:t></w:r></w:p>",
            "b",
        ),
        (
            "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:softHyphen/><w:br/><w:t>c</w:t></w:r></w:p>",
            "a\tb-\nc",
        ),
        (
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p>",
            "ab",
        ),
        ("<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>đảng</w:t></w:r></w:p>", "ĐẢNG"),
        (
            "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>REF x</w:instrText><w:t>q</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>a</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>",
            "a",
        ),
        (
            "<w:p><w:r><w:t>a</w:t><mc:AlternateContent><mc:Choice><w:drawing><x><w:txbxContent><w:p><w:r><w:t>b</w:t></w:r></w:p>\
             </w:txbxContent></x></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>b</w:t></w:r></w:p>\
             </w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent><w:t>c</w:t></w:r></w:p>",
            "ac b",
        ),
        (
            "<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText> TOC \\o </w:instrText><w:fldChar w:fldCharType='separate'/>\
             <w:t>I. A 3</w:t></w:r></w:p><w:p><w:r><w:t>II. B 4</w:t></w:r></w:p><w:p><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>\
             <w:p><w:r><w:t>a</w:t></w:r></w:p>",
            "a",
        ),
    ];
    for (body, expected) in rows {
        assert_eq!(printed(body, &[]).join(" "), expected, "{body}");
    }
}

#[test]
fn cells_keep_their_columns() {
    let cell =
        |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{}</w:p></w:tc>", run(text));
    let table = [
        "<w:tbl><w:tr>".to_owned(),
        cell("<w:gridSpan w:val='2'/>", "a"),
        cell("<w:vMerge w:val='restart'/>", "b"),
        "</w:tr><w:tr>".to_owned(),
        format!("<w:tc>{}</w:tc>", item(1, 0, "")),
        cell("", "d"),
        cell("<w:vMerge/>", "e"),
        "</w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc/></w:tr></w:tbl>".to_owned(),
    ];
    let parts = [("word/numbering.xml", NUMBERING)];
    assert_eq!(printed(&table.concat(), &parts), ["|a||b|", "|I.|d||"]);
}

#[test]
fn notes_are_numbered_in_the_order_of_their_calls() {
    let call = |id: usize, own: &str| {
        format!(
            "<w:r><w:footnoteReference w:id='{id}' {own}/>{}</w:r>",
            if own.is_empty() { "" } else { "<w:t>*</w:t>" }
        )
    };
    let body = format!(
        "<w:p>{}{}{}</w:p>",
        call(5, ""),
        call(4, "w:customMarkFollows='1'"),
        call(3, "")
    );
    let note = |id: usize, text: &str| {
        format!(
            "<w:footnote w:id='{id}'><w:p><w:r><w:footnoteRef/></w:r>{}</w:p></w:footnote>",
            run(text)
        )
    };
    let notes = format!(
        "<w:footnotes>{}{}{}</w:footnotes>",
        note(3, " c"),
        note(4, "* b"),
        note(5, " a")
    );
    let flow = flow(&body, &[("word/footnotes.xml", &notes)]);
    let mut found = Vec::new();
    for note in &flow.notes {
        let mut text = Vec::new();
        lines(&note.blocks, &mut text);
        found.push(format!("{}: {}", note.mark, text.join("/")));
    }
    assert_eq!(found, ["1: a", "*: b", "2: c"]);
}

#[test]
fn styles_in_a_circle_end() {
    let style = |id: &str, base: &str| {
        format!(
            "<w:style w:type='paragraph' w:styleId='{id}'><w:name w:val='heading 2'/><w:basedOn w:val='{base}'/></w:style>"
        )
    };
    let styles = format!("<w:styles>{}{}</w:styles>", style("a", "b"), style("b", "a"));
    let flow = flow(
        "<w:p><w:pPr><w:pStyle w:val='a'/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>",
        &[("word/styles.xml", &styles)],
    );
    assert!(matches!(flow.blocks.as_slice(), [Block::Paragraph(paragraph)] if paragraph.level == Some(2)));
}
