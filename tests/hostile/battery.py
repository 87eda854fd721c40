"""A case: files that a stranger wrote, a command, and what must come of it.

Each runs in a folder of its own, under limits of CPU time and memory. Whatever
a case is about, some things hold for all: no panic, no control character in
what is printed, no command to a CI runner, nothing from outside the corpus,
nothing executed, and no temporary file left.
"""

import os
import re
import resource
import shlex
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import zlib
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PREPDECK = os.environ.get("PREPDECK", str(ROOT / "target" / "release" / "prepdeck"))

# Stands in files outside the corpus; nothing may ever show it.
CANARY = "canary-7f3a"
# What no output for people, logs and CI may hold: a terminal obeys it.
CONTROLS = re.compile("[\0-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
# What GitHub's runner obeys, and Azure's.
RUNNER = re.compile(r"^[^\S\n]*::|##\[", re.M)


@dataclass
class Case:
    name: str
    # Path to text, bytes, or something of this module that makes a file there.
    files: dict
    command: str = "check --format concise"
    exit: int = 0
    shows: list = field(default_factory=list)
    hides: list = field(default_factory=list)
    # CPU seconds: about ten times what was measured, and no less than this.
    cpu: float = 1.0
    # MiB at most; the interpreter that starts it counts for some 40 of them.
    memory: int = 128
    # What a file that was written must hold, or None where it must not be: path to texts.
    wrote: dict = field(default_factory=dict)
    # What such a file must not hold.
    absent: dict = field(default_factory=dict)
    # Whether standard output is data, in which content may stand as it is.
    data: bool = False
    unless_root: bool = False


@dataclass
class Ran:
    exit: int
    out: bytes
    err: bytes
    cpu: float
    # MiB
    memory: float

    @property
    def text(self):
        return (self.out + b"\n" + self.err).decode("utf-8", "replace")


# --- files ---------------------------------------------------------------

@dataclass
class Repeat:
    """Text that repeats `unit`; made when it is written, so that no table holds it."""
    unit: str
    times: int
    before: str = ""
    after: str = ""

    def units(self):
        block = self.unit * 1000
        for _ in range(self.times // 1000):
            yield block
        yield self.unit * (self.times % 1000)

    def write(self, path):
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(self.before)
            file.writelines(self.units())
            file.write(self.after)


@dataclass
class Numbered(Repeat):
    """As Repeat, with the number of each unit in place of `{}`."""

    def units(self):
        return (self.unit.replace("{}", str(n)) for n in range(self.times))


@dataclass
class Link:
    to: str

    def write(self, path):
        path.symlink_to(self.to)


class Fifo:
    def write(self, path):
        os.mkfifo(path)


class Socket:
    def write(self, path):
        # The path of a socket has 108 bytes at most; a relative one is short.
        here = os.getcwd()
        os.chdir(path.parent)
        try:
            with socket.socket(socket.AF_UNIX) as own:
                own.bind(path.name)
        finally:
            os.chdir(here)


@dataclass
class Sparse:
    size: int

    def write(self, path):
        with path.open("wb") as file:
            file.truncate(self.size)


@dataclass
class Mode:
    mode: int
    content: object = ""

    def write(self, path):
        write(path, self.content)
        path.chmod(self.mode)


@dataclass
class Many:
    """A folder of `count` files; `{}` in name and text is the number."""
    count: int
    name: str
    text: str

    def write(self, path):
        path.mkdir(parents=True, exist_ok=True)
        for n in range(self.count):
            (path / self.name.replace("{}", str(n))).write_text(self.text.replace("{}", str(n)))


class Folder:
    def write(self, path):
        path.mkdir()


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        path.write_bytes(content.encode("utf-8", "surrogateescape"))
    elif isinstance(content, bytes):
        path.write_bytes(content)
    else:
        content.write(path)


def lay(root, files):
    for name, content in files.items():
        write(root / os.fsdecode(name), content)


# --- texts ---------------------------------------------------------------

def question(answer="It is a thing that is asked about, and here is why.", id="a", keys="", heading="What is a semaphore?"):
    head = f"---\nid: {id}\nlevel: mid\nsources: []\n{keys}---\n\n# {heading}\n\n"
    if isinstance(answer, Repeat):
        return type(answer)(answer.unit, answer.times, head + answer.before, answer.after + "\n")
    return head + answer + "\n"


def png():
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")


# --- running -------------------------------------------------------------

def run(command, cwd, cpu=60, wall=150, limits=(), environment=()):
    """Runs `prepdeck command`; `limits` are further pairs for setrlimit."""
    def limit():
        # A file that grows too large is an error of the write then, as on a full disk.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
        # So that a fault here does not take the machine with it.
        resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for which, bound in limits:
            resource.setrlimit(which, (bound, bound))

    environment = dict(environment) | {"PATH": os.environ["PATH"], "HOME": str(cwd), "NO_COLOR": "1", "GIT_CONFIG_NOSYSTEM": "1"}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        arguments = [PREPDECK, *(command if isinstance(command, list) else shlex.split(command))]
        process = subprocess.Popen(
            arguments, cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environment, preexec_fn=limit
        )
        timer = threading.Timer(wall, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        cpu = usage.ru_utime + usage.ru_stime
        return Ran(process.returncode, out.read(), err.read(), cpu, usage.ru_maxrss / 1024)


def outside(folder):
    """What must stay unread, beside the corpus."""
    (folder / "secret.md").write_text(question(CANARY, id=CANARY, heading=f"What is {CANARY}?"))
    (folder / "secret.toml").write_text(f"{CANARY} = \n")
    (folder / "secret.png").write_bytes(png() + CANARY.encode())
    (folder / "secret.txt").write_text(f"{CANARY}\n" * 10)


def faults(case, root, ran):
    """What of the case did not hold, in words."""
    text = ran.text
    if ran.exit < 0:
        yield f"ended by {signal.Signals(-ran.exit).name}"
    elif ran.exit != case.exit:
        yield f"exit {ran.exit}, not {case.exit}"
    if "panicked" in text or "RUST_BACKTRACE" in text:
        yield "it panicked"
    for shown in case.shows:
        if shown not in text:
            yield f"does not show {shown!r}"
    for hidden in [CANARY, *case.hides]:
        if hidden in text:
            yield f"shows {hidden!r}"
    for stream, printed in [("out", ran.out), ("err", ran.err)]:
        printed = printed.decode("utf-8", "replace")
        if stream == "out" and case.data:
            continue
        if found := CONTROLS.search(printed):
            yield f"prints {found.group()!r} raw"
        if found := RUNNER.search(printed):
            if "--format github" not in case.command:
                yield f"prints a runner's command: {printed[found.start():found.start() + 60]!r}"
    if ran.cpu > case.cpu:
        yield f"{ran.cpu:.2f} s of CPU, more than {case.cpu}"
    if ran.memory > case.memory:
        yield f"{ran.memory:.0f} MiB, more than {case.memory}"
    for path in root.parent.rglob("*"):
        if path.name.startswith(".prepdeck-") and path.name != ".prepdeck-dataset":
            yield f"left {path.name}"
        if path.name == "pwned":
            yield "something was executed"
    for name, wanted in case.wrote.items():
        try:
            written = (root / name).read_bytes()
        except OSError:
            written = None
        if wanted is None:
            if written is not None:
                yield f"wrote {name}"
        elif written is None:
            yield f"did not write {name}"
        else:
            if CANARY.encode() in written:
                yield f"{name} holds what is outside"
            for text in wanted:
                if text.encode() not in written:
                    yield f"{name} does not hold {text!r}"
            for text in case.absent.get(name, []):
                if text.encode() in written:
                    yield f"{name} holds {text!r}"


def judge(case):
    """The run of a case, and its faults."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder).resolve()
        outside(folder)
        root = folder / "corpus"
        root.mkdir()
        # A repository's root: nothing above it is looked at.
        (root / ".git").mkdir()
        lay(root, case.files)
        ran = run(case.command, root)
        return ran, list(faults(case, root, ran))
