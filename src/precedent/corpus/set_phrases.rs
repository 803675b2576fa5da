//! The set phrases of a corpus, found from the corpus itself.
//!
//! Reports to congresses are full of wording that belongs to nobody: all of them have "nâng cao năng lực lãnh đạo và
//! sức chiến đấu". Shared wording of that sort is no precedent, but a paragraph that one report copied from another is.
//! The two differ in their surroundings: a set phrase occurs in ever different ones, while words inside a copied
//! paragraph have the same neighbors in each copy.
//!
//! A *set phrase* is a run of [`MIN_SYLLABLES`] to [`MAX_SYLLABLES`] syllables within a line
//! - that occurs in enough documents ([`min_documents`]),
//! - that cannot be made longer on either side without losing occurrences,
//! - whose first and last syllable belong to it ([`is_bound`]): so "lãnh đạo và sức chiến đấu **của**" gives way
//!   to the phrase without "của", and no list of such words is needed,
//! - whose surroundings differ ([`surroundings_differ`]),
//! - and that is more than a part of a longer set phrase ([`stands_alone`]).
//!
//! Repeated runs are found by a depth-first walk of the tree of all runs, one syllable a level, over one array of
//! positions that each level sorts further. A run that is too rare ends its branch, and no branch is deeper than
//! [`MAX_SYLLABLES`], so that a corpus of a thousand copies costs no more than that bound. This is pure computing:
//! numbers go in, phrases and their occurrences come out.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Number of anything that is not a syllable (a figure, an unreadable word). It matches nothing, not even itself.
pub(super) const BREAK: u32 = u32::MAX;

/// Syllables of the shortest set phrase: two words of two syllables each. Shorter runs are vocabulary.
pub(super) const MIN_SYLLABLES: usize = 4;

/// Syllables of the longest set phrase. A longer run that repeats is a sentence or was copied.
pub(super) const MAX_SYLLABLES: usize = 24;

/// Minimum number of documents of a set phrase: two may have one author, or be copies.
const MIN_DOCUMENTS: usize = 3;

/// A passage as numbers of its folded syllables.
#[derive(Clone, Copy, Debug)]
pub(super) struct PhraseLine<'w> {
    /// Number of its document, from 0.
    pub(super) document: u32,
    /// Its syllables in order, with equal numbers for equal folded forms; [`BREAK`] for one that takes no part.
    pub(super) words: &'w [u32],
}

/// A set phrase as numbers, with its occurrences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoundPhrase {
    /// Its syllables.
    pub(super) words: Vec<u32>,
    /// Its occurrences by line and first word. They may overlap if it repeats itself.
    pub(super) places: Vec<Occurrence>,
    /// Number of documents that have it.
    pub(super) documents: usize,
}

/// The beginning of a phrase in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Occurrence {
    /// Index of the line.
    pub(super) line: u32,
    /// Index of the first word in the line.
    pub(super) at: u32,
}

