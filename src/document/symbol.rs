//! Symbols (số, ký hiệu): number, kind code, issuer code; reading, canonical writing, equality.
