//! How the service behaves around its answers: problems, caching, compression, keys, the index beneath it.

use std::time::Duration;

use axum::body::Body;
use axum::http::header;
use axum::http::{Method, Request};
use vankien::http::{Keys, key_line};

use super::{Answer, Service};

#[test]
fn what_cannot_be_answered_is_a_problem_with_a_code() {
    let service = Service::new();
    let long = format!("/api/v1/search?q={}", "a".repeat(9000));
    let rows: [(&str, u16, &str); 23] = [
        ("/nowhere", 404, "no-such-page"),
        ("/api/v1/search", 400, "missing-parameter"),
        ("/api/v1/search?q=a&colour=red", 400, "unknown-parameter"),
        ("/api/v1/search?q=%FF%FE", 400, "invalid-query"),
        ("/api/v1/search?q=a&q=b", 400, "repeated-parameter"),
        ("/api/v1/search?q=a&limit=many", 400, "invalid-value"),
        ("/api/v1/search?q=a&limit=101", 400, "invalid-value"),
        ("/api/v1/search?q=a&offset=10001", 400, "invalid-value"),
        ("/api/v1/search?q=a&sort=colour", 400, "invalid-value"),
        ("/api/v1/search?q=a&place=nowhere", 400, "invalid-value"),
        ("/api/v1/search?q=a&section=ket-qua/nichts", 400, "invalid-value"),
        ("/api/v1/search?q=a&facets=place,colour", 400, "unknown-facet"),
        ("/api/v1/search?q=a&document=00", 400, "ambiguous-id"),
        ("/api/v1/search?q=a&document=777", 400, "invalid-value"),
        ("/api/v1/search?q=a&cursor=nonsense", 400, "invalid-cursor"),
        ("/api/v1/search?q=a&cursor=1-0-00000000", 400, "invalid-cursor"),
        ("/api/v1/documents/777", 404, "unknown-document"),
        ("/api/v1/documents/777/outline", 404, "unknown-document"),
        ("/api/v1/documents/001?x=1", 400, "unknown-parameter"),
        ("/api/v1/passages/001:999999", 404, "unknown-passage"),
        ("/api/v1/passages/001", 404, "unknown-passage"),
        ("/api/v1/documents/%FF", 400, "invalid-path"),
        (&long, 414, "url-too-long"),
    ];
    for (path, status, code) in rows {
        let answer = service.get(path).expect(status);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
        let problem = answer.json();
        assert_eq!(
            (&problem["code"], &problem["status"]),
            (&code.into(), &status.into()),
            "{path}"
        );
        assert!(
            problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()),
            "{path}"
        );
        let text = String::from_utf8_lossy(&answer.body);
        assert!(!text.contains(service.folder.path("").to_str().unwrap()), "{text}");
    }
    let told = service.get("/api/v1/search?q=a&place=nowhere").json();
    assert_eq!(told["parameter"], "place");
    assert!(
        told["allowed"].as_array().unwrap().contains(&"footnote".into()),
        "{told}"
    );
}

