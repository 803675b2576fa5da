//! Routes for programs that show whole documents, check drafts, and ask much at once.

use serde_json::{Value, json};

use super::{Service, encoded};

/// All items of the list `name` at `path`, a window of 7 after the other.
fn all(service: &Service, path: &str, name: &str) -> Vec<Value> {
    let mut answer = service.get(&format!("{path}?limit=7")).expect(200).json();
    let mut items: Vec<Value> = Vec::new();
    loop {
        let window = answer[name].as_array().unwrap();
        assert!(window.len() <= 7);
        items.extend(window.iter().cloned());
        let Some(next) = answer["next"].as_str() else { break };
        answer = service.get(&format!("{path}?limit=7&cursor={next}")).expect(200).json();
    }
    assert_eq!(answer["total"], items.len());
    items
}

/// The records that a command writes.
fn exported(service: &Service, arguments: &[&str]) -> Vec<Value> {
    service.folder.run(arguments).expect(0).json()
}

#[test]
fn the_parts_of_a_document_come_in_windows() {
    let service = Service::new();
    for (part, list) in [
        ("passages", "passages"),
        ("outline", "sections"),
        ("footnotes", "footnotes"),
    ] {
        let found = all(&service, &format!("/api/v1/documents/001/{part}"), list);
        assert!(found.len() > 7, "{part}");
        assert_eq!(
            found,
            exported(&service, &["export", list, "--document", "001"]),
            "{part}"
        );
    }
    let mut cited = all(&service, "/api/v1/documents/001/citations", "citations");
    for citation in &mut cited {
        let fields = citation.as_object_mut().unwrap();
        assert!(fields.remove("url").is_some() && fields.remove("section_path").is_some());
    }
    assert_eq!(cited, exported(&service, &["cites", "001", "--json"]));
}

/// Whoever has a record finds its letters in the text by `span`, and its lines by `lines`.
#[test]
fn the_text_is_what_spans_and_lines_count() {
    let service = Service::new();
    let citations = all(&service, "/api/v1/documents/001/citations", "citations");
    let answer = service.get("/api/v1/documents/001/text").expect(200);
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    assert_ne!(answer.header("etag"), "");
    let text = String::from_utf8(answer.body).unwrap();
    let lines: Vec<&str> = text.split('\n').collect();
    assert!(!citations.is_empty());
    for citation in citations {
        let at = |name: &str, place: usize| citation[name][place].as_u64().unwrap() as usize;
        assert_eq!(&text[at("span", 0)..at("span", 1)], citation["raw"]);
        let first = citation["raw"].as_str().unwrap().lines().last().unwrap().to_owned();
        let lines = lines[at("lines", 0) - 1..at("lines", 1)].join("\n");
        assert!(lines.contains(&first), "{citation}");
    }
    service.get("/api/v1/documents/nowhere/text").expect(404);
}

#[test]
fn a_section_has_its_passages() {
    let service = Service::new();
    let section = exported(&service, &["export", "sections", "--document", "001"])[0].clone();
    let id = section["section"].as_str().unwrap();
    let path = format!("/api/v1/sections/{}", encoded(id));
    let answer = service.get(&format!("{path}?limit=1")).expect(200).json();
    assert_eq!(answer["section"], section);
    let passages = all(&service, &path, "passages");
    let shown = exported(&service, &["show", id, "--json"]);
    let of_command: Vec<&Value> = shown.iter().filter(|record| record["passage"].is_string()).collect();
    assert_eq!(passages.iter().collect::<Vec<_>>(), of_command);
    let answer = service.get("/api/v1/sections/001%C2%A799.99").expect(404);
    assert_eq!(answer.json()["code"], "unknown-section");
    let answer = service.get("/api/v1/sections/001").expect(404);
    assert_eq!(answer.json()["code"], "unknown-section");
}

/// A symbol is typed with its slashes; a client need not know that they are to be escaped.
#[test]
fn slashes_in_symbols_need_no_escape() {
    let service = Service::new();
    for (plain, escaped) in [("21-NQ/TW", "21-NQ%2FTW"), ("30/2020/NĐ-CP", "30%2F2020%2FN%C4%90-CP")] {
        let plain = plain.replace('Đ', "%C4%90");
        for route in ["citations", "register"] {
            let answer = service.get(&format!("/api/v1/{route}/{plain}")).expect(200).json();
            assert_eq!(
                answer,
                service.get(&format!("/api/v1/{route}/{escaped}")).expect(200).json()
            );
        }
    }
    let page = service.get("/citations/21-NQ/TW").expect(303);
    assert_eq!(page.header("location"), "/citations/cited?symbol=21-NQ%2FTW");
    let lost = service.get("/api/v1/documents/can-tho/001/outline").expect(404).json();
    assert_eq!(lost["code"], "no-such-page");
    assert!(lost["detail"].as_str().unwrap().contains("%2F"), "{lost}");
}

