import Digests
import JSON
import LedgerStore
import OutboxFiles
import Records
import RowMapping
import Settings

/// Makes the POS's file of an order, or of a change of one.
struct OrderFile {
  let shelf: OrderShelf
  let zone: Zone
  /// Of an order that nothing happened to since it came.
  let initialStatus: String
  let gone: GoneMappings

  /// A file, and what its format could not hold.
  struct Made {
    let file: OutboxFile
    let flag: OrderFlag?
    /// What made it; `nil` where it is D-Store's own JSON.
    let mapping: UsedMapping?
  }

  /// - Throws: why it cannot be made now: a mapping that is wrong, or an order that its mapping
  ///   cannot make sense of. Nothing half is ever made.
  func file(of release: Release) throws(Problem) -> Made {
    let kept = release.change == nil ? release.order.body : release.change?.body
    guard let body = kept else { throw purged(release) }
    if release.isPlain { return untouched(release, body) }
    let kind: MappingFile.Kind = release.change == nil ? .orders : .orderChanges
    let candidates = shelf.candidates(of: kind)
    if !candidates.isEmpty, let made = try mapped(release, body, candidates) { return made }
    // What no mapping takes that can be read may be meant for one that cannot.
    for case .broken(let broken) in candidates where broken.filter == nil {
      throw waits(for: broken.path)
    }
    if let problem = gone.problem(with: kind, of: release.order.account) { throw problem }
    return untouched(release, body)
  }

  /// - Returns: `nil` where no mapping takes it.
  /// - Throws: also that a mapping which is wrong comes first and may take it.
  private func mapped(
    _ release: Release, _ body: [UInt8], _ candidates: [OrderShelf.Candidate]
  ) throws(Problem) -> Made? {
    let document = try parsed(body)
    let about = try release.change == nil ? nil : release.order.body.map(parsed)
    let facts = facts(of: release)
    for candidate in candidates {
      switch candidate {
      case .good(let entry):
        do throws(Problem) {
          if try entry.mapping.takes(document.root, facts, order: about?.root) {
            return try made(
              by: entry, document.root, facts, order: about?.root, of: release.order)
          }
        } catch {
          throw error.offeringPlain
        }
      case .broken(let broken):
        // Whether it would take one that its conditions make no sense of cannot be told.
        let takes = broken.filter.map { filter in
          (try? filter.takes(document.root, facts, order: about?.root)) ?? true
        }
        let served = gone.served(
          broken, account: release.order.account, store: release.order.store)
        if takes ?? served { throw waits(for: broken.path) }
      }
    }
    return nil
  }

  private func made(
    by entry: OrderShelf.Entry, _ body: JSONValue, _ facts: OrderFacts, order: JSONValue?,
    of held: HeldOrder
  ) throws(Problem) -> Made {
    let sheet = try entry.mapping.sheet(body, facts, order: order)
    let text = entry.format.bytes(of: sheet, order: body)
    return Made(
      file: OutboxFile(path: sheet.path, bytes: text.bytes, marker: entry.mapping.marker),
      flag: text.flag,
      mapping: UsedMapping(
        account: held.account, store: held.store, kind: entry.mapping.kind.rawValue,
        name: entry.mapping.name))
  }

  /// D-Store's own JSON, for a POS that has no mapping.
  private func untouched(_ release: Release, _ body: [UInt8]) -> Made {
    let order = release.order
    let isAsExpected = release.change != nil || order.status == initialStatus
    let flags = release.change?.flags ?? order.flags
    let isBroken = flags.contains { $0.code == OrderFlag.brokenText.code }
    let name = release.change.map { "\(order.requestOrderId)-\($0.requestId).json" }
    return Made(
      file: OutboxFile(
        path: [
          .init(release.change == nil ? "orders" : "changes", isLiteral: true),
          .init(name ?? "\(order.requestOrderId).json", isLiteral: false),
        ],
        bytes: RawOrder.bytes(
          of: isBroken ? JSONDocument.repaired(body) : body,
          orderStatus: isAsExpected ? nil : order.status, flags: flags)),
      flag: nil, mapping: nil)
  }

  private func facts(of release: Release) -> OrderFacts {
    let flags = release.change?.flags ?? release.order.flags
    return OrderFacts(
      posOrderId: release.order.posOrderId, orderStatus: release.order.status,
      flags: flags.map(\.words).joined(separator: "; "),
      receivedAt: WireTime.text(
        epochMilliseconds: release.change?.receivedAt ?? release.order.receivedAt, zone: zone))
  }

  private func parsed(_ body: [UInt8]) throws(Problem) -> JSONDocument {
    let document = JSONDocument()
    do throws(JSONFault) {
      _ = try Bytes.withBytes(of: body) { bytes throws(JSONFault) in
        try document.parseTolerant(bytes)
      }
    } catch {
      throw error.problem(file: nil)
    }
    return document
  }

  private func purged(_ release: Release) -> Problem {
    Problem(
      "purged", value: release.order.requestOrderId,
      "the order's data is not kept any more (retention in connector.yaml), so its file cannot be "
        + "written again")
  }

  private func waits(for mapping: String) -> Problem {
    Problem(
      "mapping-wrong", at: Place(file: mapping),
      "orders wait, because the mapping that may write them is wrong",
      remedy: "Run dstore-connector check, and fix it; they are written then.")
  }
}

extension Problem {
  /// A guest waits for what one order's text keeps from being written.
  fileprivate var offeringPlain: Problem {
    var problem = self
    let plain =
      "To have the order anyway, run `dstore-connector resend ORDER --plain`: it is written as "
      + "D-Store's own JSON."
    problem.remedy = remedy.isEmpty ? plain : "\(remedy) \(plain)"
    return problem
  }
}
