//! Oddities of a question in the language of the reader. The compiler checks that each has its Vietnamese text.

use super::{Lang, fill, labels};
use crate::query::{Oddity, Operator};
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
        Oddity::NoSuchValue { facet, value } => fill(
            "Không đoạn nào có {} “{}”.",
            &[&labels::facet_name(lang.strings(), *facet), &clean(value)],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Facet;

    #[test]
    fn an_oddity_has_a_text_in_the_language_of_the_reader() {
        let facet = Facet::Province;
        let value = "Cà Mau".to_owned();
        let none = Oddity::NoSuchValue { facet, value };
        assert_eq!(
            oddity_text(Lang::Vi, &none),
            "Không đoạn nào có Tỉnh, thành phố “Cà Mau”."
        );
        assert_eq!(oddity_text(Lang::En, &none), "no passage has the province `Cà Mau`");
        let max = 200;
        assert_eq!(
            oddity_text(Lang::Vi, &Oddity::TooManyWords { max }),
            "Chỉ tìm 200 từ đầu tiên."
        );
    }
}
