//! Filters as people type them: dates, issuers, acts and kinds of citations, labels, lists, slips.

use serde_json::Value;

use super::http::{Service, encoded};
use super::program::{Folder, Run};

/// The seeds, indexed.
fn indexed() -> Folder {
    let folder = Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    folder
}

/// Returns the short ids of the documents that `vankien documents` lists with these flags.
fn documents(folder: &Folder, flags: &[&str]) -> Vec<String> {
    let args = [&["documents", "--json"], flags].concat();
    let run = folder.run(&args);
    assert!(run.code < 2, "{flags:?}: {}", run.err);
    let records = run.json();
    let id = |record: &Value| record["document"].as_str().unwrap()[..3].to_owned();
    records
        .iter()
        .filter(|record| record["document"].is_string())
        .map(id)
        .collect()
}

#[test]
fn a_range_of_dates_keeps_the_documents_that_may_be_of_a_day_in_it() {
    // 000 is of 2025-07-25, 003 of 2025-06; the others have no date.
    let folder = indexed();
    for (flags, found) in [
        (&["--from", "2025"][..], &["000", "003"][..]),
        (&["--to", "2025"], &["000", "003"]),
        (&["--from", "2026"], &[]),
        (&["--to", "2024"], &[]),
        (&["--from", "07/2025"], &["000"]),
        (&["--to", "06/2025"], &["003"]),
        (&["--to", "15/6/2025"], &["003"]),
        (&["--from", "2025-06-30"], &["000", "003"]),
        (&["--from", "25/07/2025", "--to", "25/07/2025"], &["000"]),
        (&["--from", "2025-07-26"], &[]),
    ] {
        assert_eq!(documents(&folder, flags), found, "{flags:?}");
    }
}

#[test]
fn a_range_of_dates_holds_in_every_way_to_ask() {
    let folder = indexed();
    let total = |args: &[&str]| folder.run(args).out.trim().parse::<usize>().unwrap();
    let flags = total(&["search", "đảng", "--from", "07/2025", "-c"]);
    assert!(flags > 0);
    assert_eq!(flags, total(&["search", "đảng from:07/2025", "-c"]));
    assert_eq!(flags, total(&["search", "đảng", "--document", "000", "-c"]));
    // Both ends hold, wherever they are given.
    assert_eq!(total(&["search", "đảng to:06/2025", "--from", "07/2025", "-c"]), 0);
    let all = total(&["citations", "-c"]);
    let later = total(&["citations", "--from", "07/2025", "-c"]);
    assert!(0 < later && later < all);
    for command in [
        &["cite", "nq 21"][..],
        &["facets", "document"],
        &["precedent", "xây dựng Đảng"],
    ] {
        let run = folder
            .run(&[command, &["--from", "07/2025", "--json"]].concat())
            .expect(0);
        assert!(!run.out.contains("\"document\":\"001"), "{command:?}: {}", run.out);
    }
    let service = Service::over(folder, |_| {});
    let search = service.get("/api/v1/search?q=from:07/2025").expect(200).json();
    assert_eq!(
        search["total"],
        service.get("/api/v1/search?q=&from=2025-07").expect(200).json()["total"]
    );
    let page = service.get("/?q=%C4%91%E1%BA%A3ng&from=07/2025&to=2025").expect(200);
    let page = String::from_utf8(page.body).unwrap();
    assert!(
        page.contains("name=\"from\" value=\"07/2025\""),
        "the box keeps the range"
    );
}

