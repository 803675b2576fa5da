//! The file that wins, and the messages for a file that is wrong.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use super::places::Place;
use super::*;
use crate::cli::program;

/// Returns the configuration of these files, nearest first: `true` for those beside an index, and their text.
fn config(folder: &Path, files: &[(bool, &str)]) -> Result<Config, ConfigError> {
    let files = files.iter().enumerate().map(|(number, (is_beside, text))| {
        let path = folder.join(format!("{number}.toml"));
        fs::write(&path, text).unwrap();
        let place = if *is_beside {
            Place::Beside(path)
        } else {
            Place::User(path)
        };
        ConfigFile::read(place, &program())
    });
    Ok(Config {
        files: files.collect::<Result<_, _>>()?,
        index_is_named: false,
    })
}

/// Returns the values that hold for a flag, and the number of the file that says so.
fn value(config: &Config, command: Option<&str>, flag: &str) -> Option<(Vec<String>, String)> {
    let (setting, file) = config.value(command, flag)?;
    let name = file.place.path().file_stem()?.to_string_lossy().into_owned();
    Some((setting.values.clone(), name))
}

#[test]
fn the_nearest_file_wins_and_in_it_the_table_of_the_command() {
    let folder = tempfile::tempdir().unwrap();
    let config = config(
        folder.path(),
        &[
            (true, "limit = 5\n[cite]\nlimit = 7\n"),
            (
                false,
                "lang = \"vi\"\n[search]\nlimit = 9\nfacets = [\"term\", \"kind\"]\n",
            ),
        ],
    )
    .unwrap();
    let one = |value: &str, file: &str| Some((vec![value.to_owned()], file.to_owned()));
    assert_eq!(value(&config, Some("search"), "limit"), one("5", "0"));
    assert_eq!(value(&config, Some("cite"), "limit"), one("7", "0"));
    assert_eq!(value(&config, None, "lang"), one("vi", "1"));
    assert_eq!(config.lang(), Some(Lang::Vi));
    let facets = value(&config, Some("search"), "facets").unwrap().0;
    assert_eq!(facets, ["term", "kind"]);
    assert_eq!(value(&config, Some("serve"), "listen"), None);
}

#[test]
fn a_key_is_sent_to_no_engine_of_another_file() {
    let folder = tempfile::tempdir().unwrap();
    let theirs = (true, "engine = \"https://theirs.example:9200/x\"\n");
    let own = (
        false,
        "engine = \"https://own.example:9200/x\"\nengine-key-file = \"key\"\n",
    );
    let mixed = config(folder.path(), &[theirs, own]).unwrap();
    assert_eq!(value(&mixed, None, "engine").unwrap().1, "0");
    assert_eq!(value(&mixed, None, "engine-key-file"), None);
    let alone = config(folder.path(), &[(true, "lang = \"en\""), own]).unwrap();
    let key = folder.path().join("key").to_string_lossy().into_owned();
    assert_eq!(
        value(&alone, None, "engine-key-file"),
        Some((vec![key], "1".to_owned()))
    );
    // Named by hand, an engine gets the user's key, and not one that lies beside documents.
    let beside = config(folder.path(), &[(true, "engine-key-file = \"theirs\"")]).unwrap();
    assert_eq!(value(&beside, None, "engine-key-file"), None);
    let users = config(folder.path(), &[(false, "engine-key-file = \"mine\"")]).unwrap();
    assert!(value(&users, None, "engine-key-file").is_some());
}

#[test]
fn a_nearer_folder_takes_the_place_of_an_engine() {
    let folder = tempfile::tempdir().unwrap();
    let engine = (false, "engine = \"https://own.example:9200/x\"\n");
    let mut config = config(folder.path(), &[(true, "index = \"here\"\n"), engine]).unwrap();
    assert_eq!(value(&config, None, "engine"), None);
    config.files.remove(0);
    assert!(value(&config, None, "engine").is_some());
    config.index_is_named = true;
    assert_eq!(value(&config, None, "engine"), None, "a flag names a folder");
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    for (text, told) in [
        (
            "lang = \"vi\"\nlimt = 3\n",
            "0.toml:2: there is no key 'limt'; did you mean 'limit'?",
        ),
        (
            "[serch]\nlimit = 3\n",
            "0.toml:1: there is no command 'serch'; did you mean 'search'?",
        ),
        (
            "[search]\nlimit = \"many\"\n",
            "0.toml:2: invalid value 'many' for '--limit <N>'",
        ),
        (
            "color = \"red\"\n",
            "0.toml:1: invalid value 'red' for '--color <WHEN>': it can be auto, always, never",
        ),
        (
            "[index]\nrebuild = true\n",
            "'rebuild' is for one run and cannot be configured",
        ),
        ("[search]\nlang = \"vi\"\n", "put it at the top of the file"),
        ("no-pager = \"yes\"\n", "'no-pager' can be true or false"),
        (
            "limit = { a = 1 }\n",
            "'limit' can be a text, a number, true or false, or a list of texts",
        ),
        ("sort = \"kind\"\n", "invalid value 'kind' for '--sort <ORDER>'"),
        ("[[search]]\n", "'search' can be a value or a table"),
        ("limit = \n", "0.toml:1: "),
        (
            "engine = \"ftp://u:secret@h/x\"\n",
            "0.toml:1: invalid value 'ftp://…@h/x'",
        ),
    ] {
        let error = config(folder.path(), &[(false, text)]).unwrap_err().to_string();
        assert!(error.contains(told), "{text:?}: {error}");
        assert!(!error.contains("secret"), "{error}");
    }
}

#[test]
fn a_configured_value_is_the_default_of_its_flag() {
    let folder = tempfile::tempdir().unwrap();
    let config = config(
        folder.path(),
        &[(
            false,
            "no-pager = true\nregister = \"own.tsv\"\n[serve]\nhost = [\"a.vn\", \"b.vn\"]\nno-files = false\n",
        )],
    )
    .unwrap();
    let parsed = |args: &[&str]| {
        let args = args.iter().map(OsString::from);
        config.applied(program()).try_get_matches_from(args).unwrap()
    };
    let matches = parsed(&["vankien", "serve", "--host", "c.vn"]);
    assert!(matches.get_flag("no_pager"));
    let serve = matches.subcommand_matches("serve").unwrap();
    assert!(!serve.get_flag("no_files"));
    let hosts: Vec<&String> = serve.get_many("host").unwrap().collect();
    assert_eq!(hosts, ["c.vn"], "what is typed takes its place");
    let matches = parsed(&["vankien", "serve"]);
    let serve = matches.subcommand_matches("serve").unwrap();
    assert_eq!(serve.get_many::<String>("host").unwrap().count(), 2);
    let matches = parsed(&["vankien", "proof", "draft.txt"]);
    let register = matches
        .subcommand_matches("proof")
        .unwrap()
        .get_one::<std::path::PathBuf>("register");
    assert_eq!(
        register.unwrap(),
        &folder.path().join("own.tsv"),
        "from the folder of the file"
    );
}

#[test]
fn every_settable_flag_is_one_of_a_command() {
    let program = program();
    let has = |command: &Command, flag: &str| command.get_arguments().any(|arg| arg.get_long() == Some(flag));
    for flag in settable::SETTABLE {
        let is_known = has(&program, flag) || program.get_subcommands().any(|command| has(command, flag));
        assert!(is_known, "{flag}");
    }
    assert!(settable::SETTABLE.is_sorted());
}
