//! Rows of text in, expected citations out; and what must hold for any text.

use proptest::prelude::*;

use super::*;
use crate::document::{Anchor, Document, Footnote, Metadata, Page, Passage, Place};
use crate::reading::{Quality, Reading};
use crate::symbol::Kind;

/// A document of these passages, each a body paragraph, with a blank line between.
fn document(quality: Quality, passages: &[&str]) -> Document {
    let text = passages.join("\n\n");
    let mut at = 0;
    let passages: Vec<Passage> = passages
        .iter()
        .map(|passage| {
            let span = Span::new(at, at + passage.len());
            at = span.end + 2;
            Passage {
                address: String::new(),
                place: Place::Body,
                fragments: vec![span],
                section: None,
                page: 1,
                footnote: None,
                marks: Vec::new(),
            }
        })
        .collect();
    let span = Span::new(0, text.len());
    Document {
        id: "000".to_owned(),
        path: "000.txt".to_owned(),
        text,
        metadata: Metadata {
            quality,
            ..Metadata::default()
        },
        parts: Vec::new(),
        pages: vec![Page {
            number: 1,
            span,
            quality,
        }],
        sections: Vec::new(),
        passages,
        footnotes: Vec::new(),
        furniture: Vec::new(),
    }
}

/// The citations of one paragraph.
pub(in crate::citation) fn cited(quality: Quality, text: &str) -> Vec<Citation> {
    find(&document(quality, &[text]), &Reading::default())
}

/// Checks that `text` cites exactly these keys.
#[track_caller]
fn check(quality: Quality, text: &str, keys: &[&str]) {
    let found = cited(quality, text);
    let found: Vec<&str> = found.iter().map(Citation::key).collect();
    assert_eq!(found, keys, "{text}");
}

#[test]
fn numbered_citations() {
    let rows: &[(&str, &[&str])] = &[
        ("thực hiện Nghị quyết số 21-NQ/TW của Bộ Chính trị", &["21-NQ/TW"]),
        ("Nghị quyết 57-NQ/TW", &["57-NQ/TW"]),
        ("Nghị quyết số 57/NQ-TW ngày 22/12/2024", &["57-NQ/TW"]),
        (
            "theo Nghị định số 30/2020/NĐ-CP và Quyết định 749/QĐ-TTg",
            &["30/2020/NĐ-CP", "749/QĐ-TTg"],
        ),
        (
            "Nghị quyết số 71/NQ-CP; Nghị quyết số 202/2025/QH15",
            &["71/NQ-CP", "202/2025/QH15"],
        ),
        ("Quyết định số 1013/QĐ-UBND ngày 05 tháng 6 năm 2024", &["1013/QĐ-UBND"]),
        ("Kết luận số 108-\n\nKL/TW ngày 26/12/2024", &["108-KL/TW"]),
        ("Quy định\nsố 85 - QĐ / TW của Ban Bí thư", &["85-QĐ/TW"]),
        ("nghị quyết số 57–nq/tw", &["57-NQ/TW"]),
        ("Chương trình hành động số 02-CTr/TU", &["02-CTr/TU"]),
        ("Nghị quyết chuyên đề của Tỉnh ủy số 05-NQ/TU", &["05-NQ/TU"]),
        ("(theo 12-NQ/TW)", &["12-NQ/TW"]),
        ("Luật Đất đai số 31/2024/QH15", &["31/2024/QH15"]),
        ("Thông báo số 03-TB/BCĐ", &["03-TB/BCĐ"]),
        ("Nghị quyết 18 của Bộ Chính trị", &["18-NQ/TW"]),
        (
            "Chỉ thị số 05 về học tập và làm theo tư tưởng Hồ Chí Minh",
            &["05-CT/TW"],
        ),
        (
            "Nghị quyết số 18 của Trung ương, Nghị quyết số 18-NQ/TW",
            &["18-NQ/TW", "18-NQ/TW"],
        ),
    ];
    for (text, keys) in rows {
        check(Quality::Clean, text, keys);
    }
}

#[test]
fn lists_give_one_citation_per_item() {
    let rows: &[(&str, &[&str])] = &[
        ("Kết luận số 126, 127-KL/TW", &["126-KL/TW", "127-KL/TW"]),
        (
            "các Nghị quyết số 19, 27, 28-NQ/TW",
            &["19-NQ/TW", "27-NQ/TW", "28-NQ/TW"],
        ),
        (
            "Nghị quyết số 57-NQ/TW, 59-NQ/TW và 66-NQ/TW",
            &["57-NQ/TW", "59-NQ/TW", "66-NQ/TW"],
        ),
        (
            "Thông tư 47, 59/2015/TT-BLĐTBXH",
            &["47/2015/TT-BLĐTBXH", "59/2015/TT-BLĐTBXH"],
        ),
        (
            "các nghị quyết Trung ương 4 khóa XI, XII, XIII",
            &[
                "Nghị quyết Trung ương 4 khóa XI",
                "Nghị quyết Trung ương 4 khóa XII",
                "Nghị quyết Trung ương 4 khóa XIII",
            ],
        ),
        ("Kết luận số 126-KL/TW, 15 tổ chức đảng", &["126-KL/TW"]),
    ];
    for (text, keys) in rows {
        check(Quality::Clean, text, keys);
    }
    let found = cited(
        Quality::Clean,
        "Kết luận số 126, 127-KL/TW ngày 14/02/2025 của Ban Bí thư về công tác",
    );
    let text = "Kết luận số 126, 127-KL/TW ngày 14/02/2025 của Ban Bí thư về công tác";
    assert_eq!(found[0].span.slice(text), "Kết luận số 126");
    assert_eq!(found[1].span.slice(text), "127-KL/TW");
    for citation in &found {
        assert_eq!(citation.issuer.as_deref(), Some("Ban Bí thư"));
        assert_eq!(citation.date, PartialDate::new(2025, Some(2), Some(14)));
        assert_eq!(citation.form, CitationForm::List);
    }
}

#[test]
fn a_list_goes_on_over_dates_and_so() {
    let rows: &[(&str, &[&str])] = &[
        (
            "các Quy định số 22-QĐ/TW, số 37-QĐ/TW và số 41-QĐ/TW của Bộ Chính trị",
            &["22-QĐ/TW", "37-QĐ/TW", "41-QĐ/TW"],
        ),
        (
            "Nghị quyết số 57-NQ/TW ngày 22/12/2024, số 59-NQ/TW ngày 24/01/2025 và số 66-NQ/TW ngày 30/4/2025",
            &["57-NQ/TW", "59-NQ/TW", "66-NQ/TW"],
        ),
        ("Kết luận số 4-KL/TW hoặc số 5-KL/TW", &["4-KL/TW", "5-KL/TW"]),
        ("Kết luận 4-KL/TW cùng với 5-KL/TW", &["4-KL/TW", "5-KL/TW"]),
        ("Nghị quyết số 57/59-NQ/TW", &["57-NQ/TW", "59-NQ/TW"]),
        (
            "Nghị định 177/2024 và 178/2024/NĐ-CP",
            &["177/2024/NĐ-CP", "178/2024/NĐ-CP"],
        ),
        ("Kết luận số 4-KL/TW và số 5 đường Láng", &["4-KL/TW"]),
    ];
    for (text, keys) in rows {
        check(Quality::Clean, text, keys);
    }
    let found = cited(Quality::Clean, rows[0].0);
    assert!(
        found
            .iter()
            .all(|c| c.kind == Kind::QuyDinh && c.issuer.as_deref() == Some("Bộ Chính trị"))
    );
    assert!(found.iter().all(|c| c.range.is_none()));
    // After a tail of its own an item keeps the kind of the list.
    let text = "Quy định số 22-QĐ/TW của Ban Chấp hành Trung ương, số 37-QĐ/TW và 41-QĐ/TW";
    let kinds: Vec<Kind> = cited(Quality::Clean, text).iter().map(|c| c.kind).collect();
    assert_eq!(kinds, [Kind::QuyDinh; 3]);
}

