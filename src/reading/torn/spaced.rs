//! Finds words whose letters are set apart, as in titles: `K Ế  H O Ạ C H`, `Đ I Ề U  1`.

use super::shards::{Gap, Shard};
use super::whole::{self, Whole};
use crate::reading::model::Model;

/// The fewest letters that are set apart.
const MIN_SPACED: usize = 3;

/// Returns the words of a line whose letters are set apart, in order.
///
/// Such words are runs of lone letters in which the lexicon has each word. Nothing but several blanks, punctuation or a
/// number stands beside a run, and only one blank inside a word.
pub(super) fn words(model: &Model, shards: &[Shard<'_>]) -> Vec<Whole> {
    let mut words = Vec::new();
    let mut first = 0;
    for run in shards.chunk_by(|one, next| one.is_lone() && next.is_lone() && is_inner(one.gap)) {
        let end = first + run.len();
        let before = first.checked_sub(1).map(|before| &shards[before]);
        let begins = before.is_none_or(|before| before.gap != Gap::Blank || !before.spelt);
        let ends =
            run.last().is_none_or(|last| last.gap != Gap::Blank) || shards.get(end).is_none_or(|next| !next.spelt);
        if run.len() >= MIN_SPACED && begins && ends && run.iter().any(Shard::begins_marked) {
            words.extend(words_of(model, run).into_iter().map(|word| Whole {
                first: first + word.first,
                ..word
            }));
        }
        first = end;
    }
    words
}

/// Returns true for the gaps inside a run.
fn is_inner(gap: Gap) -> bool {
    matches!(gap, Gap::Blank | Gap::Wide)
}

/// Returns the words of a run; none unless the lexicon has all of them.
fn words_of(model: &Model, run: &[Shard<'_>]) -> Vec<Whole> {
    let joints: Vec<bool> = run.iter().map(|shard| shard.gap == Gap::Blank).collect();
    let mut words = whole::words(model, run, &joints);
    // `P H Ầ N  I`: a number after the words.
    let is_numeral = |word: &Whole| word.count == 1 && matches!(&*run[word.first].text, "I" | "V" | "X");
    let last = words.iter().rposition(|word| !is_numeral(word));
    words.truncate(last.map_or(0, |last| last + 1));
    let all_known = words.iter().all(|word| word.known && word.count > 1);
    if all_known { words } else { Vec::new() }
}
