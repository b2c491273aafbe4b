import NIOSSL

extension NIOSSLError {
  /// What went wrong, for the log, without the library's numbers and source files.
  var words: String {
    guard case .handshakeFailed(let error) = self else { return "\(self)" }
    return switch error {
    case .sslError(let stack), .unknownError(let stack):
      stack.first?.words ?? "the other side broke off"
    default: "the other side broke off"
    }
  }
}

extension BoringSSLInternalError {
  /// The reason in `Error: 1 error:1000009c:SSL routines:OPENSSL_internal:HTTP_REQUEST at FILE:1`,
  /// or the whole text of an error that has no such parts.
  fileprivate var words: String {
    let parts = description.prefix(
      upTo: description.firstRange(of: " at ")?.lowerBound
        ?? description.endIndex
    ).split(separator: ":")
    guard parts.count > 2, let reason = parts.last else { return "the other side broke off" }
    if reason == "HTTP_REQUEST" { return "plain HTTP was spoken" }
    return reason.lowercased().replacing("_", with: " ")
  }
}
