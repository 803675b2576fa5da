//! The calls of a stretch of text, by form and number.

use std::collections::HashMap;

use super::call::{Grade, PrintedCall};
use super::form::{Form, Key};
use super::opening::Opening;

/// The calls of a stretch of text, by form and number.
pub(super) struct CallPool<'c, 't> {
    /// The calls of each mark, in order.
    by_mark: HashMap<(Form, Key<'t>), Vec<&'c PrintedCall<'t>>>,
}

impl<'c, 't> CallPool<'c, 't> {
    /// Sorts `calls`, which are in order, by their marks.
    pub(super) fn of(calls: &'c [PrintedCall<'t>]) -> Self {
        let mut by_mark: HashMap<(Form, Key<'t>), Vec<&PrintedCall<'t>>> = HashMap::new();
        for call in calls {
            by_mark.entry((call.form, call.key)).or_default().push(call);
        }
        Self { by_mark }
    }

    /// Returns the call of the note `opening` among those from byte `from` up to byte `end`: the first of the best
    /// grade, in the form of the note, or else in a form that a file may have made of it.
    pub(super) fn call_of(&self, opening: &Opening<'t>, from: usize, end: usize) -> Option<&'c PrintedCall<'t>> {
        // The text has "<sup>1</sup>" and the foot of the page "[1]".
        let others: &[(Form, Grade)] = match opening.form {
            Form::Number => &[(Form::Number, Grade::Weak)],
            Form::Bracket => &[(Form::Bracket, Grade::Weak), (Form::Number, Grade::Sure)],
            Form::Paren => &[(Form::Paren, Grade::Weak), (Form::Number, Grade::Sure)],
            Form::Reference => &[(Form::Reference, Grade::Weak)],
            Form::Caret => &[(Form::Caret, Grade::Weak)],
            Form::Star => &[(Form::Star, Grade::Weak)],
        };
        others
            .iter()
            .find_map(|&(form, least)| self.first_of(form, opening.key, least, from, end))
    }

    /// Returns the first call with this mark and at least the grade `least` between two bytes: one that is good, or
    /// else a weak one.
    fn first_of(&self, form: Form, key: Key<'t>, least: Grade, from: usize, end: usize) -> Option<&'c PrintedCall<'t>> {
        let calls = self.by_mark.get(&(form, key))?;
        let first = calls.partition_point(|call| call.call.mark.start < from);
        let last = calls.partition_point(|call| call.call.mark.start < end);
        let within = || calls.get(first..last).unwrap_or_default().iter().copied();
        within()
            .find(|call| call.grade >= least.max(Grade::Good))
            .or_else(|| within().find(|call| call.grade >= least))
    }
}
