"""What a person at a terminal sees of a run that takes long."""

import os
import pty
import subprocess
import tempfile
import unittest
from pathlib import Path

from test_reports import PLAIN, PREPDECK


class Progress(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        (cls.folder / "questions").mkdir()
        (cls.folder / "questions" / "a.md").write_text(PLAIN.format("a") + "It is an answer.\n")
        # The export asks git, and this one takes its time.
        git = cls.folder / "bin" / "git"
        git.parent.mkdir()
        git.write_text("#!/bin/sh\nsleep 1.5\nexit 1\n")
        git.chmod(0o755)

    def errors(self, terminal=True, **variables):
        """What `export` writes to standard error, to a terminal or not."""
        reader, writer = pty.openpty() if terminal else os.pipe()
        path = f"{self.folder / 'bin'}:{os.environ['PATH']}"
        kept = {name: value for name, value in os.environ.items() if name != "CI"}
        subprocess.run(
            [PREPDECK, "export", "json", "-o", "-"],
            cwd=self.folder,
            env={**kept, "PATH": path, "TERM": "xterm", **variables},
            stdout=subprocess.DEVNULL,
            stderr=writer,
            check=True,
        )
        os.write(writer, b"end")
        said = os.read(reader, 65536).decode()
        os.close(reader)
        os.close(writer)
        return said

    def test_a_line_says_how_far_a_long_run_has_come_and_goes_away(self):
        said = self.errors()
        line = "files read: 1, questions judged: 1"
        self.assertTrue(said.startswith(f"\r{line}\r"), said)
        drawn = said.rfind(line) + len(line)
        gone = f"\r{' ' * len(line)}\r"
        self.assertTrue(said[drawn:].startswith(gone), said)

    def test_nothing_is_drawn_in_ci_or_where_nobody_looks(self):
        for said in [self.errors(CI="true"), self.errors(TERM="dumb"), self.errors(terminal=False)]:
            self.assertNotIn("files read", said)


if __name__ == "__main__":
    unittest.main()
