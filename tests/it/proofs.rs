//! The proof-reader on twenty drafts: planted errors that it must find, right citations on which it must be silent, and
//! the seeds, whose alarms were judged by the text.

use std::convert::Infallible;
use std::fs;
use std::path::Path;

use vankien::citation::Resolver;
use vankien::proof::{Finding, Proof, Verdict, proofread};
use vankien::reading::Model;
use vankien::record::read_text;
use vankien::register::Register;

/// Returns the text of a file of the repository.
fn file(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Returns the proof of `text` against the register alone.
fn proof_of(text: &str) -> Proof {
    let draft = read_text(text.to_owned(), || Ok::<_, Infallible>(Model::shipped())).unwrap();
    proofread(&draft, &Resolver::new(Register::shipped()))
}

/// Returns all findings of `proof`, each with the bytes of its citation.
fn findings(proof: &Proof) -> impl Iterator<Item = (&Finding, [usize; 2])> {
    let lines = proof.citations.iter();
    let cited = lines.flat_map(|line| line.findings.iter().map(|finding| (finding, line.span)));
    cited.chain(proof.notes.iter().map(|finding| (finding, finding.span)))
}

/// Returns the findings that say that something is wrong.
fn alarms(proof: &Proof) -> Vec<&Finding> {
    findings(proof)
        .map(|(finding, _)| finding)
        .filter(|finding| finding.finding.verdict().fails())
        .collect()
}

/// An error of the table: the draft with it, and where it is.
struct Planted {
    /// The name of the draft.
    draft: String,
    /// The text with the error.
    text: String,
    /// The bytes of the planted words.
    span: [usize; 2],
    /// The kind of the finding.
    finding: String,
}

/// Returns the drafts, each with one of the planted errors.
fn planted() -> Vec<Planted> {
    let table = file("tests/drafts/plantings.tsv");
    let rows = table.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [draft, find, replace, finding, ..] = cells[..] else {
            panic!("{line}");
        };
        let text = file(&format!("tests/drafts/{draft}.txt"));
        let start = text.find(find).unwrap_or_else(|| panic!("{draft}: {find}"));
        Planted {
            draft: draft.to_owned(),
            text: text.replacen(find, replace, 1),
            span: [start, start + replace.len()],
            finding: finding.to_owned(),
        }
    });
    rows.collect()
}

/// Returns the names and texts of the drafts without errors.
fn drafts() -> Vec<(String, String)> {
    let mut drafts: Vec<(String, String)> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drafts"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap()))
        .collect();
    drafts.sort();
    drafts
}

#[test]
fn planted_errors_are_found() {
    let all = planted();
    let mut missed = Vec::new();
    for error in &all {
        let proof = proof_of(&error.text);
        let overlaps = |span: [usize; 2]| span[0] < error.span[1] && error.span[0] < span[1];
        let found = findings(&proof).any(|(finding, cited)| {
            finding.finding.name() == error.finding && (overlaps(finding.span) || overlaps(cited))
        });
        if !found {
            let words = &error.text[error.span[0]..error.span[1]];
            missed.push(format!("{} {}: {words}", error.draft, error.finding));
        }
    }
    println!(
        "{} of {} errors found; missed: {missed:#?}",
        all.len() - missed.len(),
        all.len()
    );
    assert!(missed.len() * 10 <= all.len(), "{missed:#?}");
}

#[test]
fn right_citations_raise_no_alarm() {
    let (mut citations, mut false_alarms) = (0, Vec::new());
    for (name, text) in drafts() {
        let proof = proof_of(&text);
        citations += proof.summary.citations;
        let alarms = alarms(&proof).into_iter();
        false_alarms.extend(alarms.map(|alarm| format!("{name} line {}: {}", alarm.lines[0], alarm.message)));
    }
    assert!(citations > 400, "{citations}");
    assert!(false_alarms.len() * 50 <= citations, "{citations}: {false_alarms:#?}");
}

#[test]
fn what_the_register_has_agrees() {
    let lines: Vec<_> = drafts().iter().flat_map(|(_, text)| proof_of(text).citations).collect();
    let agreeing = lines.iter().filter(|line| line.verdict == Verdict::Agrees).count();
    assert!(agreeing >= 400, "{agreeing} of {}", lines.len());
}

#[test]
fn the_alarms_of_the_seeds_are_mistakes_of_their_writers() {
    let mut found = Vec::new();
    for seed in [
        "000_d870f14bd0405ca4",
        "001_a1c1383653321638",
        "002_7d0812b23f44b276",
        "003_df078dc1419f2d79",
        "004_dd2783c7784f4f98",
    ] {
        let proof = proof_of(&file(&format!("seeds/{seed}.txt")));
        let alarms = alarms(&proof).into_iter();
        found.extend(alarms.map(|alarm| format!("{} {}: {}", &seed[..3], alarm.lines[0], alarm.message)));
    }
    // The register and other papers give it to Bộ Chính trị.
    let expected = "001 537: 58-QĐ/TW ngày 2022-02-08 was issued by Bộ Chính trị, says the register.";
    assert_eq!(found, [expected]);
}
