"""The mapping of menu-csv.yaml with DuckDB on one thread."""

import sys

import duckdb

MAPPING = """
COPY (
  SELECT
    Code AS posProductId,
    'SINGLE' AS type,
    MAP {'Y': 'AVAILABLE', 'N': 'UNAVAILABLE'}[Active] AS status,
    trim(concat_ws(' ', Name, Size)) AS name,
    {'value': CAST(CAST(Price AS DECIMAL(18, 2)) * 100 AS BIGINT), 'currency': 'SGD'} AS price,
    Description AS description,
    Image AS imageUrl,
    groups.Name_1 AS category,
    Barcode AS barcode,
    Tax AS taxCode
  FROM read_csv(?, all_varchar = true, header = true) AS menu
  LEFT JOIN (SELECT Code AS "Group", Name AS Name_1 FROM read_csv(?, all_varchar = true)) AS groups
    USING ("Group")
) TO '/dev/stdout' (FORMAT json)
"""


def main(export, groups):
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(MAPPING, [export, groups])


main(*sys.argv[1:])
