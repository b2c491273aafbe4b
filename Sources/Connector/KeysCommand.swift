import ArgumentParser
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
