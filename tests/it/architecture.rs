//! The architecture that `src/lib.rs` describes, held against the code.
//!
//! Every source file is parsed whole; only items under `#[cfg(test)]` are left out, because the tests of a
//! module may use any other. A path counts wherever it stands: in a `use`, in code, and in the tokens of a
//! macro or an attribute. A re-exported name counts as used from the file that defines it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// A path of Rust, such as `["crate", "text", "Span"]`.
type Segments = Vec<String>;

/// The imports and exports of one source file.
#[derive(Default)]
struct Source {
    /// Path in the repository: `src/text/fold.rs`.
    path: PathBuf,
    /// Module path without `crate`: `["text", "fold"]`.
    module: Segments,
    /// Paths of two segments and more that shipped code uses, as written.
    uses: BTreeSet<Segments>,
    /// Names that a `use` brings into scope, with the path they come from.
    imported: HashMap<String, Segments>,
    /// Those of them that it hands on, because it is a `pub use`.
    reexports: HashMap<String, Segments>,
    /// Submodules that only tests have.
    test_modules: BTreeSet<String>,
}

impl Source {
    /// Parses the source file at `path`.
    fn read(path: &Path) -> Self {
        let code = fs::read_to_string(path).unwrap();
        let tree = syn::parse_file(&code).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut source = Self {
            path: path.to_owned(),
            module: module_of(path),
            ..Self::default()
        };
        source.visit_file(&tree);
        source
    }

    /// Reads the paths in the tokens of a macro or an attribute.
    fn scan(&mut self, tokens: TokenStream) {
        let mut path = Segments::new();
        // Colons since the last identifier: two of them join it with the next.
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.note(std::mem::take(&mut path));
                    }
                    path.push(name.to_string());
                    colons = 0;
                }
                TokenTree::Punct(sign) if sign.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    self.note(std::mem::take(&mut path));
                    self.scan(group.stream());
                }
                _ => self.note(std::mem::take(&mut path)),
            }
        }
        self.note(path);
    }

    fn note(&mut self, path: Segments) {
        if path.len() > 1 {
            self.uses.insert(path);
        }
    }

    /// Reads the paths of a `use`, each behind `prefix`.
    fn read_use(&mut self, tree: &syn::UseTree, prefix: &[String], is_public: bool) {
        let behind = |name: &syn::Ident| [prefix, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.read_use(&path.tree, &behind(&path.ident), is_public),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.read_use(tree, prefix, is_public);
                }
            }
            syn::UseTree::Glob(_) => self.note(prefix.to_vec()),
            syn::UseTree::Name(name) if name.ident == "self" => {
                let module = prefix.last().cloned().unwrap_or_default();
                self.import(prefix.to_vec(), module, is_public);
            }
            syn::UseTree::Name(name) => self.import(behind(&name.ident), name.ident.to_string(), is_public),
            syn::UseTree::Rename(rename) => self.import(behind(&rename.ident), rename.rename.to_string(), is_public),
        }
    }

    fn import(&mut self, path: Segments, name: String, is_public: bool) {
        self.imported.insert(name.clone(), path.clone());
        if is_public {
            self.reexports.insert(name, path);
        } else {
            self.note(path);
        }
    }
}

impl<'ast> Visit<'ast> for Source {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !is_for_tests(attributes_of(item)) {
            visit::visit_item(self, item);
        } else if let syn::Item::Mod(module) = item {
            self.test_modules.insert(module.ident.to_string());
        }
    }

    fn visit_impl_item(&mut self, item: &'ast syn::ImplItem) {
        let is_test = matches!(item, syn::ImplItem::Fn(function) if is_for_tests(&function.attrs));
        if !is_test {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let is_public = !matches!(item.vis, syn::Visibility::Inherited);
        self.read_use(&item.tree, &[], is_public);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.note(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, found: &'ast syn::Macro) {
        self.scan(found.tokens.clone());
        visit::visit_macro(self, found);
    }

    fn visit_meta_list(&mut self, found: &'ast syn::MetaList) {
        self.scan(found.tokens.clone());
    }
}

/// Returns the attributes of the kinds of items that the code puts behind `#[cfg(test)]`.
fn attributes_of(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Static(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Enum(item) => &item.attrs,
        _ => &[],
    }
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let syn::Meta::List(list) = &attribute.meta else {
            return false;
        };
        list.path.is_ident("cfg") && list.tokens.to_string() == "test"
    })
}

