import Flows
import LedgerStore
import Records

/// Tells how orders stand, in words.
struct OrderPrinter {
  let orders: OrderSummary
  let time: (Int64) -> String

  func words() {
    guard !orders.isEmpty else { return }
    let counts = orders.counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    Terminal.heading(
      "Orders of the last \(StatusReport.lately): "
        + counts.joined(separator: ", ").orElse("none"))
    if orders.waitingCount > 0 {
      Terminal.say("  \(orders.waitingCount) file(s) wait for the outbox:")
      for waiting in orders.waiting {
        Terminal.say(
          "    \(waiting.subject.words), received \(time(waiting.receivedAt)): "
            + (waiting.reason ?? "not tried yet"))
        if waiting.reason != nil, !waiting.remedy.isEmpty {
          Terminal.say("      \(waiting.remedy)")
        }
      }
    }
    for flagged in orders.flagged {
      Terminal.say("  flagged: \(flagged.subject.words), \(flagged.flag.words)")
    }
    for conflict in orders.conflicts {
      Terminal.say(
        "  refused: \(conflict.subject.words) came again with another content, \(conflict.count) "
          + "time(s), last \(time(conflict.lastAt)); the first one stands. Tell your D-Store "
          + "solution architect.")
    }
    for doubtful in orders.doubtful {
      Terminal.say(
        "  Outbox/\(doubtful.name) of \(doubtful.subject.words) was written after a power cut, and "
          + "perhaps before it too; ask the kitchen whether it came twice.")
    }
  }
}

extension OrderSummary {
  var isEmpty: Bool {
    counts.isEmpty && waiting.isEmpty && flagged.isEmpty && conflicts.isEmpty && doubtful.isEmpty
  }
}

extension OrderSummary.Subject {
  /// `order A-17`, `change R-2 of order A-17`.
  var words: String {
    let order = "order \(Problem.shown(requestOrderId))"
    return requestId.map { "change \(Problem.shown($0)) of \(order)" } ?? order
  }
}

extension JSONText {
  mutating func add(orders: OrderSummary, _ time: (Int64) -> String) {
    object("orders") { json in
      json.object("counts") { json in
        for (status, count) in orders.counts.sorted(by: { $0.key < $1.key }) {
          json.number(status, Int64(count))
        }
      }
      json.number("waitingCount", Int64(orders.waitingCount))
      json.list("waiting", orders.waiting) { json, waiting in
        json.begin()
        json.add(subject: waiting.subject)
        json.string("receivedAt", time(waiting.receivedAt))
        json.number("tries", Int64(waiting.tries))
        json.string("reason", waiting.reason)
        json.string("remedy", waiting.reason.map { _ in waiting.remedy })
        json.string("nextTryAt", waiting.nextTryAt.map(time))
        json.end()
      }
      json.list("flagged", orders.flagged) { json, flagged in
        json.begin()
        json.add(subject: flagged.subject)
        json.string("code", flagged.flag.code)
        json.string("field", flagged.flag.field)
        json.string("message", flagged.flag.message)
        json.end()
      }
      json.list("conflicts", orders.conflicts) { json, conflict in
        json.begin()
        json.add(subject: conflict.subject)
        json.number("count", Int64(conflict.count))
        json.string("lastAt", time(conflict.lastAt))
        json.end()
      }
      json.list("doubtful", orders.doubtful) { json, doubtful in
        json.begin()
        json.add(subject: doubtful.subject)
        json.string("name", doubtful.name)
        json.end()
      }
    }
  }

  private mutating func add(subject: OrderSummary.Subject) {
    string("requestOrderId", subject.requestOrderId)
    string("requestId", subject.requestId)
  }
}
