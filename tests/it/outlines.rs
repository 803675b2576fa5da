//! Outlines of documents of many genres: what is a heading, at which level, and in which attached document.
//!
//! The documents are written for these tests; places and bodies are invented.

use vankien::document::{self, Document};
use vankien::reading::Reading;

/// Parses `text` in its own reading.
fn parse(text: &str) -> Document {
    document::parse("outline", "outline.txt", text.to_owned(), &Reading::of(text))
}

/// Returns the printed headings of `document`, each as `LEVEL LABEL TITLE`, after `PART: ` in an attached document.
fn headings(document: &Document) -> Vec<String> {
    let headed = document.sections.iter().filter(|section| section.heading.is_some());
    headed
        .map(|section| {
            let part = document
                .part_at(section.span.start)
                .map_or_else(String::new, |part| format!("{part}: "));
            format!("{part}{} {} {}", section.level(), section.label, section.title)
                .replace("  ", " ")
                .trim_end()
                .to_owned()
        })
        .collect()
}

/// A paragraph that is text and nothing else.
const TEXT: &str = "Đảng ủy xã tiếp tục lãnh đạo phát triển kinh tế, chăm lo đời sống Nhân dân trên địa bàn.";

#[test]
fn chapters_divisions_and_articles_of_a_regulation() {
    let text = format!(
        "QUY ĐỊNH\nvề tiếp công dân\n\nChương I\nQUY ĐỊNH CHUNG\n\nĐiều 1. Phạm vi điều chỉnh\n\n{TEXT}\n\n\
         Điều 2.\nĐối tượng áp dụng\n\n1. {TEXT}\n\n2. Hồ sơ gồm:\n\na) Đơn của công dân;\n\nb) Giấy tờ kèm theo.\n\n\
         Chương II\nTỔ CHỨC TIẾP CÔNG DÂN\n\nMục 1\nTẠI TRỤ SỞ\n\nĐiều 3. {TEXT}\n\nMục 2\nTẠI THÔN\n\n\
         Điều 4. Lịch tiếp.\n\n{TEXT} Việc tiếp công dân theo quy định tại Điều 3 của Quy định này.\n"
    );
    assert_eq!(
        headings(&parse(&text)),
        [
            "1 Chương I QUY ĐỊNH CHUNG",
            "2 Điều 1. Phạm vi điều chỉnh",
            "2 Điều 2. Đối tượng áp dụng",
            "1 Chương II TỔ CHỨC TIẾP CÔNG DÂN",
            "2 Mục 1 TẠI TRỤ SỞ",
            "3 Điều 3.",
            "2 Mục 2 TẠI THÔN",
            "3 Điều 4. Lịch tiếp.",
        ]
    );
}

#[test]
fn what_is_attached_to_a_decision_has_an_outline_of_its_own() {
    let text = format!(
        "ỦY BAN NHÂN DÂN\nXÃ ĐÔNG HÒA\nSố: 12/QĐ-UBND\n\nQUYẾT ĐỊNH\nBan hành Quy chế tiếp công dân\n\n\
         Căn cứ Luật Tiếp công dân ngày 25 tháng 11 năm 2013;\n\nQUYẾT ĐỊNH:\n\n\
         Điều 1. Ban hành kèm theo Quyết định này Quy chế tiếp công dân của xã Đông Hòa.\n\n\
         Điều 2. Quyết định này có hiệu lực kể từ ngày ký.\n\n\
         Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTrần Thị Bưởi\n\n\
         QUY CHẾ\nTiếp công dân\n(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 03/4/2024)\n\n\
         Điều 1. Phạm vi điều chỉnh\n\n{TEXT}\n\nĐiều 2. Tổ chức thực hiện\n\n{TEXT}\n\n\
         PHỤ LỤC\nLỊCH TIẾP CÔNG DÂN\n(Kèm theo Quy chế tiếp công dân)\n\nI. TẠI TRỤ SỞ\n\n{TEXT}\n"
    );
    let document = parse(&text);
    assert_eq!(
        headings(&document),
        [
            "1 Nơi nhận",
            "1: 1 Điều 1. Phạm vi điều chỉnh",
            "1: 1 Điều 2. Tổ chức thực hiện",
            "2: 1 I. TẠI TRỤ SỞ",
        ]
    );
    let kinds: Vec<Option<&str>> = document.parts.iter().map(|part| part.kind.as_deref()).collect();
    assert_eq!(kinds, [Some("quy chế"), Some("phụ lục")]);
    let titles: Vec<Option<&str>> = document.parts.iter().map(|part| part.title.as_deref()).collect();
    assert_eq!(titles[0], Some("Quy chế tiếp công dân"));
    // The parts cover the text from the first on, and the bytes before them belong to none.
    assert_eq!(document.parts[0].span.end, document.parts[1].span.start);
    assert_eq!(document.parts[1].span.end, text.len());
    assert_eq!(document.part_at(0), None);
    assert_eq!(document.part_at(text.len() - 1), Some(2));
    // Positions run on, so that each section has one id.
    let mut paths: Vec<&[usize]> = document
        .sections
        .iter()
        .map(|section| section.path.as_slice())
        .collect();
    let count = paths.len();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), count);
}

