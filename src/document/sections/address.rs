//! Addresses of sections, as people read and type them: `II.2.2.1`, `PHAN-I.I.3`.
//!
//! An address is made of the printed labels from the outermost section inwards, joined by dots. Marks, blanks and the
//! signs after a label are left out: `PHẦN I` is `PHAN-I`, `Điều 5.` is `Dieu-5`, `II-` is `II`. A label that repeats the
//! number of the section around it goes on from there: `2.2.1.` inside `2.2.` inside `2.` inside `I-` is `I.2.2.1`. A
//! heading without a label, or with a sign for one (`*`), has its position among its siblings instead. Of several
//! sections with one address the later ones get `~2`, `~3`; so do labels that start again in an attached document.
//!
//! Numbers alone are a position in the tree (`2.1.3`). An address that comes out as numbers alone, and is another
//! section's position or none, ends with a dot: `2.1.3.`.

use std::collections::HashMap;

use super::Section;
use crate::text::fold;
use crate::text::fold::fold_char;

/// The sign before the number of a repeated address.
const REPEATED: char = '~';

/// The addresses of the sections of one document.
#[derive(Clone, Debug)]
pub struct SectionAddresses {
    /// The positions in the tree, `2.1.3`, in the order of the sections.
    positions: Vec<String>,
    /// The addresses as printed.
    printed: Vec<String>,
    /// The same without a dot at the end, to which the addresses of sections inside are appended.
    bases: Vec<String>,
}

/// The sections that a typed address may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressMatch {
    /// None.
    None,
    /// The section with this index.
    One(usize),
    /// The sections with these indices, in order.
    Several(Vec<usize>),
}

impl SectionAddresses {
    /// Returns the addresses of `sections`, all of one document. Costs little more than reading them.
    #[must_use]
    pub fn of(sections: &[Section]) -> Self {
        let labels: Vec<String> = sections.iter().map(|section| label_form(&section.label)).collect();
        let path = |section: &Section| {
            let numbers: Vec<String> = section.path.iter().map(ToString::to_string).collect();
            numbers.join(".")
        };
        let positions: Vec<String> = sections.iter().map(path).collect();
        // Of two that would have one address, the outer one keeps it, and a printed label goes before a position.
        let mut order: Vec<usize> = (0..sections.len()).collect();
        order.sort_by_key(|&index| (sections[index].level(), labels[index].is_empty()));
        let mut bases = vec![String::new(); sections.len()];
        let mut printed = bases.clone();
        let mut taken: HashMap<String, usize> = HashMap::new();
        for index in order {
            let parent = sections[index].parent.filter(|&parent| parent < sections.len());
            let position = positions[index].rsplit('.').next().unwrap_or_default();
            let own = match labels[index].as_str() {
                "" => position,
                label => parent.map_or(label, |parent| after_number(label, &labels[parent])),
            };
            let mut base = match parent.map(|parent| bases[parent].as_str()) {
                None | Some("") => own.to_owned(),
                Some(around) => format!("{around}.{own}"),
            };
            let dot = if is_position(&base) && base != positions[index] {
                "."
            } else {
                ""
            };
            printed[index] = format!("{base}{dot}");
            let before = taken.entry(fold(&printed[index])).or_default();
            *before += 1;
            if *before > 1 {
                base = format!("{base}{REPEATED}{before}");
                printed[index].clone_from(&base);
            }
            bases[index] = base;
        }
        Self {
            positions,
            printed,
            bases,
        }
    }

    /// Returns the address of the section with this index: `II.2.2.1`.
    #[must_use]
    pub fn printed(&self, index: usize) -> &str {
        self.printed.get(index).map_or("", String::as_str)
    }

