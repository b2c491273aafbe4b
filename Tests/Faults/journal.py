"""Power cuts by a model: what of a journal of operations is on the disk when the power goes.

On the disk is what was synchronised: a file's content by fsync of the file, a name by fsync of its
folder (of a renamed file: of the folder that it moved into). Of the rest the seed decides: of the
names nothing, all, or all up to some operation; of each file's content nothing, all, or some of
the writes.
"""

import os
import random
import shutil


class Node:
    """A file or folder: as it is on the disk, and what is not there yet."""

    def __init__(self, number, is_folder, content=b""):
        self.number, self.is_folder = number, is_folder
        self.content, self.pending = bytearray(content), []
        # Names in a folder: as the program sees them, and as they are on the disk.
        self.names, self.durable = {}, {}

    def settle(self):
        for change in self.pending:
            self.apply(change)
        self.pending = []

    def apply(self, change):
        if isinstance(change, int):
            self.content[change:] = bytes(max(0, change - len(self.content)))
            return
        place, data = change
        if place > len(self.content):
            self.content.extend(bytes(place - len(self.content)))
        self.content[place:place + len(data)] = data


class Naming:
    """A name that came, went or moved, and is not on the disk yet."""

    def __init__(self, gone, came):
        # Each (folder, name, node) or None.
        self.gone, self.came = gone, came

    def apply(self):
        if self.gone:
            folder, name, node = self.gone
            if folder.durable.get(name) is node:
                del folder.durable[name]
        if self.came:
            folder, name, node = self.came
            folder.durable[name] = node

    def is_settled_by(self, folder):
        return folder is (self.came or self.gone)[0]


class Journal:
    def __init__(self, path, is_unsynced=False):
        """Takes everything below `path` as being on the disk.

        `is_unsynced`: whether from now on the disk ignores every wish to synchronise.
        """
        self.path, self.nodes, self.namings = path, {}, []
        self.is_unsynced = is_unsynced
        self.root = self.read(path)

    def read(self, path):
        number = os.stat(path).st_ino
        if os.path.isdir(path):
            node = Node(number, True)
            for name in os.listdir(path):
                node.names[name] = node.durable[name] = self.read(os.path.join(path, name))
        else:
            with open(path, "rb") as file:
                node = Node(number, False, file.read())
        self.nodes[number] = node
        return node

    def replay(self, journal):
        with open(journal, "rb") as file:
            while line := file.readline():
                word, rest = line[:1].decode(), line[2:].rstrip(b"\n").decode()
                if word == "W":
                    number, place, size = map(int, rest.split())
                    self.nodes[number].pending.append((place, file.read(size)))
                elif word == "T":
                    number, size = map(int, rest.split())
                    self.nodes[number].pending.append(size)
                elif word == "S":
                    if not self.is_unsynced:
                        self.sync(self.nodes[int(rest)])
                elif word in "CD":
                    number, path = rest.split(" ", 1)
                    self.make(int(number), path, word == "D")
                elif word == "U":
                    folder, name = self.place(rest.split(" ", 1)[1])
                    self.change(Naming((folder, name, folder.names[name]), None))
                else:
                    self.move(word, *map(self.place, rest.split("\t")))

    def place(self, path):
        *folders, name = [one for one in path.split("/") if one not in ("", ".")]
        folder = self.root
        for one in folders:
            folder = folder.names[one]
        return folder, name

    def make(self, number, path, is_folder):
        folder, name = self.place(path)
        self.nodes[number] = Node(number, is_folder)
        self.change(Naming(None, (folder, name, self.nodes[number])))

    def move(self, word, old, new):
        node = old[0].names[old[1]]
        self.change(Naming((*old, node) if word == "R" else None, (*new, node)))

    def change(self, naming):
        if naming.gone:
            folder, name, _ = naming.gone
            del folder.names[name]
        if naming.came:
            folder, name, node = naming.came
            folder.names[name] = node
        self.namings.append(naming)

    def sync(self, node):
        node.settle()
        if not node.is_folder:
            return
        left = []
        for one in self.namings:
            if one.is_settled_by(node):
                one.apply()
            else:
                left.append(one)
        self.namings = left

    def lose(self, chance):
        """The power goes: of what is not on the disk, some gets there."""
        kept = chance.choice((0, chance.randint(0, len(self.namings)), len(self.namings)))
        for one in self.namings[:kept]:
            one.apply()
        share = chance.choice((0, 0.5, 1))
        for node in sorted(self.nodes.values(), key=lambda one: one.number):
            node.pending = [one for one in node.pending if chance.random() < share]
            node.settle()

    def write(self):
        """Makes the folder what the disk would hold, in place: what stays keeps its inode."""
        self.write_folder(self.root, self.path)

    def write_folder(self, node, path):
        for name in os.listdir(path):
            there, wanted = os.path.join(path, name), node.durable.get(name)
            if not wanted or os.stat(there).st_ino != wanted.number:
                shutil.rmtree(there) if os.path.isdir(there) else os.unlink(there)
        for name, one in node.durable.items():
            there = os.path.join(path, name)
            if one.is_folder:
                if not os.path.exists(there):
                    os.mkdir(there, 0o700)
                self.write_folder(one, there)
            else:
                file = os.open(there, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
                with open(file, "wb") as opened:
                    opened.write(one.content)


def random_of(*words):
    return random.Random("/".join(map(str, words)))
