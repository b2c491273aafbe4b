"""D-Store in the harness's own process: `dstore_double.py`, with a memory that can be set back."""

import copy
import ssl
import threading

import dstore_double

NAME = "faults"


class Memory(dstore_double.StandIn):
    """What one D-Store knows; nothing of it lies on a disk."""

    def __init__(self):
        super().__init__(NAME)
        self.entries, self.bodies = [], []
        self.faults, self.refused = [], set()

    def next_fault(self):
        self.count += 1
        return self.faults.pop(0) if self.faults else "ok"

    def names(self, name, store):
        return name == "refused" and store in self.refused

    def log(self, entry):
        self.entries.append(entry)

    def keep(self, number, body):
        self.bodies.append(body)

    def keep_menus(self):
        pass


class Handler(dstore_double.Handler):
    # A connection that the program left open must not keep a thread.
    timeout = 60


class DStore:
    """Listens at a port of its own, with the keys that order_keys.py made."""

    def __init__(self, keys):
        dstore_double.FOLDER = keys
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(keys + "/certificate.pem", keys + "/certificate.key")
        self.server = dstore_double.Server(("127.0.0.1", 0), Handler)
        self.server.socket = context.wrap_socket(
            self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.endpoint = f"https://127.0.0.1:{self.server.server_address[1]}/{NAME}"
        self.memory = self.begin(Memory())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def begin(self, memory):
        """From now on it knows what `memory` says. What is still being answered changes nothing."""
        with dstore_double.LOCK:
            self.memory = dstore_double.STANDINS[NAME] = memory
        return memory

    def forget(self):
        return self.begin(Memory())

    def snapshot(self):
        with dstore_double.LOCK:
            return copy.deepcopy(self.memory)

    def restore(self, memory):
        return self.begin(copy.deepcopy(memory))
