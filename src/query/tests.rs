//! Tests of the query language: what people type, and the tree that it becomes.

use proptest::prelude::*;

use super::*;

/// A tree as text: words as they are folded, `"a b"~2`, `!x`, `(a | b)`, `#21-nq-tw`.
fn shown(node: &Node) -> String {
    let join = |nodes: &[Node], by: &str| nodes.iter().map(shown).collect::<Vec<_>>().join(by);
    match node {
        Node::Word(word) => word.exact.clone(),
        Node::Prefix(word) => format!("{}*", word.exact),
        Node::Phrase(phrase) => {
            let mut shown = String::new();
            let mut next = 0;
            for PhraseWord { word, place, is_prefix } in &phrase.words {
                let gap = ["", " "][usize::from(next > 0)].to_owned() + &"_ ".repeat((place - next) as usize);
                shown += &format!("{gap}{}{}", word.exact, ["", "*"][usize::from(*is_prefix)]);
                next = place + 1;
            }
            let slop = if phrase.slop > 0 {
                format!("~{}", phrase.slop)
            } else {
                String::new()
            };
            format!("\"{shown}\"{slop}")
        }
        Node::Symbol(symbol) => match (&symbol.canonical, &symbol.letters) {
            (Some(canonical), _) => format!("#{canonical}"),
            (None, Some(letters)) => format!("#{letters}:{}", symbol.number),
            (None, None) => format!("#{:?}:{}", symbol.kinds, symbol.number),
        },
        Node::Also { typed, .. } => shown(typed),
        Node::Not(inner) => format!("!{}", shown(inner)),
        Node::All(nodes) => join(nodes, " "),
        Node::Any(nodes) => format!("({})", join(nodes, " | ")),
    }
}

#[test]
fn rows() {
    for (typed, tree) in [
        ("Đảng bộ", "đảng bộ"),
        (
            "\"tinh gọn bộ máy\"~3 -\"biên chế\"",
            "\"tinh gọn bộ máy\"~3 !\"biên chế\"",
        ),
        ("đảng ủy OR chi bộ", "(đảng ủy | chi bộ)"),
        ("công tác (đảng OR đoàn) -vận", "công tác (đảng | đoàn) !vận"),
        ("giám*", "giám*"),
        ("-kinh-tế", "!\"kinh tế\""),
        // Symbols in any usual writing.
        ("21-NQ/TW", "#21-nq-tw"),
        ("57–NQ/TW", "#57-nq-tw"),
        ("57/NQ-TW", "#57-nq-tw"),
        ("21 nq/tw", "#21-nq-tw"),
        ("21 - NQ/TW", "#21-nq-tw"),
        ("21-NQ/TƯ", "#21-nq-tw"),
        ("21-NQ/T.Ư của", "#21-nq-tw của"),
        ("21-NQTW", "#21-nq-tw"),
        ("21 NQ TW", "#21-nq-tw"),
        ("21 nq tw", "#21-nq-tw"),
        ("21-NQ TƯ", "#21-nq-tw"),
        ("21-NQ\u{2215}TW", "#21-nq-tw"),
        ("21-KL/TU", "#21-kl-tu"),
        ("31/2024/QH 15", "#31-2024-qh15"),
        ("144-QB/TW", "#144-qb-tw"),
        ("21-NQ TW", "#21-nq-tw"),
        ("nq 21", "#nq:21"),
        ("NQ21", "#nq:21"),
        ("nghị quyết 21", "#[NghiQuyet]:21"),
        ("nghi quyet so 21", "#[NghiQuyet]:21"),
        ("chỉ thị 05 về học tập", "#[ChiThi]:5 về học tập"),
        ("Nghị quyết số 21-NQ/TW ngày 16/6/2022", "#21-nq-tw 16/6/2022"),
        ("30/2020/NĐ-CP", "#30-2020-nd-cp"),
        ("202/2025/qh15", "#202-2025-qh15"),
        ("100% đảng viên", "100 đảng viên"),
        // Prose is prose.
        ("nghị quyết: đổi mới", "nghị quyết đổi mới"),
        ("term: 2020", "term 2020"),
        ("http://x.vn/a", "http x vn a"),
        ("- Đảng ủy; (1) chi bộ.", "đảng ủy 1 chi bộ"),
        ("nhiệm kỳ 2020 -2025", "nhiệm kỳ 2020 2025"),
        ("71/73 đảng bộ", "71 73 đảng bộ"),
        ("08.9.2016", "8/9/2016"),
        ("or And not", "or and not"),
        // Dates are one word, in figures and in words; `ngày` is part of it.
        ("ngày 5 tháng 6 năm 2020", "5/6/2020"),
        ("họp ngay 05/06/2020 tại", "họp 5/6/2020 tại"),
        ("5-6-2020", "5/6/2020"),
        ("2020-06-05", "5/6/2020"),
        ("ngày 5 tháng 6", "ngày 5 tháng 6"),
        ("\"ngày 5 tháng 6 năm 2020\"", "\"ngày 5/6/2020\""),
        (
            "\"ngày 5/6/2020 của\"",
            "(\"ngày 5/6/2020 _ _ của\" | \"ngày 5/6/2020 _ _ _ _ của\")",
        ),
        // Operators take the words up to the next one.
        ("lãnh đạo NOT tham nhũng", "lãnh đạo !tham nhũng"),
        ("\"dân vận\" NOT \"tuyên truyền\"", "\"dân vận\" !\"tuyên truyền\""),
        ("a b AND c d", "a b c d"),
        ("a NOT b c OR d AND e", "(a !b c | d e)"),
        ("a NOT (b OR c) d", "a !(b | c) d"),
        ("a OR NOT b", "(a | !b)"),
        ("a NOT b -c d", "a !b !c d"),
        ("a và b hoặc c", "a và b hoặc c"),
        ("\"tinh gi*\"", "\"tinh gi*\""),
        ("\"b* máy\"~2", "\"b* máy\"~2"),
    ] {
        let (query, diagnostics) = parse(typed);
        assert_eq!(shown(&query.root), tree, "{typed}");
        assert!(diagnostics.is_empty(), "{typed}: {diagnostics:?}");
        assert!(query.filters.is_empty(), "{typed}");
    }
}

