//! The files that the pages load, embedded in the program: a style sheet, a script and an icon.
//!
//! The name of an asset contains a digest of its bytes, so browsers may cache it forever: a new version gets a new
//! name.

use std::sync::LazyLock;

/// An embedded file.
#[derive(Debug)]
pub(crate) struct Asset {
    /// Its file name under `/assets/`: `style.1a2b3c4d.css`.
    pub(crate) name: String,
    /// Its media type.
    pub(crate) media_type: &'static str,
    /// Its text.
    pub(crate) text: &'static str,
}

impl Asset {
    /// Creates an asset and computes its name.
    fn new(stem: &str, extension: &str, media_type: &'static str, text: &'static str) -> Self {
        let digest = blake3::hash(text.as_bytes()).to_hex();
        Self {
            name: format!("{stem}.{}.{extension}", &digest[..12]),
            media_type,
            text,
        }
    }
}

/// Joins files of `assets/` into one text, in this order.
macro_rules! joined {
    ($($name:literal)*) => { concat!($(include_str!(concat!("../assets/", $name)),)*) };
}

/// The style sheet of all pages. The tokens come first, paper last: it overrides the screen.
pub(crate) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    let text = joined!(
        "style/tokens.css" "style/base.css" "style/search.css" "style/documents.css" "style/reader.css"
        "style/original.css" "style/citations.css" "style/precedents.css" "style/print.css"
    );
    Asset::new("style", "css", "text/css; charset=utf-8", text)
});

/// The script of all pages, whose files are blocks of their own. The pages work without it.
pub(crate) static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    let text = joined!(
        "script/strict.js" "script/keys.js" "script/window.js" "script/suggest.js" "script/facets.js" "script/notes.js"
        "script/find.js" "script/copy.js" "script/documents.js" "script/outline.js" "script/original.js"
    );
    Asset::new("page", "js", "text/javascript; charset=utf-8", text)
});

/// The icon of the pages.
pub(crate) static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("icon", "svg", "image/svg+xml", include_str!("../assets/icon.svg")));

/// Returns the asset with this name.
pub(crate) fn by_name(name: &str) -> Option<&'static Asset> {
    [&*STYLE, &*SCRIPT, &*ICON].into_iter().find(|asset| asset.name == name)
}
