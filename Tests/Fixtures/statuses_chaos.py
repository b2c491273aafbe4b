"""What the POS says of its orders, while D-Store fails: each change has its effect once, in order.

Usage:
  order_keys.py FOLDER --port 8444
  statuses_chaos.py FOLDER --url http://127.0.0.1:8444 --orders 200 --connector dstore-connector

FOLDER is what order_keys.py made. While dstore_caller.py places orders, status files tell five
changes of each, every file the whole list so far; `run` goes again and again, and half of the time
it is killed with -9, and so is `serve` now and then. dstore_double.py answers what it is asked with faults. Time passes by the
ledger's nextTryAt.

At the end all is calm, and the summary (JSON) says which order has not its whole journey at D-Store,
in order and once. What D-Store refused is `retry`ed then; only a status that a later one of the
journey has overtaken may be missing. Exit 0 only where every order has. Logs (*.log, answers) stay in FOLDER.
"""

import argparse
import collections
import csv
import datetime
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.parse

import order_keys
import order_maker
from dstore_caller import Caller, Target
from orders_chaos import HERE, Server
from orders_verdict import lines

NAME = "chaos"
FAULTS = (
    "U 500 429 limit unsigned wrong-signature wrong-time cut-before cut-after cut-after "
    "F:PROCESS_FAIL").split()
# It costs the client's whole patience.
SILENT = 4

MAPPING = """kind: order-status
files: status/*.csv
change:
  order: ${Order}
  matchBy: channelOrderId
  orderStatus: ${State}
  shortOrderNumber: ${Ticket}
  refundAmount: ${Refund}
  readyTime: ${Ready}
  changedAt: ${At}
"""
HEADER = ("Order", "State", "Ticket", "Refund", "Ready", "At")


class DStore:
    """The double, in a folder that it takes along at its end."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, "double")
        shutil.copytree(os.path.join(folder, "keys"), self.folder)
        os.makedirs(os.path.join(self.folder, NAME))
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(HERE, "dstore_double.py"), self.folder],
            stdin=subprocess.PIPE)
        while not os.path.exists(os.path.join(self.folder, "port")):
            time.sleep(0.01)
        with open(os.path.join(self.folder, "port")) as file:
            self.endpoint = f"https://127.0.0.1:{file.read()}/{NAME}"
        self.faults = os.path.join(self.folder, NAME, "faults")
        self.log = os.path.join(self.folder, NAME, "log")

    def fail(self, words):
        with open(self.faults + ".mine", "w") as file:
            file.write(" ".join(words))
        os.replace(self.faults + ".mine", self.faults)

    def entries(self):
        return lines(self.log) if os.path.exists(self.log) else []

    def end(self, keep):
        if os.path.exists(self.log):
            shutil.copy(self.log, keep)
        self.process.stdin.close()
        self.process.wait()


def make_settings(folder, endpoint):
    """Points the workspace at the double."""
    path = os.path.join(folder, "workspace/Mappings/connector.yaml")
    with open(path) as file:
        text = file.read().replace(
            "endpoint: https://127.0.0.1:9",
            f"endpoint: {endpoint}\ntrust: {folder}/keys/authority.pem\nsettle: 50ms")
    with open(path, "w") as file:
        file.write(text)
    with open(os.path.join(folder, "workspace/Mappings/status.yaml"), "w") as file:
        file.write(MAPPING)


class Kitchen:
    """Five changes of each order, and the files that tell of them."""

    def __init__(self, given, orders):
        self.folder = os.path.join(given.folder, "workspace/Inbox/status")
        self.chance = random.Random(given.seed)
        self.day = datetime.datetime.now().astimezone() - datetime.timedelta(hours=2)
        self.numbers = [json.loads(order.body)["channelOrderId"] for order in orders]
        self.told = [0] * len(orders)
        self.files = 0

    def moment(self, number, step):
        at = self.day + datetime.timedelta(seconds=number % 600 + step * 600)
        return at.isoformat(timespec="seconds")

    def changes(self, number):
        """The lines of one order, without the order's number."""
        ready = self.moment(number, 9)
        steps = (
            ("ACCEPTED", "", "", ""), ("", f"T{number}", "", ready), ("PREPARING", "", "", ""),
            ("READY", "", "0.50", ""), ("COMPLETED", "", "", ""))
        return [step + (self.moment(number, place),) for place, step in enumerate(steps)]

    def expected(self, number):
        """What D-Store must have been told of one order."""
        ready = {"shortOrderNumber": f"T{number}", "readyTime": self.moment(number, 9)}
        refund = {"orderStatus": "READY", "refundAmount": order_maker.amount(50)}
        return [
            {"orderStatus": "ACCEPTED"}, ready, {"orderStatus": "PREPARING"}, refund,
            {"orderStatus": "COMPLETED"}]

    def is_done(self):
        return all(count == 5 for count in self.told)

    def write(self):
        """The whole list so far, its lines in any order; sometimes one that was written already."""
        for number, count in enumerate(self.told):
            self.told[number] = min(5, count + self.chance.choice((0, 0, 1, 1, 2)))
        rows = [
            (self.numbers[number], *change) for number, count in enumerate(self.told)
            for change in self.changes(number)[:count]]
        self.chance.shuffle(rows)
        self.files += 1
        name = f"day-{self.files:04d}.csv"
        hidden = os.path.join(self.folder, "." + name)
        with open(hidden, "w", newline="") as file:
            csv.writer(file).writerows([HEADER, *rows])
        os.rename(hidden, os.path.join(self.folder, name))


