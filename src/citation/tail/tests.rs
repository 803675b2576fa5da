//! Rows of text in, the parts of the tail out; and what must hold for any text.

use proptest::prelude::*;

use super::*;

/// Date, issuer and subject after a citation that ends where `text` begins.
fn tail(text: &str) -> (String, &str, &str) {
    let words = PassageWords::new(text, false);
    let tail = tail_at(&words, 0);
    let slice = |span: Option<Span>| span.map_or("", |span| span.slice(text));
    (
        tail.date.map_or(String::new(), |date| date.to_string()),
        slice(tail.issuer),
        slice(tail.subject),
    )
}

#[test]
fn dates_in_all_their_writings() {
    let rows = [
        ("ngày 22/ 12/2024", "2024-12-22"),
        (", ngày 09/5/2024 của", "2024-05-09"),
        ("ngày 25 tháng 10 năm 2017 của", "2017-10-25"),
        ("ngay 22.12.2024 vé", "2024-12-22"),
        ("(18/5/2021)", "2021-05-18"),
        ("năm 2011", "2011"),
        ("(4/1988) của Bộ Chính trị", "1988-04"),
        ("(11-2013)", "2013-11"),
        ("(13/2013)", ""),
        ("(4/1988 và sau đó)", ""),
        ("ngày22 tháng 7 năm 2010 của", "2010-07-22"),
        ("ngày 13/1 của", ""),
        ("ngày 31/02/2024", ""),
        ("và 15/6/2024", ""),
        ("15/6/2024", ""),
    ];
    for (text, date) in rows {
        assert_eq!(tail(text).0, date, "{text}");
    }
}

#[test]
fn issuers_and_subjects_end_where_they_end() {
    let rows = [
        (
            "ngày 16/6/2022 của Ban Chấp hành Trung ương về tăng cường xây dựng tổ chức cơ sở đảng; Kết luận",
            "Ban Chấp hành Trung ương",
            "về tăng cường xây dựng tổ chức cơ sở đảng",
        ),
        (
            "của Bộ Chính trị, Ban Bí thư về triển khai",
            "Bộ Chính trị, Ban Bí thư",
            "về triển khai",
        ),
        ("của Bộ Chính trị (khóa XII). Các", "Bộ Chính trị (khóa XII)", ""),
        (
            "của Ban Thường vụ Đảng ủy các cơ quan Đảng thành phố Cần Thơ, bao gồm 03 chi bộ",
            "Ban Thường vụ Đảng ủy các cơ quan Đảng thành phố Cần Thơ",
            "",
        ),
        (
            "của Ban Chấp hành Trung ương Đảng khóa XII “Một số vấn đề về tiếp tục đổi mới”.",
            "Ban Chấp hành Trung ương Đảng khóa XII",
            "“Một số vấn đề về tiếp tục đổi mới”",
        ),
        (
            "của Ban Bí thư và Hướng dẫn của Ban Thường vụ Thành ủy",
            "Ban Bí thư",
            "",
        ),
        ("của Tỉnh ủy Sơn La thực hiện Nghị quyết", "Tỉnh ủy Sơn La", ""),
        (
            "về bảo vệ nền tảng tư tưởng của Đảng, các Chuyên đề học tập",
            "",
            "về bảo vệ nền tảng tư tưởng của Đảng",
        ),
        (
            "về hội nhập quốc tế trong tình hình mới, Nghị quyết 66-NQ/TW",
            "",
            "về hội nhập quốc tế trong tình hình mới",
        ),
        (
            "về tiêu chuẩn và phân cấp quản lý cán bộ thì cấp dưới chưa đủ điều kiện",
            "",
            "về tiêu chuẩn và phân cấp quản lý cán bộ",
        ),
        (", góp phần vào công tác", "", ""),
        ("và quyết định", "", ""),
    ];
    for (text, issuer, subject) in rows {
        let found = tail(text);
        assert_eq!((found.1, found.2), (issuer, subject), "{text}");
    }
}

/// Checks the issuer of each row.
#[track_caller]
fn check_issuers(rows: &[(&str, &str)]) {
    for (text, issuer) in rows {
        assert_eq!(tail(text).1, *issuer, "{text}");
    }
}

