//! Registered documents as terminal text: a block for each, or a few lines in the report on a cited document.

use std::io::{self, Write};

use super::listing::block;
use super::{Screen, TextStyle};
use crate::register::{Basis, RegisterEntry};
use crate::render::language::dates::{date_text, identity_text};
use crate::render::language::labels::ground;

/// Writes everything that the register has about a document.
///
/// # Errors
/// Those of `out`.
pub fn entry(out: &mut dyn Write, screen: Screen, entry: &RegisterEntry) -> io::Result<()> {
    let (document, strings) = (&entry.document, screen.strings());
    let date = document.date.map(|date| date_text(&date.to_string()));
    let term = document.term.as_ref().map(|term| format!("khóa {term}"));
    let about = [
        Some(document.type_word.clone()),
        date,
        document.issuer.clone(),
        term.filter(|_| document.key.ends_with("TW")),
    ];
    let about: Vec<String> = about.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let about = about.join(" · ");
    let pieces = [
        (document.key.as_str(), Some(TextStyle::Address)),
        ("  ", None),
        (about.as_str(), Some(TextStyle::Dim)),
    ];
    block(out, screen, ["", "    "], &pieces)?;
    if let Some(subject) = &document.subject {
        block(out, screen, ["  ", "  "], &[(subject, None)])?;
    }
    let identities = |identities: &[String]| -> String {
        let texts: Vec<String> = identities.iter().map(|identity| identity_text(identity)).collect();
        texts.join(", ")
    };
    line(out, screen, strings.also_called, &document.names.join("; "))?;
    line(out, screen, strings.date, &ground(strings, document))?;
    replacements(out, screen, entry)?;
    line(out, screen, strings.replaces, &identities(&document.replaces))?;
    line(out, screen, strings.amended_by, &identities(&document.amended_by))?;
    let effective = document.effective.map(|date| date_text(&date.to_string()));
    line(out, screen, strings.in_force, &effective.unwrap_or_default())?;
    line(out, screen, strings.follows, &identities(&document.follows))?;
    line(out, screen, strings.followed_by, &identities(&document.followed_by))?;
    line(out, screen, strings.note_word, &entry.doubts().unwrap_or_default())
}

/// Writes what the register has about a cited document, which the lines before name: identity, issuer and title, the
/// ground for its date where that is no text, and what replaces it.
///
/// # Errors
/// Those of `out`.
pub fn lines(out: &mut dyn Write, screen: Screen, entries: &[RegisterEntry]) -> io::Result<()> {
    let strings = screen.strings();
    for entry in entries {
        let document = &entry.document;
        let identity = identity_text(&entry.identity);
        let told = [Some(&identity), document.issuer.as_ref(), document.subject.as_ref()];
        let told: Vec<&str> = told.into_iter().flatten().map(String::as_str).collect();
        let is_told_by_texts = document.date.is_some() && document.certain && document.basis == Basis::Text;
        let ground = if is_told_by_texts {
            String::new()
        } else {
            format!(" ({})", ground(strings, document))
        };
        let told = format!("{}{ground}", told.join(", "));
        line(out, screen, strings.in_register_word, &told)?;
        replacements(out, screen, entry)?;
    }
    Ok(())
}

/// Writes by what a document is replaced; a warning, since nobody may rely on it any longer.
fn replacements(out: &mut dyn Write, screen: Screen, entry: &RegisterEntry) -> io::Result<()> {
    if entry.replacements.is_empty() {
        return Ok(());
    }
    let strings = screen.strings();
    let by = entry.replacements.iter().map(|by| identity_text(by));
    let by: Vec<String> = by.collect();
    let ground = match entry.document.replacement_basis {
        Some(Basis::Known) => format!(" ({})", strings.by_knowledge),
        _ => String::new(),
    };
    let text = format!("{}: {}{ground}", strings.replaced_by, by.join(", "));
    block(out, screen, ["  ", "    "], &[(&text, Some(TextStyle::Warning))])
}

/// Writes a line with a name before it; nothing for an empty text.
fn line(out: &mut dyn Write, screen: Screen, name: &str, text: &str) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    let name = format!("{}: ", name.trim_end_matches(':'));
    let pieces = [(name.as_str(), Some(TextStyle::Dim)), (text, None)];
    block(out, screen, ["  ", "    "], &pieces)
}
