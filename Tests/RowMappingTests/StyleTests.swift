import RowMapping
import Testing

struct StyleTests {
  private func price(_ styles: String, _ cell: String) -> String {
    let result = Workbook(
      """
      kind: products
      files: products/*.csv
      \(styles)
      products: [{type: SINGLE, posProductId: "${id}", status: AVAILABLE, price: "${price}"}]
      """
    ).run("id|price\n1|\(cell)")
    let lead = #"{"posProductId":"1","type":"SINGLE","status":"AVAILABLE","#
    return (result.products + result.problems).joined().replacing(lead, with: "")
      .replacing("Inbox/menu.csv, line 2, record 1, \"price\": ", with: "")
  }

  @Test(
    "a price is read as the mapping says, into the currency's smallest unit",
    arguments: [
      ("", "6.5", "650", "SGD"),
      ("numbers: {decimal: \",\", thousands: \".\"}", "1.234,50", "123450", "SGD"),
      ("numbers: {thousands: \",\"}", "12,34,567", "123456700", "SGD"),
      ("numbers: {unit: minor}", "650", "650", "SGD"),
      ("currency: JPY", "650", "650", "JPY"),
      ("currency: KWD", "1.234", "1234", "KWD"),
      ("", "0", "0", "SGD"),
      ("", "21474836.47", "2147483647", "SGD"),
    ])
  func readsPrices(styles: String, cell: String, value: String, code: String) {
    #expect(price(styles, cell) == #""price":{"value":\#(value),"currency":"\#(code)"}}"#)
  }

  @Test(
    "a price that is none is a bad row",
    arguments: [
      (
        "", "variable",
        "this is not a number as the mapping writes them (found: \"variable\"). numbers: says decimal "
          + "\".\", no thousands separator; correct the value in the POS, "
          + "or the statement."
      ),
      (
        "", "6.505",
        "three digits stand behind the only separator, which may be a decimal or a thousands sign, and "
          + "SGD has 2 decimals (found: \"6.505\"). Write numbers: {decimal: \",\", thousands: \".\"} in "
          + "the mapping if it is 6505, or numbers: {decimal: \".\"} if it is 6.505."
      ),
      (
        "numbers: {decimal: \".\"}", "6.505",
        "this has more decimals than the 2 of SGD, or too many digits (found: \"6.505\"). Round the "
          + "price in the POS; the connector never rounds money."
      ),
      (
        "", "-1",
        "an amount is from 0 to 2147483647 of the smallest unit (found: \"-1\"). Correct it in the "
          + "POS, or leave such rows out with unless:."
      ),
      (
        "", "21474836.48",
        "an amount is from 0 to 2147483647 of the smallest unit (found: \"21474836.48\"). Correct "
          + "it in the POS, or leave such rows out with unless:."
      ),
    ])
  func refusesPrices(styles: String, cell: String, message: String) {
    #expect(price(styles, cell) == message)
  }

  @Test("an empty price is left out")
  func leavesOut() {
    #expect(
      price("", "  ") == #"{"posProductId":"1","type":"SINGLE","status":"AVAILABLE"}"#)
  }

  @Test(
    "styles that cannot be are refused",
    arguments: [
      (
        "numbers: {decimal: \";\"}",
        "m.yaml, line 3, position 20: \"decimal\" is one of \".\", \",\" (found: \";\"). Write one of them."
      ),
      (
        "numbers: {thousands: \".\"}",
        "m.yaml, line 3, position 22: the thousands separator is one character, and not the decimal "
          + "one (found: \".\"). Write for example numbers: {decimal: \",\", thousands: \".\"}."
      ),
      (
        "numbers: {unit: cents}",
        "m.yaml, line 3, position 17: \"unit\" is one of major, minor (found: \"cents\"). Write one of "
          + "them."
      ),
      (
        "numbers: {decimals: 2}",
        "m.yaml, line 3, position 11: \"decimals\" is not a key of numbers. Did you mean \"decimal\"?"
      ),
      (
        "currency: SGT",
        "m.yaml, line 3, position 11: this is no currency of ISO 4217 (found: \"SGT\"). Did you mean "
          + "\"SGD\"?"
      ),
      (
        "dates: dd MMM",
        "m.yaml, line 3, position 8: a date pattern is made of yyyy MM dd HH mm ss and signs between "
          + "them, like dd.MM.yyyy HH:mm; hh with a is a clock of 12 hours, and unix means seconds since 1970 (found: \"dd MMM\")."
      ),
      (
        "dates: {timeZone: Asia/Nowhere}",
        "m.yaml, line 3, position 19: the system knows no such time zone (found: \"Asia/Nowhere\"). "
          + "Write a name of the IANA database, such as Asia/Singapore."
      ),
    ])
  func refusesStyles(styles: String, message: String) {
    let book = Workbook(
      """
      kind: products
      files: products/*.csv
      \(styles)
      products: [{type: SINGLE, posProductId: "${id}", status: AVAILABLE}]
      """)
    #expect(book.mistakes() == [message])
  }

