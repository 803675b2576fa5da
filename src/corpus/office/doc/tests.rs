//! Tests of whole files.

use super::made::Made;
use super::*;

/// Bold, hidden, deleted, capitals, and font number 0, as properties.
const BOLD: [u8; 3] = [0x35, 0x08, 1];
const HIDDEN: [u8; 3] = [0x3c, 0x08, 1];
const DELETED: [u8; 3] = [0x00, 0x08, 1];
const CAPITALS: [u8; 3] = [0x3b, 0x08, 1];
const FONT: [u8; 4] = [0x4f, 0x4a, 0, 0];

/// In a table, at the end of a row, centered, a heading of level 2, and the item of a list at a level.
const IN_TABLE: [u8; 3] = [0x16, 0x24, 1];
const ROW_END: [u8; 6] = [0x16, 0x24, 1, 0x17, 0x24, 1];
const CENTERED: [u8; 3] = [0x61, 0x24, 1];
const HEADING: [u8; 3] = [0x40, 0x26, 1];

/// Returns the properties of an item at this level of the list.
fn item(level: u8) -> Vec<u8> {
    vec![0x0a, 0x26, level, 0x0b, 0x46, 1, 0]
}

/// Reads a file that is built.
fn read_made(made: &Made) -> Flow {
    read(&made.bytes()).unwrap()
}

/// Returns the paragraphs of blocks outside tables, with their labels.
fn lines(blocks: &[Block]) -> Vec<String> {
    let line = |block: &Block| match block {
        Block::Paragraph(paragraph) => format!("{} {}", paragraph.label, paragraph.text).trim().to_owned(),
        Block::Table(table) => format!("{} rows", table.rows.len()),
    };
    blocks.iter().map(line).collect()
}

/// Returns a stretch of text and its properties.
fn run(text: &str, list: &[u8]) -> (String, Vec<u8>) {
    (text.to_owned(), list.to_vec())
}

#[test]
fn what_is_not_printed_stays_out() {
    let flow = read_made(&Made {
        main: "Kết luận mật số 5 cũ\u{13} PAGE \u{14}7\u{15}\rđảng ủy\tA\u{1e}B\u{1f}\u{b}C\r".to_owned(),
        runs: vec![
            run("mật ", &HIDDEN),
            run(" cũ", &DELETED),
            run("đảng ủy", &[&CAPITALS[..], &BOLD].concat()),
        ],
        ..Made::default()
    });
    assert_eq!(lines(&flow.blocks), ["Kết luận số 57", "ĐẢNG ỦY\tA-B\nC"]);
}

#[test]
fn a_paragraph_whose_mark_is_deleted_goes_on_with_the_next() {
    let flow = read_made(&Made {
        main: "Điều 1. Phạm vi\r điều chỉnh\rĐiều 2\r".to_owned(),
        paragraphs: vec![Vec::new(), CENTERED.to_vec()],
        runs: vec![run("\r", &DELETED)],
        ..Made::default()
    });
    assert_eq!(lines(&flow.blocks), ["Điều 1. Phạm vi điều chỉnh", "Điều 2"]);
    assert!(matches!(&flow.blocks[0], Block::Paragraph(paragraph) if paragraph.centered));
}

#[test]
fn notes_have_numbers_marks_and_the_places_that_call_them() {
    let flow = read_made(&Made {
        main: "Theo quy định\u{2} và báo cáo* năm trước\u{2}.\r".to_owned(),
        footnotes: vec![
            "\u{2} Số 1\r".to_owned(),
            "* Chưa in\r".to_owned(),
            "\u{2} Số 2\rDòng hai\r".to_owned(),
        ],
        ..Made::default()
    });
    let notes: Vec<(usize, &str, Vec<String>)> = flow
        .notes
        .iter()
        .map(|note| (note.number, note.mark.as_str(), lines(&note.blocks)))
        .collect();
    let expected = [
        (1, "1", vec!["Số 1".to_owned()]),
        (0, "*", vec!["Chưa in".to_owned()]),
        (2, "2", vec!["Số 2".to_owned(), "Dòng hai".to_owned()]),
    ];
    assert_eq!(notes, expected);
    let Block::Paragraph(paragraph) = &flow.blocks[0] else {
        panic!("a paragraph");
    };
    assert_eq!(paragraph.text, "Theo quy định và báo cáo năm trước.");
    let before: Vec<&str> = paragraph.calls.iter().map(|(at, _)| &paragraph.text[..*at]).collect();
    assert_eq!(
        before,
        [
            "Theo quy định",
            "Theo quy định và báo cáo",
            "Theo quy định và báo cáo năm trước"
        ]
    );
}

#[test]
fn a_note_whose_call_is_deleted_is_not_counted() {
    let flow = read_made(&Made {
        main: "Một\u{2} bỏ\u{2} hai\u{2}\r".to_owned(),
        footnotes: ["a", "b", "c"].map(|text| format!("\u{2} {text}\r")).to_vec(),
        runs: vec![run(" bỏ\u{2}", &DELETED)],
        ..Made::default()
    });
    let notes: Vec<(usize, Vec<String>)> = flow
        .notes
        .iter()
        .map(|note| (note.number, lines(&note.blocks)))
        .collect();
    assert_eq!(notes, [(1, vec!["a".to_owned()]), (2, vec!["c".to_owned()])]);
}

