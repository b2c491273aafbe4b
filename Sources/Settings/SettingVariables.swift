import Records
import YAML

/// The `DSTORE_…` variables of the process's environment, laid over connector.yaml.
///
/// Each stands for one key of the file and is read by the same rules; an empty one counts as not
/// there.
struct SettingVariables {
  /// Variable and key. The private key itself has no key of the file.
  static let table: KeyValuePairs = [
    "DSTORE_ENVIRONMENT": "environment",
    "DSTORE_POS_ACCOUNT_ID": "posAccountId",
    "DSTORE_STORES": "stores",
    "DSTORE_CURRENCY": "currency",
    "DSTORE_TIME_ZONE": "timeZone",
    "DSTORE_CLIENT_ID": "clientId",
    privateKeyName: privateKeyName,
    "DSTORE_KEYS_PRIVATE_FILE": "keys.private",
    "DSTORE_KEYS_VERSION": "keys.version",
    "DSTORE_KEYS_DSTORE_PUBLIC": "keys.dstorePublic",
    "DSTORE_KEYS_DSTORE_PUBLIC_FILE": "keys.dstorePublic",
    "DSTORE_ENDPOINT": "endpoint",
    "DSTORE_TRUST": "trust",
    "DSTORE_STATUS_UPDATES": "statusUpdates",
    "DSTORE_GATEWAY_LISTEN": "gateway.listen",
    "DSTORE_GATEWAY_CERTIFICATE": "gateway.certificate",
    "DSTORE_GATEWAY_PRIVATE_KEY": "gateway.privateKey",
    "DSTORE_GATEWAY_PATH_PREFIX": "gateway.pathPrefix",
    "DSTORE_GATEWAY_CLOCK_SKEW": "gateway.clockSkew",
    "DSTORE_STATE": "state",
    "DSTORE_SETTLE": "settle",
    "DSTORE_REQUEST_TIMEOUT": "requestTimeout",
    "DSTORE_GIVE_UP_AFTER": "giveUpAfter",
    "DSTORE_RETENTION": "retention",
    "DSTORE_FORGET": "forget",
    "DSTORE_UNATTENDED_AFTER": "unattendedAfter",
    "DSTORE_WARN_AFTER": "warnAfter",
    "DSTORE_WARN_AFTER_TRIES": "warnAfterTries",
  ]

  static let privateKeyName = "DSTORE_KEYS_PRIVATE"

  /// The private key itself, from ``privateKeyName``.
  let privateKey: String?
  private let values: [(name: String, path: [String], text: String)]

  /// Picks out our variables; one that nobody knows is a problem, and so are two for one key.
  init(_ variables: [String: String], problems: ProblemList) {
    let given = variables.filter { $0.key.hasPrefix("DSTORE_") && !$0.value.isEmpty }
    for name in given.keys.sorted() where !Self.table.contains(where: { $0.key == name }) {
      problems.add(Self.unknown(name))
    }
    privateKey = given[Self.privateKeyName]
    values = Self.table.compactMap { name, key in
      guard name != Self.privateKeyName, let text = given[name] else { return nil }
      return (name, key.split(separator: ".").map(String.init), text)
    }
    for (name, other) in Self.rivals where given[name] != nil && given[other] != nil {
      problems.add(
        Problem(
          "variable-twice", at: Place(file: name), "\(name) and \(other) are both set",
          remedy: "Remove one of the two."))
    }
  }

  /// The file's tree with the variables in place of what it says.
  func laid(over root: YAMLNode, _ problems: ProblemList) -> YAMLNode {
    values.reduce(root) { root, value in
      guard let node = Self.node(value.name, value.text, problems) else { return root }
      return Self.replaced(root, value.path[...], node)
    }
  }

  /// A text; `DSTORE_STORES` is a list in YAML or with commas.
  private static func node(
    _ name: String, _ text: String, _ problems: ProblemList
  ) -> YAMLNode? {
    let place = Place(file: name)
    guard name == "DSTORE_STORES" else {
      return YAMLNode(content: .scalar(text, isPlain: false), place: place)
    }
    if text.hasPrefix("[") || text.hasPrefix("- ") {
      do throws(Problem) {
        return try YAML.parse(Array(text.utf8), file: name)
      } catch {
        problems.add(error)
        return nil
      }
    }
    let ids = text.split(separator: ",").map { id in
      YAMLNode(content: .scalar(Self.trimmed(id), isPlain: false), place: place)
    }
    return YAMLNode(content: .list(ids), place: place)
  }

  /// `root` with `value` at a path; what is in the way and is no mapping is left for its reader
  /// to complain about.
  private static func replaced(
    _ root: YAMLNode, _ path: ArraySlice<String>, _ value: YAMLNode
  ) -> YAMLNode {
    guard let key = path.first else { return value }
    var entries: [YAMLEntry] = []
    if case .mapping(let present) = root.content {
      entries = present
    } else if !root.isAbsent {
      return root
    }
    let old = entries.first { $0.key == key }
    let empty = YAMLNode(content: .mapping([]), place: value.place)
    let node = replaced(old?.value ?? empty, path.dropFirst(), value)
    entries.removeAll { $0.key == key }
    entries.append(YAMLEntry(key: key, place: old?.place ?? value.place, value: node))
    return YAMLNode(content: .mapping(entries), place: root.place)
  }

  private static let rivals = [
    (privateKeyName, "DSTORE_KEYS_PRIVATE_FILE"),
    ("DSTORE_KEYS_DSTORE_PUBLIC", "DSTORE_KEYS_DSTORE_PUBLIC_FILE"),
  ]

  private static func trimmed(_ text: Substring) -> String {
    let from = text.drop { $0 == " " }
    return String(from.dropLast(from.reversed().prefix { $0 == " " }.count))
  }

  /// The prefix is left out when names are compared: it would make all of them alike.
  private static func unknown(_ name: String) -> Problem {
    let short = { (name: String) in String(name.dropFirst("DSTORE_".count)) }
    let near = nearest(to: short(name), among: table.map { short($0.key) })
    let names = table.map(\.key).joined(separator: ", ")
    return Problem(
      "unknown-variable", at: Place(file: name),
      "no setting has this environment variable",
      remedy: near.map { "Did you mean DSTORE_\($0)?" } ?? "The variables are: \(names).")
  }
}