/// Finds the set phrases of a corpus of this number of `documents`: those in most documents first, then by number of
/// occurrences and by length (all descending), then by words.
///
/// Near linear in the words: each takes part in at most [`MAX_SYLLABLES`] sorts of ever smaller groups. Takes some
/// 25 bytes a word, and four for each occurrence of a run that may be a phrase.
pub(super) fn set_phrases(lines: &[PhraseLine<'_>], documents: usize) -> Vec<FoundPhrase> {
    let text = JoinedLines::of(lines);
    let mut order = text.positions();
    let mut finder = RunFinder {
        text: &text,
        min_documents: min_documents(documents),
        counter: DocumentCounter::new(lines),
        runs: Vec::new(),
    };
    finder.descend(&mut order, 0, 0);
    let mut runs = finder.runs;
    // The walk extends runs to the right, so only now can a run be compared with the one without its first syllable.
    runs.retain(|run| is_bound(run.places.len(), text.count(&order, &text.words(run)[1..])));
    let mut phrases: Vec<FoundPhrase> = standing_alone(&text, runs)
        .into_iter()
        .map(|run| FoundPhrase {
            words: text.words(&run).to_vec(),
            places: run.places.iter().map(|&position| text.place(position)).collect(),
            documents: run.documents,
        })
        .collect();
    phrases.sort_by(|a, b| {
        let key = |phrase: &FoundPhrase| Reverse((phrase.documents, phrase.places.len(), phrase.words.len()));
        key(a).cmp(&key(b)).then_with(|| a.words.cmp(&b.words))
    });
    phrases
}

/// Returns the least number of documents that must have a set phrase: 2 % of all `documents`, and [`MIN_DOCUMENTS`] at
/// least.
fn min_documents(documents: usize) -> usize {
    documents.div_ceil(50).max(MIN_DOCUMENTS)
}

/// Returns true if the syllable at an end belongs to a phrase: of the occurrences `without` it, at least four in five
/// have it.
///
/// The second half of a word nearly always belongs ("chiến đấu"); "của", "và", "các" before or after a phrase, or half
/// of a word that varies, do not.
fn is_bound(places: usize, without: usize) -> bool {
    places * 5 >= without * 4
}

/// Returns true if a phrase is more than a part of a longer one: its number of `places` is at least one and a half
/// times that of the longer one. With fewer, the occurrences outside the longer one are mostly slips and misread copies
/// of it.
fn stands_alone(places: usize, longer: usize) -> bool {
    places * 2 >= longer * 3
}

/// Returns true if the surroundings of a phrase show that it is used freely. `repeats` gives for each different pair of
/// a left and a right neighbor how many of the `places` have it; `bringing` is the number of documents that brought a
/// new pair.
///
/// Two occurrences picked at random may have the same pair in at most one pick of four: three copies of a passage and
/// two free uses fail, three and three pass. The share of different pairs would not do: the more often a phrase occurs,
/// the fewer of its neighbors are new, so that just the most frequent ones ("theo quy định của pháp luật") would be
/// lost. That not all pairs come from one document keeps out favorite words of a single text that its copies repeat.
fn surroundings_differ(places: usize, repeats: impl Iterator<Item = usize>, bringing: usize) -> bool {
    let same: usize = repeats.map(|places| places * (places - 1)).sum();
    same * 4 <= places * (places - 1) && bringing > 1
}

/// All lines one after the other, with a [`BREAK`] before each and after the last.
struct JoinedLines {
    words: Vec<u32>,
    /// For each word the document of its line.
    documents: Vec<u32>,
    /// The position at which each line begins.
    starts: Vec<usize>,
}

/// A run of syllables that repeats.
struct RepeatedRun {
    /// Positions in the text, ascending; at least one.
    places: Vec<u32>,
    /// In syllables.
    length: usize,
    /// Number of documents that have it.
    documents: usize,
}

impl JoinedLines {
    /// Joins `lines`.
    fn of(lines: &[PhraseLine<'_>]) -> Self {
        let size = lines.iter().map(|line| line.words.len() + 1).sum::<usize>() + 1;
        let mut text = Self {
            words: Vec::with_capacity(size),
            documents: Vec::with_capacity(size),
            starts: Vec::with_capacity(lines.len()),
        };
        for line in lines {
            text.words.push(BREAK);
            text.starts.push(text.words.len());
            text.words.extend_from_slice(line.words);
            text.documents.resize(text.words.len(), line.document);
        }
        text.words.push(BREAK);
        text
    }

    /// Returns the positions of all syllables, ascending, as entries of a [`RunFinder`].
    fn positions(&self) -> Vec<u64> {
        let positions = (0..u32::MAX).zip(&self.words);
        let count = self.words.iter().filter(|&&word| word != BREAK).count();
        let mut order = Vec::with_capacity(count);
        order.extend(
            positions
                .filter(|&(_, &word)| word != BREAK)
                .map(|(at, _)| u64::from(at)),
        );
        order
    }

    /// Returns the syllables of a run.
    fn words(&self, run: &RepeatedRun) -> &[u32] {
        let start = run.places.first().map_or(0, |&position| position as usize);
        &self.words[start..start + run.length]
    }

    /// Returns the number of occurrences of `words`, if it is at least as great as the walk that sorted `order` asked
    /// for.
    fn count(&self, order: &[u64], words: &[u32]) -> usize {
        let run_at = |entry: u64| {
            let start = position(entry);
            &self.words[start..self.words.len().min(start + words.len())]
        };
        let first = order.partition_point(|&entry| run_at(entry) < words);
        order[first..].partition_point(|&entry| run_at(entry) == words)
    }

    /// Returns the line and word of a position.
    fn place(&self, position: u32) -> Occurrence {
        let at = position as usize;
        let line = self.starts.partition_point(|&start| start <= at).saturating_sub(1);
        Occurrence {
            line: line as u32,
            at: (at - self.starts[line]) as u32,
        }
    }
}

/// Returns the position of an entry: its lower half. The upper half is the word by which it was sorted last.
fn position(entry: u64) -> usize {
    (entry & u64::from(u32::MAX)) as usize
}

/// Returns the word of an entry: its upper half.
fn word(entry: u64) -> u32 {
    (entry >> 32) as u32
}

/// A depth-first walk of the tree of all runs that are frequent enough.
struct RunFinder<'t> {
    text: &'t JoinedLines,
    /// Minimum number of documents of a set phrase.
    min_documents: usize,
    counter: DocumentCounter,
    /// The runs that may be set phrases, judged by themselves and their right end.
    runs: Vec<RepeatedRun>,
}

impl RunFinder<'_> {
    /// Examines the run of `length` syllables that begins at all positions of `group` (ascending) and at no other, then
    /// all runs that begin with it. Without its last syllable it has `parent` occurrences.
    ///
    /// Leaves `group` sorted by the syllables that follow, as deep as the runs are frequent.
    fn descend(&mut self, group: &mut [u64], length: usize, parent: usize) {
        // Counting documents is slower, and no run has more documents than occurrences.
        if group.len() < self.min_documents {
            return;
        }
        let text = self.text;
        let documents = self
            .counter
            .count(group.iter().map(|&entry| text.documents[position(entry)]));
        if documents < self.min_documents {
            return;
        }
        // A run holds no BREAK, and the text ends in one: there always is a next word.
        for entry in &mut *group {
            let at = position(*entry);
            *entry = u64::from(text.words[at + length]) << 32 | at as u64;
        }
        if length >= MIN_SYLLABLES && is_bound(group.len(), parent) && self.is_free(group) {
            self.runs.push(RepeatedRun {
                places: group.iter().map(|&entry| position(entry) as u32).collect(),
                length,
                documents,
            });
        }
        if length == MAX_SYLLABLES {
            return;
        }
        let next = word(group[0]);
        if group.iter().any(|&entry| word(entry) != next) {
            // Stable, so that positions stay in ascending order; fast where few words differ, as in copies.
            group.sort_by_key(|&entry| word(entry));
        }
        let width = group.len();
        for child in group.chunk_by_mut(|&a, &b| word(a) == word(b)) {
            if word(child[0]) != BREAK {
                self.descend(child, length + 1, width);
            }
        }
    }

    /// Returns true if the run at `group`, whose entries hold the next words, cannot be longer without losing
    /// occurrences and its surroundings differ. For its length no two [`BREAK`]s (the ends of a line among them) are
    /// the same neighbor; for its surroundings all are, because a paragraph copied as a whole has no other neighbors.
    fn is_free(&mut self, group: &[u64]) -> bool {
        let text = self.text;
        let left = |entry: u64| text.words[position(entry) - 1];
        let always = |first: u32, neighbor: &dyn Fn(u64) -> u32| {
            first != BREAK && group.iter().all(|&entry| neighbor(entry) == first)
        };
        if always(left(group[0]), &left) || always(word(group[0]), &word) {
            return false;
        }
        let mut met: Vec<((u32, u32), u64)> = group.iter().map(|&entry| ((left(entry), word(entry)), entry)).collect();
        met.sort_by_key(|&(pair, _)| pair);
        let pairs = || met.chunk_by(|a, b| a.0 == b.0);
        let first_met = pairs().map(|places| text.documents[position(places[0].1)]);
        let bringing = self.counter.count(first_met);
        surroundings_differ(group.len(), pairs().map(<[_]>::len), bringing)
    }
}

