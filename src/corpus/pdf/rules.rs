//! The rules that a page draws: the borders of tables.
//!
//! Poppler tells where words are, not where lines are drawn. So the page is drawn small, in two colors, and its long
//! straight runs of ink are its rules, however the program that wrote the file draws them. Drawing takes about 10 ms a
//! page.

use std::collections::HashMap;
use std::path::Path;

use super::poppler;

/// Pixels of the longer side of the small drawing: for A4 1.2 to a point.
const PIXELS: u32 = 1000;
/// Pages that are drawn at once; each takes up to 1 MB.
const MAX_PAGES_AT_ONCE: usize = 32;
/// Pixels of the shortest vertical rule. The stems of letters of 14 points are shorter, rows of tables higher.
const MIN_VERTICAL: usize = 15;
/// Pixels of the shortest horizontal rule, longer than a dash.
const MIN_HORIZONTAL: usize = 20;
/// The greatest thickness of a rule in pixels; what is thicker is a filled area, whose edges count.
const MAX_THICKNESS: usize = 5;
/// The most rules of a page; a drawing has more.
const MAX_RULES: usize = 600;
/// The darkest gray that is no ink: black borders alone count, then also gray ones.
const LIGHTS: [u8; 2] = [128, 232];

/// A straight rule, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    /// Its place: x of a vertical rule, y of a horizontal one.
    pub(super) at: f32,
    /// Its upper or left end.
    pub(super) from: f32,
    /// Its lower or right end.
    pub(super) to: f32,
}

/// The rules of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rules {
    /// The vertical ones, from left to right.
    pub(super) vertical: Vec<Rule>,
    /// The horizontal ones, from top to bottom.
    pub(super) horizontal: Vec<Rule>,
}

/// Draws `pages` (from 0, sorted, each with its longer side in points) of the PDF at `path` and returns their rules:
/// drawn in black, or where that gives no table, in any gray. A page that cannot be drawn has none.
pub(super) fn read(path: &Path, pages: &[(usize, f32)]) -> HashMap<usize, Vec<Rules>> {
    let mut rules = HashMap::new();
    for run in pages.chunk_by(|one, other| one.0 + 1 == other.0) {
        for run in run.chunks(MAX_PAGES_AT_ONCE) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else {
                continue;
            };
            let drawn = poppler::draw_small(path, first.0 + 1..=last.0 + 1, PIXELS).unwrap_or_default();
            let mut rest = drawn.as_slice();
            for &(page, side) in run {
                let Some((image, after)) = Image::read(rest) else { break };
                let scale = side / image.width.max(image.height).max(1) as f32;
                rules.insert(page, LIGHTS.iter().map(|&light| image.rules(light, scale)).collect());
                rest = after;
            }
        }
    }
    rules
}

/// A gray image.
struct Image<'b> {
    width: usize,
    height: usize,
    /// Its pixels, row by row, 0 for black.
    pixels: &'b [u8],
}

impl<'b> Image<'b> {
    /// Reads the image in the format PGM at the beginning of `bytes`; returns it with the bytes after it.
    fn read(bytes: &'b [u8]) -> Option<(Self, &'b [u8])> {
        let mut rest = bytes.strip_prefix(b"P5")?;
        let mut numbers = [0_usize; 3];
        for number in &mut numbers {
            let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            rest = rest.get(blanks..)?;
            let digits = rest.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
            *number = std::str::from_utf8(rest.get(..digits)?).ok()?.parse().ok()?;
            rest = rest.get(digits..)?;
        }
        let [width, height, _] = numbers;
        let (pixels, after) = rest.get(1..)?.split_at_checked(width.checked_mul(height)?)?;
        Some((Self { width, height, pixels }, after))
    }

    /// Returns its rules; pixels darker than `light` are ink, and a pixel is `scale` points wide.
    fn rules(&self, light: u8, scale: f32) -> Rules {
        let mut vertical = Vec::new();
        let mut horizontal = Vec::new();
        // For each column the length of the run of ink that ends in the current row.
        let mut runs = vec![0_usize; self.width];
        let rows = self.pixels.chunks(self.width.max(1));
        for (y, row) in rows.chain([[].as_slice()]).enumerate() {
            let mut start = None;
            for x in 0..=self.width {
                let ink = row.get(x).is_some_and(|&pixel| pixel < light);
                match (ink, start) {
                    (true, None) => start = Some(x),
                    (false, Some(from)) => {
                        if x - from >= MIN_HORIZONTAL {
                            horizontal.push(Run { at: y, from, to: x });
                        }
                        start = None;
                    }
                    _ => {}
                }
                let Some(run) = runs.get_mut(x) else { continue };
                if ink {
                    *run += 1;
                } else {
                    if *run >= MIN_VERTICAL {
                        vertical.push(Run {
                            at: x,
                            from: y - *run,
                            to: y,
                        });
                    }
                    *run = 0;
                }
            }
        }
        Rules {
            vertical: rules_of(vertical, scale),
            horizontal: rules_of(horizontal, scale),
        }
    }
}

