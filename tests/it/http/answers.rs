//! What the API answers, and that it is what the commands say.

use serde_json::{Value, json};

use super::{Service, encoded};

/// Whether two records of a hit are the same in all that a person would look at.
fn same(of: &[&str], one: &Value, other: &Value) {
    for field in of {
        assert_eq!(one[field], other[field], "{field} of {one} and {other}");
    }
}

/// The records of a list without their `url`, which must be the address of a page that shows the passage.
fn without_urls(service: &Service, records: &Value) -> Value {
    let mut records = records.clone();
    for record in records.as_array_mut().unwrap() {
        let url = record.as_object_mut().unwrap().remove("url").expect("a url");
        let url = url.as_str().unwrap();
        let (page, anchor) = url.split_once('#').expect("an anchor");
        assert!(page.starts_with("/documents/"), "{url}");
        let page = service.get(page).expect(200);
        let page = String::from_utf8(page.body).unwrap();
        assert!(
            page.contains(&format!("id=\"{anchor}\"")),
            "{url} shows no such passage"
        );
    }
    records
}

/// Asserts that each record has the title, issuer and date that `documents` gives for its document.
fn has_heads(service: &Service, records: &[Value]) {
    let documents = service.folder.run(&["documents", "--json"]).expect(0).json();
    for record in records {
        let of = |document: &&Value| document["document"] == record["document"];
        let document = documents.iter().find(of).expect("a document");
        for field in ["title", "issuer", "date"] {
            assert_eq!(
                record[format!("document_{field}")],
                document[field],
                "{field} of {record}"
            );
        }
    }
}

/// The addresses of the hits that a page shows: `DOCUMENT:LINE`.
fn addresses(page: &str) -> Vec<String> {
    let links = page.split("href=\"/documents/").skip(1);
    let ends = links.map(|link| link.split('"').next().unwrap_or_default());
    // Only hits lead to a passage, and back to the question.
    let hits = ends.filter(|link| link.contains("?back="));
    hits.filter_map(|link| {
        let (document, rest) = link.split_once('?')?;
        Some(format!("{document}:{}", rest.split_once("#p")?.1))
    })
    .collect()
}

