//! Pages as a whole: whatever is printed between the lines of a paragraph, it stays one paragraph.

use proptest::prelude::*;

use crate::document::{Document, FurnitureKind, Place, parse};
use crate::reading::Reading;

/// Syllables of running text in small letters.
const SYLLABLES: [&str; 24] = [
    "lãnh", "đạo", "nhiệm", "vụ", "chính", "trị", "phát", "triển", "kinh", "tế", "nâng", "cao", "đời", "sống", "giữ",
    "vững", "quốc", "phòng", "tăng", "cường", "kiểm", "tra", "giám", "sát",
];
/// A running head, and a second line of it.
const HEADS: [&str; 2] = ["Báo cáo tổng kết năm 2025 - Đảng uỷ xã Yên Hòa", "Lưu hành nội bộ"];

/// The lines that are printed between two pages; `N` is the number of the page and `H`, `K` are the lines of its head.
/// The last ones come without form feeds.
const BREAKS: [&str; 24] = [
    "\nN\n\u{c}",
    "\n\nN\n\n\u{c}",
    "\n                    N\n\u{c}",
    "\n\u{c}N\n",
    "\n\u{c}                    N\n\n",
    "\n- N -\n\u{c}",
    "\n\u{c}– N –\n\n",
    "\nTrang N\n\u{c}",
    "\n\n\u{c}Trang N/9\n\n",
    "\n\nN/9\n\n\u{c}",
    "\nN | Trang\n\u{c}",
    "\n\u{c}Page N of 9\n",
    "\n\u{c}H\n",
    "\n\u{c}H\nK\n\n",
    "\n\nN\n\n\u{c}H\n\n",
    "\nH\n\u{c}N\n\n",
    "\nH | N\n\u{c}",
    "\nhttps://yenhoa.gov.vn/tin-tuc/12 N/9\n\u{c}12/03/2025, 10:15 H\n",
    "\n\u{c}",
    "\n\nN\n\n",
    "\nN\n",
    "\n- N -\n",
    "\nTrang N/9\n",
    "\nN | H\n",
];

/// Sentences of `count` syllables each, beginning with a capital.
fn sentence(count: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&SYLLABLES[..]), count)
        .prop_map(|words| format!("Đảng bộ xã {}.", words.join(" ")))
}

