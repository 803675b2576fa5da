//! An open index in an engine: the documents, passages and numbers that it is asked for, each in one call.
//!
//! Facts that are asked often are kept as long as the index is open: the heads of documents, how many passages have a
//! word. The list of all documents is read at its first use; searching does not need it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::address::EngineAccess;
use super::client::Client;
use super::error::RemoteError;
use super::names::{Names, Part};
use super::passage_source::shingle_word;
use super::reads::FoundHit;
use super::records::{self, DecodeError};
use super::state::{RemoteState, read_state};
use crate::citation::Observed;
use crate::index::error::{Error, IdKind};
use crate::index::fields::{Shingle, StoredPassage};
use crate::index::frequencies::Frequencies;
use crate::index::kept::Kept;
use crate::index::manifest::{Manifest, State};
use crate::index::{ids, stored_roots};
use crate::reading::Model;
use crate::record::{CitedAt, DocumentHead, DocumentRecord, Parsed};
use crate::register::Register;

/// Time between two looks at whether the index was changed.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Documents that are read in one call: their records have some 2 KB each, what they cite some 50 KB.
const RECORDS_AT_ONCE: usize = 5_000;
const CITES_AT_ONCE: usize = 100;

/// Time that a point in time lasts from its last use.
const KEEP_ALIVE: &str = "5m";

/// Look-ups of numbers in one call.
const COUNTS_AT_ONCE: usize = 500;

/// The most heads of documents that are kept; each has some 300 bytes.
const MAX_HEADS: usize = 100_000;

/// An open index in an engine. Clones share all data.
#[derive(Clone)]
pub(crate) struct RemoteIndex {
    opened: Arc<Opened>,
}

/// The data that all clones share.
struct Opened {
    client: Client,
    names: Names,
    state: RemoteState,
    /// The name of the state.
    state_name: State,
    /// Time of the last look at whether the index was changed.
    looked: Mutex<Instant>,
    manifest: OnceLock<Manifest>,
    model: OnceLock<Model>,
    register: OnceLock<Arc<Register>>,
    heads: Mutex<HashMap<String, DocumentHead>>,
    /// The terms that were read, by the ids of their documents.
    terms: Mutex<HashMap<String, Arc<Vec<String>>>>,
    kept: Kept,
    frequencies: Frequencies,
}

impl std::fmt::Debug for RemoteIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RemoteIndex")
            .field("names", &self.opened.names)
            .field("change", &self.opened.state.change)
            .finish_non_exhaustive()
    }
}

impl RemoteIndex {
    /// Opens the index that `access` names.
    ///
    /// # Errors
    /// [`RemoteError`], as [`Error::Remote`].
    pub(crate) fn open(access: &EngineAccess) -> Result<Self, Error> {
        let client = Client::open(access)?;
        let (state, names) = read_state(&client)?;
        let state_name = State::from_name(&state.state);
        let state_name = state_name.ok_or_else(|| damaged(&client, "the state".to_owned(), None))?;
        Ok(Self {
            opened: Arc::new(Opened {
                client,
                names,
                state,
                state_name,
                looked: Mutex::new(Instant::now()),
                manifest: OnceLock::new(),
                model: OnceLock::new(),
                register: OnceLock::new(),
                heads: Mutex::default(),
                terms: Mutex::default(),
                kept: Kept::default(),
                frequencies: Frequencies::default(),
            }),
        })
    }

    /// Returns the client of the engine.
    pub(crate) fn client(&self) -> &Client {
        &self.opened.client
    }

    /// Returns the name of the engine's index of a part.
    pub(crate) fn name_of(&self, part: Part) -> String {
        self.opened.names.index(part)
    }

    /// Returns true if the index was not changed since it was opened, as far as was seen a second ago.
    pub(crate) fn is_current(&self) -> Result<bool, Error> {
        {
            let mut looked = held(&self.opened.looked);
            if looked.elapsed() < LOOK_AGAIN {
                return Ok(true);
            }
            *looked = Instant::now();
        }
        let (state, names) = match read_state(&self.opened.client) {
            Ok(now) => now,
            // One of a later program took its place; this one stays until the next.
            Err(Error::Remote(RemoteError::Format { .. })) => return Ok(false),
            Err(error) => return Err(error),
        };
        Ok(names == self.opened.names && state.change == self.opened.state.change)
    }

    pub(crate) fn size_bytes(&self) -> u64 {
        self.opened.state.index_bytes
    }

    pub(crate) fn committed(&self) -> Option<SystemTime> {
        let since = self.opened.state.committed_ms.map(Duration::from_millis);
        since.and_then(|since| UNIX_EPOCH.checked_add(since))
    }

    pub(crate) fn state(&self) -> State {
        self.opened.state_name
    }

