/// A reader with what must be true of it whatever it is given.
package protocol FuzzTarget: AnyObject {
  /// The word on the command line, and the folder of the corpus.
  static var name: String { get }
  /// Bytes at which an input falls into pieces that can be moved about.
  static var separators: [UInt8] { get }
  /// What the reader has a special meaning for.
  static var words: [String] { get }
  /// Fixtures of other tests that are good beginnings: folders below `Tests/Fixtures` and the ends of
  /// names.
  static var fixtures: [(folder: String, end: String)] { get }
  /// In how many ways one input can be read, from 0.
  static var variants: Int { get }

  init() throws

  /// A corpus file as an input: whatever it leaves open is filled in.
  func prepared(_ file: [UInt8]) throws -> [UInt8]

  /// Gives an input to the reader.
  ///
  /// - Throws: a ``Finding`` where something is not as it must be.
  func check(_ input: [UInt8], variant: Int) throws
}

extension FuzzTarget {
  package func prepared(_ file: [UInt8]) throws -> [UInt8] { file }
}

/// What a reader did and must not do.
package struct Finding: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

/// - Throws: a finding where two things differ that must be equal.
func expectEqual<Value: Equatable>(
  _ left: Value, _ right: Value, _ what: @autoclosure () -> String
) throws(Finding) {
  guard left != right else { return }
  throw Finding("\(what()): \(shortened("\(left)")) is not \(shortened("\(right)"))")
}

/// - Throws: a finding where something is not true.
func expect(_ isTrue: Bool, _ what: @autoclosure () -> String) throws(Finding) {
  if !isTrue { throw Finding(what()) }
}

private func shortened(_ text: String) -> String {
  text.count > 600 ? "\(text.prefix(600))…" : text
}
