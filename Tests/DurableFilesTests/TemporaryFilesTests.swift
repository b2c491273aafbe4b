import DurableFiles
import Glibc
import Testing

@Suite struct TemporaryFilesTests {
  private let folder = TestFolder()

  /// Makes a file two hours old, links not followed.
  private func age(_ name: String) {
    let times = [
      timespec(tv_sec: time(nil) - 7200, tv_nsec: 0), .init(tv_sec: time(nil) - 7200, tv_nsec: 0),
    ]
    utimensat(AT_FDCWD, folder.path(name).real, times, AT_SYMLINK_NOFOLLOW)
  }

  @Test("only old regular files of exactly that name go")
  func sweep() throws {
    let kept = [
      ".0123456789abcde.tmp", ".0123456789abcdef0.tmp", ".0123456789ABCDEF.tmp", ".notes.tmp",
      "0123456789abcdef.tmp", ".0123456789abcdef.csv",
    ]
    for name in kept + [".0123456789abcdef.tmp", ".fedcba9876543210.tmp"] {
      folder.write("bad rows", to: name)
      if name != ".fedcba9876543210.tmp" { age(name) }
    }
    symlink(folder.path(".notes.tmp").real, folder.path(".aaaaaaaaaaaaaaaa.tmp").real)
    age(".aaaaaaaaaaaaaaaa.tmp")
    mkdir(folder.path(".bbbbbbbbbbbbbbbb.tmp").real, 0o700)
    age(".bbbbbbbbbbbbbbbb.tmp")
    try TemporaryFiles.sweep(folder.path("."))
    let left = kept + [".fedcba9876543210.tmp", ".aaaaaaaaaaaaaaaa.tmp", ".bbbbbbbbbbbbbbbb.tmp"]
    #expect(folder.names().sorted() == left.sorted())
  }

  @Test("a folder that is missing or a link is left alone")
  func noFolder() throws {
    mkdir(folder.path("real").real, 0o700)
    folder.write("bad rows", to: "real/.0123456789abcdef.tmp")
    age("real/.0123456789abcdef.tmp")
    symlink(folder.path("real").real, folder.path("link").real)
    try TemporaryFiles.sweep(folder.path("link"))
    try TemporaryFiles.sweep(folder.path("nothing"))
    #expect(folder.names(in: "real") == [".0123456789abcdef.tmp"])
  }
}
