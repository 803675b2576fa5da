//! The pages as people meet them: through the router, without a socket.

use std::collections::{BTreeSet, HashSet, VecDeque};

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use tower::ServiceExt;
use vankien::corpus::Corpus;
use vankien::http::{App, Settings, router};
use vankien::index::{self, Index};
use vankien::query::{Filters, parse};
use vankien::search::{Options, search};
use vankien::text::fold;

/// An index with the service over it.
struct Site {
    folder: tempfile::TempDir,
    app: App,
}

/// An answer.
struct Page {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Site {
    /// The service over the documents in these files, below `base`.
    fn of(paths: &[std::path::PathBuf], base: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("index");
        index::build(&dir, &Corpus::scan(paths), &index::Options::default(), &mut ()).unwrap();
        let app = App::new(Settings {
            base_path: base.to_owned(),
            threads: 1,
            ..Settings::of(dir)
        });
        Self {
            folder,
            app: app.unwrap(),
        }
    }

    fn with_seeds() -> Self {
        Self::of(&[crate::program::root().join("seeds")], "")
    }

    /// The service over one document of this text, named `hostile`.
    fn with_text(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hostile.txt");
        std::fs::write(&file, text).unwrap();
        Self::of(&[file], "")
    }

    fn index(&self) -> Index {
        Index::open(&self.folder.path().join("index")).unwrap()
    }

    async fn ask(&self, request: Request<Body>) -> Page {
        let response = router(self.app.clone()).oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Page {
            status: head.status,
            headers: head.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    /// The page at an address, which may hold a fragment.
    async fn get(&self, address: &str) -> Page {
        let address = address.split('#').next().unwrap();
        let request = Request::get(address).body(Body::empty()).unwrap();
        let page = self.ask(request).await;
        assert_eq!(page.status, StatusCode::OK, "{address}\n{}", page.text);
        page
    }

    async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Page {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = Request::post(address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(body)).unwrap()).await
    }
}

impl Page {
    /// The values of an attribute, as a browser reads them, in order.
    fn values(&self, attribute: &str) -> Vec<String> {
        let opening = format!(" {attribute}=\"");
        let rest = self.text.split(opening.as_str()).skip(1);
        rest.map(|rest| unescape(rest.split('"').next().unwrap())).collect()
    }

    /// The addresses of the links whose text has this word.
    fn links(&self, word: &str) -> Vec<String> {
        let links = self.text.split("<a ").skip(1).filter_map(|rest| {
            let (link, _) = rest.split_once("</a>")?;
            let (attributes, text) = link.split_once('>')?;
            let address = attributes.split("href=\"").nth(1)?.split('"').next()?;
            text.contains(word).then(|| unescape(address))
        });
        links.collect()
    }

    fn link(&self, word: &str) -> String {
        let links = self.links(word);
        links
            .first()
            .unwrap_or_else(|| panic!("no link '{word}' in {}", self.text))
            .clone()
    }

    /// The text without markup.
    fn plain(&self) -> String {
        let mut plain = String::new();
        for part in self.text.split('<').skip(1) {
            plain.push_str(part.split_once('>').map_or("", |(_, text)| text));
        }
        unescape(&plain)
    }