#[test]
fn text_after_the_recipients_goes_on() {
    let text = format!(
        "KẾ HOẠCH\ntiếp công dân năm 2024\n\nI. MỤC ĐÍCH\n\n{TEXT}\n\nNơi nhận:\n- Các chi bộ,\n- Lưu Văn phòng.\n\n\
         II. TỔ CHỨC THỰC HIỆN\n\n{TEXT}\n"
    );
    assert_eq!(
        headings(&parse(&text)),
        ["1 I. MỤC ĐÍCH", "1 Nơi nhận", "1 II. TỔ CHỨC THỰC HIỆN"]
    );
}

#[test]
fn markdown_headings_also_after_a_list() {
    let text = format!(
        "# KẾ HOẠCH\n\n**chuyển đổi số năm 2025**\n\n## I. MỤC TIÊU\n\n**1. Mục tiêu chung**\n\n1. {TEXT}\n\n2. {TEXT}\n\n\
         3. {TEXT}\n\n**2. Mục tiêu cụ thể**\n\n{TEXT}\n\n## II. NHIỆM VỤ\n\n### Phát triển hạ tầng\n\n{TEXT}\n\n\
         ### Đào tạo cán bộ\n\n{TEXT}\n"
    );
    assert_eq!(
        headings(&parse(&text)),
        [
            "1 I. MỤC TIÊU",
            "2 1. Mục tiêu chung",
            "2 2. Mục tiêu cụ thể",
            "1 II. NHIỆM VỤ",
            "2 Phát triển hạ tầng",
            "2 Đào tạo cán bộ",
        ]
    );
}

#[test]
fn lists_and_openings_of_lists_are_no_headings() {
    let text = format!(
        "BÁO CÁO\nsắp xếp đơn vị hành chính\n\nI. KẾT QUẢ\n\n{TEXT}\n\nCác xã giữ nguyên:\n\n1. Xã Đông Hòa\n\n2. Xã Tây Hòa\n\n\
         3. Xã Nam Hòa\n\n4. Xã Bắc Hòa\n\nII. ĐỀ NGHỊ\n\n1. Từ tình hình trên, Đảng ủy đề nghị các nội dung sau:\n\n\
         a) Sớm hướng dẫn;\n\nb) Bố trí kinh phí.\n"
    );
    assert_eq!(headings(&parse(&text)), ["1 I. KẾT QUẢ", "1 II. ĐỀ NGHỊ"]);
}

#[test]
fn a_decision_that_approves_a_plan_holds_its_sections() {
    let text = format!(
        "QUYẾT ĐỊNH\nPhê duyệt Đề án chuyển đổi số\n\nĐiều 1. Phê duyệt Đề án chuyển đổi số với các nội dung sau:\n\n\
         I. QUAN ĐIỂM\n\n{TEXT}\n\nII. MỤC TIÊU\n\n1. Mục tiêu chung\n\n{TEXT}\n\n2. Mục tiêu cụ thể\n\n{TEXT}\n\n\
         Điều 2. {TEXT}\n"
    );
    assert_eq!(
        headings(&parse(&text)),
        [
            "1 Điều 1.",
            "2 I. QUAN ĐIỂM",
            "2 II. MỤC TIÊU",
            "3 1. Mục tiêu chung",
            "3 2. Mục tiêu cụ thể",
            "1 Điều 2.",
        ]
    );
}

#[test]
fn labels_on_lines_of_their_own_and_titles_over_lines() {
    let text = format!(
        "BÁO CÁO\ncông tác năm 2024\n\nI.\nKẾT QUẢ ĐẠT ĐƯỢC\n\n1.\nCông tác tư tưởng\n\n{TEXT}\n\nPHẦN THỨ HAI\n\
         PHƯƠNG HƯỚNG, NHIỆM VỤ CỦA ĐẢNG BỘ XÃ ĐÔNG HÒA\nNHIỆM KỲ 2025 - 2030\n\n{TEXT}\n"
    );
    assert_eq!(
        headings(&parse(&text)),
        [
            "1 I. KẾT QUẢ ĐẠT ĐƯỢC",
            "2 1. Công tác tư tưởng",
            "1 PHẦN THỨ HAI PHƯƠNG HƯỚNG, NHIỆM VỤ CỦA ĐẢNG BỘ XÃ ĐÔNG HÒA NHIỆM KỲ 2025 - 2030",
        ]
    );
}

#[test]
fn kinds_of_plans_and_of_results_among_shortcomings() {
    let text = format!(
        "KẾ HOẠCH\ntiếp công dân năm 2024\n\nI. MỤC ĐÍCH\n\n{TEXT}\n\nII. NỘI DUNG\n\n{TEXT}\n\nIII. HẠN CHẾ\n\n\
         1. Kết quả tiếp công dân còn thấp\n\n{TEXT}\n\nIV. NỘI DUNG, NHIỆM VỤ VÀ GIẢI PHÁP\n\n{TEXT}\n"
    );
    let document = parse(&text);
    let kinds: Vec<&str> = document.sections.iter().map(|section| section.kind.name()).collect();
    assert_eq!(kinds, ["muc-tieu", "nhiem-vu", "han-che", "han-che", "nhiem-vu"]);
    // Only in a plan are the contents tasks.
    let report = parse(&text.replace("KẾ HOẠCH", "BÁO CÁO"));
    assert_eq!(report.sections[1].kind.name(), "khac");
}
