//! Choices of values that are close to one another: the positions of the words of a phrase with slop.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Calls `take` with each choice of one value from every one of the sorted `lists` whose greatest and least differ by at
/// most `slop`: for each value that is the least of a choice, the least choice of the others. Stops when `take` returns
/// false. Returns true if there is any such choice.
pub(super) fn for_each_close(lists: &[Vec<u32>], slop: u32, mut take: impl FnMut(&[usize]) -> bool) -> bool {
    let mut chosen = vec![0; lists.len()];
    let mut heap = BinaryHeap::with_capacity(lists.len());
    let mut greatest = 0;
    for (index, list) in lists.iter().enumerate() {
        let Some(&first) = list.first() else {
            return false;
        };
        greatest = greatest.max(first);
        heap.push(Reverse((first, index)));
    }
    let mut found = false;
    while let Some(Reverse((least, index))) = heap.pop() {
        if greatest - least <= slop {
            found = true;
            if !take(&chosen) {
                break;
            }
        }
        // Only a greater value in place of the least can bring them closer.
        chosen[index] += 1;
        let Some(&next) = lists[index].get(chosen[index]) else {
            break;
        };
        greatest = greatest.max(next);
        heap.push(Reverse((next, index)));
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn close_values_are_found_where_trying_all_choices_finds_them(
            lists in prop::collection::vec(prop::collection::btree_set(0..30_u32, 0..5), 1..4),
            slop in 0..8_u32,
        ) {
            let lists: Vec<Vec<u32>> = lists.into_iter().map(|list| list.into_iter().collect()).collect();
            let mut choices: Vec<Vec<u32>> = vec![Vec::new()];
            for list in &lists {
                choices = choices
                    .iter()
                    .flat_map(|choice| list.iter().map(|&value| [choice.clone(), vec![value]].concat()))
                    .collect();
            }
            let close = |choice: &Vec<u32>| choice.iter().max().unwrap() - choice.iter().min().unwrap() <= slop;
            let mut all_close = true;
            let found = for_each_close(&lists, slop, |chosen| {
                let choice: Vec<u32> = lists.iter().zip(chosen).map(|(list, &at)| list[at]).collect();
                all_close &= close(&choice);
                true
            });
            prop_assert!(all_close);
            prop_assert_eq!(found, choices.iter().any(close));
        }
    }
}