#[test]
fn a_range_counts_its_ends() {
    let rows: &[(&str, &[&str], &str)] = &[
        (
            "các kết luận từ số 10 đến số 15-KL/TW của Bộ Chính trị",
            &["10-KL/TW", "15-KL/TW"],
            "từ số 10 đến số 15-KL/TW",
        ),
        (
            "các Quyết định số 244 – 246-QĐ/TW",
            &["244-QĐ/TW", "246-QĐ/TW"],
            "244 – 246-QĐ/TW",
        ),
        ("Kết luận số 10-15-KL/TW", &["10-KL/TW", "15-KL/TW"], "10-15-KL/TW"),
        (
            "từ Kết luận số 10-KL/TW đến Kết luận số 15-KL/TW",
            &["10-KL/TW", "15-KL/TW"],
            "từ Kết luận số 10-KL/TW đến Kết luận số 15-KL/TW",
        ),
    ];
    for (text, keys, range) in rows {
        let found = cited(Quality::Clean, text);
        let found_keys: Vec<&str> = found.iter().map(Citation::key).collect();
        assert_eq!(found_keys, *keys, "{text}");
        for citation in &found {
            assert_eq!(
                (citation.range.as_deref(), citation.form),
                (Some(*range), CitationForm::List)
            );
        }
    }
    for text in [
        "số đảng viên từ 10 đến 15",
        "Quy định từ 10 đến 15 ngày",
        "giai đoạn 2020 - 2025-2030",
        "Nghị quyết số 57-NQ/TW đến các chi bộ",
    ] {
        assert!(cited(Quality::Clean, text).iter().all(|c| c.range.is_none()), "{text}");
    }
}

#[test]
fn symbols_as_people_type_them() {
    let rows: &[(&str, &[&str])] = &[
        ("Nghị quyết số57-NQ/TW", &["57-NQ/TW"]),
        (
            "Nghị quyết 13-NQ/TƯ của Tỉnh ủy (khóa XIV), Nghị quyết 12-NQ/TƯ của Bộ Chính trị",
            &["13-NQ/TU", "12-NQ/TW"],
        ),
        (
            "Chỉ thị40-CT/TW, Nghị định30/2020/NĐ-CP",
            &["40-CT/TW", "30/2020/NĐ-CP"],
        ),
        ("theo NQ 57-NQ/TW, QĐ số 749/QĐ-TTg", &["57-NQ/TW", "749/QĐ-TTg"]),
        (
            "nq 57-nq/tw, QD 144-QD/TW, NĐ30/2020/NĐ-CP",
            &["57-NQ/TW", "144-QĐ/TW", "30/2020/NĐ-CP"],
        ),
        ("Hướng dẫn HD38-HD/BTCTW", &["38-HD/BTCTW"]),
        (
            "Nghị định 30/2020 của Chính phủ, NĐ số 33/2016",
            &["30/2020/NĐ-CP", "33/2016/NĐ-CP"],
        ),
        ("Nghị quyết số 57-NQ của Bộ Chính trị", &["57-NQ/TW"]),
        ("NQ số 89 của Bộ Chính trị", &["89-NQ/TW"]),
        (
            "Nghị quyết 57-NQ/TW; thực hiện NQ 57, NQ57",
            &["57-NQ/TW", "57-NQ/TW", "57-NQ/TW"],
        ),
        ("Quy định số 22-QĐ/TW; theo QĐ 22", &["22-QĐ/TW", "22-QĐ/TW"]),
        (
            "69-NQ\u{2215}TW, 70-NQ\u{ff0f}TW, 71-NQ/\u{422}W",
            &["69-NQ/TW", "70-NQ/TW", "71-NQ/TW"],
        ),
        ("Báo cáo kết quả giám sát số 120/BC-ĐGS", &["120/BC-ĐGS"]),
        ("các Quyết định của Chính phủ: số 1400/QĐ-TTg", &["1400/QĐ-TTg"]),
        ("| 5 | 45/QĐ-SGDNN | 12/3/2020 |", &["45/QĐ-SGDNN"]),
        ("Quy định 114 QĐ TW", &["114-QĐ/TW"]),
        ("16 NQ TW", &["16-NQ/TW"]),
    ];
    for (text, keys) in rows {
        check(Quality::Clean, text, keys);
    }
    for text in [
        "NQ 57, QĐ 22, CT 5, TT 3 và KH số 12",
        "đã ban hành 16 NQ TW",
        "nghị quyết5 và quyết định6, Sở1 2-3",
        "Kế hoạch tháng 5/2020",
        "lớp 5/2020 NQ, tháng 5/2020 NQ-HĐND",
        "Mẫu số 45/QĐ-SGDNN ngày 12/3/2020, biểu 02-BC/KTĐG",
        "| 45/QĐ-SGDNN | đạt |",
    ] {
        check(Quality::Clean, text, &[]);
    }
}