#[test]
fn what_is_no_date_or_no_range_is_told() {
    let folder = indexed();
    for typed in ["hôm nay", "2025-6-31", "30/02/2025", "25", "2025/06", "28.02.2025"] {
        let run = folder.run(&["search", "đảng", "--from", typed]).expect(2);
        assert!(run.err.contains(typed) && run.err.contains("28/02/2025"), "{}", run.err);
    }
    let run = folder.run(&["documents", "--from", "2026", "--to", "2025"]).expect(2);
    assert!(run.err.contains("from 2026 on and up to 2025"), "{}", run.err);
    // In the query nothing is an error.
    let run = folder.run(&["search", "đảng from:mai"]).expect(0);
    assert!(run.err.contains("`from:mai` is ignored"), "{}", run.err);
    let service = Service::over(folder, |_| {});
    for query in ["from=mai", "from=2026&to=2025", "to=31/31/2025"] {
        let problem = service.get(&format!("/api/v1/documents?{query}")).expect(400).json();
        assert_eq!(problem["code"], "invalid-value", "{query}");
    }
}

#[test]
fn an_issuer_is_named_whole_or_by_its_words() {
    let folder = indexed();
    for (typed, found) in [
        ("Đảng ủy các cơ quan Đảng", &["000"][..]),
        ("DANG UY CAC CO QUAN DANG", &["000"]),
        ("đảng ủy hội đồng nhân dân", &["001", "003"]),
        ("đảng ủy cần thơ", &["001"]),
        ("nhân dân đảng ủy", &[]),
    ] {
        assert_eq!(documents(&folder, &["--issuer", typed]), found, "{typed}");
    }
    let facets = folder.run(&["facets", "issuer", "--json"]).expect(0).json();
    assert_eq!(facets.len(), 3, "{facets:?}");
    for facet in facets {
        let value = facet["value"].as_str().unwrap();
        let found = folder.run(&["search", "", "--issuer", value, "-c"]).expect(0).out;
        assert_eq!(found.trim(), facet["count"].to_string(), "{value}");
    }
}

#[test]
fn only_the_citations_that_pass_are_counted() {
    let folder = indexed();
    let rows = folder
        .run(&["citations", "--cited-kind", "nghi-quyet", "--json"])
        .expect(0)
        .json();
    assert!(!rows.is_empty());
    assert!(rows.iter().all(|row| row["kind"] == "nghi-quyet"));
    let of_kind = |rows: &[Value]| rows.iter().filter(|row| row["kind"] == "nghi-quyet").count();
    assert_eq!(
        rows.len(),
        of_kind(&folder.run(&["citations", "--json"]).expect(0).json())
    );
    let hint = folder.run(&["citations", "--kind", "nghi-quyet"]).expect(1);
    assert!(hint.err.contains("--cited-kind nghi-quyet"), "{}", hint.err);
}

#[test]
fn act_kind_and_document_are_those_of_one_citation() {
    let folder = Folder::new();
    folder.write(
        "files/a.txt",
        "KẾ HOẠCH\nthực hiện\n\nThực hiện Nghị quyết số 18-NQ/TW ngày 25/10/2017, căn cứ Kết luận số 50-KL/TW ngày 28/02/2023, \
         chi bộ lập kế hoạch.\n",
    );
    folder.run(&["index", "files"]).expect(0);
    let total = |flags: &[&str]| {
        let run = folder.run(&[&["search", "", "-c"], flags].concat());
        run.out.trim().parse::<usize>().unwrap()
    };
    assert_eq!(total(&["--cites", "18-NQ/TW", "--relation", "thuc-hien"]), 1);
    assert_eq!(total(&["--cites", "18-NQ/TW", "--cited-kind", "ket-luan"]), 0);
    assert_eq!(total(&["--cites", "50-KL/TW", "--cited-kind", "ket-luan"]), 1);
    assert_eq!(total(&["--cited-kind", "ket-luan", "--relation", "thuc-hien"]), 0);
    assert_eq!(total(&["--cited-kind", "ket-luan", "--relation", "can-cu"]), 1);
    assert_eq!(
        total(&[
            "--cited-kind",
            "ket-luan",
            "--relation",
            "can-cu",
            "--cites",
            "50-KL/TW"
        ]),
        1
    );
    assert_eq!(
        total(&[
            "--cited-kind",
            "ket-luan,nghi-quyet",
            "--relation",
            "can-cu",
            "--cites",
            "18-NQ/TW"
        ]),
        0
    );
    let cited = folder
        .run(&["citations", "--relation", "can-cu", "--json"])
        .expect(0)
        .json();
    assert_eq!(cited.len(), 1);
    assert_eq!(cited[0]["cited"], "50-KL/TW");
}

