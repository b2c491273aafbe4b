import JSON
import Records
import Testing

@Suite("A list in a large JSON text")
struct JSONListReaderTests {
  @Test(
    "is found by its path",
    arguments: [
      ("[1, [2], {\"a\":3}]", [], ["1", "[2]", "{\"a\":3}"], "null"),
      (" [ ] ", [], [], "null"),
      ("{\"items\":[]}", ["items"], [], "{\"items\":null}"),
      (
        #"{"v":1,"menu":{"a":{"items":[7]},"items":[1,2],"z":[3]},"end":"e\n"}"#,
        ["menu", "items"], ["1", "2"],
        #"{"v":1,"menu":{"a":{"items":[7]},"items":null,"z":[3]},"end":"e\n"}"#
      ),
      (
        #"{"\u0069tems" : [ 1 , 2 ] , "x" : [ 3 ] }"#, ["items"], ["1", "2"],
        #"{"\u0069tems":null,"x":[ 3 ]}"#
      ),
      (#"{"A":{"p":1},"\u0042":2}"#, ["*"], [#"A={"p":1}"#, "B=2"], "null"),
      (#"{"items":{"A":1},"x":2}"#, ["items", "*"], ["A=1"], #"{"items":null,"x":2}"#),
      ("\u{FEFF}[1]\r\n", [], ["1"], "null"),
    ] as [(String, [String], [String], String)])
  func path(text: String, path: [String], elements: [String], rest: String) throws {
    for block in [1, 2, 3, 5, 8, 1000] {
      let reader = JSONListReader(source: ArraySource(text), path: path, blockSize: block)
      #expect(try all(of: reader) == elements)
      #expect(reader.rest?.root.raw.text == rest)
      #expect(reader.found)
      #expect(reader.record == elements.count)
      #expect(reader.bytesRead == text.utf8.count)
    }
  }

  @Test(
    "is missed without a fault where the path isn't met",
    arguments: [
      ("{}", ["items"], "{}"),
      (#"{"menu":{"x":1},"items":[1]}"#, ["menu", "items"], #"{"menu":{"x":1},"items":[1]}"#),
    ])
  func notFound(text: String, path: [String], rest: String) throws {
    let reader = JSONListReader(source: ArraySource(text, block: 1), path: path)
    #expect(try reader.next() == nil)
    #expect(try reader.next() == nil)
    #expect(!reader.found)
    #expect(reader.rest?.root.raw.text == rest)
  }

  @Test(
    "is refused with the place and a reason",
    arguments: [
      (#"{"menu":{"items":null}}"#, "menu.items", #"1:18 "menu.items" is null, not a list"#),
      (#"{"menu":{"items":{}}}"#, "menu.items", #"1:18 "menu.items" is an object, not a list"#),
      (#"{"items":1}"#, "items.*", #"1:10 "items" is a number, not a list"#),
      (#"{"menu":"x"}"#, "menu.items", #"1:9 "menu" is a string, not an object"#),
      ("[1]", "items", "1:1 the whole text is a list, not an object"),
      ("12", "", "1:1 the whole text is a number, not a list"),
      ("", "", "1:1 the text ends where a value is missing"),
      ("{\"items\":[1],\n\"items\":[2]}", "items", #"2:1 "items" stands here for the second time"#),
      (
        #"{"menu":{"x":1},"menu":{"items":[2]}}"#, "menu.items",
        #"1:17 "menu" stands here for the second time"#
      ),
      ("[1,2", "", "1:5 the text is cut off inside a list"),
      ("[1,", "", "1:4 the text ends where a value is missing"),
      ("[{\"a\":1,\n\"b\"", "", "2:4 the text is cut off inside an object"),
      ("{\"items\":[1]", "items", "1:13 the text is cut off inside an object"),
      ("{\"items\"", "items", "1:9 the text is cut off inside an object"),
      ("{\"items", "items", "1:8 the text is cut off inside a string"),
      ("[1,]", "", "1:4 a comma stands before a closing bracket"),
      ("[1 2]", "", "1:4 a comma or ] is missing"),
      ("{\"a\":1 \"b\":2}", "*", "1:8 a comma or } is missing"),
      ("{\"a\" 1}", "*", "1:6 a colon is missing after a key"),
      ("{\"a\":1,}", "x", "1:8 a comma stands before a closing bracket"),
      ("{a:1}", "x", "1:2 a key in double quotes is missing"),
      ("{\"x\":[1]}}", "x", "1:10 the JSON is complete, but something follows"),
      ("[1,\n\u{20}{\"a\":tru}]", "", "2:7 true is misspelt"),
    ])
  func refused(text: String, path: String, expected: String) {
    for block in [1, 3, 1000] {
      let steps = path.split(separator: ".").map(String.init)
      let reader = JSONListReader(source: ArraySource(text), path: steps, blockSize: block)
      let first = #expect(throws: JSONFault.self) { try all(of: reader) }
      #expect(first.map { "\($0.line):\($0.column) \($0.message)" } == expected)
      #expect(#expect(throws: JSONFault.self) { try reader.next() } == first)
      let isTruncated = expected.contains("cut off") || expected.contains("text ends")
      #expect(first?.isTruncated == isTruncated)
    }
  }

  @Test("is read from single bytes as the whole text is parsed, right or wrong", arguments: 0..<60)
  func asWhole(seed: UInt64) {
    var random = SmallRandom(state: seed)
    let elements = (0..<4).map { _ in randomValue(&random, depth: 1) }
    let valid = Array("[\(elements.joined(separator: ","))]".utf8)
    for round in 0..<40 {
      var text = valid
      if round > 0 {
        let place = Int.random(in: 0..<text.count, using: &random)
        text[place] = Array("\"\\,:[]{}x0 \n".utf8).randomElement(using: &random)!
      }
      let whole = parsedWhole(text)
      for block in [1, 1 + round % 13, 4096] { #expect(streamed(text, block: block) == whole) }
    }
  }

  @Test("has elements that know their line, and faults that know theirs")
  func lines() throws {
    let text = "{\"é\":\n[\n1,2,\n\n{\"a\":\n\"b\"}\n,3], \n\"z\": x}"
    for block in [1, 4, 1000] {
      let reader = JSONListReader(source: ArraySource(text), path: ["é"], blockSize: block)
      var places: [String] = []
      do throws(JSONFault) {
        while let value = try reader.next() {
          places.append("\(reader.record):\(reader.line)")
          if let inner = value["a"] { places.append("a:\(reader.line(of: inner))") }
        }
      } catch { places.append("fault \(error.line):\(error.column) at \(error.offset)") }
      #expect(places == ["1:3", "2:3", "3:5", "a:6", "4:7", "fault 8:6 at 37"])
    }
  }

  @Test("may have elements as large as the limit, and no larger")
  func elementLimit() throws {
    let string = "\"" + String(repeating: "x", count: 98) + "\""
    for block in [1, 64, 1000] {
      let fits = JSONListReader(
        source: ArraySource("[1,\(string),2]"), maxElement: 100, blockSize: block)
      #expect(try all(of: fits).count == 3)
      let larger = JSONListReader(
        source: ArraySource("[1,\(string),2]"), maxElement: 99, blockSize: block)
      let error = #expect(throws: JSONFault.self) { try all(of: larger) }
      #expect(
        error?.message
          == "what begins here is larger than 99 bytes, the most that is held in memory")
      #expect(error?.offset == 3)
      #expect(larger.bytesRead < 99 * 2 + block * 2)
    }
  }

  @Test("holds no more than the largest element and a few blocks in memory")
  func bounded() throws {
    let source = RepeatingSource(element: "{\"name\":\"Laksa\"},", count: 200_000)
    let reader = JSONListReader(source: source, maxElement: 1000)
    var count = 0
    while let value = try reader.next() {
      count += 1
      guard count % 20_000 == 0 else { continue }
      #expect(value["name"]?.text == "Laksa")
      #expect(source.given - count * 17 <= 512 << 10)
    }
    #expect(count == 200_001)
  }

  @Test("may stand among fields that are as large as their limit, and no larger")
  func restLimit() throws {
    let text = #"{"a":"0123456789","items":[1,2,3],"b":"0123456789"}"#
    let rest = #"{"a":"0123456789","items":null,"b":"0123456789"}"#
    let fits = JSONListReader(source: ArraySource(text), path: ["items"], maxRest: rest.count)
    #expect(try all(of: fits).count == 3)
    let larger = JSONListReader(source: ArraySource(text), path: ["items"], maxRest: 40)
    let error = #expect(throws: JSONFault.self) { try all(of: larger) }
    #expect(error?.message == "what stands outside the list is larger than 40 bytes")
    #expect(larger.record == 3)
  }

  @Test("may be as deep as the limit says below the path")
  func depth() throws {
    let text = #"{"a":{"b":[ [[1]], [[[2]]] ],"c":[[3]]}}"#
    let reader = JSONListReader(source: ArraySource(text), path: ["a", "b"], maxDepth: 2)
    #expect(try reader.next()?.raw.text == "[[1]]")
    let error = #expect(throws: JSONFault.self) { try reader.next() }
    #expect(error?.message == "more than 2 lists and objects stand in each other")
    let deeper = JSONListReader(source: ArraySource(text), path: ["a", "b"], maxDepth: 3)
    #expect(try all(of: deeper).count == 2)
    #expect(deeper.rest?.root["a"]?["c"]?.raw.text == "[[3]]")
  }

  @Test("passes on what keeps its bytes from being read")
  func unreadable() {
    let problem = Problem("unreadable", at: Place(file: "menu.json"), "the disk failed")
    let source = ArraySource(Array("[1,\n2,".utf8), failure: problem)
    let reader = JSONListReader(source: source)
    let error = #expect(throws: JSONFault.self) { try all(of: reader) }
    #expect(error?.problem(file: "other") == problem)
    #expect(error?.line == 2)
    #expect(error?.isTruncated == false)
  }

  @Test("may be the lines of a text")
  func jsonLines() throws {
    let text = "\u{FEFF}{\"a\":1}\r\n\n  \n[2]\n\"é\"  \n3"
    for block in [1, 2, 1000] {
      let reader = JSONListReader(source: ArraySource(text), mode: .lines, blockSize: block)
      var values: [String] = []
      while let value = try reader.next() { values.append("\(reader.line) \(value.raw.text)") }
      #expect(values == ["1 {\"a\":1}", "4 [2]", "5 \"é\"", "6 3"])
      #expect(reader.found)
      #expect(reader.rest == nil)
      #expect(reader.record == 4)
    }
  }

  @Test("goes on behind a line that is at fault")
  func faultyLines() {
    let text = "1\n{\"a\":\n 2 3\n4\n5e\n{\"b\""
    for block in [1, 5, 1000] {
      let reader = JSONListReader(source: ArraySource(text), mode: .lines, blockSize: block)
      var seen: [String] = []
      for _ in 0..<8 {
        do throws(JSONFault) {
          seen.append(try reader.next().map { "\(reader.record)=\($0.raw.text)" } ?? "end")
        } catch {
          seen.append("\(error.line):\(error.column) \(error.message) \(error.isTruncated)")
          #expect(reader.canGoOn)
        }
      }
      #expect(
        seen == [
          "1=1", "2:6 the text is cut off inside an object false",
          "3:4 the JSON is complete, but something follows false", "4=4",
          "5:3 the text is cut off inside a number false",
          "6:5 the text is cut off inside an object true", "end", "end",
        ])
    }
  }

  @Test(
    "goes on behind an element with a text that is too large",
    arguments: [
      (#"["1234567","12345678",{"a":["12345678"]},{"12345678":1},12345678901,[1,2,3,4,5,6]]"#, []),
      (#"{"l":{"a":"1234567","b":"12345678"}}"#, ["l", "*"]),
    ] as [(String, [String])], [1, 1000])
  func largeText(_ list: (text: String, path: [String]), block: Int) throws {
    let (text, path) = list
    let reader = JSONListReader(
      source: ArraySource(text), path: path, maxText: 9, blockSize: block)
    var found: [String] = []
    while true {
      do throws(JSONFault) {
        guard let element = try reader.next() else { break }
        found.append(element.raw.text)
      } catch {
        #expect(reader.canGoOn)
        #expect(
          error.message == "the text that begins here is larger than 9 bytes, the most that is read"
        )
        found.append("\(error.column)")
      }
    }
    #expect(
      found
        == (path.isEmpty
          ? [#""1234567""#, "12", "29", "43", "57", "[1,2,3,4,5,6]"] : [#""1234567""#, "25"]))
  }

  @Test("ends at a line that is larger than the limit")
  func largeLine() {
    let reader = JSONListReader(
      source: ArraySource("1\n\"123456789\"\n2"), mode: .lines, maxElement: 10, blockSize: 4)
    #expect(throws: Never.self) { try reader.next() }
    let error = #expect(throws: JSONFault.self) { try reader.next() }
    #expect(
      error?.message
        == "what begins here is larger than 10 bytes, the most that is held in memory")
    #expect(!reader.canGoOn)
    #expect(#expect(throws: JSONFault.self) { try reader.next() } == error)
  }
}
