import Glibc

/// A socket that listens on this machine, as long as the value lives.
final class TCPListener: Sendable {
  private let socket: Int32

  /// - Returns: nothing where the port is taken.
  init?(port: Int) {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var isReusable: Int32 = 1
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &isReusable, socklen_t(MemoryLayout<Int32>.size))
    let isBound = withUnsafeBytes(of: &address) {
      bind(socket, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t($0.count)) == 0
    }
    guard isBound, listen(socket, 1) == 0 else { return nil }
  }

  deinit { close(socket) }

  /// A port that is free, and that the kernel gives nobody who does not ask for it.
  static func freePort() -> Int {
    while true {
      let port = Int.random(in: 15_000..<30_000)
      if TCPListener(port: port) != nil { return port }
    }
  }
}
