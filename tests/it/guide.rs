//! The guide: its commands work and print what it shows, its queries find something, its links lead somewhere, and
//! `vankien help` shows it.

use std::collections::BTreeSet;

use vankien::guide::{TOPICS, Topic};
use vankien::render::language::Lang;

use super::help::run_line;
use super::http::Service;
use super::program::{Folder, Run};

/// The longest line, in chars. Rows of tables and lines in blocks cannot be broken.
const MAX_CHARS: usize = 120;

/// A block between fences: what its first fence says, and its lines.
struct Block {
    info: &'static str,
    lines: Vec<&'static str>,
}

/// A command, with the output that is shown.
struct Shown {
    line: String,
    output: Vec<&'static str>,
}

/// Returns the blocks of a topic, and the lines outside of them.
fn split(topic: &Topic) -> (Vec<Block>, Vec<&'static str>) {
    let (mut blocks, mut prose) = (Vec::new(), Vec::new());
    let mut open: Option<Block> = None;
    for line in topic.text.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(info), None) => {
                open = Some(Block {
                    info,
                    lines: Vec::new(),
                });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some(block)) => block.lines.push(line),
            (None, None) => prose.push(line),
        }
    }
    assert!(open.is_none(), "{}: a block has no end", topic.name);
    (blocks, prose)
}

/// Returns the commands of a block of a console.
fn commands(block: &Block) -> Vec<Shown> {
    let mut commands: Vec<Shown> = Vec::new();
    for line in &block.lines {
        match (line.strip_prefix("$ "), commands.last_mut()) {
            (Some(command), _) => commands.push(Shown {
                line: command.to_owned(),
                output: Vec::new(),
            }),
            (None, Some(command)) if command.line.ends_with('\\') => {
                command.line.pop();
                command.line.push_str(line.trim_start());
            }
            (None, Some(command)) => command.output.push(line),
            (None, None) => panic!("a block begins with output: {line}"),
        }
    }
    commands
}

/// Runs a command of the guide as a reader of this language does.
fn run(folder: &Folder, lang: Lang, line: &str) -> Run {
    let locale = if lang == Lang::Vi { "vi_VN.UTF-8" } else { "C" };
    run_line(
        folder,
        &format!("unset LC_ALL LC_MESSAGES COLUMNS; export LANG={locale}; {line}"),
    )
}

/// Returns true if the output is what is shown of it: `…` alone stands for any lines, at an end for the rest of a line.
fn is_as_shown(shown: &[&str], output: &[&str]) -> bool {
    match shown.split_first() {
        None => output.is_empty(),
        Some((&"…", rest)) => (0..=output.len()).any(|skipped| is_as_shown(rest, &output[skipped..])),
        Some((line, rest)) => output.split_first().is_some_and(|(first, others)| {
            let is_same = line
                .strip_suffix('…')
                .map_or(line == first, |part| first.starts_with(part));
            is_same && is_as_shown(rest, others)
        }),
    }
}

/// Runs the commands of all topics in a language; returns how many there are.
fn try_all(lang: Lang) -> usize {
    let folder = Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    let mut topics: Vec<&Topic> = TOPICS.iter().filter(|topic| topic.lang == lang).collect();
    // Its commands change the index.
    topics.sort_by_key(|topic| topic.name == "indexing");
    topics.into_iter().map(|topic| try_commands(&folder, topic)).sum()
}

/// Runs the commands of a topic, and compares what they print.
fn try_commands(folder: &Folder, topic: &Topic) -> usize {
    let (blocks, _) = split(topic);
    let mut count = 0;
    for block in blocks.iter().filter(|block| block.info.starts_with("console")) {
        let is_elsewhere = block.info == "console elsewhere";
        for Shown { line, output } in commands(block) {
            let command = line.split(" # ").next().unwrap().trim_end();
            if is_elsewhere || command.starts_with("vankien serve") {
                if command.starts_with("vankien serve") && !command.contains("--api-keys") {
                    // The flags are understood; a key to hash ends the service before it begins.
                    run(
                        folder,
                        topic.lang,
                        &format!("echo 0123456789abcdef0123 | {command} --hash-key an"),
                    )
                    .expect(0);
                } else if command.starts_with("vankien ") {
                    let run = run(folder, topic.lang, command);
                    assert!(
                        !run.err.contains("Usage:"),
                        "`{command}` is not understood:\n{}",
                        run.err
                    );
                }
                continue;
            }
            let code = line.rsplit_once("# exit ").map_or(0, |(_, code)| code.parse().unwrap());
            let run = run(folder, topic.lang, command).expect(code);
            let printed: Vec<&str> = run.out.trim_matches('\n').lines().collect();
            let shown = output
                .iter()
                .rposition(|line| !line.is_empty())
                .map_or(0, |last| last + 1);
            assert!(
                shown == 0 || is_as_shown(&output[..shown], &printed),
                "{}: `{command}` prints\n{}",
                topic.name,
                run.out
            );
            count += 1;
        }
    }
    count
}

