//! The code in our own questions compiles or runs.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use prepdeck::corpus::around;
use prepdeck::question::Question;
use rayon::prelude::*;
use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::{Batch, Connection};

/// The languages that [`judge`] knows, each with a command that succeeds where
/// the toolchain is. Some systems have a stub in its place, so it must be run.
const PROBES: [(&str, &[&str]); 6] = [
    ("go", &["go", "version"]),
    ("java", &["javac", "-version"]),
    ("javascript", &["node", "--version"]),
    ("python", &["python3", "--version"]),
    ("sh", &["bash", "--version"]),
    ("sql", &[]),
];

const OTHER_DATABASES: [&str; 5] = ["MariaDB", "MySQL", "Oracle", "PostgreSQL", "SQL Server"];

#[test]
fn the_code_in_our_questions_compiles_or_runs() {
    let corpus = around(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let of = |question: &Question| {
        let source = corpus.source_of(question).unwrap();
        (source, question.document(source))
    };
    let documents: Vec<_> = corpus.questions.iter().map(of).collect();
    let mut blocks = Vec::new();
    for (source, document) in &documents {
        for code in &document.codes {
            if let Some(fence) = &code.fence {
                let (line, _) = source.position(code.content.start());
                let language = source.slice(fence.language);
                blocks.push((&source.path, line, language, &code.text.text));
            }
        }
    }
    for language in ["java", "python", "sql"] {
        let found = blocks.iter().any(|block| block.2 == language);
        assert!(found, "no block is in {language}");
    }

    let toolchains = toolchains();
    let outcomes: Vec<_> = blocks
        .par_iter()
        .map(|&(path, line, language, code)| {
            let outcome = match toolchains.get(language) {
                None => "skipped (no check)",
                Some(false) => "skipped (no toolchain)",
                Some(true) if language == "sql" && is_for_another_database(code) => {
                    "skipped (another database)"
                }
                Some(true) => {
                    judge(language, code).map_err(|fault| format!("{path}:{line}: {fault}"))?;
                    "run"
                }
            };
            Ok::<_, String>((outcome, language))
        })
        .collect();
    let mut counts: BTreeMap<_, BTreeMap<_, usize>> = BTreeMap::new();
    for (outcome, language) in outcomes.iter().flatten() {
        let languages = counts.entry(outcome).or_default();
        *languages.entry(language).or_default() += 1;
    }
    let counts = counts.iter().map(|(outcome, languages)| {
        let count = |(language, count)| format!("{language} {count}");
        let languages: Vec<_> = languages.iter().map(count).collect();
        format!("{} {outcome}", languages.join(", "))
    });
    println!("code blocks: {}", counts.collect::<Vec<_>>().join("; "));
    let faults: Vec<_> = outcomes.into_iter().filter_map(Result::err).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_fault_in_a_block_is_found() {
    let cases = [
        ("go", "n := 1", "n := {"),
        ("go", "package a\nvar N = 1", "package a\nvar N = M"),
        ("java", "class A {}", "class A { java.util.List a; }"),
        ("java", "public record A() {}", "record A() { int a; }"),
        ("java", "int a() { return 1; }", "int a() { return true; }"),
        ("java", "import java.util.*;\nList.of();", "List.of();"),
        ("javascript", "let a = 1", "throw 1"),
        ("python", "assert True", "assert (False, 'never fails')"),
        ("sh", "if true; then false; fi", "if true; then false"),
        // The second row fails, not the statement.
        (
            "sql",
            "SELECT 1; SELECT 2;",
            "SELECT abs(column1) FROM (VALUES (1), (-9223372036854775808));",
        ),
    ];
    let toolchains = toolchains();
    cases.par_iter().for_each(|(language, sound, faulty)| {
        if toolchains[language] {
            assert_eq!(judge(language, sound), Ok(()));
            let verdict = judge(language, faulty);
            assert!(verdict.is_err(), "{language} lets pass: {faulty}");
        }
    });
    assert!(is_for_another_database("-- SQL Server\nSELECT 1;"));
    assert!(!is_for_another_database("-- all\nSELECT 'MySQL';"));
}

fn toolchains() -> BTreeMap<&'static str, bool> {
    PROBES
        .into_iter()
        .map(|(language, probe)| {
            let is_here = run(Path::new("."), probe, Stdio::null()).is_ok();
            (language, is_here)
        })
        .collect()
}

fn judge(language: &str, code: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(text)?;
    let folder = folder.path();
    match language {
        "go" => go(folder, code),
        "java" => java(folder, code),
        "javascript" => run_file(folder, &["node"], "snippet.js", code),
        "python" => run_file(folder, &["python3", "-W", "error"], "snippet.py", code),
        "sh" => run_file(folder, &["bash", "-n"], "snippet.sh", code),
        "sql" => sqlite(code).map_err(|error| format!("SQLite: {error}")),
        _ => Err(format!("no check for {language}")),
    }
}

fn text(error: impl Display) -> String {
    error.to_string()
}

fn run_file(folder: &Path, command: &[&str], name: &str, code: &str) -> Result<(), String> {
    fs::write(folder.join(name), code).map_err(text)?;
    run(folder, &[command, &[name]].concat(), Stdio::null())
}

fn run(folder: &Path, command: &[&str], input: Stdio) -> Result<(), String> {
    let Some((program, arguments)) = command.split_first() else {
        return Ok(());
    };
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .stdin(input)
        .output()
        .map_err(|error| format!("{program}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stdout);
    let complaint = String::from_utf8_lossy(&output.stderr);
    let command = command.join(" ");
    Err(format!("{command}: {}\n{said}{complaint}", output.status))
}

fn go(folder: &Path, code: &str) -> Result<(), String> {
    let file = folder.join("snippet.go");
    fs::write(&file, code).map_err(text)?;
    // What gofmt reads from its input may be a part of a file.
    let input = File::open(file).map_err(text)?;
    run(folder, &["gofmt", "-e", "-l"], input.into())?;
    if code.lines().any(|line| line.starts_with("package ")) {
        run(folder, &["go", "vet", "snippet.go"], Stdio::null())?;
    }
    Ok(())
}

/// Without a type at its margin, the code is statements or members of a class.
fn java(folder: &Path, code: &str) -> Result<(), String> {
    if code.lines().any(|line| java_type(line).is_some()) {
        return javac(folder, code);
    }
    let is_head = |line: &&str| line.starts_with("import ") || line.trim().is_empty();
    let head = code.split_inclusive('\n').take_while(is_head);
    let (head, body) = code.split_at(head.map(str::len).sum());
    // Messages name lines, so the body keeps its own.
    let members = format!("{head}class Snippet {{ {body}\n}}");
    let statements = format!("{head}class Snippet {{ void run() throws Exception {{ {body}\n}} }}");
    javac(folder, &members).or_else(|first| {
        let second = javac(folder, &statements);
        second.map_err(|second| format!("as members, {first}as statements, {second}"))
    })
}

fn javac(folder: &Path, code: &str) -> Result<(), String> {
    // A public type must stand in a file of its name.
    let mut public = code.lines().filter(|line| line.starts_with("public "));
    let name = public.find_map(java_type).unwrap_or("Snippet");
    // The options of the JVM make a run as short as this one twice as fast.
    let jvm = "-J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC";
    let command = format!("javac {jvm} -encoding UTF-8 -cp . -Xlint:all -Werror");
    let command: Vec<&str> = command.split(' ').collect();
    run_file(folder, &command, &format!("{name}.java"), code)
}

/// The name of the type that is declared on `line`, at its margin.
fn java_type(line: &str) -> Option<&str> {
    let modifiers = ["abstract", "final", "non-sealed", "public", "sealed"];
    let kinds = ["@interface", "class", "enum", "interface", "record"];
    let mut words = line.split(' ').skip_while(|word| modifiers.contains(word));
    words.next().filter(|word| kinds.contains(word))?;
    let is_end = |c: char| !c.is_alphanumeric() && c != '_';
    words.next()?.split(is_end).next()
}

fn sqlite(code: &str) -> rusqlite::Result<()> {
    let database = Connection::open_in_memory()?;
    let mut statements = Batch::new(&database, code);
    while let Some(mut statement) = statements.next()? {
        let mut rows = statement.query([])?;
        while rows.next()?.is_some() {}
    }
    Ok(())
}

fn is_for_another_database(code: &str) -> bool {
    let first = code.lines().next().unwrap_or_default();
    first.starts_with("--") && OTHER_DATABASES.iter().any(|name| first.contains(name))
}
