"""Twice the input takes at most three times the time: for each family of
families.py, the user time of a run at some length, and at twice that.

Time is that of the processor, the best of several runs. A run that is over
before its time can be told from noise is given a longer text first."""

import tempfile
import unittest
from pathlib import Path

from battery import lay, question, run
from families import FORMATS, MARKDOWN, YAML

# Seconds of a run above that of an empty one, below which nothing is told.
FLOOR = 0.05
RUNS = 3
TIMES = 3.0
# A Markdown file and front matter may have no more bytes; a file of data may,
# and takes too long to be measured then.
LARGEST = {"md": 8 << 20, "data": 64 << 20, "yaml": 64 << 10}


class Scaling(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve()
        (self.root / ".git").mkdir()
        lay(self.root, {"questions/a.md": question()})
        self.idle = self.cpu("check --format concise")

    def cpu(self, command, runs=RUNS):
        return min(run(command, self.root, cpu=120).cpu for _ in range(runs))

    def grows(self, family, path, command, laid, largest):
        """Fails if doubling the family's text more than triples the time."""
        times = max(1, family.times // 8)
        while True:
            lay(self.root, {path: laid(family.text(times))})
            if (self.root / path).stat().st_size * 2 > largest:
                times //= 2
                lay(self.root, {path: laid(family.text(times))})
                break
            if self.cpu(command, 1) - self.idle >= FLOOR:
                break
            times *= 2
        once = self.cpu(command) - self.idle
        if once < FLOOR:
            # The largest file that is read takes less than can be told.
            return
        lay(self.root, {path: laid(family.text(2 * times))})
        twice = self.cpu(command) - self.idle
        if twice > TIMES * once:
            # A busy machine can spoil one measurement, hardly two.
            twice = min(twice, self.cpu(command) - self.idle)
            lay(self.root, {path: laid(family.text(times))})
            once = max(once, self.cpu(command) - self.idle)
        self.assertLessEqual(twice, TIMES * once, f"{family.name}: {once:.3f} s, and {twice:.3f} s for twice as many")

    def test_markdown(self):
        for family in MARKDOWN:
            if family.times > 1:
                with self.subTest(family.name):
                    # It judges the question first, and renders it then.
                    command = "export json -o out.json --allow-errors"
                    self.grows(family, "questions/a.md", command, question, LARGEST["md"])

    def test_front_matter(self):
        for family in YAML:
            def laid(text):
                text.before, text.after = "---\n" + text.before, text.after + "\n---\n\n# What is it?\n\nIt is.\n"
                return text

            with self.subTest(family.name):
                self.grows(family, "questions/a.md", "check --format concise", laid, LARGEST["yaml"])

    def test_other_formats(self):
        for format, family in FORMATS:
            data = format in ["csv", "json", "jsonl", "anki-text"]
            with self.subTest(family.name, format=format):
                largest = LARGEST["data" if data else "md"]
                self.grows(family, "bank", f"check --as {format} --format concise bank", lambda text: text, largest)

    def test_corpora(self):
        """Families of many files: what is compared with each other."""
        def texts(shape, count):
            return {f"questions/q{n}.md": shape(n) for n in range(count)}

        shapes = {
            "questions that differ": lambda n: question(f"It is the number {n}, and no other.", id=f"q{n}", heading=f"What is the number {n}?"),
            "questions that are equal": lambda n: question(id=f"q{n}"),
            "ids that are equal": lambda n: question(heading=f"What is the number {n}?"),
            "answers that are equal": lambda n: question(id=f"q{n}", heading=f"What is the number {n}?"),
            "distinct from nobody": lambda n: question(id=f"q{n}", heading=f"What is the number {n}?", keys=f"distinct-from: [x{n}]\n"),
            "links to each other": lambda n: question(f"[It](q{n + 1}.md#what) is the next, and it is so.", id=f"q{n}", heading=f"What is the number {n}?"),
        }
        for name, shape in shapes.items():
            with self.subTest(name):
                self.setUp()
                lay(self.root, texts(shape, 2000))
                once = self.cpu("check --format concise") - self.idle
                lay(self.root, texts(shape, 4000))
                twice = self.cpu("check --format concise") - self.idle
                self.assertLessEqual(twice, TIMES * once, f"{once:.3f} s, and {twice:.3f} s for twice as many")


if __name__ == "__main__":
    unittest.main()
