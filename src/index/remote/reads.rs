//! The calls of OpenSearch that read: what each sends, and its answer as data.
//!
//! No answer is a part of one: a search that lacks a shard, or that the engine gave up, is
//! [unavailable](RemoteError::Unavailable), never a smaller total. Statistics are those of all shards
//! (`dfs_query_then_fetch`), so that scores do not depend on where a passage lies.

use std::num::NonZero;

use serde::Deserialize;
use serde_json::{Value, json};
use ureq::http::Method;

use super::client::{Call, Client, Effect, Told};
use super::error::RemoteError;
use crate::index::error::Error;
use crate::text::percent_encoded;

/// Parameters of every search.
const WHOLE: &str = "search_type=dfs_query_then_fetch&allow_partial_search_results=false";

/// The program at an address, as it names itself.
#[derive(Debug, Deserialize)]
struct Greeting {
    version: GreetingVersion,
}

#[derive(Debug, Deserialize)]
struct GreetingVersion {
    #[serde(default)]
    distribution: String,
    number: String,
}

/// The answer of a search.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The hits, in the order asked for.
    pub(crate) hits: Vec<FoundHit>,
    /// Number of all hits; `None` if it was not asked for.
    pub(crate) total: Option<u64>,
    /// The aggregations by name; null if none were asked for.
    pub(crate) aggregations: Value,
}

/// A hit of a search.
#[derive(Debug, Deserialize)]
pub(crate) struct FoundHit {
    /// Its id.
    #[serde(rename = "_id")]
    pub(crate) id: String,
    /// Its score; `None` if it is sorted by something else.
    #[serde(rename = "_score", default)]
    pub(crate) score: Option<f64>,
    /// The values that it is sorted by.
    #[serde(default)]
    pub(crate) sort: Vec<Value>,
    /// The fields that are stored and were asked for.
    #[serde(rename = "_source", default)]
    pub(crate) source: Value,
}

/// A search as the engine answers it, also as a part of several.
#[derive(Deserialize)]
struct SearchAnswer {
    #[serde(default)]
    error: Option<Value>,
    #[serde(default)]
    timed_out: bool,
    #[serde(rename = "_shards", default)]
    shards: Shards,
    #[serde(default)]
    hits: Hits,
    #[serde(default)]
    aggregations: Value,
}

#[derive(Default, Deserialize)]
struct Hits {
    #[serde(default)]
    total: Option<Total>,
    #[serde(default)]
    hits: Vec<FoundHit>,
}

#[derive(Deserialize)]
struct Total {
    value: u64,
}

/// The shards that had a part in an answer.
#[derive(Default, Deserialize)]
pub(super) struct Shards {
    #[serde(default)]
    failed: u64,
    #[serde(default)]
    failures: Vec<Value>,
}

/// The last change of a document in the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Version {
    /// Its number.
    #[serde(rename = "_seq_no")]
    pub(super) seq_no: u64,
    /// The term of the number.
    #[serde(rename = "_primary_term")]
    pub(super) primary_term: u64,
}

/// A document of the engine.
#[derive(Debug, Deserialize)]
pub(crate) struct Got {
    #[serde(default)]
    found: bool,
    /// Its id.
    #[serde(rename = "_id")]
    pub(crate) id: String,
    /// The number of its last change.
    #[serde(rename = "_seq_no", default)]
    seq_no: u64,
    /// The term of that number.
    #[serde(rename = "_primary_term", default)]
    primary_term: u64,
    /// The fields that are stored.
    #[serde(rename = "_source", default)]
    pub(crate) source: Value,
}

impl Got {
    /// Returns its last change, as a condition of the next one.
    pub(super) const fn version(&self) -> Version {
        Version {
            seq_no: self.seq_no,
            primary_term: self.primary_term,
        }
    }
}

impl Client {
    /// Fails unless OpenSearch 3 or later answers.
    ///
    /// # Errors
    /// [`RemoteError::NotOpenSearch`], and those of every call.
    pub(crate) fn greet(&self) -> Result<(), Error> {
        let greeting: Greeting = self.get_json("/")?;
        let GreetingVersion { distribution, number } = greeting.version;
        let major = number.split('.').next().and_then(|major| major.parse::<u32>().ok());
        if distribution == "opensearch" && major.is_some_and(|major| major >= 3) {
            return Ok(());
        }
        Err(self.error(|url| RemoteError::NotOpenSearch {
            url,
            reason: format!("it names itself '{distribution}' {number}"),
        }))
    }

    /// Reads the answer to a `GET`.
    ///
    /// # Errors
    /// Those of every call.
    pub(crate) fn get_json<T: serde::de::DeserializeOwned>(&self, path: &str) -> Result<T, Error> {
        self.ask(Call::new(Method::GET, path, Effect::Read))
    }