#[test]
fn an_abbreviation_and_a_number_alone_are_asked_for() {
    for (text, number) in [("QĐ144", "144"), ("ĐA 06", "06"), ("KL số 127", "127")] {
        let found = cited(Quality::Clean, text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(
            (found[0].number.as_deref(), found[0].span),
            (Some(number), Span::new(0, text.len()))
        );
    }
}

#[test]
fn letters_tell_the_kind_against_the_nearest_type_word() {
    use Kind::{ChiThi, ChuongTrinh, KeHoach, KetLuan, NghiQuyet, Other, QuyDinh, QuyetDinh};
    let rows: &[(&str, &[Kind])] = &[
        ("các nghị quyết, chỉ thị số 18-NQ/TW, số 19-CT/TW", &[NghiQuyet, ChiThi]),
        ("các nghị quyết, kết luận: 18-NQ/TW, 21-KL/TW", &[NghiQuyet, KetLuan]),
        ("các văn bản số 57-NQ/TW, 22-QĐ/TW", &[NghiQuyet, QuyetDinh]),
        ("các quy định và chỉ thị số 22-QĐ/TW", &[QuyDinh]),
        ("Quy định số 22-QĐ/TW; văn bản số 22-QĐ/TW; QĐ 22-QĐ/TW", &[QuyDinh; 3]),
        ("Chương trình hành động số 06-CT/TU", &[ChuongTrinh]),
        ("Công văn số 577/CT-THNVDT", &[Other]),
        ("Kế hoạch số 12-KH/TU", &[KeHoach]),
        ("| 3 | Quy định | 22-QĐ/TW |", &[QuyDinh]),
        ("| theo quy định | 22-QĐ/TW |", &[QuyetDinh]),
        ("theo NQ 41/2025/QH15", &[NghiQuyet]),
    ];
    for (text, kinds) in rows {
        let found: Vec<Kind> = cited(Quality::Clean, text).iter().map(|c| c.kind).collect();
        assert_eq!(found, *kinds, "{text}");
    }
}

#[test]
fn a_header_cites_but_for_its_own_number() {
    let of = |metadata: Metadata, text: &str| {
        let mut document = document(Quality::Clean, &[text]);
        document.metadata = metadata;
        document.passages[0].place = Place::Header;
        let found = find(&document, &Reading::default());
        found.iter().map(|c| c.key().to_owned()).collect::<Vec<_>>()
    };
    let letterhead = || Metadata {
        issuer: Some("Đảng ủy xã Yên Phú".to_owned()),
        number: Some("12-BC/ĐU".to_owned()),
        ..Metadata::default()
    };
    for own in [
        "Số 12-BC/ĐU",
        "Số: 13-BC/ĐU",
        "ĐẢNG ỦY XÃ YÊN PHÚ Số 12-BC/ĐU",
        "12-BC/ĐU",
        "Số hiệu: 13-BC/ĐU",
    ] {
        assert_eq!(of(letterhead(), own), [""; 0], "{own}");
    }
    assert_eq!(of(letterhead(), "BÁO CÁO kết quả thực hiện 57-NQ/TW"), ["57-NQ/TW"]);
    assert_eq!(
        of(Metadata::default(), "Đề nghị tra giúp 30/2020/NĐ-CP và 57-NQ/TW."),
        ["30/2020/NĐ-CP", "57-NQ/TW"]
    );
    assert_eq!(of(Metadata::default(), "57-NQ/TW"), ["57-NQ/TW"]);
}

#[test]
fn issuer_and_subject_are_shared_over_a_coordination() {
    let text = "Kết luận số 126-KL/TW ngày 14/02/2025, Kết luận số 127-KL/TW ngày 28/02/2025 của Bộ Chính trị, Ban Bí thư về sắp xếp bộ máy";
    let found = cited(Quality::Clean, text);
    let dates: Vec<String> = found.iter().filter_map(|c| c.date).map(|d| d.to_string()).collect();
    assert_eq!(dates, ["2025-02-14", "2025-02-28"]);
    assert!(
        found
            .iter()
            .all(|c| c.issuer.as_deref() == Some("Bộ Chính trị, Ban Bí thư"))
    );
    assert!(found.iter().all(|c| c.subject.as_deref() == Some("về sắp xếp bộ máy")));
    let found = cited(
        Quality::Clean,
        "Chỉ thị số 39-CT/TW, Quy định số 58-QĐ/TW và Kết luận số 108-KL/TW của Bộ Chính trị; chú trọng",
    );
    assert!(found.len() == 3 && found.iter().all(|c| c.issuer.as_deref() == Some("Bộ Chính trị")));
    let kinds: Vec<Kind> = found.iter().map(|c| c.kind).collect();
    assert_eq!(kinds, [Kind::ChiThi, Kind::QuyDinh, Kind::KetLuan]);
    // A subject of its own ends the sharing.
    let found = cited(
        Quality::Clean,
        "Kết luận số 1-KL/TW về tiếp tục thực hiện Chỉ thị 05-CT/TW; Nghị quyết số 35-NQ/TW của Bộ Chính trị",
    );
    assert_eq!(
        found[0].subject.as_deref(),
        Some("về tiếp tục thực hiện Chỉ thị 05-CT/TW")
    );
    assert_eq!((&found[0].issuer, &found[1].issuer), (&None, &None));
}

#[test]
fn what_is_in_front_of_a_citation_is_read() {
    let rows: &[(&str, &[(&str, &str)])] = &[
        (
            "Ngày 12/3/2024, Ban Bí thư đã ban hành Kết luận số 77-KL/TW về công tác",
            &[("2024-03-12", "Ban Bí thư")],
        ),
        ("Chính phủ đã ban hành Nghị quyết số 55/NQ-CP", &[("", "Chính phủ")]),
        (
            "Hội nghị lần thứ sáu Ban Chấp hành Trung ương khóa XII ban hành Nghị quyết số 18-NQ/TW",
            &[("", "Ban Chấp hành Trung ương khóa XII")],
        ),
        (
            "Thực hiện Chỉ thị số 35-CT/TW về đại hội, ngày 10/9/2020 Ban Tuyên giáo Trung ương có Hướng dẫn số 151-HD/BTGTW",
            &[("", ""), ("2020-09-10", "Ban Tuyên giáo Trung ương")],
        ),
        (
            "Bộ Chính trị, Ban Bí thư ban hành Kết luận số 126-KL/TW ngày 14/02/2025",
            &[("2025-02-14", "Bộ Chính trị, Ban Bí thư")],
        ),
        (
            "Nghị quyết của Bộ Chính trị số 25-NQ/TW ngày 08/10/2022",
            &[("2022-10-08", "Bộ Chính trị")],
        ),
        (
            "Bộ Chính trị đã ban hành các Nghị quyết: số 57-NQ/TW ngày 22/12/2024, số 59-NQ/TW ngày 24/01/2025",
            &[("2024-12-22", "Bộ Chính trị"), ("2025-01-24", "Bộ Chính trị")],
        ),
        (
            "Nghị quyết của Ban Chấp hành Đảng bộ tỉnh Sơn La số 05-NQ/TU",
            &[("", "Ban Chấp hành Đảng bộ tỉnh Sơn La")],
        ),
        // What a body does with the document of another one is no head.
        ("Tỉnh ủy đã triển khai Kết luận số 77-KL/TW", &[("", "")]),
        (
            "đến ngày 5/3/2024, Tỉnh ủy đã ban hành Kế hoạch số 5-KH/TU thực hiện Kết luận số 77-KL/TW",
            &[("", "Tỉnh ủy"), ("", "")],
        ),
        ("Bí thư Trần Văn A đã ký ban hành Chỉ thị số 26-CT/TW", &[("", "")]),
        ("kết quả thực hiện Chỉ thị số 05-CT/TW năm 2021", &[("", "")]),
    ];
    for (text, expected) in rows {
        let found = cited(Quality::Clean, text);
        let date = |c: &Citation| c.date.map_or(String::new(), |date| date.to_string());
        let found: Vec<(String, &str)> = found
            .iter()
            .map(|c| (date(c), c.issuer.as_deref().unwrap_or("")))
            .collect();
        let expected: Vec<(String, &str)> = expected
            .iter()
            .map(|(date, issuer)| ((*date).to_owned(), *issuer))
            .collect();
        assert_eq!(found, expected, "{text}");
    }
    // Symbols of two bodies share no issuer.
    let found = cited(
        Quality::Clean,
        "Quyết định số 104/1999/QĐ-TTg và Nghị định số 112/2017/NĐ-CP của Chính phủ",
    );
    assert_eq!(
        (found[0].issuer.as_deref(), found[1].issuer.as_deref()),
        (None, Some("Chính phủ"))
    );
}

#[test]
fn scans_are_read_with_their_damage() {
    let rows: &[(&str, &[&str])] = &[
        ("Nghi quyét s6 21-NQ/TW vé xay dung", &["21-NQ/TW"]),
        ("Nghi quyet s0 21-NQ/TW", &["21-NQ/TW"]),
        ("Quy dinh sé 144-QB/TW cua Bo Chinh tri", &["144-QĐ/TW"]),
        ("Quyét dinh s\n30-QDB/PU ngay 03/3/2025", &["30-QĐ/ĐU"]),
        ("Quy dinh sb 213-\nQB/TW ngay", &["213-QĐ/TW"]),
        ("theo Huong dan s6 09-HD/DUK", &["09-HD/ĐUK"]),
        ("hiéu qua Ngh1 quyét 57-NQ/TW ngay\n22/ 12/2024", &["57-NQ/TW"]),
        (
            "Nghl quyét Pai hoi\nXIII ciia Pang",
            &["Nghị quyết Đại hội XIII của Đảng"],
        ),
        (
            "Nghi quyét Trung wong 4 cic khéa X1, XII",
            &["Nghị quyết Trung ương 4 khóa XI", "Nghị quyết Trung ương 4 khóa XII"],
        ),
        (
            "Cuong linh chinh trj, Diéu 1¢\nDang",
            &["Cương lĩnh chính trị", "Điều lệ Đảng"],
        ),
        ("Nghi quyét s§ 76/2025/UBTVQHIS", &["76/2025/UBTVQH15"]),
        (
            "Nghi dinh $6 33/2016/ND-CP neay; Nghi dinh 6 111/2025/ND-CP",
            &["33/2016/NĐ-CP", "111/2025/NĐ-CP"],
        ),
        ("Diéu 1& Dang, Bién phap, Luong Minh, Luat A", &["Điều lệ Đảng"]),
    ];
    for (text, keys) in rows {
        check(Quality::Ocr, text, keys);
    }
    let found = cited(Quality::Ocr, "hiéu qua Ngh1 quyét 57-NQ/TW ngay\n22/ 12/2024");
    assert_eq!(found[0].date, PartialDate::new(2024, Some(12), Some(22)));
}

#[test]
fn documents_cited_by_name() {
    let rows: &[(&str, &[&str])] = &[
        ("theo quy định của Điều lệ Đảng, của Trung ương", &["Điều lệ Đảng"]),
        (
            "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng",
            &["Nghị quyết Đại hội XIII của Đảng"],
        ),
        ("Nghị quyết Đại hội XIV của Đảng", &["Nghị quyết Đại hội XIV của Đảng"]),
        (
            "Văn kiện Đại hội Đảng toàn quốc các lần; Văn kiện Đại hội XIII của Đảng",
            &["Văn kiện Đại hội XIII của Đảng"],
        ),
        (
            "NGHỊ QUYẾT ĐẠI HỘI ĐẢNG BỘ,\nNHIỆM KỲ 2020 - 2025",
            &["Nghị quyết Đại hội Đảng bộ nhiệm kỳ 2020-2025"],
        ),
        (
            "NGHỊ QUYẾT ĐẠI HỘI ĐẢNG BỘ THÀNH PHỐ CẦN THƠ LẦN THỨ I",
            &["Nghị quyết Đại hội Đảng bộ thành phố Cần Thơ lần thứ I"],
        ),
        (
            "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Tuyên Quang lần thứ I, nhiệm kỳ 2025 - 2030",
            &["Nghị quyết Đại hội Đảng bộ tỉnh Tuyên Quang nhiệm kỳ 2025-2030"],
        ),
        (
            "Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương khóa XII",
            &["Nghị quyết Trung ương 4 khóa XII"],
        ),
        (
            "Nghị quyết Trung ương 5 (khóa XII) về",
            &["Nghị quyết Trung ương 5 khóa XII"],
        ),
        (
            "Luật Phòng, chống tham nhũng và Luật Đất đai năm 2024",
            &["Luật Phòng, chống tham nhũng", "Luật Đất đai"],
        ),
        (
            "Bộ luật Tố tụng hình sự, Hiến pháp năm 2013",
            &["Bộ luật Tố tụng hình sự", "Hiến pháp"],
        ),
        (
            "bám sát Quy chế làm việc của Đảng đoàn, Hội đồng nhân dân nhiệm kỳ 2021 - 2026 thực hiện",
            &["Quy chế làm việc của Đảng đoàn, Hội đồng nhân dân nhiệm kỳ 2021-2026"],
        ),
        (
            "Quy định về những điều đảng viên không được làm",
            &["Quy định về những điều đảng viên không được làm"],
        ),
        (
            "Cương lĩnh xây dựng đất nước trong thời kỳ quá độ lên chủ nghĩa xã hội (bổ sung, phát triển năm 2011), Chiến lược phát triển \
             kinh tế - xã hội 2021 - 2030",
            &["Cương lĩnh 2011", "Chiến lược phát triển kinh tế - xã hội 2021-2030"],
        ),
    ];
    for (text, keys) in rows {
        check(Quality::Clean, text, keys);
    }
}

#[test]
fn one_congress_has_one_name() {
    let party = "Nghị quyết Đại hội XIII của Đảng";
    let rows: &[(&str, &[&str])] = &[
        ("theo Nghị quyết Đại hội lần thứ mười ba của Đảng đã đề ra", &[party]),
        (
            "Nghị quyết Đại hội đại biểu toàn quốc lần thứ 13 của Đảng Cộng sản Việt Nam",
            &[party],
        ),
        ("nghị quyết Đại hội Đảng toàn quốc lần thứ XIII", &[party]),
        ("Nghị quyết Đại hội Đảng khóa XIII", &[party]),
        ("Nghị quyết Đại hội Đảng nhiệm kỳ 2021 - 2026", &[party]),
        ("NQ ĐH XIII", &[party]),
        ("Nghị quyết của Đại hội 13 của Đảng", &[party]),
        (
            "các nghị quyết Đại hội XII, XIII của Đảng",
            &["Nghị quyết Đại hội XII của Đảng", party],
        ),
        (
            "Văn kiện Đại hội đại biểu toàn quốc lần thứ XIII",
            &["Văn kiện Đại hội XIII của Đảng"],
        ),
        (
            "Báo cáo chính trị của Ban Chấp hành Trung ương Đảng khóa XII tại Đại hội XIII của Đảng nêu rõ",
            &["Báo cáo chính trị Đại hội XIII của Đảng"],
        ),
        // Of a party body, whose ordinal may be one that the Party has reached.
        (
            "Nghị quyết Đại hội lần thứ X của Đảng bộ huyện Đồng Văn",
            &["Nghị quyết Đại hội Đảng bộ huyện Đồng Văn lần thứ X"],
        ),
        ("Nghị quyết Đại hội XVII", &["Nghị quyết Đại hội Đảng bộ lần thứ XVII"]),
        (
            "Nghị quyết Đại hội lần thứ XII, nhiệm kỳ 2020 - 2025",
            &["Nghị quyết Đại hội Đảng bộ nhiệm kỳ 2020-2025"],
        ),
        (
            "Nghị quyết Đại hội tỉnh Đảng bộ lần thứ XV",
            &["Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV"],
        ),
        (
            "Nghị quyết Đại hội Chi bộ 2 nhiệm kỳ 2022 – 2025 đề ra",
            &["Nghị quyết Đại hội Chi bộ 2 nhiệm kỳ 2022-2025"],
        ),
        // The document gives ordinal, term and place in different sentences.
        (
            "Nghị quyết Đại hội Đảng bộ tỉnh Cà Mau lần thứ XVI, nhiệm kỳ 2020 - 2025; Nghị quyết Đại hội Đảng bộ tỉnh lần thứ \
             XVI. Thực hiện Nghị quyết Đại hội Đảng bộ tỉnh, các xã",
            &["Nghị quyết Đại hội Đảng bộ tỉnh Cà Mau nhiệm kỳ 2020-2025"; 3],
        ),
        (
            "Nghị quyết Đại hội Đảng bộ tỉnh Bà Rịa - Vũng Tàu lần thứ VII; Nghị quyết Đại hội lần thứ VII, Nghị quyết Đại hội VI",
            &[
                "Nghị quyết Đại hội Đảng bộ tỉnh Bà Rịa - Vũng Tàu lần thứ VII",
                "Nghị quyết Đại hội Đảng bộ tỉnh Bà Rịa - Vũng Tàu lần thứ VII",
                "Nghị quyết Đại hội VI của Đảng",
            ],
        ),
        (
            "Nghị quyết Đại hội Đảng bộ TP.HCM lần thứ XI; văn kiện Đại hội XIV của Đảng",
            &[
                "Nghị quyết Đại hội Đảng bộ TP.HCM lần thứ XI",
                "Văn kiện Đại hội XIV của Đảng",
            ],
        ),
        (
            "văn kiện trình Đại hội XIV của Đảng, dự thảo các văn kiện Đại hội XIV",
            &[],
        ),
        ("Nghị quyết Đại hội Công đoàn Việt Nam lần thứ XIII", &[]),
        (
            "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XII của Đoàn Thanh niên",
            &[],
        ),
        (
            "nghị quyết đại hội đảng bộ, chi bộ; nghị quyết Đại hội Đảng cấp trên",
            &[],
        ),
    ];
    for (text, keys) in rows {
        check(Quality::Clean, text, keys);
    }
}

#[test]
fn plenums_in_all_their_writings() {
    let fourth = "Nghị quyết Trung ương 4 khóa XII";
    let rows: &[(&str, &[&str])] = &[
        ("Nghị quyết TW 4 khoá XII", &[fourth]),
        ("Nghị quyết T.Ư 4 (khóa XII)", &[fourth]),
        ("Nghị quyết TƯ 4, khóa XII và", &[fourth]),
        ("NQTW4 khóa XII", &[fourth]),
        ("nghị quyết Hội nghị lần thứ tư BCH Trung ương Đảng khóa 12", &[fourth]),
        (
            "Nghị quyết Hội nghị lần thứ 4, Ban Chấp hành Trung ương (khóa XII)",
            &[fourth],
        ),
        ("Nghị quyết của Hội nghị Trung ương 4 (XII)", &[fourth]),
        (
            "Nghị quyết Hội nghị Trung ương 6 (lần 2) khóa VIII",
            &["Nghị quyết Trung ương 6 (lần 2) khóa VIII"],
        ),
        (
            "Nghị quyết Trung ương 4 khoá XI, khoá XII và khóa XIII",
            &[
                "Nghị quyết Trung ương 4 khóa XI",
                fourth,
                "Nghị quyết Trung ương 4 khóa XIII",
            ],
        ),
        (
            "Nghị quyết Trung ương 6, 7 khóa XII",
            &["Nghị quyết Trung ương 6 khóa XII", "Nghị quyết Trung ương 7 khóa XII"],
        ),
        (
            "Nghị quyết Trung ương 8 khóa XI, Trung ương 4 khóa XII",
            &["Nghị quyết Trung ương 8 khóa XI", fourth],
        ),
        (
            "Nghị quyết Trung ương 4 khóa XII; tinh thần Nghị quyết Trung ương 4",
            &[fourth; 2],
        ),
        ("thực hiện Nghị quyết Trung ương 4.", &["Nghị quyết Trung ương 4"]),
        ("Nghị quyết Hội nghị lần thứ 8 Ban Chấp hành Đảng bộ tỉnh khóa XVI", &[]),
        (
            "Nghị quyết Hội nghị lần thứ 5 Ban Chấp hành Trung ương Hội Nông dân khóa VIII",
            &[],
        ),
        ("nghị quyết Trung ương năm 2020, Nghị quyết Trung ương 5 nội dung", &[]),
    ];
    for (text, keys) in rows {
        check(Quality::Clean, text, keys);
    }
    // The congress follows from the date of the document.
    let (_, found) = dated("a", (2022, 3, 1), "Huế", &["thực hiện Nghị quyết Trung ương 4."]);
    assert_eq!(found[0].key(), "Nghị quyết Trung ương 4 khóa XIII");
}

#[test]
fn platforms_charter_and_laws() {
    let rows: &[(&str, &[&str])] = &[
        (
            "Cương lĩnh năm 1991 và Cương lĩnh 2011",
            &["Cương lĩnh 1991", "Cương lĩnh 2011"],
        ),
        (
            "trung thành với Cương lĩnh, Điều lệ của Đảng",
            &["Cương lĩnh chính trị", "Điều lệ Đảng"],
        ),
        (
            "Cương lĩnh chính trị đầu tiên của Đảng",
            &["Cương lĩnh chính trị đầu tiên"],
        ),
        ("Đại hội VI chưa có Cương lĩnh riêng", &[]),
        (
            "đề nghị xây dựng Luật Phát triển đô thị, Luật Công nghiệp khí do Quốc hội ban hành",
            &["Luật Phát triển đô thị", "Luật Công nghiệp khí"],
        ),
        (
            "Luật Tổ chức HĐND và UBND ngày 26/11/2003",
            &["Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân"],
        ),
        ("Quy định thi hành Điều lệ Đảng", &["Quy định thi hành Điều lệ Đảng"]),
        ("việc thi hành Điều lệ Đảng", &["Điều lệ Đảng"]),
        (
            "Luật Sửa đổi, bổ sung một số điều của Luật Đất đai và Luật Nhà ở ngày 22/11/2019",
            &["Luật Sửa đổi, bổ sung một số điều của Luật Đất đai và Luật Nhà ở"],
        ),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Cư trú số 81/2006/QH11 đã được sửa đổi",
            &["81/2006/QH11"],
        ),
        (
            "Luật Đất đai năm 2024, Luật Đất đai số 31/2024/QH15",
            &["31/2024/QH15"; 2],
        ),
        (
            "Luật Đất đai năm 2013, Luật Đất đai số 31/2024/QH15",
            &["Luật Đất đai", "31/2024/QH15"],
        ),
        (
            "Pháp lệnh ưu đãi người có công với cách mạng",
            &["Pháp lệnh Ưu đãi người có công với cách mạng"],
        ),
    ];
    for (text, keys) in rows {
        check(Quality::Clean, text, keys);
    }
    let found = cited(Quality::Clean, "Luật Đất đai số 31/2024/QH15");
    assert_eq!(found[0].name.as_deref(), Some("Luật Đất đai"));
}