#[test]
fn bodies_are_refused_by_type_size_and_form() {
    let service = Service::new();
    let large = "a ".repeat(1 << 20);
    let rows = [
        (
            "/api/v1/precedents",
            "application/xml",
            "{}".to_owned(),
            415,
            "media-type",
        ),
        (
            "/api/v1/precedents",
            "application/json",
            "{".to_owned(),
            400,
            "invalid-json",
        ),
        (
            "/api/v1/precedents",
            "application/json",
            "[]".to_owned(),
            400,
            "invalid-json",
        ),
        (
            "/api/v1/precedents",
            "application/json",
            "{}".to_owned(),
            400,
            "missing-parameter",
        ),
        (
            "/api/v1/precedents",
            "application/json",
            r#"{"text": "a", "passage": "b"}"#.to_owned(),
            400,
            "repeated-parameter",
        ),
        (
            "/api/v1/precedents",
            "application/json",
            r#"{"text": "a", "min_score": 2}"#.to_owned(),
            400,
            "invalid-value",
        ),
        (
            "/api/v1/precedents",
            "application/json",
            r#"{"text": {"a": 1}}"#.to_owned(),
            400,
            "invalid-value",
        ),
        (
            "/api/v1/precedents",
            "application/json",
            r#"{"words": "a"}"#.to_owned(),
            400,
            "unknown-parameter",
        ),
        (
            "/api/v1/precedents",
            "application/json",
            large.clone(),
            413,
            "body-too-large",
        ),
        (
            "/api/v1/citations/lookup",
            "application/json",
            "a".to_owned(),
            400,
            "invalid-json",
        ),
        (
            "/api/v1/proofs",
            "application/json",
            r#"{"draft": "a"}"#.to_owned(),
            400,
            "unknown-parameter",
        ),
        (
            "/api/v1/citations/lookup",
            "application/xml",
            "a".to_owned(),
            415,
            "media-type",
        ),
        ("/api/v1/citations/lookup", "text/plain", large, 413, "body-too-large"),
        (
            "/api/v1/citations/lookup",
            "text/plain; charset=utf-16",
            "a".to_owned(),
            415,
            "media-type",
        ),
        (
            "/api/v1/citations/lookup?limit=1",
            "text/plain; charset=UTF-8",
            "a".to_owned(),
            400,
            "unknown-parameter",
        ),
        (
            "/api/v1/precedents",
            "application/json",
            r#"{"text": "a", "limit": 1, "limit": 2}"#.to_owned(),
            400,
            "repeated-parameter",
        ),
        (
            "/api/v1/precedents",
            "application/json",
            r#"{"text": "a", "limit": "1"}"#.to_owned(),
            400,
            "invalid-value",
        ),
    ];
    for (path, kind, body, status, code) in rows {
        let answer = service.post(path, kind, body.clone()).expect(status);
        assert_eq!(answer.json()["code"], code, "{path} {:.40}", body);
    }
    let answer = service
        .post("/api/v1/citations/lookup", "text/plain", vec![b'a', 0xFF])
        .expect(400);
    assert_eq!(answer.json()["code"], "not-utf-8");
    let request = Request::builder()
        .method(Method::DELETE)
        .uri("/api/v1/search")
        .body(Body::empty());
    let answer = service.send(request.unwrap()).expect(405);
    assert_eq!(answer.json()["code"], "method-not-allowed");
    assert!(answer.header("allow").contains("GET"), "{:?}", answer.headers);
}