/// Counts different documents without clearing anything between two counts.
struct DocumentCounter {
    /// For each document the number of the last count that met it.
    met: Vec<u64>,
    counts: u64,
}

impl DocumentCounter {
    /// A counter for the documents of `lines`.
    fn new(lines: &[PhraseLine<'_>]) -> Self {
        let documents = lines.iter().map(|line| line.document as usize + 1).max().unwrap_or(0);
        Self {
            met: vec![0; documents],
            counts: 0,
        }
    }

    /// Returns the number of different `documents`.
    fn count(&mut self, documents: impl Iterator<Item = u32>) -> usize {
        self.counts += 1;
        let mut different = 0;
        for document in documents {
            let met = &mut self.met[document as usize];
            different += usize::from(*met != self.counts);
            *met = self.counts;
        }
        different
    }
}

/// Returns those of `runs` that are more than a part of a longer one that is itself more than a part.
fn standing_alone(text: &JoinedLines, mut runs: Vec<RepeatedRun>) -> Vec<RepeatedRun> {
    runs.sort_by_key(|run| Reverse(run.length));
    let numbers: HashMap<&[u32], usize> = runs.iter().enumerate().map(|(n, run)| (text.words(run), n)).collect();
    let mut parts = HashSet::new();
    for (number, run) in runs.iter().enumerate() {
        if parts.contains(&number) {
            continue;
        }
        let words = text.words(run);
        for range in proper_parts(words.len()) {
            if let Some(&part) = numbers.get(&words[range])
                && !stands_alone(runs[part].places.len(), run.places.len())
            {
                parts.insert(part);
            }
        }
    }
    let alone = runs
        .into_iter()
        .enumerate()
        .filter(|(number, _)| !parts.contains(number));
    alone.map(|(_, run)| run).collect()
}

/// Returns the ranges of at least [`MIN_SYLLABLES`] within `0..length`, without the whole.
fn proper_parts(length: usize) -> impl Iterator<Item = Range<usize>> {
    (MIN_SYLLABLES..length).flat_map(move |part| (0..=length - part).map(move |start| start..start + part))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::reading::Reading;
    use crate::text::{Form, Span, TokenKind, Tokens};

    /// Documents of lines, as numbers of words, and the words.
    #[derive(Default)]
    struct Sample {
        names: Vec<String>,
        lines: Vec<(u32, Vec<u32>)>,
    }

    impl Sample {
        /// Each text is a document, each of its lines a passage.
        fn of<T: AsRef<str>>(documents: impl IntoIterator<Item = T>) -> Self {
            let mut sample = Self::default();
            for (document, text) in (0..).zip(documents) {
                for line in text.as_ref().lines() {
                    let words = sample.words(line);
                    sample.lines.push((document, words));
                }
            }
            sample
        }

        fn words(&mut self, line: &str) -> Vec<u32> {
            let mut words = Vec::new();
            let mut tokens = Tokens::new(line);
            while let Some(token) = tokens.advance() {
                let number = match token.kind {
                    TokenKind::Word => self.number(tokens.folded()),
                    TokenKind::Number => BREAK,
                    TokenKind::Symbol | TokenKind::Date => continue,
                };
                words.push(number);
            }
            words
        }

        fn number(&mut self, name: &str) -> u32 {
            let known = self.names.iter().position(|known| known == name);
            known.unwrap_or_else(|| {
                self.names.push(name.to_owned());
                self.names.len() - 1
            }) as u32
        }

        fn phrases(&self) -> Vec<FoundPhrase> {
            set_phrases(&lines_of(&self.lines), self.documents())
        }

        fn documents(&self) -> usize {
            self.lines.last().map_or(0, |(document, _)| *document as usize + 1)
        }

        fn spell(&self, words: &[u32]) -> String {
            let names: Vec<&str> = words.iter().map(|&word| self.names[word as usize].as_str()).collect();
            names.join(" ")
        }

        /// The phrases in words.
        fn found(&self) -> Vec<String> {
            self.phrases().iter().map(|phrase| self.spell(&phrase.words)).collect()
        }
    }

    fn lines_of(lines: &[(u32, Vec<u32>)]) -> Vec<PhraseLine<'_>> {
        lines
            .iter()
            .map(|(document, words)| PhraseLine {
                document: *document,
                words,
            })
            .collect()
    }