#[test]
fn numbers_without_letters() {
    let rows: &[(&str, &[&str])] = &[
        ("theo Quyết định 99, 100", &["99", "100"]),
        ("tinh thần Nghị quyết 57 đã lan tỏa", &["57"]),
        ("triển khai Đề án 844 và Đề án 06 trên địa bàn", &["844", "06"]),
        ("Thông tư 18/2019 của Ngân hàng Nhà nước", &["18"]),
        ("Nghị quyết 57 – bước đột phá", &["57"]),
        ("các Nghị quyết số 138, 139 ban hành năm 2025", &["138", "139"]),
        ("nghị quyết 57 ở cơ sở", &[]),
        ("nghị quyết 57 ở cơ sở, Nghị quyết số 57-NQ/TW", &["57", "57"]),
        ("Thông báo 45 của xã, Kế hoạch 6/2023", &[]),
        ("tổng kết, xây dựng Nghị định.\n24. Bộ Y tế chủ trì", &[]),
    ];
    for (text, numbers) in rows {
        let found = cited(Quality::Clean, text);
        let found: Vec<&str> = found.iter().filter_map(|c| c.number.as_deref()).collect();
        assert_eq!(found, *numbers, "{text}");
    }
    let found = cited(Quality::Clean, "Thông tư 18/2019; Thông tư số 18/2021/TT-BTC");
    assert_eq!(found[0].symbol, None);
}

