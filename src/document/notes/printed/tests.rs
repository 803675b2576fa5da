//! Tests of the notes of clean pages.
