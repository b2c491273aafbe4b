import Contract
import Digests
import JSON
import Records
import Signing

/// Reads a proven body as far as the program needs it. Only what leaves no way to keep the order
/// is hopeless; all else that is odd becomes a flag.
struct RequestReader: Sendable {
  /// How deep lists and objects in each other are read.
  private static let deepest = 64
  /// So many findings about one body are flagged.
  private static let mostFlags = 20

  private let contract: Contract
  private let orders: OrderReader
  private let changes: ChangeReader
  private let inquiries: InquiryReader

  /// - Parameter stores: those that we work for, by account.
  /// - Throws: where the contract lacks what is needed to understand the calls.
  init(_ contract: Contract, stores: [String: Set<String>]) throws(Problem) {
    self.contract = contract
    guard let orders = OrderReader(contract, stores: stores), let changes = ChangeReader(contract),
      let inquiries = InquiryReader(contract)
    else {
      throw Problem(
        "contract-role", "the contract names no ids of orders that stand outside of lists",
        remedy: "Look at the roles of createOrder, pushOrderChange and inquireOrderDetail in it.")
    }
    self.orders = orders
    self.changes = changes
    self.inquiries = inquiries
  }

  /// - Parameter now: milliseconds since 1970.
  /// - Throws: why a question cannot be read, or is too old; nothing is lost with one.
  func read(_ proven: RequestProof.Proven, _ call: Call, now: Int64) throws(Refusal) -> Errand {
    if let lateness = proven.lateness {
      if call.kind == .inquireOrderDetail { throw lateness.refusal }
      let read = try? errand(proven, call, now: now)
      let refused = RefusedCall(
        call: call.kind.rawValue, cause: .clock, reason: lateness.reason,
        requestOrderId: read?.requestOrderId, digest: read?.digest, refusedAt: now)
      return .hopeless(refused, lateness.refusal)
    }
    do throws(Refusal) {
      return try errand(proven, call, now: now)
    } catch {
      if call.kind == .inquireOrderDetail { throw error }
      let refused = RefusedCall(
        call: call.kind.rawValue, cause: .body, reason: error.message, refusedAt: now)
      return .hopeless(refused, error)
    }
  }

  private func errand(
    _ proven: RequestProof.Proven, _ call: Call, now: Int64
  ) throws(Refusal) -> Errand {
    let document = JSONDocument()
    let oddities = try parse(proven.body, call, into: document)
    let root = document.root
    guard root.kind == .object else { throw Refusal(.unreadable, "the body is not a JSON object") }
    let flags = proven.flags + oddities + self.flags(of: root, call)
    switch call.kind {
    case .createOrder: return try orders.read(root, proven.body, flags, now: now)
    case .pushOrderChange: return .change(try changes.read(root, proven.body, flags, now: now))
    case .inquireOrderDetail: return try inquiries.read(root, flags)
    }
  }

  /// - Returns: what is odd about the body as JSON.
  /// - Throws: it is none, or it names two accounts, stores, orders or changes.
  private func parse(
    _ body: VerifiedBody, _ call: Call, into document: JSONDocument
  ) throws(Refusal) -> [OrderFlag] {
    var ambiguous: FieldRoute?
    let oddities = try read(body, into: document) { root in
      ambiguous = ids(of: call).first { $0.texts(in: root).count > 1 }
    }
    if let ambiguous {
      throw Refusal(.unreadable, "the body has more than one \(ambiguous.path)")
    }
    var flags: [OrderFlag] = oddities.isBroken ? [.brokenText] : []
    if let key = oddities.duplicateKey {
      flags.append(
        OrderFlag(
          "duplicate-key",
          "the key \(Problem.shown(key)) stands twice in one object, and the last one counts"))
    }
    if oddities.isDeep {
      flags.append(
        OrderFlag(
          "too-deep",
          "what lies deeper than \(Self.deepest) lists and objects is kept, and not read"))
    }
    return flags
  }

  private func ids(of call: Call) -> [FieldRoute] {
    switch call.kind {
    case .createOrder: orders.ids
    case .pushOrderChange: changes.ids
    case .inquireOrderDetail: [inquiries.requestOrderId]
    }
  }

  private func read(
    _ body: VerifiedBody, into document: JSONDocument, _ inspect: (JSONValue) -> Void
  ) throws(Refusal) -> JSONDocument.Oddities {
    do throws(JSONFault) {
      return try Bytes.withBytes(of: body.bytes) { (bytes) throws(JSONFault) in
        try document.parseTolerant(bytes, maxDepth: Self.deepest, inspect: inspect)
      }
    } catch {
      throw Refusal(
        .unreadable,
        "the body is not JSON at line \(error.line), position \(error.column): \(error.message)")
    }
  }

  private func flags(of root: JSONValue, _ call: Call) -> [OrderFlag] {
    contract.check(root, as: call.message.name, limit: Self.mostFlags).map { finding in
      OrderFlag(finding.code, field: finding.place.field, finding.message)
    }
  }
}