    pub(crate) fn generation(&self) -> u64 {
        self.opened.state.generation
    }

    pub(crate) fn passages_count(&self) -> u64 {
        self.opened.state.passages
    }

    pub(crate) fn words_count(&self) -> u64 {
        self.opened.state.words
    }

    pub(crate) fn signs(&self) -> &[char] {
        &self.opened.state.signs
    }

    pub(crate) fn kept(&self) -> &Kept {
        &self.opened.kept
    }

    /// Returns the manifest, for which all records of documents are read at the first call.
    pub(crate) fn manifest(&self) -> Result<&Manifest, Error> {
        if let Some(manifest) = self.opened.manifest.get() {
            return Ok(manifest);
        }
        let mut files = Vec::new();
        self.each_document("record", RECORDS_AT_ONCE, |id, record| {
            files.push(self.decoded(id, record, records::file)?);
            Ok(())
        })?;
        let state = &self.opened.state;
        let manifest = Manifest {
            vankien: state.vankien.clone(),
            generation: state.generation,
            files,
            unread: state.list.unread.clone(),
            passed_over: state.list.passed_over.clone(),
            roots: state.list.roots.clone(),
            register: state.register.clone(),
            register_digest: state.list.register_digest.clone(),
            roots_digest: String::new(),
            learnt: None,
        };
        Ok(self.opened.manifest.get_or_init(|| manifest))
    }

    pub(crate) fn model(&self) -> Result<&Model, Error> {
        if let Some(model) = self.opened.model.get() {
            return Ok(model);
        }
        let learnt = self.opened.state.learnt();
        let learnt = learnt.map_err(|cause| damaged(&self.opened.client, "what was learnt".to_owned(), Some(cause)))?;
        let model = || Model::shipped_with(learnt.as_ref());
        Ok(self.opened.model.get_or_init(model))
    }

    pub(crate) fn register(&self) -> Result<Arc<Register>, Error> {
        if let Some(register) = self.opened.register.get() {
            return Ok(Arc::clone(register));
        }
        let table = &self.opened.state.register;
        let at = self.opened.client.address().to_string();
        let register = stored_roots::register_of(at.as_ref(), table)?;
        Ok(Arc::clone(self.opened.register.get_or_init(|| register)))
    }

    /// Returns the heads of the documents with exactly these ids, in this order.
    pub(crate) fn heads(&self, ids: &[&str]) -> Result<Vec<DocumentHead>, Error> {
        let mut unknown: Vec<&str> = {
            let known = held(&self.opened.heads);
            ids.iter().copied().filter(|id| !known.contains_key(*id)).collect()
        };
        unknown.sort_unstable();
        unknown.dedup();
        let mut read = HashMap::new();
        let wanted: Vec<(&str, Option<&str>)> = unknown.iter().map(|id| (*id, None)).collect();
        let got = self
            .opened
            .client
            .mget(&self.name_of(Part::Documents), &wanted, &["record"])?;
        for (id, got) in unknown.iter().zip(got) {
            let head = match got {
                Some(got) => DocumentHead::from(&self.decoded(id, &got.source["record"], records::file)?.record),
                None => DocumentHead::default(),
            };
            read.insert((*id).to_owned(), head);
        }
        let mut known = held(&self.opened.heads);
        let heads = ids.iter().map(|id| known.get(*id).or_else(|| read.get(*id)).cloned());
        let heads = heads.map(Option::unwrap_or_default).collect();
        if known.len() + read.len() > MAX_HEADS {
            known.clear();
        }
        known.extend(read);
        Ok(heads)
    }

    pub(crate) fn document(&self, id: &str) -> Result<Parsed, Error> {
        self.whole(id, "parsed", records::parsed)
    }

    pub(crate) fn cited_places(&self, id: &str) -> Result<Vec<CitedAt>, Error> {
        self.whole(id, "cites", records::cites)
    }

    /// Calls `take` with what each of these documents cites, in this order.
    pub(crate) fn for_each_cited<'d>(
        &self,
        documents: impl Iterator<Item = &'d DocumentRecord>,
        mut take: impl FnMut(&DocumentRecord, Vec<CitedAt>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let documents: Vec<&DocumentRecord> = documents.collect();
        let part = self.name_of(Part::Documents);
        for documents in documents.chunks(CITES_AT_ONCE) {
            let ids: Vec<(&str, Option<&str>)> = documents
                .iter()
                .map(|record| (record.document.as_str(), None))
                .collect();
            let got = self.opened.client.mget(&part, &ids, &["cites"])?;
            for (record, got) in documents.iter().zip(got) {
                // A document that was taken out a moment ago cites nothing.
                if let Some(got) = got {
                    take(record, self.decoded(&got.id, &got.source["cites"], records::cites)?)?;
                }
            }
        }
        Ok(())
    }

