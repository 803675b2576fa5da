//! The bytes of a file as the body of an answer, read piece by piece as the client takes them.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::corpus::Original;

/// Bytes that are read at once, which an answer in progress holds in memory.
const CHUNK_BYTES: u64 = 1 << 17;

/// A part of a file.
pub(super) struct FileBody {
    step: Step,
    /// Offset of the next byte to read.
    at: u64,
    /// Offset after the last byte.
    end: u64,
}

/// The state of a [`FileBody`].
enum Step {
    /// The file waits to be read.
    Waiting(Original),
    /// A thread reads the next piece.
    Reading(JoinHandle<(Original, io::Result<Vec<u8>>)>),
    /// All is read, or reading failed.
    Done,
}

impl FileBody {
    /// Returns the bytes of `file` from `start` to before `end`.
    pub(super) fn of(file: Original, start: u64, end: u64) -> Self {
        Self {
            step: Step::Waiting(file),
            at: start,
            end,
        }
    }
}

impl Body for FileBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = self.get_mut();
        loop {
            match std::mem::replace(&mut this.step, Step::Done) {
                Step::Done => return Poll::Ready(None),
                Step::Waiting(_) if this.at >= this.end => return Poll::Ready(None),
                Step::Waiting(file) => {
                    let (at, len) = (this.at, (this.end - this.at).min(CHUNK_BYTES));
                    this.step = Step::Reading(spawn_blocking(move || {
                        let piece = read(&file, at, len);
                        (file, piece)
                    }));
                }
                Step::Reading(mut reading) => {
                    let Poll::Ready(read) = Pin::new(&mut reading).poll(context) else {
                        this.step = Step::Reading(reading);
                        return Poll::Pending;
                    };
                    let (file, piece) = read.map_err(io::Error::other)?;
                    // An answer that breaks off tells the client that it is not whole.
                    let piece = piece?;
                    this.at += piece.len() as u64;
                    this.step = Step::Waiting(file);
                    return Poll::Ready(Some(Ok(Frame::data(piece.into()))));
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.at >= self.end
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.end.saturating_sub(self.at))
    }
}

/// Reads exactly `len` bytes at offset `at`.
fn read(file: &Original, at: u64, len: u64) -> io::Result<Vec<u8>> {
    let mut piece = vec![0; usize::try_from(len).unwrap_or_default()];
    if file.read_at(at, &mut piece)? < piece.len() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(piece)
}
