"""A small corpus that changes as its authors change it."""

import tempfile
from pathlib import Path

from reader import export, run

QUESTION = """---
id: {id}
level: mid
tags: [{tag}]
sources:
  - https://example.org/{id}
---

# What is {id}?

{answer}
"""


class Corpus:
    """A repository of three questions, committed long ago."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)
        (self.root / "prepdeck.toml").write_text('id = "test"\ntitle = "Test"\n')
        run("git", "init", "-q", "-b", "main", ".", cwd=self.root)
        for id in ["one", "two", "three"]:
            self.write(id, f"The answer is {id}.")
        self.commit(1_700_000_000)

    def write(self, id, answer, topic="numbers"):
        file = self.root / "questions" / topic / f"{id}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(QUESTION.format(id=id, tag=f"{id}-tag", answer=answer))
        return file

    def commit(self, when):
        run("git", "add", "-A", cwd=self.root)
        who = {}
        for person in ["AUTHOR", "COMMITTER"]:
            who[f"GIT_{person}_NAME"] = "A"
            who[f"GIT_{person}_EMAIL"] = "a@example.org"
            who[f"GIT_{person}_DATE"] = f"{when} +0000"
        run("git", "commit", "-q", "-m", "change", cwd=self.root, **who)

    def export(self, *arguments):
        output = Path(tempfile.mkdtemp()) / "test.apkg"
        return export(self.root, output, *arguments)

    def close(self):
        self.folder.cleanup()