    /// Returns what `typed` means: a position; an address in any case, with or without marks; or the end of one address
    /// alone (`2.2.1` for `I.2.2.1`).
    ///
    /// ```
    /// use vankien::document::{AddressMatch, SectionAddresses, parse};
    /// use vankien::reading::Reading;
    /// let text = "KẾ HOẠCH\nvề chuyển đổi số\n\nI- MỤC TIÊU\n\n1. Chung\n\nII- NHIỆM VỤ\n\n1. Số hóa\n\n1.1. Hồ sơ\n";
    /// let document = parse("a", "a.txt", text.to_owned(), &Reading::of(text));
    /// let addresses = SectionAddresses::of(&document.sections);
    /// let AddressMatch::One(found) = addresses.find("ii.1.1") else { panic!() };
    /// assert_eq!(document.sections[found].title, "Hồ sơ");
    /// assert_eq!(addresses.printed(found), "II.1.1");
    /// ```
    #[must_use]
    pub fn find(&self, typed: &str) -> AddressMatch {
        let typed = typed.trim();
        if is_position(typed)
            && let Some(index) = self.positions.iter().position(|position| position == typed)
        {
            return AddressMatch::One(index);
        }
        let asked = typed_form(typed);
        let with_dot = format!("{asked}.");
        let printed = |asked: &str| self.printed.iter().position(|printed| fold(printed) == asked);
        if let Some(index) = printed(&with_dot).or_else(|| printed(&asked)) {
            return AddressMatch::One(index);
        }
        match self.ending_with(typed).as_slice() {
            [] => AddressMatch::None,
            [one] => AddressMatch::One(*one),
            several => AddressMatch::Several(several.to_vec()),
        }
    }

    /// Returns the sections whose addresses are `typed` or end with it, in order: those that are printed so.
    #[must_use]
    pub fn ending_with(&self, typed: &str) -> Vec<usize> {
        let asked = typed_form(typed);
        let ends = |base: &String| {
            let base = fold(base);
            let before = base.strip_suffix(&asked);
            before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
        };
        let found = self
            .bases
            .iter()
            .enumerate()
            .filter(|(_, base)| !asked.is_empty() && ends(base));
        found.map(|(index, _)| index).collect()
    }
}

/// Returns true if `typed` is a position in the tree: numbers with dots between them.
#[must_use]
pub fn is_position(typed: &str) -> bool {
    typed
        .split('.')
        .all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns `label` without the number of the section around it and the dot after that: `1` for `2.2.1` in `2.2`.
fn after_number<'l>(label: &'l str, around: &str) -> &'l str {
    let rest = label.strip_prefix(around).and_then(|rest| rest.strip_prefix('.'));
    rest.filter(|_| !around.is_empty()).unwrap_or(label)
}

/// Returns a typed address in the form that addresses are compared in.
fn typed_form(typed: &str) -> String {
    let pieces: Vec<String> = typed.split(REPEATED).map(label_form).collect();
    fold(&pieces.join("~"))
}