    #[track_caller]
    fn says(&self, what: &str) {
        assert!(self.plain().contains(what), "'{what}' is missing in\n{}", self.plain());
    }
}

fn unescape(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    text.replace("&quot;", "\"").replace("&amp;", "&")
}

/// Where a page of results takes 150 kB at most, all that it loads included.
const MOST_BYTES: usize = 150_000;

#[tokio::test]
async fn a_search_shows_the_hits_of_the_library_with_their_places() {
    let site = Site::with_seeds();
    let page = site.get("/?q=nang+cao+nang+luc+lanh+dao").await;
    assert_eq!(page.headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
    let index = site.index();
    let (query, _) = parse("nang cao nang luc lanh dao");
    let results = search(&index, &query, &Filters::default(), &Options::default()).unwrap();
    page.says(&format!("{} đoạn", results.total));
    let shown: Vec<String> = page
        .values("href")
        .into_iter()
        .filter(|href| href.contains("#p"))
        .collect();
    assert_eq!(shown.len(), results.hits.len());
    for (href, hit) in shown.iter().zip(&results.hits) {
        let (document, line) = hit.stored.record.passage.split_once(':').unwrap();
        assert!(href.starts_with(&format!("/documents/{document}?back=")), "{href}");
        assert!(href.ends_with(&format!("#p{line}")), "{href}");
        page.says(&format!("trang {}", hit.stored.record.page));
        hit.stored
            .record
            .section_path
            .iter()
            .for_each(|heading| page.says(heading));
    }
    assert!(page.text.contains("<mark>năng</mark>"), "{}", page.text);
    let mut bytes = page.text.len();
    for asset in page.values("href").into_iter().chain(page.values("src")) {
        if asset.starts_with("/assets/") {
            bytes += site.get(&asset).await.text.len();
        }
    }
    assert!(bytes < MOST_BYTES, "{bytes} bytes");
}

#[tokio::test]
async fn a_facet_narrows_and_its_chip_widens_again() {
    let site = Site::with_seeds();
    let all = site.get("/?q=chi+bo").await;
    let narrow = all.link(">Cần Thơ<");
    assert!(narrow.contains("province=C%E1%BA%A7n+Th%C6%A1"), "{narrow}");
    let some = site.get(&narrow).await;
    let chip = some.link("Tỉnh, thành phố: Cần Thơ");
    assert_eq!(chip, "/?q=chi+bo");
    let count = |page: &Page| -> usize {
        let plain = page.plain();
        let before = plain.split(" đoạn").next().unwrap();
        before
            .rsplit(|c: char| !c.is_ascii_digit())
            .next()
            .unwrap()
            .parse()
            .unwrap()
    };
    assert!(count(&some) < count(&all), "{} {}", count(&some), count(&all));
    // The count beside the value is what one gets.
    let shown = all.text.split(">Cần Thơ</span> <span class=\"count\">").nth(1).unwrap();
    assert_eq!(shown.split('<').next().unwrap(), count(&some).to_string());
}

#[tokio::test]
async fn what_a_hit_cites_leads_to_all_places_that_cite_it() {
    let site = Site::with_seeds();
    let page = site.get("/?q=21-NQ%2FTW").await;
    let cited = page.link("21-NQ/TW");
    assert_eq!(cited, "/citations/cited?symbol=21-NQ%2FTW");
    let page = site.get(&cited).await;
    page.says("2022-06-16");
    page.says("Ban Chấp hành Trung ương");
    page.says("Được viện dẫn 4 lần trong 2 văn bản, 1 lần trong chú thích.");
    for line in ["86", "168", "392", "497"] {
        assert!(
            page.values("href")
                .iter()
                .any(|href| href.ends_with(&format!("#p{line}"))),
            "{line}"
        );
    }
}

#[tokio::test]
async fn the_language_changes_and_nothing_else() {
    let site = Site::with_seeds();
    let page = site.get("/?q=chi+bo&place=footnote").await;
    assert!(page.text.contains("<html lang=\"vi\">"));
    let english = page.link("English");
    assert_eq!(english, "/?q=chi+bo&place=footnote&lang=en");
    let page = site.get(&english).await;
    assert!(page.text.contains("<html lang=\"en\">"));
    page.says("Filters on");
    let inside = page.values("href");
    let pages = inside
        .iter()
        .filter(|href| !href.starts_with("/assets/") && !href.starts_with('#'));
    let (with, without): (Vec<_>, Vec<_>) = pages.partition(|href| href.contains("lang=en"));
    assert!(with.len() > 20);
    assert_eq!(
        without,
        ["/?q=chi+bo&place=footnote"],
        "only the way back to Vietnamese"
    );
}

#[tokio::test]
async fn where_nothing_is_found_the_page_says_what_would_help() {
    let site = Site::with_seeds();
    let page = site.get("/?q=chi+bo&province=Cao+B%E1%BA%B1ng").await;
    page.says("Không tìm thấy");
    let without = page.link("bỏ lọc Cao Bằng");
    assert_eq!(without, "/?q=chi+bo");
    let page = site.get("/?q=xyzzyq").await;
    page.says("kho không có từ: xyzzyq");
    let page = site.get("/?q=%22luc+cao+nang%22").await;
    assert_eq!(page.link("bỏ dấu ngoặc kép"), "/?q=luc+cao+nang");
    let page = site.get("/?q=31-NQ%2FTW").await;
    assert_eq!(page.link("ký hiệu gần giống: 21-NQ/TW"), "/?q=21-NQ%2FTW");
}

#[tokio::test]
async fn a_scan_says_what_is_read_and_what_stands_there() {
    let site = Site::with_seeds();
    let page = site.get("/?q=tac+pham+cua+dong+chi+tong+bi+thu").await;
    page.says("Bản đọc lại từ bản quét; ⁇ đứng sau từ chưa chắc");
    page.says("Nguyên văn bản quét");
    assert!(page.text.contains("<span class=\"unsure\" title=\""));
    let reader = site.get("/documents/000").await;
    reader.says("Một số cấp ủy cơ sở chưa phát huy tốt vai trò");
    reader.says("Mot s cap uy co so chua phét huy tot vai tro");
}

#[tokio::test]
async fn notes_and_their_calls_lead_to_one_another() {
    let site = Site::with_seeds();
    for document in ["000", "001", "002", "003", "004"] {
        let page = site.get(&format!("/documents/{document}")).await;
        let ids = page.values("id");
        let once: HashSet<&String> = ids.iter().collect();
        assert_eq!(once.len(), ids.len(), "{document}: an id stands twice");
        let mut inside = 0;
        for href in page.values("href") {
            if let Some(target) = href.strip_prefix('#') {
                assert!(once.contains(&target.to_owned()), "{document}: nothing is at #{target}");
                inside += 1;
            }
        }
        assert!(inside > 10, "{document}: {inside} links");
    }
    let page = site.get("/documents/001").await;
    assert!(page.text.contains("href=\"#n12\""), "the call of note 12");
    assert!(page.text.contains("href=\"#call-n12\""), "the way back from note 12");
    let title = page
        .values("title")
        .into_iter()
        .find(|title| title.contains("Năng lực lãnh đạo, sức chiến đấu"));
    assert!(title.is_some(), "the note stands in the title of its call");
}

#[tokio::test]
async fn the_reader_shows_every_passage_once_and_leads_back() {
    let site = Site::with_seeds();
    let index = site.index();
    for record in index.documents().unwrap() {
        let page = site.get(&format!("/documents/{}", record.document)).await;
        let ids: HashSet<String> = page.values("id").into_iter().collect();
        let parsed = index.document(&record.document).unwrap();
        for passage in parsed.passage_records() {
            let line = passage.passage.rsplit(':').next().unwrap();
            assert!(ids.contains(&format!("p{line}")), "{} is missing", passage.passage);
        }
    }
    let search = site.get("/?q=chi+bo&place=body&offset=10").await;
    let hit = search
        .values("href")
        .into_iter()
        .find(|href| href.contains("#p"))
        .unwrap();
    let reader = site.get(&hit).await;
    assert_eq!(reader.link("Về kết quả tìm kiếm"), "/?q=chi+bo&place=body&offset=10");
    let reader = site.get("/documents/001?back=%2F%2Fevil.example%2F%3Fq%3Dx").await;
    assert!(
        !reader.text.contains("evil.example\""),
        "an address is never taken from a parameter"
    );
}

#[tokio::test]
async fn the_table_of_citations_sorts_narrows_and_is_csv() {
    let site = Site::with_seeds();
    let page = site.get("/citations").await;
    assert!(page.text.contains("<svg"), "the matrix");
    page.says("Văn bản nào viện dẫn văn bản nào");
    let by_name = site.get(&page.link("Văn bản được viện dẫn")).await;
    let rows = |page: &Page| -> Vec<String> {
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
    };
    let sorted = rows(&by_name);
    assert!(sorted.len() > 20);
    assert!(sorted.is_sorted_by_key(|name| fold(name)), "{sorted:?}");
    let narrow = site.get("/citations?q=21-nq").await;
    assert!(
        rows(&narrow).iter().all(|name| name.contains("21-nq")),
        "{:?}",
        rows(&narrow)
    );
    assert!(!rows(&narrow).is_empty());
    let csv = site.get("/citations.csv?q=21-nq").await;
    assert_eq!(csv.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    assert_eq!(csv.text.lines().count(), 1 + rows(&narrow).len());
    assert!(csv.text.starts_with("cited,kind,count"), "{}", csv.text);
}

#[tokio::test]
async fn precedents_stand_side_by_side() {
    let site = Site::with_seeds();
    let page = site.get("/precedent?passage=001:935").await;
    page.says("Đoạn đã cho");
    page.says("Đoạn tìm được");
    assert!(
        page.text.contains("<ins>") && page.text.contains("<del>"),
        "{}",
        page.text
    );
    let text = "khắc phục tình trạng trông chờ, ỷ lại";
    let posted = site.post("/precedent", &[("text", text)]).await;
    assert_eq!(posted.status, StatusCode::SEE_OTHER);
    let page = site.get(posted.headers[header::LOCATION].to_str().unwrap()).await;
    page.says(text);
    page.says("tiếng giống nhau");
    let parsed = site.index().document("001").unwrap();
    let long: Vec<String> = parsed
        .passage_records()
        .map(|record| record.text)
        .skip(20)
        .take(8)
        .collect();
    let long = long.join("\n");
    assert!(long.len() > 1500, "a text that goes into an address");
    let page = site.post("/precedent", &[("text", &long)]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.says("Đoạn đã cho");
}

#[tokio::test]
async fn what_is_not_there_is_a_page_that_says_so() {
    let site = Site::with_seeds();
    for (address, status) in [
        ("/documents/nowhere", StatusCode::NOT_FOUND),
        ("/precedent?passage=001:999999", StatusCode::NOT_FOUND),
        ("/assets/style.css", StatusCode::NOT_FOUND),
        ("/?q=a&document=00", StatusCode::BAD_REQUEST),
    ] {
        let page = site.ask(Request::get(address).body(Body::empty()).unwrap()).await;
        assert_eq!(page.status, status, "{address}");
        assert_eq!(
            page.headers[header::CONTENT_TYPE],
            "text/html; charset=utf-8",
            "{address}"
        );
        page.says("Về trang tìm kiếm");
        assert!(
            !page.text.contains(site.folder.path().to_str().unwrap()),
            "a path of the server"
        );
    }
}

#[tokio::test]
async fn a_hostile_document_and_a_hostile_question_are_text() {
    let script = "<script>alert('đảng')</script>";
    let bidi = "\u{202e}gnặt\u{202c}\u{2066}";
    let text = format!(
        "BÁO CÁO\n{script} \"onmouseover=alert(1) x=\"\n\nI. KẾT QUẢ {script}\n\nThực hiện Nghị quyết số 21-NQ/TW \
         {script}{bidi} về <img src=x onerror=alert(1)> công tác đảng.\n"
    );
    let site = Site::with_text(&text);
    let question = form_urlencoded::Serializer::new(String::new())
        .append_pair("q", &format!("đảng \"><script>alert(1)</script>{bidi}"))
        .append_pair("province", "\"><script>x</script>")
        .finish();
    let mut addresses = vec![
        "/".to_owned(),
        "/?q=dang".to_owned(),
        format!("/?{question}"),
        format!("/?{question}&lang=en"),
        "/documents".to_owned(),
        "/documents/hostile".to_owned(),
        "/citations".to_owned(),
        format!("/citations/cited?symbol=21-NQ%2FTW&{question}"),
        format!("/citations/cited?symbol=%3Cscript%3E&{question}"),
        format!("/precedent?text=%3C%2Ftextarea%3E%3Cscript%3E&{question}"),
    ];
    addresses.push(format!("/documents/hostile?back={}", question.replace('&', "%26")));
    for address in addresses {
        let page = site.get(&address).await;
        for script in page.text.split("<script").skip(1) {
            assert!(script.starts_with(" src=\"/assets/page."), "{address}: {script}");
        }
        for forbidden in ["<img", "<style", " style=\"", "javascript:", "\u{202e}", "\u{2066}"] {
            assert!(!page.text.contains(forbidden), "{address}: {forbidden}");
        }
        let inside_tags: Vec<&str> = page
            .text
            .split('<')
            .filter_map(|tag| tag.split_once('>'))
            .map(|(tag, _)| tag)
            .collect();
        assert!(
            inside_tags.iter().all(|tag| !tag.contains(" onmouseover=")),
            "{address}"
        );
    }
    site.get("/?q=dang").await.says(script);
    site.get("/documents/hostile").await.says(script);
}

#[tokio::test]
async fn every_link_stays_below_the_base_path_and_leads_somewhere() {
    let seeds = crate::program::root().join("seeds");
    let site = Site::of(
        &[
            seeds.join("001_a1c1383653321638.txt"),
            seeds.join("003_df078dc1419f2d79.txt"),
        ],
        "/vankien",
    );
    let mut open: VecDeque<String> = ["/vankien".to_owned(), "/vankien?q=chi+bo&lang=en".to_owned()].into();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    // One address of each kind: path and names of parameters; ids count as one.
    let kind = |address: &str| {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let path =
            path.split("/documents/").next().unwrap().to_owned() + if path.contains("/documents/") { "/D" } else { "" };
        let names: BTreeSet<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
        format!("{path} {names:?}")
    };
    while let Some(address) = open.pop_front() {
        let page = site.get(&address).await;
        for link in page
            .values("href")
            .into_iter()
            .chain(page.values("src"))
            .chain(page.values("action"))
        {
            if link.starts_with('#') {
                continue;
            }
            assert!(
                link == "/vankien" || link.starts_with("/vankien/") || link.starts_with("/vankien?"),
                "{address}: {link}"
            );
            if seen.len() < 60 && seen.insert(kind(&link)) {
                open.push_back(link);
            }
        }
    }
    assert!(seen.len() > 15, "{seen:?}");
}