/// Returns the module path of a source file: `["text", "fold"]` for `src/text/fold.rs`, `["text"]` for
/// `src/text/mod.rs`, nothing for `src/lib.rs`.
fn module_of(path: &Path) -> Segments {
    let inner = path.strip_prefix("src").unwrap().with_extension("");
    let mut module: Segments = inner.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
    if matches!(module.last().map(String::as_str), Some("mod" | "lib")) {
        module.pop();
    }
    module
}

/// The shipped source files of the library and its programs.
struct Sources {
    files: Vec<Source>,
    /// Index in `files` of each module.
    by_module: HashMap<Segments, usize>,
}

impl Sources {
    /// Parses all files below `src`.
    fn read() -> Self {
        let mut paths = Vec::new();
        collect(Path::new("src"), &mut paths);
        paths.sort();
        let mut files: Vec<Source> = paths.iter().map(|path| Source::read(path)).collect();
        let tests: BTreeSet<Segments> = files
            .iter()
            .flat_map(|file| {
                let modules = file.test_modules.iter();
                modules.map(|module| [&file.module[..], std::slice::from_ref(module)].concat())
            })
            .collect();
        files.retain(|file| !tests.iter().any(|test| file.module.starts_with(test)));
        assert!(files.len() > 100, "only {} source files found", files.len());
        let by_module = (0..files.len())
            .map(|index| (files[index].module.clone(), index))
            .collect();
        Self { files, by_module }
    }

    /// Returns the path that `path` is when it is written in `file`, from the root of the crate and without
    /// `crate`; `None` for a path into another crate.
    fn absolute(&self, file: &Source, path: &[String]) -> Option<Segments> {
        let (first, rest) = path.split_first()?;
        let join = |module: &[String]| Some([module, rest].concat());
        match first.as_str() {
            "crate" => join(&[]),
            "self" => join(&file.module),
            "super" => {
                let levels = path.iter().take_while(|segment| *segment == "super").count();
                let outer = file.module.len().checked_sub(levels)?;
                Some([&file.module[..outer], &path[levels..]].concat())
            }
            name => {
                let child = [&file.module[..], std::slice::from_ref(first)].concat();
                if self.by_module.contains_key(&child) {
                    return join(&child);
                }
                // `parts::text::cut` after `use super::parts`.
                let imported = file.imported.get(name).filter(|from| from[0] != *name)?;
                join(&self.absolute(file, imported)?)
            }
        }
    }

    /// Returns the file that defines what the absolute `path` names, whatever re-exports lie between.
    fn definition(&self, path: &[String]) -> Option<usize> {
        let depth = (0..=path.len())
            .rev()
            .find(|&depth| self.by_module.contains_key(&path[..depth]))?;
        let file = self.by_module[&path[..depth]];
        let reexported = path.get(depth).and_then(|name| self.files[file].reexports.get(name));
        match reexported.and_then(|from| self.absolute(&self.files[file], from)) {
            Some(from) if from != path => self.definition(&from),
            _ => Some(file),
        }
    }

