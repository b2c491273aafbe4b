import Records
import Templates
import Testing

struct FilterTests {
  @Test(
    "each filter turns a text into another",
    arguments: [
      ("${cell | trim}", " a ", "a"),
      ("${cell | upper}", "straße é", "STRASSE É"),
      ("${cell | lower}", "ÀB", "àb"),
      ("${cell | title}", "fried RICE-ball", "Fried Rice-Ball"),
      ("${cell | default(\"x\")}", "", "x"),
      ("${cell | default(\"x\")}", "  ", "x"),
      ("${cell | default(\"x\")}", "0", "0"),
      ("${cell | replace(\"£\", \"\")}", "£4.50", "4.50"),
      ("${cell | replace(\"aa\", \"b\")}", "aaaaa", "bba"),
      ("${cell | replace(\"\", \"b\")}", "ab", "ab"),
      ("${cell | replace(\",\", \"\\n\")}", "a,b", "a\nb"),
      ("${cell | match(\"order-(\\d+)\")}", "order-123.csv", "123"),
      ("${cell | match(\"[0-9]+\")}", "no 42 here", "42"),
      ("${cell | match(\"[0-9]+\")}", "none", ""),
      ("${cell | match(\"(a)?b\")}", "b", ""),
      ("${cell | split(\",\") | first}", "a, b", "a"),
      ("${cell | split(\",\") | last}", "a, b,", "b"),
      ("${cell | split(\",\") | join(\"/\")}", " a, ,b ", "a/b"),
      ("${cell | split(\",\") | join}", "a,b", "ab"),
      ("${cell | split(\"\") | join(\"/\")}", "ab", "ab"),
      ("${cell | split(\",\") | upper | join(\"+\")}", "a,b", "A+B"),
      ("${cell | first}", "abc", "abc"),
      ("${cell | truncate(3)}", "abcdef", "abc"),
      ("${cell | truncate(3)}", "ab👩‍👩‍👧cd", "ab"),
      ("${cell | plainText}", "<p>Fish &amp; chips</p>", "Fish & chips"),
      ("${cell | pad(4, \".\")}", "ab", "ab.."),
      ("${cell | padLeft(5, \"0\")}", "42", "00042"),
      ("${cell | padLeft(2, \"0\")}", "421", "421"),
      ("x${cell | pad(3)}y", "é", "xé  y"),
      ("${cell | number}", "+007.50", "7.50"),
      ("${cell | money}", "6.5", "6.50"),
      ("${cell | date}", "2026-01-31 12:08", "2026-01-31T12:08:00+00:00"),
      ("${cell | date(\"dd.MM.yyyy\")}", "31.01.2026", "2026-01-31T00:00:00+00:00"),
    ])
  func turns(template: String, cell: String, text: String) {
    #expect(Bench(["cell": cell]).text(template) == text)
  }

  @Test(
    "nothing stays nothing, so that no id is made of an empty cell",
    arguments: [
      "upper", "title", "slug", "hash", "plainText", "number", "money", "date", "truncate(3)",
      "padLeft(3, \"0\")", "replace(\"\", \"x\")", "match(\".*\")", "split(\",\") | join(\"x\")",
      "lookup(states)",
    ])
  func keepsNothing(filter: String) {
    let bench = Bench(["cell": ""], tables: ["states": ["Y": "yes"]])
    #expect(bench.text("${cell | \(filter)}") == "")
    #expect(bench.text("${cell | \(filter) | default(\"none\")}") == "none")
  }

  @Test(
    "a slug is frozen forever",
    arguments: [
      ("Extra Cheese", "extra-cheese"),
      ("  --Crème Brûlée (L)!! ", "crème-brûlée-l"),
      ("海南鸡饭 2号", "海南鸡饭-2号"),
      ("नमस्ते", "नमस्ते"),
      ("Ünïcödé_42", "ünïcödé-42"),
      ("ŻÓŁW", "żółw"),
      ("a/b\\c", "a-b-c"),
      ("½", "83895be7a983fb6e"),
      ("!!!", "e84c538e7fe25073"),
    ])
  func slugs(text: String, slug: String) {
    #expect(Bench(["cell": text]).text("${cell | slug}") == slug)
  }

  @Test(
    "a hash is frozen forever",
    arguments: [
      ("abc", "ba7816bf8f01cfea"),
      ("Laksa", "2c29e9974ab96310"),
    ])
  func hashes(text: String, hash: String) {
    #expect(Bench(["cell": text]).text("${cell | hash}") == hash)
  }

  @Test("numbers and money are written as the mapping writes them, so that they can be read again")
  func writesNumbers() {
    let bench = Bench(["cell": "1.234,5"])
    bench.styles.numbers = NumberStyle(decimal: UInt8(ascii: ","), thousands: [UInt8(ascii: ".")])
    #expect(bench.text("${cell | number}") == "1234,5")
    #expect(bench.text("${cell | money}") == "1234,50")
    #expect(bench.text("${cell | money | money}") == "1234,50")
    bench.styles.numbers.unit = .minor
    #expect(Bench(["cell": "650"]).text("${cell | money}") == "650.00")
    #expect(bench.text("${\"650\" | money}") == "650")
  }

  @Test("a list where one text is needed is a problem that names the column")
  func refusesLists() {
    let bench = Bench([:], lists: ["tags": ["a", "b"]])
    #expect(
      bench.text("${tags}")
        == "\"tags\": a list stands where one text is needed. End the expression with join(\", \"), first or "
        + "last.")
    #expect(
      bench.text("${tags | split(\",\")}")
        == "\"tags\": a list stands where one text is needed. End the expression with join(\", \"), "
        + "first or last.")
    #expect(bench.value("${tags | upper}") == ["A", "B"])
    #expect(bench.value("${tags | default(\"x\")}") == ["a", "b"])
    #expect(bench.text("${tags | join(\", \")}") == "a, b")
  }

  @Test("a value that a filter refuses is told with its column")
  func namesColumn() {
    #expect(
      Bench(["Price": "variable"]).text("x ${Price | number}")
        == "\"Price\": this is not a number as the mapping writes them (found: \"variable\"). numbers: "
        + "says decimal \".\", no thousands separator; correct the value in the POS, or the statement."
    )
  }
}
