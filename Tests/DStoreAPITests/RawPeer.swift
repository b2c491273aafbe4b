import Glibc
import Synchronization

/// A server that reads once from each connection, answers with fixed bytes, and ends it; or one
/// that takes connections and never says a word.
final class RawPeer: Sendable {
  let port: Int
  private let descriptor: Int32
  private let heard = Heard()
  private let thread: pthread_t?

  /// What came first over the first connection.
  var request: String { heard.text.withLock { $0 } }

  /// - Parameter answer: nothing for a server that stays silent.
  init(answer: [UInt8]?) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(listener, $0, size)
        _ = listen(listener, 4)
        _ = getsockname(listener, $0, &size)
      }
    }
    descriptor = listener
    port = Int(UInt16(bigEndian: address.sin_port))
    thread = answer.map { [heard] answer in
      Self.startThread { Self.serve(listener, answer, heard) }
    }
  }

  /// Ends the listening, so that nobody listens at the port.
  func close() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// The number of a closed descriptor is given away again, so the thread must be gone before.
  deinit {
    close()
    if let thread { pthread_join(thread, nil) }
    _ = Glibc.close(descriptor)
  }

  private static func serve(_ listener: Int32, _ answer: [UInt8], _ heard: Heard) {
    while true {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { break }
      var room = [UInt8](repeating: 0, count: 1 << 16)
      let count = recv(connection, &room, room.count, 0)
      heard.add(room.prefix(max(count, 0)))
      var sent = 0
      while sent < answer.count {
        let count = answer.withUnsafeBytes {
          send(connection, $0.baseAddress! + sent, answer.count - sent, Int32(MSG_NOSIGNAL))
        }
        guard count > 0 else { break }
        sent += count
      }
      shutdown(connection, Int32(SHUT_WR))
      while recv(connection, &room, room.count, 0) > 0 {}
      Glibc.close(connection)
    }
  }

  private static func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t {
    let box = Unmanaged.passRetained(Box(body))
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { raw in
        Unmanaged<Box>.fromOpaque(raw!).takeRetainedValue().body()
        return nil
      }, box.toOpaque())
    return thread
  }

  private final class Heard: Sendable {
    let text = Mutex("")

    func add(_ bytes: ArraySlice<UInt8>) {
      text.withLock { if $0.isEmpty { $0 = String(decoding: bytes, as: UTF8.self) } }
    }
  }

  private final class Box {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
