//! Documents by words of their names: title, number, issuer and id, whatever the marks and the case.

use crate::index::{Error, Index};
use crate::record::DocumentRecord;
use crate::text::fold;

/// The folded names of all documents, in the order of their ids. Kept with each opened index: some 150 bytes a document.
struct FoldedNames(Vec<String>);

/// Keeps those of `documents`, which are sorted by id, whose names have all words of `typed`, as parts of words too.
///
/// # Errors
/// Those of [`Index::documents`].
pub fn retain_named(index: &Index, documents: &mut Vec<&DocumentRecord>, typed: &str) -> Result<(), Error> {
    let typed = fold(typed);
    let words: Vec<&str> = typed.split_whitespace().collect();
    if words.is_empty() {
        return Ok(());
    }
    let names = index.kept(|index| Ok(FoldedNames(index.documents()?.map(folded_name).collect())))?;
    let mut named = index.documents()?.zip(&names.0);
    documents.retain(|document| {
        // Both lists are sorted by id, so that one pass over the names finds those of all documents.
        let name = named.find(|(known, _)| known.document == document.document);
        name.is_some_and(|(_, name)| words.iter().all(|word| name.contains(word)))
    });
    Ok(())
}

/// Returns title, number, issuer and id of a document, folded.
fn folded_name(document: &DocumentRecord) -> String {
    let parts = [&document.title, &document.number, &document.issuer];
    let parts = parts.into_iter().flatten().map(String::as_str);
    fold(&parts.chain([document.document.as_str()]).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::testing::{Sample, index_of};

    #[test]
    fn documents_are_found_by_words_of_their_names() {
        let (_folder, index) = index_of(&[Sample::new("Bao cao so 1", "a"), Sample::new("Ke hoach so 2", "b")]);
        let named = |typed: &str| {
            let mut documents: Vec<&DocumentRecord> = index.documents().unwrap().collect();
            retain_named(&index, &mut documents, typed).unwrap();
            documents
                .iter()
                .map(|record| record.document.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(named("báo CÁO"), ["Bao cao so 1"]);
        assert_eq!(named("so hoach"), ["Ke hoach so 2"]);
        assert_eq!(named("bao cao 2"), [""; 0]);
        assert_eq!(named("  ").len(), 2);
    }
}