#[test]
fn parts_come_in_any_order() {
    let rows = [
        (
            "của Bộ Chính trị ngày 03/11/2021 về miễn nhiệm, từ chức",
            ("2021-11-03", "Bộ Chính trị", "về miễn nhiệm, từ chức"),
        ),
        (
            "(khoá XIII) của Bộ Chính trị về phát triển vùng.",
            ("", "Bộ Chính trị", "về phát triển vùng"),
        ),
        (
            "(của Bộ Chính trị, ngày 07/10/2022) về văn hoá;",
            ("2022-10-07", "Bộ Chính trị", "về văn hoá"),
        ),
        (
            "do Ban Bí thư ban hành ngày 01/7/2022 về hợp tác xã",
            ("2022-07-01", "Ban Bí thư", "về hợp tác xã"),
        ),
        (
            ", được Quốc hội thông qua ngày 18 tháng 11 năm 2016,",
            ("2016-11-18", "Quốc hội", ""),
        ),
        (", ký ngày 05.3.2025 của Tỉnh ủy", ("2025-03-05", "Tỉnh ủy", "")),
        (
            "về phát triển vùng ngày 07/10/2022 của Bộ Chính trị",
            ("2022-10-07", "Bộ Chính trị", "về phát triển vùng"),
        ),
        (
            "“Một số vấn đề về văn hóa”, ngày 5/3/2020 của Thành ủy Huế",
            ("2020-03-05", "Thành ủy Huế", "“Một số vấn đề về văn hóa”"),
        ),
        ("(thay thế Quy định số 5) của Ban Bí thư", ("", "Ban Bí thư", "")),
        (
            "của Bộ Chính trị (khóa XII) “Về học tập” của",
            ("", "Bộ Chính trị (khóa XII)", "“Về học tập”"),
        ),
        (
            "của HĐND tỉnh Sơn La khóa XV, kỳ họp thứ 4 về phí.",
            ("", "HĐND tỉnh Sơn La khóa XV", "về phí"),
        ),
        (
            "Hội nghị Trung ương 4 khóa XIII về chỉnh đốn Đảng.",
            ("", "", "về chỉnh đốn Đảng"),
        ),
        (
            "về chuyển đổi số quốc gia của Bộ Chính trị.",
            ("", "Bộ Chính trị", "về chuyển đổi số quốc gia"),
        ),
        (
            "về Quy chế làm việc của Bộ Chính trị.",
            ("", "", "về Quy chế làm việc của Bộ Chính trị"),
        ),
        // What is done with the document is no part of it.
        ("có hiệu lực từ ngày 01/7/2025", ("", "", "")),
        ("do Tỉnh ủy chủ trì", ("", "", "")),
        (") ngày 5/3/2024", ("", "", "")),
        (", năm 2024 toàn tỉnh", ("", "", "")),
        (", ngày 5/3/2024 Tỉnh ủy đã tổ chức hội nghị", ("", "", "")),
        (
            "về công tác cán bộ, ngày 5/3/2024, Tỉnh ủy đã họp",
            ("", "", "về công tác cán bộ"),
        ),
    ];
    for (text, (date, issuer, subject)) in rows {
        let found = tail(text);
        assert_eq!((found.0.as_str(), found.1, found.2), (date, issuer, subject), "{text}");
    }
}

#[test]
fn short_years_and_iso_dates() {
    let rows = [
        ("ngày 10/02/22 của", "2022-02-10"),
        ("ngày 13/1/81", "1981-01-13"),
        ("ngày 2022-06-16", "2022-06-16"),
        ("(2022-06-16)", "2022-06-16"),
        ("tháng 6/2022 của", "2022-06"),
        ("ngày 5-7 tổ chức", ""),
        ("ngày 5/3-12 chi bộ", ""),
        ("ngày 17 tháng 8 đến 22", ""),
    ];
    for (text, date) in rows {
        assert_eq!(tail(text).0, date, "{text}");
    }
}

#[test]
fn a_place_has_its_name_in_capitals() {
    check_issuers(&[
        (
            "của Đảng uỷ phường Minh Xuân chậm được ban hành",
            "Đảng uỷ phường Minh Xuân",
        ),
        ("của Đảng uỷ xã Yên Phú bảo đảm tiến độ", "Đảng uỷ xã Yên Phú"),
        ("của Tỉnh uỷ Tuyên Quang chưa được quán triệt", "Tỉnh uỷ Tuyên Quang"),
        ("của UBND xã Yên Phú, huyện Ý Yên về", "UBND xã Yên Phú, huyện Ý Yên"),
        (
            "của HĐND tỉnh Bà Rịa - Vũng Tàu quy định",
            "HĐND tỉnh Bà Rịa - Vũng Tàu",
        ),
        ("của Đảng ủy phường 12 yêu cầu", "Đảng ủy phường 12"),
        ("của UBND TP. Hồ Chí Minh", "UBND TP. Hồ Chí Minh"),
        ("của Thành ủy đã", "Thành ủy"),
    ]);
}

