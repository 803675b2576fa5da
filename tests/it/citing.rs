//! Places that cite a document: their sentences, one report for each document, what is pasted, what a document cites.

use super::program::Folder;

/// Two plans that cite the same symbol of two communes, and one central resolution.
fn indexed() -> Folder {
    let folder = Folder::new();
    let plan = |commune: &str, date: &str, year: u16| {
        format!(
            "ĐẢNG BỘ TỈNH CÀ MAU\nĐẢNG ỦY XÃ {}\n*\n{commune}, ngày 05 tháng 01 năm {year}\n\nKẾ HOẠCH\nhọc tập nghị quyết năm {year}\n\n\
             I. MỤC ĐÍCH\n\nCấp ủy đã quán triệt kỹ. Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột \
             phá phát triển khoa học, công nghệ, các chi bộ đăng ký việc làm cụ thể. Kết quả được công khai.\n\n\
             II. TỔ CHỨC THỰC HIỆN\n\nVăn phòng theo dõi Nghị quyết số 05-NQ/ĐU ngày {date} của Đảng ủy xã {commune}; báo cáo \
             hằng tháng.\n\nKế hoạch này có hiệu lực từ ngày ký.\n",
            commune.to_uppercase()
        )
    };
    folder.write("files/dong.txt", plan("Đông Hòa", "11/9/2024", 2025));
    folder.write("files/tay.txt", plan("Tây Yên", "20/10/2025", 2026));
    folder.run(&["index", "files"]).expect(0);
    folder
}

#[test]
fn a_place_shows_its_sentence() {
    let folder = indexed();
    let sentence = "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ, \
                    các chi bộ đăng ký việc làm cụ thể.";
    let records = folder.run(&["cite", "57-NQ/TW", "--json"]).expect(0).json();
    assert_eq!(records.len(), 2);
    for record in &records {
        assert_eq!(record["sentence"], sentence);
        let [start, end] = [0, 1].map(|side| record["sentence_at"][side].as_u64().unwrap() as usize);
        assert_eq!(&sentence[start..end], "Nghị quyết số 57-NQ/TW");
    }
    let shown = folder.run(&["cite", "57-NQ/TW"]).expect(0);
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words(&shown.out).contains(sentence), "{}", shown.out);
    assert!(!shown.out.contains("Cấp ủy đã quán triệt"), "{}", shown.out);
    let around = folder.run(&["cite", "57-NQ/TW", "-C", "2"]).expect(0);
    assert!(around.out.contains("I. MỤC ĐÍCH"), "{}", around.out);
}

#[test]
fn what_is_shown_in_part_is_counted_whole() {
    let folder = indexed();
    let whole = folder.run(&["cite", "57-NQ/TW"]).expect(0);
    let head = |shown: &str| shown.lines().next().unwrap_or_default().to_owned();
    assert!(head(&whole.out).contains("citations: 2"), "{}", whole.out);
    let part = folder.run(&["cite", "57-NQ/TW", "-n", "1"]).expect(0);
    assert_eq!(head(&part.out), head(&whole.out));
    assert!(part.out.lines().count() < whole.out.lines().count());
    assert!(part.err.contains("hint: 1 more; -n 0 shows all"), "{}", part.err);
    assert_eq!(whole.err, "");
    let last = folder.run(&["cite", "57-NQ/TW", "--offset", "1", "-n", "1"]).expect(0);
    assert!(
        head(&last.out) == head(&whole.out) && last.out != part.out,
        "{}",
        last.out
    );
    assert_eq!(last.err, "");
    // Of several documents, those without a place that is shown are left out.
    let one = folder.run(&["cite", "05-NQ/ĐU", "-n", "1"]).expect(0);
    assert_eq!(one.out.matches("05-NQ/ĐU của").count(), 1, "{}", one.out);
}

#[test]
fn documents_of_one_symbol_are_told_apart() {
    let folder = indexed();
    let shown = folder.run(&["cite", "05-NQ/ĐU"]).expect(0);
    let heads: Vec<&str> = shown
        .out
        .lines()
        .filter(|line| line.contains("citations: 1, documents: 1"))
        .collect();
    assert_eq!(heads.len(), 2, "{}", shown.out);
    assert!(heads.iter().any(|head| head.contains("Đông Hòa")) && heads.iter().any(|head| head.contains("Tây Yên")));
    // Its own identity finds one of them, and so does what a document prints.
    for pasted in [
        "Nghị quyết số 05-NQ/ĐU ngày 20/10/2025 của Đảng ủy xã Tây Yên",
        "05-NQ/ĐU của Đảng ủy xã Tây Yên ngày 2025-10-20",
        "Nghị quyết 05-NQ/ĐU ngày 20/10/2025",
    ] {
        let found = folder.run(&["cite", pasted, "--json"]).expect(0).json();
        let citing: Vec<&str> = found
            .iter()
            .map(|record| record["document"].as_str().unwrap())
            .collect();
        assert_eq!(citing, ["tay"], "{pasted}");
    }
    folder
        .run(&["cite", "Nghị quyết số 57-NQ/TW ngày 22/12/2023"])
        .expect(1);
}

