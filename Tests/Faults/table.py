"""What was tried and what held, in a file that the next start reads, and as a table."""

import collections
import json
import os

from attack import Point

ORDER = ("kill", "twice", "torn", "once", "always", "cut-ext4", "cut-xfs", "cut-btrfs", "cut-unsynced")
WORDS = {
    "kill": "kills", "twice": "kills, and one of the next run", "torn": "torn writes", "once": "failed once", "always": "failing from then on",
    "cut-ext4": "power cuts, ext4", "cut-xfs": "power cuts, xfs", "cut-btrfs": "power cuts, btrfs",
    "cut-unsynced": "power cuts, by model",
}


class State:
    """The last result of each point. Points that were not reached are not kept."""

    def __init__(self, folder, is_new):
        os.makedirs(folder, exist_ok=True)
        self.path = os.path.join(folder, "results")
        if is_new and os.path.exists(self.path):
            os.unlink(self.path)
        self.points = {}
        if os.path.exists(self.path):
            with open(self.path) as file:
                for line in file:
                    *point, status = json.loads(line)
                    self.points[Point(*point)] = status
        self.file = open(self.path, "a", buffering=1)

    def add(self, result):
        if result.status == "unreached" or not result.point.identity:
            return
        self.points[result.point] = result.status
        self.file.write(json.dumps([*result.point, result.status]) + "\n")

    def held(self):
        return {point for point, status in self.points.items() if status == "held"}

    def markdown(self):
        tried, held = collections.Counter(), collections.Counter()
        for point, status in self.points.items():
            for flow in (point.flow, "**all**"):
                tried[flow, point.kind] += 1
                held[flow, point.kind] += status == "held"
        kinds = [kind for kind in ORDER if tried["**all**", kind]]
        flows = sorted({flow for flow, _ in tried if flow != "**all**"}) + ["**all**"]
        rows = [["flow", *(WORDS[kind] for kind in kinds)], ["---"] + ["---:"] * len(kinds)]
        for flow in flows:
            rows.append([flow, *(
                f"{held[flow, kind]} of {tried[flow, kind]}" if tried[flow, kind] else ""
                for kind in kinds)])
        return "\n".join("| " + " | ".join(row) + " |" for row in rows)
