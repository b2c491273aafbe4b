import Records

/// The products that products refer to as children, to be checked when all are known.
struct ChildReferences {
  private struct Reference {
    let id: String
    let place: Place
  }

  private var wanted: [UInt64: Reference] = [:]
  private var hollow: Set<UInt64> = []

  mutating func add(_ id: Bytes, at place: Place) {
    let key = id.hash64()
    if wanted[key] == nil { wanted[key] = Reference(id: id.text, place: place) }
  }

  /// A group without children: it is not sent.
  mutating func noteHollow(_ id: Bytes) { hollow.insert(id.hash64()) }

  /// - Returns: every child that is not there, in the order of the file.
  func missing(in set: ProductSet) -> [MissingChild] {
    let missing = wanted.filter { _, reference in
      !Bytes.withBytes(of: reference.id) { set.contains($0) }
    }
    let inOrder = missing.sorted {
      ($0.value.place.line ?? 0, $0.value.id) < ($1.value.place.line ?? 0, $1.value.id)
    }
    return inOrder.map { key, reference in
      MissingChild(id: reference.id, problem: problem(reference, isHollow: hollow.contains(key)))
    }
  }

  private func problem(_ reference: Reference, isHollow: Bool) -> Problem {
    Problem(
      isHollow ? "hollow-child" : "dangling-child", at: reference.place, value: reference.id,
      isHollow
        ? "the child is a group without children, which is not sent"
        : "the export has no product with this id, which a product names as its child",
      remedy: isHollow
        ? "Leave it out with when:, or fill the group in the POS."
        : "Add a template that makes it, or fix the children's id.")
  }
}
