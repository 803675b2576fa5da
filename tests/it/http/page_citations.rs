//! The pages of cited documents and of the register, and the files that they can be saved as.

use calamine::{Data, Reader, Xlsx};

use super::*;

/// The rows of a table of cited documents by their names, in small letters.
fn names(page: &Page) -> Vec<String> {
    let cells = page.text.split("<th scope=\"row\" lang=\"vi\"><a href=\"").skip(1);
    let names = cells.map(|cell| {
        cell.split('>')
            .nth(1)
            .unwrap()
            .split('<')
            .next()
            .unwrap()
            .to_lowercase()
    });
    names.collect()
}

/// The cells of a workbook, the heads first.
fn workbook(page: &Page) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(page.bytes.clone())).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

#[tokio::test]
async fn the_list_sorts_and_narrows() {
    let site = Site::with_seeds();
    let page = site.get("/citations").await;
    let by_name = site.get(&page.link("Văn bản được viện dẫn")).await;
    let sorted = names(&by_name);
    assert!(sorted.len() > 20);
    assert!(sorted.is_sorted_by_key(|name| fold(name)), "{sorted:?}");
    let narrow = names(&site.get("/citations?q=21-nq").await);
    assert!(
        !narrow.is_empty() && narrow.iter().all(|name| name.contains("21-nq")),
        "{narrow:?}"
    );

    // Both directions, and filters of what cites.
    let counts = |page: &Page| -> Vec<usize> {
        let cells = page.text.split("<td class=\"number\" data-name=\"Số lần\">").skip(1);
        cells
            .map(|cell| cell.split('<').next().unwrap().parse().unwrap())
            .collect()
    };
    assert!(counts(&page).is_sorted_by(|one, other| one >= other));
    let least = site.get(&page.link("Số lần")).await;
    assert!(least.text.contains("aria-sort=\"ascending\""));
    assert!(counts(&least).is_sorted(), "{:?}", counts(&least));
    let of_one = site.get("/citations?document=001&year=2025").await;
    assert!(!counts(&of_one).is_empty() && counts(&of_one).len() < counts(&page).len());
    assert!(of_one.text.contains("<select name=\"term\""));
    assert!(
        !of_one.text.contains("<select name=\"document\""),
        "thousands of documents fit into no box"
    );
    // Each filter ends by its chip, and the others stay.
    assert_eq!(of_one.link("Năm ban hành: "), "/citations?document=001");
    let in_matrix = of_one.link("Ma trận");
    assert_eq!(
        in_matrix, "/citations?document=001&year=2025&view=matrix",
        "every view keeps the filters"
    );
}

#[tokio::test]
async fn the_matrix_has_short_heads_and_its_cells_lead_to_the_places() {
    let site = Site::with_seeds();
    let page = site.get("/citations?view=matrix").await;
    for head in [">NQ TW4 (XI)<", ">NQ ĐH XIV<", ">21-NQ/TW<", ">BC ĐU HĐND TP Cần Thơ<"] {
        assert!(page.text.contains(head), "{head}");
    }
    assert!(
        page.text.contains("title=\"Nghị quyết Trung ương 4 khóa XI\""),
        "the whole name"
    );
    let cell = page
        .values("href")
        .into_iter()
        .find(|href| href.contains("symbol=21-NQ%2FTW&document="));
    let places = site.get(&cell.unwrap()).await;
    assert_eq!(
        places.text.matches("<article class=\"citing\"").count(),
        1,
        "of one document alone"
    );
    let list = site.get(&page.link("BC ĐU HĐND TP Cần Thơ")).await;
    assert!(names(&list).contains(&"21-nq/tw".to_owned()));
}

#[tokio::test]
async fn the_timeline_leads_to_the_documents_of_a_year() {
    let site = Site::with_seeds();
    let page = site.get("/citations?view=timeline").await;
    page.says("2020–2029");
    page.says("Không rõ ngày: ");
    let of_year = site.get(&page.link("2022")).await;
    assert!(
        names(&of_year).contains(&"21-nq/tw".to_owned()),
        "{:?}",
        names(&of_year)
    );
    assert!(!names(&of_year).contains(&"57-nq/tw".to_owned()));
    let decade = site.get("/citations?year=2010-2019").await;
    assert!(names(&decade).contains(&"18-nq/tw".to_owned()));
}

#[tokio::test]
async fn two_documents_of_one_symbol_are_two_blocks() {
    let site = Site::with_seeds();
    let page = site.get("/citations/cited?symbol=09-Q%C4%90%2F%C4%90U").await;
    page.says("Có 2 văn bản khác nhau cùng số, ký hiệu này");
    let blocks: Vec<&str> = page.text.split("class=\"cited-document\"").skip(1).collect();
    assert_eq!(blocks.len(), 2);
    for (block, date, other, place) in [
        (blocks[0], "28/02/2025", "24/02/2025", "thành phố Cần Thơ"),
        (blocks[1], "24/02/2025", "28/02/2025", "tỉnh Sóc Trăng"),
    ] {
        let sentence = block
            .split("<q lang=\"vi\">")
            .nth(1)
            .unwrap()
            .split("</q>")
            .next()
            .unwrap();
        assert!(block.contains(date) && !block.contains(other), "{block}");
        assert!(sentence.contains(date) && sentence.contains(place), "{sentence}");
        assert_eq!(block.matches("<q ").count(), 1, "each has its own places alone");
    }
}

