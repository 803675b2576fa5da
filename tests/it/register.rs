//! The register of central documents: the command with and without an index, an office's own rows, and where else its
//! facts are shown.

use serde_json::Value;

use super::http::{Service, encoded};
use super::program::Folder;

/// A table of an office: one document of its own, and another date for a shipped one.
const OFFICE: &str = "key\tdate\tissuer\tsubject\tnames\treplaced_by\n\
                      15-NQ/TU\t2022-03-01\tTỉnh ủy Cà Mau\tvề chuyển đổi số\tNghị quyết số hóa\t20-NQ/TU\n\
                      20-NQ/TU\t2025-04-02\tTỉnh ủy Cà Mau\tvề chuyển đổi số giai đoạn mới\t\t\n";

/// A folder with a plan that cites central documents: with and without a date, one that was replaced, one of two.
fn citing() -> Folder {
    let folder = Folder::new();
    let plan = "ĐẢNG BỘ TỈNH CÀ MAU\nĐẢNG ỦY XÃ ĐÔNG HÒA\n*\nĐông Hòa, ngày 05 tháng 3 năm 2025\n\nKẾ HOẠCH\nkiểm tra, giám sát \
                năm 2025\n\nI. MỤC ĐÍCH\n\nThực hiện Nghị quyết số 57-NQ/TW, cấp ủy phân công cụ thể. Thực hiện Quy định số \
                47-QĐ/TW ngày 01/11/2011 của Ban Chấp hành Trung ương về những điều đảng viên không được làm. Triển khai Nghị \
                quyết số 15-NQ/TU của Tỉnh ủy; học tập Nghị quyết 18-NQ/TW.\n";
    folder.write("files/plan.txt", plan);
    folder
}

#[test]
fn without_an_index_the_shipped_register_answers() {
    let folder = Folder::new();
    let shown = folder.run(&["register", "nq", "57"]).expect(0);
    assert_eq!(shown.err, "");
    let lines: Vec<&str> = shown.out.lines().collect();
    assert!(
        lines[0].starts_with("57-NQ/TW  Nghị quyết · 22/12/2024 · Bộ Chính trị"),
        "{}",
        shown.out
    );
    assert!(shown.out.contains("đột phá phát triển khoa học"), "{}", shown.out);
    assert!(!folder.path("index").exists(), "nothing is built");
    let named = folder.run(&["register", "57-NQ/TW", "--index", "nowhere"]).expect(0);
    assert!(named.err.contains("nowhere"), "{}", named.err);
    assert_eq!(named.out, shown.out);
}

