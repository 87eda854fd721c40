"""What the programs that people load data with make of what prepdeck writes."""

import csv
import hashlib
import io
import json
import os
import pty
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import duckdb
import pandas
import polars
import rfc8785

ROOT = Path(__file__).resolve().parents[2]
PREPDECK = os.environ.get("PREPDECK", str(ROOT / "target" / "release" / "prepdeck"))
KEYS = (
    "id topic level tags question question_markdown answer_markdown answer_html answer_text choices "
    "aliases sources license authors status path created updated content_sha256"
).split()
LISTS = ["tags", "choices", "aliases", "sources", "authors"]


# What breaks formats: separators, quotes, formulas, line ends, emoji, U+2028, NUL, words for nothing.
ODD = """---
id: odd
level: mid
tags: ["=cmd|x", "+1", "-1", "@a", "a;b,c", "\\"q\\"", "🦀", "NULL", "1e5", "null", "\\ttab"]
sources: []
license: "NA"
authors: ["'"]
---

# =1+1, "quoted" 'it' 🦀 a\u2028b?

@sum\tof; a\0b and\\\r
more "words", than a few.\r
"""


def export(format, *more, cwd=ROOT):
    command = [PREPDECK, "export", format, "-o", "-", *more]
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True).stdout


def lists_read(row):
    """A row of CSV, with its lists as lists."""
    return {key: json.loads(value) if key in LISTS else value for key, value in row.items()}


