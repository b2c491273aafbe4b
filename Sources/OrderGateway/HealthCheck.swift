import JSON
import Records

/// Says whether an order could be stored now; asks the desk no more often than it must.
actor HealthCheck {
  struct Finding: Sendable {
    let problem: Problem?

    var httpStatus: Int { problem == nil ? 200 : 503 }

    var body: [UInt8] {
      guard let problem else { return Array(#"{"status":"ok"}"#.utf8) }
      let output = ByteOutput()
      output.append(#"{"status":"trouble","code":"#)
      output.appendJSON(string: problem.code)
      output.append(#","message":"#)
      output.appendJSON(string: problem.message)
      output.append(0x7D)
      return output.bytes.array
    }
  }

  private let desk: any OrderDesk
  private let holdsFor: Duration
  private var last: (finding: Finding, at: ContinuousClock.Instant)?
  /// The question that is under way, which everybody waits for who asks meanwhile.
  private var asking: Task<Finding, Never>?

  init(desk: any OrderDesk, holdsFor: Duration) {
    self.desk = desk
    self.holdsFor = holdsFor
  }

  func finding() async -> Finding {
    if let last, last.at.duration(to: .now) < holdsFor { return last.finding }
    if let asking { return await asking.value }
    let question = Task { [desk] in Finding(problem: await desk.trouble()) }
    asking = question
    let finding = await question.value
    last = (finding, .now)
    asking = nil
    return finding
  }
}
