import Glibc

/// What keeps a few bad callers from using up the machine.
package struct GatewayLimits: Sendable, Hashable {
  /// The most bytes of a request's body.
  package var body = 1 << 20
  /// A body above this size is large.
  package var smallBody = 64 << 10
  /// So many large bodies may be on their way at once, which bounds the memory of all.
  package var largeBodies = 16
  /// The most bytes of a request's line and headers.
  package var headers = 16 << 10
  /// From a connection's begin to the end of its first request's headers, TLS handshake included.
  package var headerTime = Duration.seconds(10)
  /// From the end of the headers to the end of the body.
  package var bodyTime = Duration.seconds(30)
  /// How long a caller may take to read an answer.
  package var answerTime = Duration.seconds(30)
  /// From an answer to the end of the next request's headers.
  package var idleTime = Duration.seconds(60)
  /// How long a connection stays open, so that its caller can read why the rest of its request is
  /// not wanted.
  package var farewell = Duration.seconds(1)
  /// Where so many are open, the one that was idle for longest makes room for a new one. With TLS
  /// each takes about 100 KB. It is no more than half of the files that this process may have open.
  package var connections = min(128, Self.openFiles / 2)
  /// So many parts of requests that came before their time are kept for a connection.
  package var partsAhead = 64
  /// Requests whose time is further from now are not taken.
  package var oldestRequest = Duration.seconds(86_400)
  /// How long a stop waits for requests under way.
  package var stop = Duration.seconds(20)
  /// How often is looked whether the certificate was renewed.
  package var certificateCheck = Duration.seconds(10)
  /// How long the health check's finding holds.
  package var health = Duration.seconds(1)

  package init() {}

  /// How many files this process may have open, sockets included.
  private static var openFiles: Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
    return Int(clamping: limit.rlim_cur)
  }

  /// How often a connection looks at its clock.
  var tick: Duration {
    let shortest = [headerTime, bodyTime, answerTime, idleTime, farewell].min() ?? .seconds(1)
    return max(.milliseconds(10), min(.seconds(1), shortest / 4))
  }
}