/// Sets `text` in lines of some 80 bytes more than the font of the page has chars.
fn set(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        if let Some(line) = lines
            .last_mut()
            .filter(|line| line.chars().count() + word.chars().count() < 84)
        {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.join("\n")
}

/// Parses `text` and checks that each of its bytes lies in exactly one place.
fn parsed(text: &str) -> Document {
    let document = parse("a", "a.txt", text.to_owned(), &Reading::of(text));
    let passages = document.passages.iter().flat_map(|passage| passage.fragments.clone());
    let mut spans: Vec<_> = passages
        .chain(document.furniture.iter().map(|piece| piece.span))
        .collect();
    spans.sort_unstable();
    let mut at = 0;
    for span in spans {
        assert_eq!(span.start, at, "{text:?}");
        at = span.end;
    }
    assert_eq!(at, text.len(), "{text:?}");
    document
}

/// Returns the texts of the passages of `document` with one blank between words.
fn passages(document: &Document) -> Vec<String> {
    let shown = document.passages.iter().map(|passage| {
        let pieces = passage.fragments.iter().map(|span| span.slice(&document.text));
        let text = pieces.collect::<Vec<_>>().join(" ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    shown.collect()
}

proptest! {
    #[test]
    fn a_paragraph_stays_whole_across_the_edges_of_pages(
        pages in prop::collection::vec((prop::collection::vec(sentence(18..60), 5..8), sentence(12..90), 0.0..1.0f64), 4..6),
        form in prop::sample::select(&BREAKS[..]),
    ) {
        let mut text = "BÁO CÁO\ntổng kết công tác năm 2025\n\nI. KẾT QUẢ ĐẠT ĐƯỢC\n\n".to_owned();
        for (page, (filler, cut, at)) in pages.iter().enumerate() {
            for paragraph in filler {
                text += &set(paragraph);
                text.push('\n');
            }
            let blanks: Vec<usize> = cut.match_indices(' ').map(|(at, _)| at).collect();
            // The first words of a paragraph are capitals, which after a line of two words begin another.
            let blank = blanks[3 + (at * (blanks.len() - 3) as f64) as usize];
            let number = page + 1 + usize::from(form.starts_with("\n\u{c}"));
            let between = form.replace('N', &number.to_string()).replace('H', HEADS[0]).replace('K', HEADS[1]);
            text += &set(&cut[..blank]);
            text += &between;
            text += &set(&cut[blank + 1..]);
            text.push('\n');
        }
        let document = parsed(&text);
        let passages = passages(&document);
        for (_, cut, _) in &pages {
            prop_assert!(passages.iter().any(|passage| passage.contains(cut.as_str())), "{form:?}: {cut}\n{text}");
        }
        for head in HEADS {
            prop_assert!(!passages.iter().any(|passage| passage.contains(head)), "{form:?}: {head}");
        }
    }

    #[test]
    fn every_byte_of_any_page_lies_in_one_place(
        lines in prop::collection::vec(
            prop::sample::select(vec![
                "1", "2", "- 3 -", "Trang 2/4", "MỤC LỤC", "I. KẾT QUẢ ..... 2", "| 1 | Xã<br>phường |", "|---|---|",
                "+--+--+", "<br>", "STT     Tên      Số", "1       Xã       2", "\u{c}", "", "Đảng bộ xã lãnh đạo", "các",
                "22/12/2024 của Bộ", "https://xa.gov.vn 1/2", "Ký bởi: A", "PHỤ LỤC 1", "1. Về tư tưởng", "____", " a",
            ]),
            0..40,
        ),
    ) {
        parsed(&lines.join("\n"));
    }
}

#[test]
fn numbers_of_the_text_are_no_page_numbers() {
    let body = "Đảng bộ xã lãnh đạo phát triển kinh tế, chăm lo đời sống Nhân dân, giữ vững quốc phòng.\n".repeat(9);
    for (lines, kept) in [
        ("Kết quả xếp loại năm\n2025\n", "2025"),
        ("Kinh phí (triệu đồng):\n500\n", "500"),
        ("Danh sách:\n1\nNguyễn Văn An\n2\nTrần Thị Bình\n3\nLê Văn Cường\n", "1"),
        ("| 1 | 2 |\n|---|---|\n| 3 | 4 |\n", "| 3 | 4 |"),
        ("Chương\n1\nQuy định chung\n", "1"),
    ] {
        let document = parsed(&format!("{body}{lines}{body}"));
        let numbers = document
            .furniture
            .iter()
            .filter(|piece| piece.kind == FurnitureKind::PageNumber);
        assert_eq!(numbers.count(), 0, "{lines}");
        assert!(
            passages(&document).iter().any(|passage| passage.contains(kept)),
            "{lines}"
        );
    }
}

#[test]
fn lines_that_several_pages_share_are_text_where_sentences_need_them() {
    let page = |at: usize| {
        format!(
            "Chi bộ thôn {at} đã tổ chức học tập.\n{}Kết quả xếp loại của chi bộ trong năm qua được\n\u{c}cấp trên ghi nhận.\n",
            "Đảng viên tham gia đầy đủ các buổi sinh hoạt định kỳ của chi bộ.\n".repeat(8)
        )
    };
    let document = parsed(&(1..=4).map(page).collect::<String>());
    assert!(
        document
            .furniture
            .iter()
            .all(|piece| piece.kind != FurnitureKind::RunningHead)
    );
    // The annexes of a plan begin a page each.
    let annexes: String = (1..=4)
        .map(|at| format!("\u{c}PHỤ LỤC {at}\nDanh mục số {at}\nNội dung.\n"))
        .collect();
    let document = parsed(&format!("KẾ HOẠCH\nnăm 2025\n\n1. Mục đích\n{annexes}"));
    assert_eq!(
        document
            .sections
            .iter()
            .filter(|section| section.label.starts_with("PHỤ LỤC"))
            .count(),
        4
    );
}

#[test]
fn the_title_of_the_first_page_is_no_head() {
    let page = "Đảng bộ xã lãnh đạo phát triển kinh tế, chăm lo đời sống Nhân dân.\n".repeat(5);
    let text = format!(
        "QUY CHẾ LÀM VIỆC\ncủa Ban Chấp hành\n{page}\u{c}QUY CHẾ LÀM VIỆC\n{page}\u{c}QUY CHẾ LÀM VIỆC\n{page}"
    );
    let document = parsed(&text);
    let heads = document
        .furniture
        .iter()
        .filter(|piece| piece.kind == FurnitureKind::RunningHead);
    assert_eq!(heads.count(), 2);
    assert!(passages(&document)[0].starts_with("QUY CHẾ LÀM VIỆC"));
}

#[test]
fn rows_of_tables_stay_together() {
    let text = "BÁO CÁO\nkết quả năm 2025\n\n1. Công tác đảng viên\n\nĐảng ủy đã kết nạp đảng viên ở các chi bộ như sau, đạt chỉ tiêu được giao trong năm qua.\n\n\
                | STT | Chi bộ | Số |\n|-----|:---:|---|\n| 1. | Thôn<br>Đông | 3 |\n| 2. | Thôn Tây | 4 |\n\n2. Công tác tư tưởng\n";
    let document = parsed(text);
    let rows: Vec<String> = document
        .passages
        .iter()
        .zip(passages(&document))
        .filter(|(passage, _)| passage.place == Place::Table)
        .map(|(_, shown)| shown)
        .collect();
    assert_eq!(
        rows,
        [
            "| STT | Chi bộ | Số |",
            "| 1. | Thôn Đông | 3 |",
            "| 2. | Thôn Tây | 4 |"
        ]
    );
    assert_eq!(
        document
            .sections
            .iter()
            .filter(|section| !section.label.is_empty())
            .count(),
        2
    );
}

#[test]
fn columns_of_a_layout_make_rows_of_a_table() {
    let line = "Đảng bộ xã lãnh đạo phát triển kinh tế, chăm lo đời sống Nhân dân, giữ vững quốc phòng.\n".repeat(3);
    let text = format!(
        "{line}{line}\nSTT     Chi bộ            Kết nạp     Đạt (%)\n1       Thôn Đông         3           100\n        và thôn Trung\n2       Thôn Tây          4           100\n\n{line}"
    );
    let document = parsed(&text);
    let places: Vec<Place> = document.passages.iter().map(|passage| passage.place).collect();
    assert_eq!(places.iter().filter(|place| **place == Place::Table).count(), 3);
    assert!(passages(&document).contains(&"1 Thôn Đông 3 100 và thôn Trung".to_owned()));
}
