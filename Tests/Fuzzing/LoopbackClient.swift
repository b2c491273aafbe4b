import Glibc

/// Sends bytes to a port of this machine, and reads what comes back.
enum LoopbackClient {
  /// So many seconds nothing may come.
  private static let patience = 20

  struct Answer {
    var bytes: [UInt8]
    /// Whether the other side ended without waiting; some of it may be lost then.
    var isReset: Bool
  }

  /// All that comes until the other side closes.
  static func exchange(_ bytes: [UInt8], port: Int) throws(Finding) -> Answer {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw Finding("no socket: \(errno)") }
    defer { close(descriptor) }
    try connect(descriptor, port)
    set(SO_RCVTIMEO, timeval(tv_sec: patience, tv_usec: 0), descriptor)
    // Thousands of connections that have ended would use up the ports.
    set(SO_LINGER, linger(l_onoff: 1, l_linger: 0), descriptor)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      // The other side may have seen enough.
      if count <= 0 { break }
      sent += count
    }
    shutdown(descriptor, Int32(SHUT_WR))
    return try answer(descriptor)
  }

  private static func connect(_ descriptor: Int32, _ port: Int) throws(Finding) {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Finding("the gateway takes no connection: \(errno)") }
  }

  private static func answer(_ descriptor: Int32) throws(Finding) -> Answer {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      let count = recv(descriptor, &piece, piece.count, 0)
      if count < 0, errno == EAGAIN { throw Finding("nothing came for \(patience) s") }
      guard count > 0 else { return Answer(bytes: bytes, isReset: count < 0) }
      bytes += piece.prefix(count)
    }
  }

  private static func set<Value>(_ option: Int32, _ value: Value, _ descriptor: Int32) {
    withUnsafePointer(to: value) {
      _ = setsockopt(
        descriptor, SOL_SOCKET, option, $0, socklen_t(MemoryLayout<Value>.size))
    }
  }
}