  @Test("each type of the contract is read as such")
  func readsTypes() {
    var book = Workbook(
      """
      kind: products
      files: products/*.csv
      dates: {pattern: dd.MM.yyyy, timeZone: Asia/Tokyo}
      numbers: {decimal: ","}
      products:
        - type: SINGLE
          posProductId: ${id}
          status: AVAILABLE
          until: ${until}
          weight: ${weight}
          hot: ${hot}
          rank: ${rank}
          tags: ${tags | split(",")}
          sizes: [1, "${rank}"]
          size: {wide: "${rank}", high: "${high}"}
      """)
    book.overrides = """
      kind: contract
      messages:
        syncProduct:
          fields:
            products[].until: {type: time, basis: confirmed}
            products[].weight: {type: decimal, maximum: 9, basis: confirmed}
            products[].hot: {type: boolean, basis: confirmed}
            products[].rank: {type: integer, maximum: 10, basis: confirmed}
            products[].tags: {type: list, of: string, maximum: 3, basis: confirmed}
            products[].sizes: {type: list, of: integer, basis: confirmed}
            products[].size: {type: object, basis: confirmed}
            products[].size.wide: {type: integer, basis: confirmed}
            products[].size.high: {type: integer, basis: confirmed}
      """
    let result = book.run(
      """
      id|until|weight|hot|rank|tags|high
      1|31.01.2026|0,50|true|3,0|a, b|
      2||9,1|yes|11|a,b,c,d|x
      3||||3,5||
      4||||||
      """)
    #expect(
      result.products == [
        #"{"posProductId":"1","type":"SINGLE","status":"AVAILABLE","until":"2026-01-31T00:00:00+09:00","weight":0.50,"hot":true,"rank":3,"tags":["a","b"],"sizes":[1,3],"size":{"wide":3}}"#,
        #"{"posProductId":"4","type":"SINGLE","status":"AVAILABLE","sizes":[1]}"#,
      ])
    let row2 = "Inbox/menu.csv, line 3, record 2, "
    #expect(
      result.problems == [
        row2 + "\"weight\": \"weight\" is at most 9 (found: \"9,1\"). Fix the value in the POS.",
        row2
          + "\"hot\": this field takes true or false (found: \"yes\"). Say what the POS's words mean "
          + "with a table: ${… | lookup(table)}.",
        row2 + "\"rank\": \"rank\" is at most 10 (found: \"11\"). Fix the value in the POS.",
        row2
          + "\"tags\": \"tags\" holds at most 3 entries (found: \"4\"). Leave some out with when:, or "
          + "fix the export.",
        row2
          + "\"high\": this is not a number as the mapping writes them (found: \"x\"). numbers: says "
          + "decimal \",\", no thousands separator; correct the value in the POS, "
          + "or the statement.",
        "Inbox/menu.csv, line 4, record 3, \"rank\": \"rank\" must be a whole number (found: \"3,5\"). "
          + "Fix the value, or take the fraction away with a filter.",
        "Inbox/menu.csv, line 4, record 3, \"rank\": \"sizes\" must be a whole number (found: \"3,5\"). "
          + "Fix the value, or take the fraction away with a filter.",
        "Inbox/menu.csv, line 4, record 3, \"rank\": \"wide\" must be a whole number (found: \"3,5\"). "
          + "Fix the value, or take the fraction away with a filter.",
      ])
  }
}
