import ArgumentParser

struct SimulatorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulator",
    abstract: "D-Store's stand-in on this machine: a server of its own, and the orders it places.",
    discussion: """
      Without a subcommand the server runs; simulator serve --help shows its options. The other \
      subcommands call this connector as D-Store does, signed with the simulator's key: serve \
      takes such calls where environment is simulator, or where keys.dstorePublic names that key.
      """,
    subcommands: [
      SimulatorServeCommand.self, SimulatorOrderCommand.self, SimulatorInquireCommand.self,
      SimulatorCancelCommand.self,
    ],
    defaultSubcommand: SimulatorServeCommand.self)
}
