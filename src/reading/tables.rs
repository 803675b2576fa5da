//! What the model file holds, and its bytes.
//!
//! `model.bin` is written by `vankien-train` and compiled into the program. All numbers are little-endian;
//! a list is its length (`u32`) and its items. Costs are natural logarithms with the sign turned, one byte
//! each: [`quantize`]. Only counts went into it, no text.

/// The first bytes of a model file: a name and the version of this layout.
const MAGIC: &[u8; 8] = b"vkread\x00\x01";

/// Steps of a quantized cost to one nat: errors stay below 0.032 nats, a tenth of what decides a reading.
const STEPS: f32 = 16.0;

/// The least cost that a byte can hold: back-off weights of a pruned model may exceed 1.
const MIN_COST: f32 = -1.0;

/// A cost in nats as one byte, the nearest that fits: -1 to 14.9 nats.
pub(crate) fn quantize(cost: f32) -> u8 {
    ((cost - MIN_COST) * STEPS).round().clamp(0.0, 255.0) as u8
}

/// The cost in nats behind a byte of [`quantize`].
pub(crate) fn dequantize(byte: u8) -> f32 {
    f32::from(byte) / STEPS + MIN_COST
}

/// One word of the inventory: a syllable, an abbreviation, a foreign word.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WordRow {
    /// Lower case, NFC, tone mark placed as [`super::letters::placed`] has it.
    pub(crate) form: String,
    /// Quantized cost of its being read as a token that the parallel text never showed for it.
    pub(crate) unseen: u8,
    /// Share of its occurrences inside sentences that begin with a capital, in 255ths.
    pub(crate) capital: u8,
    /// Is it written in capitals (`HĐND`) whatever stands around it?
    pub(crate) acronym: bool,
}

/// How one letter, or two, are read as 0 to 3 chars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct UnitRow {
    /// What was read: up to three codes of `Tables::alphabet`, the first in the highest byte, 0 for none.
    pub(crate) read: [u8; 3],
    /// Code of the printed letter.
    pub(crate) first: u8,
    /// Code of the second printed letter, or [`NO_LETTER`].
    pub(crate) second: u8,
    /// Quantized cost.
    pub(crate) cost: u8,
}

/// In [`UnitRow::second`]: the unit is one letter.
pub(crate) const NO_LETTER: u8 = u8::MAX;

/// A whole token that was seen for a whole word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SeenRow {
    /// The token as read, canonical.
    pub(crate) token: String,
    /// Index of the word.
    pub(crate) word: u16,
    /// Quantized cost of reading the word so.
    pub(crate) cost: u8,
}

/// The n-grams of one order, sorted by their words; a context's continuations stand together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OrderRows {
    /// Number of continuations of each entry of the order below (of each word for bigrams), in its order.
    pub(crate) children: Vec<u16>,
    /// Last word of each n-gram.
    pub(crate) words: Vec<u16>,
    /// Quantized cost of the last word behind the others.
    pub(crate) costs: Vec<u8>,
    /// Quantized cost of backing off from this n-gram as a context; empty for the highest order.
    pub(crate) backoffs: Vec<u8>,
}

/// All that a model file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tables {
    /// Canonical chars that were read, by code from 1; code 0 is any other char.
    pub(crate) alphabet: Vec<char>,
    /// The inventory; the first four are the classes of `super::words`.
    pub(crate) words: Vec<WordRow>,
    /// Sorted by what was read.
    pub(crate) units: Vec<UnitRow>,
    /// Sorted by token, then word.
    pub(crate) seen: Vec<SeenRow>,
    /// Quantized cost of each word alone.
    pub(crate) word_costs: Vec<u8>,
    /// Quantized cost of backing off from each word.
    pub(crate) word_backoffs: Vec<u8>,
    /// Bigrams, trigrams, ... up to the highest order.
    pub(crate) orders: Vec<OrderRows>,
}

