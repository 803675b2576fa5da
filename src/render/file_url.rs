//! URLs of files on this machine, for links in workbooks and on terminals.

use std::path::Path;

use crate::text::percent_encoded;

/// Returns the `file://` URL of an absolute path (RFC 8089), with all but unreserved characters and slashes in percent
/// encoding.
#[must_use]
pub fn file_url(path: &Path) -> String {
    let path = path.to_string_lossy();
    let path = if cfg!(windows) {
        path.replace('\\', "/")
    } else {
        path.into_owned()
    };
    let authority = if path.starts_with('/') { "file://" } else { "file:///" };
    format!("{authority}{}", percent_encoded(&path, b"/:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_encoded() {
        assert_eq!(
            file_url(Path::new("/srv/Kế hoạch #1.docx")),
            "file:///srv/K%E1%BA%BF%20ho%E1%BA%A1ch%20%231.docx"
        );
    }
}
