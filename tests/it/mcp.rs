//! The Model Context Protocol, spoken with the real program over pipes as an assistant does.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::program::Folder;

/// A running server with the pipes to it.
struct Client {
    child: Child,
    input: Option<ChildStdin>,
    output: Lines<BufReader<ChildStdout>>,
    asked: u64,
}

impl Client {
    /// Starts it in a folder.
    fn start(folder: &Folder) -> Self {
        let mut command = folder.command(&["mcp"]);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        Self {
            input: child.stdin.take(),
            output: BufReader::new(child.stdout.take().unwrap()).lines(),
            child,
            asked: 0,
        }
    }

    /// Sends a line of any bytes.
    fn send(&mut self, line: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(line).unwrap();
        input.write_all(b"\n").unwrap();
        input.flush().unwrap();
    }

    /// The next message.
    #[track_caller]
    fn receive(&mut self) -> Value {
        let line = self.output.next().expect("it is still there").unwrap();
        let message: Value = serde_json::from_str(&line).expect("a line of JSON");
        let all = message.as_array().cloned().unwrap_or_else(|| vec![message.clone()]);
        assert!(all.iter().all(|message| message["jsonrpc"] == "2.0"), "{message}");
        message
    }

    /// The answer to a line.
    #[track_caller]
    fn answer(&mut self, line: &[u8]) -> Value {
        self.send(line);
        self.receive()
    }

    /// The answer to a request.
    #[track_caller]
    fn request(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let request = json!({ "jsonrpc": "2.0", "id": self.asked, "method": method, "params": params });
        let answer = self.answer(request.to_string().as_bytes());
        assert_eq!(answer["id"], self.asked, "{answer}");
        answer
    }

    /// The result of a request.
    #[track_caller]
    fn result(&mut self, method: &str, params: Value) -> Value {
        let answer = self.request(method, params);
        assert!(answer.get("error").is_none(), "{answer}");
        answer["result"].clone()
    }

    /// The code of the error that a request gets.
    #[track_caller]
    fn error(&mut self, method: &str, params: Value) -> i64 {
        self.request(method, params)["error"]["code"].as_i64().unwrap()
    }

    /// The text and the fields of a tool's answer.
    #[track_caller]
    fn call(&mut self, name: &str, arguments: Value) -> (String, Value) {
        let result = self.result("tools/call", json!({ "name": name, "arguments": arguments }));
        assert_eq!(result["isError"], false, "{result}");
        let text = result["content"][0]["text"].as_str().unwrap().to_owned();
        (text, result["structuredContent"].clone())
    }

    /// The words in which a tool refuses.
    #[track_caller]
    fn refusal(&mut self, name: &str, arguments: Value) -> String {
        let result = self.result("tools/call", json!({ "name": name, "arguments": arguments }));
        assert_eq!(result["isError"], true, "{result}");
        assert!(result.get("structuredContent").is_none(), "{result}");
        result["content"][0]["text"].as_str().unwrap().to_owned()
    }

    /// The text of a resource.
    #[track_caller]
    fn read(&mut self, uri: &str) -> String {
        let result = self.result("resources/read", json!({ "uri": uri }));
        assert_eq!(result["contents"][0]["uri"], uri);
        result["contents"][0]["text"].as_str().unwrap().to_owned()
    }

    /// Ends the input and waits for the end; what it wrote to standard error.
    fn end(mut self) -> String {
        drop(self.input.take());
        assert!(self.output.next().is_none(), "nothing is said unasked");
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
        let mut err = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        err
    }
}

/// A folder with the seeds and their index.
fn indexed() -> Folder {
    let folder = Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    folder
}

/// The parameters of a handshake.
fn greeting(version: &str) -> Value {
    json!({ "protocolVersion": version, "capabilities": {}, "clientInfo": { "name": "test", "version": "0" } })
}

