"""The flows of what the POS says of orders, and of orders that wait for a run."""

import datetime

from flows import DAY, Flow
from shop import MENU, STATUS, menu


def at(minutes):
    """A time of some minutes ago or ahead, as a till writes it."""
    zone = datetime.timezone(datetime.timedelta(hours=8))
    when = datetime.datetime.now(zone) + datetime.timedelta(minutes=minutes)
    return when.isoformat(timespec="seconds")


def statuses(*rows):
    """A status file: order, status, ticket, refund, minutes from now."""
    lines = ["Order,State,Ticket,Refund,At"]
    return "\n".join(lines + [",".join((*row[:4], at(row[4]))) for row in rows]) + "\n"


class Statuses(Flow):
    """The journey of two orders, in two files."""

    name = "statuses"
    mappings = {"status.yaml": STATUS}
    menus, syncs = {}, 0
    inbox = [DAY + "day-1.csv", DAY + "day-2.csv"]
    known = ("R-1", "R-2")
    updates = {
        "R-1": [{"orderStatus": "ACCEPTED"}, {"orderStatus": "READY", "shortOrderNumber": "T7"},
                {"orderStatus": "COMPLETED"}],
        "R-2": [{"orderStatus": "REJECTED"}]}

    def prepare(self, stage):
        stage.make(self)
        stage.place_before(*self.known)
        self.drop(stage)

    def drop(self, stage):
        stage.status("day-1.csv", statuses(
            ("R-1", "ACCEPTED", "", "", -9), ("R-2", "REJECTED", "", "", -8)))
        stage.status("day-2.csv", statuses(
            ("R-1", "COMPLETED", "", "", -5), ("R-1", "READY", "T7", "", -6),
            ("R-1", "ACCEPTED", "", "", -9)))


class OneStatus(Statuses):
    name = "one-status"
    inbox, known = [DAY + "day-1.csv"], ("R-1",)
    updates = {"R-1": [{"orderStatus": "ACCEPTED"}]}

    def drop(self, stage):
        stage.status("day-1.csv", statuses(("R-1", "ACCEPTED", "", "", -9)))


def amount(value):
    return {"value": value, "currency": "SGD"}


class Refunds(Statuses):
    """Two different partial refunds."""

    name = "refunds"
    inbox, known = [DAY + "day-1.csv"], ("R-1",)
    updates = {"R-1": [
        {"orderStatus": "ACCEPTED"}, {"refundAmount": amount(150)}, {"refundAmount": amount(200)}]}

    def drop(self, stage):
        stage.status("day-1.csv", statuses(
            ("R-1", "ACCEPTED", "", "", -9), ("R-1", "", "", "1.50", -8),
            ("R-1", "", "", "2.00", -7)))


class UnknownOrder(Statuses):
    """One order that nobody knows, and one that is known."""

    name = "unknown-order"
    inbox, known = [DAY + "day-1.csv"], ("R-1",)
    updates = {"R-1": [{"orderStatus": "ACCEPTED"}]}
    waiting = 1

    def drop(self, stage):
        stage.status("day-1.csv", statuses(
            ("R-1", "ACCEPTED", "", "", -9), ("R-9", "ACCEPTED", "", "", -8)))


class StatusRefused(Statuses):
    """A step that cannot be."""

    name = "status-refused"
    inbox = reports = [DAY + "day-1.csv"]
    known, status = ("R-1",), 1
    updates = {"R-1": [{"orderStatus": "REJECTED"}]}

    def drop(self, stage):
        stage.status("day-1.csv", statuses(
            ("R-1", "REJECTED", "", "", -9), ("R-1", "READY", "", "", -8)))


class HeldRefund(Statuses):
    """A second refund of the same amount waits for approval."""

    name = "held-refund"
    inbox = reports = [DAY + "day-2.csv"]
    known, status, exit = ("R-1",), 1, 1
    updates = {}

    def drop(self, stage):
        stage.status("day-1.csv", statuses(("R-1", "ACCEPTED", "", "1.50", -9)))
        stage.expect_run(0)
        stage.take_away("Inbox/archive")
        stage.status("day-2.csv", statuses(("R-1", "", "", "1.50", -8)))


