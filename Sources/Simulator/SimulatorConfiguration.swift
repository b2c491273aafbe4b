/// How a simulated D-Store is set up.
package struct SimulatorConfiguration: Sendable {
  /// A certificate chain and its key, both PEM files.
  package struct TLS: Sendable {
    package var certificate: String
    package var privateKey: String

    package init(certificate: String, privateKey: String) {
      self.certificate = certificate
      self.privateKey = privateKey
    }
  }

  /// Where it keeps keys, menus and results; made where it is missing.
  package var folder: String
  /// The client id that it knows.
  package var clientId: String
  /// The stores that it knows, by account; nothing: it knows every account and store.
  package var stores: [String: Set<String>]?
  package var host = "127.0.0.1"
  /// 0: any that is free.
  package var port = 0
  /// Nothing: plain HTTP.
  package var tls: TLS?

  package init(folder: String, clientId: String, stores: [String: Set<String>]? = nil) {
    self.folder = folder
    self.clientId = clientId
    self.stores = stores
  }
}
