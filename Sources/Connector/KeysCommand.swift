import ArgumentParser
import Glibc
import Records
import Signing

struct KeysCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Makes the RSA pair, and shows what to give to the solution architect.",
    discussion: """
      The private key is written as PKCS#8 PEM, readable by you alone, and never over an existing \
      file. It stays on this machine. With --show the public key of a pair that exists is shown.
      """)

  @Option(help: "Where the private key is written.")
  var out = "pos_private_key.pem"
  @Option(help: "Show the public key that belongs to this private key; make nothing.")
  var show: String?

  func run() async throws {
    try await Failing.reported {
      if let show {
        Terminal.say(try PrivateKeyFile.read(show).publicKey.base64Line)
        return .done
      }
      let pair = try KeyPair.generate()
      try PrivateKeyFile.write(pair.privatePEM, to: out)
      Terminal.say("The private key is in \(out). Keep it on this machine, and name it in")
      Terminal.say("Mappings/connector.yaml: keys: {private: \(out)}")
      Terminal.say("Give this public key, one line, to D-Store's solution architect:")
      Terminal.say(pair.publicBase64Line)
      return .done
    }
  }
}

/// A private key on disk: mode 0600, never over an existing file.
enum PrivateKeyFile {
  static func write(_ pem: String, to path: String) throws(Problem) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw Problem(
        "key-file", at: Place(file: path),
        errno == EEXIST
          ? "the file exists, and a key is never written over"
          : "the key cannot be written: \(String(cString: strerror(errno)))",
        remedy: "Name another place with --out.")
    }
    defer { close(file) }
    let bytes = [UInt8](pem.utf8)
    guard Glibc.write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else {
      unlink(path)
      throw Problem(
        "key-file", at: Place(file: path),
        "the key cannot be written: \(String(cString: strerror(errno)))",
        remedy: "Free space there, or name another place with --out.")
    }
  }

  static func read(_ path: String) throws(Problem) -> PrivateKey {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw Problem(
        "key-file", at: Place(file: path),
        "the key cannot be read: \(String(cString: strerror(errno)))",
        remedy: "Name the private key's file.")
    }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = Glibc.read(file, &bytes, bytes.count)
    return try PrivateKey(
      text: String(decoding: bytes.prefix(max(0, count)), as: UTF8.self), origin: path)
  }
}
