package import Records

extension JSONValue {
  /// Appends the value without white space, members sorted by the bytes of their names, strings
  /// with the fewest escapes, numbers as they are written: texts that differ in nothing but that
  /// become the same bytes.
  ///
  /// It calls itself as deep as the value is, which the parser's depth limit bounds.
  package func appendCanonical(to output: ByteOutput) {
    switch kind {
    case .object: appendCanonicalObject(to: output)
    case .array:
      var separator: StaticString = "["
      for element in elements {
        output.append(separator)
        element.appendCanonical(to: output)
        separator = ","
      }
      output.append(count == 0 ? "[]" : "]")
    case .string: output.appendJSON(string: document.text(of: document.token(at: index)))
    case .number, .bool, .null: output.append(raw)
    }
  }

  private func appendCanonicalObject(to output: ByteOutput) {
    let sorted = members.map { (key: $0.key.array, value: $0.value) }.sorted { left, right in
      left.key == right.key
        ? left.value.index < right.value.index : left.key.lexicographicallyPrecedes(right.key)
    }
    var separator: StaticString = "{"
    for (key, value) in sorted {
      output.append(separator)
      Bytes.withBytes(of: key) { output.appendJSON(string: $0) }
      output.append(0x3A)
      value.appendCanonical(to: output)
      separator = ","
    }
    output.append(count == 0 ? "{}" : "}")
  }
}