#[test]
fn a_text_is_taken_as_json_and_as_it_is() {
    let service = Service::new();
    let text = "Căn cứ Nghị quyết số 21-NQ/TW ngày 16/6/2022";
    for route in ["/api/v1/citations/lookup", "/api/v1/proofs"] {
        let plain = service.post(route, "text/plain", text).expect(200).json();
        let body = json!({ "text": text }).to_string();
        assert_eq!(service.post(route, "application/json", body).expect(200).json(), plain);
        let answer = service.post(route, "application/json", "{}").expect(400).json();
        assert_eq!(answer["code"], "missing-parameter", "{route}");
    }
}

/// A draft as it is written for these tests: its second paragraph is in the seeds.
const DRAFT: &str = "KẾ HOẠCH\n\nkhắc phục tình trạng trông chờ, ỷ lại, né tránh trách nhiệm của cán bộ.\n\n\
                     Hôm nay trời nắng đẹp và những con mèo nằm ngủ dưới gốc cây khế.\n";

#[test]
fn a_draft_is_compared_paragraph_by_paragraph() {
    let service = Service::new();
    std::fs::write(service.folder.path("draft.txt"), DRAFT).unwrap();
    let mut lines = exported(&service, &["precedent", "--file", "draft.txt", "--json", "-n", "3"]);
    lines.pop();
    let sent = service
        .post(
            "/api/v1/precedents",
            "application/json",
            json!({ "draft": DRAFT }).to_string(),
        )
        .expect(200)
        .json();
    let shown = sent["paragraphs"].as_array().unwrap();
    assert_eq!(
        (sent["total"].as_u64().unwrap() as usize, shown.len()),
        (lines.len(), lines.len())
    );
    for (shown, line) in shown.iter().zip(&lines) {
        for field in ["type", "text", "lines", "syllables", "taken", "total", "whole"] {
            assert_eq!(shown[field], line[field], "{field}");
        }
        let matches = shown["precedents"].as_array().unwrap();
        let of_command = line["precedents"].as_array().unwrap();
        assert_eq!(matches.len(), of_command.len());
        for (found, of_command) in matches.iter().zip(of_command) {
            assert_eq!(found["passage"], of_command["passage"]);
            assert!(found["url"].as_str().unwrap().starts_with("/documents/"));
        }
    }
    assert!(shown.iter().any(|paragraph| paragraph["total"].as_u64() > Some(0)));
    for media_type in ["application/octet-stream", "text/plain"] {
        let answer = service.post("/api/v1/precedents", media_type, DRAFT).expect(200).json();
        assert_eq!(answer["paragraphs"], sent["paragraphs"], "{media_type}");
    }
    let second = service
        .post(
            "/api/v1/precedents?limit=1&offset=1&per_paragraph=0",
            "text/plain",
            DRAFT,
        )
        .expect(200)
        .json();
    assert_eq!(second["paragraphs"][0]["text"], shown[1]["text"]);
    assert_eq!(second["paragraphs"][0]["precedents"], json!([]));
}

