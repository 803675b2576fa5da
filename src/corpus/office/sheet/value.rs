//! Values of cells as Excel shows them in Vietnam: `13/10/2025`, `98,5%`, `1.250.000`.
//!
//! The format of a cell is a code (`dd/mm/yyyy`, `#,##0.00`, `0.0%`). Of it is read what a person would notice: which
//! parts of a date are shown, how many decimals, whether thousands are parted, percents.
//!
//! Source: ECMA-376 part 1, 18.8.31 (`numFmts`).

use calamine::{Data, ExcelDateTime};
use unicode_normalization::UnicodeNormalization;

/// The most decimals that are shown; Excel has 30.
const MAX_DECIMALS: usize = 15;

/// The decimals of numbers without a format, which Excel shows in eleven places.
const GENERAL_DECIMALS: usize = 9;

/// Returns what a cell shows; empty for errors. `code` is its format.
pub(super) fn shown(data: &Data, code: Option<&str>) -> String {
    match data {
        Data::String(text) => text.nfc().collect(),
        Data::Int(number) => self::number(*number as f64, code.unwrap_or("")),
        Data::Float(number) => self::number(*number, code.unwrap_or("")),
        Data::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        Data::DateTime(date) => self::date(date, code),
        Data::DateTimeIso(text) | Data::DurationIso(text) => iso(text),
        Data::Error(_) | Data::Empty => String::new(),
    }
}

/// The parts of a format code of numbers.
#[derive(Debug, Default)]
struct NumberCode {
    /// The fewest digits before the comma, and the fewest and the most decimals.
    integers: usize,
    min_decimals: usize,
    max_decimals: usize,
    has_thousands: bool,
    is_percent: bool,
    /// True if it has places for digits, and nothing that is not known here.
    is_known: bool,
}

impl NumberCode {
    /// Reads the part of a code that is for numbers above zero.
    fn parse(code: &str) -> Self {
        let mut read = Self::default();
        let mut after_point = false;
        let mut has_digits = false;
        let mut is_odd = false;
        for char in bare(code).chars() {
            match char {
                '0' | '#' | '?' => {
                    has_digits = true;
                    if after_point {
                        read.max_decimals += 1;
                        if char == '0' {
                            read.min_decimals = read.max_decimals;
                        }
                    } else if char == '0' {
                        read.integers += 1;
                    }
                }
                '.' => after_point = true,
                ',' => read.has_thousands |= has_digits && !after_point,
                '%' => read.is_percent = true,
                'E' | 'e' | '/' | '@' => is_odd = true,
                _ => {}
            }
        }
        read.max_decimals = read.max_decimals.min(MAX_DECIMALS);
        read.min_decimals = read.min_decimals.min(MAX_DECIMALS);
        read.integers = read.integers.min(MAX_DECIMALS);
        read.is_known = has_digits && !is_odd;
        read
    }
}

/// Returns the first part of a format code without its words and colors, in which letters mean something.
fn bare(code: &str) -> String {
    let mut kept = String::new();
    let mut chars = code.chars();
    while let Some(char) = chars.next() {
        match char {
            '"' => while chars.next().is_some_and(|char| char != '"') {},
            '[' => {
                // Only `[h]` is no color or condition.
                let inner: String = chars.by_ref().take_while(|&char| char != ']').collect();
                if matches!(inner.as_str(), "h" | "hh" | "H" | "HH") {
                    kept.push('h');
                }
            }
            '\\' | '_' | '*' => {
                chars.next();
            }
            ';' => break,
            char => kept.push(char),
        }
    }
    kept
}

/// Returns a number in the format `code`.
fn number(value: f64, code: &str) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let format = NumberCode::parse(code);
    if !format.is_known {
        return written(value, 1, 0, GENERAL_DECIMALS, false);
    }
    let shown = if format.is_percent { value * 100.0 } else { value };
    let mut text = written(
        shown,
        format.integers,
        format.min_decimals,
        format.max_decimals,
        format.has_thousands,
    );
    if format.is_percent {
        text.push('%');
    }
    text
}

