import JSON
import Records

/// A document that holds `text`.
func document(
  _ text: String, maxDepth: Int = 128, refusesDuplicateKeys: Bool = false
) throws(JSONFault) -> JSONDocument {
  try document(
    Array(text.utf8), maxDepth: maxDepth, refusesDuplicateKeys: refusesDuplicateKeys)
}

func document(
  _ bytes: [UInt8], maxDepth: Int = 128, refusesDuplicateKeys: Bool = false
) throws(JSONFault) -> JSONDocument {
  let document = JSONDocument()
  try Bytes.withBytes(of: bytes) { (bytes) throws(JSONFault) in
    try document.parse(bytes, maxDepth: maxDepth, refusesDuplicateKeys: refusesDuplicateKeys)
  }
  return document
}

/// The fault of a text as `line:column message`, or nothing.
func fault(_ bytes: [UInt8], maxDepth: Int = 128, refusesDuplicateKeys: Bool = false) -> String? {
  do throws(JSONFault) {
    _ = try document(bytes, maxDepth: maxDepth, refusesDuplicateKeys: refusesDuplicateKeys)
    return nil
  } catch {
    return "\(error.line):\(error.column) \(error.message)"
  }
}

func fault(_ text: String) -> String? { fault(Array(text.utf8)) }

/// The value written again, without white space and with the fewest escapes.
func rewritten(_ value: JSONValue) -> String {
  let output = ByteOutput()
  rewrite(value, to: output)
  return output.bytes.text
}

private func rewrite(_ value: JSONValue, to output: ByteOutput) {
  switch value.kind {
  case .object:
    var separator: StaticString = "{"
    for (key, member) in value.members {
      output.append(separator)
      output.appendJSON(string: key)
      output.append(0x3A)
      rewrite(member, to: output)
      separator = ","
    }
    output.append(value.count == 0 ? "{}" : "}")
  case .array:
    var separator: StaticString = "["
    for element in value.elements {
      output.append(separator)
      rewrite(element, to: output)
      separator = ","
    }
    output.append(value.count == 0 ? "[]" : "]")
  case .string: output.appendJSON(string: value.text)
  case .number, .bool, .null: output.append(value.raw)
  }
}
