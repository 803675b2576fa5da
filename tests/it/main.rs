//! The one integration test binary: a file per subject.

mod bad_input;
mod cli;
mod gold;
mod layers;
mod program;
mod reading;
mod seeds;
