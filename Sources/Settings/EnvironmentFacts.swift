import Records

/// What is known of an environment before anybody writes a setting. D-Store's own values are from
/// its integration guide for POS providers; the solution architect hands out the rest.
struct EnvironmentFacts {
  var endpoint: String?
  var clientId: String?
  /// D-Store's public key: SubjectPublicKeyInfo, Base64.
  var dstorePublicKey: String?
  var posAccountId: String?
  var currency: String?
  var timeZone: String?
  /// Whether messages cannot be signed without keys from outside.
  var needsKeys = true

  static func of(_ environment: Environment) -> EnvironmentFacts {
    switch environment {
    case .simulator: simulator
    case .sandbox: sandbox
    case .production: production
    }
  }

  /// The simulator makes its own keys, and whatever else it takes is invented.
  static let simulator = EnvironmentFacts(
    clientId: "SIMULATOR", posAccountId: "demo-merchant", currency: "SGD",
    timeZone: "Asia/Singapore", needsKeys: false)

  static let sandbox = EnvironmentFacts(
    endpoint: "https://open-region-pre.alipayplus.com",
    clientId: "375Y903U2Y45KE00600",
    dstorePublicKey: """
      MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAgnqkU20qdSx6fZ0OdKmudiP5uUHAEUnuZM+qTno0viWA\
      6o5nWtn0r6K7F3k5zNhjZTZOjhJwMS7rhlu9gxCr25YOd4KJDJherKvwm3T3EWZbN22OG6i07SqqrGVq1M+3GdQ2\
      tZL6mOmEISL+UTxefQbcUqRIFIZMC80qBqhRsMtxEdF/uiNIeOccPm5k/GwGVwflsNU7lp5IVuDMgl1mmcq9i0nN\
      szwZ8uU7ABXV29FtWMB+82/rOZ1hYkBdJcpfrA/ut2AsOHAVevKzg1DlT91A1yNqXyixXhOVHC2nEP7KZZ13ol2e\
      gEHEFbTmpHNMhdynEUZ73kIR4sCTpmaOxQIDAQAB
      """)

  static let production = EnvironmentFacts(endpoint: "https://open-region.alipayplus.com")

  /// The other environment whose own endpoint this is; `nil` for every other endpoint.
  static func foreign(_ endpoint: Endpoint, in environment: Environment) -> Environment? {
    let others = Environment.allCases.filter { $0 != environment && $0 != .simulator }
    return others.first { other in
      guard let text = of(other).endpoint, let known = try? Endpoint(text) else { return false }
      return known.host == endpoint.host.lowercased()
    }
  }
}
