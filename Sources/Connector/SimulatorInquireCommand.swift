import ArgumentParser
import Simulator

struct SimulatorInquireCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inquire",
    abstract: "Asks this connector what became of an order, as D-Store does.")

  @OptionGroup var merchant: MerchantOption
  @Argument(help: "The order's id, such as SIM-0001.")
  var id: String

  func run() async throws {
    try await Failing.reported {
      try await merchant.call { caller, _, tell in tell(try await caller.inquire(id)) }
    }
  }
}
