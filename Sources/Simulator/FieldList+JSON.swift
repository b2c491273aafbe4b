import Contract

extension [Contract.Field] {
  /// An object with these fields, in their order; those without a value are left out.
  func json(_ value: (Contract.Field) -> String?) -> String {
    JSONWords.object(compactMap { field in value(field).map { (field.name, $0) } })
  }
}