#[test]
fn a_body_governs_what_its_row_says() {
    check_issuers(&[
        ("của Ban Tổ chức Trung ương hết hiệu lực", "Ban Tổ chức Trung ương"),
        ("của Bộ Giáo dục và Đào tạo hướng dẫn", "Bộ Giáo dục và Đào tạo"),
        (
            "của Bộ Lao động - Thương binh và Xã hội",
            "Bộ Lao động - Thương binh và Xã hội",
        ),
        ("của Bộ trưởng Bộ Y tế ban hành", "Bộ trưởng Bộ Y tế"),
        (
            "của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ về",
            "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ",
        ),
        ("của Sở Y tế Hà Nội đề nghị", "Sở Y tế Hà Nội"),
        ("của Sở Nội vụ xem xét, quyết định", "Sở Nội vụ"),
        ("của Đảng ủy khối các cơ quan tỉnh", "Đảng ủy khối các cơ quan tỉnh"),
        (
            "của Hội nghị lần thứ sáu Ban Chấp hành Trung ương khóa XII về",
            "Ban Chấp hành Trung ương khóa XII",
        ),
        ("của Chính phủ - Thông tư số 07", "Chính phủ"),
        (
            "của Ban Chấp hành Đảng bộ tỉnh (khóa XX, nhiệm kỳ 2020 - 2025) về",
            "Ban Chấp hành Đảng bộ tỉnh (khóa XX, nhiệm kỳ 2020 - 2025)",
        ),
        (
            "của Ban Chỉ đạo Trung ương về phòng, chống tham nhũng, tiêu cực về việc",
            "Ban Chỉ đạo Trung ương về phòng, chống tham nhũng, tiêu cực",
        ),
        ("của ĐHQGHN về", "ĐHQGHN"),
        // No bodies: a unit without a field, a person, an article.
        ("của Bộ đã", ""),
        ("của Bí thư Nguyễn Văn A", ""),
        ("của Điều 5", ""),
    ]);
}

#[test]
fn bodies_of_one_level_issue_together() {
    check_issuers(&[
        ("của Bộ Chính trị, Ban Bí thư về", "Bộ Chính trị, Ban Bí thư"),
        ("của Bộ Chính trị, Chính phủ đã ban hành", "Bộ Chính trị"),
        ("của Bộ Chính trị, Tỉnh ủy đã ban hành", "Bộ Chính trị"),
        ("của Bộ Tài chính - Bộ Y tế quy định", "Bộ Tài chính - Bộ Y tế"),
        ("của Bộ Tài chính và Bộ Y tế.", "Bộ Tài chính và Bộ Y tế"),
        ("của Tỉnh ủy và các cấp ủy", "Tỉnh ủy"),
    ]);
}

