"""The mapping of menu-csv.yaml with Python's csv and orjson."""

import csv
import sys

import orjson

STATES = {"Y": "AVAILABLE", "N": "UNAVAILABLE"}


def cents(text):
    whole, point, fraction = text.partition(".")
    if point and len(fraction) == 2 and whole.isdigit() and fraction.isdigit():
        return int(whole + fraction)
    raise ValueError(f"no price: {text!r}")


def main(export, groups):
    with open(groups, newline="", encoding="utf-8") as file:
        categories = {row["Code"]: row["Name"] for row in csv.DictReader(file)}
    write = sys.stdout.buffer.write
    dumps = orjson.dumps
    with open(export, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        header = next(rows)
        columns = [header.index(name) for name in (
            "Code", "Barcode", "Name", "Size", "Group", "Price", "Tax", "Active", "Description",
            "Image")]
        assert columns == list(range(10))
        separator = b"["
        for code, barcode, name, size, group, price, tax, active, description, image, *_ in rows:
            product = {
                "posProductId": code,
                "type": "SINGLE",
                "status": STATES[active],
                "name": f"{name} {size}".strip(),
                "price": {"value": cents(price), "currency": "SGD"},
                "imageUrl": image,
                "category": categories[group],
                "barcode": barcode,
                "taxCode": tax,
            }
            if description:
                product["description"] = description
            write(separator)
            write(dumps(product))
            separator = b","
        write(b"]")


main(*sys.argv[1:])
