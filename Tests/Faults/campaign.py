"""Which attacks are made, by how many processes, and what became of them."""

import argparse
import collections
import datetime
import hashlib
import json
import multiprocessing
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import traceback

import attack
import disks
import ledger_flows  # noqa: F401 (each adds its flows)
import order_flows  # noqa: F401
import order_keys
import product_flows  # noqa: F401
import serving  # noqa: F401
import table
from attack import KINDS, Point, Result
from dstore import DStore
from flows import FLOWS
from stage import Pos, Prepared


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


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


class Worker:
    """Makes attacks one after the other, in folders of its own."""

    def __init__(self, number, given, shim):
        self.given, self.shim = given, shim
        self.folder = os.path.join(given.scratch, f"worker-{number}")
        os.makedirs(self.folder, exist_ok=True)
        self.dstore, self.pos = DStore(given.keys), Pos()
        self.port = free_port()
        self.prepared, self.disks = {}, {}

    def prepare(self, name):
        if name not in self.prepared:
            self.prepared[name] = Prepared(
                FLOWS[name](), os.path.join(self.folder, name), self.given.program, self.given.keys,
                self.shim, self.dstore, self.pos, self.port)
        return self.prepared[name]

    def record(self, name):
        """The flow's name and its operations."""
        path = os.path.join(self.folder, "live")
        return name, attack.record(self.prepare(name), path, self.shim, path + ".trace")

    def disk(self, name, kind):
        key = f"{name}-{kind}"
        if key not in self.disks:
            self.disks[key] = disks.Disk(kind, self.prepare(name), os.path.join(self.folder, key))
        return self.disks[key]

    def attack(self, point):
        path = os.path.join(self.folder, "live")
        if point.kind == "cut-unsynced":
            return attack.cut_by_model(
                self.prepare(point.flow), path, self.shim, point, self.given)
        if point.kind.startswith("cut-"):
            disk = self.disk(point.flow, point.kind.removeprefix("cut-"))
            return attack.cut_power(disk, self.shim, point)
        return attack.attack(self.prepare(point.flow), path, self.shim, point)


    def sample(self, name):
        """Some points of a flow, until the time is over."""
        points = [] if is_over(self.given) else choose(*self.record(name), self.given)
        return [self.attack(one) for one in points[:self.given.each] if not is_over(self.given)]


def is_over(given):
    return given.seconds and time.monotonic() > given.begun + given.seconds


def work(number, given, shim, tasks, results):
    worker = Worker(number, given, shim)
    while (task := tasks.get()) is not None:
        try:
            flow = worker.sample if given.each else worker.record
            results.put(flow(task) if isinstance(task, str) else worker.attack(task))
        except BaseException:
            text = traceback.format_exc()
            point = task if isinstance(task, Point) else Point(task, "none", "", "", "")
            results.put(Result(point, "failed", [text], []))


class Workers:
    """Several processes that take tasks from one queue."""

    def __init__(self, given, shim):
        self.tasks, self.results = multiprocessing.Queue(), multiprocessing.Queue()
        self.all = [
            multiprocessing.Process(target=work, args=(one, given, shim, self.tasks, self.results))
            for one in range(given.jobs)]
        for one in self.all:
            one.start()

    def each(self, tasks):
        """What becomes of each task, in the order of their ends."""
        for task in tasks:
            self.tasks.put(task)
        for _ in tasks:
            yield self.results.get()

    def end(self):
        for _ in self.all:
            self.tasks.put(None)
        for one in self.all:
            one.join(5)
            if one.is_alive():
                one.kill()


def choose(flow, operations, given, done=()):
    """The points that are to be tried now."""
    every = list(
        attack.points(flow, operations, given.kinds, FLOWS[flow].is_cuttable))
    if given.at:
        every = [one for one in every if one.identity == given.at]
    if given.action:
        every = [one for one in every if one.action == given.action]
    if given.error:
        every = [one for one in every if one.error == given.error]
    random.Random(f"{given.seed}/{flow}").shuffle(every)
    return [one for one in every if one not in done]


def find_points(given, workers, done):
    """Plays each flow with nothing wrong; gives its points, or what is wrong with it."""
    found = list(workers.each(given.flows))
    broken = [one for one in found if isinstance(one, Result)]
    points = [
        choose(*one, given, done) for one in sorted(one for one in found if one not in broken)]
    # One of each flow in turn, so that a part of the campaign is a part of everything.
    turns = [one for some in zip_longest(points) for one in some if one is not None]
    return turns[:given.limit] if given.limit else turns, broken


def zip_longest(lists):
    for place in range(max(map(len, lists), default=0)):
        yield [one[place] if place < len(one) else None for one in lists]


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
    parser.add_argument("--action", help="with --at: kill-before, kill-after …")
    parser.add_argument("--error", help="with --at: EIO, ENOSPC …")
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
    progress = Progress(given, state, given.each * len(flows))
    for results in workers.each(flows):
        for result in [results] if isinstance(results, Result) else results:
            progress.add(result)
    return progress.failures
