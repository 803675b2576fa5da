//! The pages of one document: its text with outline, tools, tables and notes, what it cites, what cites it.

use std::path::PathBuf;

use super::page::{Page, Site};
use crate::program::root;

/// The service over files of these names and texts.
fn site(files: &[(&str, &str)]) -> (tempfile::TempDir, Site) {
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<PathBuf> = files
        .iter()
        .map(|(name, text)| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        })
        .collect();
    let site = Site::of(&paths, "");
    (folder, site)
}

/// The service over files that ship with the tests.
fn fixtures(names: &[&str]) -> Site {
    let paths: Vec<PathBuf> = names
        .iter()
        .map(|name| root().join("tests/fixtures/formats").join(name))
        .collect();
    Site::of(&paths, "")
}

/// The part of a page from `start` to the next `end`.
#[track_caller]
fn between<'p>(page: &'p Page, start: &str, end: &str) -> &'p str {
    let rest = page
        .text
        .split_once(start)
        .unwrap_or_else(|| panic!("no {start} in\n{}", page.text))
        .1;
    rest.split_once(end).unwrap().0
}

#[tokio::test]
async fn the_views_of_a_document_are_tabs_with_addresses() {
    let site = Site::with_seeds();
    let index = site.index();
    let id = index.resolve_id("001").unwrap().to_owned();
    let places = index.cited_places(&id).unwrap();
    let count = places.iter().filter(|place| !place.citation.is_own_document()).count();
    let back = "back=q%3Dchi%2Bbo";
    let text = site.get(&format!("/documents/001?{back}")).await;
    let tab = text.link(&format!("Viện dẫn ({count})"));
    assert_eq!(tab, format!("/documents/{id}/citations?{back}"));
    let cites = site.get(&tab).await;
    assert_eq!(cites.link("Toàn văn"), format!("/documents/{id}?{back}"));
    assert_eq!(cites.link("Về kết quả tìm kiếm"), "/?q=chi+bo");
    assert_eq!(cites.text.matches("aria-current=\"page\">Viện dẫn").count(), 1);
    assert_eq!(cites.text.matches("<blockquote class=\"sentence\"").count(), count);
    cites.says("Đảng bộ HĐND thành phố Cần Thơ (thành lập theo Quyết định số 09-QĐ/ĐU ngày 28/02/2025");
    // Each place leads to its passage, and what is cited to all of its places.
    let first = &places
        .iter()
        .find(|place| !place.citation.is_own_document())
        .unwrap()
        .citation;
    let line = first.passage.rsplit(':').next().unwrap();
    assert_eq!(
        cites.link("trang 1, nội dung"),
        format!("/documents/{id}?{back}#p{line}")
    );
    assert!(cites.link("21-NQ/TW").starts_with("/citations/cited?symbol="));
    // One relation alone, by what is cited.
    let carried_out = site.get(&cites.link("Thực hiện (")).await;
    assert!(carried_out.text.matches("<blockquote").count() < count);
    assert_eq!(
        carried_out
            .text
            .matches("<span class=\"relation\" lang=\"vi\">Thực hiện</span>")
            .count(),
        carried_out.text.matches("<blockquote").count()
    );
    let by_cited = site.get(&cites.link("theo văn bản được viện dẫn")).await;
    assert_eq!(by_cited.text.matches("<blockquote").count(), count);
    by_cited.says("2 lần");
    assert!(
        site.get("/documents/001/cited-by")
            .await
            .text
            .contains("Chưa thấy văn bản nào trong kho")
    );
    let unknown = site.get_any("/documents/zzz/citations").await;
    assert_eq!(unknown.status, 404);
}

