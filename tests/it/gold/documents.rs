//! Metadata of whole documents.

use vankien::document::Document;
use vankien::reading::Quality;
use vankien::text::fold;

use super::{Score, table};

/// Scores the metadata of `document`, field by field.
pub(crate) fn score(id: &str, document: &Document) -> Vec<Score> {
    let mut fields = Score::new("documents/field", id);
    let Some(row) = table(include_str!("../../gold/documents.tsv"))
        .into_iter()
        .find(|row| row["doc"] == id)
    else {
        return vec![fields];
    };
    let metadata = &document.metadata;
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let clean = metadata.quality == Quality::Clean;
    // What a scan reads is compared without marks as long as no repaired reading is at hand.
    let comparable = |text: &str| if clean { text.to_owned() } else { fold(text) };
    // "(Đồng Tháp)" is added by the annotator where the document says "Tỉnh" only.
    // A party organisation ("Đảng bộ") and the committee that acts for it ("Đảng ủy") are one body.
    let printed = |gold: &str| gold.split(" (").next().unwrap_or("").replace("Đảng bộ", "Đảng ủy");
    let shown = [
        ("type", text(&metadata.kind), row["type"].to_owned()),
        ("title", text(&metadata.title), row["title"].to_owned()),
        (
            "issuing_body",
            printed(&text(&metadata.issuer)),
            printed(row["issuing_body"]),
        ),
        (
            "superior_body",
            printed(&text(&metadata.superior)),
            printed(row["superior_body"]),
        ),
        ("province", text(&metadata.province), row["province"].to_owned()),
        (
            "former_provinces",
            metadata.former_provinces.join("; "),
            row["former_provinces"].to_owned(),
        ),
        ("place", text(&metadata.place), row["place"].to_owned()),
        (
            "date",
            metadata.date.map(|date| date.to_string()).unwrap_or_default(),
            row["date"].to_owned(),
        ),
        (
            "draft",
            if metadata.draft { "yes" } else { "no" }.to_owned(),
            row["draft"].to_owned(),
        ),
        ("number", text(&metadata.number), row["number"].to_owned()),
        ("terms", metadata.terms.join("; "), row["terms"].to_owned()),
        (
            "text_quality",
            metadata.quality.name().to_owned(),
            row["text_quality"].to_owned(),
        ),
        ("pages", document.pages.len().to_string(), row["pages"].to_owned()),
    ];
    for (name, shown, wanted) in shown {
        fields.count(comparable(&shown) == comparable(&wanted), || {
            format!("{name}: {shown:?} for {wanted:?}")
        });
    }
    vec![fields]
}
