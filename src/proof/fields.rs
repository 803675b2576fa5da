//! The details of a citation against the register and the corpus: date, issuer, type word, subject.

use super::draft::{Cited, Draft, floor, symbol_of};
use super::issuer;
use super::meant::{Meant, is_slip, meant};
use super::record::{Expected, Finding, FindingKind, Witness};
use super::title::Titles;
use crate::citation::{Account, CitationStatus, IdentitySource, Resolver};
use crate::document::province;
use crate::register::RegisteredDocument;
use crate::symbol::{Kind, Symbol, TYPE_WORDS, TypeWord};
use crate::text::{Span, fold};

/// Bytes before a citation in which a further type word is looked for: "Thông báo ý kiến kết luận số 20-TB/TW".
const TYPE_WORD_BYTES: usize = 60;

/// The outcome of comparing a citation with the register and the corpus.
pub(super) struct Checked<'r> {
    /// The findings.
    pub(super) findings: Vec<Finding>,
    /// The row of the register that it means.
    pub(super) row: Option<&'r RegisteredDocument>,
    /// The account that has the document.
    pub(super) source: Option<IdentitySource>,
}

/// Checks the details of one citation.
pub(super) fn check<'r>(
    draft: &Draft<'_>,
    cited: &Cited<'_>,
    resolver: &'r Resolver,
    titles: &Titles<'r>,
) -> Checked<'r> {
    let citation = cited.citation;
    let register = resolver.register();
    let mut findings = Vec::new();
    findings.extend(kind(draft, cited));
    let has_wrong_kind = !findings.is_empty();
    let Some(symbol) = citation.symbol.as_deref() else {
        let row = citation
            .identity
            .as_deref()
            .and_then(|identity| register.identified(identity));
        let known = matches!(citation.source, Some(IdentitySource::Register | IdentitySource::Corpus));
        if citation.status == CitationStatus::Ambiguous {
            findings.push(ambiguous(draft, cited));
        } else if !known && row.is_none() {
            findings.push(unknown(draft, cited, titles));
        }
        let source = citation.source.filter(|_| known);
        return Checked { findings, row, source };
    };
    let rows: Vec<&RegisteredDocument> = register.of_symbol(symbol).collect();
    let found = meant(draft, cited, &rows, titles);
    if let Some(found) = found {
        if !found.date_agrees {
            findings.push(date_of_row(draft, cited, found.row, titles));
        }
        // Which of two kinds an undated citation means is open.
        if citation.date.is_some() || !has_wrong_kind {
            findings.extend(issuer_of_row(draft, cited, found));
        }
        findings.extend(subject_of_row(draft, cited, found, titles));
        return Checked {
            findings,
            row: Some(found.row).filter(|_| found.date_agrees),
            source: Some(IdentitySource::Register),
        };
    }
    let accounts = resolver.accounts(&draft.parsed.document, citation);
    if let Some(finding) = date_of_corpus(draft, cited, &accounts) {
        findings.push(finding);
        return Checked {
            findings,
            row: None,
            source: Some(IdentitySource::Corpus),
        };
    }
    let is_known = match citation.date {
        Some(date) => accounts
            .iter()
            .any(|account| account.date.is_some_and(|known| known.agrees(date)) || account.target.is_some()),
        None => citation.source == Some(IdentitySource::Corpus),
    };
    if citation.status == CitationStatus::Ambiguous {
        findings.push(ambiguous(draft, cited));
    } else if let Some(finding) = misnumbered(draft, cited, &rows, titles) {
        findings.push(finding);
    } else if !is_known {
        findings.push(unknown(draft, cited, titles));
    }
    Checked {
        findings,
        row: None,
        source: Some(IdentitySource::Corpus).filter(|_| is_known),
    }
}

/// Returns what the register says, with its ground.
pub(super) fn registered(row: &RegisteredDocument, value: String) -> Expected {
    Expected {
        value,
        source: Witness::Register,
        basis: Some(row.basis),
        document: None,
        line: None,
    }
}

/// Returns the finding that the register has another date.
fn date_of_row(draft: &Draft<'_>, cited: &Cited<'_>, row: &RegisteredDocument, titles: &Titles<'_>) -> Finding {
    let citation = cited.citation;
    let span = cited.date_span().unwrap_or(citation.span);
    let date = row.date.map_or_else(String::new, |date| date.to_string());
    let mut expected = vec![registered(row, date.clone())];
    let mut message = format!("The register dates {} {date}.", row.key);
    let subject = citation.subject.as_deref();
    let is_own = subject
        .and_then(|subject| titles.fit(subject, row))
        .is_some_and(|fit| fit.is_same());
    if let Some(other) = of_same_date(cited, titles).filter(|_| !is_own) {
        message = format!(
            "The register dates {} {date}; the document of the printed date and subject is {}.",
            row.key, other.key
        );
        expected.push(registered(other, other.identity()));
    }
    draft.finding(FindingKind::Date, span, expected, message)
}