#[test]
fn the_commands_of_the_vietnamese_topics_work() {
    assert!(try_all(Lang::Vi) > 20);
}

#[test]
fn the_commands_of_the_english_topics_work() {
    assert!(try_all(Lang::En) > 30);
}

#[test]
fn the_queries_find_something() {
    let folder = Folder::with_seeds();
    folder.run(&["index", "--quiet"]).expect(0);
    let mut count = 0;
    for topic in TOPICS {
        for block in split(topic).0.iter().filter(|block| block.info == "query") {
            for query in &block.lines {
                folder.run(&["search", query, "-c"]).expect(0);
                count += 1;
            }
        }
    }
    assert!(count > 15, "{count} queries");
}

#[test]
fn the_links_lead_somewhere() {
    let service = Service::new();
    for topic in TOPICS {
        let (_, prose) = split(topic);
        let definition = |line: &&'static str| line.strip_prefix('[')?.split_once("]: ");
        let defined: Vec<(&str, &str)> = prose.iter().filter_map(definition).collect();
        for (name, target) in &defined {
            match target.strip_suffix(".md") {
                Some(other) => assert!(Topic::find(other).is_some(), "{}: {target}", topic.name),
                None => drop(service.get(&target.replace("/TW", "%2FTW")).expect(200)),
            }
            assert!(
                topic.text.contains(&format!("][{name}]")),
                "{}: nothing links to {name}",
                topic.name
            );
        }
        let used = topic.text.split("][").skip(1).filter_map(|rest| rest.split(']').next());
        let used: BTreeSet<&str> = used.filter(|name| !name.contains([' ', '`'])).collect();
        let names: BTreeSet<&str> = defined.iter().map(|(name, _)| *name).collect();
        assert_eq!(used, names, "{}", topic.name);
        service.get(&format!("/help/{}", topic.name)).expect(200);
    }
}

#[test]
fn the_texts_are_laid_out_for_readers() {
    for topic in TOPICS {
        let (blocks, prose) = split(topic);
        for line in prose.iter().filter(|line| !line.starts_with('|')) {
            assert!(line.chars().count() <= MAX_CHARS, "{}: {line}", topic.name);
        }
        let known = ["console", "console elsewhere", "query", "json", "ini", "nginx", "text"];
        for block in blocks {
            assert!(
                known.contains(&block.info),
                "{}: a block of `{}`",
                topic.name,
                block.info
            );
        }
        // Columns that are aligned would need styles, which the pages forbid; a head without words tells nothing.
        let rows = prose.iter().filter(|line| line.starts_with('|'));
        let odd = rows.filter(|row| row.contains(":-") || row.contains("-:") || row.starts_with("| |"));
        assert_eq!(odd.count(), 0, "{}", topic.name);
    }
}

#[test]
fn help_shows_topics_and_commands() {
    let folder = Folder::new();
    let queries = folder.run(&["help", "queries"]).expect(0).out;
    assert!(queries.starts_with("Queries, filters and tables\n\n"), "{queries}");
    let vietnamese = folder.run(&["help", "tra-cuu"]).expect(0).out;
    assert!(vietnamese.starts_with("Tra cứu\n\n"), "{vietnamese}");
    assert_eq!(
        folder.run(&["help", "queries", "--lang", "vi"]).expect(0).out,
        vietnamese
    );
    assert_eq!(folder.run(&["help", "Tra-Cuu", "--lang", "en"]).expect(0).out, queries);
    assert!(queries.lines().all(|line| line.chars().count() <= 110), "wrapped");
    let search = folder.run(&["search", "--help"]).expect(0).out;
    assert_eq!(folder.run(&["help", "search"]).expect(0).out, search);
    let list = folder.run(&["help"]).expect(0).out;
    assert_eq!(list, folder.run(&["--help"]).expect(0).out);
    for topic in TOPICS.iter().filter(|topic| topic.lang == Lang::En) {
        assert!(list.contains(&format!("\n  {} ", topic.name)), "{list}");
    }
    let unknown = folder.run(&["help", "querys"]).expect(2);
    assert!(unknown.err.contains("did you mean 'queries'?"), "{}", unknown.err);
    assert!(
        folder
            .run(&["help", "zzz"])
            .expect(2)
            .err
            .contains("`vankien help` lists them")
    );
}
