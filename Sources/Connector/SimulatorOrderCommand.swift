import ArgumentParser
import Records
import Settings
import Simulator

struct SimulatorOrderCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "order",
    abstract: "Places orders with this connector, as D-Store does.",
    discussion: """
      The products are those that were synced to the simulator for the store, or invented ones. \
      Services and channels take turns where none is named. Each order is kept under its id, so \
      that it can be repeated, asked for and cancelled.
      """)

  @OptionGroup var merchant: MerchantOption
  @Option(help: "A service of the contract, such as dine-in, pickup or delivery.")
  var service: String?
  @Option(help: "A channel of the contract, such as grabfood.")
  var channel: String?
  @Option(help: "The store, else the first that has a menu.")
  var store: String?
  @Option(help: "The account, where it is not the store's in connector.yaml.")
  var account: String?
  @Option(help: "How many orders.")
  var count = 1
  @Option(help: "What the buyer writes to the first product.")
  var note: String?
  @Flag(help: "Let the order say another sum than its products make.")
  var wrongTotal = false
  @Option(name: .customLong("repeat"), help: "Send the order of this id again, byte by byte.")
  var again: String?

  func validate() throws {
    guard count > 0 else { throw ValidationError("A count is a number from 1.") }
  }

  func run() async throws {
    try await Failing.reported {
      try await merchant.call { caller, settings, tell in
        let wish = again == nil ? try wish(caller, settings) : nil
        for _ in 0..<count {
          if let wish {
            tell(try await caller.place(wish))
          } else if let again {
            tell(try await caller.placeAgain(again))
          }
        }
      }
    }
  }

  private func wish(_ caller: OrderCaller, _ settings: Settings) throws(Problem) -> OrderWish {
    let (account, store) = try owner(caller, settings)
    var wish = OrderWish(account: account, store: store, currency: settings.currency)
    wish.service = service
    wish.channel = channel
    wish.note = note
    wish.hasWrongTotal = wrongTotal
    return wish
  }

  private func owner(
    _ caller: OrderCaller, _ settings: Settings
  ) throws(Problem) -> (account: String, store: String) {
    let known = settings.stores.map { (account: $0.posAccountId, store: $0.posStoreId) }
    guard let store else {
      let first = try caller.storesWithMenu(among: known).first ?? known[0]
      return (account ?? first.account, first.store)
    }
    if let account = account ?? known.first(where: { $0.store == store })?.account {
      return (account, store)
    }
    let guess = suggestion(for: store, among: known.map(\.store))
    throw Problem(
      "unknown-store", value: store, "connector.yaml has no store of this name",
      remedy: guess.orElse("Name its account with --account, to order there anyway."))
  }
}
