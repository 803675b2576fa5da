//! The words for things: one Vietnamese and one English term for each, on the pages, in the terminal, in the help and in
//! the guide. The last column has what an office would not write, or would misread; no text has it.
//!
//! | thing | Vietnamese | English | not |
//! |---|---|---|---|
//! | what is typed to search for | nội dung tìm kiếm, nội dung cần tìm | query | câu hỏi; từ cần tìm |
//! | the marks of Vietnamese letters; `dấu` alone is a stamp | dấu tiếng Việt, dấu thanh | diacritics, marks | dấu đã mất; dấu mất; mất dấu. |
//! | a part of a document that is found | đoạn | passage | thân bài |
//! | the text between letterhead and signature | nội dung | body | thân bài |
//! | letterhead, symbol, place and date | phần thể thức | letterhead | phần đầu văn bản |
//! | a headed part of a document | mục, đề mục | section, heading | phân đoạn |
//! | the kind of what a section says | loại nội dung | kind of section | nội dung mục |
//! | text that was corrected after an OCR | văn bản nhận dạng tự động | corrected OCR | chữ máy đọc; máy đọc lại |
//! | what the OCR read | kết quả nhận dạng gốc (OCR) | as the OCR read it | chữ gốc trong bản quét |
//! | a word that may be read wrong | từ nhận dạng chưa chắc chắn | uncertain word, unsure reading | từ chưa chắc |
//! | how good the text of a document is | chất lượng văn bản | quality of the text | tình trạng chữ; chữ hỏng; chữ rõ |
//! | a document on paper, as an image | bản quét | scan | bản scan |
//! | the file of a document, its pages | tệp gốc, bản gốc | the file, the original | file gốc |
//! | citing a document | viện dẫn | citation | trích dẫn lại; dẫn chiếu |
//! | the act by which a document is cited | quan hệ | relation | hành động viện dẫn |
//! | symbol of a document | số, ký hiệu | symbol | mã số văn bản |
//! | what a document is about | trích yếu | subject | tiêu đề phụ |
//! | the body that issues a document | cơ quan ban hành | issuer | nơi phát hành |
//! | the place where a document is cited | vị trí viện dẫn | place | chỗ viện dẫn |
//! | the register of central documents | danh mục | register | sổ đăng ký |
//! | wording like another | đoạn viết tương tự, câu chữ | similar wording, precedent | câu chữ tương tự |
//! | a syllable, as words are counted | chữ | syllable, word | tiếng giống nhau |
//! | checking the citations of a draft | soát dự thảo | proof of a draft | soát lỗi |
//! | restricting an answer | bộ lọc, lọc | filter | bỏ mọi bộ lọc |
//! | a hit | kết quả | result, hit, match | chỗ khớp |
//! | the address of a result | liên kết | link | liên kết cố định |
//! | copying a passage for a paper | sao chép kèm nguồn | copy with source | chép kèm địa chỉ |
//! | a typing error | lỗi chính tả | misspelling | gõ sai |
//! | numbers of things | số lượng, số … | number of | chừng này |
//! | something that failed | có lỗi xảy ra | something went wrong | không trả lời được; câu trả lời |

/// Returns a term of the last column that a Vietnamese text has; `None` if it has none.
#[cfg(test)]
pub(crate) fn misused(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    terms().find(|term| text.contains(term))
}

/// Returns the terms of the last column.
#[cfg(test)]
fn terms() -> impl Iterator<Item = &'static str> {
    let rows = include_str!("glossary.rs").lines();
    let rows = rows.filter_map(|row| row.strip_prefix("//! |")?.strip_suffix('|'));
    let cells = rows.skip(2).filter_map(|row| row.rsplit('|').next());
    cells.flat_map(|cell| cell.split(';')).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::super::strings::ALL;
    use super::*;

    /// The Vietnamese texts that are files: the help, and the guide.
    const FILES: [(&str, &str); 6] = [
        ("vi.tsv", include_str!("../../cli/help/vi.tsv")),
        ("tra-cuu.md", include_str!("../../guide/tra-cuu.md")),
        ("dau-va-ban-quet.md", include_str!("../../guide/dau-va-ban-quet.md")),
        ("vien-dan.md", include_str!("../../guide/vien-dan.md")),
        ("doi-chieu.md", include_str!("../../guide/doi-chieu.md")),
        ("dia-chi.md", include_str!("../../guide/dia-chi.md")),
    ];

    #[test]
    fn the_table_is_read() {
        assert!(terms().count() > 30);
        assert_eq!(misused("Câu hỏi của bạn"), Some("câu hỏi"));
        assert_eq!(misused("Nội dung cần tìm"), None);
    }

    #[test]
    fn no_text_has_a_word_that_an_office_would_not_write() {
        let strings = ALL.iter().map(|(name, vietnamese, _)| (*name, *vietnamese));
        let files = FILES
            .iter()
            .flat_map(|(file, text)| text.lines().map(move |line| (*file, line)));
        let wrong: Vec<String> = strings
            .chain(files)
            .filter_map(|(place, text)| Some(format!("{place}: `{}` in “{text}”", misused(text)?)))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn texts_are_in_two_languages() {
        for (name, vietnamese, english) in ALL {
            let count = |text: &str| text.matches("{}").count();
            assert_eq!(count(vietnamese), count(english), "{name}");
            assert!(!vietnamese.is_empty() && !english.is_empty(), "{name}");
        }
    }
}
