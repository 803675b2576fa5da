//! Whatever is asked, the service never fails and answers in JSON.

use proptest::prelude::*;

use super::{Service, encoded};

#[test]
fn no_query_string_makes_it_fail() {
    let service = Service::new();
    let names =
        "q|limit|offset|cursor|facets|sort|marks|province|document|place|section|cites|term|symbol|depth|[a-z]{0,3}";
    let values = "\\PC{0,12}|[0-9]{1,22}|-1|1e9|[a-z/,:\"~*()-]{0,12}|\u{202e}\u{0}\r\nx-injected: 1|<script>";
    let pairs = prop::collection::vec((names, values), 0..5);
    let routes = [
        "search",
        "citations",
        "citations/21",
        "documents",
        "documents/001/outline",
        "suggest",
        "facets",
        "passages/001:19",
    ];
    let config = ProptestConfig::with_cases(200);
    proptest!(config, |(route in prop::sample::select(routes.to_vec()), pairs in pairs)| {
        let query: Vec<String> = pairs.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let answer = service.get(&format!("/api/v1/{route}?{}", query.join("&")));
        prop_assert!(answer.status.as_u16() < 500, "{} {}", answer.status, String::from_utf8_lossy(&answer.body));
        prop_assert!(serde_json::from_slice::<serde_json::Value>(&answer.body).is_ok());
        prop_assert!(!answer.headers.contains_key("x-injected"));
    });
}

#[test]
fn no_id_and_no_body_makes_it_fail() {
    let service = Service::new();
    proptest!(ProptestConfig::with_cases(100), |(id in "\\PC{1,20}|[0-9:^§./]{1,12}", body in "\\PC{0,60}|\\{\"text\": \"\\PC{0,20}\"\\}")| {
        for route in ["documents", "passages", "citations"] {
            let answer = service.get(&format!("/api/v1/{route}/{}", encoded(&id)));
            prop_assert!(answer.status.as_u16() < 500, "{} {}", answer.status, String::from_utf8_lossy(&answer.body));
        }
        for path in [format!("{}/file", encoded(&id)), format!("001/pages/{}", encoded(&id))] {
            let answer = service.get(&format!("/api/v1/documents/{path}"));
            prop_assert!(answer.status.as_u16() < 500, "{} {}", answer.status, String::from_utf8_lossy(&answer.body));
        }
        for (route, kind) in [("precedents", "application/json"), ("citations/lookup", "text/plain")] {
            let answer = service.post(&format!("/api/v1/{route}"), kind, body.clone());
            prop_assert!(answer.status.as_u16() < 500, "{} {}", answer.status, String::from_utf8_lossy(&answer.body));
        }
    });
}
