//! The one test binary: a file per subject.

mod gold;
mod layers;
mod reading;
mod seeds;