#[test]
fn every_answer_has_the_strict_headers() {
    let service = Service::new();
    for path in ["/healthz", "/api/v1/search?q=a", "/nowhere", "/docs", "/openapi.json"] {
        let answer = service.get(path);
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{path} {policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
    }
}

#[test]
fn who_has_the_answer_gets_it_no_second_time_until_the_index_changes() {
    let service = Service::new();
    let path = "/api/v1/search?q=xin+chao";
    service.get("/readyz").expect(200);
    let first = service.get(path).expect(200);
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    let again = service.get_with(path, &[(header::IF_NONE_MATCH, &tag)]).expect(304);
    assert!(again.body.is_empty());
    service.get_with(path, &[(header::IF_NONE_MATCH, "*")]).expect(304);
    service
        .get_with("/api/v1/search?q=xin", &[(header::IF_NONE_MATCH, &tag)])
        .expect(200);
    service
        .folder
        .write("seeds/new.txt", "BÁO CÁO\n\nxin chào một văn bản mới\n");
    service.folder.run(&["index", "-q"]).expect(0);
    let changed = service.get_with(path, &[(header::IF_NONE_MATCH, &tag)]).expect(200);
    assert_ne!(changed.header("etag"), tag);
    assert_eq!(changed.json()["total"], 1, "the newer index answers without a restart");
}

#[test]
fn what_was_asked_before_is_answered_as_it_was_until_the_index_changes() {
    let service = Service::new();
    let path = "/api/v1/search?q=to+chuc+dang&facets=province,section";
    let first = service.get(path).expect(200);
    for _ in 0..3 {
        let again = service.get(path).expect(200);
        // The time that the search took is that of the first one.
        assert_eq!(again.json(), first.json());
        assert_eq!(again.header("etag"), first.header("etag"));
        assert_eq!(again.header("content-type"), first.header("content-type"));
    }
    service
        .folder
        .write("seeds/new.txt", "BÁO CÁO\n\nMột tổ chức đảng mới\n");
    service.folder.run(&["index", "-q"]).expect(0);
    let total = |answer: &Answer| answer.json()["total"].as_u64();
    assert_eq!(
        total(&service.get(path).expect(200)),
        total(&first).map(|total| total + 1)
    );
}

#[test]
fn an_index_that_was_built_anew_is_not_taken_for_the_one_before() {
    let service = Service::new();
    let page = |rest: &str| format!("/api/v1/search?q=dang+bo&limit=40{rest}");
    service.get("/readyz").expect(200);
    let first = service.get(&page("")).expect(200);
    let (tag, next) = (first.header("etag").to_owned(), first.json()["next"].clone());
    service.get("/api/v1/suggest?q=dang+bo").expect(200);
    // Both count their commits from 1.
    std::fs::rename(service.folder.path("index"), service.folder.path("before")).unwrap();
    service
        .folder
        .write("others/new.txt", "BÁO CÁO\n\nđảng bộ meo meo. Đảng bộ meo meo\n");
    service.folder.run(&["index", "-q", "others"]).expect(0);
    let changed = service
        .get_with(&page(""), &[(header::IF_NONE_MATCH, &tag)])
        .expect(200);
    assert_eq!(changed.json()["total"], 1);
    let gone = service
        .get(&page(&format!("&cursor={}", next.as_str().unwrap())))
        .expect(410);
    assert_eq!(gone.json()["code"], "stale-cursor");
    // Suggestions follow in a moment.
    let suggested = || service.get("/api/v1/suggest?q=dang+bo+m").expect(200).json()["phrases"].clone();
    let known = (0..200).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        suggested()[0]["text"] == "đảng bộ meo meo"
    });
    assert!(known, "{}", suggested());
}

