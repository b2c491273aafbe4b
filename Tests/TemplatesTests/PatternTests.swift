import Records
import Templates
import TestSupport
import Testing

/// The patterns of `match`.
struct PatternTests {
  @Test(
    "the patterns of the samples and the reference give what they always gave",
    arguments: [
      (#"(\d+) ml"#, "Mineral water 500 ml", "500"),
      (#"(\d+) ml"#, "ماء ٣٣٠ ml", "٣٣٠"),
      (#"(\d+) ml"#, "500ml", ""),
      (#"order-(\d+)"#, "order-123.csv", "123"),
      (#"^backhaus-(\w+)-"#, "backhaus-A07-0314.csv", "A07"),
      (#"^backhaus-(\w+)-"#, "backhaus-Küche-0314.csv", "Küche"),
      (#"^backhaus-(\w+)-"#, "Backhaus-A07-0314.csv", ""),
      (#"^(\d+)-"#, "124-A07.sta", "124"),
      (#"-(\w+)"#, "124-A07.sta", "A07"),
      (#"-(\w+)"#, "124-Cafe\u{301}.sta", "Cafe\u{301}"),
      (#"-(\w+)"#, "124-नमस्ते.sta", "नमस्ते"),
      (#"-([^.]+)"#, "124-海南 7.sta", "海南 7"),
      (#"^ORD-(.+)\.ok$"#, "ORD-123.ok", "123"),
      (#"^ORD-(.+)\.ok$"#, "ORD-👩‍👩‍👧.ok", "👩‍👩‍👧"),
      (#"^ORD-(.+)\.ok$"#, "ORD-1\n2.ok", ""),
      (#"^ORD-(.+)\.ok$"#, "ORD-123.ok\n", ""),
      (#"\d{4}-\d\d-\d\d \d\d:\d\d"#, "READY;2026-03-14 11:19;", "2026-03-14 11:19"),
      (#"^\w+"#, "READY;2026", "READY"),
      (#"^-"#, "-4", "-"),
      (#"Café (\d+)"#, "Cafe\u{301} 12", "12"),
      (#"[é]"#, "e\u{301}", "e\u{301}"),
      (#"e"#, "e\u{301}", ""),
      (#"カ"#, "カ\u{3099}", ""),
      (#"(?i)straße (\d)"#, "STRAẞE 4", "4"),
      (#"[^;]*$"#, "a;b\r\nc", "b\r\nc"),
      (#"a\Rb"#, "a\r\nb", "a\r\nb"),
      (#"[\r\n]b"#, "a\nb", "\nb"),
      (#"[\r\n]b"#, "a\r\nb", "\r\nb"),
      (#"(a)|b"#, "b", ""),
      (#"\u20AC\s?(\d+)"#, "€ 5", "5"),
    ])
  func finds(pattern: String, text: String, found: String) {
    #expect(exactly(Bench(["cell": text]).value("${cell | match(\"\(pattern)\")}"), [found]))
  }

  private static let patterns = [
    #"(\d+) ml"#, #"^(\d+)-"#, #"-(\w+)"#, #"^ORD-(.+)\.ok$"#, #"-([^.]+)"#, #"^\w+"#, "^-",
    "[0-9]+",
    "(a)?b", ".*", ".", "..", ".{2}", "^.{3}$", #"\w+"#, #"\W+"#, #"\s+"#, #"\S+"#, #"\d+"#,
    #"\D+"#,
    "[a-z]+", "[A-Z][a-z]*", "[^x]", "[^.]{2}", "[à-ü]+", "é", "e", "[é]", "[^é]+", "(?i)straße",
    "(?i)é+", "(?i)[a-z]+", "a$", "^b", "a.b", #"a\nb"#, #"a\r\nb"#, #"a\r"#, #"\n"#, #"\r"#,
    #"[\n]"#, #"[^\n]+"#, #"[^\r\n]+"#, #"\R"#, "a|b", "(a)|b", "(a*)*",
    "(a|ab)(c|bcd)", "(?:(a)|b)*", #"(\w+\s?)+"#, "(?=a)..", "(?!a).", "(?>a+)b", "a++b", "a+?",
    "a*?b", "x?", "(x?)y", #"\p{L}+"#, #"\p{Lu}"#, #"\p{Han}+"#, #"\P{L}"#, #"[\w-]+"#, #"[\d.,]+"#,
    #"[\W]"#, #"[^\s,]+"#, #"\."#, #"\("#, #"\u00e9"#, #"\x41"#, #"\x{e9}"#, #"\u{1F600}"#,
    #"(?<n>\w)\w"#, "a{2,3}", "a{,2}", "a{", "{a}", "]", "}", "[a-]", "[$^]", "[.]", "👍", "[👍x]",
    "ガ+", #"(\w+) (\w+)"#, #"^\s*(.*?)\s*$"#, #"(\d+)(?:x(\d+))?"#, "", "()", #"\A\w"#, #"\w\z"#,
    #"[€¥]\s?(\d+)"#, "(.)$", "^(.)", "#", "a b",
  ]

  private static let texts = [
    "", "a", "b", "ab", "abc", "aab", "abcd", "500 ml", "x 12 y", "ORD-1.ok", "ORD-e\u{301}.ok",
    "ORD-a\r\nb.ok", "124-A07.sta", "-Cafe\u{301}.x", "Cafe\u{301} crème", "नमस्ते दुनिया",
    "สวัสดี", "海南鸡饭 2号", "٣٤ ml", "½x", "e\u{301}", "é", "E\u{301}", "É", "STRASSE", "STRAßE",
    "k\u{302}ab", "👩‍👩‍👧🇸🇬z", "👍", "👍🏽", "👍x", "ｶﾞ", "カ\u{3099}", "می\u{200C}خواهم", "a\nb",
    "a\rb", "a\r\nb", "a\u{2028}b", "a\u{b}b", "a\n", "a\r\n", "\r\n", "a b", "a\u{a0}b", "12.50",
    "don't", "€ 5", "¥5", "A", "1️⃣", "😀", "a{", "{a}", "]", "}", "^$", ".", "a,b ;c", "xe\u{301}a",
    "No. 7/8 (a)", "#a b", "aaaa", "yx", "1x2", "漢字カナ", "ⓐ", "①", "²", "_a", "a_b-c",
    "\u{301}a", "a\u{200d}b",
  ]

  @Test("every pattern finds what the expressions of Swift find", arguments: patterns)
  func agrees(pattern: String) throws {
    let regex = try Regex(pattern)
    for text in Self.texts {
      let match = text.firstMatch(of: regex)?.output
      let expected = match.flatMap { $0.count > 1 ? $0[1].substring : $0[0].substring } ?? ""
      let found = Bench(["cell": text]).value("${cell | match(\"\(pattern)\")}")
      #expect(exactly(found, [String(expected)]), "\(text.debugDescription) gives \(found)")
    }
  }

  @Test(
    "a match that would take too long is a problem soon, whatever the pattern and the text are",
    arguments: [
      (#"^(\w+\s?)+:$"#, "please ring twice and leave it at the back door thanks: a"),
      (#"^(a+)+$"#, String(repeating: "a", count: 60) + "!"),
      (#"^(a+)+$"#, String(repeating: "a", count: 60_000) + "!"),
      (#"^(?:(?:a?){20}){20}$"#, String(repeating: "a", count: 2_000) + "!"),
      ("a*b$", String(repeating: "a", count: 60_000) + "bc"),
      ("(?=(.*)x)(.*)y$", String(repeating: "abx ", count: 16_000) + "yz"),
      (
        #"(\w+\s?)+:$"#,
        String(repeating: "e" + String(repeating: "\u{301}", count: 900), count: 30) + ":a"
      ),
      (#"(\w+\s?)+:$"#, String(repeating: "é ", count: 9_000) + ":a"),
      (".", String(repeating: "a", count: 65_537)),
    ])
  func givesUp(pattern: String, text: String) throws {
    let bench = Bench(["cell": text])
    let template = try #require(bench.compile("${cell | match(\"\(pattern)\")}"))
    var problem: Problem?
    let time = processorTime {
      problem = #expect(throws: Problem.self) {
        try bench.evaluator.value(template, in: bench)
      }
    }
    #expect(problem?.code == "match-budget")
    #expect(problem?.place.field == "cell")
    #expect(time < .seconds(2))
  }

  @Test("long texts are no trouble for patterns that go through them once")
  func readsLongTexts() {
    let text = String(repeating: "abc ", count: 10_000) + "ref 77.ok"
    for (pattern, found) in [(#"(\d+)\.ok$"#, "77"), (#"ref (.+)\.ok$"#, "77"), ("^[^ ]+", "abc")] {
      #expect(Bench(["cell": text]).text("${cell | match(\"\(pattern)\")}") == found)
    }
  }

  @Test(
    "what it cannot do, or would read in another way, is refused with what to write instead",
    arguments: [
      ("(", "a ( is never closed", #"Write \( for the sign itself."#),
      ("a)", "a ) closes nothing", #"Write \) for the sign itself."#),
      ("[a", "a [ is never closed", #"Write \[ for the sign itself."#),
      ("[]", "nothing stands in [ ]", #"Write \[ for the sign itself."#),
      ("*a", "nothing stands before the * that it could repeat", #"Write \* for the sign itself."#),
      (#"\bab"#, #"\b is not understood"#, #"Write (?!\w) behind a word"#),
      (#"(a)\1"#, #"\1 refers to a group"#, "Describe the text again instead."),
      ("(?<=a)b", "\"(?<\" does not open a group that match understands", "There are (…)"),
      ("(?R)", "\"(?R\" does not open a group", "There are (…)"),
      ("(*FAIL)", "\"(*F\" does not open a group", "There are (…)"),
      ("a(?i)b", "\"(?i\" does not open a group", "(?i) at the beginning."),
      ("[a[b]]", "a [ inside [ ] is not understood", #"Write \[ for the sign itself"#),
      ("[[:alpha:]]", "a [ inside [ ] is not understood", #"\p{L} for letters"#),
      ("[a&&b]", "&& inside [ ] is not understood", #"Write \& for the sign itself."#),
      ("[b-a]", "b-a is no range", #"Write \- for the sign itself."#),
      (#"[\d-z]"#, "the - inside [ ] says no range", #"Write \- for the sign itself."#),
      (#"\Qa"#, #"\Q is not understood"#, #"There are \d \D"#),
      (#"\p{Nope}"#, "unknown property", "order-"),
      (#"\p"#, #"\p is not followed by the name of a property"#, #"Write \p{L} for letters"#),
      (#"\u12"#, #"\u is not followed by the number of a character"#, #"Write \u00E9"#),
      ("a{1001}", "nothing can be repeated more than 1000 times", ""),
      ("(?:(?:a{1000}){1000}){1000}", "regular expression is too large", ""),
      ("^*", "* repeats something that takes no character", ""),
    ])
  func refuses(pattern: String, message: String, remedy: String) throws {
    let bench = Bench(["Name": "x"])
    #expect(bench.compile("${Name | match(\"\(pattern)\")}") == nil)
    let problem = try #require(bench.problems.first)
    #expect(problem.code == "regular-expression")
    #expect(problem.value == pattern)
    #expect(problem.place.line == 3)
    #expect(problem.message.contains(message), "\(problem.message)")
    #expect(problem.remedy.contains(remedy.isEmpty ? "order-" : remedy), "\(problem.remedy)")
  }

  /// Texts are equal for Swift although they are written in other code points.
  private func exactly(_ found: [String], _ expected: [String]) -> Bool {
    found.map { Array($0.utf8) } == expected.map { Array($0.utf8) }
  }
}
