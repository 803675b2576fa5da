//! Answers for people and programs: terminal text, tables (also as CSV and TSV) and JSON Lines.
//!
//! Nothing here decides what is found. Seed text is untrusted: whatever reaches a terminal goes through
//! [`clean`](crate::text::clean()), which drops control and direction characters.

pub mod builds;
pub mod json;
pub mod language;
mod separated;
pub mod table;
pub mod tables;
pub mod terminal;
