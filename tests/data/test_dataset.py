"""What the programs that read data sets make of the folder that prepdeck writes."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HOME"] = tempfile.mkdtemp()

import datasets  # noqa: E402  it reads the environment when it is imported
import yaml  # noqa: E402

datasets.disable_progress_bars()
ROOT = Path(__file__).resolve().parents[2]
PREPDECK = os.environ.get("PREPDECK", str(ROOT / "target" / "release" / "prepdeck"))
SPLITS = ["train", "validation", "test"]


class DataSet(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.lines, cls.parquet = Path(folder.name) / "lines", Path(folder.name) / "parquet"
        for output, more in [(cls.lines, []), (cls.parquet, ["--parquet"])]:
            subprocess.run([PREPDECK, "export", "dataset", "-o", output, *more], cwd=ROOT, check=True,
                           capture_output=True)
        cls.records = {
            split: [json.loads(line) for line in (cls.lines / "data" / f"{split}.jsonl").read_text().split("\n")[:-1]]
            for split in SPLITS
        }

    def loaded(self, folder):
        loaded = datasets.load_dataset(str(folder))
        self.assertEqual(list(loaded), SPLITS)
        rows = {split: list(loaded[split]) for split in SPLITS}
        for row in (row for split in SPLITS for row in rows[split]):
            for key in ("created", "updated"):
                if not isinstance(row[key], str):
                    row[key] = row[key].strftime("%Y-%m-%dT%H:%M:%SZ")
        return rows

    def test_json_lines_are_loaded_with_all_splits_and_values(self):
        self.assertEqual(self.loaded(self.lines), self.records)

    def test_parquet_is_loaded_with_all_splits_and_values(self):
        self.assertEqual(self.loaded(self.parquet), self.records)

    def test_every_question_is_in_one_split(self):
        ids = [record["id"] for split in SPLITS for record in self.records[split]]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertEqual(len(ids), len(list((ROOT / "questions").rglob("*.md"))))

    def test_frictionless_finds_the_packages_valid_and_a_wrong_level_not(self):
        for folder in (self.lines, self.parquet):
            def check():
                command = [Path(sys.executable).parent / "frictionless", "validate", "datapackage.json", "--json"]
                run = subprocess.run(command, cwd=folder, capture_output=True)
                report = json.loads(run.stdout)
                errors = [error["type"] for task in report["tasks"] for error in task["errors"]]
                return [task["name"] for task in report["tasks"]], run.returncode, sorted(set(errors))
            package = folder / "datapackage.json"
            written = package.read_text()
            self.assertEqual(check(), (SPLITS, 0, []))
            package.write_text(written.replace('"senior"', '"senor"'))
            self.assertEqual(check(), (SPLITS, 1, ["constraint-error"]))
            package.write_text(written)
            # Of JSON Lines it compares the hashes too, of Parquet not.
            for resource in json.loads(written)["resources"]:
                content = (folder / resource["path"]).read_bytes()
                self.assertEqual(resource["hash"], "sha256:" + hashlib.sha256(content).hexdigest())

    def test_the_card_says_what_is_there(self):
        header = yaml.safe_load((self.lines / "README.md").read_text().split("---\n")[1])
        self.assertEqual(header["license"], ["cc-by-4.0"])
        sizes = {split["name"]: split["num_examples"] for split in header["dataset_info"]["splits"]}
        self.assertEqual(sizes, {split: len(self.records[split]) for split in SPLITS})
        licences = (self.lines / "LICENSES.md").read_text()
        self.assertTrue(all(f"`{record['id']}`" in licences for record in self.records["test"]))

    def test_the_schema_is_the_published_one(self):
        self.assertEqual((self.lines / "schema.json").read_bytes(),
                         (ROOT / "docs" / "schema" / "record.json").read_bytes())


if __name__ == "__main__":
    unittest.main()
