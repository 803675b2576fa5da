//! An index survives what happens to processes: one that is killed, two at once.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use vankien::index::{Index, check};

use super::program::Folder;

/// How often a writer is killed, at moments spread over the time that it takes.
const KILLS: u32 = 24;

/// Writes a folder of documents that all say `word`, some of them typed without marks.
fn write_documents(folder: &Folder, name: &str, word: &str) {
    for number in 0..40 {
        let text = format!("Đảng ủy {word} nghị quyết số {number}-NQ/TU về công tác {word}.\n\n").repeat(20);
        let damaged = number % 16 == 0;
        let text = if damaged { vankien::text::fold(&text) } else { text };
        folder.write(&format!("{name}/{name}-{number}.txt"), text);
    }
}

fn writer(folder: &Folder, name: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vankien"));
    command.args(["index", "-q", name]).current_dir(folder.path(""));
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The words that the documents in the index say, which must be whole.
fn state(folder: &Folder, words: &[&'static str]) -> Option<Vec<&'static str>> {
    let dir = folder.path("index");
    let index = match Index::open(&dir) {
        Ok(index) => index,
        Err(vankien::index::Error::Missing { .. }) => return None,
        Err(error) => panic!("{error}: {:?}", std::error::Error::source(&error)),
    };
    let whole = check(&dir).unwrap();
    assert!(whole.defects.is_empty(), "{:?}", whole.defects);
    let mut said: Vec<&str> = Vec::new();
    for parsed in index.parsed_documents().unwrap() {
        let text = vankien::text::fold(&parsed.unwrap().document.text);
        let mut words = words.iter().filter(|word| text.contains(&vankien::text::fold(word)));
        said.push(words.next().expect("one of the words"));
    }
    assert_eq!(whole.documents, said.len());
    assert_eq!(said.len() % 40, 0, "{said:?}");
    said.sort_unstable();
    said.dedup();
    Some(said)
}

#[test]
fn a_writer_killed_at_any_moment_leaves_the_old_or_the_new_index() {
    const WORDS: [&str; 2] = ["lãnh đạo", "kiểm tra"];
    let folder = Folder::new();
    write_documents(&folder, "a", WORDS[0]);
    let started = Instant::now();
    assert!(writer(&folder, "a").status().unwrap().success());
    let whole_time = started.elapsed();
    assert_eq!(state(&folder, &WORDS), Some(vec![WORDS[0]]));
    let mut changes = 0;
    for kill in 0..KILLS {
        let before = state(&folder, &WORDS).unwrap();
        assert_eq!(before.len(), 1, "a mixture of two states: {before:?}");
        let other = WORDS[usize::from(before[0] == WORDS[0])];
        write_documents(&folder, "a", other);
        let mut running = writer(&folder, "a").spawn().unwrap();
        std::thread::sleep(whole_time * kill / KILLS + Duration::from_micros(500));
        running.kill().unwrap();
        running.wait().unwrap();
        let after = state(&folder, &WORDS).unwrap();
        assert!(after == before || after == [other], "{before:?} to {after:?}");
        changes += u32::from(after != before);
    }
    assert!(changes < KILLS, "no writer was killed in time");
    // What the killed ones left behind does not keep the next from its work.
    for word in WORDS {
        write_documents(&folder, "a", word);
        let done = writer(&folder, "a").stderr(Stdio::piped()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        assert_eq!(state(&folder, &WORDS), Some(vec![word]));
    }
}

#[test]
fn two_writers_at_once_leave_a_whole_index() {
    const WORDS: [&str; 2] = ["lãnh đạo", "kiểm tra"];
    let folder = Folder::new();
    write_documents(&folder, "a", WORDS[0]);
    write_documents(&folder, "b", WORDS[1]);
    let mut running: Vec<_> = ["a", "b", "a", "b"]
        .map(|name| writer(&folder, name).spawn().unwrap())
        .into();
    let done = running
        .iter_mut()
        .filter_map(|writer| writer.wait().ok())
        .filter(|status| status.success())
        .count();
    assert!(done >= 1);
    let before = state(&folder, &WORDS).unwrap();
    for name in ["a", "b"] {
        assert!(writer(&folder, name).status().unwrap().success());
    }
    let after = state(&folder, &WORDS).unwrap();
    assert_eq!(after.len(), 2, "each added to what was there");
    assert!(before.iter().all(|word| after.contains(word)));
}