class Records(unittest.TestCase):
    """On our own questions, and on one that is all traps."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.bank = Path(folder.name)
        shutil.copytree(ROOT / "questions", cls.bank / "questions")
        shutil.copy(ROOT / "prepdeck.toml", cls.bank)
        (cls.bank / "questions" / "a,b").mkdir()
        (cls.bank / "questions" / "a,b" / "odd.md").write_text(ODD, newline="")
        cls.json = json.loads(export("json", cwd=cls.bank))
        cls.csv = export("csv", cwd=cls.bank)
        cls.parquet = cls.bank / "all.parquet"
        cls.parquet.write_bytes(export("parquet", cwd=cls.bank))
        cls.csv_file = cls.bank / "all.csv"
        cls.csv_file.write_bytes(cls.csv)
        # A table knows no null that is not a cell without text.
        cls.flat = [{**record, "license": record["license"] or ""} for record in cls.json]

    def test_every_question_is_a_record_with_every_key_in_order(self):
        self.assertEqual(len(self.json), len(list((self.bank / "questions").rglob("*.md"))))
        for record in self.json:
            self.assertEqual(list(record), KEYS)

    def test_traps_are_in_the_data(self):
        odd = next(record for record in self.json if record["id"] == "odd")
        self.assertEqual(odd["question"], "=1+1, \"quoted\" 'it' 🦀 a\u2028b?")
        self.assertIn("a\ufffdb", odd["answer_text"])
        self.assertNotIn(b"\0", self.csv)
        self.assertEqual(odd["tags"][-1], "\ttab")

    def test_json_lines_say_the_same(self):
        # Not splitlines(), which takes U+2028 for a line's end.
        lines = export("jsonl", cwd=self.bank).decode().split("\n")
        self.assertEqual(lines.pop(), "")
        self.assertEqual([json.loads(line) for line in lines], self.json)

    def test_csv_says_the_same_to_python(self):
        rows = csv.DictReader(io.StringIO(self.csv.decode("utf-8"), newline=""))
        self.assertEqual([lists_read(row) for row in rows], self.flat)

    def test_csv_says_the_same_to_pandas(self):
        table = pandas.read_csv(self.csv_file, dtype=str, keep_default_na=False, lineterminator="\n")
        self.assertEqual([lists_read(row) for row in table.to_dict("records")], self.flat)

    def test_csv_says_the_same_to_polars(self):
        table = polars.read_csv(self.csv_file, infer_schema=False).fill_null("")
        self.assertEqual([lists_read(row) for row in table.to_dicts()], self.flat)

    def test_csv_says_the_same_to_duckdb(self):
        table = duckdb.sql(f"select * from read_csv('{self.csv_file}', all_varchar=true, header=true)")
        rows = [dict(zip(table.columns, row)) for row in table.fetchall()]
        rows = [{key: value or "" for key, value in row.items()} for row in rows]
        self.assertEqual([lists_read(row) for row in rows], self.flat)

    def test_parquet_says_the_same_to_polars(self):
        self.assertEqual(polars.read_parquet(self.parquet).to_dicts(), self.json)

    def test_parquet_says_the_same_to_duckdb(self):
        table = duckdb.sql(f"select * from '{self.parquet}'")
        self.assertEqual([dict(zip(table.columns, row)) for row in table.fetchall()], self.json)

    def test_parquet_says_the_same_to_pandas(self):
        table = pandas.read_parquet(self.parquet, dtype_backend="pyarrow")
        self.assertEqual(json.loads(table.to_json(orient="records")), self.json)

    def test_parquet_without_a_list_or_a_choice_says_the_same(self):
        some = self.bank / "some.parquet"
        some.write_bytes(export("parquet", "--fields", "choices,id,tags", "--tag", "NULL", cwd=self.bank))
        odd = next(record for record in self.json if record["id"] == "odd")
        self.assertEqual(polars.read_parquet(some).to_dicts(), [{key: odd[key] for key in ["choices", "id", "tags"]}])

    def test_a_terminal_gets_no_parquet(self):
        master, terminal = pty.openpty()
        run = subprocess.run([PREPDECK, "export", "parquet", "-o", "-"], cwd=self.bank, stdout=terminal,
                             stderr=subprocess.PIPE)
        os.close(terminal)
        os.close(master)
        self.assertEqual(run.returncode, 2)
        self.assertIn("a terminal cannot show parquet", run.stderr.decode())

    def test_the_schema_holds_and_knows_a_wrong_record(self):
        records = self.bank / "records.json"
        def check(value):
            records.write_text(json.dumps(value))
            schema = ROOT / "docs" / "schema" / "record.json"
            command = [Path(sys.executable).parent / "check-jsonschema", "--schemafile", schema, records]
            return subprocess.run(command, capture_output=True).returncode
        self.assertEqual([check(record) for record in self.json[:2]], [0, 0])
        odd = next(record for record in self.json if record["id"] == "odd")
        self.assertEqual(check(odd), 0)
        self.assertEqual(check({**odd, "level": None}), 0)
        self.assertEqual(check({**odd, "tags": None}), 1)
        self.assertEqual(check({key: value for key, value in odd.items() if key != "license"}), 1)

    def test_a_diff_between_formats_finds_nothing_and_its_json_is_as_its_schema_says(self):
        def diff(*sides):
            command = [PREPDECK, "diff", *sides, "--format", "json"]
            return subprocess.run(command, cwd=self.bank, check=True, capture_output=True).stdout
        same = json.loads(diff(self.csv_file, self.parquet))
        self.assertEqual([same["unchanged"], same["changed"], same["not_compared"]], [len(self.json), [], []])
        less = self.bank / "less.json"
        other = [{**record, "license": "MIT", "choices": [{"text": "a", "markdown": "`a`", "correct": True}]} for record in self.json[3:]]
        less.write_text(json.dumps(other))
        report = self.bank / "diff.json"
        report.write_bytes(diff(less, self.csv_file))
        self.assertEqual(len(json.loads(report.read_bytes())["added"]), 3)
        schema = ROOT / "docs" / "schema" / "diff.json"
        command = [Path(sys.executable).parent / "check-jsonschema", "--schemafile", schema, report]
        self.assertEqual(subprocess.run(command, capture_output=True).returncode, 0)
        report.write_text(report.read_text().replace('"relicensed"', '"licensed"'))
        self.assertEqual(subprocess.run(command, capture_output=True).returncode, 1)

    def test_the_hash_is_over_the_canonical_record(self):
        for record in self.json:
            hashed = {key: value for key, value in record.items()
                      if key not in ("content_sha256", "created", "updated", "path")}
            self.assertEqual(record["content_sha256"], hashlib.sha256(rfc8785.dumps(hashed)).hexdigest())

    def test_two_exports_are_equal(self):
        self.assertEqual(export("csv", cwd=self.bank), self.csv)
        self.assertEqual(export("parquet", cwd=self.bank), self.parquet.read_bytes())


if __name__ == "__main__":
    unittest.main()
