//! The pages as people meet them: through the router, without a socket.

use std::collections::{BTreeSet, HashSet, VecDeque};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use http_body_util::BodyExt;
use tower::ServiceExt;
use vankien::http::{App, Settings, router};
use vankien::index::{self, Index};
use vankien::query::{Filters, parse};
use vankien::search::{Options, search};
use vankien::text::fold;

#[path = "page_citations.rs"]
mod citations;

/// An index with the service over it.
pub(super) struct Site {
    pub(super) folder: tempfile::TempDir,
    pub(super) app: App,
}

/// An answer.
pub(super) struct Page {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
    pub(super) bytes: Vec<u8>,
}

impl Site {
    /// The service over the documents in these files, below `base`.
    pub(super) fn of(paths: &[std::path::PathBuf], base: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("index");
        index::update(&dir, paths, &index::BuildOptions::default(), &mut ()).unwrap();
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

    pub(super) fn with_seeds() -> Self {
        Self::of(&[crate::program::root().join("seeds")], "")
    }

    /// The service over one document of this text, named `hostile`.
    pub(super) fn with_text(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hostile.txt");
        std::fs::write(&file, text).unwrap();
        Self::of(&[file], "")
    }

    pub(super) fn index(&self) -> Index {
        Index::open(&self.folder.path().join("index")).unwrap()
    }

    pub(super) async fn ask(&self, mut request: Request<Body>) -> Page {
        let localhost = || HeaderValue::from_static("localhost");
        request.headers_mut().entry(header::HOST).or_insert_with(localhost);
        let response = router(self.app.clone()).oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Page {
            status: head.status,
            headers: head.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
            bytes: bytes.to_vec(),
        }
    }

    /// The page at an address, which may hold a fragment.
    pub(super) async fn get(&self, address: &str) -> Page {
        let page = self.get_any(address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}\n{}", page.text);
        page
    }

    /// The page at an address, whatever its status.
    pub(super) async fn get_any(&self, address: &str) -> Page {
        let address = address.split('#').next().unwrap();
        self.ask(Request::get(address).body(Body::empty()).unwrap()).await
    }

    pub(super) async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Page {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = Request::post(address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(body)).unwrap()).await
    }
}

impl Page {
    /// The values of an attribute, as a browser reads them, in order.
    pub(super) fn values(&self, attribute: &str) -> Vec<String> {
        let opening = format!(" {attribute}=\"");
        let rest = self.text.split(opening.as_str()).skip(1);
        rest.map(|rest| unescape(rest.split('"').next().unwrap())).collect()
    }

    /// The addresses of the links whose text has this word.
    pub(super) fn links(&self, word: &str) -> Vec<String> {
        let links = self.text.split("<a ").skip(1).filter_map(|rest| {
            let (link, _) = rest.split_once("</a>")?;
            let (attributes, text) = link.split_once('>')?;
            let address = attributes.split("href=\"").nth(1)?.split('"').next()?;
            text.contains(word).then(|| unescape(address))
        });
        links.collect()
    }

    pub(super) fn link(&self, word: &str) -> String {
        let links = self.links(word);
        links
            .first()
            .unwrap_or_else(|| panic!("no link '{word}' in {}", self.text))
            .clone()
    }

    /// The text without markup.
    pub(super) fn plain(&self) -> String {
        let mut plain = String::new();
        for part in self.text.split('<').skip(1) {
            plain.push_str(part.split_once('>').map_or("", |(_, text)| text));
        }
        unescape(&plain)
    }

