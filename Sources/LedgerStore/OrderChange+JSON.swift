import FoundationEssentials
import GRDB
import Records

extension OrderChange {
  /// As the ledger keeps it.
  var json: String {
    get throws { try Stored(self).json }
  }

  /// - Throws: SQLITE_CORRUPT for a text that is none of ``json``.
  init(json: String) throws {
    let stored = try Stored(json: json)
    guard let matchBy = MatchBy(rawValue: stored.matchBy) else { throw Stored.corrupt(json) }
    self.init(
      order: stored.order, matchBy: matchBy, fields: stored.fields.map(\.field),
      orderStatus: stored.orderStatus, refund: try stored.refund.map { try $0.amount(json) },
      changedAt: stored.changedAt, place: stored.place?.place ?? Place())
  }
}

extension [OrderChange.Field] {
  /// As the ledger keeps them.
  var json: String {
    get throws { try map(StoredField.init).json }
  }

  /// - Throws: SQLITE_CORRUPT for a text that is none of ``json``.
  init(json: String) throws { self = try [StoredField](json: json).map(\.field) }
}

private struct Stored: Codable {
  struct Refund: Codable {
    var value: Int64
    var currency: String

    func amount(_ json: String) throws -> Amount {
      guard let currency = Currency(code: currency) else { throw Stored.corrupt(json) }
      return Amount(value: value, currency: currency)
    }
  }

  var order: String
  var matchBy: String
  var fields: [StoredField]
  var orderStatus: String?
  var refund: Refund?
  var changedAt: Int64?
  var place: StoredPlace?

  init(_ change: OrderChange) {
    order = change.order
    matchBy = change.matchBy.rawValue
    fields = change.fields.map(StoredField.init)
    orderStatus = change.orderStatus
    refund = change.refund.map { Refund(value: $0.value, currency: $0.currency.code) }
    changedAt = change.changedAt
    place = StoredPlace(change.place)
  }
}

private struct StoredField: Codable {
  var name: String
  var role: String?
  var json: String

  init(_ field: OrderChange.Field) {
    name = field.name
    role = field.role
    json = field.json
  }

  var field: OrderChange.Field { OrderChange.Field(name: name, role: role, json: json) }
}

private struct StoredPlace: Codable {
  var file: String?
  var line: Int?
  var column: Int?
  var record: Int?
  var field: String?

  init(_ place: Place) {
    file = place.file
    line = place.line
    column = place.column
    record = place.record
    field = place.field
  }

  var place: Place {
    Place(file: file, line: line, column: column, record: record, field: field)
  }
}

extension Encodable {
  fileprivate var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }
}

extension Decodable {
  fileprivate init(json: String) throws {
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(json.utf8))
    } catch {
      throw Self.corrupt(json)
    }
  }

  fileprivate static func corrupt(_ json: String) -> DatabaseError {
    DatabaseError(
      resultCode: .SQLITE_CORRUPT, message: "\(Problem.shown(json)) is no change of an order")
  }
}
