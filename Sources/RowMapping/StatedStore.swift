package import Records
import Templates

/// Which store a mapping says that its products are for.
package enum StatedStore {
  /// It says nothing: the only one of the settings.
  case only
  /// The same for every record.
  case constant(String, Place)
  /// The export's records or columns say it.
  case perRecord
}

extension ProductMapping {
  package var statedStore: StatedStore {
    switch stores {
    case .only: .only
    case .perColumn: .perRecord
    case .perRow(let template):
      template.constant.map { .constant(String(decoding: $0, as: UTF8.self), template.place) }
        ?? .perRecord
    }
  }
}
