//! `/docs`: the OpenAPI document as a page that people read, without scripts and without anything from other origins.
//!
//! The page goes through the document: what is said of the whole API, then each group of operations, then the records
//! of the answers and the problems. [`words`] says in words what a schema says in signs.

mod words;

use std::collections::BTreeSet;

use maud::{DOCTYPE, Markup, html};
use serde_json::Value;

use crate::http::page;
use crate::http::problem::Code;
use words::{Schemas, entries, inline, text};

/// The style sheet of the page.
pub(crate) const STYLE: &str = include_str!("docs.css");

/// The most lines of an example that the page shows unfolded.
const MAX_OPEN_LINES: usize = 12;

/// The most lines of an example that the page has.
const MAX_LINES: usize = 40;

/// The most chars of a text in an example; a longer one is cut.
const MAX_TEXT_CHARS: usize = 100;

/// The path of the page of the records, from that of `/docs`.
const RECORDS: &str = "docs/records";

/// Returns the page that shows the operations of `document`.
pub(crate) fn page(document: &Value) -> String {
    let schemas = Schemas {
        all: &document["components"]["schemas"],
        page: RECORDS,
    };
    let groups: Vec<Group<'_>> = items(&document["tags"]).map(|tag| Group::of(tag, document)).collect();
    let about = text(&document["info"]["description"]);
    let common = common_codes(&groups);
    let content = html! {
        section id="start" { (prose(about)) }
        @for group in &groups { (group.show(&schemas, &common)) }
        (problems(&common))
    };
    frame(document, "", &navigation(&groups, about), &content)
}

/// Returns the page that shows the records of the answers.
pub(crate) fn records_page(document: &Value) -> String {
    let schemas = Schemas {
        all: &document["components"]["schemas"],
        page: "",
    };
    let contents = html! {
        nav aria-label="Contents" {
            ul {
                li { a href="../docs" { "Operations" } }
                li {
                    a href="#records" { "Records" }
                    ul { @for (name, _) in schemas.records() { li { a href={ "#record-" (name) } { (name) } } } }
                }
            }
        }
    };
    frame(document, "../", &contents, &records(&schemas))
}

/// Returns a page with this content; `root` leads to the root of the service.
fn frame(document: &Value, root: &str, contents: &Markup, content: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "vankien: the API" }
                link rel="icon" type="image/svg+xml" href={ (root) (page::icon_path()) };
                link rel="stylesheet" href={ (root) "docs.css" };
            }
            body {
                a.skip href="#text" { "Skip to the text" }
                header {
                    h1 { "vankien " small { "the API, version " (text(&document["info"]["version"])) } }
                    p {
                        a href={ (root) "./" } { "The pages for people" } " · "
                        a href={ (root) "openapi.json" } { "openapi.json" }
                    }
                }
                div.columns {
                    (contents)
                    main id="text" { (content) }
                }
            }
        }
    };
    page.into_string()
}

/// A group of operations.
struct Group<'d> {
    name: &'d str,
    about: &'d str,
    operations: Vec<Operation<'d>>,
}

/// An operation of the document.
struct Operation<'d> {
    method: String,
    path: &'d str,
    fields: &'d Value,
}

impl<'d> Group<'d> {
    /// Returns the group of a tag.
    fn of(tag: &'d Value, document: &'d Value) -> Self {
        let name = text(&tag["name"]);
        let all = entries(&document["paths"]).flat_map(|(path, item)| {
            entries(item).map(move |(method, fields)| Operation {
                method: method.to_uppercase(),
                path,
                fields,
            })
        });
        Self {
            name,
            about: text(&tag["description"]),
            operations: all.filter(|operation| operation.fields["tags"][0] == name).collect(),
        }
    }

    /// Renders the group.
    fn show(&self, schemas: &Schemas<'_>, common: &BTreeSet<Code>) -> Markup {
        html! {
            section id=(self.name) {
                h2 { (capitalized(self.name)) }
                p { (inline(self.about)) }
                @for operation in &self.operations { (operation.show(schemas, common)) }
            }
        }
    }
}

