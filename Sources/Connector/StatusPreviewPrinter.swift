import Flows
import Records

/// Shows what a status file says, for `preview`.
struct StatusPreviewPrinter {
  let preview: StatusPreview
  let display: String
  /// The zone of the settings, for the times of changes.
  let zone: Zone

  func print(limit: Int) -> Exit {
    Terminal.say("\(display) through \(preview.mapping)")
    for note in preview.notes { Terminal.say("  \(note)") }
    Terminal.say("  \(preview.records) record(s), \(preview.problemCount) problem(s)")
    for problem in preview.problems { Terminal.error(problem.description) }
    if preview.isRefused {
      Terminal.error("run would refuse the file: nothing of it would be sent.")
      return .needsPerson
    }
    Terminal.heading("\(preview.changes.count) change(s) of orders")
    for change in preview.changes.prefix(limit) {
      var said = change.fields.map { "\($0.name) \($0.json)" }.joined(separator: ", ")
      if let time = change.changedAt {
        said += ", changedAt \(WireTime.text(epochMilliseconds: time, zone: zone))"
      }
      Terminal.say(
        "  line \(change.place.line.map(String.init) ?? "-"): "
          + "\(change.matchBy.rawValue) \(Problem.shown(change.order)): \(said)")
    }
    let rest = preview.changes.count - limit
    if rest > 0 { Terminal.say("  and \(rest) more; --limit shows them.") }
    return preview.problems.isEmpty ? .done : .needsPerson
  }
}
