//! The Model Context Protocol over standard input and output, `vankien mcp`: an assistant searches and quotes documents
//! with it. Everything is read-only.
//!
//! An assistant starts the program itself. Its configuration names the command and the index:
//!
//! ```json
//! {
//!   "mcpServers": {
//!     "vankien": { "command": "vankien", "args": ["--index", "/path/index", "mcp"] }
//!   }
//! }
//! ```
//!
//! A message of JSON-RPC 2.0 is a line ([`lines`], [`message`]); a [`session`] answers one after the other, with the newest
//! state of the index. [`tools`] are questions, each with a schema of its arguments and of its answer; [`resources`] are
//! documents and sections to read. The arguments are read by the tables of parameters that the API over HTTP has, and the
//! questions go to the same library calls.
//!
//! An assistant tends to pass off what it read as what is written. So each [`quotation`] says where it stands and whether
//! it is the letters of the file or a machine's reading, both as fields and in words.
//!
//! The protocol is spoken by hand: of it this takes a few hundred lines, and the official SDK (`rmcp`) would bring some
//! twenty crates.

mod instructions;
mod lines;
mod message;
mod quotation;
mod resources;
mod session;
mod tools;

use std::io::{self, BufRead, Write};

use serde_json::Value;

use crate::http::App;
use lines::{Line, next_line};
use message::{PARSE_ERROR, RpcError};
use session::Session;

/// The longest message in bytes: a text of 1 MiB, also where each of its letters is escaped.
const MAX_LINE_BYTES: usize = 4 << 20;

/// Answers the messages of `input` on `output` until `input` ends.
///
/// # Errors
/// `input` cannot be read, or `output` cannot be written.
pub fn serve(app: &App, mut input: impl BufRead, mut output: impl Write) -> io::Result<()> {
    let mut session = Session::new(app)?;
    loop {
        let answer = match next_line(&mut input, MAX_LINE_BYTES)? {
            Line::Whole(line) if line.trim_ascii().is_empty() => None,
            Line::Whole(line) => session.answer(&line),
            Line::TooLong => {
                let detail = format!("a message has at most {MAX_LINE_BYTES} bytes; send the text in parts");
                Some(RpcError::new(PARSE_ERROR, detail).response(Value::Null))
            }
            Line::End => return Ok(()),
        };
        if let Some(answer) = answer {
            serde_json::to_writer(&mut output, &answer)?;
            output.write_all(b"\n")?;
            output.flush()?;
        }
    }
}
