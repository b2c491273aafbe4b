"""The cases of dstore_abuser.py that take their time, or many connections."""

import json
import time

from abuse_cases import case
from abuse_wire import Seen, Wire


def trickle(abuser, order_id, whole, limit):
    """One byte every half second after what comes first; how long it was suffered."""
    data = abuser.request(abuser.body(order_id))
    split = data.index(b"\r\n\r\n") + 4 if whole else 20
    with Wire(abuser.target) as wire:
        wire.send(data[:split])
        for at in range(split, len(data)):
            if time.monotonic() - wire.start > limit:
                return wire.ended("suffered")
            wire.fill(0.5)
            if wire.buffer or wire.is_closed or not wire.send(data[at:at + 1]):
                break
        return wire.answer(abuser.path)


def silent(abuser, order_id):
    """A connection on which nothing is ever said, not even TLS."""
    with Wire(abuser.target, with_tls=False) as wire:
        wire.fill(120)
        return wire.ended("closed" if wire.is_closed else "suffered")


def idle_after_answer(abuser, order_id):
    """Nothing after a good order, on a connection that stays open."""
    with Wire(abuser.target) as wire:
        wire.send(abuser.request(abuser.body(order_id)))
        if wire.answer(abuser.path).word != "S":
            return wire.ended("?")
        wire.start = time.monotonic()
        wire.fill(120)
        return wire.ended("closed" if wire.is_closed else "suffered")


def never_reads(abuser, order_id):
    """Many questions, and nobody who reads the answers; then a good order elsewhere."""
    body = json.dumps({"requestOrderId": order_id}).encode()
    question = abuser.request(body, path=abuser.target.path("inquireOrderDetail"))
    end, sent = time.monotonic() + 8, 0
    with Wire(abuser.target, timeout=2) as wire:
        while time.monotonic() < end and wire.send(question):
            sent += 1
    seen = abuser.exchange(abuser.request(abuser.body(order_id)))
    return seen._replace(note=f"{sent} questions were taken")


def many_idle(count, with_tls, hold=5):
    """Connections that say nothing; orders on new ones must still get through."""
    def act(abuser, order_id):
        wires = open_many(abuser, count, with_tls)
        time.sleep(hold)
        words, slowest = [], 0.0
        for number in range(20):
            seen = order_through(abuser, order_id if number == 0 else f"{order_id}-{number}")
            words.append(seen.word)
            slowest = max(slowest, seen.seconds)
        closed = sum(is_closed(wire) for wire in wires)
        for wire in wires:
            wire.socket.close()
        bad = [word for word in words if word != "S"]
        return seen._replace(
            word=bad[0] if bad else "S", seconds=slowest,
            note=f"{len(wires)} of {count} opened, {closed} closed by the server; "
                 f"{len(words) - len(bad)} of 20 orders got through")
    return act


def open_many(abuser, count, with_tls):
    wires = []
    for _ in range(count):
        try:
            wires.append(Wire(abuser.target, with_tls, timeout=5))
        except OSError:
            pass
    return wires


def order_through(abuser, order_id):
    start = time.monotonic()
    try:
        seen = abuser.exchange(abuser.request(abuser.body(order_id)), timeout=15)
    except OSError as error:
        return Seen("closed", 0, "", True, time.monotonic() - start, str(error))
    return seen._replace(seconds=time.monotonic() - start)


def is_closed(wire):
    wire.fill(0.001)
    return wire.is_closed


SLOW = [
    case("a connection without a word", "closed", silent),
    case("slow sender of headers", "closed|bare 408|F", lambda one, id: trickle(
        one, id, whole=False, limit=60)),
    case("slow sender of a body", "closed|bare 408|F|U", lambda one, id: trickle(
        one, id, whole=True, limit=90)),
    case("idle after an answer", "closed", idle_after_answer, stays=True),
    case("never reads an answer", "S", never_reads),
]

MANY = [
    case("1,000 idle connections, no TLS spoken", "S", many_idle(1000, with_tls=False)),
    case("1,000 idle connections", "S", many_idle(1000, with_tls=True)),
]
