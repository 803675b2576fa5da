//! RTF, construct by construct.

use proptest::prelude::*;

use super::read;
use crate::corpus::flow::write;
use crate::corpus::flow::{Block, Flow, Paragraph};

/// The start of the files of these tests: fonts of every kind.
const HEAD: &str = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman\\fcharset0 Arial;}{\\f1\\fnil\\fcharset163{\\*\\panose 0202}Times \
                    New Roman;}{\\f2 .VnTimeH;}{\\f3\\ftech\\fcharset2 Symbol;}{\\f4\\fcharset128 Mincho;}}";

/// The file of `body`, read.
fn flow(body: &str) -> Flow {
    read(format!("{HEAD}{body}}}").as_bytes())
}

/// The text of the file of `body`, its lines joined by ` / `.
fn text(body: &str) -> String {
    write(&flow(body)).text.trim().replace('\n', " / ")
}

/// The paragraphs of the file of `body` outside of tables.
fn paragraphs(body: &str) -> Vec<Paragraph> {
    let paragraph = |block| match block {
        Block::Paragraph(paragraph) => Some(paragraph),
        Block::Table(_) => None,
    };
    flow(body).blocks.into_iter().filter_map(paragraph).collect()
}

#[test]
fn letters_are_decoded_by_font_and_as_unicode() {
    let rows = [
        (
            r"caf\'e9 \'96 \ldblquote a\rdblquote\~b\_c\-d\emdash",
            "café – “a” b-cd—",
        ),
        (r"\f1 \'d0\'e0ng c\'f5ng h\'f4\'cc, \'fd", "Đàng cơng hồ, ư"),
        (r"\f1 a\u769?\u7843?", "áả"),
        (r"{\f2 \'ae\'b6ng \'f1y}", "ĐẢNG ỦY"),
        (r"\u7843?\uc2\u272\'aa\'bbx\uc0\u273y", "ảĐxđy"),
        (r"\u-10179?\u-8704?\u-3913?", "😀•"),
        (r"\f4 \'82\'a0", "あ"),
        (r"{\f3 \'b3 5\'b7 \'a7}", "≥ 5• •"),
        (r"a{\caps b\u273?}c \{\}\\ ", "aBĐc {}\\"),
        (r"{\upr{x}{\*\ud \u7843?}}", "ả"),
    ];
    for (body, expected) in rows {
        assert_eq!(text(body), expected, "{body}");
    }
}

#[test]
fn what_is_not_printed_stays_out() {
    let rows = [
        r"{\info{\title An}}{\*\generator Word;}{\header\pard Trang\par}{\footer x}",
        r"{\deleted xoa}{\v an}{\*\atnid 1}{\*\annotation ghi}{\*\bkmkstart b}",
        r"{\pict\wmetafile8 0102{\*\blipuid 33}}{\*\shppict{\pict ff}}{\nonshppict{\pict ff}}",
        r"{\object{\*\objclass x}{\*\objdata 01}}{\xe muc luc}{\pict\bin4 }}}}}",
        r"{\field{\*\fldinst{TOC \\o}}{\fldrslt Muc 1\par Muc 2}}{\unknown{\*\khac x}}",
    ];
    for body in rows {
        assert_eq!(text(&format!("dau {body}cuoi")), "dau cuoi", "{body}");
    }
    assert_eq!(text(r"{\field{\*\fldinst PAGE}{\fldrslt 2}} x"), "2 x");
    assert_eq!(text(r"{\object{\*\objdata 01}{\result hinh}}"), "hinh");
}

#[test]
fn notes_are_numbered_where_they_are_called() {
    let body = r"a{\super\chftn}{\footnote\pard\plain{\super\chftn} mot} b\chftn{\footnote\chftn hai\par them}\
c{\super *{\footnote {\super *} rieng}}d{\super\chftn{\*\footnote\ftnalt\chftn cuoi}}";
    assert_eq!(
        text(&format!(r"\aftnnrlc {body}")),
        "a[1] b[2] / c[*]d[i] / [1] mot / [2] hai / them / [*] rieng / [i] cuoi"
    );
    assert_eq!(text(r"a{\deleted\chftn{\footnote xoa}}b"), "ab");
    assert_eq!(text(r"\ftnstart5 a\chftn{\footnote n}"), "a[5] / [5] n");
}

