#!/bin/sh
# The mapping of menu-csv.yaml with Miller.
exec mlr --icsv --ojson --from "$1" -S put -q '
  begin {
    @states = {"Y": "AVAILABLE", "N": "UNAVAILABLE"};
    @groups = splitax("'"$(tail -n +2 "$2" | tr '\n' ';')"'", ";");
    for (line in @groups) { if (line != "") { pair = splitax(line, ","); @category[pair[1]] = pair[2] } }
  }
  product = {
    "posProductId": $Code,
    "type": "SINGLE",
    "status": @states[$Active],
    "name": strip($Name . " " . $Size),
    "price": {"value": int(sub(gsub($Price, "\.", ""), "^0+", "")), "currency": "SGD"},
  };
  if ($Description != "") { product["description"] = $Description }
  product["imageUrl"] = $Image;
  product["category"] = @category[$Group];
  product["barcode"] = $Barcode;
  product["taxCode"] = $Tax;
  emit product
'
