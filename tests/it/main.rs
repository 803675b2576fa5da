//! The one integration test binary.

mod gold;
mod layers;
mod seeds;
