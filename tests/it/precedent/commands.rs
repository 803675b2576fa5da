//! `vankien precedent` as people run it: for a text, a passage, a draft, and over the whole corpus.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;
use vankien::precedent::MAX_TEXT_BYTES;

use crate::program::{Folder, Run};

/// Makes a folder with the seeds and their index.
fn seeds() -> Folder {
    let folder = Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    folder
}

/// Makes a dated report with these paragraphs.
fn report(date: &str, paragraphs: &[&str]) -> String {
    let head = format!("ĐẢNG BỘ TỈNH\n\nCần Thơ, {date}\n\nBÁO CÁO\nkết quả thực hiện nhiệm vụ\n\n");
    head + &paragraphs.join("\n\n") + "\n"
}

/// A sentence that several reports have.
const TAKEN: &str = "Việc chuyển giao công nghệ bảo quản trái cây sau thu hoạch cho các hợp tác xã vùng chuyên canh được \
                     tỉnh giao cho trường đại học và viện nghiên cứu cùng đảm nhận trong ba năm liền.";

/// Sentences that share nothing but a set phrase.
const OTHERS: [&str; 4] = [
    "Huyện đoàn vận động thanh niên nâng cao chất lượng sinh hoạt chi bộ bằng những buổi nói chuyện ngoài trời.",
    "Phòng giáo dục xem nâng cao chất lượng sinh hoạt chi bộ là khâu khó nhất của năm học vừa qua.",
    "Ở các xã biên giới, muốn nâng cao chất lượng sinh hoạt chi bộ thì trước hết phải có nhà văn hóa.",
    "Kinh nghiệm từ bệnh viện cho thấy nâng cao chất lượng sinh hoạt chi bộ cần người chủ trì giỏi.",
];

/// Makes five reports: an early one has [`TAKEN`], a later one has it with a clause inserted, the latest without marks;
/// all but one have one of [`OTHERS`].
fn reports() -> Folder {
    let folder = Folder::new();
    let inserted = TAKEN.replace("được tỉnh", "và các doanh nghiệp xuất khẩu được tỉnh");
    let unmarked = vankien::text::fold(TAKEN);
    let files = [
        ("a", report("ngày 05 tháng 6 năm 2024", &[&inserted, OTHERS[0]])),
        ("b", report("ngày 01 tháng 2 năm 2020", &[TAKEN, OTHERS[1]])),
        ("c", report("ngày 09 tháng 8 năm 2025", &[&unmarked, OTHERS[2]])),
        (
            "d",
            report(
                "ngày 03 tháng 3 năm 2019",
                &["Báo cáo này viết cho hội nghị cuối năm.", OTHERS[3]],
            ),
        ),
        (
            "e",
            report(
                "ngày 03 tháng 4 năm 2021",
                &["Không có gì liên quan đến các văn bản kia."],
            ),
        ),
    ];
    for (name, text) in files {
        folder.write(&format!("files/{name}.txt"), text);
    }
    folder.run(&["index", "files", "--quiet"]).expect(0);
    folder
}

/// Returns the documents of the matches, in order.
fn documents(run: &Run) -> Vec<String> {
    let lines = run.json();
    let matches = lines.iter().filter(|line| line["type"] == "precedent");
    matches
        .map(|line| line["document"].as_str().unwrap().to_owned())
        .collect()
}

/// Returns the pieces of one side, as kind and text.
fn pieces(side: &Value) -> Vec<(String, String)> {
    let piece = |piece: &Value| {
        let of = |name: &str| piece[name].as_str().unwrap().to_owned();
        (of("kind"), of("text"))
    };
    side.as_array().unwrap().iter().map(piece).collect()
}

