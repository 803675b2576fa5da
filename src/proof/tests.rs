//! Tests of single rules, in small texts.

use std::convert::Infallible;

use proptest::prelude::*;

use super::*;
use crate::reading::Model;
use crate::record::read_text;
use crate::register::Register;

/// A head that dates a draft to 20/11/2025.
const HEAD: &str = "TỈNH ỦY CÀ MAU\n*\nSố 12-BC/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nCà Mau, ngày 20 tháng 11 năm 2025\n\n\
                    BÁO CÁO\nkết quả công tác năm 2025\n\nI- KẾT QUẢ\n\n";

/// The proof of a text without a head.
fn proof_of(text: &str) -> Proof {
    let draft = read_text(text.to_owned(), || Ok::<_, Infallible>(Model::shipped())).unwrap();
    proofread(&draft, &Resolver::new(Register::shipped()))
}

/// The findings in a draft of 20/11/2025 with this text, as `kind printed`, without those that are no mistakes.
fn findings(text: &str) -> Vec<String> {
    let proof = proof_of(&format!("{HEAD}{text}\n\nII- NHIỆM VỤ\n\nTiếp tục thực hiện.\n"));
    let lines = proof.citations.iter().flat_map(|line| &line.findings);
    let wrong = lines.filter(|finding| !matches!(finding.finding, Kind::Unknown | Kind::Ambiguous | Kind::Amended));
    let mut found: Vec<String> = wrong
        .chain(&proof.notes)
        .map(|finding| format!("{} {}", finding.finding.name(), finding.printed))
        .collect();
    found.dedup();
    found
}

/// No findings.
const NONE: [&str; 0] = [];

#[test]
fn what_the_register_has_agrees() {
    for text in [
        "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ.",
        "Thực hiện Nghị quyết số 57–NQ/TƯ, ngày 22 tháng 12 năm 2024 của Bộ Chính trị khóa XIII.",
        "Thực hiện các Nghị quyết số 57, 59, 66-NQ/TW của Bộ Chính trị.",
        "Theo Quy định 08-QĐ/TW ngày 25/10/2018 của Ban Chấp hành Trung ương về trách nhiệm nêu gương.",
        "Theo Nghị quyết số 17-NQ/TW ngày 18/3/2002 và Nghị quyết số 17-NQ/TW ngày 01/8/2007 của Trung ương.",
        "Thực hiện Nghị quyết số 18-NQ/TW ngày 25/10/2017, Kết luận số 62-KL/TW ngày 02/10/2023 của Bộ Chính trị.",
    ] {
        assert_eq!(findings(text), NONE, "{text}");
    }
}

#[test]
fn a_wrong_date_is_told_where_the_series_or_the_title_proves_it() {
    for (text, found) in [
        (
            "Thực hiện Nghị quyết số 57-NQ/TW ngày 24/12/2024 của Bộ Chính trị.",
            vec!["date 24/12/2024"],
        ),
        (
            "Thực hiện Nghị quyết số 57-NQ/TW, ngày 22 tháng 11 năm 2024 của Bộ Chính trị.",
            vec!["date 22 tháng 11 năm 2024"],
        ),
        // No row of that term has the number: nobody knows.
        ("Theo Nghị quyết số 57-NQ/TW ngày 05/6/2014 của Bộ Chính trị.", vec![]),
        // Regulations with QĐi have numbers of their own.
        ("Theo Quyết định số 08-QĐ/TW ngày 12/5/2016 của Bộ Chính trị.", vec![]),
        (
            "Theo Nghị định số 30/2020/NĐ-CP ngày 03/5/2020 của Chính phủ.",
            vec!["date 03/5/2020"],
        ),
    ] {
        assert_eq!(findings(text), found, "{text}");
    }
}

#[test]
fn a_wrong_number_names_the_document_of_the_date_and_subject() {
    let text = "Thực hiện Nghị quyết số 58-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công \
                nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia.";
    let proof = proof_of(text);
    let expected: Vec<&str> = proof.citations[0]
        .findings
        .iter()
        .flat_map(|finding| &finding.expected)
        .map(|expected| expected.value.as_str())
        .collect();
    assert!(expected.contains(&"57-NQ/TW ngày 2024-12-22"), "{expected:?}");
}

