//! Comparison of the issuer that a citation names with that of the register.
//!
//! "Bộ Chính trị khóa XIII" is Bộ Chính trị; "Trung ương" and "Đảng" are all of its bodies. Only bodies of the table
//! are compared: whatever else a text names is left alone.

use crate::text::fold;

/// A body of the table, with the phrases by which it is recognized, folded. Longer phrases come before those that they
/// contain.
const BODIES: &[(&str, Body)] = &[
    ("bo chinh tri", Body::BoChinhTri),
    ("ban bi thu", Body::BanBiThu),
    ("ban chap hanh trung uong", Body::TrungUong),
    ("hoi nghi trung uong", Body::TrungUong),
    ("uy ban thuong vu quoc hoi", Body::ThuongVuQuocHoi),
    ("thu tuong", Body::ThuTuong),
    ("quoc hoi", Body::QuocHoi),
    ("chinh phu", Body::ChinhPhu),
    ("ban to chuc trung uong", Body::BanToChuc),
    ("ban tuyen giao va dan van trung uong", Body::BanTuyenGiaoDanVan),
    ("ban tuyen giao trung uong", Body::BanTuyenGiao),
    ("ban dan van trung uong", Body::BanDanVan),
    ("ban noi chinh trung uong", Body::BanNoiChinh),
    ("uy ban kiem tra trung uong", Body::UyBanKiemTra),
    ("van phong trung uong", Body::VanPhong),
    ("ban chi dao trung uong", Body::BanChiDao),
];

/// A central body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Body {
    /// Bộ Chính trị.
    BoChinhTri,
    /// Ban Bí thư.
    BanBiThu,
    /// Ban Chấp hành Trung ương.
    TrungUong,
    /// Ủy ban Thường vụ Quốc hội.
    ThuongVuQuocHoi,
    /// Thủ tướng Chính phủ.
    ThuTuong,
    /// Quốc hội.
    QuocHoi,
    /// Chính phủ.
    ChinhPhu,
    /// Ban Tổ chức Trung ương.
    BanToChuc,
    /// Ban Tuyên giáo và Dân vận Trung ương.
    BanTuyenGiaoDanVan,
    /// Ban Tuyên giáo Trung ương.
    BanTuyenGiao,
    /// Ban Dân vận Trung ương.
    BanDanVan,
    /// Ban Nội chính Trung ương.
    BanNoiChinh,
    /// Ủy ban Kiểm tra Trung ương.
    UyBanKiemTra,
    /// Văn phòng Trung ương Đảng.
    VanPhong,
    /// A central steering committee.
    BanChiDao,
}

/// Returns true if the issuer `printed` contradicts the issuer `registered`: both name bodies of the table, and none in
/// common.
pub(super) fn contradicts(printed: &str, registered: &str) -> bool {
    let (printed, registered) = (bodies_in(printed), bodies_in(registered));
    !printed.is_empty() && !registered.is_empty() && !printed.iter().any(|body| registered.contains(body))
}

/// Returns the bodies that `issuer` names.
fn bodies_in(issuer: &str) -> Vec<Body> {
    let mut rest = fold(issuer);
    let mut bodies = Vec::new();
    for (phrase, body) in BODIES {
        if rest.contains(phrase) {
            // "Thủ tướng Chính phủ" is not the Government.
            let whole = match body {
                Body::ThuTuong => "thu tuong chinh phu",
                _ => phrase,
            };
            rest = rest.replace(whole, " ").replace(phrase, " ");
            bodies.push(*body);
        }
    }
    bodies
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_compared_generously() {
        for (printed, registered, is_wrong) in [
            ("Bộ Chính trị khóa XIII", "Bộ Chính trị", false),
            ("Bộ Chính trị, Ban Bí thư", "Ban Bí thư", false),
            ("Ban Bí thư Trung ương Đảng", "Ban Bí thư", false),
            ("Trung ương", "Bộ Chính trị", false),
            ("Đảng", "Ban Chấp hành Trung ương", false),
            (
                "Hội nghị lần thứ tư Ban Chấp hành Trung ương khóa XIII",
                "Ban Chấp hành Trung ương",
                false,
            ),
            ("Tỉnh ủy", "Bộ Chính trị", false),
            ("Bộ Chính trị", "Ban Bí thư", true),
            ("Thủ tướng Chính phủ", "Chính phủ", true),
            ("Ủy ban Thường vụ Quốc hội", "Quốc hội", true),
            ("Ban Bí thư", "Ban Tổ chức Trung ương", true),
        ] {
            assert_eq!(contradicts(printed, registered), is_wrong, "{printed} / {registered}");
        }
    }
}
