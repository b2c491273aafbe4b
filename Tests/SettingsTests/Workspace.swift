import Foundation
import Records
import TestSupport

@testable import Settings

/// A real workspace in a temporary folder.
final class Workspace {
  private let folder = TemporaryFolder()
  var path: String { folder.path }

  /// - Parameter settings: what `Mappings/connector.yaml` holds; nothing leaves it out.
  init(_ settings: String?) throws {
    try FileManager.default.createDirectory(
      atPath: path + "/Mappings", withIntermediateDirectories: true)
    if let settings { try write(settings, to: "Mappings/connector.yaml") }
  }

  func write(_ text: String, to name: String, mode: Int = 0o644) throws {
    folder.write(text, to: name)
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: "\(path)/\(name)")
  }

  func load(_ variables: [String: String] = [:]) throws -> Settings {
    try Settings.load(workspace: path, environment: variables)
  }

  /// What is reported, one line for each problem, with the folder's name left out.
  func problems(_ variables: [String: String] = [:]) -> [String] {
    do throws(Problems) {
      _ = try Settings.load(workspace: path, environment: variables)
      return []
    } catch {
      return error.all.map { $0.description.replacingOccurrences(of: path, with: "WORKSPACE") }
    }
  }

  /// A private key's text, long enough to be taken for one; nobody parses it here.
  static let keyText = "MII" + String(repeating: "ABCD", count: 100)

  /// Complete settings for production; a test appends to them.
  static let production = """
    environment: production
    posAccountId: m-1
    stores: [s-1]
    currency: SGD
    timeZone: Asia/Singapore
    clientId: LIVE01
    keys:
      private: pos.pem
      dstorePublic: \(keyText)

    """
}
