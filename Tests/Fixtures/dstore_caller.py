"""D-Store as the one who calls: places signed orders and asks until it is told S or F.

Usage:
  dstore_caller.py --url URL --keys FOLDER place --orders 100 --connections 4 --log FILE
  dstore_caller.py --url URL --keys FOLDER send createOrder BODY.json
  dstore_caller.py --url URL --keys FOLDER change ORDER REQUEST CANCELLED
  dstore_caller.py --url URL --keys FOLDER inquire ORDER

FOLDER is what order_keys.py made. A request without a signed S or F is repeated with the same
bytes, a fresh time and signature. The log gets one line of JSON for each call that was answered,
on its way to the disk before the next call begins; a share of the calls is repeated after the
answer, as D-Store does, and must get the same one.
"""

import argparse
import collections
import http.client
import json
import os
import random
import ssl
import sys
import threading
import time
import urllib.parse

import order_keys
from dstore_signing import PrivateKey, PublicKey, is_answer_signed, now, request_headers
from order_maker import make_change, make_order

Answer = collections.namedtuple("Answer", "status result code signed value")
NOTHING = Answer(0, "none", "", False, {})


class Target:
    """Whom to call, and with which keys."""

    def __init__(self, url, keys, authority=None, client=None, timeout=10, ahead=0):
        self.url = urllib.parse.urlsplit(url)
        self.prefix = self.url.path.rstrip("/")
        self.timeout = timeout
        self.ahead = ahead
        self.key = PrivateKey(os.path.join(keys, "dstore.key"))
        self.public = PublicKey(os.path.join(keys, "merchant.pub"))
        with open(os.path.join(keys, "client")) as file:
            self.client = client or file.read()
        self.context = None
        if self.url.scheme == "https":
            self.context = ssl.create_default_context(
                cafile=authority or os.path.join(keys, "authority.pem"))

    def path(self, call):
        return f"{self.prefix}/v2/pos/{call}"


def read_answer(target, path, status, headers, body, method="POST"):
    headers = {name.lower(): value for name, value in headers}
    try:
        value = json.loads(body)
        result = value["result"]
        status_word, code = result["resultStatus"], result.get("resultCode", "")
    except (ValueError, KeyError, TypeError):
        value, status_word, code = {}, "none", ""
    signed = is_answer_signed(target.public, path, headers, body, method)
    return Answer(status, status_word, code, signed, value)


class Connection:
    """One connection at a time, kept alive; opened again where it was lost."""

    def __init__(self, target):
        self.target = target
        self.http = None

    def connect(self):
        url = self.target.url
        if self.target.context:
            return http.client.HTTPSConnection(
                url.hostname, url.port, timeout=self.target.timeout, context=self.target.context)
        return http.client.HTTPConnection(url.hostname, url.port, timeout=self.target.timeout)

    def close(self):
        if self.http:
            self.http.close()
        self.http = None

    def call(self, name, body):
        """One try; `NOTHING` where no whole answer came."""
        path = self.target.path(name)
        at = now(self.target.ahead)
        headers = request_headers(self.target.key, path, self.target.client, body, at)
        self.http = self.http or self.connect()
        try:
            self.http.request("POST", path, body, headers)
            answer = self.http.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            return NOTHING
        return read_answer(self.target, path, answer.status, answer.getheaders(), text)

    def insist(self, name, body, patience=120):
        """Tries until there is a signed S or F; gives the last answer and the number of tries."""
        end, wait, tries = time.monotonic() + patience, 0.02, 0
        while True:
            answer = self.call(name, body)
            tries += 1
            if answer.signed and answer.status == 200 and answer.result in ("S", "F"):
                return answer, tries
            if time.monotonic() > end:
                return answer._replace(result="none"), tries
            time.sleep(wait * random.uniform(0.5, 1))
            wait = min(wait * 1.5, 0.5)


class AnswerLog:
    """Lines of JSON; synchronised once a second, and when it is closed."""

    def __init__(self, path):
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644) if path else None
        self.lock = threading.Lock()
        self.last = time.monotonic()

    def write(self, **entry):
        if self.file is None:
            return
        os.write(self.file, (json.dumps(entry) + "\n").encode())
        with self.lock:
            is_due = time.monotonic() - self.last > 1
            if is_due:
                self.last = time.monotonic()
        if is_due:
            os.fdatasync(self.file)

    def close(self):
        if self.file is not None:
            os.fsync(self.file)
            os.close(self.file)
            self.file = None


