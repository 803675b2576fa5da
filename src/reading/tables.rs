//! The contents of the model file, and its layout in bytes.
//!
//! `vankien-train` writes `model.bin`, and it is compiled into the program. All numbers are little-endian; a list is
//! its length (`u32`) followed by its items. A cost is a negative natural logarithm in one byte: [`quantize`]. The file
//! holds only counts turned into costs, no text.

/// The first bytes of a model file: a name and the version of this layout.
const MAGIC: &[u8; 8] = b"vkread\x00\x02";

/// Steps of a quantized cost in one nat: errors stay below 0.032 nats, a tenth of what decides a reading.
const STEPS: f32 = 16.0;

/// The least cost that a byte can hold; it is negative because back-off weights of a pruned model may exceed 1.
const MIN_COST: f32 = -1.0;

/// Returns the byte that is nearest to a cost in nats, from -1 to 14.9.
pub(crate) fn quantize(cost: f32) -> u8 {
    ((cost - MIN_COST) * STEPS).round().clamp(0.0, 255.0) as u8
}

/// Returns the cost in nats that a byte of [`quantize`] stands for.
pub(crate) fn dequantize(byte: u8) -> f32 {
    f32::from(byte) / STEPS + MIN_COST
}

/// One word of the lexicon: a syllable, an abbreviation or a foreign word.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WordRow {
    /// Lower case, NFC, tone mark placed by [`place_tone`](crate::text::place_tone).
    pub(crate) form: String,
    /// Share of its occurrences inside sentences that begin with a capital, in 255ths.
    pub(crate) capital: u8,
    /// True if it is written in capitals (`HĐND`) in any context.
    pub(crate) acronym: bool,
}

/// One way to read one printed letter or two, as 0 to 3 chars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct UnitRow {
    /// The chars as read: up to three codes of `ChannelTables::alphabet`, 0 for none.
    pub(crate) read: [u8; 3],
    /// Code of the printed letter.
    pub(crate) first: u8,
    /// Code of the second printed letter, or [`NO_LETTER`].
    pub(crate) second: u8,
    /// Quantized cost.
    pub(crate) cost: u8,
}

/// The value of [`UnitRow::second`] in a unit of one letter.
pub(crate) const NO_LETTER: u8 = u8::MAX;

/// A whole token that the parallel text has for a whole word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SeenRow {
    /// The token as read, canonical.
    pub(crate) token: String,
    /// Index of the word.
    pub(crate) word: u16,
    /// Quantized cost of reading the word so.
    pub(crate) cost: u8,
}

/// The n-grams of one order, sorted by their words, so that the continuations of a context follow one another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OrderRows {
    /// Number of continuations of each entry of the order below (of each word for bigrams), in the order of those
    /// entries.
    pub(crate) children: Vec<u16>,
    /// Last word of each n-gram.
    pub(crate) words: Vec<u16>,
    /// Quantized cost of the last word after the others.
    pub(crate) costs: Vec<u8>,
    /// Quantized cost of backing off from this n-gram as a context; empty for the highest order.
    pub(crate) backoffs: Vec<u8>,
}

/// The misreadings of tokens of one sort.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ChannelTables {
    /// Canonical chars as read; the code of each is its position, from 1. Code 0 is any other char.
    pub(crate) alphabet: Vec<char>,
    /// Readings of units, sorted by the chars as read.
    pub(crate) units: Vec<UnitRow>,
    /// Whole tokens seen for words, sorted by token, then word.
    pub(crate) seen: Vec<SeenRow>,
    /// Quantized cost of reading each word as a token that the parallel text does not show for it.
    pub(crate) unseen: Vec<u8>,
}