#[test]
fn the_document_itself_is_its_target() {
    let mut document = document(
        Quality::Clean,
        &[
            "Nghị quyết này có hiệu lực từ ngày ký; Kết luận này và văn bản này không.",
            "Thực hiện Nghị quyết này, quy định này.",
        ],
    );
    document.metadata.kind = Some("nghị quyết".to_owned());
    let found = find(&document, &Reading::default());
    assert_eq!(found.len(), 2);
    for citation in &found {
        assert!(citation.is_own_document());
        assert_eq!((citation.form, citation.kind), (CitationForm::Alias, Kind::NghiQuyet));
        assert_eq!(citation.target.as_deref(), Some("000"));
    }
    // Of a text of unknown type: itself, unless it has cited another of the kind.
    let own = |text: &str| {
        cited(Quality::Clean, text)
            .iter()
            .filter(|c| c.is_own_document())
            .count()
    };
    assert_eq!(own("Thông tư này thay thế Thông tư số 39/2011/TT-BCT"), 1);
    assert_eq!(own("theo Nghị quyết 45; để triển khai Nghị quyết này, thành phố"), 0);
}

#[test]
fn what_is_no_citation() {
    for text in [
        "ngày 22/12/2024 và ngày 15/06",
        "tỷ lệ 71/73 đảng bộ, 10/15 chi bộ",
        "ban hành 1.406 nghị quyết5 để thực hiện",
        "70 nghị quyết quy phạm pháp luật",
        "192 Nghị quyết, 356 Quyết định",
        "vai trò của Ban Chỉ đạo 35 và các tổ chức",
        "các nghị quyết, chỉ thị, quy định của Đảng",
        "theo quy định 10 đảng viên",
        "Kế hoạch 5 năm, Chương trình 135, Đề án 5 năm",
        "nhiệm kỳ 2020 - 2025 của Đảng bộ",
        "Mẫu số 01/HNCT và mẫu 02-HD/KTĐG, TCVN 8400-42:2019",
        "pháp luật, kỷ luật, Luật sư, xử lý theo luật định",
        "quy chế làm việc, quy chế dân chủ",
        "Nghị quyết Đại hội Đảng các cấp, Nghị quyết Đại hội",
        "xe 65A-123.45, tài khoản 0123-456789",
        "dự án luật, dự thảo nghị quyết của Quốc hội",
        "hợp Hiến, hợp pháp",
        "Nghị quyết 5 nội dung, Quyết định 3 vấn đề",
    ] {
        check(Quality::Clean, text, &[]);
        check(Quality::Ocr, text, &[]);
    }
}

