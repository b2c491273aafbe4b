import Flows
import Foundation
import Records
import RowMapping
import Settings
import Testing

/// The workspace that the repository itself is.
struct SampleWorkspaceTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    let mapping: String
    let export: String
    /// How many products each of the stores gets.
    let products: [Int]

    var testDescription: String { mapping }
  }

  static let stores = ["kopi-tiong-bahru", "kopi-katong", "backhaus-mitte", "harbour-burger"]

  static let samples = [
    Sample(mapping: "kopi-corner", export: "kopi-corner-items.csv", products: [21, 21, 0, 0]),
    Sample(mapping: "backhaus", export: "backhaus-artikel.csv", products: [0, 0, 19, 0]),
    Sample(mapping: "harbour-burger", export: "harbour-burger-menu.json", products: [0, 0, 0, 24]),
  ]

  private static let bench = MappingBench(folder: MappingBench.repository + "/Mappings")

  @Test("a sample mapping keeps its own tests, and has some", arguments: samples)
  func tests(_ sample: Sample) throws {
    let mapping = try Self.bench.mapping(sample.mapping)
    #expect(mapping.tests.count >= 2)
    #expect(Self.bench.failures(of: mapping, stores: Self.stores) == [])
  }

  @Test(
    "a sample mapping of orders keeps its own tests, and has some",
    arguments: ["backhaus-orders", "harbour-burger-orders"])
  func orderTests(_ name: String) throws {
    let bench = OrderBench(folder: Self.bench.folder)
    let entry = try bench.mapping(name)
    #expect(entry.mapping.tests.count >= 2)
    #expect(bench.failures(of: entry) == [])
    #expect(entry.mapping.notes.map(\.description) == [])
  }

  @Test(
    "a sample mapping of statuses keeps its own tests, and has some",
    arguments: ["kopi-corner", "backhaus", "harbour-burger"])
  func statusTests(_ name: String) throws {
    let bench = StatusBench(folder: Self.bench.folder)
    let mapping = try bench.mapping("status-\(name)")
    #expect(mapping.tests.count >= 1)
    #expect(bench.failures(of: mapping) == [])
    #expect(mapping.file.afterDone == .keep)
  }

  @Test("a sample export goes through its mapping without a problem", arguments: samples)
  func export(_ sample: Sample) throws {
    let mapping = try Self.bench.mapping(sample.mapping)
    let file = "\(MappingBench.repository)/Inbox/products/\(sample.export)"
    let outcome = try MappingBench.run(mapping, [file], stores: Self.stores).outcome
    #expect(outcome.problems.map(\.description) == [])
    #expect(outcome.products == sample.products)
    #expect(mapping.badRows.allows(outcome))
  }

  @Test("the sample settings are those of the simulator and list the samples' stores")
  func settings() throws {
    let settings = try Settings.load(workspace: MappingBench.repository, environment: [:])
    #expect(settings.environment == .simulator)
    #expect(settings.endpoint == nil)
    #expect(settings.stores.map(\.posStoreId) == Self.stores)
    #expect(
      settings.stores.map(\.posAccountId) == ["kopi-corner", "kopi-corner", "backhaus", "harbour"])
  }

  @Test("with what it hides in comments the sample file speaks of the sandbox, and lacks only keys")
  func sandbox() throws {
    let file = try MappingBench.text(of: MappingBench.repository + "/Mappings/connector.yaml")
    let lines = file.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("#") && !line.hasPrefix("# ") && !line.hasPrefix("#--")
        || line.hasPrefix("#  ") ? line.dropFirst() : line
    }
    let text = lines.joined(separator: "\n")
      .replacing("environment: simulator", with: "environment: sandbox")
    let folder = NSTemporaryDirectory() + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(
      atPath: folder + "/Mappings", withIntermediateDirectories: true)
    try text.write(
      toFile: folder + "/Mappings/connector.yaml", atomically: false, encoding: .utf8)
    let error = #expect(throws: Problems.self) {
      try Settings.load(workspace: folder, environment: [:])
    }
    #expect(
      error?.all.compactMap(\.value) == [
        "/etc/dstore/pos_private_key.pem", "/etc/dstore/dstore_public_key.pem",
        "/etc/dstore/ca.pem", "/etc/dstore/fullchain.pem", "/etc/dstore/privkey.pem",
      ])
  }

  @Test("a run leaves the checkout as it was, because the sample mappings keep their files")
  func keeps() throws {
    for sample in Self.samples {
      #expect(try Self.bench.mapping(sample.mapping).file.afterDone == .keep)
    }
  }
}
