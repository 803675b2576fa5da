//! Ids of what is in a document: the id of the document, a sign, and an address (`001:19`, `001^6`, `001§2.3`, `001@5`).

/// The signs before the address of a passage, a note, a section and a page.
pub const ADDRESS_SIGNS: [char; 4] = [':', '^', '§', '@'];

/// Returns the id of a document, the sign after it and the address after that; `None` if `id` has none of
/// [`ADDRESS_SIGNS`].
///
/// ```
/// use vankien::record::split_address;
/// assert_eq!(split_address("001:19"), Some(("001", ':', "19")));
/// assert_eq!(split_address("001"), None);
/// ```
#[must_use]
pub fn split_address(id: &str) -> Option<(&str, char, &str)> {
    // No address has a sign in it, but the name of a file may.
    let (at, sign) = id.char_indices().rev().find(|(_, char)| ADDRESS_SIGNS.contains(char))?;
    Some((&id[..at], sign, &id[at + sign.len_utf8()..]))
}
