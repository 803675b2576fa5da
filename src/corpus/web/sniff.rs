//! Tells web pages by their first bytes, and those that are documents by their text.
//!
//! Folders hold pages that are none: the reports of programs, the manuals of libraries, a page of links. They are not in
//! Vietnamese, or their words are links. So a page that is found in a folder counts if enough of its letters outside links
//! have Vietnamese marks; Vietnamese has them on every third letter, German on every fiftieth.

use super::charset;

/// The bytes of a page in which its text is counted.
pub(in crate::corpus) const COUNTED_BYTES: usize = 4_000_000;

/// The fewest letters with marks outside links of a document: a notice of six lines has as many.
const MIN_MARKED: usize = 60;

/// The least share of such letters among all outside links, in percent.
const MIN_MARKED_SHARE: usize = 8;

/// The bytes of the head of an archive in which its kind is said.
const HEAD_BYTES: usize = 2_000;

/// Tags that begin a page.
const FIRST_TAGS: [&str; 10] = [
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<meta",
    "<title",
    "<script",
    "<style",
    "<link",
    "<base",
];

/// Elements whose content is no text.
const UNREAD: [&str; 3] = ["script", "style", "noscript"];

/// The longest name of an entity.
const MAX_ENTITY: usize = 10;

/// Returns true if a file that begins with `first` is a web page, or one in an archive of one file (MHTML).
pub(in crate::corpus) fn is_page(first: &[u8]) -> bool {
    let (text, _) = charset::decode(first);
    let mut rest = text.trim_start_matches(['\u{feff}', '\0']).trim_start();
    if is_archive(first) {
        return true;
    }
    // Before the first tag there may be comments, and what XML declares.
    loop {
        let end = match rest.get(..4) {
            Some("<!--") => "-->",
            Some("<?xm") => "?>",
            _ => break,
        };
        let Some((_, after)) = rest.split_once(end) else {
            return false;
        };
        rest = after.trim_start();
    }
    let head: String = rest.chars().take(20).collect::<String>().to_ascii_lowercase();
    FIRST_TAGS.iter().any(|tag| {
        let after = head.strip_prefix(tag);
        after.is_some_and(|after| !after.starts_with(|char: char| char.is_ascii_alphanumeric()))
    })
}

/// Returns true if `bytes` begin a page that was saved with its pictures as one file (RFC 2557).
pub(in crate::corpus) fn is_archive(bytes: &[u8]) -> bool {
    let first = bytes.get(..bytes.len().min(HEAD_BYTES)).unwrap_or(bytes);
    let head = String::from_utf8_lossy(first).to_ascii_lowercase();
    let has = |line: &str| head.starts_with(line) || head.contains(&format!("\n{line}"));
    has("mime-version:") && head.contains("content-type: multipart/related")
}

/// Returns true if the page `bytes`, which may be cut off, is a document in Vietnamese.
pub(in crate::corpus) fn holds_document(bytes: &[u8]) -> bool {
    let (text, _) = charset::decode(bytes);
    let (mut letters, mut marked) = (0usize, 0usize);
    let mut in_link = false;
    let mut rest = text.as_str();
    while let Some(char) = rest.chars().next() {
        let after = rest.get(char.len_utf8()..).unwrap_or("");
        rest = match char {
            '<' => {
                let (name, end) = tag(after);
                match name.as_str() {
                    "a" => in_link = true,
                    "/a" => in_link = false,
                    _ => {}
                }
                let after_tag = after.get(end..).unwrap_or("");
                if UNREAD.contains(&name.as_str()) {
                    after_end_tag(after_tag, &name)
                } else {
                    after_tag
                }
            }
            '&' if !in_link => {
                let (is_marked, end) = entity(after);
                marked += usize::from(is_marked);
                letters += usize::from(is_marked);
                after.get(end..).unwrap_or("")
            }
            _ => {
                // The letters of TCVN3 and VNI are signs of windows-1252.
                let is_marked = matches!(char, '\u{a1}'..='\u{24f}' | '\u{300}'..='\u{323}' | '\u{1ea0}'..='\u{1eff}');
                if !in_link {
                    marked += usize::from(is_marked);
                    letters += usize::from(is_marked || char.is_alphanumeric());
                }
                after
            }
        };
    }
    marked >= MIN_MARKED && marked * 100 >= letters * MIN_MARKED_SHARE
}