class Runs:
    """The command, again and again."""

    def __init__(self, given):
        self.command, self.space = given.connector, os.path.join(given.folder, "workspace")
        self.chance = random.Random(given.seed + 1)
        self.log = open(os.path.join(given.folder, "runs.log"), "ab")
        self.endings = collections.Counter()

    def run(self, kill_after=None):
        run = subprocess.Popen(
            [self.command, "run", "--workspace", self.space], stdout=self.log, stderr=self.log,
            stdin=subprocess.DEVNULL, start_new_session=True)
        try:
            code = run.wait(kill_after)
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
            code = "killed"
        self.endings[str(code)] += 1
        return code

    def ledger(self, statement):
        ledger = sqlite3.connect(self.space + "/.connector/ledger.sqlite", timeout=30)
        try:
            with ledger:
                return ledger.execute(statement).fetchall()
        finally:
            ledger.close()

    def refused(self):
        """The orders of which something needs a person, because D-Store refused it."""
        return [row[0] for row in self.ledger(
            "SELECT DISTINCT requestOrderId FROM notification JOIN heldOrder ON heldOrder.id = orderId "
            "WHERE state = 'refused' AND dismissedAt IS NULL")]

    def retry(self, order):
        return subprocess.run(
            [self.command, "retry", order, "--workspace", self.space], stdout=self.log,
            stderr=self.log, stdin=subprocess.DEVNULL).returncode

    def pass_time(self):
        self.ledger("UPDATE notification SET nextTryAt = 0 WHERE state = 'queued'")

    def count(self, table):
        return dict(self.ledger(f"SELECT state, count(*) FROM {table} GROUP BY state"))


def storm(given, dstore, kitchen, runs, placing, server):
    chance = random.Random(given.seed + 2)
    faults = [
        chance.choice(FAULTS) if chance.random() < given.fault_rate else "ok"
        for _ in range(given.orders * 40)]
    for _ in range(SILENT):
        faults[chance.randrange(given.orders)] = "silent"
    dstore.fail(faults)
    end = time.monotonic() + given.storm
    rounds = 0
    while time.monotonic() < end and (
        rounds < given.rounds or not kitchen.is_done() or placing.is_alive()
    ):
        for _ in range(chance.choice((0, 1, 1, 2))):
            kitchen.write()
        is_killed = chance.random() < 0.6
        runs.run(chance.uniform(0.02, 3) if is_killed else None)
        if chance.random() < 0.7:
            runs.pass_time()
        if chance.random() < 0.3:
            server.kill()
            server.start()
        rounds += 1


