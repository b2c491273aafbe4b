"""One flow on its way: the shop, D-Store, and the POS that takes what it finds."""

import argparse
import copy
import json
import os
import shutil
import threading

import model
import order_keys
from dstore_caller import Connection, Target
from pos_double import Till, digest_of
from shop import Server, Shop, until

RUNS = 8


class Entries(list):
    """The log of the POS, in memory."""

    write = lambda self, line: self.append(json.loads(line))


class Pos(Till):
    def __init__(self):
        super().__init__(argparse.Namespace(outbox="/nowhere", marker=None, log=os.devnull))

    def serve(self, shop, seen):
        self.outbox, self.log = shop.at("Outbox"), seen


class Stage:
    def __init__(self, shop, dstore, pos):
        self.shop, self.dstore, self.till = shop, dstore, pos
        self.seen, self.digests = Entries(), {}
        # What is wrong already; who takes files; what is to be done before a start after a death.
        self.wrong, self.taking, self.revive = [], threading.Lock(), lambda: None
        # Files of the outbox that were being released when the power went.
        self.unsure = set()
        self.target = Target(f"http://127.0.0.1:{shop.port}", shop.keys, timeout=5)
        pos.serve(shop, self.seen)

    def make(self, flow):
        self.flow = flow
        self.shop.make(flow.stores, flow.mappings, flow.more)

    def drop(self, name, text):
        self.shop.write("Inbox/products/" + name, text)

    def status(self, name, text):
        self.shop.write("Inbox/status/" + name, text)

    def expect_run(self, exit):
        ending = self.shop.run("run")
        if ending.exit != exit:
            raise AssertionError(f"{self.flow.name} could not be prepared: {ending}")

    def take_away(self, *folders):
        for folder in folders:
            shutil.rmtree(self.shop.at(folder), ignore_errors=True)

    def order(self, key):
        """An order of 20.00."""
        amount = {"value": 2000, "currency": "SGD"}
        body = {
            "requestOrderId": key, "posAccountId": order_keys.ACCOUNT, "posStoreId": "S-1",
            "orderChannel": "DSTORE", "channelOrderId": "D" + key, "serviceType": "PICKUP",
            "expectFulfillmentTime": "2030-01-31T12:08:56+08:00", "orderAmount": amount,
            "customer": {"name": "Tan Ah Kow", "phone": "+6591234567"},
            "orderProducts": [
                {"posProductId": "A0", "name": "Dish 0", "quantity": 1, "price": amount}]}
        self.digests[key] = digest_of(body)
        return json.dumps(body).encode()

    def change(self, key, order):
        return json.dumps({
            "requestId": key, "requestOrderId": order, "orderStatus": "CANCELLED"}).encode()

    def place_before(self, *orders, changes=(), is_away=False):
        """Lets `serve` take orders. The POS has their files, unless the outbox is away."""
        outbox = self.shop.at("Outbox")
        if is_away:
            os.rename(outbox, outbox + "-away")
        server, connection = Server(self.shop), Connection(self.target)
        wanted = len(self.seen) + len(orders) + len(changes)
        server.start()
        for key in orders:
            self.expect_placed("createOrder", self.order(key), connection)
        for key in changes:
            self.expect_placed("pushOrderChange", self.change(key, orders[0]), connection)
        connection.close()
        if is_away:
            server.kill()
            os.rename(outbox + "-away", outbox)
            return
        if not until(lambda: self.take() or len(self.seen) == wanted):
            raise AssertionError(f"{self.flow.name}: the POS found only {self.seen}")
        ending = server.stop()
        if ending.exit != 0:
            raise AssertionError(f"serve ended badly: {ending}")

    def expect_placed(self, call, body, connection):
        answer, _ = connection.insist(call, body, 30)
        if answer.result != "S":
            raise AssertionError(f"{call} was answered {answer}")

    def take(self):
        """The POS takes what is there."""
        self.till.sweep()

    def forget_answers(self):
        """From here on the model counts."""
        self.seen.clear()
        self.dstore.memory.entries.clear()
        self.dstore.memory.bodies.clear()
        self.shop.log.clear()

    def is_done(self):
        """Whether people see what they should."""
        self.take()
        return not model.ends(self, self.flow, True)

    def finish(self, may_repeat=False):
        """Lets later runs finish what is there; what is wrong then."""
        wrong = self.wrong + self.later_runs()
        if self.flow.again(self) or model.temporaries(self.shop):
            wrong += self.later_runs(is_aged=True)
        last = [ending for what, ending in self.shop.log if what == "run"][-1]
        if last.exit != self.flow.exit:
            wrong.append(f"the last run does not end with {self.flow.exit}: {last}")
        return wrong + model.check(self, self.flow, may_repeat)

    def later_runs(self, is_aged=False):
        """Runs until one has nothing to do and nothing new to say.

        `is_aged`: whether temporary files seem so old that nobody can be at work on them.
        """
        wrong, said = [], None
        aged = {"LD_PRELOAD": self.shop.shim, "FAULTS_ROOT": self.shop.path, "FAULTS_AGED": "yes"}
        for _ in range(RUNS):
            self.shop.pass_time()
            ending = self.shop.run("run", faults=aged if is_aged else None)
            self.take()
            wrong += model.ending("a later run", ending)
            before, said = said, (ending.exit, ending.out + ending.err)
            if said in ((0, ""), before) or ending.exit == "hangs":
                return wrong
        return wrong + [f"each later run says something else; the last: {ending}"]


class Prepared:
    """A flow's workspace before the attack, to be copied for each."""

    def __init__(self, flow, folder, program, keys, shim, dstore, pos, port):
        self.flow, self.folder, self.dstore, self.pos = flow, folder, dstore, pos
        shutil.rmtree(folder, ignore_errors=True)
        dstore.forget()
        stage = Stage(Shop(folder, program, shim, keys, dstore.endpoint, port), dstore, pos)
        flow.prepare(stage)
        stage.take()
        stage.forget_answers()
        self.stage, self.memory = stage, dstore.snapshot()

    def copy(self, path):
        """A stage of its own at that path; D-Store knows what it knew."""
        self.stage.shop.copy_to(path)
        return self.at(path)

    def at(self, path):
        """The same for a folder that holds such a copy already."""
        self.dstore.restore(self.memory)
        shop = self.stage.shop
        shop = Shop(path, shop.program, shop.shim, shop.keys, shop.endpoint, shop.port)
        stage = Stage(shop, self.dstore, self.pos)
        stage.flow, stage.digests = self.flow, copy.copy(self.stage.digests)
        return stage
