import Records
import YAML

/// Reads `posAccountId` and `stores`.
struct StoresReader {
  /// D-Store's limits, in characters.
  static let storeIdLimit = 255
  static let accountIdLimit = 64

  let problems: ProblemList

  /// An id of at most `limit` characters, without control characters.
  func identifier(_ text: YAMLText?, _ key: String, limit: Int) -> String? {
    guard let text else { return nil }
    let scalars = text.text.unicodeScalars
    let fault: String? =
      if scalars.isEmpty { "is empty" } else if scalars.count > limit {
        "has \(scalars.count) characters; D-Store takes \(limit)"
      } else if scalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
        "holds control characters"
      } else if scalars.first == " " || scalars.last == " " {
        "begins or ends with a space"
      } else { nil }
    guard let fault else { return text.text }
    problems.add(
      Problem(
        "identifier", at: text.place, value: text.text, "\"\(key)\" \(fault)",
        remedy: "Write it exactly as it was agreed with D-Store."))
    return nil
  }

  /// - Parameters:
  ///   - account: the merchant of the stores that name none.
  ///   - isAccountGiven: whether there is one, even if it cannot be used.
  func stores(_ root: YAMLSection, account: String?, isAccountGiven: Bool) -> [StoreSetting] {
    guard let nodes = root.list("stores"), !nodes.isEmpty else {
      problems.add(
        Problem(
          "missing-key", at: root.place(of: "stores"), "no store is named (stores)",
          remedy: "Add it: stores: [STORE-ID], with what D-Store calls the store."))
      return []
    }
    var stores: [StoreSetting] = []
    for node in nodes {
      let given = entry(node)
      guard let id = given.id else { continue }
      if let first = stores.first(where: { $0.posStoreId == id.text }) {
        problems.add(Self.duplicate(id, first))
      } else if let merchant = given.account ?? (given.hasAccount ? nil : account) {
        stores.append(
          StoreSetting(posStoreId: id.text, posAccountId: merchant, place: id.place))
      } else if !given.hasAccount, !isAccountGiven {
        problems.add(Self.homeless(id))
      }
    }
    return stores
  }

  /// `- posStoreId: …`, or the id alone.
  private func entry(
    _ node: YAMLNode
  ) -> (id: YAMLText?, account: String?, hasAccount: Bool) {
    if let text = node.text {
      let id = identifier(text, "posStoreId", limit: Self.storeIdLimit)
      return (id == nil ? nil : text, nil, false)
    }
    let section = YAMLSection(node, named: "stores", problems: problems)
    let text = section.required("posStoreId")
    let id = identifier(text, "posStoreId", limit: Self.storeIdLimit)
    let own = section.text("posAccountId")
    let account = identifier(own, "posAccountId", limit: Self.accountIdLimit)
    section.finish()
    return (id == nil ? nil : text, account, own != nil)
  }

  private static func duplicate(_ id: YAMLText, _ first: StoreSetting) -> Problem {
    Problem(
      "duplicate-store", at: id.place, value: id.text,
      "the store stands twice; its first place is \(first.place.description)",
      remedy: "Remove one. Two merchants' stores of one id need a workspace each.")
  }

  private static func homeless(_ id: YAMLText) -> Problem {
    Problem(
      "missing-key", at: id.place, value: id.text, "the store belongs to no merchant",
      remedy: "Add posAccountId: … to the store, or once for all of them.")
  }
}
