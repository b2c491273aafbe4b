import JSON
import Records
import YAML

/// Holds what the records of a mapping's test made against what they should.
struct TestVerdict {
  let test: MappingTest
  /// What records make, such as `product`.
  let noun: String

  /// - Parameters:
  ///   - found: what is wrong with the records.
  ///   - made: what they made, each as JSON.
  func problems(_ found: [Problem], made: [[UInt8]]) -> [Problem] {
    found.map(atTest) + differences(made)
  }

  private func atTest(_ problem: Problem) -> Problem {
    let record = Place(record: problem.place.record, field: problem.place.field).description
    return Problem(
      problem.code, at: test.place, value: problem.value,
      "the test's rows have a problem: \(record.isEmpty ? "" : "\(record): ")\(problem.message)",
      remedy: problem.remedy)
  }

  private func differences(_ made: [[UInt8]]) -> [Problem] {
    let document = JSONDocument()
    var problems: [Problem] = []
    for (index, wanted) in test.makes.enumerated() {
      guard index < made.count else { break }
      Bytes.withBytes(of: made[index]) { bytes in
        guard (try? document.parse(bytes)) != nil, !ExpectedValue(wanted).equals(document.root)
        else { return }
        problems.append(
          Problem(
            "test-failed", at: wanted.place,
            "the test's \(noun) \(index + 1) should be "
              + "\(ExpectedValue(wanted).text) and is \(bytes.text)",
            remedy: "Fix the template, or the test."))
      }
    }
    if made.count != test.makes.count { problems.append(otherCount(made)) }
    return problems
  }

  private func otherCount(_ made: [[UInt8]]) -> Problem {
    let list = made.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "; ")
    return Problem(
      "test-failed", at: test.place,
      "the test's rows should make \(test.makes.count) "
        + "\(noun)(s) and make \(made.count)\(list.isEmpty ? "" : ": \(list)")",
      remedy: "Fix the template, or the test.")
  }
}
