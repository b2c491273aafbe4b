import Digests
import JSON
import Records

/// The results by idempotency key, one file each: the same key gets the same result.
struct ResultStore {
  /// What was answered to a body.
  struct Entry: Equatable {
    var body: Digest
    var result: GatewayResult
  }

  let folder: String

  init(folder: String) throws(Problem) {
    self.folder = folder
    try StateFile.makeFolder(folder)
  }

  /// - Parameter key: path, client and request id; it never becomes a file's name as it is.
  func entry(for key: String) throws(Problem) -> Entry? {
    let path = path(of: key)
    guard let bytes = try StateFile.read(path) else { return nil }
    let document = JSONDocument()
    return try Bytes.withBytes(of: bytes) { (view) throws(Problem) in
      do throws(JSONFault) { try document.parse(view) } catch { throw error.problem(file: path) }
      guard let digest = Digest(hex: document.root["body"]?.text ?? "") else { return nil }
      func text(_ name: String) -> String { document.root[name]?.text ?? "" }
      return Entry(
        body: digest,
        result: GatewayResult(
          status: text("resultStatus"), code: text("resultCode"), message: text("resultMessage")))
    }
  }

  func keep(_ entry: Entry, for key: String) throws(Problem) {
    try StateFile.replace(path(of: key)) { writer in
      let output = writer.output
      func member(_ name: StaticString, _ value: String) {
        output.append(name)
        output.appendJSON(string: value)
      }
      member("{\"key\":", key)
      member(",\"body\":", entry.body.hex)
      member(",\"resultStatus\":", entry.result.status)
      member(",\"resultCode\":", entry.result.code)
      member(",\"resultMessage\":", entry.result.message)
      output.append("}\n")
    }
  }

  private func path(of key: String) -> String {
    "\(folder)/\(Bytes.withBytes(of: key) { Digest.of($0) }.hex).json"
  }
}
