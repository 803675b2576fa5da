//! Tests of the notes of clean pages, on whole documents.

use proptest::prelude::*;

use crate::document::{Document, Place, parse};
use crate::reading::Reading;

/// Parses `text` as clean.
fn parsed(text: &str) -> Document {
    parse("a", "a.txt", text.to_owned(), &Reading::default())
}

/// Returns the number, the word with its mark and the body of each note of `text`.
fn notes_of(text: &str) -> Vec<(usize, String, String)> {
    let document = parsed(text);
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    document
        .footnotes
        .iter()
        .map(|note| {
            let word = note.anchor.as_ref().map_or("", |anchor| anchor.word.slice(text));
            let body: Vec<String> = note
                .passages
                .iter()
                .flat_map(|&passage| &document.passages[passage].fragments)
                .map(|fragment| words(fragment.slice(text)))
                .collect();
            (note.number, word.to_owned(), body.join(" ¶ "))
        })
        .collect()
}

/// A way of printing a mark in the text and before the note.
type Forms = (fn(usize) -> String, fn(usize) -> String);

/// Returns `number` in raised digits of Unicode.
fn raised(number: usize) -> String {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number
        .to_string()
        .bytes()
        .map(|digit| digits[usize::from(digit - b'0')])
        .collect()
}

/// All forms of numbered marks: in the text, and before the note.
const FORMS: [Forms; 14] = [
    (|n| format!("[{n}]"), |n| format!("[{n}] ")),
    (|n| format!(" [{n}]"), |n| format!("[{n}]. ")),
    (|n| format!("({n})"), |n| format!("({n}) ")),
    (raised, |n| format!("{} ", raised(n))),
    (|n| format!("^{n}"), |n| format!("^{n} ")),
    (|n| format!("^{n}^"), |n| format!("^{n}^ ")),
    (|n| format!("[^{n}]"), |n| format!("[^{n}]: ")),
    (|n| format!("<sup>{n}</sup>"), |n| format!("<sup>{n}</sup> ")),
    (|n| format!("<sup>({n})</sup>"), |n| format!("({n}) ")),
    (|n| format!("[[{n}]](#_ftn{n})"), |n| format!("[[{n}]](#_ftnref{n}) ")),
    (|n| n.to_string(), |n| format!("{n} ")),
    (|n| n.to_string(), |n| format!("{n}. ")),
    (|n| n.to_string(), |n| n.to_string()),
    (|n| n.to_string(), |n| format!("{n}\n   ")),
];

/// Text that a note may be set after, with a word of it.
const CALLERS: [&str; 8] = [
    "cấp ủy các cấp",
    "đạt tỷ lệ 98,5%",
    "theo Nghị quyết số 57-NQ/TW",
    "theo Nghị định số 30/2020/NĐ-CP",
    "kể từ ngày 05/6/2020",
    "phong trào “Dân vận khéo”",
    "(nhiệm kỳ trước)",
    "trong tình hình mới.",
];

/// Two bodies for each page: the same line on many pages would be a running head.
const SUBJECTS: [[&str; 2]; 6] = [
    ["Văn phòng", "Ban Tổ chức"],
    ["Ban Dân vận", "Trường Chính trị"],
    ["Hội Nông dân", "Đoàn Thanh niên"],
    ["Công đoàn", "Mặt trận Tổ quốc"],
    ["Thanh tra", "Sở Nội vụ"],
    ["Kho bạc", "Chi cục Thuế"],
];

/// Returns a document of two pages that a form feed parts, with a note on each at the foot.
fn at_the_foot(forms: Forms, caller: &str, numbers: [usize; 2]) -> String {
    let (call, before) = forms;
    let page = |index: usize, number: usize| {
        let (mark, opening) = (call(number), before(number));
        let [first, second] = SUBJECTS[index];
        format!(
            "{first} lãnh đạo thực hiện nhiệm vụ {caller}{mark}, góp phần nâng cao\nhiệu lực, \
             hiệu quả quản lý của {second}.\n\n{opening}Báo cáo của {second}, phần {number}.\n"
        )
    };
    format!("{}\u{c}{}", page(0, numbers[0]), page(1, numbers[1]))
}

