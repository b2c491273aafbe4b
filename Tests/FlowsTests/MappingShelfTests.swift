import Glibc
import Records
import RowMapping
import Settings
import TestSupport
import Testing

@testable import Flows

/// Which mappings of a folder are used, and what is said of the others.
@Suite struct MappingShelfTests {
  private let folder = TemporaryFolder()

  static let mapping = """
    kind: products
    files: products/FILE.csv
    columns: {id: Code}
    products:
      - {type: SINGLE, posProductId: "${id}", status: AVAILABLE}

    """

  private func shelf(
    _ mappings: [String: String], stores: String = "[S-1]"
  ) throws -> MappingShelf {
    mkdir(folder.file("Mappings"), 0o700)
    folder.write(
      "environment: simulator\nposAccountId: m\nstores: \(stores)\ncurrency: SGD\n"
        + "timeZone: Asia/Singapore\n", to: "Mappings/connector.yaml")
    for (name, text) in mappings { folder.write(text, to: "Mappings/\(name)") }
    let settings = try Settings.load(workspace: folder.path, environment: [:])
    return try MappingShelf.load(workspace: folder.path, settings: settings)
  }

  private func mapping(_ file: String, _ more: String = "") -> String {
    Self.mapping.replacing("FILE", with: file) + more
  }

  @Test("good mappings are there by their names, and no problem is")
  func good() throws {
    let shelf = try shelf(["b.yaml": mapping("b")])
    #expect(shelf.products.map(\.mapping.file.name) == ["b"])
    #expect(shelf.products.map(\.catalogue) == ["b"])
    #expect(shelf.problems == [])
    #expect(shelf.broken == [])
  }

  @Test("a mapping with a mistake is left out and named as broken; the others remain")
  func broken() throws {
    let shelf = try shelf(
      ["a.yaml": mapping("a").replacing("columns", with: "colums"), "b.yaml": mapping("b")])
    #expect(shelf.products.map(\.mapping.file.name) == ["b"])
    #expect(shelf.broken == ["a"])
    #expect(
      shelf.problems.map(\.description).first
        == "Mappings/a.yaml, line 3, position 1: \"colums\" is not a key of Mappings/a.yaml. Did "
        + "you mean \"columns\"?")
  }

  @Test("neither of two mappings for one store is used, unless they share a catalogue")
  func rivals() throws {
    let rivals = try shelf(["a.yaml": mapping("a"), "b.yaml": mapping("b")])
    #expect(rivals.products.isEmpty)
    #expect(rivals.broken == ["a", "b"])
    #expect(
      rivals.problems.map(\.description) == [
        """
        Mappings/b.yaml: this mapping and Mappings/a.yaml make products for the same store, and \
        each sync would delete the other's products (found: "S-1"). Give both the same \
        catalogue: NAME, or each its own store.
        """
      ])
    let friends = try shelf(
      ["a.yaml": mapping("a", "catalogue: all\n"), "b.yaml": mapping("b", "catalogue: all\n")])
    #expect(friends.products.map(\.catalogue) == ["all", "all"])
    #expect(friends.problems == [])
  }

  @Test("a mapping that does not say for which of several stores it is, is not used")
  func whichStore() throws {
    let shelf = try shelf(["a.yaml": mapping("a")], stores: "[S-1, S-2]")
    #expect(shelf.products.isEmpty)
    #expect(
      shelf.problems.map(\.description) == [
        """
        Mappings/a.yaml: connector.yaml lists 2 stores and the mapping does not say which is \
        meant. Add store: S-1, or store: ${…} where a column names it.
        """
      ])
  }

  @Test("a mapping for a store that is not listed is not used")
  func unknownStore() throws {
    let shelf = try shelf(["a.yaml": mapping("a", "store: S-l\n")])
    #expect(shelf.products.isEmpty)
    #expect(shelf.problems.map(\.code) == ["unknown-store"])
    #expect(shelf.problems.first?.value == "S-l")
  }

  @Test("a recipe changes with mapping, contract, currency, zone and stores, and with nothing else")
  func recipes() throws {
    let first = try shelf(["a.yaml": mapping("a")]).products[0].recipe
    #expect(try shelf(["a.yaml": mapping("a")]).products[0].recipe == first)
    let edited = try shelf(["a.yaml": mapping("a", "# edited\n")]).products[0].recipe
    #expect(edited != first)
    let renamed = try shelf(["a.yaml": mapping("a")], stores: "[S-2]").products[0].recipe
    #expect(renamed != first)
    let contract = """
      kind: contract
      messages: {syncProduct: {fields: {"products[].name": {rename: title}}}}
      """
    let agreed = try shelf(["a.yaml": mapping("a"), "z.yaml": contract]).products[0].recipe
    #expect(agreed != first)
    folder.remove("Mappings/z.yaml")
    #expect(try shelf(["a.yaml": mapping("a")]).products[0].recipe == first)
  }

  @Test("a lookup table's file is part of the recipe")
  func tableRecipe() throws {
    let text = mapping("a", "tables: {state: state.csv}\n")
    let first = try shelf(["a.yaml": text, "state.csv": "word,meaning\n1,AVAILABLE\n"])
    let second = try shelf(["a.yaml": text, "state.csv": "word,meaning\n1,UNAVAILABLE\n"])
    #expect(first.problems == [])
    #expect(first.products[0].recipe != second.products[0].recipe)
  }

  @Test("a word in a table's file that the contract does not know is told with its line")
  func tableWords() throws {
    let text = mapping("a", "tables: {state: state.csv}\n")
      .replacing("status: AVAILABLE", with: "status: '${Open | lookup(state)}'")
    let shelf = try shelf(["a.yaml": text, "state.csv": "word,meaning\n1,AVAILABLE\n0,AVALABLE\n"])
    #expect(
      shelf.problems.map(\.description) == [
        """
        Mappings/state.csv, line 3: "status" must be one of AVAILABLE, UNAVAILABLE, and the table \
        "state" says another word (found: "AVALABLE"). Did you mean "AVAILABLE"?
        """
      ])
  }

  @Test("a contract with a mistake is thrown, since its place must not be taken by the default")
  func brokenContract() throws {
    for text in ["kind: contract\nmessages: [\n", "kind: contract\nmesages: {}\n"] {
      #expect(throws: Problems.self) {
        try shelf(["a.yaml": mapping("a"), "spec.yaml": text])
      }
    }
  }
}
