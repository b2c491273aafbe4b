/// The name of a file in the outbox, relative to it: `orders/r-1.json`.
enum ReleaseName {
  /// The only order, by D-Store's id, that may have this name, in whatever case, as a plain file
  /// named after it: `r-1`.
  ///
  /// It has no capital letters, as names that differ in case alone count as one.
  static func id(in name: String) -> String {
    let base = name.utf8[
      (name.utf8.lastIndex(of: slash).map(name.utf8.index(after:)) ?? name.startIndex)...]
    let stem = base.lastIndex(of: UInt8(ascii: ".")).map { base[..<$0] } ?? base
    return String(decoding: stem.map(lower), as: UTF8.self)
  }

  private static let slash = UInt8(ascii: "/")

  private static func lower(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
