//! Checks that an index in an engine has what its state says.

use serde_json::json;

use super::address::EngineAccess;
use super::client::Client;
use super::names::Part;
use super::state::read_state;
use crate::index::check::{Check, Defect};
use crate::index::error::Error;

/// Compares the index at `access` with its state: the numbers of its passages, documents and citations, as searches see
/// them.
///
/// # Errors
/// [`RemoteError`](super::RemoteError): that there is no such index, or one of another format; those of every call.
pub fn check_engine(access: &EngineAccess) -> Result<Check, Error> {
    let client = Client::open(access)?;
    client.greet()?;
    let (state, names) = read_state(&client)?;
    let mut check = Check {
        documents: usize::try_from(state.documents).unwrap_or(usize::MAX),
        passages: state.passages,
        ..Check::default()
    };
    for (part, listed) in [
        (Part::Passages, state.passages),
        (Part::Documents, state.documents),
        (Part::Citations, state.citations),
    ] {
        let found = client.count(&names.index(part), &json!({ "match_all": {} }))?;
        if found != listed {
            check.defects.push(Defect::Count {
                index: names.index(part),
                listed,
                found,
            });
        }
    }
    for (document, reason) in state.list.failed {
        check.defects.push(Defect::Refused { document, reason });
    }
    Ok(check)
}