#[test]
fn what_a_scan_shares_with_a_clean_report_is_found_from_either_side() {
    let folder = seeds();
    // Lessons learned, causes, advantages: the scan 000 and the clean 001 share them.
    let rows = [
        ("000:522", "001_a1c1383653321638:955"),
        ("000:533", "001_a1c1383653321638:973"),
        ("000:540", "001_a1c1383653321638:984"),
        ("000:567", "001_a1c1383653321638:998"),
        ("000:450", "001_a1c1383653321638:925.2"),
        ("000:469", "001_a1c1383653321638:935"),
        ("000:337", "001_a1c1383653321638:882"),
        ("001:984", "000_d870f14bd0405ca4:540"),
        ("001:935", "000_d870f14bd0405ca4:469"),
    ];
    for (asked, found) in rows {
        let run = folder.run(&["precedent", "--passage", asked, "--json"]).expect(0);
        let lines = run.json();
        assert_eq!(lines[0]["passage"], found, "{asked}");
        let own = lines
            .iter()
            .filter(|line| line["document"].as_str().is_some_and(|id| id.starts_with(&asked[..3])));
        assert_eq!(own.count(), 0, "a document is no precedent of itself");
    }
}

#[test]
fn what_differs_is_told_word_by_word() {
    let folder = reports();
    let asked = TAKEN.replace("trái cây", "thủy sản").replace(" trong ba năm liền", "");
    let run = folder.run(&["precedent", &asked, "--json"]).expect(0);
    let lines = run.json();
    let with_clause = lines.iter().find(|line| line["document"] == "a").unwrap();
    let piece = |kind: &str, text: &str| (kind.to_owned(), text.to_owned());
    assert_eq!(
        pieces(&with_clause["found"]),
        [
            piece("same", "Việc chuyển giao công nghệ bảo quản"),
            piece("changed", "trái cây"),
            piece("same", "sau thu hoạch cho các hợp tác xã vùng chuyên canh"),
            piece("inserted", "và các doanh nghiệp xuất khẩu"),
            piece(
                "same",
                "được tỉnh giao cho trường đại học và viện nghiên cứu cùng đảm nhận"
            ),
        ]
    );
    let source = pieces(&with_clause["source"]);
    assert_eq!(source[1], piece("changed", "thủy sản"));
    let unmarked = lines.iter().find(|line| line["document"] == "c").unwrap();
    let changed = pieces(&unmarked["found"])
        .into_iter()
        .filter(|(kind, _)| kind != "same");
    assert_eq!(
        changed.collect::<Vec<_>>(),
        [piece("changed", "trai cay")],
        "lost marks are no change"
    );
    let text = folder.run(&["precedent", &asked, "--document", "a"]).expect(0);
    assert!(text.out.contains("{+và các doanh nghiệp xuất khẩu+}"), "{}", text.out);
    assert!(text.out.contains("[-thủy sản-]"), "{}", text.out);
}

#[test]
fn the_oldest_comes_first_where_asked_and_filters_and_facets_are_those_of_search() {
    let folder = reports();
    assert_eq!(
        documents(&folder.run(&["precedent", TAKEN, "--json"]).expect(0))[0],
        "b"
    );
    let oldest = folder
        .run(&["precedent", TAKEN, "--json", "--sort", "oldest"])
        .expect(0);
    assert_eq!(documents(&oldest), ["b", "a", "c"]);
    let best = folder
        .run(&["precedent", TAKEN, "--json", "--sort", "relevance"])
        .expect(0);
    assert_eq!(documents(&best)[0], "b", "another name of the default order");
    let filtered = folder
        .run(&[
            "precedent",
            TAKEN,
            "--json",
            "--document",
            "c",
            "--facets",
            "document,place",
        ])
        .expect(0);
    assert_eq!(documents(&filtered), ["c"]);
    let summary = filtered.json().pop().unwrap();
    assert_eq!(summary["total"], 1);
    let values = summary["facets"]["document"].as_array().unwrap();
    assert_eq!(values.len(), 3, "a facet does not restrict itself");
    assert_eq!(summary["facets"]["place"][0]["count"], 1);
    assert_eq!(folder.run(&["precedent", TAKEN, "--count"]).expect(0).out, "3\n");
    assert_eq!(
        folder.run(&["precedent", TAKEN, "-l"]).expect(0).out,
        "files/a.txt\nfiles/b.txt\nfiles/c.txt\n"
    );
    let csv = folder
        .run(&["precedent", TAKEN, "--format", "csv", "-n", "1"])
        .expect(0);
    assert_eq!(csv.out.lines().count(), 2, "{}", csv.out);
    assert_eq!(
        documents(&folder.run(&["precedent", TAKEN, "--json", "--offset", "2"]).expect(0)).len(),
        1
    );
}