#[tokio::test]
async fn what_cites_a_document_is_listed_with_its_sentences() {
    let plan = "ĐẢNG BỘ TỈNH CÀ MAU\nĐẢNG ỦY XÃ TÂN LỘC\n*\nSố 27-KH/ĐU\n\nTân Lộc, ngày 14 tháng 3 năm 2026\n\n\
                KẾ HOẠCH\nnâng cao chất lượng sinh hoạt chi bộ\n\nĐảng ủy xã xây dựng kế hoạch với những nội dung sau.\n";
    let report = "ĐẢNG BỘ TỈNH CÀ MAU\nĐẢNG ỦY XÃ TÂN LỘC\n*\nSố 40-BC/ĐU\n\nTân Lộc, ngày 20 tháng 9 năm 2026\n\n\
                  BÁO CÁO\nkết quả công tác quý III\n\nCác chi bộ thực hiện Kế hoạch số 27-KH/ĐU ngày 14/3/2026 của Đảng ủy \
                  xã Tân Lộc nghiêm túc. Có 30 chi bộ đã sơ kết.\n";
    let (_folder, site) = site(&[("plan.txt", plan), ("report.txt", report)]);
    let page = site.get("/documents/plan/cited-by").await;
    page.says("Được viện dẫn 1 lần trong 1 văn bản của kho.");
    assert_eq!(page.link("Báo cáo kết quả công tác quý III"), "/documents/report");
    page.says("Báo cáo · số 40-BC/ĐU · Đảng ủy xã Tân Lộc · Tân Lộc, ngày 20/09/2026");
    page.says("Các chi bộ thực hiện Kế hoạch số 27-KH/ĐU ngày 14/3/2026 của Đảng ủy xã Tân Lộc nghiêm túc.");
    assert!(page.link("trang 1, nội dung").starts_with("/documents/report#p"));
    assert_eq!(
        page.link("số, ký hiệu 27-KH/ĐU"),
        "/citations/cited?symbol=27-KH%2F%C4%90U"
    );
    // The table of citations is there now, and the tab counts by it.
    site.get("/documents/plan").await.says("Được viện dẫn (1)");
    // What is copied names the document as offices do.
    let name = site.get("/documents/plan").await.values("data-name");
    assert_eq!(name, ["Kế hoạch số 27-KH/ĐU, ngày 14/03/2026 của Đảng ủy xã Tân Lộc"]);
}

#[tokio::test]
async fn rows_of_an_office_file_are_a_table() {
    let site = fixtures(&["docx-direct.docx", "ke-hoach.md"]);
    for document in ["docx-direct", "ke-hoach"] {
        let page = site.get(&format!("/documents/{document}")).await;
        assert_eq!(page.text.matches("<table>").count(), 1, "{document}");
        let head = between(&page, "<thead>", "</thead>");
        assert_eq!(head.matches("<th scope=\"col\"").count(), 4, "{head}");
        let body = between(&page, "<tbody>", "</tbody>");
        assert_eq!(
            (body.matches("<tr ").count(), body.matches("<td").count()),
            (2, 8),
            "{body}"
        );
        // A citation in a cell is a link, and each row has the address of its passage.
        assert!(
            body.contains("<a class=\"cited\" href=\"/citations/cited?symbol=05-NQ%2F%C4%90U\""),
            "{body}"
        );
        for passage in site.index().document(document).unwrap().passage_records() {
            let line = passage.passage.rsplit(':').next().unwrap().to_owned();
            assert!(page.text.contains(&format!(" id=\"p{line}\"")), "{document}: {line}");
        }
        assert!(!page.plain().contains(" | "), "{document}: no rules are left of it");
    }
}

#[tokio::test]
async fn numbers_of_a_table_stand_to_the_right_and_what_has_no_cells_stays_as_printed() {
    let text = "BÁO CÁO\n\nI. KẾT QUẢ\n\nSố liệu như sau:\n\n| TT | Chỉ tiêu | 2024 |\n|---|---|---|\n| 1 | Kết nạp đảng viên | 1.024 |\n\
                | 2 | Chi bộ tốt | 95,6 % |\n\nSo với năm trước:\n\n\
                1     Chi bộ      24\n2     Đảng viên   310\n3     Chi ủy      24\n4     Đoàn viên của các\n      chi đoàn    500\n";
    let (_folder, site) = site(&[("report.txt", text)]);
    let page = site.get("/documents/report").await;
    let body = between(&page, "<tbody>", "</tbody>");
    assert_eq!(body.matches("<td class=\"number\">").count(), 2, "{body}");
    assert!(body.contains("<td class=\"number\">95,6 %</td>"), "{body}");
    // The lines of the last row do not tell which words belong to which column.
    let wide = page.text.rsplit("<tbody>").next().unwrap();
    assert!(
        wide.contains("<td>Đảng viên</td><td class=\"number\">310</td>"),
        "{wide}"
    );
    let printed = wide.split("<td class=\"printed\" colspan=\"3\">").nth(1).unwrap();
    assert!(
        printed
            .split("</td>")
            .next()
            .unwrap()
            .contains("4     Đoàn viên của các chi đoàn    500"),
        "{printed}"
    );
}