/// A draft of a word processor is sent as it is; what is not read here is refused with the way out.
#[test]
fn a_draft_may_be_a_file() {
    let service = Service::new();
    let fixture = |name: &str| std::fs::read(format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    for (name, media_type) in [
        ("formats/docx-styles.docx", docx),
        ("formats/outline.odt", "application/octet-stream"),
        ("formats/unicode.rtf", "application/rtf"),
        ("formats/portal.html", "text/html"),
        ("formats/torn.pdf", "application/pdf"),
    ] {
        let answer = service
            .post("/api/v1/precedents?limit=2&per_paragraph=1", media_type, fixture(name))
            .expect(200)
            .json();
        assert!(answer["total"].as_u64() > Some(1), "{name}");
        assert_eq!(answer["paragraphs"][0]["document"], "draft");
    }
    let refused: [Vec<u8>; 4] = [
        fixture("scans/scan.pdf"),
        b"PK\x03\x04 no archive".to_vec(),
        fixture("formats/gui-kem.zip"),
        Vec::new(),
    ];
    for bytes in refused {
        let answer = service
            .post("/api/v1/precedents", "application/octet-stream", bytes)
            .expect(422)
            .json();
        assert_eq!(answer["code"], "unreadable-file", "{answer}");
    }
}

#[test]
fn searches_of_a_batch_are_answered_one_by_one() {
    let service = Service::new();
    let body = json!({"searches": [
        {"q": "chuyển đổi số", "limit": 2, "facets": ["place"]},
        {"q": "57-NQ/TW", "place": ["nowhere"]},
        {"words": "a"},
        {"q": "dang", "document": ["001"], "limit": 1},
    ]});
    let answer = service
        .post("/api/v1/search/batch", "application/json", body.to_string())
        .expect(200)
        .json();
    let answers = answer["answers"].as_array().unwrap();
    assert_eq!(answers.len(), 4);
    for (position, url) in [
        (0, "q=chuy%E1%BB%83n+%C4%91%E1%BB%95i+s%E1%BB%91&limit=2&facets=place"),
        (3, "q=dang&document=001&limit=1"),
    ] {
        let mut alone = service.get(&format!("/api/v1/search?{url}")).expect(200).json();
        let mut found = answers[position]["answer"].clone();
        assert_eq!(answers[position]["problem"], Value::Null);
        for answer in [&mut alone, &mut found] {
            answer.as_object_mut().unwrap().remove("elapsed_ms");
        }
        assert_eq!(found, alone);
    }
    for (position, code) in [(1, "invalid-value"), (2, "unknown-parameter")] {
        assert_eq!(answers[position]["answer"], Value::Null);
        assert_eq!(answers[position]["problem"]["code"], code);
    }
    let many = json!({ "searches": vec![json!({"q": "a"}); 51] }).to_string();
    for (body, code) in [
        (many.as_str(), "invalid-value"),
        ("[]", "invalid-json"),
        (r#"{"searches": [1]}"#, "invalid-json"),
        (r#"{"searches": [], "limit": 1}"#, "invalid-json"),
    ] {
        let answer = service
            .post("/api/v1/search/batch", "application/json", body.to_owned())
            .expect(400);
        assert_eq!(answer.json()["code"], code, "{body:.40}");
    }
}

#[test]
fn the_state_of_the_index_is_told() {
    let folder = super::super::program::Folder::with_seeds();
    folder.write("seeds/slides.pptx", "x");
    folder.write("seeds/broken.docx", "PK\x03\x04 no archive");
    folder.run(&["index", "--quiet"]);
    let service = Service::serving(folder, |_| {});
    let stats = service.get("/api/v1/stats").expect(200).json();
    assert_eq!(stats["documents"], 5);
    let passages = exported(&service, &["export", "passages"]).len();
    let citations = exported(&service, &["citations", "--json"]);
    let counted: u64 = citations.iter().map(|row| row["count"].as_u64().unwrap()).sum();
    assert_eq!(
        (&stats["passages"], &stats["citations"]),
        (&json!(passages), &json!(counted))
    );
    assert_eq!(stats["formats"], json!({"text": 5}));
    assert_eq!(stats["passed_over"], json!([{"kind": "pptx", "files": 1}]));
    assert_eq!(stats["failed"], json!([{"kind": "docx", "files": 1}]));
    assert!(stats["built_at"].as_str().unwrap().ends_with('Z'), "{stats}");
    assert_eq!(stats["version"], env!("CARGO_PKG_VERSION"));
    let text = stats.to_string();
    assert!(
        !text.contains(service.folder.path("").to_str().unwrap()),
        "no paths: {text}"
    );
}

/// The rows of a table of comma-separated values, by the names of its columns.
fn rows_of(csv: &[u8]) -> Vec<std::collections::HashMap<String, String>> {
    let csv = csv
        .strip_prefix("\u{feff}".as_bytes())
        .expect("a mark for spreadsheets");
    csv::Reader::from_reader(csv)
        .deserialize()
        .map(Result::unwrap)
        .collect()
}

/// A spreadsheet gets what the JSON has, with titles and links, and without folders of the server.
#[test]
fn tables_have_the_rows_of_the_answers() {
    let service = Service::new();
    let answer = service
        .get("/api/v1/search.csv?q=nghi+quyet&limit=4&offset=2")
        .expect(200);
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    assert!(answer.header("content-disposition").contains("filename=\"search.csv\""));
    let hits = service
        .get("/api/v1/search?q=nghi+quyet&limit=4&offset=2")
        .expect(200)
        .json();
    assert_eq!(answer.header("x-total-count"), hits["total"].to_string());
    let rows = rows_of(&answer.body);
    assert_eq!(rows.len(), 4);
    for (row, hit) in rows.iter().zip(hits["hits"].as_array().unwrap()) {
        for field in ["document", "passage", "text"] {
            assert_eq!(row[field], hit[field].as_str().unwrap());
        }
        assert_eq!(
            row["document_title"],
            hit["document_title"].as_str().unwrap_or_default()
        );
        assert_eq!(row["url"], format!("http://localhost{}", hit["url"].as_str().unwrap()));
        assert!(!row["path"].contains('/'), "{}", row["path"]);
    }
    let cited = rows_of(&service.get("/api/v1/citations.csv").expect(200).body);
    let table = exported(&service, &["citations", "--json"]);
    assert_eq!(cited.len(), table.len());
    let answer = service.get("/api/v1/citations.csv?symbol=21-NQ/TW").expect(200);
    assert!(answer.header("content-disposition").contains("citations 21-NQ-TW.csv"));
    assert_eq!(
        rows_of(&answer.body).len(),
        exported(&service, &["cite", "21-NQ/TW", "--json"]).len()
    );
    let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    for path in ["/api/v1/search.xlsx?q=dang", "/api/v1/citations.xlsx"] {
        let answer = service.get(path).expect(200);
        assert_eq!(answer.header("content-type"), xlsx);
        assert!(answer.body.starts_with(b"PK"), "{path}");
    }
    let answer = service.get("/api/v1/search.csv?q=a&limit=10001").expect(400);
    assert_eq!(answer.json()["code"], "invalid-value");
}
