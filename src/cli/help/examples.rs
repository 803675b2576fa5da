//! Examples at the end of the help of each command. All of them work in a folder with the seeds; a test runs them.

/// The examples of each command.
const EXAMPLES: [(&str, &[&str]); 22] = [
    (
        "index",
        &["vankien index seeds", "vankien index", "vankien index --rebuild --json"],
    ),
    (
        "remove",
        &[
            "vankien remove 004",
            "vankien remove --json seeds/003_df078dc1419f2d79.txt",
        ],
    ),
    (
        "search",
        &[
            "vankien search 'nang cao nang luc lanh dao'",
            "vankien search '\"tự diễn biến\" OR \"tự chuyển hóa\"' --section ket-qua",
            "vankien search 'nghị quyết 57' --sort date -n 20",
            "vankien search 'đảng viên' --place footnote -o results.xlsx",
        ],
    ),
    (
        "cite",
        &[
            "vankien cite 21-NQ/TW",
            "vankien cite 'Điều lệ Đảng' --sort date",
            "vankien cite 'nghị quyết 57' -C 2",
            "vankien cite 144-QĐ/TW -o places.xlsx",
        ],
    ),
    ("cites", &["vankien cites 001", "vankien cites 004 -n 0 --format csv"]),
    (
        "citations",
        &[
            "vankien citations -n 20",
            "vankien citations --document 001 --relation thuc-hien",
            "vankien citations -o citations.xlsx",
        ],
    ),
    (
        "register",
        &[
            "vankien register 47-QĐ/TW",
            "vankien register 'tổ chức cơ sở đảng' --kind nghi-quyet --term XIII",
            "vankien register -n 0 -o register.xlsx",
        ],
    ),
    (
        "proof",
        &[
            "vankien proof seeds/004_dd2783c7784f4f98.txt",
            "vankien proof --all -o citations.csv seeds/004_dd2783c7784f4f98.txt",
            "echo 'Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị' | vankien proof -",
        ],
    ),
    (
        "precedent",
        &[
            "vankien precedent 'nâng cao năng lực lãnh đạo, sức chiến đấu'",
            "vankien precedent --passage 001:973",
            "vankien precedent --file seeds/004_dd2783c7784f4f98.txt",
            "vankien precedent --all -n 3",
        ],
    ),
    (
        "show",
        &[
            "vankien show 001:19",
            "vankien show 001^6 --json",
            "vankien show 003§2 --source",
            "vankien show 001:973 -C 5",
        ],
    ),
    (
        "open",
        &["vankien open 001 --with cat", "vankien open 001:19 --with cat --json"],
    ),
    (
        "outline",
        &[
            "vankien outline 003",
            "vankien outline --depth 1",
            "vankien outline 001 -o outline.csv",
        ],
    ),
    (
        "documents",
        &[
            "vankien documents",
            "vankien documents --term 2020-2025",
            "vankien documents -o documents.xlsx",
        ],
    ),
    (
        "facets",
        &[
            "vankien facets",
            "vankien facets section place",
            "vankien facets cites --document 001 --json",
        ],
    ),
    (
        "export",
        &[
            "vankien export documents",
            "vankien export citations --document 001 -o citations.xlsx",
            "vankien export passages --format csv --bom -o passages.csv",
        ],
    ),
    (
        "serve",
        &[
            "vankien serve --port 7701",
            "vankien serve --open",
            "vankien serve --listen 0.0.0.0:7700 --host vankien.example.vn",
        ],
    ),
    (
        "mcp",
        &[
            r#"echo '{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}' | vankien mcp"#,
            r#"echo '{"jsonrpc": "2.0", "id": 2, "method": "resources/list"}' | vankien mcp --index index"#,
        ],
    ),
    ("check", &["vankien check", "vankien check --json"]),
    (
        "completions",
        &[
            "vankien completions bash > vankien.bash",
            "vankien completions zsh > vankien.zsh",
            "vankien completions fish > vankien.fish",
        ],
    ),
    (
        "config",
        &[
            "vankien config",
            "vankien config > vankien.toml",
            "vankien config --json",
        ],
    ),
    (
        "man",
        &["vankien man", "vankien man search", "vankien man --output man1"],
    ),
    (
        "help",
        &["vankien help search", "vankien help queries", "vankien help tra-cuu"],
    ),
];

/// Returns the examples of a command under this heading; empty if it has none.
pub(super) fn of(command: &str, heading: &str) -> String {
    let found = EXAMPLES.iter().find(|(name, _)| *name == command);
    found.map_or_else(String::new, |(_, examples)| {
        format!("{heading}\n  {}", examples.join("\n  "))
    })
}