    /// Reads the answer to a `POST` that changes nothing.
    ///
    /// # Errors
    /// Those of every call.
    pub(crate) fn post_json<T: serde::de::DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T, Error> {
        let body = body.to_string();
        self.ask(Call::new(Method::POST, path, Effect::Read).json(body.as_bytes()))
    }

    /// Returns the numbers of shards and replicas of an engine's index.
    ///
    /// # Errors
    /// Those of every call.
    pub(super) fn layout(&self, index: &str) -> Result<(NonZero<u32>, u32), Error> {
        let path = format!("/{index}/_settings");
        let settings: Value = self.get_json(&path)?;
        let number = |name: &str| {
            let number = settings[index]["settings"]["index"][name].as_str();
            number.and_then(|number| number.parse::<u32>().ok())
        };
        let shards = number("number_of_shards").and_then(NonZero::new);
        match (shards, number("number_of_replicas")) {
            (Some(shards), Some(replicas)) => Ok((shards, replicas)),
            _ => Err(self.odd(&path, "it tells no numbers of shards and replicas")),
        }
    }

    /// Searches an index, or a point in time that `body` names if `index` is `None`.
    ///
    /// # Errors
    /// [`RemoteError::Unavailable`] if a shard is missing, and those of every call.
    pub(crate) fn search(&self, index: Option<&str>, body: &Value) -> Result<Found, Error> {
        let path = match index {
            Some(index) => format!("/{index}/_search?{WHOLE}"),
            None => format!("/_search?{WHOLE}"),
        };
        let answer = self.post_json(&path, body)?;
        self.whole(answer)
    }

