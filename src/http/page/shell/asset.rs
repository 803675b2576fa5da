//! What the pages load: one style sheet and one script, embedded in the program.
//!
//! The name of an asset holds a digest of its bytes, so a browser may keep it for ever: another version has
//! another name.

use std::sync::LazyLock;

/// An embedded file.
#[derive(Debug)]
pub(crate) struct Asset {
    /// Its name under `/assets/`: `style.1a2b3c4d.css`.
    pub(crate) name: String,
    /// Its media type.
    pub(crate) media_type: &'static str,
    /// Its text.
    pub(crate) text: &'static str,
}

impl Asset {
    fn new(stem: &str, extension: &str, media_type: &'static str, text: &'static str) -> Self {
        let digest = blake3::hash(text.as_bytes()).to_hex();
        Self {
            name: format!("{stem}.{}.{extension}", &digest[..12]),
            media_type,
            text,
        }
    }
}

/// The style sheet of all pages.
pub(crate) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "style",
        "css",
        "text/css; charset=utf-8",
        include_str!("../assets/style.css"),
    )
});

/// The script of all pages; they do without it.
pub(crate) static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    let text = include_str!("../assets/page.js");
    Asset::new("page", "js", "text/javascript; charset=utf-8", text)
});

/// The sign of the pages in tabs and lists.
pub(crate) static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("icon", "svg", "image/svg+xml", include_str!("../assets/icon.svg")));

/// The asset with this name.
pub(crate) fn named(name: &str) -> Option<&'static Asset> {
    [&*STYLE, &*SCRIPT, &*ICON].into_iter().find(|asset| asset.name == name)
}