    #[track_caller]
    pub(super) fn says(&self, what: &str) {
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
    page.says(&format!("{} đoạn", results.total()));
    let shown: Vec<(usize, String)> = page
        .text
        .split("<li value=\"")
        .skip(1)
        .map(|hit| {
            let (rank, rest) = hit.split_once('"').unwrap();
            let href = rest.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
            (rank.parse().unwrap(), unescape(href))
        })
        .collect();
    assert_eq!(shown.len(), results.hits.len());
    for (rank, href) in shown {
        let hit = &results.hits[rank - 1];
        let (document, line) = hit.stored.record.passage.split_once(':').unwrap();
        assert!(href.starts_with(&format!("/documents/{document}?back=")), "{href}");
        assert!(href.ends_with(&format!("#p{line}")), "{href}");
        page.says(&format!("trang {}", hit.stored.record.page));
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
    let chip = some.link("Tỉnh, thành phố: <span lang=\"vi\">Cần Thơ");
    assert_eq!(chip, "/?q=chi+bo");
    let count = |page: &Page| -> usize {
        let head = page.text.split("id=\"results\" tabindex=\"-1\">").nth(1).unwrap();
        head.split(' ').next().unwrap().parse().unwrap()
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
    let cited = "/citations/cited?symbol=21-NQ%2FTW".to_owned();
    assert!(page.links("21-NQ/TW").contains(&cited));
    let page = site.get(&cited).await;
    page.says("16/06/2022");
    assert!(page.text.contains("datetime=\"2022-06-16\""));
    page.says("Ban Chấp hành Trung ương");
    assert_eq!(page.text.matches(">21-NQ/TW</h").count(), 1, "named once");
    assert!(
        page.text.contains("<mark>Nghị quyết số 21-NQ/TW</mark>") || page.text.contains("21-NQ/TW</mark>"),
        "the sentence that cites it"
    );
    page.says("Được viện dẫn 4 lần trong 2 văn bản, trong đó 1 lần ở chú thích");
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
    page.says("Filters");
    let inside = page.values("href");
    let pages = inside
        .iter()
        .filter(|href| !["/assets/", "/api/", "#"].iter().any(|start| href.starts_with(start)));
    let (with, without): (Vec<_>, Vec<_>) = pages.partition(|href| href.contains("lang=en"));
    assert!(with.len() > 20);
    assert_eq!(
        without,
        ["/?q=chi+bo&place=footnote", "/docs"],
        "only the way back to Vietnamese, and what is of no language"
    );
}

#[tokio::test]
async fn where_nothing_is_found_the_page_says_what_would_help() {
    let site = Site::with_seeds();
    // Also where only some of the words were found.
    let page = site.get("/?q=xyzzyq+nang+luc+lanh+dao").await;
    page.says("dưới đây là những đoạn chứa một phần.");
    page.says("trong kho không có từ: xyzzyq");
    assert!(page.text.contains("<ol class=\"hits\""));
    let page = site.get("/?q=chi+bo&province=Cao+B%E1%BA%B1ng").await;
    page.says("Không tìm thấy");
    let without = page.link("bỏ lọc theo Cao Bằng");
    assert_eq!(without, "/?q=chi+bo");
    let page = site.get("/?q=xyzzyq").await;
    page.says("trong kho không có từ: xyzzyq");
    let page = site.get("/?q=%22luc+cao+nang%22").await;
    assert_eq!(page.link("bỏ dấu ngoặc kép"), "/?q=luc+cao+nang");
    let page = site.get("/?q=31-NQ%2FTW").await;
    assert_eq!(page.link("ký hiệu gần giống: 21-NQ/TW"), "/?q=21-NQ%2FTW");
}

#[tokio::test]
async fn a_scan_says_what_is_read_and_what_stands_there() {
    let site = Site::with_seeds();
    let page = site.get("/?q=tac+pham+cua+dong+chi+tong+bi+thu").await;
    page.says("Văn bản nhận dạng tự động; ⁇: từ nhận dạng chưa chắc chắn");
    page.says("Kết quả nhận dạng gốc (OCR)");
    assert!(page.text.contains("<span class=\"unsure\" title=\""));
    let reader = site.get("/documents/000").await;
    reader.says("Một số cấp ủy cơ sở chưa phát huy tốt vai trò");
    reader.says("Mot s cap uy co so chua phét huy tot vai tro");
    let told = "Văn bản nhận dạng tự động từ bản quét, có thể còn sai sót; ⁇: từ nhận dạng chưa chắc chắn.";
    assert_eq!(reader.plain().matches(told).count(), 1, "once for the whole document");
    assert_eq!(reader.plain().matches("nhận dạng tự động từ bản quét, ").count(), 1);
    reader.says("Xem chữ gốc");
    let typed = site.get("/documents/001").await;
    assert!(!typed.plain().contains("nhận dạng tự động"), "no scan");
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
    assert!(page.text.contains("popovertarget=\"in-n12\""), "the call of note 12");
    assert!(
        page.text.contains("href=\"#n12\""),
        "the note in place leads to its place on the page"
    );
    assert!(page.text.contains("href=\"#call-n12\""), "the way back from note 12");
    // The note that opens in place is whole.
    let index = site.index();
    let parsed = index.document("001").unwrap();
    let longest = parsed.footnote_records().max_by_key(|note| note.text.len()).unwrap();
    let name = longest.footnote.rsplit('^').next().unwrap();
    let opened = page.text.split(&format!("id=\"in-n{name}\" popover")).nth(1).unwrap();
    let last: Vec<&str> = longest.text.split_whitespace().rev().take(4).collect();
    let end = opened.find("popovertargetaction").unwrap();
    for word in last {
        assert!(opened[..end].contains(word), "'{word}' of {}", longest.text);
    }
}

#[tokio::test]
async fn every_passage_holds_the_address_that_is_copied_with_it() {
    let site = Site::with_text(
        "ĐẢNG CỘNG SẢN VIỆT NAM\nSố 12-BC/ĐU\n\nBÁO CÁO\n\nI. KẾT QUẢ\n\n1. Công tác tư tưởng\n\nTổ chức học tập nghị quyết1 \
         của Đảng.\n\n___________\n1 Nghị quyết số 21-NQ/TW ngày 16/6/2022.\n\n\u{c}II. HẠN CHẾ\n\n- Việc kiểm tra chưa thường xuyên.\n",
    );
    let page = site.get("/documents/hostile").await;
    let at = page.values("data-at");
    assert!(at.contains(&"mục 1 phần I, trang 1".to_owned()), "{at:?}");
    assert!(
        at.iter().any(|at| at.ends_with("phần I, chú thích 1, trang 1")),
        "a note is of the section that calls it: {at:?}"
    );
    assert!(at.contains(&"phần II, trang 2".to_owned()), "{at:?}");
    let english = site.get("/documents/hostile?lang=en").await.values("data-at");
    assert!(english.contains(&"section 1, part I, page 1".to_owned()), "{english:?}");
    let seeds = Site::with_seeds();
    for document in ["000", "001", "002", "003", "004"] {
        for at in seeds.get(&format!("/documents/{document}")).await.values("data-at") {
            assert!(at.contains("trang "), "{at}");
            for odd in ["›", " -,", " +", ".,", "mục ,", "  "] {
                assert!(!at.contains(odd), "{document}: '{odd}' in {at}");
            }
        }
    }
    let scan = seeds.get("/documents/000").await;
    assert!(
        scan.values("data-at")
            .iter()
            .any(|at| at.ends_with("; văn bản nhận dạng tự động từ bản quét"))
    );
    assert!(
        scan.values("data-name")[0].contains("-BC/"),
        "{:?}",
        scan.values("data-name")
    );
}

#[tokio::test]
async fn the_reader_marks_what_was_looked_for() {
    let site = Site::with_seeds();
    let search = site.get("/?q=nang+cao+nang+luc+lanh+dao&document=001").await;
    let hit = search
        .values("href")
        .into_iter()
        .find(|href| href.contains("#p"))
        .unwrap();
    let reader = site.get(&hit).await;
    assert!(reader.text.contains("<mark>năng</mark>"), "marks of the question");
    reader.says("Về kết quả tìm kiếm: nang cao nang luc lanh dao");
    let plain = site.get("/documents/001").await;
    assert!(!plain.text.contains("<mark>"));
    let found = site.get("/documents/001?find=chi+bo").await;
    let index = site.index();
    let (query, _) = parse("\"chi bo\"");
    let mut filters = Filters::default();
    filters.add(vankien::record::Facet::Document, index.resolve_id("001").unwrap());
    let total = search_total(&index, &query, &filters);
    found.says(&format!("{total} đoạn có “chi bo”"));
    assert!(
        total < search_total(&index, &parse("chi bo").0, &filters),
        "the words next to one another"
    );
    // A scan is marked in what was read.
    let scan = site.get("/documents/000?find=to+chuc+co+so+dang").await;
    assert!(scan.text.contains("<mark>sở</mark>"), "marks in a reading");
    // Without the script the box answers with a list.
    assert!(found.text.contains("<input type=\"hidden\" name=\"document\""));
}

fn search_total(index: &Index, query: &vankien::query::Query, filters: &Filters) -> usize {
    search(index, query, filters, &Options::default()).unwrap().total()
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
async fn precedents_stand_side_by_side() {
    let site = Site::with_seeds();
    let page = site.get("/precedent?passage=001:935").await;
    page.says("Đoạn cần đối chiếu");
    page.says("Đoạn trong kho");
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
    page.says("giống 100 % · 8/8 chữ");
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
    page.says("Đoạn cần đối chiếu");
}

#[tokio::test]
async fn a_long_text_keeps_its_pages_and_its_language() {
    let site = Site::with_seeds();
    let parsed = site.index().document("001").unwrap();
    let paragraphs = parsed
        .passage_records()
        .map(|record| record.text)
        .filter(|text| text.len() > 200);
    let mut text = String::new();
    for paragraph in paragraphs {
        if text.len() > 6_000 {
            break;
        }
        text.push_str(&paragraph);
        text.push('\n');
    }
    let first = site.post("/precedent", &[("text", &text)]).await;
    assert_eq!(first.status, StatusCode::OK);
    // What a button of the page sends: the fields of its form, then its own.
    let sent = |page: &Page, name: &str, label: &str| -> Vec<(String, String)> {
        let form = page
            .text
            .split("<form id=\"again\"")
            .nth(1)
            .unwrap()
            .split("</form>")
            .next()
            .unwrap();
        let fields = form.split("<input type=\"hidden\" name=\"").skip(1).map(|field| {
            let (name, rest) = field.split_once("\" value=\"").unwrap();
            (name.to_owned(), unescape(rest.split('"').next().unwrap()))
        });
        let mut fields: Vec<(String, String)> = fields.collect();
        let buttons = page.text.split("<button ").filter(|button| button.contains(label));
        let button = buttons.last().unwrap_or_else(|| panic!("no button {label}"));
        let value = button.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        fields.push((name.to_owned(), value.split('"').next().unwrap().to_owned()));
        fields
    };
    let next = sent(&first, "offset", "Trang sau");
    let next: Vec<(&str, &str)> = next
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let second = site.post("/precedent", &next).await;
    assert_eq!(second.status, StatusCode::OK);
    assert!(second.text.contains("<li value=\"11\">"), "{}", second.plain());
    let other = sent(&second, "lang", "English");
    let other: Vec<(&str, &str)> = other
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let english = site.post("/precedent", &other).await;
    assert!(english.text.contains("<html lang=\"en\">"));
    assert!(english.text.contains("<li value=\"11\">"), "the same page");
    let kept = english.text.split("<textarea").nth(1).unwrap();
    assert!(kept.contains(text.lines().next().unwrap()), "the text is kept");
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
    for (address, said) in [
        ("/documents/zzz", "Không có văn bản “zzz”."),
        ("/nowhere/at/all", "Không có trang này."),
        ("/?q=(chi+bo", "Thiếu dấu đóng ngoặc."),
        (
            "/?q=a&place=nowhere",
            "Không lọc được theo “nowhere”: kho không có giá trị này.",
        ),
    ] {
        let request = Request::get(address).header(header::ACCEPT, "text/html,application/xhtml+xml");
        let page = site.ask(request.body(Body::empty()).unwrap()).await;
        page.says(said);
        assert!(!page.text.contains(" 'zzz'"));
    }
    // Programs are told as before.
    for (address, accept) in [("/nowhere", "*/*"), ("/api/v1/nowhere", "text/html")] {
        let request = Request::get(address).header(header::ACCEPT, accept);
        let answer = site.ask(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_eq!(
            answer.headers[header::CONTENT_TYPE],
            "application/problem+json",
            "{address}"
        );
    }
}

#[tokio::test]
async fn who_has_no_key_is_told_so_in_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys");
    std::fs::write(&file, vankien::http::key_line("an", "0123456789abcdef").unwrap()).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    let app = App::new(Settings {
        keys: Some(vankien::http::Keys::read(&file, 10.0).unwrap()),
        ..Settings::of(folder.path().join("index"))
    });
    let site = Site {
        folder,
        app: app.unwrap(),
    };
    let request = Request::get("/").header(header::ACCEPT, "text/html");
    let page = site.ask(request.body(Body::empty()).unwrap()).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert!(page.headers.contains_key(header::WWW_AUTHENTICATE), "the browser asks");
    page.says("Cần khóa truy cập; để trống tên, nhập khóa vào ô mật khẩu.");
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
        .finish();
    // No province is called so, which a page says too.
    let refused = form_urlencoded::Serializer::new(question.clone())
        .append_pair("province", "\"><script>x</script>")
        .finish();
    let mut addresses = vec![
        "/".to_owned(),
        "/?q=dang".to_owned(),
        format!("/?{question}"),
        format!("/?{question}&lang=en"),
        format!("/?{refused}"),
        format!("/?{refused}&lang=en"),
        "/documents".to_owned(),
        "/documents/hostile".to_owned(),
        "/citations".to_owned(),
        format!("/citations/cited?symbol=21-NQ%2FTW&{question}"),
        format!("/citations/cited?symbol=%3Cscript%3E&{question}"),
        format!("/precedent?text=%3C%2Ftextarea%3E%3Cscript%3E&{question}"),
    ];
    addresses.push(format!("/documents/hostile?back={}", question.replace('&', "%26")));
    for address in addresses {
        let page = site.get_any(&address).await;
        let status = if address.contains("province") {
            StatusCode::BAD_REQUEST
        } else {
            StatusCode::OK
        };
        assert_eq!(page.status, status, "{address}");
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
            // The description of the API has relative links, and a workbook is no text.
            let is_page = !link.ends_with("/docs") && !link.contains(".xlsx");
            if is_page && seen.len() < 90 && seen.insert(kind(&link)) {
                open.push_back(link);
            }
        }
    }
    assert!(seen.len() > 15, "{seen:?}");
}

#[tokio::test]
async fn converted_text_is_told_and_its_letters_are_shown() {
    let file = crate::program::root().join("tests/fixtures/formats/docx-tcvn3-font.docx");
    let site = Site::of(&[file], "");
    let pages = [
        (
            "/?q=n%C3%A2ng+cao+ch%E1%BA%A5t+l%C6%B0%E1%BB%A3ng",
            "chuyển mã từ TCVN3",
            "chÊt l",
        ),
        ("/documents/docx-tcvn3-font", "chuyển mã từ TCVN3", "chÊt l"),
    ];
    for (address, told, letters) in pages {
        let page = site.get(address).await;
        page.says(told);
        page.says(letters);
    }
    let cited = site.get(&site.get("/citations").await.link("18-KL")).await;
    cited.says("KÕt luËn");
}

#[tokio::test]
async fn the_list_of_documents_comes_in_pages() {
    let folder = tempfile::tempdir().unwrap();
    let file = |number: usize| {
        let file = folder.path().join(format!("{number:03}.txt"));
        std::fs::write(&file, format!("BÁO CÁO\n\nKết quả công tác năm thứ {number}.\n")).unwrap();
        file
    };
    let files: Vec<std::path::PathBuf> = (0..130).map(file).collect();
    let site = Site::of(&files, "");
    let documents = |page: &Page| page.text.matches("<article>").count();
    let first = site.get("/documents").await;
    assert_eq!(documents(&first), 100);
    assert!(first.text.contains("130"));
    let second = site.get(&first.link("→")).await;
    assert_eq!(documents(&second), 30);
    assert!(second.text.contains("/documents/129") && !second.text.contains("/documents/099\""));
    assert!(second.links("→").is_empty());
    assert_eq!(site.get(&second.link("←")).await.text, first.text);
}
