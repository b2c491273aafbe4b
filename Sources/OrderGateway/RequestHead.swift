import NIOHTTP1

/// What a request's first line and headers say, as far as anybody asks.
struct RequestHead: Sendable {
  let method: String
  /// Without the query, and without scheme and host where the line has them (RFC 9112, 3.2.2).
  let path: String
  /// Nothing where the header is missing, or stands twice.
  let clientId: String?
  let time: String?
  let signature: String?
  /// The values of all `Content-Type` and `Content-Encoding` headers.
  let types: [String]
  let encodings: [String]
  /// Nothing where the body comes in chunks.
  let bodySize: Int?
  let expectsContinue: Bool
  /// Whether another request may follow on this connection.
  let isKeepAlive: Bool

  init(_ head: HTTPRequestHead) {
    let headers = head.headers
    func only(_ name: String) -> String? {
      let values = headers[name]
      return values.count == 1 ? values[0] : nil
    }
    method = head.method.rawValue
    path = Self.path(of: head.uri)
    clientId = only("client-id")
    time = only("request-time")
    signature = only("signature")
    types = headers["content-type"]
    encodings = headers["content-encoding"]
    bodySize = headers.contains(name: "transfer-encoding") ? nil : Self.size(headers)
    expectsContinue = only("expect")?.lowercased() == "100-continue"
    // What follows an upgrade is not HTTP any more.
    isKeepAlive = head.isKeepAlive && !headers.contains(name: "upgrade")
  }

  private static func size(_ headers: HTTPHeaders) -> Int? {
    guard let text = headers.first(name: "content-length") else { return 0 }
    return Int(text)
  }

  private static func path(of uri: String) -> String {
    var rest = uri[...]
    if let scheme = ["http://", "https://"].first(where: { rest.lowercased().hasPrefix($0) }) {
      rest = rest.dropFirst(scheme.count).drop { $0 != "/" && $0 != "?" }
      if rest.first != "/" { return "/" }
    }
    return String(rest.prefix { $0 != "?" })
  }
}