#[test]
fn a_short_phrase_is_found_where_all_of_it_stands() {
    let folder = reports();
    let run = folder
        .run(&["precedent", "bao quan trai cay sau thu hoach", "--count"])
        .expect(0);
    assert_eq!(run.out, "3\n");
    let run = folder.run(&["precedent", "nuôi tôm công nghệ cao ven biển"]).expect(1);
    assert!(
        run.err.contains("nothing in the index is worded like this"),
        "{}",
        run.err
    );
}

#[test]
fn families_begin_with_the_earliest_and_set_phrases_make_none() {
    let folder = reports();
    let families = folder.run(&["precedent", "--all", "--json"]).expect(0).json();
    assert_eq!(families.len(), 1, "{families:#?}");
    let family = &families[0];
    assert_eq!(family["documents"], 3);
    let members = family["members"].as_array().unwrap();
    let of = |name: &str| -> Vec<&str> { members.iter().map(|member| member[name].as_str().unwrap()).collect() };
    assert_eq!(of("document"), ["b", "a", "c"]);
    assert_eq!(of("date"), ["2020-02-01", "2024-06-05", "2025-08-09"]);
    assert_eq!(of("text")[0], TAKEN.trim_end_matches('.'));
    let csv = folder.run(&["precedent", "--all", "--format", "csv"]).expect(0);
    assert_eq!(csv.out.lines().count(), 4, "{}", csv.out);
    folder
        .run(&["precedent", "--all", "--document", "d", "--document", "e"])
        .expect(1);
}

#[test]
fn the_matrix_tells_how_much_of_each_stands_in_each() {
    let folder = reports();
    let lines = folder.run(&["precedent", "--matrix", "--json"]).expect(0).json();
    let share = |document: &str, stands_in: &str| {
        let line = lines
            .iter()
            .find(|line| line["document"] == document && line["stands_in"] == stands_in);
        line.and_then(|line| line["share"].as_f64())
    };
    let (earlier, later) = (share("b", "a").unwrap(), share("a", "b").unwrap());
    assert!(earlier > 0.3 && later > 0.3 && earlier < 1.0, "{earlier} {later}");
    assert_eq!(share("d", "a"), None);
    let csv = folder.run(&["precedent", "--matrix", "--format", "csv"]).expect(0);
    let rows: Vec<&str> = csv.out.lines().collect();
    assert_eq!(rows[0], "document,d,b,e,a,c", "the oldest document first");
    assert_eq!(rows.len(), 6);
}

#[test]
fn set_phrases_are_told_with_their_first_use() {
    let folder = reports();
    let phrases = folder.run(&["precedent", "--boilerplate", "--json"]).expect(0).json();
    let phrase = |text: &str| phrases.iter().find(|phrase| phrase["phrase"] == text);
    let found = phrase("nâng cao chất lượng sinh hoạt chi bộ").unwrap();
    assert_eq!(found["documents"], 4);
    assert_eq!(found["count"], 4);
    assert_eq!(found["first_document"], "d");
    let taken: Vec<&Value> = phrases
        .iter()
        .filter(|phrase| TAKEN.contains(phrase["phrase"].as_str().unwrap()))
        .collect();
    assert!(
        taken.is_empty(),
        "a sentence that was copied is no set phrase: {taken:?}"
    );
}

