"""The Python programs that prepdeck is measured beside, pinned, below target/."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def environment(name, packages):
    """The folder of the programs of a virtual environment, as tests/all.sh makes it too."""
    folder = ROOT / "target/venv" / name
    mark = folder / "installed"
    wanted = " ".join(packages)
    if not mark.exists() or mark.read_text().strip() != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([folder / "bin/pip", "install", "--quiet", *packages], check=True)
        mark.write_text(wanted + "\n")
    return folder / "bin"
