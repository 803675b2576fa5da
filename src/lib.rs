//! vankien: full-text search over Vietnamese party documents.
//!
//! Party offices write reports to congresses, resolutions and plans; each cites others ("Nghị quyết số
//! 21-NQ/TW ngày 16/6/2022 …") and repeats proven wording. vankien answers three questions about a
//! folder of such documents: which documents are cited where, who has used this wording before, and where
//! does it say so – with or without Vietnamese marks, in clean text and in scans that an OCR misread.
//!
//! # How data flows
//!
//! ```text
//! bytes ─ corpus ─▶ text ─ reading ─▶ repairs ─ document ─▶ pages, sections, passages, notes ─ citation ─▶ who cites what
//!                                                                                                      │
//!                                                                          record: what people get ◀──┤
//!                                                                                                      ▼
//! what is asked ─ query ─▶ Query ─ search ─▶ hits, facets, snippets ◀─────────────────────────────── index
//!                                      ├─▶ concordance, precedent ─▶ reports, aligned wording
//!                                      └─▶ render ─▶ terminal, JSON Lines, CSV; http ─▶ programs, pages
//! ```
//!
//! [`corpus`] finds and reads files; each is one text, kept byte for byte, or where it is an image, a PDF or the
//! output of an OCR, made once and kept with the place of each word on paper. [`reading`] tells which stretches
//! were misread and what they most likely say; when a corpus is indexed, its clean documents teach how to read
//! the damaged ones; [`symbol`] knows how documents are numbered. [`document`] splits the text into pages, sections, passages and
//! notes; [`citation`] finds what each passage cites and, over the whole corpus, which document is meant.
//! [`record`] is what people and programs get of all that. [`index`] keeps it, [`query`] understands what is
//! asked, [`search`] answers; [`concordance`] counts who cites what, [`precedent`] aligns wording with wording. [`render`] writes answers, [`http`]
//! gives them to other programs and to people, [`cli`] is the program.
//!
//! # What holds everywhere
//!
//! - One text per file, its own or the one read from its pages; every offset is a byte range of it
//!   ([`text::Span`]). Folding, joined lines and the
//!   repaired reading are views with a map back ([`text::Mapped`]). A repaired reading is never passed
//!   off as the source.
//! - Nothing is lost: each byte of a file lies in exactly one passage or piece of furniture.
//! - Parsing a document or a query never fails: it gives what was understood, and diagnostics.
//! - Numbers and symbols are never guessed.
//! - Tantivy's types stay inside `index` and `search`, axum's inside `http`, clap's inside `cli`.
//! - `text`, `symbol`, `reading`, `document`, `citation` and `query` do no I/O and read no clock and no environment.
//! - `cli` and `http` decide nothing about search.
//!
//! The modules below stand in the order of their layers: each uses only those above it (a test compares
//! the paths).

pub mod text;

pub mod symbol;

pub mod reading;

pub mod corpus;

pub mod document;

pub mod citation;

pub mod record;

pub mod query;

pub mod index;

pub mod search;

pub mod concordance;

pub mod precedent;

pub mod render;

pub mod http;

pub mod cli;
