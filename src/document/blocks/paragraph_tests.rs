//! Paragraphs of short texts: which lines go on and which begin another.

use crate::document::parse;
use crate::reading::Reading;

/// A paragraph of two lines, whose first line shows how wide the text is.
const BODY: &str =
    "Đảng bộ xã lãnh đạo phát triển kinh tế, chăm lo đời sống Nhân dân, giữ vững quốc phòng, an\nninh.\n";

/// Returns the passages of `lines` between two paragraphs.
fn passages(lines: &str) -> Vec<String> {
    let text = format!("BÁO CÁO\nnăm 2025\n\nI. ƯU ĐIỂM\n\n{BODY}{BODY}\n{lines}\n\n{BODY}");
    let from = text.find(lines).unwrap();
    let document = parse("a", "a.txt", text.clone(), &Reading::of(&text));
    let inside = document.passages.iter().filter(|passage| {
        let extent = passage.extent();
        extent.start >= from && extent.start < from + lines.len()
    });
    let shown = inside.map(|passage| {
        let pieces = passage.fragments.iter().map(|span| span.slice(&text));
        pieces.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
    });
    shown.collect()
}

#[test]
fn a_line_that_cannot_end_a_sentence_goes_on() {
    for lines in [
        "Chi bộ đã học tập đầy đủ Chỉ thị số 45-\nCT/TW của Bộ Chính trị.",
        "Chi bộ đã học tập Nghị quyết số 58-NQ/TW ngày\n22/12/2024 của Bộ Chính trị.",
        "Chi bộ đã học tập Nghị quyết số 58-NQ/TW\n22/12/2024 của Bộ Chính trị.",
        "Chi bộ đã học tập nghị quyết của\nBộ Chính trị về công tác dân vận.",
        "Chi bộ đã học tập nghị quyết của\n\nBộ Chính trị về công tác dân vận.",
        "Chi bộ giữ vững phương châm “\nDân biết, dân bàn” trong năm.",
        "Chi bộ đạt các chỉ tiêu (kèm theo\nBiểu 1) trong năm.",
        "Chi bộ tổng kết giai đoạn 2020 -\n2025 theo kế hoạch.",
        "Chi bộ thực hiện quy định tại khoản\n2, Điều 6 của Điều lệ.",
        "Chi bộ đã họp thường kỳ,\nkịp thời chấn chỉnh.",
    ] {
        let whole = lines.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(passages(lines), [whole], "{lines}");
    }
}

#[test]
fn other_short_lines_end_a_paragraph() {
    for lines in [
        "Chi bộ đã họp thường kỳ\nĐảng ủy đã kiểm tra.",
        "Thưa toàn thể Đại hội,\nThay mặt Đảng ủy, tôi xin báo cáo.",
        "Chi bộ đẩy mạnh chuyển đổi số\n2. Xây dựng Đảng",
        "Căn cứ Điều lệ Đảng;\nCăn cứ Quy chế làm việc;",
        "- Các chi bộ trực thuộc,\n- Lưu Văn phòng.",
        "Tổng hợp số liệu theo năm\nNăm\n2024",
        "1. Công tác tư tưởng\nĐảng ủy quan tâm.",
        "KẾT LUẬN\nĐảng ủy quan tâm.",
    ] {
        let found = passages(lines);
        assert_eq!(found.len(), lines.lines().count(), "{lines}: {found:?}");
    }
}
