package import Records

extension Endpoint {
  /// The path of a call as it goes over the wire, which is the path that is signed.
  package func path(of call: String) -> String { pathPrefix + call }

  func url(of call: String) -> String { text + call }

  /// `host:port`, for messages.
  var address: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