impl Operation<'_> {
    /// Returns the id of the operation on the page: `get-search`.
    fn anchor(&self) -> String {
        let path = self.path.trim_start_matches("/api/v1").trim_start_matches('/');
        let words = path.split(|char: char| !char.is_ascii_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        format!("{}-{}", self.method.to_lowercase(), words.join("-"))
    }

    /// Renders the operation: what it does, what it takes, what it answers.
    fn show(&self, schemas: &Schemas<'_>, common: &BTreeSet<Code>) -> Markup {
        let body = &self.fields["requestBody"];
        let answer = &self.fields["responses"]["200"];
        let about = [&self.fields["summary"], &self.fields["description"]]
            .map(text)
            .join("\n\n");
        html! {
            article id=(self.anchor()) {
                h3 { span.method { (self.method) } " " code { (self.path) } }
                (prose(&about))
                (parameters(&self.fields["parameters"], schemas))
                @if !body.is_null() {
                    h4 { "Body" }
                    p { (inline(text(&body["description"]))) }
                    (fields(schemas.of(&body["content"]["application/json"]["schema"]), schemas, false))
                }
                @for sample in items(&self.fields["x-codeSamples"]) {
                    h4 { "Example" }
                    pre tabindex="0" { (text(&sample["source"])) }
                }
                h4 { "Answer" }
                p {
                    (inline(text(&answer["description"])))
                    @for (media_type, content) in entries(&answer["content"]) {
                        " " span.type { code { (media_type) } " " (schemas.link(&content["schema"])) }
                    }
                }
                (example(&answer["content"]["application/json"]["example"]))
                (self.errors(common))
            }
        }
    }

    /// Returns the codes of the problems that it may answer with.
    fn codes(&self) -> BTreeSet<Code> {
        let responses = entries(&self.fields["responses"]).filter(|(_, response)| is_problem(response));
        responses
            .flat_map(|(_, response)| codes(text(&response["description"])))
            .collect()
    }

    /// Renders the codes of the problems that it may answer with, without those that every operation has.
    fn errors(&self, common: &BTreeSet<Code>) -> Markup {
        let codes = self.codes();
        let own: Vec<&Code> = codes.difference(common).collect();
        html! {
            @if !own.is_empty() {
                details {
                    summary { "Problems" }
                    p {
                        @for code in own {
                            a href={ "#problem-" (code.name()) } { code { (code.name()) } } " "
                        }
                    }
                }
            }
        }
    }
}

