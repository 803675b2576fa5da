//! The ink of a page, before a scanner sees it.

use ab_glyph::{Font as _, Glyph, ScaleFont as _, point};
use image::{GrayImage, Luma};
use rand::Rng;

use crate::damage::Recipe;
use crate::families::{Face, Family};
use crate::page::{Page, RAISED, scale};

/// Draws the page: black on white.
pub(crate) fn draw(page: &Page, family: &Family, recipe: &Recipe, random: &mut impl Rng) -> GrayImage {
    let mut image = GrayImage::from_pixel(page.size[0], page.size[1], Luma([255]));
    let strength: f32 = random.random_range(recipe.ink[0]..=recipe.ink[1]);
    for placed in &page.words {
        let line = &page.lines[placed.line];
        let face = line.style.face();
        let mut pen = Pen {
            image: &mut image,
            family,
            face,
            jitter: recipe.jitter * line.em,
            strength,
        };
        let mut x = placed.x[0];
        let raised = line.baseline - line.em * 0.33;
        let small = line.em * RAISED;
        if let Some(number) = placed.word.label {
            x = pen.write(&number.to_string(), x, raised, small, random);
        }
        x = pen.write(&placed.word.text, x, line.baseline, line.em, random);
        if let Some(number) = placed.word.call {
            pen.write(&number.to_string(), x, raised, small, random);
        }
    }
    image
}

/// Draws glyphs of one font.
struct Pen<'p> {
    image: &'p mut GrayImage,
    family: &'p Family,
    face: Face,
    /// The most pixels by which a glyph is off its line.
    jitter: f32,
    /// Blackness of the ink, 0 to 1.
    strength: f32,
}

impl Pen<'_> {
    /// Writes a text and returns where it ends.
    fn write(&mut self, text: &str, mut x: f32, baseline: f32, em: f32, random: &mut impl Rng) -> f32 {
        let font = self.family.font(self.face);
        let scale = scale(font, em);
        let scaled = font.as_scaled(scale);
        for char in text.chars() {
            let id = scaled.glyph_id(char);
            let off = if self.jitter > 0.0 {
                random.random_range(-self.jitter..=self.jitter)
            } else {
                0.0
            };
            // The hammers of a typewriter do not hit alike.
            let hit = if self.jitter > 0.0 {
                random.random_range(0.75..=1.0)
            } else {
                1.0
            };
            let glyph: Glyph = id.with_scale_and_position(scale, point(x, baseline + off));
            if let Some(outline) = scaled.outline_glyph(glyph) {
                let corner = outline.px_bounds().min;
                outline.draw(|dx, dy, cover| {
                    let (px, py) = (corner.x as i64 + i64::from(dx), corner.y as i64 + i64::from(dy));
                    if let (Ok(px), Ok(py)) = (u32::try_from(px), u32::try_from(py))
                        && let Some(pixel) = self.image.get_pixel_mut_checked(px, py)
                    {
                        let light = 1.0 - cover.min(1.0) * self.strength * hit;
                        pixel.0[0] = (f32::from(pixel.0[0]) * light) as u8;
                    }
                });
            }
            x += scaled.h_advance(id);
        }
        x
    }
}
