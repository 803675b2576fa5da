//! The texts of pages and of the terminal, Vietnamese and English side by side: one table, so that a thing has one name
//! everywhere.

use super::Lang;
use crate::document::Place;
use crate::reading::Quality;

impl Lang {
    /// Returns its texts.
    pub(crate) const fn strings(self) -> &'static Strings {
        match self {
            Self::Vi => &VI,
            Self::En => &EN,
        }
    }
}

/// Declares the strings from one table: name, Vietnamese, English. [`fill`](super::fill) replaces `{}` with a value.
macro_rules! strings {
    ($($name:ident: $vi:expr, $en:literal;)*) => {
        /// The UI strings of one language.
        #[derive(Debug)]
        pub(crate) struct Strings {
            $(pub(crate) $name: &'static str,)*
        }
        static VI: Strings = Strings { $($name: $vi,)* };
        static EN: Strings = Strings { $($name: $en,)* };
    };
}

strings! {
    // Every page.
    skip: "Đến nội dung chính", "Skip to the main content";
    pages: "Các trang", "Pages";
    search: "Tìm kiếm", "Search";
    documents: "Văn bản", "Documents";
    citations: "Viện dẫn", "Citations";
    precedent: "Câu chữ tương tự", "Similar wording";
    about: "Tìm toàn văn trong văn bản của Đảng", "Full-text search over party documents";
    api: "Giao diện lập trình (API)", "API";
    page: "trang {}", "page {}";
    note: "chú thích {}", "note {}";

    // The search box.
    query: "Từ cần tìm", "What to look for";
    query_hint: "Gõ có dấu hoặc không dấu; \"cụm từ\" trong ngoặc kép; số, ký hiệu như 21-NQ/TW", "With or without marks; \"a phrase\" in quotation marks; symbols such as 21-NQ/TW";
    go: "Tìm", "Search";
    sort: "Sắp xếp", "Order";
    sort_relevance: "Phù hợp nhất", "Relevance";
    sort_document: "Theo văn bản", "By document";
    sort_date: "Mới nhất trước", "Newest first";
    sort_oldest: "Cũ nhất trước", "Oldest first";
    marks: "Dấu", "Marks";
    marks_prefer: "Ưu tiên đúng dấu", "Prefer agreeing marks";
    marks_any: "Không xét dấu", "Ignore marks";
    marks_exact: "Phải đúng dấu", "Marks must agree";
    suggestions: "Gợi ý", "Suggestions";
    suggestions_found: "Có {} gợi ý; dùng phím mũi tên để chọn", "Suggestions: {}; choose with the arrow keys";
    try_these: "Ví dụ", "Examples";
    corpus: "Kho hiện có {} văn bản, {} đoạn.", "The corpus holds {} documents, {} passages.";

    // Results.
    results: "Kết quả", "Results";
    passages: "{} đoạn", "Passages: {}";
    window: "đang xem {}–{}", "showing {}–{}";
    also: "Cũng tìm:", "Also found:";
    by_marks: "{} đúng dấu, {} khác dấu", "{} with these marks, {} with others";
    relaxed: "Không đoạn nào có đủ các từ này; dưới đây là những đoạn có một phần.", "No passage has all of these words; these have some of them.";
    not_understood: "Lưu ý", "Note";
    filters_on: "Đang lọc", "Filters on";
    drop_filter: "bỏ lọc {}", "drop the filter {}";
    drop_all: "bỏ mọi bộ lọc", "drop all filters";
    all_filters: "Lọc kết quả", "Filter the results";
    more: "thêm {} mục", "{} more";
    earlier: "Trang trước", "Previous";
    later: "Trang sau", "Next";
    part_of_long: "Văn bản dài: phần {} trên {}", "A long document: part {} of {}";
    cut_passage: "Đoạn quá dài, chỉ hiện phần đầu.", "The passage is too long; only its beginning is shown.";
    paging: "Các trang kết quả", "Pages of results";
    permalink: "Liên kết cố định", "Permalink";
    cites: "Viện dẫn", "Cites";
    similar: "tìm câu chữ tương tự", "find similar wording";
    lost: "bản gốc mất dấu tiếng Việt", "marks lost in the source";
    folded: "khác dấu thanh hoặc chữ", "other marks";
    repaired: "Chữ máy đọc lại", "As a machine read the scan anew";
    source: "Chữ gốc trong bản quét", "As the scan has it";
    see_source: "Xem chữ gốc", "See the source";
    converted: "Chuyển mã từ {}; chữ trong tệp xem ở “Xem chữ gốc”.", "Converted from {}; “See the source” shows the letters of the file.";
    converted_place: "chuyển mã từ {}", "converted from {}";
    encoding: "Mã chữ của tệp", "Encoding of the file";
    scanned: "Văn bản quét: chữ do máy đọc lại, có thể sai; ⁇ đứng sau từ chưa chắc.", "A scan: its words were read by a machine and may be wrong; ⁇ stands behind an unsure word.";
    scanned_place: "chữ máy đọc lại từ bản quét", "read anew by a machine from a scan";
    unsure: "từ chưa chắc", "unsure word";
    unsure_mark: "⁇ đứng sau từ chưa chắc", "⁇ stands behind an unsure word";
    may_be: "có thể là: {}", "may be: {}";

    // Nothing found.
    nothing: "Không tìm thấy", "Nothing found";
    nothing_for: "Không đoạn nào khớp với câu hỏi này.", "No passage matches this question.";
    would_help: "Có thể thử", "What may help";
    help_marks: "không xét dấu: {} đoạn", "ignore the marks ({} passages)";
    help_drop: "bỏ lọc {}: {} đoạn", "drop the filter {} ({} passages)";
    help_words: "kho không có từ: {} (gõ sai?)", "words that the corpus does not have: {} (a slip?)";
    help_quotes: "bỏ dấu ngoặc kép: {} đoạn", "leave out the quotation marks ({} passages)";
    help_near: "ký hiệu gần giống: {}", "a symbol that is near: {}";
    help_shorter: "dùng ít từ hơn, hoặc gõ không dấu", "use fewer words, or type without marks";

    // Facets and their values.
    facet_document: "Văn bản", "Document";
    facet_kind: "Loại văn bản", "Kind";
    facet_issuer: "Cơ quan ban hành", "Issuer";
    facet_province: "Tỉnh, thành phố", "Province";
    facet_term: "Nhiệm kỳ", "Term";
    facet_section: "Nội dung mục", "Section";
    facet_place: "Vị trí", "Place";
    facet_cites: "Văn bản được viện dẫn", "Cited document";
    facet_relation: "Quan hệ với văn bản viện dẫn", "Relation to what is cited";
    facet_cited_kind: "Loại văn bản được viện dẫn", "Kind of the cited document";
    filter_from: "Từ ngày", "From";
    filter_to: "Đến ngày", "To";
    facet_quality: "Tình trạng chữ", "State of the text";
    place_body: Place::Body.label(), "body";
    place_heading: Place::Heading.label(), "heading";
    place_footnote: Place::Footnote.label(), "footnote";
    place_table: Place::Table.label(), "table";
    place_header: Place::Header.label(), "letterhead";
    quality_clean: Quality::Clean.label(), "clean";
    quality_unmarked: Quality::Unmarked.label(), "typed without marks";
    quality_ocr: Quality::Ocr.label(), "scan";

    // Documents.
    document_count: "{} văn bản", "Documents: {}";
    number: "Số, ký hiệu", "Symbol";
    issuer: "Cơ quan ban hành", "Issuer";
    date: "Ngày", "Date";
    page_count: "Số trang", "Pages";
    term: "Nhiệm kỳ", "Term";
    draft: "Dự thảo", "Draft";
    metadata: "Thông tin văn bản", "About the document";
    outline: "Đề mục", "Outline";
    introduction: "Mở đầu", "Introduction";
    find_in: "Tìm trong văn bản này", "Find in this document";
    back: "Về kết quả tìm kiếm", "Back to the results";
    found_here: "{} đoạn khớp “{}”", "Passages found: {}, for “{}”";
    first_found: "đến chỗ đầu tiên", "go to the first";
    match_before: "Chỗ khớp trước", "Previous match";
    match_after: "Chỗ khớp sau", "Next match";
    notes: "Chú thích", "Notes";
    to_call: "về chỗ gọi chú thích {}", "back to where note {} is called";
    to_note: "Đến chú thích này ở cuối trang", "To this note at the end of its page";
    close: "Đóng", "Close";
    see_original: "Xem bản gốc", "See the original";
    see_page: "Xem bản gốc trang {}", "See page {} of the original";
    original_word: "Bản gốc", "Original";
    original_page: "Bản gốc, trang {}/{}", "Original, page {} of {}";
    original_pages: "Các trang của bản gốc", "Pages of the original";
    download: "Tải tệp gốc", "Download the file";
    file_gone: "Tệp gốc không còn ở nơi đã lập chỉ mục.", "The file is no longer where it was indexed.";
    to_document: "Về văn bản", "Back to the document";
    picture: "Hình trang {}", "Picture of page {}";
    full_size: "Mở hình cỡ đầy đủ", "Open the picture in full size";
    text_of_page: "Chữ của trang này", "The text of this page";
    no_text: "Trang này không có chữ nào đọc được.", "No text was read on this page.";
    anchor: "Liên kết đến đoạn này", "Link to this passage";
    anchor_word: "Liên kết", "Link";
    similar_word: "Câu tương tự", "Similar";
    copy: "Chép kèm địa chỉ", "Copy with address";
    copied: "Đã chép", "Copied";
    at_part: "phần {}", "part {}";
    at_section: "mục {}", "section {}";
    at_point: "điểm {}", "point {}";
    at_titled: "mục “{}”", "section “{}”";
    at_inside: " ", ", ";
    symbol_of: "số {}", "no. {}";
    dated: "ngày {}", "of {}";

    // Citations.
    cited: "Văn bản được viện dẫn", "Cited document";
    cited_count: "{} văn bản được viện dẫn", "Cited documents: {}";
    count: "Số lần", "Times";
    in_documents: "Số văn bản", "In documents";
    in_notes: "Trong chú thích", "In notes";
    where_cited: "Văn bản viện dẫn", "Citing documents";
    subject: "Trích yếu", "Subject";
    cited_times: "Được viện dẫn {} lần trong {} văn bản, {} lần trong chú thích.", "Citations: {}; citing documents: {}; citations in notes: {}.";
    narrow: "Ký hiệu, tên, trích yếu", "Symbol, name, subject";
    filter: "Lọc", "Filter";
    all: "tất cả", "all";
    most_first: "nhiều trước", "most first";
    least_first: "ít trước", "fewest first";
    first_to_last: "A–Z", "A–Z";
    last_to_first: "Z–A", "Z–A";
    newest_first: "mới trước", "newest first";
    oldest_first: "cũ trước", "oldest first";
    csv: "Tải bảng CSV", "Download as CSV";
    sort_by: "sắp xếp theo {}", "order by {}";
    said: "Các văn bản nói gì về văn bản này", "What the texts say about it";
    identities: "Một trong nhiều văn bản cùng số, ký hiệu", "One of several documents of this symbol";
    disagree: "Các văn bản ghi khác nhau", "The texts disagree";
    wordings: "{} cách ghi", "wordings: {}";
    given_by: "{} lần: {}", "{}×: {}";
    cited_with: "Được viện dẫn cùng", "Cited together with";
    places: "Nơi viện dẫn", "Where it is cited";
    held: "Có trong kho: đọc văn bản", "In the corpus: read it";
    matrix: "Văn bản nào viện dẫn văn bản nào", "Which document cites which";
    matrix_about: "Mỗi hàng là một văn bản trong kho, mỗi cột là một văn bản được viện dẫn nhiều nhất; chấm càng to, viện dẫn càng nhiều.", "A row for each document of the corpus, a column for each of the most cited documents; the larger the dot, the more citations.";
    timeline: "Văn bản được viện dẫn theo năm ban hành", "Cited documents by the year of their date";
    timeline_about: "Số văn bản được viện dẫn, theo năm ban hành mà các văn bản ghi.", "Number of cited documents by the year that the texts give.";
    as_table: "Xem dạng bảng", "As a table";
    year: "Năm", "Year";
    nothing_cites: "Không văn bản nào viện dẫn “{}”.", "Nothing cites “{}”.";
    ask_cited: "Số, ký hiệu hoặc tên", "Symbol or name";
    by_corpus: "Xác định theo kho văn bản: {} lần.", "Identified by the corpus: {}.";
    by_register: "Xác định theo danh mục: {} lần.", "Identified by the register: {}.";

    // The register of central documents.
    register: "Danh mục", "Register";
    register_title: "Danh mục văn bản", "Register of documents";
    register_about: "Ngày, cơ quan ban hành, trích yếu và văn bản thay thế của các văn bản Trung ương, Nhà nước thường được viện dẫn; có sẵn trong chương trình, cơ quan có thể bổ sung.", "Dates, issuers and subjects of central documents that are often cited, and what replaces them; part of the program, and an office can add its own.";
    registered_count: "{} văn bản trong danh mục", "Documents in the register: {}";
    not_registered: "Danh mục không có văn bản “{}”.", "The register has no document “{}”.";
    in_register: "Theo danh mục văn bản", "In the register of documents";
    congress_term: "Khóa", "Congress";
    other_kind: "Khác", "Other";
    see_places: "Xem nơi viện dẫn", "See where";
    replaced_by: "Được thay thế bởi", "Replaced by";
    replaces: "Thay thế", "Replaces";
    amended_by: "Được sửa đổi, bổ sung bởi", "Amended by";
    follows: "Văn bản trước về cùng vấn đề:", "Earlier on the same matter:";
    followed_by: "Văn bản sau về cùng vấn đề:", "Later on the same matter:";
    also_called: "Tên gọi khác", "Also called";
    in_force: "Có hiệu lực từ", "In force from";
    known: "theo hiểu biết chung", "general knowledge";
    date_known: "ngày theo hiểu biết chung, chưa gặp văn bản nào ghi", "the date is general knowledge, found in no text";
    date_unsure: "ngày chưa chắc chắn", "the date is not certain";
    date_unknown: "chưa rõ ngày", "the date is not known";
    date_of_office: "theo danh mục của cơ quan", "from the office's own table";
    date_of_texts: "{} văn bản ghi ngày này", "texts with this date: {}";

    // Precedent wording.
    paste: "Dán một câu hoặc một đoạn", "Paste a sentence or a paragraph";
    compare: "Tìm câu chữ tương tự", "Find similar wording";
    precedent_about: "Tìm các đoạn đã dùng cách diễn đạt này; thiếu dấu hoặc lỗi quét không tính là khác.", "Find who has said this before, and how. Lost marks and misread letters are no difference.";
    given: "Đoạn đã cho", "The given text";
    found: "Đoạn tìm được", "The passage found";
    share: "giống {} %", "{} % the same";
    syllables: "{}/{} chữ", "{} of {} syllables";
    passage_syllables: "đoạn có {} chữ", "syllables of the passage: {}";
    set_phrase: "câu chữ quen dùng", "a set phrase";
    ordinary: "ít đặc trưng", "ordinary wording";
    telling: "rất đặc trưng", "distinctive wording";
    legend: "Ký hiệu", "Legend";
    changed: "viết khác", "changed";
    inserted: "chỉ có ở đoạn tìm được", "only in the passage found";
    dropped: "chỉ có ở đoạn đã cho", "only in the given text";
    passages_at_least: "Ít nhất {} đoạn", "At least {} passages";
    no_precedent: "Chưa thấy đoạn nào viết như vậy.", "Nothing in the corpus is worded so.";
    no_precedent_compared: "Không có đoạn nào viết đúng như vậy; trong {} đoạn gần nhất đã đối chiếu, chưa thấy đoạn nào viết tương tự.", "No passage contains this text, and none of the {} closest passages that were compared is worded so.";
    too_long: "Đoạn dài quá {} byte; hãy dán từng phần.", "The text is longer than {} bytes; paste a part of it.";

    // Errors.
    error: "Không trả lời được", "No answer";
    error_back: "Về trang tìm kiếm", "To the search page";

    // The terminal alone.
    page_short: "tr. {}", "p. {}";
    note_place: "chú thích", "note";
    scan_short: "bản quét (OCR)", "scan (OCR)";
    cited_short: "viện dẫn {} lần, {} văn bản", "citations: {}, documents: {}";
    cited_in_notes: ", {} trong chú thích", ", in notes: {}";
    unsure_plain: "⁇: từ nhận dạng chưa chắc chắn", "⁇: an unsure reading of the scan";
    unsure_underlined: "Gạch chân: từ nhận dạng chưa chắc chắn", "Underlined: an unsure reading of the scan";
    corrected: "chữ nhận dạng lại từ bản quét; --source cho kết quả nhận dạng gốc", "corrected OCR; --source shows what the OCR read";
    corrected_short: "nhận dạng lại", "corrected OCR";
    source_ocr: "kết quả nhận dạng gốc (OCR)", "as the OCR read it";
    source_letters: "chữ trong tệp, trước khi chuyển mã", "the letters of the file, before conversion";
    term_of: "nhiệm kỳ {}", "term {}";
    pages_of: "{} trang", "pages: {}";
    no_relation: "Không rõ quan hệ", "Relation unknown";
    disagree_on: "Các văn bản ghi khác nhau về {}", "The texts disagree on the {}";
    on_date: "ngày", "date";
    on_issuer: "cơ quan ban hành", "issuer";
    on_subject: "trích yếu", "subject";
    who_says: "{} lần: {}", "{}×: {}";
    replaced_word: "được thay thế bởi {}", "replaced by {}";
    told_by_corpus: "theo kho văn bản", "by the corpus";
    told_by_register: "theo danh mục", "by the register";
    in_register_word: "Danh mục", "Register";
    by_knowledge: "theo hiểu biết chung", "general knowledge";
    note_word: "Ghi chú", "Note";
    introduction_word: "(mở đầu)", "(opening)";
    alike: "giống {} %, {}/{} chữ, {}", "{} % alike, {}/{} syllables, {}";
    new_wording: "chưa thấy ở đâu", "new";
    used_before: "đã từng dùng {}/{} chữ", "used before: {}/{} syllables";
    more_passages: "và {} đoạn khác", "and {} more passages";
    more_at_least: "và ít nhất {} đoạn khác", "and at least {} more passages";
    family: "{} văn bản, {} chỗ, {} chữ", "documents: {}, places: {}, syllables: {}";
    undated: "không rõ ngày", "no date";
    proof_line: "dòng {}", "line {}";
    proof_notes: "Số chú thích", "Numbers of the notes";
    proof_count: "{} viện dẫn", "Citations: {}";
    proof_note_count: "{} lỗi số chú thích", "numbers of notes: {}";

    // Verdicts on citations of a draft, and findings.
    verdict_agrees: "đúng", "agrees";
    verdict_unknown: "chưa rõ", "unknown";
    verdict_ambiguous: "chưa xác định", "ambiguous";
    verdict_malformed: "sai thể thức", "malformed";
    verdict_two_names: "ghi hai cách", "two-names";
    verdict_replaced: "đã bị thay thế", "replaced";
    verdict_future: "ngày sau dự thảo", "future";
    verdict_differs: "không khớp", "differs";

    // Notes of the terminal beside an answer.
    no_passage_has_all: "không đoạn nào có đủ các từ này", "no passage has all of these words";
    most_of_them: "không đoạn nào có đủ các từ này; dưới đây là những đoạn có nhiều từ nhất", "no passage has all of these words; these have most of them";
    also_finds: "cũng tìm {} cho “{}”", "also finds {} for '{}'";
    shown: "{} đoạn", "passages: {}";
    shown_folded: "trong đó {} khác dấu", "{} of them with other marks";
    shown_window: "đang xem {}–{}", "{} to {} shown";
    try_marks: "--marks any tìm thấy {} đoạn", "--marks any finds {} passages";
    try_unquoted: "bỏ dấu ngoặc kép thì có {} đoạn", "without quotation marks the query finds {} passages";
    try_without: "bỏ --{} “{}” thì có {} đoạn", "without --{} '{}' the query finds {} passages";
    try_symbols: "có phải là {}?", "did you mean {}?";
    words_unknown: "không đoạn nào có “{}”", "no passage has '{}'";
    nobody_cites: "không văn bản nào viện dẫn “{}”", "nothing cites '{}'";
    near_ones: "gần giống: {}", "similar ones are {}";
    register_has: "danh mục có văn bản này: `{}`", "the register has it: `{}`";
    register_lacks: "danh mục không có văn bản “{}”", "the register has no document for '{}'";
    left_out: "còn {}; -n 0 hiện tất cả", "{} more; -n 0 shows all";
    nothing_worded_so: "trong kho không có đoạn nào viết như vậy; --min-score thấp hơn cho các đoạn ít giống hơn", "nothing in the index is worded like this; a lower --min-score shows looser matches";
    none_of_compared: "không đoạn nào chứa nguyên văn, và trong {} đoạn gần nhất đã đối chiếu không đoạn nào viết tương tự; có thể còn đoạn ít giống hơn: hãy nhập dài hơn hoặc thêm bộ lọc", "no passage contains this text, and none of the {} closest passages that were compared is worded like it; there may be looser matches, which a longer text or filters show";
    at_least_compared: "ít nhất {} đoạn, trong đó {} đoạn có nguyên văn; ngoài ra chỉ đối chiếu {} đoạn gần nhất, dùng bộ lọc để xem thêm", "at least {} passages, {} of them with the whole text; of the others only {} were compared word by word, and filters show more";
    some_shown: "{} đoạn, đang xem {}", "{} passages, {} shown";
    draft_sum: "{} trên {} đoạn đã từng dùng, {} trên {} chữ", "{} of {} paragraphs have precedents, {} of {} syllables";

    // Reports of building and checking an index. What is counted comes with its noun, in the singular or plural.
    document_one: "văn bản", "document";
    document_many: "văn bản", "documents";
    damaged_one: "văn bản chữ hỏng", "damaged document";
    damaged_many: "văn bản chữ hỏng", "damaged documents";
    passage_one: "đoạn", "passage";
    passage_many: "đoạn", "passages";
    file_one: "tệp", "file";
    file_many: "tệp", "files";
    no_index_yet: "chưa có chỉ mục trong '{}', đang lập từ '{}'", "no index in '{}' yet, building it from '{}'";
    passed_over: "bỏ qua {} {}: không đọc được loại này", "passed over {} {}: nothing reads them";
    learnt_from: "đã học từ chữ rõ của {}, dùng để đọc {}", "learnt from the clean text of {}, read {} with that";
    index_state: "{}, {} trong '{}' (thêm {}, thay đổi {}, bỏ {}, giữ nguyên {}, lỗi {}{}; {} giây)", "{}, {} in '{}' ({} added, {} changed, {} removed, {} unchanged, {} failed{}; {} s)";
    engine_state: "{}, {} trong '{}' (thêm {}, thay đổi {}, bỏ {}, giữ nguyên {}, bị từ chối {})", "{}, {} in '{}' ({} added, {} changed, {} removed, {} unchanged, {} refused)";
    read_in_part: ", đọc một phần {}", ", {} read in part";
    stays_out: "1 đường dẫn đã loại, không lập chỉ mục lại cho đến khi được nêu tên", "1 path was removed and stays out until it is named";
    stay_out: "{} đường dẫn đã loại, không lập chỉ mục lại cho đến khi được nêu tên", "{} paths were removed and stay out until they are named";
    removed_state: "đã bỏ {}; còn {}, {} trong '{}'", "{} removed; {}, {} in '{}'";
    step_parse: "đọc", "reading";
    step_ocr: "OCR", "OCR";
    step_learn: "học", "learning";
    step_repair: "sửa chữ", "repairing";
    step_index: "lập", "indexing";
    step_commit: "ghi", "writing";
    check_state: "'{}': {}, {}, dạng {}: {}", "'{}': {}, {}, format {}: {}";
    check_damaged: "hỏng: chạy `{}`", "damaged: run `{}`";
    check_whole: "nguyên vẹn và khớp với các tệp", "whole and in step with its files";
    check_refused: "thiếu những văn bản bị từ chối: chạy `{}` để chuyển lại", "whole, but for what was refused: run `{}` to send it again";
    check_engine_whole: "nguyên vẹn", "whole";
    check_absent: "nguyên vẹn, nhưng thiếu đường dẫn gốc: khôi phục, hoặc chạy `{}`", "whole, but not all of its roots are there: bring them back, or run `{}`";
    check_behind: "nguyên vẹn, nhưng cũ hơn các tệp: chạy `{}`", "whole, but behind its files: run `{}`";
}
