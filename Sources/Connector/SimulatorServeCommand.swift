import ArgumentParser
import Contract
import Flows
import Records
import Settings
import Signing
import Simulator

struct SimulatorServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Runs D-Store's stand-in as a server of its own, on this machine only.",
    discussion: """
      It checks every signature, remembers every request, and answers as D-Store does. To use it, \
      set environment: sandbox in connector.yaml with the endpoint and the keys that it prints. \
      Faults for the next requests are given as a list of words: ok (none), U, F:CODE, 500, \
      429 or 429:SECONDS, unsigned, wrong-signature, cut (before the answer), cut-answer, lost \
      (done, but the answer is lost), silence, slow:SECONDS.
      """)

  @OptionGroup var workspace: WorkspaceOption
  @Option(help: "Where it listens, on the loopback address.")
  var port = 8480
  @Option(help: "What goes wrong with the next requests, such as U,ok,F:PARAM_ILLEGAL,cut.")
  var faults: String?
  @Option(help: "The chance of a fault after those, from 0 to 1.")
  var chance = 0.0
  @Option(help: "A number that makes chance repeatable.")
  var seed: UInt64 = 1

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("A port is a number from 1 to 65535; 0 takes any that is free.")
    }
    guard (0...1).contains(chance) else {
      throw ValidationError("A chance is a number from 0 to 1.")
    }
  }

  func run() async throws {
    try await Failing.reported {
      let (folder, settings) = try workspace.settings()
      let contract = try MappingShelf.load(workspace: folder, settings: settings).contract
      var setup = SimulatorConfiguration(
        folder: settings.simulatorFolder, clientId: settings.clientId)
      setup.port = port
      let simulator = try await Simulator.start(
        setup, contract: contract, faults: try plannedFaults(),
        observer: { Terminal.say($0.line) })
      introduce(simulator, settings)
      await simulator.wait()
      return .done
    }
  }

  private func plannedFaults() throws(Problem) -> Faults {
    let words = (faults ?? "").split(separator: ",").map(String.init)
    for word in words where Faults.list(word) == nil {
      throw Problem(
        "faults", value: word, "--faults has a word that is no fault",
        remedy: "dstore-connector simulator --help lists them.")
    }
    return Faults(Faults.list(faults ?? "") ?? [], probability: chance, seed: seed)
  }

  private func introduce(_ simulator: Simulator, _ settings: Settings) {
    Terminal.say("The simulator listens on \(simulator.address). In connector.yaml:")
    Terminal.say("  environment: sandbox")
    Terminal.say("  clientId: \(settings.clientId)")
    Terminal.say("  endpoint: \(simulator.address)")
    Terminal.say("  keys:")
    Terminal.say("    private: \(simulator.keys.merchantKeyPath)")
    Terminal.say("    dstorePublic: \(simulator.keys.dstore.publicKey.base64Line)")
    Terminal.say("It ends with Ctrl-C. Each request is one line:")
  }
}
