/// The answers that came over one connection.
struct HTTPAnswers {
  /// How many say S.
  private(set) var successes = 0
  private var rest: ArraySlice<UInt8>

  /// - Parameter mayLackBodies: whether an answer may be one to HEAD.
  /// - Throws: a finding where the bytes are not whole answers, one behind the other.
  init(_ answer: LoopbackClient.Answer, mayLackBodies: Bool) throws(Finding) {
    rest = answer.bytes[...]
    while !rest.isEmpty {
      if answer.isReset, !isWhole { return }
      try take(mayLackBodies)
    }
  }

  /// Whether the next answer has come as a whole.
  private var isWhole: Bool {
    guard let end = rest.firstRange(of: Self.headEnd) else { return false }
    return rest[end.upperBound...].count >= (Self.length(rest[..<end.lowerBound]) ?? 0)
  }

  private static let headEnd = Array("\r\n\r\n".utf8)

  private static func length(_ head: ArraySlice<UInt8>) -> Int? {
    let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
    return lines.lazy.filter { $0.lowercased().hasPrefix("content-length: ") }
      .compactMap { Int($0.dropFirst(16)) }.first
  }

  private mutating func take(_ mayLackBody: Bool) throws(Finding) {
    guard let range = rest.firstRange(of: Self.headEnd) else {
      throw Finding("an answer's head is cut off")
    }
    let head = String(decoding: rest[..<range.lowerBound], as: UTF8.self)
    let size = Self.length(rest[..<range.lowerBound])
    rest = rest[range.upperBound...]
    let words = head.split(separator: "\r\n").first?.split(separator: " ") ?? []
    guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
      throw Finding("no answer begins so: \(head)")
    }
    try expect(Self.statuses.contains(status), "status \(status)")
    try expect((size == nil) == (status == 100), "the length of a body: \(head)")
    guard let size else { return }
    if mayLackBody, rest.isEmpty || rest.starts(with: "HTTP/1.1 ".utf8) { return }
    guard rest.count >= size else { throw Finding("an answer's body is cut off: \(head)") }
    try judge(Array(rest.prefix(size)))
    rest = rest.dropFirst(size)
  }

  private static let statuses: Set<Int> = [100, 200, 400, 404, 405, 413, 415, 503]

  private mutating func judge(_ body: [UInt8]) throws(Finding) {
    guard !body.isEmpty else { return }
    var reference = JSONReference(body)
    let text = String(decoding: body, as: UTF8.self)
    try expect(reference.isJSON(), "a body that is no JSON: \(text)")
    if text.contains("\"resultStatus\":\"S\"") { successes += 1 }
  }
}
