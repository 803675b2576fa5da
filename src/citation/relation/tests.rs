//! Rows of text in, relations and replacements out; and what must hold for any text.

use proptest::prelude::*;

use super::*;
use crate::citation::tests::cited;
use crate::reading::Quality;

/// Checks the relations of the citations in `text`, in order.
#[track_caller]
fn check_relations(text: &str, expected: &[Option<Relation>]) {
    let found: Vec<Option<Relation>> = cited(Quality::Clean, text)
        .iter()
        .map(|citation| citation.relation)
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn the_nearest_verb_in_the_clause_gives_the_relation() {
    use Relation::*;
    let rows: &[(&str, &[Option<Relation>])] = &[
        ("Triển khai Nghị quyết số 57-NQ/TW.", &[Some(ThucHien)]),
        ("Nghiêm túc chấp hành Quy định số 37-QĐ/TW.", &[Some(ThucHien)]),
        ("Hội nghị quán triệt Chỉ thị số 35-CT/TW.", &[Some(QuanTriet)]),
        (
            "Học tập, tuyên truyền, tổ chức thực hiện Nghị quyết số 57-NQ/TW.",
            &[Some(ThucHien)],
        ),
        ("Theo Kết luận số 127-KL/TW, các đơn vị sắp xếp lại.", &[Some(CanCu)]),
        ("Thực hiện theo Quy định số 37-QĐ/TW.", &[Some(CanCu)]),
        (
            "mức chi quy định tại khoản 2 Điều 5 Thông tư số 40/2017/TT-BTC",
            &[Some(CanCu)],
        ),
        ("Cụ thể hóa Nghị quyết số 57-NQ/TW.", &[Some(CuTheHoa)]),
        ("Sơ kết 05 năm thực hiện Chỉ thị số 05-CT/TW.", &[Some(SoKet)]),
        (
            "Tổng kết, đánh giá việc thực hiện Nghị quyết số 18-NQ/TW.",
            &[Some(TongKet)],
        ),
        (
            "Tổng kết công tác năm, triển khai Nghị quyết số 18-NQ/TW.",
            &[Some(ThucHien)],
        ),
        (
            "sửa đổi, bổ sung một số điều của Nghị định số 34/2016/NĐ-CP",
            &[Some(SuaDoi)],
        ),
        ("bãi bỏ Quyết định số 7-QĐ/TU", &[Some(BaiBo)]),
        ("kê khai dựa trên Quyết định số 7-QĐ/TU", &[Some(CanCu)]),
        ("có hiệu lực từ ngày ký, thay Quyết định số 7-QĐ/TU", &[Some(ThayThe)]),
        ("Đoàn thấy Quyết định số 7-QĐ/TU còn thiếu", &[None]),
        ("Bộ Chính trị đã ban hành Nghị quyết số 57-NQ/TW.", &[Some(BanHanh)]),
        ("Quy chế ban hành kèm theo Quyết định số 77-QĐ/TW", &[Some(BanHanh)]),
        ("Quyết định số 5-QĐ/TU hết hiệu lực.", &[Some(BaiBo)]),
        (
            "Nghị định số 34/2016/NĐ-CP đã được thay thế bởi Nghị định số 78/2025/NĐ-CP.",
            &[Some(ThayThe), Some(ThayThe)],
        ),
        // Other words with these letters, and other verbs.
        ("Ban Chấp hành Đảng bộ thảo luận Nghị quyết số 57-NQ/TW.", &[None]),
        ("có một số kết luận như Kết luận số 127-KL/TW", &[None]),
        ("Trả lời Công văn số 577-CV/TU", &[None]),
        ("Trên cơ sở kết quả của Nghị quyết số 57-NQ/TW", &[Some(CanCu)]),
        ("Xét đề nghị của Sở Nội vụ tại Tờ trình số 62/TTr-SNV", &[Some(CanCu)]),
        ("Điều lệ được phê duyệt tại Quyết định số 5-QĐ/TU", &[Some(CanCu)]),
        ("quy định chi tiết một số điều của Luật Đất đai", &[Some(CuTheHoa)]),
        ("ngày Nghị định số 61-CP có hiệu lực", &[None]),
        ("Nghị quyết số 57-NQ/TW", &[None]),
    ];
    for (text, expected) in rows {
        check_relations(text, expected);
    }
}

#[test]
fn a_list_shares_its_relation_and_a_title_keeps_its_verb() {
    use Relation::*;
    let rows: &[(&str, &[Option<Relation>])] = &[
        (
            "Thực hiện Nghị quyết số 57, 59-NQ/TW và Kết luận số 127-KL/TW.",
            &[Some(ThucHien); 3],
        ),
        (
            "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá; các nội dung của Kết luận số 127-KL/TW.",
            &[Some(ThucHien); 2],
        ),
        (
            "Căn cứ Kết luận số 01-KL/TW ngày 18/5/2021 về tiếp tục thực hiện Chỉ thị số 05-CT/TW; Quy định số 37-QĐ/TW;",
            &[Some(CanCu), Some(ThucHien), Some(CanCu)],
        ),
        (
            "Căn cứ Luật Đất đai số 31/2024/QH15 được sửa đổi bởi Luật số 43/2024/QH15, Luật số 47/2024/QH15; Luật số 58/2024/QH15;",
            &[Some(CanCu), Some(SuaDoi), Some(SuaDoi), Some(CanCu)],
        ),
        (
            "Thực hiện Quy chế làm việc của Tỉnh ủy (ban hành kèm theo Quyết định số 5-QĐ/TU), Quy định số 37-QĐ/TW.",
            &[Some(ThucHien), Some(BanHanh), Some(ThucHien)],
        ),
        (
            "Thực hiện Nghị quyết số 57-NQ/TW. Nghị quyết số 59-NQ/TW nêu rõ",
            &[Some(ThucHien), None],
        ),
        (
            "Thay thế Thông tư số 72/2014/TT-BTC; Nghị định số 272/2026/NĐ-CP có hiệu lực từ tháng 7.",
            &[Some(ThayThe), None],
        ),
        (
            "Thực hiện Nghị quyết số 57-NQ/TW, Tỉnh ủy đã xây dựng Chương trình hành động số 5-CTr/TU.",
            &[Some(ThucHien), None],
        ),
    ];
    for (text, expected) in rows {
        check_relations(text, expected);
    }
}

#[test]
fn a_replacement_is_told_by_its_subject() {
    let replacements = |text: &str| -> Vec<Option<Replacement>> {
        cited(Quality::Clean, text)
            .iter()
            .map(|citation| citation.replacement)
            .collect()
    };
    let own = Some(Replacement::OwnDocument);
    let untold = Some(Replacement::Untold);
    let rows: &[(&str, &[Option<Replacement>])] = &[
        ("Quy định này thay thế Quy định số 22-QĐ/TW.", &[None, own]),
        (
            "Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 5-QĐ/TU, Quyết định số 6-QĐ/TU.",
            &[None, own, own],
        ),
        (
            "Điều 2. Quyết định có hiệu lực từ ngày ký, bãi bỏ Quyết định số 5-QĐ/TU.",
            &[own],
        ),
        ("Điều 1. Bãi bỏ Quyết định số 5-QĐ/TU.", &[own]),
        (
            "Quyết định số 5-QĐ/TU hết hiệu lực kể từ ngày Quyết định này có hiệu lực.",
            &[own, None],
        ),
        ("Tỉnh ủy bãi bỏ Quyết định số 5-QĐ/TU.", &[untold]),
        (
            "Nghị định số 71/2007/NĐ-CP ngày 03/5/2007 của Chính phủ hướng dẫn thực hiện Luật Đất đai hết hiệu lực.",
            &[untold, None],
        ),
        (
            "Các quy định tại Chương III Nghị định số 71/2007/NĐ-CP hết hiệu lực.",
            &[None],
        ),
        ("Khi có nghị định mới thay thế Nghị định số 34/2016/NĐ-CP", &[untold]),
        ("Quyết định số 5-QĐ/TU bị bãi bỏ.", &[untold]),
        (
            "Kể từ ngày Quyết định này có hiệu lực, Quyết định số 5-QĐ/TU hết hiệu lực.",
            &[None, own],
        ),
        ("Thay thế cụm từ “Luật Đất đai” bằng cụm từ “Luật này”", &[None]),
        (
            "Quyết định này bãi bỏ khoản 2 Điều 5 Quyết định số 5-QĐ/TU.",
            &[None, None],
        ),
        (
            "Quy chế này thay thế Quy chế được phê duyệt tại Quyết định số 5-QĐ/TU.",
            &[None, None],
        ),
        ("Quyết định này căn cứ Quyết định số 5-QĐ/TU.", &[None, None]),
    ];
    for (text, expected) in rows {
        assert_eq!(&replacements(text), expected, "{text}");
    }
    // Another document replaces, in front of the verb or after it.
    for (text, replaced, other) in [
        ("Quyết định số 9-QĐ/TU thay thế Quyết định số 5-QĐ/TU.", 1, 0),
        ("Quyết định số 9-QĐ/TU về việc bãi bỏ Quyết định số 5-QĐ/TU.", 1, 0),
        (
            "Nghị định số 34/2016/NĐ-CP đã được thay thế bởi Nghị định số 78/2025/NĐ-CP.",
            0,
            1,
        ),
    ] {
        let found = cited(Quality::Clean, text);
        let expected = Some(Replacement::Citation(found[other].span));
        assert_eq!(found[replaced].replacement, expected, "{text}");
        assert_eq!(found[other].replacement, None, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_has_replacements_among_its_citations_and_pinpoints_in_its_words(
        text in "((Căn cứ|theo|thực hiện|Sơ kết việc|sửa đổi|bãi bỏ|thay thế|được thay thế bởi|hết hiệu lực|đã|về|ngày|của|và|các|tại|khoản 2|Điều 5|các điều 3, 4|Mục IIIa|điểm|Nghị quyết số 5-NQ/TW|số 7-NQ/TW|Luật Đất đai|Quyết định này|Nghị quyết 57)[ ,;.:()“”\\n|-]{1,2}){0,24}"
    ) {
        for quality in [Quality::Clean, Quality::Ocr] {
            let found = cited(quality, &text);
            let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
            for citation in &found {
                if let Some(Replacement::Citation(span)) = citation.replacement {
                    prop_assert!(span != citation.span && found.iter().any(|other| other.span == span), "{text}");
                }
                prop_assert!(citation.pinpoint.as_deref().is_none_or(|part| joined.contains(part)), "{text}");
            }
        }
    }
}
