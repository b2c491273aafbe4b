package import Records

/// How a simulated D-Store reaches a merchant.
package struct CallingConfiguration: Sendable {
  /// The simulator's folder: its keys, menus and orders.
  package var folder: String
  /// Where the merchant listens, with what stands before the calls' own paths.
  package var endpoint: Endpoint
  package var clientId: String
  /// PEM files with certificate authorities besides the system's.
  package var trust: [String] = []
  /// Whether the certificate must be for the endpoint's host; it need not where a server for
  /// another name is reached on this machine.
  package var checksHostName = true
  /// The pauses between the tries of one call; their number is the number of repeats.
  package var pauses: [Duration] = [
    .milliseconds(250), .milliseconds(500), .seconds(1), .seconds(2),
  ]
  /// How long one try may take.
  package var patience: Duration = .seconds(15)
  /// Of the times in orders and headers.
  package var zone = Zone.utc
  /// Milliseconds since 1970.
  package var now: @Sendable () -> Int64

  package init(
    folder: String, endpoint: Endpoint, clientId: String, now: @escaping @Sendable () -> Int64
  ) {
    self.folder = folder
    self.endpoint = endpoint
    self.clientId = clientId
    self.now = now
  }
}
