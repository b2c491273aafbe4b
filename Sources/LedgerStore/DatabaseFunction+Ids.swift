import Digests
import GRDB

extension DatabaseFunction {
  /// `posOrderIdOf(requestOrderId)`: our own id of an order.
  static let posOrderId = DatabaseFunction("posOrderIdOf", argumentCount: 1, pure: true) { values in
    String.fromDatabaseValue(values[0]).map(PosOrderId.of)
  }

  /// `idInName(name)`: see ``ReleaseName/id(in:)``.
  static let idInName = DatabaseFunction("idInName", argumentCount: 1, pure: true) { values in
    String.fromDatabaseValue(values[0]).map(ReleaseName.id)
  }
}
