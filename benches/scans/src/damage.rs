//! The damage that printing, copying, faxing, photographing and scanning do to a page.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, ImageFormat, Luma};
use imageproc::geometric_transformations::{Interpolation, Projection, warp};
use imageproc::{filter, morphology};
use rand::Rng;

use crate::families::Kind;

/// A sort of damage: pairs are the least and the most.
pub(crate) struct Recipe {
    /// Its name.
    pub(crate) name: &'static str,
    /// The kinds of families that are found with it.
    kinds: &'static [Kind],
    /// Columns of the page.
    pub(crate) columns: usize,
    /// Pixels to the inch.
    resolutions: &'static [u32],
    /// Blackness of the ink, 0 to 1.
    pub(crate) ink: [f32; 2],
    /// Ems by which a glyph may be off its line.
    pub(crate) jitter: f32,
    /// Degrees by which the page is turned, either way.
    turned: f32,
    /// Shares of the page by which its corners are moved: a photo is not taken from straight above.
    corners: f32,
    /// Share of the pages with ink a pixel thicker.
    thicker: f64,
    /// Share of the light that the darkest place of the page gets; a photo has a shadow.
    shade: [f32; 2],
    /// Pixels of blur (standard deviation).
    blur: [f32; 2],
    /// Levels of noise (standard deviation) of 256.
    noise: [f32; 2],
    /// Specks on a square inch.
    specks: f32,
    /// Share of the pages that are turned into black and white.
    binary: f64,
    /// Quality of the JPEG, if the page is not black and white.
    jpeg: [u8; 2],
}

use Kind::{Condensed, Mono, Sans, Serif};

/// A page printed and scanned in an office; the other sorts say where they differ.
const OFFICE: Recipe = Recipe {
    name: "office",
    kinds: &[Serif, Sans, Condensed],
    columns: 1,
    resolutions: &[200, 250, 300],
    ink: [0.85, 1.0],
    jitter: 0.0,
    turned: 0.5,
    corners: 0.0,
    thicker: 0.2,
    shade: [0.9, 1.0],
    blur: [0.3, 1.2],
    noise: [0.0, 10.0],
    specks: 0.5,
    binary: 0.35,
    jpeg: [45, 85],
};

/// A page sent by fax.
const FAX: Recipe = Recipe {
    name: "fax",
    kinds: &[Serif, Sans, Mono],
    resolutions: &[204],
    ink: [0.9, 1.0],
    turned: 0.6,
    thicker: 0.3,
    shade: [0.95, 1.0],
    blur: [0.4, 1.0],
    noise: [10.0, 30.0],
    specks: 4.0,
    binary: 1.0,
    jpeg: [80, 80],
    ..OFFICE
};

/// The sorts of damage. Resolutions are those of office scanners (200 to 300), of a fax (ITU-T T.4: 204
/// to the inch) and of pages kept small (120 to 150).
pub(crate) const RECIPES: [Recipe; 7] = [
    OFFICE,
    Recipe {
        name: "coarse",
        kinds: &[Serif, Sans, Condensed, Mono],
        resolutions: &[120, 150],
        turned: 0.4,
        thicker: 0.0,
        blur: [0.2, 0.7],
        noise: [0.0, 8.0],
        specks: 0.3,
        binary: 0.1,
        ..OFFICE
    },
    Recipe {
        name: "phone",
        kinds: &[Serif, Sans],
        resolutions: &[170, 200, 230],
        ink: [0.8, 1.0],
        turned: 1.5,
        corners: 0.025,
        thicker: 0.1,
        shade: [0.45, 0.8],
        blur: [0.6, 1.5],
        noise: [2.0, 12.0],
        specks: 0.2,
        binary: 0.0,
        jpeg: [40, 80],
        ..OFFICE
    },
    FAX,
    Recipe {
        name: "columns-fax",
        kinds: &[Serif, Sans],
        columns: 2,
        ..FAX
    },
    Recipe {
        name: "typewriter",
        kinds: &[Mono],
        resolutions: &[150, 200, 300],
        ink: [0.45, 0.9],
        jitter: 0.05,
        turned: 0.8,
        thicker: 0.1,
        shade: [0.8, 1.0],
        blur: [0.5, 1.2],
        noise: [3.0, 14.0],
        specks: 1.5,
        binary: 0.1,
        jpeg: [50, 85],
        ..OFFICE
    },
    Recipe {
        name: "copy",
        kinds: &[Serif, Sans, Condensed, Mono],
        resolutions: &[200, 300],
        ink: [0.9, 1.0],
        turned: 1.0,
        thicker: 0.6,
        shade: [0.8, 1.0],
        blur: [0.6, 1.4],
        noise: [4.0, 20.0],
        specks: 6.0,
        binary: 0.8,
        jpeg: [50, 80],
        ..OFFICE
    },
];

