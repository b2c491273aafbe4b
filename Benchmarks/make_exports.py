"""Writes the exports that the benchmarks read: always the same bytes for the same arguments."""

import argparse
import csv
import json
import random

DISHES = (
    "Laksa;Nasi Lemak;Chicken Rice;Beef Rendang;Kaya Toast;Fish Ball Noodles;Satay Set;Mee Goreng;"
    "Roti Prata;Hokkien Mee;Crème brûlée;Käsespätzle;Tom Yum Soup;Pad Thai;Butter Chicken;"
    "海南鸡饭;蛋挞;Iced Lemon Tea;Kopi O Kosong;Teh Tarik;Bandung;Fresh Lime Juice;Ginger Ale;Cheesecake"
).split(";")
SIZES = ["", "Small", "Regular", "Large", "Family"]
NOTES = (
    "Served with rice and a clear soup;Contains nuts;Cooked to order, please allow 15 minutes;"
    "Our best seller since 1987;Vegetarian on request;Spicy;;"
).split(";")
QUOTED = [
    'Known as "the big one", for two',
    "First course: soup\nSecond course: rice, meat and greens",
    'The chef\'s "special", changes daily\nAsk the staff',
    "Onions, garlic, chilli",
]
GROUPS = [str(code) for code in range(10, 34)]
HEADER = [
    "Code", "Barcode", "Name", "Size", "Group", "Price", "Tax", "Active", "Description", "Image",
    "Stock", "Changed",
]


def write_csv(path, rows):
    """One product a row; every tenth row has a cell in quotes, with quotes or line breaks in it."""
    random.seed(1)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(HEADER)
        for number in range(rows):
            writer.writerow([
                f"A{number:07d}",
                f"88{number * 7919 % 10**10:010d}",
                f"{random.choice(DISHES)} {number % 997}",
                random.choice(SIZES),
                random.choice(GROUPS),
                f"{random.randint(50, 99999) / 100:.2f}",
                random.choice(["SR", "ZR"]),
                "N" if number % 13 == 0 else "Y",
                random.choice(QUOTED if number % 10 == 0 else [n for n in NOTES if "," not in n]),
                f"https://img.example/menu/{number}.jpg",
                random.randint(0, 500),
                f"2026-03-{number % 28 + 1:02d} 08:{number % 60:02d}:00",
            ])


def write_json(path, size):
    """Categories, items, option groups, options, until the file has about `size` bytes."""
    random.seed(2)
    options = [
        {"plu": f"M{number}", "name": f"Extra {random.choice(DISHES)}",
         "price": random.randint(0, 500), "state": "off" if number % 11 == 0 else "on"}
        for number in range(400)
    ]
    with open(path, "w", encoding="utf-8") as file:
        file.write('{"exported": "2026-03-01T08:00:00+08:00", "menu": {"categories": [\n')
        item = 0
        while file.tell() < size:
            if item > 0:
                file.write(",\n")
            code = random.choice(GROUPS)
            items = [make_item(item + index, options) for index in range(40)]
            item += len(items)
            category = {"code": code, "sort": item, "items": items}
            json.dump(category, file, ensure_ascii=False)
        file.write("\n]}}\n")


def make_item(number, options):
    groups = [
        {"id": f"G{number}-{index}", "name": f"Choice {index + 1}", "forceMin": 0, "forceMax": 3,
         "options": random.sample(options, random.randint(2, 6))}
        for index in range(random.randint(0, 3))
    ]
    return {
        "plu": f"P{number}", "name": random.choice(DISHES), "size": random.choice(SIZES),
        "price": random.randint(50, 99999), "state": "off" if number % 13 == 0 else "on",
        "tax": random.choice(["SR", "ZR"]), "ean": f"88{number * 7919 % 10**10:010d}",
        "description": random.choice(QUOTED if number % 10 == 0 else NOTES),
        "image": f"https://img.example/menu/{number}.jpg", "stock": random.randint(0, 500),
        "optionGroups": groups,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--json-bytes", type=int, default=50_000_000)
    arguments = parser.parse_args()
    write_csv(f"{arguments.folder}/menu.csv", arguments.rows)
    write_json(f"{arguments.folder}/menu.json", arguments.json_bytes)
