import Digests
import Records

/// Everything of a contract that decides how a message looks, as one text; for its digest.
struct ContractText {
  let messages: [Contract.Message]
  let types: [Contract.ProductType]
  let draft: ContractDraft

  var digest: Digest {
    var lines: [String] = []
    for message in messages.sorted(by: { $0.name < $1.name }) {
      lines.append("\(message.name) \(message.path) \(message.idempotencyKey?.path ?? "-")")
      lines += message.allFields.map { Self.line($0) }
      lines += message.answer.flatMap(\.flattened).map { "answer " + Self.line($0) }
    }
    lines += types.map { "\($0.name) \($0.takesStatusUpdate) \($0.hasChildren)" }
    lines.append("\(draft.available)\n\(draft.unavailable)")
    return Bytes.withBytes(of: lines.joined(separator: "\n")) { Digest.of($0) }
  }

  private static func line(_ field: Contract.Field) -> String {
    let parts = [
      field.path, field.type.rawValue, field.element.rawValue, "\(field.isRequired)",
      field.maximum.map { "\($0)" } ?? "-", field.role?.rawValue ?? "-", "\(field.isFreeText)",
      "\(field.mayHaveLines)",
      "\(field.isInStatusUpdate)",
    ]
    return (parts + field.allowed).joined(separator: " ")
  }
}
