//! Messages of the library and the service in the language of the page.
//!
//! A problem is known by its stable code, and the compiler checks that each has a Vietnamese text. The English one is that
//! of the problem itself.

use maud::{Markup, html};

use super::untrusted::Untrusted;
use crate::http::problem::{Code, Problem};
use crate::query::Oddity;
use crate::record::DateEnd;
use crate::render::language::oddity::oddity_text;
use crate::render::language::{Lang, fill};
use crate::text::{Named, clean};

/// Returns the Vietnamese text of a problem; `{}` is replaced by the id or value that was refused.
const fn vietnamese(code: Code) -> &'static str {
    match code {
        Code::UnknownDocument => "Không có văn bản “{}”.",
        Code::UnknownPassage => "Không có đoạn “{}”.",
        Code::UnknownSection => "Không có mục “{}”.",
        Code::UnknownFootnote => "Không có chú thích “{}”.",
        Code::UnknownPage => "Văn bản không có trang “{}”.",
        Code::AmbiguousId => "Có nhiều văn bản có mã bắt đầu bằng “{}”; vui lòng ghi mã đầy đủ hơn.",
        Code::InvalidValue => "Không lọc được theo “{}”: kho không có giá trị này.",
        Code::UnknownParameter | Code::UnknownFacet => "Địa chỉ có tham số không dùng được “{}”.",
        Code::MissingParameter => "Yêu cầu còn thiếu thông tin.",
        Code::RepeatedParameter => "Yêu cầu có thông tin bị lặp lại hoặc mâu thuẫn nhau.",
        Code::InvalidCursor | Code::StaleCursor => "Danh sách đã thay đổi; vui lòng xem lại từ đầu.",
        Code::InvalidQuery | Code::InvalidPath => "Địa chỉ bị lỗi; vui lòng kiểm tra lại.",
        Code::InvalidBody | Code::RequestTimeout => "Nội dung gửi lên chưa đầy đủ; vui lòng gửi lại.",
        Code::InvalidJson | Code::MediaType => "Hệ thống không tiếp nhận nội dung ở dạng này.",
        Code::NotUtf8 => "Nội dung gửi lên không phải là văn bản Unicode (UTF-8).",
        Code::BodyTooLarge => "Nội dung hoặc tệp gửi lên lớn hơn 1 MB; vui lòng chia thành nhiều phần.",
        Code::UnreadableFile => "Không đọc được tệp: {}",
        Code::NoPageImage => "Văn bản này không có hình chụp trang; chỉ tệp PDF và tệp ảnh mới có.",
        Code::PageNotDrawn => "Không hiển thị được hình của trang này.",
        Code::FileGone => "Không còn tìm thấy tệp gốc ở nơi đã lập chỉ mục.",
        Code::FileChanged => "Tệp gốc đã thay đổi sau khi lập chỉ mục; người quản trị cần cập nhật chỉ mục.",
        Code::RangeBeyond => "Phần được yêu cầu nằm ngoài tệp.",
        Code::NoFiles => "Hệ thống này không cho xem và tải tệp gốc.",
        Code::NoSuchPage => "Không có trang này.",
        Code::MethodNotAllowed => "Trang này không tiếp nhận cách gửi đó.",
        Code::NoKey => "Cần khóa truy cập; để trống tên, nhập khóa vào ô mật khẩu.",
        Code::TooOften => "Khóa truy cập này đã gửi quá nhiều yêu cầu; vui lòng thử lại sau ít phút.",
        Code::NoHost | Code::UnknownHost => {
            "Hệ thống không phục vụ ở tên miền này; người quản trị cần khai báo tên miền."
        }
        Code::UrlTooLong => "Địa chỉ quá dài.",
        Code::Busy => "Hệ thống đang nhận quá nhiều yêu cầu; vui lòng thử lại sau giây lát.",
        Code::Ending => "Hệ thống đang dừng để bảo trì; vui lòng thử lại sau.",
        Code::TimeLimit => "Yêu cầu mất quá nhiều thời gian; vui lòng thu hẹp nội dung tìm kiếm.",
        Code::EngineUnavailable => "Máy chủ lưu kho văn bản hiện không phản hồi; vui lòng thử lại sau giây lát.",
        Code::NoIndex => "Chưa có kho văn bản để tra cứu; người quản trị cần lập chỉ mục.",
        Code::Internal => "Máy chủ gặp lỗi; nguyên nhân được ghi trong nhật ký của máy chủ.",
    }
}

/// The Vietnamese text of a date, or a range of dates, that cannot be used.
const BAD_DATE: &str =
    "Không lọc được theo ngày “{}”: viết như 2025, 06/2025 hoặc 28/02/2025, ngày đầu không sau ngày cuối.";

/// Returns the text of a problem, in the language `lang`.
pub(crate) fn problem(lang: Lang, problem: &Problem) -> Markup {
    if lang == Lang::En {
        return english(problem.detail());
    }
    let is_date = problem
        .parameter()
        .is_some_and(|name| DateEnd::from_name(name).is_some());
    let template = match problem.code() {
        Code::InvalidValue if is_date => BAD_DATE,
        code => vietnamese(code),
    };
    let refused = problem.value().or(problem.parameter()).unwrap_or("");
    html! { (fill(template, &[&clean(refused)])) }
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
    use crate::render::language::glossary::misused;

    #[test]
    fn no_text_has_a_word_that_an_office_would_not_write() {
        for code in Code::ALL {
            assert_eq!(misused(vietnamese(code)), None, "{}", code.name());
        }
    }

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
        let other = Problem::new(Code::InvalidValue, "an English text")
            .about("from")
            .refusing("32/13");
        assert!(problem(Lang::Vi, &other).into_string().contains("ngày “32/13”"));
    }
}