    #[test]
    fn a_phrase_used_freely_is_found_with_its_places() {
        let sample = Sample::of([
            "Tập trung nâng cao năng lực lãnh đạo và sức chiến đấu của tổ chức đảng",
            "Nghị quyết 21: nâng cao năng lực lãnh đạo và sức chiến đấu trong 5 năm",
            "Đầu đề\nnhằm NÂNG CAO NĂNG LỰC LÃNH ĐẠO VÀ SỨC CHIẾN ĐẤU, xứng đáng với niềm tin",
        ]);
        let [phrase] = &sample.phrases()[..] else {
            panic!("{:?}", sample.found());
        };
        assert_eq!(
            sample.spell(&phrase.words),
            "nang cao nang luc lanh dao va suc chien dau"
        );
        assert_eq!(phrase.documents, 3);
        let places: Vec<_> = phrase.places.iter().map(|place| (place.line, place.at)).collect();
        assert_eq!(places, [(0, 2), (1, 3), (3, 1)]);
    }

    #[test]
    fn two_documents_make_no_phrase() {
        let line = |word: &str| format!("{word} nâng cao chất lượng {word}");
        let twice = Sample::of([line("một") + "\n" + &line("hai"), line("ba") + "\n" + &line("bốn")]);
        assert_eq!(twice.found(), Vec::<String>::new());
        assert_eq!(
            Sample::of(["một", "hai", "ba"].map(line)).found(),
            ["nang cao chat luong"]
        );
    }

