//! Faults of the disk under the real binary: damaged files, a full disk, files that cannot be read, leftovers.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::program::{Folder, Run};

/// Commands whose answers need every kind of file of the engine.
const QUESTIONS: [&[&str]; 4] = [
    &[
        "search",
        "--json",
        "nghi quyet dang bo",
        "--facets",
        "document,kind,section,place,cites",
    ],
    &["search", "--json", "\"xây dựng đảng\"", "-n", "50"],
    &["cite", "21-NQ/TW", "--json"],
    &["precedent", "khắc phục tình trạng trông chờ, ỷ lại", "--json"],
];

/// An index of the seeds.
fn indexed() -> Folder {
    let folder = Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    folder
}

/// The files in a folder whose names do not begin with a dot, sorted.
fn files_in(path: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(path).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<PathBuf> = files
        .filter(|path| !path.file_name().unwrap().to_str().unwrap().starts_with('.'))
        .collect();
    files.sort();
    files
}

/// The names in an index folder and in the folder of the engine's files.
fn names(folder: &Folder) -> Vec<PathBuf> {
    let outer = files_in(&folder.path("index"));
    let inner = outer
        .iter()
        .filter(|path| path.is_dir())
        .flat_map(|path| files_in(path));
    inner.chain(outer.clone()).collect()
}

