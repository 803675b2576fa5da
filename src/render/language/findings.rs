//! Findings of a proof as sentences, in the language of the reader.
//!
//! A finding carries its English sentence; the Vietnamese one is made of its kind and of what others give in place of
//! what is printed.

use super::dates::{date_text, identity_text};
use super::{Lang, fill};
use crate::proof::{Finding, FindingKind};

/// Returns the sentence of a finding.
pub(crate) fn finding_text(lang: Lang, finding: &Finding) -> String {
    if lang == Lang::En {
        return identity_text(&finding.message);
    }
    let values: Vec<String> = finding
        .expected
        .iter()
        .map(|expected| match finding.finding {
            FindingKind::Date | FindingKind::Future => date_text(&expected.value),
            _ => identity_text(&expected.value),
        })
        .collect();
    let printed = finding.printed.split_whitespace().collect::<Vec<_>>().join(" ");
    let (alone, with_values) = sentences(finding.finding);
    if values.is_empty() {
        fill(alone, &[&printed])
    } else {
        fill(with_values, &[&printed, &values.join("; ")])
    }
}

/// Returns the Vietnamese sentence about a printed text alone, and that with what others give.
const fn sentences(kind: FindingKind) -> (&'static str, &'static str) {
    match kind {
        FindingKind::Date => (
            "Ngày ban hành “{}” không khớp.",
            "Ngày ban hành “{}” không khớp; đúng ra là {}.",
        ),
        FindingKind::Issuer => (
            "Cơ quan ban hành “{}” không khớp.",
            "Cơ quan ban hành “{}” không khớp; đúng ra là {}.",
        ),
        FindingKind::Kind => (
            "Tên loại “{}” không khớp với ký hiệu.",
            "Tên loại “{}” không khớp với ký hiệu; đúng ra là {}.",
        ),
        FindingKind::Subject => (
            "Trích yếu “{}” là của văn bản khác.",
            "Trích yếu “{}” không khớp; văn bản này có trích yếu “{}”.",
        ),
        FindingKind::Replaced => ("“{}” đã bị thay thế.", "“{}” đã bị thay thế bởi {}."),
        FindingKind::Amended => (
            "“{}” đã được sửa đổi, bổ sung.",
            "“{}” đã được sửa đổi, bổ sung, gần nhất bởi {}.",
        ),
        FindingKind::Malformed => (
            "Số, ký hiệu “{}” sai thể thức.",
            "Số, ký hiệu “{}” sai thể thức; viết đúng là {}.",
        ),
        FindingKind::Unknown => (
            "Danh mục và kho văn bản không có “{}”.",
            "Danh mục và kho văn bản không có “{}”; gần giống: {}.",
        ),
        FindingKind::Ambiguous => (
            "“{}” có thể là nhiều văn bản.",
            "“{}” có thể là một trong các văn bản: {}.",
        ),
        FindingKind::TwoNames => (
            "Cùng một văn bản được ghi hai cách: “{}”.",
            "Cùng một văn bản được ghi hai cách: “{}” và “{}”.",
        ),
        FindingKind::Future => (
            "“{}” có ngày ban hành sau ngày của dự thảo.",
            "“{}” có ngày ban hành sau ngày của dự thảo ({}).",
        ),
        FindingKind::Notes => (
            "Số chú thích “{}” không theo thứ tự.",
            "Số chú thích “{}” không theo thứ tự; đúng ra là {}.",
        ),
    }
}