/// Returns the document of another symbol that has the date and the subject of the citation.
fn of_same_date<'r>(cited: &Cited<'_>, titles: &Titles<'r>) -> Option<&'r RegisteredDocument> {
    let citation = cited.citation;
    let (subject, date) = (citation.subject.as_deref()?, citation.date?);
    let named = titles.named(subject).into_iter().map(|(row, _)| row);
    let mut same = named.filter(|row| {
        row.date.is_some_and(|known| known.agrees(date)) && Some(row.key.as_str()) != citation.symbol.as_deref()
    });
    same.next()
}

/// Returns the finding that the register has another issuer.
fn issuer_of_row(draft: &Draft<'_>, cited: &Cited<'_>, meant: Meant<'_>) -> Option<Finding> {
    let registered_issuer = meant.row.issuer.as_deref()?;
    let printed = cited.citation.issuer.as_deref()?;
    // An issuer that a list shares may be that of the last item alone.
    let span = cited.issuer_span()?;
    if !meant.date_agrees || !issuer::contradicts(printed, registered_issuer) {
        return None;
    }
    let expected = vec![registered(meant.row, registered_issuer.to_owned())];
    let message = format!(
        "{} was issued by {registered_issuer}, says the register.",
        meant.row.identity()
    );
    Some(draft.finding(FindingKind::Issuer, span, expected, message))
}

/// Returns the finding that the subject is that of another document.
fn subject_of_row(draft: &Draft<'_>, cited: &Cited<'_>, meant: Meant<'_>, titles: &Titles<'_>) -> Option<Finding> {
    let title = meant.row.subject.as_deref()?;
    let subject = cited.citation.subject.as_deref()?;
    let fit = titles.fit(subject, meant.row)?;
    let span = cited.subject_span()?;
    let other = titles.named(subject).into_iter().find(|(other, other_fit)| {
        let letters = |row: &RegisteredDocument| row.key.parse::<Symbol>().ok().map(|symbol| symbol.letters());
        let alike = other_fit.is_telling() || letters(other) == letters(meant.row);
        let better = alike && other.key != meant.row.key && draft.may_cite(other);
        // Titles of two provinces differ in the name alone.
        let (one, two) = (province::provinces_named(subject), province::provinces_named(title));
        let elsewhere = !one.is_empty() && !two.is_empty() && !one.iter().any(|name| two.contains(name));
        better && (fit.is_different() || elsewhere && other_fit.share() > fit.share() + 0.2)
    });
    let (other, _) = other.filter(|_| meant.date_agrees)?;
    let expected = vec![
        registered(meant.row, title.to_owned()),
        registered(other, other.identity()),
    ];
    let message = format!(
        "{} has another subject, says the register; this one is that of {}.",
        meant.row.identity(),
        other.identity()
    );
    Some(draft.finding(FindingKind::Subject, span, expected, message))
}

/// Returns the finding that an undated citation has the subject of a document of another number, and of none with its
/// own.
fn misnumbered(
    draft: &Draft<'_>,
    cited: &Cited<'_>,
    rows: &[&RegisteredDocument],
    titles: &Titles<'_>,
) -> Option<Finding> {
    let citation = cited.citation;
    let subject = citation.subject.as_deref().filter(|_| citation.date.is_none())?;
    let symbol = symbol_of(citation)?;
    let span = cited.subject_span()?;
    let all_differ = rows
        .iter()
        .all(|row| titles.fit(subject, row).is_some_and(|fit| fit.is_different()));
    if rows.is_empty() || !all_differ {
        return None;
    }
    let of_series = |row: &RegisteredDocument| {
        row.key
            .parse::<Symbol>()
            .is_ok_and(|other| other.letters() == symbol.letters() && other.year == symbol.year)
    };
    let named = titles.named(subject).into_iter().map(|(row, _)| row);
    let other = named.filter(|row| draft.may_cite(row)).find(|row| of_series(row))?;
    let expected = rows
        .iter()
        .filter_map(|row| Some(registered(row, row.subject.clone()?)))
        .chain([registered(other, other.identity())])
        .collect();
    let message = format!(
        "No registered {symbol} has this subject; it is that of {}.",
        other.identity()
    );
    Some(draft.finding(FindingKind::Subject, span, expected, message))
}

/// Returns the finding that the corpus has another date, and none the printed one.
fn date_of_corpus(draft: &Draft<'_>, cited: &Cited<'_>, accounts: &[Account<'_>]) -> Option<Finding> {
    let citation = cited.citation;
    let date = citation.date.filter(|date| date.day().is_some())?;
    let span = cited.date_span()?;
    let whole = |account: &&Account<'_>| account.date.is_some_and(|date| date.day().is_some());
    let agrees = |account: &Account<'_>| account.date.is_some_and(|known| known.agrees(date));
    if accounts.iter().any(agrees) {
        return None;
    }
    let contradicts = |account: &&Account<'_>| {
        account.date.is_some_and(|known| {
            let told = account.target.is_some() || account.has_subject;
            told && (known.year() == date.year() || is_slip(date, known))
        })
    };
    let account = accounts.iter().filter(whole).find(contradicts)?;
    let known = account.date?;
    let expected = vec![Expected {
        value: known.to_string(),
        source: Witness::Corpus,
        basis: None,
        document: account.target.map(str::to_owned),
        line: None,
    }];
    let message = match account.target {
        Some(target) => format!("{} is dated {known} in the corpus: {target}.", citation.key()),
        None => format!("Documents of the corpus date {} {known}.", citation.key()),
    };
    Some(draft.finding(FindingKind::Date, span, expected, message))
}

