"""What must be true in the end, whatever happened before.

It looks at what D-Store was sent, what the POS found, what lies where, and whether the ledger is at
rest; it knows nothing of how the connector works.
"""

import collections
import json
import re

from order_keys import ACCOUNT

# States that no later run would end; a count each.
AT_REST = {
    "a request is open": "SELECT count(*) FROM request WHERE state = 'open'",
    "a file is not in its place": "SELECT count(*) FROM file WHERE isPlaced = 0",
    "a file has no outcome": "SELECT count(*) FROM file WHERE outcome IS NULL",
    "an order update is queued": "SELECT count(*) FROM notification WHERE state = 'queued'",
    "an order's file is not released":
        "SELECT count(*) FROM orderRelease WHERE state IN ('stored', 'releasing')",
}
IN_USE = (
    "SELECT payloadPath FROM accepted UNION SELECT path FROM part UNION SELECT path FROM openPart "
    "UNION SELECT bodyPath FROM request WHERE state = 'open'")
TEMPORARY = re.compile(r"\.tmp$|(^|/)\.[0-9a-f]{16}")
NO_SENTENCE = re.compile(
    "should not happen|please report|constraint failed|Fatal error|Thread .* crashed|Optional\\(")
REPORT = re.compile(r"\.problem\.txt$|\.problems\.csv$")
DAY = re.compile(r"^archive/\d{4}-\d\d-\d\d/")


def is_one_of(value, wanted):
    return value in wanted if isinstance(wanted, set) else value == wanted


def menu_of(products):
    return {
        key: one["price"]["value"] if one["status"] == "AVAILABLE" else None
        for key, one in products.items()}


def dstore(stage, flow):
    memory, wrong = stage.dstore.memory, []
    bodies = collections.defaultdict(set)
    for body in memory.bodies:
        bodies[json.loads(body)["requestId"]].add(body)
    wrong += [
        f"request {key} went out with other bytes" for key, all in bodies.items() if len(all) > 1]
    for entry in memory.entries:
        wrong += [f"D-Store finds wrong: {one}" for one in entry["wrong"]]
    menus = {key.split("/")[1]: menu_of(one) for key, one in memory.menus.items()}
    if menus != flow.menus:
        wrong.append(f"D-Store sells {menus}, and should sell {flow.menus}")
    syncs = sum(one["effect"] and "told" not in one for one in memory.entries)
    if not is_one_of(syncs, flow.syncs):
        wrong.append(f"{syncs} lists had an effect at D-Store, and not {flow.syncs}")
    return wrong + updates(memory, flow)


def updates(memory, flow):
    told = collections.defaultdict(list)
    for one in memory.entries:
        if one["effect"] and "told" in one:
            told[one["told"]["requestOrderId"]].append(
                {key: value for key, value in one["told"].items() if not key.startswith("request")})
    if dict(told) != flow.updates:
        return [f"D-Store was told {dict(told)}, and not {flow.updates}"]
    return []


def pos(stage, flow, may_repeat):
    """`may_repeat`: whether a file may have come once more under the same name."""
    wrong = [f"the POS found half a file: {one}" for one in stage.seen if not one["whole"]]
    for kind, key, wanted in (
        ("orders", "order", flow.orders), ("changes", "request", flow.changes)
    ):
        found = collections.Counter(one[key] for one in stage.seen if one["kind"] == kind)
        if may_repeat:
            names = collections.Counter(
                (one[key], one["name"]) for one in stage.seen if one["kind"] == kind)
            found = collections.Counter(one for one, _ in names)
            wrong += unflagged(stage, {f"{kind}/{name}" for (_, name), count in names.items() if count > 1})
        if found != wanted:
            wrong.append(f"the POS found {dict(found)} in {kind}, and not {wanted}")
    for one in stage.seen:
        digest = stage.digests.get(one["order"])
        if one["kind"] == "orders" and digest and one["digest"] != digest:
            wrong.append(f"the file of order {one['order']} says something else")
    return wrong


