//! The guide, the list of documents and the description for browsers, as people meet them.

use super::{Answer, Service, encoded};
use crate::program::Folder;

/// The text of a page.
fn text(answer: &Answer) -> String {
    String::from_utf8(answer.body.clone()).unwrap()
}

/// The titles of the documents that a page lists, in order.
fn titles(page: &str) -> Vec<String> {
    let entries = page.split("<article>").skip(1);
    let title = |entry: &str| {
        entry
            .split("lang=\"vi\">")
            .nth(1)?
            .split("</a>")
            .next()
            .map(str::to_owned)
    };
    entries.filter_map(title).collect()
}

#[test]
fn the_guide_is_a_page_in_the_language_of_the_reader() {
    let service = Service::new();
    let first = text(&service.get("/help").expect(200));
    for part in [
        "<h1 id=\"tra-cứu\">Tra cứu</h1>",
        "aria-current=\"page\">Tra cứu</a>",
        "href=\"#từ-và-cụm-từ\"",
        "<h2 id=\"từ-và-cụm-từ\">",
        "href=\"/?q=%22tinh+g%E1%BB%8Dn+b%E1%BB%99+m%C3%A1y%22\"",
        "Tìm thử",
        "href=\"/help/serving\"",
        "<title>Tra cứu · Hướng dẫn · vankien</title>",
        "<meta name=\"description\" content=\"Gõ nội dung cần tìm",
        "<b>$ vankien search",
    ] {
        assert!(first.contains(part), "`{part}` is missing in {first}");
    }
    assert_eq!(first.matches("<h1").count(), 1);
    assert_eq!(
        text(&service.get("/help/queries").expect(200))
            .matches("<h1 id=\"tra-cứu\">")
            .count(),
        1
    );
    let english = text(&service.get("/help/tra-cuu?lang=en").expect(200));
    assert!(english.contains("<h1 id=\"queries-filters-and-tables\">"), "{english}");
    assert!(
        english.contains("href=\"/help/marks?lang=en\""),
        "links keep the language"
    );
    let only_english = text(&service.get("/help/serving").expect(200));
    assert!(
        only_english.contains("viết bằng tiếng Anh") && only_english.contains("<article class=\"prose\" lang=\"en\">")
    );
    service.get("/help/nothing").expect(404);
    for topic in vankien::guide::TOPICS {
        let page = service.get(&format!("/help/{}", topic.name)).expect(200);
        assert!(page.body.len() < 100_000, "{}: {} bytes", topic.name, page.body.len());
        assert!(!text(&page).contains(" style="), "{}", topic.name);
    }
}

#[test]
fn documents_are_chosen_by_name_property_and_date() {
    let service = Service::new();
    let listed = |query: &str| {
        let page = text(&service.get(&format!("/documents?{query}")).expect(200));
        let found = titles(&page).len();
        assert_eq!(found > 0, page.contains(" văn bản</p>"), "{query}");
        found
    };
    assert_eq!(listed(""), 5);
    // Words of title, number and issuer, with or without marks.
    assert_eq!(listed("q=can+tho"), 3);
    assert_eq!(listed(&format!("q={}", encoded("KẾ HOẠCH"))), 1);
    assert_eq!(listed("q=khong+co+van+ban+nay"), 0);
    assert_eq!(listed("quality=ocr"), 3);
    assert_eq!(listed(&format!("province={}&quality=ocr", encoded("Cần Thơ"))), 1);
    assert_eq!(
        listed("kind=&province=&term=&from=&to="),
        5,
        "fields that were left empty"
    );
    assert_eq!(listed("from=2025&to=2025-12-31"), listed("from=01/2025&to=2025"));
    let wrong = text(&service.get("/documents?from=ngay+mai").expect(200));
    assert!(wrong.contains("Không lọc được theo ngày “ngay mai”"), "{wrong}");
    // The form shows what was chosen, and one link takes it back.
    let page = text(&service.get("/documents?quality=ocr&q=bao+cao&sort=pages").expect(200));
    for part in [
        "<option value=\"ocr\" selected>Bản quét</option>",
        "value=\"bao cao\"",
        "<option value=\"pages\" selected>",
        "Xóa bộ lọc",
    ] {
        assert!(page.contains(part), "`{part}` is missing in {page}");
    }
}