#[test]
fn issuer_and_type_word_are_compared() {
    for (text, found) in [
        (
            "Theo Chỉ thị số 28-CT/TW ngày 21/01/2019 của Bộ Chính trị.",
            vec!["issuer Bộ Chính trị"],
        ),
        (
            "Theo Chỉ thị số 28-CT/TW ngày 21/01/2019 của Ban Bí thư Trung ương Đảng.",
            vec![],
        ),
        (
            "Theo Nghị quyết số 21-KL/TW ngày 25/10/2021 của Trung ương.",
            vec!["kind Nghị quyết"],
        ),
        (
            "Theo các kết luận, nghị quyết số 21-KL/TW, 29-NQ/TW của Trung ương.",
            vec![],
        ),
        ("Theo Thông báo ý kiến kết luận số 20-TB/TW của Bộ Chính trị.", vec![]),
        ("Theo Chương trình hành động số 15-CT/TU của Tỉnh ủy.", vec![]),
    ] {
        assert_eq!(findings(text), found, "{text}");
    }
}

#[test]
fn a_subject_of_another_document_is_told() {
    let wrong = "Theo Nghị quyết số 45-NQ/TW ngày 24/11/2023 của Ban Chấp hành Trung ương về Chiến lược bảo vệ Tổ quốc \
                 trong tình hình mới.";
    assert_eq!(findings(wrong).len(), 1);
    assert!(findings(wrong)[0].starts_with("subject về Chiến lược bảo vệ Tổ quốc"));
    for right in [
        "Theo Nghị quyết số 45-NQ/TW ngày 24/11/2023 của Ban Chấp hành Trung ương về đội ngũ trí thức.",
        "Theo Nghị quyết số 45-NQ/TW ngày 24/11/2023 của Ban Chấp hành Trung ương về công tác vận động các tầng lớp.",
    ] {
        assert_eq!(findings(right), NONE, "{right}");
    }
}

#[test]
fn a_replaced_document_is_told_unless_it_is_history() {
    let replaced = "Văn bản soạn thảo theo Quy định số 24-QĐ/TW ngày 30/7/2021 của Ban Chấp hành Trung ương.";
    assert_eq!(findings(replaced), ["replaced Quy định số 24-QĐ/TW"]);
    for text in [
        "Tổng kết việc thi hành Quy định số 24-QĐ/TW ngày 30/7/2021 của Ban Chấp hành Trung ương.",
        "Theo Luật Việc làm, Luật Nhà ở của Quốc hội.",
        "Trước đây theo Quy định số 24-QĐ/TW ngày 30/7/2021 của Ban Chấp hành Trung ương.",
        "Theo Quy định số 232-QĐ/TW ngày 20/01/2025, thay thế Quy định số 24-QĐ/TW ngày 30/7/2021 của Trung ương.",
    ] {
        assert_eq!(findings(text), NONE, "{text}");
    }
}

#[test]
fn symbols_are_held_against_the_rules() {
    for (text, found) in [
        (
            "Theo Nghị quyết số 57/NQ-TW của Bộ Chính trị.",
            vec!["malformed 57/NQ-TW"],
        ),
        (
            "Theo Nghị quyết số 57-NQTW của Bộ Chính trị.",
            vec!["malformed 57-NQTW"],
        ),
        (
            "Theo Nghị quyết số 57-NQ.TW của Bộ Chính trị.",
            vec!["malformed 57-NQ.TW"],
        ),
        (
            "Theo Nghị quyết số NQ-TW/57 của Bộ Chính trị.",
            vec!["malformed NQ-TW/57"],
        ),
        (
            "Theo Nghị quyết số 57-NQ/TƯW của Bộ Chính trị.",
            vec!["malformed 57-NQ/TƯW"],
        ),
        (
            "Theo Nghị định số 30/2020/ND-CP của Chính phủ.",
            vec!["malformed 30/2020/ND-CP"],
        ),
        (
            "Theo Nghị quyết số 193/QH15/2025 của Quốc hội.",
            vec!["malformed 193/QH15/2025"],
        ),
        (
            "Theo Hướng dẫn số 42-HD/BCTTW của Trung ương.",
            vec!["malformed 42-HD/BCTTW"],
        ),
        ("Theo Nghị quyết số 57 - NQ/ TW của Bộ Chính trị.", vec![]),
        ("Theo Nghị quyết số 57–NQ/T.Ư của Bộ Chính trị.", vec![]),
        ("THỰC HIỆN CHƯƠNG TRÌNH SỐ 15-CTR/TU CỦA TỈNH ỦY.", vec![]),
        ("Theo Nghị quyết số 19-2017/NQ-CP của Chính phủ.", vec![]),
        ("Theo Công văn số 4966/BQP-CT của Bộ Quốc phòng.", vec![]),
        ("Theo Công văn số 710/CP-CN của Chính phủ.", vec![]),
        ("Theo Nghị quyết số 22/NQ-TW ngày 27/11/1989 của Bộ Chính trị.", vec![]),
        ("Theo Quyết định số 1613/BYT-QĐ của Bộ Y tế.", vec![]),
    ] {
        assert_eq!(findings(text), found, "{text}");
    }
}

