package import Records

/// YAML as this program reads it: a tree in which every key and value knows its place.
///
/// It reads the part of YAML that people write by hand. Everything is text until somebody asks
/// for more. Refused with a sentence each: duplicate keys, tags, anchors with their aliases and
/// merge keys, several documents, keys that are no texts, nesting deeper than ``maxDepth``, and
/// whatever is not UTF-8.
package enum YAML {
  /// How deep lists and mappings may stand inside each other.
  package static let maxDepth = 64

  /// The tree of a file; an empty one is an empty mapping.
  ///
  /// - Parameter file: its path as the user knows it, for the places.
  /// - Throws: the first thing that is wrong, with what to write instead.
  package static func parse(_ bytes: [UInt8], file: String) throws(Problem) -> YAMLNode {
    let source = try SourceText(bytes, file: file)
    return try TreeBuilder(source).tree()
  }
}
