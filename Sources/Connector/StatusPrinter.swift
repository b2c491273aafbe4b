import Flows
import LedgerStore
import Records

/// Tells the status in words or as JSON.
struct StatusPrinter {
  let status: StatusReport
  /// The run that is active now.
  let run: RunHolder?
  let zone: Zone
  let remedy: (String?) -> String

  func print(asJSON: Bool) -> Exit {
    if asJSON { Terminal.say(json: json) } else { words() }
    return exit
  }

  private var exit: Exit {
    if !status.wrong.isEmpty { return .wrongSettings }
    if !urgent.isEmpty || !status.rejected.isEmpty || !status.held.isEmpty
      || !status.refused.isEmpty || !status.unheard.isEmpty || !status.heldReleases.isEmpty
      || status.orders?.waiting.contains(where: { $0.reason != nil }) == true
      || (status.changes.map { $0.counts.held + $0.counts.refused + $0.unattended.count } ?? 0) > 0
    {
      return .needsPerson
    }
    return status.open.isEmpty && (status.changes?.counts.queued ?? 0) == 0 ? .done : .tryLater
  }

  private func words() {
    GapPrinter(status: status, zone: zone, time: time).words()
    if !urgent.isEmpty { Terminal.say("Needs attention (\(urgent.count))") }
    for problem in urgent {
      Terminal.say("  \(problem.description)")
      for row in status.badRows[problem] ?? [] { Terminal.say("    \(row)") }
    }
    if let run, let since = run.since { Terminal.say("\(run.words), since \(time(since)).") }
    if urgent.isEmpty { Terminal.say("Stores") } else { Terminal.heading("Stores") }
    for store in status.stores { tell(store) }
    if !status.waiting.isEmpty { Terminal.heading("Files in the inbox that wait") }
    for file in status.waiting { tell(waiting: file) }
    tellFiles("Held back by a guard (approve NAME lets one go)", status.held)
    tellFiles(
      "Rejected (when a mapping was fixed, retry NAME takes one up again)", status.rejected)
    if !status.refused.isEmpty { Terminal.heading("Refused by D-Store") }
    for request in status.refused { tell(refused: request) }
    if let orders = status.orders { OrderPrinter(orders: orders, time: time).words() }
    if !status.unheard.isEmpty {
      Terminal.heading("Orders that only a person can bring to the kitchen")
    }
    for problem in status.unheard { Terminal.say("  \(problem.description)") }
    if let changes = status.changes { JourneyPrinter(changes: changes, time: time).words() }
    if !status.recent.isEmpty { Terminal.heading("Last files") }
    for file in status.recent {
      Terminal.say(
        "  \(time(file.endedAt ?? file.createdAt))  Inbox/\(file.name): "
          + "\(file.outcome?.rawValue ?? "being read"), "
          + file.summary.orElse("D-Store has not decided on it yet"))
    }
  }

  /// What the last run failed at is left out where it is told as it is now.
  private var urgent: [Problem] {
    let now = status.wrong + status.problems
    return now
      + status.failures.filter { failure in
        !now.contains { $0.code == failure.code && $0.place.file == failure.place.file }
      }
  }

  private func tell(waiting file: WaitingFile) {
    let since = file.runs > 0 ? ", since \(time(file.since))" : ""
    Terminal.say("  Inbox/\(file.name): \(file.reason)\(since)")
  }

  private func tell(_ store: StatusReport.Store) {
    let accepted = store.accepted.map { sync in
      "\(sync.productCount) products, accepted \(time(sync.acceptedAt))"
        + (sync.isKnown
          ? ""
          : "; D-Store may hold something else, so the next list is a whole one "
            + "(\(ShellCommand.line("resync", store.posStoreId)) sends it now)")
    }
    Terminal.say("  \(store.posStoreId): \(accepted ?? "nothing sent yet")")
    for request in store.open {
      let next = request.nextTryAt.map { ", next try \(time($0))" } ?? ""
      Terminal.say(
        "    waiting: request \(request.requestId), \(request.tries) tries\(next): "
          + (request.last?.delivery.reason ?? "not sent yet"))
    }
  }

