//! Windows, counts and orders of lists, alike in all commands; searches without words; facets cut short.

use serde_json::Value;

use super::http::Service;
use super::program::Folder;

/// The seeds, indexed.
fn indexed() -> Folder {
    let folder = Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    folder
}

/// The commands that list.
const LISTS: [&[&str]; 9] = [
    &["search", "đảng"],
    &["cite", "nq 21"],
    &["cites", "001"],
    &["citations"],
    &["documents"],
    &["outline"],
    &["facets", "cites"],
    &["precedent", "xây dựng Đảng"],
    &["register", "nghị quyết"],
];

/// Returns the records that a command writes with these flags.
fn records(folder: &Folder, command: &[&str], flags: &[&str]) -> Vec<Value> {
    let mut records = folder.run(&[command, &["--json"], flags].concat()).expect(0).json();
    records.retain(|record| record["type"] != "summary");
    // The score of a hit is the same, the time is not.
    records
}

#[test]
fn a_window_is_a_part_of_the_whole_list_whatever_the_command() {
    let folder = indexed();
    for command in LISTS {
        let all = records(&folder, command, &["-n", "0"]);
        assert!(all.len() > 3, "{command:?}");
        let count = folder.run(&[command, &["-c"]].concat()).expect(0).out;
        assert_eq!(count.trim(), all.len().to_string(), "{command:?}");
        let window = records(&folder, command, &["--limit", "2", "--offset", "1"]);
        assert_eq!(window, all[1..3], "{command:?}");
        let run = folder.run(&[command, &["--json", "--offset", "100000"]].concat());
        assert!(run.code < 2, "{command:?}: {}", run.err);
    }
}

#[test]
fn newest_and_oldest_first_are_called_alike() {
    let folder = indexed();
    for command in LISTS {
        if matches!(command[0], "outline" | "facets") {
            continue;
        }
        for order in ["date", "oldest"] {
            let sorted = records(&folder, command, &["-n", "0", "--sort", order]);
            assert_eq!(
                sorted.len(),
                records(&folder, command, &["-n", "0"]).len(),
                "{command:?} {order}"
            );
        }
    }
    let documents = |order: &str| {
        let ids = records(&folder, &["documents"], &["--sort", order]);
        ids.iter()
            .map(|record| record["document"].as_str().unwrap()[..3].to_owned())
            .collect::<Vec<_>>()
    };
    // Documents without a date come last either way.
    assert_eq!(documents("date"), ["000", "003", "001", "002", "004"]);
    assert_eq!(documents("oldest"), ["003", "000", "001", "002", "004"]);
    assert_eq!(documents("province")[0], "000");
    let first =
        |order: &str| records(&folder, &["search", "đảng"], &["-n", "1", "--sort", order])[0]["document"].to_string();
    assert!(first("date").contains("000_"));
    assert!(first("oldest").contains("003_"));
    let last = records(&folder, &["search", "đảng"], &["-n", "0", "--sort", "oldest"])
        .pop()
        .unwrap();
    assert!(last["document_date"].is_null());
    let cited = records(&folder, &["cites", "001"], &["--sort", "cited"]);
    let symbols: Vec<&str> = cited.iter().filter_map(|record| record["symbol"].as_str()).collect();
    assert!(symbols.is_sorted(), "{symbols:?}");
    let service = Service::over(folder, |_| {});
    let listed = service.get("/api/v1/documents?sort=oldest&limit=1").expect(200).json();
    assert_eq!(listed["documents"][0]["date"], "2025-06");
    assert!(listed["next"].is_string());
    service.get("/api/v1/search?q=a&sort=oldest").expect(200);
    service.get("/api/v1/citations?sort=cited").expect(200);
    service.get("/api/v1/citations/21-NQ%2FTW?sort=oldest").expect(200);
}

#[test]
fn filters_alone_are_a_search() {
    let folder = indexed();
    let found = records(&folder, &["search"], &["--cites", "21-NQ/TW", "-n", "0"]);
    assert!(!found.is_empty());
    let order: Vec<&str> = found.iter().map(|hit| hit["document"].as_str().unwrap()).collect();
    assert!(order.is_sorted(), "by document: {order:?}");
    assert_eq!(found, records(&folder, &["search", "cites:21-NQ/TW"], &["-n", "0"]));
    for nothing in [&["search"][..], &["search", ""], &["search", " "], &["search", "-c"]] {
        let run = folder.run(nothing).expect(2);
        assert!(run.err.contains("nothing to search for"), "{}", run.err);
    }
    let service = Service::over(folder, |_| {});
    let answer = service.get("/api/v1/search?cites=21-NQ/TW").expect(200).json();
    assert_eq!(answer["total"], found.len());
    for nothing in ["/api/v1/search", "/api/v1/search?q=", "/api/v1/search?q=%20&limit=1"] {
        assert_eq!(
            service.get(nothing).expect(400).json()["code"],
            "missing-parameter",
            "{nothing}"
        );
    }
}

#[test]
fn values_of_a_facet_that_are_left_out_are_counted() {
    let folder = indexed();
    let summary = |flags: &[&str]| {
        folder
            .run(&[&["search", "đảng", "--json"], flags].concat())
            .expect(0)
            .json()
            .pop()
            .unwrap()
    };
    let all = summary(&["--facets", "cites,place", "--facet-limit", "0"]);
    let values = all["facets"]["cites"].as_array().unwrap().len();
    assert!(values > 20);
    assert_eq!(all["facets_left"], serde_json::json!({}));
    let usual = summary(&["--facets", "cites,place"]);
    assert_eq!(usual["facets"]["cites"].as_array().unwrap().len(), 20);
    assert_eq!(usual["facets_left"], serde_json::json!({"cites": values - 20}));
    let text = folder
        .run(&["search", "đảng", "--facets", "cites", "--facet-limit", "3"])
        .expect(0)
        .out;
    assert!(text.contains(&format!("(+{})", values - 3)), "{text}");
    assert!(records(&folder, &["facets", "cites"], &[]).len() > 20);
    let service = Service::over(folder, |_| {});
    let answer = service
        .get("/api/v1/search?q=%C4%91%E1%BA%A3ng&facets=cites&facet_limit=3")
        .expect(200)
        .json();
    assert_eq!(answer["facets"]["cites"].as_array().unwrap().len(), 3);
    assert_eq!(answer["facets_left"]["cites"], values - 3);
}
