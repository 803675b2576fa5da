//! Oddities of a question in the language of the reader. The compiler checks that each has its Vietnamese text.

use super::dates::date_text;
use super::{Lang, fill, labels};
use crate::query::{FilterName, Oddity, Operator, UnknownValue};
use crate::text::clean;

/// Returns the text of an oddity of a question.
pub(crate) fn oddity_text(lang: Lang, oddity: &Oddity) -> String {
    if lang == Lang::En {
        return oddity.to_string();
    }
    match oddity {
        Oddity::UnopenedBracket => "Thiếu dấu mở ngoặc.".to_owned(),
        Oddity::UnclosedBracket => "Thiếu dấu đóng ngoặc.".to_owned(),
        Oddity::BracketsTooDeep => "Ngoặc lồng quá sâu, phần trong không được xét.".to_owned(),
        Oddity::UnclosedQuote => "Thiếu dấu đóng ngoặc kép.".to_owned(),
        Oddity::EmptyPhrase => "Không có từ nào trong dấu ngoặc kép.".to_owned(),
        Oddity::LoneOperator(Operator::Not) => "Sau `NOT` phải có từ.".to_owned(),
        Oddity::LoneOperator(operator) => fill("`{}` phải đứng giữa hai vế.", &[&operator.word()]),
        Oddity::LoneMinus => "`-` phải đứng ngay trước một từ.".to_owned(),
        Oddity::LoneStar => "`*` phải đứng sau phần đầu của một từ.".to_owned(),
        Oddity::FilterInBrackets => "Bộ lọc áp dụng cho cả nội dung tìm kiếm, dù viết trong ngoặc.".to_owned(),
        Oddity::NoWord => "Không có từ nào để tìm.".to_owned(),
        Oddity::TooManyWords { max } => fill("Chỉ tìm {} từ đầu tiên.", &[max]),
        Oddity::TooManyExpansions { max } => fill("Có hơn {} từ bắt đầu như vậy; không tìm hết.", &[max]),
        Oddity::NoSuchValue(unknown) => unknown_text(lang, unknown),
        Oddity::NotADate { end, value } => fill(
            "“{}” không phải là ngày ({}): viết như 2025, 06/2025 hoặc 28/02/2025.",
            &[
                &clean(value),
                &labels::filter_name(lang.strings(), FilterName::Date(*end)),
            ],
        ),
        Oddity::ExcludedDate(end) => fill("Không thể loại trừ `{}:`.", &[&end.name()]),
        Oddity::EmptyRange { from, to } => fill(
            "Không có ngày nào từ {} đến {}.",
            &[&date_text(&from.to_string()), &date_text(&to.to_string())],
        ),
    }
}

/// Returns the text of a value that no passage has.
fn unknown_text(lang: Lang, unknown: &UnknownValue) -> String {
    let name = labels::filter_name(lang.strings(), unknown.filter);
    let mut text = fill("Không đoạn nào có {} “{}”.", &[&name, &clean(&unknown.value)]);
    if !unknown.near.is_empty() {
        text.push_str(&fill(" Có phải “{}”?", &[&clean(&unknown.near.join("” hoặc “"))]));
    } else if !unknown.allowed.is_empty() {
        text.push_str(&fill(" Các giá trị: {}.", &[&clean(&unknown.allowed.join(", "))]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Facet;

    #[test]
    fn an_oddity_has_a_text_in_the_language_of_the_reader() {
        let none = Oddity::NoSuchValue(UnknownValue {
            filter: FilterName::Facet(Facet::Province),
            value: "Cà Mau".to_owned(),
            is_possible: true,
            near: Vec::new(),
            allowed: Vec::new(),
        });
        assert_eq!(
            oddity_text(Lang::Vi, &none),
            "Không đoạn nào có Tỉnh, thành phố “Cà Mau”."
        );
        assert_eq!(oddity_text(Lang::En, &none), "no passage has the province 'Cà Mau'");
        let max = 200;
        assert_eq!(
            oddity_text(Lang::Vi, &Oddity::TooManyWords { max }),
            "Chỉ tìm 200 từ đầu tiên."
        );
    }
}
