package import JSON
package import Records

extension Contract {
  /// Which of a call's two bodies.
  package enum Body: Sendable { case request, answer }

  /// What is wrong with a body, each with the field's path, list indices from 0 included.
  ///
  /// It looks for fields that are missing, of another type, too long or too large, and words that
  /// are not allowed. Fields that the contract does not name are fine. `null` counts as missing.
  /// Numbers may stand as strings of digits. A text's length counts Unicode scalars, as the
  /// contract does: `é` may be one or two, a family emoji up to seven.
  ///
  /// - Parameter limit: looking ends once so many problems are found.
  package func check(
    _ body: JSONValue, as message: String, _ part: Body = .request, limit: Int = 100
  ) -> [Problem] {
    guard let call = messages[message] else {
      return [
        Problem(
          "contract-unknown", value: message, "the contract has no message of this name",
          remedy: "It has: \(messages.keys.sorted().joined(separator: ", ")).")
      ]
    }
    let check = BodyCheck(message: message, limit: limit)
    check.root(body, fields: part == .request ? call.fields : call.answer)
    return check.found
  }
}
