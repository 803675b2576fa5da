//! Registered documents as terminal text: a block for each, or a few lines in the report on a cited document.

use std::io::{self, Write};

use super::{Screen, TextStyle, wrap};
use crate::register::{Basis, RegisterEntry};
use crate::text::clean;

/// Writes everything that the register has about a document.
///
/// # Errors
/// Those of `out`.
pub fn entry(out: &mut dyn Write, screen: Screen, entry: &RegisterEntry) -> io::Result<()> {
    let document = &entry.document;
    let date = document.date.map(|date| date.to_string());
    let term = document.term.as_ref().map(|term| format!("khóa {term}"));
    let about = [
        Some(document.type_word.clone()),
        date,
        document.issuer.clone(),
        term.filter(|_| document.key.ends_with("TW")),
    ];
    let about: Vec<String> = about.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let palette = screen.palette;
    writeln!(
        out,
        "{}  {}",
        palette.paint(TextStyle::Address, clean(&document.key)),
        palette.paint(TextStyle::Dim, clean(&about.join(" · ")))
    )?;
    if let Some(subject) = &document.subject {
        for line in wrap(&[(subject, None)], screen.columns.saturating_sub(2), palette) {
            writeln!(out, "  {line}")?;
        }
    }
    line(out, screen, "also called", &document.names.join("; "))?;
    date_line(out, screen, entry)?;
    replacements(out, screen, entry)?;
    line(out, screen, "replaces", &document.replaces.join(", "))?;
    line(out, screen, "amended by", &document.amended_by.join(", "))?;
    let effective = document.effective.map(|date| date.to_string()).unwrap_or_default();
    line(out, screen, "in force from", &effective)?;
    line(out, screen, "earlier on the same matter", &document.follows.join(", "))?;
    line(
        out,
        screen,
        "later on the same matter",
        &document.followed_by.join(", "),
    )?;
    line(out, screen, "note", &entry.doubts().unwrap_or_default())
}

/// Writes what the register has about a cited document, which the lines before name: identity, issuer and title, the
/// ground for its date where that is no text, and what replaces it.
///
/// # Errors
/// Those of `out`.
pub fn lines(out: &mut dyn Write, screen: Screen, entries: &[RegisterEntry]) -> io::Result<()> {
    for entry in entries {
        let document = &entry.document;
        let told = [
            Some(&entry.identity),
            document.issuer.as_ref(),
            document.subject.as_ref(),
        ];
        let told: Vec<&str> = told.into_iter().flatten().map(String::as_str).collect();
        let ground = match ground(entry) {
            Some(ground) => format!(" (date: {ground})"),
            None => String::new(),
        };
        line(out, screen, "register", &format!("{}{ground}", told.join(", ")))?;
        replacements(out, screen, entry)?;
    }
    Ok(())
}

/// Writes by what a document is replaced; a warning, since nobody may rely on it any longer.
fn replacements(out: &mut dyn Write, screen: Screen, entry: &RegisterEntry) -> io::Result<()> {
    if entry.replacements.is_empty() {
        return Ok(());
    }
    let ground = match entry.document.replacement_basis {
        Some(Basis::Known) => " (general knowledge)",
        _ => "",
    };
    let text = format!("replaced by {}{ground}", entry.replacements.join(", "));
    for line in wrap(
        &[(&text, Some(TextStyle::Warning))],
        screen.columns.saturating_sub(2),
        screen.palette,
    ) {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}

/// Writes the ground for the date.
fn date_line(out: &mut dyn Write, screen: Screen, entry: &RegisterEntry) -> io::Result<()> {
    let sources = entry.document.sources;
    let texts = format!("in {sources} text{}", if sources == 1 { "" } else { "s" });
    let ground = match ground(entry) {
        Some(ground) if sources > 0 => format!("{ground}; {texts}"),
        Some(ground) => ground.to_owned(),
        None => texts,
    };
    line(out, screen, "date", &ground)
}

/// Returns the ground for a date that no text gives, or the remark that it is not certain; `None` if a text gives it.
fn ground(entry: &RegisterEntry) -> Option<&'static str> {
    let document = &entry.document;
    match (document.date, document.basis) {
        (None, _) => Some("not known"),
        (Some(_), _) if !document.certain => Some("not certain"),
        (Some(_), Basis::Known) => Some("general knowledge, found in no text"),
        (Some(_), Basis::Office) => Some("from the office's own table"),
        (Some(_), Basis::Text) => None,
    }
}

/// Writes a line with a name before it; nothing for an empty text.
fn line(out: &mut dyn Write, screen: Screen, name: &str, text: &str) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    let name = format!("{name}: ");
    let pieces = [(name.as_str(), Some(TextStyle::Dim)), (text, None)];
    for line in wrap(&pieces, screen.columns.saturating_sub(2), screen.palette) {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}