def unflagged(stage, repeated):
    """Of files that came once more, those that the connector should have known as doubtful.

    It cannot know that the POS took a file and the power cut undid that.
    """
    flagged = {one[0] for one in stage.shop.ledger("SELECT name FROM orderRelease WHERE isDoubtful = 1")}
    return [
        f"{name} came once more, and is not flagged" for name in sorted(repeated & stage.unsure)
        if name not in flagged]


def inbox(stage, flow):
    wrong, shop = [], stage.shop
    places = [DAY.sub("archive/DAY/", one) for one in shop.files("Inbox")]
    left = [one for one in places if ".work/claimed-" in one or ".work/copied-" in one]
    found = {REPORT.sub("", one) for one in places if REPORT.search(one)}
    if found != set(flow.reports):
        wrong.append(f"reports lie beside {sorted(found)}, and not {flow.reports}")
    places = [
        one for one in places
        if ".work/" not in one and not REPORT.search(one) and not TEMPORARY.search(one)]
    if sorted(places) != sorted(flow.inbox):
        wrong.append(f"the inbox holds {places}, and not {flow.inbox}")
    return wrong + [f"left in the folder of work: {one}" for one in left]


def temporaries(shop):
    return [
        f"{below}/{one}" for below in ("Inbox", "Outbox", ".connector")
        for one in shop.files(below) if TEMPORARY.search(one)]


def leftovers(shop):
    """Temporary files, and what the POS should have found."""
    wrong = [f"a temporary file is left: {one}" for one in temporaries(shop)]
    visible = [one for one in shop.files("Outbox") if "/." not in "/" + one]
    if visible:
        wrong.append(f"left in the outbox: {visible}")
    return wrong


def ledger(stage, flow):
    shop, wrong = stage.shop, []
    integrity = shop.ledger("PRAGMA integrity_check")
    if integrity not in ([], [("ok",)]):
        wrong.append(f"the ledger is damaged: {integrity[:3]}")
    orphans = shop.ledger("PRAGMA foreign_key_check")
    if orphans:
        wrong.append(f"the ledger refers to what is gone: {orphans[:3]}")
    for sentence, statement in AT_REST.items():
        if shop.ledger(statement) not in ([], [(0,)]):
            wrong.append(sentence)
    waiting = shop.ledger("SELECT count(*) FROM statusChange WHERE state = 'waiting'")
    if waiting not in ([], [(flow.waiting,)]):
        wrong.append(f"{waiting[0][0]} changes wait for their order")
    used = {one[0].split("/")[-1] for one in shop.ledger(IN_USE) if one[0]}
    stray = [one for one in shop.files(".connector/payloads") if one not in used]
    if stray:
        wrong.append(f"payloads that nobody refers to: {stray}")
    return wrong


def ends(stage, flow, may_repeat):
    """What is wrong with what people see: D-Store, the kitchen, the inbox, `status`."""
    status = stage.shop.run("status")
    wrong = ending("status", status)
    if not is_one_of(status.exit, flow.status):
        wrong.append(f"status ends with {status.exit}, and not with {flow.status}: {status}")
    return wrong + dstore(stage, flow) + pos(stage, flow, may_repeat) + inbox(stage, flow)


def check(stage, flow, may_repeat):
    """Everything that is wrong now, in sentences."""
    return (
        ends(stage, flow, may_repeat) + leftovers(stage.shop) + ledger(stage, flow)
        + flow.check(stage))


def ending(what, ending, is_killed=False):
    """What is wrong with how a program ended."""
    if is_killed:
        return [] if ending.exit == -9 else [f"{what} was to be killed: {ending}"]
    if ending.exit not in (0, 1, 2, 75):
        return [f"{what} crashed or hung: {ending}"]
    said = ending.out + ending.err
    if NO_SENTENCE.search(said):
        return [f"{what} has no sentence for it: {ending}"]
    if ending.exit != 0 and not said.strip():
        return [f"{what} failed and said nothing: {ending}"]
    return []
