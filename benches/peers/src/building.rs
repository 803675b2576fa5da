//! Indexes built by processes of their own, which tell what that cost.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

use anyhow::{Context as _, bail};

use crate::engines::EngineName;
use crate::machine;

/// The cost of an index.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct BuildCost {
    /// CPU time of all threads, user and system.
    pub(crate) cpu: Duration,
    /// Time on the clock.
    pub(crate) wall: Duration,
    /// Greatest resident memory in bytes.
    pub(crate) peak_bytes: u64,
    /// Bytes of the files of the index.
    pub(crate) index_bytes: u64,
}

/// Builds the index of `engine` in this process and prints its cost for [`build_in_child`].
pub(crate) fn build_here(engine: EngineName, corpus: &Path, work: &Path) -> anyhow::Result<()> {
    let started = Instant::now();
    engine.build(corpus, work)?;
    println!(
        "{} {} {}",
        machine::cpu().as_secs_f64(),
        started.elapsed().as_secs_f64(),
        machine::peak_bytes()
    );
    Ok(())
}

/// Builds the index of `engine` in a process of its own.
pub(crate) fn build_in_child(engine: EngineName, corpus: &Path, work: &Path) -> anyhow::Result<BuildCost> {
    let dir = engine.dir(work);
    if dir.exists() {
        fs::remove_dir_all(&dir)?;
    }
    let output = Command::new(env::current_exe()?)
        .args(["--build", &engine.to_string(), "--work"])
        .arg(work)
        .arg("--corpus")
        .arg(corpus)
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        bail!("the index of {engine} was not built");
    }
    let numbers = String::from_utf8(output.stdout)?;
    let numbers: Vec<f64> = numbers.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    let &[cpu, wall, peak_bytes] = numbers.as_slice() else {
        bail!("the process that built {engine} told no costs");
    };
    Ok(BuildCost {
        cpu: Duration::from_secs_f64(cpu),
        wall: Duration::from_secs_f64(wall),
        peak_bytes: peak_bytes as u64,
        index_bytes: bytes_in(&dir).with_context(|| format!("cannot list {}", dir.display()))?,
    })
}

/// Returns the bytes of all files in `dir` and its folders.
fn bytes_in(dir: &Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        bytes += if metadata.is_dir() {
            bytes_in(&entry.path())?
        } else {
            metadata.len()
        };
    }
    Ok(bytes)
}
