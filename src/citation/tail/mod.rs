//! The tail of a citation: date, issuer and subject after its symbol or name.
//!
//! "… số 21-NQ/TW, ngày 16/6/2022 của Ban Chấp hành Trung ương về tăng cường xây dựng …": each part may be missing,
//! and a comma may precede each. The end of an issuer or a subject depends on grammar; a list of stop words is good
//! enough, because these parts are shown and never compared letter by letter.

mod date;
mod issuer;
mod subject;

use super::tokens::PassageWords;
use crate::document::PartialDate;
use crate::text::Span;

pub(super) use date::{date_at, term_at, year_after};
use issuer::issuer_at;
pub(super) use issuer::{body_end, is_of};
use subject::subject_at;

/// The parts read after a citation. Spans are bytes of the view.
#[derive(Clone, Debug, Default)]
pub(super) struct Tail {
    /// The date of the cited document.
    pub(super) date: Option<PartialDate>,
    /// Its issuer, without "của".
    pub(super) issuer: Option<Span>,
    /// Its subject, from "về" or a quotation mark on.
    pub(super) subject: Option<Span>,
    /// The index of the first word after these parts.
    pub(super) end: usize,
}

/// Reads date, issuer and subject from word `at` on.
pub(super) fn tail_at(words: &PassageWords<'_>, at: usize) -> Tail {
    let mut tail = Tail {
        end: at,
        ..Tail::default()
    };
    read_date(words, &mut tail);
    if let Some((issuer, end)) = issuer_at(words, tail.end) {
        tail.issuer = Some(issuer);
        tail.end = end;
        read_date(words, &mut tail);
    }
    if let Some((subject, end)) = subject_at(words, tail.end) {
        tail.subject = Some(subject);
        tail.end = end;
    }
    tail
}

/// Reads a date at the end of `tail`, unless it has one.
fn read_date(words: &PassageWords<'_>, tail: &mut Tail) {
    if tail.date.is_none()
        && let Some((date, end)) = date_at(words, tail.end)
    {
        tail.date = date;
        tail.end = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
