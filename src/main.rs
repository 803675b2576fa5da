//! The `vankien` program: parses the arguments, runs one command and turns its outcome into an exit code.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

/// The allocator of the program. The allocator of the system returns freed memory of a thread to the system at once, so
/// that every question to the service would have to request it again.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs the command with buffered output.
fn main() -> ExitCode {
    if vankien::cli::complete() {
        return ExitCode::SUCCESS;
    }
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut err = io::stderr();
    let exit = vankien::cli::run(std::env::args_os(), &mut out, &mut err);
    // Flushing fails if the reader has closed the pipe, which is not an error.
    out.flush().ok();
    exit.into()
}
