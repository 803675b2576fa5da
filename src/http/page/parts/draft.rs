//! Drafts that people paste or send: the form for one, the draft of a request, and what leads on from an answer.

use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};

use crate::http::download::Download;
use crate::http::page::shell::frame::Frame;
use crate::http::page::shell::query_string::SearchUrl;
use crate::http::page::shell::untrusted::{Untrusted, lines};
use crate::http::page::shell::{AGAIN, hidden_language, translate};
use crate::http::problem::{Code, Problem};
use crate::http::request::MAX_BODY_BYTES;
use crate::index::Index;
use crate::precedent::Draft;
use crate::render::language::Strings;

/// The field with a pasted text.
pub(crate) const TEXT: &str = "text";

/// The field in which a file is chosen.
pub(crate) const FILE: &str = "file";

/// The field with the bytes of a file that is sent again, in base64.
pub(crate) const SENT: &str = "sent";

/// The field with the name of that file.
pub(crate) const FILE_NAME: &str = "name";

/// The field with the form in which the answer is downloaded.
pub(crate) const FORMAT: &str = "format";

/// Maximum length in bytes of a text that goes into the URL of its page, so that the answer can be linked to. No proxy
/// or browser refuses a URL of that length, percent-encoded.
const MAX_URL_TEXT_BYTES: usize = 1500;

/// The endings of the files that are read here; others are read too if their bytes tell a known format.
const ENDINGS: &str = ".docx,.doc,.pdf,.odt,.rtf,.html,.htm,.txt,.md";

/// The answer to a request about a draft.
pub(crate) enum Answered {
    /// A page.
    Page(Markup),
    /// A file to download.
    File(Download),
}

impl IntoResponse for Answered {
    fn into_response(self) -> Response {
        match self {
            Self::Page(page) => page.into_response(),
            Self::File(file) => file.into_response(),
        }
    }
}

/// The subject of a request.
pub(crate) enum GivenDraft {
    /// A pasted text.
    Text(String),
    /// The bytes of a file.
    File(Vec<u8>),
}

impl GivenDraft {
    /// Returns the draft of a request, if it has any.
    ///
    /// # Errors
    /// `invalid-body` if a file that is sent again is damaged; `body-too-large`.
    pub(crate) fn of(frame: &Frame) -> Result<Option<Self>, Problem> {
        let (text, sent) = (frame.value(TEXT), frame.value(SENT));
        let given = if !frame.has(SENT) {
            (!text.is_empty()).then(|| Self::Text(text.to_owned()))
        } else {
            let bytes = STANDARD.decode(sent);
            let damaged = |_| Problem::new(Code::InvalidBody, "the file is incomplete; choose it again");
            Some(Self::File(bytes.map_err(damaged)?))
        };
        let bytes = match &given {
            Some(Self::Text(text)) => text.len(),
            Some(Self::File(bytes)) => bytes.len(),
            None => 0,
        };
        if bytes > MAX_BODY_BYTES {
            Err(too_large())
        } else {
            Ok(given)
        }
    }

    /// Reads and parses the draft.
    ///
    /// # Errors
    /// `unreadable-file`, and those of reading the index.
    pub(crate) fn read(self, index: &Index) -> Result<Draft, Problem> {
        Ok(match self {
            Self::Text(text) => Draft::of_text(index, text)?,
            Self::File(bytes) => Draft::sent(index, bytes)?,
        })
    }
}

/// The problem of a text or file that is too large.
pub(crate) fn too_large() -> Problem {
    let detail = format!("the text or file is larger than {MAX_BODY_BYTES} bytes (1 MB); send it in parts");
    Problem::new(Code::BodyTooLarge, detail)
}

/// Returns the size in bytes of the text that a request is about. A file counts as a long text: it may be compressed.
pub(crate) fn text_bytes(frame: &Frame) -> usize {
    if frame.has(SENT) {
        usize::MAX
    } else {
        frame.value(TEXT).len()
    }
}

/// Returns the URL of the answer to what was posted, if a short text was: it can be linked to.
pub(crate) fn short_address(frame: &Frame) -> Option<String> {
    let text = frame.value(TEXT);
    let is_short = !frame.has(SENT) && !frame.has(FORMAT) && !text.is_empty() && text.len() <= MAX_URL_TEXT_BYTES;
    let told = frame.parameters.iter().filter(|(_, value)| !value.is_empty());
    let told: Vec<(&str, &str)> = told.map(|(name, value)| (name.as_str(), value.as_str())).collect();
    is_short.then(|| frame.url(&frame.path, &told))
}

/// Renders the way to the page with all passages worded as `text`: a link, or a button that sends a long text.
pub(crate) fn precedents_of(frame: &Frame, text: &str, label: &str) -> Markup {
    html! {
        @if text.len() <= MAX_URL_TEXT_BYTES {
            a href=(frame.url("/precedent", &[(TEXT, text)])) { (label) }
        } @else {
            form.inline method="post" enctype="multipart/form-data" action=(frame.page_url("/precedent")) {
                input type="hidden" name=(TEXT) value=(lines(text));
                (hidden_language(frame))
                button.link type="submit" { (label) }
            }
        }
    }
}

