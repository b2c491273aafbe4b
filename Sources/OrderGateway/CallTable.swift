import Contract

/// Which call is meant by which path.
struct CallTable: Sendable {
  private let calls: [String: Call]
  private let healthPaths: Set<String>

  /// - Parameter pathPrefix: a proxy may take it off, so that paths count with and without it.
  init(_ contract: Contract, pathPrefix: String) {
    var calls: [String: Call] = [:]
    for kind in Call.Kind.allCases {
      guard let message = contract.messages[kind.rawValue] else { continue }
      let call = Call(kind: kind, message: message, signedPath: pathPrefix + message.path)
      calls[message.path] = call
      calls[call.signedPath] = call
    }
    self.calls = calls
    healthPaths = ["/health", pathPrefix + "/health"]
  }

  func call(at path: String) -> Call? { calls[path] }

  func isHealth(_ path: String) -> Bool { healthPaths.contains(path) }
}
