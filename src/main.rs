//! The `vankien` program: parses arguments, runs one command, turns its outcome into an exit code.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

/// The allocator of the program; that of the system gives what a thread frees back at once, and each question of the
/// service would have to fetch it anew.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut err = io::stderr();
    let exit = vankien::cli::run(std::env::args_os(), &mut out, &mut err);
    // What is still in the buffer may meet a closed pipe: nobody is reading, and that is no failure.
    out.flush().ok();
    exit.into()
}