/// Returns the codes that every operation of the API has.
fn common_codes(groups: &[Group<'_>]) -> BTreeSet<Code> {
    let operations = groups.iter().flat_map(|group| &group.operations);
    let of_api = operations.filter(|operation| operation.path.starts_with("/api/"));
    let all = of_api.map(Operation::codes);
    all.reduce(|common, codes| common.intersection(&codes).copied().collect())
        .unwrap_or_default()
}

/// Renders the links to all parts of the page.
fn navigation(groups: &[Group<'_>], about: &str) -> Markup {
    html! {
        nav aria-label="Contents" {
            ul {
                li {
                    a href="#start" { "Start" }
                    ul {
                        @for heading in headings(about) { li { a href={ "#" (id_of(heading)) } { (heading) } } }
                    }
                }
                @for group in groups {
                    li {
                        a href={ "#" (group.name) } { (capitalized(group.name)) }
                        ul {
                            @for operation in &group.operations {
                                li {
                                    a href={ "#" (operation.anchor()) } {
                                        span.method { (operation.method) } " "
                                        (operation.path.trim_start_matches("/api/v1"))
                                    }
                                }
                            }
                        }
                    }
                }
                li { a href=(RECORDS) { "Records" } }
                li { a href="#problems" { "Problems" } }
            }
        }
    }
}

/// Renders the parameters of an operation.
fn parameters(parameters: &Value, schemas: &Schemas<'_>) -> Markup {
    html! {
        @if items(parameters).next().is_some() {
            h4 { "Parameters" }
            // A wide table scrolls by itself; `tabindex` makes that possible with the keyboard.
            div.wide tabindex="0" {
                table {
                    thead { tr { th { "name" } th { "type" } th { "default" } th { "meaning" } } }
                    tbody {
                        @for parameter in items(parameters) {
                            tr {
                                th scope="row" {
                                    code { (text(&parameter["name"])) }
                                    @if parameter["in"] == "path" { " in the path" }
                                    @else if parameter["required"] == true { " required" }
                                }
                                td { (schemas.words(&parameter["schema"])) }
                                td { (default(&parameter["schema"])) }
                                td { (inline(text(&parameter["description"]))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Renders the fields of an object; those that it shares with another record as a link to that.
fn fields(schema: &Value, schemas: &Schemas<'_>, is_answer: bool) -> Markup {
    let (shared, fields) = schemas.fields(schema);
    html! {
        @if !shared.is_empty() {
            p { "All fields of " @for (at, name) in shared.iter().enumerate() { @if at > 0 { " and " } (schemas.link_to(name)) } ", and:" }
        }
        @if !fields.is_empty() {
            div.wide tabindex="0" {
                table {
                    thead { tr { th { "field" } th { "type" } th { "meaning" } } }
                    tbody {
                        @for (name, field, is_required) in &fields {
                            tr {
                                th scope="row" { code { (name) } @if *is_required && !is_answer { " required" } }
                                td { (schemas.words(field)) }
                                td { (inline(text(&field["description"]))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Renders the default of a schema.
fn default(schema: &Value) -> Markup {
    html! {
        @match &schema["default"] {
            Value::Null => {},
            Value::String(default) => code { (default) },
            default => code { (default) },
        }
    }
}

/// Renders an example of an answer, shortened; folded if it is long.
fn example(example: &Value) -> Markup {
    if example.is_null() {
        return html! {};
    }
    let pretty = serde_json::to_string_pretty(&shortened(example)).unwrap_or_default();
    let count = pretty.lines().count();
    let mut shown: Vec<&str> = pretty.lines().take(MAX_LINES).collect();
    if count > MAX_LINES {
        shown.push("…");
    }
    let code = html! { pre tabindex="0" { (shown.join("\n")) } };
    html! {
        @if count <= MAX_OPEN_LINES { (code) } @else { details { summary { "An answer" } (code) } }
    }
}

/// Returns an example with the first item of each list of objects, and with long texts cut.
fn shortened(value: &Value) -> Value {
    match value {
        Value::Array(values) => {
            let has_more = values.len() > 1 && values.iter().all(Value::is_object);
            let shown = if has_more { 1 } else { values.len() };
            let mut shown: Vec<Value> = values.iter().take(shown).map(shortened).collect();
            if has_more {
                shown.push(format!("… {} more", values.len() - 1).into());
            }
            Value::Array(shown)
        }
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| (name.clone(), shortened(value)));
            Value::Object(fields.collect())
        }
        Value::String(text) if text.chars().count() > MAX_TEXT_CHARS => {
            let cut: String = text.chars().take(MAX_TEXT_CHARS).collect();
            format!("{cut}…").into()
        }
        value => value.clone(),
    }
}

/// Renders the records of answers.
fn records(schemas: &Schemas<'_>) -> Markup {
    html! {
        section id="records" {
            h2 { "Records" }
            p { "No field of an answer is ever left out: an absent value is " code { "null" } " or an empty list." }
            @for (name, schema) in schemas.records() {
                article id={ "record-" (name) } {
                    h3 { (name) }
                    p { (inline(text(&schema["description"]))) }
                    (fields(schema, schemas, true))
                }
            }
        }
    }
}

/// Renders the table of all problems.
fn problems(common: &BTreeSet<Code>) -> Markup {
    html! {
        section id="problems" {
            h2 { "Problems" }
            p { "An answer with a status of 400 or more has the media type " code { "application/problem+json" } " (RFC 9457). Any request may get " @for code in common { code { (code.name()) } " " } "." }
            div.wide tabindex="0" {
                table {
                    thead { tr { th { "code" } th { "status" } th { "meaning" } } }
                    tbody {
                        @for code in Code::ALL {
                            tr id={ "problem-" (code.name()) } {
                                th scope="row" { code { (code.name()) } }
                                td { (code.status().as_u16()) }
                                td { (inline(code.about())) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Renders text of several paragraphs. One that begins with `## ` is a heading, a line that begins with `- ` an item.
fn prose(written: &str) -> Markup {
    let paragraphs = written
        .split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty());
    html! {
        @for paragraph in paragraphs {
            @if let Some(heading) = paragraph.strip_prefix("## ") {
                h2 id=(id_of(heading)) { (heading) }
            } @else if paragraph.starts_with("- ") {
                ul { @for item in paragraph.lines() { li { (inline(item.trim_start_matches("- "))) } } }
            } @else if paragraph.starts_with("    ") || paragraph.starts_with("curl ") {
                pre tabindex="0" { (paragraph) }
            } @else {
                p { (inline(paragraph)) }
            }
        }
    }
}

/// Returns the headings of a text of several paragraphs.
fn headings(written: &str) -> impl Iterator<Item = &str> {
    written
        .split("\n\n")
        .filter_map(|paragraph| paragraph.trim().strip_prefix("## "))
}

/// Returns the id of the part of the page below a heading.
fn id_of(heading: &str) -> String {
    heading.to_lowercase().replace(' ', "-")
}

/// Returns a word with a capital.
fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

/// Returns true if a response is a problem.
fn is_problem(response: &Value) -> bool {
    response["content"].get("application/problem+json").is_some()
}

/// Returns the codes that the description of a response names.
fn codes(description: &str) -> BTreeSet<Code> {
    let words = description.split('`').skip(1).step_by(2);
    words
        .filter_map(|word| Code::ALL.into_iter().find(|code| code.name() == word))
        .collect()
}

/// Returns the items of a list; none for any other value.
fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
