//! TIFF: a chain of directories, one for each page, that say where the pixels are. Sources: TIFF 6.0 (Adobe 1992),
//! sections 2, 3, 8, 15; the design of `BigTIFF` (libtiff.gitlab.io/libtiff/specification/bigtiff.html); libtiff 4.5 for
//! what is read although it breaks the rules.

use std::collections::HashSet;
use std::io::{Read, Seek};

use super::outline_error::OutlineError;
use super::source::{Order, Source};

/// The most pages that are read. A year of a gazette has fewer.
const MAX_PAGES: usize = 65_536;
/// The most entries that a directory may have; libtiff refuses more.
const MAX_ENTRIES: u64 = 4096;
/// The most entries, strips and tiles of a file that are looked at. A thousand A4 pages at 300 pixels to the inch have
/// 3.5 million lines, and some programs make a strip of each.
const MAX_PARTS: u64 = 20_000_000;

/// The tags that are read.
mod tag {
    pub(super) const WIDTH: u64 = 256;
    pub(super) const LENGTH: u64 = 257;
    pub(super) const BITS_PER_SAMPLE: u64 = 258;
    pub(super) const COMPRESSION: u64 = 259;
    pub(super) const PHOTOMETRIC: u64 = 262;
    pub(super) const STRIP_OFFSETS: u64 = 273;
    pub(super) const SAMPLES_PER_PIXEL: u64 = 277;
    pub(super) const ROWS_PER_STRIP: u64 = 278;
    pub(super) const STRIP_BYTES: u64 = 279;
    pub(super) const PLANES: u64 = 284;
    pub(super) const TILE_WIDTH: u64 = 322;
    pub(super) const TILE_LENGTH: u64 = 323;
    pub(super) const TILE_OFFSETS: u64 = 324;
    pub(super) const TILE_BYTES: u64 = 325;
}

/// Pixels as they are, without compression.
const NOT_COMPRESSED: u64 = 1;
/// JPEG as TIFF 6.0 had it at first. Its places are often wrong, and libtiff finds the pixels by other means.
const OLD_JPEG: u64 = 6;
/// Colors of which several pixels may share one, so that a line has fewer bytes than its pixels suggest.
const YCBCR: u64 = 6;

/// The sizes of numbers in a file.
#[derive(Clone, Copy)]
struct Layout {
    order: Order,
    /// Bytes of a place in the file, of a count of values, and of the values in an entry: 4, or 8 in a `BigTIFF`.
    place: usize,
    /// Bytes of the count of entries.
    entries: usize,
}

/// The values of an entry of a directory.
#[derive(Clone, Copy)]
struct Values {
    /// The place of the first.
    at: u64,
    /// Their number.
    count: u64,
    /// Bytes of each.
    size: usize,
}

/// The directory of a page.
#[derive(Default)]
struct Directory {
    size: [u32; 2],
    bits_per_sample: u64,
    samples: u64,
    compression: u64,
    photometric: u64,
    /// Lines of a strip or tile; 0 if it does not say.
    rows: u64,
    /// Columns of a tile; 0 for strips.
    columns: u64,
    /// True if each sample has strips of its own.
    planes: bool,
    /// Places of the strips or tiles.
    offsets: Option<Values>,
    /// Number of bytes of each.
    bytes: Option<Values>,
}

/// Returns the size of each page.
pub(super) fn sizes<R: Read + Seek>(source: &mut Source<R>) -> Result<Vec<[u32; 2]>, OutlineError> {
    let missing = "it has no page";
    let order = match source.bytes(0, missing)? {
        [b'I', _] => Order::Little,
        _ => Order::Big,
    };
    let (layout, first) = if source.number(2, 2, order, missing)? == 43 {
        (
            Layout {
                order,
                place: 8,
                entries: 8,
            },
            8,
        )
    } else {
        (
            Layout {
                order,
                place: 4,
                entries: 2,
            },
            4,
        )
    };
    let mut next = source.number(first, layout.place, order, missing)?;
    let mut seen = HashSet::new();
    let mut sizes = Vec::new();
    let mut parts_left = MAX_PARTS;
    while next != 0 {
        if !seen.insert(next) {
            return Err(OutlineError::Invalid(format!(
                "page {} is followed by one before it",
                sizes.len()
            )));
        }
        if sizes.len() == MAX_PAGES {
            return Err(OutlineError::Invalid(format!("it has more than {MAX_PAGES} pages")));
        }
        let page = Page {
            source: &mut *source,
            layout,
            parts_left: &mut parts_left,
            missing: format!("page {} is not complete", sizes.len() + 1),
        };
        let (size, after) = page.read(next)?;
        sizes.push(size);
        next = after;
    }
    if sizes.is_empty() {
        return Err(OutlineError::Invalid("it has no page".to_owned()));
    }
    Ok(sizes)
}

