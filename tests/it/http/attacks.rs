//! Requests made to harm the service or those who use it.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, Request, header};
use tower::ServiceExt;
use vankien::http::{App, Settings, key_line, router};
use vankien::stop::checkpoint;

use super::super::program::Folder;
use super::Service;
use super::behaviour::restrict;

/// A text that takes long to read: a misread scan of this many bytes.
fn misread(bytes: usize) -> String {
    let line = "Pang bd cac co quan Pang thanh phd dd thuc hién\n";
    line.repeat(bytes / line.len())
}

/// The service over the seeds with these settings, and a runtime to ask it in.
fn app(change: impl FnOnce(&mut Settings)) -> (Folder, App, tokio::runtime::Runtime) {
    let folder = Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    let mut settings = Settings::of(folder.path("index"));
    change(&mut settings);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    (folder, App::new(settings).unwrap(), runtime.unwrap())
}

#[test]
fn only_its_own_names_are_served() {
    let service = Service::with(|settings| settings.hosts = vec!["vankien.example.vn".to_owned()]);
    let ask = |path: &str, host: Option<&str>| {
        let request = Request::get(path);
        let request = host
            .into_iter()
            .fold(request, |request, host| request.header(header::HOST, host));
        service.send_as_it_is(request.body(Body::empty()).unwrap())
    };
    for host in [
        "localhost:7700",
        "127.0.0.1:7700",
        "[::1]",
        "vankien.example.vn",
        "VANKIEN.example.vn:443",
    ] {
        ask("/api/v1/documents", Some(host)).expect(200);
    }
    for host in ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io"] {
        let refused = ask("/api/v1/documents", Some(host)).expect(421);
        assert_eq!(refused.json()["code"], "unknown-host");
        assert_eq!(refused.header("content-type"), "application/problem+json");
        // A page of a stranger reads no page of ours either.
        assert_eq!(ask("/", Some(host)).expect(421).json()["code"], "unknown-host");
        ask("/healthz", Some(host)).expect(200);
        ask("/readyz", Some(host)).expect(200);
    }
    assert_eq!(ask("/api/v1/documents", None).expect(400).json()["code"], "no-host");
}

#[test]
fn work_ends_at_the_time_limit() {
    let (_folder, app, runtime) = app(|settings| {
        settings.threads = 1;
        settings.time_limit = Duration::from_millis(300);
    });
    runtime.block_on(async {
        // The first question opens the index.
        while app.ask(|_| Ok(())).await.is_err() {}
        let endless = app
            .ask(|_| -> Result<(), vankien::http::Problem> {
                loop {
                    checkpoint();
                }
            })
            .await;
        assert_eq!(endless.unwrap_err().code().name(), "time-limit");
        // The one thread is free again; a starved machine may need several attempts.
        while app.ask(|_| Ok(())).await.is_err() {}
    });
}

#[test]
fn long_texts_hold_up_no_search_and_end() {
    let (_folder, app, runtime) = app(|settings| {
        settings.threads = 1;
        settings.time_limit = Duration::from_secs(2);
    });
    let post = |route: &str, kind: &str, body: String| {
        let request = Request::post(format!("/api/v1/{route}")).header(header::HOST, "localhost");
        let request = request
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap();
        router(app.clone()).oneshot(request)
    };
    runtime.block_on(async {
        while app.ask(|_| Ok(())).await.is_err() {}
        let hostile: Vec<_> = ["citations/lookup", "proofs", "citations/lookup", "proofs"]
            .into_iter()
            .map(|route| tokio::spawn(post(route, "text/plain", misread(1_000_000))))
            .collect();
        tokio::task::yield_now().await;
        // On one thread with the four, each of these would wait until its limit.
        let search = Request::get("/api/v1/search?q=tinh+gon").header(header::HOST, "localhost");
        let search = search.body(Body::empty()).unwrap();
        let answer = router(app.clone()).oneshot(search).await.unwrap();
        assert_eq!(answer.status().as_u16(), 200);
        let short = post("citations/lookup", "text/plain", "Nghị quyết số 21-NQ/TW".to_owned()).await;
        assert_eq!(short.unwrap().status().as_u16(), 200);
        for answer in hostile {
            let status = answer.await.unwrap().unwrap().status().as_u16();
            assert!(matches!(status, 200 | 503), "{status}");
        }
    });
}

#[test]
fn a_text_of_nothing_but_citations_gets_a_bounded_answer() {
    let service = Service::with(|settings| settings.time_limit = Duration::from_secs(60));
    let text = "Nghị quyết số 21-NQ/TW, ".repeat(3000);
    let answer = service
        .post("/api/v1/citations/lookup", "text/plain", text.clone())
        .expect(200);
    let first = answer.json();
    let listed = first["citations"].as_array().unwrap();
    assert_eq!((first["total"].as_u64(), listed.len()), (Some(3000), 2000));
    // What is left is looked up from there on.
    let rest = first["rest"].as_u64().unwrap() as usize;
    let second = service
        .post("/api/v1/citations/lookup", "text/plain", text[rest..].to_owned())
        .expect(200)
        .json();
    assert_eq!((second["total"].as_u64(), second["rest"].as_u64()), (Some(1000), None));
}

