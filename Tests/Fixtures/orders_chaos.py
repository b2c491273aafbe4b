"""Orders, while everything around them fails: each one that was answered S is seen by the POS once.

Usage:
  order_keys.py FOLDER --port 8443 --tls
  orders_chaos.py FOLDER --url https://127.0.0.1:8443 --orders 10000 --connections 16 \\
    --kills 60 --absences 20 --run 'dstore-connector run --workspace FOLDER/workspace' \\
    -- dstore-connector serve --workspace FOLDER/workspace

FOLDER is what order_keys.py made. While dstore_caller.py places orders, repeats and changes some,
the server is killed with -9 and started again, some starts are killed too, the outbox or its
folder of orders is moved away and back, and the `--run` command runs (half of the times it is
killed, too). pos_double.py takes the files away. Where the seed says that something happens is
counted in answered orders; `--pos` hands further words to pos_double.py.

At the end everything works again, and the summary (JSON) says what was lost, seen twice, partial
or altered. Exit 0 only where nothing was. Logs stay in FOLDER: answers, pos, server.log, runs.log.
"""

import argparse
import collections
import json
import os
import random
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse

import order_keys
from dstore_caller import Caller, Target
from order_maker import make_order
from orders_verdict import Verdict, lines

HERE = os.path.dirname(os.path.abspath(__file__))


class Server:
    """The command under test, in a process group of its own."""

    def __init__(self, command, log, url):
        self.command, self.log = command, open(log, "ab")
        self.address = (url.hostname, url.port)
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            self.command, stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL,
            start_new_session=True)

    def is_listening(self):
        try:
            socket.create_connection(self.address, 1).close()
            return True
        except OSError:
            return False

    def wait(self, seconds=60):
        """Whether it answers at its port."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            if self.is_listening():
                return True
            time.sleep(0.01)
        return False

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Asked to end; its exit code and the seconds it took."""
        start = time.monotonic()
        self.process.terminate()
        try:
            code = self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.kill()
            code = "killed after 60 s"
        return {"exit": code, "seconds": round(time.monotonic() - start, 2)}


class Chaos:
    """What goes wrong, one thing after the other in each of its threads."""

    def __init__(self, given, server, caller):
        self.given, self.server, self.caller = given, server, caller
        self.chance = random.Random(given.seed)
        self.outbox = os.path.join(given.folder, "workspace/Outbox")
        self.counts, self.runs = collections.Counter(), collections.Counter()
        self.died, self.away = [], []
        self.run_log = open(os.path.join(given.folder, "runs.log"), "ab")
        self.is_over = threading.Event()

    def moments(self, count, chance):
        """Numbers of answered orders, rising."""
        return sorted(chance.randint(1, max(1, self.given.orders - 1)) for _ in range(count))

    def reached(self, moment):
        while self.caller.answered < moment and not self.is_over.is_set():
            time.sleep(0.002)
        return not self.is_over.is_set()

    def kills(self, seed):
        chance = random.Random(seed)
        for moment in self.moments(self.given.kills, chance):
            if not self.reached(moment):
                return
            time.sleep(chance.uniform(0, 0.03))
            self.kill_server("kills")
            if self.given.run and chance.random() < 0.3:
                self.run_command(chance)
            self.server.start()
            if chance.random() < 0.25:
                time.sleep(chance.uniform(0, 0.3))
                self.kill_server("kills at the start")
                self.server.start()
            if not self.server.wait():
                self.died.append(f"does not start: {self.server.process.poll()}")
                return

    def kill_server(self, what):
        if self.server.process.poll() is not None:
            self.died.append(f"ended by itself: {self.server.process.poll()}")
        self.server.kill()
        self.counts[what] += 1

    def absences(self, seed):
        chance = random.Random(seed)
        for moment in self.moments(self.given.absences, chance):
            if not self.reached(moment):
                return
            folder = chance.choice((self.outbox, self.outbox + "/orders", self.outbox + "/changes"))
            start = time.time()
            os.rename(folder, folder + "-away")
            time.sleep(chance.uniform(0.02, 0.8))
            try:
                os.rename(folder + "-away", folder)
                self.counts["absences"] += 1
                self.away.append((start, time.time()))
            except OSError as error:
                self.died.append(f"{folder} was made anew while it was away: {error}")
                return

    def run_now_and_then(self, seed):
        chance = random.Random(seed)
        for moment in self.moments(self.given.runs if self.given.run else 0, chance):
            if not self.reached(moment):
                return
            self.run_command(chance)

    def run_command(self, chance):
        run = subprocess.Popen(
            shlex.split(self.given.run), stdout=self.run_log, stderr=self.run_log,
            stdin=subprocess.DEVNULL, start_new_session=True)
        try:
            run.wait(chance.uniform(0, 0.15) if chance.random() < 0.5 else 60)
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
        self.runs[f"exit {run.returncode}" if run.returncode >= 0 else "killed"] += 1

    def begin(self):
        work = (self.kills, self.absences, self.run_now_and_then)
        self.threads = [
            threading.Thread(target=one, args=(self.chance.random(),)) for one in work]
        for thread in self.threads:
            thread.start()

    def end(self):
        """Everything works again."""
        self.is_over.set()
        for thread in self.threads:
            thread.join()
        if self.server.process.poll() is not None:
            self.server.start()
        if not self.server.wait():
            self.died.append("does not answer at the end")