/// A page that is being read.
struct Page<'s, R> {
    source: &'s mut Source<R>,
    layout: Layout,
    /// Number of entries, strips and tiles that may still be looked at.
    parts_left: &'s mut u64,
    /// Says that the page is missing.
    missing: String,
}

impl<R: Read + Seek> Page<'_, R> {
    /// Reads the directory at `at` and checks that all pixels of the page are in the file. Returns the size of the page
    /// and the place of the next directory, 0 if there is none.
    fn read(mut self, at: u64) -> Result<([u32; 2], u64), OutlineError> {
        let Layout { place, entries, .. } = self.layout;
        let count = self.number(at, entries)?;
        if count > MAX_ENTRIES || !self.may_look_at(count) {
            return Err(OutlineError::Invalid(format!("a page has {count} properties")));
        }
        let entry_bytes = 4 + 2 * place as u64;
        let mut directory = Directory {
            bits_per_sample: 1,
            samples: 1,
            compression: NOT_COMPRESSED,
            ..Directory::default()
        };
        let first = at + entries as u64;
        for entry in 0..count {
            self.read_entry(first + entry * entry_bytes, &mut directory)?;
        }
        // libtiff takes a directory without a next one at the end of the file for the last.
        let after = first + count * entry_bytes;
        let next = if after == self.source.length() {
            0
        } else {
            self.number(after, place)?
        };
        if directory.size.contains(&0) {
            return Err(OutlineError::Invalid("a page does not say how large it is".to_owned()));
        }
        self.check_pixels(&directory)?;
        Ok((directory.size, next))
    }

    /// Reads the entry at `at`.
    fn read_entry(&mut self, at: u64, directory: &mut Directory) -> Result<(), OutlineError> {
        let place = self.layout.place;
        let (tag, kind) = (self.number(at, 2)?, self.number(at + 2, 2)?);
        let count = self.number(at + 4, place)?;
        // The types of whole numbers: BYTE, SHORT, LONG, IFD, LONG8, IFD8.
        let size = match kind {
            1 => 1,
            3 => 2,
            4 | 13 => 4,
            16 | 18 => 8,
            // The last byte of the entry shows that it is complete.
            _ => return self.number(at + 3 + 2 * place as u64, 1).map(drop),
        };
        let field = at + 4 + place as u64;
        let is_inside = count
            .checked_mul(size as u64)
            .is_some_and(|bytes| bytes <= place as u64);
        let values = Values {
            at: if is_inside { field } else { self.number(field, place)? },
            count,
            size,
        };
        let target = match tag {
            tag::STRIP_OFFSETS | tag::TILE_OFFSETS => {
                directory.offsets = Some(values);
                return Ok(());
            }
            tag::STRIP_BYTES | tag::TILE_BYTES => {
                directory.bytes = Some(values);
                return Ok(());
            }
            tag::BITS_PER_SAMPLE => &mut directory.bits_per_sample,
            tag::COMPRESSION => &mut directory.compression,
            tag::PHOTOMETRIC => &mut directory.photometric,
            tag::SAMPLES_PER_PIXEL => &mut directory.samples,
            tag::ROWS_PER_STRIP | tag::TILE_LENGTH => &mut directory.rows,
            tag::TILE_WIDTH => &mut directory.columns,
            tag::WIDTH | tag::LENGTH | tag::PLANES => {
                let value = self.value(values)?;
                match tag {
                    tag::WIDTH => directory.size[0] = u32::try_from(value).unwrap_or(u32::MAX),
                    tag::LENGTH => directory.size[1] = u32::try_from(value).unwrap_or(u32::MAX),
                    _ => directory.planes = value == 2,
                }
                return Ok(());
            }
            _ => return Ok(()),
        };
        *target = self.value(values)?;
        Ok(())
    }

    /// Checks that the file has all strips or tiles of the page.
    fn check_pixels(&mut self, directory: &Directory) -> Result<(), OutlineError> {
        let Some(offsets) = directory.offsets.filter(|_| directory.compression != OLD_JPEG) else {
            return Ok(());
        };
        let bytes = directory.bytes.filter(|bytes| bytes.count == offsets.count);
        if !self.may_look_at(offsets.count) {
            return Ok(());
        }
        let offsets = self.values(offsets)?;
        let bytes = bytes.map(|bytes| self.values(bytes)).transpose()?.unwrap_or_default();
        for (index, &offset) in offsets.iter().enumerate() {
            let is_in_file = |bytes: u64| offset.checked_add(bytes).is_some_and(|end| end <= self.source.length());
            let stated = bytes.get(index).copied().filter(|&bytes| bytes > 0);
            // libtiff corrects numbers of bytes that are wrong or missing where the pixels are not compressed.
            let needed = directory.bytes_of_part(index as u64);
            let is_there = match (stated, needed) {
                (Some(stated), needed) => is_in_file(stated) || needed.is_some_and(is_in_file),
                // Maps have tiles without pixels, whose place is 0.
                (None, Some(needed)) => offset == 0 || is_in_file(needed),
                (None, None) => is_in_file(0),
            };
            if !is_there {
                return Err(OutlineError::Cut(self.missing.clone()));
            }
        }
        Ok(())
    }

    /// Returns true if `count` more entries, strips or tiles may be looked at, and counts them.
    fn may_look_at(&mut self, count: u64) -> bool {
        let left = self.parts_left.checked_sub(count);
        *self.parts_left = left.unwrap_or(*self.parts_left);
        left.is_some()
    }

    /// Returns all `values`, no more than may be looked at.
    fn values(&mut self, values: Values) -> Result<Vec<u64>, OutlineError> {
        let Values { at, count, size } = values;
        self.source.numbers(at, count, size, self.layout.order, &self.missing)
    }

    /// Returns the first of `values`, 0 if there is none.
    fn value(&mut self, values: Values) -> Result<u64, OutlineError> {
        if values.count == 0 {
            return Ok(0);
        }
        self.number(values.at, values.size)
    }

    /// Returns the number of `size` bytes at `at`.
    fn number(&mut self, at: u64, size: usize) -> Result<u64, OutlineError> {
        self.source.number(at, size, self.layout.order, &self.missing)
    }
}

