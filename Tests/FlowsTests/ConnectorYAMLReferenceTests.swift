import Records
import Settings
import TestSupport
import Testing

/// The table of connector.yaml's keys in `Mappings/README.md`.
@Suite struct ConnectorYAMLReferenceTests {
  private static let settings = """
    environment: simulator
    stores: [{posStoreId: S-1}]

    """

  /// The keys that a section takes, as the message about one that it does not take lists them.
  private func keys(_ wrong: String) throws -> [String] {
    let folder = TemporaryFolder()
    folder.makeFolder("Mappings")
    folder.write(Self.settings + wrong, to: "Mappings/connector.yaml")
    var remedies: [String] = []
    do {
      _ = try Settings.load(workspace: folder.path, environment: [:])
    } catch {
      remedies = error.all.map(\.remedy).filter { $0.hasPrefix("Its keys are: ") }
    }
    let list = try #require(remedies.first).dropFirst("Its keys are: ".count).dropLast()
    return list.split(separator: ", ").map(String.init)
  }

  @Test("every key that connector.yaml takes stands in the table, and no other")
  func complete() throws {
    let sections = ["gateway", "keys"]
    var wanted = try keys("qqqqqqqqqqqq: 1\n").filter { !sections.contains($0) }
    for section in sections {
      wanted += try keys("\(section): {qqqqqqqqqqqq: 1}\n").map { "\(section).\($0)" }
    }
    let page = try MappingBench.text(of: MappingBench.repository + "/Mappings/README.md")
    let part = page[try #require(page.firstRange(of: "## connector.yaml")).upperBound...]
    let rows = part.split(separator: "\n").drop { $0 != "|---|---|---|" }.dropFirst()
      .prefix { $0.hasPrefix("|") }
    let told = rows.flatMap { row in
      row.split(separator: "|")[0].split(separator: ",").map { $0.filter { !" `".contains($0) } }
    }
    #expect(told.sorted() == wanted.sorted())
  }
}
