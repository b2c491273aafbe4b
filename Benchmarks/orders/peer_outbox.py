"""Makes a file of each stored order and change, exactly once whatever is killed when."""

import hashlib
import os
import threading
import time


def name_of(folder, words):
    digest = hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]
    return os.path.join(folder, digest + ".json")


class Release:
    def __init__(self, database, root, table, folder, columns):
        self.database, self.table, self.columns = database, table, columns
        self.folder = os.path.join(root, folder)
        self.staging = os.path.join(self.folder, ".staging")

    def set_state(self, ids, state):
        self.database.execute("BEGIN IMMEDIATE")
        self.database.executemany(
            f"UPDATE {self.table} SET release=? WHERE id=?", [(state, one) for one in ids])
        self.database.execute("COMMIT")

    def sync(self, folder):
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)

    def rows(self, state, limit=-1):
        return self.database.execute(
            f"SELECT id, body, {self.columns} FROM {self.table} WHERE release=?"
            " ORDER BY id LIMIT ?", (state, limit)).fetchall()

    def stage(self, number, body):
        path = os.path.join(self.staging, str(number))
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o640)
        os.write(handle, body)
        os.fsync(handle)
        os.close(handle)

    def finish(self, rows):
        """A temporary file that is gone was released before a kill."""
        os.stat(self.staging)
        for number, _, *words in rows:
            try:
                os.rename(os.path.join(self.staging, str(number)), name_of(self.folder, words))
            except FileNotFoundError:
                os.stat(self.staging)
        self.sync(self.folder)
        self.set_state([row[0] for row in rows], "released")

    def step(self):
        """Whether there was something to do."""
        if pending := self.rows("releasing"):
            self.finish(pending)
        rows = self.rows("stored", 64)
        if not rows:
            return False
        if os.path.isdir(self.folder):
            os.makedirs(self.staging, exist_ok=True)
        for number, body, *_ in rows:
            self.stage(number, body)
        self.sync(self.staging)
        self.set_state([row[0] for row in rows], "releasing")
        self.finish(rows)
        return True


def work(releases):
    while True:
        try:
            # A change follows its order: changes are looked at only when no order waits.
            if not releases[0].step() and not releases[1].step():
                time.sleep(0.01)
        except OSError:
            time.sleep(0.05)


def start(database, root):
    releases = (
        Release(database, root, "orders", "orders", "requestOrderId"),
        Release(database, root, "changes", "changes", "requestOrderId, requestId"),
    )
    threading.Thread(target=work, args=(releases,), daemon=True).start()