#[test]
fn places_have_an_order_and_a_window() {
    let folder = indexed();
    let citing = |args: &[&str]| -> Vec<String> {
        let args: Vec<&str> = ["cite", "57-NQ/TW", "--json"]
            .into_iter()
            .chain(args.iter().copied())
            .collect();
        let found = folder.run(&args).expect(0).json();
        found
            .iter()
            .map(|record| record["document"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(citing(&[]), ["dong", "tay"]);
    assert_eq!(citing(&["--sort", "date"]), ["tay", "dong"]);
    assert_eq!(citing(&["--sort", "date", "-n", "1"]), ["tay"]);
    assert_eq!(citing(&["--offset", "1"]), ["tay"]);
    let cited = |order: &str| -> Vec<String> {
        let found = folder.run(&["citations", "--sort", order, "--json"]).expect(0).json();
        found
            .iter()
            .map(|record| record["cited"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(cited("cited"), ["05-NQ/ĐU", "57-NQ/TW"]);
    assert_eq!(cited("date"), ["05-NQ/ĐU", "57-NQ/TW"]);
}

#[test]
fn a_document_tells_what_it_cites_in_order() {
    let folder = indexed();
    let found = folder.run(&["cites", "dong", "--json"]).expect(0).json();
    let symbols: Vec<&str> = found.iter().map(|record| record["symbol"].as_str().unwrap()).collect();
    // "Kế hoạch này" is the plan itself.
    assert_eq!(symbols, ["57-NQ/TW", "05-NQ/ĐU"]);
    let shown = folder.run(&["cites", "dong"]).expect(0);
    assert!(
        shown.out.contains("các chi bộ đăng ký") && shown.out.contains("05-NQ/ĐU"),
        "{}",
        shown.out
    );
    assert_eq!(folder.run(&["cites", "dong", "--count"]).expect(0).out.trim(), "2");
    folder.run(&["cites", "khong-co"]).expect(2);
}

#[test]
fn a_relation_is_a_filter_of_the_citation_itself() {
    let folder = indexed();
    folder.write(
        "files/nam.txt",
        "ĐẢNG BỘ TỈNH CÀ MAU\nĐẢNG ỦY XÃ NAM CĂN\n*\nNam Căn, ngày 05 tháng 02 năm 2025\n\nBÁO CÁO\nsơ kết công tác\n\nI. KẾT QUẢ\n\n\
         Sơ kết việc thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị; căn cứ Quy định số 24-QĐ/TW ngày 30/7/2021 \
         của Ban Chấp hành Trung ương, cấp ủy đã phân công.\n",
    );
    folder.run(&["index", "files"]).expect(0);
    let count = |arguments: &[&str]| folder.run(&[arguments, &["--count"]].concat()).out.trim().to_owned();
    assert_eq!(count(&["cite", "57-NQ/TW"]), "3");
    assert_eq!(count(&["cite", "57-NQ/TW", "--relation", "thuc-hien"]), "2");
    assert_eq!(count(&["cite", "57-NQ/TW", "--relation", "so-ket"]), "1");
    // The passage cites it and rests on another document.
    folder.run(&["cite", "57-NQ/TW", "--relation", "can-cu"]).expect(1);
    let search = |relation: &str| {
        let found = folder.run(&["search", "--cites", "57-NQ/TW", "--relation", relation, "", "--count"]);
        found.out.trim().to_owned()
    };
    assert_eq!((search("so-ket").as_str(), search("can-cu").as_str()), ("1", "0"));
    let shown = folder.run(&["cite", "57-NQ/TW"]).expect(0).out;
    let [first, second] = ["Thực hiện (2)", "Sơ kết (1)"].map(|group| shown.find(group).unwrap_or(usize::MAX));
    assert!(first < second && second < usize::MAX, "{shown}");
    let facets = folder.run(&["facets", "relation", "--json"]).expect(0).json();
    assert!(
        facets
            .iter()
            .any(|value| value["value"] == "so-ket" && value["label"] == "Sơ kết"),
        "{facets:?}"
    );
    let wrong = folder.run(&["cite", "57-NQ/TW", "--relation", "abc"]).expect(2);
    assert!(wrong.err.contains("thuc-hien"), "{}", wrong.err);
}
