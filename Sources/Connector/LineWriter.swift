import Dispatch
import Flows
import Glibc
import Records
import Synchronization

/// Writes lines on a thread of its own, so that nothing else waits for their reader.
final class LineWriter: Sendable {
  /// Bytes that may wait to be written, beside as many that are being written.
  private static let limit = 1 << 20
  /// How long the end waits for a reader.
  private static let patience = Duration.seconds(2)

  private struct Waiting {
    var text: [UInt8] = []
    var dropped = 0
    var isEnding = false
  }

  private let descriptor: Int32
  private let waiting = Mutex(Waiting())
  private let bell = DispatchSemaphore(value: 0)
  private let ended = Bell()

  init(to descriptor: Int32) {
    self.descriptor = descriptor
    var thread = pthread_t()
    let own = Unmanaged.passRetained(self)
    let failure = pthread_create(
      &thread, nil,
      { own in
        Unmanaged<LineWriter>.fromOpaque(own!).takeRetainedValue().work()
        return nil
      }, own.toOpaque())
    precondition(failure == 0, "no thread can be started: \(String(cString: strerror(failure)))")
    pthread_detach(thread)
  }

  /// Hands a line over; never waits for its reader.
  func add(_ line: String) {
    let bytes = Array((ShownText.line(line) + "\n").utf8)
    waiting.withLock { waiting in
      // One that still finds room behind a dropped one would stand before the word of it.
      if waiting.dropped > 0 || waiting.text.count + bytes.count > Self.limit {
        waiting.dropped += 1
      } else {
        waiting.text += bytes
      }
    }
    bell.signal()
  }

  /// Writes what is left; gives up where nobody reads it soon.
  func end() {
    waiting.withLock { $0.isEnding = true }
    bell.signal()
    ended.wait(for: Self.patience)
  }

  private func work() {
    var lost = 0
    while true {
      let next = waiting.withLock { waiting in
        let next = waiting
        waiting = Waiting(isEnding: waiting.isEnding)
        return next
      }
      if next.text.isEmpty, next.dropped == 0 {
        if next.isEnding { break }
        bell.wait()
        continue
      }
      lost = tell(lost: lost)
      lost += write(next.text) + next.dropped
      if next.dropped > 0 { lost = tell(lost: lost) }
    }
    ended.ring()
  }

  /// - Returns: how many lost lines are still to be reported.
  private func tell(lost: Int) -> Int {
    if lost == 0 { return 0 }
    let words = "\(lost) line(s) of this log were dropped, because nobody read it fast enough.\n"
    return Terminal.write(Array(words.utf8), to: descriptor).isEmpty ? 0 : lost
  }

  /// - Returns: how many lines could not be written.
  private func write(_ text: [UInt8]) -> Int {
    Terminal.write(text, to: descriptor).count { $0 == UInt8(ascii: "\n") }
  }
}
