//! `/docs`: the OpenAPI document as an HTML page, without scripts and without anything from other origins.

use std::fmt::Write;

use serde_json::Value;

/// The style sheet of the page.
pub(crate) const STYLE: &str = include_str!("docs.css");

/// Returns the page that shows `document`.
pub(crate) fn page(document: &Value) -> String {
    let mut page = String::new();
    // Writing to a string cannot fail.
    write(&mut page, document).ok();
    page
}

/// Appends the whole page.
fn write(page: &mut String, document: &Value) -> std::fmt::Result {
    page.push_str(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>vankien: query API</title><link rel=\"stylesheet\" href=\"docs.css\"></head><body><main>\
         <h1>vankien: query API</h1>",
    );
    write!(page, "<p>{}</p>", text(&document["info"]["description"]))?;
    page.push_str("<p>As a document for programs: <a href=\"openapi.json\">openapi.json</a></p>");
    for (path, item) in entries(&document["paths"]) {
        for (method, operation) in entries(item) {
            write_operation(page, path, method, operation)?;
        }
    }
    page.push_str("<h2>Schemas</h2>");
    for (name, schema) in entries(&document["components"]["schemas"]) {
        write!(page, "<section id=\"{0}\"><h3>{0}</h3>", escaped(name))?;
        let pretty = serde_json::to_string_pretty(schema).unwrap_or_default();
        write!(page, "<pre tabindex=\"0\">{}</pre></section>", escaped(&pretty))?;
    }
    page.push_str("</main></body></html>");
    Ok(())
}

/// Appends one operation: parameters, body, responses and an example.
fn write_operation(page: &mut String, path: &str, method: &str, operation: &Value) -> std::fmt::Result {
    let method = method.to_uppercase();
    write!(page, "<section><h2><code>{method} {}</code></h2>", escaped(path))?;
    write!(page, "<p>{}</p>", text(&operation["summary"]))?;
    // Wide tables scroll by themselves; `tabindex` makes that possible with the keyboard.
    if let Some(parameters) = operation["parameters"].as_array() {
        page.push_str("<div class=\"wide\" tabindex=\"0\"><table><thead><tr><th>parameter<th>in<th>meaning<th>values</tr></thead><tbody>");
        for parameter in parameters {
            let required = if parameter["required"] == true {
                " (required)"
            } else {
                ""
            };
            write!(
                page,
                "<tr><td><code>{}</code>{required}<td>{}<td>{}<td><code>{}</code></tr>",
                text(&parameter["name"]),
                text(&parameter["in"]),
                text(&parameter["description"]),
                escaped(&parameter["schema"].to_string())
            )?;
        }
        page.push_str("</tbody></table></div>");
    }
    for (kind, content) in entries(&operation["requestBody"]["content"]) {
        write!(
            page,
            "<p>Body: <code>{}</code> {}</p>",
            escaped(kind),
            schema_link(&content["schema"])
        )?;
        if let Some(example) = content.get("example") {
            write!(page, "<pre tabindex=\"0\">{}</pre>", escaped(&example.to_string()))?;
        }
    }
    page.push_str(
        "<div class=\"wide\" tabindex=\"0\"><table><thead><tr><th>status<th>meaning<th>body</tr></thead><tbody>",
    );
    for (status, response) in entries(&operation["responses"]) {
        let bodies: String = entries(&response["content"])
            .map(|(kind, content)| format!("<code>{}</code> {}", escaped(kind), schema_link(&content["schema"])))
            .collect();
        write!(
            page,
            "<tr><td>{}<td>{}<td>{bodies}</tr>",
            escaped(status),
            text(&response["description"])
        )?;
    }
    page.push_str("</tbody></table></div>");
    // Only a successful response has an example: problems all have the same form.
    for (_, content) in entries(&operation["responses"]["200"]["content"]) {
        if let Some(example) = content.get("example") {
            let example = serde_json::to_string_pretty(example).unwrap_or_default();
            page.push_str("<details><summary>an answer</summary>");
            write!(page, "<pre tabindex=\"0\">{}</pre></details>", escaped(&example))?;
        }
    }
    page.push_str("</section>");
    Ok(())
}

/// Returns a link to the schema to which `schema` refers; empty for an inline schema.
fn schema_link(schema: &Value) -> String {
    let reference = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next());
    reference.map_or_else(String::new, |name| format!("<a href=\"#{0}\">{0}</a>", escaped(name)))
}

/// Returns the fields of an object; none for any other value.
fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let object = value.as_object().into_iter().flatten();
    object.map(|(name, value)| (name.as_str(), value))
}

/// Returns a string as HTML; empty for any other value.
fn text(value: &Value) -> String {
    escaped(value.as_str().unwrap_or_default())
}

/// Escapes text for HTML, also inside attributes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
