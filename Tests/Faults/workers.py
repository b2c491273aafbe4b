"""The processes that make the attacks, and which points each flow has."""

import multiprocessing
import os
import random
import socket
import time
import traceback

import attack
import disks
from attack import KINDS, Point, Result
from dstore import DStore
from flows import FLOWS
from stage import Pos, Prepared


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


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
        """Some points of a flow, of each kind in turn; fewer where the time is over."""
        results, left = [], self.given.each
        points = [] if is_over(self.given) else choose(*self.record(name), self.given)
        for point in by_kind(points, list(FLOWS).index(name) * left + self.given.seed):
            if left == 0 or is_over(self.given):
                break
            results.append(self.attack(point))
            left -= results[-1].status != "unreached"
        return results


def by_kind(points, turn):
    """The points, one of each kind after the other; `turn` says which kind begins."""
    lists = [[one for one in points if one.kind == kind] for kind in KINDS]
    lists = [one for one in lists if one]
    first = turn % len(lists) if lists else 0
    turns = zip_longest(lists[first:] + lists[:first])
    return [one for some in turns for one in some if one is not None]


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
    if given.operation:
        every = [one for one in every if one.identity.startswith(given.operation)]
    if given.action:
        every = [one for one in every if one.action == given.action]
    if given.error:
        every = [one for one in every if one.error == given.error]
    random.Random(f"{given.seed}/{flow}").shuffle(every)
    return [one for one in every if one not in done]


def zip_longest(lists):
    for place in range(max(map(len, lists), default=0)):
        yield [one[place] if place < len(one) else None for one in lists]
