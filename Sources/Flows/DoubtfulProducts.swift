import Contract
import DStoreAPI
import JSON
import Records
import Settings

/// Settles what becomes of products whose rows are bad, where the file goes on without these rows.
///
/// What D-Store accepted last of such a product goes again, so that a typing mistake delists nothing;
/// what it never accepted stays out. No product goes out without one of its children: it, too, stays
/// as D-Store accepted it last, if all of those children are in the list, and out otherwise; and so
/// on with what names it.
struct DoubtfulProducts {
  let contract: Contract
  let folder: String
  let store: StoreSetting
  /// Ids of bad rows that no good row makes.
  let withheld: [String]
  /// Ids of which the list holds one product of several, none of which is right.
  let contested: [String]
  /// Whether children may be products of other lists.
  let isOfCatalogue: Bool

  /// A product that names children.
  private struct Parent {
    let id: String
    let children: [String]
  }

  /// Where each product is taken from.
  private struct Sources {
    var new: Set<UInt64> = []
    var accepted: Set<UInt64> = []
    var out: Set<UInt64> = []
  }

  /// - Parameters:
  ///   - list: what the good rows make; `nil` where they make nothing.
  ///   - path: of the list that D-Store accepted last; `nil` where it accepted none.
  /// - Returns: the whole list, `nil` where it is empty; and a problem for each product that does not
  ///   go out as its own good row says.
  /// - Throws: content where the accepted list is damaged.
  func settle(
    _ list: SpooledProducts?, accepted path: String?
  ) throws(Problem) -> (list: SpooledProducts?, problems: [Problem]) {
    let doubtful = Set((withheld + contested).map(Self.key))
    var sources = Sources()
    var parents: [UInt64: Parent] = [:]
    try forEach(list?.body.path) { id, children, _ in
      if doubtful.contains(Self.key(id)) { return }
      sources.new.insert(Self.key(id))
      if !children.isEmpty { parents[Self.key(id)] = Parent(id: id, children: children) }
    }
    var candidates: [UInt64: Parent] = [:]
    try forEach(path) { id, children, _ in
      guard doubtful.contains(Self.key(id)) || parents[Self.key(id)] != nil else { return }
      candidates[Self.key(id)] = Parent(id: id, children: children)
    }
    sources.accepted = doubtful.intersection(candidates.keys)
    sources.out = doubtful.subtracting(candidates.keys)
    let problems = settle(&sources, parents, candidates)
    return (try write(list, path, sources), problems)
  }

  /// Takes out what would go without a child, until nothing does.
  private func settle(
    _ sources: inout Sources, _ parents: [UInt64: Parent], _ candidates: [UInt64: Parent]
  ) -> [Problem] {
    var problems: [UInt64: Problem] = [:]
    var isSettled = false
    while !isSettled {
      isSettled = true
      for (key, parent) in parents where sources.new.contains(key) {
        guard let child = missing(to: parent, sources) else { continue }
        isSettled = false
        sources.new.remove(key)
        if candidates[key] == nil { sources.out.insert(key) } else { sources.accepted.insert(key) }
        problems[key] = problem(parent, child, staysAccepted: candidates[key] != nil)
      }
      for (key, parent) in candidates where sources.accepted.contains(key) {
        guard let child = missing(to: parent, sources) else { continue }
        isSettled = false
        sources.accepted.remove(key)
        sources.out.insert(key)
        problems[key] = problem(parent, child, staysAccepted: false)
      }
    }
    return problems.values.sorted { ($0.value ?? "") < ($1.value ?? "") }
  }

  private func missing(to parent: Parent, _ sources: Sources) -> String? {
    parent.children.first { child in
      let key = Self.key(child)
      if sources.new.contains(key) || sources.accepted.contains(key) { return false }
      return !isOfCatalogue || sources.out.contains(key)
    }
  }

  private func problem(_ parent: Parent, _ child: String, staysAccepted: Bool) -> Problem {
    Problem(
      "child-left-out", value: parent.id,
      "its child \(Problem.shown(child)) is not sent, so "
        + (staysAccepted ? "it stays as D-Store accepted it last" : "it stays out, too"),
      remedy: "Correct the row of the child in the POS and export again.")
  }

  private func write(
    _ list: SpooledProducts?, _ path: String?, _ sources: Sources
  ) throws(Problem) -> SpooledProducts? {
    guard !sources.new.isEmpty || !sources.accepted.isEmpty else { return nil }
    let requestId = RequestId.make()
    let writer = try PayloadWriter(
      path: "\(folder)/\(requestId).json",
      envelope: Envelope(
        contract: contract, requestId: requestId, posAccountId: store.posAccountId,
        posStoreId: store.posStoreId))
    for (path, keys) in [(list?.body.path, sources.new), (path, sources.accepted)]
    where !keys.isEmpty {
      try forEach(path) { id, _, product throws(Problem) in
        if keys.contains(Self.key(id)) { try writer.append(product: product) }
      }
    }
    return SpooledProducts(store: store, requestId: requestId, body: try writer.finish())
  }

  private func forEach(
    _ path: String?, _ body: (_ id: String, _ children: [String], Bytes) throws(Problem) -> Void
  ) throws(Problem) {
    guard let path else { return }
    let reader = try PayloadReader(path: path, contract: contract)
    while let product = try reader.next() {
      try body(reader.id(of: product), reader.children(of: product), product.raw)
    }
  }

  private static func key(_ id: String) -> UInt64 { Bytes.withBytes(of: id) { $0.hash64() } }
}
