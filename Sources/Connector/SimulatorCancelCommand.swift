import ArgumentParser
import Simulator

struct SimulatorCancelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: "Cancels an order as its channel does, or changes it in another way.",
    discussion: """
      A change that has not been answered yet goes again as it was, where the same is asked for.
      """)

  @OptionGroup var merchant: MerchantOption
  @Argument(help: "The order's id, such as SIM-0001.")
  var id: String
  @Option(help: "Another status of the contract's pushOrderChange, such as completed.")
  var status: String?
  @Option(help: "A word for the delivery's status; the order's own changes only by --status.")
  var deliveryStatus: String?
  @Flag(help: "Take out the last product and give its price back, as GrabFood does.")
  var edit = false
  @Flag(help: "Send it although the order's journey does not allow it.")
  var force = false

  func run() async throws {
    try await Failing.reported {
      try await merchant.call { caller, _, tell in
        if status == nil, deliveryStatus == nil, !edit {
          tell(try await caller.cancel(id, isForced: force))
        } else {
          tell(
            try await caller.push(
              status, deliveryStatus: deliveryStatus, isEdit: edit, of: id, isForced: force))
        }
      }
    }
  }
}
