import Glibc
import Synchronization

/// Appends to a file again and again in a thread of its own, opening and closing it each time.
final class BusyWriter: Sendable {
  private let path: String
  private let isStopped = Atomic(false)
  private let rounds = Atomic(0)
  private let hasEnded = Atomic(false)

  init(_ path: String) {
    self.path = path
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<BusyWriter>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, argument)
    pthread_detach(thread)
  }

  /// - Returns: how often it wrote.
  func stop() -> Int {
    isStopped.store(true, ordering: .releasing)
    while !hasEnded.load(ordering: .acquiring) { usleep(100) }
    return rounds.load(ordering: .relaxed)
  }

  private func run() {
    while !isStopped.load(ordering: .acquiring) {
      let file = open(path, O_WRONLY | O_APPEND)
      if file >= 0 {
        write(file, "x", 1)
        close(file)
        rounds.add(1, ordering: .relaxed)
      }
      // Claims fall into its writes where it rests shortly, and fit into the longer rests.
      usleep(rounds.load(ordering: .relaxed) % 8 == 0 ? 10_000 : 50)
    }
    hasEnded.store(true, ordering: .releasing)
  }
}
