//! Signatures at the end of a document: `T/M ĐẢNG ỦY`.

use super::block::{Block, BlockKind};
use crate::document::layout::Sheet;

/// Letters that open a signature: those of the Party's forms (T/M, K/T, T/L) and of the state's (TM., KT.,
/// TL., TUQ.).
const SIGNS: [&str; 7] = ["T/M", "K/T", "T/L", "TM.", "KT.", "TL.", "TUQ."];

/// Returns true if the block signs a document (`T/M ĐẢNG ỦY`, `TM. BAN THƯỜNG VỤ`).
pub(crate) fn is_signature(block: &Block, sheet: &Sheet<'_>) -> bool {
    let body = sheet.body(block.rows[0]).trim_start_matches('*');
    block.kind == BlockKind::Text && block.label.is_none() && SIGNS.iter().any(|sign| body.starts_with(sign))
}