#[test]
fn the_handshake_agrees_on_a_version() {
    let folder = indexed();
    let mut client = Client::start(&folder);
    for (asked, agreed) in [
        ("2025-06-18", "2025-06-18"),
        ("2025-03-26", "2025-03-26"),
        ("2024-11-05", "2024-11-05"),
        ("2099-01-01", "2025-06-18"),
        ("", "2025-06-18"),
    ] {
        let result = client.result("initialize", greeting(asked));
        assert_eq!(result["protocolVersion"], agreed, "{asked}");
        assert_eq!(result["capabilities"], json!({ "tools": {}, "resources": {} }));
        assert_eq!(result["serverInfo"]["name"], "vankien");
        let instructions = result["instructions"].as_str().unwrap();
        for part in ["address", "page", "A reading is not the document", "relaxed"] {
            assert!(instructions.contains(part), "{part}");
        }
    }
    client.send(br#"{"jsonrpc": "2.0", "method": "notifications/initialized"}"#);
    assert_eq!(client.result("ping", json!({})), json!({}));
    assert_eq!(client.end(), "", "standard error has nothing to say");
}

#[test]
fn errors_of_the_protocol_have_their_codes_and_do_not_end_it() {
    let folder = indexed();
    let mut client = Client::start(&folder);
    for (line, code, id) in [
        (&b"{"[..], -32700, Value::Null),
        (b"\xff\xfe{}", -32700, Value::Null),
        (
            b"{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"ping\"} x",
            -32700,
            Value::Null,
        ),
        (b"1", -32600, Value::Null),
        (b"{}", -32600, Value::Null),
        (br#"{"id": 5, "method": "ping"}"#, -32600, json!(5)),
        (
            br#"{"jsonrpc": "2.0", "id": {}, "method": "ping"}"#,
            -32600,
            Value::Null,
        ),
        (
            br#"{"jsonrpc": "2.0", "id": "a", "method": "logging/setLevel"}"#,
            -32601,
            json!("a"),
        ),
        (
            br#"{"jsonrpc": "2.0", "id": "a", "method": "ping", "params": [1]}"#,
            -32602,
            json!("a"),
        ),
    ] {
        let answer = client.answer(line);
        assert_eq!(answer["error"]["code"], code, "{answer}");
        assert_eq!(answer["id"], id, "{answer}");
        assert!(!answer["error"]["message"].as_str().unwrap().is_empty());
    }
    for (method, params) in [
        ("initialize", json!({})),
        ("initialize", json!({ "protocolVersion": 1 })),
        ("tools/call", json!({})),
        ("tools/call", json!({ "name": "delete" })),
        ("tools/call", json!({ "name": "search", "arguments": "đảng" })),
        ("tools/list", json!({ "cursor": "1" })),
        ("resources/list", json!({ "cursor": "1" })),
        ("resources/list", json!({ "cursor": 1 })),
        ("resources/read", json!({})),
    ] {
        assert_eq!(client.error(method, params.clone()), -32602, "{method} {params}");
    }
    for uri in [
        "vankien://documents/999",
        "vankien://sections/001%C2%A799",
        "vankien://documents/001%C2%A71",
        "file:///etc/passwd",
        "vankien://documents/001?from=999999",
        "vankien://documents/..%2F..%2Fetc",
    ] {
        assert_eq!(client.error("resources/read", json!({ "uri": uri })), -32002, "{uri}");
    }
    assert_eq!(client.end(), "");
}

#[test]
fn nothing_answers_what_asks_nothing() {
    let folder = indexed();
    let mut client = Client::start(&folder);
    for line in [
        r#"{"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 7}}"#,
        r#"{"jsonrpc": "2.0", "method": "no/such", "params": 1}"#,
        r#"{"jsonrpc": "2.0", "id": 9, "result": {}}"#,
        "",
        "  \r",
    ] {
        client.send(line.as_bytes());
    }
    assert_eq!(
        client.result("ping", json!({ "_meta": { "progressToken": 1 } })),
        json!({})
    );
    assert_eq!(client.end(), "");
}

#[test]
fn a_line_without_an_end_is_refused_and_the_next_is_answered() {
    let folder = indexed();
    let mut client = Client::start(&folder);
    let long = vec![b'['; 5 << 20];
    let answer = client.answer(&long);
    assert_eq!(answer["error"]["code"], -32700, "{answer}");
    let deep = vec![b'['; 1 << 20];
    assert_eq!(client.answer(&deep)["error"]["code"], -32700);
    assert_eq!(client.result("ping", json!({})), json!({}));
    client.end();
}

#[test]
fn batches_are_answered_where_the_version_has_them() {
    let folder = indexed();
    let mut client = Client::start(&folder);
    let batch =
        br#"[{"jsonrpc": "2.0", "id": 1, "method": "ping"}, {"jsonrpc": "2.0", "method": "notifications/x"}, 5]"#;
    client.result("initialize", greeting("2025-06-18"));
    let answer = client.answer(batch);
    assert_eq!(answer["error"]["code"], -32600, "{answer}");
    for version in ["2025-03-26", "2024-11-05"] {
        client.result("initialize", greeting(version));
        let answer = client.answer(batch);
        assert_eq!(answer.as_array().unwrap().len(), 2, "{answer}");
        assert_eq!(answer[0], json!({ "jsonrpc": "2.0", "id": 1, "result": {} }));
        assert_eq!(answer[1]["error"]["code"], -32600);
        assert_eq!(client.answer(b"[]")["error"]["code"], -32600);
        let many = vec![json!({ "jsonrpc": "2.0", "id": 1, "method": "ping" }); 1000];
        assert_eq!(
            client.answer(json!(many).to_string().as_bytes())["error"]["code"],
            -32600
        );
        client.send(br#"[{"jsonrpc": "2.0", "method": "notifications/x"}]"#);
    }
    assert_eq!(client.result("ping", json!({})), json!({}));
    client.end();
}

/// All `$ref`s inside `value`.
fn references<'v>(value: &'v Value, into: &mut Vec<&'v str>) {
    match value {
        Value::Object(fields) => {
            into.extend(fields.get("$ref").and_then(Value::as_str));
            fields.values().for_each(|value| references(value, into));
        }
        Value::Array(values) => values.iter().for_each(|value| references(value, into)),
        _ => {}
    }
}

#[test]
fn tools_say_what_they_take_and_answer_and_that_they_change_nothing() {
    let folder = indexed();
    let mut client = Client::start(&folder);
    let tools = client.result("tools/list", json!({}))["tools"].clone();
    let names: Vec<&str> = tools
        .as_array()
        .unwrap()
        .iter()
        .map(|tool| tool["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["search", "show", "cite", "cites", "lookup", "precedents", "proof"]
    );
    for tool in tools.as_array().unwrap() {
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
        assert_eq!(tool["annotations"]["openWorldHint"], false, "{tool}");
        assert_eq!(tool["inputSchema"]["additionalProperties"], false, "{tool}");
        for (name, field) in tool["inputSchema"]["properties"].as_object().unwrap() {
            assert!(
                field["description"].as_str().is_some_and(|about| about.len() > 10),
                "{name}: {field}"
            );
        }
        let output = &tool["outputSchema"];
        assert_eq!(output["type"], "object", "{output}");
        let mut all = Vec::new();
        references(output, &mut all);
        for reference in all {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(output.pointer(pointer).is_some(), "{reference} leads nowhere");
        }
    }
    let search = &tools[0]["inputSchema"]["properties"];
    assert_eq!(search["limit"]["maximum"], 50, "{search}");
    assert!(search["marks"]["enum"].as_array().unwrap().contains(&json!("exact")));
    assert!(
        search["place"]["items"]["enum"]
            .as_array()
            .unwrap()
            .contains(&json!("footnote"))
    );
    client.end();
}

#[test]
fn a_search_gives_quotations_that_can_be_shown() {
    let folder = indexed();
    let mut client = Client::start(&folder);
    let asked = json!({ "query": "nang cao nang luc lanh dao", "limit": 3, "facets": ["document"] });
    let (text, fields) = client.call("search", asked);
    assert_eq!(fields["relaxed"], false);
    assert!(fields["total"].as_u64().unwrap() > 3);
    assert_eq!(fields["next_offset"], 3);
    assert!(text.contains("offset 3"), "{text}");
    assert!(!fields["facets"]["document"].as_array().unwrap().is_empty());
    let hits = fields["hits"].as_array().unwrap();
    assert_eq!(hits.len(), 3);
    for hit in hits {
        let address = hit["address"].as_str().unwrap();
        assert!(
            address.len() < 12 && text.contains(&format!("[{address}]")),
            "{address} is short and told"
        );
        let (shown, same) = client.call("show", json!({ "id": address }));
        assert_eq!(same["kind"], "passage");
        let same = &same["quotations"][0];
        for field in [
            "address",
            "title",
            "issuer",
            "date",
            "page",
            "lines",
            "spans",
            "section_path",
            "text",
            "reading",
            "quality",
        ] {
            assert_eq!(same[field], hit[field], "{field}");
        }
        assert!(shown.contains(hit["text"].as_str().unwrap()), "{shown}");
        assert!(hit["page"].as_u64().unwrap() > 0 && hit["lines"][0].as_u64().unwrap() > 0);
    }
    let next = client.call(
        "search",
        json!({ "query": "nang cao nang luc lanh dao", "limit": 3, "offset": 3 }),
    );
    assert_eq!(next.1["hits"][0]["rank"], 4);
    client.end();
}

#[test]
fn no_reading_passes_for_the_document() {
    let folder = indexed();
    let mut client = Client::start(&folder);
    let (text, fields) = client.call("search", json!({ "query": "đảng bộ", "document": ["002"], "limit": 5 }));
    let hits = fields["hits"].as_array().unwrap();
    assert!(
        hits.iter()
            .all(|hit| hit["reading"] == "machine" && hit["quality"] == "ocr"),
        "{fields}"
    );
    assert!(
        text.contains("MACHINE READING of a scan, not the document: 5 of 5."),
        "{text}"
    );
    assert_eq!(text.matches("MACHINE READING, not the document: ").count(), 5, "{text}");
    let repaired = hits
        .iter()
        .find(|hit| !hit["repaired"].is_null())
        .expect("a damaged passage");
    assert!(
        text.contains(repaired["text"].as_str().unwrap()),
        "what the file has is told too: {text}"
    );

    let (text, fields) = client.call("search", json!({ "query": "đảng", "document": ["004"], "limit": 5 }));
    let hits = fields["hits"].as_array().unwrap();
    assert!(
        !hits.is_empty() && hits.iter().all(|hit| hit["reading"] == "own-letters"),
        "{fields}"
    );
    assert!(!text.contains("MACHINE"), "{text}");

    // A word that may well be wrong is marked wherever it is quoted.
    let mut marked = 0;
    for page in 1..=6 {
        let (text, fields) = client.call("show", json!({ "id": format!("003@{page}"), "limit": 50 }));
        let unsure: usize = fields["quotations"]
            .as_array()
            .unwrap()
            .iter()
            .map(|quotation| quotation["unsure"].as_array().unwrap().len())
            .sum();
        assert_eq!(
            text.matches("[?]").count(),
            unsure + 1,
            "and once where the mark is explained: {text}"
        );
        marked += unsure;
    }
    assert!(marked > 0, "no word of the seeds is unsure");
    for uri in ["vankien://documents/003", "vankien://sections/003%C2%A71"] {
        assert!(client.read(uri).contains("MACHINE READING"), "{uri}");
    }
    assert!(!client.read("vankien://documents/004").contains("MACHINE"));
    client.end();
}

#[test]
fn what_was_converted_says_so() {
    let folder = Folder::new();
    let words = "QuyÕt ®Þnh cña Ban Th\u{AD}êng vô TØnh uû vÒ c«ng t¸c c¸n bé\n";
    let latin: Vec<u8> = words
        .repeat(20)
        .chars()
        .map(|char| u8::try_from(u32::from(char)).unwrap())
        .collect();
    folder.write("texts/cu.txt", latin);
    folder.run(&["index", "--quiet", "texts"]).expect(0);
    let mut client = Client::start(&folder);
    let (text, fields) = client.call("search", json!({ "query": "công tác cán bộ", "limit": 1 }));
    assert_eq!(fields["hits"][0]["reading"], "converted", "{fields}");
    assert!(fields["hits"][0]["letters"].as_str().unwrap().contains("QuyÕt ®Þnh"));
    assert!(
        text.contains("converted from an encoding from before Unicode"),
        "{text}"
    );
    assert!(client.read("vankien://documents/cu").contains("converted from TCVN3"));
    client.end();
}

#[test]
fn a_relaxed_answer_says_so_and_an_empty_one_hints() {
    let folder = indexed();
    let mut client = Client::start(&folder);
    let (text, fields) = client.call(
        "search",
        json!({ "query": "xây dựng đảng cầu vồng kangaroo", "limit": 1 }),
    );
    assert_eq!(fields["relaxed"], true);
    assert!(text.starts_with("RELAXED: no passage has all of these words"), "{text}");
    let (text, fields) = client.call("search", json!({ "query": "\"kangaroo kangaroo\"" }));
    assert_eq!(fields["total"], 0);
    assert!(
        text.starts_with("No passage matches.") && text.contains("no passage has 'kangaroo'"),
        "{text}"
    );
    client.end();
}

#[test]
fn citations_are_listed_looked_up_and_proved() {
    let folder = indexed();
    let mut client = Client::start(&folder);
    let (text, fields) = client.call("cite", json!({ "cited": "nq 21", "limit": 2 }));
    let place = &fields["places"][0];
    assert!(place["sentence"].as_str().unwrap().contains("21"), "{place}");
    assert!(
        text.contains(&format!("[{}]", place["address"].as_str().unwrap())),
        "{text}"
    );
    assert!(
        fields["cited"]
            .as_array()
            .unwrap()
            .iter()
            .any(|cited| !cited["registered"].as_array().unwrap().is_empty())
    );
    let (text, fields) = client.call("cite", json!({ "cited": "211-NQ/TW" }));
    assert_eq!(fields["total"], 0);
    assert!(
        !fields["near"].as_array().unwrap().is_empty() && text.contains("Similar symbols"),
        "{text}"
    );

    let (_, fields) = client.call("cites", json!({ "document": "001", "limit": 50 }));
    assert_eq!(fields["document"]["document"], "001");
    let lines: Vec<u64> = fields["places"]
        .as_array()
        .unwrap()
        .iter()
        .map(|place| place["lines"][0].as_u64().unwrap())
        .collect();
    assert!(lines.len() > 10 && lines.is_sorted(), "{lines:?}");

    let draft = "Căn cứ Nghị quyết số 57-NQ/TW ngày 20/12/2024 của Bộ Chính trị";
    let (text, fields) = client.call("lookup", json!({ "text": draft }));
    assert_eq!(fields["total"], 1);
    assert_eq!(fields["citations"][0]["symbol"], "57-NQ/TW");
    assert!(text.contains("57-NQ/TW"), "{text}");
    let (text, fields) = client.call("proof", json!({ "text": draft }));
    assert_eq!(fields["citations"][0]["verdict"], "differs", "{fields}");
    assert!(
        text.contains("needs correction") && text.contains("2024-12-22"),
        "{text}"
    );
    client.end();
}

#[test]
fn precedents_are_aligned_and_outlines_lead_to_sections() {
    let folder = indexed();
    let mut client = Client::start(&folder);
    let wording = "nâng cao năng lực lãnh đạo, sức chiến đấu của tổ chức đảng";
    let (text, fields) = client.call("precedents", json!({ "text": wording, "limit": 2 }));
    let first = &fields["precedents"][0];
    assert!(first["share"].as_f64().unwrap() > 0.5, "{first}");
    assert!(
        first["wording"]
            .as_array()
            .unwrap()
            .iter()
            .any(|piece| piece["kind"] == "same")
    );
    assert!(text.contains("% of the text: ["), "{text}");

    let (text, fields) = client.call("show", json!({ "id": "001", "limit": 5 }));
    assert_eq!(fields["kind"], "document");
    assert!(text.contains("Pages: 20") && text.contains("offset 5"), "{text}");
    let sections = fields["sections"].as_array().unwrap();
    assert_eq!(sections.len(), 5);
    for section in sections {
        let (_, shown) = client.call("show", json!({ "id": section["address"] }));
        assert_eq!(shown["kind"], "section");
        assert_eq!(shown["sections"][0]["address"], section["address"]);
    }
    let (_, fields) = client.call("show", json!({ "id": "001^6" }));
    assert_eq!(fields["kind"], "footnote");
    assert_eq!(fields["quotations"][0]["address"], "001^6");
    assert_eq!(fields["quotations"][0]["place"], "footnote");
    client.end();
}

#[test]
fn a_tool_refuses_in_words_and_says_what_to_do() {
    let folder = indexed();
    let mut client = Client::start(&folder);
    for (name, arguments, expected) in [
        (
            "show",
            json!({ "id": "999:1" }),
            &["unknown-document", "999", "resources/list"][..],
        ),
        ("show", json!({ "id": "001:999999" }), &["unknown-passage", "001:935"]),
        (
            "show",
            json!({ "id": "00" }),
            &["ambiguous-id", "000_", "004_", "more of the id"],
        ),
        ("show", json!({}), &["missing-parameter", "'id'"]),
        ("cites", json!({ "document": "none" }), &["unknown-document"]),
        ("search", json!({ "query": "" }), &["missing-parameter"]),
        (
            "search",
            json!({ "query": "x", "limit": 51 }),
            &["invalid-value", "1 to 50"],
        ),
        (
            "search",
            json!({ "query": "x", "limit": "5" }),
            &["invalid-value", "a number"],
        ),
        (
            "search",
            json!({ "query": "x", "marks": "all" }),
            &["invalid-value", "prefer, any, exact"],
        ),
        (
            "search",
            json!({ "query": "x", "province": ["Atlantis"] }),
            &["invalid-value", "Atlantis"],
        ),
        ("search", json!({ "q": "x" }), &["unknown-parameter", "query"]),
        (
            "precedents",
            json!({ "text": "x", "passage": "001:1" }),
            &["repeated-parameter"],
        ),
        (
            "precedents",
            json!({ "text": "đ".repeat(40_000) }),
            &["invalid-value", "65536 bytes"],
        ),
    ] {
        let words = client.refusal(name, arguments);
        for part in expected {
            assert!(words.contains(part), "{name}: {words}");
        }
    }
    client.end();
}

#[test]
fn a_document_is_read_part_by_part_to_its_end() {
    let folder = indexed();
    let all = folder
        .run(&["export", "passages", "--document", "001"])
        .expect(0)
        .json();
    let all: Vec<String> = all
        .iter()
        .map(|passage| passage["passage"].as_str().unwrap().replace("_a1c1383653321638", ""))
        .collect();
    let mut client = Client::start(&folder);
    let mut uri = "vankien://documents/001".to_owned();
    let mut read = Vec::new();
    let mut parts = 0;
    loop {
        let text = client.read(&uri);
        assert!(text.len() < 80_000, "{} bytes", text.len());
        assert!(
            text.starts_with("Báo cáo kết quả thực hiện nhiệm vụ"),
            "each part has the head"
        );
        read.extend(text.lines().filter_map(|line| {
            let address = line.strip_prefix('[')?.split(']').next()?;
            address.starts_with("001:").then(|| address.to_owned())
        }));
        parts += 1;
        let Some((_, rest)) = text.split_once("[It goes on: read ") else {
            break;
        };
        uri = rest.split(']').next().unwrap().to_owned();
    }
    assert_eq!(read, all, "each passage once, in order");
    assert!(parts > 1, "the longest seed is longer than one part");
    let section = client.read("vankien://sections/001§1");
    assert!(section.contains("Section [001§"), "{section}");
    client.end();
}

#[test]
fn documents_are_listed_page_by_page_and_a_newer_index_is_taken_up() {
    let folder = Folder::new();
    for number in 0..130 {
        folder.write(
            &format!("texts/van ban §{number:03}.txt"),
            format!("Báo cáo số {number} về công tác dân vận\n"),
        );
    }
    folder.run(&["index", "--quiet", "texts"]).expect(0);
    let mut client = Client::start(&folder);
    let first = client.result("resources/list", json!({}));
    let cursor = first["nextCursor"].clone();
    let second = client.result("resources/list", json!({ "cursor": cursor, "_meta": {} }));
    assert!(second.get("nextCursor").is_none(), "{second}");
    let pages = [&first, &second].map(|page| page["resources"].as_array().unwrap());
    assert_eq!(pages.map(Vec::len), [100, 30]);
    let uris: BTreeSet<&str> = pages
        .into_iter()
        .flatten()
        .map(|found| found["uri"].as_str().unwrap())
        .collect();
    assert_eq!(uris.len(), 130);
    for uri in [uris.first().unwrap(), uris.last().unwrap()] {
        assert!(client.read(uri).contains("công tác dân vận"), "{uri}");
    }
    let templates = client.result("resources/templates/list", json!({}))["resourceTemplates"].clone();
    assert_eq!(templates[0]["uriTemplate"], "vankien://documents/{id}{?from}");
    assert_eq!(templates[1]["uriTemplate"], "vankien://sections/{id}{?from}");

    assert_eq!(client.call("search", json!({ "query": "hải đảo" })).1["total"], 0);
    folder.write("texts/moi.txt", "Kế hoạch về biển và hải đảo\n");
    folder.run(&["index", "--quiet"]).expect(0);
    assert_eq!(client.call("search", json!({ "query": "hải đảo" })).1["total"], 1);
    assert_eq!(
        client.error("resources/list", json!({ "cursor": cursor })),
        -32602,
        "it is of the state before"
    );
    client.end();
}

#[test]
fn without_an_index_it_ends_with_a_hint() {
    let folder = Folder::new();
    let run = folder.run(&["mcp"]).expect(2);
    assert_eq!(run.out, "");
    assert!(
        run.err.contains("there is no index") && run.err.contains("vankien index"),
        "{}",
        run.err
    );
}

/// Any JSON, a few levels deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,20}".prop_map(Value::from),
        "00[0-4][:^§@][0-9IVX.]{0,4}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("[a-z_]{1,8}", inner, 0..4).prop_map(|fields| fields.into_iter().collect()),
        ]
    })
}

