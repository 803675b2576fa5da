//! Letterheads in all layouts, with what must be read of them; the places below provinces are invented.

use proptest::prelude::*;

use crate::document::{self, Metadata};
use crate::reading::Reading;

/// A letterhead and the metadata that it gives.
struct Row {
    /// Letterhead and title.
    text: &'static str,
    /// Type, number, issuer, superior, date, place and province.
    facts: [Option<&'static str>; 7],
}

/// Returns a row of the table.
const fn row(text: &'static str, facts: [Option<&'static str>; 7]) -> Row {
    Row { text, facts }
}

/// Letterheads of the Party, the state, mass organizations and schools of 1978 to 2026, as they are in texts of PDF,
/// Word and Markdown.
const ROWS: &[Row] = &[
    row(
        "ĐẢNG BỘ TỈNH CÀ MAU        ĐẢNG CỘNG SẢN VIỆT NAM\n\
         ĐẢNG ỦY XÃ VÀM SÁO\n\
         *\n\
         Số 12-BC/ĐU        Vàm Sáo, ngày 03 tháng 4 năm 2026\n\
         \n\
         BÁO CÁO\n\
         kết quả công tác quý I năm 2026",
        [
            Some("báo cáo"),
            Some("12-BC/ĐU"),
            Some("Đảng ủy xã Vàm Sáo"),
            Some("Đảng bộ tỉnh Cà Mau"),
            Some("2026-04-03"),
            Some("Vàm Sáo"),
            Some("Cà Mau"),
        ],
    ),
    row(
        "TỈNH ỦY SƠN LA\tĐẢNG CỘNG SẢN VIỆT NAM\n\
         VĂN PHÒNG\tSơn La, ngày 5 tháng 6 năm 2019\n\
         *\n\
         Số 44-TB/VPTU\n\
         \n\
         THÔNG BÁO\n\
         lịch tiếp công dân",
        [
            Some("thông báo"),
            Some("44-TB/VPTU"),
            Some("Văn phòng"),
            Some("Tỉnh ủy Sơn La"),
            Some("2019-06-05"),
            Some("Sơn La"),
            Some("Sơn La"),
        ],
    ),
    row(
        "ĐẢNG BỘ TỈNH LONG AN      ĐẢNG CỘNG SẢN VIỆT NAM\n\
         HUYỆN ỦY TÂM LỘC\n\
         \x20       *                    Tâm Lộc, ngày 17 tháng 8 năm 2015\n\
         Số 203-NQ/HU\n\
         \n\
         NGHỊ QUYẾT\n\
         của Ban Chấp hành Đảng bộ huyện",
        [
            Some("nghị quyết"),
            Some("203-NQ/HU"),
            Some("Huyện ủy Tâm Lộc"),
            Some("Đảng bộ tỉnh Long An"),
            Some("2015-08-17"),
            Some("Tâm Lộc"),
            Some("Tây Ninh"),
        ],
    ),
    row(
        "HUYỆN UỶ MƯỜNG SÓC\n\
         BAN TUYÊN GIÁO\n\
         *\n\
         Số 31-HD/BTGHU\n\
         \n\
         ĐẢNG CỘNG SẢN VIỆT NAM\n\
         Mường Sóc, ngày 22 tháng 10 năm 2018\n\
         \n\
         HƯỚNG DẪN\n\
         tuyên truyền ngày hội đại đoàn kết",
        [
            Some("hướng dẫn"),
            Some("31-HD/BTGHU"),
            Some("Ban Tuyên giáo"),
            Some("Huyện ủy Mường Sóc"),
            Some("2018-10-22"),
            Some("Mường Sóc"),
            None,
        ],
    ),
    row(
        "ĐẢNG CỘNG SẢN VIỆT NAM\n\
         Điện Biên, ngày 9 tháng 2 năm 2011\n\
         \n\
         TỈNH ỦY ĐIỆN BIÊN\n\
         *\n\
         Số 7-CT/TU\n\
         \n\
         CHỈ THỊ\n\
         về phòng, chống cháy rừng",
        [
            Some("chỉ thị"),
            Some("7-CT/TU"),
            Some("Tỉnh ủy Điện Biên"),
            None,
            Some("2011-02-09"),
            Some("Điện Biên"),
            Some("Điện Biên"),
        ],
    ),
    row(
        "ĐẢNG CỘNG SẢN VIỆT NAM\n\
         \n\
         BAN CHẤP HÀNH TRUNG ƯƠNG\n\
         \n\
         Số: 19-QĐ/TW\n\
         \n\
         Hà Nội, ngày 3 tháng 1 năm 2002\n\
         \n\
         QUY ĐỊNH\n\
         về việc nêu gương",
        [
            Some("quy định"),
            Some("19-QĐ/TW"),
            Some("Ban Chấp hành Trung ương"),
            None,
            Some("2002-01-03"),
            Some("Hà Nội"),
            None,
        ],
    ),
    row(
        "BỘ CHÍNH TRỊ\n\
         *\n\
         Số 61-KL/TW        ĐẢNG CỘNG SẢN VIỆT NAM\n\
         \x20                 Hà Nội, ngày 04 tháng 8 năm 2023\n\
         \n\
         KẾT LUẬN\n\
         của Bộ Chính trị về công tác thanh niên",
        [
            Some("kết luận"),
            Some("61-KL/TW"),
            Some("Bộ Chính trị"),
            None,
            Some("2023-08-04"),
            Some("Hà Nội"),
            None,
        ],
    ),
    row(
        "| **ĐẢNG BỘ TỈNH AN GIANG**<br>**ĐẢNG ỦY PHƯỜNG BÌNH SA**<br>\\*<br>Số 5-KH/ĐU | **ĐẢNG CỘNG SẢN VIỆT NAM**<br>*Bình Sa, ngày 11 tháng 9 năm 2025* |\n\
         |---|---|\n\
         \n\
         # KẾ HOẠCH\n\
         \n\
         **phát triển đảng viên năm 2026**",
        [
            Some("kế hoạch"),
            Some("5-KH/ĐU"),
            Some("Đảng ủy phường Bình Sa"),
            Some("Đảng bộ tỉnh An Giang"),
            Some("2025-09-11"),
            Some("Bình Sa"),
            Some("An Giang"),
        ],
    ),
    row(
        "|  |  |\n\
         | :---: | :---: |\n\
         | THÀNH ỦY CẦN THƠ | **ĐẢNG CỘNG SẢN VIỆT NAM** |\n\
         | **BAN DÂN VẬN** | |\n\
         | Số 90-BC/BDVTU | *Cần Thơ, ngày 30 tháng 11 năm 2021* |\n\
         \n\
         **BÁO CÁO**\n\
         \n\
         kết quả phong trào dân vận khéo",
        [
            Some("báo cáo"),
            Some("90-BC/BDVTU"),
            Some("Ban Dân vận"),
            Some("Thành ủy Cần Thơ"),
            Some("2021-11-30"),
            Some("Cần Thơ"),
            Some("Cần Thơ"),
        ],
    ),
    row(
        "| ỦY BAN NHÂN DÂN XÃ ĐỒNG TRÀM ------- Số: 77/TB-UBND | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc --------- *Đồng Tràm, ngày 2 tháng 12 năm 2022* |\n\
         |---|---|\n\
         \n\
         ## THÔNG BÁO\n\
         \n\
         **Về việc tiếp nhận hồ sơ trực tuyến**",
        [
            Some("thông báo"),
            Some("77/TB-UBND"),
            Some("Ủy ban nhân dân xã Đồng Tràm"),
            None,
            Some("2022-12-02"),
            Some("Đồng Tràm"),
            None,
        ],
    ),
    row(
        "| **CHÍNH PHỦ** \\_\\_\\_\\_\\_ Số: 81/2024/NĐ-CP | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM** **Độc lập – Tự do – Hạnh phúc** \\_\\_\\_\\_\\_ *Hà Nội, ngày 19 tháng 7 năm 2024* |\n\
         | --- | --- |\n\
         \n\
         **NGHỊ ĐỊNH**\n\
         \n\
         **Quy định về lưu trữ điện tử**",
        [
            Some("nghị định"),
            Some("81/2024/NĐ-CP"),
            Some("Chính phủ"),
            None,
            Some("2024-07-19"),
            Some("Hà Nội"),
            None,
        ],
    ),
    row(
        "<table><tr><td>SỞ Y TẾ TỈNH LẠNG SƠN<br/><b>Số: 410/SYT-NVY</b><br/>V/v giám sát dịch</td><td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br/>Độc lập - Tự do - Hạnh phúc<br/><i>Lạng Sơn, ngày 14 tháng 5 năm 2020</i></td></tr></table>\n\
         \n\
         Kính gửi: Trung tâm Y tế các huyện.",
        [
            Some("công văn"),
            Some("410/SYT-NVY"),
            Some("Sở Y tế tỉnh Lạng Sơn"),
            None,
            Some("2020-05-14"),
            Some("Lạng Sơn"),
            Some("Lạng Sơn"),
        ],
    ),
    row(
        "+----------------------+------------------------------------+\n\
         | QUỐC HỘI             | CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n\
         | ********             | Độc lập - Tự do - Hạnh phúc        |\n\
         +----------------------+------------------------------------+\n\
         | Luật số: 12/2009/QH12 | Hà Nội, ngày 20 tháng 6 năm 2009  |\n\
         +----------------------+------------------------------------+\n\
         \n\
         LUẬT\n\
         \n\
         CHÍNH QUYỀN ĐIỆN TỬ",
        [
            Some("luật"),
            Some("12/2009/QH12"),
            Some("Quốc hội"),
            None,
            Some("2009-06-20"),
            Some("Hà Nội"),
            None,
        ],
    ),
    row(
        "TỈNH ỦY LAI CHÂU ĐẢNG CỘNG SẢN VIỆT NAM\n\
         * Lai Châu, ngày 6 tháng 7 năm 2017\n\
         Số 33-CTr/TU\n\
         \n\
         CHƯƠNG TRÌNH\n\
         hành động về giảm nghèo",
        [
            Some("chương trình"),
            Some("33-CTr/TU"),
            Some("Tỉnh ủy Lai Châu"),
            None,
            Some("2017-07-06"),
            Some("Lai Châu"),
            Some("Lai Châu"),
        ],
    ),
    row(
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         THÀNH PHỐ HẢI PHÒNG Độc lập - Tự do - Hạnh phúc\n\
         Số: 2210/QĐ-UBND Hải Phòng, ngày 8 tháng 8 năm 2018\n\
         \n\
         QUYẾT ĐỊNH\n\
         Về việc công nhận làng nghề",
        [
            Some("quyết định"),
            Some("2210/QĐ-UBND"),
            Some("Ủy ban nhân dân thành phố Hải Phòng"),
            None,
            Some("2018-08-08"),
            Some("Hải Phòng"),
            Some("Hải Phòng"),
        ],
    ),
    row(
        "# VĂN PHÒNG UBND TỈNH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         \n\
         # PHÒNG TỔNG HỢP Độc lập - Tự do - Hạnh phúc\n\
         \n\
         ## *Bắc Ninh, ngày 4 tháng 3 năm 2025*\n\
         \n\
         ### TỜ TRÌNH\n\
         \n\
         về việc mua sắm thiết bị",
        [
            Some("tờ trình"),
            None,
            Some("Phòng Tổng hợp"),
            Some("Văn phòng UBND tỉnh"),
            Some("2025-03-04"),
            Some("Bắc Ninh"),
            Some("Bắc Ninh"),
        ],
    ),
    row(
        "HỘI ĐỒNG NHÂN DÂN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         XÃ THẠCH LÂM             Độc lập - Tự do - Hạnh phúc\n\
         Số: 9/NQ-HĐND            Thạch Lâm, ngày 15 tháng 7 năm 2022\n\
         \n\
         NGHỊ QUYẾT\n\
         Về dự toán ngân sách năm 2023\n\
         \n\
         HỘI ĐỒNG NHÂN DÂN XÃ THẠCH LÂM\n\
         KHÓA XX, KỲ HỌP THỨ 5",
        [
            Some("nghị quyết"),
            Some("9/NQ-HĐND"),
            Some("Hội đồng nhân dân xã Thạch Lâm"),
            None,
            Some("2022-07-15"),
            Some("Thạch Lâm"),
            None,
        ],
    ),
    row(
        "UBND TỈNH HÀ TĨNH        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         SỞ GIÁO DỤC VÀ ĐÀO TẠO       Độc lập - Tự do - Hạnh phúc\n\
         Số: 125/SGDĐT-VP         Hà Tĩnh, ngày 05/6/2020\n\
         V/v kiểm tra học kỳ II\n\
         \n\
         Kính gửi: Các trường trung học phổ thông.",
        [
            Some("công văn"),
            Some("125/SGDĐT-VP"),
            Some("Sở Giáo dục và Đào tạo"),
            Some("UBND tỉnh Hà Tĩnh"),
            Some("2020-06-05"),
            Some("Hà Tĩnh"),
            Some("Hà Tĩnh"),
        ],
    ),
    row(
        "BỘ NỘI VỤ                CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         \x20                        Độc lập - Tự do - Hạnh phúc\n\
         Số: 6/2021/TT-BNV        Hà Nội, ngày 21 tháng 9 năm 2021\n\
         \n\
         THÔNG TƯ\n\
         Quy định về thống kê ngành",
        [
            Some("thông tư"),
            Some("6/2021/TT-BNV"),
            Some("Bộ Nội vụ"),
            None,
            Some("2021-09-21"),
            Some("Hà Nội"),
            None,
        ],
    ),
    row(
        "BỘ TÀI CHÍNH - BỘ NỘI VỤ        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         \x20                        Độc lập - Tự do - Hạnh phúc\n\
         Số: 18/2014/TTLT-BTC-BNV        Hà Nội, ngày 11 tháng 2 năm 2014\n\
         \n\
         THÔNG TƯ LIÊN TỊCH\n\
         Hướng dẫn chế độ phụ cấp",
        [
            Some("thông tư liên tịch"),
            Some("18/2014/TTLT-BTC-BNV"),
            Some("Bộ Tài chính - Bộ Nội vụ"),
            None,
            Some("2014-02-11"),
            Some("Hà Nội"),
            None,
        ],
    ),
    row(
        "THỦ TƯỚNG CHÍNH PHỦ      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         \x20                        Độc lập - Tự do - Hạnh phúc\n\
         Số: 14/CĐ-TTg            Hà Nội, ngày 30 tháng 10 năm 2020\n\
         \n\
         CÔNG ĐIỆN\n\
         Về ứng phó với bão",
        [
            Some("công điện"),
            Some("14/CĐ-TTg"),
            Some("Thủ tướng Chính phủ"),
            None,
            Some("2020-10-30"),
            Some("Hà Nội"),
            None,
        ],
    ),
    row(
        "ỦY BAN THƯỜNG VỤ        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         QUỐC HỘI                Độc lập - Tự do - Hạnh phúc\n\
         Số: 1210/NQ-UBTVQH15    Hà Nội, ngày 2 tháng 10 năm 2024\n\
         \n\
         NGHỊ QUYẾT\n\
         Về sắp xếp đơn vị hành chính",
        [
            Some("nghị quyết"),
            Some("1210/NQ-UBTVQH15"),
            Some("Ủy ban Thường vụ Quốc hội"),
            None,
            Some("2024-10-02"),
            Some("Hà Nội"),
            None,
        ],
    ),
    row(
        "TÒA ÁN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         TỈNH QUẢNG NINH          Độc lập - Tự do - Hạnh phúc\n\
         Số: 3/BC-TA              Quảng Ninh, ngày 1 tháng 12 năm 2016\n\
         \n\
         BÁO CÁO\n\
         Tổng kết công tác xét xử",
        [
            Some("báo cáo"),
            Some("3/BC-TA"),
            Some("Tòa án nhân dân tỉnh Quảng Ninh"),
            None,
            Some("2016-12-01"),
            Some("Quảng Ninh"),
            Some("Quảng Ninh"),
        ],
    ),
    row(
        "ỦY BAN MTTQ VIỆT NAM      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         XÃ CỔ THÀNH               Độc lập - Tự do - Hạnh phúc\n\
         Số: 8/KH-MTTQ             Cổ Thành, ngày 6 tháng 1 năm 2023\n\
         \n\
         KẾ HOẠCH\n\
         Tổ chức ngày hội",
        [
            Some("kế hoạch"),
            Some("8/KH-MTTQ"),
            Some("Ủy ban MTTQ Việt Nam xã Cổ Thành"),
            None,
            Some("2023-01-06"),
            Some("Cổ Thành"),
            None,
        ],
    ),
    row(
        "BAN CHẤP HÀNH TRUNG ƯƠNG\n\
         ĐOÀN TNCS HỒ CHÍ MINH\n\
         ***\n\
         Số 52-HD/TWĐTN        Hà Nội, ngày 13 tháng 3 năm 2019\n\
         \n\
         HƯỚNG DẪN\n\
         tổ chức Tháng Thanh niên",
        [
            Some("hướng dẫn"),
            Some("52-HD/TWĐTN"),
            Some("Ban Chấp hành Trung ương Đoàn TNCS Hồ Chí Minh"),
            None,
            Some("2019-03-13"),
            Some("Hà Nội"),
            None,
        ],
    ),
    row(
        "ĐẠI HỌC QUỐC GIA SAO MAI\n\
         TRƯỜNG ĐẠI HỌC CÔNG NGHỆ        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         Số: 61/QĐ-ĐHCN          Độc lập - Tự do - Hạnh phúc\n\
         \n\
         QUYẾT ĐỊNH\n\
         Về việc ban hành chương trình đào tạo",
        [
            Some("quyết định"),
            Some("61/QĐ-ĐHCN"),
            Some("Trường Đại học Công nghệ"),
            Some("Đại học Quốc gia Sao Mai"),
            None,
            None,
            None,
        ],
    ),
    row(
        "BAN CHẤP HÀNH TRUNG ƯƠNG      ĐẢNG CỘNG SẢN VIỆT NAM\n\
         Số 21 CT/TW              Hà Nội, ngày mười hai tháng chín năm một nghìn chín trăm chín mươi\n\
         \n\
         CHỈ THỊ\n\
         Về đổi mới công tác quần chúng",
        [
            Some("chỉ thị"),
            Some("21 CT/TW"),
            Some("Ban Chấp hành Trung ương"),
            None,
            Some("1990-09-12"),
            Some("Hà Nội"),
            None,
        ],
    ),
    row(
        "HỘI ĐỒNG BỘ TRƯỞNG        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         Số: 131-HĐBT              Độc lập - Tự do - Hạnh phúc\n\
         \x20                         Hà Nội, ngày 25-4-1985\n\
         \n\
         QUYẾT ĐỊNH\n\
         Về quản lý giá",
        [
            Some("quyết định"),
            Some("131-HĐBT"),
            Some("Hội đồng Bộ trưởng"),
            None,
            Some("1985-04-25"),
            Some("Hà Nội"),
            None,
        ],
    ),
    row(
        "HỘI ĐỒNG CHÍNH PHỦ        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         Số: 202-CP               Độc lập - Tự do - Hạnh phúc\n\
         \x20                        Hà Nội, ngày 26.5.1978\n\
         \n\
         QUYẾT ĐỊNH\n\
         Về chế độ thưởng",
        [
            Some("quyết định"),
            Some("202-CP"),
            Some("Hội đồng Chính phủ"),
            None,
            Some("1978-05-26"),
            Some("Hà Nội"),
            None,
        ],
    ),
    row(
        "TỈNH ỦY NGHỆ AN          ĐẢNG CỘNG SẢN VIỆT NAM\n\
         *                        Nghệ An, ngày     tháng 9 năm 2024\n\
         Số         -BC/TU\n\
         \n\
         BÁO CÁO\n\
         sơ kết ba năm thực hiện nghị quyết",
        [
            Some("báo cáo"),
            Some("-BC/TU"),
            Some("Tỉnh ủy Nghệ An"),
            None,
            Some("2024-09"),
            Some("Nghệ An"),
            Some("Nghệ An"),
        ],
    ),
    row(
        "ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         PHƯỜNG SAO KHUÊ          Độc lập - Tự do - Hạnh phúc\n\
         Số:        /BC-UBND      Sao Khuê, ngày ... tháng ... năm 2025\n\
         \n\
         DỰ THẢO\n\
         \n\
         BÁO CÁO\n\
         Tình hình tiếp công dân",
        [
            Some("báo cáo"),
            Some("/BC-UBND"),
            Some("Ủy ban nhân dân phường Sao Khuê"),
            None,
            Some("2025"),
            Some("Sao Khuê"),
            None,
        ],
    ),
    row(
        "UBND XÃ NÀ LỊCH\n\
         Số:\n\
         \n\
         /QĐ-UBND\n\
         \n\
         CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         Độc lập - Tự do - Hạnh phúc\n\
         Nà Lịch, ngày\n\
         \n\
         tháng\n\
         \n\
         năm 2023\n\
         \n\
         QUYẾT ĐỊNH\n\
         Về việc khen thưởng",
        [
            Some("quyết định"),
            Some("/QĐ-UBND"),
            Some("UBND xã Nà Lịch"),
            None,
            Some("2023"),
            Some("Nà Lịch"),
            None,
        ],
    ),
    row(
        "TỈNH ỦY GIA LAI          ĐẢNG CỘNG SẢN VIỆT NAM\n\
         *                        Gia Lai, ngày 20 tháng 5 năm 2013\n\
         Số 28-NQ/TU\n\
         \n\
         N G H Ị   Q U Y Ế T\n\
         về phát triển cây công nghiệp",
        [
            Some("nghị quyết"),
            Some("28-NQ/TU"),
            Some("Tỉnh ủy Gia Lai"),
            None,
            Some("2013-05-20"),
            Some("Gia Lai"),
            Some("Gia Lai"),
        ],
    ),
    row(
        "ĐẢNG CỘNG SẢN VIỆT NAM\n\
         ĐẢNG ỦY XÃ HÒN TRE\n\
         Hòn Tre, ngày 2 tháng 4 năm 2014\n\
         Số 6-TB/ĐU\n\
         \n\
         THÔNG BÁO\n\
         kết luận hội nghị",
        [
            Some("thông báo"),
            Some("6-TB/ĐU"),
            Some("Đảng ủy xã Hòn Tre"),
            None,
            Some("2014-04-02"),
            Some("Hòn Tre"),
            None,
        ],
    ),
    row(
        "ĐẢNG CỘNG SẢN VIỆT NAM\n\
         HUYỆN ỦY SUỐI NGHÈ\n\
         \n\
         CHƯƠNG TRÌNH\n\
         Số: 34-CTr/HU\n\
         phát triển nông thôn mới\n\
         \n\
         Suối Nghè, ngày 7 tháng 7 năm 2012",
        [
            Some("chương trình"),
            Some("34-CTr/HU"),
            Some("Huyện ủy Suối Nghè"),
            None,
            Some("2012-07-07"),
            Some("Suối Nghè"),
            None,
        ],
    ),
    row(
        "KẾ HOẠCH\n\
         phòng, chống thiên tai năm 2021\n\
         \n\
         ỦY BAN NHÂN DÂN TỈNH PHÚ THỌ\n\
         Số: 55/KH-UBND\n\
         CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         Độc lập - Tự do - Hạnh phúc\n\
         Phú Thọ, ngày 9 tháng 4 năm 2021",
        [
            Some("kế hoạch"),
            Some("55/KH-UBND"),
            Some("Ủy ban nhân dân tỉnh Phú Thọ"),
            None,
            Some("2021-04-09"),
            Some("Phú Thọ"),
            Some("Phú Thọ"),
        ],
    ),
    row(
        "TỈNH ỦY THANH HÓA        ĐẢNG CỘNG SẢN VIỆT NAM\n\
         BAN NỘI CHÍNH            Thanh Hóa, ngày 12 tháng 9 năm 2021\n\
         *\n\
         Số 256-CV/BNCTU\n\
         V/v rà soát đơn thư\n\
         \n\
         Kính gửi: Các huyện ủy.",
        [
            Some("công văn"),
            Some("256-CV/BNCTU"),
            Some("Ban Nội chính"),
            Some("Tỉnh ủy Thanh Hóa"),
            Some("2021-09-12"),
            Some("Thanh Hóa"),
            Some("Thanh Hóa"),
        ],
    ),
    row(
        "SỞ NỘI VỤ\n\
         \n\
         CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         Độc lập - Tự do - Hạnh phúc\n\
         \n\
         Số: 78/SNV-TCBC\n\
         \n\
         Tuyên Quang, ngày 6 tháng 5 năm 2025\n\
         \n\
         V/v trình hồ sơ thành lập\n\
         hội khuyến học\n\
         \n\
         Kính gửi: Ủy ban nhân dân tỉnh.",
        [
            Some("công văn"),
            Some("78/SNV-TCBC"),
            Some("Sở Nội vụ"),
            None,
            Some("2025-05-06"),
            Some("Tuyên Quang"),
            Some("Tuyên Quang"),
        ],
    ),
    row(
        "TỈNH ỦY CAO BẰNG         ĐẢNG CỘNG SẢN VIỆT NAM\n\
         *                        Cao Bằng, ngày 5 tháng 5 năm 2005\n\
         Số 14-QĐ/TU\n\
         MẬT\n\
         \n\
         QUYẾT ĐỊNH\n\
         về phân công cấp ủy viên",
        [
            Some("quyết định"),
            Some("14-QĐ/TU"),
            Some("Tỉnh ủy Cao Bằng"),
            None,
            Some("2005-05-05"),
            Some("Cao Bằng"),
            Some("Cao Bằng"),
        ],
    ),
    row(
        "HỎA TỐC\n\
         ỦY BAN NHÂN DÂN TỈNH NGHỆ AN\n\
         CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         Độc lập - Tự do - Hạnh phúc\n\
         Số: 2/CĐ-UBND\n\
         Nghệ An, ngày 18 tháng 9 năm 2024\n\
         \n\
         CÔNG ĐIỆN\n\
         Về việc ứng phó mưa lũ",
        [
            Some("công điện"),
            Some("2/CĐ-UBND"),
            Some("Ủy ban nhân dân tỉnh Nghệ An"),
            None,
            Some("2024-09-18"),
            Some("Nghệ An"),
            Some("Nghệ An"),
        ],
    ),
    row(
        "BÁO CÁO TÌNH HÌNH THU CHI NGÂN SÁCH QUÝ III NĂM 2021 CỦA XÃ",
        [Some("báo cáo"), None, None, None, None, None, None],
    ),
    row(
        "ĐẢNG CỘNG SẢN VIỆT NAM\n\
         ĐẢNG ỦY XÃ BA VÁT\n\
         Số 3-BC/ĐU\n\
         \n\
         # Báo cáo kết quả công tác kiểm tra năm 2020",
        [
            Some("báo cáo"),
            Some("3-BC/ĐU"),
            Some("Đảng ủy xã Ba Vát"),
            None,
            None,
            None,
            None,
        ],
    ),
    row(
        "BAN CHẤP HÀNH\n\
         ĐẢNG BỘ TỈNH ĐỒNG NAI      ĐẢNG CỘNG SẢN VIỆT NAM\n\
         *                        Đồng Nai, ngày 1 tháng 3 năm 2010\n\
         Số 88-KL/TU\n\
         \n\
         KẾT LUẬN\n\
         hội nghị lần thứ mười",
        [
            Some("kết luận"),
            Some("88-KL/TU"),
            Some("Ban Chấp hành Đảng bộ tỉnh Đồng Nai"),
            None,
            Some("2010-03-01"),
            Some("Đồng Nai"),
            Some("Đồng Nai"),
        ],
    ),
    row(
        "ỦY\n\
         BAN NHÂN DÂN\n\
         TỈNH BẮC NINH\n\
         -------\n\
         CỘNG\n\
         HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         Độc lập - Tự do - Hạnh phúc\n\
         ---------------\n\
         Số:\n\
         29/KH-UBND\n\
         Bắc\n\
         Ninh, ngày 9 tháng 2 năm 2018\n\
         \n\
         KẾ HOẠCH\n\
         Dạy và học ngoại ngữ",
        [
            Some("kế hoạch"),
            Some("29/KH-UBND"),
            Some("Ủy ban nhân dân tỉnh Bắc Ninh"),
            None,
            Some("2018-02-09"),
            Some("Bắc Ninh"),
            Some("Bắc Ninh"),
        ],
    ),
    row(
        "VĂN PHÒNG ĐOÀN ĐẠI BIỂU QUỐC HỘI      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         VÀ HỘI ĐỒNG NHÂN DÂN TỈNH HÀ TĨNH      Độc lập - Tự do - Hạnh phúc\n\
         Số: 12/TB-VP                          Hà Tĩnh, ngày 3 tháng 7 năm 2026\n\
         \n\
         THÔNG BÁO\n\
         Phân công trực",
        [
            Some("thông báo"),
            Some("12/TB-VP"),
            Some("Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh Hà Tĩnh"),
            None,
            Some("2026-07-03"),
            Some("Hà Tĩnh"),
            Some("Hà Tĩnh"),
        ],
    ),
    row(
        "BAN CHỈ ĐẠO             CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         CHƯƠNG TRÌNH GIẢM NGHÈO      Độc lập - Tự do - Hạnh phúc\n\
         XÃ KHE NHÒN\n\
         Số: 4/KH-BCĐ            Khe Nhòn, ngày 10 tháng 1 năm 2022\n\
         \n\
         KẾ HOẠCH\n\
         Hoạt động năm 2022",
        [
            Some("kế hoạch"),
            Some("4/KH-BCĐ"),
            Some("Ban Chỉ đạo chương trình giảm nghèo xã Khe Nhòn"),
            None,
            Some("2022-01-10"),
            Some("Khe Nhòn"),
            None,
        ],
    ),
    row(
        "ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         XÃ HÒA BÌNH              Độc lập - Tự do - Hạnh phúc\n\
         Số: 5/TB-UBND            Hòa Bình, ngày 8 tháng 3 năm 2021\n\
         \n\
         THÔNG BÁO\n\
         Về việc tiêm phòng",
        [
            Some("thông báo"),
            Some("5/TB-UBND"),
            Some("Ủy ban nhân dân xã Hòa Bình"),
            None,
            Some("2021-03-08"),
            Some("Hòa Bình"),
            None,
        ],
    ),
    row(
        "PHỤ LỤC I\n\
         Danh mục dịch vụ công trực tuyến\n\
         (Kèm theo Quyết định số 310/QĐ-UBND ngày 5/6/2020 của Ủy ban nhân dân xã Bản Mù)",
        [
            Some("phụ lục"),
            None,
            Some("Ủy ban nhân dân xã Bản Mù"),
            None,
            Some("2020-06-05"),
            None,
            None,
        ],
    ),
    row(
        "QUY CHẾ\n\
         làm việc của Ban Thường vụ Huyện ủy\n\
         (Ban hành kèm theo Quyết định số 21-QĐ/HU, ngày 2 tháng 3 năm 2016 của Ban Thường vụ Huyện ủy Tâm Lộc)",
        [
            Some("quy chế"),
            None,
            Some("Ban Thường vụ Huyện ủy Tâm Lộc"),
            None,
            Some("2016-03-02"),
            None,
            None,
        ],
    ),
    row(
        "BÁO CÁO CHÍNH TRỊ\n\
         trình đại hội chi bộ nhiệm kỳ 2020 - 2022\n\
         \n\
         I. KẾT QUẢ\n\
         \n\
         Chi bộ đã hoàn thành nhiệm vụ được giao trong nhiệm kỳ qua, đảng viên đoàn kết, thống nhất và gương mẫu.\n\
         \n\
         Bản Mù, ngày 4 tháng 2 năm 2020\n\
         \n\
         T/M CHI BỘ\n\
         BÍ THƯ",
        [
            Some("báo cáo chính trị"),
            None,
            None,
            None,
            Some("2020-02-04"),
            Some("Bản Mù"),
            None,
        ],
    ),
    row(
        "Nghị quyết 57: cơ hội của các địa phương\n\
         \n\
         Hà Nội, 12/9/2025 - Sáng nay, hội nghị quán triệt Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị được tổ chức tại tỉnh Lâm Đồng với sự tham gia của nhiều đại biểu.",
        [None, None, None, None, None, None, None],
    ),
    row(
        "# Báo cáo mới: kinh tế tăng trưởng\n\
         \n\
         Theo Báo cáo số 12/BC-UBND ngày 3/4/2024 của UBND tỉnh Nghệ An, kinh tế của tỉnh tiếp tục tăng trưởng khá trong quý đầu năm, nhiều chỉ tiêu đạt kế hoạch.",
        [None, None, None, None, None, None, None],
    ),
];

