import ExportReading
import Foundation
import Glibc
import Records
import Testing

@Suite struct FileSourceTests {
  private func problem(_ path: String) -> String? {
    do throws(Problem) {
      _ = try FileSource(path: path, name: "Inbox/a.csv")
      return nil
    } catch {
      return error.description
    }
  }

  @Test("a file is read in blocks, and counted")
  func blocks() throws {
    let export = try Export("abcdefg")
    let source = try FileSource(path: export.path)
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 3)
    defer { buffer.deallocate() }
    var pieces: [String] = []
    while case let count = try source.read(into: buffer), count > 0 {
      pieces.append(String(decoding: buffer.prefix(count), as: UTF8.self))
    }
    #expect(pieces == ["abc", "def", "g"])
    #expect(source.size == 7)
    #expect(source.bytesRead == 7)
  }

  @Test("a link is not followed")
  func link() throws {
    let export = try Export("a")
    let link = export.path + ".link"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: export.path)
    #expect(
      problem(link) == """
        Inbox/a.csv: only regular files are read; it is a symbolic link. Put the file itself here.
        """)
  }

  @Test("a pipe without a writer is refused at once")
  func pipe() throws {
    let export = try Export("a")
    let pipe = export.path + ".pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(
      problem(pipe) == """
        Inbox/a.csv: only regular files are read; it is no regular file. Put the file itself here.
        """)
  }

  @Test("a folder is refused")
  func folder() {
    #expect(problem("/tmp")?.contains("only regular files are read") == true)
  }

  @Test("a missing file is named")
  func missing() {
    #expect(
      problem("/tmp/there-is-no-such-file") == """
        Inbox/a.csv: the file is not there. It was moved or deleted in the meantime, or the path \
        is wrong.
        """)
  }
}
