import Contract
import JSON
import Records

/// Where a product keeps what a status update needs, by the contract's roles.
struct ProductShape {
  let id: String
  let type: String
  let status: String
  private let updateFields: Set<String>
  private let updateTypes: Set<String>

  init(_ products: Contract.Field, _ contract: Contract) {
    func name(_ role: Contract.Role) -> String {
      products.fields.first { $0.role == role }?.name ?? ""
    }
    id = name(.productId)
    type = name(.productType)
    status = name(.productStatus)
    updateFields = Set(products.fields.filter(\.isInStatusUpdate).map(\.name))
    updateTypes = Set(contract.productTypes.filter(\.takesStatusUpdate).map(\.name))
  }

  /// Whether a product holds nothing but what a status update may hold.
  func isStatusOnly(_ product: JSONValue) -> Bool {
    guard let type = product[type], updateTypes.contains(type.text) else { return false }
    return product[status] != nil
      && product.members.allSatisfy { updateFields.contains($0.key.text) }
  }

  /// The status, as it stands in JSON, by product id.
  func statuses(of products: JSONValue) -> [String: [UInt8]] {
    var statuses: [String: [UInt8]] = [:]
    for product in products.elements {
      guard let id = product[id]?.text, let value = product[status] else { continue }
      statuses[id] = value.raw.array
    }
    return statuses
  }

  /// Writes a product with another status, everything else as it stands.
  func write(_ product: JSONValue, status value: [UInt8], to output: ByteOutput) {
    let raw = product.raw
    guard let old = product[status] else { return output.append(raw) }
    let from = old.offset - product.offset
    output.append(raw.slice(0, from))
    output.append(value)
    output.append(raw.slice(from + old.raw.count, raw.count))
  }
}
