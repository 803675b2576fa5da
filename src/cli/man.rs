//! `vankien man`: writes the manual pages, one for the program and one for each command.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Command};
use clap_mangen::Man;
use tempfile::NamedTempFile;

use super::context::Context;
use super::exit::Exit;

/// Flags of `vankien man`.
#[derive(Args, Debug)]
pub(crate) struct ManArgs {
    /// Write the page of this command
    #[arg(value_name = "COMMAND", conflicts_with = "output")]
    command: Option<String>,
    /// Write the pages of all commands into this folder
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// Runs the command for `program` with all its commands.
pub(super) fn run(context: &mut Context<'_>, args: &ManArgs, mut program: Command) -> anyhow::Result<Exit> {
    program.build();
    if let Some(folder) = &args.output {
        return write_all(&program, folder);
    }
    let page = match &args.command {
        None => program,
        Some(name) => {
            let found = program.find_subcommand(name).cloned();
            let Some(found) = found else {
                bail!("there is no command '{name}'; `vankien help` lists them");
            };
            found
        }
    };
    page_of(page).render(&mut context.out)?;
    Ok(Exit::Done)
}

/// Returns the manual page of a command. Its synopsis is the usage of the help, which names the values of arguments.
fn page_of(mut command: Command) -> Man {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim().to_owned();
    Man::new(command.override_usage(usage)).source(concat!("vankien ", env!("CARGO_PKG_VERSION")))
}

/// Writes the pages of the program and of its commands into a folder, which is made if it is missing.
fn write_all(program: &Command, folder: &Path) -> anyhow::Result<Exit> {
    let shown = folder.display();
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder '{shown}'"))?;
    for command in std::iter::once(program).chain(program.get_subcommands()) {
        let page = page_of(command.clone());
        let name = page.get_filename();
        let written = write_page(&page, folder, &name);
        written.with_context(|| format!("cannot write '{}'", folder.join(&name).display()))?;
    }
    Ok(Exit::Done)
}

/// Writes one page; a file of its name is replaced when the page is whole.
fn write_page(page: &Man, folder: &Path, name: &str) -> anyhow::Result<()> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file: NamedTempFile = builder.tempfile_in(folder)?;
    page.render(&mut file)?;
    file.flush()?;
    file.persist(folder.join(name))?;
    Ok(())
}
