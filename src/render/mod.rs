//! Answers for people and programs: terminal text, tables (also as CSV, TSV and Excel workbooks) and JSON Lines.
//!
//! Nothing here decides what is found. Seed text is untrusted: whatever reaches a terminal goes through
//! [`clean`](crate::text::clean()), which drops control and direction characters.

pub mod builds;
pub mod file_url;
pub mod json;
pub mod language;
mod separated;
pub mod table;
pub mod table_file;
pub mod tables;
pub mod terminal;
mod workbook;