    #[test]
    fn of_many_documents_two_in_a_hundred_are_asked_for() {
        let line = |number: usize| match number {
            0..4 => format!("{} nâng cao chất lượng", ["a", "b", "c", "d"][number]),
            _ => String::from("khác"),
        };
        assert_eq!(Sample::of((0..200).map(line)).found(), ["nang cao chat luong"]);
        assert_eq!(Sample::of((0..201).map(line)).found(), Vec::<String>::new());
    }

    #[test]
    fn a_copied_paragraph_gives_none() {
        let copied = "Một số cấp ủy chưa quan tâm đúng mức công tác kiểm tra, giám sát; việc học tập nghị quyết còn \
                      hình thức, chưa gắn với nhiệm vụ chính trị của cơ quan, đơn vị";
        let documents = |own: [&str; 5]| Sample::of(own.map(|own| format!("{own}\n{copied}")));
        assert_eq!(documents(["a", "b", "c", "d", "e"]).found(), Vec::<String>::new());
        // Inside longer lines as well.
        let within = ["a", "b", "c", "d", "e"].map(|own| format!("{own} {copied} {own}"));
        assert_eq!(Sample::of(within).found(), Vec::<String>::new());
        // Other uses of some of its words make just those a phrase.
        let used = documents([
            "làm tốt công tác kiểm tra, giám sát nội bộ",
            "công tác kiểm tra, giám sát là",
            "về công tác kiểm tra, giám sát",
            "với công tác kiểm tra, giám sát thường xuyên",
            "trong công tác kiểm tra, giám sát và",
        ]);
        assert_eq!(used.found(), ["cong tac kiem tra giam sat"]);
    }

    #[test]
    fn free_uses_must_weigh_up_the_copies() {
        let copies = ["a nâng cao chất lượng b"; 3];
        let free = [
            "c nâng cao chất lượng d",
            "e nâng cao chất lượng g",
            "h nâng cao chất lượng i",
        ];
        let found = |uses: usize| Sample::of(copies.iter().chain(&free[..uses])).found();
        assert_eq!(found(2), Vec::<String>::new());
        assert_eq!(found(3), ["nang cao chat luong"]);
    }

