//! Bad input: a clear error that says what, where and how to mend it; other files go on; nothing panics.

use std::fs;
use std::io::Write;

use super::program::Folder;

/// A file that is always good, to see that others go on.
const GOOD: &str = "KẾ HOẠCH\n\nthực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị.\n";

/// Indexes `seeds` with one bad file beside a good one; returns what stderr says.
#[track_caller]
fn index_beside_good(folder: &Folder) -> String {
    folder.write("seeds/good.txt", GOOD);
    let run = folder.run(&["index"]).expect(2);
    assert!(!run.err.contains("panicked"), "{}", run.err);
    let hits = folder.run(&["search", "57-NQ/TW", "--json"]).expect(0).json();
    assert_eq!(hits[0]["document"], "good");
    run.err
}

#[test]
fn files_that_are_no_text_are_told_and_the_others_go_on() {
    let rows: [(&str, &[u8], &str, &str); 5] = [
        ("empty.txt", b"", "is empty", ""),
        (
            "broken.txt",
            b"dong mot\n\xffhai",
            "is not UTF-8: byte 0xFF at offset 9, line 2",
            "save it as UTF-8",
        ),
        (
            "paper.txt",
            b"%PDF-1.7 ...",
            "cannot be read; pdftotext says: ",
            "viewer",
        ),
        (
            "zip.txt",
            b"PK\x03\x04....",
            "is damaged: the list of its parts",
            "create it again",
        ),
        ("zeros.txt", &[0; 5000], "binary data", "plain text"),
    ];
    for (name, bytes, message, hint) in rows {
        let folder = Folder::new();
        folder.write(&format!("seeds/{name}"), bytes);
        let err = index_beside_good(&folder);
        assert!(
            err.contains(&format!("seeds/{name}: ")) && err.contains(message),
            "{err}"
        );
        assert!(err.contains(hint), "{err}");
    }
}

#[test]
fn a_huge_file_is_refused_before_it_is_read() {
    let folder = Folder::new();
    folder.write("seeds/huge.txt", b"");
    // 500 MB of one line, as a hole in the file: nothing is written to the disk.
    fs::OpenOptions::new()
        .write(true)
        .open(folder.path("seeds/huge.txt"))
        .unwrap()
        .set_len(500_000_000)
        .unwrap();
    let err = index_beside_good(&folder);
    assert!(
        err.contains("huge.txt: has 500 MB; a document may have at most 64 MB"),
        "{err}"
    );
}

#[test]
fn one_long_line_is_indexed() {
    let folder = Folder::new();
    folder.write(
        "seeds/line.txt",
        "thực hiện Nghị quyết số 57-NQ/TW về chuyển đổi số. ".repeat(40_000),
    );
    folder.run(&["index", "-q"]).expect(0);
    folder.run(&["search", "chuyen doi so"]).expect(0);
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_is_told() {
    let folder = Folder::new();
    folder.write("seeds/inner/x.txt", GOOD);
    std::os::unix::fs::symlink(folder.path("seeds"), folder.path("seeds/inner/loop")).unwrap();
    let err = folder.run(&["index"]).expect(2).err;
    assert!(
        err.contains("seeds/inner/loop: is a link to a folder that contains it"),
        "{err}"
    );
    folder.run(&["search", "57-NQ/TW"]).expect(0);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let path = folder.write("seeds/secret.txt", "x");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        return; // root reads everything; there is nothing to see
    }
    let err = index_beside_good(&folder);
    assert!(err.contains("secret.txt: cannot be read"), "{err}");
}

#[test]
fn two_files_of_one_stem_are_two_documents() {
    let folder = Folder::new();
    folder.write("seeds/can-tho/001.txt", GOOD);
    folder.write("seeds/soc-trang/001.txt", GOOD);
    folder.run(&["index", "-q"]).expect(0);
    let documents = folder.run(&["documents", "--json"]).expect(0).json();
    let ids: Vec<&str> = documents
        .iter()
        .map(|document| document["document"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["can-tho/001", "soc-trang/001"]);
    folder.run(&["show", "soc-trang/001:3"]).expect(0);
}

#[test]
fn a_file_that_goes_on_being_written_does_no_harm() {
    let folder = Folder::new();
    let path = folder.write("seeds/busy.txt", GOOD);
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                file.write_all("thêm một câu. ".as_bytes()).unwrap();
                std::thread::sleep(std::time::Duration::from_micros(200));
            }
        });
        for _ in 0..3 {
            let run = folder.run(&["index"]);
            assert!(
                run.code == 0 || run.err.contains("changed while it was being read"),
                "{}",
                run.err
            );
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    folder.run(&["index", "-q"]).expect(0);
    folder.run(&["check"]).expect(0);
}

