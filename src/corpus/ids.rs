//! Gives each file of a corpus an id.

use std::collections::{HashMap, HashSet};
use std::path::{Component, Path};

/// Returns one id per file: its stem if no other file has it, otherwise preceded by as many folders as distinguish
/// them, and with the extension if that is the only difference.
///
/// `files` are absolute paths, all of one corpus: the ids depend on nothing else, neither on the order of the files nor
/// on the paths by which people named them.
pub(super) fn ids(files: &[&Path]) -> Vec<String> {
    let name = |path: &Path, folders: usize, stem: bool| -> String {
        let last = if stem { path.file_stem() } else { path.file_name() };
        let mut parts: Vec<String> = path
            .parent()
            .into_iter()
            .flat_map(Path::components)
            .filter_map(|part| match part {
                Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
                _ => None,
            })
            .collect();
        let keep = parts.len().saturating_sub(folders);
        parts.drain(..keep);
        parts.push(last.unwrap_or_default().to_string_lossy().into_owned());
        parts.join("/")
    };
    let deepest = files.iter().map(|path| path.components().count()).max().unwrap_or(0);
    let mut ids: Vec<Option<String>> = vec![None; files.len()];
    let mut taken: HashSet<String> = HashSet::new();
    for (stem, folders) in [true, false]
        .into_iter()
        .flat_map(|stem| (0..=deepest).map(move |n| (stem, n)))
    {
        let mut owners: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, path) in files.iter().enumerate().filter(|(index, _)| ids[*index].is_none()) {
            owners.entry(name(path, folders, stem)).or_default().push(index);
        }
        for (id, indices) in owners {
            // The file `page.png.txt` has the stem `page.png`, which is also the name of the file `page.png`.
            if let [index] = indices[..]
                && taken.insert(id.clone())
            {
                ids[index] = Some(id);
            }
        }
    }
    // Nothing distinguishes what is left, such as one path listed twice: number them.
    ids.into_iter()
        .enumerate()
        .map(|(index, id)| id.unwrap_or_else(|| format!("{}#{index}", files[index].to_string_lossy())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stem_is_the_id_and_the_path_decides_between_equal_stems() {
        let files = [
            "/seeds/001_a.txt",
            "/seeds/can-tho/002.txt",
            "/seeds/soc-trang/002.txt",
            "/seeds/003.text",
            "/seeds/003.txt",
            "/seeds/page.png",
            "/seeds/page.png.txt",
            "/seeds/page.txt",
        ];
        let paths: Vec<&Path> = files.iter().map(Path::new).collect();
        let expected = [
            "001_a",
            "can-tho/002",
            "soc-trang/002",
            "003.text",
            "003.txt",
            "seeds/page.png",
            "page.png",
            "page.txt",
        ];
        assert_eq!(ids(&paths), expected);
        let reversed: Vec<&Path> = paths.iter().rev().copied().collect();
        let mut ids = ids(&reversed);
        ids.reverse();
        assert_eq!(ids, expected, "whatever their order");
    }

    #[test]
    fn no_two_files_get_one_id() {
        let paths = [Path::new("/a/x.txt"), Path::new("/a/x.txt")];
        let ids = ids(&paths);
        assert_ne!(ids[0], ids[1]);
    }
}
