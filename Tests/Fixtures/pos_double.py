"""A POS that takes each file out of the outbox the moment it sees it.

Usage: pos_double.py OUTBOX --log FILE [--marker .done]
       [--order-column NAME] [--change-column NAME] [--delimiter ,] [--encoding utf-8]
       [--order-pattern REGEX] [--change-pattern REGEX]

It reads the file whole, deletes it, and writes one line of JSON to the log: which folder, the
name, size and SHA-256, the order's and the change's id that stand in it, whether it could be
read to its end (`whole`), its records (`lines`), and for JSON the digest of what it says, without
the connector's own member. JSON is known by its id fields, .csv by columns, anything else by
patterns whose first group is the id. Hidden files and folders are left alone. It runs until it is
told to stop (SIGTERM).
"""

import argparse
import csv
import ctypes
import hashlib
import io
import json
import os
import re
import select
import signal
import time

LIBC = ctypes.CDLL(None, use_errno=True)
IN_CLOEXEC, IN_NONBLOCK = os.O_CLOEXEC, os.O_NONBLOCK
# IN_CREATE and IN_MODIFY too, so that a file that is not written whole is caught half-written.
IN_EVENTS = 0x2 | 0x8 | 0x80 | 0x100


def digest_of(value):
    """The same for equal JSON, whatever its spaces and the order of its keys."""
    text = json.dumps({key: one for key, one in value.items() if key != "@connector"},
                      sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


class Wake:
    """inotify: says that something may have happened; what, the folders themselves tell."""

    def __init__(self):
        self.handle = LIBC.inotify_init1(IN_CLOEXEC | IN_NONBLOCK)

    def watch(self, folder):
        LIBC.inotify_add_watch(self.handle, os.fsencode(folder), IN_EVENTS)

    def wait(self, seconds):
        if select.select([self.handle], [], [], seconds)[0]:
            os.read(self.handle, 1 << 16)


class Reader:
    """What a file says, as far as a POS needs it."""

    def __init__(self, given):
        self.given = given

    def read(self, name, data):
        try:
            if name.endswith(".json"):
                return self.json(json.loads(data.decode()))
            text = data.decode(self.given.encoding)
            if name.endswith(".csv"):
                return self.csv(text)
            return self.text(text)
        except (ValueError, LookupError, AttributeError, TypeError, csv.Error) as error:
            return {"order": None, "request": None, "whole": False, "why": str(error)}

    def json(self, value):
        return {
            "order": value["requestOrderId"], "request": value.get("requestId"), "whole": True,
            "digest": digest_of(value), "flags": value.get("@connector", {}).get("flags", []),
        }

    def csv(self, text):
        """All lines have the header's number of cells, and the last one has its end."""
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=self.given.delimiter))
        header, lines = rows[0], rows[1:]
        same = text.endswith("\n") and all(len(line) == len(header) for line in lines)
        found = {
            name: {line[header.index(name)] for line in lines}
            for name in (self.given.order_column, self.given.change_column) if name in header}
        ids = [
            one.pop() if len(one) == 1 else None
            for one in (found.get(name, set())
                        for name in (self.given.order_column, self.given.change_column))]
        return {
            "order": ids[0], "request": ids[1], "whole": same and bool(lines),
            "lines": len(lines),
        }

    def text(self, text):
        ids = [
            re.search(pattern, text) if pattern else None
            for pattern in (self.given.order_pattern, self.given.change_pattern)]
        ids = [found.group(1) if found else None for found in ids]
        return {
            "order": ids[0], "request": ids[1], "whole": ids[0] is not None,
            "lines": text.count("\n"),
        }


def walk(top):
    """`os.fwalk` of a folder that may go away at any moment."""
    try:
        yield from os.fwalk(top)
    except FileNotFoundError:
        pass


class Till:
    def __init__(self, given):
        self.outbox, self.marker = given.outbox, given.marker
        self.reader, self.wake = Reader(given), Wake()
        self.log = open(given.log, "a", buffering=1)

    def sweep(self):
        """Takes what is there; says whether there was anything.

        A change is taken after the orders that were there when it was.
        """
        changes = {(folder, name) for folder, name, _ in self.ready("changes")}
        taken = 0
        for kind, wanted in (("orders", None), ("changes", changes)):
            for folder, name, handle in self.ready(kind):
                if wanted is None or (folder, name) in wanted:
                    taken += self.take(kind, folder, name, handle)
        return taken

    def ready(self, kind):
        """Each file that is there: its folder, name, and the folder's handle.

        A handle goes on being right while the folder itself is moved away.
        """
        top = os.path.join(self.outbox, kind)
        for folder, folders, files, handle in walk(top):
            self.wake.watch(folder)
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in sorted(files):
                if self.is_ready(name, files):
                    yield os.path.relpath(folder, top), name, handle

    def is_ready(self, name, files):
        if name.startswith("."):
            return False
        return not self.marker or not name.endswith(self.marker) and name + self.marker in files

    def take(self, kind, folder, name, handle):
        try:
            file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=handle)
        except OSError:
            return 0
        with open(file, "rb") as opened:
            data = opened.read()
        os.unlink(name, dir_fd=handle)
        if self.marker:
            os.unlink(name + self.marker, dir_fd=handle)
        entry = {
            "at": round(time.time(), 4), "kind": kind, "name": os.path.normpath(f"{folder}/{name}"),
            "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest(),
            **self.reader.read(name, data),
        }
        self.log.write(json.dumps(entry) + "\n")
        return 1

    def run(self):
        going = [True]
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: going.clear())
        while going:
            if not self.sweep():
                # Polling too: the folder that inotify knows may be another one by now.
                self.wake.wait(0.01)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("outbox")
    parser.add_argument("--log", required=True)
    parser.add_argument("--marker")
    parser.add_argument("--order-column", default="requestOrderId")
    parser.add_argument("--change-column", default="requestId")
    parser.add_argument("--delimiter", default=",")
    parser.add_argument("--encoding", default="utf-8")
    parser.add_argument("--order-pattern")
    parser.add_argument("--change-pattern")
    Till(parser.parse_args()).run()


if __name__ == "__main__":
    main()
