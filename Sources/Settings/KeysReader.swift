import Records
import YAML

/// Reads `keys:`, with the files and the variable that stand behind it.
struct KeysReader {
  let environment: Environment
  let workspace: String
  let problems: ProblemList
  /// Whether nothing can be done without our private key.
  var needsPrivate = true

  /// - Parameters:
  ///   - section: what stands below `keys`; nothing where the key is not there.
  ///   - privateKey: the key itself, from the environment.
  ///   - place: where `keys` stands or is missing.
  func keys(_ section: YAMLSection?, privateKey: String?, at place: Place) -> Keys {
    let version = section?.integer("version")
    if let version, version < 1 {
      problems.add(
        Problem(
          "key-version", at: section?.place(of: "version") ?? place, value: String(version),
          "the key's version is a number from 1 on", remedy: "Leave it out for the first key."))
    }
    let file = section?.text("private")
    let (ours, problem) = ours(privateKey, file)
    if privateKey == nil, file == nil, facts.needsKeys, needsPrivate {
      problems.add(missingPrivate(place))
    }
    if needsPrivate, let problem { problems.add(problem) }
    let theirs = dstorePublic(section?.text("dstorePublic"), place)
    section?.finish()
    return Keys(
      privateKey: ours, version: version ?? 1, dstorePublic: theirs, privateKeyProblem: problem)
  }

  private func ours(_ variable: String?, _ file: YAMLText?) -> (KeyText?, Problem?) {
    do throws(Problem) {
      if let variable { return (try fromVariable(variable), nil) }
      return (try file.map(fromFile), nil)
    } catch {
      return (nil, error)
    }
  }

  private var facts: EnvironmentFacts { .of(environment) }

  private func fromVariable(_ text: String) throws(Problem) -> KeyText {
    let name = SettingVariables.privateKeyName
    guard !Self.isPath(text) else {
      throw Problem(
        "key-is-path", at: Place(file: name), "this variable takes the key itself, not a path",
        remedy: "Name the file in \(name)_FILE.")
    }
    return KeyText(text: text, origin: name)
  }

  private func fromFile(_ name: YAMLText) throws(Problem) -> KeyText {
    guard Self.isPath(name.text) else {
      throw Problem(
        "key-in-settings", at: name.place, "the private key itself stands where its file belongs",
        remedy: """
          Put it into a file that only its owner can read (`chmod 600 FILE`) and write the file's \
          path here, or give the key in \(SettingVariables.privateKeyName).
          """)
    }
    return try read(name, role: "the file of the private key", isSecret: true)
  }

  private func dstorePublic(_ given: YAMLText?, _ place: Place) -> KeyText? {
    if let given {
      guard Self.isPath(given.text) else { return own(given) }
      do throws(Problem) {
        return try read(given, role: "the file of D-Store's public key", isSecret: false)
      } catch {
        problems.add(error)
        return nil
      }
    }
    if let known = facts.dstorePublicKey {
      return KeyText(text: known, origin: "D-Store's known \(environment.rawValue) key")
    }
    if facts.needsKeys {
      problems.add(
        Problem(
          "missing-key", at: place,
          "D-Store's public key for \(environment.rawValue) (keys.dstorePublic) is missing",
          remedy: "The solution architect gives it at go-live: one line of Base64."))
    }
    return nil
  }

  /// A key that is written in the settings themselves; the sandbox's own proves nothing about
  /// production.
  private func own(_ given: YAMLText) -> KeyText? {
    let line = given.text.filter { !$0.isWhitespace }
    if environment == .production, line == EnvironmentFacts.sandbox.dstorePublicKey {
      problems.add(
        Problem(
          "sandbox-key", at: given.place, "this is D-Store's public key of the sandbox",
          remedy: "Production has a key of its own; the solution architect gives it at go-live."))
      return nil
    }
    return KeyText(text: given.text, origin: given.place.file ?? "keys.dstorePublic")
  }

  private func read(
    _ name: YAMLText, role: String, isSecret: Bool
  ) throws(Problem) -> KeyText {
    let file = SettingFile(name.text, role: role, at: name.place, workspace: workspace)
    return KeyText(text: try file.text(isSecret: isSecret), origin: name.text)
  }

  private func missingPrivate(_ place: Place) -> Problem {
    Problem(
      "missing-key", at: place, "our private key (keys.private) is missing",
      remedy: """
        Make a pair with `dstore-connector keys`, give its public half to the solution architect, \
        and write the private file's path here.
        """)
  }

  /// Whether a text names a file rather than being a key: the shortest usable key has far more
  /// than 200 characters, all of Base64
  /// (and of written line ends, where it was squeezed into a variable).
  private static func isPath(_ text: String) -> Bool {
    if text.contains("-----BEGIN") { return false }
    return text.utf8.count < 200 || text.contains { !$0.isBase64OrSpace }
  }
}

extension Character {
  fileprivate var isBase64OrSpace: Bool {
    isWhitespace || isASCII && (isLetter || isNumber) || "+/=\\".contains(self)
  }
}
