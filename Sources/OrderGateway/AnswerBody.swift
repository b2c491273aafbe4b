import Contract
import JSON
import Records

/// Writes an answer's JSON, with the fields that the contract gives it.
struct AnswerBody: Sendable {
  let contract: Contract

  /// - Parameter message: whose answer it is; nothing for a request that is no call.
  func bytes(_ reply: Reply, to message: Contract.Message?) -> [UInt8] {
    let output = ByteOutput()
    let answer = message ?? contract.messages[Call.Kind.createOrder.rawValue]
    write(answer?.answer ?? [], reply, to: output)
    return output.bytes.array
  }

  /// - Returns: whether there was anything to write.
  @discardableResult
  private func write(_ fields: [Contract.Field], _ reply: Reply, to output: ByteOutput) -> Bool {
    output.append(0x7B)
    var isEmpty = true
    for field in fields {
      let start = output.count
      if !isEmpty { output.append(0x2C) }
      output.appendJSON(string: field.name)
      output.append(0x3A)
      if write(field, reply, to: output) {
        isEmpty = false
      } else {
        output.truncate(to: start)
      }
    }
    output.append(0x7D)
    return !isEmpty
  }

  private func write(_ field: Contract.Field, _ reply: Reply, to output: ByteOutput) -> Bool {
    if field.type == .object, !field.fields.isEmpty {
      return write(field.fields, reply, to: output)
    }
    guard let text = text(field.role, reply) else { return false }
    output.appendJSON(string: text)
    return true
  }

  private func text(_ role: Contract.Role?, _ reply: Reply) -> String? {
    switch role {
    case .resultStatus: contract.answer(on: reply.occasion).status.rawValue
    case .resultCode: contract.answer(on: reply.occasion).code
    case .resultMessage: reply.message
    case .posOrderId: reply.posOrderId
    case .orderStatus: reply.orderStatus
    default: nil
    }
  }
}
