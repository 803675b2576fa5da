//! The pages about drafts: precedents of a file, two documents side by side, citations checked before signing.

use std::time::Duration;

use axum::http::header;
use serde_json::{Value, json};

use super::{Answer, Service};

/// The words of the seeds that the drafts of these tests use again.
const USED: &str = "khắc phục tình trạng trông chờ, ỷ lại, né tránh trách nhiệm của cán bộ.";

/// A draft: its second paragraph is in the seeds.
const DRAFT: &str = "KẾ HOẠCH\n\nkhắc phục tình trạng trông chờ, ỷ lại, né tránh trách nhiệm của cán bộ.\n\n\
                     Hôm nay trời nắng đẹp và những con mèo nằm ngủ dưới gốc cây khế.\n";

/// The service with so much time that it compares whole drafts, however busy the machine is.
fn patient() -> Service {
    Service::with(|settings| settings.time_limit = Duration::from_secs(300))
}

/// The boundary between the parts of a form.
const BOUNDARY: &str = "----ranh-gioi";

/// A form in parts: fields with a value, and fields with a file.
#[derive(Default)]
struct Form(Vec<u8>);

impl Form {
    fn field(mut self, name: &str, value: &str) -> Self {
        let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        self.0.extend_from_slice(part.as_bytes());
        self
    }

    fn file(mut self, name: &str, bytes: &[u8]) -> Self {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        self.0.extend_from_slice(head.as_bytes());
        self.0.extend_from_slice(bytes);
        self.0.extend_from_slice(b"\r\n");
        self
    }

    fn send(mut self, service: &Service, path: &str) -> Answer {
        self.0.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        service.post(path, &format!("multipart/form-data; boundary={BOUNDARY}"), self.0)
    }
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.body.clone()).unwrap()
}

