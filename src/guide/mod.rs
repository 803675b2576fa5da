//! The guide: how to use vankien, as part of the program.
//!
//! A topic is a Markdown file in this folder, and a row of [`TOPICS`]. The terminal shows it (`vankien help TOPIC`), the
//! page `/help` too, and this documentation has it with each topic. Those for clerks are in Vietnamese, those for
//! operators and developers in English; a subject that is told in both languages has a topic in each, and the reader gets
//! that of his language.
//!
//! Conventions, which `tests/it/guide.rs` holds:
//! - A file begins with its title. Links to other topics and to pages of the service are reference links, defined at the
//!   end of the file: `[records]: records.md`, `[trang]: /documents`.
//! - Each line of a block `query` is a query that finds something; the page makes it a link to the search.
//! - In a block `console`, lines that begin with `$ vankien` are commands. They work in a folder with the seeds; what
//!   follows one is its output, in which a line `…` stands for lines left out, and one that ends with `…` for its rest.
//!   `# exit 1` after a command is its exit code, if that is not 0.
//! - A block `console elsewhere` has commands that need files or services of somebody: only their arguments are tried.

mod outline;

pub(crate) use outline::{first_paragraph, headings, parser, slug};

use crate::render::language::Lang;
use crate::search::near::nearest;
use crate::text::fold;

/// A topic of the guide.
#[derive(Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its name: that of its file, of the argument of `vankien help`, and of its page.
    pub name: &'static str,
    /// The language that it is written in.
    pub lang: Lang,
    /// The name of the topic on the same subject in the other language; empty if there is none.
    pub pair: &'static str,
    /// Its title in lists in Vietnamese.
    pub title_vi: &'static str,
    /// Its title in lists in English.
    pub title_en: &'static str,
    /// The text, in Markdown.
    pub text: &'static str,
}

/// The definitions of links between topics, for the documentation of the code: the first definition of a link counts, so
/// they stand before those at the end of each file.
macro_rules! links {
    () => {
        "[tra-cuu]: TRA_CUU\n\
         [dau-va-ban-quet]: DAU_VA_BAN_QUET\n\
         [vien-dan]: VIEN_DAN\n\
         [doi-chieu]: DOI_CHIEU\n\
         [dia-chi]: DIA_CHI\n\
         [queries]: QUERIES\n\
         [marks]: MARKS\n\
         [citing]: CITING\n\
         [wording]: WORDING\n\
         [addresses]: ADDRESSES\n\
         [records]: RECORDS\n\
         [formats]: FORMATS\n\
         [indexing]: INDEXING\n\
         [configuring]: CONFIGURING\n\
         [serving]: SERVING\n\
         [engine]: ENGINE\n\
         [understanding]: UNDERSTANDING\n\
         [measurements]: MEASUREMENTS\n\
         [commands]: COMMANDS\n\
         [contributing]: CONTRIBUTING\n\
         [changes]: CHANGES\n\n"
    };
}

/// Declares the topics from one table: constant, name, language, name of the same subject in the other language, title in
/// Vietnamese and in English. The documentation of each is its text.
macro_rules! topics {
    ($($constant:ident $name:literal $lang:ident $pair:literal $title_vi:literal $title_en:literal;)*) => {
        $(
            #[doc = concat!(links!(), include_str!(concat!($name, ".md")))]
            pub const $constant: Topic = Topic {
                name: $name,
                lang: Lang::$lang,
                pair: $pair,
                title_vi: $title_vi,
                title_en: $title_en,
                text: include_str!(concat!($name, ".md")),
            };
        )*

        /// All topics: first those for clerks, then those for operators and developers.
        pub static TOPICS: &[Topic] = &[$($constant),*];
    };
}