/// Returns a document with two notes at its end, after the signature.
fn at_the_end(forms: Forms, caller: &str) -> String {
    let (call, before) = forms;
    let mut text = String::from("KẾ HOẠCH\nkiểm tra, giám sát\n\n");
    for number in [1, 2] {
        let mark = call(number);
        text += &format!("Đảng ủy xã lãnh đạo thực hiện nhiệm vụ {caller}{mark}, góp phần nâng cao hiệu quả.\n\n");
    }
    text += "T/M ĐẢNG ỦY\n\n";
    for number in [1, 2] {
        text += &format!("{}Báo cáo của cơ quan chuyên môn, phần {number}.\n\n", before(number));
    }
    text
}

#[test]
fn notes_of_all_forms_are_found_after_all_that_they_are_set_after() {
    for (at, forms) in FORMS.into_iter().enumerate() {
        for caller in CALLERS {
            for (text, numbers) in [
                (at_the_foot(forms, caller, [1, 2]), [1, 2]),
                (at_the_foot(forms, caller, [1, 1]), [1, 1]),
                (at_the_end(forms, caller), [1, 2]),
            ] {
                let found = notes_of(&text);
                let shown: Vec<usize> = found.iter().map(|note| note.0).collect();
                assert_eq!(shown, numbers, "form {at} after {caller}:\n{text}");
                for (number, word, body) in found {
                    let mark = (forms.0)(number);
                    assert!(word.contains(mark.trim()), "{word} {mark}");
                    assert!(body.ends_with(&format!("phần {number}.")), "{body}");
                }
            }
        }
    }
}

#[test]
fn marks_of_notes_are_no_part_of_what_they_follow() {
    for forms in FORMS {
        let text = at_the_foot(forms, "theo Nghị quyết số 57-NQ/TW", [1, 2]);
        let document = parsed(&text);
        for note in &document.footnotes {
            let anchor = note.anchor.as_ref().unwrap();
            assert_eq!(anchor.mark.slice(&text), (forms.0)(note.number).trim());
            assert!(document.passages[anchor.passage].marks.contains(&anchor.mark));
            assert!(document.passages[note.passages[0]].marks.contains(&note.mark));
        }
    }
}

