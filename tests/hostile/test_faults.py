"""What goes wrong around prepdeck: kills, full disks, closed pipes, files that
change under it, clocks that lie. Whoever looks finds the old output or the new
one, never half; after a failure that is no kill, nothing is left beside it."""

import contextlib
import filecmp
import os
import random
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import unittest
from pathlib import Path

from battery import PREPDECK, lay, question, run

BANK = {f"questions/t/q{n}.md": question(f"It is the number {n}. " * 40, id=f"q{n}", heading=f"What is {n}?") for n in range(400)}
CONFIG = {"prepdeck.toml": 'id = "x"\ntitle = "x"\n'}
# Command, and what it writes.
WRITERS = [
    ("export csv -o out", "out"),
    ("export anki -o out", "out"),
    ("export anki --package latest -o out", "out"),
    ("export parquet -o out", "out"),
    ("export dataset -o out", "out"),
    ("check --format sarif=out --rule answer-too-long --rule missing-tags", "out"),
]


def content(path):
    """All that a file or a folder holds; None where nothing is."""
    if path.is_dir():
        return {str(file.relative_to(path)): file.read_bytes() for file in path.rglob("*") if file.is_file()}
    return path.read_bytes() if path.exists() else None


def strays(root):
    return [path.name for path in root.rglob(".prepdeck-*") if path.name != ".prepdeck-dataset"]


