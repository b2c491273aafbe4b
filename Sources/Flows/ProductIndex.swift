import Contract
import ExportReading
import JSON
import Records
import RowMapping

/// The products of a request body by their ids: enough to tell what changed, without the products.
struct ProductIndex {
  struct Entry {
    /// Of the whole product but its status.
    var content: UInt64
    var status: UInt64
    var isAvailable: Bool
    /// Whether a status update may hold it.
    var takesStatusUpdate: Bool
  }

  private(set) var entries: [UInt64: Entry] = [:]

  /// - Parameter path: a full sync's body.
  /// - Throws: a body that cannot be read.
  init(path: String, contract: Contract) throws(Problem) {
    let reader = try PayloadReader(path: path, contract: contract)
    while let product = try reader.next() {
      if let (id, entry) = reader.entry(of: product) { entries[id] = entry }
    }
  }
}

/// Reads the products of a request body one after the other.
final class PayloadReader {
  private let reader: JSONListReader
  private let path: String
  private let idName: StableText
  private let statusName: StableText
  private let typeName: StableText
  private let available: String
  private let updatable: [String]
  private let childrenName: StableText
  private let childIdName: StableText

  init(path: String, contract: Contract) throws(Problem) {
    let message = contract.messages["syncProduct"]
    func name(_ role: Contract.Role) -> StableText { StableText(message?.field(role)?.name ?? "") }
    let list = message?.field(.products)?.path ?? ""
    self.path = path
    idName = name(.productId)
    statusName = name(.productStatus)
    typeName = name(.productType)
    childrenName = name(.children)
    childIdName = name(.childId)
    available = contract.availableStatus
    updatable = contract.productTypes.filter(\.takesStatusUpdate).map(\.name)
    reader = JSONListReader(
      source: try FileSource(path: path), path: list.split(separator: ".").map(String.init))
  }

  /// The next product, valid until the one after it.
  func next() throws(Problem) -> JSONValue? {
    do throws(JSONFault) {
      return try reader.next()
    } catch {
      throw error.problem(file: path)
    }
  }

  func id(of product: JSONValue) -> String { product[idName.bytes]?.text ?? "" }

  /// The ids of the products that it names as its children.
  func children(of product: JSONValue) -> [String] {
    guard let list = product[childrenName.bytes], list.kind == .array else { return [] }
    var ids: [String] = []
    var elements = list.elements
    while let child = elements.next() {
      if let id = child[childIdName.bytes]?.text { ids.append(id) }
    }
    return ids
  }

  /// A product's fields as texts, for a table.
  static func cells(of product: JSONValue) -> [String: String] {
    var cells: [String: String] = [:]
    var members = product.members
    while let member = members.next() { cells[member.key.text] = cell(member.value) }
    return cells
  }

  private static func cell(_ value: JSONValue) -> String {
    switch value.kind {
    case .array: return "\(value.count)"
    case .object:
      if let money = money(value) { return money }
      var members = value.members
      var parts: [String] = []
      while let member = members.next() { parts.append(cell(member.value)) }
      return parts.joined(separator: " ")
    default: return value.text
    }
  }

  /// An amount in major units, as people read it.
  private static func money(_ value: JSONValue) -> String? {
    guard let digits = value["value"]?.text, let number = Int64(digits),
      let currency = (value["currency"]?.text).flatMap(Currency.init)
    else { return nil }
    return "\(Amount(value: number, currency: currency).text) \(currency.code)"
  }

  /// The product's id, hashed, and what is compared of it.
  func entry(of product: JSONValue) -> (id: UInt64, entry: ProductIndex.Entry)? {
    guard let id = product[idName.bytes] else { return nil }
    var content: UInt64 = 0
    var members = product.members
    while let member = members.next() {
      if member.key == statusName.bytes { continue }
      content &+= member.value.raw.hash64(seed: member.key.hash64())
    }
    let status = product[statusName.bytes]
    return (
      id.raw.hash64(),
      ProductIndex.Entry(
        content: content, status: status?.raw.hash64() ?? 0,
        isAvailable: status.map { $0.text == available } ?? true,
        takesStatusUpdate: product[typeName.bytes].map { updatable.contains($0.text) } ?? false)
    )
  }
}