#[test]
fn subjects_end_before_a_new_clause() {
    let rows = [
        (
            "về khoa học, công nghệ (sau đây gọi tắt là Nghị quyết 57)",
            "về khoa học, công nghệ",
        ),
        (
            "về đại hội đảng bộ các cấp, Ban Thường vụ Tỉnh ủy đã ban hành",
            "về đại hội đảng bộ các cấp",
        ),
        (
            "về tinh gọn bộ máy, Bộ Chính trị, Ban Bí thư yêu cầu",
            "về tinh gọn bộ máy",
        ),
        (
            "về phối hợp giữa Công an, Viện kiểm sát nhân dân, Tòa án nhân dân trong điều tra",
            "về phối hợp giữa Công an, Viện kiểm sát nhân dân, Tòa án nhân dân trong điều tra",
        ),
        ("về kinh tế tư nhân do Bộ Chính trị ban hành.", "về kinh tế tư nhân"),
        ("về tinh giản biên chế đã được triển khai", "về tinh giản biên chế"),
        (
            "về lấy ý kiến nhân dân vào dự thảo văn kiện",
            "về lấy ý kiến nhân dân vào dự thảo văn kiện",
        ),
        ("về phục hồi, phục vụ sản xuất", "về phục hồi"),
        (
            "phê duyệt Đề án phát triển đảo đến năm 2030.",
            "phê duyệt Đề án phát triển đảo đến năm 2030",
        ),
        ("quy định tại Điều 5", ""),
        (
            "về đổi mới phương thức lãnh đạo, Nay ban hành Quy định này",
            "về đổi mới phương thức lãnh đạo",
        ),
        (
            "về dân chủ ở cơ sở, xác định đây là việc cấp bách",
            "về dân chủ ở cơ sở",
        ),
        (
            "của Ban Bí thư một số vấn đề cụ thể thi hành Điều lệ Đảng.",
            "một số vấn đề cụ thể thi hành Điều lệ Đảng",
        ),
        ("một số nội dung chưa rõ", ""),
        (
            "của Ban Bí thư, một số vấn đề cụ thể thi hành Điều lệ Đảng.",
            "một số vấn đề cụ thể thi hành Điều lệ Đảng",
        ),
        ("của Ban Bí thư việc thí điểm giao quyền.", "việc thí điểm giao quyền"),
        (
            "của Ban Bí thư thực hiện một số nội dung Quy định số 6-QĐ/TW.",
            "thực hiện một số nội dung Quy định số 6-QĐ/TW",
        ),
        ("của Tỉnh ủy thực hiện nghiêm túc", ""),
        (
            "về thi hành Điều lệ Đảng quy định điều kiện kết nạp",
            "về thi hành Điều lệ Đảng",
        ),
        (
            "về thi hành Điều lệ Đảng, quy định việc lập chi bộ",
            "về thi hành Điều lệ Đảng",
        ),
        ("ngày 30/7/2021 thi hành Điều lệ Đảng;", "thi hành Điều lệ Đảng"),
        ("thi hành từ ngày 01/7/2021", ""),
        ("về điều tra, xác định thiệt hại;", "về điều tra, xác định thiệt hại"),
        ("về lập, quy định giá đất;", "về lập, quy định giá đất"),
        ("về kỷ luật tổ chức đảng, như sau:", "về kỷ luật tổ chức đảng"),
        ("về công tác đảng viên và mục II của", "về công tác đảng viên"),
        (") Hướng dẫn số 02-HD/BTCTU", ""),
        ("của Tỉnh ủy, một số nội dung chưa đạt", ""),
        (
            "của Hội nghị Trung ương 7 khóa X “về nông thôn”, đến nay",
            "“về nông thôn”",
        ),
        ("về phân cấp quản lý\" date: 2026", "về phân cấp quản lý"),
        ("\" source: \"sổ công văn", ""),
        ("\"Về phân cấp\" của", "\"Về phân cấp\""),
        (
            "về việc lập \"Quỹ nhà ở\" cho công nhân",
            "về việc lập \"Quỹ nhà ở\" cho công nhân",
        ),
        ("quy định: “5. Việc miễn”", ""),
        (
            "về việc ban hành “Tiêu chuẩn sức khỏe” cho người lao động (sau đây gọi là Quyết định)",
            "về việc ban hành “Tiêu chuẩn sức khỏe” cho người lao động",
        ),
    ];
    for (text, subject) in rows {
        assert_eq!(tail(text).2, subject, "{text}");
    }
}

proptest! {
    #[test]
    fn any_tail_is_read(
        text in "((của|do|được|ngày|về|và|,|\\(|\\)|“|”|-|\\.|ban hành|khóa XII|nhiệm kỳ 2020 - 2025|Bộ|Bộ Chính trị|Ban Chỉ đạo|Tỉnh ủy|xã|Yên Phú|Hội nghị lần thứ|đã|5/3/2024|2024)[ ,]?){0,40}|\\PC{0,60}"
    ) {
        for damaged in [false, true] {
            let words = PassageWords::new(&text, damaged);
            for at in 0..words.len() {
                let tail = tail_at(&words, at);
                prop_assert!(at <= tail.end && tail.end <= words.len());
                for span in [tail.issuer, tail.subject].into_iter().flatten() {
                    prop_assert!(!span.slice(&text).is_empty());
                }
                let front = front_before(&words, at, 0);
                prop_assert!(front.is_none_or(|front| front.issuer.end <= words.span(at).start));
            }
        }
    }
}