    /// Calls `take` with what a resolver of citations takes from each document, in the order of their ids.
    pub(crate) fn for_each_observed(
        &self,
        mut take: impl FnMut(&DocumentRecord, Observed) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let manifest = self.manifest()?;
        self.each_document("observed", CITES_AT_ONCE, |id, observed| {
            let Some(file) = manifest.file(id) else {
                return Ok(());
            };
            take(&file.record, self.decoded(id, observed, records::observed)?)
        })
    }

    /// Reads the passage with exactly this id; `None` if there is none.
    pub(crate) fn passage_with_id(&self, id: &str) -> Result<Option<StoredPassage>, Error> {
        let Some((document, _)) = id.rsplit_once(':') else {
            return Ok(None);
        };
        Ok(self.passages(&[(id, document)])?.pop().flatten())
    }

    /// Reads the passages with exactly these ids, each with the id of its document, in this order.
    pub(crate) fn passages(&self, ids: &[(&str, &str)]) -> Result<Vec<Option<StoredPassage>>, Error> {
        let wanted: Vec<(&str, Option<&str>)> = ids.iter().map(|(id, document)| (*id, Some(*document))).collect();
        let got = self
            .opened
            .client
            .mget(&self.name_of(Part::Passages), &wanted, &["record"])?;
        let passages = got.into_iter().map(|got| {
            let got = got.as_ref();
            got.map(|got| self.passage(&got.id, &got.source)).transpose()
        });
        passages.collect()
    }

    /// Reads a passage from the stored fields that the engine sent.
    pub(crate) fn passage(&self, id: &str, source: &Value) -> Result<StoredPassage, Error> {
        self.decoded(id, &source["record"], records::passage)
    }

    /// Reads a citation from the stored fields that the engine sent.
    pub(crate) fn citation(&self, id: &str, source: &Value) -> Result<CitedAt, Error> {
        self.decoded(id, &source["record"], records::cited)
    }

    pub(crate) fn passages_with_word(&self, folded: &str) -> Result<u64, Error> {
        let query = || json!({ "term": { "folded": folded } });
        let count = || Ok(self.counts(&[query()])?.first().copied().unwrap_or_default());
        self.opened.frequencies.words.get(folded, count)
    }

    pub(crate) fn passages_with_shingle(&self, shingle: Shingle) -> Result<u64, Error> {
        let query = || json!({ "term": { "shingle": shingle_word(shingle) } });
        let count = || Ok(self.counts(&[query()])?.first().copied().unwrap_or_default());
        self.opened.frequencies.shingles.get(&shingle, count)
    }

    /// Looks up how many passages have each of these folded words and shingles, and keeps the numbers.
    pub(crate) fn look_up(&self, words: &[&str], shingles: &[Shingle]) -> Result<(), Error> {
        let known = &self.opened.frequencies;
        let mut words: Vec<&str> = words.to_vec();
        words.retain(|word| known.words.known(*word).is_none());
        words.sort_unstable();
        words.dedup();
        for words in words.chunks(COUNTS_AT_ONCE) {
            let queries = words.iter().map(|word| json!({ "term": { "folded": word } }));
            for (word, count) in words.iter().zip(self.counts(&queries.collect::<Vec<_>>())?) {
                known.words.keep(*word, count);
            }
        }
        let mut shingles: Vec<Shingle> = shingles.to_vec();
        shingles.retain(|shingle| known.shingles.known(shingle).is_none());
        shingles.sort_unstable();
        shingles.dedup();
        for shingles in shingles.chunks(COUNTS_AT_ONCE) {
            let queries = shingles
                .iter()
                .map(|shingle| json!({ "term": { "shingle": shingle_word(*shingle) } }));
            for (shingle, count) in shingles.iter().zip(self.counts(&queries.collect::<Vec<_>>())?) {
                known.shingles.keep(shingle, count);
            }
        }
        Ok(())
    }

    /// Returns the terms of the field with this name that begin with `beginning`, sorted, at most `most` of them, and true
    /// if there are more.
    pub(crate) fn terms_beginning(
        &self,
        field: &str,
        beginning: &str,
        most: usize,
    ) -> Result<(Vec<String>, bool), Error> {
        let lists = &self.opened.state.terms;
        let mut found = Vec::new();
        let Some(first) = lists.first_with(field, beginning) else {
            return Ok((found, false));
        };
        for number in (first..).take_while(|&number| lists.may_have(field, number, beginning)) {
            let terms = self.terms(&lists.id(field, number))?;
            let from = terms.partition_point(|term| term.as_str() < beginning);
            for term in terms[from..].iter().take_while(|term| term.starts_with(beginning)) {
                if found.len() == most {
                    return Ok((found, true));
                }
                found.push(term.clone());
            }
        }
        Ok((found, false))
    }

