import Digests
import Glibc
import NIOCore
import Records
import Synchronization
import TestSupport
import Testing

@testable import DStoreAPI

struct RequestBodyTests {
  private let folder = TemporaryFolder()
  private let remedy =
    "It is not sent, because a repeat must be the same bytes; put the file back from a backup or "
    + "give this request up."

  private func read(_ path: String, size: Int, seal: BodySeal? = nil) throws -> [UInt8] {
    let file = try BodyFile(path: path, size: size)
    var bytes: [UInt8] = []
    try file.forEachBlock(expecting: seal) { bytes += $0.array }
    return bytes
  }

  @Test("a file comes in blocks and whole", arguments: [0, 1, 262_144, 262_145, 700_000])
  func blocks(_ size: Int) async throws {
    let text = String(repeating: "x", count: size)
    let path = folder.write(text, to: "body")
    let seal = BodySeal(products: 0..<0, digest: Bytes.withBytes(of: text) { Digest.of($0) })
    #expect(try read(path, size: size, seal: seal) == Array(text.utf8))
    var sent = 0
    let moves = Atomic(0)
    let departure = BodyBlocks.Departure()
    let blocks = BodyBlocks(
      content: .file(try BodyFile(path: path, size: size)), departure: departure
    ) { moves.add(1, ordering: .relaxed) }
    #expect(!departure.hasBegun)
    for try await block in blocks { sent += block.readableBytes }
    #expect(departure.hasBegun)
    #expect(sent == size)
    #expect(moves.load(ordering: .relaxed) == (size + 262_143) / 262_144)
  }

  @Test("a file that was cut short or has grown is not sent", arguments: ["abc", "abcdef"])
  func wrongSize(_ text: String) {
    let path = folder.write(text, to: "body")
    let problem = Problem(
      "request-damaged", at: Place(file: path),
      "the stored request has \(text.count) bytes, but 4 were recorded", remedy: remedy)
    #expect(throws: problem) { try read(path, size: 4) }
  }

  @Test(
    "a file with other bytes of the same length is not sent, wherever they stand",
    arguments: [0, 1, 2, 3, 4, 262_143, 262_144, 299_998, 299_999, 300_000, 300_003])
  func damage(_ index: Int) throws {
    let (head, tail) = ("ab", "cdef")
    let products = String(repeating: "x", count: 299_998)
    let list = Bytes.withBytes(of: products) { Digest.of($0) }
    let seal = BodySeal(
      products: 2..<300_000,
      digest: Bytes.withBytes(of: Array((head + tail).utf8) + list.bytes) { Digest.of($0) })
    var bytes = Array((head + products + tail).utf8)
    #expect(try read(folder.write(bytes, to: "whole"), size: bytes.count, seal: seal) == bytes)
    bytes[index] ^= 1
    let path = folder.write(bytes, to: "body")
    let problem = Problem(
      "request-damaged", at: Place(file: path),
      "the stored request is not the one that was recorded: its SHA-256 differs", remedy: remedy)
    #expect(throws: problem) { try read(path, size: bytes.count, seal: seal) }
  }

  @Test("a file that has not the digest of the whole is not sent")
  func wrongDigest() {
    let path = folder.write("abcd", to: "body")
    let seal = BodySeal(
      products: 0..<0, digest: Bytes.withBytes(of: "abce") { Digest.of($0) })
    let problem = Problem(
      "request-damaged", at: Place(file: path),
      "the stored request is not the one that was recorded: its SHA-256 differs", remedy: remedy)
    #expect(throws: problem) { try read(path, size: 4, seal: seal) }
  }

  @Test("a file that is cut while it is sent ends the sending")
  func cutMeanwhile() throws {
    let path = folder.write("abcd", to: "body")
    let file = try BodyFile(path: path, size: 4)
    truncate(path, 1)
    let problem = Problem(
      "request-damaged", at: Place(file: path),
      "the stored request has 1 bytes, but 4 were recorded", remedy: remedy)
    #expect(throws: problem) { try file.forEachBlock(expecting: nil) { _ in } }
  }

  @Test("what is missing, a link or a folder is not read")
  func unreadable() {
    let target = folder.write("abcd", to: "target")
    symlink(target, folder.file("link"))
    func problem(_ path: String, _ words: String) -> Problem {
      Problem(
        words.hasPrefix("No such") ? "request-gone" : "request-unreadable", at: Place(file: path),
        "the stored request cannot be read: \(words)", remedy: remedy)
    }
    let cases = [
      (folder.file("none"), "No such file or directory"),
      (folder.file("link"), "Too many levels of symbolic links"),
      (folder.path, "Invalid argument"),
    ]
    for (path, words) in cases {
      #expect(throws: problem(path, words)) { try read(path, size: 4) }
    }
  }
}
