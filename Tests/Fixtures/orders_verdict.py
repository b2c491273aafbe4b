"""Holds what the POS saw (pos_double.py) against what the caller was told (dstore_caller.py)."""

import collections
import json

from pos_double import digest_of


def lines(path):
    with open(path) as file:
        return [json.loads(line) for line in file]


class Verdict:
    """Holds what the POS saw against what the caller was told."""

    def __init__(self, caller, orders, seen):
        self.orders = {order.id: order for order in orders}
        self.seen = seen
        self.answers = {
            call: {one["id"]: one for one in caller.entries if one["call"] == call}
            for call in ("createOrder", "pushOrderChange")}
        self.differing = [one["id"] for one in caller.entries if one.get("same") is False]

    def files(self, kind, key):
        found = collections.defaultdict(list)
        for number, one in enumerate(self.seen):
            if one["kind"] == kind:
                found[one[key]].append((number, one))
        return found

    def promised(self, call):
        return {key for key, one in self.answers[call].items() if one["answer"] == "S"}

    def faults(self, call, kind, key):
        files, promised = self.files(kind, key), self.promised(call)
        answered = {
            name for name, one in self.answers[call].items() if one["answer"] in ("S", "F")}
        asked = self.orders if call == "createOrder" else self.answers[call]
        unanswered = [name for name in asked if name not in answered]
        return {
            "unanswered": unanswered,
            "refused": [name for name, one in self.answers[call].items() if one["answer"] == "F"],
            "lost": sorted(promised - files.keys()),
            "twice": sorted(str(name) for name, all in files.items() if name and len(all) > 1),
            "strange": sorted(str(name) for name in files.keys() - promised - set(unanswered)),
        }

    def altered(self):
        """Orders whose JSON says something else than what was placed."""
        return [
            one["order"] for one in self.seen if one["kind"] == "orders" and "digest" in one
            and one["order"] in self.orders
            and one["digest"] != digest_of(json.loads(self.orders[one["order"]].body))]

    def early(self, away=()):
        """Changes that the POS saw before their order.

        `away`: when the folder of orders was not to be seen, from and to, since 1970; what was in
        it then the POS saw later.
        """
        orders = self.files("orders", "order")
        return [
            name for name, all in self.files("changes", "request").items()
            if not orders[all[0][1]["order"]]
            or orders[all[0][1]["order"]][0][0] > all[0][0]
            and not any(start <= all[0][1]["at"] <= end + 1 for start, end in away)]

    def missing(self):
        return sum(
            len(self.promised(call) - self.files(kind, key).keys()) for call, kind, key in (
                ("createOrder", "orders", "order"), ("pushOrderChange", "changes", "request")))

    def summary(self, away=()):
        return {
            "orders": self.faults("createOrder", "orders", "order"),
            "changes": self.faults("pushOrderChange", "changes", "request"),
            "partial": [one["name"] for one in self.seen if not one["whole"]],
            "altered": self.altered(), "before its order": self.early(away),
            "answered differently": self.differing,
            "one name for two": [
                name for name, count in collections.Counter(
                    (one["kind"], one["name"].lower()) for one in self.seen).items() if count > 1],
        }
