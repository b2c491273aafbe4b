package import LedgerStore
package import Records
import RowMapping

/// Mappings that made files of orders and are there no more, without anybody's word that this is
/// right. Perhaps one is being written anew at this very moment, so nothing that it may have taken is
/// written in another format.
package struct GoneMappings {
  private let gone: Set<UsedMapping>
  private let used: Set<UsedMapping>
  private let emptyKinds: [MappingFile.Kind]

  /// - Parameter used: what the ledger knows.
  package init(_ used: Set<UsedMapping>, _ shelf: OrderShelf) {
    self.used = used
    let broken = Set(shelf.broken.map(\.path))
    gone = used.filter { mapping in
      !mapping.isGivenUp && !broken.contains(Self.path(mapping.name))
        && !shelf.entries.contains {
          $0.mapping.name == mapping.name && $0.mapping.kind.rawValue == mapping.kind
        }
    }
    emptyKinds = [.orders, .orderChanges].filter { shelf.entries(of: $0).isEmpty }
  }

  /// What keeps an order, or a change of one, that no mapping takes from being written as it is.
  func problem(with kind: MappingFile.Kind, of account: String) -> Problem? {
    let ofKind = gone.filter { $0.kind == kind.rawValue }
    let names = ofKind.filter { one in
      one.account == account
        || !ofKind.contains { $0.name == one.name && $0.account != nil }
    }.map(\.name)
    return names.min().map { Self.problem($0, kind) }
  }

  /// Whether a mapping has made files of a store's orders, or of changes of them.
  func served(_ mapping: OrderShelf.Broken, account: String, store: String) -> Bool {
    used.contains {
      $0.name == mapping.name && $0.kind == mapping.kind.rawValue && $0.account == account
        && ($0.store ?? store) == store
    }
  }

  /// What is told also while no order waits: orders of these kinds would have to.
  package var problems: [Problem] {
    emptyKinds.flatMap { kind in
      Set(gone.filter { $0.kind == kind.rawValue }.map(\.name)).sorted()
        .map { Self.problem($0, kind) }
    }
  }

  private static func problem(_ name: String, _ kind: MappingFile.Kind) -> Problem {
    let what = kind == .orders ? "orders" : "changes of orders"
    return Problem(
      "mapping-gone", at: Place(file: path(name)),
      "\(what) wait, because this mapping, which may have to write them, is gone",
      remedy: remedy(name))
  }

  static func remedy(_ name: String) -> String {
    "Put it back; or, if it is not to come back, run `\(ShellCommand.line("approve", path(name)))`: "
      + "what no other mapping takes is written as plain JSON then."
  }

  private static func path(_ name: String) -> String { "Mappings/\(name).yaml" }
}
