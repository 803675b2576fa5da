//! Numbers at places of a file, whose end is known.

use std::io::{BufReader, ErrorKind, Read, Seek, SeekFrom};

use super::outline_error::OutlineError;

/// The order of the bytes of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The lowest byte first, as Intel's processors have it.
    Little,
    /// The highest byte first.
    Big,
}

impl Order {
    /// Returns the number that `bytes` are.
    fn number(self, bytes: &[u8]) -> u64 {
        let add = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        match self {
            Self::Little => bytes.iter().rev().fold(0, add),
            Self::Big => bytes.iter().fold(0, add),
        }
    }
}

/// A file that is read at any place.
pub(super) struct Source<R> {
    reader: BufReader<R>,
    /// Number of its bytes.
    length: u64,
    /// The place where the reader is.
    at: u64,
}

impl<R: Read + Seek> Source<R> {
    /// Returns the source of `length` bytes; `reader` is at the first one.
    pub(super) fn new(reader: R, length: u64) -> Self {
        Self {
            reader: BufReader::new(reader),
            length,
            at: 0,
        }
    }

    /// Returns the number of bytes.
    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// Reads `N` bytes at `at`. If the file ends before, `missing` says what is missing.
    pub(super) fn bytes<const N: usize>(&mut self, at: u64, missing: &str) -> Result<[u8; N], OutlineError> {
        let mut bytes = [0; N];
        self.read_into(at, &mut bytes, missing)?;
        Ok(bytes)
    }

    /// Reads a number of `size` bytes, at most 8, at `at`.
    pub(super) fn number(&mut self, at: u64, size: usize, order: Order, missing: &str) -> Result<u64, OutlineError> {
        let mut bytes = [0_u8; 8];
        let bytes = &mut bytes[..size.min(8)];
        self.read_into(at, bytes, missing)?;
        Ok(order.number(bytes))
    }

    /// Reads `count` numbers of `size` bytes each, at most 8, from `at` on.
    pub(super) fn numbers(
        &mut self,
        at: u64,
        count: u64,
        size: usize,
        order: Order,
        missing: &str,
    ) -> Result<Vec<u64>, OutlineError> {
        let bytes = count.checked_mul(size as u64).filter(|&bytes| bytes <= self.length);
        let bytes = bytes.and_then(|bytes| usize::try_from(bytes).ok());
        let mut bytes = vec![0; bytes.ok_or_else(|| OutlineError::Cut(missing.to_owned()))?];
        self.read_into(at, &mut bytes, missing)?;
        Ok(bytes
            .chunks_exact(size.max(1))
            .map(|bytes| order.number(bytes))
            .collect())
    }

    /// Returns true if the bytes `needle` are found at or after `at`.
    pub(super) fn contains(&mut self, at: u64, needle: &[u8]) -> Result<bool, OutlineError> {
        self.seek(at)?;
        let mut window = Vec::new();
        loop {
            let read = (&mut self.reader)
                .take(1 << 16)
                .read_to_end(&mut window)
                .map_err(OutlineError::Io)?;
            self.at += read as u64;
            if memchr::memmem::find(&window, needle).is_some() {
                return Ok(true);
            }
            if read == 0 {
                return Ok(false);
            }
            // It may begin in this window and end in the next.
            window.drain(..window.len().saturating_sub(needle.len().saturating_sub(1)));
        }
    }

    /// Fills `bytes` from `at` on.
    fn read_into(&mut self, at: u64, bytes: &mut [u8], missing: &str) -> Result<(), OutlineError> {
        let cut = || OutlineError::Cut(missing.to_owned());
        if at.checked_add(bytes.len() as u64).is_none_or(|end| end > self.length) {
            return Err(cut());
        }
        self.seek(at)?;
        self.reader.read_exact(bytes).map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => cut(),
            _ => OutlineError::Io(error),
        })?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    /// Goes to `at`, which is within the file; the buffer stays where it reaches that far.
    fn seek(&mut self, at: u64) -> Result<(), OutlineError> {
        let moved = match i64::try_from(i128::from(at) - i128::from(self.at)) {
            Ok(offset) => self.reader.seek_relative(offset),
            Err(_) => self.reader.seek(SeekFrom::Start(at)).map(drop),
        };
        moved.map_err(OutlineError::Io)?;
        self.at = at;
        Ok(())
    }
}