#[test]
fn documents_are_found_by_symbol_citation_name_words_kind_and_term() {
    let folder = Folder::new();
    let keys = |arguments: &[&str]| -> Vec<String> {
        let records = folder
            .run(&[&["register", "--json"], arguments].concat())
            .expect(0)
            .json();
        records
            .iter()
            .map(|record| record["identity"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(keys(&["21-NQ/TW"]).len(), 5);
    assert_eq!(keys(&["21-NQ/TW@XIII"]), ["21-NQ/TW ngày 2022-06-16"]);
    assert_eq!(keys(&["21-NQ/TW", "--term", "xiii"]), ["21-NQ/TW ngày 2022-06-16"]);
    assert_eq!(
        keys(&["Nghị quyết số 21-NQ/TW ngày 25/10/2017"]),
        ["21-NQ/TW ngày 2017-10-25"]
    );
    assert_eq!(
        keys(&["to chuc co so dang", "--term", "XIII", "--kind", "nghi-quyet"]),
        ["21-NQ/TW ngày 2022-06-16"]
    );
    assert_eq!(keys(&["Hiến pháp năm 2013"]).len(), 1);
    assert_eq!(keys(&["Luật Đất đai năm 2024"]).len(), 1);
    assert_eq!(keys(&["-n", "0"]).len(), 1000);
    assert_eq!(keys(&["-n", "2", "--offset", "3"]), keys(&["-n", "5"])[3..]);
    let count = folder.run(&["register", "21-NQ/TW", "--count"]).expect(0).out;
    assert_eq!(count, "5\n");
    let none = folder.run(&["register", "75-NQ/TWW"]).expect(1);
    assert!(
        none.out.is_empty() && none.err.contains("similar ones are"),
        "{}",
        none.err
    );
    folder.run(&["register", "--kind", "nonsense"]).expect(2);
    let csv = folder
        .run(&["register", "21-NQ/TW@XIII", "--format", "csv"])
        .expect(0)
        .out;
    assert!(
        csv.starts_with("key,term,kind,type_word,date,") && csv.contains("2022-06-16"),
        "{csv}"
    );
}

#[test]
fn what_is_general_knowledge_or_uncertain_is_told() {
    let folder = Folder::new();
    let known = folder.run(&["register", "21-NQ/TW@IX"]).expect(0).out;
    assert!(
        known.contains("Date: the date is general knowledge; no text gives it"),
        "{known}"
    );
    let unsure = folder.run(&["register", "21-NQ/TW@XIV"]).expect(0).out;
    assert!(unsure.contains("Date: the date is not certain"), "{unsure}");
    let replaced = folder.run(&["register", "55-QĐ/TW@VIII"]).expect(0).out;
    assert!(
        replaced.contains("Replaced by: 19-QĐ/TW ngày 03/01/2002 (general knowledge)"),
        "{replaced}"
    );
}

#[test]
fn an_office_adds_rows_for_a_run_or_for_good() {
    let folder = citing();
    folder.write("own.tsv", OFFICE);
    let once = folder
        .run(&["register", "15-NQ/TU", "--register", "own.tsv"])
        .expect(0)
        .out;
    assert!(
        once.contains("Tỉnh ủy Cà Mau") && once.contains("from the office's own register"),
        "{once}"
    );
    assert!(once.contains("Replaced by: 20-NQ/TU ngày 02/04/2025"), "{once}");
    folder.run(&["register", "15-NQ/TU"]).expect(1);
    folder
        .run(&["register", "15-NQ/TU", "--register", "gone.tsv"])
        .expect(2);
    folder.run(&["index", "files", "--register", "own.tsv"]).expect(0);
    assert_eq!(folder.run(&["register", "15-NQ/TU"]).expect(0).out, once);
    // The rows of a run join those of the index.
    folder.write("more.tsv", "key\tdate\n9-NQ/HU\t2024-01-02\n");
    let both = folder
        .run(&["register", "15-NQ/TU", "--register", "more.tsv"])
        .expect(0)
        .out;
    assert_eq!(both, once);
}

#[test]
fn cite_and_cites_show_what_the_register_has() {
    let folder = citing();
    folder.run(&["index", "files"]).expect(0);
    let cite = folder.run(&["cite", "57-NQ/TW"]).expect(0).out;
    assert!(cite.contains("Identified from the register: 1 time."), "{cite}");
    assert!(
        cite.contains("Register: 57-NQ/TW ngày 22/12/2024, Bộ Chính trị"),
        "{cite}"
    );
    let replaced = folder.run(&["cite", "47-QĐ/TW"]).expect(0).out;
    assert!(replaced.contains("Replaced by: 37-QĐ/TW ngày 25/10/2021"), "{replaced}");
    // 18-NQ/TW may be several documents: all are told, the latest first.
    let several = folder.run(&["cite", "18-NQ/TW"]).expect(0).out;
    let dates: Vec<&str> = several
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Register: 18-NQ/TW ngày ")?.get(6..10))
        .collect();
    assert!(
        dates.len() > 1 && dates.is_sorted_by(|one, other| one >= other),
        "{several}"
    );
    let cites = folder.run(&["cites", "plan"]).expect(0).out;
    let line = |symbol: &str| cites.lines().find(|line| line.starts_with(symbol)).unwrap_or("");
    assert!(line("57-NQ/TW").ends_with("by the register"), "{cites}");
    assert!(
        line("47-QĐ/TW").ends_with("replaced by 37-QĐ/TW ngày 25/10/2021"),
        "{cites}"
    );
    let uncited = folder.run(&["cite", "80-NQ/TW"]).expect(1);
    assert!(
        uncited
            .err
            .contains("the register has it: `vankien register '80-NQ/TW'`"),
        "{}",
        uncited.err
    );
}

#[test]
fn the_api_gives_the_register_and_its_rows_with_citations() {
    let service = Service::new();
    let list = service.get("/api/v1/register?q=21-NQ%2FTW&limit=2").expect(200).json();
    assert_eq!(list["total"], 5);
    assert_eq!(list["documents"].as_array().unwrap().len(), 2);
    let next = list["next"].as_str().unwrap();
    let second = service
        .get(&format!("/api/v1/register?q=21-NQ%2FTW&limit=2&cursor={next}"))
        .expect(200)
        .json();
    assert_ne!(list["documents"][0], second["documents"][0]);
    let filtered = service
        .get("/api/v1/register?term=XIII&term=XII&kind=nghi-quyet&limit=100")
        .expect(200)
        .json();
    let of_terms = |document: &Value| document["term"] == "XIII" || document["term"] == "XII";
    assert!(filtered["documents"].as_array().unwrap().iter().all(of_terms));
    let one = service
        .get(&format!("/api/v1/register/{}", encoded("21-NQ/TW@XIII")))
        .expect(200)
        .json();
    assert_eq!(one["documents"][0]["identity"], "21-NQ/TW ngày 2022-06-16");
    let none = service
        .get(&format!("/api/v1/register/{}", encoded("57-NQ/TWW")))
        .expect(200)
        .json();
    assert_eq!((&none["total"], &none["near"][0]), (&0.into(), &"57-NQ/TW".into()));
    for wrong in ["kind=nonsense", "term=XXX", "q=a&q=b", "page=1"] {
        let problem = service.get(&format!("/api/v1/register?{wrong}")).expect(400);
        assert_eq!(problem.header("content-type"), "application/problem+json");
    }
    let cited = service.get("/api/v1/citations/21-NQ%2FTW").expect(200).json();
    assert_eq!(cited["reports"][0]["registered"][0]["date"], "2022-06-16");
    let text = "Thực hiện Quy định số 47-QĐ/TW ngày 01/11/2011 của Ban Chấp hành Trung ương";
    let looked_up = service
        .post("/api/v1/citations/lookup", "text/plain", text)
        .expect(200)
        .json();
    let citation = &looked_up["citations"][0];
    assert_eq!(citation["registered"][0]["replacements"][0], "37-QĐ/TW ngày 2021-10-25");
    assert_eq!(citation["replaced_by"], "37-QĐ/TW ngày 2021-10-25");
}

#[test]
fn suggestions_have_dates_and_fall_back_on_the_register() {
    let service = Service::new();
    let symbols = |typed: &str| {
        service
            .get(&format!("/api/v1/suggest?q={}", encoded(typed)))
            .expect(200)
            .json()["symbols"]
            .clone()
    };
    let cited = symbols("21-NQ");
    assert_eq!(
        (&cited[0]["symbol"], &cited[0]["date"]),
        (&"21-NQ/TW".into(), &"2022-06-16".into())
    );
    assert!(cited[0]["count"].as_u64().unwrap() > 0);
    let registered = symbols("nghị quyết 80-NQ");
    assert_eq!(
        (&registered[0]["symbol"], &registered[0]["count"]),
        (&"80-NQ/TW".into(), &0.into())
    );
    assert_eq!(symbols("zz"), Value::Array(Vec::new()));
}

#[test]
fn the_pages_show_and_link_the_register() {
    let service = Service::new();
    let page = |path: &str| String::from_utf8(service.get(path).expect(200).body).unwrap();
    let list = page("/register?q=21-NQ/TW");
    assert!(list.contains("aria-current=\"page\">Danh mục</a>"), "the menu has it");
    assert!(
        list.contains("id=\"r-21-nq-tw-xiii-nghi-quyet\"") && list.contains("16/06/2022"),
        "{list}"
    );
    assert!(list.contains("ngày theo hiểu biết chung") && list.contains("ngày chưa chắc chắn"));
    let link = "href=\"/citations/cited?symbol=21-NQ%2FTW+ng%C3%A0y+16%2F06%2F2022\"";
    assert!(list.contains(link), "to the places that cite it");
    let cited = page("/citations/cited?symbol=21-NQ%2FTW");
    assert!(cited.contains("Theo danh mục văn bản"), "{cited}");
    assert!(
        cited.contains("href=\"/register?q=21-NQ%2FTW#r-21-nq-tw-xiii-nghi-quyet\""),
        "and back"
    );
    let uncited = page("/citations/cited?symbol=47-Q%C4%90/TW");
    assert!(
        uncited.contains("Được thay thế bởi") && uncited.contains("25/10/2021"),
        "{uncited}"
    );
    let english = page("/register?q=21-NQ/TW&lang=en");
    assert!(english.contains("Register of documents") && english.contains("the date is general knowledge"));
    let all = page("/register");
    assert_eq!(all.matches(" id=\"r-").count(), 50);
    assert!(all.contains("href=\"/register?offset=50\""));
    assert!(page("/register?term=XII&kind=chi-thi").contains("selected"));
    assert!(page("/register?q=%3Cscript%3E").contains("&lt;script&gt;"));
}