def calm(given, dstore, kitchen, runs):
    while not kitchen.is_done():
        kitchen.write()
    kitchen.write()
    code, end = None, time.monotonic() + given.storm
    while time.monotonic() < end:
        dstore.fail([])
        runs.pass_time()
        code = runs.run()
        if code == 0 and not runs.count("notification").get("queued"):
            break
    for order in runs.refused():
        code = max(code, runs.retry(order))
    return code


def judge(entries, orders, kitchen):
    """What is wrong, by kind."""
    wrong = collections.defaultdict(list)
    effects, digests, refused = collections.defaultdict(list), {}, collections.defaultdict(list)
    for entry in entries:
        if entry["wrong"] or "told" not in entry:
            wrong["odd requests"].append(entry["call"])
            continue
        if digests.setdefault(entry["requestId"], entry["digest"]) != entry["digest"]:
            wrong["other bytes under one requestId"].append(entry["requestId"])
        told = {key: value for key, value in entry["told"].items() if "request" not in key}
        if entry["effect"]:
            effects[entry["told"]["requestOrderId"]].append(told)
        elif entry["fault"].startswith("F:") and entry["answer"] == "F":
            refused[entry["told"]["requestOrderId"]].append(told)
    for number, order in enumerate(orders):
        seen = effects.pop(order.id, [])
        expected = kitchen.expected(number)
        odd = refused[order.id]
        # A refused status may be overtaken; what was refused and tried again comes later.
        moot = [one for one in odd if one not in seen and list(one) == ["orderStatus"]]
        expected = [one for one in expected if one not in moot]
        if seen == expected:
            continue
        if odd and sorted(map(json.dumps, seen)) == sorted(map(json.dumps, expected)) and [
            one for one in seen if one not in odd] == [one for one in expected if one not in odd]:
            continue
        short = [one for one in expected if one not in seen]
        twice = [one for one in seen if seen.count(one) > 1]
        wrong["missing" if short else "twice" if twice else "order"].append([order.id, seen])
    wrong["unknown orders"] = list(effects)
    return {kind: [len(all), *all[:3]] for kind, all in wrong.items() if all}, len(digests)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=os.path.abspath)
    parser.add_argument("--url", required=True, help="the gateway's")
    parser.add_argument("--connector", default="dstore-connector")
    parser.add_argument("--orders", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=15, help="runs in the storm, at least")
    parser.add_argument("--storm", type=float, default=120, help="seconds at most, and again for the end")
    parser.add_argument("--fault-rate", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main():
    given = arguments()
    orders = [
        order_maker.make_order(number, given.seed, f"H{given.seed}", order_keys.ACCOUNT, order_keys.STORES)
        for number in range(given.orders)]
    dstore = DStore(given.folder)
    make_settings(given.folder, dstore.endpoint)
    kitchen, runs = Kitchen(given, orders), Runs(given)
    server = Server(
        [given.connector, "serve", "--workspace", runs.space],
        os.path.join(given.folder, "server.log"), urllib.parse.urlsplit(given.url))
    server.start()
    try:
        if not server.wait():
            raise SystemExit(f"the server does not start: {server.process.poll()}")
        caller = Caller(
            Target(given.url, os.path.join(given.folder, "keys")), orders, 4,
            os.path.join(given.folder, "answers"), given.seed, rate=given.orders / 10)
        placing = threading.Thread(target=caller.run)
        begun = time.monotonic()
        placing.start()
        storm(given, dstore, kitchen, runs, placing, server)
        placing.join()
        code = calm(given, dstore, kitchen, runs)
        entries = dstore.entries()
        wrong, requests = judge(entries, orders, kitchen)
        print(json.dumps({
            "seed": given.seed, "placed": dict(caller.counts), "files": kitchen.files,
            "runs": dict(runs.endings), "last exit": code, "calls": len(entries),
            "requests": requests, "faults": collections.Counter(one["fault"] for one in entries),
            "notifications": runs.count("notification"), "changes": runs.count("statusChange"),
            "wrong": wrong, "seconds": round(time.monotonic() - begun, 1),
        }, indent=2, ensure_ascii=False))
        return not wrong and code == 0
    finally:
        server.stop()
        dstore.end(os.path.join(given.folder, "dstore.log"))


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
