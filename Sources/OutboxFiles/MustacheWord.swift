/// A name that a tag of a template asks for.
package struct MustacheWord: Hashable, Sendable {
  /// With points, as it stands, without functions around it.
  package var name: String
  package var line: Int
  /// The sections that it stands in, the outermost first: its name may be one of what they show.
  package var sections: [String]
}