def settle(caller, orders, log, pos, seconds):
    """Waits until the POS has seen everything, and a little longer for what comes twice."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and Verdict(caller, orders, lines(log)).missing():
        if pos.poll() is not None:
            raise SystemExit("the POS double ended by itself")
        time.sleep(0.5)
    time.sleep(2)
    return Verdict(caller, orders, lines(log))


def remains(outbox):
    """Files that nobody took; hidden ones are temporary files that were left behind."""
    found = collections.Counter()
    for folder, _, files in os.walk(outbox):
        for name in files:
            is_hidden = "/." in os.path.join(folder, name)
            found["hidden" if is_hidden else "visible"] += 1
    return dict(found)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=os.path.abspath)
    parser.add_argument("--url", required=True)
    parser.add_argument("--orders", type=int, default=10000)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--rate", type=float, default=0, help="orders a second; 0: no limit")
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--absences", type=int, default=20)
    parser.add_argument("--run", help="a command that releases orders, too")
    parser.add_argument("--runs", type=int, default=20, help="how often beside the server")
    parser.add_argument("--repeats", type=float, default=0.1)
    parser.add_argument("--changes", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--settle", type=float, default=120, help="seconds, at the end")
    parser.add_argument("--pos", default="", help="further words for pos_double.py")
    parser.add_argument("server", nargs="+", help="the command, after --")
    return parser.parse_args()


def start_pos(given, log):
    return subprocess.Popen([
        sys.executable, os.path.join(HERE, "pos_double.py"),
        os.path.join(given.folder, "workspace/Outbox"), "--log", log, *shlex.split(given.pos)])


def main():
    given = arguments()
    log, answers = os.path.join(given.folder, "pos"), os.path.join(given.folder, "answers")
    if os.path.exists(log):
        raise SystemExit(f"{given.folder} was used before; its orders would be repeats")
    open(log, "w").close()
    target = Target(given.url, os.path.join(given.folder, "keys"))
    orders = [
        make_order(number, given.seed, f"C{given.seed}", order_keys.ACCOUNT, order_keys.STORES)
        for number in range(given.orders)]
    caller = Caller(
        target, orders, given.connections, answers, given.seed, given.rate, given.repeats,
        given.changes)
    server = Server(
        given.server, os.path.join(given.folder, "server.log"), urllib.parse.urlsplit(given.url))
    chaos, pos = Chaos(given, server, caller), start_pos(given, log)
    server.start()
    if not server.wait():
        pos.terminate()
        raise SystemExit(f"the server does not start: {server.process.poll()}")
    try:
        chaos.begin()
        calls = caller.run()
        chaos.end()
        verdict = settle(caller, orders, log, pos, given.settle).summary(chaos.away)
        stopped = server.stop()
    finally:
        if server.process.poll() is None:
            server.kill()
        pos.terminate()
        pos.wait()
    return tell(chaos, calls, verdict, stopped, lines(log))


def tell(chaos, calls, verdict, stopped, seen):
    left = remains(chaos.outbox)
    groups = [verdict.pop("orders"), verdict.pop("changes")]
    is_good = not (
        any(any(group.values()) for group in groups) or any(verdict.values()) or chaos.died
        or left.get("visible"))
    print(json.dumps({
        "seed": chaos.given.seed, "calls": calls, "chaos": dict(chaos.counts),
        "runs": dict(chaos.runs), "died": chaos.died, "stopped": stopped,
        "seen": dict(collections.Counter(one["kind"] for one in seen)),
        "orders": shown(groups[0]), "changes": shown(groups[1]), **shown(verdict),
        "left in the outbox": left, "good": is_good,
    }, indent=2, ensure_ascii=False))
    return is_good


def shown(faults):
    """Each with its number and a few examples."""
    return {name: [len(all), *all[:5]] if all else 0 for name, all in faults.items()}


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
