import Records

extension JSONDocument {
  /// Refuses an object with two members of one name; escapes don't make names different.
  func refuseDuplicateKeys() throws(ParserStop) {
    for index in 0..<tokenCount {
      let object = token(at: index)
      guard object.kind == .object, object.count > 1 else { continue }
      try refuseDuplicateKeys(of: JSONValue(document: self, index: index))
    }
  }

  private func refuseDuplicateKeys(of object: JSONValue) throws(ParserStop) {
    var places: [[UInt8]: Int] = [:]
    for (key, value) in object.members {
      let place = Int(token(at: value.index - 1).offset)
      if let first = places.updateValue(place, forKey: key.array) {
        let name = Problem.shown(key.text)
        throw .fault(
          at: place, "the key \(name) stands twice in one object, first on line \(line(at: first))")
      }
    }
  }
}
