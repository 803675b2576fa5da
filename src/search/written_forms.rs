//! The forms in which a text may write a symbol as one word.

/// Returns the forms that a whole canonical symbol (`21-nq-tw`) may have in a text as one folded token: with the
/// separators of party and of state documents, and with or without a zero before a number of one digit.
pub(super) fn written_forms(canonical: &str) -> Vec<String> {
    let groups: Vec<&str> = canonical.split('-').collect();
    let (Some((number, rest)), Some(letters)) = (
        groups.split_first(),
        groups
            .iter()
            .position(|group| !group.bytes().all(|b| b.is_ascii_digit())),
    ) else {
        return Vec::new();
    };
    // `05-CT/TW` is the usual way to write number 5.
    let padded = (number.len() == 1).then(|| format!("0{number}"));
    let numbers: Vec<&str> = std::iter::once(*number).chain(padded.as_deref()).collect();
    let years = rest[..letters.saturating_sub(1).min(rest.len())].join("/");
    let rest = &rest[letters.saturating_sub(1).min(rest.len())..];
    let mut written_forms = Vec::new();
    for number in numbers {
        // A year after the number is that of a state document: `30/2020/nd-cp`, `43/2019/qh14`.
        if !years.is_empty() {
            written_forms.push(format!("{number}/{years}/{}", rest.join("-")));
            continue;
        }
        // Party documents separate kind and issuer in every way: `21-nq/tw`, `57/nq-tw`.
        if let [kind, body @ ..] = rest {
            let body = body.join("-");
            for (first, second) in [("-", "/"), ("/", "-"), ("/", "/"), ("-", "-")] {
                let second = if body.is_empty() { "" } else { second };
                written_forms.push(format!("{number}{first}{kind}{second}{body}"));
            }
        }
    }
    written_forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_is_found_however_it_is_joined() {
        assert!(written_forms("21-nq-tw").contains(&"21-nq/tw".to_owned()));
        assert!(written_forms("57-nq-tw").contains(&"57/nq-tw".to_owned()));
        assert!(written_forms("5-ct-tw").contains(&"05-ct/tw".to_owned()));
        assert_eq!(written_forms("30-2020-nd-cp"), ["30/2020/nd-cp"]);
        assert_eq!(written_forms("43-2019-qh14"), ["43/2019/qh14"]);
    }
}
