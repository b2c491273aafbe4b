/// Identities for our requests: D-Store answers the same one the same way, for ever, so none may
/// come twice.
enum RequestId {
  /// 32 hexadecimal digits, 128 random bits.
  static func make() -> String {
    var generator = SystemRandomNumberGenerator()
    return [generator.next(), generator.next()].map { (half: UInt64) in
      let digits = String(half, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
