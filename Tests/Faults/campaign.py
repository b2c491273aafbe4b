"""Which attacks are made, by how many processes, and what became of them."""

import argparse
import collections
import datetime
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

import disks
import ledger_flows  # noqa: F401 (each adds its flows)
import order_flows  # noqa: F401
import order_keys
import product_flows  # noqa: F401
import serving  # noqa: F401
import table
from attack import KINDS, Result
from flows import FLOWS
from workers import Workers, choose, is_over, zip_longest


def build_shim(folder):
    """Compiles the shim; a shared library is named after its sources, and made once."""
    here = os.path.dirname(os.path.abspath(__file__))
    names = sorted(
        os.path.join(here, name) for name in os.listdir(here) if name.endswith((".c", ".h")))
    digest = hashlib.sha256()
    for name in names:
        with open(name, "rb") as file:
            digest.update(file.read())
    path = os.path.join(folder, f"shim-{digest.hexdigest()[:12]}.so")
    compiler = next((one for one in ("cc", "clang", "gcc") if shutil.which(one)), None)
    if not compiler:
        raise SystemExit("cc is missing, and so are clang and gcc: install one (Debian: gcc).")
    if not os.path.exists(path):
        sources = [name for name in names if name.endswith(".c")]
        subprocess.run(
            [compiler, "-O1", "-Wall", "-Wextra", "-shared", "-fPIC", "-o", path + ".new", *sources,
             "-lpthread"], check=True)
        os.replace(path + ".new", path)
    return path


def find_points(given, workers, done):
    """Plays each flow with nothing wrong; gives its points, or what is wrong with it."""
    found = list(workers.each(given.flows))
    broken = [one for one in found if isinstance(one, Result)]
    points = [
        choose(*one, given, done) for one in sorted(one for one in found if one not in broken)]
    # One of each flow in turn, so that a part of the campaign is a part of everything.
    turns = [one for some in zip_longest(points) for one in some if one is not None]
    return turns[:given.limit] if given.limit else turns, broken


def arguments(repository):
    parser = argparse.ArgumentParser(
        usage=argparse.SUPPRESS, description=sys.modules["__main__"].__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flow", action="append", choices=list(FLOWS), metavar="NAME", help=", ".join(FLOWS))
    parser.add_argument("--kind", action="append", choices=KINDS, help="may be repeated")
    parser.add_argument(
        "--seed", type=int, default=int(datetime.date.today().strftime("%Y%m%d")),
        help="which points come first; without it another each day")
    parser.add_argument("--limit", type=int, default=0, help="how many points at most")
    parser.add_argument(
        "--each", type=int, default=0, help="a sample: that many points of each flow")
    parser.add_argument("--seconds", type=float, default=0, help="no point is begun after them")
    parser.add_argument("--program", default=repository + "/.build/release/dstore-connector")
    parser.add_argument("--folder", default="/tmp/dstore-faults", help="remembers what was tried")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--at", help="the identity of one operation, to repeat what failed")
    parser.add_argument("--operation", help="only operations that begin so: rename, 'read Inbox' …")
    parser.add_argument("--action", help="only that one: kill-before, kill-after …")
    parser.add_argument("--error", help="only that one: EIO, ENOSPC …")
    parser.add_argument(
        "--unsynced", action="store_true",
        help="with cut-unsynced: the disk ignores every sync, so that much must be found wrong")
    parser.add_argument("--again", action="store_true", help="forget what was tried before")
    parser.add_argument("--table", action="store_true", help="only print the table")
    given = parser.parse_args()
    given.flows, given.kinds = given.flow or list(FLOWS), given.kind or [one for one in KINDS if one[4:] not in disks.MEGABYTES]
    given.program, given.folder = os.path.abspath(given.program), os.path.abspath(given.folder)
    if not os.access(given.program, os.X_OK):
        raise SystemExit(f"{given.program} is missing: swift build -c release, or --program PATH.")
    return given


def repeat_command(given, point):
    words = [sys.argv[0], "--program", given.program, "--seed", str(given.seed), "--flow", point.flow, "--kind", point.kind, "--action", point.action]
    words += ["--error", point.error] if point.error else []
    return " ".join([*words, "--at", f"'{point.identity}'"])


def tell(given, result):
    print(f"\nFAILED  {' '.join(filter(None, result.point))}")
    for sentence in result.wrong:
        print(f"  {sentence}")
    for line in result.log:
        print(f"    {line}")
    if result.point.identity:
        print(f"  again: {repeat_command(given, result.point)}")


class Progress:
    def __init__(self, given, state, all, failures=()):
        self.given, self.state, self.all = given, state, all
        self.failures, self.counts, self.start = [], collections.Counter(), time.monotonic()
        for one in failures:
            self.add(one)

    def add(self, result):
        self.state.add(result)
        self.show(result)
        if result.status == "failed":
            tell(self.given, result)
            self.failures.append(result)

    def show(self, result):
        self.counts[result.status] += 1
        if sys.stderr.isatty():
            words = ", ".join(f"{count} {word}" for word, count in sorted(self.counts.items()))
            seconds = time.monotonic() - self.start
            print(f"\r{sum(self.counts.values())} of {self.all}: {words}; {seconds:.0f} s\033[K",
                  end="", file=sys.stderr, flush=True)


def main(repository):
    sys.stdout.reconfigure(line_buffering=True)
    given = arguments(repository)
    given.begun = time.monotonic()
    real = [one.removeprefix("cut-") for one in given.kinds if one[4:] in disks.MEGABYTES]
    if real:
        if sentence := disks.missing(real):
            raise SystemExit(sentence)
        disks.enter_own_mounts([sys.executable, *sys.argv])
    state = table.State(given.folder, given.again)
    if given.table:
        print(state.markdown())
        return 0
    given.keys = os.path.join(given.folder, "keys")
    order_keys.make_keys(given.keys)
    shim = build_shim(given.folder)
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else given.folder
    given.scratch = tempfile.mkdtemp(prefix="dstore-faults-", dir=memory)
    workers = Workers(given, shim)
    try:
        print(f"seed {given.seed}")
        failures = (sample if given.each else campaign)(given, workers, state)
    finally:
        workers.end()
        shutil.rmtree(given.scratch, ignore_errors=True)
    print(state.markdown())
    return 1 if failures else 0


def campaign(given, workers, state):
    """Every point that did not hold before; gives the failures."""
    points, failures = find_points(given, workers, {} if given.at else state.held())
    print(f"{len(points)} points of {len(given.flows)} flows")
    progress = Progress(given, state, len(points), failures)
    size = 4 * given.jobs
    for place in range(0, len(points), size):
        if is_over(given):
            print(f"{len(points) - place} points are left for the next time")
            break
        for result in workers.each(points[place:place + size]):
            progress.add(result)
    return progress.failures


def sample(given, workers, state):
    """Some points of each flow, the flows in an order of the seed; gives the failures."""
    flows = random.Random(given.seed).sample(given.flows, len(given.flows))
    print(f"{given.each} points of each of {len(flows)} flows")
    progress = Progress(given, state, given.each * len(flows))
    for results in workers.each(flows):
        for result in [results] if isinstance(results, Result) else results:
            progress.add(result)
    return progress.failures
