import Dispatch
import Records

/// The marks of an open ledger, in every folder that has one.
///
/// The first folder is the ledger's own and is written at once. The second may lie on a share that
/// hangs, and orders must not wait for it, so it has a thread of its own.
final class LedgerMarks: Sendable {
  private let own: MarkFolder
  private let second: MarkFolder?
  private let writer = DispatchQueue(label: "marks")

  init(folder: String, second: String?) {
    own = MarkFolder(path: folder)
    self.second = second.map { MarkFolder(path: $0) }
  }

  private var folders: [MarkFolder] { [own] + [second].compactMap { $0 } }

  /// The mark that was written last, wherever it lies.
  var newest: LedgerMark? {
    folders.compactMap { $0.readMark() }.max { left, right in
      left.ledger == right.ledger
        ? left.generation < right.generation : left.raisedAt < right.raisedAt
    }
  }

  /// Where marks lie.
  var paths: [String] {
    folders.filter { $0.readMark() != nil }.map { "\($0.path)/\(MarkFolder.mark)" }
  }

  /// Everything that was noted as given to the POS; `nil` where nothing ever was.
  var written: Set<String>? {
    folders.compactMap { $0.readWritten() }.reduce(nil) { $0?.union($1) ?? $1 }
  }

  /// Writes the mark to all folders, and waits for it.
  ///
  /// - Returns: why one could not be written.
  func writeFirst(_ mark: LedgerMark) -> [Problem] {
    folders.compactMap { folder in
      do throws(Problem) {
        folder.limitWritten()
        try folder.write(mark)
        return nil
      } catch {
        return error
      }
    }
  }

  /// Writes the mark of a ledger that was opened before. What fails now is tried with the next one.
  func write(_ mark: LedgerMark) {
    try? own.write(mark)
    guard let second else { return }
    writer.async { try? second.write(mark) }
  }

  /// Notes what is about to be given to the POS; durable beside the ledger when this returns.
  func note(written keys: [String]) {
    try? own.addWritten(keys)
    guard let second else { return }
    writer.async { try? second.addWritten(keys) }
  }

  /// Notes what the ledger says was given lately, in folders that know of nothing yet.
  func fill(_ keys: () throws -> [String]) rethrows {
    let empty = folders.filter { !$0.hasWritten }
    if empty.isEmpty { return }
    let keys = try keys()
    for folder in empty { try? folder.addWritten(keys) }
  }

  /// Waits until the second folder has everything.
  func finish() { writer.sync {} }
}
