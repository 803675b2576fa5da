//! Provinces of today and before the merger of 2025, with their spellings.
//!
//! Since 1 July 2025 Vietnam has 34 provinces; 23 of them were made of two or three of the 63 before
//! (Nghị quyết 202/2025/QH15 of 12/6/2025). A name may stand for both: `Cần Thơ` is today's city, and
//! the smaller one that became it together with Sóc Trăng and Hậu Giang.

use crate::text::syllables;

/// One of today's provinces and the names that went into it.
pub(super) struct Province {
    /// The name of today.
    pub(super) name: &'static str,
    /// The former provinces whose names are gone, in the order of the resolution.
    pub(super) merged: &'static [&'static str],
}

/// Makes a row of the table.
const fn province(name: &'static str, merged: &'static [&'static str]) -> Province {
    Province { name, merged }
}

/// Today's 34 provinces. Source: Nghị quyết 202/2025/QH15, Điều 1.
pub(super) const PROVINCES: [Province; 34] = [
    province("Tuyên Quang", &["Hà Giang"]),
    province("Lào Cai", &["Yên Bái"]),
    province("Thái Nguyên", &["Bắc Kạn"]),
    province("Phú Thọ", &["Vĩnh Phúc", "Hòa Bình"]),
    province("Bắc Ninh", &["Bắc Giang"]),
    province("Hưng Yên", &["Thái Bình"]),
    province("Hải Phòng", &["Hải Dương"]),
    province("Ninh Bình", &["Hà Nam", "Nam Định"]),
    province("Quảng Trị", &["Quảng Bình"]),
    province("Đà Nẵng", &["Quảng Nam"]),
    province("Quảng Ngãi", &["Kon Tum"]),
    province("Gia Lai", &["Bình Định"]),
    province("Khánh Hòa", &["Ninh Thuận"]),
    province("Lâm Đồng", &["Đắk Nông", "Bình Thuận"]),
    province("Đắk Lắk", &["Phú Yên"]),
    province("TP. Hồ Chí Minh", &["Bình Dương", "Bà Rịa - Vũng Tàu"]),
    province("Đồng Nai", &["Bình Phước"]),
    province("Tây Ninh", &["Long An"]),
    province("Cần Thơ", &["Sóc Trăng", "Hậu Giang"]),
    province("Vĩnh Long", &["Bến Tre", "Trà Vinh"]),
    province("Đồng Tháp", &["Tiền Giang"]),
    province("Cà Mau", &["Bạc Liêu"]),
    province("An Giang", &["Kiên Giang"]),
    province("Hà Nội", &[]),
    province("Huế", &[]),
    province("Lai Châu", &[]),
    province("Điện Biên", &[]),
    province("Sơn La", &[]),
    province("Lạng Sơn", &[]),
    province("Cao Bằng", &[]),
    province("Quảng Ninh", &[]),
    province("Thanh Hóa", &[]),
    province("Nghệ An", &[]),
    province("Hà Tĩnh", &[]),
];

/// Other spellings and the usual one. `Hồ Chí Minh` alone is a person.
pub(super) const SPELLINGS: [(&str, &str); 19] = [
    ("Bắc Cạn", "Bắc Kạn"),
    ("Đắc Lắc", "Đắk Lắk"),
    ("Đăk Lăk", "Đắk Lắk"),
    ("Dak Lak", "Đắk Lắk"),
    ("Đắc Nông", "Đắk Nông"),
    ("Đăk Nông", "Đắk Nông"),
    ("Kontum", "Kon Tum"),
    ("Hoà Bình", "Hòa Bình"),
    ("Thanh Hoá", "Thanh Hóa"),
    ("Khánh Hoà", "Khánh Hòa"),
    ("TP.HCM", "TP. Hồ Chí Minh"),
    ("TPHCM", "TP. Hồ Chí Minh"),
    ("TP Hồ Chí Minh", "TP. Hồ Chí Minh"),
    ("thành phố Hồ Chí Minh", "TP. Hồ Chí Minh"),
    ("Thành phố Hồ Chí Minh", "TP. Hồ Chí Minh"),
    ("Thừa Thiên Huế", "Huế"),
    ("Thừa Thiên - Huế", "Huế"),
    ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"),
    ("Vũng Tàu", "Bà Rịa - Vũng Tàu"),
];

/// Names that contain the name of a province without naming it.
pub(super) const NO_PROVINCES: [&str; 3] = ["Thái Bình Dương", "Đồng Tháp Mười", "Hà Nam Ninh"];

/// The name of a province, and the province it belongs to today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ProvinceName {
    /// The name of the province in the usual spelling.
    pub(crate) name: &'static str,
    /// The one of today's 34 provinces that it is or belongs to.
    pub(crate) today: &'static str,
}

/// Returns all names, of today and before, in the usual spelling.
pub(crate) fn all_names() -> impl Iterator<Item = ProvinceName> {
    PROVINCES.iter().flat_map(|province| {
        let today = province.name;
        std::iter::once(&province.name)
            .chain(province.merged)
            .map(move |name| ProvinceName { name, today })
    })
}

/// Words before the name of a province, folded, the longer ones first.
const PROVINCE_WORDS: [&str; 4] = ["thanh pho ", "tinh ", "tp ", "tp"];

/// Returns the usual spelling of the province that `typed` names, of today or before, with or without marks and the word
/// `tỉnh` or `thành phố`; `None` if there is no such province.
///
/// ```
/// use vankien::document::province;
/// assert_eq!(province::usual_name("tp.hcm"), Some("TP. Hồ Chí Minh"));
/// assert_eq!(province::usual_name("tinh soc trang"), Some("Sóc Trăng"));
/// assert_eq!(province::usual_name("Sài Gòn"), None);
/// ```
#[must_use]
pub fn usual_name(typed: &str) -> Option<&'static str> {
    let asked = syllables(typed).join(" ");
    let asked = asked.strip_suffix(" cu").unwrap_or(&asked);
    let usual = |asked: &str| {
        let spellings = SPELLINGS.iter().copied();
        let names = all_names().map(|province| (province.name, province.name));
        // `Hồ Chí Minh` names no province in a text, but nothing else where a province is asked for.
        let is_asked = |name: &str| {
            let name = syllables(name).join(" ");
            !asked.is_empty() && (name == asked || name.strip_prefix("tp ") == Some(asked))
        };
        names
            .chain(spellings)
            .find(|(name, _)| is_asked(name))
            .map(|(_, usual)| usual)
    };
    let bare = PROVINCE_WORDS.iter().find_map(|word| asked.strip_prefix(word));
    usual(asked).or_else(|| usual(bare?))
}

/// Returns the names of all provinces, of today first.
pub fn names() -> impl Iterator<Item = &'static str> {
    let merged = PROVINCES.iter().flat_map(|province| province.merged);
    PROVINCES.iter().map(|province| province.name).chain(merged.copied())
}

/// Returns true if today's province `name` was made of several.
pub(crate) fn is_merged(name: &str) -> bool {
    PROVINCES
        .iter()
        .any(|province| province.name == name && !province.merged.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_34_of_63() {
        assert_eq!(PROVINCES.len(), 34);
        assert_eq!(
            PROVINCES
                .iter()
                .map(|province| 1 + province.merged.len())
                .sum::<usize>(),
            63
        );
    }
}
