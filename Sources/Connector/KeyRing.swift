import DStoreAPI
import LedgerStore
import Records
import Settings
import Signing
import Simulator

/// The keys of the settings, read.
struct KeyRing {
  let signing: PrivateKey
  let verifying: PublicKey

  /// - Throws: keys that are missing or cannot be used.
  init(_ settings: Settings) throws(Problem) {
    if settings.endpoint == nil {
      self.init(try SimulatorKeys(folder: settings.simulatorFolder))
      return
    }
    guard let own = settings.keys.privateKey, let dstore = settings.keys.dstorePublic else {
      throw Problem(
        "missing-key", at: Place(file: Settings.file),
        "keys.private or keys.dstorePublic is missing",
        remedy: "Make a pair with dstore-connector keys, and name it under keys:.")
    }
    self.init(
      signing: try PrivateKey(text: own.text, origin: own.origin),
      verifying: try PublicKey(text: dstore.text, origin: dstore.origin))
    guard signing.publicKey != verifying else {
      throw Problem(
        "own-key", at: Place(file: dstore.origin),
        "keys.dstorePublic is the public half of your own key, so no message of D-Store's could be "
          + "verified",
        remedy: "Write D-Store's public key there; the solution architect gives it.")
    }
  }

  /// Those of D-Store's stand-in on this machine.
  init(_ keys: SimulatorKeys) {
    self.init(signing: keys.merchant, verifying: keys.dstore.publicKey)
  }

  private init(signing: PrivateKey, verifying: PublicKey) {
    self.signing = signing
    self.verifying = verifying
  }

  /// Reads keys and trusted authorities before anything is touched, because a file that looks like
  /// one may be none.
  ///
  /// - Throws: everything that is wrong with them.
  static func check(_ settings: Settings) throws(Problems) {
    guard let endpoint = settings.endpoint else { return }
    var problems: [Problem] = []
    if !endpoint.isPlain, let problem = SystemAuthorities.problem { problems.append(problem) }
    do throws(Problem) { _ = try KeyRing(settings) } catch { problems.append(error) }
    if let trust = settings.trust, let problem = TrustFile.problem(trust) {
      problems.append(problem)
    }
    if !problems.isEmpty { throw Problems(problems) }
  }

  /// The same for one who only looks, and who may be another user than the connector's: a private key
  /// that is given to the connector alone is no problem.
  static func problems(forLooking settings: Settings) -> [Problem] {
    if let problem = settings.keys.privateKeyProblem {
      let isOthers = problem.code == "file-unreadable" && !Ledger.isOwn(folder: settings.state)
      return isOthers ? [] : [problem]
    }
    if settings.endpoint != nil, settings.keys.privateKey == nil { return [] }
    do throws(Problems) {
      try check(settings)
      return []
    } catch {
      return error.all
    }
  }
}

extension Settings {
  /// Where D-Store's stand-in keeps what it knows.
  var simulatorFolder: String { "\(state)/simulator" }
}