/// An answer without what differs from run to run.
fn answer(run: &Run) -> String {
    let lines = run.json().into_iter().map(|mut line| {
        line.as_object_mut().unwrap().remove("elapsed_ms");
        line.to_string()
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_changed_byte_gives_the_right_answer_or_an_error() {
    let folder = indexed();
    let right: Vec<String> = QUESTIONS
        .iter()
        .map(|args| answer(&folder.run(args).expect(0)))
        .collect();
    let mut refused = 0;
    for path in files_in(&folder.path("index/segments-1")) {
        let whole = fs::read(&path).unwrap();
        for part in 1..4 {
            let mut changed = whole.clone();
            changed[whole.len() * part / 4] ^= 0x10;
            fs::write(&path, &changed).unwrap();
            for (args, right) in QUESTIONS.iter().zip(&right) {
                let run = folder.run(args);
                assert!(!run.err.contains("panicked"), "{}", run.err);
                if run.code == 2 {
                    assert!(
                        run.err.contains("damaged") && run.err.contains("\nhint: "),
                        "{}",
                        run.err
                    );
                    refused += 1;
                } else {
                    assert_eq!(&answer(&run.expect(0)), right, "{} changed", path.display());
                }
            }
            let check = folder.run(&["check"]);
            let is_list = path.ends_with("meta.json");
            assert!(check.code == 2 || is_list, "{} changed: {}", path.display(), check.out);
        }
        fs::write(&path, whole).unwrap();
    }
    assert!(refused >= 30, "{refused}");
    folder.run(&["check"]).expect(0);
}

#[test]
fn every_file_of_an_index_has_the_permissions_of_the_others() {
    let folder = indexed();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    let header = mode(&folder.path("index/index.json"));
    let hidden = [folder.path("index/segments-1/.managed.json")];
    for path in names(&folder).iter().chain(&hidden).filter(|path| path.is_file()) {
        assert_eq!(mode(path), header, "{}", path.display());
    }
}

/// Runs `vankien index` where no file may be larger than `kilobytes`, which fails as a full disk does.
fn run_with_limit(folder: &Folder, kilobytes: u64, args: &str) -> Run {
    let script = format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" index {args}");
    let program = env!("CARGO_BIN_EXE_vankien");
    let mut command = Command::new("bash");
    command.args(["-c", &script, program]).current_dir(folder.path("."));
    Run::of(&[args], command.env_remove("VANKIEN_INDEX").output().unwrap())
}

#[test]
fn a_full_disk_leaves_the_index_and_nothing_else() {
    let folder = Folder::with_seeds();
    folder.write("one/a.txt", "Đảng ủy lãnh đạo công tác kiểm tra, giám sát.\n");
    folder.run(&["index", "--quiet", "one"]).expect(0);
    let before = names(&folder);
    let mut failed = std::collections::BTreeSet::new();
    for kilobytes in [20, 200, 400, 600, 700, 800] {
        for args in ["--quiet seeds", "--quiet --rebuild seeds"] {
            let run = run_with_limit(&folder, kilobytes, args);
            if run.code == 0 || run.err.contains("its new state") {
                continue;
            }
            let run = run.expect(2);
            assert!(
                run.err.contains("\nhint: free some space"),
                "{kilobytes} {args}: {}",
                run.err
            );
            assert_eq!(names(&folder), before, "{kilobytes} {args}");
            failed.insert(
                run.err
                    .lines()
                    .next()
                    .unwrap()
                    .split('\'')
                    .nth(1)
                    .unwrap()
                    .split('-')
                    .next()
                    .unwrap()
                    .to_owned(),
            );
            assert_eq!(folder.run(&["search", "-c", "giám sát"]).expect(0).out, "1\n");
        }
    }
    assert!(!failed.is_empty());
    folder.run(&["check"]).expect(0);
}

#[test]
fn a_state_that_is_committed_but_not_tidied_up_is_reported_as_such() {
    let folder = Folder::new();
    // Words that do not repeat, so that an index of two documents has about twice the bytes of one.
    let document = |from: u32| -> String {
        let words = (from..from + 4000).map(|number| format!("{}a", number.wrapping_mul(2_654_435_761)));
        words.collect::<Vec<_>>().join(" ")
    };
    folder.write("docs/a.txt", format!("Đảng ủy một {}\n", document(0)));
    folder.run(&["index", "--quiet", "docs"]).expect(0);
    let largest = files_in(&folder.path("index/segments-1"));
    let largest = largest
        .iter()
        .map(|path| fs::metadata(path).unwrap().len())
        .max()
        .unwrap();
    folder.write("docs/b.txt", format!("Đảng ủy hai {}\n", document(5000)));
    let run = run_with_limit(&folder, largest * 3 / 2 / 1024, "--quiet docs").expect(2);
    assert!(run.err.contains("the index has its new state, whole"), "{}", run.err);
    assert_eq!(folder.run(&["search", "-l", "hai"]).expect(0).out.lines().count(), 1);
    folder.run(&["check"]).expect(0);
    folder.run(&["index", "--quiet", "docs"]).expect(0);
    folder.run(&["check"]).expect(0);
}

#[test]
fn what_killed_builds_left_is_removed_by_the_next_run() {
    let folder = indexed();
    let before = names(&folder);
    for name in [
        "parsed-7",
        "learnt-7",
        "manifest-7",
        "roots-7",
        "spool",
        "index.json.new",
    ] {
        folder.write(&format!("index/{name}"), "left");
    }
    folder.write("index/segments-7/0123.idx", "left");
    folder.write("index/segments-1/0123456789abcdef0123456789abcdef.idx", "left");
    folder.run(&["index", "--quiet"]).expect(0);
    assert_eq!(names(&folder), before);
    folder.run(&["check"]).expect(0);
    // Also where the first build did not come to its end.
    fs::remove_file(folder.path("index/index.json")).unwrap();
    folder.run(&["index", "--quiet", "missing"]).expect(2);
    folder.run(&["index", "--quiet", "seeds"]).expect(0);
    folder.run(&["check"]).expect(0);
}

#[test]
fn control_characters_of_names_never_reach_a_terminal() {
    let folder = Folder::with_seeds();
    let name = "x\u{1b}]0;owned\u{7}\u{1b}[31m";
    folder.write(&format!("{name}.txt"), [0xff]);
    let file = format!("{name}.txt");
    let flag = format!("--{name}");
    for args in [
        vec!["index", file.as_str()],
        vec!["index", name],
        vec!["--index", name, "index", "seeds"],
        vec!["--index", name, "check"],
        vec!["--index", name, "search", "đảng"],
        vec!["search", flag.as_str()],
        vec!["remove", name],
        vec!["show", name],
        vec!["precedent", "--file", file.as_str()],
    ] {
        let run = folder.run(&args);
        for text in [&run.out, &run.err] {
            let found = text.chars().find(|c| c.is_control() && *c != '\n');
            assert_eq!(found, None, "{args:?}: {text}");
        }
    }
}
