import NIOCore
import NIOPosix
import Synchronization

/// A client that sends whatever bytes it is told to, and keeps what comes back.
final class RawClient: Sendable {
  private let channel: any Channel
  private let heard: Heard

  private init(channel: any Channel, heard: Heard) {
    self.channel = channel
    self.heard = heard
  }

  deinit { channel.close(promise: nil) }

  static func connect(_ port: Int) async throws -> RawClient {
    let heard = Heard()
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: false)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Listener(heard))
        }
      }
      .connect(host: "127.0.0.1", port: port).get()
    return RawClient(channel: channel, heard: heard)
  }

  func send(_ text: String) async throws {
    try await channel.writeAndFlush(ByteBuffer(string: text)).get()
  }

  /// Sends pieces until the other side does not want any more.
  ///
  /// It all happens on the connection's event loop: a task would wait its turn among all tests after
  /// each piece.
  /// - Returns: how many bytes it took.
  func flood(_ piece: String, most: Int) async throws -> Int {
    let sent = channel.eventLoop.makePromise(of: Int.self)
    channel.eventLoop.execute { self.flood(ByteBuffer(string: piece), most: most, sent: 0, sent) }
    return try await sent.futureResult.get()
  }

  private func flood(
    _ piece: ByteBuffer, most: Int, sent: Int, _ result: EventLoopPromise<Int>
  ) {
    guard sent < most, !heard.isClosed else { return result.succeed(sent) }
    // A write that nobody reads never ends; the connection's end ends it.
    channel.writeAndFlush(piece).whenComplete { done in
      guard case .success = done else { return result.succeed(sent) }
      self.flood(piece, most: most, sent: sent + piece.readableBytes, result)
    }
  }

  /// Says that nothing more will be sent.
  func hangUpHalf() async throws { try await channel.close(mode: .output).get() }

  func hangUp() async { try? await channel.close().get() }

  /// The next whole response; nothing where none comes, or the connection ends before it.
  func answer(within seconds: Int = 10) async -> HTTPAnswer? {
    for _ in 0..<seconds * 200 {
      if let answer = heard.takeAnswer() { return answer }
      if heard.isClosed { return heard.takeAnswer() }
      try? await Task.sleep(for: .milliseconds(5))
    }
    return nil
  }

  /// All that came, once it holds `text`; or what came until nothing more does.
  func heard(until text: String) async -> String {
    for _ in 0..<2000 where !heard.isClosed && !heard.text.contains(text) {
      try? await Task.sleep(for: .milliseconds(5))
    }
    return heard.text
  }

  /// Whether the other side ends the connection.
  func isClosed(within seconds: Int = 10) async -> Bool {
    for _ in 0..<seconds * 200 where !heard.isClosed {
      try? await Task.sleep(for: .milliseconds(5))
    }
    return heard.isClosed
  }

  private final class Heard: Sendable {
    private let state = Mutex((bytes: [UInt8](), isClosed: false))

    var isClosed: Bool { state.withLock { $0.isClosed } }

    var text: String { state.withLock { String(decoding: $0.bytes, as: UTF8.self) } }

    func add(_ buffer: ByteBuffer) {
      state.withLock { $0.bytes.append(contentsOf: buffer.readableBytesView) }
    }

    func close() { state.withLock { $0.isClosed = true } }

    func takeAnswer() -> HTTPAnswer? {
      state.withLock { state in
        guard let answer = HTTPAnswer(state.bytes) else { return nil }
        state.bytes.removeFirst(answer.size)
        return answer
      }
    }
  }

  private final class Listener: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let heard: Heard

    init(_ heard: Heard) { self.heard = heard }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      heard.add(unwrapInboundIn(data))
    }

    func channelInactive(context: ChannelHandlerContext) { heard.close() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }
}