    #[test]
    fn what_all_copies_of_one_text_repeat_is_none() {
        let text = "a tổ chức cơ sở đảng b\nc tổ chức cơ sở đảng d\ne tổ chức cơ sở đảng g\n\
                    h tổ chức cơ sở đảng i\nk tổ chức cơ sở đảng l\nm tổ chức cơ sở đảng n";
        assert_eq!(Sample::of([text; 9]).found(), Vec::<String>::new());
    }

    #[test]
    fn a_loose_syllable_at_an_end_is_no_part_of_it() {
        // "của" follows three times out of five, "và" comes before three times.
        let sample = Sample::of([
            "a và nâng cao chất lượng của b",
            "c và nâng cao chất lượng của d",
            "e nâng cao chất lượng của g",
            "h và nâng cao chất lượng i",
            "k nâng cao chất lượng l",
        ]);
        assert_eq!(sample.found(), ["nang cao chat luong"]);
    }

    #[test]
    fn a_part_is_listed_where_it_is_common_without_the_whole() {
        let whole = |n: usize| format!("{n} a{n} đổi mới phương thức lãnh đạo của Đảng b{n}");
        let part = |n: usize| format!("{n} c{n} đổi mới phương thức d{n}");
        let documents = |parts: usize| Sample::of((0..8).map(whole).chain((0..parts).map(part)));
        let long = "doi moi phuong thuc lanh dao cua dang";
        assert_eq!(documents(3).found(), [long]);
        assert_eq!(documents(4).found(), ["doi moi phuong thuc", long]);
    }

    #[test]
    fn numbers_never_match() {
        let sample = Sample::of([
            "a giai đoạn 2020 2025 b",
            "c giai đoạn 2020 2025 d",
            "e giai đoạn 2020 2025 g",
        ]);
        assert_eq!(sample.found(), Vec::<String>::new());
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(set_phrases(&[], 0), []);
        let empty = PhraseLine {
            document: 3,
            words: &[],
        };
        assert_eq!(set_phrases(&[empty; 3], 4), []);
    }

    #[test]
    fn the_seeds_give_the_phrases_of_the_genre() {
        let mut files: Vec<_> = std::fs::read_dir("seeds")
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
            .collect();
        files.sort();
        let paragraphs = files.iter().map(|file| {
            let text = std::fs::read_to_string(file).unwrap();
            let reading = Reading::of(&text);
            let mut end = 0;
            let mut paragraphs = Vec::new();
            for paragraph in text.split_inclusive("\n\n") {
                let span = Span::new(end, end + paragraph.len());
                end = span.end;
                paragraphs.push(reading.view(&text, &[span], &[], Form::Match).text().replace('\n', " "));
            }
            paragraphs.join("\n")
        });
        let found = Sample::of(paragraphs).found();
        for phrase in [
            "can bo dang vien",
            "nghi quyet dai hoi",
            "nhiem vu chinh tri",
            "kiem tra giam sat",
            "trien khai thuc hien",
        ] {
            assert!(
                found.iter().any(|known| known == phrase),
                "{phrase} is not among {found:#?}"
            );
        }
    }

    /// A run and its occurrences, line and word.
    type Found<'r> = (&'r [u32], &'r Vec<(usize, usize)>);

