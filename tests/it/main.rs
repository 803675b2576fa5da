//! The one test binary: a file per subject.

mod reading;
