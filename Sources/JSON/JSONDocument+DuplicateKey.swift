import Records

extension JSONDocument {
  /// The first key that stands twice in one object; escapes don't make names different.
  ///
  /// - Returns: the later of the two members' keys, and the line of the first one.
  func duplicateKey() -> (key: Token, firstLine: Int)? {
    var hashes: [UInt64] = []
    for index in 0..<tokenCount where token(at: index).kind == .object {
      guard token(at: index).count > 1 else { continue }
      if let found = duplicateKey(ofObjectAt: index, &hashes) { return found }
    }
    return nil
  }

  private func duplicateKey(
    ofObjectAt index: Int, _ hashes: inout [UInt64]
  ) -> (key: Token, firstLine: Int)? {
    hashes.removeAll(keepingCapacity: true)
    forEachKey(ofObjectAt: index) { key in hashes.append(text(of: key).hash64()) }
    guard holdsEqual(hashes) else { return nil }
    var seen: [[UInt8]: Token] = [:]
    var found: (key: Token, firstLine: Int)?
    forEachKey(ofObjectAt: index) { key in
      if let first = seen.updateValue(key, forKey: text(of: key).array), found == nil {
        found = (key, line(at: Int(first.offset)))
      }
    }
    return found
  }

  private func forEachKey(ofObjectAt index: Int, _ body: (Token) -> Void) {
    let end = Int(token(at: index).next)
    var member = index + 1
    while member < end {
      body(token(at: member))
      member = Int(token(at: member + 1).next)
    }
  }

  /// Most objects have few members, and for these comparing each with each is quickest.
  private func holdsEqual(_ hashes: [UInt64]) -> Bool {
    if hashes.count > 24 { return Set(hashes).count < hashes.count }
    for later in hashes.indices.dropFirst() {
      for earlier in 0..<later where hashes[earlier] == hashes[later] { return true }
    }
    return false
  }
}
