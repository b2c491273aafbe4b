import Contract
import JSON
import Records

/// The call syncProduct: a whole menu, or a few statuses.
struct SyncProductCall {
  let contract: Contract
  let menus: MenuStore
  /// The stores by account that are known; nothing: all are.
  let stores: [String: Set<String>]?

  /// Why the merchant may not send this, if so.
  func refusal(of body: JSONValue, _ message: Contract.Message) -> Refusal? {
    guard let stores else { return nil }
    let (account, store) = owner(of: body, message)
    guard let known = stores[account] else {
      return Refusal("ACCESS_DENIED", "the account \(Problem.shown(account)) is unknown")
    }
    guard known.contains(store) else {
      return Refusal("ACCESS_DENIED", "the store \(Problem.shown(store)) is unknown")
    }
    return nil
  }

  /// Replaces the store's menu, or changes statuses in it.
  ///
  /// A request that holds required fields only, and only products whose type may have its status
  /// updated, is a status update; one optional field more, and it is a full sync.
  func carryOut(
    _ body: JSONValue, _ message: Contract.Message
  ) throws(Problem) -> Outcome {
    guard let list = message.field(.products), let products = body.at(list.path) else {
      return .refused(Refusal("PARAM_ILLEGAL", "there is no list of products"))
    }
    let (account, store) = owner(of: body, message)
    let shape = ProductShape(list, contract)
    guard isStatusUpdate(body, message, products, shape),
      try menus.exists(account: account, store: store)
    else {
      let count = try menus.replace(products, account: account, store: store)
      return .done(.menuReplaced(store: store, products: count))
    }
    let wanted = shape.statuses(of: products)
    guard
      let missing = try menus.change(wanted, shape, account: account, store: store)
    else { return .done(.statusesChanged(store: store, products: wanted.count)) }
    return .refused(
      Refusal("PROCESS_FAIL", "the menu has no product \(Problem.shown(missing))"))
  }

  private func isStatusUpdate(
    _ body: JSONValue, _ message: Contract.Message, _ products: JSONValue, _ shape: ProductShape
  ) -> Bool {
    guard products.count > 0 else { return false }
    let required = Set(message.fields.filter(\.isRequired).map(\.name))
    let hasOnlyRequired = body.members.allSatisfy { required.contains($0.key.text) }
    return hasOnlyRequired && products.elements.allSatisfy(shape.isStatusOnly)
  }

  private func owner(
    of body: JSONValue, _ message: Contract.Message
  ) -> (account: String, store: String) {
    func text(_ role: Contract.Role) -> String {
      message.field(role).flatMap { body.at($0.path) }?.text ?? ""
    }
    return (text(.accountId), text(.storeId))
  }
}
