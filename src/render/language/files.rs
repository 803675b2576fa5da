//! The reason why a file that was sent cannot be read, in Vietnamese; the English one is the error itself.

use crate::corpus::ErrorKind;

/// Returns the Vietnamese reason why a file that was sent cannot be read, with the way out.
pub(crate) fn unreadable_reason(kind: &ErrorKind) -> String {
    let reason = match kind {
        ErrorKind::Empty => "tệp trống, không có nội dung.",
        ErrorKind::NeedsOcr => {
            "tệp là ảnh hoặc bản quét, trang này chưa nhận dạng chữ; hãy gửi tệp Word (.docx, .doc), tệp PDF có chữ, hoặc \
             sao chép nội dung rồi dán vào ô."
        }
        ErrorKind::NoProgram(_) => {
            "máy chủ chưa cài chương trình đọc tệp PDF; hãy gửi tệp Word (.docx, .doc), hoặc sao chép nội dung rồi dán vào ô."
        }
        ErrorKind::Encrypted => "tệp được bảo vệ bằng mật khẩu; hãy bỏ mật khẩu rồi gửi lại.",
        ErrorKind::Binary(name) => {
            return format!("chưa đọc được định dạng này ({name}); hãy lưu thành tệp Word (.docx) rồi gửi lại.");
        }
        ErrorKind::TooLarge(..) | ErrorKind::Excessive(_) => "nội dung trong tệp quá lớn; hãy chia thành nhiều tệp.",
        ErrorKind::NotUtf8 { .. } => "không nhận ra bảng mã của tệp; hãy lưu lại bằng bảng mã Unicode (UTF-8).",
        ErrorKind::NoWords | ErrorKind::NoPages => "không tìm thấy chữ nào trong tệp.",
        _ => "tệp bị hỏng hoặc không đúng định dạng; hãy mở bằng phần mềm đã tạo ra tệp, lưu lại rồi gửi.",
    };
    reason.to_owned()
}