#[test]
fn stars_are_notes_where_a_word_carries_them() {
    for (call, before) in [("*", "* "), ("(*)", "(*) "), (" (*)", "(*) "), (r"\*", r"\* ")] {
        let text =
            format!("BÁO CÁO{call}\n\nĐảng ủy xã lãnh đạo toàn diện.\n\n{before}Trình tại Hội nghị ngày 05/6.\n");
        let found = notes_of(&text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(
            (found[0].0, found[0].1.trim()),
            (1, format!("BÁO CÁO{call}").split_off(5).trim()),
            "{text}"
        );
    }
    for text in [
        "BÁO CÁO\n\nĐảng ủy xã đã:\n\n* Lãnh đạo toàn diện.\n* Kiểm tra, giám sát.\n",
        "**BÁO CÁO**\n\n*Nguyên nhân* là:\n\n* Lãnh đạo chưa toàn diện.\n",
        "BÁO CÁO\n*\n\nĐảng ủy xã lãnh đạo toàn diện.\n\n* Nguyên nhân:\n",
    ] {
        assert_eq!(notes_of(text), [], "{text}");
    }
}

#[test]
fn a_note_among_others_is_found_once() {
    let text = "BÁO CÁO^(*) năm\nKẾT QUẢ* của xã\n\n* Số liệu đến tháng 6.\n^(*) Trình tại Hội nghị.\n";
    let numbers: Vec<usize> = notes_of(text).into_iter().map(|note| note.0).collect();
    assert_eq!(numbers, [1, 1]);
}

#[test]
fn a_note_of_several_paragraphs_is_whole() {
    let text = "Quốc hội ban hành Luật này[1].\n\nLuật này có hiệu lực[2].\n\n[1] Luật sửa đổi có căn cứ như \
                sau:\n\n“Căn cứ Hiến pháp;\n\nQuốc hội ban hành Luật.”.\n\n[2] Điều 2 của Luật sửa đổi quy \
                định:\n\n“Điều 2. Hiệu lực\n\n1. Luật này có hiệu lực.”.\n";
    let bodies: Vec<String> = notes_of(text).into_iter().map(|note| note.2).collect();
    assert_eq!(
        bodies,
        [
            "[1] Luật sửa đổi có căn cứ như sau: ¶ “Căn cứ Hiến pháp; ¶ Quốc hội ban hành Luật.”.",
            "[2] Điều 2 của Luật sửa đổi quy định: ¶ “Điều 2. Hiệu lực 1. Luật này có hiệu lực.”.",
        ]
    );
}

#[test]
fn a_note_cut_by_a_page_end_goes_on_at_the_next_foot() {
    let text = "Đảng ủy xã lãnh đạo cấp ủy các cấp1, góp phần nâng cao hiệu lực, hiệu quả.\n\n1 Theo báo cáo \
                của Văn phòng Đảng ủy và các cơ quan chuyên môn thuộc\n\u{c}Đảng ủy xã kiểm tra các chi bộ2, kịp thời \
                chấn chỉnh.\n\n________\nỦy ban nhân dân xã.\n2 Số liệu đến cuối năm.\n";
    let found = notes_of(text);
    assert_eq!(found.len(), 2);
    assert!(
        found[0].2.ends_with("chuyên môn thuộc ¶ Ủy ban nhân dân xã."),
        "{}",
        found[0].2
    );
}

#[test]
fn text_goes_on_after_notes_where_page_breaks_are_lost() {
    let text = "Đảng ủy xã lãnh đạo cấp ủy các cấp[1] góp phần nâng cao hiệu lực, hiệu quả, bảo đảm \
                các\n\n[1] Theo báo cáo của Văn phòng.\n\ncơ quan, đơn vị phối hợp.\n\nĐảng ủy xã kiểm \
                tra[2].\n\n[2] Số liệu đến cuối năm.\n\n# II. NHIỆM VỤ\n\nTiếp tục lãnh đạo.\n";
    let bodies: Vec<String> = notes_of(text).into_iter().map(|note| note.2).collect();
    assert_eq!(bodies, ["[1] Theo báo cáo của Văn phòng.", "[2] Số liệu đến cuối năm."]);
    assert!(
        parsed(text)
            .passages
            .iter()
            .any(|passage| passage.place == Place::Heading)
    );
}

#[test]
fn lists_tables_and_recipients_are_no_notes() {
    for text in [
        "DANH MỤC\nvăn bản triển khai\n\n1. 57-NQ/TW về khoa học\n2. 59-NQ/TW về hội nhập\n3. 66-NQ/TW về pháp luật\n",
        "Diện tích 120 m2, phát thải CO2, Quý2 đạt 98%, theo NQ35.\n\n1. Lãnh đạo.\n2. Kiểm tra.\n",
        "Đảng ủy yêu cầu: (1) Tăng cường kiểm tra; (2) Nâng cao chất lượng.\n\n(1) Chi bộ.\n(2) Đảng bộ.\n",
        "Các nội dung tại khoản (1), (2) Điều này.\n\n(1) Chi bộ.\n(2) Đảng bộ.\n",
        "Nội dung như sau:\n\n| TT | Nội dung |\n|---|---|\n| 1 | Sơ kết |\n| 2 | Tập huấn |\n",
        "Luật số 43/2019/QH14 và Nghị quyết 120/2022/UBTVQH15.\n\n14. Lãnh đạo.\n15. Kiểm tra.\n",
        "Nơi nhận:\n- Như trên;\n- Lưu Văn phòng.\n\n1 Chánh Văn phòng\n2 Phó Chánh Văn phòng\n",
        "**1. Nhiệm vụ**\n\nLãnh đạo.\n\n**2. Giải pháp**\n\nKiểm tra.\n\n**3. Thực hiện**\n",
        "Điện thoại: ……………… [10]\n\nNgười nộp:   [11]\n\n[10] Điện thoại: ………\n\n[11] Email: ………\n",
        "Mẫu tờ khai: [01] Kỳ tính thuế\n\n[02] Lần đầu\n\n[03] Bổ sung lần thứ\n",
    ] {
        assert_eq!(notes_of(text), [], "{text}");
    }
}

/// Words of running text; none ends with a digit.
fn words(count: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Đảng",
        "ủy",
        "xã",
        "lãnh",
        "đạo",
        "kiểm",
        "tra,",
        "nhiệm",
        "vụ;",
        "năm",
        "2025",
        "98%",
        "57-NQ/TW",
        "ngày",
        "05/6/2020",
        "1,5",
        "2.832",
        "(khóa XIII)",
        "“Dân vận khéo”",
        "Điều 5",
        "trên",
        "tỉnh.",
        "khoản 2",
        "UBND",
        "mới:",
    ]);
    prop::collection::vec(word, count).prop_map(|words| words.join(" "))
}

