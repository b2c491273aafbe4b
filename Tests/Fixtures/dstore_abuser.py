"""Sends a gateway what nobody should send, and shows what comes back.

Usage: dstore_abuser.py --url URL --keys FOLDER [--pid PID] [--outbox OUTBOX] [--only WORD]
       [--quick] [--memory MB]

FOLDER is what order_keys.py made; PID is the server's, for its memory; OUTBOX is looked through
for the files of the orders with odd ids. Everything goes over bare sockets. Each case has an
order's id of its own, and afterwards the gateway is asked whether it holds that order. --quick
leaves the slow senders out, which take a minute.

The table says for each case what was expected and what came: S, F or U where the answer was
signed, `bare 400` where it was not, `closed` where the connection ended without an answer,
`silence` where nothing came in time. Exit 0 only where all came as expected, nothing was stored
that should not be, and the server's peak stayed under --memory.
"""

import argparse
import resource
import sys
import threading
import time

import abuse_cases
import abuse_slow
from abuse_wire import Abuser
from dstore_caller import Target

class Memory:
    def __init__(self, pid):
        self.pid = pid

    def megabytes(self, name):
        if not self.pid:
            return 0.0
        with open(f"/proc/{self.pid}/status") as file:
            found = next(line for line in file if line.startswith(name + ":"))
        return int(found.split()[1]) * 1024 / 1e6


class Table:
    def __init__(self, abuser, memory):
        self.abuser, self.memory, self.is_good = abuser, memory, True
        print(f"{'case':46} {'expected':27} {'came':10} {'HTTP':>4} {'code':26} closed stored "
              f"{'s':>6} {'RSS MB':>6}")

    def add(self, case, order_id, seen):
        stored = self.abuser.holds(order_id) if order_id else None
        # What was answered S is stored, and nothing else is.
        is_right = seen.word in case.expected.split("|") and (
            stored is None or stored == (seen.word == "S" or case.stays))
        self.is_good &= is_right
        print(
            f"{case.name:46} {case.expected:27} {seen.word:10} {seen.status or '':>4} "
            f"{seen.code:26} {'yes' if seen.closed else 'no':6} "
            f"{'' if stored is None else 'yes' if stored else 'no':6} {seen.seconds:6.2f} "
            f"{self.memory.megabytes('VmRSS'):6.0f} {'' if is_right else '  <-- WRONG'}"
            f"{seen.note and '  ' + seen.note}", flush=True)


def run_all(given, abuser, table):
    def is_wanted(case):
        return given.only in case.name

    mark = f"abuse-{time.time_ns()}"
    slow = [] if given.quick else [case for case in abuse_slow.SLOW if is_wanted(case)]
    answers = {}

    def wait_for(case, order_id):
        answers[case.name] = case.act(abuser, order_id)

    threads = [
        threading.Thread(target=wait_for, args=(case, f"{mark}-slow-{number}"))
        for number, case in enumerate(slow)]
    for thread in threads:
        thread.start()
    for number, case in enumerate(filter(is_wanted, abuse_cases.CASES)):
        order_id = case.id or f"{mark}-{number}"
        table.add(case, order_id if case.is_asked else None, case.act(abuser, order_id))
    for thread in threads:
        thread.join()
    for number, case in enumerate(slow):
        table.add(case, f"{mark}-slow-{number}", answers[case.name])
    for number, case in enumerate(filter(is_wanted, abuse_slow.MANY)):
        table.add(case, f"{mark}-many-{number}", case.act(abuser, f"{mark}-many-{number}"))
    if given.outbox and not given.only:
        table.is_good &= abuse_cases.check_outbox(given.outbox)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", required=True)
    parser.add_argument("--keys", required=True)
    parser.add_argument("--pid", type=int)
    parser.add_argument("--outbox")
    parser.add_argument("--only", default="", help="cases whose name holds this")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--memory", type=float, default=0, help="MB; 0: no limit")
    return parser.parse_args()


def main():
    given = arguments()
    resource.setrlimit(
        resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    memory = Memory(given.pid)
    abuser = Abuser(Target(given.url, given.keys), given.keys)
    before = memory.megabytes("VmRSS")
    table = Table(abuser, memory)
    run_all(given, abuser, table)
    peak = memory.megabytes("VmHWM")
    print(f"memory: {before:.0f} MB before, {memory.megabytes('VmRSS'):.0f} MB after, "
          f"{peak:.0f} MB at the peak")
    return table.is_good and not 0 < given.memory < peak


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
