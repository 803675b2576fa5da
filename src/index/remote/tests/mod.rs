//! Writing an index and reading its state, against an engine in memory that fails in every way.

mod calls;
mod engine;
mod lucene;
mod publishing;
mod server;
mod sources;
