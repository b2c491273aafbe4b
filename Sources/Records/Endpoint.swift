/// The base of D-Store's URLs: scheme, host, port and a path in front of the calls' own.
package struct Endpoint: Sendable, Hashable {
  /// Whether it is plain http; only ever towards this machine.
  package let isPlain: Bool
  /// A name or an address, IPv6 without brackets.
  package let host: String
  package let port: Int
  /// Empty, or begins with a slash and does not end with one.
  package let pathPrefix: String

  /// The URL without a slash at its end; the port only where it is not the scheme's own.
  package var text: String {
    let name = host.contains(":") ? "[\(host)]" : host
    let ending = port == (isPlain ? 80 : 443) ? "" : ":\(port)"
    return "\(isPlain ? "http" : "https")://\(name)\(ending)\(pathPrefix)"
  }

  /// - Throws: what is wrong with it, without a place.
  package init(_ text: String) throws(Problem) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw Self.problem("holds white space or letters that no URL has")
    }
    let parts = text.firstRange(of: "://").map {
      (scheme: text[..<$0.lowerBound].lowercased(), rest: text[$0.upperBound...])
    }
    guard let parts, parts.scheme == "https" || parts.scheme == "http" else {
      throw Self.problem("does not begin with https://")
    }
    guard !parts.rest.contains(where: { $0 == "?" || $0 == "#" }) else {
      throw Self.problem("has a query or a fragment")
    }
    let authority = parts.rest.prefix { $0 != "/" }
    guard !authority.contains("@") else { throw Self.problem("holds a user name") }
    isPlain = parts.scheme == "http"
    guard let address = HostAndPort(authority, defaultPort: isPlain ? 80 : 443) else {
      throw Self.problem("has no host, or a port that is none")
    }
    host = address.host
    port = address.port
    let path = parts.rest.dropFirst(authority.count)
    pathPrefix = String(path.dropLast(path.reversed().prefix { $0 == "/" }.count))
    guard !isPlain || address.isLoopback else {
      throw Problem(
        "endpoint-plain", "plain http is allowed only towards this machine",
        remedy: "Write https://…; only localhost, 127.0.0.0/8 and ::1 may be reached without it.")
    }
  }

  /// The same server with another path in front of the calls' own.
  package init(_ other: Endpoint, pathPrefix: String) {
    isPlain = other.isPlain
    host = other.host
    port = other.port
    self.pathPrefix = pathPrefix
  }

  private static func problem(_ fault: String) -> Problem {
    Problem(
      "endpoint", "the endpoint \(fault)",
      remedy: "Write it as https://HOST, with :PORT and a path behind it where they are needed.")
  }
}
