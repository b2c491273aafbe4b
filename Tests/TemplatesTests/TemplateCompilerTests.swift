import Records
import Templates
import Testing

struct TemplateCompilerTests {
  @Test(
    "a text becomes what its expressions give",
    arguments: [
      ("plain", "plain"),
      ("", ""),
      ("  spaces around  ", "spaces around"),
      ("${Name}", "Laksa"),
      ("${ Name }", "Laksa"),
      ("${Name} ${Size}", "Laksa L"),
      ("${Name}${Empty}", "Laksa"),
      ("${Empty} ${Name}", "Laksa"),
      ("${Price [Main]}", "6.50"),
      ("${\"literal\"}", "literal"),
      ("${'literal'}", "literal"),
      ("${\"${Name}\"}", "${Name}"),
      ("${\"}\" | default(\"|\")}", "}"),
      ("${\"say \\\"hi\\\"\"}", "say \"hi\""),
      ("${'it\\'s'}", "it's"),
      ("a $ b } c", "a $ b } c"),
      ("${Empty | default(Name)}", "Laksa"),
      ("${Empty|default(\"a, b) c\")}", "a, b) c"),
      ("${Name | replace( \"ks\" , 'x' )}", "Laxa"),
    ])
  func gives(template: String, text: String) {
    let bench = Bench(["Name": "Laksa", "Size": "L", "Empty": "", "Price [Main]": "6.50"])
    #expect(bench.text(template) == text)
  }

  @Test(
    "what cannot be read is said with what to write instead",
    arguments: [
      (
        "${}",
        "nothing stands between ${ and the next | or } (found: \"${}\"). Write the name of a column "
          + "there, ${Price}, or a text in quotes, ${\"x\"}."
      ),
      (
        "${ | trim}",
        "nothing stands between ${ and the next | or } (found: \"${ | trim}\"). Write the name of a "
          + "column there, ${Price}, or a text in quotes, ${\"x\"}."
      ),
      (
        "${Name",
        "the ${ is not closed by } (found: \"${Name\"). If a # stands in the text, YAML took the rest "
          + "for a comment: put the whole text into quotes."
      ),
      (
        "${Name | default(\"x}",
        "a quoted text does not end (found: \"${Name | default(\"x}\"). Close it with \"; a quote inside "
          + "is written \\\"."
      ),
      (
        "${\"x\" y}",
        "\"y\" is not expected here (found: \"${\"x\" y}\"). An expression reads ${column | filter | "
          + "filter(argument, …)}."
      ),
      (
        "${Name |}",
        "no filter stands behind the | (found: \"|\"). An expression reads ${column | filter | "
          + "filter(argument, …)}."
      ),
      (
        "${Name | uper}",
        "there is no filter of this name (found: \"uper\"). Did you mean \"upper\"?"
      ),
      (
        "${Name | capitalize}",
        "there is no filter of this name (found: \"capitalize\"). The filters are: date, default, "
          + "first, hash, join, last, lookup, lower, match, money, number, pad, padLeft, plainText, "
          + "replace, slug, split, title, trim, truncate, upper."
      ),
      (
        "${Name | replace(\"a\")}",
        "the filter takes 2 arguments and has 1 (found: \"replace\"). Arguments stand in parentheses "
          + "with commas between them: replace(\"a\", \"b\")."
      ),
      (
        "${Name | default}",
        "the filter takes 1 argument and has 0 (found: \"default\"). Arguments stand in parentheses "
          + "with commas between them: replace(\"a\", \"b\")."
      ),
      (
        "${Name | upper(1)}",
        "the filter takes no argument and has 1 (found: \"upper\"). Arguments stand in parentheses "
          + "with commas between them: replace(\"a\", \"b\")."
      ),
      (
        "${Name | lookup()}",
        "the filter takes 1 or 2 arguments and has 0 (found: \"lookup\"). Arguments stand in "
          + "parentheses with commas between them: replace(\"a\", \"b\")."
      ),
      ("${Name | truncate(0)}", "truncate takes a whole number from 1 to 100000 (found: \"0\")."),
      ("${Name | pad(x)}", "pad takes a whole number from 1 to 100000 (found: \"x\")."),
      (
        "${Name | padLeft(3, \"ab\")}",
        "padLeft fills with one ASCII character (found: \"ab\")."
      ),
      (
        "${Name | date(\"dd.MMM\")}",
        "a date pattern is made of yyyy MM dd HH mm ss and signs between them, like dd.MM.yyyy HH:mm; hh with a is a clock of 12 hours, and unix means seconds since 1970 "
          + "(found: \"dd.MMM\")."
      ),
      ("${Nmae}", "there is no such column (found: \"Nmae\")."),
      ("${Name | default(Nmae)}", "there is no such column (found: \"Nmae\")."),
      ("${Name | lookup(states)}", "there is no such table (found: \"states\")."),
    ])
  func refuses(template: String, message: String) {
    #expect(Bench(["Name": "x"]).text(template) == "m.yaml, line 3, position 9: " + message)
  }

  @Test("a text without columns is known before any row")
  func knowsConstants() {
    let bench = Bench(["Name": "x"])
    #expect(bench.compile("SINGLE")?.constant == Array("SINGLE".utf8))
    #expect(bench.compile("a${\"b\"}c")?.constant == Array("abc".utf8))
    #expect(bench.compile("")?.constant == [])
    #expect(bench.compile("${\"b\" | upper}")?.constant == nil)
    #expect(bench.compile("${Name}")?.constant == nil)
  }

  @Test("a template knows which slots it reads, those in arguments too")
  func knowsSlots() {
    let bench = Bench(["A": "", "B": "", "C": ""])
    let template = bench.compile("x ${B | default(C)} ${\"y\"} ${A | replace(B, \"\")}")
    #expect(template?.slots == [1, 2, 0, 1])
    #expect(template?.firstSlot == 1)
    #expect(bench.compile("x")?.firstSlot == nil)
  }
}
