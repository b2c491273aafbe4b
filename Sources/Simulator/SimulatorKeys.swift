import Glibc
package import Records
package import Signing

/// The two key pairs of a simulated D-Store: its own, and the merchant's.
package struct SimulatorKeys: Sendable {
  /// Where the merchant's private key stands: PKCS#8 PEM, mode 0600.
  package let merchantKeyPath: String
  package let merchant: PrivateKey
  /// What the simulator signs its answers with.
  package let dstore: PrivateKey

  /// Reads the pairs of a folder, and makes what is missing: the folder, either pair.
  package init(folder: String) throws(Problem) {
    try StateFile.makeFolder(folder)
    merchantKeyPath = folder + "/pos_private_key.pem"
    merchant = try Self.key(merchantKeyPath)
    dstore = try Self.key(folder + "/dstore_private_key.pem")
  }

  private static func key(_ path: String) throws(Problem) -> PrivateKey {
    if try StateFile.read(path) == nil { try make(path) }
    guard let bytes = try StateFile.read(path) else { throw StateFileWriter.problem(path) }
    return try PrivateKey(text: String(decoding: bytes, as: UTF8.self), origin: path)
  }

  /// Two processes may both make one: the first that has it in place wins.
  private static func make(_ path: String) throws(Problem) {
    let pair = try KeyPair.generate()
    let fresh = "\(path).\(getpid()).new"
    unlink(fresh)
    let writer = try StateFileWriter(creating: fresh)
    writer.output.append(text: pair.privatePEM)
    try writer.finish()
    defer { unlink(fresh) }
    guard link(fresh, path) == 0 || errno == EEXIST else { throw StateFileWriter.problem(path) }
  }
}
