import Foundation
import Records
import Testing

@testable import Settings

struct KeysReaderTests {
  @Test(
    "a private key that others can use is refused with the command",
    arguments: [
      0o644, 0o640, 0o604, 0o660, 0o610, 0o601,
    ])
  func readable(mode: Int) throws {
    let workspace = try Workspace(Workspace.production)
    try workspace.write("x", to: "pos.pem", mode: mode)
    let octal = String(mode, radix: 8)
    let fault =
      "the file of the private key can be used by others on this machine (mode \(octal)) (found: "
      + "\"pos.pem\"). Run `chmod 600 pos.pem`; if others had access until now, make a new key."
    #expect(
      workspace.problems() == ["Mappings/connector.yaml, line 8, position 12: \(fault)"])
    try workspace.write("x", to: "other.pem", mode: mode)
    let named = workspace.problems(["DSTORE_KEYS_PRIVATE_FILE": "other.pem"])
    #expect(
      named == [
        "DSTORE_KEYS_PRIVATE_FILE: "
          + fault.replacingOccurrences(of: "pos.pem", with: "other.pem")
      ])
  }

  @Test("a folder, a pipe and a binary file are refused without waiting")
  func notText() throws {
    let workspace = try Workspace(Workspace.production)
    #expect(mkfifo(workspace.path + "/pos.pem", 0o600) == 0)
    #expect(workspace.problems().count == 1)
    #expect(workspace.problems()[0].contains("the file of the private key is not a regular file"))
    try FileManager.default.removeItem(atPath: workspace.path + "/pos.pem")
    try FileManager.default.createDirectory(
      atPath: workspace.path + "/pos.pem", withIntermediateDirectories: false)
    #expect(workspace.problems()[0].contains("the file of the private key is not a regular file"))
    try FileManager.default.removeItem(atPath: workspace.path + "/pos.pem")
    let file = URL(filePath: workspace.path + "/pos.pem")
    try Data([0x30, 0x82, 0x04, 0xBD, 0x02]).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    #expect(
      workspace.problems() == [
        """
        Mappings/connector.yaml, line 8, position 12: the file of the private key is binary \
        (found: "pos.pem"). Turn a copy of it into text with `openssl pkey -inform DER -in \
        pos.pem`.
        """
      ])
  }

  @Test(
    "a private key inside connector.yaml is refused, and not shown",
    arguments: [
      Workspace.keyText, "'-----BEGIN PRIVATE KEY----- MIIE'",
    ])
  func inSettings(key: String) throws {
    let workspace = try Workspace(
      Workspace.production.replacingOccurrences(of: "pos.pem", with: key))
    #expect(
      workspace.problems() == [
        """
        Mappings/connector.yaml, line 8, position 12: the private key itself stands where its \
        file belongs. Put it into a file that only its owner can read (`chmod 600 FILE`) and \
        write the file's path here, or give the key in DSTORE_KEYS_PRIVATE.
        """
      ])
  }

  @Test("a key whose line ends were written out is a key, in a variable")
  func writtenLineEnds() throws {
    let text = String(repeating: "ABCD", count: 100) + "\\nABCD\\n"
    let settings = try Workspace("environment: simulator\nstores: [s]\n").load([
      "DSTORE_KEYS_PRIVATE": text
    ])
    #expect(settings.keys.privateKey?.text == text)
  }

  @Test("a long path is a path, not a key")
  func longPath() throws {
    let path = "/" + String(repeating: "folder-", count: 40) + "/dstore.pub"
    let workspace = try Workspace(
      Workspace.production.replacingOccurrences(of: Workspace.keyText, with: path))
    try workspace.write("x", to: "pos.pem", mode: 0o600)
    let problems = workspace.problems()
    #expect(problems.count == 1)
    #expect(problems[0].contains("the file of D-Store's public key"))
  }

  @Test("printing and dumping a key's text shows where it came from, nothing more")
  func secrecy() throws {
    let key = KeyText(text: "secret", origin: "pos.pem")
    var dumped = ""
    dump(key, to: &dumped)
    let keys = Keys(privateKey: key, version: 1, dstorePublic: nil)
    dump(keys, to: &dumped)
    for text in [dumped, "\(key)", String(reflecting: key), "\(keys)"] {
      #expect(!text.contains("secret"))
      #expect(text.contains("pos.pem"))
    }
  }
}