class Caller:
    """Many orders over several connections."""

    def __init__(self, target, orders, connections=1, log=None, seed=0, rate=0, repeats=0.0,
                 changes=0.0, patience=120):
        self.target, self.orders, self.seed = target, iter(orders), seed
        self.connections, self.rate, self.patience = connections, rate, patience
        self.repeats, self.changes = repeats, changes
        self.log = AnswerLog(log)
        self.lock = threading.Lock()
        self.begun = self.answered = self.tries = 0
        self.counts = collections.Counter()
        self.entries = []

    def next_order(self):
        with self.lock:
            order = next(self.orders, None)
            due = self.start + self.begun / self.rate if self.rate else 0
            self.begun += 1
        if due > time.monotonic():
            time.sleep(due - time.monotonic())
        return order

    def note(self, call, key, answer, tries, **more):
        entry = {
            "call": call, "id": key, "answer": answer.result, "code": answer.code,
            "posOrderId": answer.value.get("posOrderId"), "tries": tries, **more,
        }
        self.log.write(**entry)
        with self.lock:
            self.entries.append(entry)
            self.counts[f"{call} {answer.result}"] += 1
            self.tries += tries
            self.answered += call == "createOrder"
        return entry

    def serve(self, order, connection):
        chance = random.Random(f"{self.seed}/{order.id}")
        answer, tries = connection.insist("createOrder", order.body, self.patience)
        first = self.note("createOrder", order.id, answer, tries)
        if chance.random() < self.repeats:
            self.repeat(order, first, connection)
        if answer.result == "S" and chance.random() < self.changes:
            request_id, body = make_change(order.id, chance)
            answer, tries = connection.insist("pushOrderChange", body, self.patience)
            self.note("pushOrderChange", request_id, answer, tries, order=order.id)

    def repeat(self, order, first, connection):
        answer, tries = connection.insist("createOrder", order.body, self.patience)
        is_same = (answer.result, answer.value.get("posOrderId")) == (
            first["answer"], first["posOrderId"])
        self.note("repeat", order.id, answer, tries, same=is_same)

    def work(self):
        connection = Connection(self.target)
        while order := self.next_order():
            self.serve(order, connection)
        connection.close()

    def run(self):
        self.start = time.monotonic()
        threads = [threading.Thread(target=self.work) for _ in range(self.connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.log.close()
        seconds = time.monotonic() - self.start
        return {
            "answers": dict(sorted(self.counts.items())), "tries": self.tries,
            "differing": [one["id"] for one in self.entries if one.get("same") is False],
            "seconds": round(seconds, 3),
        }


def place(target, given):
    orders = (
        make_order(number, given.seed, given.order_prefix, order_keys.ACCOUNT, order_keys.STORES)
        for number in range(given.orders))
    summary = Caller(
        target, orders, given.connections, given.log, given.seed, given.rate, given.repeats,
        given.changes, given.patience).run()
    print(json.dumps(summary, indent=2))
    return summary["answers"].get("createOrder S") == given.orders and not summary["differing"]


def tell(target, call, body, patience):
    answer, tries = Connection(target).insist(call, body, patience)
    print(json.dumps({
        "status": answer.status, "signed": answer.signed, "tries": tries, **answer.value}))
    return answer.result == "S"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", required=True, help="with the path prefix, if there is one")
    parser.add_argument("--keys", required=True, help="the folder that order_keys.py made")
    parser.add_argument("--authority", help="another certificate authority than the folder's")
    parser.add_argument("--client", help="another client id than the folder's")
    parser.add_argument("--ahead", type=float, default=0, help="of its clock, in seconds")
    parser.add_argument("--patience", type=float, default=120, help="seconds for one call")
    commands = parser.add_subparsers(dest="command", required=True)
    many = commands.add_parser("place", help="places many orders")
    many.add_argument("--orders", type=int, default=100)
    many.add_argument("--connections", type=int, default=1)
    many.add_argument("--log")
    many.add_argument("--seed", type=int, default=0)
    many.add_argument("--order-prefix", default="O")
    many.add_argument("--rate", type=float, default=0, help="orders a second; 0: no limit")
    many.add_argument("--repeats", type=float, default=0, help="share that is placed once more")
    many.add_argument("--changes", type=float, default=0, help="share that is changed afterwards")
    one = commands.add_parser("send", help="sends a body from a file, - for standard input")
    one.add_argument("call")
    one.add_argument("file")
    change = commands.add_parser("change", help="tells of a change")
    change.add_argument("order")
    change.add_argument("request")
    change.add_argument("status")
    commands.add_parser("inquire", help="asks for an order").add_argument("order")
    return parser.parse_args()


def main():
    given = arguments()
    target = Target(
        given.url, given.keys, given.authority, given.client, ahead=given.ahead)
    if given.command == "place":
        return place(target, given)
    if given.command == "send":
        with open(0 if given.file == "-" else given.file, "rb") as file:
            return tell(target, given.call, file.read(), given.patience)
    if given.command == "change":
        body = {
            "requestId": given.request, "requestOrderId": given.order,
            "orderStatus": given.status,
        }
        return tell(target, "pushOrderChange", json.dumps(body).encode(), given.patience)
    body = {"requestOrderId": given.order}
    return tell(target, "inquireOrderDetail", json.dumps(body).encode(), given.patience)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
