"""The flows in which D-Store calls, and the POS takes its files at once."""

import threading
import time

from dstore_caller import Connection
from flows import Flow
from order_flows import Statuses, statuses
from shop import Server, until

# Seconds after which somebody starts a gateway anew that answers U all the time.
PATIENCE = 1.5


class Taking:
    """The POS at work, in a thread of its own."""

    def __init__(self, stage):
        self.stage, self.is_over = stage, threading.Event()
        self.thread = threading.Thread(target=self.work)

    def work(self):
        while not self.is_over.wait(0.004):
            with self.stage.taking:
                self.stage.take()

    def __enter__(self):
        self.thread.start()

    def __exit__(self, *_):
        self.is_over.set()
        self.thread.join()


class Conversation:
    """D-Store calls until it is told S, whatever becomes of the gateway meanwhile."""

    def __init__(self, stage, faults):
        self.stage, self.server = stage, Server(stage.shop)
        self.connection = Connection(stage.target)
        self.first, self.pos_order_ids = None, {}
        self.server.start(faults)

    def start_anew(self):
        """The gateway ended, or somebody ends it; from now on nothing is wrong with it."""
        # Before it listens, SIGTERM ends it as any program.
        until(lambda: self.server.is_listening() or not self.server.is_up())
        ending = self.server.stop() if self.server.is_up() else self.server.end()
        self.first = self.first or ending
        self.connection.close()
        with self.stage.taking:
            self.stage.revive()
        self.server.start()

    def call(self, name, key, body):
        end = time.monotonic() + PATIENCE
        for _ in range(2000):
            if not self.server.is_up():
                self.start_anew()
                end = time.monotonic() + 20
            answer = self.connection.call(name, body)
            if answer.signed and answer.result in ("S", "F"):
                return self.judge(name, key, answer)
            if time.monotonic() > end:
                if self.first:
                    break
                self.start_anew()
                end = time.monotonic() + 20
            time.sleep(0.003)
        self.stage.wrong.append(f"{name} {key} gets no answer: {answer}")

    def judge(self, name, key, answer):
        if answer.result != "S":
            self.stage.wrong.append(f"{name} {key} was refused: {answer}")
        if name != "pushOrderChange":
            known = self.pos_order_ids.setdefault(key, answer.value.get("posOrderId"))
            if known != answer.value.get("posOrderId"):
                self.stage.wrong.append(f"{name} {key} was answered {known} before: {answer}")

    def place(self, key):
        self.call("createOrder", key, self.stage.order(key))

    def change(self, key, order):
        self.call("pushOrderChange", key, self.stage.change(key, order))

    def inquire(self, key):
        self.call("inquireOrderDetail", key, b'{"requestOrderId": "%s"}' % key.encode())

    def end(self, wanted):
        """Waits until the POS has seen everything, and ends the gateway.

        Gives how the gateway that was attacked ended.
        """
        until(lambda: len(self.stage.seen) >= wanted or not self.server.is_up(), 3)
        if not self.server.is_up():
            self.start_anew()
        self.connection.close()
        if self.first:
            until(lambda: self.server.is_listening() or not self.server.is_up())
        ending = self.server.stop()
        if self.first and ending.exit != 0:
            self.stage.wrong.append(f"serve ended badly: {ending}")
        return self.first or ending


class Serve(Flow):
    """Orders, repeats, changes and inquiries."""

    name = "serve"
    menus, syncs, inbox = {}, 0, []
    orders, changes = {"R-1": 1, "R-2": 1, "R-3": 1}, {"C-1": 1}

    def prepare(self, stage):
        stage.make(self)

    def attack(self, stage, faults):
        with Taking(stage):
            calls = Conversation(stage, faults)
            self.talk(calls)
            return calls.end(len(self.orders) + len(self.changes))

    def talk(self, calls):
        calls.place("R-1")
        calls.inquire("R-1")
        calls.place("R-2")
        calls.place("R-1")
        calls.change("C-1", "R-1")
        calls.inquire("R-1")
        calls.place("R-3")
        calls.change("C-1", "R-1")


class ServeWarm(Serve):
    """The same with a ledger and folders that are there already."""

    name = "serve-warm"

    def prepare(self, stage):
        stage.make(self)
        stage.place_before("R-0", changes=("C-0",))


class RunBesideServe(Serve):
    """`run` sends statuses of one order while `serve` takes others."""

    name = "run-beside-serve"
    is_cuttable = False
    mappings = Statuses.mappings
    orders, changes = {"R-2": 1, "R-3": 1}, {}
    inbox = ["archive/DAY/day-1.csv"]
    updates = {"R-1": [{"orderStatus": "ACCEPTED"}]}

    def prepare(self, stage):
        stage.make(self)
        stage.place_before("R-1")
        stage.status("day-1.csv", statuses(("R-1", "ACCEPTED", "", "", -9)))

    def attack(self, stage, faults):
        with Taking(stage):
            calls = Conversation(stage, None)
            until(calls.server.is_listening)
            running = stage.shop.start(self.command, faults)
            calls.place("R-2")
            calls.place("R-3")
            ending = stage.shop.end(running, self.command)
            calls.end(2)
            return ending
