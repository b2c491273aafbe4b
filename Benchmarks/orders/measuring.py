"""What the benchmarks of `serve` have in common: a server's start, its load, and what it used."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

LOAD = Path(__file__).resolve().parent / "load.py"
TICK = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def started(command, port, output, environment=None, cwd=None):
    """A server's process, once it listens on the port."""
    with open(output, "wb") as file:
        process = subprocess.Popen(
            [str(word) for word in command], env=os.environ | (environment or {}), cwd=cwd,
            stdout=file, stderr=subprocess.STDOUT)
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return process
        except OSError:
            time.sleep(0.05)
    sys.exit(f"{command[0]} does not start: {Path(output).read_text()}")


def load(url, keys, orders, connections, prefix, *more):
    """What load.py says of its orders."""
    made = subprocess.run(
        [sys.executable, LOAD, "--url", url, "--keys", keys, "--orders", str(orders),
         "--connections", str(connections), "--order-prefix", prefix, *more],
        capture_output=True, text=True)
    if made.returncode != 0:
        sys.exit(f"{url}: {made.stderr}")
    return json.loads(made.stdout)


def family(pid):
    """A process and what it started."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += family(int(child))
    return found


def memory(pid):
    """The peaks of all its processes, in MB."""
    total = 0
    for one in family(pid):
        lines = Path(f"/proc/{one}/status").read_text().splitlines()
        total += sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    return total * 1024 / 1e6


def processor(pid):
    """Seconds that all its processes have used."""
    total = 0
    for one in family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def wait_for_files(outbox, count):
    """Seconds until the outbox holds so many orders."""
    start = time.monotonic()
    while sum(1 for one in outbox.rglob("*") if is_order_file(one)) < count:
        if time.monotonic() - start > 300:
            sys.exit(f"{outbox} never got {count} files")
        time.sleep(0.1)
    return time.monotonic() - start


def is_order_file(path):
    return path.is_file() and not any(part.startswith(".") for part in path.parts[-2:])
