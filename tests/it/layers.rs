//! Modules use only lower layers: the order of `pub mod` lines in `src/lib.rs` is the layering.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules in the order in which `lib.rs` declares them.
fn layers() -> Vec<String> {
    let lib = fs::read_to_string("src/lib.rs").unwrap();
    lib.lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// The module that a source file belongs to: `src/text/fold.rs` and `src/text.rs` to `text`.
fn module_of(path: &Path) -> String {
    let inner = path.strip_prefix("src").unwrap();
    let first = inner.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn modules_use_only_lower_layers() {
    let layers = layers();
    assert!(layers.len() > 5, "no modules found in src/lib.rs");
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let mut uses = 0;
    let mut offences = Vec::new();
    for file in files {
        let module = module_of(&file);
        let Some(layer) = layers.iter().position(|name| *name == module) else {
            continue;
        };
        let code = fs::read_to_string(&file).unwrap();
        // What a module's own tests use tells nothing about the module.
        let shipped = code.lines().take_while(|line| !line.starts_with("#[cfg(test)]"));
        for (index, line) in shipped.enumerate() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            for path in line
                .match_indices("crate::")
                .map(|(at, _)| &line[at + "crate::".len()..])
            {
                let used: String = path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if let Some(other) = layers.iter().position(|name| *name == used) {
                    uses += 1;
                    if other > layer {
                        offences.push(format!("{}:{}: {module} uses {used}", file.display(), index + 1));
                    }
                }
            }
        }
    }
    assert!(uses > 20, "the test reads no paths any more");
    assert!(offences.is_empty(), "upward uses:\n{}", offences.join("\n"));
}