    /// Makes several searches, each of an index and with a body, in one call; returns their answers in order.
    ///
    /// # Errors
    /// Those of [`Self::search`], if any of the searches fails.
    pub(crate) fn msearch<'b>(
        &self,
        searches: impl IntoIterator<Item = (&'b str, &'b Value)>,
    ) -> Result<Vec<Found>, Error> {
        let mut lines = Vec::new();
        let mut asked = 0;
        for (index, body) in searches {
            let header = json!({
                "index": index,
                "search_type": "dfs_query_then_fetch",
                "allow_partial_search_results": false,
            });
            lines.extend_from_slice(format!("{header}\n{body}\n").as_bytes());
            asked += 1;
        }
        if asked == 0 {
            return Ok(Vec::new());
        }
        #[derive(Deserialize)]
        struct Answers {
            responses: Vec<SearchAnswer>,
        }
        let path = "/_msearch?search_type=dfs_query_then_fetch";
        let answers: Answers = self.ask(Call::new(Method::POST, path, Effect::Read).lines(&lines))?;
        self.expect_as_many(path, asked, answers.responses.len())?;
        answers.responses.into_iter().map(|answer| self.whole(answer)).collect()
    }

    /// Counts the documents of an index that match `query`.
    ///
    /// # Errors
    /// Those of [`Self::search`].
    pub(crate) fn count(&self, index: &str, query: &Value) -> Result<u64, Error> {
        #[derive(Deserialize)]
        struct Counted {
            count: u64,
            #[serde(rename = "_shards", default)]
            shards: Shards,
        }
        let counted: Counted = self.post_json(&format!("/{index}/_count"), &json!({ "query": query }))?;
        self.expect_whole(&counted.shards)?;
        Ok(counted.count)
    }

    /// Reads a document of an index; `None` if the index, or the document in it, is missing. Whatever was acknowledged
    /// is there, refreshed or not.
    ///
    /// # Errors
    /// Those of every call.
    pub(crate) fn document(&self, index: &str, id: &str) -> Result<Option<Got>, Error> {
        let path = format!("/{index}/_doc/{}", percent_encoded(id, b""));
        let answer = self.answer(Call::new(Method::GET, &path, Effect::Read).accepting(&[404]))?;
        if answer.status == 404 {
            return Ok(None);
        }
        let got: Got = self.read(&answer)?;
        Ok(got.found.then_some(got))
    }

    /// Reads documents of an index by their ids, each with its routing if it has one, and of each the stored `fields`
    /// (all, if there are none); returns them in order.
    ///
    /// # Errors
    /// Those of every call.
    pub(crate) fn mget(
        &self,
        index: &str,
        ids: &[(&str, Option<&str>)],
        fields: &[&str],
    ) -> Result<Vec<Option<Got>>, Error> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let source = if fields.is_empty() { json!(true) } else { json!(fields) };
        let wanted = ids.iter().map(|(id, routing)| {
            let mut wanted = json!({ "_index": index, "_id": id, "_source": source });
            if let Some(routing) = routing {
                wanted["routing"] = json!(routing);
            }
            wanted
        });
        #[derive(Deserialize)]
        struct Many {
            docs: Vec<Value>,
        }
        let path = "/_mget";
        let many: Many = self.post_json(path, &json!({ "docs": wanted.collect::<Vec<Value>>() }))?;
        self.expect_as_many(path, ids.len(), many.docs.len())?;
        let got = |mut part: Value| -> Result<Option<Got>, Error> {
            if let Some(error) = part.get_mut("error").map(Value::take) {
                return Err(self.part_error(path, error));
            }
            let got: Got = serde_json::from_value(part).map_err(|cause| self.odd(path, &cause.to_string()))?;
            Ok(got.found.then_some(got))
        };
        many.docs.into_iter().map(got).collect()
    }

    /// Opens a point in time of an index: searches of it see nothing of later changes. It lasts `keep_alive` (`1m`)
    /// from its last use; returns its id.
    ///
    /// # Errors
    /// Those of every call.
    pub(crate) fn open_point_in_time(&self, index: &str, keep_alive: &str) -> Result<String, Error> {
        #[derive(Deserialize)]
        struct Opened {
            pit_id: String,
        }
        let path = format!("/{index}/_search/point_in_time?keep_alive={keep_alive}");
        // A second one costs a little memory for as long as it lasts, and nobody sees it.
        let opened: Opened = self.ask(Call::new(Method::POST, &path, Effect::Read))?;
        Ok(opened.pit_id)
    }

    /// Closes a point in time, also one that is gone already.
    ///
    /// # Errors
    /// Those of every call.
    pub(crate) fn close_point_in_time(&self, id: &str) -> Result<(), Error> {
        let body = json!({ "pit_id": [id] }).to_string();
        let call = Call::new(Method::DELETE, "/_search/point_in_time", Effect::Read);
        self.answer(call.json(body.as_bytes()).accepting(&[404])).map(drop)
    }

    /// Returns the answer of a search if it is a whole one.
    fn whole(&self, answer: SearchAnswer) -> Result<Found, Error> {
        if let Some(error) = answer.error {
            return Err(self.part_error("/_msearch", error));
        }
        if answer.timed_out {
            return Err(self.unavailable("it gave a search up before its end".to_owned()));
        }
        self.expect_whole(&answer.shards)?;
        Ok(Found {
            hits: answer.hits.hits,
            total: answer.hits.total.map(|total| total.value),
            aggregations: answer.aggregations,
        })
    }

    /// Fails if shards are missing in an answer.
    pub(super) fn expect_whole(&self, shards: &Shards) -> Result<(), Error> {
        if shards.failed == 0 {
            return Ok(());
        }
        let first = shards
            .failures
            .first()
            .and_then(|failure| failure.get("reason"))
            .cloned();
        let reason = first.map_or_else(|| "no reason given".to_owned(), |error| Told::of_part(error).reason());
        Err(self.unavailable(format!("shards are missing: {} ({reason})", shards.failed)))
    }

    /// Fails unless there are as many answers as questions.
    pub(super) fn expect_as_many(&self, path: &str, asked: usize, answered: usize) -> Result<(), Error> {
        if asked == answered {
            return Ok(());
        }
        Err(self.odd(path, &format!("{answered} answers to {asked} questions")))
    }

    /// Makes the error of a part of an answer.
    fn part_error(&self, path: &str, error: Value) -> Error {
        let told = Told::of_part(error);
        let reason = told.reason();
        match told.kind() {
            Some("index_not_found_exception") => self.error(|url| RemoteError::Missing {
                url,
                name: self.address().name().to_owned(),
            }),
            // The query itself is at fault, and would be later too.
            Some(
                "parsing_exception"
                | "illegal_argument_exception"
                | "query_shard_exception"
                | "too_many_nested_clauses",
            ) => self.error(|url| RemoteError::Refused {
                url,
                call: format!("POST {path}"),
                status: 400,
                reason,
            }),
            _ => self.unavailable(reason),
        }
    }

    /// Makes the error of an answer that OpenSearch does not give.
    pub(super) fn odd(&self, path: &str, reason: &str) -> Error {
        let path = path.split('?').next().unwrap_or_default();
        self.error(|url| RemoteError::NotOpenSearch {
            url,
            reason: format!("its answer to {path} cannot be read: {reason}"),
        })
    }

    /// Makes the error of an engine that answers, but not wholly.
    pub(super) fn unavailable(&self, reason: String) -> Error {
        self.error(|url| RemoteError::Unavailable {
            url,
            reason,
            cause: None,
        })
    }
}
