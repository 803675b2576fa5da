//! Dates, as far as a text gives them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A year, a month of a year, or a day; ISO 8601 when displayed (`2025-06`).
///
/// ```
/// use vankien::document::PartialDate;
/// assert_eq!(PartialDate::new(2025, Some(6), None).unwrap().to_string(), "2025-06");
/// assert_eq!(PartialDate::new(2025, Some(2), Some(30)), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PartialDate {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

impl PartialDate {
    /// Returns the date, or `None` if no calendar has it. A day needs a month; years are 1900 to 2199.
    #[must_use]
    pub fn new(year: u16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let in_range = (1900..2200).contains(&year) && month.is_none_or(|m| (1..=12).contains(&m));
        let day_fits = match (month, day) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(month), Some(day)) => (1..=days_of(year, month)).contains(&day),
        };
        (in_range && day_fits).then_some(Self { year, month, day })
    }

    /// Returns the year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Returns the month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> Option<u8> {
        self.month
    }

    /// Returns the day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> Option<u8> {
        self.day
    }

    /// Returns the first day that it may be.
    #[must_use]
    pub fn first_day(self) -> Self {
        Self {
            year: self.year,
            month: Some(self.month.unwrap_or(1)),
            day: Some(self.day.unwrap_or(1)),
        }
    }

    /// Returns the last day that it may be.
    #[must_use]
    pub fn last_day(self) -> Self {
        let month = self.month.unwrap_or(12);
        let day = self.day.unwrap_or_else(|| days_of(self.year, month));
        Self {
            year: self.year,
            month: Some(month),
            day: Some(day),
        }
    }

    /// Returns a number that orders days: 20250228 for 2025-02-28; 0 for a month or day that is not given.
    #[must_use]
    pub fn number(self) -> u64 {
        u64::from(self.year) * 10_000 + u64::from(self.month.unwrap_or(0)) * 100 + u64::from(self.day.unwrap_or(0))
    }

    /// Reads a date as people type it: `2025`, `06/2025`, `28/2/2025`, or as [`fmt::Display`] writes it.
    ///
    /// ```
    /// use vankien::document::PartialDate;
    /// let iso = |typed| PartialDate::typed(typed).map(|date| date.to_string());
    /// assert_eq!(iso("28/2/2025"), Ok("2025-02-28".to_owned()));
    /// assert_eq!(iso("06/2025"), Ok("2025-06".to_owned()));
    /// assert!(iso("30/02/2025").is_err());
    /// ```
    ///
    /// # Errors
    /// [`NotADate`].
    pub fn typed(text: &str) -> Result<Self, NotADate> {
        let text = text.trim();
        let parts: Vec<&str> = text.split('/').collect();
        let number = |part: &str, digits: std::ops::RangeInclusive<usize>| {
            let fits = digits.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse::<u16>().ok().filter(|_| fits).ok_or(NotADate)
        };
        let small = |part: &str| number(part, 1..=2).and_then(|number| u8::try_from(number).map_err(|_| NotADate));
        let (year, month, day) = match parts[..] {
            [_] => return text.parse(),
            [month, year] => (year, small(month)?, None),
            [day, month, year] => (year, small(month)?, Some(small(day)?)),
            _ => return Err(NotADate),
        };
        Self::new(number(year, 4..=4)?, Some(month), day).ok_or(NotADate)
    }

    /// Returns true if both can be the same day, as far as each is given.
    #[must_use]
    pub fn agrees(self, other: Self) -> bool {
        let part = |a: Option<u8>, b: Option<u8>| a.is_none() || b.is_none() || a == b;
        self.year == other.year && part(self.month, other.month) && part(self.day, other.day)
    }
}

/// Returns the number of days of a month (1 to 12).
fn days_of(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    }
}

/// Error of reading a text that is no ISO date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date as 2025, 2025-02, 2025-02-28, 02/2025 or 28/02/2025")]
pub struct NotADate;

impl std::str::FromStr for PartialDate {
    type Err = NotADate;

    /// Reads what [`fmt::Display`] writes.
    fn from_str(text: &str) -> Result<Self, NotADate> {
        let mut parts = text.splitn(3, '-');
        let mut part = |digits: usize| match parts.next() {
            None => Ok(None),
            Some(part) if part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Some(part)),
            Some(_) => Err(NotADate),
        };
        let year = part(4)?.ok_or(NotADate)?.parse().map_err(|_| NotADate)?;
        let [month, day] = [part(2)?, part(2)?].map(|part| part.and_then(|digits| digits.parse().ok()));
        Self::new(year, month, day).ok_or(NotADate)
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_type_them() {
        for (typed, iso) in [
            ("2025", Some("2025")),
            ("2025-06", Some("2025-06")),
            ("06/2025", Some("2025-06")),
            ("6/2025", Some("2025-06")),
            ("28/02/2025", Some("2025-02-28")),
            ("28/2/2025", Some("2025-02-28")),
            ("2025-02-28", Some("2025-02-28")),
            (" 2025 ", Some("2025")),
            ("29/02/2024", Some("2024-02-29")),
            ("29/02/2025", None),
            ("2025/02/28", None),
            ("28-02-2025", None),
            ("28/02/25", None),
            ("13/2025", None),
            ("0/2025", None),
            ("/2025", None),
            ("+6/2025", None),
            ("99999999999999999999", None),
            ("1/1/1/2025", None),
            ("hôm nay", None),
            ("", None),
        ] {
            let read = PartialDate::typed(typed).ok().map(|date| date.to_string());
            assert_eq!(read.as_deref(), iso, "{typed:?}");
        }
    }

    #[test]
    fn a_partial_date_is_an_interval() {
        for (typed, first, last) in [
            ("2024", 20_240_101, 20_241_231),
            ("02/2024", 20_240_201, 20_240_229),
            ("28/02/2025", 20_250_228, 20_250_228),
        ] {
            let date = PartialDate::typed(typed).unwrap();
            assert_eq!((date.first_day().number(), date.last_day().number()), (first, last));
        }
    }
}
