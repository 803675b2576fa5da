//! What the library and the service tell people in English, in the language of the page.
//!
//! Problems are known by their stable code, what was odd about a question by its wording; what is quoted in the
//! English text goes into the translation. What is not in these tables stays English, and says so.

use maud::{Markup, html};

use super::foreign::Foreign;
use super::labels;
use super::language::{Lang, fill};
use crate::http::problem::{Code, Problem};
use crate::index::Facet;
use crate::text::clean;

/// Problems by their codes; `{}` is the first quoted part of the detail.
const PROBLEMS: [(Code, &str); 15] = [
    (Code::UnknownDocument, "Không có văn bản “{}”."),
    (Code::UnknownPassage, "Không có đoạn “{}”."),
    (Code::UnknownSection, "Không có mục “{}”."),
    (Code::UnknownFootnote, "Không có chú thích “{}”."),
    (
        Code::AmbiguousId,
        "Có nhiều văn bản với mã bắt đầu bằng “{}”; hãy ghi mã dài hơn.",
    ),
    (Code::InvalidValue, "Không có giá trị “{}” để lọc."),
    (Code::NoSuchPage, "Không có trang này."),
    (Code::MethodNotAllowed, "Trang này không nhận cách gửi đó."),
    (
        Code::NoKey,
        "Cần khóa truy cập; để trống tên, nhập khóa vào ô mật khẩu.",
    ),
    (
        Code::TooOften,
        "Khóa này hỏi quá nhiều lần trong chốc lát; hãy đợi một chút rồi hỏi lại.",
    ),
    (Code::Busy, "Đang có quá nhiều câu hỏi; hãy thử lại sau giây lát."),
    (Code::TimeLimit, "Câu trả lời mất quá nhiều thời gian; hãy hỏi hẹp hơn."),
    (Code::NoIndex, "Chưa có kho để tìm; người quản trị cần lập chỉ mục."),
    (Code::UrlTooLong, "Địa chỉ quá dài."),
    (Code::Internal, "Máy chủ gặp lỗi; nhật ký của máy chủ ghi nguyên nhân."),
];

/// What is odd about a question by the English words, `{}` standing for what differs.
const ODDITIES: [(&str, &str); 13] = [
    ("closing bracket without an opening one", "Thiếu dấu mở ngoặc."),
    ("opening bracket without a closing one", "Thiếu dấu đóng ngoặc."),
    (
        "brackets nested too deep are not followed",
        "Ngoặc lồng quá sâu, phần trong không được xét.",
    ),
    ("there is no word to look for", "Không có từ nào để tìm."),
    ("`OR` stands between two sides", "`OR` phải đứng giữa hai vế."),
    ("`-` stands before a word", "`-` phải đứng ngay trước một từ."),
    (
        "no word between the quotation marks",
        "Không có từ nào trong dấu ngoặc kép.",
    ),
    (
        "a filter holds for the whole query, also from inside brackets",
        "Bộ lọc áp dụng cho cả câu hỏi, dù viết trong ngoặc.",
    ),
    ("only the first {} words are looked for", "Chỉ tìm {} từ đầu tiên."),
    ("no passage has the {} `{}`", "Không đoạn nào có {} “{}”."),
    (
        "more than {} words begin so; not all are looked for",
        "Có hơn {} từ bắt đầu như vậy; không tìm hết.",
    ),
    (
        "`*` stands behind the beginning of a word",
        "`*` phải đứng sau phần đầu của một từ.",
    ),
    ("quotation mark without its pair", "Thiếu dấu đóng ngoặc kép."),
];

/// What a problem says, in the language of a page.
pub(crate) fn problem(lang: Lang, problem: &Problem) -> Markup {
    let known = PROBLEMS.iter().find(|(code, _)| *code == problem.code());
    match known {
        Some((_, said)) if lang == Lang::Vi => {
            let quoted = problem.detail().split('\'').nth(1).unwrap_or("");
            html! { (fill(said, &[&clean(quoted)])) }
        }
        _ => english(problem.detail()),
    }
}

/// What was odd about a question, in the language of a page.
pub(crate) fn message(lang: Lang, message: &str) -> Markup {
    let known = ODDITIES
        .iter()
        .find_map(|(english, said)| Some((values(english, message)?, said)));
    match known {
        Some((values, said)) if lang == Lang::Vi => {
            // A facet is named as the page names it.
            let named = |value| Facet::from_name(value).map_or(value, |facet| labels::name(lang.strings(), facet));
            let values: Vec<_> = values.into_iter().map(named).map(clean).collect();
            let values: Vec<&dyn std::fmt::Display> = values.iter().map(|value| value as _).collect();
            html! { (fill(said, &values)) }
        }
        _ => english(message),
    }
}

fn english(said: &str) -> Markup {
    html! { span lang=(Lang::En.code()) { (Foreign(said)) } }
}

/// What stands in `text` where `pattern` has its braces; `None` where it is another text.
fn values<'t>(pattern: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut parts = pattern.split("{}");
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut values = Vec::new();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        let end = if parts.peek().is_none() {
            rest.strip_suffix(part)?.len()
        } else {
            rest.find(part)?
        };
        values.push(&rest[..end]);
        rest = &rest[end + part.len()..];
    }
    rest.is_empty().then_some(values)
}
#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Error;
    use crate::query;

    #[test]
    fn a_problem_is_told_in_the_language_of_the_page() {
        let unknown = Problem::from(Error::Unknown {
            what: "document",
            id: "zzz".to_owned(),
        });
        assert_eq!(problem(Lang::Vi, &unknown).into_string(), "Không có văn bản “zzz”.");
        assert_eq!(
            problem(Lang::En, &unknown).into_string(),
            "<span lang=\"en\">there is no document 'zzz'</span>"
        );
        let other = Problem::new(Code::InvalidJson, "an English text");
        assert_eq!(
            problem(Lang::Vi, &other).into_string(),
            "<span lang=\"en\">an English text</span>"
        );
    }

    #[test]
    fn all_that_is_odd_about_a_question_has_a_translation() {
        let many = vec!["một"; 200].join(" ");
        for typed in [
            "(a",
            "a)",
            "",
            "OR a",
            "- a",
            "a -(",
            "\"\" a",
            "\"a",
            "(a place:body)",
            "* a",
            "((((((((((((((((((((((((((((((((a",
            &many,
        ] {
            for told in query::parse(typed).1 {
                let said = message(Lang::Vi, &told.message).into_string();
                assert!(!said.contains("lang=\"en\""), "{typed}: {said}");
            }
        }
        let said = message(Lang::Vi, "no passage has the province `Cà Mau`").into_string();
        assert_eq!(said, "Không đoạn nào có Tỉnh, thành phố “Cà Mau”.");
    }
}