/// A run of ink, in pixels; `to` is the pixel after it.
#[derive(Clone, Copy, Debug)]
struct Run {
    at: usize,
    from: usize,
    to: usize,
}

/// Joins runs side by side that are about equally long into rules; a filled area has one at each edge. Returns none
/// where there are too many.
fn rules_of(mut runs: Vec<Run>, scale: f32) -> Vec<Rule> {
    /// Pixels by which the ends of runs of one rule differ at most.
    const SLACK: usize = 3;
    runs.sort_by_key(|run| (run.at, run.from));
    // The rules that may still grow, by the place where they begin, and their last run.
    let mut open: Vec<(Run, usize)> = Vec::new();
    let mut done: Vec<(Run, usize)> = Vec::new();
    for run in runs {
        let (growing, ended): (Vec<_>, Vec<_>) = open.drain(..).partition(|(_, last)| last + 1 >= run.at);
        done.extend(ended);
        open = growing;
        let same = open
            .iter_mut()
            .find(|(first, _)| first.from.abs_diff(run.from) <= SLACK && first.to.abs_diff(run.to) <= SLACK);
        match same {
            Some((_, last)) => *last = run.at,
            None => open.push((run, run.at)),
        }
        if open.len() + done.len() > MAX_RULES {
            return Vec::new();
        }
    }
    done.extend(open);
    let rule = |at: f32, run: Run| Rule {
        at: at * scale,
        from: run.from as f32 * scale,
        to: run.to as f32 * scale,
    };
    let mut rules: Vec<Rule> = Vec::new();
    for (first, last) in done {
        if last + 1 - first.at > MAX_THICKNESS {
            rules.extend([rule(first.at as f32, first), rule(last as f32 + 1.0, first)]);
        } else {
            rules.push(rule((first.at + last + 1) as f32 / 2.0, first));
        }
    }
    rules.sort_by(|one, other| one.at.total_cmp(&other.at).then(one.from.total_cmp(&other.from)));
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_straight_runs_are_rules_and_letters_are_none() {
        let (width, height) = (60, 40);
        let mut pixels = vec![255_u8; width * height];
        for x in 5..55 {
            pixels[10 * width + x] = 0;
            pixels[11 * width + x] = 0;
        }
        for y in 10..35 {
            pixels[y * width + 20] = 0;
        }
        // The stem of a letter.
        for y in 20..30 {
            pixels[y * width + 40] = 0;
        }
        let mut bytes = format!("P5\n{width} {height}\n255\n").into_bytes();
        bytes.extend(&pixels);
        bytes.extend(b"P5\n1 1\n255\n\0");
        let (image, rest) = Image::read(&bytes).unwrap();
        let rules = image.rules(128, 2.0);
        assert_eq!(
            rules.horizontal,
            [Rule {
                at: 22.0,
                from: 10.0,
                to: 110.0
            }]
        );
        assert_eq!(
            rules.vertical,
            [Rule {
                at: 41.0,
                from: 20.0,
                to: 70.0
            }]
        );
        assert!(Image::read(rest).is_some());
    }

    #[test]
    fn a_filled_area_has_its_edges_as_rules_and_a_damaged_image_none() {
        let (width, height) = (60, 40);
        let mut pixels = vec![255_u8; width * height];
        for y in 5..35 {
            for x in 10..50 {
                pixels[y * width + x] = 200;
            }
        }
        let image = Image {
            width,
            height,
            pixels: &pixels,
        };
        assert!(image.rules(128, 1.0).vertical.is_empty());
        let rules = image.rules(232, 1.0);
        assert_eq!(
            rules.vertical.iter().map(|rule| rule.at).collect::<Vec<_>>(),
            [10.0, 50.0]
        );
        for bytes in [
            b"".as_slice(),
            b"P5",
            b"P5\n9 9\n255\n123",
            b"P6\n1 1\n255\n1",
            b"P5 99999999999 1 1 ",
        ] {
            assert!(Image::read(bytes).is_none());
        }
    }
}
