import JSON
import Records

/// What D-Store says about a request.
package struct GatewayResult: Hashable, Sendable {
  /// S, F or U.
  package var status: String
  package var code: String
  package var message: String

  static let success = GatewayResult(status: "S", code: "SUCCESS", message: "success")

  static func refusal(_ code: String, _ message: String) -> GatewayResult {
    GatewayResult(status: "F", code: code, message: message)
  }

  static func unknown(_ message: String) -> GatewayResult {
    GatewayResult(status: "U", code: "UNKNOWN_EXCEPTION", message: message)
  }

  /// The body of the answer.
  var body: [UInt8] {
    let output = ByteOutput()
    output.append("{\"result\":{\"resultStatus\":")
    output.appendJSON(string: status)
    output.append(",\"resultCode\":")
    output.appendJSON(string: code)
    output.append(",\"resultMessage\":")
    output.appendJSON(string: message)
    output.append("}}")
    return output.bytes.array
  }
}
