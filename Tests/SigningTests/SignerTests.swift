import Records
import TestSupport
import Testing

@testable import Signing

struct SignerTests {
  static let body = #"{"requestId":"r-1","posAccountId":"demo-merchant"}"#

  @Test("openssl verifies our signature over the documented content")
  func opensslVerifies() throws {
    let pair = try KeyPair.generate()
    let signer = Signer(key: pair.privateKey, clientId: "375Y903U2Y45KE00600", keyVersion: 2)
    let exchange = signer.exchange(
      path: "/v2/pos/syncProduct", time: "2026-01-31T12:08:56+08:00")
    let header = try Bytes.withBytes(of: Self.body) { try signer.sign(exchange, body: $0) }
    let folder = TemporaryFolder()
    folder.write(pair.publicPEM, to: "public.pem")
    try folder.write(SignatureHeader(reading: header).signature, to: "signature")
    folder.write(
      """
      POST /v2/pos/syncProduct
      375Y903U2Y45KE00600.2026-01-31T12:08:56+08:00.\(Self.body)
      """, to: "content")
    let answer = try folder.openssl(
      "dgst -sha256 -verify public.pem -signature signature content")
    #expect(answer.output == "Verified OK\n")
    #expect(answer.status == 0)
  }

  @Test("the header has the documented form, percent-encoded")
  func form() throws {
    let signer = Signer(key: try Vectors.privateKey, clientId: "POS_1", keyVersion: 7)
    let exchange = signer.exchange(path: "/v2/pos/syncProduct", time: "2026-01-31T12:08:56+08:00")
    let header = try signer.sign(exchange, body: Bytes("{}"))
    #expect(header.hasPrefix("algorithm=RSA256, keyVersion=7, signature="))
    let value = header.dropFirst("algorithm=RSA256, keyVersion=7, signature=".count)
    #expect(value.hasSuffix("%3D%3D"))
    #expect(!value.contains { "+/=, ".contains($0) })
    #expect(exchange.clientId == "POS_1")
  }

  @Test(
    "what would break the content's form is not signed",
    arguments: [
      (Exchange(path: "v2", clientId: "A", time: "1"), "the path does not begin with / or holds"),
      (Exchange(path: "/a b", clientId: "A", time: "1"), "the path does not begin with / or holds"),
      (Exchange(path: "/a\nB.2.", clientId: "A", time: "1"), "the path does not begin with /"),
      (Exchange(path: "/a", clientId: "", time: "1"), "the client id is empty"),
      (Exchange(path: "/a", clientId: "A\nB", time: "1"), "the client id is empty or holds"),
      (Exchange(path: "/a", clientId: "A", time: ""), "the time is not written"),
      (Exchange(path: "/a", clientId: "A", time: #"1.{"a""#), "the time is not written"),
      (
        Exchange(path: "/a", clientId: "A", time: String(repeating: "1", count: 65)),
        "the time is not written"
      ),
      (Exchange(path: "/a", clientId: "A", time: "1", method: "PO ST"), "the method is not a word"),
    ])
  func unsuitable(exchange: Exchange, fault: String) throws {
    let signer = Signer(key: try Vectors.privateKey, clientId: "A")
    let problem = #expect(throws: Problem.self) {
      try signer.sign(exchange, body: Bytes("{}"))
    }
    #expect(problem?.message.hasPrefix("the message cannot be signed: \(fault)") == true)
  }

  @Test("signatures made at the same time on many threads are all sound")
  func concurrent() async throws {
    let key = try Vectors.privateKey
    let signer = Signer(key: key, clientId: "A")
    let verifier = Verifier(key: key.publicKey)
    let sound = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<64 {
        group.addTask {
          let exchange = Exchange(path: "/\(number)", clientId: "A", time: "\(number)")
          guard let header = try? signer.sign(exchange, body: Bytes("{}")) else { return false }
          return (try? verifier.verify(exchange, body: Array("{}".utf8), signature: header)) != nil
        }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(sound == 64)
  }
}
