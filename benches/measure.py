"""What a command takes: CPU time, wall time and memory."""

import os
import subprocess
import sys
import tempfile
import time


def measure(command, folder, ends=(0,), environment=None):
    """CPU seconds, wall seconds and peak memory in MiB of a command with all
    that it starts. A peak begins with what the parent holds, so nothing is held
    here. Linters end with 1 where they find something: `ends` are the good exits."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        if os.waitstatus_to_exitcode(status) not in ends:
            said.seek(0)
            sys.exit(f"{command} failed:\n{said.read().decode()[-2000:]}")
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024
