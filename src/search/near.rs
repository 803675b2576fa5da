//! The rule by which a value or a symbol looks like another one: a slip of the keyboard, or a part of it.

/// The most chars typed wrong, left out, added, or swapped with the next in what still looks alike.
pub(super) const MAX_SLIPS: usize = 2;

/// Values that are offered in place of an unknown one.
const MAX_NEAR: usize = 5;

/// The fewest chars of a part by which a longer value is found.
const MIN_PART_CHARS: usize = 3;

/// Returns the number of slips between two texts (the optimal string alignment distance); `None` if they do not look
/// alike: more than [`MAX_SLIPS`], or half of the longer one. Costs little for texts of different lengths.
pub(super) fn slips(one: &str, other: &str) -> Option<usize> {
    let (length, other_length) = (one.chars().count(), other.chars().count());
    if length.abs_diff(other_length) > MAX_SLIPS {
        return None;
    }
    let slips = strsim::osa_distance(one, other);
    (slips <= MAX_SLIPS && slips * 2 < length.max(other_length)).then_some(slips)
}

/// Returns those of `candidates` that look like `asked`, or of which one is part of the other, nearest first, at most
/// [`MAX_NEAR`]. Each candidate is a folded text and the value that it stands for.
pub(crate) fn nearest(asked: &str, candidates: impl IntoIterator<Item = (String, String)>) -> Vec<String> {
    let has = |long: &str, part: &str| part.chars().count() >= MIN_PART_CHARS && long.contains(part);
    let near = candidates.into_iter().filter_map(|(folded, value)| {
        let is_part = has(&folded, asked) || has(asked, &folded);
        let distance = slips(asked, &folded).or_else(|| is_part.then_some(MAX_SLIPS + 1))?;
        Some((distance, value))
    });
    let mut near: Vec<(usize, String)> = near.collect();
    near.sort();
    near.dedup_by(|one, other| one.1 == other.1);
    near.truncate(MAX_NEAR);
    near.into_iter().map(|(_, value)| value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_and_parts_are_near() {
        let near = |asked: &str| {
            let names = ["han-che", "ket-qua", "ocr", "2020-2025", "tinh uy ca mau"];
            nearest(asked, names.map(|name| (name.to_owned(), name.to_owned())))
        };
        assert_eq!(near("hanche"), ["han-che"]);
        assert_eq!(near("ket-quả"), ["ket-qua"]);
        assert_eq!(near("2020"), ["2020-2025"]);
        assert_eq!(near("ban thuong vu tinh uy ca mau"), ["tinh uy ca mau"]);
        assert_eq!(near("abc"), [""; 0]);
        assert_eq!(near("oc"), ["ocr"]);
        assert_eq!(near(""), [""; 0]);
    }
}
