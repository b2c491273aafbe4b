import Digests
import LedgerStore
import OutboxFiles
import Records

/// A file's name in its parts: `orders/`, `R-1`, `.csv`.
struct OutboxName {
  let folder: Substring
  var stem: String
  let ending: Substring

  init(_ name: String) {
    folder = name.lastIndex(of: "/").map { name[...$0] } ?? ""
    let base = name.dropFirst(folder.count)
    let point = base.lastIndex(of: ".") ?? base.endIndex
    (stem, ending) = (String(base[..<point]), base[point...])
  }

  var text: String { "\(folder)\(stem)\(ending)" }

  func with(_ part: String) -> OutboxName {
    var name = self
    name.stem += "-\(part)"
    return name
  }

  /// With the number at its end, from 2 on, counted up; nothing where there is none.
  var counted: OutboxName? {
    guard let last = stem.split(separator: "-").last, last.count < 5, last.count < stem.count,
      let number = Int(last), number > 1
    else { return nil }
    var name = self
    name.stem = "\(stem.dropLast(last.count))\(number + 1)"
    return name
  }
}

extension Release {
  /// The name that it asks for first: a repeat never has the name of the file before it.
  func name(_ file: OutboxFile) -> String {
    isRepeat ? OutboxName(file.name).with("2").text : file.name
  }

  /// Another name where one that it asked for is taken: of a repeat `ID-3.csv` after `ID-2.csv`;
  /// else, because another order has it, first with the beginning of the digest of its own id.
  func nextName(after taken: String) -> String {
    let name = OutboxName(taken)
    let id = change.map { "\(order.requestOrderId) \($0.requestId)" } ?? order.requestOrderId
    let hash = Bytes.withBytes(of: id) { String(Digest.of($0).hex.prefix(16)) }
    if !isRepeat, !name.stem.contains("-\(hash)") { return name.with(hash).text }
    return (name.counted ?? name.with("2")).text
  }
}
