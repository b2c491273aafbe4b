import Foundation
import Records
import Testing

@testable import Settings

struct StoresReaderTests {
  private static func problems(_ lines: String) throws -> [String] {
    let workspace = try Workspace("environment: simulator\n\(lines)\n")
    return workspace.problems().map {
      $0.replacingOccurrences(of: "Mappings/connector.yaml, ", with: "")
    }
  }

  @Test("stores are taken as a list, as ids alone, and as a single one")
  func spellings() throws {
    for lines in [
      "stores:\n  - posStoreId: a", "stores: [a]", "stores: a", "stores: { posStoreId: a }",
    ] {
      let workspace = try Workspace("environment: simulator\n\(lines)\n")
      #expect(try workspace.load().stores.map(\.posStoreId) == ["a"], "\(lines)")
    }
  }

  @Test("an id keeps its letters")
  func letters() throws {
    let workspace = try Workspace("environment: simulator\nstores: [007, yes, 1e3, '東京 店']\n")
    #expect(
      try workspace.load().stores.map(\.posStoreId) == ["007", "yes", "1e3", "東京 店"])
  }

  @Test("limits hold to the character")
  func limits() throws {
    let fits = "stores: [\(String(repeating: "é", count: 255))]\n"
    let account = "posAccountId: \(String(repeating: "a", count: 64))"
    #expect(try Self.problems(fits + account) == [])
    let problems = try Self.problems(
      """
      stores: [s\(String(repeating: "s", count: 255))]
      posAccountId: \(String(repeating: "a", count: 65))
      """)
    #expect(
      problems == [
        "line 3, position 15: \"posAccountId\" has 65 characters; D-Store takes 64 (found: "
          + "\"\(String(repeating: "a", count: 65))\"). Write it exactly as it was agreed with "
          + "D-Store.",
        "line 2, position 10: \"posStoreId\" has 256 characters; D-Store takes 255 (found: "
          + "\"\(String(repeating: "s", count: 80))…\"). Write it exactly as it was agreed with "
          + "D-Store.",
      ])
  }

  @Test("stores that cannot be are each reported")
  func mistakes() throws {
    #expect(
      try Self.problems(
        """
        stores:
          - posStoreId: a
          - posStoreId: a
            posAccountId: other
          - posAccountId: m
          - posStoreId: "b\\t"
          - posStoreId: ' c'
          - { posStoreId: d, name: Shop }
        """) == [
          """
          line 4, position 17: the store stands twice; its first place is \
          Mappings/connector.yaml, line 3, position 17 (found: "a"). Remove one. Two merchants' \
          stores of one id need a workspace each.
          """.replacingOccurrences(of: "Mappings/connector.yaml, ", with: ""),
          "line 6, position 5: \"posStoreId\" is missing in stores. Add it: posStoreId: …",
          """
          line 7, position 17: "posStoreId" holds control characters (found: "b<U+0009>"). Write it \
          exactly as it was agreed with D-Store.
          """,
          """
          line 8, position 17: "posStoreId" begins or ends with a space (found: " c"). Write it \
          exactly as it was agreed with D-Store.
          """,
          "line 9, position 22: \"name\" is not a key of stores. Its keys are: posAccountId, "
            + "posStoreId.",
        ])
  }

  @Test("no merchant for a store is a problem, unless every store names its own")
  func merchants() throws {
    let head = """
      environment: sandbox
      currency: SGD
      timeZone: UTC
      """
    let key = ["DSTORE_KEYS_PRIVATE": Workspace.keyText]
    let own = try Workspace(head + "\nstores: [{ posStoreId: a, posAccountId: m }]\n")
    #expect(try own.load(key).posAccountId == nil)
    #expect(try own.load(key).stores.map(\.posAccountId) == ["m"])
    #expect(
      try Workspace(head + "\nstores: [a]\n").problems(key) == [
        """
        Mappings/connector.yaml, line 4, position 10: the store belongs to no merchant (found: \
        "a"). Add posAccountId: … to the store, or once for all of them.
        """
      ])
  }
}