/// Returns a label as it is typed: letters without marks, numbers, single dots between numbers, and `-` for blanks and
/// other signs between words. Empty for a sign.
fn label_form(label: &str) -> String {
    let mut form = String::with_capacity(label.len());
    let mut between: Option<char> = None;
    for char in label.chars() {
        if !char.is_alphanumeric() {
            let sign = if char == '.' { '.' } else { '-' };
            // A combining mark is part of its letter.
            if !unicode_normalization::char::is_combining_mark(char) && between != Some('.') {
                between = Some(sign);
            }
            continue;
        }
        if let Some(sign) = between.take()
            && !form.is_empty()
        {
            form.push(sign);
        }
        let start = form.len();
        fold_char(char, &mut form);
        if char.is_uppercase() {
            form[start..].make_ascii_uppercase();
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns the sections of an outline: each a depth and a label.
    fn sections(outline: &[(usize, &str)]) -> Vec<Section> {
        let mut sections: Vec<Section> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut children = vec![0];
        for (index, &(depth, label)) in outline.iter().enumerate() {
            open.truncate(depth.saturating_sub(1));
            children.truncate(open.len() + 1);
            *children.last_mut().unwrap() += 1;
            sections.push(Section {
                path: children.clone(),
                parent: open.last().copied(),
                label: label.to_owned(),
                title: String::new(),
                kind: super::super::SectionKind::Khac,
                term: None,
                page: 1,
                heading: Some(index),
                span: crate::text::Span::new(index, index + 1),
            });
            open.push(index);
            children.push(0);
        }
        sections
    }

    /// Returns the printed addresses of an outline.
    fn printed(outline: &[(usize, &str)]) -> Vec<String> {
        let addresses = SectionAddresses::of(&sections(outline));
        addresses.printed.clone()
    }

    #[test]
    fn an_address_has_the_printed_labels() {
        let outline = [
            (1, ""),
            (1, "PHẦN I"),
            (2, "I-"),
            (3, "1."),
            (3, "2."),
            (4, "2.1."),
            (4, "2.2."),
            (5, "2.2.1."),
            (5, "*"),
            (3, ""),
            (2, "II."),
            (3, "2."),
            (4, "2.2.1."),
            (1, "Phần thứ hai"),
            (2, "Điều 5."),
            (3, "a)"),
            (3, "đ)"),
            (1, "PHỤ LỤC 2"),
            (1, "Phụ lục 2"),
            (1, ""),
        ];
        assert_eq!(
            printed(&outline),
            [
                "1",
                "PHAN-I",
                "PHAN-I.I",
                "PHAN-I.I.1",
                "PHAN-I.I.2",
                "PHAN-I.I.2.1",
                "PHAN-I.I.2.2",
                "PHAN-I.I.2.2.1",
                "PHAN-I.I.2.2.2",
                "PHAN-I.I.3",
                "PHAN-I.II",
                "PHAN-I.II.2",
                "PHAN-I.II.2.2.1",
                "Phan-thu-hai",
                "Phan-thu-hai.Dieu-5",
                "Phan-thu-hai.Dieu-5.a",
                "Phan-thu-hai.Dieu-5.d",
                "PHU-LUC-2",
                "Phu-luc-2~2",
                "6",
            ]
        );
    }

    #[test]
    fn numbers_alone_are_positions_and_a_printed_number_ends_with_a_dot() {
        let outline = [(1, ""), (1, "1."), (2, "1.1."), (1, "2."), (1, "1."), (2, "1.1.")];
        assert_eq!(printed(&outline), ["1", "1.", "1.1.", "2.", "1~2", "1~2.1"]);
        let addresses = SectionAddresses::of(&sections(&outline));
        assert_eq!(addresses.find("2"), AddressMatch::One(1));
        assert_eq!(addresses.find("2."), AddressMatch::One(3));
        assert_eq!(printed(&[(1, "1."), (2, "1.1."), (1, "2.")]), ["1", "1.1", "2"]);
    }

    #[test]
    fn an_address_is_typed_as_people_type() {
        let outline = [
            (1, "PHẦN I"),
            (2, "I-"),
            (3, "3."),
            (2, "II-"),
            (1, "PHẦN II"),
            (2, "II-"),
            (3, "4."),
        ];
        let addresses = SectionAddresses::of(&sections(&outline));
        for (typed, found) in [
            ("PHAN-I.II", AddressMatch::One(3)),
            ("phần i.ii", AddressMatch::One(3)),
            ("Phần I . II-", AddressMatch::One(3)),
            ("I.3", AddressMatch::One(2)),
            ("i.3.", AddressMatch::One(2)),
            ("II", AddressMatch::Several(vec![3, 5])),
            ("1.2", AddressMatch::One(3)),
            ("III", AddressMatch::None),
            ("", AddressMatch::None),
            ("~", AddressMatch::None),
            (".", AddressMatch::None),
        ] {
            assert_eq!(addresses.find(typed), found, "{typed}");
        }
    }

    proptest! {
        /// Whatever the outline, each section has an address of its own, which leads back to it.
        #[test]
        fn an_address_and_a_section_lead_to_each_other(
            outline in prop::collection::vec(
                (1_usize..5, prop::sample::select(vec![
                    "", "*", "I-", "II-", "1.", "2.", "1.1.", "1.2.", "2.1.", "2.1.1.", "1.1.1.", "a)", "đ)", "d)",
                    "(1)", "PHẦN I", "Phần I", "Mục 1", "Điều 1.", "~", "1~2", "I.1.", "é", "①",
                ])),
                0..24,
            )
        ) {
            let sections = sections(&outline);
            let addresses = SectionAddresses::of(&sections);
            for (index, section) in sections.iter().enumerate() {
                let printed = addresses.printed(index);
                prop_assert!(!printed.contains([' ', ':', '^', '§', '@', '/']));
                prop_assert_eq!(addresses.find(printed), AddressMatch::One(index), "{}", printed);
                let path: Vec<String> = section.path.iter().map(ToString::to_string).collect();
                prop_assert_eq!(addresses.find(&path.join(".")), AddressMatch::One(index));
            }
        }
    }
}
