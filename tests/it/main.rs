//! The one integration test binary: a file per subject.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and a scorer tells what it measured"
)]

mod architecture;
mod archives;
mod bad_input;
mod citing;
mod cli;
mod disk;
mod encodings;
mod engine;
mod engine_faults;
mod files;
mod filters;
mod formats;
mod gold;
mod guide;
mod help;
mod honest;
mod hostile_texts;
mod http;
mod ids;
mod images;
mod index;
mod kept_tables;
mod layout;
mod learning;
mod made_corpus;
mod mcp;
mod names;
mod ocr;
mod outlines;
mod paging;
mod precedent;
mod program;
mod proofing;
mod proofs;
mod reading;
mod register;
mod relevance;
mod roots;
mod searching;
mod seeds;
mod shapes;
mod shell;
mod snapshots;
mod spreadsheets;
mod tables;
mod terminal;
