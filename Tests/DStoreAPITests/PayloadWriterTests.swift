import Contract
import Digests
import Glibc
import JSON
import Records
import TestSupport
import Testing

@testable import DStoreAPI

struct PayloadWriterTests {
  private let folder = TemporaryFolder()

  private func envelope() throws -> Envelope {
    try Envelope(
      contract: try Contract.load(overrides: []), requestId: "r-1", posAccountId: "kopi",
      posStoreId: "east \"1\"")
  }

  private func writer(_ name: String) throws -> PayloadWriter {
    try PayloadWriter(path: folder.file(name), envelope: try envelope())
  }

  private let head =
    #"{"requestId":"r-1","posAccountId":"kopi","store":{"posStoreId":"east \"1\""},"products":"#

  @Test("a body holds the envelope and the products, and says where they stand")
  func body() throws {
    let writer = try writer("body.json")
    try writer.append(product: Bytes(#"{"posProductId":"1"}"#))
    try writer.append(product: Bytes(#"{"posProductId":"2"}"#))
    let body = try writer.finish()

    let products = #"[{"posProductId":"1"},{"posProductId":"2"}]"#
    let text = head + products + "}"
    #expect(folder.bytes("body.json") == Array(text.utf8))
    #expect(body.path == folder.file("body.json"))
    #expect(body.size == text.utf8.count)
    #expect(body.count == 2)
    #expect(body.productsDigest == Bytes.withBytes(of: products) { Digest.of($0) })
    #expect(body.seal.products == head.utf8.count..<(text.utf8.count - 1))
    #expect(
      body.seal.digest
        == Bytes.withBytes(of: Array((head + "}").utf8) + body.productsDigest.bytes) {
          Digest.of($0)
        })
  }

  @Test("a body without products holds an empty list")
  func empty() throws {
    let body = try writer("body.json").finish()
    #expect(folder.bytes("body.json") == Array((head + "[]}").utf8))
    #expect(body.count == 0)
    #expect(body.seal.products.count == 2)
  }

  @Test("a body of many blocks is whole, and its digests are those of its bytes")
  func manyBlocks() throws {
    let writer = try writer("body.json")
    let product = Array(#"{"posProductId":"\#(String(repeating: "x", count: 100))"}"#.utf8)
    for _ in 0..<30_000 {
      try Bytes.withBytes(of: product) { (view) throws(Problem) in
        try writer.append(product: view)
      }
    }
    let body = try writer.finish()
    let bytes = try #require(folder.bytes("body.json"))
    #expect(bytes.count == head.utf8.count + 30_000 * (product.count + 1) + 2)
    #expect(body.size == bytes.count)
    #expect(
      body.productsDigest
        == Bytes.withBytes(of: Array(bytes[body.seal.products])) { Digest.of($0) })
    let file = try BodyFile(path: body.path, size: body.size)
    #expect(throws: Never.self) { try file.forEachBlock(expecting: body.seal) { _ in } }
  }

  @Test("equal products have an equal digest under another request id")
  func sameProducts() throws {
    func body(_ id: String) throws -> SyncBody {
      let envelope = try Envelope(
        contract: try Contract.load(overrides: []), requestId: id, posAccountId: "a",
        posStoreId: "s")
      let writer = try PayloadWriter(path: folder.file(id), envelope: envelope)
      try writer.append(product: Bytes("{}"))
      return try writer.finish()
    }
    let (one, two) = (try body("r-1"), try body("r-2"))
    #expect(one.productsDigest == two.productsDigest)
    #expect(one.seal != two.seal)
  }

  @Test("the file is its owner's alone")
  func mode() throws {
    _ = try writer("body.json").finish()
    var found = stat()
    #expect(stat(folder.file("body.json"), &found) == 0)
    #expect(found.st_mode & 0o7777 == 0o600)
  }

  @Test("a writer that is dropped takes its file away")
  func abandoned() throws {
    var writer: PayloadWriter? = try writer("body.json")
    try writer?.append(product: Bytes("{}"))
    #expect(folder.names() == ["body.json"])
    writer = nil
    #expect(folder.names() == [])
  }

  @Test("a file that is there already is left alone")
  func existing() throws {
    folder.write("old", to: "body.json")
    let problem = Problem(
      "unwritable", at: Place(file: folder.file("body.json")),
      "the request cannot be written: File exists",
      remedy: "Make the folder writable for the user that runs the connector, then run again; "
        + "nothing of it was sent.")
    #expect(throws: problem) { try writer("body.json") }
    #expect(folder.bytes("body.json") == Array("old".utf8))
  }

  @Test("a full disk is named as such")
  func full() {
    #expect(
      BodyFault.unwritable("spool/a.json", code: ENOSPC)
        == Problem(
          "disk-full", at: Place(file: "spool/a.json"),
          "there is no room left to write the request",
          remedy: "Free space on this disk and run again; nothing of it was sent."))
  }
}
