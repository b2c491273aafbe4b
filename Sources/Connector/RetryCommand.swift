import ArgumentParser
import Flows
import LedgerStore
import Records

struct RetryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Takes a rejected export up again, for example after its mapping was mended.")

  @OptionGroup var workspace: WorkspaceOption
  @Argument(help: "The file's name as run and status show it.")
  var name: String

  func run() async throws {
    try await Failing.reported {
      try await TakeUp(workspace: workspace, name: name, outcome: .rejected).run()
    }
  }
}