/// The contents of a model file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tables {
    /// The lexicon; the first four are the classes of [`super::lexicon`].
    pub(crate) words: Vec<WordRow>,
    /// One for each of [`ChannelName::ALL`](super::channel::ChannelName::ALL), in that order.
    pub(crate) channels: Vec<ChannelTables>,
    /// Quantized cost of a word being wrong, by the confidence of an OCR that knows Vietnamese
    /// ([`Sureness`](super::sureness::Sureness)).
    pub(crate) wrong: Vec<u8>,
    /// Quantized cost of each word alone.
    pub(crate) word_costs: Vec<u8>,
    /// Quantized cost of backing off from each word.
    pub(crate) word_backoffs: Vec<u8>,
    /// Bigrams, trigrams and so on up to the highest order.
    pub(crate) orders: Vec<OrderRows>,
}

impl Tables {
    /// Returns the bytes of the file.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        put_count(&mut out, self.words.len());
        for word in &self.words {
            put_text(&mut out, &word.form);
            out.push(word.capital);
            out.push(u8::from(word.acronym));
        }
        put_count(&mut out, self.channels.len());
        self.channels.iter().for_each(|channel| channel.put(&mut out));
        put_bytes(&mut out, &self.wrong);
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

    /// Reads the bytes of a file; returns `None` if they are not a model of this layout.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut input = Input { rest: bytes };
        // Lists are read in the order in which `to_bytes` writes them.
        if input.take(MAGIC.len())? != MAGIC {
            return None;
        }
        let words = input.list(|input| {
            Some(WordRow {
                form: input.text()?.to_owned(),
                capital: input.byte()?,
                acronym: input.byte()? != 0,
            })
        })?;
        let channels = input.list(ChannelTables::take)?;
        let wrong = input.bytes()?.to_vec();
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
            words,
            channels,
            wrong,
            word_costs,
            word_backoffs,
            orders,
        })
    }
}

impl ChannelTables {
    /// Appends the tables to the bytes of a file.
    fn put(&self, out: &mut Vec<u8>) {
        let alphabet: String = self.alphabet.iter().collect();
        put_count(out, alphabet.len());
        out.extend_from_slice(alphabet.as_bytes());
        put_count(out, self.units.len());
        for unit in &self.units {
            out.extend(unit.read);
            out.extend([unit.first, unit.second, unit.cost]);
        }
        put_count(out, self.seen.len());
        for seen in &self.seen {
            put_text(out, &seen.token);
            out.extend(seen.word.to_le_bytes());
            out.push(seen.cost);
        }
        put_bytes(out, &self.unseen);
    }

    /// Reads the tables from a file.
    fn take(input: &mut Input<'_>) -> Option<Self> {
        // In the order in which `put` writes them.
        let alphabet = std::str::from_utf8(input.bytes()?).ok()?.chars().collect();
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
        let unseen = input.bytes()?.to_vec();
        Some(Self {
            alphabet,
            units,
            seen,
            unseen,
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

/// The bytes that are still to be read.
struct Input<'b> {
    rest: &'b [u8],
}

impl<'b> Input<'b> {
    /// Takes the next `count` bytes; `None` if there are fewer.
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (head, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(head)
    }

    /// Reads one byte.
    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    /// Reads one 16-bit number.
    fn word(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    /// Reads one length.
    fn count(&mut self) -> Option<usize> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?) as usize)
    }

    /// Reads a text of less than 256 bytes.
    fn text(&mut self) -> Option<&'b str> {
        let len = self.byte()?;
        std::str::from_utf8(self.take(len as usize)?).ok()
    }

    /// Reads a list of bytes.
    fn bytes(&mut self) -> Option<&'b [u8]> {
        let count = self.count()?;
        self.take(count)
    }

    /// Reads a list of 16-bit numbers.
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

    /// Reads a list of items, each with `read`.
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

    /// A small file with an item of each kind.
    fn sample() -> Tables {
        Tables {
            words: vec![WordRow {
                form: "đảng".to_owned(),
                capital: 200,
                acronym: false,
            }],
            channels: vec![ChannelTables {
                alphabet: vec!['a', 'é', '¢'],
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
                unseen: vec![7],
            }],
            wrong: vec![30],
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
