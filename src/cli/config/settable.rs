//! The flags that a configuration may set: those that say how, not what is asked or done this once.

/// The flags, by their long names, sorted. A command's own flag is set in its table, or at the top for all commands that
/// have it.
pub(super) const SETTABLE: [&str; 34] = [
    "api-keys",
    "base-path",
    "color",
    "connections",
    "context",
    "cors-origin",
    "engine",
    "engine-ca",
    "engine-key-file",
    "facet-limit",
    "facets",
    "format",
    "host",
    "index",
    "key-rate",
    "lang",
    "limit",
    "listen",
    "log-format",
    "log-queries",
    "marks",
    "min-score",
    "no-files",
    "no-pager",
    "ocr-pages",
    "port",
    "queue",
    "quiet",
    "register",
    "replicas",
    "shards",
    "sort",
    "threads",
    "time-limit",
];

/// Those whose value is a path; a relative one starts from the folder of its file.
const PATHS: [&str; 5] = ["api-keys", "engine-ca", "engine-key-file", "index", "register"];

/// Those that say which engine has the index, and how to get in.
pub(super) const ENGINE_FLAGS: [&str; 3] = ["engine", "engine-ca", "engine-key-file"];

/// Returns true if a configuration may set this flag.
pub(super) fn is_settable(flag: &str) -> bool {
    SETTABLE.binary_search(&flag).is_ok()
}

/// Returns true if the value of this flag is a path.
pub(super) fn is_path(flag: &str) -> bool {
    PATHS.contains(&flag)
}
