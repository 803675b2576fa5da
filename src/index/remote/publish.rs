//! Brings an index in OpenSearch to the state of an embedded one, which is the working copy of whoever writes.
//!
//! Differences are known by the digests of the documents. Where little differs, the engine's indexes are changed in
//! place: nobody sees anything of it until a refresh. Where there is no index yet, or one of another format, a new one
//! is built beside it, and the aliases move in one step; the one before stays until the next, for those who still read
//! it.
//!
//! In place, every document goes through the same steps: its passages and citations are put, those that it has no more
//! are deleted, and then its own entry is put, by whose digest a next run sees that it is whole. So a run may be killed
//! before any call and repeated: it begins where the last one ended, and whoever searches sees the old or the new
//! state. The remains of a killed run that the next one does not overwrite are known by the number of its change
//! ([`super::lease`]).
//!
//! A document that the engine refuses is in the [report](PublishReport::failed) and not in the engine; the next run
//! tries it again.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZero;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::address::EngineAccess;
use super::bulk::Bulk;
use super::client::Client;
use super::document_source;
use super::error::RemoteError;
use super::lease::Lease;
use super::mapping;
use super::names::{Names, Part, alias};
use super::passage_source::{Source, Sources};
use super::records::unwritable;
use super::state::{RemoteState, STATE_ID, StoredState, read_stored};
use super::vocabulary;
use super::writes::Condition;
use crate::index::error::Error;
use crate::index::folder_index::FolderIndex;
use crate::index::manifest::IndexedFile;

/// Options of bringing an index in OpenSearch up to date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishOptions {
    /// True to build it anew, whatever is there.
    pub rebuild: bool,
    /// Shards of an index that is built; `None` for as many as the one before has, or one.
    pub shards: Option<NonZero<u32>>,
    /// Replicas of an index that is built; `None` for as many as the one before has, or none.
    pub replicas: Option<u32>,
}

/// Receives the progress of [`publish`]. `()` ignores it.
pub trait PublishProgress {
    /// Called when `done` of `total` documents were sent.
    fn advance(&mut self, done: usize, total: usize);
}

impl PublishProgress for () {
    fn advance(&mut self, _: usize, _: usize) {}
}

/// The outcome of bringing an index in OpenSearch up to date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishReport {
    /// True if it was built anew.
    pub rebuilt: bool,
    /// Documents that were put there for the first time.
    pub added: usize,
    /// Documents that were replaced.
    pub changed: usize,
    /// Documents that were removed.
    pub removed: usize,
    /// Documents that were there already.
    pub unchanged: usize,
    /// Documents that are there now.
    pub documents: u64,
    /// Passages that are there now.
    pub passages: u64,
    /// Citations that are there now.
    pub citations: u64,
    /// Bytes of passages, documents and citations that were sent.
    pub sent_bytes: u64,
    /// The documents that the engine refused, by id, each with the reason.
    pub failed: BTreeMap<String, String>,
}

/// Amounts that only tests change.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tuning {
    /// Bytes of a bulk.
    pub(super) bulk_bytes: usize,
    /// Bytes of documents whose entries wait for their passages.
    pub(super) chunk_bytes: usize,
    /// Documents of a page when the engine lists them, and the most whose passages are deleted at once.
    pub(super) page: usize,
    /// Length of a lease.
    pub(super) lease: Duration,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            bulk_bytes: 5 << 20,
            chunk_bytes: 32 << 20,
            page: 2000,
            lease: Duration::from_secs(60),
        }
    }
}

/// Brings the index at `access` to the state of the one in the folder `dir`.
///
/// # Errors
/// [`RemoteError`]: [`Busy`](RemoteError::Busy) if another process writes it,
/// [`Unavailable`](RemoteError::Unavailable) and the other errors of calls, after which a repetition goes on;
/// [`Damaged`](RemoteError::Damaged) if the engine has not what was put there, which `rebuild` mends. Those of reading
/// the index in `dir`.
pub fn publish(
    dir: &Path,
    access: &EngineAccess,
    options: &PublishOptions,
    progress: &mut dyn PublishProgress,
) -> Result<PublishReport, Error> {
    let index = FolderIndex::open(dir)?;
    publish_with(&index, &Client::open(access)?, options, progress, &Tuning::default())
}

