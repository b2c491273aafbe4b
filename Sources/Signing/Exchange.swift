/// What is signed besides the body: `POST <path>⏎<Client-Id>.<time>.<body>`.
///
/// A response is signed over the path and client id of its request and the response's own time.
package struct Exchange: Hashable, Sendable {
  package let method: String
  /// The path of the URL that was called, prefix included, without host and query.
  package let path: String
  package let clientId: String
  /// The exact text of `Request-Time` or `Response-Time`.
  package let time: String

  package init(path: String, clientId: String, time: String, method: String = "POST") {
    self.method = method
    self.path = path
    self.clientId = clientId
    self.time = time
  }

  /// Everything up to the body.
  var head: [UInt8] { Array("\(method) \(path)\n\(clientId).\(time).".utf8) }

  /// What cannot be signed or checked, as a clause; nothing where all is well.
  ///
  /// The signed text joins its parts with a full stop, which a body holds too: whoever has one
  /// signed message could move the beginning of its body into the time and keep a valid signature
  /// over a shorter body. A body is an object and begins with a brace, and no time holds one. So a
  /// time may hold only what times are written with, and the other parts no white space.
  var fault: String? {
    if !method.utf8.allSatisfy(Self.isVisible) || method.isEmpty {
      return "the method is not a word"
    }
    if !path.utf8.allSatisfy(Self.isVisible) || !path.hasPrefix("/") {
      return "the path does not begin with / or holds white space"
    }
    if !clientId.utf8.allSatisfy(Self.isVisible) || clientId.isEmpty {
      return "the client id is empty or holds white space"
    }
    if !time.utf8.allSatisfy(Self.isOfTimes) || time.isEmpty || time.utf8.count > 64 {
      return "the time is not written as times are"
    }
    return nil
  }

  private static func isVisible(_ byte: UInt8) -> Bool { byte > 0x20 && byte != 0x7F }

  private static func isOfTimes(_ byte: UInt8) -> Bool {
    byte.isASCIILetterOrDigit || "+-.,:/ ".utf8.contains(byte)
  }
}

extension UInt8 {
  fileprivate var isASCIILetterOrDigit: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
  }
}