/// Returns the metadata of `text`.
fn metadata_of(text: &str) -> Metadata {
    document::parse("a", "a.txt", text.to_owned(), &Reading::of(text)).metadata
}

#[test]
fn letterheads_are_read_in_every_layout() {
    let wrong: Vec<String> = ROWS
        .iter()
        .filter_map(|row| {
            let text = format!(
                "{}\n\nI. MỤC TIÊU\n\nHoàn thành các nhiệm vụ được giao trong năm.\n",
                row.text
            );
            let found = metadata_of(&text);
            let date = found.date.map(|date| date.to_string());
            let facts = [
                found.kind.as_deref(),
                found.number.as_deref(),
                found.issuer.as_deref(),
                found.superior.as_deref(),
                date.as_deref(),
                found.place.as_deref(),
                found.province.as_deref(),
            ];
            (facts != row.facts).then(|| format!("{}\n{facts:?}\n{:?}\n", row.text, row.facts))
        })
        .collect();
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_genre_heads_documents() {
    let genres = [
        "THÔNG TRI",
        "ĐỀ ÁN",
        "PHƯƠNG ÁN",
        "DỰ ÁN",
        "QUY HOẠCH",
        "CHIẾN LƯỢC",
        "TUYÊN BỐ",
        "LỜI KÊU GỌI",
        "BIÊN BẢN",
        "GIẤY MỜI",
        "THÔNG CÁO",
        "HỢP ĐỒNG",
        "PHÁP LỆNH",
        "BẢN GHI NHỚ",
        "BẢN THỎA THUẬN",
        "GIẤY ỦY QUYỀN",
        "GIẤY GIỚI THIỆU",
        "GIẤY CHỨNG NHẬN",
        "GIẤY ĐI ĐƯỜNG",
        "GIẤY NGHỈ PHÉP",
        "PHIẾU CHUYỂN",
        "PHIẾU GỬI",
        "PHIẾU BÁO",
        "THƯ CÔNG",
        "ĐIỀU LỆ",
        "CƯƠNG LĨNH",
        "NGHỊ QUYẾT",
        "QUYẾT ĐỊNH",
        "CHỈ THỊ",
        "KẾT LUẬN",
        "QUY CHẾ",
        "QUY ĐỊNH",
        "HƯỚNG DẪN",
        "THÔNG BÁO",
        "BÁO CÁO",
        "KẾ HOẠCH",
        "CHƯƠNG TRÌNH",
        "TỜ TRÌNH",
        "CÔNG ĐIỆN",
        "NGHỊ ĐỊNH",
        "THÔNG TƯ",
        "LUẬT",
        "LỆNH",
        "BỘ LUẬT",
        "SẮC LỆNH",
    ];
    for genre in genres {
        let text = format!(
            "TỈNH ỦY SƠN LA        ĐẢNG CỘNG SẢN VIỆT NAM\n*\nSố 5-QĐ/TU\n\n{genre}\nvề công tác văn thư\n\nI. MỤC TIÊU\n\nNâng cao chất lượng.\n"
        );
        let kind = metadata_of(&text).kind;
        assert_eq!(kind.as_deref(), Some(genre.to_lowercase().as_str()));
    }
}

#[test]
fn titles_go_on_over_lines_and_end_before_the_text() {
    let rows = [
        (
            "ĐẢNG CỘNG SẢN VIỆT NAM\n\nKẾ HOẠCH\nphát triển đảng viên\nnăm 2026\n-----\n\nCăn cứ Điều lệ Đảng;\n",
            "Kế hoạch phát triển đảng viên năm 2026",
        ),
        (
            "QUYẾT ĐỊNH\nVề việc thành lập\nHội đồng nghĩa vụ quân sự\n\nỦY BAN NHÂN DÂN XÃ BẢN MÙ\n\nCăn cứ Luật;\n",
            "Quyết định về việc thành lập Hội đồng nghĩa vụ quân sự",
        ),
        (
            "# **QUY CHẾ**\n\n**Quy chế làm việc**\n\n**của Đảng ủy xã**\n\nChương I\n",
            "Quy chế làm việc của Đảng ủy xã",
        ),
        (
            "NGHỊ ĐỊNH\n\nQUY ĐỊNH VỀ LƯU TRỮ THEO QUYẾT ĐỊNH SỐ 5/QĐ-TTG\n\nCăn cứ Luật Lưu trữ;\n",
            "Nghị định quy định về lưu trữ theo quyết định số 5/QĐ-TTg",
        ),
        (
            "BÁO CÁO\nkết quả nhiệm kỳ 2020 - 2025\n\nXây dựng Đảng bộ trong sạch;\nphát huy dân chủ\n\nI. KẾT QUẢ\n",
            "Báo cáo kết quả nhiệm kỳ 2020 - 2025",
        ),
    ];
    for (text, title) in rows {
        assert_eq!(metadata_of(text).title.as_deref(), Some(title), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Any text under any letterhead keeps its headings.
    #[test]
    fn headings_below_a_letterhead_are_kept(
        letterhead in 0..ROWS.len(),
        paragraphs in proptest::collection::vec("[A-ZĐ][a-zàêđ]{2,6}( [a-zàêđ]{1,6}){4,30}\\.", 2..5),
    ) {
        let mut text = ROWS[letterhead].text.to_owned();
        let titles = ["I. TÌNH HÌNH", "II. KẾT QUẢ", "III. NHIỆM VỤ", "IV. GIẢI PHÁP", "V. TỔ CHỨC THỰC HIỆN"];
        for (title, paragraph) in titles.iter().zip(&paragraphs) {
            text.push_str(&format!("\n\n{title}\n\n{paragraph}\n"));
        }
        let parsed = document::parse("a", "a.txt", text.clone(), &Reading::of(&text));
        let found: Vec<String> = parsed.sections.iter().map(|section| format!("{} {}", section.label, section.title)).collect();
        for title in &titles[..paragraphs.len()] {
            prop_assert!(found.iter().any(|section| section == title), "{title} not in {found:?} of {text}");
        }
    }

    /// No text makes the reader panic.
    #[test]
    fn any_header_is_read(text in "(ĐẢNG ỦY|Số|ngày|năm|[|*_/<>-]|<br>|[0-9]{1,4}| |\\n|\\PC){0,60}") {
        let _ = metadata_of(&text);
    }
}
