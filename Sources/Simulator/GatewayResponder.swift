import HTTPTypes
import Hummingbird
import NIOCore
import Records

/// Carries requests from HTTP to the ``Gateway`` and its answers back, or fails to, on request.
struct GatewayResponder: HTTPResponder {
  typealias Context = SimulatorContext

  static let longestBody = 512 << 20

  let gateway: Gateway
  let faults: Faults
  let observer: @Sendable (SimulatorEvent) -> Void

  func respond(to request: Request, context: SimulatorContext) async throws -> Response {
    guard let body = try await collect(request) else {
      return Response(status: .contentTooLarge)
    }
    let fault = faults.next()
    let incoming = GatewayRequest(
      method: request.method.rawValue, path: request.uri.path,
      clientId: request.headers[.clientId], requestTime: request.headers[.requestTime],
      signature: request.headers[.signature], body: body)
    var (answer, event) = await gateway.answer(incoming, fault: fault)
    if fault == .cut || fault == .answerLost || fault == .silence {
      event.httpStatus = nil
      event.result = nil
    }
    observer(event)
    return try await deliver(answer, fault, context)
  }

  private func deliver(
    _ answer: GatewayAnswer, _ fault: Fault?, _ context: SimulatorContext
  ) async throws -> Response {
    switch fault {
    case .cut, .answerLost:
      try? await context.channel.close()
      throw ConnectionCut()
    case .silence:
      try await Task.sleep(for: .seconds(3600))
      throw ConnectionCut()
    case .slow(let seconds):
      try await Task.sleep(for: .seconds(seconds))
      return response(answer)
    case .cutInAnswer:
      return cutResponse(answer, context)
    default:
      return response(answer)
    }
  }

  private func response(_ answer: GatewayAnswer) -> Response {
    Response(
      status: .init(code: answer.httpStatus), headers: headers(answer),
      body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
  }

  /// Promises the whole body and gives half of it.
  private func cutResponse(_ answer: GatewayAnswer, _ context: SimulatorContext) -> Response {
    let half = Array(answer.body.prefix(answer.body.count / 2))
    let body = ResponseBody(contentLength: answer.body.count) { writer in
      try await writer.write(ByteBuffer(bytes: half))
      try await context.channel.close()
      throw ConnectionCut()
    }
    return Response(status: .ok, headers: headers(answer), body: body)
  }

  private func headers(_ answer: GatewayAnswer) -> HTTPFields {
    var headers: HTTPFields = [
      .contentType: "application/json; charset=UTF-8",
      .clientId: answer.clientId,
      .responseTime: answer.responseTime,
    ]
    headers[.signature] = answer.signature
    headers[.retryAfter] = answer.retryAfter.map { String($0) }
    return headers
  }

  /// - Returns: nothing where it is longer than ``longestBody``.
  private func collect(_ request: Request) async throws -> [UInt8]? {
    var body: [UInt8] = []
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > 0 {
      guard length <= Self.longestBody else { return nil }
      body.reserveCapacity(length)
    }
    for try await piece in request.body {
      guard body.count + piece.readableBytes <= Self.longestBody else { return nil }
      body.append(contentsOf: piece.readableBytesView)
    }
    return body
  }

  private struct ConnectionCut: Error {}
}