/// A call of some method with arguments that may be anything.
fn any_call() -> impl Strategy<Value = Value> {
    let method = prop::sample::select(vec![
        "initialize",
        "ping",
        "tools/list",
        "resources/list",
        "resources/read",
        "resources/templates/list",
        "x",
    ]);
    let of_method = (method, any_json()).prop_map(|(method, params)| json!({ "method": method, "params": params }));
    let tool = prop::sample::select(vec!["search", "show", "cite", "cites", "lookup", "precedents", "proof"]);
    let argument = prop::sample::select(vec![
        "query", "id", "cited", "document", "text", "passage", "limit", "offset", "marks", "facets", "from", "place",
    ]);
    let arguments = prop::collection::hash_map(argument, any_json(), 0..4);
    let of_tool = (tool, arguments).prop_map(
        |(tool, arguments)| json!({ "method": "tools/call", "params": { "name": tool, "arguments": arguments } }),
    );
    let uri = "vankien://(documents|sections)/00[0-4]\\PC{0,6}(\\?from=\\PC{0,4})?";
    let of_uri = uri.prop_map(|uri| json!({ "method": "resources/read", "params": { "uri": uri } }));
    (prop_oneof![of_method, of_tool, of_uri], any_json()).prop_map(|(mut call, id)| {
        call["jsonrpc"] = json!("2.0");
        call["id"] = id;
        call
    })
}

#[test]
fn no_line_ends_it() {
    let folder = indexed();
    let client = RefCell::new(Client::start(&folder));
    let line = prop_oneof![
        prop::collection::vec(any::<u8>().prop_filter("a line", |byte| *byte != b'\n'), 0..200),
        any_json().prop_map(|value| value.to_string().into_bytes()),
        any_call().prop_map(|value| value.to_string().into_bytes()),
        prop::collection::vec(any_call(), 0..3).prop_map(|batch| Value::from(batch).to_string().into_bytes()),
    ];
    let mut runner = TestRunner::new(Config::with_cases(400));
    let tried = runner.run(&line, |line| {
        let mut client = client.borrow_mut();
        client.send(&line);
        client.send(br#"{"jsonrpc": "2.0", "id": "still here", "method": "ping"}"#);
        let before = client.receive();
        if before["id"] != "still here" {
            prop_assert_eq!(&client.receive()["id"], "still here", "after {}", before);
        }
        Ok(())
    });
    tried.unwrap();
    assert_eq!(client.into_inner().end(), "", "nothing failed inside");
}
