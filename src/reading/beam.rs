//! The beam search: the cheapest path through the choices of one sentence.
//!
//! A state of the beam holds the last words as the n-gram model knows them. Of two states with the same last words only
//! the cheaper one goes on, since whatever follows costs both the same. Costs are negative natural logarithms (nats).

use super::choices::Choice;
use super::lexicon::BOUNDARY;
use super::model::{History, Model};
use super::ngrams::MAX_ORDER;

/// Weight of the n-gram model against the channel. On held-out pages 0.9 to 1.0 make no difference.
const MODEL_WEIGHT: f32 = 1.0;

/// Number of states that go on after each piece.
const BEAM_WIDTH: usize = 20;
/// States that cost more than the best one by this many nats are dropped.
const BEAM_REACH: f32 = 9.0;

/// Words that cost more than the chosen one by this many nats have no visible effect on its confidence.
const NEGLIGIBLE: f32 = 8.0;

/// A state of the beam.
#[derive(Clone, Copy, Debug)]
struct BeamState {
    history: History,
    cost: f32,
    /// Index of the state before it, among those of the piece before.
    from: u16,
    /// Index of the choice that led here.
    choice: u16,
}

/// The cheapest path through a sentence: one choice for each piece.
pub(crate) struct BestPath<'m, 's> {
    model: &'m Model,
    /// The choices of each piece.
    slots: &'s [Vec<Choice>],
    /// Index of the choice in each slot.
    chosen: Vec<usize>,
    /// The words before each piece on the path, and after the last.
    histories: Vec<History>,
}

impl<'m, 's> BestPath<'m, 's> {
    /// Searches `slots`, which holds the choices of each piece of a sentence; none of them is empty.
    pub(crate) fn find(model: &'m Model, slots: &'s [Vec<Choice>]) -> Self {
        let chosen = cheapest(model, slots);
        let mut histories = Vec::with_capacity(slots.len() + 1);
        let mut history = History::start();
        histories.push(history);
        for (slot, &choice) in slots.iter().zip(&chosen) {
            history = model.step(history, slot[choice].candidate.word).1;
            histories.push(history);
        }
        Self {
            model,
            slots,
            chosen,
            histories,
        }
    }

    /// Index of the choice that the path takes for the piece at `at`.
    pub(crate) fn chosen(&self, at: usize) -> usize {
        self.chosen[at]
    }

    /// The cost of each choice at `at` while the other words stay those of the path; infinite for choices that are
    /// [`NEGLIGIBLE`].
    pub(crate) fn costs_at(&self, at: usize) -> Vec<f32> {
        // The n-gram model looks back three words, so the choice changes the costs of the next three only.
        let following: Vec<u16> = (at + 1..self.slots.len())
            .map(|next| self.slots[next][self.chosen[next]].candidate.word)
            .chain([BOUNDARY])
            .take(MAX_ORDER - 1)
            .collect();
        let cost = |choice: &Choice, limit: f32| {
            let (model, mut history) = self.model.step(self.histories[at], choice.candidate.word);
            let mut cost = choice.candidate.cost + MODEL_WEIGHT * model;
            for &word in &following {
                if cost > limit {
                    return f32::INFINITY;
                }
                let (model, next) = self.model.step(history, word);
                cost += MODEL_WEIGHT * model;
                history = next;
            }
            cost
        };
        let limit = cost(&self.slots[at][self.chosen[at]], f32::INFINITY) + NEGLIGIBLE;
        self.slots[at]
            .iter()
            .map(|choice| {
                if choice.candidate.cost > limit {
                    f32::INFINITY
                } else {
                    cost(choice, limit)
                }
            })
            .collect()
    }
}

/// The index of the choice in each slot on the cheapest path.
fn cheapest(model: &Model, slots: &[Vec<Choice>]) -> Vec<usize> {
    let mut columns: Vec<Vec<BeamState>> = Vec::with_capacity(slots.len() + 1);
    columns.push(vec![BeamState {
        history: History::start(),
        cost: 0.0,
        from: 0,
        choice: 0,
    }]);
    for slot in slots {
        let next = extend(model, &columns[columns.len() - 1], slot);
        columns.push(next);
    }
    // The end of the sentence is predicted too: it decides between last words.
    let last = &columns[slots.len()];
    let end = |state: &BeamState| state.cost + MODEL_WEIGHT * model.step(state.history, BOUNDARY).0;
    let mut at = (0..last.len())
        .min_by(|&a, &b| end(&last[a]).total_cmp(&end(&last[b])))
        .unwrap_or(0);
    let mut path = vec![0; slots.len()];
    for index in (0..slots.len()).rev() {
        let state = columns[index + 1][at];
        path[index] = usize::from(state.choice);
        at = usize::from(state.from);
    }
    path
}

/// The states after one more piece, cheapest first.
fn extend(model: &Model, column: &[BeamState], slot: &[Choice]) -> Vec<BeamState> {
    let mut next: Vec<BeamState> = Vec::with_capacity(column.len() * slot.len());
    let mut limit = f32::INFINITY;
    for (from, state) in column.iter().enumerate() {
        for (choice, way) in slot.iter().enumerate() {
            // A step of the n-gram model is the costly part: skip it where the channel alone costs too much.
            let so_far = state.cost + way.candidate.cost;
            if so_far > limit {
                continue;
            }
            let (step, history) = model.step(state.history, way.candidate.word);
            let cost = so_far + MODEL_WEIGHT * step;
            if cost <= limit {
                limit = limit.min(cost + BEAM_REACH);
                next.push(BeamState {
                    history,
                    cost,
                    from: from as u16,
                    choice: choice as u16,
                });
            }
        }
    }
    // The limit has fallen since the first states were added.
    next.retain(|state| state.cost <= limit);
    next.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    let mut kept: Vec<BeamState> = Vec::with_capacity(BEAM_WIDTH);
    for state in next {
        if kept.len() == BEAM_WIDTH {
            break;
        }
        if !kept.iter().any(|other| other.history == state.history) {
            kept.push(state);
        }
    }
    kept
}
