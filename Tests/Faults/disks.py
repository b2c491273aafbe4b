"""Power cuts on real file systems: the workspace lies on a mounted image.

At an operation the program is stopped and the image copied as it is: what the kernel still keeps
in memory is not in it, as after a power cut. The program is killed, the copy takes the image's
place (mounting it replays its journal), and later runs go on there.
"""

import os
import shutil
import subprocess
import time

MEGABYTES = {"ext4": 32, "xfs": 320, "btrfs": 160}


def missing(kinds):
    """What is not here of what the power cuts need, in a sentence; nothing where all is."""
    if os.geteuid() != 0:
        return "power cuts on real file systems need root; --kind cut-unsynced needs nothing"
    if not os.path.exists("/dev/loop-control"):
        return "there are no loop devices here; --kind cut-unsynced needs none"
    for kind in kinds:
        if not shutil.which("mkfs." + kind):
            package = {"ext4": "e2fsprogs", "xfs": "xfsprogs", "btrfs": "btrfs-progs"}[kind]
            return f"mkfs.{kind} is missing (Debian: {package})"
    return None


def enter_own_mounts(words):
    """Goes on in a mount namespace of its own: whatever happens, its mounts and their loop devices
    go with the last of its processes."""
    if os.environ.get("FAULTS_MOUNTS") != "own":
        environment = {**os.environ, "FAULTS_MOUNTS": "own"}
        os.execvpe("unshare", ["unshare", "-m", "--propagation", "private", *words], environment)


def call(*words):
    made = subprocess.run(words, capture_output=True, text=True)
    if made.returncode != 0:
        raise AssertionError(f"{' '.join(words)}: {made.stdout}{made.stderr}")


class Disk:
    """One file system for one prepared flow."""

    def __init__(self, kind, prepared, folder):
        self.prepared, self.folder = prepared, folder
        os.makedirs(folder + "/mount", exist_ok=True)
        self.mount_point, self.path = folder + "/mount", folder + "/mount/shop"
        self.before, self.live = folder + "/before.img", folder + "/live.img"
        self.after = folder + "/after.img"
        with open(self.before, "w") as file:
            file.truncate(MEGABYTES[kind] << 20)
        call("mkfs." + kind, "-q", self.before)
        self.mount(self.before)
        prepared.stage.shop.copy_to(self.path)
        self.unmount()
        call("fallocate", "--dig-holes", self.before)

    def mount(self, image):
        call("mount", "-o", "loop", image, self.mount_point)

    def unmount(self):
        for _ in range(200):
            if subprocess.run(["umount", self.mount_point], capture_output=True).returncode == 0:
                return
            time.sleep(0.01)
        call("umount", self.mount_point)

    def begin(self):
        """A stage on a fresh disk."""
        self.copy_image(self.before, self.live)
        self.mount(self.live)
        return self.prepared.at(self.path)

    def copy_image(self, old, new):
        call("cp", "--sparse=auto", old, new)

    def cut(self):
        """The power goes; it is back at once."""
        self.unmount()
        self.mount(self.after)

    def copy(self):
        self.copy_image(self.live, self.after)

    def end(self):
        self.unmount()
        for name in (self.live, self.after):
            if os.path.exists(name):
                os.unlink(name)
