//! Messages of the library and the service in the language of the page.
//!
//! A problem is found by its stable code; one that is not in the table stays English and is marked as such.

use maud::{Markup, html};

use super::untrusted::Untrusted;
use crate::http::problem::{Code, Problem};
use crate::query::Oddity;
use crate::render::language::oddity::oddity_text;
use crate::render::language::{Lang, fill};
use crate::text::clean;

/// The Vietnamese texts of problems; `{}` is replaced by the id or value that was refused.
const PROBLEMS: [(Code, &str); 22] = [
    (Code::UnknownDocument, "Không có văn bản “{}”."),
    (Code::UnknownPassage, "Không có đoạn “{}”."),
    (Code::UnknownSection, "Không có mục “{}”."),
    (Code::UnknownFootnote, "Không có chú thích “{}”."),
    (
        Code::AmbiguousId,
        "Có nhiều văn bản với mã bắt đầu bằng “{}”; hãy ghi mã dài hơn.",
    ),
    (Code::InvalidValue, "Không có giá trị “{}” để lọc."),
    (Code::UnknownPage, "Văn bản không có trang “{}”."),
    (
        Code::NoPageImage,
        "Văn bản này không có hình trang; chỉ PDF và ảnh mới có.",
    ),
    (Code::FileGone, "Tệp gốc không còn ở nơi đã lập chỉ mục."),
    (
        Code::FileChanged,
        "Tệp gốc đã thay đổi sau khi lập chỉ mục; người quản trị cần cập nhật chỉ mục.",
    ),
    (Code::NoFiles, "Nơi này không cho xem và tải tệp gốc."),
    (Code::PageNotDrawn, "Không dựng được hình của trang này."),
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
    (
        Code::EngineUnavailable,
        "Máy tìm kiếm chứa kho đang không trả lời; xin thử lại sau giây lát.",
    ),
    (Code::NoIndex, "Chưa có kho để tìm; người quản trị cần lập chỉ mục."),
    (Code::UrlTooLong, "Địa chỉ quá dài."),
    (Code::Internal, "Máy chủ gặp lỗi; nhật ký của máy chủ ghi nguyên nhân."),
];

/// Returns the text of a problem, in the language `lang` where there is a translation.
pub(crate) fn problem(lang: Lang, problem: &Problem) -> Markup {
    let known = PROBLEMS.iter().find(|(code, _)| *code == problem.code());
    match known {
        Some((_, template)) if lang == Lang::Vi => {
            html! { (fill(template, &[&clean(problem.value().unwrap_or(""))])) }
        }
        _ => english(problem.detail()),
    }
}

/// Returns the text of an oddity of a question, in the language `lang`.
pub(crate) fn oddity(lang: Lang, oddity: &Oddity) -> Markup {
    html! { span lang=(lang.code()) { (Untrusted(&oddity_text(lang, oddity))) } }
}

/// Returns an English message, marked as English.
fn english(message: &str) -> Markup {
    html! { span lang=(Lang::En.code()) { (Untrusted(message)) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Error, IdKind};

    #[test]
    fn a_problem_has_a_text_in_the_language_of_the_page() {
        let unknown = Problem::from(Error::Unknown {
            kind: IdKind::Document,
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
}