/// The text of a page without its tags.
fn plain(page: &str) -> String {
    let parts = page
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    parts
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[track_caller]
fn says(page: &str, said: &str) {
    assert!(plain(page).contains(said), "no {said:?} in {}", plain(page));
}

/// What the buttons of an answer send again: the hidden fields of its form.
fn sent_again(page: &str) -> Vec<(String, String)> {
    let form = page.split("<form id=\"again\"").nth(1).expect("a form to send again");
    let form = form.split("</form>").next().unwrap();
    let fields = form.split("<input type=\"hidden\" name=\"").skip(1);
    let fields = fields.map(|field| {
        let (name, rest) = field.split_once("\" value=\"").unwrap();
        (name.to_owned(), rest.split('"').next().unwrap().to_owned())
    });
    fields.collect()
}

fn again(service: &Service, path: &str, page: &str, name: &str, value: &str) -> Answer {
    let form = sent_again(page)
        .iter()
        .fold(Form::default(), |form, (name, value)| form.field(name, value));
    form.field(name, value).send(service, path)
}

#[test]
fn a_file_is_compared_paragraph_by_paragraph() {
    let service = patient();
    for (name, bytes) in [
        ("dự thảo.txt", DRAFT.as_bytes().to_vec()),
        ("C:\\van ban\\outline.odt", fixture("formats/outline.odt")),
        ("docx-styles.docx", fixture("formats/docx-styles.docx")),
        ("unicode.rtf", fixture("formats/unicode.rtf")),
        ("portal.html", fixture("formats/portal.html")),
        ("in từ Word.pdf", fixture("scans/text.pdf")),
    ] {
        let page = text(
            &Form::default()
                .field("text", "")
                .file(name, &bytes)
                .send(&service, "/precedent")
                .expect(200),
        );
        says(&page, name.rsplit('\\').next().unwrap());
        says(&page, "chữ đã từng dùng");
        says(&page, "mới");
        assert!(page.contains("<li id=\"d1\" value=\"1\">"), "{page}");
    }
    let page = text(
        &Form::default()
            .file("a.txt", DRAFT.as_bytes())
            .send(&service, "/precedent")
            .expect(200),
    );
    says(&page, "1/2 đoạn có đoạn tương tự; 1 đoạn mới.");
    assert!(page.contains("<mark>khắc phục tình trạng trông chờ, ỷ lại"), "{page}");
    // The whole answer of the paragraph, the other language, and the table.
    assert!(page.contains("href=\"/precedent?text=kh%E1%BA%AFc"), "{page}");
    let english = text(&again(&service, "/precedent", &page, "lang", "en").expect(200));
    says(&english, "1 of 2 paragraphs have similar passages; 1 are new.");
    let table = again(&service, "/precedent", &page, "format", "csv").expect(200);
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    assert!(table.header("content-disposition").contains("precedents.csv"));
    let rows: Vec<String> = text(&table).lines().map(str::to_owned).collect();
    assert_eq!(rows.len(), 3);
    assert!(rows[1].contains(USED), "{rows:?}");
    let workbook = again(&service, "/precedent", &page, "format", "xlsx").expect(200);
    assert!(workbook.body.starts_with(b"PK"));
    // The same draft goes on to the page that checks its citations.
    let sent: Vec<String> = sent_again(&page).into_iter().map(|(name, _)| name).collect();
    assert!(
        sent.contains(&"sent".to_owned()) && page.contains("formaction=\"/proof\""),
        "{sent:?}"
    );
    assert_eq!(page.matches("name=\"sent\"").count(), 1, "the file is in the page once");
}

#[test]
fn a_long_draft_has_pages_and_an_outline() {
    let service = patient();
    let chapter = |label: &str| {
        let paragraphs: Vec<String> = (0..20)
            .map(|number| {
                format!(
                    "Đoạn thứ {number} của phần {label} nói về việc trồng cây khế, cây ổi và cây mít trong vườn nhà."
                )
            })
            .collect();
        format!("{label}. PHẦN THỨ {label}\n\n{}\n\n", paragraphs.join("\n\n"))
    };
    let draft = format!("KẾ HOẠCH\n\n{}{}", chapter("I"), chapter("II"));
    let page = text(
        &Form::default()
            .field("text", &draft)
            .field("by", "paragraph")
            .send(&service, "/precedent")
            .expect(200),
    );
    says(&page, "0/40 đoạn có đoạn tương tự; 40 đoạn mới.");
    assert!(page.contains("id=\"d25\"") && !page.contains("id=\"d26\""));
    assert!(page.contains("href=\"#d1\""), "a section on this page is a link");
    let next = text(&again(&service, "/precedent", &page, "offset", "25").expect(200));
    assert!(next.contains("id=\"d26\"") && next.contains("id=\"d40\"") && !next.contains("id=\"d25\""));
    says(&next, "0/40 đoạn có đoạn tương tự; 40 đoạn mới.");
    // A number beyond the end shows the last page.
    let last = text(&again(&service, "/precedent", &page, "offset", "100000").expect(200));
    assert!(last.contains("id=\"d40\""));
    // A text too long for one question is compared so by itself, and the page says so.
    let long = draft.repeat(15);
    assert!(long.len() > 64 * 1024);
    let page = text(
        &Form::default()
            .field("text", &long)
            .send(&service, "/precedent")
            .expect(200),
    );
    says(&page, "Nội dung dài nên được đối chiếu theo từng đoạn.");
}

#[test]
fn a_document_of_the_collection_is_no_precedent_of_itself() {
    let service = Service::over(
        {
            let folder = super::super::program::Folder::new();
            folder.write("seeds/du-thao.txt", DRAFT.repeat(3));
            folder
        },
        |settings| settings.time_limit = Duration::from_secs(300),
    );
    let page = text(
        &Form::default()
            .file("khac.txt", DRAFT.repeat(3).as_bytes())
            .send(&service, "/precedent")
            .expect(200),
    );
    says(&page, "không đối chiếu với chính nó");
    says(&page, "0/");
}

#[test]
fn what_cannot_be_read_is_told_above_the_form() {
    let service = Service::new();
    let megabyte = vec![b'a'; (1 << 20) + 1];
    let boundary = format!("multipart/form-data; boundary={BOUNDARY}");
    let part = |name: &str, file: &str| {
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n")
    };
    let cut = part("file", "; filename=\"a.docx\"") + "PK";
    let broken_text = [
        part("text", "").as_bytes(),
        b"\xff\xfe\r\n",
        format!("--{BOUNDARY}--").as_bytes(),
    ]
    .concat();
    let many: String = (0..100).map(|number| format!("f{number}=1&")).collect();
    for path in ["/precedent", "/proof"] {
        let sent = |name: &str, bytes: &[u8]| Form::default().file(name, bytes).send(&service, path);
        for (answer, status, said) in [
            (
                sent("a.pdf", &fixture("scans/scan.pdf")),
                422,
                "tệp là ảnh hoặc bản quét",
            ),
            (sent("a.pdf", &fixture("scans/locked.pdf")), 422, "bảo vệ bằng mật khẩu"),
            (sent("a.pdf", b"%PDF-1.7 ..."), 422, "tệp bị hỏng"),
            (sent("a.docx", b"PK\x03\x04 no archive"), 422, "tệp bị hỏng"),
            (
                sent("a.zip", &fixture("formats/gui-kem.zip")),
                422,
                "Không đọc được tệp",
            ),
            (sent("a.txt", b""), 422, "tệp trống"),
            (sent("a.txt", &megabyte), 413, "lớn hơn 1 MB"),
            (
                sent("a.txt", &[megabyte.clone(), megabyte.clone()].concat()),
                413,
                "lớn hơn 1 MB",
            ),
            (
                Form::default().field("text", "").send(&service, path),
                200,
                "Hãy dán nội dung hoặc chọn một tệp.",
            ),
            (
                Form::default().field("sent", "%%%").send(&service, path),
                400,
                "chưa đầy đủ",
            ),
            (service.post(path, &boundary, cut.clone()), 400, "chưa đầy đủ"),
            (service.post(path, &boundary, broken_text.clone()), 400, "Unicode"),
            (service.post(path, "multipart/form-data", "x"), 400, "chưa đầy đủ"),
            (
                service.post(path, "application/x-www-form-urlencoded", many.clone()),
                400,
                "chưa đầy đủ",
            ),
            (
                service.post(path, "application/json", "{}"),
                415,
                "không tiếp nhận nội dung ở dạng này",
            ),
        ] {
            let answer = answer.expect(status);
            let page = text(&answer);
            says(&page, said);
            assert!(answer.header("content-type").starts_with("text/html"));
            assert!(page.contains("type=\"file\""), "the form is there again");
            assert!(page.contains("role=\"alert\""), "{said}");
        }
    }
    // A name is only shown.
    let hostile = "../\"><script>alert(1)</script>\u{202e}.txt";
    let page = text(
        &Form::default()
            .file(&hostile.replace('"', "%22"), DRAFT.as_bytes())
            .send(&service, "/precedent")
            .expect(200),
    );
    assert!(!page.contains("<script>") && !page.contains('\u{202e}'), "{page}");
    let page = service
        .get_with("/precedent", &[(header::ACCEPT, "text/html")])
        .expect(200);
    assert!(!text(&page).contains("role=\"alert\""));
}

#[test]
fn precedents_of_a_text_are_narrowed_and_grouped() {
    let service = Service::new();
    let asked = "/precedent?text=n%C3%A2ng+cao+n%C4%83ng+l%E1%BB%B1c+l%C3%A3nh+%C4%91%E1%BA%A1o";
    let page = text(&service.get(asked).expect(200));
    let groups = page.matches("<article class=\"group\">").count();
    let hits = page.matches("<li value=\"").count();
    assert!(groups >= 2 && hits > groups, "{groups} documents, {hits} passages");
    assert!(page.contains("<select name=\"province\""));
    let option = page.split("<select name=\"term\"").nth(1).unwrap();
    let value = option
        .split("<option value=\"")
        .nth(2)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let narrowed = text(&service.get(&format!("{asked}&term={value}")).expect(200));
    assert!(narrowed.contains("selected"));
    let count = |page: &str| page.matches("<li value=\"").count();
    assert!(count(&narrowed) >= 1 && count(&narrowed) <= hits);
    service.get(&format!("{asked}&term=1900-1905x")).expect(400);
    // From a passage, two documents are compared.
    let page = text(&service.get("/precedent?passage=001:935").expect(200));
    assert!(page.contains("href=\"/compare?a=001_"), "{page}");
}

#[test]
fn two_documents_stand_side_by_side() {
    let service = patient();
    let page = text(&service.get("/compare?a=000&b=001").expect(200));
    says(&page, "chữ của văn bản thứ nhất có trong văn bản thứ hai");
    assert!(page.contains("<div class=\"aligned\">"), "{page}");
    // The pairs of the command, in the order of the first document.
    let run = service
        .folder
        .run(&["precedent", "--file", "000", "--document", "001", "--json", "-n", "1"]);
    let lines = run.expect(0).json();
    let summary = lines.last().unwrap();
    says(
        &page,
        &format!(
            "{}/{} đoạn có câu chữ trùng",
            summary["with_precedent"], summary["paragraphs"]
        ),
    );
    let table = service.get("/compare?a=000&b=001&format=csv").expect(200);
    assert_eq!(text(&table).lines().count(), lines.len());
    for found in ["000_", "001_"] {
        assert!(page.contains(&format!("href=\"/documents/{found}")), "links to both");
    }
    // A name is looked up; what fits is offered.
    let page = text(&service.get("/compare?a=bao+cao+chinh+tri&b=001").expect(200));
    assert!(
        page.contains("Chọn văn bản") && page.contains("/compare?b=001"),
        "{page}"
    );
    let page = text(&service.get("/compare?a=xyzzy&b=").expect(200));
    says(&page, "Không có văn bản nào như vậy");
    let page = text(
        &service
            .get("/compare?a=001&b=Ten+bat+ky+[001_a1c1383653321638]")
            .expect(200),
    );
    says(&page, "Hãy chọn hai văn bản khác nhau.");
}

#[test]
fn citations_of_a_draft_are_checked_at_their_places() {
    let service = Service::new();
    let draft = "Thực hiện Nghị quyết số 57/NQ-TW ngày 24/12/2024 của Bộ Chính trị.\n\
                 Căn cứ Nghị quyết số 21-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương.\n";
    let answer = Form::default()
        .field("text", draft)
        .send(&service, "/proof")
        .expect(303);
    let address = answer.header("location").to_owned();
    let page = text(&service.get(&address).expect(200));
    says(&page, "Có nội dung cần sửa");
    says(&page, "1 viện dẫn đúng");
    says(&page, "đúng ra là 22/12/2024");
    // The same of a file.
    let sent = Form::default().file("in từ Word.pdf", &fixture("formats/torn.pdf"));
    says(&text(&sent.send(&service, "/proof").expect(200)), "42-CT/TW");
    // The finding is lit at its place, and each leads to the other.
    assert!(page.contains("href=\"#f1\" id=\"t1\""), "{page}");
    assert!(page.contains("id=\"f1\"") && page.contains("href=\"#t1\""));
    assert!(page.contains("<mark>24/12/2024</mark>"), "{page}");
    assert!(page.contains("href=\"/register?q=57-NQ%2FTW#r-57-nq-tw"), "{page}");
    // The files have what the API has.
    let lines = text(&service.get(&format!("{address}&format=jsonl")).expect(200));
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let api = service
        .post(
            "/api/v1/proofs",
            "application/json",
            json!({ "text": draft.trim() }).to_string(),
        )
        .expect(200)
        .json();
    assert_eq!(Value::Array(lines[..lines.len() - 1].to_vec()), api["citations"]);
    assert_eq!(lines.last().unwrap()["type"], "summary");
    let table = text(&service.get(&format!("{address}&format=csv")).expect(200));
    assert!(table.contains("2024-12-22"), "{table}");
    // A file is read with its notes; the page speaks English too.
    let page = text(
        &Form::default()
            .field("lang", "en")
            .file("a.docx", &fixture("formats/docx-styles.docx"))
            .send(&service, "/proof")
            .expect(200),
    );
    says(&page, "Text of the draft");
}
