package import Records

/// Signs what we send.
package struct Signer: Sendable {
  package let key: PrivateKey
  /// Who we are; the value of the `Client-Id` header.
  package let clientId: String
  /// What D-Store calls our key.
  package let keyVersion: Int

  package init(key: PrivateKey, clientId: String, keyVersion: Int = 1) {
    self.key = key
    self.clientId = clientId
    self.keyVersion = keyVersion
  }

  /// An exchange of ours.
  package func exchange(path: String, time: String) -> Exchange {
    Exchange(path: path, clientId: clientId, time: time)
  }

  /// - Returns: the whole value of the `Signature` header.
  package func sign(_ exchange: Exchange, body: Bytes) throws(Problem) -> String {
    let stream = try stream(exchange)
    stream.update(body)
    return try stream.finish()
  }

  /// Begins a signature over a body that comes in pieces.
  package func stream(_ exchange: Exchange) throws(Problem) -> SignatureStream {
    if let fault = exchange.fault {
      throw Problem("cannot-sign", "the message cannot be signed: \(fault)")
    }
    return SignatureStream(key: key.handle, head: exchange.head, keyVersion: keyVersion)
  }
}