#[test]
fn a_path_that_is_no_text_is_a_problem_or_a_page() {
    let service = Service::new();
    for path in [
        "/documents/%FF",
        "/documents/001/pages/%FF",
        "/assets/%FF",
        "/api/v1/documents/%FF",
    ] {
        let refused = service.get(path).expect(400);
        assert_eq!(refused.json()["code"], "invalid-path", "{path}");
    }
    let page = service
        .get_with("/documents/%FF", &[(header::ACCEPT, "text/html")])
        .expect(400);
    assert!(page.header("content-type").starts_with("text/html"));
    let posted = Request::post("/precedent").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = service.send(posted.body(Body::from(&b"text=\xff\xfe"[..])).unwrap());
    assert!(answer.status.as_u16() < 500);
    assert!(!answer.header("content-type").starts_with("text/plain"));
}

#[test]
fn counts_are_told_only_with_a_key() {
    let folder = Folder::with_seeds();
    let keys = folder.write(
        "keys",
        format!("{}\n", key_line("an", "a-key-of-many-letters").unwrap()),
    );
    restrict(&keys, 0o600);
    let keys = vankien::http::Keys::read(&keys, 50.0).unwrap();
    let service = Service::over(folder, |settings| settings.keys = Some(keys));
    let without = service.get("/readyz").expect(200).json();
    assert!(without["documents"].is_null() && without["passages"].is_null() && without["generation"].is_null());
    let key = [(header::AUTHORIZATION, "Bearer a-key-of-many-letters")];
    assert_eq!(service.get_with("/readyz", &key).expect(200).json()["documents"], 5);
    assert_eq!(Service::new().get("/readyz").expect(200).json()["documents"], 5);
}

#[test]
fn a_body_that_nobody_reads_is_dropped_or_closes_the_connection() {
    let service = Service::new();
    let refused = |bytes: usize| {
        let request = Request::builder().method(Method::POST).uri("/api/v1/documents");
        service
            .send(request.body(Body::from(vec![b'a'; bytes])).unwrap())
            .expect(405)
    };
    assert_eq!(refused(1000).header("connection"), "");
    assert_eq!(refused(1 << 20).header("connection"), "close");
    let read = service.post("/api/v1/citations/lookup", "text/plain", "a");
    assert_eq!(read.expect(200).header("connection"), "");
}

#[test]
fn a_number_of_threads_out_of_bounds_is_told() {
    let folder = Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    for threads in ["0", "100000"] {
        let run = folder
            .run(&["serve", "--listen", "127.0.0.1:0", "--threads", threads])
            .expect(2);
        assert!(
            run.err.contains("1..=1024") && !run.err.contains("panicked"),
            "{}",
            run.err
        );
    }
}

/// A document of `paragraphs` paragraphs, each with its number.
fn long_document(paragraphs: usize) -> String {
    let paragraph = |number: usize| format!("Đoạn {number} nói về công tác cán bộ ở cơ sở.\n\n");
    (1..=paragraphs).map(paragraph).collect()
}

#[test]
fn a_very_long_document_is_shown_in_parts() {
    let folder = Folder::new();
    folder.write("seeds/dai.txt", long_document(6000) + "Đoạn cuối nói về thủy lợi.\n");
    let service = Service::over(folder, |_| ());
    let page = |path: &str| {
        let answer = service.get_with(path, &[(header::ACCEPT, "text/html")]).expect(200);
        String::from_utf8(answer.body).unwrap()
    };
    let first = page("/documents/dai");
    assert!(first.len() < 2_000_000, "{}", first.len());
    assert!(first.contains("Đoạn 1 nói") && !first.contains("Đoạn 5000 nói"));
    // Whoever goes on from part to part meets every paragraph once.
    let mut next = Some("/documents/dai".to_owned());
    let mut seen = 0;
    while let Some(path) = next {
        let shown = page(path.split('#').next().unwrap());
        seen += shown.matches(" nói về công tác").count();
        let link = shown.split("rel=\"next\" href=\"").nth(1);
        next = link.and_then(|link| Some(link.split('"').next()?.replace("&amp;", "&")));
    }
    assert_eq!(seen, 6000);
    // A hit leads to the part that has it, and so does a search within the document.
    let hits = page("/?q=thủy+lợi");
    let hit = hits
        .split("href=\"/documents/dai?")
        .find(|link| link.split('"').next().is_some_and(|link| link.contains("at=")))
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert!(hit.contains("at=p12001") && hit.ends_with("#p12001"), "{hit}");
    let shown = page(&format!(
        "/documents/dai?{}",
        hit.split('#').next().unwrap().replace("&amp;", "&")
    ));
    assert!(shown.contains("id=\"p12001\"") && !shown.contains("Đoạn 1 nói"));
    let found = page("/documents/dai?find=thủy+lợi");
    assert!(found.contains("at=p12001"), "the first match is in another part");
    // A short document has one part and no sign of it.
    let folder = Folder::new();
    folder.write("seeds/ngan.txt", long_document(20));
    let short = Service::over(folder, |_| ()).get("/documents/ngan").expect(200);
    let short = String::from_utf8(short.body).unwrap();
    assert!(!short.contains("rel=\"next\"") && !short.contains("data-windows"));
}

#[test]
fn a_passage_as_long_as_its_file_is_cut() {
    let folder = Folder::new();
    folder.write("seeds/dong.txt", "Đảng bộ lãnh đạo ".repeat(120_000));
    let page = Service::over(folder, |settings| settings.time_limit = Duration::from_secs(60)).get("/documents/dong");
    assert!(page.expect(200).body.len() < 1_500_000);
}