#[test]
fn one_document_has_one_name() {
    for (text, found) in [
        (
            "Theo Kế hoạch số 18-KH/TU ngày 22/3/2021 của Tỉnh ủy. Sơ kết Kế hoạch số 18-KH/TU ngày 25/3/2021 \
             của Tỉnh ủy.",
            vec!["two-names 22/3/2021", "two-names 25/3/2021"],
        ),
        (
            "Theo Kế hoạch số 203-KH/TU ngày 10/5/2024 của Tỉnh ủy về công tác phụ nữ giai đoạn tới. Sơ kết Kế \
             hoạch số \
             208-KH/TU ngày 10/5/2024 của Tỉnh ủy về công tác phụ nữ giai đoạn tới.",
            vec!["two-names 203-KH/TU", "two-names 208-KH/TU"],
        ),
        (
            "Theo Kế hoạch số 18-KH/TU ngày 22/3/2016 của Tỉnh ủy và Kế hoạch số 18-KH/TU ngày 25/3/2021 của Tỉnh ủy.",
            vec![],
        ),
        (
            "Theo Quyết định số 18/QĐ-UBND ngày 22/3/2021 của Ủy ban nhân dân xã Tân Ân và Quyết định số \
             18/QĐ-UBND ngày \
             25/4/2021 của Ủy ban nhân dân xã Đất Mũi.",
            vec![],
        ),
        // Neighbors of one day are often on one matter.
        (
            "Theo Kế hoạch số 203-KH/TU ngày 10/5/2024 của Tỉnh ủy về công tác phụ nữ giai đoạn tới và Kế hoạch số \
             204-KH/TU ngày 10/5/2024 của Tỉnh ủy về công tác phụ nữ giai đoạn tới.",
            vec![],
        ),
        // What most mentions say is right.
        (
            "Theo Kế hoạch số 18-KH/TU ngày 22/3/2021 của Tỉnh ủy. Sơ kết Kế hoạch số 18-KH/TU ngày 25/3/2021 \
             của Tỉnh ủy. \
             Hết hạn của Kế hoạch số 18-KH/TU ngày 22/3/2021 của Tỉnh ủy.",
            vec!["two-names 25/3/2021"],
        ),
        (
            "Theo Quyết định số 65/QĐ-BTP, 66/QĐ-BTP ngày 13/7/2020 của Bộ Tư pháp về công bố thủ tục hành chính.",
            vec![],
        ),
    ] {
        assert_eq!(findings(text), found, "{text}");
    }
}

#[test]
fn what_is_later_than_the_draft_is_told() {
    for (text, found) in [
        (
            "Theo Kế hoạch số 18-KH/TU ngày 22/12/2025 của Tỉnh ủy.",
            vec!["future 22/12/2025"],
        ),
        (
            "Theo Nghị quyết số 79-NQ/TW ngày 06/01/2026 của Bộ Chính trị.",
            vec!["future 06/01/2026"],
        ),
        (
            "Theo Luật số 12/2026/QH16 của Quốc hội.",
            vec!["future Luật số 12/2026/QH16"],
        ),
        ("Theo Kế hoạch số 18-KH/TU ngày 20/11/2025 của Tỉnh ủy.", vec![]),
    ] {
        assert_eq!(findings(text), found, "{text}");
    }
}

