//! CSV and TSV in a spreadsheet: no cell is run as a formula.

use super::program::Folder;

#[test]
fn no_export_has_a_cell_that_is_a_formula() {
    let folder = Folder::new();
    let text = "=1+1 công tác kiểm tra\n\n- Công tác cán bộ theo Nghị quyết số 21-NQ/TW\n\n@SUM(A1) công tác\n\n+84 công tác\n";
    folder.write("seeds/=cmd.txt", text);
    folder.write("seeds/-n.txt", "Công tác cán bộ theo Nghị quyết số 21-NQ/TW.\n");
    folder.write("seeds/e\u{1b}[31m.txt", "Công tác \u{1b}[2J cán bộ.\n");
    folder.run(&["index", "--quiet"]).expect(0);
    for (separator, format) in [(',', "csv"), ('\t', "tsv")] {
        for args in [
            &["search", "công tác", "-n", "0"][..],
            &["documents"],
            &["citations"],
            &["cite", "21-NQ/TW"],
            &["facets"],
            &["outline"],
        ] {
            let run = folder.run(&[args, &["--format", format]].concat()).expect(0);
            assert!(
                !run.out.chars().any(|char| char.is_control() && !"\n\t".contains(char)),
                "{args:?}"
            );
            let cells = run.out.lines().flat_map(|line| line.split(separator));
            for cell in cells {
                let bare = cell.trim_start_matches('"');
                assert!(!bare.starts_with(['=', '+', '-', '@']), "{args:?} {format}: {cell}");
            }
        }
    }
    let hits = folder.run(&["search", "kiểm tra", "--format", "csv"]).expect(0);
    assert!(hits.out.contains("'=1+1 công tác kiểm tra"), "{}", hits.out);
}
