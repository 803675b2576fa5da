//! The names of ways of writing numbers, which lists and notes share.
//!
//! Source: ECMA-376 part 1, 17.18.59 (`ST_NumberFormat`).

use crate::corpus::office::numbers::NumberFormat;

/// Returns the way of writing numbers with this name (17.18.59); the ones of other languages are decimal here.
pub(super) fn numerals(name: &str) -> NumberFormat {
    match name {
        "decimalZero" => NumberFormat::PaddedDecimal,
        "upperRoman" => NumberFormat::UpperRoman,
        "lowerRoman" => NumberFormat::LowerRoman,
        "upperLetter" => NumberFormat::UpperLetter,
        "lowerLetter" => NumberFormat::LowerLetter,
        "chicago" => NumberFormat::Chicago,
        "none" | "bullet" => NumberFormat::Hidden,
        _ => NumberFormat::Decimal,
    }
}
