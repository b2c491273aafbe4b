import ArgumentParser
import Flows
import LedgerStore
import Records

struct RetryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Takes up again what was refused: a file, or what the POS said of an order.",
    discussion: "For example after its mapping was fixed.")

  @OptionGroup var workspace: WorkspaceOption
  @Argument(help: "The file's name, or the order's id, as run and status show it.")
  var name: String

  func run() async throws {
    try await Failing.reported {
      try await TakeUp(workspace: workspace, name: name, outcome: .rejected).run()
    }
  }
}