    /// Returns the imports of each file: indices of other files, with the paths that need them. What a file
    /// merely hands on from its own submodules is no import.
    fn imports(&self) -> Vec<BTreeMap<usize, BTreeSet<String>>> {
        let imports_of = |(index, file): (usize, &Source)| {
            let handed_on = file.reexports.values().filter(|path| {
                let from = self.absolute(file, path);
                from.is_some_and(|from| !from.starts_with(&file.module))
            });
            let mut imports: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
            for path in file.uses.iter().chain(handed_on) {
                let defined = self.absolute(file, path).and_then(|path| self.definition(&path));
                if let Some(other) = defined.filter(|&other| other != index) {
                    imports.entry(other).or_default().insert(path.join("::"));
                }
            }
            imports
        };
        self.files.iter().enumerate().map(imports_of).collect()
    }
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// Returns the modules in the order in which `lib.rs` declares them.
fn layers() -> Vec<String> {
    let lib = fs::read_to_string("src/lib.rs").unwrap();
    let modules = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    modules.map(str::to_owned).collect()
}

#[test]
fn modules_use_only_lower_layers() {
    let layers = layers();
    assert!(layers.len() > 10, "no modules found in src/lib.rs");
    let layer_of = |module: &[String]| layers.iter().position(|name| Some(name) == module.first());
    let sources = Sources::read();
    let mut uses = 0;
    let mut offences = Vec::new();
    for file in &sources.files {
        let Some(layer) = layer_of(&file.module) else { continue };
        for path in file.uses.iter().chain(file.reexports.values()) {
            let Some(other) = sources.absolute(file, path).and_then(|path| layer_of(&path)) else {
                continue;
            };
            uses += usize::from(other != layer);
            if other > layer {
                offences.push(format!("{} uses {}", file.path.display(), path.join("::")));
            }
        }
    }
    assert!(uses > 300, "only {uses} uses of other modules found");
    assert!(offences.is_empty(), "upward uses:\n{}", offences.join("\n"));
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let sources = Sources::read();
    let imports = sources.imports();
    let reachable: Vec<BTreeSet<usize>> = (0..imports.len())
        .map(|start| {
            let mut seen = BTreeSet::new();
            let mut todo: Vec<usize> = imports[start].keys().copied().collect();
            while let Some(file) = todo.pop() {
                if seen.insert(file) {
                    todo.extend(imports[file].keys());
                }
            }
            seen
        })
        .collect();
    let mut ties = Vec::new();
    for (file, imports) in imports.iter().enumerate() {
        for (other, paths) in imports {
            if reachable[*other].contains(&file) {
                let (from, to) = (sources.files[file].path.display(), sources.files[*other].path.display());
                ties.push(format!(
                    "{from} -> {to}: {}",
                    paths.iter().cloned().collect::<Vec<_>>().join(", ")
                ));
            }
        }
    }
    assert!(ties.is_empty(), "circles of files, tied by\n{}", ties.join("\n"));
}

/// Other crates and parts of the standard library, with the only places that may use them: modules, and files
/// of the programs. Everything that `src/lib.rs` promises about them stands here.
const ONLY_IN: &[(&[&str], &[&str])] = &[
    (&["tantivy"], &["index", "search"]),
    (&["axum"], &["http"]),
    (&["ureq"], &["index"]),
    (&["tokio"], &["http", "mcp", "cli"]),
    (&["hyper"], &["http"]),
    (&["maud"], &["http"]),
    (&["clap"], &["cli", "bin"]),
    (&["clap_complete"], &["cli"]),
    (&["anyhow"], &["cli", "bin"]),
    (&["std", "env"], &["corpus", "cli", "main", "bin", "build"]),
    (&["std", "process"], &["corpus", "cli", "main", "bin", "build"]),
    (&["std", "net"], &["http", "cli"]),
    (&["std", "fs"], &["corpus", "index", "http", "cli", "bin"]),
    (
        &["std", "io"],
        &[
            "guarded", "corpus", "index", "render", "http", "mcp", "cli", "main", "bin",
        ],
    ),
    (&["std", "thread"], &["guarded", "corpus", "index", "precedent", "http"]),
    (
        &["std", "time"],
        &[
            "stop",
            "corpus",
            "index",
            "search",
            "precedent",
            "render",
            "http",
            "cli",
        ],
    ),
];

#[test]
fn other_crates_and_the_outside_world_stay_where_lib_says() {
    let sources = Sources::read();
    let mut offences = Vec::new();
    let mut seen = BTreeSet::new();
    for file in &sources.files {
        let place = file.module.first().map_or("", String::as_str);
        for path in file.uses.iter().chain(file.reexports.values()) {
            for (name, places) in ONLY_IN {
                let is_used = path.iter().zip(*name).filter(|(one, other)| one == *other).count() == name.len();
                if is_used {
                    seen.insert(*name);
                    if !places.contains(&place) {
                        offences.push(format!("{} uses {}", file.path.display(), path.join("::")));
                    }
                }
            }
        }
    }
    assert!(
        offences.is_empty(),
        "used where it should not be:\n{}",
        offences.join("\n")
    );
    let unseen: Vec<String> = ONLY_IN
        .iter()
        .filter(|(name, _)| !seen.contains(name))
        .map(|(name, _)| name.join("::"))
        .collect();
    assert!(
        unseen.is_empty(),
        "rules about what nothing uses: {}",
        unseen.join(", ")
    );
}

#[test]
fn the_places_where_to_change_what_exist() {
    let lib = fs::read_to_string("src/lib.rs").unwrap();
    let rows = lib
        .lines()
        .filter_map(|line| line.strip_prefix("//! | ")?.rsplit_once(" | "));
    let mut places = 0;
    for (_, cell) in rows {
        // A file without a folder is beside the one before: `query/parse.rs`, `lex.rs`.
        let mut folder = PathBuf::new();
        for name in cell.split('`').skip(1).step_by(2) {
            let meant = [PathBuf::from(name), Path::new("src").join(name), folder.join(name)];
            let Some(path) = meant.iter().find(|path| path.exists()) else {
                panic!("src/lib.rs names `{name}`, which does not exist");
            };
            folder = path.parent().unwrap().to_owned();
            places += 1;
        }
    }
    assert!(places > 30, "only {places} places found in src/lib.rs");
}
