import JSON
import Records

/// Says whether an order could be stored now; asks the desk no more often than it must.
actor HealthCheck {
  struct Finding: Sendable {
    /// Why no order could be stored.
    let problem: Problem?
    /// What a person should fix although one could.
    let attention: Problem?

    var httpStatus: Int { problem == nil ? 200 : 503 }

    var body: [UInt8] {
      let output = ByteOutput()
      if let problem {
        output.append(#"{"status":"trouble","#)
        output.append(problem.code, problem.message)
      } else if let attention {
        output.append(#"{"status":"ok","attention":{"#)
        // Anybody may ask, so what was found in the file is left out.
        var shown = attention
        shown.value = nil
        output.append(attention.code, shown.description)
        output.append(0x7D)
      } else {
        output.append(#"{"status":"ok""#)
      }
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
    let question = Task { [desk] in
      Finding(problem: await desk.trouble(), attention: desk.attention())
    }
    asking = question
    let finding = await question.value
    last = (finding, .now)
    asking = nil
    return finding
  }
}

extension ByteOutput {
  /// Two members of a JSON object.
  fileprivate func append(_ code: String, _ message: String) {
    append(#""code":"#)
    appendJSON(string: code)
    append(#","message":"#)
    appendJSON(string: message)
  }
}
