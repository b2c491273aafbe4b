package import RowMapping

/// A mapping that takes files out of the inbox.
package enum InboxMapping {
  case products(MappingShelf.Entry)
  case statuses(MappingShelf.StatusEntry)

  package var file: MappingFile {
    switch self {
    case .products(let entry): entry.mapping.file
    case .statuses(let entry): entry.mapping.file
    }
  }

  /// See `FileClaim.standsAlone`.
  var standsAlone: Bool {
    switch self {
    case .products: false
    case .statuses: true
    }
  }

  /// See ``MappingShelf/Entry/recipe``.
  var recipe: String {
    switch self {
    case .products(let entry): entry.recipe
    case .statuses(let entry): entry.recipe
    }
  }
}
