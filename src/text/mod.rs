//! Vietnamese text: spans, lines, views, match forms and tokens.
//!
//! The text of a source file is kept byte for byte and never changed. Whatever is compared, searched or shown is a
//! *view* of it that maps back to its bytes. `"Đảng bộ"` gives one and the same view whether it is broken over two
//! lines, decomposed, or has a soft hyphen inside, and a highlight in that view still points at the right bytes of the
//! file:
//!
//! ```
//! use vankien::text::{Form, Span, Mapped};
//! let source = "Nghị quyết số 35-\n\nNQ/TW";
//! let view = Mapped::join(source, &[Span::new(0, source.len())], Form::Match);
//! assert_eq!(view.text(), "Nghị quyết số 35-NQ/TW");
//! let found = view.text().find("35-NQ/TW").unwrap();
//! let span = view.source_span(Span::new(found, found + "35-NQ/TW".len()));
//! assert_eq!(span.slice(source), "35-\n\nNQ/TW");
//! ```
//!
//! This module does no I/O and knows nothing of documents, citations or the index.

mod clean;
mod compound;
mod encoding;
pub mod fold;
mod fold_bytes;
mod lines;
mod look_alikes;
mod mapped;
mod named;
mod percent;
mod sentence;
mod span;
mod spelling;
mod structure;
pub mod tokens;

pub use clean::clean;
pub(crate) use encoding::most_frequent;
pub use encoding::{ConvertedLine, Encoding, LegacyFont, SourceLetters, SyllableCost, converted_lines, may_be_legacy};
pub use fold::Folded;
pub use fold_bytes::fold;
pub use lines::Lines;
pub use mapped::{Form, Mapped, MappedBuilder};
pub use named::Named;
pub(crate) use named::named;
pub(crate) use percent::{percent_decoded, percent_encoded};
pub use sentence::{is_ended, sentence_around, sentences};
pub use span::Span;
pub(crate) use spelling::place_tone;
pub use structure::{ListPlace, RowPlace, Structure, StructureLine, StructureNote};
pub use tokens::{Token, TokenKind, Tokens, syllables};
