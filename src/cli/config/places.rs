//! The places of configuration files.

use std::env;
use std::path::{Path, PathBuf};

/// The name of a configuration file.
pub(super) const FILE_NAME: &str = "vankien.toml";

/// The folder of the index if none is named, from which the file beside it is found.
const INDEX: &str = "index";

/// The file of the system.
#[cfg(unix)]
const SYSTEM: &str = "/etc/vankien/vankien.toml";

/// A place of a configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Named by a flag or a variable; it has to be there.
    Named(PathBuf),
    /// Beside the folder of the index.
    Beside(PathBuf),
    /// The user's own.
    User(PathBuf),
    /// That of the machine.
    System(PathBuf),
}

impl Place {
    /// Returns the path of the file.
    pub(super) fn path(&self) -> &Path {
        let (Self::Named(path) | Self::Beside(path) | Self::User(path) | Self::System(path)) = self;
        path
    }

    /// Returns true if the user or the administrator wrote the file, and not perhaps whoever gathered the documents.
    pub(super) const fn is_trusted(&self) -> bool {
        !matches!(self, Self::Beside(_))
    }
}

/// Returns the places to look at, nearest first: the one that is named alone, or all; none if an empty name is named.
pub(super) fn places(config: Option<&Path>, index: Option<&Path>) -> Vec<Place> {
    if let Some(named) = config {
        let is_one = !named.as_os_str().is_empty();
        return is_one.then(|| Place::Named(named.to_owned())).into_iter().collect();
    }
    let beside = Place::Beside(index.unwrap_or(Path::new(INDEX)).with_file_name(FILE_NAME));
    let mut places = vec![beside];
    places.extend(user_folder().map(|folder| Place::User(folder.join("vankien").join(FILE_NAME))));
    #[cfg(unix)]
    places.push(Place::System(PathBuf::from(SYSTEM)));
    let (beside, others) = places.split_at(1);
    // One file counts once, as what it is to the user.
    if others.iter().any(|other| other.path() == beside[0].path()) {
        places.remove(0);
    }
    places
}

/// Returns the folder of the user's configurations (XDG Base Directory Specification 0.8): relative values count as unset.
fn user_folder() -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    set("XDG_CONFIG_HOME").or_else(|| Some(set("HOME")?.join(".config")))
}