#[tokio::test]
async fn places_are_filtered_by_relation_and_the_counts_stay() {
    let site = Site::with_seeds();
    let page = site.get("/citations/cited?symbol=21-NQ%2FTW").await;
    let places = |page: &Page| page.text.matches("<q lang=\"vi\">").count();
    assert_eq!(places(&page), 4);
    for (chip, count) in [("Thực hiện", 3), ("Không rõ quan hệ", 1)] {
        let filtered = site.get(&page.link(chip)).await;
        assert_eq!(places(&filtered), count, "{chip}");
        filtered.says("Tất cả (4)");
        filtered.says("Được viện dẫn 4 lần");
    }
    // What is typed and means several is a choice, not a wall of all of their places.
    let several = site.get("/citations/cited?symbol=ngh%E1%BB%8B+quy%E1%BA%BFt").await;
    several.says("Có thể là một trong các văn bản sau");
    assert_eq!(places(&several), 0);
    assert!(several.links("Nghị quyết Trung ương 4 khóa XI").len() > 1);
}

#[tokio::test]
async fn every_table_is_a_file_in_words() {
    let site = Site::with_seeds();
    for (page, first, rows) in [
        ("/citations?q=21-nq", "Văn bản được viện dẫn,Loại văn bản,Ngày,", 1),
        ("/citations?view=matrix", "Văn bản,Nghị quyết Đại hội", 5),
        ("/citations?view=timeline", "Năm,Văn bản được viện dẫn,Số lần", 9),
        (
            "/citations/cited?symbol=21-NQ%2FTW",
            "Văn bản được viện dẫn,Văn bản,",
            4,
        ),
        ("/register?q=21-NQ%2FTW", "\"Số, ký hiệu\",Loại văn bản,Ngày,", 5),
    ] {
        let shown = site.get(page).await;
        let csv = site.get(&shown.link("CSV")).await;
        assert_eq!(csv.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
        assert!(
            csv.headers[header::CONTENT_DISPOSITION]
                .to_str()
                .unwrap()
                .ends_with(".csv")
        );
        let text = csv.text.strip_prefix('\u{feff}').expect("the mark of UTF-8");
        assert!(text.starts_with(first), "{text}");
        assert_eq!(text.lines().count(), 1 + rows, "{text}");
        for slug in ["nghi-quyet", "thuc-hien", "ket-qua", "2022-06-16"] {
            assert!(!text.contains(slug), "{page}: {slug}");
        }
        let book = workbook(&site.get(&shown.link("Excel")).await);
        assert_eq!(book.len(), 1 + rows, "{page}");
    }
    let list = workbook(&site.get("/citations.xlsx?q=21-nq").await);
    assert!(matches!(list[1][2], Data::DateTime(_)), "a date is one: {:?}", list[1]);
    let csv = site.get("/citations.csv?q=21-nq").await.text;
    assert!(csv.contains("16/06/2022"), "{csv}");
    let english = site.get("/citations.csv?q=21-nq&lang=en").await.text;
    assert!(english.starts_with("\u{feff}Cited document,Type,Date,"), "{english}");
    assert!(english.contains("2022-06-16"));
    let places = site
        .get("/citations/cited.csv?symbol=21-NQ%2FTW&relation=thuc-hien")
        .await
        .text;
    assert_eq!(places.lines().count(), 4, "as the page filters them: {places}");
    assert!(
        places.contains("http://localhost/documents/000_d870f14bd0405ca4#p"),
        "{places}"
    );
}

#[tokio::test]
async fn the_register_tells_who_cites_and_what_is_replaced() {
    let site = Site::with_seeds();
    let page = site.get("/register?q=21-NQ%2FTW").await;
    let rows: Vec<&str> = page.text.split(" id=\"r-").skip(1).collect();
    assert_eq!(rows.len(), 5);
    let cited: Vec<&str> = rows.iter().copied().filter(|row| row.contains(" lần</a>")).collect();
    assert_eq!(cited.len(), 1, "of five documents with this symbol one is cited");
    assert!(cited[0].starts_with("21-nq-tw-xiii"), "{}", cited[0]);
    let places = site.get(&page.link(" lần")).await;
    places.says("Nghị quyết số 21-NQ/TW");
    let replaced = site.get("/register?q=47-Q%C4%90%2FTW").await;
    assert!(replaced.text.contains("class=\"gone\""), "{}", replaced.text);
    replaced.says("Được thay thế bởi");
    let congress = site.get("/register?q=%C4%91%E1%BA%A1i+h%E1%BB%99i+XIV").await;
    assert!(!congress.text.contains(">NQ-DH-XIV<"), "a key of the table is no name");
}

#[tokio::test]
async fn a_large_corpus_makes_no_large_page() {
    let folder = tempfile::tempdir().unwrap();
    let file = |number: usize| {
        let file = folder.path().join(format!("{number:03}.txt"));
        let text = format!(
            "BÁO CÁO\n\nThực hiện Nghị quyết số {}-NQ/TW và Nghị quyết số 21-NQ/TW ngày 16/6/2022 về công tác năm {number}.\n",
            number % 90 + 100,
        );
        std::fs::write(&file, text).unwrap();
        file
    };
    let files: Vec<std::path::PathBuf> = (0..260).map(file).collect();
    let site = Site::of(&files, "");
    for address in [
        "/citations",
        "/citations?view=matrix",
        "/citations?view=timeline",
        "/citations/cited?symbol=21-NQ%2FTW",
        "/register",
    ] {
        let page = site.get(address).await;
        assert!(page.text.len() < MOST_BYTES / 2, "{address}: {} bytes", page.text.len());
    }
    // What a page leaves out is on the next.
    let first = site.get("/citations/cited?symbol=21-NQ%2FTW").await;
    let places = |page: &Page| page.text.matches("<q lang=\"vi\">").count();
    let second = site.get(&first.link("→")).await;
    let third = site.get(&second.link("→")).await;
    assert_eq!([&first, &second, &third].map(places), [100, 100, 60]);
    assert!(third.links("→").is_empty());
}
