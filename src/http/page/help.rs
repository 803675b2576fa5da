//! The page of the guide: the list of topics, and one of them, rendered from its Markdown.
//!
//! The Markdown is part of the program, but it is rendered as if it were not: HTML in it is shown as text, and links lead
//! to topics and to pages of this service, and nowhere else.

use std::iter::Peekable;

use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

use super::shell;
use super::shell::frame::{self, Frame};
use super::shell::query_string::SearchUrl;
use super::shell::untrusted::Untrusted;
use crate::guide::{TOPICS, Topic, first_paragraph, headings, parser, slug};
use crate::http::problem::{Code, Problem};
use crate::render::language::Lang;

/// The path of the guide.
pub(super) const PATH: &str = "/help";

/// The language of blocks of queries.
const QUERY: &str = "query";

/// Renders the page of a topic, in the language of the page if the guide has it in that; without a name, of the first.
///
/// # Errors
/// `no-such-page` for the name of no topic.
pub(super) fn page(frame: &Frame, name: Option<&str>) -> Result<Markup, Problem> {
    let topic = match name {
        Some(name) => Topic::find(name).ok_or_else(|| {
            let detail = "the guide has no such topic";
            Problem::new(Code::NoSuchPage, detail).allowing(TOPICS.iter().map(|topic| topic.name))
        })?,
        None => &TOPICS[0],
    };
    let topic = topic.in_language(frame.lang);
    let strings = frame.strings();
    let content = html! {
        div.guide {
            details.topics.beside {
                summary { (strings.topics) }
                nav aria-label=(strings.topics) { (topics(frame, topic)) }
            }
            article.prose lang=(topic.lang.code()) {
                @if topic.lang != frame.lang { p.label lang=(frame.lang.code()) { (strings.only_english) } }
                (PreEscaped(rendered(frame, topic)))
            }
        }
    };
    let title = format!("{} · {}", topic.title(frame.lang), strings.help);
    Ok(shell::described_page(
        frame,
        &title,
        &first_paragraph(topic.text),
        &content,
    ))
}

/// Renders the list of topics: those in the language of the page, then those for operators. The one that is shown has the
/// list of its headings.
fn topics(frame: &Frame, shown: &Topic) -> Markup {
    let strings = frame.strings();
    let entry = |topic: &Topic| {
        html! {
            li {
                a href=(frame.page_url(&frame::topic(topic.name))) aria-current=[(topic == shown).then_some("page")] { (topic.title(frame.lang)) }
                @if topic == shown {
                    ol.plain lang=(topic.lang.code()) {
                        @for (anchor, heading) in headings(topic.text) { li { a href={ "#" (anchor) } { (heading) } } }
                    }
                }
            }
        }
    };
    let (own, others): (Vec<&Topic>, Vec<&Topic>) = Topic::listed(frame.lang).partition(|topic| !topic.pair.is_empty());
    html! {
        ul.plain { @for topic in own { (entry(topic)) } }
        p.hint { (strings.for_operators) }
        ul.plain { @for topic in others { (entry(topic)) } }
    }
}

/// Returns a topic as HTML.
fn rendered(frame: &Frame, topic: &Topic) -> String {
    let mut html = String::with_capacity(topic.text.len() * 2);
    let events = Events {
        frame,
        lang: topic.lang,
        events: parser(topic.text).peekable(),
        headings: anchors(topic.text).into_iter(),
    };
    pulldown_cmark::html::push_html(&mut html, events);
    html
}

/// Returns the anchors of all headings, in order; a repeated one gets a number.
fn anchors(text: &str) -> Vec<String> {
    let mut anchors: Vec<String> = Vec::new();
    let mut open: Option<String> = None;
    for event in parser(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => open = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(title) = &mut open {
                    title.push_str(&text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let anchor = slug(&open.take().unwrap_or_default());
                let before = anchors.iter().filter(|known| **known == anchor).count();
                anchors.push(if before == 0 {
                    anchor
                } else {
                    format!("{anchor}-{before}")
                });
            }
            _ => {}
        }
    }
    anchors
}

/// The events of a topic, changed to what the page shows.
struct Events<'t, I: Iterator<Item = Event<'t>>> {
    frame: &'t Frame,
    /// The language of the topic.
    lang: Lang,
    events: Peekable<I>,
    /// The anchors of the headings to come.
    headings: std::vec::IntoIter<String>,
}

