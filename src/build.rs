//! Tells a released program the commit that it was built from, for `vankien --version`.
//!
//! A program of the tests has none, so that a commit does not build everything anew.

use std::env;
use std::path::Path;
use std::process::Command;

/// The variable that names the commit where there is no repository: in a container, or a package of the source.
const VARIABLE: &str = "VANKIEN_COMMIT";

fn main() {
    println!("cargo::rerun-if-changed=src/build.rs");
    println!("cargo::rerun-if-env-changed={VARIABLE}");
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let named = env::var(VARIABLE).ok().filter(|commit| !commit.is_empty());
    let commit = named.or_else(|| is_release.then(commit).flatten());
    if let Some(commit) = commit {
        println!("cargo::rustc-env={VARIABLE}={commit}");
    }
}

/// Returns the commit of the repository and its date: `e1a874c9d0 2026-11-29`; `None` outside of one.
fn commit() -> Option<String> {
    // HEAD names a branch, whose file has the commit; packed branches lie in one file.
    for name in ["HEAD", "refs/heads", "packed-refs"] {
        let path = Path::new(".git").join(name);
        if path.exists() {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
    let commit = git(&["log", "-1", "--abbrev=10", "--date=short", "--format=%h %cd"])?;
    let changed = git(&["status", "--porcelain", "--untracked-files=no"])?;
    let changed = if changed.is_empty() { "" } else { ", with changes" };
    (!commit.is_empty()).then(|| format!("{commit}{changed}"))
}

/// Returns the trimmed output of git; `None` if it fails.
fn git(args: &[&str]) -> Option<String> {
    let told = Command::new("git").args(args).output().ok()?;
    let told = told.status.success().then_some(told.stdout)?;
    Some(String::from_utf8(told).ok()?.trim().to_owned())
}