/// A list of `3` to `6` items with labels of one form, or bullets.
fn list() -> impl Strategy<Value = String> {
    let labels: Vec<fn(usize) -> String> = vec![
        |n| format!("{n}. "),
        |n| format!("{n}) "),
        |n| format!("{n} "),
        |n| format!("({n}) "),
        |n| format!("**{n}.** "),
        |_| "* ".to_owned(),
        |n| format!("| {n} | "),
    ];
    let items = prop::collection::vec(words(1..9), 3..7);
    let gap = prop::sample::select(vec!["\n", "\n\n"]);
    (prop::sample::select(labels), items, gap).prop_map(|(label, items, gap)| {
        let items = items.iter().enumerate();
        items
            .map(|(at, item)| format!("{}Chi bộ {item}{gap}", label(at + 1)))
            .collect()
    })
}

proptest! {
    #[test]
    fn a_list_under_text_without_marks_is_no_note(
        body in prop::collection::vec(words(4..40), 1..6),
        list in list(),
        more in prop::option::of(words(4..20)),
        ruled in any::<bool>(),
    ) {
        let rule = if ruled { "----------\n" } else { "" };
        let above = format!("{}\n\n{rule}", body.join("\n\n"));
        // At the end of the document, at the foot of a page, and between paragraphs.
        let text = match more {
            None => format!("{above}{list}"),
            Some(more) => format!("{above}{list}\u{c}{more}\n\n{list}\n\n{more}\n"),
        };
        prop_assert_eq!(notes_of(&text), []);
    }

    #[test]
    fn planted_notes_come_out_with_their_calls(
        form in prop::sample::select(FORMS.to_vec()),
        paragraphs in prop::collection::vec((words(4..30), prop::sample::select(CALLERS.to_vec())), 1..6),
        bodies in prop::collection::vec(words(2..20), 6),
        place in 0..3,
    ) {
        let (call, before) = form;
        let note = |at: usize, number: usize| format!("{}Theo {} {}.\n", before(number), SUBJECTS[at][0], bodies[at]);
        let paragraph = |at: usize, number: usize| {
            let (words, caller) = &paragraphs[at];
            format!("{} {words} {caller}{} của tỉnh.\n\n", SUBJECTS[at][1], call(number))
        };
        let count = paragraphs.len();
        let text: String = match place {
            // At the end of the document.
            0 => (0..count).map(|at| paragraph(at, at + 1)).chain((0..count).map(|at| note(at, at + 1))).collect(),
            // At the foot of each page, running on.
            1 => (0..count).map(|at| format!("{}{}\u{c}", paragraph(at, at + 1), note(at, at + 1))).collect(),
            // At the foot of each page, from 1 again.
            _ => (0..count).map(|at| format!("{}{}\u{c}", paragraph(at, 1), note(at, 1))).collect(),
        };
        let found = notes_of(&text);
        prop_assert_eq!(found.len(), count, "{}", text);
        for (at, (number, word, body)) in found.iter().enumerate() {
            prop_assert_eq!(*number, if place == 2 { 1 } else { at + 1 });
            prop_assert!(word.contains(call(*number).trim()), "{} in {}", word, text);
            prop_assert!(body.contains("Theo"), "{}", body);
        }
    }
}
