//! Matches what was read with what was printed, by places.

use crate::damage::Scan;
use crate::page::Page;
use crate::recognition::ReadWord;

/// The smallest share of the narrower of two words that both must cover.
const MIN_SHARED: f32 = 0.3;

/// Returns for each printed line its number, and its tokens as fields `printed⇢read⇢confidence`, tab-separated: words that
/// the OCR split or joined are one field. A line of which nothing was read is left out.
pub(crate) fn by_line(page: &Page, read: &[ReadWord], scan: &Scan) -> Vec<(usize, String)> {
    let placed: Vec<([f32; 2], f32)> = read.iter().map(|word| on_page(word, scan)).collect();
    let mut of_line: Vec<Vec<usize>> = vec![Vec::new(); page.lines.len()];
    for (index, &([left, right], y)) in placed.iter().enumerate() {
        let middle = f32::midpoint(left, right);
        // The middle of a word is about a third of an em above its baseline.
        let near = page.lines.iter().enumerate().filter(|(_, line)| {
            (line.baseline - line.em * 0.33 - y).abs() < line.em * 0.6
                && (line.column[0] - line.em..line.column[1] + line.em).contains(&middle)
        });
        let away = |line: &crate::page::Line| (line.baseline - line.em * 0.33 - y).abs();
        if let Some((line, _)) = near.min_by(|one, other| away(one.1).total_cmp(&away(other.1))) {
            of_line[line].push(index);
        }
    }
    let mut lines = Vec::new();
    for (line, mut indices) in of_line.into_iter().enumerate() {
        if indices.is_empty() {
            continue;
        }
        indices.sort_by(|&one, &other| placed[one].0[0].total_cmp(&placed[other].0[0]));
        let printed: Vec<_> = page.words.iter().filter(|word| word.line == line).collect();
        let mut fields: Vec<String> = Vec::new();
        let (mut at, mut next) = (0, 0);
        while at < printed.len() || next < indices.len() {
            // A group grows while a word of the one side reaches into the next word of the other.
            let (from, first) = (at, next);
            let shared = |one: usize, other: usize| {
                let (Some(print), Some(&index)) = (printed.get(one), indices.get(other)) else {
                    return false;
                };
                let (a, b) = (print.x, placed[index].0);
                let common = a[1].min(b[1]) - a[0].max(b[0]);
                common > MIN_SHARED * (a[1] - a[0]).min(b[1] - b[0])
            };
            if shared(at, next) {
                (at, next) = (at + 1, next + 1);
                loop {
                    if shared(at, next - 1) {
                        at += 1;
                    } else if shared(at - 1, next) {
                        next += 1;
                    } else {
                        break;
                    }
                }
            } else {
                let start = |index: usize| placed[index].0[0];
                match (printed.get(at), indices.get(next)) {
                    (Some(print), Some(&index)) if print.x[0] <= start(index) => at += 1,
                    (Some(_), None) => at += 1,
                    _ => next += 1,
                }
            }
            let print: Vec<&str> = printed[from..at]
                .iter()
                .map(|placed| placed.word.text.as_str())
                .collect();
            let words: Vec<&str> = indices[first..next]
                .iter()
                .map(|&index| read[index].text.as_str())
                .collect();
            let least = indices[first..next]
                .iter()
                .map(|&index| read[index].confidence)
                .fold(100.0, f32::min);
            fields.push(format!("{}⇢{}⇢{least:.0}", print.join(" "), words.join(" ")));
        }
        lines.push((line, fields.join("\t")));
    }
    lines
}

/// Returns the left and right edge and the middle of a word, in pixels of the drawn page.
fn on_page(word: &ReadWord, scan: &Scan) -> ([f32; 2], f32) {
    let [left, top, right, bottom] = word.bbox;
    let middle = f32::midpoint(top, bottom);
    let (start, y) = scan.to_page * (left, middle);
    let (end, other) = scan.to_page * (right, middle);
    ([start, end], f32::midpoint(y, other))
}
