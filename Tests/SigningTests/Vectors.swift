import Foundation

@testable import Signing

/// The published known answers among the fixtures.
enum Vectors {
  /// C2SP Wycheproof: a public test key and what it signs.
  struct Wycheproof: Decodable {
    struct Answer: Decodable {
      let tcId: Int
      let msgHex: String
      let signatureHex: String
    }

    let privateKeyPkcs8Base64: String
    let publicKeySpkiBase64: String
    let tests: [Answer]
  }

  /// A genuine signed answer of the gateway family.
  struct Gateway: Decodable {
    let path: String
    let clientId: String
    let responseTime: String
    let body: String
    let publicKeySpkiBase64: String
    let signatureHeaderValue: String

    var exchange: Exchange { Exchange(path: path, clientId: clientId, time: responseTime) }
    var header: String { "algorithm=RSA256, keyVersion=1, signature=\(signatureHeaderValue)" }
  }

  static let wycheproof: Wycheproof = load("wycheproof-rsa2048-sha256.json")
  static let gateway: Gateway = load("gateway-response-real.json")

  /// The Wycheproof key: signing is deterministic, so tests can name whole values.
  static var privateKey: PrivateKey {
    get throws { try PrivateKey(text: wycheproof.privateKeyPkcs8Base64, origin: "vector") }
  }

  private static func load<Value: Decodable>(_ name: String) -> Value {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures/vectors/\(name)")
    do {
      return try JSONDecoder().decode(Value.self, from: Data(contentsOf: file))
    } catch {
      preconditionFailure("\(file.path): \(error)")
    }
  }
}

extension [UInt8] {
  init(hexDigits: String) {
    let digits = Array<Character>(hexDigits)
    self = stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(digits[$0...$0 + 1]), radix: 16)
    }
  }
}
