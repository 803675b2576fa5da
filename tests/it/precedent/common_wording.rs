//! Wording that many documents share is found and counted exactly, and what is not exact says so.

use serde_json::Value;
use vankien::index::Index;
use vankien::precedent::{Distinctiveness, PrecedentOptions, PrecedentOrder, Precedents, Question, precedents};
use vankien::query::Filters;

use super::super::http::Service;
use super::super::program::Folder;

/// Each number of copies, and the sentence that so many of the documents have.
const COPIES: [(usize, &str); 4] = [
    (
        1_000,
        "Các cấp ủy tổ chức nghiên cứu, học tập, quán triệt nghị quyết đại hội",
    ),
    (
        100,
        "Mặt trận vận động nhân dân giữ gìn đường làng ngõ xóm xanh sạch đẹp",
    ),
    (10, "Trạm y tế khám bệnh lưu động cho người già ở các ấp xa trung tâm"),
    (1, "Thư viện huyện mở thêm phòng đọc cho thiếu nhi vào chiều chủ nhật"),
];

/// Words that fill the documents; no two have the same ones.
const OTHERS: [&str; 16] = [
    "rừng", "biển", "chợ", "cầu", "giếng", "kênh", "vườn", "ruộng", "lúa", "dừa", "bưởi", "cá", "tôm", "gạch", "ngói",
    "tre",
];

/// Returns a number of words, different for each document.
fn others(document: usize, count: usize) -> String {
    let word = |at: usize| OTHERS[(document * 7 + at * at * 3 + document / 16 * at) % OTHERS.len()];
    (0..count).map(word).collect::<Vec<_>>().join(" ")
}

/// Makes 1,000 documents with the sentences of [`COPIES`] in so many of them, each within other words.
fn copies() -> Folder {
    let folder = Folder::new();
    for number in 0..1_000 {
        let mut text = format!("BÁO CÁO\nvề {}\n\n", others(number, 4));
        for (copies, sentence) in COPIES {
            if number % (1_000 / copies) == 0 {
                text += &format!(
                    "Ở xã thứ {number}, {}. {sentence}, {}.\n\n",
                    others(number, 9),
                    others(number + 1, 7)
                );
            }
        }
        folder.write(&format!("seeds/d{number:04}.txt"), text);
    }
    folder
}

/// Asks the library.
fn ask(index: &Index, text: &str, options: &PrecedentOptions) -> Precedents {
    let question = Question::text(index, text).unwrap();
    precedents(index, &question, &Filters::default(), options).unwrap()
}

/// Returns the ids of the passages found.
fn passages(found: &Precedents) -> Vec<String> {
    found
        .matches
        .iter()
        .map(|one| one.stored.record.passage.clone())
        .collect()
}