/// A value that cannot exist is refused by every route, one that no passage happens to have is answered and told.
#[test]
fn filters_that_nothing_has_are_told_everywhere() {
    let service = Service::new();
    for path in [
        "/api/v1/search?q=dang",
        "/api/v1/documents?limit=10",
        "/api/v1/facets?facets=term",
        "/api/v1/citations?limit=10",
        "/api/v1/citations?symbol=21-NQ/TW",
        "/api/v1/citations/21-NQ/TW?limit=10",
    ] {
        let answer = service
            .get(&format!("{path}&province=Lai+Ch%C3%A2u"))
            .expect(200)
            .json();
        let told = answer["diagnostics"][0].as_str().unwrap_or_default();
        assert!(told.contains("Lai Châu"), "{path} {answer}");
        // It is cited elsewhere, so nothing else is meant.
        assert!(answer["near"].as_array().is_none_or(Vec::is_empty), "{path} {answer}");
        refused(&service.get(&format!("{path}&province=Nowhere")), path);
    }
    for path in ["/api/v1/search.csv?q=dang", "/api/v1/citations.xlsx?limit=10"] {
        service.get(&format!("{path}&province=Lai+Ch%C3%A2u")).expect(200);
        refused(&service.get(&format!("{path}&province=Nowhere")), path);
    }
    for field in ["text", "draft"] {
        let asked = |province: &str| {
            let text = r"KẾ HOẠCH\n\nNâng cao năng lực lãnh đạo của tổ chức cơ sở đảng.\n";
            let body = format!(r#"{{"{field}": "{text}", "province": ["{province}"]}}"#);
            service.post("/api/v1/precedents", "application/json", body)
        };
        let answer = asked("Lai Châu").expect(200).json();
        assert!(answer["diagnostics"][0].is_string(), "{answer}");
        refused(&asked("Nowhere"), field);
    }
}

/// Asserts that a value of the filter by province was refused.
#[track_caller]
fn refused(answer: &Answer, asked: &str) {
    let problem = answer.json();
    assert_eq!(answer.status.as_u16(), 400, "{asked} {problem}");
    assert_eq!(
        (&problem["code"], &problem["parameter"]),
        (&"invalid-value".into(), &"province".into())
    );
}

#[test]
fn a_cursor_goes_on_and_tells_when_the_index_has_changed() {
    let service = Service::new();
    let page = |rest: &str| service.get(&format!("/api/v1/search?q=dang+bo&limit=40{rest}"));
    let first = page("").expect(200).json();
    let next = first["next"].as_str().unwrap().to_owned();
    let second = page(&format!("&cursor={next}")).expect(200).json();
    assert_eq!(second["hits"][0]["rank"], 41);
    assert_eq!(second["hits"], page("&offset=40").expect(200).json()["hits"]);
    page(&format!("&offset=3&cursor={next}")).expect(400);
    service
        .get(&format!("/api/v1/search?q=tinh+uy&cursor={next}"))
        .expect(400);
    service.folder.write("seeds/new.txt", "BÁO CÁO\n\nmột văn bản mới\n");
    service.folder.run(&["index", "-q"]).expect(0);
    let stale = page(&format!("&cursor={next}")).expect(410);
    assert_eq!(stale.json()["code"], "stale-cursor");
}

#[test]
fn an_index_that_vanishes_turns_ready_red_and_comes_back() {
    let service = Service::new();
    service.get("/readyz").expect(200);
    std::fs::rename(service.folder.path("index"), service.folder.path("away")).unwrap();
    assert_eq!(service.get("/readyz").expect(503).json()["code"], "no-index");
    service.get("/api/v1/search?q=a").expect(503);
    service.get("/healthz").expect(200);
    std::fs::rename(service.folder.path("away"), service.folder.path("index")).unwrap();
    service.get("/readyz").expect(200);
}

#[test]
fn answers_are_compressed_as_asked_for() {
    let service = Service::new();
    for coding in ["gzip", "br", "zstd"] {
        let answer = service
            .get_with("/api/v1/facets", &[(header::ACCEPT_ENCODING, coding)])
            .expect(200);
        assert_eq!(answer.header("content-encoding"), coding);
    }
    assert_eq!(service.get("/api/v1/facets").header("content-encoding"), "");
}

#[test]
fn other_origins_read_the_api_only_where_they_are_named() {
    let service = Service::with(|settings| settings.cors_origins = vec!["https://a.vn".into()]);
    let asked = |origin: &str| {
        let answer = service.get_with("/api/v1/facets", &[(header::ORIGIN, origin)]);
        answer.header("access-control-allow-origin").to_owned()
    };
    assert_eq!(asked("https://a.vn"), "https://a.vn");
    assert_eq!(asked("https://b.vn"), "");
}

#[test]
fn behind_a_proxy_everything_stands_under_the_base_path() {
    let service = Service::with(|settings| settings.base_path = "/kho/vankien".into());
    service.get("/kho/vankien/api/v1/search?q=a").expect(200);
    service.get("/kho/vankien/healthz").expect(200);
    service.get("/kho/vankien").expect(200);
    service.get("/kho/vankien/?q=a").expect(200);
    assert_eq!(
        service.get("/api/v1/search?q=a").expect(404).json()["code"],
        "no-such-page"
    );
    assert_eq!(
        service.get("/kho/vankien/nowhere").expect(404).json()["code"],
        "no-such-page"
    );
    let document = service.get("/kho/vankien/openapi.json").expect(200).json();
    assert_eq!(document["servers"][0]["url"], "/kho/vankien");
}

#[test]
fn with_keys_only_who_has_one_is_let_in() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    std::fs::write(&path, key_line("an", "a-key-of-many-letters").unwrap()).unwrap();
    restrict(&path, 0o600);
    let service = Service::with(|settings| settings.keys = Some(Keys::read(&path, 10.0).unwrap()));
    for path in ["/api/v1/search?q=a", "/docs", "/metrics", "/openapi.json", "/nowhere"] {
        let refused = service.get(path).expect(401);
        assert_eq!(refused.json()["code"], "no-key");
        assert!(refused.header("www-authenticate").contains("Basic"));
        let wrong = [(header::AUTHORIZATION, "Bearer a-key-of-many-lettert")];
        service.get_with(path, &wrong).expect(401);
    }
    let right = [(header::AUTHORIZATION, "Bearer a-key-of-many-letters")];
    service.get_with("/api/v1/search?q=a", &right).expect(200);
    service.get("/healthz").expect(200);
    service.get("/readyz").expect(200);
}

