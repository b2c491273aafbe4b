import GRDB
import Records

extension RawRepresentable where RawValue == String {
  /// A value that is stored as its word.
  ///
  /// - Throws: SQLITE_CORRUPT for a word that this program never writes.
  static func named(_ word: String) throws -> Self {
    guard let value = Self(rawValue: word) else {
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT,
        message: "\(Problem.shown(word)) stands for no \(String(describing: Self.self))")
    }
    return value
  }
}