  private func tellFiles(_ title: String, _ files: [FileRecord]) {
    guard !files.isEmpty else { return }
    Terminal.heading(title)
    for file in files {
      Terminal.say("  Inbox/\(file.target ?? file.name): \(file.summary)")
    }
  }

  private func tell(refused request: SyncRequest) {
    let delivery = request.last?.delivery
    let message = delivery?.resultMessage.map { " (\($0))" } ?? ""
    let words =
      request.state == .givenUp
      ? "given up without an answer. D-Store may have it or not: have the POS export again, or run "
        + "dstore-connector retry with the rejected file."
      : "\(delivery?.resultCode ?? "no code")\(message). \(remedy(delivery?.resultCode))"
    Terminal.say(
      "  store \(request.store), \(time(request.endedAt ?? request.createdAt)): \(words)")
  }

  private func time(_ milliseconds: Int64) -> String {
    WireTime.text(epochMilliseconds: milliseconds, zone: zone)
  }

  private var json: String {
    var object = JSONText()
    object.begin()
    object.list("attention", urgent) { $0.add(problem: $1) }
    object.list("badRows", status.badRows.sorted { $0.key.description < $1.key.description }) {
      json, entry in
      json.begin()
      json.string("file", entry.key.place.file)
      json.list("problems", entry.value) { $0.text($1) }
      json.end()
    }
    object.add("activeRun", run, in: zone)
    object.list("ledgerGaps", status.gaps) { $0.add(problem: $1.problem(in: zone)) }
    object.list("heldOrders", status.heldReleases) { json, held in
      json.begin()
      json.string("requestOrderId", held.requestOrderId)
      json.string("requestId", held.requestId)
      json.string("receivedAt", time(held.receivedAt))
      json.end()
    }
    object.list("stores", status.stores) { $0.add(store: $1, time) }
    object.list("setAside", status.setAside) { json, file in
      json.begin()
      json.string("name", file.name)
      json.string("workName", file.workName)
      json.string("reason", file.trouble)
      json.string("remedy", ShellCommand.line("dismiss", file.name))
      json.end()
    }
    object.list("waitingFiles", status.waiting) { json, file in
      json.begin()
      json.string("name", file.name)
      json.string("mapping", file.mapping)
      json.string("reason", file.reason)
      json.string("since", file.runs > 0 ? time(file.since) : nil)
      json.number("runs", Int64(file.runs))
      json.end()
    }
    object.list("held", status.held) { $0.add(file: $1) }
    object.list("rejected", status.rejected) { $0.add(file: $1) }
    object.list("refused", status.refused) { $0.add(request: $1) }
    object.list("recent", status.recent) { $0.add(file: $1) }
    if let orders = status.orders { object.add(orders: orders, time) }
    object.list("unheardOrders", status.unheard) { $0.add(problem: $1) }
    if let changes = status.changes { object.add(changes: changes, time) }
    object.number("exit", Int64(exit.rawValue))
    object.end()
    return object.text
  }
}

extension JSONText {
  fileprivate mutating func add(store: StatusReport.Store, _ time: (Int64) -> String) {
    begin()
    string("posStoreId", store.posStoreId)
    number("products", store.accepted.map { Int64($0.productCount) })
    string("acceptedAt", store.accepted.map { time($0.acceptedAt) })
    list("waiting", store.open) { $0.add(request: $1) }
    end()
  }

  fileprivate mutating func add(file: FileRecord) {
    begin()
    string("name", file.name)
    string("mapping", file.mapping)
    string("outcome", file.outcome?.rawValue)
    string("target", file.target)
    number("records", Int64(file.records))
    number("problemCount", Int64(file.problemCount))
    string("summary", file.summary)
    end()
  }

  fileprivate mutating func add(request: SyncRequest) {
    begin()
    string("api", request.api)
    string("requestId", request.requestId)
    string("store", request.store)
    string("state", request.state.rawValue)
    number("tries", Int64(request.tries))
    string("resultCode", request.last?.delivery.resultCode)
    string("reason", request.last?.delivery.reason)
    end()
  }
}
