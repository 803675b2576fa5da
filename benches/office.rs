//! How fast files of word processors are turned into text, in bytes of that text.
//!
//! The files are written here: paragraphs with numbered labels, bold runs torn as Word tears them, and notes.

use std::hint::black_box;
use std::io::{Cursor, Write as _};
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use vankien::corpus::{Content, Corpus};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Paragraphs of the files; each has some 200 bytes of text.
const PARAGRAPHS: usize = 10_000;

/// The namespace of Word's markup.
const NAMESPACE: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// The words of a paragraph, torn into runs.
const RUNS: [&str; 5] = [
    "Thực hiện Nghị quyết số 21-NQ/",
    "TW ngày 16/6/2022 của Ban Chấp hành Trung ương",
    " Đảng, cấp ủy xã tiếp tục ",
    "củng cố, xây dựng tổ chức cơ sở đảng ",
    "và nâng cao chất lượng đảng viên.",
];

/// A Word file with its parts.
fn docx() -> Vec<u8> {
    let mut body = String::new();
    let mut notes = String::new();
    for index in 0..PARAGRAPHS {
        body.push_str("<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>");
        for (at, run) in RUNS.iter().enumerate() {
            let bold = if at == 0 { "<w:rPr><w:b/></w:rPr>" } else { "" };
            body.push_str(&format!("<w:r>{bold}<w:t xml:space=\"preserve\">{run}</w:t></w:r>"));
        }
        if index % 20 == 0 {
            let id = index / 20 + 1;
            body.push_str(&format!("<w:r><w:footnoteReference w:id=\"{id}\"/></w:r>"));
            notes.push_str(&format!(
                "<w:footnote w:id=\"{id}\"><w:p><w:r><w:t>Quy định số 144-QĐ/TW.</w:t></w:r></w:p></w:footnote>"
            ));
        }
        body.push_str("</w:p>");
    }
    let level =
        "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl>";
    let parts = [
        (
            "word/document.xml",
            format!("<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>"),
        ),
        (
            "word/footnotes.xml",
            format!("<w:footnotes {NAMESPACE}>{notes}</w:footnotes>"),
        ),
        (
            "word/numbering.xml",
            format!(
                "<w:numbering {NAMESPACE}><w:abstractNum w:abstractNumId=\"0\">{level}</w:abstractNum>\
                 <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
            ),
        ),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive
            .start_file(name, SimpleFileOptions::default())
            .and_then(|()| archive.write_all(content.as_bytes()).map_err(Into::into))
            .expect("memory takes what is written");
    }
    archive.finish().expect("memory takes what is written").into_inner()
}

/// Reads the file at `path`.
fn read(path: &Path) -> Content {
    let corpus = Corpus::scan(&[path.to_path_buf()]);
    corpus.entries[0].read().expect("it is a document").content
}

fn docx_to_text(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("there is room for a file");
    let path = folder.path().join("bench.docx");
    std::fs::write(&path, docx()).expect("there is room for a file");
    let expected = read(&path);
    assert_eq!(expected.structure.notes.len(), PARAGRAPHS / 20);
    let mut group = criterion.benchmark_group("office");
    group.sample_size(20);
    group.throughput(Throughput::Bytes(expected.text.len() as u64));
    group.bench_function("docx", |bencher| {
        bencher.iter(|| assert_eq!(read(black_box(&path)).text.len(), expected.text.len()));
    });
    group.finish();
}

criterion_group!(benches, docx_to_text);
criterion_main!(benches);