topics! {
    TRA_CUU "tra-cuu" Vi "queries" "Tra cứu" "Searching (in Vietnamese)";
    DAU_VA_BAN_QUET "dau-va-ban-quet" Vi "marks" "Dấu tiếng Việt và bản quét" "Diacritics and scans (in Vietnamese)";
    VIEN_DAN "vien-dan" Vi "citing" "Viện dẫn" "Citations (in Vietnamese)";
    DOI_CHIEU "doi-chieu" Vi "wording" "Đối chiếu câu chữ, soát dự thảo" "Wording and drafts (in Vietnamese)";
    DIA_CHI "dia-chi" Vi "addresses" "Địa chỉ của văn bản, mục, đoạn" "Addresses (in Vietnamese)";
    QUERIES "queries" En "tra-cuu" "Truy vấn (tiếng Anh)" "Queries, filters and tables";
    MARKS "marks" En "dau-va-ban-quet" "Dấu và bản quét (tiếng Anh)" "Marks and scans";
    CITING "citing" En "vien-dan" "Viện dẫn (tiếng Anh)" "Citations, the register, and the proof of a draft";
    WORDING "wording" En "doi-chieu" "Đối chiếu câu chữ (tiếng Anh)" "Precedent wording";
    ADDRESSES "addresses" En "dia-chi" "Địa chỉ (tiếng Anh)" "Addresses";
    RECORDS "records" En "" "Bản ghi và định dạng xuất" "Records";
    FORMATS "formats" En "" "Định dạng tệp, nhận dạng bản quét" "File formats and OCR";
    INDEXING "indexing" En "" "Lập và giữ chỉ mục" "Building and keeping an index";
    CONFIGURING "configuring" En "" "Cấu hình, trợ lý AI, gói cài đặt" "Configuration, assistants, packages";
    SERVING "serving" En "" "Vận hành dịch vụ và API" "Serving pages and the API";
    ENGINE "engine" En "" "Nhiều máy chủ: OpenSearch" "Beyond one machine: OpenSearch";
    UNDERSTANDING "understanding" En "" "Chương trình hiểu văn bản ra sao" "How it reads documents";
    MEASUREMENTS "measurements" En "" "Số liệu đo: đúng và nhanh đến đâu" "Measurements: how good, how fast";
    COMMANDS "commands" En "" "Các lệnh và cấu hình" "Commands and configuration";
    CONTRIBUTING "contributing" En "" "Tham gia phát triển" "Contributing";
    CHANGES "changes" En "" "Thay đổi theo phiên bản" "Changes";
}

impl Topic {
    /// Returns the topic with this name, typed in any case.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        TOPICS.iter().find(|topic| topic.name.eq_ignore_ascii_case(name))
    }

    /// Returns the topic on the same subject in this language; itself if there is none.
    #[must_use]
    pub fn in_language(&'static self, lang: Lang) -> &'static Self {
        if self.lang == lang {
            return self;
        }
        Self::find(self.pair).unwrap_or(self)
    }

    /// Returns its title in lists in this language.
    #[must_use]
    pub const fn title(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.title_vi,
            Lang::En => self.title_en,
        }
    }

    /// Returns the topics for readers of this language: those in it, and those on subjects that it has no topic on.
    pub fn listed(lang: Lang) -> impl Iterator<Item = &'static Self> {
        TOPICS
            .iter()
            .filter(move |topic| topic.lang == lang || topic.pair.is_empty())
    }
}

/// Returns those of `others` and of the names of topics that look like `name`, nearest first.
#[must_use]
pub fn near_names<'n>(name: &str, others: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    let names = TOPICS.iter().map(|topic| topic.name).chain(others);
    nearest(&fold(name), names.map(|name| (name.to_owned(), name.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_found_in_the_language_of_the_reader() {
        let queries = Topic::find("QUERIES").unwrap();
        assert_eq!(queries.in_language(Lang::Vi).name, "tra-cuu");
        assert_eq!(queries.in_language(Lang::Vi).in_language(Lang::En).name, "queries");
        assert_eq!(Topic::find("engine").unwrap().in_language(Lang::Vi).name, "engine");
        assert_eq!(Topic::find("nothing"), None);
        assert_eq!(near_names("querys", ["search"]), ["queries"]);
    }

    #[test]
    fn topics_on_one_subject_name_each_other() {
        for topic in TOPICS.iter().filter(|topic| !topic.pair.is_empty()) {
            let other = Topic::find(topic.pair).unwrap();
            assert_eq!(
                (other.pair, other.lang),
                (topic.name, topic.lang.other()),
                "{}",
                topic.name
            );
        }
        for topic in TOPICS {
            assert!(
                links!().contains(&format!("[{}]: ", topic.name)),
                "{} has no link",
                topic.name
            );
        }
    }

    #[test]
    fn a_topic_begins_with_its_title() {
        for topic in TOPICS {
            let title = topic.text.lines().next().and_then(|line| line.strip_prefix("# "));
            assert_eq!(title, Some(topic.title(topic.lang)), "{}", topic.name);
        }
    }
}
