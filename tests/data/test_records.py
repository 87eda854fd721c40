"""What Python's own readers make of the CSV and JSON that prepdeck writes."""

import csv
import hashlib
import io
import json
import os
import subprocess
import unittest
from pathlib import Path

import rfc8785

ROOT = Path(__file__).resolve().parents[2]
PREPDECK = os.environ.get("PREPDECK", str(ROOT / "target" / "release" / "prepdeck"))
KEYS = (
    "id topic level tags question question_markdown answer_markdown answer_html answer_text choices "
    "aliases sources license authors status path created updated content_sha256"
).split()
LISTS = ["tags", "choices", "aliases", "sources", "authors"]


def export(format):
    command = [PREPDECK, "export", format, "-o", "-"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout


class Records(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.json = json.loads(export("json"))
        cls.csv = export("csv")

    def test_every_question_is_a_record_with_every_key_in_order(self):
        self.assertEqual(len(self.json), len(list((ROOT / "questions").rglob("*.md"))))
        for record in self.json:
            self.assertEqual(list(record), KEYS)

    def test_csv_and_json_say_the_same(self):
        rows = list(csv.DictReader(io.StringIO(self.csv.decode("utf-8"), newline="")))
        for row in rows:
            for key in LISTS:
                row[key] = json.loads(row[key])
        self.assertEqual(rows, self.json)

    def test_the_hash_is_over_the_canonical_record(self):
        for record in self.json:
            hashed = {key: value for key, value in record.items()
                      if key not in ("content_sha256", "created", "updated", "path")}
            self.assertEqual(record["content_sha256"], hashlib.sha256(rfc8785.dumps(hashed)).hexdigest())

    def test_two_exports_are_equal(self):
        self.assertEqual(export("csv"), self.csv)


if __name__ == "__main__":
    unittest.main()
