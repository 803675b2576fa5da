//! The number of a note, repaired from what a scan left of it.
//!
//! Notes are numbered consecutively, so the number that is due is known: a mark is read as that number if
//! it can be a misreading of it.

/// The number before the body of a note, as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PrintedNumber {
    /// A number that can be read.
    Digits(usize),
    /// A number that an OCR saw above the line.
    Seen(usize),
    /// A sign that a scan may have made of a raised number: `®`, `*`.
    Sign(char),
}

/// Numbers that may be missing between two notes that were found.
const MAX_SKIPPED: usize = 2;

impl PrintedNumber {
    /// Returns the number of the first note of a page on which number `due` is expected, or `None` if no note
    /// can begin with this mark.
    ///
    /// A number a little beyond `due` is accepted, because the notes between may have been missed; for the `first` note of
    /// the document, which may be a part of another, any number that stands above the line.
    pub(super) fn as_first(self, due: usize, first: bool) -> Option<usize> {
        match self {
            Self::Seen(number) if first || number >= due && number <= due + MAX_SKIPPED => Some(number),
            Self::Digits(number) if number >= due && number <= due + MAX_SKIPPED => Some(number),
            Self::Digits(number) if !is_misread(number, due) => None,
            // What stands above the line is the number of a note, whatever was read.
            _ => Some(due),
        }
    }

    /// Returns true if the mark can stand for note `due` after other notes of its page. `fresh`: the row can
    /// begin a paragraph, which a misread number needs.
    pub(super) fn fits_next(self, due: usize, fresh: bool) -> bool {
        match self {
            Self::Digits(number) => number == due || (fresh && is_misread(number, due)),
            Self::Seen(number) => number == due || fresh,
            Self::Sign(_) => fresh,
        }
    }

    /// Returns the score of the mark as the number `due`.
    pub(super) fn score(self, due: usize) -> i32 {
        match self {
            Self::Digits(number) | Self::Seen(number) if number == due => 3,
            Self::Digits(_) => 1,
            Self::Seen(_) => 2,
            Self::Sign(_) => 2,
        }
    }

    /// Returns the sign, or `None` for digits.
    pub(super) fn sign(self) -> Option<char> {
        match self {
            Self::Digits(_) | Self::Seen(_) => None,
            Self::Sign(sign) => Some(sign),
        }
    }
}

/// Returns true if `read` may be a misreading of the number `due`: a digit lost (`1` for 12), or one changed
/// in a number of two or more (`17` for 12).
pub(super) fn is_misread(read: usize, due: usize) -> bool {
    let (read, due) = (read.to_string(), due.to_string());
    if read.len() == due.len() {
        return due.len() >= 2 && read.bytes().zip(due.bytes()).filter(|(a, b)| a != b).count() == 1;
    }
    due.len() == read.len() + 1 && due.contains(&read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_number_of_a_page_is_repaired_by_what_is_due() {
        let rows = [
            (PrintedNumber::Digits(6), 6, Some(6)),
            (PrintedNumber::Digits(8), 6, Some(8)),
            (PrintedNumber::Digits(9), 6, None),
            (PrintedNumber::Digits(1), 12, Some(12)),
            (PrintedNumber::Digits(17), 12, Some(12)),
            (PrintedNumber::Digits(7), 6, Some(7)),
            (PrintedNumber::Digits(5), 6, None),
            (PrintedNumber::Sign('®'), 3, Some(3)),
        ];
        for (printed, due, number) in rows {
            assert_eq!(printed.as_first(due, false), number, "{printed:?} for {due}");
        }
        assert_eq!(PrintedNumber::Seen(45).as_first(1, true), Some(45));
        assert_eq!(PrintedNumber::Seen(45).as_first(6, false), Some(6));
    }

    #[test]
    fn a_misread_number_needs_a_fresh_row() {
        assert!(PrintedNumber::Digits(12).fits_next(12, false));
        assert!(PrintedNumber::Digits(17).fits_next(12, true) && !PrintedNumber::Digits(17).fits_next(12, false));
        assert!(PrintedNumber::Sign('*').fits_next(4, true) && !PrintedNumber::Sign('*').fits_next(4, false));
        assert!(!PrintedNumber::Digits(7).fits_next(4, true));
    }
}