/// Does what [`publish`] does, with a client and amounts of the caller.
pub(super) fn publish_with(
    index: &FolderIndex,
    client: &Client,
    options: &PublishOptions,
    progress: &mut dyn PublishProgress,
    tuning: &Tuning,
) -> Result<PublishReport, Error> {
    client.greet()?;
    let mut publishing = Publishing {
        index,
        client,
        lease: Lease::take(client, tuning.lease)?,
        options,
        progress,
        tuning,
        report: PublishReport::default(),
    };
    let done = publishing.run();
    let released = publishing.lease.release(done.is_ok());
    // What failed first says more than that the lease could not be given back after it.
    done?;
    released?;
    Ok(publishing.report)
}

/// A document in the engine.
struct Entry {
    digest: String,
    /// The number of the change that put it.
    generation: u64,
}

/// A run that brings an index up to date.
struct Publishing<'p> {
    index: &'p FolderIndex,
    client: &'p Client,
    lease: Lease<'p>,
    options: &'p PublishOptions,
    progress: &'p mut dyn PublishProgress,
    tuning: &'p Tuning,
    report: PublishReport,
}

impl Publishing<'_> {
    /// Does all of it.
    fn run(&mut self) -> Result<(), Error> {
        if self.options.rebuild {
            // Aliases that point here and there are no obstacle.
            return self.build_anew();
        }
        let Some(names) = Names::current(self.client)? else {
            return self.build_anew();
        };
        match read_stored(self.client, &names)? {
            Some(stored) if stored.state.is_some() => self.change_in_place(&names, &stored),
            _ => self.build_anew(),
        }
    }

    /// Builds the index beside the one that is there, and moves the aliases.
    fn build_anew(&mut self) -> Result<(), Error> {
        self.report.rebuilt = true;
        let all = Names::all(self.client)?;
        if let Some(largest) = all.iter().map(|(_, number)| *number).max() {
            self.lease.raise_above(largest)?;
        }
        let aliased = Names::aliased(self.client)?;
        self.delete_indexes(all.iter().filter(|index| !aliased.contains(index)))?;
        // No other run has this number, so nothing of a run that was thought dead gets into this index.
        let names = Names::new(self.client.address().name(), self.lease.change());
        let (shards, replicas) = self.layout(&aliased)?;
        for &part in Part::ALL {
            let body = mapping::index_body(part, shards);
            self.client.create_index(&names.index(part), &body)?;
        }
        let manifest = self.index.manifest()?;
        let mut wanted = Vec::with_capacity(manifest.files.len());
        for file in &manifest.files {
            wanted.push((file, self.digest_of(file)?));
        }
        self.report.added = wanted.len();
        self.put_documents(&names, &wanted, &BTreeMap::new())?;
        self.finish_content(&names, None)?;
        if let Some((document, reason)) = self.report.failed.iter().next()
            && self.report.failed.len() == wanted.len()
        {
            // An index of nothing would take the place of one that may be of use.
            let reason = format!("document '{document}': {reason}");
            return Err(self.client.error(|url| RemoteError::Refused {
                url,
                call: "POST /_bulk".to_owned(),
                status: 400,
                reason,
            }));
        }
        let indexes: Vec<String> = Part::ALL.iter().map(|part| names.index(*part)).collect();
        if replicas > 0 {
            self.client.set_replicas(&indexes, replicas)?;
        }
        self.put_state(&names, None)?;
        self.lease.renew()?;
        self.point_aliases_to(&names)
    }

    /// Returns the numbers of shards and replicas of an index that is built: those asked for, or else those of the engine's
    /// index of the passages among `aliased`.
    fn layout(&self, aliased: &[(Part, u64)]) -> Result<(NonZero<u32>, u32), Error> {
        let mut before = (NonZero::<u32>::MIN, 0);
        let passages = aliased.iter().find(|(part, _)| *part == Part::Passages);
        if let Some(&(part, number)) = passages {
            let index = Names::new(self.client.address().name(), number).index(part);
            before = self.client.layout(&index)?;
        }
        Ok((
            self.options.shards.unwrap_or(before.0),
            self.options.replicas.unwrap_or(before.1),
        ))
    }

    /// Moves the aliases to `names` in one step.
    fn point_aliases_to(&self, names: &Names) -> Result<(), Error> {
        let client = self.client;
        let name = client.address().name();
        let pair = |&(part, number): &(Part, u64)| (Names::new(name, number).index(part), alias(name, part));
        let wanted: Vec<(Part, u64)> = Part::ALL.iter().map(|part| (*part, names.number)).collect();
        client.insist(|| {
            let aliased = Names::aliased(client)?;
            if aliased == wanted {
                return Ok(());
            }
            let remove: Vec<_> = aliased
                .iter()
                .filter(|index| !wanted.contains(index))
                .map(pair)
                .collect();
            let add: Vec<_> = wanted
                .iter()
                .filter(|index| !aliased.contains(index))
                .map(pair)
                .collect();
            client.move_aliases(&remove, &add)
        })
    }

    /// Changes the engine's indexes where they are; `stored` is their state.
    fn change_in_place(&mut self, names: &Names, stored: &StoredState) -> Result<(), Error> {
        self.lease.raise_above(stored.change)?;
        let all = Names::all(self.client)?;
        // Later ones were never finished; the one before may still be read.
        self.delete_indexes(all.iter().filter(|(_, number)| *number > names.number))?;
        let entries = self.entries(names)?;
        let manifest = self.index.manifest()?;
        let mut wanted: Vec<(&IndexedFile, String)> = Vec::new();
        for file in &manifest.files {
            let digest = self.digest_of(file)?;
            match entries.get(&file.record.document) {
                Some(entry) if entry.digest == digest && !self.is_left_over(entry, stored) => {
                    self.report.unchanged += 1
                }
                Some(entry) => {
                    self.report.changed += usize::from(entry.digest != digest);
                    self.report.unchanged += usize::from(entry.digest == digest);
                    wanted.push((file, digest));
                }
                None => {
                    self.report.added += 1;
                    wanted.push((file, digest));
                }
            }
        }
        let removed: Vec<&str> = entries
            .keys()
            .map(String::as_str)
            .filter(|id| manifest.file(id).is_none())
            .collect();
        self.report.removed = removed.len();
        let is_same = stored
            .state
            .as_ref()
            .is_some_and(|state| state.state == self.index.state().to_string());
        if wanted.is_empty() && removed.is_empty() && is_same && !self.lease.after_unfinished {
            return self.count(names);
        }
        self.put_documents(names, &wanted, &entries)?;
        self.remove_documents(names, &removed)?;
        self.finish_content(names, Some(stored))?;
        self.lease.renew()?;
        self.put_state(names, Some(stored))
    }

    /// Returns true if a run that did not end put the entry. Its passages are put again, so that all that is left of
    /// that run can be deleted.
    fn is_left_over(&self, entry: &Entry, stored: &StoredState) -> bool {
        self.lease.after_unfinished && entry.generation > stored.change
    }

    /// Deletes engine's indexes.
    fn delete_indexes<'i>(&self, indexes: impl Iterator<Item = &'i (Part, u64)>) -> Result<(), Error> {
        let name = self.client.address().name();
        for &(part, number) in indexes {
            self.client.delete_index(&Names::new(name, number).index(part))?;
        }
        Ok(())
    }

    /// Lists the documents in the engine.
    fn entries(&mut self, names: &Names) -> Result<BTreeMap<String, Entry>, Error> {
        let index = names.index(Part::Documents);
        let mut entries = BTreeMap::new();
        let mut after: Option<Vec<Value>> = None;
        loop {
            self.lease.keep()?;
            // The values to sort by are all that is needed, so no document is read for them.
            let mut body = json!({
                "size": self.tuning.page,
                "query": { "match_all": {} },
                "sort": [{ "id": "asc" }, { "digest": "asc" }, { "generation": "asc" }],
                "_source": false,
                "track_total_hits": false,
            });
            if let Some(after) = &after {
                body["search_after"] = json!(after);
            }
            let found = self.client.search(Some(&index), &body)?;
            let count = found.hits.len();
            for hit in found.hits {
                let [Value::String(id), Value::String(digest), generation] = &hit.sort[..] else {
                    return Err(self.client.odd(&index, "a document without id or digest"));
                };
                let entry = Entry {
                    digest: digest.clone(),
                    generation: generation.as_u64().unwrap_or(u64::MAX),
                };
                entries.insert(id.clone(), entry);
                after = Some(hit.sort);
            }
            if count < self.tuning.page {
                return Ok(entries);
            }
        }
    }

    /// Returns the digest of a document of the embedded index.
    fn digest_of(&self, file: &IndexedFile) -> Result<String, Error> {
        document_source::digest(file).map_err(|cause| unwritable(self.index, cause))
    }

    /// Puts documents with their passages and citations, and deletes the passages and citations that those among `old`
    /// had before.
    fn put_documents(
        &mut self,
        names: &Names,
        wanted: &[(&IndexedFile, String)],
        old: &BTreeMap<String, Entry>,
    ) -> Result<(), Error> {
        let change = self.lease.change();
        let mut bulk = Bulk::new(self.client, self.tuning.bulk_bytes, change);
        let mut waiting: HashMap<&str, Source> = HashMap::new();
        let mut bytes = 0;
        for (done, (file, digest)) in wanted.iter().enumerate() {
            self.lease.keep()?;
            let id = file.record.document.as_str();
            let parsed = self.index.parsed(file)?;
            let passages = self.index.passages_of(id)?;
            let sources = Sources::new(&parsed, &passages, change);
            for (part, sources) in [
                (Part::Passages, &mut sources.passages() as &mut dyn Iterator<Item = _>),
                (Part::Citations, &mut sources.citations()),
            ] {
                let index = names.index(part);
                for source in sources {
                    let source = source.map_err(|cause| unwritable(self.index, cause))?;
                    bulk.put(&index, id, &source, true)?;
                }
            }
            match document_source::document(file, &parsed, digest, change) {
                Ok(source) => {
                    bytes += parsed.document.text.len();
                    waiting.insert(id, source);
                }
                Err(cause) => bulk.fail(id, cause.to_string()),
            }
            if bytes >= self.tuning.chunk_bytes || waiting.len() >= self.tuning.page {
                self.settle(names, &mut bulk, &mut waiting, old)?;
                bytes = 0;
            }
            self.progress.advance(done + 1, wanted.len());
        }
        self.settle(names, &mut bulk, &mut waiting, old)?;
        self.take_in(bulk);
        Ok(())
    }

    /// Ends documents whose passages and citations were put: deletes those that they have no more, then puts the
    /// documents.
    fn settle(
        &mut self,
        names: &Names,
        bulk: &mut Bulk<'_>,
        waiting: &mut HashMap<&str, Source>,
        old: &BTreeMap<String, Entry>,
    ) -> Result<(), Error> {
        bulk.flush()?;
        let had: Vec<&str> = waiting.keys().copied().filter(|id| old.contains_key(*id)).collect();
        self.delete_parts(names, &had)?;
        let index = names.index(Part::Documents);
        for (id, source) in waiting.drain() {
            if !bulk.failed.contains_key(id) {
                bulk.put(&index, id, &source, false)?;
            }
        }
        bulk.flush()
    }

    /// Removes documents with their passages and citations.
    fn remove_documents(&mut self, names: &Names, removed: &[&str]) -> Result<(), Error> {
        if removed.is_empty() {
            return Ok(());
        }
        for removed in removed.chunks(self.tuning.page) {
            self.delete_parts(names, removed)?;
        }
        let mut bulk = Bulk::new(self.client, self.tuning.bulk_bytes, self.lease.change());
        let index = names.index(Part::Documents);
        for id in removed {
            bulk.delete(&index, id)?;
        }
        bulk.flush()?;
        self.take_in(bulk);
        Ok(())
    }

    /// Deletes the passages and citations of `documents` that this change did not put.
    fn delete_parts(&mut self, names: &Names, documents: &[&str]) -> Result<(), Error> {
        if documents.is_empty() {
            return Ok(());
        }
        self.delete_where(
            names,
            &json!({ "bool": { "filter": [
                { "terms": { "owner": documents } },
                { "range": { "generation": { "lt": self.lease.change() } } },
            ] } }),
        )
    }

    /// Deletes the passages and citations that match `query` and that searches see. One call does it for many
    /// documents: each shard is asked once, however few of them it has.
    fn delete_where(&mut self, names: &Names, query: &Value) -> Result<(), Error> {
        for part in [Part::Passages, Part::Citations] {
            self.lease.keep()?;
            self.client.delete_by_query(&names.index(part), query)?;
        }
        Ok(())
    }

    /// Adds what a bulk did to the report.
    fn take_in(&mut self, bulk: Bulk<'_>) {
        self.report.sent_bytes += bulk.sent_bytes;
        self.report.failed.extend(bulk.failed);
    }

    /// Lets searches see the change, deletes what should not be there, and counts what is.
    fn finish_content(&mut self, names: &Names, stored: Option<&StoredState>) -> Result<(), Error> {
        let indexes = [Part::Passages, Part::Documents, Part::Citations].map(|part| names.index(part));
        self.client.refresh(&indexes)?;
        if let Some(stored) = stored
            && self.lease.after_unfinished
        {
            // Searches did not see it before, so nothing could delete it.
            let between = json!({ "gt": stored.change, "lt": self.lease.change() });
            let query = json!({ "range": { "generation": between } });
            self.delete_where(names, &query)?;
            self.client.delete_by_query(&names.index(Part::Documents), &query)?;
            self.client.refresh(&indexes)?;
        }
        let failed: Vec<String> = self.report.failed.keys().cloned().collect();
        if !failed.is_empty() {
            self.remove_failed(names, &failed)?;
            self.client.refresh(&indexes)?;
        }
        self.count(names)?;
        self.verify()
    }

    /// Removes what there is of documents that the engine refused.
    fn remove_failed(&mut self, names: &Names, failed: &[String]) -> Result<(), Error> {
        // What is deleted by a query has the next higher version for a minute: the next run must be above that.
        self.lease.raise_above(self.lease.change())?;
        self.delete_where(names, &json!({ "terms": { "owner": failed } }))?;
        let mut bulk = Bulk::new(self.client, self.tuning.bulk_bytes, self.lease.change());
        let index = names.index(Part::Documents);
        for id in failed {
            bulk.delete(&index, id)?;
        }
        bulk.flush()
    }

    /// Counts what searches see.
    fn count(&mut self, names: &Names) -> Result<(), Error> {
        let count = |part| self.client.count(&names.index(part), &json!({ "match_all": {} }));
        let (documents, passages, citations) =
            (count(Part::Documents)?, count(Part::Passages)?, count(Part::Citations)?);
        self.report.documents = documents;
        self.report.passages = passages;
        self.report.citations = citations;
        Ok(())
    }

    /// Fails unless the engine has as many documents and passages as it should.
    fn verify(&self) -> Result<(), Error> {
        let files = &self.index.manifest()?.files;
        let there = files
            .iter()
            .filter(|file| !self.report.failed.contains_key(&file.record.document));
        let (documents, passages) = there.fold((0, 0), |(documents, passages), file| {
            (documents + 1, passages + file.passages as u64)
        });
        for (what, expected, found) in [
            ("documents", documents, self.report.documents),
            ("passages", passages, self.report.passages),
        ] {
            if expected != found {
                return Err(self.client.error(|url| RemoteError::Damaged {
                    url,
                    name: self.client.address().name().to_owned(),
                    what: format!("the number of {what} ({found}, not {expected})"),
                    cause: None,
                }));
            }
        }
        Ok(())
    }

    /// Writes the state; `before` is the one that it replaces.
    fn put_state(&self, names: &Names, before: Option<&StoredState>) -> Result<(), Error> {
        let mut state = RemoteState::of(self.index, self.lease.change())?;
        let before_that = before.and_then(|before| before.state.as_ref());
        state.terms = vocabulary::put(self.index, self.client, names, self.lease.change())?;
        // Whoever opened the state before still reads its lists.
        state.old_terms = before_that.map(|state| state.terms.clone()).unwrap_or_default();
        state.documents = self.report.documents;
        state.passages = self.report.passages;
        state.citations = self.report.citations;
        state.list.failed.clone_from(&self.report.failed);
        let body = serde_json::to_value(&state).map_err(|cause| unwritable(self.index, cause))?;
        let client = self.client;
        client.insist(|| {
            let now = read_stored(client, names)?;
            let condition = match &now {
                None => Condition::New,
                Some(now) if now.change == state.change => return Ok(()),
                Some(now) if Some(now.change) == before.map(|before| before.change) => {
                    Condition::Unchanged(now.version)
                }
                Some(_) => {
                    return Err(client.error(|url| RemoteError::Busy {
                        url,
                        name: client.address().name().to_owned(),
                        writer: "another process".to_owned(),
                    }));
                }
            };
            let put = client.put_document(&names.index(Part::State), STATE_ID, &body, condition)?;
            // If it did not hold, the next try sees why.
            put.map(drop)
                .ok_or_else(|| client.unavailable("the state changed meanwhile".to_owned()))
        })?;
        match before_that {
            Some(state) => vocabulary::delete(client, names, &state.old_terms),
            None => Ok(()),
        }
    }
}
