package import Contract
import JSON
package import Records

/// What stands before and after the list of products in a syncProduct request.
///
/// The names come from the contract, by role; fields without one of these roles are left out,
/// since one optional field makes a full sync of a status update (dstore-api, syncProduct 2).
package struct Envelope: Hashable, Sendable {
  let head: [UInt8]
  let tail: [UInt8]

  /// - Throws: where the contract's message lacks one of the roles, or puts the products into a
  ///   list of something else.
  package init(
    contract: Contract, message name: String = "syncProduct", requestId: String,
    posAccountId: String, posStoreId: String
  ) throws(Problem) {
    let message = contract.messages[name]
    func steps(_ role: Contract.Role) throws(Problem) -> [String] {
      guard let field = message?.field(role) else { throw Self.missing(role, name) }
      guard !field.path.contains("[]") else { throw Self.missing(role, name) }
      return field.path.split(separator: ".").map(String.init)
    }
    var root = Branch()
    root.set(try steps(.requestId), requestId)
    root.set(try steps(.accountId), posAccountId)
    root.set(try steps(.storeId), posStoreId)
    let output = ByteOutput()
    let depth = root.write(to: output, openingAt: try steps(.products)[...])
    head = output.bytes.array
    tail = [UInt8](repeating: UInt8(ascii: "}"), count: depth)
  }

  private static func missing(_ role: Contract.Role, _ message: String) -> Problem {
    Problem(
      "contract-role", value: role.rawValue,
      "the contract's message \(message) has no field of this role that can be written",
      remedy: "Give the role to one field, in the contract file in Mappings/.")
  }

  /// An object of the envelope: texts and objects by name, in the order in which they came.
  private struct Branch {
    var texts: [(name: String, value: String)] = []
    var branches: [(name: String, branch: Branch)] = []

    mutating func set(_ steps: [String], _ value: String) {
      guard let name = steps.first else { return }
      guard steps.count > 1 else { return texts.append((name, value)) }
      let rest = Array(steps.dropFirst())
      if let index = branches.firstIndex(where: { $0.name == name }) {
        branches[index].branch.set(rest, value)
      } else {
        var branch = Branch()
        branch.set(rest, value)
        branches.append((name, branch))
      }
    }

    /// Writes the object up to and including the key at `steps`, which stands last in it.
    /// - Returns: how many objects are open then.
    func write(to output: ByteOutput, openingAt steps: ArraySlice<String>) -> Int {
      let last = steps.first
      var mark = UInt8(ascii: "{")
      func begin(_ name: String) {
        output.append(mark)
        mark = UInt8(ascii: ",")
        output.appendJSON(string: name)
        output.append(UInt8(ascii: ":"))
      }
      for (name, value) in texts {
        begin(name)
        output.appendJSON(string: value)
      }
      for (name, branch) in branches where name != last {
        begin(name)
        _ = branch.write(to: output, openingAt: [])
      }
      guard let last else {
        output.append(UInt8(ascii: "}"))
        return 0
      }
      begin(last)
      guard steps.count > 1 else { return 1 }
      let next = branches.first { $0.name == last }?.branch ?? Branch()
      return 1 + next.write(to: output, openingAt: steps.dropFirst())
    }
  }
}
