import Templates

/// Which stores a row speaks of.
enum StorePlan {
  /// The only store of the settings.
  case only
  case perRow(Template)
  /// Every column that a pattern matched is one store.
  case perColumn(column: Int, level: Int, id: Template)
}
