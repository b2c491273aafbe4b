"""The mapping of menu-json.yaml with orjson."""

import csv
import sys

import orjson

STATES = {"on": "AVAILABLE", "off": "UNAVAILABLE"}


def single(item, category):
    product = {
        "posProductId": item["plu"],
        "type": "SINGLE",
        "status": STATES[item["state"]],
        "name": f"{item['name']} {item['size']}".strip(),
        "price": {"value": item["price"], "currency": "SGD"},
        "imageUrl": item["image"],
        "category": category,
        "barcode": item["ean"],
        "taxCode": item["tax"],
    }
    if item["description"]:
        product["description"] = item["description"]
    return product


def group_product(group):
    return {
        "posProductId": group["id"],
        "type": "GROUP",
        "status": "AVAILABLE",
        "name": group["name"],
        "children": [
            {"posProductId": option["plu"], "minQuantity": group["forceMin"],
             "maxQuantity": group["forceMax"]}
            for option in group["options"]
        ],
    }


def modifier(option):
    return {
        "posProductId": option["plu"],
        "type": "MODIFIER",
        "status": STATES[option["state"]],
        "name": option["name"],
        "price": {"value": option["price"], "currency": "SGD"},
    }


def main(export, groups):
    with open(groups, newline="", encoding="utf-8") as file:
        categories = {row["Code"]: row["Name"] for row in csv.DictReader(file)}
    with open(export, "rb") as file:
        menu = orjson.loads(file.read())
    products, options = {}, {}

    def add(product):
        if products.setdefault(product["posProductId"], product) != product:
            raise ValueError(f"two products: {product['posProductId']}")

    for category in menu["menu"]["categories"]:
        name = categories[category["code"]]
        for item in category["items"]:
            add(single(item, name))
            for group in item["optionGroups"]:
                if group["options"]:
                    add(group_product(group))
            for group in item["optionGroups"]:
                for option in group["options"]:
                    # The same option stands below many items.
                    if option != options.get(option["plu"]):
                        add(modifier(option))
                        options[option["plu"]] = option
    sys.stdout.buffer.write(orjson.dumps(list(products.values())))


main(*sys.argv[1:])
