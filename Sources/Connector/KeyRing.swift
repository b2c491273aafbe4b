import Records
import Settings
import Signing

/// The keys of the settings, read.
struct KeyRing {
  let signing: PrivateKey
  let verifying: PublicKey

  init(_ settings: Settings) throws(Problem) {
    guard let own = settings.keys.privateKey, let dstore = settings.keys.dstorePublic else {
      throw Problem(
        "missing-key", at: Place(file: Settings.file),
        "keys.private or keys.dstorePublic is missing",
        remedy: "Make a pair with dstore-connector keys, and name it under keys:.")
    }
    signing = try PrivateKey(text: own.text, origin: own.origin)
    verifying = try PublicKey(text: dstore.text, origin: dstore.origin)
  }

  /// Reads the keys before anything is touched, because a file that looks like a key may be none.
  static func check(_ settings: Settings) throws(Problems) {
    guard settings.endpoint != nil else { return }
    do throws(Problem) { _ = try KeyRing(settings) } catch { throw Problems([error]) }
  }
}
