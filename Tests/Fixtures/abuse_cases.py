"""The cases of dstore_abuser.py that are answered at once."""

import collections
import json
import os
import re
import time

from abuse_wire import Seen, Wire

# id: the order's own id; is_asked: whether the gateway is asked for the order afterwards;
# stays: the order is stored although this case is refused.
Case = collections.namedtuple("Case", "name expected act id is_asked stays")
DAY = 86_400
# Other ids than those of an earlier run.
MARK = time.time_ns()
LONG_ID = str(MARK).rjust(10_000, "x")


def case(name, expected, act, id=None, is_asked=True, stays=False):
    return Case(name, expected, act, id, is_asked, stays)


def send(name, expected, more=None, id=None, **changes):
    """One order that is right but for some of the body's fields and of the request's parts.

    `id`: under which it is asked for, where `more` holds another id.
    """
    def act(abuser, order_id):
        body = abuser.body(order_id, **(more or {}))
        return abuser.exchange(abuser.request(body, **changes))
    return case(name, expected, act, id)


def signed(name, expected, make):
    """A body of any bytes, rightly signed."""
    def act(abuser, order_id):
        return abuser.exchange(abuser.request(make(abuser.body(order_id), order_id)))
    return case(name, expected, act)


def raw(name, expected, make, with_tls=True):
    """Any bytes on the wire, in place of a request."""
    def act(abuser, order_id):
        data = make(abuser.request(abuser.body(order_id)), abuser)
        return abuser.exchange(data, timeout=5, with_tls=with_tls)
    return case(name, expected, act)


def health(abuser, _):
    path = abuser.target.prefix + "/health"
    head = f"GET {path} HTTP/1.1\r\nHost: {abuser.target.url.netloc}\r\n\r\n"
    return abuser.exchange(head.encode(), path)


def elsewhere(name, expected, method="POST", path=None, suffix="", call="createOrder"):
    """Another method or path; what is signed is the path without a query, and the answer is signed
    over a slash where that is no call's."""
    def act(abuser, order_id):
        where = path or abuser.target.path(call) + suffix
        signed_path = where.split("?")[0]
        data = abuser.request(
            abuser.body(order_id), method=method, path=where, signed_path=signed_path)
        is_call = signed_path == abuser.path
        return abuser.exchange(data, path=signed_path if is_call else "/", method=method)
    return case(name, expected, act)


def twice(name, expected, change, stays=True):
    """An order, and then something else under its id."""
    def act(abuser, order_id):
        first = abuser.exchange(abuser.request(abuser.body(order_id, note="one")))
        if first.word != "S":
            return first._replace(word="?" + first.word)
        return abuser.exchange(abuser.request(change(abuser, order_id)))
    return case(name, expected, act, stays=stays)


def place(abuser, order_id):
    return abuser.exchange(abuser.request(abuser.body(order_id)))


def altered(abuser, order_id):
    body = abuser.body(order_id)
    return abuser.exchange(abuser.request(body, sent=body.replace(b"650", b"651")))


def half(abuser, order_id):
    """The connection ends in the middle of the body."""
    data = abuser.request(abuser.body(order_id))
    with Wire(abuser.target) as wire:
        wire.send(data[:-40])
    time.sleep(0.2)
    return Seen("closed", 0, "", True, 0)


def pipelined(abuser, order_id):
    """Two orders in one write; the second answer counts."""
    data = abuser.request(abuser.body(order_id + "-first")) + abuser.request(abuser.body(order_id))
    with Wire(abuser.target) as wire:
        wire.send(data)
        wire.answer(abuser.path)
        return wire.answer(abuser.path)


def huge(abuser, order_id):
    body = abuser.body(order_id, filler="a" * 100_000_000)
    return with_sent(abuser, abuser.request(body))


def huge_in_chunks(abuser, order_id):
    body = abuser.body(order_id, filler="a" * 100_000_000)
    head = abuser.request(body, sent=b"", Content_Length=None, Transfer_Encoding="chunked")
    chunks = b"".join(
        b"%x\r\n%b\r\n" % (len(body[at:at + 65536]), body[at:at + 65536])
        for at in range(0, len(body), 65536))
    return with_sent(abuser, head + chunks + b"0\r\n\r\n")


def with_sent(abuser, data):
    with Wire(abuser.target) as wire:
        everything = wire.send(data)
        seen = wire.answer(abuser.path, 20)
        return seen._replace(note="all of it was read" if everything else "stopped early")


def nested(opening, middle, closing):
    deep = opening * 100_000 + middle + closing * 100_000
    return lambda body, _: body[:-1] + b', "deep": ' + deep + b"}"


def smuggled(data, abuser):
    """Two lengths that disagree about where the next request begins."""
    return data.replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\n", 1)


