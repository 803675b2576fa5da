//! Roman numbers below 40, also where a scan misread their strokes.

/// Returns the value of the Roman number `glyphs`, whose strokes may be misread (`I1`, `|V`), if it is one
/// below 40.
pub(super) fn roman_value(glyphs: &str) -> Option<usize> {
    let (mut total, mut greatest) = (0usize, 0usize);
    for char in glyphs.chars().rev() {
        let value = match char {
            'X' => 10,
            'V' => 5,
            'I' | 'l' | '1' | '|' | '!' | 'i' | 'L' => 1,
            _ => return None,
        };
        if value < greatest {
            total = total.checked_sub(value)?;
        } else {
            total += value;
            greatest = value;
        }
    }
    (1..40).contains(&total).then_some(total)
}

/// Returns the Roman number of `value`, which is below 40.
pub(super) fn roman_text(value: usize) -> String {
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    "X".repeat(value / 10) + ONES[value % 10]
}