/// Writes a number with a comma before its decimals.
fn written(value: f64, integers: usize, min_decimals: usize, max_decimals: usize, has_thousands: bool) -> String {
    let text = format!("{:.max_decimals$}", value.abs());
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let kept = decimals.trim_end_matches('0').len().max(min_decimals);
    let decimals = decimals.get(..kept).unwrap_or(decimals);
    let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let mut shown = String::from(if value < 0.0 && !is_zero { "-" } else { "" });
    let whole = format!("{whole:0>integers$}");
    for (index, digit) in whole.chars().enumerate() {
        if has_thousands && index > 0 && (whole.len() - index) % 3 == 0 {
            shown.push('.');
        }
        shown.push(digit);
    }
    if !decimals.is_empty() {
        shown.push(',');
        shown.push_str(decimals);
    }
    shown
}

/// Returns a date, a time or a duration in the format `code`.
fn date(date: &ExcelDateTime, code: Option<&str>) -> String {
    let value = date.as_f64();
    let minutes = (value.abs() * 24.0 * 60.0).round();
    if date.is_duration() {
        return format!("{}:{:02}", (minutes / 60.0).floor(), minutes % 60.0);
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let code = code.map(|code| bare(code).to_ascii_lowercase());
    let has = |sign: char, default: bool| code.as_ref().map_or(default, |code| code.contains(sign));
    let has_date = value.abs() >= 1.0;
    let has_time = value.fract() != 0.0;
    let mut parts = Vec::new();
    let date = match (has('d', has_date), has('y', has_date)) {
        (true, true) => format!("{day:02}/{month:02}/{year}"),
        (true, false) => format!("{day:02}/{month:02}"),
        (false, true) if has('m', true) => format!("{month:02}/{year}"),
        (false, true) => year.to_string(),
        (false, false) => String::new(),
    };
    parts.push(date);
    if has('h', has_time) {
        let seconds = if has('s', false) {
            format!(":{second:02}")
        } else {
            String::new()
        };
        parts.push(format!("{hour:02}:{minute:02}{seconds}"));
    }
    parts.retain(|part| !part.is_empty());
    if parts.is_empty() {
        // Other codes of dates: the name of the day or the month.
        parts.push(format!("{day:02}/{month:02}/{year}"));
    }
    parts.join(" ")
}

/// Returns a date as ISO 8601 writes it (`2025-10-13T00:00:00`) in the usual way.
fn iso(text: &str) -> String {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts[..] else {
        return text.to_owned();
    };
    let time = time
        .get(..5)
        .filter(|&time| time != "00:00")
        .map(|time| format!(" {time}"));
    format!("{day}/{month}/{year}{}", time.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn numbers_as_their_format_says() {
        let rows = [
            (1.0, "General", "1"),
            (2025.0, "", "2025"),
            (0.1 + 0.2, "General", "0,3"),
            (98.5, "General", "98,5"),
            (-3.0, "0", "-3"),
            (-0.2, "0", "0"),
            (1_250_000.4, "#,##0", "1.250.000"),
            (1250.5, "#,##0.00", "1.250,50"),
            (1250.5, "#,##0.##", "1.250,5"),
            (0.985, "0.0%", "98,5%"),
            (0.5, "0%", "50%"),
            (7.0, "00", "07"),
            (7.0, "0\" đảng viên\";[Red]-0", "7"),
            (1.5, "0.00E+00", "1,5"),
            (f64::NAN, "0", ""),
        ];
        for (value, code, expected) in rows {
            assert_eq!(number(value, code), expected, "{value} {code}");
        }
    }

    #[test]
    fn dates_as_people_write_them() {
        let at = |value| ExcelDateTime::new(value, ExcelDateTimeType::DateTime, false);
        let rows = [
            (45943.0, Some("dd/mm/yyyy"), "13/10/2025"),
            (45943.0, Some("mm-dd-yy"), "13/10/2025"),
            (45943.0, Some("[$-42A]d mmmm yyyy"), "13/10/2025"),
            (45943.0, Some("mm/yyyy"), "10/2025"),
            (45943.0, Some("yyyy"), "2025"),
            (45943.5, Some("dd/mm/yyyy hh:mm"), "13/10/2025 12:00"),
            (0.5, Some("h:mm"), "12:00"),
            (45943.0, None, "13/10/2025"),
            (45943.5, None, "13/10/2025 12:00"),
        ];
        for (value, code, expected) in rows {
            assert_eq!(date(&at(value), code), expected, "{code:?}");
        }
        assert_eq!(iso("2025-10-13T00:00:00"), "13/10/2025");
        assert_eq!(iso("hôm nay"), "hôm nay");
    }
}
