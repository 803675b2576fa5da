//! The size of the sheets of an `.xls`, before they are read.
//!
//! `calamine` keeps a sheet as a rectangle, so two cells in far corners take as much memory as all between them. The records
//! of the workbook are gone through once: where each sheet begins, and the corners of its cells.
//!
//! Source: [MS-XLS], 2.1.4 (records), 2.4.28 (`BoundSheet8`), and the records of cells.

use std::collections::HashSet;
use std::io::{Cursor, Read};

use cfb::CompoundFile;

use crate::corpus::error::ErrorKind;

/// The most cells of the rectangles of all sheets. A cell takes some 30 bytes.
const MAX_AREA: u64 = 10_000_000;

/// The streams that a workbook is: of Excel since 97, and before.
const STREAMS: [&str; 2] = ["Workbook", "Book"];

/// Records that begin a sheet, of Excel 5 and later, 4, 3 and 2.
const BEGINNINGS: [u16; 4] = [0x0809, 0x0409, 0x0209, 0x0009];

/// The record that says where a sheet begins.
const BOUND_SHEET: u16 = 0x0085;

/// The record of a workbook that is encrypted.
const FILE_PASS: u16 = 0x002f;

/// Records of cells: formula, blank, number, label, true or error, string, and of several cells.
const CELLS: [u16; 17] = [
    0x0006, 0x0206, 0x0406, 0x0001, 0x0201, 0x0002, 0x0003, 0x0203, 0x0004, 0x0204, 0x0005, 0x0205, 0x00d6, 0x00fd,
    0x027e, 0x00bd, 0x00be,
];

/// Checks that the sheets of the compound file `bytes` are within bounds; returns false if it is no workbook.
///
/// # Errors
/// [`ErrorKind::Encrypted`], [`ErrorKind::Damaged`], [`ErrorKind::Excessive`].
pub(super) fn check(bytes: &[u8]) -> Result<bool, ErrorKind> {
    let Ok(mut file) = CompoundFile::open(Cursor::new(bytes)) else {
        // Whoever reads it next says what is wrong.
        return Ok(false);
    };
    let Some(name) = STREAMS.iter().find(|name| file.is_stream(name)) else {
        return Ok(false);
    };
    let cannot = |error| ErrorKind::Damaged(format!("its stream {name} cannot be read: {error}"));
    let mut stream = Vec::new();
    let opened = file.open_stream(name).map_err(cannot)?;
    opened
        .take(bytes.len() as u64)
        .read_to_end(&mut stream)
        .map_err(cannot)?;
    check_records(&stream)?;
    Ok(true)
}

/// The rectangle of the cells of a sheet.
#[derive(Debug, Default)]
struct Corners {
    rows: Option<(u16, u16)>,
    columns: Option<(u16, u16)>,
}

impl Corners {
    /// Adds the cells of a row from one column to another.
    fn add(&mut self, row: u16, first: u16, last: u16) {
        let widened = |range: Option<(u16, u16)>, low: u16, high: u16| {
            let (least, most) = range.unwrap_or((low, high));
            Some((least.min(low), most.max(high)))
        };
        self.rows = widened(self.rows, row, row);
        self.columns = widened(self.columns, first.min(last), first.max(last));
    }

    /// Returns the number of cells in the rectangle.
    fn area(&self) -> u64 {
        let length = |range: Option<(u16, u16)>| range.map_or(0, |(least, most)| u64::from(most - least) + 1);
        length(self.rows) * length(self.columns)
    }
}

/// Checks the records of a workbook.
fn check_records(stream: &[u8]) -> Result<(), ErrorKind> {
    let mut beginnings: HashSet<usize> = HashSet::new();
    let mut sheets: Vec<usize> = Vec::new();
    let mut corners = Corners::default();
    let mut area = 0u64;
    let mut at = 0;
    while let Some(kind) = short(stream, at)
        && let Some(length) = short(stream, at + 2)
    {
        let data = stream.get(at + 4..).unwrap_or(&[]);
        let data = &data[..data.len().min(usize::from(length))];
        if BEGINNINGS.contains(&kind) {
            beginnings.insert(at);
            area += std::mem::take(&mut corners).area();
        } else if kind == FILE_PASS && short(data, 0) != Some(0) {
            return Err(ErrorKind::Encrypted);
        } else if kind == BOUND_SHEET {
            let low = short(data, 0).map(usize::from);
            let high = short(data, 2).map(usize::from);
            sheets.extend(low.zip(high).map(|(low, high)| low | high << 16));
        } else if CELLS.contains(&kind)
            && let (Some(row), Some(first)) = (short(data, 0), short(data, 2))
        {
            let is_many = matches!(kind, 0x00bd | 0x00be);
            let last = short(data, data.len().saturating_sub(2)).filter(|_| is_many);
            corners.add(row, first, last.unwrap_or(first));
        }
        at += 4 + usize::from(length);
    }
    area += corners.area();
    let distinct: HashSet<usize> = sheets.iter().copied().collect();
    if distinct.len() < sheets.len() || !distinct.is_subset(&beginnings) {
        return Err(ErrorKind::Damaged("its list of sheets is broken".to_owned()));
    }
    if area > MAX_AREA {
        return Err(ErrorKind::Excessive(format!("sheets of more than {MAX_AREA} cells")));
    }
    Ok(())
}

/// Returns the number of two bytes at `at`.
fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A record.
    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes()[..], data].concat()
    }

    /// A cell with a number.
    fn cell(row: u16, column: u16) -> Vec<u8> {
        record(0x0203, &[row.to_le_bytes(), column.to_le_bytes()].concat())
    }

    #[test]
    fn far_corners_and_sheets_named_twice_are_refused() {
        let near = [record(0x0809, &[]), cell(0, 0), cell(9, 20)].concat();
        assert!(check_records(&near).is_ok());
        let far = [record(0x0809, &[]), cell(0, 0), cell(65_535, 255)].concat();
        let error = check_records(&far).unwrap_err().to_string();
        assert!(error.contains("more than 10000000 cells"), "{error}");
        let twice = [record(0x0809, &[]), record(0x85, &[0; 8]), record(0x85, &[0; 8])].concat();
        assert!(check_records(&twice).is_err());
        let astray = [record(0x0809, &[]), record(0x85, &[1, 0, 0, 0, 0, 0])].concat();
        assert!(check_records(&astray).is_err());
        let locked = [record(0x0809, &[]), record(0x2f, &[1, 0])].concat();
        assert!(matches!(check_records(&locked), Err(ErrorKind::Encrypted)));
        assert!(check_records(b"\x03\x02\xff").is_ok());
    }
}
