/// Which D-Store the connector talks to.
package enum Environment: String, CaseIterable, Sendable {
  /// A stand-in inside the program; nothing leaves the machine.
  case simulator
  case sandbox
  case production
}