@contextlib.contextmanager
def small_disk(folder, size):
    """A file system of that size, if this user may mount one."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    mounted = shutil.which("mount") and subprocess.run(mount, capture_output=True).returncode == 0
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


class Faults(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve() / "corpus"
        self.root.mkdir()
        (self.root / ".git").mkdir()
        lay(self.root, BANK | CONFIG)

    def say(self, ran, exit, *words):
        self.assertEqual(ran.exit, exit, ran.text)
        self.assertNotIn("panicked", ran.text)
        # Long messages are broken into lines.
        text = " ".join(ran.text.replace("│", " ").split())
        for word in words:
            self.assertIn(word, text)

    def old_and_new(self, command):
        """An output of the command, made before a question changed, and the one after."""
        out = self.root / "out"
        run(command, self.root)
        old = content(out)
        kept = self.root / "kept"
        shutil.copytree(out, kept) if out.is_dir() else shutil.copy(out, kept)
        (self.root / "questions/t/q0.md").write_text(question("It is another answer. " * 900, id="q0"))
        started = time.monotonic()
        run(command, self.root)
        took = time.monotonic() - started
        new = content(out)
        self.assertNotEqual(old, new)
        return old, new, kept, took

    def put_back(self, kept):
        out = self.root / "out"
        shutil.rmtree(out) if out.is_dir() else out.unlink()
        shutil.copytree(kept, out) if kept.is_dir() else shutil.copy(kept, out)

    def test_a_kill_leaves_the_old_output_or_the_new(self):
        chance = random.Random(1)
        for command, _ in WRITERS:
            with self.subTest(command):
                self.setUp()
                old, new, kept, took = self.old_and_new(command)
                killed = 0
                # Where the first run was a slow one, most kills come too late.
                for _ in range(60):
                    if killed == 10:
                        break
                    self.put_back(kept)
                    process = subprocess.Popen(
                        [PREPDECK, *command.split()], cwd=self.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                    )
                    # The end is where files are written.
                    time.sleep(took * chance.uniform(0.3, 1.05))
                    process.send_signal(signal.SIGKILL)
                    killed += process.wait() == -signal.SIGKILL
                    self.assertIn(content(self.root / "out"), [old, new])
                self.assertGreater(killed, 3)
                # What a kill left beside it is in nobody's way.
                run(command, self.root)
                self.assertEqual(content(self.root / "out"), new)

    def test_a_full_disk_leaves_the_old_output_and_nothing_else(self):
        for command, _ in WRITERS:
            with self.subTest(command):
                self.setUp()
                old, _, kept, _ = self.old_and_new(command)
                self.put_back(kept)
                ran = run(command, self.root, limits=[(resource.RLIMIT_FSIZE, 4096)])
                # A package is first written to a scratch file, which is as full.
                scratch = "can't write a scratch file" if "anki " in command else None
                self.say(ran, 2, scratch or "can't write out: File too large", "make room there")
                self.assertEqual(content(self.root / "out"), old)
                self.assertEqual(strays(self.root), [])

    def test_a_disk_that_is_too_small_is_said(self):
        for command, name in WRITERS:
            with self.subTest(command), tempfile.TemporaryDirectory() as folder:
                with small_disk(Path(folder) / "disk", "8k") as disk:
                    if disk is None:
                        self.skipTest("this user may mount nothing")
                    target = disk / name
                    ran = run(command.replace("out", str(target)), self.root)
                    self.say(ran, 2, "No space left on device", "make room there")
                    self.assertEqual(list(disk.iterdir()), [])

    def test_fixes_and_imports_on_a_full_disk_lose_nothing(self):
        lay(self.root, {"questions/t/fix.md": question("It is \u202eturned. " * 600, id="fix")})
        lay(self.root, {"bank.csv": "question,answer\n" + f"What is it?,{'It is. ' * 2000}\n"})
        before = content(self.root)
        for command in ["check --fix --unsafe-fixes questions/t/fix.md", "import bank.csv --into in"]:
            ran = run(command, self.root, limits=[(resource.RLIMIT_FSIZE, 4096)])
            self.say(ran, 2, "can't write", "File too large")
            self.assertEqual(content(self.root), before)

    def test_a_closed_pipe_is_no_fault(self):
        for command in ["check --format json --rule missing-tags", "export json -o -", "export csv -o -", "stats", "rules", "schema record"]:
            with self.subTest(command):
                read, write = os.pipe()
                process = subprocess.Popen(
                    [PREPDECK, *command.split()], cwd=self.root, stdout=write, stderr=subprocess.PIPE
                )
                os.close(write)
                os.close(read)
                error = process.communicate()[1].decode()
                self.assertIn(process.returncode, [0, 1], error)
                self.assertNotIn("panicked", error)

    def test_closed_standard_streams_are_no_fault(self):
        for redirect in [">&-", "2>&-", ">&- 2>&-", "<&-", ">&- 2>&- <&-"]:
            with self.subTest(redirect):
                shell = f'"{PREPDECK}" check {redirect}; echo $? > code'
                subprocess.run(["sh", "-c", shell], cwd=self.root, capture_output=True, check=True)
                self.assertIn((self.root / "code").read_text().strip(), ["0", "1"])

    def test_a_full_standard_output_is_said(self):
        with open("/dev/full", "w") as full:
            for command in ["check --format json", "export csv -o -", "rules"]:
                process = subprocess.run([PREPDECK, *command.split()], cwd=self.root, stdout=full, stderr=subprocess.PIPE)
                self.assertEqual(process.returncode, 2, command)
                self.assertIn(b"can't write the result", process.stderr)

    def test_a_folder_that_may_not_be_written_is_said(self):
        if os.geteuid() == 0:
            self.skipTest("root may write everywhere")
        folder = self.root / "closed"
        folder.mkdir(mode=0o555)
        self.say(run("export csv -o closed/out.csv", self.root), 2, "Permission denied")

    def test_a_disk_that_may_not_be_written_is_said(self):
        with tempfile.TemporaryDirectory() as folder, small_disk(Path(folder) / "disk", "1m") as disk:
            if disk is None:
                self.skipTest("this user may mount nothing")
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
            for command, name in WRITERS:
                ran = run(command.replace("out", str(disk / name)), self.root)
                self.say(ran, 2, "Read-only file system")

    def test_files_that_come_and_go_are_judged_or_not(self):
        moving = [self.root / f"questions/t/q{n}.md" for n in range(0, 400, 3)]
        texts = [path.read_text() for path in moving]
        stop = threading.Event()

        def move():
            while not stop.is_set():
                for path, text in zip(moving, texts):
                    path.unlink(missing_ok=True)
                    path.write_text(text)
                    path.unlink()
                    path.mkdir()
                    path.rmdir()
                    path.write_text(text[: len(text) // 2])
                    path.write_text(text)

        thread = threading.Thread(target=move)
        thread.start()
        try:
            for command in ["check", "export csv -o out.csv --allow-errors", "stats", "check --diff"] * 4:
                ran = run(command, self.root)
                self.assertIn(ran.exit, [0, 1], ran.text)
                self.assertNotIn("panicked", ran.text)
        finally:
            stop.set()
            thread.join()

    def test_a_fix_never_takes_the_place_of_what_was_written_meanwhile(self):
        path = self.root / "questions/t/fix.md"
        faulty = question("It is \u202eturned, and a word that stands here.", id="fix")
        other = question("It is written anew, by somebody who edits it now.", id="fix")
        mended = faulty.replace("\u202e", "")
        seen = set()
        for n in range(20):
            path.write_text(faulty)
            process = subprocess.Popen(
                [PREPDECK, "check", "--fix", "--unsafe-fixes"], cwd=self.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            time.sleep(n * 0.004)
            beside = path.with_suffix(".new")
            beside.write_text(other)
            beside.replace(path)
            process.wait()
            text = path.read_text()
            self.assertIn(text, [other, mended])
            seen.add(text)
        self.assertIn(other, seen)

    def test_clocks_that_lie_are_taken_as_they_are(self):
        path = self.root / "questions/t/q1.md"
        for seconds in [-(10**10), -1, 0, 315_532_799, 2**31, 2**32, 2**33, 253_402_300_800]:
            os.utime(path, (seconds, seconds))
            for command in ["export anki -o out.apkg", "export csv -o out.csv", "export json -o out.json", "export dataset -o set"]:
                with self.subTest(seconds=seconds, command=command):
                    self.say(run(command, self.root), 0)

    def test_an_epoch_that_is_none_is_said_or_left(self):
        for epoch in ["0", "-1", "", "x", "99999999999999999999", "253402300800", "1e9"]:
            for command in ["export anki -o out.apkg", "export json -o out.json"]:
                with self.subTest(epoch=epoch, command=command):
                    ran = run(command, self.root, environment={"SOURCE_DATE_EPOCH": epoch})
                    self.assertIn(ran.exit, [0, 2], ran.text)
                    self.assertNotIn("panicked", ran.text)


if __name__ == "__main__":
    unittest.main()