#[test]
fn labels_are_read_or_counted() {
    let tables = r"{\*\listtable{\list{\listlevel\levelnfc1\levelstartat1{\leveltext\'02\'00.;}{\levelnumbers\'01;}}{\listlevel\levelnfc0\levelstartat1{\leveltext\'04\'00.\'01.;}{\levelnumbers\'01\'03;}\levellegal}{\listlevel\levelnfc23\levelstartat1{\leveltext\'01\u-3913?;}{\levelnumbers;}\f3}\listid7}}{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}{\listoverride\listid7\listoverridecount1{\lfolevel\listoverridestartat\levelstartat5}\ls2}}";
    let item = |ls, level, text: &str| format!(r"\pard\ls{ls}\ilvl{level} {text}\par");
    let items: String = [
        (1, 0, "a"),
        (1, 1, "b"),
        (1, 1, "c"),
        (1, 0, "d"),
        (1, 1, "e"),
        (1, 2, "f"),
        (2, 0, "g"),
    ]
    .map(|(ls, level, text)| item(ls, level, text))
    .concat();
    assert_eq!(
        text(&format!("{tables}{items}")),
        "I. a / 1.1. b / 1.2. c / II. d / 2.1. e / • f / V. g"
    );
    let written =
        format!(r"{tables}{{\listtext\pard\f3\'b7\tab}}\pard\ls1\ilvl0 x\par {{\pntext\f0 a)\tab}}\pard y\par");
    let found = paragraphs(&written);
    let labels: Vec<_> = found
        .iter()
        .map(|one| (one.label.as_str(), one.list.is_some()))
        .collect();
    assert_eq!(labels, [("•", true), ("a)", false)]);
}

#[test]
fn headings_bold_and_centered_paragraphs() {
    let styles = r"{\stylesheet{\ql Normal;}{\s1\outlinelevel0 Tieu de;}{\s2\sbasedon1 Con;}{\s3 heading 3;}{\*\cs4 \additive Chu;}{\s5\outlinelevel9 Than;}}";
    let body =
        r"\pard\s1\qc{\b mot}\par\pard\s2 hai{\b ba}\par\s3 x\par\s5 y\par\pard\outlinelevel1 z\par\pagebb t\par";
    let found = paragraphs(&format!("{styles}{body}"));
    let facts: Vec<_> = found.iter().map(|one| (one.level, one.bold, one.centered)).collect();
    assert_eq!(
        facts,
        [
            (Some(1), true, true),
            (Some(1), false, false),
            (Some(3), false, false),
            (None, false, false),
            (Some(2), false, false),
            (Some(2), false, false),
        ]
    );
    assert_eq!(found[5].page_starts, [0]);
}

#[test]
fn pages_begin_at_breaks_and_sections() {
    let found = paragraphs(r"a\page b\par\sect\sectd c\par\sect\sectd\sbknone d\par");
    let starts: Vec<_> = found
        .iter()
        .map(|one| (one.text.as_str(), one.page_starts.clone()))
        .collect();
    assert_eq!(starts, [("ab", vec![1]), ("c", vec![0]), ("d", vec![])]);
}

#[test]
fn tables_with_merged_and_nested_cells() {
    let rows = [
        (
            r"\trowd\cellx1\cellx2\pard\intbl a\cell b\cell\row\trowd\cellx1\cellx2\pard\intbl c\par d\cell\cell\row\pard e\par",
            "a | b / c / d / e",
        ),
        (
            r"\trowd\clmgf\cellx1\clmrg\cellx2\cellx3\pard\intbl a\cell\cell b\cell\row",
            "a | b",
        ),
        (
            r"\trowd\cellx1\cellx2\pard\intbl\itap2 x\nestcell y\nestcell{\*\nesttableprops\trowd\cellx1\cellx2\nestrow}{\nonesttables\par}\pard\intbl z\cell{\trowd\cellx1\cellx2}\pard\intbl w\cell\row",
            "x | y / z / w",
        ),
    ];
    for (body, expected) in rows {
        assert_eq!(text(body), expected, "{body}");
    }
}

#[test]
fn text_boxes_stand_once_after_their_paragraph() {
    let body = r"\pard\qc a{\shp{\*\shpinst\shpleft1{\sp{\sn txt}{\sv 1}}{\shptxt\pard\ql hop\par}}{\shprslt{\*\do{\dptxbxtext hop\par}}}}b\par c";
    assert_eq!(text(body), "ab / hop / c");
    assert!(paragraphs(body)[0].centered);
}

#[test]
fn large_pictures_and_deep_groups_are_passed_over() {
    let picture = format!(r"a{{\pict {}}}b", "0f\r\n".repeat(2_000_000));
    assert_eq!(text(&picture), "ab");
    let deep = format!("a{}x{}b", "{\\b".repeat(200_000), "}".repeat(200_000));
    assert_eq!(text(&deep), "ab");
    let rows = format!(
        "{}\\pard end",
        "\\trowd\\pard\\intbl\\itap30000 x\\nestcell".repeat(1000)
    );
    assert!(text(&rows).ends_with("end"));
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        write(&read(&bytes));
    }

    #[test]
    fn any_words_are_read(words in proptest::collection::vec(
        "[{}]|\\\\(footnote|chftn|cell|row|nestcell|nestrow|trowd|intbl|itap[0-9]|par|pard|u-?[0-9]{1,6}|'[0-9a-f]{2}|\\*|listtext|listtable|list|listlevel|leveltext|listoverridetable|listoverride|lfolevel|levelstartat-?[0-9]|ls[0-3]|ilvl-?[0-9]{1,2}|listid[0-3]|shptxt|fonttbl|stylesheet|s1|f[0-9]|super|sect|page|field|fldrslt|super|clmrg|cellx1|ftnalt|uc[0-9]) ?|[a-zả ;]{1,3}",
        0..80,
    )) {
        write(&flow(&words.concat()));
    }
}