/// One question by the command, the API and the page: the same hits at the same addresses, the same counts.
#[test]
fn command_api_and_page_say_the_same() {
    let service = Service::new();
    let questions: [(&str, &[(&str, &str)]); 6] = [
        ("nang cao nang luc lanh dao", &[("facets", "place,province")]),
        (
            "nghị quyết 21-NQ/TW",
            &[("sort", "document"), ("facets", "document,cites")],
        ),
        (
            "đảng viên",
            &[("place", "footnote"), ("sort", "date"), ("facets", "place")],
        ),
        (
            "\"tinh gọn bộ máy\" OR phường",
            &[("section", "han-che"), ("offset", "2"), ("marks", "any")],
        ),
        ("cong tac kiem tra", &[("province", "Lai Châu")]),
        ("xyzzyabc", &[]),
    ];
    for (query, flags) in questions {
        let mut arguments = vec!["search".to_owned(), query.to_owned(), "--json".to_owned()];
        let mut asked = format!("q={}", encoded(query));
        for (name, value) in flags {
            arguments.extend([format!("--{name}"), (*value).to_owned()]);
            asked += &format!("&{name}={}", encoded(value));
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let mut lines = service.folder.run(&arguments).json();
        let summary = lines.pop().unwrap();
        let answer = service.get(&format!("/api/v1/search?{asked}")).expect(200).json();
        same(&["total", "facets", "relaxed", "diagnostics"], &answer, &summary);
        let shown: Vec<String> = lines
            .iter()
            .map(|line| line["passage"].as_str().unwrap().to_owned())
            .collect();
        has_heads(&service, &lines);
        assert_eq!(without_urls(&service, &answer["hits"]), Value::Array(lines), "{query}");
        let page = service.get(&format!("/?{asked}")).expect(200);
        let page = String::from_utf8(page.body).unwrap();
        // The page puts the hits of a document together.
        let sorted = |mut addresses: Vec<String>| {
            addresses.sort();
            addresses
        };
        assert_eq!(addresses(&page).first(), shown.first(), "{query}");
        assert_eq!(sorted(addresses(&page)), sorted(shown), "{query}");
        let total = summary["total"].as_u64().unwrap();
        assert_eq!(total > 0, page.contains(&format!(">{total} đoạn")), "{query}");
    }
}

#[test]
fn precedents_are_those_of_the_command() {
    let service = Service::new();
    let text = "khắc phục tình trạng trông chờ, ỷ lại";
    let mut lines = service
        .folder
        .run(&["precedent", text, "--json", "--facets", "province"])
        .expect(0)
        .json();
    let summary = lines.pop().unwrap();
    let body = json!({"text": text, "facets": ["province"]}).to_string();
    let answer = service
        .post("/api/v1/precedents", "application/json", body)
        .expect(200)
        .json();
    same(&["total", "facets"], &answer, &summary);
    has_heads(&service, &lines);
    assert_eq!(without_urls(&service, &answer["precedents"]), Value::Array(lines));
    assert_eq!(answer["given"], text);
}

#[test]
fn cited_documents_and_their_places_are_those_of_the_commands() {
    let service = Service::new();
    let table = service.folder.run(&["citations", "--json"]).expect(0).json();
    let mut rows: Vec<Value> = Vec::new();
    let mut answer = service.get("/api/v1/citations?limit=50").expect(200).json();
    loop {
        rows.extend(answer["cited"].as_array().unwrap().iter().cloned());
        let Some(next) = answer["next"].as_str() else { break };
        answer = service
            .get(&format!("/api/v1/citations?limit=50&cursor={next}"))
            .expect(200)
            .json();
    }
    assert_eq!(answer["total"], table.len());
    assert_eq!(rows, table);

    let lines = service.folder.run(&["cite", "21-NQ/TW", "--json"]).expect(0).json();
    for url in [
        "/api/v1/citations/21-NQ%2FTW?limit=100",
        "/api/v1/citations?symbol=nq+21&limit=100",
    ] {
        let answer = service.get(url).expect(200).json();
        has_heads(&service, &lines);
        let mut places = without_urls(&service, &answer["citations"]);
        for place in places.as_array_mut().unwrap() {
            assert!(!place["section_path"].as_array().unwrap().is_empty(), "{place}");
            place.as_object_mut().unwrap().remove("section_path");
        }
        assert_eq!(places, Value::Array(lines.clone()), "{url}");
        assert_eq!(answer["reports"][0]["cited"], "21-NQ/TW");
    }
    let near = service.get("/api/v1/citations/21-NQ%2FTU").expect(200).json();
    assert_eq!(near["total"], 0);
    assert!(near["near"].as_array().unwrap().contains(&json!("21-NQ/TW")), "{near}");
}

/// Whoever lists the citations of a document or of all sees which documents they are in.
#[test]
fn lists_of_citations_have_the_heads_of_their_documents() {
    let service = Service::new();
    for command in [&["cites", "001", "--json"][..], &["export", "citations"]] {
        let lines = service.folder.run(command).expect(0).json();
        assert!(!lines.is_empty());
        has_heads(&service, &lines);
    }
}

/// Behind a proxy that publishes the service under a path, addresses begin with that path.
#[test]
fn addresses_of_pages_have_the_base_path() {
    let service = Service::with(|settings| settings.base_path = "/vankien".to_owned());
    let answer = service.get("/vankien/api/v1/search?q=dang&limit=1").expect(200).json();
    let url = answer["hits"][0]["url"].as_str().unwrap();
    assert!(url.starts_with("/vankien/documents/"), "{url}");
    service.get(url.split('#').next().unwrap()).expect(200);
}

#[test]
fn documents_sections_notes_and_passages_are_the_records() {
    let service = Service::new();
    let exported = |records: &str| {
        service
            .folder
            .run(&["export", records, "--document", "001"])
            .expect(0)
            .json()
    };
    let document = service.get("/api/v1/documents/001").expect(200).json();
    same(
        &["document", "title", "date", "province", "pages"],
        &document,
        &exported("documents")[0],
    );
    assert_eq!(
        document["path"], "001_a1c1383653321638.txt",
        "the name alone, not where it lies"
    );
    let outline = service.get("/api/v1/documents/001/outline").expect(200).json();
    assert_eq!(outline["sections"], Value::Array(exported("sections")));
    let outermost = service.get("/api/v1/documents/001/outline?depth=1").expect(200).json();
    assert!(
        outermost["sections"]
            .as_array()
            .unwrap()
            .iter()
            .all(|section| section["level"] == 1)
    );
    let notes = service.get("/api/v1/documents/001/footnotes").expect(200).json();
    assert_eq!(notes["footnotes"], Value::Array(exported("footnotes")));
    let passage = service.get("/api/v1/passages/001:19").expect(200).json();
    let line = service.folder.run(&["show", "001:19", "--json"]).expect(0).json();
    assert_eq!(passage["passage"], line[0]);
    let all = service.get("/api/v1/documents").expect(200).json();
    assert_eq!(
        (&all["total"], all["documents"].as_array().unwrap().len()),
        (&json!(5), 5)
    );
    let scans = service.get("/api/v1/documents?quality=ocr").expect(200).json();
    let command = service
        .folder
        .run(&["documents", "--quality", "ocr", "--json"])
        .expect(0)
        .json();
    assert_eq!(scans["total"], command.len());
}

#[test]
fn facets_are_those_of_the_command() {
    let service = Service::new();
    let rows = service
        .folder
        .run(&["facets", "place", "term", "--province", "Cần Thơ", "--json"])
        .expect(0)
        .json();
    let url = format!("/api/v1/facets?facets=place,term&province={}", encoded("Cần Thơ"));
    let answer = service.get(&url).expect(200).json();
    let mut values = Vec::new();
    for facet in ["place", "term"] {
        for value in answer["facets"][facet].as_array().unwrap() {
            let mut value = value.clone();
            value["facet"] = facet.into();
            values.push(value);
        }
    }
    assert_eq!(values, rows);
    let everything = service.get("/api/v1/facets").expect(200).json();
    assert_eq!(everything["facets"].as_object().unwrap().len(), 11);
}

#[test]
fn a_text_is_told_what_it_cites() {
    let service = Service::new();
    let text = "Căn cứ Nghị quyết số 21-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương và Quyết định số 987-QĐ/TU.";
    let answer = service
        .post("/api/v1/citations/lookup", "text/plain; charset=utf-8", text)
        .expect(200)
        .json();
    assert_eq!(answer["total"], 2);
    let known = &answer["citations"][0];
    assert_eq!(known["symbol"], "21-NQ/TW");
    assert_eq!(known["status"], "resolved");
    assert_eq!(known["date"], "2022-06-16");
    let [start, end] = [&known["span"][0], &known["span"][1]].map(|at| at.as_u64().unwrap() as usize);
    assert_eq!(&text[start..end], "Nghị quyết số 21-NQ/TW");
    assert!(known["cited_count"].as_u64().unwrap() > 0);
    assert!(
        known["cited_in"][0]["passage"].as_str().unwrap().contains(':'),
        "{known}"
    );
    let unknown = &answer["citations"][1];
    assert_eq!(
        (&unknown["status"], &unknown["cited_count"]),
        (&json!("unresolved"), &json!(0))
    );
    let nothing = service
        .post("/api/v1/citations/lookup", "text/plain", "")
        .expect(200)
        .json();
    assert_eq!(nothing["total"], 0);
}

#[test]
fn what_is_typed_without_marks_is_completed_with_them() {
    let service = Service::new();
    let suggested = |typed: &str| {
        service
            .get(&format!("/api/v1/suggest?q={}", encoded(typed)))
            .expect(200)
            .json()
    };
    let first = |typed: &str, list: &str, field: &str| {
        let suggested = suggested(typed);
        suggested[list][0][field].as_str().unwrap_or_default().to_owned()
    };
    for (typed, phrase) in [
        ("dang bo", "đảng bộ"),
        ("kinh te xa", "kinh tế - xã hội"),
        ("kiem tra giam", "kiểm tra, giám sát"),
        ("hoi dong nhan", "hội đồng nhân dân"),
        ("tang cuong kiem tra giam", "tăng cường kiểm tra, giám sát"),
        ("chuyen doi s", "chuyển đổi số"),
    ] {
        assert_eq!(first(typed, "phrases", "text"), phrase, "{typed}");
    }
    for (typed, cited) in [
        ("nghi quyet so 21", "21-NQ/TW"),
        ("dieu le", "Điều lệ Đảng"),
        ("nghi quyet trung uong 4", "Nghị quyết Trung ương 4 khóa XII"),
    ] {
        assert_eq!(first(typed, "symbols", "symbol"), cited, "{typed}");
    }
    // A province before the merger of 2025; and the digits within an id mean nothing.
    assert!(!first("hau giang", "documents", "document").is_empty());
    assert_eq!(first("21", "documents", "document"), "");
    let symbols = suggested("nq 21");
    assert_eq!(symbols["symbols"][0]["symbol"], "21-NQ/TW");
    assert!(symbols["symbols"][0]["subject"].is_string(), "{symbols}");
    let documents = suggested("001");
    assert_eq!(documents["documents"][0]["document"], "001_a1c1383653321638");
}
