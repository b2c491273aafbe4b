"""What the connector does, one flow after the other: how the workspace stands before, which
command is attacked, and what must be true in the end.

A flow is prepared once and copied for each attack. What it expects is written down here by hand;
the connector is not asked for it.
"""

from shop import menu

DAY = "archive/DAY/"
FLOWS = {}


class Flow:
    """One export, for the first time."""

    name = None
    stores = ("S-1",)
    mappings = None
    more = ""
    command = ("run",)
    # What each store sells in the end, in cents; None where the item cannot be had.
    menus = {"S-1": {"A0": 650, "A1": 800, "A2": 180, "A3": 160}}
    # How many requests change a menu from the attack on.
    syncs = 1
    # What D-Store is told of each order, in this order, from the attack on.
    updates = {}
    inbox = [DAY + "menu.csv"]
    # Files of the inbox that have a report beside them in the end.
    reports = []
    # How often the POS finds each order's and each change's file, from the attack on.
    orders, changes = {}, {}
    # The exits of `status` and of the last `run`.
    status, exit = 0, 0
    # Changes that wait for their order.
    waiting = 0
    # Whether one process is at work, which a power cut ends.
    is_cuttable = True
    # Whether the command is given again where the first was interrupted and `run` did not end it.
    is_command = False

    def __init_subclass__(cls):
        if "name" in vars(cls):
            FLOWS[cls.name] = cls

    def prepare(self, stage):
        stage.make(self)
        stage.drop("menu.csv", menu(650, 800, 180, 160))

    def attack(self, stage, faults):
        return stage.shop.run(*self.command, faults=faults)

    def again(self, stage):
        """What a person does after an interruption, once a run was there; says whether anything."""
        is_needed = self.is_command and not stage.is_done()
        if is_needed:
            stage.shop.run(*self.command)
        return is_needed

    def check(self, stage):
        """What is to be said beyond the tables above: sentences."""
        return []