#[test]
fn a_draft_is_walked_paragraph_by_paragraph() {
    let folder = reports();
    let new = "Trồng rừng ngập mặn chắn sóng ở cửa sông cần thêm kinh phí hằng năm từ quỹ bảo vệ môi trường biển.";
    folder.write("draft.txt", report("ngày 01 tháng 9 năm 2026", &[TAKEN, new]));
    let run = folder.run(&["precedent", "--file", "draft.txt", "--json"]).expect(0);
    let lines = run.json();
    let paragraph = |start: &str| {
        let is = |line: &&Value| line["text"].as_str().is_some_and(|text| text.starts_with(start));
        lines.iter().find(is).unwrap()
    };
    let taken = paragraph("Việc chuyển giao");
    assert_eq!(taken["taken"], taken["syllables"]);
    assert_eq!(taken["precedents"][0]["document"], "b");
    assert_eq!(paragraph("Trồng rừng")["total"], 0);
    let of_draft = |flag: &str| folder.run(&["precedent", "--file", "draft.txt", flag]).expect(0).out;
    assert_eq!(of_draft("--count"), "1\n");
    assert_eq!(of_draft("-l"), "files/a.txt\nfiles/b.txt\nfiles/c.txt\n");
    let text = folder.run(&["precedent", "--file", "draft.txt"]).expect(0);
    assert!(text.out.contains("new  Trồng rừng"), "{}", text.out);
    // Two documents of the index are compared by their ids.
    let compared = |draft: &str, with: &str| {
        let flags = ["precedent", "--file", draft, "--document", with, "--json"];
        let lines = folder.run(&flags).expect(0).json();
        lines.last().unwrap()["taken"].clone()
    };
    assert_eq!(compared("a", "b"), compared("files/a.txt", "b"));
    folder
        .run(&["precedent", "--file", "none", "--document", "b"])
        .expect(2);
    // A draft that is part of the index is no precedent of itself.
    let own = folder
        .run(&["precedent", "--file", "files/d.txt", "--json"])
        .expect(1)
        .json();
    assert!(
        own.iter().all(|line| line["type"] == "summary" || line["total"] == 0),
        "{own:#?}"
    );
}

#[test]
fn a_text_may_come_from_standard_input() {
    let folder = reports();
    let ask = |bytes: &[u8]| {
        let args = ["precedent", "-", "--count"];
        let mut child = folder
            .command(&args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(bytes).unwrap();
        Run::of(&args, child.wait_with_output().unwrap())
    };
    assert_eq!(ask(TAKEN.replace(' ', "\n").as_bytes()).expect(0).out, "3\n");
    assert!(ask(b" \n").expect(2).err.contains("standard input is empty"));
    assert!(ask(b"\xff\xfe").expect(2).err.contains("byte 1"));
    let too_long = "đ".repeat(MAX_TEXT_BYTES / 2 + 1);
    assert!(
        ask(too_long.as_bytes())
            .expect(2)
            .err
            .contains("longer than 65536 bytes")
    );
    let typed = folder.run(&["precedent", &too_long]).expect(2);
    assert!(typed.err.contains("longer than 65536 bytes"));
}

#[test]
fn wrong_questions_say_what_is_wrong() {
    let folder = reports();
    let rows: [(&[&str], &str); 8] = [
        (&["precedent"], "required"),
        (&["precedent", "đảng", "--all"], "cannot be used with"),
        (&["precedent", "đảng", "--min-score", "2"], "from 0 to 1"),
        (&["precedent", "--passage", "zzz:1"], "no document 'zzz'"),
        (&["precedent", "--file", "no-such-file.txt"], "no-such-file.txt"),
        (&["precedent", "--file", "files"], "is a folder"),
        (&["precedent", "đảng", "--facets", "colour"], "there is no facet"),
        (&["precedent", "--all", "--place", "nowhere"], "nowhere"),
    ];
    for (args, message) in rows {
        let run = folder.run(args).expect(2);
        assert!(run.err.contains(message), "{args:?}: {}", run.err);
        assert_eq!(run.out, "", "{args:?}");
    }
    for text in ["", " ", "!!!", "\u{202e}", "12 13 14", "a"] {
        folder.run(&["precedent", "--", text]).expect(1);
    }
}