impl<'t, I: Iterator<Item = Event<'t>>> Iterator for Events<'t, I> {
    type Item = Event<'t>;

    fn next(&mut self) -> Option<Event<'t>> {
        Some(match self.events.next()? {
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
                level,
                id: self.headings.next().map(Into::into),
                classes: Vec::new(),
                attrs: Vec::new(),
            }),
            Event::Start(Tag::CodeBlock(kind)) => self.code(&kind),
            Event::Start(Tag::Link { dest_url, title, .. }) => Event::Start(Tag::Link {
                link_type: LinkType::Inline,
                dest_url: self.target(&dest_url),
                title,
                id: CowStr::Borrowed(""),
            }),
            // Wide tables scroll by themselves.
            Event::Start(Tag::Table(_)) => markup(html! { (PreEscaped(r#"<div class="wide" tabindex="0"><table>"#)) }),
            Event::End(TagEnd::Table) => markup(html! { (PreEscaped("</tbody></table></div>")) }),
            event => event,
        })
    }
}

impl<'t, I: Iterator<Item = Event<'t>>> Events<'t, I> {
    /// Reads a block of code to its end, and returns it rendered.
    fn code(&mut self, kind: &CodeBlockKind<'_>) -> Event<'t> {
        let mut code = String::new();
        while let Some(event) = self.events.next_if(|event| matches!(event, Event::Text(_))) {
            if let Event::Text(text) = event {
                code.push_str(&text);
            }
        }
        // Its end.
        self.events.next();
        let info = match kind {
            CodeBlockKind::Fenced(info) => info,
            CodeBlockKind::Indented => "",
        };
        if info == QUERY {
            self.queries(&code)
        } else {
            block(&code)
        }
    }

    /// Renders a block of queries: each is a link to the search for it.
    fn queries(&self, code: &str) -> Event<'t> {
        let try_it = self.lang.strings().try_query;
        markup(html! {
            ul.queries {
                @for query in code.lines().filter(|line| !line.trim().is_empty()) {
                    li {
                        a href=(SearchUrl::default().with_query(query).href(self.frame)) {
                            code { (Untrusted(query)) } " " span.hint { (try_it) " →" }
                        }
                    }
                }
            }
        })
    }

    /// Returns where a link leads: to a topic, or to a page of this service; else to the guide.
    fn target(&self, target: &str) -> CowStr<'t> {
        let url = if let Some(topic) = target.strip_suffix(".md") {
            self.frame.page_url(&frame::topic(topic))
        } else if target.starts_with('/') {
            let (path, query) = target.split_once('?').unwrap_or((target, ""));
            let parameters: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
            self.frame.url(path, &parameters)
        } else {
            self.frame.page_url(PATH)
        };
        url.into()
    }
}

/// Renders a block of code; of commands with output, the commands stand out.
fn block<'t>(code: &str) -> Event<'t> {
    markup(html! {
        pre tabindex="0" {
            code {
                @for line in code.lines() {
                    @if line.starts_with("$ ") { b { (line) } } @else { (line) }
                    "\n"
                }
            }
        }
    })
}

/// Returns markup as an event of the renderer.
fn markup<'t>(markup: Markup) -> Event<'t> {
    Event::Html(markup.into_string().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Renders a text as a topic.
    fn html_of(text: &'static str, base: &str) -> String {
        let topic = Topic {
            name: "a",
            lang: Lang::En,
            pair: "",
            title_vi: "",
            title_en: "",
            text,
        };
        rendered(&Frame::new(base, PATH, "lang=en"), &topic)
    }

    #[test]
    fn html_is_text_and_links_stay_here() {
        let html = html_of(
            "# A <script>alert(1)</script>\n\n<b onclick=x>\n\n[a](records.md) [b](/documents?sort=date) [c](javascript:x)\n",
            "/vankien",
        );
        assert!(!html.contains("<script") && !html.contains("<b on"), "{html}");
        for part in [
            "href=\"/vankien/help/records?lang=en\"",
            "href=\"/vankien/documents?sort=date&amp;lang=en\"",
            "href=\"/vankien/help?lang=en\">c",
        ] {
            assert!(html.contains(part), "`{part}` is missing in {html}");
        }
    }

    #[test]
    fn queries_are_links_and_headings_have_anchors() {
        let html = html_of(
            "## Cụm từ\n\n## Cụm từ\n\n```query\n\"tinh gọn\" place:body\n```\n\n```console\n$ vankien x\ny < z\n```\n\n\
             | a | b |\n|---|---|\n| c | d |\n",
            "",
        );
        for part in [
            "<h2 id=\"cụm-từ\">",
            "<h2 id=\"cụm-từ-1\">",
            "href=\"/?q=%22tinh+g%E1%BB%8Dn%22+place%3Abody&amp;lang=en\"",
            "<b>$ vankien x</b>\ny &lt; z\n",
            "<div class=\"wide\" tabindex=\"0\"><table><thead>",
            "</tbody></table></div>",
        ] {
            assert!(html.contains(part), "`{part}` is missing in {html}");
        }
        assert!(!html.contains("style="), "{html}");
    }
}