#[test]
fn labels_levels_and_looks() {
    let flow = read_made(&Made {
        main: "Mục đích\rYêu cầu\rNội dung\rCHI BỘ\r".to_owned(),
        paragraphs: vec![item(0), item(1), [&item(1)[..], &HEADING].concat(), CENTERED.to_vec()],
        runs: vec![run("CHI BỘ", &BOLD)],
        levels: vec![(1, "\0.".to_owned()), (4, "\u{1})".to_owned())],
        ..Made::default()
    });
    assert_eq!(
        lines(&flow.blocks),
        ["I. Mục đích", "a) Yêu cầu", "b) Nội dung", "CHI BỘ"]
    );
    let looks: Vec<(Option<u8>, bool, bool)> = flow
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some((paragraph.level, paragraph.bold, paragraph.centered)),
            Block::Table(_) => None,
        })
        .collect();
    let plain = (None, false, false);
    assert_eq!(looks, [plain, plain, (Some(2), false, false), (None, true, true)]);
}

#[test]
fn rows_have_cells_and_cells_may_hold_tables() {
    let deep = |more: &[u8]| [&[0x16, 0x24, 1, 0x49, 0x66, 2, 0, 0, 0][..], more].concat();
    let flow = read_made(&Made {
        main: "TT\u{7}Việc\u{7}\u{7}1\u{7}x\ry\r\rz\u{7}\u{7}Hết\r".to_owned(),
        paragraphs: vec![
            IN_TABLE.to_vec(),
            IN_TABLE.to_vec(),
            ROW_END.to_vec(),
            IN_TABLE.to_vec(),
            deep(&[0x4b, 0x24, 1]),
            deep(&[0x4b, 0x24, 1]),
            deep(&[0x4b, 0x24, 1, 0x4c, 0x24, 1]),
            IN_TABLE.to_vec(),
            ROW_END.to_vec(),
        ],
        ..Made::default()
    });
    assert_eq!(lines(&flow.blocks), ["2 rows", "Hết"]);
    let Block::Table(table) = &flow.blocks[0] else {
        panic!("a table");
    };
    assert_eq!(
        table.rows[0].iter().map(|cell| lines(cell)).collect::<Vec<_>>(),
        [["TT"], ["Việc"]]
    );
    assert_eq!(lines(&table.rows[1][1]), ["1 rows", "z"]);
    let Block::Table(inner) = &table.rows[1][1][0] else {
        panic!("a table");
    };
    assert_eq!(
        inner.rows[0].iter().map(|cell| lines(cell)).collect::<Vec<_>>(),
        [["x"], ["y"]]
    );
}

#[test]
fn text_boxes_stand_once_after_their_paragraph() {
    let flow = read_made(&Made {
        main: "Trên\u{8}\rDưới\r".to_owned(),
        boxes: vec!["DỰ THẢO\r".to_owned(), "Không nơi neo\r".to_owned()],
        ..Made::default()
    });
    assert_eq!(lines(&flow.blocks), ["Trên", "DỰ THẢO", "Dưới", "Không nơi neo"]);
}

#[test]
fn fonts_from_before_unicode_are_converted() {
    let flow = read_made(&Made {
        main: "Số 5 \u{a7}\u{b6}ng \u{f1}y\r".to_owned(),
        fonts: vec![".VnTime".to_owned()],
        runs: vec![run("\u{a7}\u{b6}ng \u{f1}y", &FONT)],
        ..Made::default()
    });
    assert_eq!(lines(&flow.blocks), ["Số 5 Đảng ủy"]);
}

#[test]
fn pages_begin_at_breaks() {
    let flow = read_made(&Made {
        main: "Một\u{c}Hai\rBa\r".to_owned(),
        paragraphs: vec![Vec::new(), vec![0x07, 0x24, 1]],
        ..Made::default()
    });
    let starts: Vec<(&str, &[usize])> = flow
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some((paragraph.text.as_str(), &paragraph.page_starts[..])),
            Block::Table(_) => None,
        })
        .collect();
    assert_eq!(starts, [("Một\nHai", &["Một\n".len()][..]), ("Ba", &[0])]);
}

#[test]
fn what_cannot_be_read_says_why() {
    let message = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
    let other = |name: &str| {
        let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream(name).unwrap();
        file.flush().unwrap();
        message(&file.into_inner().into_inner())
    };
    assert_eq!(
        other("PowerPoint Document"),
        "is not text but a PowerPoint presentation"
    );
    assert_eq!(other("Khac"), "is not text but a compound file without a Word document");
    assert_eq!(other("EncryptedPackage"), "is encrypted");
    assert_eq!(
        other("WordDocument"),
        "is damaged: its head is not that of a Word document"
    );
    let with_flags = |flags| Made {
        flags: Some(flags),
        ..Made::default()
    };
    assert_eq!(message(&with_flags(0x0300).bytes()), "is encrypted");
    assert_eq!(
        message(&with_flags(0).bytes()),
        "is damaged: its stream 0Table is missing"
    );
    let bytes = Made::default().bytes();
    assert!(message(&bytes[..600]).starts_with("is damaged: "));
}