    /// The slow twin of [`set_phrases`], word by word as the definition says: writes down every run of every line.
    fn slowly(lines: &[(u32, Vec<u32>)], documents: usize) -> Vec<FoundPhrase> {
        let mut runs: BTreeMap<&[u32], Vec<(usize, usize)>> = BTreeMap::new();
        for (number, (_, words)) in lines.iter().enumerate() {
            for length in MIN_SYLLABLES - 1..=MAX_SYLLABLES {
                for (at, run) in words.windows(length).enumerate() {
                    if !run.contains(&BREAK) {
                        runs.entry(run).or_default().push((number, at));
                    }
                }
            }
        }
        let neighbors = |(line, at): (usize, usize), length: usize| {
            let words = &lines[line].1;
            let before = at.checked_sub(1).map_or(BREAK, |at| words[at]);
            (before, words.get(at + length).copied().unwrap_or(BREAK))
        };
        let documents_of =
            |places: &[(usize, usize)]| -> HashSet<u32> { places.iter().map(|&(line, _)| lines[line].0).collect() };
        let mut candidates: Vec<Found<'_>> = Vec::new();
        for (&run, places) in &runs {
            let pairs: Vec<(u32, u32)> = places.iter().map(|&place| neighbors(place, run.len())).collect();
            let one = |side: fn(&(u32, u32)) -> u32| {
                let sides: HashSet<u32> = pairs.iter().map(side).collect();
                sides.len() == 1 && !sides.contains(&BREAK)
            };
            let share = |(n, pair): (usize, &(u32, u32))| {
                pairs
                    .iter()
                    .enumerate()
                    .filter(|&(other, same)| other != n && same == pair)
                    .count()
            };
            let same: usize = pairs.iter().enumerate().map(share).sum();
            let first = |n: &usize| !pairs[..*n].contains(&pairs[*n]);
            let bringing: HashSet<u32> = (0..pairs.len()).filter(first).map(|n| lines[places[n].0].0).collect();
            let count = |part: &[u32]| runs.get(part).map_or(0, Vec::len);
            if run.len() >= MIN_SYLLABLES
                && documents_of(places).len() >= 3.max(documents.div_ceil(50))
                && !one(|pair| pair.0)
                && !one(|pair| pair.1)
                && count(run) * 5 >= count(&run[1..]) * 4
                && count(run) * 5 >= count(&run[..run.len() - 1]) * 4
                && same * 4 <= places.len() * (places.len() - 1)
                && bringing.len() > 1
            {
                candidates.push((run, places));
            }
        }
        candidates.sort_by_key(|(run, _)| Reverse(run.len()));
        let mut listed: Vec<Found<'_>> = Vec::new();
        for (run, places) in candidates {
            let hidden = |(long, longer): &Found<'_>| {
                long.len() > run.len()
                    && long.windows(run.len()).any(|part| part == run)
                    && places.len() * 2 < longer.len() * 3
            };
            if !listed.iter().any(hidden) {
                listed.push((run, places));
            }
        }
        let mut phrases: Vec<FoundPhrase> = listed
            .into_iter()
            .map(|(run, places)| FoundPhrase {
                words: run.to_vec(),
                places: places
                    .iter()
                    .map(|&(line, at)| Occurrence {
                        line: line as u32,
                        at: at as u32,
                    })
                    .collect(),
                documents: documents_of(places).len(),
            })
            .collect();
        phrases.sort_by_key(|phrase| {
            let FoundPhrase {
                words,
                places,
                documents,
            } = phrase;
            (Reverse((*documents, places.len(), words.len())), words.clone())
        });
        phrases
    }

    /// Lines of a few words in which runs repeat: drawn from a small alphabet, or put together of set pieces.
    fn lines() -> impl Strategy<Value = Vec<(u32, Vec<u32>)>> {
        let word = prop_oneof![12 => 0..3_u32, 1 => Just(BREAK)];
        let piece = prop_oneof![
            4 => Just((10..16).collect::<Vec<u32>>()),
            2 => Just((10..14).collect()),
            2 => Just((20..25).collect()),
            1 => Just((30..60).collect()),
            8 => prop::collection::vec(0..9_u32, 1..4),
        ];
        let words = prop_oneof![
            prop::collection::vec(word, 0..40),
            prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat()),
        ];
        prop::collection::vec((0..6_u32, words), 0..24)
    }

    proptest! {
        #[test]
        fn the_walk_finds_what_the_definition_says(lines in lines(), documents in 0..250_usize) {
            prop_assert_eq!(set_phrases(&lines_of(&lines), documents), slowly(&lines, documents));
        }
    }
}
