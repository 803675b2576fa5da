//! vankien: full-text search over Vietnamese party documents.
//!
//! Party offices write reports to congresses, resolutions and plans. Each cites others ("Nghị quyết số 21-NQ/TW ngày
//! 16/6/2022 …") and repeats proven wording. vankien answers three questions about a folder of such documents: which
//! documents are cited where, who has used this wording before, and where something is said. It answers with or without
//! Vietnamese marks, over clean text and over scans that an OCR misread.
//!
//! # How data flows
//!
//! ```text
//! file ─ corpus ─▶ text ─ reading ─▶ repairs ─ document ─▶ sections, passages, notes ─ citation ─▶ citations
//!                                                                                                     │
//!                                                     record: what people and programs receive ◀──────┤
//!                                                                                                     ▼
//! question ─ query ─▶ Query ─ search ─▶ hits, facets, snippets ◀───────────────────────────────── index
//!                               ├─▶ concordance, precedent ─▶ reports, aligned wording
//!                               └─▶ render ─▶ terminal, JSON Lines, CSV;  http ─▶ programs, pages;  mcp ─▶ assistants
//! ```
//!
//! [`corpus`] finds and reads files. Each becomes one text, which is kept byte for byte; the text of an image, a PDF or
//! the output of an OCR is made once and kept with the place of each word on paper, that of a Word file with what the
//! file says about its paragraphs, notes and tables. [`reading`] decides which stretches
//! were misread and what they most likely say; the clean documents of a corpus improve how its damaged ones are read.
//! [`document`] splits the text into pages, sections, passages and notes. [`citation`] finds what each passage cites
//! and, over the whole corpus, which document is meant; [`symbol`] knows how documents are numbered. [`record`] joins
//! these steps into one chain and defines the records that people and programs receive. [`proof`] checks the citations
//! of a draft against the register, the corpus and one another.
//!
//! [`guarded`] turns panics of libraries into errors.
//!
//! [`index`] stores the documents, [`query`] parses questions, [`search`] answers them. [`concordance`] counts who
//! cites what, [`precedent`] aligns wording with wording. [`render`] writes answers as text, tables and JSON. [`http`]
//! serves them to programs and as pages, [`mcp`] to assistants, [`cli`] on the command line. [`guide`] tells people how
//! to use all of this.
//!
//! A search, from start to end: [`query::parse`] turns what was typed into a [`query::Query`]; [`search::search`] plans
//! it as a question to the engine, restricted by the filters; the engine finds and ranks the passages, and the search
//! finds in each hit what matched;
//! `cli::search`, `http::api::search` or `http::page::search` shows the answer.
//!
//! # Where to change what
//!
//! | to change | go to |
//! |---|---|
//! | a kind of document: its words, its letters | `symbol/kind.rs`, one row |
//! | a body and its letters (`BTCTW`, `QH15`) | `symbol/codes.rs`, one row |
//! | an input format | `corpus/format.rs`, and a reader beside `corpus/pdf/` |
//! | what comes out of a Word file | `corpus/office/docx/`, `doc/`; its text: `corpus/flow/written.rs` |
//! | a font or encoding from before Unicode | `text/encoding/`; bytes of plain text: `corpus/plain.rs` |
//! | what comes out of a web page, of a workbook | `corpus/web/`; `corpus/office/sheet/` |
//! | the words, tables and notes of a PDF | `corpus/pdf/words.rs`, `layout/`, `marks.rs` |
//! | which pages go to an OCR, and how many | `corpus/pdf/trust.rs`, `drawn.rs`; `corpus/ocr.rs` |
//! | the file behind a document, pictures of its pages | `corpus/original.rs`, `page_image.rs`; `http/api/files/`, `cli/open.rs` |
//! | which files an index holds, what leaves it | `corpus/roots.rs`, `scan.rs`; `index/build/update.rs` |
//! | which files of a folder are taken; what is gone | `corpus/kinds.rs`, `scan.rs`, `roots.rs`; `index/build/update.rs` |
//! | an abbreviation of the genre | `abbreviation/table.tsv`, one row |
//! | which text counts as damaged; how it is read | `reading/quality.rs`; `candidates.rs`, `choices.rs`, `beam.rs` |
//! | words split at their marks | `reading/torn/` |
//! | a wrong heading or outline | `document/blocks/heading.rs`, `label.rs`; `document/sections/` |
//! | a document attached to another | `document/parts.rs` |
//! | a page number, a running head, a contents page | `document/layout/` |
//! | a wrong footnote | `document/notes/` |
//! | a wrong title, issuer, number, date, province | `document/metadata/` |
//! | a new way of writing a citation | `citation/numbered/`, `named/`, `alias.rs`; what follows it: `tail/` |
//! | a body, a title or a field of work in an issuer | `document/metadata/body_words.rs`, one row; `citation/tail/body_table.rs` |
//! | what a citation does (a verb), which part it names | `citation/relation/verbs.rs`, one row; `citation/pinpoint.rs` |
//! | which document a citation means | `citation/identity.rs`, `resolve.rs`, `registered.rs` |
//! | a fact on a central document; how it is found and shown | `register/`; `concordance/registered.rs`, `cli/register.rs`, `http/api/register.rs`, `http/page/register.rs` |
//! | an alarm of the proof-reader, or one that is missing | `proof/`: a file for each check |
//! | a field of a record | `record/mod.rs`, `record/parsed.rs` |
//! | a new facet or filter | `record/facet.rs`, then `index/fields/` |
//! | the query language | `query/parse.rs`, `lex.rs` |
//! | a short form in the heads and lists of pages | `http/page/parts/short_names.rs`, one row |
//! | a page that can be saved as a table | `http/page/mod.rs`, one row, and its table beside it |
//! | a text of the terminal or a page, in either language | `render/language/strings.rs`; of the help, `cli/help/vi.tsv` |
//! | a word that texts use for a thing | `render/language/glossary.rs`, one row |
//! | what people read about the program, here, on `/help` and by `vankien help` | `guide/`, a file per topic |
//! | which marks agree, which matches are shown | `search/agreement.rs`, `marking.rs` |
//! | the first page, its examples; a result | `http/page/search/`, `http/app/examples.rs` |
//! | headings in capitals as one reads them | `http/page/parts/heading.rs`; what keeps its capitals: `document/metadata/sentence_case.rs` |
//! | how hits are ranked, and in what order | `search/plan/`; `search/embedded/walk.rs`, `best.rs` |
//! | a slow query | `search/plan/`, `filter.rs`, `embedded/`; `index/fields/`; measured by `benches/search.rs`, beside other engines by `benches/peers` |
//! | the questions that the planner asks; the engine that answers them | `search/ask.rs`, `engine.rs`; `embedded/compile.rs` |
//! | what precedents are found | `precedent/whole.rs` and `search/whole_wording.rs` (whole texts), `precedent/near.rs` (candidates), `align/`, `judge.rs` |
//! | tables that are kept with an open index: citations, facets of all passages | `index/kept.rs`; `concordance/cited_table.rs`, `search/all_counts.rs`, made in advance by `http/app/derived.rs` |
//! | what lies in an index folder | `index/folder.rs`; how it is written: `index/build/` |
//! | what OpenSearch has of an index; the calls of it | `index/remote/` |
//! | the time limit of a request; what must look at it | `http/app/`; `stop.rs` |
//! | a command or a flag | `cli/`, a file per command |
//! | a route of the API, a problem, a page | `http/api/`, `http/problem.rs`, `http/page/` |
//! | a tool or a resource for assistants; what they are told | `mcp/tools/`, `mcp/resources.rs`; `instructions.rs`, `quotation.rs` |
//! | how a draft is sent to a page, and what is shown of it | `http/page/posted.rs`, `compare.rs`; `http/page/parts/draft.rs`, `http/page/precedent/`, `http/page/proof/` |
//! | what the API says of itself: `/openapi.json`, `/docs` | `http/api/openapi/` |
//!
//! # What holds everywhere
//!
//! - One text per file, its own or the one read from its pages; every offset is a byte range of it ([`text::Span`]).
//!   Folding, joined lines and the repaired reading are views with a map back ([`text::Mapped`]). A repaired reading is
//!   never passed off as the source.
//! - Nothing is lost: each byte of a file belongs to exactly one passage or piece of furniture.
//! - Parsing a document or a query never fails: it returns what it understood, and diagnostics for a query.
//! - Numbers and symbols are never guessed.
//! - Tantivy's types stay inside `index` and `search`, axum's inside `http`, clap's inside `cli` and the program
//!   `vankien-train`. serde's and utoipa's derives stand at the types themselves, so that each has one definition for
//!   every form in which it is written and described.
//! - `text`, `symbol`, `reading`, `document`, `citation` and `query` do no I/O and read no clock and no environment.
//! - Long work ends when whoever started it wants it to: every loop that may run for milliseconds calls
//!   [`stop::checkpoint`], which ends the work of a request at its time limit.
//! - `cli`, `http` and `mcp` decide nothing about search.
//!
//! The modules below are in the order of their layers: each uses only those above it, and no files import each other in
//! a circle. `tests/it/architecture.rs` holds the code against this and the two rules before.

pub mod stop;

pub mod text;

mod guarded;

pub mod abbreviation;

pub mod symbol;

pub mod reading;

pub mod corpus;

pub mod document;

pub mod register;

pub mod citation;

pub mod record;

pub mod proof;

pub mod query;

pub mod index;

pub mod search;

pub mod concordance;

pub mod precedent;

pub mod render;

pub mod guide;

pub mod http;

pub mod mcp;

pub mod cli;
