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
const PROBLEMS: [(Code, &str); 27] = [
    (Code::UnknownDocument, "Không có văn bản “{}”."),
    (Code::UnknownPassage, "Không có đoạn “{}”."),
    (Code::UnknownSection, "Không có mục “{}”."),
    (Code::UnknownFootnote, "Không có chú thích “{}”."),
    (
        Code::AmbiguousId,
        "Có nhiều văn bản có mã bắt đầu bằng “{}”; vui lòng ghi mã đầy đủ hơn.",
    ),
    (
        Code::InvalidValue,
        "Không lọc được theo “{}”: kho không có giá trị này.",
    ),
    (Code::UnknownPage, "Văn bản không có trang “{}”."),
    (
        Code::NoPageImage,
        "Văn bản này không có hình chụp trang; chỉ tệp PDF và tệp ảnh mới có.",
    ),
    (Code::FileGone, "Không còn tìm thấy tệp gốc ở nơi đã lập chỉ mục."),
    (
        Code::FileChanged,
        "Tệp gốc đã thay đổi sau khi lập chỉ mục; người quản trị cần cập nhật chỉ mục.",
    ),
    (Code::NoFiles, "Hệ thống này không cho xem và tải tệp gốc."),
    (Code::PageNotDrawn, "Không hiển thị được hình của trang này."),
    (Code::NoSuchPage, "Không có trang này."),
    (Code::MethodNotAllowed, "Trang này không tiếp nhận cách gửi đó."),
    (
        Code::NoKey,
        "Cần khóa truy cập; để trống tên, nhập khóa vào ô mật khẩu.",
    ),
    (
        Code::TooOften,
        "Khóa truy cập này đã gửi quá nhiều yêu cầu; vui lòng thử lại sau ít phút.",
    ),
    (
        Code::Busy,
        "Hệ thống đang nhận quá nhiều yêu cầu; vui lòng thử lại sau giây lát.",
    ),
    (
        Code::TimeLimit,
        "Yêu cầu mất quá nhiều thời gian; vui lòng thu hẹp nội dung tìm kiếm.",
    ),
    (
        Code::EngineUnavailable,
        "Máy chủ lưu kho văn bản hiện không phản hồi; vui lòng thử lại sau giây lát.",
    ),
    (
        Code::NoIndex,
        "Chưa có kho văn bản để tra cứu; người quản trị cần lập chỉ mục.",
    ),
    (Code::UrlTooLong, "Địa chỉ quá dài."),
    (Code::UnreadableFile, "Không đọc được tệp: {}"),
    (
        Code::BodyTooLarge,
        "Nội dung hoặc tệp gửi lên lớn hơn 1 MB; hãy chia thành nhiều phần.",
    ),
    (
        Code::MediaType,
        "Không nhận được nội dung: cách gửi không đúng; hãy gửi lại bằng biểu mẫu dưới đây.",
    ),
    (Code::InvalidBody, "Nội dung gửi lên không trọn vẹn; vui lòng gửi lại."),
    (Code::NotUtf8, "Nội dung gửi lên không phải là chữ Unicode (UTF-8)."),
    (
        Code::Internal,
        "Máy chủ gặp lỗi; nguyên nhân được ghi trong nhật ký của máy chủ.",
    ),
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