class ApproveRefund(HeldRefund):
    name = "approve-refund"
    command, is_command = ("approve", "R-1"), True
    inbox, reports, status, exit = [], [], 0, 0
    updates = {"R-1": [{"refundAmount": amount(150)}]}

    def prepare(self, stage):
        super().prepare(stage)
        stage.expect_run(1)
        stage.take_away("Inbox/archive", "Inbox/rejected")


class Dismiss(ApproveRefund):
    name = "dismiss"
    command = ("dismiss", "R-1")
    updates = {}


class RetryUpdate(Statuses):
    """D-Store has said F to what it was told of an order."""

    name = "retry-update"
    command, is_command = ("retry", "R-1"), True
    inbox, known = [], ("R-1",)
    updates = {"R-1": [{"orderStatus": "ACCEPTED"}]}

    def drop(self, stage):
        stage.status("day-1.csv", statuses(("R-1", "ACCEPTED", "", "", -9)))
        stage.dstore.memory.faults = ["F:PROCESS_FAIL"]
        stage.expect_run(1)
        stage.take_away("Inbox/archive", "Inbox/rejected")


class UndecidedUpdate(Statuses):
    """D-Store answers U, and later S; then it says nothing of what it took."""

    name = "undecided-update"

    def drop(self, stage):
        super().drop(stage)
        stage.dstore.memory.faults = ["U", "cut-after"]


class Resend(Flow):
    """An order's file is written once more."""

    name = "resend"
    command, is_command = ("resend", "R-1"), True
    menus, syncs, inbox = {}, 0, []
    orders = {"R-1": 1}

    def prepare(self, stage):
        stage.make(self)
        stage.place_before("R-1")


class Release(Flow):
    """Orders that `serve` could not write, and a change of one."""

    name = "release"
    menus, syncs, inbox = {}, 0, []
    orders, changes = {"R-1": 1, "R-2": 1}, {"C-1": 1}

    def prepare(self, stage):
        stage.make(self)
        stage.place_before("R-1", "R-2", changes=("C-1",), is_away=True)


class Purge(Flow):
    """Customers' data that is old enough goes, and an order's file that the POS has not taken."""

    name = "purge"
    more = "retention: 1h"
    menus, syncs, inbox = {}, 0, []

    def prepare(self, stage):
        stage.make(self)
        stage.place_before("R-1", "R-2")
        stage.shop.ledger("UPDATE heldOrder SET receivedAt = receivedAt - 7200000")
        stage.forget_answers()

    def check(self, stage):
        wrong = []
        for name in stage.shop.files(".connector"):
            with open(stage.shop.at(".connector/" + name), "rb") as file:
                if b"Tan Ah Kow" in file.read():
                    wrong.append(f"a customer's name is still in {name}")
        return wrong


class Forget(Statuses):
    """What has ended long ago leaves the ledger; refunds, and what tells a repeat, stay."""

    name = "forget"
    more = "retention: 1h\nforget: 400d"
    mappings = {"menu.yaml": MENU, "status.yaml": STATUS}
    menus, inbox, updates = {"S-1": {"A0": 660}}, [], {}
    # How many rows are left.
    rows = {"notification": 1, "statusChange": 1, "orderFlag": 0, "request": 0, "heldOrder": 1}

    def prepare(self, stage):
        stage.make(self)
        stage.place_before("R-1")
        for price in (650, 660):
            stage.drop("menu.csv", menu(price))
            stage.expect_run(0)
        stage.status("day-1.csv", statuses(
            ("R-1", "ACCEPTED", "", "", -9), ("R-1", "", "", "1.50", -8)))
        stage.expect_run(0)
        stage.take_away("Inbox/archive")
        for table, times in self.times.items():
            for time in times:
                stage.shop.ledger(f"UPDATE {table} SET {time} = {time} - 500 * 86400000")

    times = {
        "heldOrder": ["receivedAt"], "orderRelease": ["releasedAt"], "orderFlag": ["at"],
        "notification": ["createdAt", "endedAt"], "statusChange": ["firstSeenAt", "endedAt"],
        "request": ["createdAt", "endedAt"], "file": ["createdAt", "endedAt"]}

    def check(self, stage):
        wrong = []
        for table, wanted in self.rows.items():
            found = stage.shop.ledger(f"SELECT count(*) FROM {table}")
            if found != [(wanted,)]:
                wrong.append(f"{table} holds {found} rows, and not {wanted}")
        return wrong