#[test]
fn no_time_gives_no_answer_and_says_so() {
    let service = Service::with(|settings| settings.time_limit = Duration::ZERO);
    let late = service.get("/api/v1/search?q=a").expect(503);
    assert_eq!(late.json()["code"], "time-limit");
    assert_eq!(late.header("retry-after"), "1");
}

#[test]
fn a_full_queue_sends_away_at_once() {
    let folder = super::Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    let app = vankien::http::App::new(vankien::http::Settings {
        threads: 1,
        queue: 1,
        ..vankien::http::Settings::of(folder.path("index"))
    })
    .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let (open, gate) = std::sync::mpsc::channel::<()>();
        let (begun, begins) = tokio::sync::oneshot::channel();
        let held = app.clone();
        let held = tokio::spawn(async move {
            let work = move |_: &vankien::index::Index| {
                begun.send(()).unwrap();
                gate.recv().unwrap();
                Ok(())
            };
            held.ask(work).await
        });
        begins.await.unwrap();
        let waiting = app.clone();
        let waiting = tokio::spawn(async move { waiting.ask(|_| Ok(())).await });
        tokio::task::yield_now().await;
        let refused = app.ask(|_| Ok(())).await.unwrap_err();
        assert_eq!((refused.status().as_u16(), refused.code().name()), (503, "busy"));
        open.send(()).unwrap();
        held.await.unwrap().unwrap();
        waiting.await.unwrap().unwrap();
        // Work that panics is a failure of its own question alone.
        let failed = app
            .ask(|_| -> Result<(), vankien::http::Problem> { panic!("of a test") })
            .await;
        assert_eq!(failed.unwrap_err().status().as_u16(), 500);
        app.ask(|_| Ok(())).await.unwrap();
    });
}

#[cfg(unix)]
pub(super) fn restrict(path: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// A problem has an id to report it by, which the log has too.
#[test]
fn a_problem_has_the_id_of_its_request() {
    let service = Service::new();
    let id = header::HeaderName::from_static("x-request-id");
    let long = "a".repeat(129);
    for (sent, is_taken) in [
        ("3f2504e0-4f89-41d3-9a0c-0305e82c3301", true),
        ("a\"b", false),
        ("", false),
        (long.as_str(), false),
    ] {
        let answer = service.get_with("/api/v1/search", &[(id.clone(), sent)]).expect(400);
        let told = answer.header("x-request-id").to_owned();
        assert_eq!(told == sent, is_taken, "{told}");
        assert_eq!(answer.json()["request_id"], told);
    }
    let [one, other] = [(); 2].map(|()| service.get("/healthz").header("x-request-id").to_owned());
    assert_ne!(one, other);
}
