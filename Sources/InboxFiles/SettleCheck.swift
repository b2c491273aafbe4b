import DurableFiles
import Glibc
import Records

/// Finds the files that are complete, by two looks with one wait between them for all files.
///
/// Making it takes the first looks; the caller waits `settle` (where ``needsWait`` says so) and
/// asks for ``readiness()``, which takes the second ones. A file is whole when both looks agree on
/// size, times, inode and content, nothing changed while it was read, and nobody has it open for
/// writing. Where the kernel cannot say who has, the look of the previous run must agree too,
/// unless the POS itself declared the file complete with a marker.
package struct SettleCheck: Sendable {
  /// A file, and what its mapping asks for before it is taken.
  package struct Request: Hashable, Sendable {
    package var candidate: Candidate
    /// `ready: marker`: NAME.done must be there.
    package var needsMarker: Bool
    /// What must stand in the last line.
    package var lastLine: String?
    /// What the previous run saw.
    package var earlier: Look?

    package init(
      _ candidate: Candidate, needsMarker: Bool = false, lastLine: String? = nil,
      earlier: Look? = nil
    ) {
      self.candidate = candidate
      self.needsMarker = needsMarker
      self.lastLine = lastLine
      self.earlier = earlier
    }
  }

  private enum First {
    case seen(Look)
    case settled(Readiness)
  }

  private let inbox: Inbox
  private let requests: [Request]
  private let firsts: [First]

  /// Takes the first look at each file.
  package init(_ inbox: Inbox, _ requests: [Request]) {
    self.inbox = inbox
    self.requests = requests
    firsts = requests.map { Self.firstLook($0, in: inbox) }
  }

  /// Whether any file needs the second look.
  package var needsWait: Bool {
    firsts.contains { if case .seen = $0 { true } else { false } }
  }

  /// Takes the second look at each file.
  ///
  /// - Returns: one answer for each request, in their order.
  package func readiness() -> [Readiness] {
    zip(requests, firsts).map { request, first in
      switch first {
      case .settled(let answer): answer
      case .seen(let look): secondLook(request, first: look)
      }
    }
  }

  private static func firstLook(_ request: Request, in inbox: Inbox) -> First {
    let path = inbox.path(of: request.candidate.name)
    do {
      if request.needsMarker {
        guard try Marker.isThere(for: path) else { return .settled(.waitsForMarker) }
      }
      let observation = try Observation(of: path)
      if let growth = observation.growth { return .settled(.growing(growth)) }
      return .seen(observation.look)
    } catch {
      return .settled(Readiness(error))
    }
  }

  private func secondLook(_ request: Request, first: Look) -> Readiness {
    do {
      let second = try Observation(of: inbox.path(of: request.candidate.name))
      if let growth = second.growth { return .growing(growth) }
      guard second.look == first else { return .growing(.changed) }
      if let expected = request.lastLine, !LastLine.ends(second.tail, with: expected) {
        return .lastLineMissing(expected: expected)
      }
      let isDeclared = request.needsMarker || second.writers == .nobody
      let isKnown = request.earlier.map(second.look.agrees(withEarlier:)) ?? false
      return isDeclared || isKnown ? .whole(second.look) : .waitsForNextRun(second.look)
    } catch {
      return Readiness(error)
    }
  }
}

extension Readiness {
  /// What a look that failed says of the file.
  init(_ fault: FileFault) {
    self =
      switch fault.cause {
      case .system(ENOENT): .gone
      // A file server that hands the file out for writing holds a lease, and opening waits for it.
      case .system(EAGAIN): .growing(.openForWriting)
      default: .unreadable(fault.problem)
      }
  }
}
