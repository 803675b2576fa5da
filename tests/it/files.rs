//! The file of a document on the command line: its path, and the program that opens it.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::program::{Folder, Run};

/// A note that says so.
const PLAN: &str = "KẾ HOẠCH\n\nthực hiện Nghị quyết số 11-NQ/TW ngày 22/12/2024 của Bộ Chính trị.\n";

/// An indexed folder with a text whose name looks like an option, and an archive with one member.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("seeds/-rf $(touch x).txt", PLAN);
    let mut writer = ZipWriter::new(File::create(folder.path("seeds/thu.zip")).unwrap());
    writer
        .start_file("Kế hoạch/mot.txt", SimpleFileOptions::default())
        .unwrap();
    writer.write_all(PLAN.replace("11", "22").as_bytes()).unwrap();
    writer.finish().unwrap();
    folder.run(&["index", "-q"]).expect(0);
    folder
}

/// A program that writes its arguments and what the file holds into `seen`.
fn opener(folder: &Folder) -> String {
    let seen = folder.path("seen");
    let script = format!(
        "#!/bin/sh\nprintf '%s\\n' \"$#\" \"$1\" > '{0}'\ncat \"$1\" >> '{0}'\n",
        seen.display()
    );
    let path = folder.write("opener", script);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Runs the program with `variable` as the one that opens files.
fn run_with(folder: &Folder, variable: &str, args: &[&str]) -> Run {
    let output = folder.command(args).env("VANKIEN_OPENER", variable).output();
    Run::of(args, output.unwrap())
}

#[test]
fn the_path_of_a_file_is_printed_alone() {
    let folder = folder();
    let path = |args: &[&str]| folder.run(args).expect(0).out;
    assert_eq!(path(&["show", "--path", "mot"]), "seeds/thu.zip/Kế hoạch/mot.txt\n");
    assert_eq!(path(&["show", "--path", "mot:3"]), "seeds/thu.zip/Kế hoạch/mot.txt\n");
    assert_eq!(path(&["show", "--path", "--", "-rf"]), "seeds/-rf $(touch x).txt\n");
    // From another folder the path of the index leads nowhere.
    let args = ["show", "--path", "mot", "--index", "../index"];
    let output = folder
        .command(&args)
        .current_dir(folder.path("seeds"))
        .output()
        .unwrap();
    let elsewhere = Run::of(&args, output).expect(0).out;
    assert!(elsewhere.starts_with('/'), "{elsewhere}");
    assert!(elsewhere.ends_with("/seeds/thu.zip/Kế hoạch/mot.txt\n"), "{elsewhere}");
    let unknown = folder.run(&["show", "--path", "none"]).expect(2);
    assert_eq!(unknown.err, folder.run(&["show", "none"]).expect(2).err);
    folder.run(&["show", "--path", "--json", "mot"]).expect(2);
}

#[test]
fn a_file_is_opened_by_its_absolute_path_and_no_shell() {
    let folder = folder();
    let opener = opener(&folder);
    let run = run_with(&folder, &opener, &["open", "--", "-rf:3"]).expect(0);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
    let seen = fs::read_to_string(folder.path("seen")).unwrap();
    let (arguments, content) = seen.split_at(seen.len() - PLAN.len());
    assert_eq!(content, PLAN);
    let location = fs::canonicalize(folder.path("seeds"))
        .unwrap()
        .join("-rf $(touch x).txt");
    assert_eq!(arguments, format!("1\n{}\n", location.display()));
    assert!(!folder.path("x").exists());
    // The flag wins over the variable.
    folder.run(&["open", "mot", "--with", "true"]).expect(0);
    run_with(&folder, "false", &["open", "mot", "--with", "true"]).expect(0);
}

#[test]
fn a_member_of_an_archive_is_unpacked_for_this_user_alone() {
    let folder = folder();
    let opener = opener(&folder);
    let run = run_with(&folder, &opener, &["open", "mot"]).expect(0);
    let seen = fs::read_to_string(folder.path("seen")).unwrap();
    let mut lines = seen.splitn(3, '\n');
    let unpacked = std::path::PathBuf::from(lines.nth(1).unwrap());
    assert_eq!(lines.next().unwrap(), PLAN.replace("11", "22"));
    assert!(run.err.contains(unpacked.to_str().unwrap()), "{}", run.err);
    assert_eq!(unpacked.file_name().unwrap(), "mot.txt");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&unpacked), mode(unpacked.parent().unwrap())), (0o400, 0o700));
    fs::remove_dir_all(unpacked.parent().unwrap()).unwrap();
}

#[test]
fn what_cannot_be_opened_is_told_with_what_to_do() {
    let folder = folder();
    let run = run_with(&folder, "vankien-no-such-program", &["open", "--", "-rf"]).expect(2);
    assert_eq!(run.out, "seeds/-rf $(touch x).txt\n");
    assert!(run.err.contains("cannot run 'vankien-no-such-program'"), "{}", run.err);
    assert!(run.err.contains("hint: name a program"), "{}", run.err);
    let run = run_with(&folder, "false", &["open", "--", "-rf"]).expect(2);
    assert!(
        run.err.contains("'false' could not open it: exit status: 1"),
        "{}",
        run.err
    );
    let unknown = run_with(&folder, "true", &["open", "none"]).expect(2);
    assert_eq!(unknown.err, folder.run(&["show", "none"]).expect(2).err);
    fs::write(folder.path("seeds/-rf $(touch x).txt"), "KẾ HOẠCH KHÁC\n").unwrap();
    let run = run_with(&folder, "true", &["open", "--", "-rf"]).expect(2);
    assert!(run.err.contains(".txt' changed since it was indexed"), "{}", run.err);
    assert!(
        run.err.contains("hint: bring the index up to date: `vankien index`"),
        "{}",
        run.err
    );
    fs::remove_file(folder.path("seeds/thu.zip")).unwrap();
    let run = run_with(&folder, "true", &["open", "mot"]).expect(2);
    assert!(run.err.contains("mot.txt' is gone since it was indexed"), "{}", run.err);
}
