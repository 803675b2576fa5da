//! Texts made to take long: the work on them grows with their size, not with its square.
//!
//! Work is counted in the checkpoints that it passes, which are in the loops that may run long; the bench `hostile`
//! measures the time on the same texts.

use std::convert::Infallible;

use vankien::citation::Resolver;
use vankien::proof::proofread;
use vankien::reading::Model;
use vankien::record::read_text;
use vankien::register::Register;
use vankien::stop::checkpoints_passed;

#[path = "../../benches/shapes/mod.rs"]
mod shapes;

/// Reads `text` as a pasted one, and returns the number of checkpoints on the way.
fn work_on(text: String, resolver: &Resolver) -> u64 {
    let before = checkpoints_passed();
    let Ok(mut parsed) = read_text(text, || Ok::<_, Infallible>(Model::shipped()));
    resolver.resolve(&parsed.document, &mut parsed.citations);
    parsed.passage_records().for_each(drop);
    parsed.footnote_records().for_each(drop);
    parsed.citation_records().for_each(drop);
    drop(proofread(&parsed, resolver));
    checkpoints_passed() - before
}

#[test]
fn eight_times_the_text_is_not_sixty_times_the_work() {
    let resolver = Resolver::new(Register::shipped());
    for shape in shapes::SHAPES {
        let [half, whole] = [1 << 12, 1 << 15].map(|bytes| work_on(shape.text(bytes), &resolver));
        assert!(whole > 0, "{} passes no checkpoint", shape.name);
        assert!(
            whole <= half * 20 + 2000,
            "{}: {half} steps for an eighth of the text, {whole} for the whole",
            shape.name
        );
    }
}