#[test]
fn control_and_direction_characters_never_reach_a_terminal() {
    let folder = Folder::new();
    folder.write(
        "seeds/evil.txt",
        "KẾ HOẠCH\u{1b}]0;x\u{7}\n\nthực hiện\u{202e} nghị\u{1b}[2J quyết số \u{9b}31m theo Chỉ thị số 05-CT/TW của Bộ Chính trị <script>alert(1)</script>.\n",
    );
    folder.run(&["index", "-q"]).expect(0);
    for args in [
        &["search", "thực hiện"][..],
        &["show", "evil"],
        &["outline"],
        &["documents"],
        &["cite", "05-CT/TW"],
        &["citations"],
        &["search", "thực hiện", "-C", "3"],
        &["show", "evil:3", "-C", "2"],
    ] {
        let out = folder.run(args).expect(0).out;
        let bad = out
            .chars()
            .find(|c| c.is_control() && *c != '\n' || ('\u{202a}'..='\u{202e}').contains(c));
        assert_eq!(bad, None, "{args:?}\n{out:?}");
    }
}

#[test]
fn hostile_queries_are_answered() {
    let folder = Folder::new();
    folder.write("seeds/good.txt", GOOD);
    folder.run(&["index", "-q"]).expect(0);
    // 100 kB: one argument holds no more than 128.
    let long = "nghị quyết ".repeat(7_000);
    let queries = [
        long.as_str(),
        "\"",
        "\"\"\"",
        "(((((",
        ")))",
        "-",
        "--",
        "*",
        "* *",
        "-*",
        "?!.,;:",
        "OR OR OR",
        "a OR",
        "()",
        "\"~9",
        ":",
        "province:",
        "province:\"",
        "nghị quyết: (57",
        "[57/NQ]",
        "\u{202e}\u{1b}[2J",
    ];
    for query in queries {
        let run = folder.run(&["search", "--json", "--", query]);
        let shown: String = query.chars().take(40).collect();
        assert!(
            run.code == 0 || run.code == 1,
            "{shown:?} ended with {}: {}",
            run.code,
            run.err
        );
        assert!(!run.err.contains("panicked"), "{shown:?}: {}", run.err);
        assert_eq!(run.json().last().unwrap()["type"], "summary", "{shown:?}");
    }
}

#[test]
fn a_damaged_index_or_another_format_says_how_to_mend_it() {
    let folder = Folder::new();
    folder.write("seeds/good.txt", GOOD);
    folder.run(&["index", "-q"]).expect(0);
    let count = index_files(&folder).len();
    assert!(count > 5, "{:?}", index_files(&folder));
    for position in 0..count {
        for keep in [2, usize::MAX] {
            // Each file is cut in half once, and emptied once, in an index that is whole but for it.
            folder.run(&["index", "-q", "--rebuild"]).expect(0);
            folder.run(&["check"]).expect(0);
            let files = index_files(&folder);
            let path = &files[position];
            let whole = fs::read(path).unwrap();
            fs::write(path, &whole[..whole.len() / keep]).unwrap();
            for args in [
                &["search", "nghị quyết"][..],
                &["export", "passages"],
                &["check"],
                &["index", "-q"],
            ] {
                let run = folder.run(args);
                assert!(
                    !run.err.contains("panicked at"),
                    "{} cut, {args:?}: {}",
                    path.display(),
                    run.err
                );
                assert!(
                    run.code == 2 || run.code == 0,
                    "{} cut, {args:?}: {}",
                    path.display(),
                    run.code
                );
                if run.code == 2 && args[0] != "check" {
                    assert!(
                        run.err.contains("hint: "),
                        "{} cut, {args:?}: {}",
                        path.display(),
                        run.err
                    );
                }
            }
        }
    }
}

/// The files of the index that hold anything, sorted.
fn index_files(folder: &Folder) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.path("index")];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(inside).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if fs::metadata(&path).unwrap().len() > 0 {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
