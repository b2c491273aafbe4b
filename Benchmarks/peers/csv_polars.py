"""The mapping of menu-csv.yaml with polars, streamed; POLARS_MAX_THREADS says on how many threads."""

import sys

import polars as pl


def main(export, groups):
    table = pl.read_csv(groups, infer_schema=False)
    categories = dict(zip(table["Code"], table["Name"]))
    products = pl.scan_csv(export, infer_schema=False).select(
        posProductId="Code",
        type=pl.lit("SINGLE"),
        status=pl.col("Active").replace_strict({"Y": "AVAILABLE", "N": "UNAVAILABLE"}),
        name=pl.concat_str("Name", "Size", separator=" ", ignore_nulls=True),
        price=pl.struct(
            value=(pl.col("Price").str.to_decimal(scale=2) * 100).cast(pl.Int64),
            currency=pl.lit("SGD")),
        description="Description",
        imageUrl="Image",
        category=pl.col("Group").replace_strict(categories),
        barcode="Barcode",
        taxCode="Tax",
    )
    products.sink_ndjson(sys.stdout.buffer)


main(*sys.argv[1:])
