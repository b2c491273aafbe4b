/// To whom a row of the ledger belongs. What one environment, endpoint, client or account
/// accepted says nothing about another, so no query ever looks beyond its scope.
package struct Scope: Hashable, Sendable {
  /// simulator, sandbox or production.
  package var environment: String
  package var endpoint: String
  package var clientId: String
  /// The merchant's account at D-Store.
  package var account: String

  package init(environment: String, endpoint: String, clientId: String, account: String) {
    self.environment = environment
    self.endpoint = endpoint
    self.clientId = clientId
    self.account = account
  }
}
