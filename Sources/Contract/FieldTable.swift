import Records

/// The fields of a body by the paths that contract files call them by.
struct FieldTable {
  struct Draft {
    var place: Place
    var rename: String?
    var type: Contract.FieldType?
    var element: Contract.FieldType?
    var isRequired = false
    var maximum: Int?
    var allowed: [String] = []
    var basis: Contract.Basis?
    var role: Contract.Role?
    var isFreeText = false
    var mayHaveLines = false
    var isInStatusUpdate = false

    init(place: Place) { self.place = place }
  }

  /// In the order in which they came.
  private(set) var paths: [FieldPath] = []
  private var drafts: [FieldPath: Draft] = [:]

  subscript(path: FieldPath) -> Draft? {
    get { drafts[path] }
    set {
      if drafts[path] == nil, newValue != nil { paths.append(path) }
      drafts[path] = newValue
    }
  }

  /// Removes a field and everything in it.
  mutating func remove(_ path: FieldPath) {
    for inner in paths where inner.isInside(path) || inner == path { drafts[inner] = nil }
    paths.removeAll { drafts[$0] == nil }
  }

  /// The fields directly in another one, or of the body itself.
  func fields(in parent: FieldPath?) -> [FieldPath] { paths.filter { $0.parent == parent } }
}
