package import Contract
package import Records

/// Where a product's fields stand in D-Store's contract, by their roles.
package struct ProductLayout: Sendable {
  package let fields: [Contract.Field]
  package let idName: String
  let typeName: String?
  package let statusName: String?
  let childrenName: String?
  let childIdName: String?
  /// The types that are nothing without children, as JSON.
  let parentTypes: [[UInt8]]

  /// - Throws: a problem where the contract has no list of products, or no id in it.
  package init(_ contract: Contract) throws(Problem) {
    guard let products = contract.messages["syncProduct"]?.field(.products) else {
      throw Problem(
        "contract", "the contract's syncProduct has no field with the role products",
        remedy: "Give one field of the contract file that role.")
    }
    func name(_ role: Contract.Role, in fields: [Contract.Field]) -> String? {
      fields.first { $0.role == role }?.name
    }
    guard let id = name(.productId, in: products.fields) else {
      throw Problem(
        "contract", "the contract's products have no field with the role productId",
        remedy: "Give one field of the contract file that role.")
    }
    fields = products.fields
    idName = id
    typeName = name(.productType, in: fields)
    statusName = name(.productStatus, in: fields)
    childrenName = name(.children, in: fields)
    let children = fields.first { $0.role == .children }
    childIdName = name(.childId, in: children?.fields ?? [])
    parentTypes = contract.productTypes.filter(\.hasChildren).map { [UInt8]("\"\($0.name)\"".utf8) }
  }
}
