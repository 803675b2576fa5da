//! `vankien proof` and its route: verdicts, findings and exit codes, in text, JSON and tables, with and without an index.

use serde_json::Value;

use super::http::Service;
use super::program::Folder;

/// A draft with a wrong date, a wrong symbol, and citations that are right.
const DRAFT: &str = "ĐẢNG BỘ TỈNH CÀ MAU\nĐẢNG ỦY XÃ ĐÔNG HÒA\n*\nSố 12-KH/ĐU\nĐông Hòa, ngày 05 tháng 6 năm 2025\n\nKẾ HOẠCH\n\
                     học tập nghị quyết\n\nI. MỤC ĐÍCH\n\nThực hiện Nghị quyết số 57-NQ/TW ngày 24/12/2024 của Bộ Chính trị \
                     về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia.\n\nCăn cứ Nghị \
                     quyết số 66/NQ-TW ngày 30/4/2025 của Bộ Chính trị, cấp ủy phân công.\n\nTheo Kết luận số 127-KL/TW ngày \
                     28/02/2025 của Bộ Chính trị và Kế hoạch số 15-KH/ĐU ngày 02/01/2025 của Đảng ủy.\n";

/// The same without errors.
fn right() -> String {
    DRAFT
        .replace("24/12/2024", "22/12/2024")
        .replace("66/NQ-TW", "66-NQ/TW")
}

/// Returns the kinds of the findings of each citation that has any.
fn found(records: &[Value]) -> Vec<(String, Vec<String>)> {
    let kinds = |record: &Value| -> Vec<String> {
        let findings = record["findings"].as_array().into_iter().flatten();
        findings
            .map(|finding| finding["finding"].as_str().unwrap().to_owned())
            .collect()
    };
    let told = records
        .iter()
        .map(|record| (record["symbol"].as_str().unwrap_or("").to_owned(), kinds(record)));
    told.filter(|(_, kinds)| kinds.iter().any(|kind| kind != "unknown"))
        .collect()
}

#[test]
fn a_draft_is_checked_without_an_index() {
    let folder = Folder::new();
    folder.write("draft.txt", DRAFT);
    folder.write("right.txt", right());
    let mut records = folder.run(&["proof", "draft.txt", "--json"]).expect(1).json();
    let summary = records.pop().unwrap();
    assert_eq!(summary["type"], "summary");
    assert_eq!((&summary["citations"], &summary["failed"]), (&4.into(), &true.into()));
    let kind = |kind: &str| vec![kind.to_owned()];
    assert_eq!(
        found(&records),
        [
            ("57-NQ/TW".to_owned(), kind("date")),
            ("66-NQ/TW".to_owned(), kind("malformed"))
        ]
    );
    assert_eq!(
        (&records[0]["source"], &records[1]["source"]),
        (&"text".into(), &"register".into())
    );
    let date = &records[0]["findings"][0];
    assert_eq!(date["expected"][0]["value"], "2024-12-22");
    let [start, end] = [0, 1].map(|side| date["span"][side].as_u64().unwrap() as usize);
    assert!(DRAFT[start..end].contains("24/12/2024"));
    // Unknown documents are no mistakes.
    let mut records = folder.run(&["proof", "right.txt", "--json"]).expect(0).json();
    let summary = records.pop().unwrap();
    assert_eq!(summary["verdicts"]["unknown"], 1);
    assert_eq!(found(&records), []);
}

#[test]
fn people_see_what_is_wrong_and_where() {
    let folder = Folder::new();
    folder.write("draft.txt", DRAFT);
    let shown = folder.run(&["proof", "draft.txt"]).expect(1);
    let line = DRAFT.lines().position(|line| line.contains("57-NQ/TW")).unwrap() + 1;
    let head = format!("line {line}  Nghị quyết số 57-NQ/TW  differs");
    assert!(shown.out.lines().any(|shown| shown.starts_with(&head)), "{}", shown.out);
    assert!(
        shown.out.contains("22/12/2024") && shown.out.contains("57-NQ/TW"),
        "{}",
        shown.out
    );
    assert!(
        !shown.out.contains("127-KL/TW"),
        "what is right is not shown: {}",
        shown.out
    );
    let last = shown.out.lines().last().unwrap();
    assert!(last.starts_with("Citations: 4 ("), "{last}");
    let all = folder.run(&["proof", "draft.txt", "--all"]).expect(1);
    assert!(all.out.contains("127-KL/TW"), "{}", all.out);
    let table = folder.run(&["proof", "draft.txt", "--format", "csv"]).expect(1);
    let rows: Vec<&str> = table.out.lines().collect();
    assert_eq!(
        rows[0],
        "line,citation,symbol,name,verdict,identity,finding,printed,expected,message"
    );
    assert!(
        rows.iter()
            .any(|row| row.contains("66/NQ-TW") && row.contains("malformed")),
        "{rows:?}"
    );
}

#[test]
fn the_corpus_and_an_office_are_asked_too() {
    let folder = Folder::new();
    folder.write(
        "files/plan.txt",
        "ĐẢNG BỘ TỈNH CÀ MAU\nĐẢNG ỦY XÃ ĐÔNG HÒA\n*\nSố 15-KH/ĐU\nĐông Hòa, ngày 02 tháng 01 năm 2025\n\nKẾ HOẠCH\ncông tác năm \
         2025\n\nI. MỤC ĐÍCH\n\nThực hiện Nghị quyết số 57-NQ/TW.\n",
    );
    folder.write("draft.txt", right());
    folder.run(&["index", "files"]).expect(0);
    let records = folder.run(&["proof", "draft.txt", "--json"]).expect(0).json();
    let plan = records.iter().find(|record| record["symbol"] == "15-KH/ĐU").unwrap();
    assert_eq!(plan["verdict"], "agrees", "{plan}");
    folder.write("office.tsv", "key\tdate\tissuer\n57-NQ/TW\t2024-12-23\tBộ Chính trị\n");
    let own = folder
        .run(&["proof", "draft.txt", "--register", "office.tsv", "--json"])
        .expect(1)
        .json();
    assert_eq!(
        own[0]["findings"][0]["expected"][0]["value"], "2024-12-23",
        "{}",
        own[0]
    );
}

#[test]
fn what_cannot_be_read_is_told() {
    let folder = Folder::new();
    folder.write("files/plan.txt", DRAFT);
    for (arguments, says) in [
        (&["proof", "missing.docx"][..], "missing.docx"),
        (&["proof", "files"], "is a folder"),
        (&["proof", "files/plan.txt", "--register", "missing.tsv"], "missing.tsv"),
        (&["proof"], "<FILE>"),
    ] {
        let failed = folder.run(arguments).expect(2);
        assert!(failed.err.contains(says), "{}", failed.err);
    }
}

#[test]
fn the_route_answers_as_the_command_does() {
    let service = Service::new();
    let answer = service.post("/api/v1/proofs", "text/plain", DRAFT).expect(200).json();
    assert_eq!(answer["summary"]["failed"], true);
    let records = answer["citations"].as_array().unwrap();
    assert_eq!(found(records)[0], ("57-NQ/TW".to_owned(), vec!["date".to_owned()]));
    let as_json = serde_json::json!({"text": DRAFT}).to_string();
    let asked = service.post("/api/v1/proofs", "application/json", as_json).expect(200);
    assert_eq!(asked.json(), answer);
    service.post("/api/v1/proofs", "application/json", "{}").expect(400);
    service.post("/api/v1/proofs", "image/png", DRAFT).expect(415);
    service.post("/api/v1/proofs?limit=1", "text/plain", DRAFT).expect(400);
}
