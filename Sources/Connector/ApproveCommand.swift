import ArgumentParser
import Flows
import LedgerStore
import Records

struct ApproveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Lets go what waits for a person: an export that a guard holds back, a refund.")

  @OptionGroup var workspace: WorkspaceOption
  @Argument(help: "The file's name, or the order's id, as run and status show it.")
  var name: String

  func run() async throws {
    try await Failing.reported {
      try await TakeUp(workspace: workspace, name: name, outcome: .held).run()
    }
  }
}