    /// Returns the terms of the document with this id, which is read at the first call.
    fn terms(&self, id: &str) -> Result<Arc<Vec<String>>, Error> {
        if let Some(terms) = held(&self.opened.terms).get(id) {
            return Ok(Arc::clone(terms));
        }
        let got = self.opened.client.document(&self.name_of(Part::State), id)?;
        // Without them the index was changed since it was opened: the next question opens it anew.
        let got = got.ok_or_else(|| damaged(&self.opened.client, "the list of terms".to_owned(), None))?;
        let terms = Arc::new(self.decoded(id, &got.source["terms"], records::terms)?);
        held(&self.opened.terms).insert(id.to_owned(), Arc::clone(&terms));
        Ok(terms)
    }

    /// Returns the numbers of passages that match each of `queries`, in the engine's language.
    pub(crate) fn counts(&self, queries: &[Value]) -> Result<Vec<u64>, Error> {
        let passages = self.name_of(Part::Passages);
        let bodies: Vec<Value> = queries
            .iter()
            .map(|query| json!({ "size": 0, "track_total_hits": true, "query": query }))
            .collect();
        let found = self
            .opened
            .client
            .msearch(bodies.iter().map(|body| (passages.as_str(), body)))?;
        Ok(found.iter().map(|found| found.total.unwrap_or_default()).collect())
    }

    /// Calls `take` with the hits of `body`, a search that names its order and the number of hits in one call, until there
    /// are no more. All but the first of several calls see one point in time.
    pub(crate) fn each_hit(
        &self,
        part: Part,
        mut body: Value,
        mut take: impl FnMut(FoundHit) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let index = self.name_of(part);
        let client = &self.opened.client;
        let size = body["size"].as_u64().unwrap_or_default() as usize;
        let mut take_all = |hits: Vec<FoundHit>| -> Result<Option<Value>, Error> {
            let next = hits.last().filter(|_| hits.len() >= size);
            let next = next.map(|hit| Value::Array(hit.sort.clone()));
            hits.into_iter().try_for_each(&mut take)?;
            Ok(next)
        };
        let Some(mut after) = take_all(client.search(Some(&index), &body)?.hits)? else {
            return Ok(());
        };
        let time = client.open_point_in_time(&index, KEEP_ALIVE)?;
        body["pit"] = json!({ "id": time, "keep_alive": KEEP_ALIVE });
        let rest = loop {
            body["search_after"] = after;
            match client.search(None, &body).and_then(|found| take_all(found.hits)) {
                Ok(Some(next)) => after = next,
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        // It ends by itself too; what failed first says more.
        let closed = client.close_point_in_time(&time);
        rest.and(closed)
    }

    /// Calls `take` with the id and the stored `field` of each document, in the order of the ids.
    fn each_document(
        &self,
        field: &str,
        at_once: usize,
        mut take: impl FnMut(&str, &Value) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let body = json!({
            "size": at_once,
            "track_total_hits": false,
            "query": { "match_all": {} },
            "sort": [{ "id": "asc" }],
            "_source": [field],
        });
        self.each_hit(Part::Documents, body, |hit| take(&hit.id, &hit.source[field]))
    }

    /// Reads a stored `field` of the document whose id is `id`, or of the only one whose id begins with it.
    fn whole<T>(&self, id: &str, field: &str, decode: fn(&str) -> Result<T, DecodeError>) -> Result<T, Error> {
        let read = |id: &str| {
            let got = self
                .opened
                .client
                .mget(&self.name_of(Part::Documents), &[(id, None)], &[field])?;
            let got = got.into_iter().flatten().next();
            got.map(|got| self.decoded(id, &got.source[field], decode)).transpose()
        };
        if let Some(value) = read(id)? {
            return Ok(value);
        }
        let whole = ids::file_of(self.manifest()?, id)?;
        read(&whole.record.document)?.ok_or_else(|| Error::Unknown {
            kind: IdKind::Document,
            id: id.to_owned(),
        })
    }

    /// Decodes a stored field of the document or passage `id`.
    fn decoded<T>(&self, id: &str, stored: &Value, decode: fn(&str) -> Result<T, DecodeError>) -> Result<T, Error> {
        let stored = stored.as_str().unwrap_or_default();
        decode(stored).map_err(|cause| damaged(&self.opened.client, format!("'{id}'"), Some(cause)))
    }
}

/// Returns the error that something in the index is not as it was written.
fn damaged(client: &Client, what: String, cause: Option<DecodeError>) -> Error {
    client.error(|url| RemoteError::Damaged {
        url,
        name: client.address().name().to_owned(),
        what,
        cause: cause.map(Into::into),
    })
}

/// Locks data that is whole whatever panicked while it was held.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
