import YAML

extension YAMLSection {
  /// One of the words of an enumeration.
  func word<Word>(_ key: String, _: Word.Type) -> Word?
  where Word: RawRepresentable<String> & CaseIterable {
    choice(key, Word.allCases.map(\.rawValue)).flatMap(Word.init(rawValue:))
  }
}
