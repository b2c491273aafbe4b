/// Where a field stands in a body, as contract files write it: `products[].name`.
struct FieldPath: Hashable {
  /// A name; for all but the last one whether it is a list's.
  struct Step: Hashable {
    let name: String
    let isList: Bool
  }

  let steps: [Step]

  /// - Returns: nothing where the text is no path: a step without a name, a `[]` at the end.
  init?(_ text: String) {
    var steps: [Step] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      let isList = part.hasSuffix("[]")
      let name = String(isList ? part.dropLast(2) : part)
      guard Self.isName(name) else { return nil }
      steps.append(Step(name: name, isList: isList))
    }
    guard let last = steps.last, !last.isList else { return nil }
    self.steps = steps
  }

  private init(steps: [Step]) { self.steps = steps }

  static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        let letter = byte | 0x20
        return (0x61...0x7A).contains(letter) || (0x30...0x39).contains(byte) || byte == 0x5F
          || byte == 0x2D
      }
  }

  var name: String { steps.last?.name ?? "" }

  /// The field that it stands in; nothing at the top.
  var parent: FieldPath? {
    guard steps.count > 1 else { return nil }
    let outer = steps.dropLast()
    return FieldPath(
      steps: outer.dropLast() + [Step(name: outer[outer.count - 1].name, isList: false)])
  }

  /// Whether it stands in a list's elements.
  var isInList: Bool { steps.count > 1 && steps[steps.count - 2].isList }

  func isInside(_ outer: FieldPath) -> Bool {
    var path = parent
    while let current = path {
      if current == outer { return true }
      path = current.parent
    }
    return false
  }

  var text: String { steps.map { $0.isList ? $0.name + "[]" : $0.name }.joined(separator: ".") }
}