#[tokio::test]
async fn a_cell_of_several_paragraphs_stays_in_its_column() {
    let text = "<html><body><p>KẾ HOẠCH</p><p>năm 2026</p><p><b>I. NHIỆM VỤ</b></p><p>Đảng ủy phân công các cơ quan thực hiện những nội dung sau đây trong năm.</p>\
        <table border=1><tr><th>TT</th><th>Nội dung</th><th>Thời hạn</th></tr>\
        <tr><td>1</td><td><p>Chuẩn bị tài liệu</p><p>Tổ chức hội nghị</p></td><td>Quý II</td></tr>\
        <tr><td>2</td><td>Sơ kết</td><td>Quý IV</td></tr></table></body></html>";
    let (_folder, site) = site(&[("plan.html", text)]);
    let page = site.get("/documents/plan").await;
    let body = between(&page, "<tbody>", "</tbody>");
    assert!(
        body.contains("<td>Chuẩn bị tài liệu<br>Tổ chức hội nghị</td><td>Quý II</td>"),
        "{body}"
    );
}

#[tokio::test]
async fn attached_documents_have_a_place_in_head_outline_and_text() {
    let sentence = "Trụ sở tiếp công dân mở cửa vào ngày thứ năm hằng tuần và ngày đầu tháng.";
    let text = format!(
        "ỦY BAN NHÂN DÂN\nXÃ ĐÔNG HÒA\nSố: 12/QĐ-UBND\n\nQUYẾT ĐỊNH\nBan hành Quy chế tiếp công dân\n\n\
         Căn cứ Luật Tiếp công dân ngày 25 tháng 11 năm 2013 và các văn bản hướng dẫn thi hành;\n\nQUYẾT ĐỊNH:\n\n\
         Điều 1. Ban hành kèm theo Quyết định này Quy chế tiếp công dân của xã Đông Hòa.\n\n\
         Điều 2. Quyết định này có hiệu lực kể từ ngày ký.\n\n\
         Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTrần Thị Bưởi\n\n\
         QUY CHẾ\nTiếp công dân\n(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 03/4/2024)\n\n\
         Điều 1. Phạm vi điều chỉnh\n\n{sentence}\n\nĐiều 2. Tổ chức thực hiện\n\n{sentence}\n"
    );
    let (_folder, site) = site(&[("decision.txt", &text)]);
    let page = site.get("/documents/decision").await;
    let links = page.links("Quy chế tiếp công dân");
    assert_eq!(links.iter().filter(|link| *link == "#part-1").count(), 2, "{links:?}");
    let heading = between(&page, "<h2 class=\"part\" id=\"part-1\">", "</h2>");
    assert!(
        heading.contains("Văn bản kèm theo") && heading.contains("Quy chế tiếp công dân"),
        "{heading}"
    );
    let outline = between(&page, "<nav class=\"outline\"", "</nav>");
    let (part, section) = (outline.find("#part-1"), outline.find("Phạm vi điều chỉnh"));
    assert!(part.is_some() && part < section, "{outline}");
}

#[tokio::test]
async fn a_note_is_at_its_call_and_at_the_end_of_its_page() {
    let site = fixtures(&["docx-direct.docx"]);
    let page = site.get("/documents/docx-direct").await;
    // In the margin or to be opened, with its citations as links.
    let in_place = between(&page, "<div class=\"note\" id=\"in-n3\" popover", "</div>");
    assert!(
        in_place.contains("aria-label=\"chú thích 3\"") && in_place.contains("symbol=115-BC%2F%C4%90U"),
        "{in_place}"
    );
    assert!(
        page.text.contains("<div class=\"passage footnote called\""),
        "{}",
        page.text
    );
    // The outline has capitals in small type; a document speaks of itself without a link.
    let outline = between(&page, "<nav class=\"outline\"", "</nav>");
    assert!(
        outline.contains("<a class=\"capitals\" lang=\"vi\" href=\"#s2\""),
        "{outline}"
    );
    page.says("Kế hoạch này được phổ biến đến chi bộ và đảng viên.");
    assert!(page.links("Kế hoạch này").is_empty());
    // What it is, in a line; and to search engines.
    page.says("Kế hoạch · số 27-KH/ĐU · Đảng ủy xã Tân Lộc Thượng · Tân Lộc Thượng, ngày 14/03/2026 · nhiệm kỳ 2025-2030 Dự thảo");
    assert!(
        page.values("content")
            .contains(&"Kế hoạch số 27-KH/ĐU, ngày 14/03/2026 của Đảng ủy xã Tân Lộc Thượng".to_owned())
    );
    // A block that the file sets in two columns stays so.
    let columns = page.text.rsplit("<div class=\"side-by-side\"").next().unwrap();
    assert!(
        columns
            .find("Nơi nhận:")
            .is_some_and(|left| left < columns.find("T/M ĐẢNG ỦY").unwrap())
    );
}
