"""The flows of the first promise: what the POS exports is what D-Store sells."""

from flows import DAY, Flow
from shop import MENU, menu


class FirstSync(Flow):
    name = "first-sync"


class Warm(Flow):
    """Base of those that begin with a list that D-Store accepted."""

    first = (650, 800, 180, 160)

    def prepare(self, stage):
        stage.make(self)
        stage.drop("menu.csv", menu(*self.first))
        stage.expect_run(0)
        stage.take_away("Inbox/archive")


class WarmSync(Warm):
    name = "warm-sync"
    menus = {"S-1": {"A0": 660, "A1": 800, "A2": 180}}

    def prepare(self, stage):
        super().prepare(stage)
        stage.drop("menu.csv", menu(660, 800, 180))


class NothingNew(Warm):
    name = "nothing-new"
    syncs, inbox = 0, []


class Unchanged(Warm):
    name = "unchanged"
    syncs = 0

    def prepare(self, stage):
        super().prepare(stage)
        stage.drop("menu.csv", menu(*self.first))


class Stores(Flow):
    """Two shops in one file, of which one is refused at first; and an older file."""

    name = "stores"
    stores = ("S-1", "S-2")
    mappings = {"menu.yaml": MENU + "store: ${Shop}\n"}
    menus = {"S-1": {"A0": 660}, "S-2": {"A0": 750}}
    syncs, status = 1, 1
    inbox, reports = [DAY + "menu-1.csv", "rejected/menu-2.csv"], ["rejected/menu-2.csv"]

    def prepare(self, stage):
        stage.make(self)
        text = menu(650, store="S-1") + menu(750, store="S-2").split("\n", 1)[1]
        stage.drop("menu.csv", text)
        stage.expect_run(0)
        stage.take_away("Inbox/archive")
        stage.drop("menu-1.csv", text.replace("6.50", "9.90"))
        stage.drop("menu-2.csv", text.replace("6.50", "6.60").replace("7.50", "7.60"))
        stage.dstore.memory.refused = {"S-2"}


class Catalogue(Flow):
    """Two mappings that make one list."""

    name = "catalogue"
    mappings = {
        "drinks.yaml": MENU.replace("menu*", "drinks*") + "catalogue: all\nstore: S-1\n",
        "food.yaml": MENU.replace("menu*", "food*") + "catalogue: all\nstore: S-1\n"}
    menus = {"S-1": {"A0": 660, "B0": 300}}
    syncs = {1, 2}
    inbox = [DAY + "drinks.csv", DAY + "food.csv"]

    def prepare(self, stage):
        stage.make(self)
        stage.drop("food.csv", menu(650))
        stage.drop("drinks.csv", menu(200).replace("A0", "B0"))
        stage.expect_run(0)
        stage.take_away("Inbox/archive")
        stage.drop("food.csv", menu(660))
        stage.drop("drinks.csv", menu(300).replace("A0", "B0"))


class StatusUpdate(Warm):
    """Only what can be had has changed."""

    name = "status-update"
    more = "statusUpdates: on"
    menus = {"S-1": {"A0": 650, "A1": 800, "A2": 180, "A3": None}}

    def prepare(self, stage):
        super().prepare(stage)
        stage.drop("menu.csv", menu(*self.first, states="YYYN"))


class BadFile(Warm):
    """A row that cannot be, and nothing of its file goes out."""

    name = "bad-file"
    syncs, status = 0, 1
    inbox = reports = ["rejected/menu.csv"]

    def prepare(self, stage):
        super().prepare(stage)
        stage.drop("menu.csv", menu(650, 800, 180, 160).replace("8.00", "many"))


class BadRow(Warm):
    """A row that cannot be, and the others go out."""

    name = "bad-row"
    mappings = {"menu.yaml": MENU + "onBadRow: skip\nmaxBadRows: 1\n"}
    menus = {"S-1": {"A0": 660, "A1": 800, "A2": 180, "A3": 160}}
    status = {0, 1}
    inbox, reports = [DAY + "menu.csv"], ["rejected/menu.csv"]

    def prepare(self, stage):
        super().prepare(stage)
        stage.drop("menu.csv", menu(660, 800, 180, 160).replace("8.00", "many"))


class Hold(Warm):
    """Too much of the menu would disappear."""

    name = "hold"
    syncs, status, inbox = 0, 1, ["held/menu.csv"]

    def prepare(self, stage):
        super().prepare(stage)
        stage.drop("menu.csv", menu(650))


class Approve(Hold):
    name = "approve"
    command, is_command = ("approve", "menu.csv"), True
    menus = {"S-1": {"A0": 650}}
    syncs, status, inbox = 1, 0, [DAY + "menu.csv"]

    def prepare(self, stage):
        super().prepare(stage)
        stage.expect_run(1)


class Refused(Warm):
    """D-Store says F."""

    name = "refused"
    syncs, status = 0, 1
    inbox = reports = ["rejected/menu.csv"]

    def prepare(self, stage):
        super().prepare(stage)
        stage.drop("menu.csv", menu(660, 800, 180, 160))
        stage.dstore.memory.refused = {"S-1"}


class Retry(Refused):
    name = "retry"
    command, is_command = ("retry", "menu.csv"), True
    menus = {"S-1": {"A0": 660, "A1": 800, "A2": 180, "A3": 160}}
    syncs, status, inbox, reports = 1, 0, [DAY + "menu.csv"], []

    def prepare(self, stage):
        super().prepare(stage)
        stage.expect_run(1)
        stage.dstore.memory.refused = set()


class Undecided(WarmSync):
    """D-Store answers U, and later S."""

    name = "undecided"
    faults = ["U"]

    def prepare(self, stage):
        super().prepare(stage)
        stage.dstore.memory.faults = list(self.faults)


class Silent(Undecided):
    """D-Store takes the request and says nothing of it."""

    name = "silent"
    faults = ["cut-after"]


class Keep(Flow):
    name = "keep"
    mappings = {"menu.yaml": MENU + "afterDone: keep\n"}
    inbox = ["products/menu.csv"]


class Delete(Flow):
    name = "delete"
    mappings = {"menu.yaml": MENU + "afterDone: delete\n"}
    inbox = []


class Marker(Flow):
    name = "marker"
    mappings = {"menu.yaml": MENU + "ready: marker\n"}

    def prepare(self, stage):
        super().prepare(stage)
        stage.shop.write("Inbox/products/menu.csv.done", "")
