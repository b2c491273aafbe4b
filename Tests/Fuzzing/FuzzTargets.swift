/// All targets there are.
package enum FuzzTargets {
  package static var all: [any FuzzTarget.Type] {
    [
      CSVTarget.self, JSONTarget.self, YAMLTarget.self, MappingTarget.self, MustacheTarget.self,
      HTTPTarget.self,
    ]
  }

  /// A target by its name; nothing where there is none.
  package static func named(_ name: String) -> (any FuzzTarget.Type)? {
    all.first { $0.name == name }
  }
}
