//! The text that opens the OpenAPI document and `/docs`: how to ask, and what the API promises.

/// The address at which examples ask the service, unless the request for the document says another.
pub(crate) const ORIGIN: &str = "http://127.0.0.1:7700";

/// The description of the API, in paragraphs; those that begin with `## ` are headings.
pub(crate) const ABOUT: &str = "\
Full-text search over Vietnamese party documents: who cites what, who has used this wording before, where something is \
said. Answers are the records of `vankien --json`.

## Asking

curl -s 'http://127.0.0.1:7700/api/v1/search?q=nghi+quyet+21&limit=3'

Filters, facets and records have the same names here, on the command line and in the addresses of pages. Values of one \
filter are alternatives, different filters must all hold. An unknown parameter, or a value that cannot exist, is refused \
with what would be accepted (`allowed`); a value that could exist but that no passage has is answered, and told in \
`diagnostics`.

Ids may be cut to an unambiguous beginning (`001:19`). A slash in a symbol or an id is written `/` or `%2F` at the end of a \
path, and `%2F` before anything that follows it (`/documents/a%2F001/outline`).

`url` of a hit or a citation is the path, from the root of this host, of the page that shows it.

## Paging

A list comes in windows of `limit` items from `offset` on. `next` is the `cursor` of the next window, and null at the end; \
it is valid until the index changes (`stale-cursor`). The outline and the notes of a document come whole unless a `limit` is \
given.

## Caching and keys

Answers to GET have an `ETag`, which changes with the index: send it back in `If-None-Match`. An operator may require keys: \
`Authorization: Bearer KEY`. Every answer has an `X-Request-Id`: that of the request, if it is at most 128 letters, digits \
and `-_.:=+/@`, else a new one. The log of the service names it, and so does a problem.

## Versions

What begins with `/api/v1` keeps its meaning: no route, parameter, field, value or problem code is removed or renamed, and \
none changes its type or its meaning.

Added may be, at any time: routes, optional parameters, fields of answers, values of fields that list names (kinds, \
relations, formats, problem codes). A client ignores fields that it does not know and expects new values.

Not promised are the order of hits with equal rank, the digits of scores, the words of `detail` and `diagnostics`, the form \
of cursors and ETags, and the pages for people.

A change that breaks this becomes `/api/v2`, and `/api/v1` stays beside it for at least twelve months. What is to go is \
marked `deprecated` in this document for at least twelve months, and its answers carry the headers `Deprecation` (RFC 9745) \
and `Sunset` (RFC 8594). Nothing is deprecated today.";
