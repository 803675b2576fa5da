//! Registered documents as answers show them, and those that a citation means.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::row::RegisteredDocument;
use super::{Register, of_issuer};

/// A registered document with its identity and the identities of those that replace it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RegisterEntry {
    /// Its identity, as citations have it: symbol or name, and date (`21-NQ/TW ngày 2022-06-16`).
    pub identity: String,
    /// Identities of the documents that replace it; `replaced_by` has their keys.
    pub replacements: Vec<String>,
    /// The document.
    #[serde(flatten)]
    pub document: RegisteredDocument,
}

impl RegisterEntry {
    /// Returns the doubts that its note states, without the ground for its date, which [`RegisteredDocument::basis`]
    /// tells.
    #[must_use]
    pub fn doubts(&self) -> Option<String> {
        let doubts = self.document.note.as_deref()?.split("; ");
        let doubts: Vec<&str> = doubts
            .filter(|doubt| !doubt.starts_with("ngày theo hiểu biết chung"))
            .collect();
        (!doubts.is_empty()).then(|| doubts.join("; "))
    }
}

impl Register {
    /// Returns the entry of a document of this register.
    #[must_use]
    pub fn entry(&self, document: &RegisteredDocument) -> RegisterEntry {
        let replacements = document.replaced_by.iter().map(|key| self.identity_of(key));
        RegisterEntry {
            identity: document.identity(),
            replacements: replacements.collect(),
            document: document.clone(),
        }
    }

    /// Returns the identity of the document that a reference of the table names (`08-QĐi/TW@XII`); for one without a
    /// row, the reference without its term.
    #[must_use]
    pub fn identity_of(&self, reference: &str) -> String {
        let key = reference.split('@').next().unwrap_or(reference);
        self.referred(reference)
            .map_or_else(|| key.to_owned(), RegisteredDocument::identity)
    }

    /// Returns what the register has about a cited document with this `identity`, or else about its `candidates`. The
    /// latest comes first; there may be none. An identity without a date may be any document with its symbol or name.
    ///
    /// ```
    /// use vankien::register::Register;
    /// let register = Register::shipped();
    /// assert_eq!(register.entries_of(Some("21-NQ/TW ngày 2022-06-16"), &[]).len(), 1);
    /// assert_eq!(register.entries_of(Some("21-NQ/TW"), &[]).len(), 5);
    /// assert_eq!(register.entries_of(None, &[]).len(), 0);
    /// ```
    #[must_use]
    pub fn entries_of(&self, identity: Option<&str>, candidates: &[String]) -> Vec<RegisterEntry> {
        let identities = match identity {
            Some(identity) => vec![identity],
            None => candidates.iter().map(String::as_str).collect(),
        };
        let mut found: Vec<&RegisteredDocument> = Vec::new();
        for identity in identities {
            for document in self.meant_by(identity) {
                if !found.iter().any(|known| std::ptr::eq(*known, document)) {
                    found.push(document);
                }
            }
        }
        latest_first(&mut found);
        found.into_iter().map(|document| self.entry(document)).collect()
    }

    /// Returns the documents that an identity may mean.
    fn meant_by(&self, identity: &str) -> Vec<&RegisteredDocument> {
        if identity.contains(" ngày ") {
            return self.identified(identity).into_iter().collect();
        }
        let (key, issuer) = match identity.split_once(" của ") {
            Some((key, issuer)) => (key, Some(issuer)),
            None => (identity, None),
        };
        let found = self.of_symbol(key).chain(self.of_name(identity));
        found.filter(|document| of_issuer(document, issuer)).collect()
    }
}

/// Sorts documents by date, the latest first; those without a date come last.
pub fn latest_first(documents: &mut [&RegisteredDocument]) {
    documents.sort_by_key(|document| Reverse(document.date));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_finds_the_document_meant_or_all_that_it_may_be() {
        let register = Register::shipped();
        let found = |identity: Option<&str>, candidates: &[&str]| -> Vec<String> {
            let candidates: Vec<String> = candidates.iter().map(|candidate| (*candidate).to_owned()).collect();
            let entries = register.entries_of(identity, &candidates);
            entries.into_iter().map(|entry| entry.identity).collect()
        };
        assert_eq!(
            found(Some("21-NQ/TW ngày 2022-06"), &["21-NQ/TW ngày 2017-10-25"]),
            ["21-NQ/TW ngày 2022-06-16"]
        );
        let either = ["21-NQ/TW ngày 2017-10-25", "21-NQ/TW ngày 2022-06-16"];
        assert_eq!(found(None, &either), [either[1], either[0]], "the latest first");
        assert_eq!(found(None, &[either[0], either[0]]), [either[0]]);
        assert_eq!(found(Some("Cương lĩnh 2011"), &[]).len(), 1);
        // Another date is another document, of which the register knows nothing.
        assert_eq!(found(Some("21-NQ/TW ngày 2022-06-17"), &[]), [""; 0]);
        assert_eq!(found(Some("21-NQ/TW của Ban Bí thư"), &[]), [""; 0]);
        assert_eq!(found(Some("05-NQ/ĐU của Đảng ủy xã Tây Yên"), &[]), [""; 0]);
    }

    #[test]
    fn an_entry_names_what_replaces_it_and_its_doubts() {
        let register = Register::shipped();
        let entry = |reference: &str| register.entry(register.referred(reference).unwrap());
        assert_eq!(entry("47-QĐ/TW@XI").replacements, ["37-QĐ/TW ngày 2021-10-25"]);
        assert_eq!(
            register.identity_of("99-QĐ/TW@I"),
            "99-QĐ/TW",
            "a reference without a row"
        );
        let known = entry("21-NQ/TW@IX");
        assert!(
            known.document.note.is_some() && known.doubts().is_none(),
            "the basis tells it already"
        );
        assert_eq!(
            entry("57-NQ/TW@XIII").doubts().as_deref(),
            Some("nguồn khác ghi 2025-04-01 (1)")
        );
    }
}
