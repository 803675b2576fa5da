//! vankien: full-text search over Vietnamese party documents.

pub mod text;

pub mod reading;

pub mod corpus;

pub mod document;

pub mod citation;

pub mod concordance;
pub mod record;

pub mod render;
