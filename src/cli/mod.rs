//! The program: arguments in, one library call, an answer out. A file per command.

mod args;
mod exit;

pub use exit::Exit;
