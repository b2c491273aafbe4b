import Digests
import GRDB

extension DatabaseFunction {
  /// `posOrderIdOf(requestOrderId)`: our own id of an order.
  static let posOrderId = DatabaseFunction("posOrderIdOf", argumentCount: 1, pure: true) { values in
    String.fromDatabaseValue(values[0]).map(PosOrderId.of)
  }
}
