import JSON
package import Records

/// An order for a POS that reads D-Store's own JSON.
package enum RawOrder {
  /// The body exactly as it came. Where there is something to say about it, one member
  /// `"@connector": {"orderStatus": …, "flags": […]}` stands before its last brace.
  ///
  /// - Parameters:
  ///   - body: a JSON object.
  ///   - orderStatus: what the order's state is, where the POS would not expect it.
  package static func bytes(
    of body: [UInt8], orderStatus: String? = nil, flags: [OrderFlag] = []
  ) -> [UInt8] {
    guard orderStatus != nil || !flags.isEmpty, let brace = lastBrace(of: body) else { return body }
    let isEmpty = body[..<brace].last { !$0.isSpace } == UInt8(ascii: "{")
    let output = ByteOutput()
    output.append(Array(body[..<brace]))
    if !isEmpty { output.append(",") }
    output.append("\"@connector\":{")
    if let orderStatus { append("orderStatus", orderStatus, to: output) }
    if !flags.isEmpty {
      output.append(orderStatus == nil ? "\"flags\":[" : ",\"flags\":[")
      append(flags, to: output)
      output.append("]")
    }
    output.append("}")
    output.append(Array(body[brace...]))
    return output.bytes.array
  }

  /// Where an object ends; nothing where the body is none.
  private static func lastBrace(of body: [UInt8]) -> Int? {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = body.starts(with: mark) ? body[mark.count...] : body[...]
    guard text.first(where: { !$0.isSpace }) == UInt8(ascii: "{"),
      let last = text.lastIndex(where: { !$0.isSpace }), text[last] == UInt8(ascii: "}")
    else { return nil }
    return last
  }

  private static func append(_ flags: [OrderFlag], to output: ByteOutput) {
    for (index, flag) in flags.enumerated() {
      output.append(index == 0 ? "{" : ",{")
      append("code", flag.code, to: output)
      if let field = flag.field {
        output.append(",")
        append("field", field, to: output)
      }
      output.append(",")
      append("message", flag.message, to: output)
      output.append("}")
    }
  }

  private static func append(_ name: String, _ text: String, to output: ByteOutput) {
    output.appendJSON(string: name)
    output.append(":")
    output.appendJSON(string: text)
  }
}
