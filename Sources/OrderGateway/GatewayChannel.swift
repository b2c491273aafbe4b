import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL

/// Sets up each accepted connection: TLS, HTTP, and then ``Connection``.
///
/// Hummingbird's own HTTP channel hands every part of a request to a task. Limits and time-outs
/// belong to the connection itself, and handling requests on its event loop spares those hops.
struct GatewayChannel: ServerChildChannel {
  struct Value: ServerChildChannelValue {
    let channel: any Channel
  }

  /// What is read at once. What callers send ahead of time waits in the kernel.
  private static let readSize = 16 << 10

  let parts: GatewayParts

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      try channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
      try channel.syncOptions?.setOption(
        .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: Self.readSize))
      if let certificates = parts.certificates {
        try pipeline.addHandler(NIOSSLServerHandler(context: certificates.context))
      }
      // Every value that we put into a header is of our own making, or checked to be visible ASCII.
      try pipeline.configureHTTPServerPipeline(
        withPipeliningAssistance: false, withErrorHandling: false,
        withOutboundHeaderValidation: false, withEncoderConfiguration: .init(),
        withDecoderLimitConfiguration: decoderLimits)
      try pipeline.addHandler(Connection(parts))
      return Value(channel: channel)
    }
  }

  func handle(value: Value, logger: Logger) async {
    try? await value.channel.closeFuture.get()
  }

  private var decoderLimits: NIOHTTPDecoderLimitConfiguration {
    var limits = NIOHTTPDecoderLimitConfiguration()
    limits.maxHeaderFieldSize = parts.limits.headers
    limits.maxHeaderListSize = parts.limits.headers
    limits.maxHeaderFieldCount = 100
    return limits
  }
}
