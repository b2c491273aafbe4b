/// Why a message is not taken as signed by the other side.
package struct SignatureRefusal: Error, Sendable, Equatable {
  package enum Reason: String, Sendable, CaseIterable {
    /// There is no `Signature` header, or it is empty.
    case missingHeader = "missing-header"
    /// The header lacks the algorithm or the signature.
    case missingField = "missing-field"
    case repeatedField = "repeated-field"
    case wrongAlgorithm = "wrong-algorithm"
    case notBase64 = "not-base64"
    /// Path, client id or time are of a form that is never signed.
    case unsuitable
    /// All is well-formed, and the signature is not of this key over this message.
    case noMatch = "no-match"
  }

  package let reason: Reason
  /// What happened, a clause that ends without a full stop. Nothing of the message is in it.
  package let message: String

  package init(_ reason: Reason, _ message: String) {
    self.reason = reason
    self.message = message
  }
}
