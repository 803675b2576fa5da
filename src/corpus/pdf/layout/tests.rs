//! Pages of words at given places, laid out.

use super::super::printed::{PrintedBlock, PrintedLine, PrintedWord};
use super::super::rules::Rule;
use super::*;

/// The height of the words of the tests.
const HEIGHT: f32 = 14.0;

/// A page whose lines are given as their left edge, their upper edge and their text; each letter is 6 points wide. A
/// line is a block of its own.
fn page(lines: &[(f32, f32, &str)]) -> PrintedPage {
    let block = |&(left, top, text): &(f32, f32, &str)| {
        let mut left = left;
        let words = text.split(' ').map(|text| {
            let width = 6.0 * text.chars().count() as f32;
            let edges = [left, top, left + width, top + HEIGHT];
            left += width + 3.0;
            PrintedWord {
                text: text.to_owned(),
                edges,
                letters: None,
            }
        });
        PrintedBlock {
            lines: vec![PrintedLine { words: words.collect() }],
        }
    };
    PrintedPage {
        size: [595.0, 842.0],
        blocks: lines.iter().map(block).collect(),
    }
}

/// The text of the page, paragraphs parted by an empty line.
fn shown(page: &PrintedPage, rules: &[Rules]) -> String {
    let rules = HashMap::from([(0, rules.to_vec())]);
    let raw = lay_out(std::slice::from_ref(page), &rules).remove(0);
    let line = |line: &Vec<RawWord>| line.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    let paragraphs: Vec<String> = raw
        .paragraphs
        .iter()
        .map(|lines| lines.iter().map(line).collect::<Vec<_>>().join("\n"))
        .collect();
    paragraphs.join("\n\n")
}

#[test]
fn places_are_pixels_of_the_drawn_page() {
    let mut page = page(&[(0.0, 84.2, "R&D")]);
    page.size = [421.0, 842.0];
    page.blocks[0].lines[0].words[0].edges = [0.0, 84.2, 210.5, 421.0];
    let raw = lay_out(&[page], &HashMap::new()).remove(0);
    assert_eq!(raw.size, [1754, PAGE_PIXELS]);
    let word = raw.words().next().unwrap();
    assert_eq!((word.text.as_str(), word.bbox), ("R&D", [0, 350, 877, 1754]));
}

#[test]
fn a_label_apart_is_on_the_line_of_its_item() {
    let page = page(&[
        (72.0, 100.0, "I."),
        (108.0, 100.0, "NHIỆM VỤ TRỌNG TÂM"),
        (72.0, 120.0, "a)"),
        (108.0, 120.0, "Rà soát quy chế làm việc của cấp ủy;"),
        (108.0, 136.0, "gửi chi bộ."),
        (72.0, 152.0, "b)"),
        (108.0, 152.0, "Phân công người theo dõi từng việc."),
    ]);
    let text = "I. NHIỆM VỤ TRỌNG TÂM\n\na) Rà soát quy chế làm việc của cấp ủy;\ngửi chi bộ.\n\nb) Phân công người theo dõi từng việc.";
    assert_eq!(shown(&page, &[]), text);
}

#[test]
fn a_letterhead_is_read_column_by_column_and_the_title_after_it() {
    let page = page(&[
        (72.0, 80.0, "TỈNH ỦY MẪU"),
        (300.0, 80.0, "ĐẢNG CỘNG SẢN VIỆT NAM"),
        (80.0, 100.0, "Số 12-KH/TU"),
        (300.0, 100.0, "Mẫu, ngày 5 tháng 3 năm 2026"),
        (260.0, 130.0, "KẾ HOẠCH"),
        (
            72.0,
            160.0,
            "Để thực hiện nhiệm vụ năm nay, cấp ủy các cấp xây dựng kế hoạch chi tiết",
        ),
    ]);
    let text = shown(&page, &[]);
    let order = [
        "TỈNH ỦY MẪU",
        "Số 12-KH/TU",
        "ĐẢNG CỘNG",
        "Mẫu, ngày",
        "KẾ HOẠCH",
        "Để thực hiện",
    ];
    let places: Vec<usize> = order.iter().map(|words| text.find(words).unwrap()).collect();
    assert!(places.is_sorted(), "{text}");
}

#[test]
fn two_columns_of_text_are_read_one_after_the_other() {
    let mut lines = vec![(200.0, 60.0, "TIN TRONG TỈNH")];
    for at in 0..6 {
        lines.push((72.0, 100.0 + 16.0 * at as f32, "cột trái có các dòng chữ đầy đủ"));
        lines.push((310.0, 100.0 + 16.0 * at as f32, "bên phải cũng là chữ chạy liền"));
    }
    let text = shown(&page(&lines), &[]);
    assert!(
        text.rfind("cột trái").unwrap() < text.find("bên phải").unwrap(),
        "{text}"
    );
    assert!(text.starts_with("TIN TRONG TỈNH"), "{text}");
}