#[test]
fn marks_count_for_all_words_once_one_has_them() {
    let asking = |typed: &str| {
        let (query, _) = parse(typed);
        let mut asking = Vec::new();
        query.for_each_wanted(|node| {
            if let Node::Word(word) = node {
                asking.push(word.asks_marks);
            }
        });
        asking
    };
    assert_eq!(asking("chi bộ 12"), [true, true, false]);
    assert_eq!(asking("chi bo"), [false, false]);
    assert_eq!(asking("chi -bộ"), [true]);
    // Nobody who types no marks leaves them out of an abbreviation.
    assert_eq!(asking("HĐND tinh"), [false, false]);
    assert_eq!(asking("30/2020/NĐ-CP bo"), [false]);
}

#[test]
fn filters_are_taken_out_of_the_words() {
    let (query, diagnostics) =
        parse("PROVINCE:\"Cần Thơ\" kết quả (term:2020-2025) -place:footnote cites:21-NQ/TW cites:“Điều lệ”");
    assert_eq!(shown(&query.root), "kết quả");
    let required: Vec<(Facet, Vec<String>)> = query.filters.required().map(|(f, v)| (f, v.to_vec())).collect();
    let texts = |values: &[&str]| values.iter().map(|&value| value.to_owned()).collect::<Vec<_>>();
    assert_eq!(
        required,
        [
            (Facet::Province, texts(&["Cần Thơ"])),
            (Facet::Term, texts(&["2020-2025"])),
            (Facet::Cites, texts(&["21-NQ/TW", "Điều lệ"])),
        ]
    );
    let excluded: Vec<Facet> = query.filters.excluded().map(|(facet, _)| facet).collect();
    assert_eq!(excluded, [Facet::Place]);
    assert_eq!(
        diagnostics.len(),
        1,
        "the filter in brackets holds for all: {diagnostics:?}"
    );
}

