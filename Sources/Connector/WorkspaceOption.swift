import ArgumentParser
import Glibc
import Records
import Settings

/// `--workspace`, which every command that reads settings takes.
struct WorkspaceOption: ParsableArguments {
  @Option(help: "The folder that holds Inbox, Outbox and Mappings.")
  var workspace = "."

  /// The folder as an absolute path, without links.
  func path() throws(Problem) -> String {
    guard let real = realpath(workspace, nil) else {
      throw Problem(
        "workspace", at: Place(file: workspace), "there is no such folder",
        remedy: "Name the folder that holds Inbox, Outbox and Mappings with --workspace.")
    }
    defer { free(real) }
    return String(cString: real)
  }

  /// - Parameter needsPrivateKey: whether nothing can be done without our private key.
  /// - Throws: every problem of the settings at once.
  func settings(
    needsPrivateKey: Bool = true
  ) throws(Problems) -> (workspace: String, settings: Settings) {
    let path: String
    do throws(Problem) { path = try self.path() } catch { throw Problems([error]) }
    let settings = try Settings.load(
      workspace: path, environment: ProcessEnvironment.variables, needsPrivateKey: needsPrivateKey)
    return (path, settings)
  }
}
