import Flows
import JSON
import LedgerStore
import Records

extension RunPrinter {
  /// The object that scripts rely on.
  func json(_ exit: Exit) -> String {
    var object = JSONText()
    object.begin()
    object.list("files", report.files) { $0.add(file: $1) }
    object.object("orders") { orders in
      orders.number("written", Int64(report.outbox.written.count))
      orders.number("waiting", Int64(report.outbox.waiting))
      orders.number("held", Int64(report.outbox.held))
      orders.list("reasons", report.outbox.waits) { list, wait in
        list.begin()
        list.string("reason", wait.reason)
        list.list("files", wait.names) { $0.text($1) }
        list.end()
      }
    }
    object.object("notifications") { notifications in
      notifications.number("sent", Int64(report.notifications.sent))
      notifications.number("refused", Int64(report.notifications.refused.count))
      notifications.number("waiting", Int64(report.notifications.waiting))
    }
    object.list("repeated", report.repeated) { $0.add(request: $1) }
    if let putOff = report.putOff {
      object.object("putOff") { object in
        object.number("requests", Int64(putOff.count))
        object.string("reason", putOff.reason)
      }
    }
    object.list("problems", mappingProblems + report.allProblems) { $0.add(problem: $1) }
    if let busy { object.add("busy", busy.holder, in: busy.zone) }
    object.number("exit", Int64(exit.rawValue))
    object.end()
    return object.text
  }
}

extension JSONText {
  fileprivate mutating func add(file: FileReport) {
    begin()
    string("name", file.name)
    string("mapping", file.mapping)
    string("outcome", file.outcome.rawValue)
    number("records", Int64(file.records))
    string("summary", file.summary)
    number("problemCount", Int64(file.problemCount))
    list("problems", file.problems) { $0.add(problem: $1) }
    list("requests", file.requests) { $0.add(request: $1) }
    end()
  }

  fileprivate mutating func add(request: RequestReport) {
    begin()
    string("api", request.api)
    string("requestId", request.requestId)
    string("store", request.store)
    string("resultStatus", request.delivery?.resultStatus)
    string("resultCode", request.delivery?.resultCode)
    string("reason", request.delivery?.reason ?? request.pause)
    end()
  }

  /// The run that is active; `nil` is written as null.
  mutating func add(_ name: String, _ holder: RunHolder?, in zone: Zone) {
    guard let holder else { return string(name, nil) }
    func text(_ time: Int64?) -> String? {
      time.map { WireTime.text(epochMilliseconds: $0, zone: zone) }
    }
    object(name) { json in
      json.number("pid", holder.pid.map(Int64.init))
      json.string("since", text(holder.since))
      json.string("movedAt", text(holder.movedAt))
      json.string("activity", holder.activity)
    }
  }

  mutating func add(problem: Problem) {
    begin()
    string("code", problem.code)
    string("file", problem.place.file)
    number("line", problem.place.line.map(Int64.init))
    number("record", problem.place.record.map(Int64.init))
    string("column", problem.place.field)
    string("value", problem.value)
    string("message", problem.message)
    string("remedy", problem.remedy)
    end()
  }
}