def moment(pattern):
    return time.strftime(pattern, time.gmtime())


def without_id(body, _):
    value = json.loads(body)
    del value["requestOrderId"]
    return json.dumps(value).encode()


def duplicate(body, order_id):
    return body[:-1] + b', "requestOrderId": ' + json.dumps(order_id + "-other").encode() + b"}"


STAMP = str(time.time_ns())[-9:]
# Ids that are somebody's attack or mistake, and yet orders that are paid.
ODD_IDS = tuple(name + STAMP for name in (
    "../../etc/cron.d/", "/etc/passwd/", "..\\..\\boot.ini\\", "CON.", "a/./../",
    "line\nbreak", "=cmd|'/c calc'!A", "Case", "CASE", "cafe\u0301", "caf\u00e9", "%2e%2e%2f", " ",
    "\u202egpj.", "file.json.")) + ("😀" * 246 + STAMP, "x" * 246 + STAMP)

CASES = [
    send("a good order", "S"),
    raw("header names in lower case", "S", lambda data, _: re.sub(
        rb"\r\n[A-Za-z-]+:", lambda found: found[0].lower(), data)),
    raw("signature's parts without spaces, turned round", "S", lambda data, _: re.sub(
        rb"(algorithm=\w+), (keyVersion=\d), (signature=[^\r]+)", rb"\3,\2,\1", data)),
    raw("signature percent-encoded in lower case", "S", lambda data, _: re.sub(
        rb"%[0-9A-F]{2}", lambda found: found[0].lower(), data)),
    raw("signature in plain Base64", "S", lambda data, _: data.replace(
        b"%2B", b"+").replace(b"%2F", b"/").replace(b"%3D", b"=")),
    *(send(f"a time such as {text}", "S", time=text) for text in (
        moment("%Y-%m-%dT%H:%M:%SZ"), moment("%Y-%m-%dT%H:%M:%S.123Z"),
        moment("%Y-%m-%dT%H:%M:%S+0000"), str(time.time_ns() // 1_000_000))),
    send("no content type", "S", Content_Type=None),
    twice("the same bytes again", "S", lambda one, id: one.body(id, note="one")),
    twice("the same id, another body", "F", lambda one, id: one.body(id, note="two")),
    send("expects 100-continue", "S", Expect="100-continue"),
    case("two orders in one write", "S", pipelined),
    send("wrong signature", "F",
         Signature="algorithm=RSA256, keyVersion=1, signature=" + "QUJD" * 86),
    case("signature of another key", "F", lambda one, id: one.exchange(
        one.request(one.body(id), key=one.other_key))),
    case("body altered after signing", "F", altered),
    send("signed for another path", "F", signed_path="/v2/pos/pushOrderChange"),
    send("client id altered after signing", "F", Client_Id="CLIENT-8"),
    send("foreign client id, rightly signed", "F", client="STRANGER-1"),
    send("time altered after signing", "F", Request_Time="2026-01-31T12:08:56+08:00"),
    send("an hour old", "S", seconds=-3600),
    send("an hour ahead", "S", seconds=3600),
    send("two days old", "U|F", seconds=-2 * DAY),
    send("two days ahead", "U|F", seconds=2 * DAY),
    send("time of no known form", "F|U|S", time="yesterday"),
    send("no Client-Id", "F", Client_Id=None),
    send("no Request-Time", "F", Request_Time=None),
    send("no Signature", "F", Signature=None),
    send("empty Signature", "F", Signature=""),
    send("Signature without a value", "F", Signature="algorithm=RSA256, keyVersion=1"),
    send("Signature of 8 KB", "F|bare 4xx|closed", Signature="signature=" + "A" * 8000),
    send("another algorithm", "F", Signature="algorithm=none, keyVersion=1, signature=QUJD"),
    send("foreign account", "F", {"posAccountId": "somebody"}),
    send("foreign store", "F", {"posStoreId": "S-99"}),
    send("no store", "F", {"posStoreId": None}),
    signed("empty body", "F", lambda body, _: b""),
    signed("no JSON", "F", lambda body, _: b"requestOrderId=1"),
    signed("JSON cut short", "F", lambda body, _: body[:-1]),
    signed("JSON with something behind it", "F", lambda body, _: body + b"{}"),
    signed("a list in place of an object", "F", lambda body, _: b"[" + body + b"]"),
    signed("100,000 lists deep", "F", nested(b"[", b"", b"]")),
    signed("100,000 objects deep", "F", nested(b'{"a":', b"1", b"}")),
    signed("not UTF-8", "S", lambda body, _: body.replace(b"Laksa", b"Laks\xff")),
    case("an id twice", "F", lambda one, id: one.exchange(
        one.request(duplicate(one.body(id), id)))),
    signed("no id", "F", without_id),
    send("an id that is a number", "S", {"requestOrderId": MARK}, str(MARK)),
    send("an id with a NUL", "F", {"requestOrderId": "odd\0nul"}),
    send("an empty id", "F", {"requestOrderId": ""}),
    send("an id of 10,000 characters", "S", {"requestOrderId": LONG_ID}, LONG_ID),
    send("a number of 4,000 digits", "S|F", {"big": int("9" * 4000)}),
    send("text/plain", "F", Content_Type="text/plain"),
    send("a form", "F", Content_Type="application/x-www-form-urlencoded"),
    *(elsewhere(f"method {method}", "F", method) for method in ("GET", "PUT", "DELETE", "PATCH")),
    elsewhere("method BREW", "F|bare 400|bare 501|closed", "BREW"),
    elsewhere("unknown call", "F", call="cancelEverything"),
    elsewhere("a call of the other direction", "F", call="syncProduct"),
    elsewhere("path with a slash behind", "F", suffix="/"),
    elsewhere("path in capitals", "F", call="CREATEORDER"),
    elsewhere("path with ..", "F", path="/v2/pos/../../etc/passwd"),
    elsewhere("path /", "F", path="/"),
    elsewhere("path with a query", "F|S", suffix="?a=1"),
    elsewhere("path of 10,000 characters", "F|bare 414|bare 400|closed", call="x" * 10_000),
    case("health", "bare 200", health, is_asked=False),
    case("100 MB body", "F|closed", huge),
    case("100 MB in chunks", "F|closed", huge_in_chunks),
    case("connection cut in the body", "closed", half),
    raw("garbage", "bare 400|closed", lambda data, _: os.urandom(2000)),
    raw("a request without HTTP", "bare 400|F|closed", lambda data, _: b"hello\r\n\r\n"),
    raw("HTTP/2 without negotiation", "bare 400|bare 505|F|closed", lambda data, _:
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0" * 60),
    raw("1 MB of headers", "bare 400|bare 431|F|closed", lambda data, _: data.replace(
        b"\r\n", b"\r\n" + b"X-Filler: " + b"a" * 1_000_000 + b"\r\n", 1)),
    raw("10,000 headers", "bare 400|bare 431|F|closed", lambda data, _: data.replace(
        b"\r\n", b"\r\n" + b"X-Filler: a\r\n" * 10_000, 1)),
    raw("length and chunks", "bare 400|F|closed", smuggled),
    raw("two lengths", "bare 400|F|closed", lambda data, _: data.replace(
        b"\r\n", b"\r\nContent-Length: 3\r\n", 1)),
    raw("a negative length", "bare 400|F|closed", lambda data, _: data.replace(
        b"Content-Length: ", b"Content-Length: -", 1)),
    raw("a length beyond 64 bits", "bare 400|bare 413|F|closed", lambda data, _: data.replace(
        b"Content-Length: ", b"Content-Length: 99999999999999999999", 1)),
    raw("a line break in a header", "bare 400|F|closed", lambda data, _: data.replace(
        b"Client-Id: ", b"Client-Id: a\rb", 1)),
    raw("plain bytes where TLS is spoken", "bare 400|F|S|closed", lambda data, _: data, False),
    *(case(f"odd id {ascii(id)[:30]}", "S", place, id) for id in ODD_IDS),
    send("a good order afterwards", "S"),
]


def found_files(outbox):
    """Where each odd id's order lies, however the file is called."""
    found = collections.defaultdict(list)
    for folder, folders, names in os.walk(outbox):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                data = file.read()
            try:
                found[json.loads(data)["requestOrderId"]].append(os.path.join(folder, name))
            except (ValueError, KeyError, TypeError):
                pass
    return found


def check_outbox(outbox, seconds=20):
    """Each order with an odd id has one file below orders/, and no two differ by case alone."""
    end = time.monotonic() + seconds
    while True:
        found = found_files(outbox)
        if all(len(found[id]) == 1 for id in ODD_IDS) or time.monotonic() > end:
            break
        time.sleep(0.2)
    orders = os.path.realpath(os.path.join(outbox, "orders")) + "/"
    names = [os.path.realpath(path) for id in ODD_IDS for path in found[id]]
    is_good = (
        all(len(found[id]) == 1 for id in ODD_IDS)
        and all(name.startswith(orders) for name in names)
        and len({name.lower() for name in names}) == len(names))
    for id in ODD_IDS:
        print(f"  {id[:40]!r}: {[os.path.relpath(path, outbox) for path in found[id]]}")
    print(f"outbox: {len(names)} files of {len(ODD_IDS)} odd ids"
          f"{'' if is_good else '  <-- WRONG'}")
    return is_good
