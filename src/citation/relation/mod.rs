//! Relations: the act by which a document refers to another, such as carrying it out, amending it or replacing it.
//!
//! The nearest verb to the left in the clause tells: "Sơ kết 05 năm thực hiện Chỉ thị số 05-CT/TW". [`verbs`] is the
//! table of the verbs, [`clause`] finds the nearest of them and knows where a clause ends, [`chain`] goes through the
//! mentions of a passage, so that the items of a list share a relation and a verb in the title of one document gives
//! none to the next. [`replacement`] tells by which document another is replaced or repealed.

mod chain;
mod clause;
mod replacement;
#[cfg(test)]
mod tests;
mod verbs;

use serde::{Deserialize, Serialize};

use crate::text::{Span, named};

pub(super) use chain::add_relations;

named! {
    /// The act by which the citing document refers to the cited one, as the nearest verb of its clause says.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
    #[serde(rename_all = "kebab-case")]
    pub enum Relation {
        /// Carries it out (thực hiện, triển khai, chấp hành).
        ThucHien = "thuc-hien",
        /// Studies it and makes it known (quán triệt, học tập).
        QuanTriet = "quan-triet",
        /// Rests on it (căn cứ, theo, quy định tại).
        CanCu = "can-cu",
        /// Sets it out in detail (cụ thể hóa).
        CuTheHoa = "cu-the-hoa",
        /// Reviews how it has been carried out so far (sơ kết).
        SoKet = "so-ket",
        /// Reviews how it was carried out (tổng kết).
        TongKet = "tong-ket",
        /// Amends or supplements it (sửa đổi, bổ sung).
        SuaDoi = "sua-doi",
        /// Replaces it (thay thế).
        ThayThe = "thay-the",
        /// Repeals it (bãi bỏ, hết hiệu lực).
        BaiBo = "bai-bo",
        /// Tells that it was issued (ban hành).
        BanHanh = "ban-hanh",
    }
}

/// The document that replaces or repeals a cited one, as far as the clause tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Replacement {
    /// The citing document itself: "Quy định này thay thế Quy định số …".
    OwnDocument,
    /// The document whose citation has this span: "Quyết định số A thay thế Quyết định số B". A document may
    /// turn out to cite nothing there: then this is untold.
    Citation(Span),
    /// A document that the clause does not name, or one that is only planned: "nghị định mới thay thế Nghị định 86".
    Untold,
}

impl Relation {
    /// Returns its Vietnamese name for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::ThucHien => "Thực hiện",
            Self::QuanTriet => "Quán triệt",
            Self::CanCu => "Căn cứ",
            Self::CuTheHoa => "Cụ thể hóa",
            Self::SoKet => "Sơ kết",
            Self::TongKet => "Tổng kết",
            Self::SuaDoi => "Sửa đổi, bổ sung",
            Self::ThayThe => "Thay thế",
            Self::BaiBo => "Bãi bỏ",
            Self::BanHanh => "Ban hành",
        }
    }
}