#[test]
fn documents_come_in_every_order_and_as_a_table() {
    let service = Service::new();
    let all = |sort: &str| titles(&text(&service.get(&format!("/documents?sort={sort}")).expect(200)));
    let by_id = all("document");
    for sort in [
        "title", "date", "oldest", "number", "kind", "issuer", "province", "pages",
    ] {
        let mut sorted = all(sort);
        assert_eq!(sorted.len(), by_id.len(), "{sort}");
        sorted.sort();
        let mut expected = by_id.clone();
        expected.sort();
        assert_eq!(sorted, expected, "{sort}");
    }
    assert_ne!(all("title"), by_id);
    let page = text(&service.get("/documents?quality=ocr&sort=pages").expect(200));
    let link = |ending: &str| {
        let rest = page
            .split(&format!("href=\"/api/v1/documents.{ending}"))
            .nth(1)
            .unwrap();
        format!(
            "/api/v1/documents.{ending}{}",
            rest.split('"').next().unwrap().replace("&amp;", "&")
        )
    };
    let table = service.get(&link("csv")).expect(200);
    let rows = text(&table);
    assert_eq!(rows.lines().count(), 4, "{rows}");
    assert!(
        rows.contains("http://localhost/documents/000_d870f14bd0405ca4"),
        "{rows}"
    );
    let pages: Vec<usize> = csv_column(&rows, "pages")
        .iter()
        .map(|cell| cell.parse().unwrap())
        .collect();
    assert!(pages.is_sorted_by(|one, other| one >= other), "{pages:?}");
    assert!(service.get(&link("xlsx")).expect(200).body.starts_with(b"PK"));
    let named = service
        .get("/api/v1/documents?q=can+tho&sort=number")
        .expect(200)
        .json();
    assert_eq!(named["total"], 3);
}

/// The cells of a column of a table.
fn csv_column(table: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let at = reader.headers().unwrap().iter().position(|head| head == name).unwrap();
    reader.records().map(|row| row.unwrap()[at].to_owned()).collect()
}

#[test]
fn many_documents_are_a_small_page() {
    let folder = Folder::new();
    for number in 0..300 {
        let text =
            format!("ĐẢNG ỦY CƠ QUAN\nSố {number}-BC/ĐU\n\nBÁO CÁO\nKết quả công tác năm thứ {number}\n\nNội dung.\n");
        folder.write(&format!("seeds/{number:03}.txt"), text);
    }
    let service = Service::over(folder, |_| {});
    let page = service.get("/documents?sort=number").expect(200);
    assert!(page.body.len() < 100_000, "{} bytes", page.body.len());
    let last = text(&service.get("/documents?offset=250&sort=number").expect(200));
    assert_eq!(titles(&last).len(), 50);
    assert!(last.contains("251–300"), "{last}");
}

#[test]
fn browsers_can_add_the_search() {
    let service = Service::with(|settings| settings.base_path = "/vankien".to_owned());
    let first = text(&service.get("/vankien?lang=en").expect(200));
    let link = "rel=\"search\" type=\"application/opensearchdescription+xml\" title=\"vankien\" \
                href=\"/vankien/opensearch.xml?lang=en\"";
    assert!(first.contains(link), "{first}");
    let description = service.get("/vankien/opensearch.xml").expect(200);
    assert_eq!(
        description.header("content-type"),
        "application/opensearchdescription+xml"
    );
    assert!(text(&description).contains("template=\"http://localhost/vankien?q={searchTerms}\""));
}

#[test]
fn every_page_says_what_it_is() {
    let service = Service::new();
    for path in [
        "/",
        "/?q=chi+bo",
        "/documents",
        "/documents/001",
        "/citations",
        "/register",
        "/precedent",
        "/help",
    ] {
        let page = text(&service.get(path).expect(200));
        let described = page.split("<meta name=\"description\" content=\"").nth(1);
        let described = described.and_then(|rest| rest.split('"').next()).unwrap_or_default();
        assert!(described.chars().count() > 20, "{path}: {described}");
        assert!(page.contains("href=\"/help\""), "{path}");
    }
}