#[test]
fn a_whole_text_is_counted_exactly_at_any_number_of_copies() {
    let service = Service::over(copies(), |_| {});
    let index = Index::open(&service.folder.path("index")).unwrap();
    for (copies, sentence) in COPIES {
        for text in [
            sentence.to_owned(),
            vankien::text::fold(sentence),
            sentence.to_uppercase(),
        ] {
            let found = ask(&index, &text, &PrecedentOptions::default());
            assert_eq!((found.total, found.whole), (copies, copies), "{text}");
            assert_eq!(found.matches.len(), copies.min(10));
            for one in &found.matches {
                assert_eq!(one.share(), 1.0);
                assert_eq!(one.matched_syllables, one.given_syllables);
                assert!(one.passage_syllables > one.given_syllables);
            }
        }
        let asked = ["precedent", sentence];
        let count = service.folder.run(&[&asked[..], &["-c"]].concat()).expect(0);
        assert_eq!(count.out, format!("{copies}\n"));
        let files = service.folder.run(&[&asked[..], &["-l"]].concat()).expect(0);
        assert_eq!(files.out.lines().count(), copies);
        let mut lines = service
            .folder
            .run(&[&asked[..], &["--json", "-n", "2"]].concat())
            .expect(0)
            .json();
        let summary = lines.pop().unwrap();
        assert_eq!(summary["total"], copies);
        assert_eq!(summary["whole"], copies);
        assert_eq!(summary["total_is_exact"], true);
        assert_eq!(lines[0]["share"], 1.0);
        let body = serde_json::json!({"text": sentence, "facets": ["place"], "limit": 2}).to_string();
        let answer = service
            .post("/api/v1/precedents", "application/json", body)
            .expect(200)
            .json();
        assert_eq!(answer["total"], copies);
        assert_eq!(answer["whole"], copies);
        // Over HTTP a match carries the address of its page too.
        for line in &mut lines {
            let (document, first) = (line["document"].as_str().unwrap(), &line["lines"][0]);
            line["url"] = format!("/documents/{document}#p{first}").into();
        }
        assert_eq!(answer["precedents"], Value::Array(lines));
        assert_eq!(answer["facets"]["place"][0]["count"], copies);
    }
    // The commonest sentence is a set phrase here: every word follows from the one before.
    let common = ask(&index, COPIES[0].1, &PrecedentOptions::default());
    let rare = ask(&index, COPIES[3].1, &PrecedentOptions::default());
    assert!(common.matches[0].distinctiveness < rare.matches[0].distinctiveness);
    assert_eq!(rare.matches[0].distinctiveness, Distinctiveness::Telling);
    windows_of_one_answer_fit_together(&index);
    a_sentence_of_a_longer_text_is_counted_exactly(&index);
    what_was_not_compared_is_told(&index, &service.folder);
}

/// Windows neither repeat nor skip a passage, in every order.
fn windows_of_one_answer_fit_together(index: &Index) {
    for &order in PrecedentOrder::ALL {
        let options = |offset: usize, limit: usize| PrecedentOptions {
            offset,
            limit,
            order,
            ..PrecedentOptions::default()
        };
        let all = passages(&ask(index, COPIES[1].1, &options(0, usize::MAX)));
        let parts: Vec<String> = (0..100)
            .step_by(30)
            .flat_map(|offset| passages(&ask(index, COPIES[1].1, &options(offset, 30))))
            .collect();
        assert_eq!(all.len(), 100);
        assert_eq!(parts, all);
        assert!(all.is_sorted(), "undated documents by id");
    }
}

/// A text of two sentences, of which the first stands whole in many passages, the second nowhere; and most of a sentence.
fn a_sentence_of_a_longer_text_is_counted_exactly(index: &Index) {
    for (copies, sentence) in COPIES {
        let longer = format!("{sentence}. Sau cơn mưa trời lại sáng, nắng lên.");
        let (first, _) = sentence.rsplit_once(' ').unwrap();
        for text in [longer, format!("{first} khác")] {
            let found = ask(index, &text, &PrecedentOptions::default());
            assert_eq!((found.whole, found.total), (0, copies), "{text}");
            for one in &found.matches {
                assert!(one.share() > 0.5 && one.share() < 1.0, "{text}: {}", one.share());
            }
        }
    }
}

/// If near matches were cut, the answer never says that there is nothing, nor that this is all.
fn what_was_not_compared_is_told(index: &Index, folder: &Folder) {
    let near = COPIES[0].1.replace("học tập", "lắng nghe");
    let found = ask(index, &near, &PrecedentOptions::default());
    assert_eq!(found.whole, 0);
    assert!(!found.total_is_exact);
    assert!(found.total > 100, "{}", found.total);
    let run = folder.run(&["precedent", &near, "-c"]).expect(0);
    assert_eq!(run.out, format!("{}\n", found.total));
    assert!(
        run.err.contains(&format!("at least {} passages", found.total)),
        "{}",
        run.err
    );
    let strict = PrecedentOptions {
        min_score: 0.9,
        ..PrecedentOptions::default()
    };
    let nothing = ask(
        index,
        "Các cấp ủy nghiên cứu, tổ chức quán triệt, học tập đại hội, nghị quyết",
        &strict,
    );
    if nothing.total == 0 {
        assert!(!nothing.total_is_exact, "1,000 passages share words");
    }
}
