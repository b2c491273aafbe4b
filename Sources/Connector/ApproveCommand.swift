import ArgumentParser
import Flows
import LedgerStore
import Records

struct ApproveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Lets an export go that a guard holds back.")

  @OptionGroup var workspace: WorkspaceOption
  @Argument(help: "The file's name as run and status show it.")
  var name: String

  func run() async throws {
    try await Failing.reported {
      try await TakeUp(workspace: workspace, name: name, outcome: .held).run()
    }
  }
}