/// Renders the views of drafts as tabs.
pub(crate) fn tabs(frame: &Frame) -> Markup {
    let strings = frame.strings();
    let tabs = [
        ("/precedent", strings.precedent),
        ("/compare", strings.compare_two),
        ("/proof", strings.check_draft),
    ];
    html! {
        nav.tabs.wrap aria-label=(strings.draft_tools) {
            @for (path, name) in tabs {
                a href=(frame.page_url(path)) aria-current=[(frame.path == path).then_some("page")] { (name) }
            }
        }
    }
}

/// Renders the form for a text or a file, with these buttons; in a closed box if there is an answer.
pub(crate) fn form(frame: &Frame, label: &str, buttons: &Markup, is_answered: bool) -> Markup {
    let strings = frame.strings();
    let form = html! {
        form.draft method="post" enctype="multipart/form-data" action=(frame.page_url(&frame.path)) {
            label for="text" { (label) }
            textarea #text name=(TEXT) lang="vi" { (lines(frame.value(TEXT))) }
            div.file-field {
                label for="file" { (strings.choose_file) }
                input #file type="file" name=(FILE) accept=(ENDINGS) aria-describedby="file-hint";
            }
            p #file-hint .hint { (strings.file_hint) }
            (hidden_language(frame))
            p.buttons { (buttons) }
        }
    };
    html! {
        @if is_answered { details.change { summary { (strings.change_text) } (form) } } @else { (form) }
    }
}

/// Renders why a draft was not read.
pub(crate) fn alert(frame: &Frame, problem: Option<&Problem>) -> Markup {
    html! {
        @if let Some(problem) = problem {
            p.told role="alert" { (translate::problem(frame.lang, problem)) }
        }
    }
}

/// Returns true if the problem is one of what was sent, so that its page has the form again.
pub(crate) fn is_about_draft(problem: &Problem) -> bool {
    matches!(
        problem.code(),
        Code::UnreadableFile | Code::BodyTooLarge | Code::MediaType | Code::InvalidBody | Code::NotUtf8
    )
}

/// Renders the ways to download the answer: links, or buttons that send what was posted again.
pub(crate) fn downloads(frame: &Frame, formats: &[(&str, &str)]) -> Markup {
    html! {
        ul.downloads {
            @for (format, label) in formats {
                li { (again(frame, FORMAT, format, label)) }
            }
        }
    }
}

/// Renders the way to the same page with another value of a parameter: a link, or a button that sends what was posted
/// again.
pub(crate) fn again(frame: &Frame, name: &str, value: &str, label: &str) -> Markup {
    html! {
        @if frame.posted {
            button.link type="submit" form=(AGAIN) name=(name) value=(value) { (label) }
        } @else {
            a href=(frame.url_with(name, Some(value))) { (label) }
        }
    }
}

/// Renders the steps to the earlier and the later part of an answer; the numbers are those of their first items.
pub(crate) fn steps(frame: &Frame, before: Option<usize>, after: Option<usize>) -> Markup {
    let strings = frame.strings();
    let step = |offset: usize, label: String| again(frame, "offset", &offset.to_string(), &label);
    html! {
        @if before.is_some() || after.is_some() {
            nav.paging aria-label=(strings.paging) {
                @if let Some(before) = before { (step(before, format!("← {}", strings.earlier))) }
                @if let Some(after) = after { (step(after, format!("{} →", strings.later))) }
            }
        }
    }
}

/// Renders the way to another page with the same draft: a link, or a button that sends what was posted there.
pub(crate) fn send_to(frame: &Frame, path: &str, label: &str) -> Markup {
    html! {
        @if frame.posted {
            button.quiet type="submit" form=(AGAIN) formaction=(frame.page_url(path)) name="offset" value="0" { (label) }
        } @else {
            a.button.quiet href=(frame.url(path, &[(TEXT, frame.value(TEXT))])) { (label) }
        }
    }
}

/// Renders the parameters of the page as hidden fields, without those named `without`.
pub(crate) fn hidden_parameters(frame: &Frame, without: &[&str]) -> Markup {
    html! {
        @for (name, value) in frame.parameters.iter().filter(|(name, _)| !without.contains(&name.as_str())) {
            input type="hidden" name=(Untrusted(name)) value=(lines(value));
        }
        (hidden_language(frame))
    }
}

/// Returns the name of the file that the draft came from; the words for a pasted one without.
pub(crate) fn title<'f>(frame: &'f Frame, strings: &'static Strings) -> &'f str {
    match frame.value(FILE_NAME) {
        "" => strings.pasted_draft,
        name => name,
    }
}

/// Returns the number of the first item that a request wants to see; 0 unless it says.
pub(crate) fn offset(frame: &Frame) -> usize {
    SearchUrl::of_frame(frame).offset
}
