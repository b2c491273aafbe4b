import Foundation

/// A workspace of an invented shop, and the program beside it.
struct Shop {
  let folder = TemporaryFolder()
  let dstore = StandIn()

  static let connector: String = {
    let own = try! FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return URL(fileURLWithPath: own).deletingLastPathComponent()
      .appendingPathComponent("dstore-connector").path
  }()

  static let mapping = """
    kind: products
    files: products/menu*.csv
    columns: {id: Code, name: Name, price: Price, open: Open}
    tables: {state: {Y: AVAILABLE, N: UNAVAILABLE}}
    products:
      - type: SINGLE
        posProductId: ${id}
        name: ${name}
        price: ${price}
        status: ${open | lookup(state)}

    """

  static let menu = """
    Code,Name,Price,Open
    A1,Laksa,6.50,Y
    A2,Satay,8.00,Y
    A3,Teh,1.80,Y
    A4,Kopi,1.60,Y

    """

  /// A shop with a mapping and an empty inbox that talks to the double.
  init(mapping: String? = Shop.mapping, stores: [String] = ["S-1"], more: String = "") {
    folder.write("Inbox/products/.keep", "")
    folder.write("Outbox/.keep", "")
    settings(stores: stores, more: more)
    if let mapping { folder.write("Mappings/menu.yaml", mapping) }
  }

  /// Writes connector.yaml anew.
  func settings(
    stores: [String] = ["S-1"], endpoint: String? = nil, trust: String? = nil, key: String? = nil,
    more: String = ""
  ) {
    let keys = DStoreDouble.shared.folder
    folder.write(
      "Mappings/connector.yaml",
      """
      environment: sandbox
      posAccountId: merchant
      stores: [\(stores.map { "{posStoreId: \($0)}" }.joined(separator: ", "))]
      currency: SGD
      timeZone: Asia/Singapore
      clientId: \(DStoreDouble.clientId)
      keys: {private: \(key ?? keys.path("merchant.pem")), dstorePublic: \(keys.path("dstore.pub"))}
      endpoint: \(endpoint ?? dstore.endpoint)
      trust: \(trust ?? keys.path("authority.pem"))
      settle: 50ms
      \(more)

      """)
  }

  func drop(_ text: String, as name: String = "menu.csv") {
    folder.write("Inbox/products/\(name)", text)
  }

  func start(_ words: String..., environment: [String: String] = [:]) -> Program {
    Program([Self.connector] + words, in: folder.path, environment: environment)
  }

  func run(_ words: String..., environment: [String: String] = [:]) async -> Program.Ending {
    await plain(
      Program([Self.connector, "run"] + words, in: folder.path, environment: environment).end())
  }

  func command(_ words: String...) async -> Program.Ending {
    await plain(Program([Self.connector] + words, in: folder.path).end())
  }

  /// Runs a shell's script in the workspace; `$C` is the program.
  func shell(_ script: String) async -> Program.Ending {
    await plain(
      Program(["sh", "-c", script], in: folder.path, environment: ["C": Self.connector]).end())
  }

  /// What a program said, with the words that differ from test to test replaced.
  func plain(_ ending: Program.Ending) -> Program.Ending {
    var ending = ending
    for part in [\Program.Ending.out, \.err] {
      ending[keyPath: part] = ending[keyPath: part]
        .replacing(folder.path, with: "WS").replacing(dstore.endpoint, with: "DSTORE")
        .replacing("127.0.0.1:\(DStoreDouble.shared.port)", with: "HOST")
        .replacing(DStoreDouble.shared.folder.path, with: "KEYS")
        .replacing(/in \d+ s:/, with: "in SECONDS s:").replacing(/[0-9a-f]{32}/, with: "REQUEST")
        .replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00/, with: "TIME")
        .replacing(/archive\/\d{4}-\d\d-\d\d/, with: "archive/DAY")
    }
    return ending
  }

  /// Every file of the inbox, wherever it is, without what the ledger leaves there; the day of the
  /// archive as DAY.
  var inbox: [String] {
    let files = folder.files("Inbox").filter {
      !$0.hasSuffix(".keep") && !$0.hasPrefix(".work/ledger.")
    }
    return files.map { name in
      name.replacing(/archive\/\d{4}-\d\d-\d\d\//, with: "archive/DAY/")
    }
  }

  /// The first column of a query on the ledger.
  func ledger(_ query: String) -> [String] { folder.ledger(query) }

  /// Makes every rest of the ledger's requests end now, as time would.
  func passTime() {
    change("UPDATE request SET nextTryAt = 0")
  }

  func change(_ statement: String) { folder.change(statement) }
}
