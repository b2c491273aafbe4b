import GRDB
import Records

/// What becomes of a change, in the columns of its table.
struct StatusVerdict {
  let state: HeldStatusChange.State
  var problem: Problem?
  /// In milliseconds since 1970.
  var waitsUntil: Int64?
  /// In milliseconds since 1970.
  var endedAt: Int64?

  init(
    _ state: HeldStatusChange.State, _ problem: Problem? = nil, waitsUntil: Int64? = nil,
    endedAt: Int64? = nil
  ) {
    self.state = state
    self.problem = problem
    self.waitsUntil = waitsUntil
    self.endedAt = endedAt
  }

  /// Eight columns.
  var arguments: StatementArguments {
    [
      state.rawValue, problem?.code, problem?.place.field, problem?.value, problem?.message,
      problem?.remedy, waitsUntil, endedAt,
    ]
  }
}
