//! The sections of a document: headed parts, nested.
//!
//! [`outline`] builds the tree from the headings in their order, [`kind`] reads in a title what its section is
//! about, and [`term`] which term of office. Which lines are headings is decided in
//! [`blocks`](super::blocks), before.

mod address;
mod genre;
pub(crate) mod kind;
pub(crate) mod outline;
pub(crate) mod term;

pub use address::{AddressMatch, SectionAddresses, is_position};
use serde::{Deserialize, Serialize};

use crate::text::{Span, named};

/// A headed part (mục), nested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Position in the tree, 1-based at each level: `[1, 2, 3]` is shown as `§1.2.3`.
    pub path: Vec<usize>,
    /// Index in [`Document::sections`](super::Document::sections) of the section around it.
    pub parent: Option<usize>,
    /// Label as printed once repaired: `PHẦN I`, `II-`, `2.3.`, `PHỤ LỤC 2`, `*`; empty for none.
    pub label: String,
    /// Title in its repaired reading, lines joined; empty for the introduction.
    pub title: String,
    /// Subject, its own or inherited.
    pub kind: SectionKind,
    /// Term of office that it is about, its own or inherited: `2020-2025`.
    pub term: Option<String>,
    /// 1-based number of the page on which it begins.
    pub page: usize,
    /// Index in [`Document::passages`](super::Document::passages) of its heading; `None` for the
    /// introduction.
    pub heading: Option<usize>,
    /// Bytes from its heading to the next section that is not inside it.
    pub span: Span,
}

impl Section {
    /// Returns its depth in the tree, 1 for the outermost.
    #[must_use]
    pub fn level(&self) -> usize {
        self.path.len()
    }
}

named! {
    /// Subject of a section, after the outline that every party report follows. Of several that a heading names,
    /// the first in its own wording counts.
    #[derive(
        Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
    )]
    #[serde(rename_all = "kebab-case")]
    pub enum SectionKind {
        /// Mở đầu (introduction).
        MoDau = "mo-dau",
        /// Kết quả (results).
        KetQua = "ket-qua",
        /// Ưu điểm (strengths).
        UuDiem = "uu-diem",
        /// Hạn chế (shortcomings).
        HanChe = "han-che",
        /// Nguyên nhân (causes).
        NguyenNhan = "nguyen-nhan",
        /// Bài học (lessons learnt).
        BaiHoc = "bai-hoc",
        /// Bối cảnh (background).
        BoiCanh = "boi-canh",
        /// Quan điểm (viewpoints).
        QuanDiem = "quan-diem",
        /// Mục tiêu (aims).
        MucTieu = "muc-tieu",
        /// Chỉ tiêu (targets).
        ChiTieu = "chi-tieu",
        /// Nhiệm vụ (tasks).
        NhiemVu = "nhiem-vu",
        /// Giải pháp (measures).
        GiaiPhap = "giai-phap",
        /// Đột phá (breakthroughs).
        DotPha = "dot-pha",
        /// Tổ chức thực hiện (carrying it out).
        ToChucThucHien = "to-chuc-thuc-hien",
        /// Kết luận (conclusion).
        KetLuan = "ket-luan",
        /// Phụ lục (appendix).
        PhuLuc = "phu-luc",
        /// Nơi nhận (recipients).
        NoiNhan = "noi-nhan",
        /// Khác (none of these).
        #[default]
        Khac = "khac",
    }
}

impl SectionKind {
    /// Returns the words that people use for it: `Kết quả`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::MoDau => "Mở đầu",
            Self::KetQua => "Kết quả",
            Self::UuDiem => "Ưu điểm",
            Self::HanChe => "Hạn chế",
            Self::NguyenNhan => "Nguyên nhân",
            Self::BaiHoc => "Bài học",
            Self::BoiCanh => "Bối cảnh",
            Self::QuanDiem => "Quan điểm",
            Self::MucTieu => "Mục tiêu",
            Self::ChiTieu => "Chỉ tiêu",
            Self::NhiemVu => "Nhiệm vụ",
            Self::GiaiPhap => "Giải pháp",
            Self::DotPha => "Đột phá",
            Self::ToChucThucHien => "Tổ chức thực hiện",
            Self::KetLuan => "Kết luận",
            Self::PhuLuc => "Phụ lục",
            Self::NoiNhan => "Nơi nhận",
            Self::Khac => "Khác",
        }
    }
}
