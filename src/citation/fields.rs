//! The fields that say which document a citation names and how it was resolved, declared once for all types that
//! have them.
//!
//! They are part of [`Citation`](super::Citation), of its record and of the answer to a look-up. A nested struct would
//! not do: in JSON these fields are not nested, and the stored form of a record (postcard) cannot flatten a struct.

/// Declares a struct with the fields of its first block, the common fields, and the fields of its second block, in this
/// order. `cited` stands for the common fields and gives the type of their date.
///
/// ```text
/// with_cited_fields! {
///     /// A citation.
///     pub struct Example {
///         /// Its text.
///         pub raw: String,
///     }
///     cited(date: String)
///     {
///         /// Its term of office.
///         pub term: Option<String>,
///     }
/// }
/// ```
macro_rules! with_cited_fields {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $($before:tt)*
        }
        cited(date: $date:ty)
        {
            $($after:tt)*
        }
    ) => {
        $(#[$meta])*
        pub struct $name {
            $($before)*
            /// Kind of the cited document, by its type word, or else by the letters of its symbol.
            pub kind: $crate::symbol::Kind,
            /// Symbol in canonical letters (`144-QĐ/TW`), if it is cited with one.
            pub symbol: Option<String>,
            /// Stable name of a document that is cited without a symbol (`Nghị quyết Trung ương 4 khóa XII`).
            pub name: Option<String>,
            /// Number of the symbol as printed, without letters (`144`).
            pub number: Option<String>,
            /// Range that its number begins or ends, as printed (`từ số 10 đến số 15-KL/TW`), on both ends alike. The
            /// numbers between them are not cited: nothing shows which of them exist.
            pub range: Option<String>,
            /// Issuer, as the text names it with the citation or with its list.
            pub issuer: Option<String>,
            /// ISO date, perhaps partial, as the text gives it with the citation.
            pub date: Option<$date>,
            /// Subject (trích yếu), as the text gives it: it begins with `về` or a quotation mark.
            pub subject: Option<String>,
            /// The way in which the citation is written.
            pub form: $crate::citation::CitationForm,
            /// The act by which the citing document refers to it; null where no verb tells.
            pub relation: Option<$crate::citation::Relation>,
            /// The part of it that is cited, as printed (`khoản 2 Điều 5`).
            pub pinpoint: Option<String>,
            /// Outcome of resolving the citation against the corpus.
            pub status: $crate::citation::CitationStatus,
            /// Identities that an ambiguous citation may have: symbol or name with date, issuer or term.
            pub candidates: Vec<String>,
            /// Identity of a resolved citation, if more than the symbol or name is known: with date, and with issuer if
            /// the series of numbers is local.
            pub identity: Option<String>,
            /// The account by which it was resolved.
            pub source: Option<$crate::citation::IdentitySource>,
            /// Identity of the document that has replaced it, if a text of the corpus or the register names one.
            pub replaced_by: Option<String>,
            /// Id of the cited document, if the corpus contains it.
            pub target: Option<String>,
            $($after)*
        }
    };
}

/// Makes a struct of [`with_cited_fields`] from the given fields and the common fields of another such struct, which
/// are moved.
macro_rules! move_cited_fields {
    ($from:ident => $name:ident { $($field:ident $(: $value:expr)?,)* }) => {
        $name {
            $($field $(: $value)?,)*
            kind: $from.kind,
            symbol: $from.symbol,
            name: $from.name,
            number: $from.number,
            range: $from.range,
            issuer: $from.issuer,
            date: $from.date.map(|date| date.to_string()),
            subject: $from.subject,
            form: $from.form,
            relation: $from.relation,
            pinpoint: $from.pinpoint,
            status: $from.status,
            candidates: $from.candidates,
            identity: $from.identity,
            source: $from.source,
            replaced_by: $from.replaced_by,
            target: $from.target,
        }
    };
}

pub(crate) use {move_cited_fields, with_cited_fields};
