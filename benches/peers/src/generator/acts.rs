//! The acts that documents cite.

use super::random::Random;

/// Number of acts that are cited.
const ACTS: usize = 6000;

/// Kinds of acts: name, symbol after the number, issuer.
const KINDS: [(&str, &str, &str); 10] = [
    ("Nghị quyết", "-NQ/TW", "Ban Chấp hành Trung ương"),
    ("Nghị định", "/NĐ-CP", "Chính phủ"),
    ("Chỉ thị", "-CT/TW", "Ban Bí thư"),
    ("Quyết định", "/QĐ-TTg", "Thủ tướng Chính phủ"),
    ("Kết luận", "-KL/TW", "Bộ Chính trị"),
    ("Quy định", "-QĐ/TW", "Bộ Chính trị"),
    ("Thông tư", "/TT-BNV", "Bộ Nội vụ"),
    ("Hướng dẫn", "-HD/BTCTW", "Ban Tổ chức Trung ương"),
    ("Nghị quyết", "-NQ/TU", "Tỉnh ủy"),
    ("Kế hoạch", "-KH/TU", "Tỉnh ủy"),
];

/// An act that is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Act {
    /// Its symbol: `21-NQ/TW`.
    pub(super) symbol: String,
    /// Its kind: `Nghị quyết`.
    kind: &'static str,
    /// Its date as citations have it.
    date: String,
    /// The body that issued it.
    issuer: &'static str,
}

impl Act {
    /// One of all acts; few of them are cited often.
    pub(super) fn any(random: &mut Random) -> Self {
        Self::numbered(random.rank(ACTS))
    }

    /// The act with this rank: the same one in all documents.
    fn numbered(rank: usize) -> Self {
        let (kind, letters, issuer) = KINDS[rank % KINDS.len()];
        let mut facts = Random::of(rank as u64, 0);
        let (number, year) = (1 + facts.below(180), 2005 + facts.below(21));
        let date = format!("{}/{}/{year}", 1 + facts.below(28), 1 + facts.below(12));
        let symbol = match letters.starts_with('/') {
            true => format!("{number}/{year}{letters}"),
            false => format!("{number}{letters}"),
        };
        Self {
            symbol,
            kind,
            date,
            issuer,
        }
    }

    /// The citation as a document writes it the first time.
    pub(super) fn full(&self) -> String {
        let Self {
            symbol,
            kind,
            date,
            issuer,
        } = self;
        format!("{kind} số {symbol} ngày {date} của {issuer}")
    }
}