impl Directory {
    /// Returns the number of bytes of strip or tile `index`; `None` if its compression decides that.
    fn bytes_of_part(&self, index: u64) -> Option<u64> {
        if self.compression != NOT_COMPRESSED || self.photometric == YCBCR {
            return None;
        }
        let [width, length] = self.size.map(u64::from);
        let samples = if self.planes { 1 } else { self.samples };
        let line = |columns: u64| {
            Some(
                columns
                    .checked_mul(self.bits_per_sample)?
                    .checked_mul(samples)?
                    .div_ceil(8),
            )
        };
        if self.columns > 0 {
            return self.rows.checked_mul(line(self.columns)?);
        }
        let rows = if self.rows == 0 { length } else { self.rows.min(length) };
        let strips = length.div_ceil(rows);
        // The last strip has the lines that are left.
        let before = (index % strips) * rows;
        rows.min(length - before).checked_mul(line(width)?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::sizes_of;
    use super::*;

    /// An entry of a directory: its tag, its type, and its values.
    type Entry<'e> = (u64, u16, &'e [u64]);

    /// A TIFF file while it is written.
    struct Writer {
        order: Order,
        big: bool,
        bytes: Vec<u8>,
        /// The place of the number that is to say where the next directory is.
        link: usize,
    }

    impl Writer {
        fn new(order: Order, big: bool) -> Self {
            let mut this = Self {
                order,
                big,
                bytes: if order == Order::Little {
                    b"II".to_vec()
                } else {
                    b"MM".to_vec()
                },
                link: 0,
            };
            this.number(if big { 43 } else { 42 }, 2);
            if big {
                this.number(8, 2);
                this.number(0, 2);
            }
            this.link = this.bytes.len();
            this.place(0);
            this
        }

        fn number(&mut self, number: u64, size: usize) {
            let bytes = number.to_le_bytes();
            if self.order == Order::Little {
                self.bytes.extend(&bytes[..size]);
            } else {
                self.bytes.extend(bytes[..size].iter().rev());
            }
        }

        fn place(&mut self, place: u64) {
            self.number(place, if self.big { 8 } else { 4 });
        }

        /// Writes pixels and returns their place.
        fn pixels(&mut self, count: usize) -> u64 {
            self.bytes.extend(std::iter::repeat_n(0xaa, count));
            (self.bytes.len() - count) as u64
        }

        /// Writes a directory here and links it.
        fn page(&mut self, entries: &[Entry<'_>]) {
            let place_bytes = if self.big { 8 } else { 4 };
            let mut placed = Vec::new();
            for &(tag, kind, values) in entries {
                let size = [0, 1, 0, 2, 4][usize::from(kind)];
                let at = (values.len() * size > place_bytes).then(|| {
                    let at = self.bytes.len() as u64;
                    values.iter().for_each(|&value| self.number(value, size));
                    at
                });
                placed.push((tag, kind, values, size, at));
            }
            let (here, link) = (self.bytes.len() as u64, self.link);
            let mut linked = Self {
                bytes: Vec::new(),
                ..Self::new(self.order, self.big)
            };
            linked.place(here);
            self.bytes[link..link + place_bytes].copy_from_slice(&linked.bytes);
            self.number(entries.len() as u64, if self.big { 8 } else { 2 });
            for (tag, kind, values, size, at) in placed {
                self.number(tag, 2);
                self.number(kind.into(), 2);
                self.place(values.len() as u64);
                let field = self.bytes.len();
                match at {
                    Some(at) => self.place(at),
                    None => values.iter().for_each(|&value| self.number(value, size)),
                }
                self.bytes.resize(field + place_bytes, 0);
            }
            self.link = self.bytes.len();
            self.place(0);
        }
    }

    #[test]
    fn each_page_has_a_size_and_all_its_pixels() {
        for (order, big) in [
            (Order::Little, false),
            (Order::Big, false),
            (Order::Little, true),
            (Order::Big, true),
        ] {
            let mut tiff = Writer::new(order, big);
            // Pixels before their directory, as libtiff writes them, and after it, as scanners do.
            let [one, two] = [tiff.pixels(9), tiff.pixels(7)];
            tiff.page(&[
                (256, 3, &[30]),
                (257, 4, &[40]),
                (259, 3, &[4]),
                (273, 4, &[one, two]),
                (279, 3, &[9, 7]),
            ]);
            let mut links = vec![tiff.link];
            let tiles = tiff.bytes.len() as u64 + 1000;
            tiff.page(&[
                (256, 4, &[500]),
                (257, 3, &[6]),
                (259, 3, &[5]),
                (305, 2, &[]),
                (322, 3, &[16]),
                (323, 3, &[16]),
                (324, 4, &[tiles]),
                (325, 4, &[5]),
            ]);
            links.push(tiff.link);
            let length = tiles as usize + 5;
            tiff.bytes.resize(length, 0);
            assert_eq!(sizes_of(&tiff.bytes).unwrap(), [[30, 40], [500, 6]], "{order:?} {big}");
            for end in (2..length).filter(|end| !links.contains(end)) {
                let read = sizes_of(&tiff.bytes[..end]);
                assert!(matches!(read, Err(OutlineError::Cut(_))), "{end} bytes: {read:?}");
            }
        }
    }

    #[test]
    fn what_libtiff_reads_all_the_same_is_not_refused() {
        let [width, length]: [Entry<'_>; 2] = [(256, 3, &[16]), (257, 3, &[10])];
        // A strip of ten lines of two bytes, not compressed.
        let with = |entries: &[Entry<'_>]| {
            let mut tiff = Writer::new(Order::Little, false);
            let at = tiff.pixels(20);
            tiff.page(&[&[width, length, (273, 4, &[at])], entries].concat());
            tiff.bytes
        };
        let rows: [&[Entry<'_>]; 4] = [
            // No number of bytes, zero, and far too many.
            &[],
            &[(279, 4, &[0])],
            &[(279, 4, &[1000])],
            // Old JPEG, whose places mean nothing.
            &[(259, 3, &[6]), (279, 4, &[1000])],
        ];
        for entries in rows {
            assert_eq!(sizes_of(&with(entries)).unwrap(), [[16, 10]], "{entries:?}");
        }
        // The place of the next directory is missing.
        let whole = with(&[]);
        assert_eq!(sizes_of(&whole[..whole.len() - 4]).unwrap(), [[16, 10]]);
        // Compressed pixels have the bytes that are stated.
        assert!(sizes_of(&with(&[(259, 3, &[5]), (279, 4, &[1000])])).is_err());
        // Places of nothing: the tiles of a map that are empty.
        assert!(sizes_of(&with(&[(259, 3, &[5]), (279, 4, &[0])])).is_ok());
    }

    #[test]
    fn pages_in_a_circle_and_without_a_size_are_refused() {
        let mut tiff = Writer::new(Order::Big, false);
        tiff.page(&[(256, 3, &[1]), (257, 3, &[1])]);
        let link = tiff.link;
        tiff.bytes[link..link + 4].copy_from_slice(&8_u32.to_be_bytes());
        let message = |bytes: &[u8]| match sizes_of(bytes) {
            Err(OutlineError::Invalid(message)) => message,
            other => format!("{other:?}"),
        };
        assert_eq!(message(&tiff.bytes), "page 1 is followed by one before it");
        let mut tiff = Writer::new(Order::Big, false);
        tiff.page(&[(256, 3, &[1])]);
        assert_eq!(message(&tiff.bytes), "a page does not say how large it is");
        assert_eq!(message(b"II*\0\0\0\0\0"), "it has no page");
    }
}
