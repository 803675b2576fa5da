//! The form of a document: letterhead, title, outline, recipients.

use std::fmt::Write as _;

use super::random::Random;
use super::{Generator, capitalized, lowered, words};

/// Provinces whose committees issue documents.
const PROVINCES: [&str; 24] = [
    "Cà Mau",
    "Cần Thơ",
    "Đồng Tháp",
    "An Giang",
    "Vĩnh Long",
    "Tây Ninh",
    "Đồng Nai",
    "Lâm Đồng",
    "Đắk Lắk",
    "Gia Lai",
    "Khánh Hòa",
    "Quảng Ngãi",
    "Đà Nẵng",
    "Huế",
    "Quảng Trị",
    "Hà Tĩnh",
    "Nghệ An",
    "Thanh Hóa",
    "Ninh Bình",
    "Hưng Yên",
    "Hải Phòng",
    "Quảng Ninh",
    "Bắc Ninh",
    "Phú Thọ",
];

/// Genres: title, code of the symbol.
const GENRES: [(&str, &str); 7] = [
    ("BÁO CÁO", "BC"),
    ("NGHỊ QUYẾT", "NQ"),
    ("KẾ HOẠCH", "KH"),
    ("CHỈ THỊ", "CT"),
    ("KẾT LUẬN", "KL"),
    ("HƯỚNG DẪN", "HD"),
    ("CHƯƠNG TRÌNH", "CTr"),
];

/// Titles of the parts of a document, in their order.
const PARTS: [&str; 6] = [
    "TÌNH HÌNH CHUNG",
    "KẾT QUẢ THỰC HIỆN",
    "HẠN CHẾ, KHUYẾT ĐIỂM VÀ NGUYÊN NHÂN",
    "PHƯƠNG HƯỚNG, MỤC TIÊU",
    "NHIỆM VỤ VÀ GIẢI PHÁP",
    "TỔ CHỨC THỰC HIỆN",
];

/// Roman numerals of [`PARTS`].
const NUMERALS: [&str; 6] = ["I", "II", "III", "IV", "V", "VI"];

/// Makes a document: 20 to 140 paragraphs under an outline.
pub(super) fn document(generator: &mut Generator, random: &mut Random) -> String {
    let mut text = String::with_capacity(64 * 1024);
    push_head(generator, random, &mut text);
    let parts = 3 + random.below(PARTS.len() - 2);
    let headings = 1 + random.below(5);
    let paragraphs = 2 + random.below(7);
    for (numeral, part) in NUMERALS.iter().zip(PARTS).take(parts) {
        push(&mut text, format_args!("{numeral}- {part}\n\n"));
        for heading in 1..=headings {
            let title = heading_title(generator, random);
            push(&mut text, format_args!("{heading}. {title}\n\n"));
            for _ in 0..paragraphs {
                let paragraph = generator.paragraph(random);
                push(&mut text, format_args!("{paragraph}\n\n"));
            }
        }
    }
    text.push_str("Nơi nhận:\n- Như trên,\n- Lưu.\n");
    text
}

/// Appends the letterhead and the title.
fn push_head(generator: &mut Generator, random: &mut Random, text: &mut String) {
    let province = PROVINCES[random.rank(PROVINCES.len())];
    let (genre, code) = GENRES[random.rank(GENRES.len())];
    let number = 1 + random.below(400);
    let (day, month, year) = (1 + random.below(28), 1 + random.below(12), words::year(random));
    let title = lowered(&heading_title(generator, random));
    let term = 2005 + (year.max(2005) - 2005) / 5 * 5;
    push(
        text,
        format_args!(
            "TỈNH ỦY {}          ĐẢNG CỘNG SẢN VIỆT NAM\n*          {province}, ngày {day} tháng {month} năm {year}\nSố \
             {number}-{code}/TU\n\n{genre}\n{title}, nhiệm kỳ {term}-{}\n\n",
            province.to_uppercase(),
            term + 5
        ),
    );
}

/// Draws a heading of some words.
fn heading_title(generator: &mut Generator, random: &mut Random) -> String {
    let opening = random.one_of(&["Công tác", "Lĩnh vực", "Về", "Xây dựng", "Phát triển", "Tăng cường"]);
    let mut drawn = String::new();
    generator.push_sentence(random, &mut drawn);
    let words: Vec<&str> = drawn.split([' ', ',', '.']).filter(|word| !word.is_empty()).collect();
    let some: Vec<&str> = words.into_iter().take(3 + random.below(6)).collect();
    capitalized(&format!("{opening} {}", lowered(&some.join(" "))))
}

/// Appends formatted text.
fn push(text: &mut String, formatted: std::fmt::Arguments<'_>) {
    // Writing to a string never fails.
    let _ = text.write_fmt(formatted);
}
