//! Records and hits for people and programs: terminal text, tables, JSON Lines, CSV and TSV.
//!
//! Nothing here decides what is found. Seed text is untrusted: whatever reaches a terminal goes through
//! [`clean`](crate::text::clean()), which drops control and direction characters.

pub mod json;
pub mod plain;
pub mod precedent;
pub mod table;
pub mod terminal;
