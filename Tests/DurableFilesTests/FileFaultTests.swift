import DurableFiles
import Glibc
import Records
import Testing

@Suite struct FileFaultTests {
  @Test(
    "each error that people meet has a word for scripts and a sentence to act on",
    arguments: [
      (ENOSPC, "disk-full", "no space is left on the disk"),
      (EDQUOT, "disk-full", "no space is left on the disk"),
      (
        EACCES, "no-permission",
        "the account that runs the connector (user \(geteuid())) may not do that"
      ),
      (EROFS, "read-only", "the disk is mounted read-only"),
      (ENOENT, "no-such-file", "there is no such file or folder"),
      (EIO, "disk-error", "the disk or share does not answer (Input/output error)"),
      (EMFILE, "too-many-open-files", "too many files are open at once"),
      (ENAMETOOLONG, "name-too-long", "its name is too long"),
      (EBUSY, "file-system", "the system refuses (Device or resource busy)"),
    ])
  func words(number: Int32, code: String, reason: String) {
    let path = FilePath(FileRoot("/srv/pos/Inbox", shown: "Inbox"), "a.csv")
    let problem = FileFault(.system(number), .moved, path).problem
    #expect(problem.code == code)
    #expect(problem.place.file == "Inbox/a.csv")
    #expect(problem.message == "it cannot be moved because \(reason)")
    #expect(problem.remedy.hasSuffix("."))
  }
}
