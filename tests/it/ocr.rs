//! The bounds of the OCR of a file, the files that it must not hold back, and its state when the
//! program ends. A shell script stands for tesseract, so that these tests know what it is asked and when it answers.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::program::{Folder, Run, root};

/// The text on the page of the fixtures.
const PRINTED: &str = include_str!("../fixtures/scans/page.txt");

/// Reads any page as words that say which page of its file it is, and notes that it was asked.
const TELLS_PAGE: &str = r#"page=1
text='Đảng bộ thành phố lãnh đạo thực hiện zzmot'
for argument in "$@"; do
  case $argument in tessedit_page_number=*) page=$((${argument#*=} + 1)) ;; esac
done
[ "$page" = 1 ] || text='Nhân dân tỉnh nhà phấn đấu hoàn thành zzhai'
echo "$page" >> calls
echo "<div class='ocr_page' title='bbox 0 0 99 99'><span class='ocrx_word' title='x_wconf 95'>$text</span></div>"
"#;

/// Returns a folder with these fixtures in `seeds`, and with this script in the place of tesseract.
fn folder_with(names: &[&str], tesseract: &str) -> Folder {
    let folder = Folder::new();
    for name in names {
        let bytes = fs::read(root().join("tests/fixtures/scans").join(name)).unwrap();
        folder.write(&format!("seeds/{name}"), bytes);
    }
    let script = folder.write("programs/tesseract", format!("#!/bin/sh\n{tesseract}"));
    fs::set_permissions(script, fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

/// Returns the program, to be started with the script in the place of tesseract.
fn command(folder: &Folder, args: &[&str]) -> Command {
    let path = std::env::var("PATH").unwrap();
    let mut command = folder.command(args);
    command.env("PATH", format!("{}:{path}", folder.path("programs").display()));
    command
}

/// Runs the program with the script in the place of tesseract.
fn run(folder: &Folder, args: &[&str]) -> Run {
    Run::of(args, command(folder, args).output().unwrap())
}

/// Starts the program with the script in the place of tesseract.
fn start(folder: &Folder, args: &[&str]) -> Child {
    let mut command = command(folder, args);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Waits until `is_so`, for a minute at most.
#[track_caller]
fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "not within a minute: {what}"
        );
        sleep(Duration::from_millis(20));
    }
}

/// The pages that the script was asked for since the last time, sorted.
fn calls(folder: &Folder) -> Vec<String> {
    let calls = fs::read_to_string(folder.path("calls")).unwrap_or_default();
    fs::remove_file(folder.path("calls")).ok();
    let mut pages: Vec<String> = calls.lines().map(str::to_owned).collect();
    pages.sort();
    pages
}

#[test]
fn programs_end_with_the_program_that_started_them() {
    // It shows that it is alive, ten times a second, in a child of its own.
    let folder = folder_with(&["page.png"], "while :; do echo >> alive; sleep 0.1; done");
    let length = || fs::metadata(folder.path("alive")).map_or(0, |alive| alive.len());
    for signal in ["KILL", "TERM"] {
        fs::remove_file(folder.path("alive")).ok();
        let mut child = start(&folder, &["index", "-q"]);
        wait_until("tesseract runs", || length() > 2);
        let kill = format!("kill -s {signal} {}", child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
        assert!(!child.wait().unwrap().success());
        sleep(Duration::from_secs(1));
        let after_a_second = length();
        sleep(Duration::from_secs(1));
        assert_eq!(length(), after_a_second, "it still runs after SIG{signal}");
    }
}

#[test]
fn files_without_an_ocr_are_searchable_while_others_are_read() {
    let script = format!("while [ ! -e go ]; do sleep 0.05; done\n{TELLS_PAGE}");
    let folder = folder_with(&["page.png", "pages.tif", "text.pdf"], &script);
    folder.write("seeds/good.txt", PRINTED);
    let mut child = start(&folder, &["index", "--json"]);
    let documents = || {
        // An index that is named is not built by the command that asks for it.
        let run = folder.run(&["documents", "--json", "--index", "index"]);
        run.out.lines().filter(|_| run.code == 0).count()
    };
    wait_until("the text and the PDF with a text are in the index", || documents() == 2);
    assert!(child.try_wait().unwrap().is_none());
    // A search in the meantime, and a killed build: nothing is lost, and the named root is remembered.
    folder.run(&["search", "144-QĐ/TW"]).expect(0);
    child.kill().unwrap();
    child.wait().unwrap();
    folder.run(&["check"]).expect(1);
    folder.write("go", "");
    let report = run(&folder, &["index", "--json"]).expect(0).json().remove(0);
    let counts = ["added", "changed", "removed", "unchanged", "documents"].map(|count| report[count].as_u64().unwrap());
    assert_eq!(counts, [2, 0, 0, 2, 4], "{report}");
    assert_eq!(calls(&folder), ["1", "1", "2"]);
    folder.run(&["search", "zzhai"]).expect(0);
    folder.run(&["check"]).expect(0);
    // The index is that of a build in one go: now that all is read, a rebuild is one.
    let records = |folder: &Folder| {
        ["documents", "passages", "citations"].map(|sort| folder.run(&["export", sort]).expect(0).out)
    };
    let before = records(&folder);
    run(&folder, &["index", "-q", "--rebuild"]).expect(0);
    assert_eq!(calls(&folder), [""; 0]);
    assert_eq!(records(&folder), before);
    // From nothing, each file is counted once.
    fs::remove_dir_all(folder.path("index")).unwrap();
    let report = run(&folder, &["index", "--json"]).expect(0).json().remove(0);
    assert_eq!(
        (&report["added"], &report["unchanged"]),
        (&4.into(), &0.into()),
        "{report}"
    );
    assert_eq!(report["failed"], serde_json::json!([]));
    assert_eq!(records(&folder), before);
}

#[test]
fn a_file_that_an_ocr_cannot_read_is_tried_and_told_once() {
    let folder = folder_with(
        &["page.png"],
        "echo >> calls; [ \"$1\" = --list-langs ] && echo vie && exit; echo 'it is \x1b[31mtorn' >&2; exit 1",
    );
    folder.write("seeds/good.txt", PRINTED);
    folder.write("seeds/bad.txt", b"\x80\x80 \xff\xfe");
    let ran = run(&folder, &["index"]).expect(2);
    assert_eq!(
        ran.err
            .matches("page.png: cannot be read; tesseract says: page 1: it is [31mtorn")
            .count(),
        1,
        "{}",
        ran.err
    );
    assert_eq!(ran.err.matches("bad.txt: ").count(), 1, "{}", ran.err);
    assert!(
        ran.err.contains("1 document, ") && ran.err.contains("2 failed"),
        "{}",
        ran.err
    );
    // Once for the page, once for the names of its models.
    assert_eq!(calls(&folder).len(), 2);
}

#[test]
fn a_bound_on_pages_is_told_and_a_higher_one_reads_the_rest() {
    let folder = folder_with(&["pages.tif"], TELLS_PAGE);
    let first = ["index", "--ocr-pages", "1"];
    let ran = run(&folder, &first).expect(2);
    let told = "pages.tif: 1 of 2 pages were not read: OCR is limited to 1 pages of a file\n\
                hint: read the rest: `vankien index --ocr-pages 2`";
    assert!(ran.err.contains(told), "{}", ran.err);
    assert!(ran.err.contains("0 failed, 1 read in part"), "{}", ran.err);
    assert_eq!(calls(&folder), ["1"]);
    folder.run(&["search", "zzmot"]).expect(0);
    folder.run(&["search", "zzhai"]).expect(1);
    // It is told each time, also when nothing changed, and nothing is read twice.
    let report = run(&folder, &["index", "--ocr-pages", "1", "--json"])
        .expect(2)
        .json()
        .remove(0);
    let file = &report["partly_read"][0];
    assert_eq!(
        (&file["pages"], &file["unread_pages"]),
        (&2.into(), &1.into()),
        "{report}"
    );
    run(&folder, &["index", "-q", "--ocr-pages", "1", "--rebuild"]).expect(2);
    assert_eq!(calls(&folder), [""; 0]);
    let report = run(&folder, &["index", "--ocr-pages", "0", "--json"])
        .expect(0)
        .json()
        .remove(0);
    assert_eq!(
        (&report["changed"], &report["partly_read"]),
        (&1.into(), &serde_json::json!([])),
        "{report}"
    );
    assert_eq!(calls(&folder), ["2"]);
    folder.run(&["search", "zzhai"]).expect(0);
    // A lower bound takes nothing away.
    run(&folder, &first).expect(0);
    run(&folder, &["index", "-q", "--ocr-pages", "1", "--rebuild"]).expect(0);
    folder.run(&["search", "zzhai"]).expect(0);
    folder.run(&["check"]).expect(0);
}

#[test]
fn pages_that_a_killed_build_has_read_are_not_read_again() {
    // The second page takes until the file `go` is there.
    let script = format!("case $* in *number=1*) while [ ! -e go ]; do sleep 0.05; done ;; esac\n{TELLS_PAGE}");
    let folder = folder_with(&["pages.tif"], &script);
    let mut child = start(&folder, &["index", "-q"]);
    let stored = || {
        let files = fs::read_dir(folder.path("index/ocr")).into_iter().flatten().flatten();
        files.map(|file| file.metadata().unwrap().len()).sum::<u64>()
    };
    wait_until("the first page is stored", || stored() > 100);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(calls(&folder), ["1"]);
    folder.write("go", "");
    run(&folder, &["index", "-q"]).expect(0);
    assert_eq!(calls(&folder), ["2"]);
    folder.run(&["search", "zzmot"]).expect(0);
}
