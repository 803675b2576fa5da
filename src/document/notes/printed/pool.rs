//! The calls of a stretch of text, by form and number.

use std::collections::HashMap;

use super::call::{Grade, PrintedCall};
use super::form::{Key, MarkForm};
use super::opening::Opening;

/// The calls of a stretch of text, by form and number.
pub(super) struct CallPool<'c, 't> {
    /// The calls of each mark, in order.
    by_mark: HashMap<(MarkForm, Key<'t>), Vec<&'c PrintedCall<'t>>>,
}

impl<'c, 't> CallPool<'c, 't> {
    /// Sorts `calls`, which are in order, by their marks.
    pub(super) fn of(calls: &'c [PrintedCall<'t>]) -> Self {
        let mut by_mark: HashMap<(MarkForm, Key<'t>), Vec<&PrintedCall<'t>>> = HashMap::new();
        for call in calls {
            by_mark.entry((call.form, call.key)).or_default().push(call);
        }
        Self { by_mark }
    }

    /// Returns the call of the note `opening` among those from byte `from` up to byte `end`: the first of the best
    /// grade, in the form of the note, or else in a form that a file may have made of it.
    pub(super) fn call_of(&self, opening: &Opening<'t>, from: usize, end: usize) -> Option<&'c PrintedCall<'t>> {
        // The text has "<sup>1</sup>" and the foot of the page "[1]".
        let others: &[(MarkForm, Grade)] = match opening.form {
            MarkForm::Number => &[(MarkForm::Number, Grade::Weak)],
            MarkForm::Bracket => &[(MarkForm::Bracket, Grade::Weak), (MarkForm::Number, Grade::Sure)],
            MarkForm::Paren => &[(MarkForm::Paren, Grade::Weak), (MarkForm::Number, Grade::Sure)],
            MarkForm::Reference => &[(MarkForm::Reference, Grade::Weak)],
            MarkForm::Caret => &[(MarkForm::Caret, Grade::Weak)],
            MarkForm::Star => &[(MarkForm::Star, Grade::Weak)],
        };
        others
            .iter()
            .find_map(|&(form, least)| self.first_of(form, opening.key, least, from, end))
    }

    /// Returns the first call with this mark and at least the grade `least` between two bytes: one that is good, or
    /// else a weak one.
    fn first_of(
        &self,
        form: MarkForm,
        key: Key<'t>,
        least: Grade,
        from: usize,
        end: usize,
    ) -> Option<&'c PrintedCall<'t>> {
        let calls = self.by_mark.get(&(form, key))?;
        let first = calls.partition_point(|call| call.call.mark.start < from);
        let last = calls.partition_point(|call| call.call.mark.start < end);
        let within = || calls.get(first..last).unwrap_or_default().iter().copied();
        within()
            .find(|call| call.grade >= least.max(Grade::Good))
            .or_else(|| within().find(|call| call.grade >= least))
    }
}