#[test]
fn a_number_without_letters_is_completed_where_its_issuer_tells_them() {
    let symbol = |text: &str| cited(Quality::Clean, text)[0].symbol.clone();
    let completed = symbol("theo Chỉ thị số 05 của Ban Chấp hành Trung ương");
    assert_eq!(completed.as_deref(), Some("05-CT/TW"));
    // A law has no code, whoever is named after it.
    assert_eq!(symbol("theo Luật số 60 của Ban Chấp hành Trung ương"), None);
}

#[test]
fn a_symbol_without_type_word_has_the_kind_it_has_elsewhere() {
    let found = cited(
        Quality::Clean,
        "Quy định số 377-QĐ/TW và (theo 377-QĐ/TW); 18-NQ/TW, 99-QĐ/TW",
    );
    let kinds: Vec<Kind> = found.iter().map(|c| c.kind).collect();
    assert_eq!(kinds, [Kind::QuyDinh, Kind::QuyDinh, Kind::NghiQuyet, Kind::QuyetDinh]);
}

#[test]
fn footnote_marks_join_no_number() {
    let mut document = document(
        Quality::Clean,
        &["Kết luận số 121-KL/TW10 và Nghị quyết số 57 của Bộ Chính trị9."],
    );
    let text = document.text.clone();
    let mark = |mark: &str| {
        let start = text.find(mark).unwrap();
        Span::new(start + mark.len() - 2, start + mark.len())
    };
    document.passages[0].marks = vec![mark("TW10")];
    let keys: Vec<String> = find(&document, &Reading::default())
        .iter()
        .map(|c| c.key().to_owned())
        .collect();
    assert_eq!(keys, ["121-KL/TW", "57-NQ/TW"]);
}

#[test]
fn a_subject_may_stand_in_the_note() {
    let mut document = document(
        Quality::Clean,
        &[
            "theo Quyết định số 30-QĐ/ĐU ngày 03/3/2025 của Đảng ủy các cơ quan Đảng Tỉnh1, trên cơ sở",
            "1 Về việc thành lập Đảng bộ cơ sở.",
        ],
    );
    let at = document.text.find("Tỉnh1").unwrap();
    let mark = Span::new(at + "Tỉnh".len(), at + "Tỉnh1".len());
    let note = document.passages[1].fragments[0];
    document.passages[0].marks = vec![mark];
    document.passages[1].place = Place::Footnote;
    document.footnotes = vec![Footnote {
        number: 1,
        mark: Span::new(note.start, note.start + 1),
        passages: vec![1],
        anchor: Some(Anchor {
            word: Span::new(at, mark.end + 1),
            mark,
            passage: 0,
        }),
        page: 1,
    }];
    let found = find(&document, &Reading::default());
    assert_eq!(found[0].subject.as_deref(), Some("Về việc thành lập Đảng bộ cơ sở"));
    assert_eq!(found[0].issuer.as_deref(), Some("Đảng ủy các cơ quan Đảng Tỉnh"));
}

#[test]
fn a_defined_name_holds_from_there_on() {
    let document = document(
        Quality::Clean,
        &[
            "Quán triệt Nghị quyết Đại hội.",
            "Căn cứ Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Cà Mau lần thứ I, nhiệm kỳ 2025 - 2030 (viết tắt là Nghị quyết Đại hội), Tỉnh ủy",
            "tổ chức học tập Nghị quyết Đại hội và Nghị quyết Đại hội của cấp mình",
        ],
    );
    let found = find(&document, &Reading::default());
    let forms: Vec<CitationForm> = found.iter().map(|c| c.form).collect();
    assert_eq!(forms, [CitationForm::Name, CitationForm::Alias]);
    assert_eq!(found[0].key(), found[1].key());
}