/// Reads what follows a `<`: the name of the tag in small letters, and the place after it. The name of a comment is
/// empty, and so is that of what is no tag.
fn tag(text: &str) -> (String, usize) {
    if let Some(comment) = text.strip_prefix("!--") {
        return (String::new(), comment.find("-->").map_or(text.len(), |end| end + 6));
    }
    if !text.starts_with(|char: char| char.is_ascii_alphabetic() || matches!(char, '/' | '!' | '?')) {
        return (String::new(), 0);
    }
    let end = text.find('>').map_or(text.len(), |end| end + 1);
    let is_end = |char: char| char.is_whitespace() || char == '>';
    let name: String = text.chars().take(16).take_while(|&char| !is_end(char)).collect();
    (name.to_ascii_lowercase(), end)
}

/// Returns what follows the end tag of an element.
fn after_end_tag<'t>(text: &'t str, name: &str) -> &'t str {
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find("</")) {
        at += found + 2;
        let named = text.get(at..at + name.len());
        if named.is_some_and(|named| named.eq_ignore_ascii_case(name)) {
            return text.get(at..).unwrap_or("");
        }
    }
    ""
}

/// Reads what follows an `&`: whether it is a letter with a mark, and the place after it.
fn entity(text: &str) -> (bool, usize) {
    let Some(end) = text.bytes().take(MAX_ENTITY).position(|byte| byte == b';') else {
        return (false, 0);
    };
    let name = text.get(..end).unwrap_or("");
    let is_marked = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                None => number.parse(),
            };
            code.is_ok_and(|code| (0xc0..0x250).contains(&code) || (0x1ea0..0x1f00).contains(&code))
        }
        None => ["acute", "grave", "circ", "tilde"]
            .iter()
            .any(|mark| name.ends_with(mark)),
    };
    (is_marked, end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_by_their_first_tag() {
        let rows: [(&[u8], bool); 10] = [
            (b"<!DOCTYPE html>\n<p>", true),
            (b"\xef\xbb\xbf <?xml version='1.0'?><!-- x --><HTML xmlns='x'>", true),
            (b"<meta charset=utf-8>", true),
            (b"\xff\xfe<\0h\0t\0m\0l\0>\0", true),
            (b"<\0h\0t\0m\0l\0 \0x\0m\0l\0n\0s\0:\0o\0=\0", true),
            (
                b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n",
                true,
            ),
            (b"<div align=center>\n\n# README", false),
            (b"<header>", false),
            (b"<?xml version='1.0'?><alto>", false),
            (b"a < b", false),
        ];
        for (bytes, expected) in rows {
            assert_eq!(is_page(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_document_has_vietnamese_text_outside_links() {
        let line = "Đảng ủy xã tổ chức học tập, quán triệt nghị quyết đến từng chi bộ trực thuộc. ";
        let text = line.repeat(4);
        let entities = "<p>&#272;&#7843;ng &#7911;y x&atilde; t&#7893; ch&#7913;c h&#7885;c t&#7853;p</p>".repeat(12);
        let rows = [
            (format!("<html><body><p>{text}</p>"), true),
            (entities, true),
            (format!("<html><ul><li><a href='/'>{text}</a></li></ul>"), false),
            (
                format!("<html><script>var a = '{text}'</script><!-- {text} --></html>"),
                false,
            ),
            (
                "<html><p>All files: 93.2 % of statements are covered.</p>".repeat(50),
                false,
            ),
            (
                "<p>Die Prüfung der Bücher für das Jahr ist möglich, solange alle Unterlagen da sind.</p>".repeat(20),
                false,
            ),
        ];
        for (page, expected) in rows {
            assert_eq!(holds_document(page.as_bytes()), expected, "{}", &page[..40]);
        }
        assert!(!holds_document(b"<a href='<p>&#;&"));
    }
}
