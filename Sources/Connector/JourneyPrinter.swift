import Flows
import LedgerStore
import Records

/// Tells how far orders have come, and what of them waits for a person.
struct JourneyPrinter {
  let changes: StatusReport.Changes
  let time: (Int64) -> String

  func words() {
    if !changes.journeys.isEmpty { Terminal.heading("Last orders") }
    for journey in changes.journeys { tell(journey) }
    if !changes.unattended.isEmpty { Terminal.heading("Orders that nobody touched") }
    for problem in changes.unattended { Terminal.say("  \(problem.description)") }
    if !changes.queued.isEmpty { Terminal.heading("Changes that wait for D-Store") }
    for one in changes.queued { tell(queued: one) }
    tell("Refunds and changes that wait until a person lets them go (approve ORDER)", changes.held)
    tell("Changes of orders that were refused (retry ORDER, or dismiss ORDER)", changes.refused)
    tell("Changes whose orders have not come yet", changes.waiting)
    if !changes.refusedByDStore.isEmpty {
      Terminal.heading("Refused by D-Store (retry ORDER sends it under a new id; or dismiss ORDER)")
    }
    for one in changes.refusedByDStore {
      let delivery = one.last?.delivery
      let message = delivery?.resultMessage.map { " (\($0))" } ?? ""
      Terminal.say(
        "  order \(Problem.shown(one.requestOrderId)), \(one.words): "
          + "\(delivery?.resultCode ?? "no code")\(message)")
    }
  }

  private func tell(_ journey: OrderJourney) {
    let number = journey.shortOrderNumber.map { " number \(Problem.shown($0))" } ?? ""
    let steps = journey.steps.map(\.status).joined(separator: " → ")
    Terminal.say(
      "  \(time(journey.receivedAt))  \(Problem.shown(journey.requestOrderId))\(number), "
        + "\(journey.store): \(steps)")
  }

  private func tell(queued one: Notification) {
    let next = one.nextTryAt.map { ", next try \(time($0))" } ?? ""
    let reason = one.last.map { ": \($0.delivery.reason)" } ?? ""
    Terminal.say("  order \(Problem.shown(one.requestOrderId)), \(one.words)\(next)\(reason)")
  }

  private func tell(_ title: String, _ changes: [HeldStatusChange]) {
    guard !changes.isEmpty else { return }
    Terminal.heading(title)
    for change in changes {
      let said = change.change.fields.map { "\($0.name) \($0.json)" }.joined(separator: ", ")
      let order = Problem.shown(change.requestOrderId ?? change.change.order)
      Terminal.say("  order \(order): \(said)")
      if let problem = change.problem { Terminal.say("    \(problem.description)") }
      if let until = change.waitsUntil { Terminal.say("    until \(time(until))") }
    }
  }
}

extension JSONText {
  mutating func add(changes: StatusReport.Changes, _ time: (Int64) -> String) {
    list("journeys", changes.journeys) { json, journey in
      json.begin()
      json.string("requestOrderId", journey.requestOrderId)
      json.string("channelOrderId", journey.channelOrderId)
      json.string("posOrderId", journey.posOrderId)
      json.string("shortOrderNumber", journey.shortOrderNumber)
      json.string("store", journey.store)
      json.string("status", journey.status)
      json.string("receivedAt", time(journey.receivedAt))
      json.list("steps", journey.steps) { json, step in
        json.begin()
        json.string("status", step.status)
        json.string("origin", step.origin.rawValue)
        json.string("at", time(step.changedAt ?? step.at))
        json.end()
      }
      json.number("queued", Int64(journey.queued))
      json.number("refused", Int64(journey.refused))
      json.string("nextTryAt", journey.nextTryAt.map(time))
      json.end()
    }
    list("heldChanges", changes.held) { $0.add(change: $1) }
    list("refusedChanges", changes.refused) { $0.add(change: $1) }
    list("waitingChanges", changes.waiting) { $0.add(change: $1) }
    list("refusedNotifications", changes.refusedByDStore) { $0.add(notification: $1, time) }
    list("queuedNotifications", changes.queued) { $0.add(notification: $1, time) }
    list("unattended", changes.unattended) { $0.add(problem: $1) }
  }

  private mutating func add(notification one: Notification, _ time: (Int64) -> String) {
    begin()
    string("requestId", one.requestId)
    string("requestOrderId", one.requestOrderId)
    string("what", one.words)
    string("resultCode", one.last?.delivery.resultCode)
    string("reason", one.last?.delivery.reason)
    string("nextTryAt", one.nextTryAt.map(time))
    end()
  }

  private mutating func add(change: HeldStatusChange) {
    begin()
    string("order", change.requestOrderId ?? change.change.order)
    string("mapping", change.mapping)
    list("fields", change.change.fields) { json, field in
      json.begin()
      json.raw(field.name, field.json)
      json.end()
    }
    if let problem = change.problem { list("problems", [problem]) { $0.add(problem: $1) } }
    end()
  }
}
