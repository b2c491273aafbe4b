"""The flows of a ledger that is lost, begun anew, or copied back from a backup; and a whole list on
demand."""

import os
import shutil

from flows import DAY, Flow
from order_flows import amount, statuses
from product_flows import Warm
from serving import Serve
from shop import MENU, STATUS, menu


class Backup:
    """The ledger's files, copied into a folder of the workspace."""

    def __init__(self, shop):
        self.shop = shop

    def names(self, folder):
        return [one for one in os.listdir(self.shop.at(folder)) if one.startswith("ledger.sqlite")]

    def make(self):
        os.makedirs(self.shop.at("backup"))
        for name in self.names(".connector"):
            shutil.copy2(self.shop.at(".connector/" + name), self.shop.at("backup/" + name))

    def lose(self):
        for name in self.names(".connector"):
            os.unlink(self.shop.at(".connector/" + name))

    def put_back(self):
        self.lose()
        for name in self.names("backup"):
            shutil.copy2(self.shop.at("backup/" + name), self.shop.at(".connector/" + name))


class Resync(Warm):
    """The list that D-Store has accepted goes once more."""

    name = "resync"
    command, is_command = ("resync", "S-1"), True

    def prepare(self, stage):
        Flow.prepare(self, stage)
        stage.expect_run(0)


class Lost(Warm):
    """The ledger is gone: nothing is done until somebody puts it back."""

    name = "lost-ledger"

    def prepare(self, stage):
        super().prepare(stage)
        Backup(stage.shop).make()
        Backup(stage.shop).lose()
        stage.drop("menu.csv", menu(*self.first, 990))

    menus = {"S-1": {**Flow.menus["S-1"], "A4": 990}}

    def again(self, stage):
        if Backup(stage.shop).names(".connector"):
            stage.wrong.append("without a word another ledger was begun")
        if stage.dstore.memory.entries:
            stage.wrong.append("without its ledger it sent something")
        Backup(stage.shop).put_back()
        return True


class NewLedger(Lost):
    """The ledger is gone for good."""

    name = "new-ledger"
    command, is_command = ("run", "--new-ledger"), True

    def again(self, stage):
        return Flow.again(self, stage)


class CopiedBack(Flow):
    """The ledger knows nothing of the last refund, and the POS writes it again."""

    name = "copied-back"
    mappings = {"menu.yaml": MENU, "status.yaml": STATUS}
    menus = {"S-1": {"A0": 650, "A1": 810}}
    status, exit = 1, 1
    reports = [DAY + "day-2.csv"]
    inbox = [DAY + "day-2.csv", DAY + "menu.csv"]

    def prepare(self, stage):
        stage.make(self)
        stage.place_before("R-1")
        stage.drop("menu.csv", menu(650))
        stage.status("day-1.csv", statuses(("R-1", "ACCEPTED", "", "", -9)))
        stage.expect_run(0)
        Backup(stage.shop).make()
        refund = statuses(("R-1", "", "", "1.50", -8))
        stage.status("day-2.csv", refund)
        stage.drop("menu.csv", menu(650, 800))
        stage.expect_run(0)
        stage.place_before("R-2")
        Backup(stage.shop).put_back()
        stage.take_away("Inbox/archive")
        self.drop(stage, refund)

    def drop(self, stage, refund):
        stage.status("day-2.csv", refund)
        stage.drop("menu.csv", menu(650, 810))


class ApproveCopiedBack(CopiedBack):
    """Somebody lets the refund go once more; D-Store knows it by its id."""

    name = "approve-copied-back"
    command, is_command = ("approve", "R-1"), True
    syncs, status, exit = 0, 0, 0
    inbox, reports = [], []

    def prepare(self, stage):
        super().prepare(stage)
        stage.expect_run(1)
        stage.take_away("Inbox/archive", "Inbox/rejected")


class CopiedBackOpen(Warm):
    """The ledger knows less than it did of a list that D-Store has not decided on."""

    name = "copied-back-open"
    menus = {"S-1": {"A0": 660, "A1": 800, "A2": 180}}

    def prepare(self, stage):
        super().prepare(stage)
        stage.drop("menu.csv", menu(660, 800, 180))
        stage.dstore.memory.faults = ["U"] * 40
        stage.expect_run(75)
        Backup(stage.shop).make()
        self.go_on(stage)
        stage.dstore.memory.faults = []
        Backup(stage.shop).put_back()

    def go_on(self, stage):
        stage.shop.pass_time()
        stage.expect_run(75)


class CopiedBackKeep(CopiedBackOpen):
    """The same of an export that stays where the POS wrote it."""

    name = "copied-back-keep"
    mappings = {"menu.yaml": MENU + "afterDone: keep\n"}
    inbox = ["products/menu.csv"]


class CopiedBackSent(CopiedBackOpen):
    """The same where D-Store has accepted it since, so that its export is in the archive; and the
    next export is there."""

    name = "copied-back-sent"
    menus = {"S-1": {"A0": 670, "A1": 800, "A2": 180}}

    def go_on(self, stage):
        stage.dstore.memory.faults = []
        stage.shop.pass_time()
        stage.expect_run(0)
        stage.take_away("Inbox/archive")

    def prepare(self, stage):
        super().prepare(stage)
        stage.drop("menu.csv", menu(670, 800, 180))


class ServeCopiedBack(Serve):
    """D-Store repeats an order that the ledger does not know any more, and the POS has had."""

    name = "serve-copied-back"
    orders, changes = {"R-3": 1}, {}
    status, exit = 1, 1

    def prepare(self, stage):
        stage.make(self)
        stage.place_before("R-1")
        Backup(stage.shop).make()
        stage.place_before("R-2")
        Backup(stage.shop).put_back()

    def talk(self, calls):
        for key in ("R-1", "R-2", "R-3", "R-2"):
            calls.place(key)


class ApproveOrder(ServeCopiedBack):
    """Somebody lets the POS have that order again."""

    name = "approve-order"
    command, is_command = ("approve", "R-2"), True
    orders, status, exit = {"R-2": 1}, 0, 0

    def prepare(self, stage):
        super().prepare(stage)
        stage.expect_run(1)
        stage.place_before("R-2", is_away=True)

    attack, talk = Flow.attack, None
