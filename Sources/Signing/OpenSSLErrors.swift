import COpenSSL

/// OpenSSL's queue of errors, one for each thread. It is emptied before and after each use: what
/// stays behind is blamed on whoever asks next.
enum OpenSSLErrors {
  static func clear() { ERR_clear_error() }

  /// The oldest error, which names the cause, in OpenSSL's words; the queue is empty afterwards.
  static func takeReason() -> String {
    let code = ERR_get_error()
    ERR_clear_error()
    guard code != 0, let reason = ERR_reason_error_string(code) else { return "no reason given" }
    return String(cString: reason)
  }
}
