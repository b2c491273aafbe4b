#!/usr/bin/env python3
"""Fills a ledger with orders as if they had come over the last days.

The ledger must be there: the program makes it, and its tables (dstore-connector run). Rows are
written by SQL, in the order in which they would have come, so that the indexes of random ids are
as scattered as in a ledger that has grown. Ids are random, bodies have about 1.5 KB, every order
is released, and a share of them has four status updates that D-Store accepted.
"""

import argparse
import datetime
import hashlib
import json
import random
import sqlite3
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Tests/Fixtures"))

from order_keys import ACCOUNT, CLIENT, STORES
from order_maker import make_order

STATUSES = ("ACCEPTED", "PREPARING", "READY", "COMPLETED")
ENDPOINT = "https://127.0.0.1:9"
DAY = 86_400_000
LINES_A_FILE = 200
BODY_SIZE = 1500

TABLES = {
    "orderBody": "id, bytes",
    "heldOrder":
        "id, scopeId, requestOrderId, account, store, channelOrderId, posOrderId, digest, status, "
        "bodyId, receivedAt",
    "orderFlag": "scopeId, orderId, at, code, field, message",
    "orderStep": "orderId, status, origin, changedAt, at",
    "orderRelease":
        "scopeId, orderId, state, name, folder, temporary, device, inode, bootId, size, digest, "
        "releasedAt, isNamedById",
    "file":
        "id, scopeId, name, mapping, recipe, size, modified, changed, inode, device, stampedAt, "
        "digest, workName, stays, outcome, target, isPlaced, records, summary, createdAt, endedAt",
    "statusChange":
        "id, scopeId, file, mapping, change, matchBy, orderKey, content, hasRefund, copies, "
        "orderId, state, firstSeenAt, endedAt, lastNotification",
    "seenLine": "orderId, content, count, changedAt",
    "notification":
        "id, scopeId, orderId, changeId, requestId, body, fields, orderStatus, isFilledIn, state, "
        "tries, createdAt, endedAt, triedAt, outcome, reason, httpStatus, status, code, message, "
        "isRateLimited",
    "orderValue": "orderId, name, json",
}


class Rows:
    """Rows by table, written in blocks."""

    def __init__(self, database):
        self.database = database
        self.waiting = {table: [] for table in TABLES}
        self.statements = {
            table: f"INSERT OR REPLACE INTO {table} ({columns}) VALUES "
            f"({', '.join('?' for _ in columns.split(', '))})"
            for table, columns in TABLES.items()}

    def add(self, table, *values):
        self.waiting[table].append(values)

    def write(self):
        for table, rows in self.waiting.items():
            self.database.executemany(self.statements[table], rows)
            rows.clear()
        self.database.commit()

    def next_id(self, table):
        return (self.database.execute(f"SELECT max(id) FROM {table}").fetchone()[0] or 0) + 1


