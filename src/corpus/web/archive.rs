//! Pages that were saved with their pictures as one file: `.mht`, and `.doc` that Word saved as such.
//!
//! Source: RFC 2557 (MHTML), RFC 2045 (MIME).

use mailparse::ParsedMail;

use crate::corpus::error::ErrorKind;

/// The most parts in parts that are looked into.
const MAX_DEPTH: usize = 8;

/// Returns the first page in the archive `bytes`.
///
/// # Errors
/// [`ErrorKind::Damaged`] if it is no such archive, or holds no page.
pub(super) fn page(bytes: &[u8]) -> Result<Vec<u8>, ErrorKind> {
    let damaged = |what: String| ErrorKind::Damaged(format!("it is a page saved as one file, {what}"));
    let mail = mailparse::parse_mail(bytes).map_err(|error| damaged(format!("but {error}")))?;
    let part = find(&mail, 0).ok_or_else(|| damaged("without a page in it".to_owned()))?;
    part.get_body_raw().map_err(|error| damaged(format!("but {error}")))
}

/// Returns the first part that is a page.
fn find<'m, 'b>(part: &'m ParsedMail<'b>, depth: usize) -> Option<&'m ParsedMail<'b>> {
    if depth > MAX_DEPTH {
        return None;
    }
    let kind = part.ctype.mimetype.as_str();
    if matches!(kind, "text/html" | "application/xhtml+xml") {
        return Some(part);
    }
    part.subparts.iter().find_map(|part| find(part, depth + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_unpacked() {
        let archive = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\n\
            Content-Location: file:///C:/a.htm\r\nContent-Transfer-Encoding: quoted-printable\r\n\
            Content-Type: text/html; charset=\"utf-8\"\r\n\r\n<p>=C4=90=E1=BA=A3ng =\r\n=E1=BB=A7y</p>\r\n--x\r\n\
            Content-Type: image/png\r\n\r\nx\r\n--x--\r\n";
        assert_eq!(
            String::from_utf8(page(archive).unwrap()).unwrap().trim(),
            "<p>Đảng ủy</p>"
        );
        let empty = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--";
        assert!(page(empty).unwrap_err().to_string().contains("without a page"));
        assert!(page(b"").is_err());
    }
}
