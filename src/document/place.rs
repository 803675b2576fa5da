//! Provinces of today and before the merger of 2025.