def make_bodies():
    """Bodies of about the wanted size, into which an order's own ids are put."""
    bodies = []
    for number in range(400):
        body = json.loads(make_order(number, 1, "B", ACCOUNT, STORES).body)
        body["requestOrderId"], body["channelOrderId"] = "%REQUEST%", "%CHANNEL%"
        note = "Please ring the bell twice, the dog is friendly. "
        body["remark"] = note * max(0, (BODY_SIZE - len(json.dumps(body))) // len(note))
        bodies.append(json.dumps(body, ensure_ascii=False))
    return bodies


class Ledger:
    def __init__(self, path, given):
        self.given = given
        self.chance = random.Random(given.seed)
        self.database = sqlite3.connect(path)
        for pragma in ("synchronous = OFF", "journal_mode = OFF", "cache_size = -4000000"):
            self.database.execute(f"PRAGMA {pragma}")
        self.rows = Rows(self.database)
        self.orders = self.scope("gateway")
        self.files = self.scope(ENDPOINT)
        self.database.execute(
            "INSERT OR IGNORE INTO releasedFolder VALUES (?, 'orders')", (self.orders,))
        self.next = {
            table: self.rows.next_id(table)
            for table in ("heldOrder", "orderBody", "file", "statusChange", "notification")}
        self.file, self.lines = None, 0

    def scope(self, endpoint):
        key = ("sandbox", endpoint, CLIENT, "")
        self.database.execute(
            "INSERT OR IGNORE INTO scope (environment, endpoint, clientId, account) "
            "VALUES (?, ?, ?, ?)", key)
        return self.database.execute(
            "SELECT id FROM scope WHERE environment = ? AND endpoint = ? AND clientId = ? "
            "AND account = ?", key).fetchone()[0]

    def take(self, table):
        number = self.next[table]
        self.next[table] += 1
        return number

    def hex(self, digits):
        return f"{self.chance.getrandbits(digits * 4):0{digits}x}"

    def fill(self):
        given, bodies = self.given, make_bodies()
        end = int(time.time() * 1000) - int(given.ago * DAY) - 3_600_000
        start = end - int(given.days * DAY)
        for number in range(given.orders):
            at = start + (end - start) * number // given.orders
            self.order(at, self.chance.choice(bodies))
            if number % 20_000 == 19_999:
                self.rows.write()
                self.tell(number + 1)
        self.rows.write()

    @staticmethod
    def tell(count):
        if sys.stderr.isatty():
            print(f"\r{count:,} orders ", end="", file=sys.stderr, flush=True)

    def order(self, at, body):
        rows, order, body_id = self.rows, self.take("heldOrder"), self.take("orderBody")
        request, channel = self.hex(32), f"GF-{self.hex(8).upper()}"
        pos = hashlib.sha256(request.encode()).hexdigest()[:16]
        has_updates = self.chance.random() < self.given.updates
        text = body.replace("%REQUEST%", request).replace("%CHANNEL%", channel).encode()
        rows.add("orderBody", body_id, text)
        rows.add(
            "heldOrder", order, self.orders, request, ACCOUNT, STORES[order % len(STORES)], channel,
            pos, self.hex(64), STATUSES[-1] if has_updates else "ORDER_SUCCESS", body_id, at)
        if self.chance.random() < 0.03:
            rows.add(
                "orderFlag", self.orders, order, at, "amounts-differ", "orderAmount",
                "the products add up to 64.80 SGD, and the order says 65.30 SGD")
        rows.add("orderStep", order, "ORDER_SUCCESS", "initial", None, at)
        rows.add(
            "orderRelease", self.orders, order, "released", f"orders/{request}.json", "orders",
            f"{self.hex(16)}/{self.hex(16)}", 65024, self.chance.getrandbits(30),
            "b62422c2-04b4-4db4-9a59-0e545eba979f", len(text), self.hex(64), at + 150, 1)
        if has_updates:
            for step, status in enumerate(STATUSES):
                self.update(order, pos, request, status, at + (step + 1) * 300_000)

    def status_file(self, at):
        """The status file that holds the next line."""
        if self.file is None or self.lines == LINES_A_FILE:
            self.file, self.lines = self.take("file"), 0
            moment = datetime.datetime.fromtimestamp(at / 1000, datetime.timezone.utc)
            name = f"status/{moment:%Y%m%d-%H%M%S}-{self.file}.csv"
            self.rows.add(
                "file", self.file, self.files, name, "pos-status", self.hex(64), 9000, at, at,
                self.chance.getrandbits(30), 65024, at, self.hex(64), f".work/{self.hex(16)}", 0,
                "sent", f"archive/{moment:%Y-%m-%d}/{name}", 1, LINES_A_FILE,
                f"{LINES_A_FILE} notification(s) for D-Store", at, at)
        self.lines += 1
        return self.file

    def update(self, order, pos, request, status, at):
        rows, change, notification = (
            self.rows, self.take("statusChange"), self.take("notification"))
        file, field = self.status_file(at), f'"{status}"'
        fields = [{"json": field, "name": "orderStatus", "role": "orderStatus"}]
        content = f"{{orderStatus:{field}}}@{at}"
        stored = {
            "changedAt": at, "fields": fields, "matchBy": "posOrderId", "order": pos,
            "orderStatus": status,
            "place": {
                "file": "Inbox/status/day.csv", "line": self.lines + 1, "record": self.lines}}
        rows.add(
            "statusChange", change, self.orders, file, "pos-status", text_of(stored), "posOrderId",
            pos, content, 0, 1, order, "done", at, at + 900, notification - 1)
        rows.add("seenLine", order, content, 1, at)
        body = {
            "requestId": self.hex(32), "requestOrderId": request, "orderStatus": status,
            "posAccountId": ACCOUNT, "updateTime": at}
        rows.add(
            "notification", notification, self.orders, order, change, body["requestId"],
            text_of(body).encode(), text_of(fields), status, 0, "accepted", 1, at, at + 900,
            at + 900, "accepted", "D-Store accepted it", 200, "S", "SUCCESS", "success", 0)
        rows.add("orderValue", order, "orderStatus", field)
        rows.add("orderStep", order, status, "pos", at, at)


def text_of(value):
    return json.dumps(value, separators=(",", ":"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ledger", type=Path, help="…/.connector/ledger.sqlite")
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--days", type=float, default=29, help="over how many days they came")
    parser.add_argument("--ago", type=float, default=0, help="how many days ago the last came")
    parser.add_argument("--updates", type=float, default=0.5, help="the share with four updates")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    if not given.ledger.exists():
        sys.exit(f"{given.ledger} is missing; dstore-connector run makes it")
    Ledger(given.ledger, given).fill()


if __name__ == "__main__":
    main()