#[test]
fn rules_make_cells_whatever_lines_they_have() {
    let page = page(&[
        (72.0, 60.0, "Phân công như sau:"),
        (80.0, 100.0, "TT"),
        (120.0, 100.0, "Nội dung"),
        (300.0, 100.0, "Thời hạn"),
        (80.0, 140.0, "1"),
        (120.0, 132.0, "Sơ kết nửa"),
        (120.0, 148.0, "năm đầu"),
        (300.0, 140.0, "Tháng 6"),
        (120.0, 180.0, "Cả hai ô này là một"),
        (72.0, 230.0, "Hết bảng."),
    ]);
    let rule = |at, from, to| Rule { at, from, to };
    let rules = Rules {
        vertical: vec![
            rule(70.0, 96.0, 200.0),
            rule(110.0, 96.0, 200.0),
            rule(290.0, 96.0, 170.0),
            rule(400.0, 96.0, 200.0),
        ],
        horizontal: [96.0, 122.0, 170.0, 200.0].map(|at| rule(at, 70.0, 400.0)).to_vec(),
    };
    let text = "Phân công như sau:\n\n| TT | Nội dung | Thời hạn |\n| 1 | Sơ kết nửa năm đầu | Tháng 6 |\n\
                | | Cả hai ô này là một |\n\nHết bảng.";
    assert_eq!(shown(&page, &[rules]), text);
}

#[test]
fn the_bars_of_letters_are_no_rules() {
    let page = page(&[
        (80.0, 100.0, "TT"),
        (100.0, 100.0, "Nội dung"),
        (80.0, 130.0, "1"),
        (100.0, 130.0, "Sơ kết"),
    ]);
    let rule = |at, from, to| Rule { at, from, to };
    let mut horizontal = [96.0, 122.0, 150.0].map(|at| rule(at, 78.0, 200.0)).to_vec();
    // The bars of TT reach from border to border.
    horizontal.insert(1, rule(103.0, 78.0, 94.0));
    let rules = Rules {
        vertical: [78.0, 94.0, 200.0].map(|at| rule(at, 96.0, 150.0)).to_vec(),
        horizontal,
    };
    assert_eq!(shown(&page, &[rules]), "| TT | Nội dung |\n| 1 | Sơ kết |");
}

#[test]
fn a_frame_and_rules_through_words_are_no_table() {
    let page = page(&[
        (72.0, 100.0, "Lời nói đầu của tập sách này"),
        (72.0, 120.0, "Người viết"),
    ]);
    let rule = |at, from, to| Rule { at, from, to };
    let frame = Rules {
        vertical: vec![rule(70.0, 96.0, 140.0), rule(400.0, 96.0, 140.0)],
        horizontal: vec![rule(96.0, 70.0, 400.0), rule(140.0, 70.0, 400.0)],
    };
    let mut drawing = frame.clone();
    drawing.vertical.insert(1, rule(87.0, 96.0, 140.0));
    for rules in [frame, drawing] {
        assert!(!shown(&page, &[rules]).contains('|'));
    }
}

#[test]
fn columns_of_cells_without_rules_are_rows() {
    let page = page(&[
        (72.0, 100.0, "1"),
        (110.0, 100.0, "Kết nạp"),
        (300.0, 100.0, "24"),
        (72.0, 120.0, "2"),
        (110.0, 120.0, "Khen thưởng"),
        (300.0, 120.0, "31"),
        (110.0, 136.0, "cuối năm"),
        (72.0, 160.0, "3"),
        (110.0, 160.0, "Kỷ luật"),
        (300.0, 160.0, "0"),
    ]);
    let text = "| 1 | Kết nạp | 24 |\n| 2 | Khen thưởng cuối năm | 31 |\n| 3 | Kỷ luật | 0 |";
    assert_eq!(shown(&page, &[]), text);
}

#[test]
fn paragraphs_begin_after_room_space_and_indents() {
    let full = "dòng này chạy đến hết lề bên phải của trang giấy in";
    let lines = [
        (100.0, 100.0, "Thụt đầu dòng và chạy đến tận lề phải của giấy"),
        (72.0, 116.0, full),
        (72.0, 132.0, "rồi hết."),
        (72.0, 148.0, full),
        (72.0, 164.0, full),
        (100.0, 180.0, "Đoạn thứ ba thụt vào như đoạn đầu tiên ở trên."),
        (72.0, 196.0, full),
        (72.0, 220.0, full),
        (72.0, 236.0, full),
    ];
    let text = shown(&page(&lines), &[]);
    let firsts: Vec<usize> = text.split("\n\n").map(|paragraph| paragraph.lines().count()).collect();
    assert_eq!(firsts, [3, 2, 2, 2], "{text}");
}
