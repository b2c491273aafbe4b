import Contract
import Flows
import Records
import RowMapping

/// Changes in short: `READY @5 refund 2.50 ticket A1` is five minutes after the order came.
enum OrderLine {
  static let sgd = Currency(code: "SGD")!
  /// 14 March 2026, 11:00 in Singapore.
  static let received: Int64 = 1_773_457_200_000

  static func minutes(_ count: Int64) -> Int64 { received + count * 60_000 }

  static func change(_ text: String, order: String = "7", line: Int = 1) -> OrderChange {
    var change = OrderChange(
      order: order, matchBy: .channelOrderId, fields: [],
      place: Place(file: "Inbox/status/day.csv", line: line, record: line))
    let words = text.split(separator: " ").map(String.init)
    var index = 0
    while index < words.count {
      let next = index + 1 < words.count ? words[index + 1] : ""
      switch words[index] {
      case "refund":
        let cents = Int64(next.replacing(".", with: ""))!
        change.refund = Amount(value: cents, currency: sgd)
        add("refundAmount", "{\"value\":\(cents),\"currency\":\"SGD\"}", to: &change)
        index += 1
      case "ticket":
        add("shortOrderNumber", "\"\(next)\"", to: &change)
        index += 1
      case let word where word.hasPrefix("@"):
        change.changedAt = minutes(Int64(word.dropFirst())!)
      case let word:
        change.orderStatus = word
        add("orderStatus", "\"\(word)\"", to: &change)
      }
      index += 1
    }
    return change
  }

  private static func add(_ name: String, _ json: String, to change: inout OrderChange) {
    change.fields.append(OrderChange.Field(name: name, role: name, json: json))
  }

  /// An order of 20.00 that is as the POS has left it.
  static func order(_ statuses: String = "ORDER_SUCCESS", total: Amount? = total) -> KnownOrder {
    KnownOrder(
      statuses: statuses.split(separator: " ").map { KnownOrder.Past(String($0)) }, total: total,
      receivedAt: received)
  }

  static let total: Amount? = Amount(value: 2000, currency: sgd)

  static func rules(
    fills: Bool = false, refunds: StatusMapping.Refunds = .delta
  ) throws -> ChangeRules {
    ChangeRules(
      contract: try Contract.load(), fillsJourney: fills, refunds: refunds,
      waitForOrder: .seconds(3_600), mapping: "Mappings/status.yaml",
      zone: Zone(name: "Asia/Singapore", offsetSeconds: 28_800))
  }

  /// A decision in short: `ACCEPTED+, READY ticket "A1"`; a step that is filled in has a `+`.
  static func words(_ decision: ChangeDecision) -> String {
    switch decision {
    case .done(.seenBefore): "seen"
    case .done(.alreadySo): "so already"
    case .queue(let notifications): words(notifications)
    case .hold(let problem, let meanwhile):
      "held \(problem.code)" + (meanwhile.isEmpty ? "" : ", meanwhile \(words(meanwhile))")
    case .refuse(let problem): "refused \(problem.code)"
    }
  }

  private static func words(_ notifications: [ChangeNotification]) -> String {
    notifications.map { notification in
      let fields = notification.fields.map { field in
        switch field.role {
        case "orderStatus": String(field.json.dropFirst().dropLast())
        case "refundAmount": "refund " + (notification.refund?.text ?? "?")
        default: "\(field.name) \(field.json)"
        }
      }
      return fields.joined(separator: " ") + (notification.isFilledIn ? "+" : "")
    }.joined(separator: ", ")
  }
}
