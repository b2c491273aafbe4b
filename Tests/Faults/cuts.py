"""A power cut in the middle of a flow, and the start after it."""

import os
import shutil
import signal
import threading
import uuid

from journal import Journal, random_of
from shop import Shop


class PowerCut:
    """What follows when the program has died: the workspace as the disk held it in that moment,
    under another boot of the kernel."""

    def __init__(self, stage, folder):
        self.stage, self.folder = stage, folder
        self.happened, self.is_back = False, False
        stage.revive = self.revive

    def restore(self):
        """Makes the workspace what the power cut left."""

    def revive(self):
        if not self.happened or self.is_back:
            return
        self.is_back = True
        self.restore()
        boot = self.folder + "/boot"
        with open(boot, "w") as file:
            file.write(f"{uuid.uuid4()}\n")
        shop = self.stage.shop
        self.stage.unsure = self.being_released()
        shop.environment = {
            "LD_PRELOAD": shop.shim, "FAULTS_ROOT": shop.path, "FAULTS_BOOT": boot}

    def being_released(self):
        """What the next start has to release once more: where the file has its name already, it is
        the POS whose work was undone. A copy of the ledger is asked, which stays as it was."""
        copy = Shop(self.folder + "/asked", "", "", "", "", 0)
        shutil.rmtree(copy.path, ignore_errors=True)
        os.makedirs(copy.at(".connector"))
        for name in ("ledger.sqlite", "ledger.sqlite-wal"):
            if os.path.exists(self.stage.shop.at(".connector/" + name)):
                shutil.copy(self.stage.shop.at(".connector/" + name), copy.at(".connector/" + name))
        found = copy.ledger("SELECT name FROM orderRelease WHERE state = 'releasing'")
        outbox = self.stage.shop.at("Outbox")
        return {one[0] for one in found if not os.path.exists(os.path.join(outbox, one[0]))}


class DiskCut(PowerCut):
    """On an image: waits in a thread of its own until the program stops, copies the image, and
    kills it."""

    def __init__(self, stage, disk):
        super().__init__(stage, disk.folder)
        self.disk, self.is_over = disk, threading.Event()
        self.thread = threading.Thread(target=self.wait)

    def wait(self):
        while not self.is_over.wait(0.002):
            process = self.stage.shop.last
            if process and states(process) == {"T"}:
                self.disk.copy()
                self.happened = True
                process.send_signal(signal.SIGKILL)
                return

    def restore(self):
        self.disk.cut()

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        self.thread.join()
        self.revive()


class ModelledCut(PowerCut):
    """By a journal of everything that the program did until it was killed."""

    def __init__(self, stage, folder, point, seed, is_unsynced):
        super().__init__(stage, folder)
        self.point, self.seed = point, seed
        self.before = Journal(stage.shop.path, is_unsynced)
        self.path = stage.shop.path + ".journal"
        if os.path.exists(self.path):
            os.unlink(self.path)

    def revive(self):
        self.happened = os.path.exists(self.stage.shop.path + ".hit")
        super().revive()

    def restore(self):
        self.before.replay(self.path)
        self.before.lose(random_of(self.seed, *self.point))
        self.before.write()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.revive()


def states(process):
    """The state of each thread, as the kernel shows it: T where it is stopped."""
    found = set()
    try:
        for task in os.listdir(f"/proc/{process.pid}/task"):
            with open(f"/proc/{process.pid}/task/{task}/stat") as file:
                found.add(file.read().rsplit(")", 1)[1].split()[0])
    except OSError:
        pass
    return found
