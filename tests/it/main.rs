//! The one integration test binary: a file per subject.

mod bad_input;
mod cli;
mod gold;
mod index;
mod layers;
mod program;
mod reading;
mod relevance;
mod seeds;