#[test]
fn what_is_not_understood_is_reported_and_the_rest_is_answered() {
    for (typed, tree, oddity, message) in [
        (
            "\"đảng bộ",
            "đảng bộ",
            Oddity::UnclosedQuote,
            "quotation mark without its pair",
        ),
        (
            "đảng) bộ",
            "đảng bộ",
            Oddity::UnopenedBracket,
            "closing bracket without an opening one",
        ),
        (
            "(đảng bộ",
            "đảng bộ",
            Oddity::UnclosedBracket,
            "opening bracket without a closing one",
        ),
        (
            "OR đảng",
            "đảng",
            Oddity::LoneOperator(Operator::Or),
            "`OR` needs words on both sides",
        ),
        (
            "đảng AND",
            "đảng",
            Oddity::LoneOperator(Operator::And),
            "`AND` needs words on both sides",
        ),
        (
            "đảng NOT OR bộ",
            "(đảng | bộ)",
            Oddity::LoneOperator(Operator::Not),
            "`NOT` needs words after it",
        ),
        (
            "\"...\" bộ",
            "bộ",
            Oddity::EmptyPhrase,
            "no word between the quotation marks",
        ),
        (
            "đảng *",
            "đảng",
            Oddity::LoneStar,
            "`*` needs the beginning of a word before it",
        ),
        ("…", "", Oddity::NoWord, "there is no word to search for"),
        ("-", "", Oddity::NoWord, "there is no word to search for"),
    ] {
        let (query, diagnostics) = parse(typed);
        assert_eq!(shown(&query.root), tree, "{typed}");
        let found = diagnostics.iter().find(|known| known.oddity == oddity);
        assert_eq!(
            found.map(ToString::to_string).as_deref(),
            Some(message),
            "{typed}: {diagnostics:?}"
        );
    }
}

#[test]
fn an_oddity_says_where_it_is_and_carries_its_values() {
    let many = vec!["một"; MAX_WORDS + 1].join(" ");
    let deep = "(".repeat(MAX_DEPTH + 1) + "a";
    for (typed, oddity, odd) in [
        ("...", Oddity::NoWord, None),
        ("a -OR b", Oddity::LoneMinus, Some("-")),
        ("a NOT", Oddity::LoneOperator(Operator::Not), Some("NOT")),
        ("a -\"b", Oddity::LoneMinus, Some("-")),
        ("(a place:body)", Oddity::FilterInBrackets, Some("place:body")),
        (deep.as_str(), Oddity::BracketsTooDeep, Some("(")),
        (many.as_str(), Oddity::TooManyWords { max: MAX_WORDS }, Some(&many)),
    ] {
        let (_, diagnostics) = parse(typed);
        let found = diagnostics.iter().find(|known| known.oddity == oddity);
        let place = found.map(|known| known.span.map(|span| span.slice(typed)));
        assert_eq!(place, Some(odd), "{typed}: {diagnostics:?}");
    }
}

#[test]
fn an_oddity_is_reported_in_words() {
    let no_such_value = Oddity::NoSuchValue(UnknownValue {
        filter: FilterName::Facet(Facet::Province),
        value: "Cà Mau".to_owned(),
        is_possible: true,
        near: vec!["Cao Bằng".to_owned()],
        allowed: Vec::new(),
    });
    for (oddity, message) in [
        (Oddity::LoneMinus, "`-` needs a word right after it"),
        (
            Oddity::FilterInBrackets,
            "a filter applies to the whole query, even inside brackets",
        ),
        (Oddity::BracketsTooDeep, "brackets nested too deep are ignored"),
        (
            Oddity::TooManyWords { max: 200 },
            "only the first 200 words are searched for",
        ),
        (
            Oddity::TooManyExpansions { max: 100 },
            "more than 100 words begin with this; not all are searched for",
        ),
        (
            no_such_value,
            "no passage has the province 'Cà Mau'; did you mean 'Cao Bằng'?",
        ),
    ] {
        assert_eq!(oddity.to_string(), message);
    }
}

#[test]
fn hostile_input_is_bounded() {
    for typed in [
        "(".repeat(100_000),
        "a ".repeat(50_000),
        "\"".repeat(100_001),
        "-".repeat(100_000),
        "a OR ".repeat(20_000),
        "NOT ".repeat(20_000),
        "a NOT b AND ".repeat(20_000),
    ] {
        let (query, _) = parse(&typed);
        let mut words = 0;
        query.for_each_wanted(|node| words += usize::from(matches!(node, Node::Word(_))));
        assert!(words <= MAX_WORDS);
    }
}

proptest! {
    #[test]
    fn anything_is_a_query(typed in "[a-cđĐ0-9 \"“”()*:~/\\-–.,\u{202e}\u{0}\u{301}]{0,40}|(OR |AND |NOT |-|\\(|\\)|nq |\"|term:|đảng |21-NQ/TW |\\*){0,12}|\\PC{0,40}") {
        let (query, diagnostics) = parse(&typed);
        for diagnostic in diagnostics {
            if let Some(span) = diagnostic.span {
                prop_assert!(typed.get(span.start..span.end).is_some());
            }
        }
        query.for_each_wanted(|node| {
            if let Node::Word(word) | Node::Prefix(word) = node {
                assert!(!word.span.slice(&typed).is_empty() && !word.folded.is_empty());
            }
        });
    }
}
