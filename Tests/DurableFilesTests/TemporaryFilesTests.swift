import DurableFiles
import Glibc
import Testing

@Suite struct TemporaryFilesTests {
  private let folder = TestFolder()

  @Test("only regular files of exactly that name go")
  func sweep() throws {
    let kept = [
      ".0123456789abcde.tmp", ".0123456789abcdef0.tmp", ".0123456789ABCDEF.tmp", ".notes.tmp",
      "0123456789abcdef.tmp", ".0123456789abcdef.csv",
    ]
    for name in kept + [".0123456789abcdef.tmp"] { folder.write("bad rows", to: name) }
    symlink(folder.file(".notes.tmp"), folder.file(".aaaaaaaaaaaaaaaa.tmp"))
    mkdir(folder.file(".bbbbbbbbbbbbbbbb.tmp"), 0o700)
    try TemporaryFiles.sweep(folder.root)
    let left = kept + [".aaaaaaaaaaaaaaaa.tmp", ".bbbbbbbbbbbbbbbb.tmp"]
    #expect(folder.names().sorted() == left.sorted())
  }

  @Test("a folder that is missing or a link is left alone")
  func noFolder() throws {
    mkdir(folder.file("real"), 0o700)
    folder.write("bad rows", to: "real/.0123456789abcdef.tmp")
    symlink(folder.file("real"), folder.file("link"))
    try TemporaryFiles.sweep(folder.path("link"))
    try TemporaryFiles.sweep(folder.path("nothing"))
    #expect(folder.names(in: "real") == [".0123456789abcdef.tmp"])
  }
}