#[test]
fn a_definition_points_at_its_document_and_leaves_full_citations_alone() {
    let text = "Nghị quyết số 21-NQ/TW ngày 16/6/2022 của Trung ương (sau đây gọi tắt là Nghị quyết 21). Theo Nghị quyết 21 và \
                Nghị quyết số 21, khác với Nghị quyết 21-NQ/TW ngày 22/11/2012.";
    let found = resolved(vec![dated("a", (2025, 6, 1), "Huế", &[text])]).remove(0);
    let raw: Vec<&str> = found.iter().map(|c| c.span.slice(text)).collect();
    let expected = [
        "Nghị quyết số 21-NQ/TW",
        "Nghị quyết 21",
        "Nghị quyết số 21",
        "Nghị quyết 21-NQ/TW",
    ];
    assert_eq!(raw, expected);
    assert_eq!(found[1].form, CitationForm::Alias);
    assert_eq!(found[1].date, None, "the text prints no date with the name");
    let identities: Vec<Option<&str>> = found.iter().map(|c| c.identity.as_deref()).collect();
    let (first, second) = (Some("21-NQ/TW ngày 2022-06-16"), Some("21-NQ/TW ngày 2012-11-22"));
    assert_eq!(identities, [first, first, first, second]);
    // Letters and number in one word, and the type word alone.
    let keys = |text: &str| -> Vec<String> {
        let found = cited(Quality::Clean, text);
        found.iter().map(|c| c.key().to_owned()).collect()
    };
    assert_eq!(
        keys("Nghị quyết số 57-NQ/TW (viết tắt là NQ57), quán triệt NQ57 tới chi bộ"),
        ["57-NQ/TW"; 2]
    );
    assert_eq!(
        keys(
            "Kế hoạch số 12-KH/TU (sau đây gọi tắt là Kế hoạch). Các xã thực hiện Kế hoạch theo tiến độ, xây dựng Kế hoạch phát triển"
        ),
        ["12-KH/TU"; 2]
    );
}

/// A document with its date and province.
fn dated(id: &str, date: (u16, u8, u8), province: &str, passages: &[&str]) -> (Document, Vec<Citation>) {
    let mut document = document(Quality::Clean, passages);
    id.clone_into(&mut document.id);
    document.metadata.date = PartialDate::new(date.0, Some(date.1), Some(date.2));
    document.metadata.province = Some(province.to_owned());
    let citations = find(&document, &Reading::default());
    (document, citations)
}

/// Resolves the documents together and returns the citations of each.
fn resolved(mut documents: Vec<(Document, Vec<Citation>)>) -> Vec<Vec<Citation>> {
    let mut resolver = Resolver::new(crate::register::Register::shipped());
    for (document, citations) in &documents {
        resolver.observe(document, citations);
    }
    for (document, citations) in &mut documents {
        resolver.resolve(document, citations);
    }
    documents.into_iter().map(|(_, citations)| citations).collect()
}

#[test]
fn a_symbol_is_not_an_identity() {
    let found = resolved(vec![
        dated(
            "a",
            (2025, 6, 1),
            "Cần Thơ",
            &["Nghị quyết số 21-NQ/TW ngày 16/6/2022 về tổ chức cơ sở đảng và đội ngũ đảng viên"],
        ),
        dated(
            "b",
            (2025, 6, 1),
            "Cà Mau",
            &["Nghị quyết số 21-NQ/TW ngày 22/11/2012 về bảo hiểm xã hội, bảo hiểm y tế giai đoạn 2012 - 2020"],
        ),
        dated(
            "c",
            (2025, 6, 1),
            "Cà Mau",
            &[
                "thực hiện Nghị quyết 21-NQ/TW.",
                "Nghị quyết số 21-NQ/TW về xây dựng tổ chức cơ sở đảng, đảng viên",
            ],
        ),
        dated("d", (2015, 6, 1), "Cà Mau", &["thực hiện Nghị quyết 21-NQ/TW."]),
        dated(
            "e",
            (2025, 6, 1),
            "Huế",
            &[
                "Nghị quyết số 21-NQ/TW ngày 16/6/2022 của Trung ương.",
                "theo Nghị quyết 21-NQ/TW.",
            ],
        ),
    ]);
    assert_eq!(found[2][0].status, CitationStatus::Ambiguous);
    assert_eq!(
        found[2][0].candidates,
        ["21-NQ/TW ngày 2022-06-16", "21-NQ/TW ngày 2012-11-22"]
    );
    assert_eq!(found[2][1].status, CitationStatus::Resolved, "its subject tells");
    assert_eq!(
        found[3][0].status,
        CitationStatus::Resolved,
        "a report cannot cite the future"
    );
    assert_eq!(found[4][1].status, CitationStatus::Resolved, "its own document tells");
}

#[test]
fn local_symbols_need_their_committee() {
    let found = resolved(vec![
        dated(
            "a",
            (2025, 9, 1),
            "Cần Thơ",
            &[
                "Quyết định số 09-QĐ/ĐU ngày 28/02/2025 của Đảng ủy các cơ quan Đảng thành phố Cần Thơ.",
                "Quyết định số 09-QĐ/ĐU ngày 24/02/2025 của Đảng ủy các cơ quan Đảng tỉnh Sóc Trăng.",
                "theo Quyết định số 09-QĐ/ĐU của Đảng ủy các cơ quan Đảng tỉnh Sóc Trăng.",
            ],
        ),
        dated("b", (2025, 9, 1), "Cà Mau", &["thực hiện Quyết định số 09-QĐ/ĐU."]),
    ]);
    assert!(found[0].iter().all(|c| c.status == CitationStatus::Resolved));
    assert_eq!(found[1][0].status, CitationStatus::Unresolved);
}

#[test]
fn two_documents_of_one_symbol_are_not_merged() {
    let found = resolved(vec![dated(
        "a",
        (2025, 9, 1),
        "Ninh Bình",
        &[
            "Kế hoạch số 20-KH/ĐU ngày 03/3/2025 của Đảng uỷ xã Yên Phú chậm được triển khai.",
            "Kế hoạch số 20-KH/ĐU ngày 05/8/2025 của Đảng ủy xã Yên Phú bảo đảm tiến độ.",
            "Kế hoạch số 20-KH/ĐU của Đảng ủy xã Phú Yên.",
            "Kế hoạch số 20-KH/ĐU của Đảng ủy xã Yên Phú.",
        ],
    )]);
    let identities: Vec<Option<&str>> = found[0].iter().map(|c| c.identity.as_deref()).collect();
    assert_eq!(
        identities,
        [
            Some("20-KH/ĐU của Đảng uỷ xã Yên Phú ngày 2025-03-03"),
            Some("20-KH/ĐU của Đảng ủy xã Yên Phú ngày 2025-08-05"),
            Some("20-KH/ĐU của Đảng ủy xã Phú Yên"),
            None,
        ]
    );
    assert_eq!(found[0][3].status, CitationStatus::Ambiguous);
}