impl Recipe {
    /// Returns true if pages of such a family are found with the damage.
    pub(crate) fn suits(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }

    /// Draws the pixels to the inch.
    pub(crate) fn resolution(&self, random: &mut impl Rng) -> u32 {
        self.resolutions[random.random_range(0..self.resolutions.len())]
    }
}

/// A page as it was scanned.
pub(crate) struct Scan {
    /// The image.
    pub(crate) png: Vec<u8>,
    /// Takes a place of the image to the place of the drawn page.
    pub(crate) to_page: Projection,
}

/// Damages a drawn page.
pub(crate) fn apply(mut image: GrayImage, recipe: &Recipe, random: &mut impl Rng) -> anyhow::Result<Scan> {
    if random.random_bool(recipe.thicker) {
        // Ink is dark, so that it grows where the light shrinks.
        image = morphology::grayscale_erode(&image, &morphology::Mask::from_image(&square_of_four(), 0, 0));
    }
    let (width, height) = (image.width() as f32, image.height() as f32);
    let corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)];
    let angle = random.random_range(-recipe.turned..=recipe.turned).to_radians();
    let moved = corners.map(|(x, y)| {
        let (x, y) = (x - width / 2.0, y - height / 2.0);
        let (x, y) = (x * angle.cos() - y * angle.sin(), x * angle.sin() + y * angle.cos());
        // Corners move inwards, so that nothing leaves the image.
        let inward = 1.0
            - if recipe.corners > 0.0 {
                random.random_range(0.0..recipe.corners)
            } else {
                0.0
            };
        (x * inward + width / 2.0, y * inward + height / 2.0)
    });
    let projection = Projection::from_control_points(corners, moved).unwrap_or_else(|| Projection::translate(0.0, 0.0));
    image = warp(&image, &projection, Interpolation::Bilinear, Luma([255]));
    let sigma = random.random_range(recipe.blur[0]..=recipe.blur[1]);
    image = filter::gaussian_blur_f32(&image, sigma);
    light(&mut image, recipe, random);
    let binary = random.random_bool(recipe.binary);
    if binary {
        let level = random.random_range(120..190);
        image
            .pixels_mut()
            .for_each(|pixel| pixel.0[0] = if pixel.0[0] < level { 0 } else { 255 });
    } else {
        let mut bytes = Vec::new();
        let quality = random.random_range(recipe.jpeg[0]..=recipe.jpeg[1]);
        JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(&image)?;
        image = image::load_from_memory(&bytes)?.into_luma8();
    }
    let mut png = Cursor::new(Vec::new());
    image.write_to(&mut png, ImageFormat::Png)?;
    Ok(Scan {
        png: png.into_inner(),
        to_page: projection.invert(),
    })
}

/// A square of four pixels: what a pixel of ink becomes.
fn square_of_four() -> GrayImage {
    GrayImage::from_pixel(2, 2, Luma([255]))
}

/// Adds shade, noise and specks.
fn light(image: &mut GrayImage, recipe: &Recipe, random: &mut impl Rng) {
    let darkest = random.random_range(recipe.shade[0]..=recipe.shade[1]);
    let sigma = random.random_range(recipe.noise[0]..=recipe.noise[1]);
    let (width, height) = (image.width() as f32, image.height() as f32);
    let dark = [random.random_range(0.0..1.0), random.random_range(0.0..1.0_f32)];
    for (x, y, pixel) in image.enumerate_pixels_mut() {
        let away = ((x as f32 / width - dark[0]).powi(2) + (y as f32 / height - dark[1]).powi(2))
            .sqrt()
            .min(1.0);
        // The sum of three even numbers is near enough to a normal one.
        let noise: f32 = (0..3).map(|_| random.random_range(-1.0..1.0_f32)).sum::<f32>() * sigma;
        let light = darkest + (1.0 - darkest) * away;
        pixel.0[0] = (f32::from(pixel.0[0]) * light + noise).clamp(0.0, 255.0) as u8;
    }
    let inches = width * height / 200.0 / 200.0;
    for _ in 0..(inches * recipe.specks * random.random_range(0.0..1.0)) as u32 {
        let (x, y) = (
            random.random_range(0..image.width() - 4),
            random.random_range(0..image.height() - 4),
        );
        let size = random.random_range(1..4);
        for dy in 0..size {
            for dx in 0..size {
                image.put_pixel(x + dx, y + dy, Luma([random.random_range(0..120)]));
            }
        }
    }
}
