//! The first page and the results, as people meet them.

use std::time::Duration;

use super::page::{Page, Site};

/// The first page with the examples that are looked for in the background.
async fn first_page(site: &Site) -> Page {
    once_counted(site, "/", "Ví dụ: ").await
}

/// The page at an address as soon as it says this: the citations are counted in the background.
async fn once_counted(site: &Site, address: &str, said: &str) -> Page {
    for _ in 0..600 {
        let page = site.get(address).await;
        if page.plain().contains(said) {
            return page;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("'{said}' is missing in {}", site.get(address).await.plain());
}

#[tokio::test]
async fn the_first_page_says_what_it_is_and_asks_with_examples_that_run() {
    let folder = tempfile::tempdir().unwrap();
    let sentence = "Chỉ đạo các chi bộ rà soát, sàng lọc, đưa những đảng viên không còn đủ tư cách ra khỏi Đảng.";
    let mut files = Vec::new();
    for (name, own) in [
        ("a", "Tổ chức hội nghị chuyên đề."),
        ("b", "Kiểm tra việc thu, nộp đảng phí."),
    ] {
        let text = format!(
            "ĐẢNG BỘ THÀNH PHỐ CẦN THƠ\n\nBÁO CÁO\nnhiệm kỳ 2020 - 2025\n\nI. KẾT QUẢ\n\n1. Công tác xây dựng \
             Đảng\n\n{own}\n\n{sentence}\n\nThực hiện Nghị quyết số 21-NQ/TW ngày 16/6/2022 về công tác xây dựng Đảng.\n"
        );
        files.push(folder.path().join(format!("{name}.txt")));
        std::fs::write(files.last().unwrap(), text).unwrap();
    }
    let site = Site::of(&files, "");
    let page = first_page(&site).await;
    assert!(
        page.text.contains("<h1>Tra cứu toàn văn văn kiện Đảng</h1>"),
        "it says what it is"
    );
    page.says("được viện dẫn 2 lần trong 2 văn bản");
    let cited = site.get(&page.link("21-NQ/TW")).await;
    cited.says("Được viện dẫn 2 lần trong 2 văn bản");
    page.says("có trong 2 văn bản");
    let same = site.get(&page.link("Chỉ đạo các chi bộ")).await;
    same.says("giống 100 %");
    let found = site.get(&page.link("công tác xây dựng đảng")).await;
    found.says("trong 2 văn bản");
    // What the collection holds, and the ways to ask.
    page.says("Tỉnh, thành phố1");
    page.says("Nhiệm kỳ2020-2025");
    page.says("Cập nhật lần cuối");
    assert!(page.text.contains("action=\"/citations/cited\""));
    assert!(page.text.contains("<form method=\"post\" action=\"/precedent\""));
    assert_eq!(page.link("Hướng dẫn tra cứu"), "/help");
}

#[tokio::test]
async fn the_first_page_of_an_empty_index_asks_too() {
    let site = Site::with_text("");
    let page = site.get("/").await;
    page.says("Tra cứu toàn văn văn kiện Đảng");
    page.says("Văn bản này được viện dẫn ở đâu?");
}

#[tokio::test]
async fn hits_are_grouped_by_document_with_its_facts() {
    let site = Site::with_seeds();
    let page = site.get("/?q=chuy%E1%BB%83n+%C4%91%E1%BB%95i+s%E1%BB%91").await;
    let groups = page.text.matches("<div class=\"of-document\">").count();
    let hits = page.text.matches("<article class=\"hit\">").count();
    assert!(groups > 1 && groups < hits, "{groups} documents, {hits} hits");
    // Every rank once, whatever the documents.
    let mut ranks: Vec<usize> = page
        .text
        .split("<li value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
        .collect();
    ranks.sort_unstable();
    assert_eq!(ranks, (1..=hits).collect::<Vec<_>>());
    page.says("Đảng ủy Hội đồng nhân dân thành phố Cần Thơ");
    page.says("001_a1c1383653321638.txt");
    // A heading in capitals in normal case.
    page.says("II. Quan điểm chỉ đạo, mục tiêu phát triển › 3. Nhiệm vụ đột phá");
    assert!(!page.text.contains("QUAN ĐIỂM CHỈ ĐẠO, MỤC TIÊU PHÁT TRIỂN"));
    // All hits of one document.
    let of_one = site.get(&page.link("Xem cả")).await;
    assert_eq!(of_one.text.matches("<div class=\"of-document\">").count(), 1);
    let second = site.get(&page.link("Trang sau")).await;
    assert!(second.text.contains("<li value=\"11\">"));
    let description = page.text.split("name=\"description\" content=\"").nth(1).unwrap();
    assert!(description.starts_with("44 đoạn trong văn kiện Đảng: chuyển đổi số"));
}

#[tokio::test]
async fn the_count_tells_the_marks_and_leads_to_those_that_agree() {
    let site = Site::with_seeds();
    let page = site.get("/?q=chuy%E1%BB%83n+%C4%91%E1%BB%95i+s%E1%BB%91").await;
    page.says("44 đoạn trong");
    page.says("29 đoạn đúng dấu · 15 đoạn khác dấu");
    let agreeing = site.get(&page.link("29 đoạn đúng dấu")).await;
    agreeing.says("29 đoạn trong");
    assert!(!agreeing.plain().contains("khác dấu thanh"));
    let all = site.get(&agreeing.link("xem tất cả")).await;
    all.says("44 đoạn trong");
    // Typed without marks, all agree.
    let unmarked = site.get("/?q=chuyen+doi+so").await;
    assert!(!unmarked.plain().contains("đoạn đúng dấu"));
}

#[tokio::test]
async fn the_results_are_tables_too() {
    let site = Site::with_seeds();
    let page = site.get("/?q=chi+bo&place=footnote&lang=en").await;
    let csv = page.link("CSV");
    assert_eq!(csv, "/api/v1/search.csv?q=chi+bo&place=footnote");
    let rows = site.get(&csv).await;
    let total = rows.headers["x-total-count"].to_str().unwrap();
    page.says(&format!("{total} passages in "));
    assert_eq!(page.link("Excel"), "/api/v1/search.xlsx?q=chi+bo&place=footnote");
}

#[tokio::test]
async fn a_symbol_gets_its_card() {
    let site = Site::with_seeds();
    let page = once_counted(&site, "/?q=21-NQ%2FTW", "được viện dẫn 4 lần").await;
    let card = page.text.split("<div class=\"card asked\">").nth(1).unwrap();
    let card = card.split("<ol class=\"by-document\">").next().unwrap();
    for said in [
        "21-NQ/TW",
        "16/06/2022",
        "được viện dẫn 4 lần trong 2 văn bản",
        "có cùng số, ký hiệu này",
    ] {
        assert!(card.contains(said), "{said} is missing in {card}");
    }
    assert_eq!(page.link("được viện dẫn 4 lần"), "/citations/cited?symbol=21-NQ%2FTW");
    // Kind and number, among other words.
    let among = site.get("/?q=tri%E1%BB%83n+khai+nq+21").await;
    among.says("được viện dẫn 4 lần trong 2 văn bản");
    // One that nothing cites, and that is replaced.
    let replaced = site.get("/?q=47-Q%C4%90%2FTW").await;
    replaced.says("Chưa có văn bản nào trong kho viện dẫn.");
    replaced.says("Được thay thế bởi 37-QĐ/TW ngày 25/10/2021");
    // Nobody knows this one; excluded symbols and other words get none.
    for none in ["/?q=999-NQ%2FTWX", "/?q=chi+bo+-21-NQ%2FTW", "/?q=chi+bo"] {
        assert!(!site.get(none).await.text.contains("card asked"), "{none}");
    }
}

#[tokio::test]
async fn dates_are_typed_as_offices_write_them() {
    let site = Site::with_seeds();
    let page = site.get("/?q=chi+bo&from=07%2F2025&to=").await;
    assert!(
        page.text.contains("name=\"from\" value=\"07/2025\""),
        "the box keeps what was typed"
    );
    page.says("Từ ngày: 07/2025");
    assert!(page.plain().contains("25/07/2025") && !page.plain().contains("003_df078dc1419f2d79.txt"));
    let wrong = site.get("/?q=chi+bo&from=mai").await;
    wrong.says("Không đọc được ngày “mai”; ghi 2025, 06/2025 hoặc 28/02/2025.");
    assert!(wrong.text.contains("value=\"mai\""), "to be corrected");
    let never = site.get("/?q=chi+bo&from=2025&to=2024").await;
    never.says("Không có ngày nào từ 2025 đến 2024");
}

#[tokio::test]
async fn chosen_values_stand_first_and_all_values_are_reachable() {
    let site = Site::with_seeds();
    let all = site.get("/?q=c%C3%B4ng+t%C3%A1c").await;
    // A value far down the list.
    let facet = |page: &Page, name: &str| -> String {
        let rest = page.text.split(&format!("id=\"facet-{name}\"")).nth(1).unwrap();
        rest.split("id=\"facet-").next().unwrap().to_owned()
    };
    let cites = facet(&all, "cites");
    let whole = cites
        .split("<a class=\"all-values\" href=\"")
        .nth(1)
        .expect("more values than are shown");
    let whole = whole.split('"').next().unwrap().replace("&amp;", "&");
    let whole = facet(&site.get(&whole).await, "cites");
    assert!(whole.matches("<li>").count() > cites.matches("<li>").count());
    assert!(!whole.contains("<details class=\"more\">"));
    let last = whole
        .rsplit("<a href=\"")
        .next()
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .replace("&amp;", "&");
    let chosen = facet(&site.get(&last).await, "cites");
    let first_link = chosen.split("<a href=\"").nth(1).unwrap();
    assert!(
        first_link.contains("aria-current=\"true\"") && first_link.contains("✓"),
        "{first_link}"
    );
    assert!(chosen.starts_with(" open"), "{chosen}");
    // A nested value, by its whole name.
    let nested = site.get("/?q=chi+bo&section=ket-qua%2Fhan-che").await;
    if nested.text.contains("id=\"facet-section\"") {
        nested.says("✓ Kết quả / Hạn chế");
    }
}

#[tokio::test]
async fn nothing_found_offers_other_ways() {
    let site = Site::with_seeds();
    let page = site.get("/?q=xyzzyq").await;
    assert!(!page.text.contains("class=\"columns\""), "the whole width");
    page.says("Cách tra cứu khác");
    assert!(
        page.links("viện dẫn văn bản")
            .contains(&"/citations/cited?symbol=xyzzyq".to_owned())
    );
    assert!(page.links("tương tự").contains(&"/precedent?text=xyzzyq".to_owned()));
}
