//! Signatures at the end of a document: `T/M ĐẢNG ỦY`.

use super::block::{Block, BlockKind};
use crate::document::layout::Sheet;

/// Letters that open a signature: those of the Party's forms (T/M, K/T, T/L) and of the state's (TM., KT.,
/// TL., TUQ.).
const SIGNS: [&str; 7] = ["T/M", "K/T", "T/L", "TM.", "KT.", "TL.", "TUQ."];

/// Returns true if the line `body` opens a signature: `T/M ĐẢNG ỦY`, `TM. BAN THƯỜNG VỤ`, also in bold type.
pub(crate) fn signs(body: &str) -> bool {
    let bare = body.trim_start_matches(['*', '#', '_', '|', ' ']);
    SIGNS.iter().any(|sign| bare.starts_with(sign))
}

/// Returns true if the block signs a document.
pub(crate) fn is_signature(block: &Block, sheet: &Sheet<'_>) -> bool {
    block.kind == BlockKind::Text && block.label.is_none() && signs(sheet.body(block.rows[0]))
}