/// Returns the finding that nobody has the document, with the one that its date and subject tell.
fn unknown(draft: &Draft<'_>, cited: &Cited<'_>, titles: &Titles<'_>) -> Finding {
    let citation = cited.citation;
    let other = of_same_date(cited, titles);
    let expected = other.map(|row| registered(row, row.identity())).into_iter().collect();
    let mut message = format!("Neither the register nor the corpus has {}.", citation.key());
    if let Some(other) = other {
        message = format!(
            "The register has no {}; the document of this date and subject is {}.",
            citation.key(),
            other.key
        );
    }
    draft.finding(FindingKind::Unknown, citation.span, expected, message)
}

/// Returns the finding that several documents fit.
fn ambiguous(draft: &Draft<'_>, cited: &Cited<'_>) -> Finding {
    let citation = cited.citation;
    let expected: Vec<Expected> = citation
        .candidates
        .iter()
        .map(|candidate| Expected {
            value: candidate.clone(),
            source: Witness::Register,
            basis: None,
            document: None,
            line: None,
        })
        .collect();
    let message = match expected.len() {
        0 | 1 => format!("It is not certain which {} is meant.", citation.key()),
        several => format!(
            "{several} documents fit {}; a date would tell them apart.",
            citation.key()
        ),
    };
    draft.finding(FindingKind::Ambiguous, citation.span, expected, message)
}

/// Returns the finding that the type word contradicts the letters of a central symbol: "Nghị quyết số 14-KL/TW".
///
/// Local offices number programs with CT and letters with KL, so their symbols are left alone.
fn kind(draft: &Draft<'_>, cited: &Cited<'_>) -> Option<Finding> {
    let citation = cited.citation;
    let symbol = symbol_of(citation)?;
    let is_central = symbol.body.ends_with("TW") || ["CP", "TTg"].contains(&symbol.body.as_str());
    let raw = citation.span.slice(draft.text());
    let (word, len) = type_word_of(raw)?;
    let known = TYPE_WORDS.iter().any(|row| row.codes.contains(&symbol.kind.as_str()));
    let rest = fold(raw.get(len..)?);
    let adjacent = rest.trim_start().starts_with("so") || rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    if !is_central || !known || !adjacent || word.kind == Kind::Other || may_carry(word, &symbol.kind) {
        return None;
    }
    let before = cited.text_before();
    let near = fold(&before[floor(before, before.len().saturating_sub(TYPE_WORD_BYTES))..]);
    let told = TYPE_WORDS
        .iter()
        .any(|row| may_carry(row, &symbol.kind) && near.contains(&row.syllables.join(" ")));
    if told || !draft.is_typed_at(citation.span) {
        return None;
    }
    let right = TYPE_WORDS
        .iter()
        .filter(|row| row.code() == symbol.kind)
        .min_by_key(|row| row.syllables.len())?;
    let span = Span::new(citation.span.start, citation.span.start + len);
    let expected = vec![Expected {
        value: right.capitalized(),
        source: Witness::Rules,
        basis: None,
        document: None,
        line: None,
    }];
    let message = format!(
        "The letters {} of {symbol} are those of {}.",
        symbol.kind, right.written
    );
    Some(draft.finding(FindingKind::Kind, span, expected, message))
}

/// Returns the type word that `raw` begins with, and its length in bytes.
pub(super) fn type_word_of(raw: &str) -> Option<(&'static TypeWord, usize)> {
    TYPE_WORDS.iter().find_map(|row| {
        let mut rest = raw;
        for syllable in row.syllables {
            let trimmed = rest.trim_start();
            let end = trimmed.find(char::is_whitespace).unwrap_or(trimmed.len());
            let (word, after) = trimmed.split_at(end);
            if fold(word) != *syllable {
                return None;
            }
            rest = after;
        }
        Some((row, raw.len() - rest.len()))
    })
}

/// Returns true if documents that `word` names may have a symbol with this kind code.
fn may_carry(word: &TypeWord, code: &str) -> bool {
    let same_kind = |row: &&TypeWord| row.kind == word.kind && row.kind != Kind::Other;
    let is_qd = |kind: Kind| matches!(kind, Kind::QuyDinh | Kind::QuyetDinh);
    word.codes.contains(&code)
        || TYPE_WORDS.iter().filter(same_kind).any(|row| row.codes.contains(&code))
        || is_qd(word.kind) && is_qd(Kind::of_code(code))
}