#[test]
fn notes_run_on() {
    let draft = |call: &str, notes: [&str; 3]| {
        let [one, two, three] = notes;
        format!(
            "Các cấp ủy học tập nghị quyết1. Kết nạp đảng viên đạt kế hoạch{call}. Kiểm tra đúng quy trình3.\n\n\
             II- NHIỆM VỤ\n\nTiếp tục đổi mới.\n\n{one} Tổ chức 12 hội nghị.\n{two} Có 40 đảng viên.\n{three} \
              Gồm 8 cuộc."
        )
    };
    assert_eq!(findings(&draft("2", ["1", "2", "3"])), NONE);
    assert_eq!(findings(&draft("2", ["1", "3", "3"])), ["notes 3"]);
    assert_eq!(findings(&draft("2", ["1", "2", "4"])), ["notes 4"]);
    // A number that neither a mark nor a note has.
    let skips =
        "Đã họp [1]. Đã bàn [2]. Đã làm [4].\n\nII- NHIỆM VỤ\n\nTiếp tục.\n\n[1] Ngày 5.\n[2] Có 9 ý.\n[4] Gồm 8 cuộc.";
    assert_eq!(findings(skips), ["notes [4]"]);
}

#[test]
fn verdicts_are_those_of_the_worst_findings() {
    let proof = proof_of(
        "Theo Nghị quyết số 57/NQ-TW ngày 24/12/2024 của Bộ Chính trị. Theo Kế hoạch số 4-KH/TU của Tỉnh ủy. Theo Nghị \
         quyết số 18-NQ/TW. Theo Nghị quyết số 59-NQ/TW ngày 24/01/2025.",
    );
    let verdicts: Vec<Verdict> = proof.citations.iter().map(|line| line.verdict).collect();
    let expected = [Verdict::Differs, Verdict::Unknown, Verdict::Ambiguous, Verdict::Agrees];
    assert_eq!(verdicts, expected);
    assert!(proof.summary.failed);
    assert_eq!(proof.summary.verdicts.values().sum::<usize>(), proof.summary.citations);
    assert!(!proof_of("Theo Nghị quyết số 18-NQ/TW.").summary.failed);
    assert_eq!(proof_of("").summary.citations, 0);
}

#[test]
fn the_corpus_dates_local_documents() {
    let read = |text: &str| read_text(text.to_owned(), || Ok::<_, Infallible>(Model::shipped())).unwrap();
    let held = read(
        "TỈNH ỦY CÀ MAU\n*\nSố 18-KH/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nCà Mau, ngày 22 tháng 3 năm 2021\n\n\
                     KẾ HOẠCH\nhọc tập nghị quyết\n\nI- MỤC ĐÍCH\n\nHọc tập tốt.\n",
    );
    let mut held = held;
    held.document.id = "ke-hoach-18".to_owned();
    let mut resolver = Resolver::new(Register::shipped());
    resolver.observe(&held.document, &held.citations);
    let text = |date: &str| {
        format!("{HEAD}Sơ kết Kế hoạch số 18-KH/TU ngày {date} của Tỉnh ủy.\n\nII- NHIỆM VỤ\n\nTiếp tục.\n")
    };
    let wrong = proofread(&read(&text("25/3/2021")), &resolver);
    let finding = &wrong.citations[0].findings[0];
    assert_eq!((finding.finding, finding.printed.as_str()), (Kind::Date, "25/3/2021"));
    assert_eq!(finding.expected[0].document.as_deref(), Some("ke-hoach-18"));
    for right in ["22/3/2021", "10/4/2016"] {
        let verdict = proofread(&read(&text(right)), &resolver).citations[0].verdict;
        assert!(!verdict.fails(), "{right} {verdict:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_has_a_proof(
        parts in proptest::collection::vec(
            "(Nghị quyết số |Luật |Kết luận |số )?[0-9]{1,4}[-/. ]{0,2}(NQ|KL|QĐ|TW|QH15|2024|ND)?\
             [-/. ]?(TW|TƯ|CP|TU|ƯW)?[0-9]{0,2}\
             |, ngày [0-9]{1,2}/[0-9]{1,2}/20[12][0-9] của (Bộ Chính trị|Ban Bí thư)\
             |\n[0-9(\\[¹²]{1,3}[)\\].]? ?[A-ZĐ]\\w{0,5}\
             |\\PC{0,12}|\n\n",
            0..24,
        ),
    ) {
        let proof = proof_of(&parts.concat());
        for line in &proof.citations {
            for finding in &line.findings {
                prop_assert!(finding.span[0] <= finding.span[1]);
                prop_assert!(finding.lines[0] <= finding.lines[1]);
            }
        }
    }
}
