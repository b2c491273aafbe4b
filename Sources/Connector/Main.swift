import ArgumentParser

@main
struct Main: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dstore-connector",
    abstract: "Connects a POS that reads and writes files to D-Store.",
    version: "0.1.0",
    subcommands: [
      RunCommand.self, ServeCommand.self, CheckCommand.self, PreviewCommand.self,
      StatusCommand.self, ApproveCommand.self, RetryCommand.self, DismissCommand.self,
      ResendCommand.self, ResyncCommand.self, KeysCommand.self, SimulatorCommand.self,
    ])

  static func main() async {
    CoreDumps.forbid()
    await main(nil)
  }
}
