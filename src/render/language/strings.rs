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
        /// All texts: name, Vietnamese, English.
        #[cfg(test)]
        pub(crate) static ALL: &[(&str, &str, &str)] = &[$((stringify!($name), $vi, $en),)*];
    };
}

strings! {
    // Every page.
    skip: "Đến nội dung chính", "Skip to the main content";
    pages: "Các trang", "Pages";
    search: "Tìm kiếm", "Search";
    documents: "Văn bản", "Documents";
    citations: "Viện dẫn", "Citations";
    precedent: "Đối chiếu câu chữ", "Similar wording";
    descriptor: "Tra cứu văn kiện Đảng", "Vietnamese party documents";
    help: "Hướng dẫn", "Help";
    check_draft: "Soát dự thảo", "Check a draft";
    version: "phiên bản {}", "version {}";
    about: "Tra cứu toàn văn văn kiện Đảng", "Full-text search over Vietnamese party documents";
    about_program: "Tra cứu toàn văn văn kiện Đảng: văn bản nào được viện dẫn ở đâu, câu chữ nào đã từng dùng, nội dung nào nằm ở mục nào; gõ có dấu hoặc không dấu đều được.", "Full-text search over Vietnamese party documents: which documents are cited where, which wording has been used before, what is said in which section; with or without diacritics.";
    api: "Giao diện lập trình (API)", "API";
    page: "trang {}", "page {}";
    note: "chú thích {}", "note {}";

    // The search box.
    query: "Nội dung cần tìm", "Search the documents";
    query_hint: "Gõ có dấu hoặc không dấu; đặt cụm từ trong ngoặc kép: \"tinh gọn bộ máy\"; có thể gõ số, ký hiệu: 21-NQ/TW", "With or without diacritics; a phrase in quotation marks: \"tinh gọn bộ máy\"; or a symbol: 21-NQ/TW";
    go: "Tìm kiếm", "Search";
    sort: "Sắp xếp", "Sort by";
    sort_relevance: "Phù hợp nhất", "Relevance";
    sort_document: "Theo văn bản", "By document";
    sort_date: "Mới nhất trước", "Newest first";
    sort_oldest: "Cũ nhất trước", "Oldest first";
    marks: "Dấu tiếng Việt", "Diacritics";
    marks_prefer: "Ưu tiên đúng dấu", "Prefer matching";
    marks_any: "Không phân biệt dấu", "Ignore";
    marks_exact: "Đúng cả dấu", "Must match";
    suggestions: "Gợi ý", "Suggestions";
    suggestions_found: "Có {} gợi ý; dùng phím mũi tên để chọn", "{} suggestions; use the arrow keys to choose";
    choices: "Sắp xếp, dấu, thời gian", "Order, diacritics, dates";
    apply: "Áp dụng", "Apply";
    date_example: "06/2025", "06/2025";
    date_hint: "Ghi năm, tháng/năm hoặc ngày/tháng/năm: 2025, 06/2025, 28/02/2025", "A year, month/year or day/month/year: 2025, 06/2025, 28/02/2025";
    no_date: "Không đọc được ngày “{}”; ghi 2025, 06/2025 hoặc 28/02/2025.", "“{}” is no date; write 2025, 06/2025 or 28/02/2025.";
    empty_range: "Không có ngày nào từ {} đến {}; ghi thời điểm trước ở ô “Từ ngày”.", "No day is from {} to {}; put the earlier date first.";

    // The first page.
    lead: "Tìm nội dung, nơi viện dẫn và câu chữ đã dùng trong văn kiện của các cấp ủy; gõ có dấu hoặc không dấu đều được.", "Find what documents of party committees say, what they cite and which wording they share; type with or without diacritics.";
    no_documents: "Kho chưa có văn bản nào.", "The collection holds no documents yet.";
    where_question: "Văn bản này được viện dẫn ở đâu?", "Where is this document cited?";
    who_question: "Câu này đã có ai viết?", "Who has written this before?";
    look_up_question: "Tra cứu nhanh", "Look it up";
    look_up_about: "Gõ từ, cụm từ hoặc số, ký hiệu vào ô tìm kiếm ở trên; lọc kết quả theo địa phương, nhiệm kỳ, loại nội dung và thời gian.", "Type words, a phrase or a symbol into the box above; filter the results by province, term, kind of section and date.";
    search_help: "Hướng dẫn tra cứu", "How to search";
    for_example: "Ví dụ", "Example";
    cited_in_documents: "được viện dẫn {} lần trong {} văn bản", "cited {} times in {} documents";
    wording_in_documents: "có trong {} văn bản", "in {} documents";
    holdings: "Kho văn bản", "The collection";
    held_passages: "Đoạn", "Passages";
    last_change: "Cập nhật lần cuối", "Last updated";

    // Results.
    results: "Kết quả", "Results";
    passages: "{} đoạn", "{} passage{s}";
    passages_in: "{} đoạn trong {} văn bản", "{} passages in {} documents";
    results_about: "{} đoạn trong văn kiện Đảng: {}", "{} passages in Vietnamese party documents: {}";
    window: "đang xem {}–{}", "showing {}–{}";
    also: "Đã tìm thêm cách viết:", "Also searched for:";
    marks_agreeing: "{} đoạn đúng dấu", "{} with these diacritics";
    marks_lost: "{} đoạn mất dấu", "{} whose source lost them";
    marks_folded: "{} đoạn khác dấu", "{} with others";
    marks_exact_only: "Chỉ những đoạn đúng dấu", "Only those with these diacritics";
    marks_all: "xem tất cả", "show all";
    download_table: "Tải kết quả", "Download";
    all_of_document: "Xem cả {} đoạn trong văn bản này", "All {} passages in this document";
    cited_nowhere: "Chưa có văn bản nào trong kho viện dẫn.", "Nothing in the collection cites it.";
    in_collection: "Có trong kho", "In the collection";
    same_symbol: "{} văn bản trong danh mục có cùng số, ký hiệu này", "{} documents in the register have this symbol";
    relaxed: "Không có đoạn nào chứa đủ các từ trên; dưới đây là những đoạn chứa một phần.", "No passage has all of these words; these have some of them.";
    not_understood: "Lưu ý", "Note";
    filters_on: "Đang lọc theo", "Filters";
    drop_filter: "Bỏ lọc theo {}", "Remove the filter {}";
    drop_all: "Xóa bộ lọc", "Clear all filters";
    all_filters: "Lọc kết quả", "Filter the results";
    more: "Xem thêm ({})", "Show more ({})";
    all_values: "Xem tất cả", "Show all";
    narrow_values: "Tìm trong danh sách", "Search this list";
    earlier: "Trang trước", "Previous";
    later: "Trang sau", "Next";
    part_of_long: "Văn bản dài: đang xem phần {} trong {} phần", "A long document: part {} of {}";
    cut_passage: "Đoạn quá dài, chỉ hiển thị phần đầu.", "The passage is too long; only its beginning is shown.";
    paging: "Các trang kết quả", "Pages of results";
    permalink: "Liên kết đến kết quả này", "Link to these results";
    cites: "Viện dẫn", "Cites";
    similar: "Tìm đoạn viết tương tự", "Find similar wording";
    lost: "bản gốc mất dấu tiếng Việt", "the source has lost its diacritics";
    folded: "khác dấu thanh hoặc khác chữ", "other diacritics";
    repaired: "Văn bản nhận dạng tự động", "Corrected OCR";
    source: "Kết quả nhận dạng gốc (OCR)", "As the OCR read it";
    see_source: "Xem chữ gốc", "Show the source";
    converted: "Văn bản được chuyển mã từ {}; xem chữ trong tệp tại “Xem chữ gốc”.", "Converted from {}; “Show the source” shows the letters of the file.";
    converted_place: "chuyển mã từ {}", "converted from {}";
    encoding: "Bảng mã của tệp", "Encoding of the file";
    scanned: "Văn bản nhận dạng tự động từ bản quét, có thể còn sai sót; ⁇: từ nhận dạng chưa chắc chắn.", "Corrected OCR of a scan, which may contain errors; ⁇ follows an uncertain word.";
    scanned_place: "văn bản nhận dạng tự động từ bản quét", "corrected OCR of a scan";
    unsure: "từ nhận dạng chưa chắc chắn", "uncertain word";
    unsure_mark: "⁇: từ nhận dạng chưa chắc chắn", "⁇ follows an uncertain word";
    may_be: "có thể là: {}", "could be: {}";

    // Nothing found.
    nothing: "Không tìm thấy", "Nothing found";
    nothing_for: "Không có đoạn nào phù hợp với nội dung tìm kiếm.", "No passage matches this query.";
    would_help: "Gợi ý", "Suggestions";
    help_marks: "không phân biệt dấu: {} đoạn", "ignore diacritics ({} passage{s})";
    help_drop: "bỏ lọc theo {}: {} đoạn", "remove the filter {} ({} passage{s})";
    help_words: "trong kho không có từ: {} – kiểm tra lại chính tả", "words that are in no document: {} – check the spelling";
    help_quotes: "bỏ dấu ngoặc kép: {} đoạn", "remove the quotation marks ({} passage{s})";
    help_near: "ký hiệu gần giống: {}", "a similar symbol: {}";
    help_shorter: "dùng ít từ hơn, hoặc gõ không dấu", "use fewer words, or type without diacritics";

    other_ways: "Cách tra cứu khác", "Other ways to ask";
    way_cited: "Tìm nơi viện dẫn văn bản có số, ký hiệu hoặc tên gọi này", "Find where a document of this symbol or name is cited";
    way_wording: "Tìm đoạn viết tương tự câu này", "Find passages worded like this";
    way_documents: "Xem danh sách văn bản", "See the list of documents";

    // Facets and their values.
    facet_document: "Văn bản", "Document";
    facet_kind: "Loại văn bản", "Type";
    facet_issuer: "Cơ quan ban hành", "Issuer";
    facet_province: "Tỉnh, thành phố", "Province";
    facet_term: "Nhiệm kỳ", "Term";
    facet_section: "Loại nội dung", "Kind of section";
    facet_place: "Vị trí", "Place";
    facet_cites: "Văn bản được viện dẫn", "Cited document";
    facet_relation: "Quan hệ với văn bản được viện dẫn", "Relation to the cited document";
    facet_cited_kind: "Loại văn bản được viện dẫn", "Type of the cited document";
    filter_from: "Từ ngày", "From";
    filter_to: "Đến ngày", "To";
    facet_quality: "Chất lượng văn bản", "Quality of the text";
    place_body: Place::Body.label(), "body";
    place_heading: Place::Heading.label(), "heading";
    place_footnote: Place::Footnote.label(), "footnote";
    place_table: Place::Table.label(), "table";
    place_header: Place::Header.label(), "letterhead";
    quality_clean: Quality::Clean.label(), "clean";
    quality_unmarked: Quality::Unmarked.label(), "typed without diacritics";
    quality_ocr: Quality::Ocr.label(), "scan";

    // The list of documents.
    documents_about: "Các văn bản trong kho, lọc theo tên, loại, cơ quan ban hành, địa phương, nhiệm kỳ và ngày ban hành.", "The documents of the collection, by name, type, issuer, province, term and date.";
    named: "Tên, số, ký hiệu hoặc cơ quan ban hành", "Title, symbol or issuer";
    document_count: "{} văn bản", "{} document{s}";
    none_chosen: "Không có văn bản nào phù hợp.", "No document matches.";
    choose: "Lọc và sắp xếp", "Filter and sort";
    order_id: "Mã văn bản", "Id";
    order_title: "Tên (A–Z)", "Title (A–Z)";
    order_number: "Số, ký hiệu", "Symbol";
    order_kind: "Loại văn bản", "Type";
    order_issuer: "Cơ quan ban hành", "Issuer";
    order_province: "Tỉnh, thành phố", "Province";
    order_pages: "Dài nhất trước", "Longest first";
    cites_documents: "viện dẫn {} văn bản", "cites {} documents";
    csv: "Tải bảng (CSV)", "Download as CSV";
    xlsx: "Tải bảng (Excel)", "Download for Excel";
    see_places: "Xem vị trí viện dẫn", "Show where it is cited";

    // The guide.
    topics: "Các chủ đề", "Topics";
    try_query: "Tìm thử", "Try it";
    for_operators: "Dành cho người vận hành và lập trình (tiếng Anh)", "For operators and developers";
    only_english: "Chủ đề này dành cho người vận hành và lập trình, viết bằng tiếng Anh.", "This topic is for operators and developers.";

    // Documents.
    number: "Số, ký hiệu", "Symbol";
    issuer: "Cơ quan ban hành", "Issuer";
    date: "Ngày", "Date";
    page_count: "Số trang", "Pages";
    term: "Nhiệm kỳ", "Term";
    draft: "Dự thảo", "Draft";
    metadata: "Thông tin văn bản", "About the document";
    outline: "Mục lục", "Contents";
    introduction: "Mở đầu", "Introduction";
    find_in: "Tìm trong văn bản này", "Find in this document";
    back: "Về kết quả tìm kiếm", "Back to the results";
    found_here: "{} đoạn có “{}”", "{} passage{s} with “{}”";
    first_found: "đến kết quả đầu tiên", "go to the first";
    match_before: "Kết quả trước", "Previous match";
    match_after: "Kết quả sau", "Next match";
    notes: "Chú thích", "Notes";
    to_call: "về vị trí dẫn chú thích {}", "back to the call of note {}";
    to_note: "Đến chú thích này ở cuối trang", "To this note at the foot of its page";
    close: "Đóng", "Close";
    see_page: "Xem bản gốc trang {}", "See page {} of the original";
    original_word: "Bản gốc", "Original";
    original_page: "Bản gốc, trang {}/{}", "Original, page {} of {}";
    original_pages: "Các trang của bản gốc", "Pages of the original";
    download: "Tải tệp gốc", "Download the file";
    file_gone: "Không còn tìm thấy tệp gốc ở nơi đã lập chỉ mục.", "The file is no longer where it was indexed.";
    to_document: "Về văn bản", "Back to the document";
    picture: "Hình chụp trang {}; nội dung trang ở phần bên cạnh", "Image of page {}; its text is beside it";
    full_size: "Mở hình đầy đủ", "Open the image in full size";
    text_of_page: "Nội dung trang này", "The text of this page";
    no_text: "Không nhận dạng được chữ nào trên trang này.", "No text was found on this page.";
    link_word: "Liên kết", "Link";
    anchor: "Liên kết đến đoạn này", "Link to this passage";
    copy: "Sao chép kèm nguồn", "Copy with source";
    copied: "Đã sao chép", "Copied";
    at_part: "phần {}", "part {}";
    at_section: "mục {}", "section {}";
    at_point: "điểm {}", "point {}";
    at_titled: "mục “{}”", "section “{}”";
    at_inside: " ", ", ";
    symbol_of: "số {}", "no. {}";
    dated: "ngày {}", "dated {}";
    dated_month: "tháng {}", "dated {}";
    dated_year: "năm {}", "dated {}";

    // A document and its views.
    views: "Các cách xem", "Views";
    whole_text: "Toàn văn", "Full text";
    cited_by: "Được viện dẫn", "Cited by";
    of_issuer: "của {}", "by {}";
    attached: "Văn bản kèm theo", "Attached documents";
    tools: "Thao tác với đoạn này", "Tools for this passage";
    letters_of_file: "Chữ trong tệp, trước khi chuyển mã", "The letters of the file, before conversion";
    table_on_page: "Bảng, trang {}", "Table, page {}";
    cites_nothing: "Văn bản này không viện dẫn văn bản nào.", "This document cites no other.";
    cited_by_nothing: "Chưa thấy văn bản nào trong kho viện dẫn văn bản này.", "No document of the collection is known to cite this one.";
    cited_by_count: "Được viện dẫn {} lần trong {} văn bản của kho.", "Cited {} times in {} documents of the collection.";
    all_of_symbol: "Mọi nơi viện dẫn số, ký hiệu {}", "Every place that cites the symbol {}";
    all_relations: "Tất cả", "All";
    by_place: "theo vị trí trong văn bản", "by place in the document";
    by_cited: "theo văn bản được viện dẫn", "by cited document";
    times: "{} lần", "{}×";
    zoom: "Cỡ hình", "Size of the image";
    zoom_fit: "Vừa khung", "Fit";
    jump: "Đến trang", "Go to page";
    jump_go: "Đến", "Go";

    // Citations.
    cited: "Văn bản được viện dẫn", "Cited document";
    cited_word: "Được viện dẫn", "Cited";
    cited_list: "Danh sách", "List";
    citations_about: "Những văn bản được viện dẫn: bao nhiêu lần, ở những văn bản nào, trong mục nào; danh sách, ma trận và theo năm ban hành.", "The documents that are cited: how often, by which documents and where; as a list, a matrix and by year.";
    cited_about: "Nơi viện dẫn {}: từng văn bản, mục, trang và câu viện dẫn.", "Where {} is cited: each document, section, page and sentence.";
    cited_count: "{} văn bản được viện dẫn, tổng cộng {} lần", "{} cited document{s}, {} citation{s} in all";
    nothing_cited: "Không có văn bản được viện dẫn nào phù hợp.", "No cited document matches.";
    more_filters: "Bộ lọc", "Filters";
    issued_in: "Năm ban hành", "Year of issue";
    total: "Tổng", "Total";
    and_others: "và {} văn bản khác", "and {} more";
    all_documents: "Xem cả {} văn bản", "See all {} documents";
    save_table: "Tải về:", "Download:";
    count: "Số lần", "Times";
    in_documents: "Số văn bản", "In documents";
    in_notes: "Trong chú thích", "In notes";
    where_cited: "Được viện dẫn tại", "Cited in";
    subject: "Trích yếu", "Subject";
    cited_times: "Được viện dẫn {} lần trong {} văn bản", "Cited {}× in {} document{s}";
    times_in_notes: ", trong đó {} lần ở chú thích", ", {}× in footnotes";
    narrow: "Số, ký hiệu, tên gọi hoặc trích yếu", "Symbol, name or subject";
    filter: "Lọc", "Filter";
    all: "tất cả", "all";
    most_first: "nhiều nhất trước", "most first";
    least_first: "ít nhất trước", "fewest first";
    first_to_last: "A–Z", "A–Z";
    last_to_first: "Z–A", "Z–A";
    newest_first: "mới nhất trước", "newest first";
    oldest_first: "cũ nhất trước", "oldest first";
    sort_by: "Sắp xếp theo {}", "Sort by {}";
    identities: "Một trong các văn bản có cùng số, ký hiệu", "One of several documents with this symbol";
    wordings: "{} cách ghi {}", "{} versions of the {}";
    given_by: "{} lần: {}", "{}×: {}";
    cited_with: "Thường viện dẫn cùng", "Cited together with";
    places: "Vị trí viện dẫn", "Where it is cited";
    held: "Đọc toàn văn (có trong kho)", "Read it (in the collection)";
    cited_by_symbol: "Có {} văn bản khác nhau cùng số, ký hiệu này:", "{} different documents have this symbol:";
    untold_which: "Chưa xác định được là văn bản nào trong số này", "Places that do not tell which one they mean";
    which_meant: "Có thể là một trong các văn bản sau", "It may be one of these";
    similar_names: "Tên gọi gần giống", "Similar names";
    may_be_registered: "Trong danh mục có {} văn bản có thể là văn bản này", "{} documents of the register may be meant";
    section: "Mục", "Section";
    page_word: "Trang", "Page";
    sentence: "Câu viện dẫn", "Sentence";
    printed: "Ghi tại nơi viện dẫn", "As printed";
    printed_date: "Ngày ghi tại nơi viện dẫn", "Date as printed";
    pinpoint: "Điều, khoản, mục được dẫn", "Part cited";
    matrix: "Ma trận viện dẫn", "Citation matrix";
    matrix_about: "Hàng: {} trong {} văn bản có viện dẫn; cột: {} trong {} văn bản được viện dẫn, nhiều nhất trước. Mỗi ô là số lần viện dẫn; chọn ô để xem từng vị trí.", "Rows: {} of {} citing documents; columns: {} of {} cited documents, those cited most first. A cell is the number of citations and leads to the places.";
    timeline: "Theo năm ban hành", "By year";
    timeline_about: "Số văn bản được viện dẫn, theo năm ban hành ghi tại nơi viện dẫn.", "Number of cited documents by the year that the citing texts give.";
    timeline_undated: "Không rõ ngày: {} văn bản.", "Without a date: {}.";
    timeline_gap: "{}–{}: không có", "{}–{}: none";
    documents_of_years: "{} văn bản", "{} documents";
    year: "Năm", "Year";
    nothing_cites: "Không văn bản nào viện dẫn “{}”.", "Nothing cites “{}”.";
    ask_cited: "Số, ký hiệu hoặc tên văn bản", "Symbol or name of a document";
    by_corpus: "Xác định theo các văn bản trong kho: {} lần.", "Identified from the collection: {} time{s}.";
    by_register: "Xác định theo danh mục: {} lần.", "Identified from the register: {} time{s}.";

    // The register of central documents.
    register: "Danh mục", "Register";
    register_title: "Danh mục văn bản", "Register of documents";
    register_about: "Ngày, cơ quan ban hành, trích yếu và văn bản thay thế của các văn bản Trung ương, Nhà nước thường được viện dẫn; có sẵn trong chương trình, cơ quan có thể bổ sung.", "Dates, issuers and subjects of central documents that are often cited, and what replaces them; part of the program, and an office can add its own.";
    registered_count: "{} văn bản trong danh mục", "{} document{s} in the register";
    not_registered: "Danh mục không có văn bản “{}”.", "The register has no document “{}”.";
    in_register: "Theo danh mục văn bản", "In the register of documents";
    congress_term: "Khóa", "Congress";
    other_kind: "Khác", "Other";
    more_about: "Thông tin thêm", "More";
    ground_of_date: "Căn cứ về ngày", "Ground for the date";
    replaced_by: "Được thay thế bởi", "Replaced by";
    replaces: "Thay thế", "Replaces";
    amended_by: "Được sửa đổi, bổ sung bởi", "Amended by";
    follows: "Văn bản trước đó về cùng vấn đề:", "Earlier document on the same subject:";
    followed_by: "Văn bản sau đó về cùng vấn đề:", "Later document on the same subject:";
    also_called: "Tên gọi khác", "Also called";
    in_force: "Có hiệu lực từ", "In force from";
    known: "theo hiểu biết chung", "general knowledge";
    date_known: "ngày theo hiểu biết chung, chưa có văn bản nào ghi", "the date is general knowledge; no text gives it";
    date_unsure: "ngày chưa chắc chắn", "the date is not certain";
    date_unknown: "chưa rõ ngày", "the date is not known";
    date_of_office: "theo danh mục của cơ quan", "from the office's own register";
    date_of_texts: "{} văn bản ghi ngày này", "{} text{s} with this date";

    // Drafts: similar wording, two documents, citations to check.
    draft_tools: "Công cụ đối chiếu, kiểm tra", "Tools for drafts";
    paste: "Dán một câu, một đoạn hoặc cả dự thảo", "Paste a sentence, a paragraph or a whole draft";
    paste_draft: "Dán nội dung dự thảo", "Paste the text of the draft";
    choose_file: "Hoặc chọn tệp dự thảo", "Or choose a file";
    file_hint: "Word (.docx, .doc), PDF có chữ, .odt, .rtf, .html hoặc .txt, tối đa 1 MB. Nội dung gửi lên không được lưu lại.", "Word (.docx, .doc), PDF with text, .odt, .rtf, .html or .txt, at most 1 MB. Nothing that you send is stored.";
    nothing_given: "Hãy dán nội dung hoặc chọn một tệp.", "Paste a text or choose a file.";
    change_text: "Thay nội dung khác", "Use another text";
    pasted_draft: "nội dung đã dán", "pasted text";
    compare: "Đối chiếu", "Compare";
    each_paragraph: "Đối chiếu từng đoạn", "Compare each paragraph";
    long_by_paragraph: "Nội dung dài nên được đối chiếu theo từng đoạn.", "The text is long, so each paragraph was compared on its own.";
    precedent_about: "Tìm các đoạn trong kho đã dùng cách diễn đạt này: dán một câu, hoặc gửi cả dự thảo để biết từng đoạn đã từng dùng ở đâu. Thiếu dấu hoặc lỗi nhận dạng không tính là khác.", "Find passages that have used this wording before: paste a sentence, or send a whole draft to see where each paragraph was used. Missing diacritics and OCR errors do not count as differences.";
    given: "Đoạn cần đối chiếu", "Your text";
    found: "Đoạn trong kho", "In the collection";
    share: "giống {} %", "{} % alike";
    syllables: "{}/{} chữ trùng nhau", "{} of {} words in common";
    passage_syllables: "đoạn trong kho có {} chữ", "{} word{s} in the passage";
    set_phrase: "câu chữ quen dùng", "a set phrase";
    ordinary: "ít đặc trưng", "ordinary wording";
    telling: "rất đặc trưng", "distinctive wording";
    legend: "Ký hiệu", "Legend";
    same_words: "trùng nhau", "in both";
    changed: "viết khác", "changed";
    inserted: "chỉ có ở đoạn trong kho", "only in the collection";
    dropped: "chỉ có ở đoạn cần đối chiếu", "only in your text";
    only_first: "chỉ có ở văn bản thứ nhất", "only in the first";
    only_second: "chỉ có ở văn bản thứ hai", "only in the second";
    word_by_word: "Đối chiếu từng chữ", "Compare word by word";
    read_there: "Đọc trong văn bản", "Read it in the document";
    compare_both: "So sánh hai văn bản", "Compare the two documents";
    passages_at_least: "Ít nhất {} đoạn", "At least {} passage{s}";
    no_precedent: "Chưa có đoạn nào trong kho viết như vậy.", "No passage in the collection has this wording.";
    no_precedent_compared: "Không có đoạn nào viết đúng như vậy; trong {} đoạn gần nhất đã đối chiếu, chưa có đoạn nào viết tương tự.", "No passage contains this text, and none of the {} closest passages is similar.";
    draft_taken: "{}/{} chữ đã từng dùng", "{} of {} words were used before";
    draft_paragraphs: "{}/{} đoạn có đoạn tương tự; {} đoạn mới.", "{} of {} paragraphs have similar passages; {} are new.";
    new_paragraph: "mới", "new";
    compare_taken: "{}/{} chữ của văn bản thứ nhất có trong văn bản thứ hai", "{} of {} words of the first document are in the second";
    compare_paragraphs: "{}/{} đoạn có câu chữ trùng.", "{} of {} passages share wording.";
    draft_compared: "Mới đối chiếu {} trong {} đoạn; các trang sau đối chiếu tiếp.", "{} of {} paragraphs were compared so far; the next pages go on.";
    own_document: "Văn bản này đã có trong kho, nên không đối chiếu với chính nó:", "This document is in the collection, so it was not compared with itself:";
    no_paragraphs: "Không có đoạn văn nào để đối chiếu.", "There is no paragraph to compare.";
    all_precedents: "Xem cả {} đoạn tương tự", "Show all {} similar passages";
    proof_of_this: "Kiểm tra viện dẫn của dự thảo này", "Check the citations of this draft";
    precedents_of_this: "Đối chiếu câu chữ của dự thảo này", "Find similar wording for this draft";
    jsonl: "Tải JSON Lines", "Download as JSON Lines";
    compare_two: "So sánh hai văn bản", "Compare two documents";
    compare_about: "Những đoạn của văn bản thứ nhất có câu chữ trùng với văn bản thứ hai, theo thứ tự của văn bản thứ nhất.", "The passages of one document that share wording with another, in the order of the first.";
    compare_action: "So sánh", "Compare";
    first_document: "Văn bản thứ nhất", "First document";
    second_document: "Văn bản thứ hai", "Second document";
    document_hint: "Gõ tên văn bản", "Type the name of a document";
    which_document: "Chọn văn bản:", "Which one?";
    no_such_document: "Không có văn bản nào như vậy trong kho.", "No document of the collection is called that.";
    two_others: "Hãy chọn hai văn bản khác nhau.", "Choose two different documents.";
    swap: "Đổi vị trí hai văn bản", "Swap the documents";
    without_shared: "{} đoạn không có câu chữ trùng", "{} passages without shared wording";
    proof_about: "Kiểm tra các viện dẫn trong dự thảo trước khi trình ký: số, ký hiệu, ngày, cơ quan ban hành, trích yếu, văn bản đã bị thay thế, số chú thích.", "Check the citations of a draft before it is signed: symbols, dates, issuers, subjects, documents that were replaced, the numbers of notes.";
    check: "Kiểm tra", "Check";
    proof_failed: "Có nội dung cần sửa", "Something needs correction";
    proof_passed: "Không có nội dung nào phải sửa", "Nothing needs correction";
    findings: "Nội dung cần xem", "Findings";
    no_findings: "Không có.", "None.";
    fine_citations: "{} viện dẫn đúng", "{} citations are right";
    text_of_draft: "Nội dung dự thảo", "Text of the draft";
    to_place: "đến vị trí trong dự thảo", "go to its place in the draft";

    // Errors.
    error: "Có lỗi xảy ra", "Something went wrong";
    error_back: "Về trang tìm kiếm", "Back to the search page";

    // The terminal alone.
    page_short: "tr. {}", "p. {}";
    note_place: "chú thích", "note";
    scan_short: "bản quét (OCR)", "scan (OCR)";
    cited_short: "viện dẫn {} lần, {} văn bản", "citations: {}, documents: {}";
    cited_in_notes: ", {} trong chú thích", ", in notes: {}";
    unsure_plain: "⁇: từ nhận dạng chưa chắc chắn", "⁇: an unsure reading of the scan";
    unsure_underlined: "Gạch chân: từ nhận dạng chưa chắc chắn", "Underlined: an unsure reading of the scan";
    corrected: "văn bản nhận dạng tự động; --source cho kết quả nhận dạng gốc", "corrected OCR; --source shows what the OCR read";
    corrected_short: "nhận dạng tự động", "corrected OCR";
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
    no_passage: "không tìm thấy đoạn nào", "nothing was found";
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
    damaged_one: "văn bản bị lỗi chữ", "damaged document";
    damaged_many: "văn bản bị lỗi chữ", "damaged documents";
    passage_one: "đoạn", "passage";
    passage_many: "đoạn", "passages";
    file_one: "tệp", "file";
    file_many: "tệp", "files";
    no_index_yet: "chưa có chỉ mục trong '{}', đang lập từ '{}'", "no index in '{}' yet, building it from '{}'";
    passed_over: "bỏ qua {} {}: không đọc được loại này", "passed over {} {}: nothing reads them";
    learnt_from: "đã học ngôn ngữ của {} để nhận dạng {}", "learnt from the clean text of {}, read {} with that";
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
