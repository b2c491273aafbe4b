"""Orders as D-Store might place them: every channel, every way to the guest, plain and odd.

The same seed, prefix and number make the same bytes.
"""

import collections
import json
import random

Order = collections.namedtuple("Order", "id body lines")

CHANNELS = ("DSTORE", "GRABFOOD", "FOODPANDA")
SERVICES = ("PICKUP", "DINEIN", "DELIVERY")
MENU = (
    ("LAK", "Laksa", 650), ("SAT", "Satay, 10 sticks", 800), ("TEH", "Teh tarik", 180),
    ("KOP", "Kopi-O", 160), ("CKT", 'Char kway teow "special"', 720), ("ROJ", "罗惹", 550),
)
MODIFIERS = (("EGG", "Extra egg", 100), ("CHI", "More chilli", 0), ("ICE", "Less ice", 0))
NOTES = ("", "no peanuts", "=1+1", "thank you 🙏", "line one\nline two", "a;b,\"c\"")
# What an id might hold that a file's name must not.
ODD = ("../../etc/cron.d/{}", "ORDER {}", "CON.{}", "ö{}", "😀{}", ".{}", "{}|*?", "{}\n")


def amount(value):
    return {"value": value, "currency": "SGD"}


def make_id(seed, prefix, number):
    """Mostly plain; some odd, some in pairs that differ only in the case of their letters."""
    chance = random.Random(f"{seed}/{prefix}/{number // 2}/id")
    plain = f"{prefix}-{number:06d}"
    if chance.random() < 0.02:
        return f"{('Pair', 'PAIR')[number % 2]}-{prefix}-{number // 2:06d}"
    return chance.choice(ODD).format(plain) if chance.random() < 0.05 else plain


def make_line(chance):
    code, name, price = chance.choice(MENU)
    line = {
        "posProductId": code, "name": name, "quantity": chance.randint(1, 3),
        "price": amount(price),
    }
    if chance.random() < 0.4:
        code, name, price = chance.choice(MODIFIERS)
        line["modifiers"] = [
            {"posProductId": code, "name": name, "quantity": 1, "price": amount(price)}]
    if chance.random() < 0.3:
        line["note"] = chance.choice(NOTES)
    return line


def total(lines):
    return sum(
        line["quantity"] * line["price"]["value"]
        + sum(one["quantity"] * one["price"]["value"] for one in line.get("modifiers", ()))
        for line in lines)


def make_order(number, seed=0, prefix="O", account="merchant", stores=("S-1",)):
    chance = random.Random(f"{seed}/{prefix}/{number}")
    lines = [make_line(chance) for _ in range(chance.randint(1, 5))]
    order = {
        "requestOrderId": make_id(seed, prefix, number),
        "posAccountId": account,
        "posStoreId": stores[number % len(stores)],
        "orderChannel": CHANNELS[number % 3],
        "channelOrderId": f"{CHANNELS[number % 3][:1]}{number:05d}",
        "serviceType": SERVICES[number // 3 % 3],
        "expectFulfillmentTime": "2026-01-31T12:08:56+08:00",
        "orderProducts": lines,
        "orderAmount": {"totalAmount": amount(total(lines))},
    }
    if chance.random() < 0.7:
        order["customer"] = {"name": "Tan Ah Kow", "phone": "+6591234567"}
    if order["serviceType"] == "DELIVERY":
        order["deliveryAddress"] = {
            "addressDetail": "1 Jalan Besar", "blockNo": "12A", "floorNo": "03",
            "postCode": "208787",
        }
    make_odd(chance, order)
    body = json.dumps(
        order, ensure_ascii=chance.random() < 0.5, indent=chance.choice((None, None, None, 2)),
        separators=chance.choice(((",", ":"), None)))
    return Order(order["requestOrderId"], body.encode(), len(lines))


def make_odd(chance, order):
    """What is no reason to refuse a paid order."""
    if chance.random() < 0.03:
        order["orderAmount"]["totalAmount"]["value"] += 50
    if chance.random() < 0.03:
        order["orderChannel"] = "SHOPEEFOOD"
    if chance.random() < 0.1:
        order["extra"] = {"unknown": [1, 2.50, None, True, "𝄞"]}
    if chance.random() < 0.03:
        del order["expectFulfillmentTime"]


def make_change(order_id, chance):
    """A pushOrderChange: its requestId and its body."""
    request_id = order_id + "/change"
    status = chance.choice(("CANCELLED", "CANCELLED", "COMPLETED", "ORDER_FAIL"))
    body = {"requestId": request_id, "requestOrderId": order_id, "orderStatus": status}
    if chance.random() < 0.3:
        body["refundInfo"] = {"refundAmount": amount(100)}
    return request_id, json.dumps(body).encode()
