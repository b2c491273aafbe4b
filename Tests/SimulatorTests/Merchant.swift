import Foundation
import Glibc
import JSON
import Records
import Signing
import Synchronization

@testable import Simulator

/// A merchant's endpoint: it says what D-Store's calls are worth, and answers as it is told.
final class Merchant: Sendable {
  struct Request: Equatable {
    var path: String
    var time: String
    /// What is wrong with the headers; nothing where all is well.
    var fault: String?
    var body: String
  }

  enum Act {
    /// A signed answer.
    case answer(String)
    case unsigned(String)
    /// Signed over another path.
    case misplaced(String)
    case http(Int)
    /// The connection ends without a word.
    case cut
  }

  private struct State {
    var requests: [Request] = []
    var acts: [Act] = []
  }

  let port: Int
  private let listener: Int32
  private let keys: SimulatorKeys
  private let state = Mutex(State())

  static let done =
    #"{"result":{"resultStatus":"S","resultCode":"SUCCESS","resultMessage":"success"},"#
    + #""posOrderId":"P-1","orderStatus":"ORDER_SUCCESS"}"#

  static func result(_ status: String, _ code: String, _ message: String = "") -> String {
    #"{"result":{"resultStatus":"\#(status)","resultCode":"\#(code)","#
      + #""resultMessage":"\#(message)"}}"#
  }

  init(keys: SimulatorKeys) {
    self.keys = keys
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { [listener] in
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(listener, $0, size)
        _ = listen(listener, 16)
        _ = getsockname(listener, $0, &size)
      }
    }
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread { [self] in serve() }.start()
  }

  var requests: [Request] { state.withLock { $0.requests } }

  /// What it does with the next calls; after them it is ``done`` again.
  func next(_ acts: Act...) { state.withLock { $0.acts = acts } }

  func end() { shutdown(listener, Int32(SHUT_RDWR)) }

  private func serve() {
    while true {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { break }
      if let (request, clientId) = read(connection) {
        let act = state.withLock { state in
          state.requests.append(request)
          return state.acts.isEmpty ? .answer(Self.done) : state.acts.removeFirst()
        }
        write(reply(to: request, clientId, act), to: connection)
      }
      close(connection)
    }
    close(listener)
  }

  private func read(_ connection: Int32) -> (Request, clientId: String)? {
    var bytes: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(connection, &room, room.count, 0)
      guard count > 0 else { return nil }
      bytes += room.prefix(count)
      let text = String(decoding: bytes, as: UTF8.self)
      guard let end = text.firstRange(of: "\r\n\r\n") else { continue }
      let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
      var headers: [String: String] = [:]
      for line in lines.dropFirst() {
        let parts = line.split(separator: ":", maxSplits: 1)
        headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
      }
      let body = String(text[end.upperBound...])
      guard body.utf8.count >= Int(headers["content-length"] ?? "") ?? 0 else { continue }
      let clientId = headers["client-id"] ?? ""
      let path = String(lines[0].split(separator: " ")[1])
      let time = headers["request-time"] ?? ""
      return (
        Request(path: path, time: time, fault: fault(path, headers, body), body: body), clientId
      )
    }
  }

  private func fault(_ path: String, _ headers: [String: String], _ body: String) -> String? {
    guard headers["content-type"] == "application/json; charset=UTF-8" else { return "type" }
    let exchange = Exchange(
      path: path, clientId: headers["client-id"] ?? "", time: headers["request-time"] ?? "")
    do {
      _ = try Verifier(key: keys.dstore.publicKey).verify(
        exchange, body: Array(body.utf8), signature: headers["signature"])
      return nil
    } catch {
      return error.message
    }
  }

  private func reply(to request: Request, _ clientId: String, _ act: Act) -> String {
    func signed(_ body: String, path: String) -> String {
      let exchange = Exchange(path: path, clientId: clientId, time: "2026-01-31T04:00:00+00:00")
      let signature = Bytes.withBytes(of: body) {
        try? Signer(key: keys.merchant, clientId: clientId).sign(exchange, body: $0)
      }
      return http(200, body, "Response-Time: \(exchange.time)\r\nSignature: \(signature ?? "")\r\n")
    }
    return switch act {
    case .answer(let body): signed(body, path: request.path)
    case .misplaced(let body): signed(body, path: "/other")
    case .unsigned(let body): http(200, body, "")
    case .http(let status): http(status, "", "")
    case .cut: ""
    }
  }

  private func http(_ status: Int, _ body: String, _ headers: String) -> String {
    "HTTP/1.1 \(status) -\r\nConnection: close\r\nContent-Length: \(body.utf8.count)\r\n"
      + "\(headers)\r\n\(body)"
  }

  private func write(_ text: String, to connection: Int32) {
    let bytes = Array(text.utf8)
    _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }
}
