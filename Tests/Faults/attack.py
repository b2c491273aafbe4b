"""One attack: a point of a flow, and what is done to it."""

import collections
import errno
import os

import cuts
import model
from journal import random_of

# What is attacked, and how: `kind` as the table calls it, `identity` as shim.c does.
Point = collections.namedtuple("Point", "flow kind action error identity")
# status: held, failed, or unreached where this time the program never came there.
Result = collections.namedtuple("Result", "point status wrong log")

Operation = collections.namedtuple("Operation", "family bytes identity")

DISK = ("EIO", "ENOSPC", "EACCES")
# The errors that an operation of a family may meet.
ERRORS = {
    "make": DISK, "change": DISK, "write": ("EIO", "ENOSPC"), "sync": ("EIO", "ENOSPC"),
    "read": ("EIO",), "lock": ("EIO", "ENOLCK"), "net": ("ECONNRESET",),
}
NET = {
    "connect": ("ECONNREFUSED", "ETIMEDOUT"), "send": ("EPIPE",), "write": ("EPIPE",),
    "receive": ("ECONNRESET",), "read": ("ECONNRESET",), "accept": ("EMFILE",),
    "bind": ("EADDRINUSE",), "listen": ("EADDRINUSE",),
}
DURABLE = ("make", "change", "write", "sync", "net")
# On a disk the program is stopped first, so that the image can be copied.
CUT_ACTIONS = (("stop-before", "stop-after"), ("kill-before", "kill-after"))
CUTS = ("ext4", "xfs", "btrfs", "unsynced")
KINDS = ("kill", "twice", "torn", "once", "always", *(f"cut-{one}" for one in CUTS))


def read_trace(path):
    with open(path) as file:
        lines = [line.rstrip("\n").split(" ", 2) for line in file]
    return [Operation(family, int(size), identity) for family, size, identity in lines]


def errors(operation):
    word = operation.identity.split(" ")[0]
    if word in ("unlock", "open") and operation.family != "read":
        return ()
    return NET[word] if operation.family == "net" else ERRORS[operation.family]


def points(flow, operations, kinds, is_cuttable=True):
    """Every point of a flow, in the order of its operations."""
    for one in operations:
        is_durable = one.family in DURABLE
        for kind in kinds:
            if kind == "kill" and is_durable:
                for action in ("kill-before", "kill-after"):
                    yield Point(flow, kind, action, "", one.identity)
            elif kind == "twice" and is_durable:
                yield Point(flow, kind, "kill-after", "", one.identity)
            elif kind == "torn" and one.bytes > 1 and one.family in ("write", "net"):
                if not one.identity.startswith("receive"):
                    yield Point(flow, kind, "torn", "", one.identity)
            elif kind == "once" or kind == "always" and one.family != "lock":
                for error in errors(one):
                    yield Point(flow, kind, kind, error, one.identity)
            elif kind.startswith("cut-") and is_durable and is_cuttable:
                for action in CUT_ACTIONS[kind == "cut-unsynced"]:
                    yield Point(flow, kind, action, "", one.identity)


def variables(shim, root, point, hit, **more):
    """The environment that makes the shim do it."""
    return {
        "LD_PRELOAD": shim, "FAULTS_ROOT": root, "FAULTS_AT": point.identity,
        "FAULTS_DO": point.action, "FAULTS_HIT": hit,
        "FAULTS_ERRNO": str(getattr(errno, point.error or "EIO")), **more,
    }


def record(prepared, path, shim, trace):
    """The operations of a flow that nothing happens to; it must hold."""
    if os.path.exists(trace):
        os.unlink(trace)
    stage = prepared.copy(path)
    ending = prepared.flow.attack(
        stage, {"LD_PRELOAD": shim, "FAULTS_ROOT": path, "FAULTS_TRACE": trace})
    stage.take()
    wrong = model.ending("the command", ending) + stage.finish()
    if wrong:
        raise AssertionError(
            f"{prepared.flow.name} does not hold without any fault: {wrong}\n"
            + "\n".join(f"  {what}: {ending}" for what, ending in stage.shop.log))
    return read_trace(trace)


def attack(prepared, path, shim, point):
    """Kills, tears and failures: the workspace stays where it is."""
    stage = prepared.copy(path)
    hit = path + ".hit"
    if os.path.exists(hit):
        os.unlink(hit)
    ending = prepared.flow.attack(stage, variables(shim, path, point, hit))
    is_hit = os.path.exists(hit)
    stage.take()
    is_killed = is_hit and point.kind in ("kill", "torn", "twice")
    wrong = model.ending("the attacked command", ending, is_killed)
    if point.kind == "twice":
        wrong += kill_next_run(stage, shim, point)
    return result(point, stage, wrong + stage.finish(), is_hit)


def kill_next_run(stage, shim, point):
    """Kills the run that is to finish what the first has left, somewhere."""
    hit = stage.shop.path + ".next"
    if os.path.exists(hit):
        os.unlink(hit)
    place = f"#{random_of(*point).randint(1, 80)}"
    next = point._replace(action="kill-before", identity=place)
    ending = stage.shop.run("run", faults=variables(shim, stage.shop.path, next, hit))
    stage.take()
    return model.ending("the run after it", ending, os.path.exists(hit))


def cut_power(disk, shim, point):
    """A power cut on a file system of its own."""
    stage = disk.begin()
    hit = disk.folder + "/hit"
    if os.path.exists(hit):
        os.unlink(hit)
    try:
        return after_cut(cuts.DiskCut(stage, disk), variables(shim, stage.shop.path, point, hit), point)
    finally:
        disk.end()


def cut_by_model(prepared, path, shim, point, given):
    """A power cut by a model of what was not synchronised."""
    stage = prepared.copy(path)
    hit = path + ".hit"
    if os.path.exists(hit):
        os.unlink(hit)
    cut = cuts.ModelledCut(stage, os.path.dirname(path), point, given.seed, given.unsynced)
    return after_cut(cut, variables(shim, path, point, hit, FAULTS_JOURNAL=cut.path), point)


def after_cut(cut, faults, point):
    stage = cut.stage
    with cut:
        ending = stage.flow.attack(stage, faults)
    stage.take()
    wrong = model.ending("the attacked command", ending, cut.happened)
    return result(point, stage, wrong + stage.finish(may_repeat=True), cut.happened)


def result(point, stage, wrong, is_hit):
    status = "failed" if wrong else "held" if is_hit else "unreached"
    log = [f"{what}: {end}" for what, end in stage.shop.log]
    return Result(point, status, list(dict.fromkeys(wrong)), log)