#[test]
fn a_value_is_named_by_its_label_too() {
    let folder = indexed();
    let count = |flags: &[&str]| folder.run(&[&["search", "", "-c"], flags].concat()).expect(0).out;
    for (flag, name, labels) in [
        (
            "--section",
            "han-che",
            &["Hạn chế", "hạn chế", "HAN CHE", "Han-Che"][..],
        ),
        ("--section", "ket-qua/nguyen-nhan", &["Kết quả / Nguyên nhân"]),
        ("--cited-kind", "nghi-quyet", &["Nghị quyết", "nghi quyet"]),
        ("--place", "footnote", &["chú thích", "Chu Thich"]),
        ("--quality", "ocr", &["bản quét"]),
        ("--relation", "can-cu", &["Căn cứ"]),
        ("--kind", "kế hoạch", &["ke-hoach", "KẾ HOẠCH", "ke hoach"]),
        (
            "--province",
            "Cần Thơ",
            &["thành phố Cần Thơ", "can tho", "TP. Cần Thơ"],
        ),
        ("--term", "2020-2025", &["2020 – 2025"]),
    ] {
        for label in labels {
            assert_eq!(count(&[flag, name]), count(&[flag, label]), "{flag} {label}");
        }
    }
    let query = folder.run(&["search", "place:\"chú thích\"", "-c"]).expect(0).out;
    assert_eq!(query, count(&["--place", "footnote"]));
}

#[test]
fn commas_separate_values() {
    let folder = indexed();
    assert_eq!(documents(&folder, &["--document", "001,002"]), ["001", "002"]);
    assert_eq!(
        documents(&folder, &["--document", "001, 002", "--document", "003"]),
        ["001", "002", "003"]
    );
    let count = |args: &[&str]| folder.run(&[&["search", "-c"], args].concat()).expect(0).out;
    let both = count(&["", "--term", "2020-2025", "--term", "2025-2030"]);
    assert_eq!(count(&["", "--term", "2020-2025,2025-2030"]), both);
    assert_eq!(count(&["term:2020-2025,2025-2030"]), both);
    assert!(
        folder
            .run(&["search", "", "--section", "han-che,hanche"])
            .expect(2)
            .err
            .contains("'hanche'")
    );
    let service = Service::over(folder, |_| {});
    let total = |query: &str| service.get(&format!("/api/v1/documents?{query}")).expect(200).json()["total"].clone();
    assert_eq!(total("document=001,002"), 2);
    let cần_thơ_and_tuyên_quang = encoded("Cần Thơ,Tuyên Quang");
    assert_eq!(
        total(&format!("province={cần_thơ_and_tuyên_quang}")),
        total("province=Tuy%C3%AAn%20Quang&province=can%20tho")
    );
}

#[test]
fn a_comma_inside_a_value_does_not_separate() {
    let folder = Folder::new();
    let issuer = "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH";
    folder.write(
        "files/a.txt",
        format!("ỦY BAN NHÂN DÂN TỈNH CÀ MAU\n{issuer}\nSố: 12/KH-SVHTTDL\n\nKẾ HOẠCH\ntổ chức hội nghị\n\nNội dung của hội nghị.\n"),
    );
    folder.run(&["index", "files"]).expect(0);
    let issuers = folder.run(&["facets", "issuer", "--json"]).expect(0).json();
    let printed = issuers[0]["value"].as_str().unwrap();
    assert!(printed.contains(','), "{printed}");
    let run = folder.run(&["search", "", "--issuer", printed, "-c"]).expect(0);
    assert_eq!(run.err, "");
    // A label with a comma is one value, which no passage has.
    let run = folder.run(&["search", "", "--relation", "Sửa đổi, bổ sung"]).expect(1);
    assert!(run.err.contains("no passage has the relation"), "{}", run.err);
}

