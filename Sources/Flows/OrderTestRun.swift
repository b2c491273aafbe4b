import Contract
import Digests
import JSON
import OutboxFiles
import Records
import RowMapping
import YAML

/// Runs the tests that stand in an order mapping.
struct OrderTestRun {
  let entry: OrderShelf.Entry
  let folder: MappingFolder
  let contract: Contract

  /// What a test's mapping gets wrong, each with the test's place.
  func problems() -> [Problem] {
    entry.mapping.tests.compactMap { test in
      do throws(Problem) {
        return try problem(of: test)
      } catch {
        return error.filled(from: test.place)
      }
    }
  }

  private func problem(of test: OrderTest) throws(Problem) -> Problem? {
    let body = try document(of: test.input)
    let about = try test.order.map { text throws(Problem) in try parsed(Array(text.utf8)) }
    let facts = facts(of: about?.root ?? body.root)
    let isTaken = try entry.mapping.takes(body.root, facts, order: about?.root)
    guard let makes = test.makes else {
      return isTaken
        ? failed(test.place, nil, "the mapping takes this order, and the test says it does not")
        : nil
    }
    guard isTaken else {
      return failed(test.place, nil, "where: or unless: leaves this order to another mapping")
    }
    let sheet = try entry.mapping.sheet(body.root, facts, order: about?.root)
    let name = SafeName.path(sheet.path)
    if let file = makes.file, file.text != name {
      return failed(file.place, name, "the order's file has another name")
    }
    let text = text(of: sheet, body.root)
    if let expected = makes.text, expected.text != text {
      return failed(expected.place, difference(expected.text, text), "the file is another one")
    }
    return nil
  }

  /// The file before it is encoded, with line feeds.
  private func text(of sheet: OrderSheet, _ body: JSONValue) -> String {
    let bytes = SheetFormat(entry.format.kind).bytes(of: sheet, order: body).bytes
    let output = ByteOutput()
    Bytes.withBytes(of: bytes) { Newline.lf.append($0, to: output) }
    return output.bytes.text
  }

  /// The first line that differs, as the mapping makes it, from shortly before the difference.
  private func difference(_ expected: String, _ made: String) -> String {
    let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let lines = made.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where index >= wanted.count || wanted[index] != line {
      let other = index < wanted.count ? wanted[index] : ""
      let equal = zip(line, other).prefix { $0 == $1 }.count
      guard equal > 40 else { return "line \(index + 1): \(line)" }
      return "line \(index + 1), from character \(equal - 19): \(line.dropFirst(equal - 20))"
    }
    return "\(lines.count) lines instead of \(wanted.count)"
  }

  /// What a test's order is taken for: one that has just come.
  private func facts(of order: JSONValue) -> OrderFacts {
    let id = contract.messages["createOrder"]?.field(.requestOrderId).flatMap { order[$0.name] }
    return OrderFacts(
      posOrderId: PosOrderId.of(id?.text ?? ""), orderStatus: contract.journey.first, flags: "",
      receivedAt: "2026-01-31T12:08:56+08:00")
  }

  private func document(of input: MappingTest.Input) throws(Problem) -> JSONDocument {
    switch input {
    case .json(let text): try parsed(Array(text.utf8))
    case .file(let name): try parsed(try folder.read(name).bytes)
    case .rows: JSONDocument()
    }
  }

  private func parsed(_ bytes: [UInt8]) throws(Problem) -> JSONDocument {
    let document = JSONDocument()
    do throws(JSONFault) {
      try Bytes.withBytes(of: bytes) { bytes throws(JSONFault) in try document.parse(bytes) }
    } catch {
      throw Problem("test", "the test's order is not JSON: \(error.message)")
    }
    return document
  }

  private func failed(_ place: Place, _ found: String?, _ message: String) -> Problem {
    Problem(
      "test-failed", at: place, value: found, message,
      remedy: "Fix the mapping, or the test where it is wrong.")
  }
}
