import Glibc

/// A file that says which execution is being tried, whatever ends the program.
package final class LastExecution {
  private static let size = 256

  private let memory: UnsafeMutableRawPointer
  private let descriptor: Int32

  /// - Throws: a finding where the file cannot be made.
  package init(_ path: String) throws(Finding) {
    descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0, ftruncate(descriptor, off_t(Self.size)) == 0,
      let memory = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
      memory != MAP_FAILED
    else { throw Finding("\(path) cannot be written") }
    self.memory = memory
  }

  deinit {
    munmap(memory, Self.size)
    close(descriptor)
  }

  /// Keeps a line.
  package func note(_ line: String) {
    let bytes = Array((line + "\n").utf8.prefix(Self.size))
    bytes.withUnsafeBytes { memory.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
  }
}