impl Tables {
    /// The bytes of the file.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        let alphabet: String = self.alphabet.iter().collect();
        put_text(&mut out, &alphabet);
        put_count(&mut out, self.words.len());
        for word in &self.words {
            put_text(&mut out, &word.form);
            out.push(word.unseen);
            out.push(word.capital);
            out.push(u8::from(word.acronym));
        }
        put_count(&mut out, self.units.len());
        for unit in &self.units {
            out.extend(unit.read);
            out.extend([unit.first, unit.second, unit.cost]);
        }
        put_count(&mut out, self.seen.len());
        for seen in &self.seen {
            put_text(&mut out, &seen.token);
            out.extend(seen.word.to_le_bytes());
            out.push(seen.cost);
        }
        put_bytes(&mut out, &self.word_costs);
        put_bytes(&mut out, &self.word_backoffs);
        put_count(&mut out, self.orders.len());
        for order in &self.orders {
            put_words(&mut out, &order.children);
            put_words(&mut out, &order.words);
            put_bytes(&mut out, &order.costs);
            put_bytes(&mut out, &order.backoffs);
        }
        out
    }

    /// Reads the bytes of a file; `None` if they are no model of this layout.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut input = Input { rest: bytes };
        if input.take(MAGIC.len())? != MAGIC {
            return None;
        }
        let alphabet = input.text()?.chars().collect();
        let words = input.list(|input| {
            Some(WordRow {
                form: input.text()?.to_owned(),
                unseen: input.byte()?,
                capital: input.byte()?,
                acronym: input.byte()? != 0,
            })
        })?;
        let units = input.list(|input| {
            let &[a, b, c, first, second, cost] = input.take(6)? else {
                return None;
            };
            Some(UnitRow {
                read: [a, b, c],
                first,
                second,
                cost,
            })
        })?;
        let seen = input.list(|input| {
            Some(SeenRow {
                token: input.text()?.to_owned(),
                word: input.word()?,
                cost: input.byte()?,
            })
        })?;
        let word_costs = input.bytes()?.to_vec();
        let word_backoffs = input.bytes()?.to_vec();
        let orders = input.list(|input| {
            Some(OrderRows {
                children: input.words()?,
                words: input.words()?,
                costs: input.bytes()?.to_vec(),
                backoffs: input.bytes()?.to_vec(),
            })
        })?;
        Some(Self {
            alphabet,
            words,
            units,
            seen,
            word_costs,
            word_backoffs,
            orders,
        })
    }
}

/// Appends a length.
fn put_count(out: &mut Vec<u8>, count: usize) {
    out.extend((count as u32).to_le_bytes());
}

/// Appends a list of bytes.
fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_count(out, bytes.len());
    out.extend_from_slice(bytes);
}

/// Appends a text of less than 256 bytes.
fn put_text(out: &mut Vec<u8>, text: &str) {
    out.push(text.len() as u8);
    out.extend_from_slice(text.as_bytes());
}

/// Appends a list of 16-bit numbers.
fn put_words(out: &mut Vec<u8>, words: &[u16]) {
    put_count(out, words.len());
    for word in words {
        out.extend(word.to_le_bytes());
    }
}

/// The bytes not yet read.
struct Input<'b> {
    rest: &'b [u8],
}

impl<'b> Input<'b> {
    /// The next `count` bytes; `None` where there are fewer.
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (head, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(head)
    }

    /// One byte.
    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    /// One 16-bit number.
    fn word(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    /// One length.
    fn count(&mut self) -> Option<usize> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?) as usize)
    }

    /// A text of less than 256 bytes.
    fn text(&mut self) -> Option<&'b str> {
        let len = self.byte()?;
        std::str::from_utf8(self.take(len as usize)?).ok()
    }

    /// A list of bytes.
    fn bytes(&mut self) -> Option<&'b [u8]> {
        let count = self.count()?;
        self.take(count)
    }

    /// A list of 16-bit numbers.
    fn words(&mut self) -> Option<Vec<u16>> {
        let count = self.count()?;
        let bytes = self.take(count.checked_mul(2)?)?;
        Some(
            bytes
                .chunks_exact(2)
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
                .collect(),
        )
    }

    /// A list of items that `read` reads one by one.
    fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count()?;
        let mut items = Vec::with_capacity(count.min(self.rest.len()));
        for _ in 0..count {
            items.push(read(self)?);
        }
        Some(items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small file with something of everything.
    fn sample() -> Tables {
        Tables {
            alphabet: vec!['a', 'é', '¢'],
            words: vec![WordRow {
                form: "đảng".to_owned(),
                unseen: 7,
                capital: 200,
                acronym: false,
            }],
            units: vec![UnitRow {
                read: [1, 0, 0],
                first: 3,
                second: NO_LETTER,
                cost: 9,
            }],
            seen: vec![SeenRow {
                token: "pang".to_owned(),
                word: 0,
                cost: 20,
            }],
            word_costs: vec![1],
            word_backoffs: vec![2],
            orders: vec![OrderRows {
                children: vec![1],
                words: vec![0],
                costs: vec![3],
                backoffs: vec![],
            }],
        }
    }

    #[test]
    fn bytes_give_the_tables_back() {
        assert_eq!(Tables::from_bytes(&sample().to_bytes()), Some(sample()));
    }

    #[test]
    fn torn_files_are_refused() {
        let bytes = sample().to_bytes();
        for len in 0..bytes.len() {
            assert_eq!(
                Tables::from_bytes(&bytes[..len]),
                None,
                "{len} of {} bytes",
                bytes.len()
            );
        }
    }

    #[test]
    fn costs_survive_a_byte() {
        for cost in [-0.5_f32, 0.0, 0.7, 3.21, 14.0] {
            assert!((dequantize(quantize(cost)) - cost).abs() <= 0.5 / STEPS);
        }
        assert_eq!(quantize(99.0), 255);
    }
}
