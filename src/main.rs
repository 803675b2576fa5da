//! The `vankien` program.
fn main() {}
