//! `vankien open`: opens the file of a document with the program that the system has for files of its kind.
//!
//! The program gets one argument, an absolute path, and no shell is in between: no name of a file can be an option or a
//! command.

use std::ffi::OsStr;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use clap::Args;

use super::context::Context;
use super::exit::Exit;
use super::index::open_index;
use super::show::{path_from_here, write_path};
use crate::corpus::{Original, OriginalError, VerifiedFiles};
use crate::search;

/// The program of the system that opens a file with the program for files of its kind.
const SYSTEM_OPENER: &str = if cfg!(target_os = "macos") {
    "open"
} else if cfg!(windows) {
    "explorer"
} else {
    "xdg-open"
};

/// Bytes that are copied at once when a member of an archive is unpacked.
const CHUNK_BYTES: usize = 1 << 18;

/// Flags of `vankien open`.
#[derive(Args, Debug)]
pub(crate) struct OpenArgs {
    /// Document (`001`), or a passage, footnote or section of it
    #[arg(value_name = "ID")]
    id: String,
    /// Program to open it with, called with the path of the file [default: the system's xdg-open or open]
    #[arg(long, env = "VANKIEN_OPENER", value_name = "PROGRAM")]
    with: Option<PathBuf>,
    /// Write one JSON object with the path of the file
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(super) fn run(context: &mut Context<'_>, args: &OpenArgs) -> anyhow::Result<Exit> {
    let index = open_index(context)?;
    let (parsed, _) = search::lookup(&index, &args.id)?;
    let file = index.file(&parsed.document.id)?;
    let original = match Original::open(&file.location, &file.digest, &VerifiedFiles::default()) {
        Ok(original) => original,
        Err(error) => {
            context.warn(&error)?;
            if !matches!(error, OriginalError::Unreadable { .. }) {
                context.hint(format_args!(
                    "bring the index up to date: `{}`",
                    context.command("index")
                ))?;
            }
            return Ok(Exit::Failed);
        }
    };
    let path = if original.is_unpacked() {
        let unpacked = unpack(&original, &file.location).context("cannot unpack the file")?;
        context.warn(format_args!("unpacked to '{}'", unpacked.display()))?;
        unpacked
    } else {
        file.location.clone()
    };
    if let Err(error) = start(args.with.as_deref(), path.as_os_str()) {
        // The path is the answer that is left: it can be given to another program.
        let shown = if original.is_unpacked() {
            path
        } else {
            path_from_here(file)
        };
        write_path(context, &shown)?;
        context.warn(format_args!("{error:#}"))?;
        context.hint("name a program that opens it: `--with PROGRAM`, or the variable VANKIEN_OPENER")?;
        return Ok(Exit::Failed);
    }
    if args.json {
        context.json(&OpenedLine {
            document: &parsed.document.id,
            path: &path.to_string_lossy(),
        })?;
    }
    Ok(Exit::Done)
}

/// The file that was opened.
#[derive(serde::Serialize)]
struct OpenedLine<'a> {
    /// Id of the document.
    document: &'a str,
    /// Path of the file, or of its copy if it is in an archive.
    path: &'a str,
}

/// Runs the program `named`, or that of the system, with the path of a file or an address, and waits until it ends. The
/// programs of the system end as soon as they have found and started another.
pub(super) fn start(named: Option<&Path>, file_or_address: &OsStr) -> anyhow::Result<()> {
    // An empty variable names nothing.
    let named = named.filter(|program| !program.as_os_str().is_empty());
    let program = named.unwrap_or(Path::new(SYSTEM_OPENER));
    let status = Command::new(program)
        .arg(file_or_address)
        .stdin(Stdio::null())
        // Standard output is that of this command.
        .stdout(Stdio::null())
        .status()
        .with_context(|| format!("cannot run '{}'", program.display()))?;
    if !status.success() {
        bail!("'{}' could not open it: {status}", program.display());
    }
    Ok(())
}

/// Unpacks a member of an archive into a new folder that only this user can enter, under its own name. It stays there
/// for the program that shows it, which may still read it when this command has ended.
fn unpack(original: &Original, location: &Path) -> io::Result<PathBuf> {
    let mut folder = tempfile::Builder::new();
    folder.prefix("vankien-");
    #[cfg(unix)]
    folder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    let folder = folder.tempdir()?;
    let name = location.file_name().unwrap_or("document".as_ref());
    let path = folder.path().join(name);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&path)?;
    let mut buffer = vec![0; CHUNK_BYTES];
    let mut at = 0;
    loop {
        let read = original.read_at(at, &mut buffer)?;
        if read == 0 {
            break;
        }
        file.write_all(buffer.get(..read).unwrap_or_default())?;
        at += read as u64;
    }
    // Changes to it would be lost: it is no part of the archive.
    let mut permissions = file.metadata()?.permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions)?;
    // From here on the system cleans up.
    Ok(folder.keep().join(name))
}