#[test]
fn a_cited_document_of_the_corpus_is_its_target() {
    let mut plan = dated("plan", (2025, 10, 28), "Cần Thơ", &["KẾ HOẠCH"]);
    plan.0.metadata.number = Some("02-CTr/TU".to_owned());
    let citing = |province| {
        dated(
            province,
            (2025, 11, 1),
            province,
            &["Chương trình hành động số 02-CTr/TU ngày 28/10/2025 của Thành ủy"],
        )
    };
    let found = resolved(vec![plan, citing("Cần Thơ"), citing("Huế")]);
    assert_eq!(found[1][0].target.as_deref(), Some("plan"));
    assert_eq!(found[2][0].target, None);
}

proptest! {
    #[test]
    fn any_text_is_read_and_spans_are_exact(
        text in "((các |từ )?(Nghị quyết|NQ|QĐ|Kết luận|Quy dinh|Luật|Quyét dinh|Nghị quyết Đại hội|nghị quyết Trung ương 4 khóa)( số| s6|)[ \\n](1?2-?|7, 12)?(-NQ/TW|/2020/NĐ-CP|-\\nQB/TW|-NQTW|/2020| XI, XII| đến số 15-KL/TW| - 246-QĐ/TW|/59-NQ/T\\.Ư|[ -/0-9]{0,4})?[ ,;.]{0,2}(ngày 2/ 3/2024 |của |về |và |viết tắt là )?){0,5}|\\PC{0,60}"
    ) {
        for quality in [Quality::Clean, Quality::Ocr] {
            let document = document(quality, &[&text]);
            let mut last = 0;
            for citation in find(&document, &Reading::default()) {
                let raw = citation.span.slice(&document.text);
                prop_assert!(!raw.is_empty() && document.text.is_char_boundary(citation.start));
                prop_assert!(citation.span.start <= citation.start && citation.start < citation.span.end);
                prop_assert!(citation.start >= last);
                last = citation.start;
                if let Some(number) = &citation.number {
                    prop_assert!(document.text[citation.start..citation.span.end].starts_with(number.as_str()));
                }
                prop_assert!(citation.symbol.is_some() || citation.name.is_some() || citation.number.is_some());
            }
        }
    }
}

/// Resolves one document of this date and returns identity, source and number of candidates of each citation.
fn alone(date: (u16, u8, u8), passages: &[&str]) -> Vec<(Option<String>, Option<IdentitySource>, usize)> {
    let found = resolved(vec![dated("a", date, "Huế", passages)]).remove(0);
    let told = |citation: Citation| (citation.identity, citation.source, citation.candidates.len());
    found.into_iter().map(told).collect()
}

#[test]
fn the_register_tells_what_no_text_tells() {
    let register = |identity: &str| (Some(identity.to_owned()), Some(IdentitySource::Register), 0);
    let date = (2025, 6, 1);
    for (text, expected) in [
        // One row, or one of several that the term, the title or the passage tells.
        (
            "thực hiện Nghị quyết số 57-NQ/TW.",
            register("57-NQ/TW ngày 2024-12-22"),
        ),
        (
            "Nghị quyết số 18-NQ/TW (khóa XII) của Trung ương",
            register("18-NQ/TW ngày 2017-10-25"),
        ),
        (
            "Nghị quyết số 18-NQ/TW về đổi mới chính sách đất đai",
            register("18-NQ/TW ngày 2022-06-16"),
        ),
        (
            "Sắp xếp tổ chức bộ máy của hệ thống chính trị tinh gọn theo Nghị quyết 18-NQ/TW.",
            register("18-NQ/TW ngày 2017-10-25"),
        ),
        // Short forms and names.
        (
            "triển khai Nghị quyết 57 trên địa bàn",
            register("57-NQ/TW ngày 2024-12-22"),
        ),
        ("theo Hiến pháp năm 2013", register("Hiến pháp ngày 2013-11-28")),
        (
            "quy định của Luật Đất đai năm 2024",
            register("31/2024/QH15 ngày 2024-01-18"),
        ),
        // A year is completed to the day.
        (
            "Kết luận số 21-KL/TW năm 2021 về xây dựng, chỉnh đốn Đảng",
            register("21-KL/TW ngày 2021-10-25"),
        ),
    ] {
        assert_eq!(alone(date, &[text]), [expected], "{text}");
    }
}

#[test]
fn the_register_does_not_guess() {
    let open = |candidates: usize| (None, None, candidates);
    for (date, text, expected) in [
        // Two resolutions before the date of the paper, one before it, none.
        ((2025, 6, 1), "thực hiện Nghị quyết số 18-NQ/TW", open(2)),
        ((2003, 6, 1), "theo Nghị quyết số 57-NQ/TW", open(0)),
        ((2025, 6, 1), "quy định của Luật Đất đai", open(3)),
        // No row is of the term that is printed.
        ((2025, 6, 1), "Nghị quyết số 57-NQ/TW (khóa XII)", open(1)),
        // The resolution of another body.
        ((2025, 6, 1), "Nghị quyết 57 của Hội đồng nhân dân tỉnh", open(0)),
    ] {
        assert_eq!(alone(date, &[text]), [expected], "{text}");
    }
}

#[test]
fn texts_win_over_the_register() {
    let text = |identity: &str| (Some(identity.to_owned()), Some(IdentitySource::Text), 0);
    let found = alone(
        (2025, 6, 1),
        &[
            "Nghị quyết số 57-NQ/TW ngày 23/12/2024 của Bộ Chính trị.",
            "theo Nghị quyết số 57-NQ/TW",
        ],
    );
    assert_eq!(
        found,
        [text("57-NQ/TW ngày 2024-12-23"), text("57-NQ/TW ngày 2024-12-23")]
    );
    // What the register resolves at one place holds for the others of the document.
    let found = alone(
        (2025, 6, 1),
        &[
            "Nghị quyết số 18-NQ/TW về đổi mới chính sách đất đai.",
            "thực hiện Nghị quyết số 18-NQ/TW",
        ],
    );
    assert_eq!(found[0], found[1]);
}

#[test]
fn a_replaced_document_names_the_one_that_replaces_it() {
    let mut documents = vec![
        dated(
            "a",
            (2025, 5, 1),
            "Huế",
            &["Điều 3. Quyết định này thay thế Quyết định số 12-QĐ/TU ngày 03/4/2021 của Tỉnh ủy."],
        ),
        dated(
            "b",
            (2024, 5, 1),
            "Huế",
            &[
                "theo Quyết định số 12-QĐ/TU ngày 03/4/2021",
                "theo Quy định số 22-QĐ/TW ngày 28/7/2021",
            ],
        ),
        dated(
            "c",
            (2024, 5, 1),
            "Cà Mau",
            &["theo Quyết định số 12-QĐ/TU ngày 03/4/2021"],
        ),
    ];
    documents[0].0.metadata.number = Some("45-QĐ/TU".to_owned());
    documents[0].1 = find(&documents[0].0, &Reading::default());
    let found = resolved(documents);
    let replaced_by = |document: usize, index: usize| found[document][index].replaced_by.as_deref();
    let own = found[0].iter().position(|citation| citation.symbol.is_some()).unwrap();
    assert_eq!(replaced_by(0, own), Some("45-QĐ/TU ngày 2025-05-01"));
    assert_eq!(replaced_by(1, 0), Some("45-QĐ/TU ngày 2025-05-01"));
    assert_eq!(replaced_by(1, 1), Some("296-QĐ/TW ngày 2025-05-30"));
    assert_eq!(replaced_by(2, 0), None);
}
