//! Texts made to take long: each repeats one pattern on which a careless step takes the square of the time.
//!
//! The bench `hostile` measures them, and the test `it::hostile_texts` counts the work on them. A pattern that made
//! something slow once gets a row here.

/// A text that grows with its size.
pub(crate) struct Shape {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its unit, which is repeated; `{}` becomes the number of the repetition.
    unit: &'static str,
}

/// Declares the shapes: name and unit of each.
macro_rules! shapes {
    ($($name:literal $unit:literal;)*) => {
        /// All shapes.
        pub(crate) const SHAPES: &[Shape] = &[$(Shape { name: $name, unit: $unit },)*];
    };
}

shapes! {
    "letters and hyphens" "a-";
    "digits and hyphens" "1-";
    "letters and full stops" "a.";
    "letters and semicolons" "a;";
    "syllables and hyphens" "dd-";
    "letters and slashes" "ab/";
    "brackets" "(";
    "quotes" "\" ";
    "one number" "7";
    "one word" "a";
    "one marked word" "đ";
    "combining marks" "\u{301}";
    "short lines" "a\n";
    "empty lines" "\n";
    "pages" "a\u{c}";
    "Roman numbers" "I ";
    "spaced letters" "K Ế H O Ạ C H ";
    "torn words" "Đ ả ng b ộ ";
    "type words" "Nghị quyết số ";
    "symbols" "21-NQ/TW ";
    "citations" "Nghị quyết số 21-NQ/TW, ";
    "citations by paragraphs" "Thực hiện Nghị quyết số {}-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương.\n\n";
    "numbers of a list" "{}, ";
    "a list of a type" "Nghị quyết số {}-NQ/TW và {}, ";
    "dates" "ngày 16/6/2022 ";
    "names" "Điều lệ Đảng khóa XIII ";
    "verbs" "sửa đổi, bổ sung, thay thế ";
    "replaced documents" "Quyết định {}-QĐ/TW thay thế Quyết định số {}-QĐ/TU, ";
    "subjects without end" "Nghị quyết số {}-NQ/TW về xây dựng và phát triển ";
    "pinpoints" "khoản {} Điều {} Luật Đất đai, ";
    "definitions" "Nghị quyết số {}-NQ/TW (sau đây gọi tắt là Nghị quyết {}A). Nghị quyết {}A nêu rõ.\n";
    "definitions in one line" "Nghị quyết số {}-NQ/TW (gọi tắt là NQ{}) và NQ {}, ";
    "definitions without marks" "Nghi quyet so {}-NQ/TW (sau day goi tat la Nghi quyet {}A). Nghi quyet {}A neu ro.\n";
    "beginnings of definitions" "(sau đây gọi tắt là ";
    "notes" "{} Như: chú thích\n";
    "called notes" "Đảng bộ{} lãnh đạo.\n{}. Theo báo cáo.\u{c}";
    "marks in one line" "Đảng [{}] bộ ";
    "citations with notes" "Nghị quyết số {}-NQ/TW[{}].\n[{}] Về công tác cán bộ\n";
    "marked notes" "Đảng bộ [{}].\n[{}] Theo báo cáo.\n";
    "headings" "{}. Công tác tư tưởng\n";
    "headings of one number" "1. Công tác tư tưởng\n";
    "nested headings" "I- KẾT QUẢ\n1. Ưu điểm\na) Về tư tưởng\n- Một là\n";
    "articles" "Điều {}. Phạm vi điều chỉnh\n";
    "titles" "BÁO CÁO CHÍNH TRỊ\n";
    "attached documents" "PHỤ LỤC {}\nBÁO CÁO\nkết quả công tác\n\nĐảng ủy lãnh đạo.\n\u{c}";
    "letterheads" "TỈNH ỦY CÀ MAU      ĐẢNG CỘNG SẢN VIỆT NAM\n*      Cà Mau, ngày 1 tháng 2 năm 2024\nSố {}-NQ/TU\n";
    "contents pages" "Công tác tư tưởng ............ {}\n";
    "recipients" "Nơi nhận:\n- Như trên,\n- Lưu.\n";
    "rows of a table" "| {} | Công tác | 12 |\n";
    "cells" "|a";
    "columns" "Công tác          tư tưởng          12\n";
    "misread words" "Pang bd cac co quan Pang thanh phd dd thuc hién ";
    "misread lines" "Pang bd cac co quan Pang thanh phd dd thuc hién\n";
    "misread notes" "Tinh® lanh dao.\n¥ Sau day goi la Pang bd.\u{c}";
    "letters of misread words" "8s6&¢";
    "text without marks" "thuc hien nghi quyet cua dang bo tinh ve cong tac can bo, ";
    "blanks" "a                    ";
}

impl Shape {
    /// Returns the text of this shape with `bytes` bytes, or a few more.
    pub(crate) fn text(&self, bytes: usize) -> String {
        let mut text = String::with_capacity(bytes + self.unit.len());
        for number in 1.. {
            if text.len() >= bytes {
                break;
            }
            match self.unit.contains("{}") {
                true => text.push_str(&self.unit.replace("{}", &number.to_string())),
                false => text.push_str(self.unit),
            }
        }
        text
    }
}
