#if canImport(Glibc)
  import Glibc
#endif

/// `host:port` as URLs and listeners write it; an IPv6 address stands in brackets.
package struct HostAndPort: Hashable {
  /// A name or an address, IPv6 without brackets.
  package let host: String
  package let port: Int

  /// - Parameter defaultPort: the port where none is written; nothing makes it required.
  /// - Returns: nothing where the host is empty or no host, or the port is not 1…65535.
  package init?(_ text: some StringProtocol, defaultPort: Int? = nil) {
    let hostPart: Substring
    var rest = Substring(text)
    if rest.first == "[" {
      guard let close = rest.firstIndex(of: "]") else { return nil }
      hostPart = rest[..<close].dropFirst()
      rest = rest[rest.index(after: close)...]
      guard Self.address(String(hostPart), AF_INET6) != nil else { return nil }
    } else {
      hostPart = rest.prefix { $0 != ":" }
      rest = rest.dropFirst(hostPart.count)
      guard !hostPart.isEmpty, hostPart.utf8.allSatisfy(Self.isOfNames) else { return nil }
    }
    guard let port = Self.port(rest, defaultPort) else { return nil }
    host = hostPart.lowercased()
    self.port = port
  }

  /// Whether it cannot be reached from another machine: `localhost`, 127.0.0.0/8, ::1. A name
  /// that merely leads there today is not one.
  package var isLoopback: Bool {
    if host == "localhost" { return true }
    if let bytes = Self.address(host, AF_INET) { return bytes[0] == 127 }
    if let bytes = Self.address(host, AF_INET6) {
      return bytes == [UInt8](repeating: 0, count: 15) + [1]
    }
    return false
  }

  private static func port(_ text: Substring, _ defaultPort: Int?) -> Int? {
    guard let first = text.first else { return defaultPort }
    let digits = text.dropFirst()
    guard first == ":", digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let port = Int(digits), (1...65_535).contains(port)
    else { return nil }
    return port
  }

  private static func isOfNames(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "-._".utf8.contains(byte)
    }
  }

  private static func address(_ text: String, _ family: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 16)
    guard inet_pton(family, text, &bytes) == 1 else { return nil }
    return Array(bytes.prefix(family == AF_INET ? 4 : 16))
  }
}