/// Asserts that a run says each of `texts` on stderr.
#[track_caller]
fn says(run: &Run, texts: &[&str]) {
    for text in texts {
        assert!(run.err.contains(text), "{text}: {}", run.err);
    }
}

#[test]
fn a_value_that_cannot_exist_is_an_error_with_those_that_look_like_it() {
    let folder = indexed();
    for (flag, typed, said) in [
        (
            "--section",
            "hanche",
            &["there is no section 'hanche'; did you mean 'han-che'?"][..],
        ),
        ("--section", "ket-qua/hanche", &["there is no section 'hanche'"]),
        ("--place", "footnotes", &["did you mean 'footnote'?"]),
        (
            "--place",
            "xyz",
            &["there is no place 'xyz'; there are body, heading, footnote"],
        ),
        ("--quality", "scan", &["there are clean, unmarked, ocr"]),
        ("--relation", "thaythe", &["did you mean 'thay-the'?"]),
        ("--cited-kind", "nghi-quyt", &["did you mean 'nghi-quyet'?"]),
        ("--province", "Cần Thờ Ơ", &["did you mean 'Cần Thơ'?"]),
        (
            "--province",
            "Atlantis",
            &["there is no province 'Atlantis'", "vankien facets province"],
        ),
        (
            "--term",
            "2020",
            &["there is no term '2020'; did you mean '2020-2025'?"],
        ),
        (
            "--document",
            "0001",
            &["there is no document '0001'; did you mean '000' or '001'?"],
        ),
    ] {
        says(&folder.run(&["search", "đảng", flag, typed]).expect(2), said);
        // In the query it is told too, and the answer is empty.
        let query = format!("đảng {}:\"{typed}\"", &flag[2..]);
        says(&folder.run(&["search", &query]).expect(1), &said[..1]);
    }
    let service = Service::over(folder, |_| {});
    for query in [
        "section=hanche",
        "province=Atlantis",
        "term=2020",
        "document=0001",
        "cited-kind=x",
    ] {
        let problem = service.get(&format!("/api/v1/search?q=a&{query}")).expect(400).json();
        assert_eq!(problem["code"], "invalid-value", "{query}");
    }
    let problem = service.get("/api/v1/search?q=a&section=hanche").expect(400).json();
    assert_eq!(
        problem["detail"],
        "there is no section 'hanche'; did you mean 'han-che'?"
    );
}

#[test]
fn a_value_that_no_passage_has_is_told_with_those_that_look_like_it() {
    let folder = indexed();
    for (flag, typed, said) in [
        ("--province", "Lai Châu", "no passage has the province 'Lai Châu'"),
        (
            "--issuer",
            "Dang uy cac co quan Dan",
            "did you mean 'Đảng ủy các cơ quan Đảng'?",
        ),
        (
            "--kind",
            "kế hoach5",
            "no passage has the kind 'kế hoach5'; did you mean 'kế hoạch'?",
        ),
        ("--cites", "12-NQ/TW", "no passage has the cites '12-NQ/TW'"),
        ("--term", "1990-1995", "no passage has the term '1990-1995'"),
        ("--relation", "bai-bo", "no passage has the relation 'bai-bo'"),
    ] {
        says(&folder.run(&["search", "đảng", flag, typed]).expect(1), &[said]);
    }
    let service = Service::over(folder, |_| {});
    let answer = service
        .get("/api/v1/search?q=a&province=Lai%20Ch%C3%A2u")
        .expect(200)
        .json();
    assert_eq!(answer["total"], 0);
    assert!(answer["diagnostics"][0].to_string().contains("Lai Châu"), "{answer}");
}
