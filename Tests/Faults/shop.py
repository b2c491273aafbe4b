"""A workspace of an invented shop, and the program that is run in it."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import time

import order_keys

MENU = """kind: products
files: products/menu*.csv
columns: {id: Code, name: Name, price: Price, open: Open}
tables: {state: {Y: AVAILABLE, N: UNAVAILABLE}}
products:
  - type: SINGLE
    posProductId: ${id}
    name: ${name}
    price: ${price}
    status: ${open | lookup(state)}
"""

STATUS = """kind: order-status
files: status/*.csv
change:
  order: ${Order}
  orderStatus: ${State}
  shortOrderNumber: ${Ticket}
  refundAmount: ${Refund}
  changedAt: ${At}
"""

SETTINGS = """environment: sandbox
posAccountId: {account}
stores: [{stores}]
currency: SGD
timeZone: Asia/Singapore
clientId: {client}
keys: {{private: {keys}/merchant.pem, dstorePublic: {keys}/dstore.pub}}
endpoint: {endpoint}
trust: {keys}/authority.pem
settle: 10ms
gateway: {{listen: '127.0.0.1:{port}'}}
{more}
"""


def menu(*prices, states="", store=""):
    """An export: a product for each price, in cents."""
    lines = ["Code,Name,Price,Open" + (",Shop" if store else "")]
    for number, price in enumerate(prices):
        state = states[number] if number < len(states) else "Y"
        line = f"A{number},Dish {number},{price / 100:.2f},{state}"
        lines.append(f"{line},{store}" if store else line)
    return "\n".join(lines) + "\n"


class Ending:
    """How a program ended: its exit code, or the signal's number below zero."""

    def __init__(self, exit, out, err):
        self.exit, self.out, self.err = exit, out, err

    def __repr__(self):
        return f"exit {self.exit} {(self.out + self.err)[:600]!r}"


class Shop:
    """A workspace. It may be copied, and lives on in the copy under the same path."""

    def __init__(self, path, program, shim, keys, endpoint, port):
        self.path, self.program, self.shim, self.keys = path, program, shim, keys
        self.endpoint, self.port = endpoint, port
        self.log, self.environment, self.last = [], {}, None

    def make(self, stores=("S-1",), mappings=None, more=""):
        for name in ("Inbox/products", "Inbox/status", "Outbox", "Mappings"):
            os.makedirs(self.at(name))
        self.write("Mappings/connector.yaml", SETTINGS.format(
            account=order_keys.ACCOUNT, client=order_keys.CLIENT, keys=self.keys, more=more,
            stores=", ".join(f"{{posStoreId: {one}}}" for one in stores),
            endpoint=self.endpoint, port=self.port))
        for name, text in (mappings or {"menu.yaml": MENU}).items():
            self.write("Mappings/" + name, text)

    def at(self, name):
        return os.path.join(self.path, name)

    def write(self, name, text):
        """As a careful POS does: under another name first."""
        os.makedirs(os.path.dirname(self.at(name)), exist_ok=True)
        with open(self.at(name) + ".tmp", "w") as file:
            file.write(text)
        os.replace(self.at(name) + ".tmp", self.at(name))

    def start(self, words, faults=None):
        environment = {
            "PATH": os.environ["PATH"], "HOME": self.path, **self.environment, **(faults or {})}
        self.last = subprocess.Popen(
            [self.program, *words], cwd=self.path, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace")
        return self.last

    def run(self, *words, faults=None, patience=90):
        return self.end(self.start(words, faults), words, patience)

    def end(self, process, words, patience=90):
        """Waits until a program has ended, and notes how."""
        try:
            out, err = process.communicate(timeout=patience)
            ending = Ending(process.returncode, out, err)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            ending = Ending("hangs", out, err)
        self.log.append((" ".join(words), ending))
        return ending

    def files(self, below):
        """Every file's path below a folder, sorted."""
        found = []
        for folder, _, names in os.walk(self.at(below)):
            found += [os.path.relpath(os.path.join(folder, name), self.at(below)) for name in names]
        return sorted(found)

    def ledger(self, statement, change=False):
        """What a statement gives; nothing where there is no ledger yet, or no such column."""
        path = self.at(".connector/ledger.sqlite")
        if not os.path.exists(path) or os.path.getsize(path) == 0:
            return []
        ledger = sqlite3.connect(path, timeout=30)
        try:
            with ledger:
                return ledger.execute(statement).fetchall()
        except sqlite3.OperationalError as error:
            if "no such" in str(error):
                return []
            raise
        finally:
            ledger.close()

    def pass_time(self):
        """No pause of what waits is left."""
        for table in ("request", "notification", "orderRelease"):
            self.ledger(f"UPDATE {table} SET nextTryAt = 0 WHERE nextTryAt > 0")

    def copy_to(self, path):
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(self.path, path, symlinks=True)


class Server:
    """`serve`, which may be killed at any moment and is started again."""

    words = ("serve", "--quiet")

    def __init__(self, shop):
        self.shop, self.process = shop, None

    def start(self, faults=None):
        self.process = self.shop.start(self.words, faults)

    def is_up(self):
        return self.process is not None and self.process.poll() is None

    def is_listening(self):
        try:
            socket.create_connection(("127.0.0.1", self.shop.port), 1).close()
            return True
        except OSError:
            return False

    def stop(self):
        """Asks it to end."""
        if self.is_up():
            self.process.send_signal(signal.SIGTERM)
        return self.end()

    def kill(self):
        if self.is_up():
            self.process.kill()
        return self.end()

    def end(self):
        ending = self.shop.end(self.process, self.words, 30)
        self.process = None
        return ending


def until(is_so, seconds=30):
    """Waits for something that will happen; says whether it did."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True
