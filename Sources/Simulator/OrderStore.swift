import JSON
import Records

/// The orders that were placed, one JSON file each, and the number of the last one.
struct OrderStore: Sendable {
  let folder: String

  init(folder: String) throws(Problem) {
    self.folder = folder
    try StateFile.makeFolder(folder)
  }

  /// - Returns: nothing where no order has this id.
  func order(_ id: String) throws(Problem) -> PlacedOrder? { try read(path(of: id)) }

  /// Keeps a new order under the next number.
  /// - Parameter make: gives the order that has this number, from 1.
  func add(_ make: (Int) throws(Problem) -> PlacedOrder) throws(Problem) -> PlacedOrder {
    try locked { () throws(Problem) in
      let number = try lastNumber() + 1
      let order = try make(number)
      try StateFile.replace(folder + "/last") { $0.output.append(text: "\(number)\n") }
      try write(order)
      return order
    }
  }

  /// Keeps a new order under an id of its own, unless there is one.
  /// - Returns: the order that is there then.
  func keep(
    _ id: String, _ make: () throws(Problem) -> PlacedOrder
  ) throws(Problem) -> PlacedOrder {
    try locked { () throws(Problem) in
      if let known = try order(id) { return known }
      let order = try make()
      try write(order)
      return order
    }
  }

  /// Changes an order; what `change` leaves as it was is not written.
  /// - Returns: nothing where no order has this id.
  func change<Result>(
    _ id: String, _ change: (inout PlacedOrder) throws(Problem) -> Result
  ) throws(Problem) -> Result? {
    try locked { () throws(Problem) in
      guard let known = try order(id) else { return nil }
      var order = known
      let result = try change(&order)
      if order != known { try write(order) }
      return result
    }
  }

  private func locked<Result>(
    _ body: () throws(Problem) -> Result
  ) throws(Problem) -> Result {
    try StateLock.hold(folder + "/lock", body)
  }

  private func lastNumber() throws(Problem) -> Int {
    let text = try StateFile.read(folder + "/last").map { String(decoding: $0, as: UTF8.self) }
    return text.flatMap { Int($0.filter { $0 != "\n" }) } ?? 0
  }

  private func read(_ path: String) throws(Problem) -> PlacedOrder? {
    guard let bytes = try StateFile.read(path) else { return nil }
    let document = JSONDocument()
    return try Bytes.withBytes(of: bytes) { (view) throws(Problem) in
      do throws(JSONFault) { try document.parse(view) } catch { throw error.problem(file: path) }
      guard let order = PlacedOrder(document.root) else {
        throw Problem(
          "simulator-order", at: Place(file: path), "this is no order of the simulator's",
          remedy: "Remove the file; the order is forgotten then.")
      }
      return order
    }
  }

  private func write(_ order: PlacedOrder) throws(Problem) {
    try StateFile.replace(path(of: order.requestOrderId)) { order.write(to: $0.output) }
  }

  private func path(of id: String) -> String {
    "\(folder)/\(StateFile.name(id, key: id)).json"
  }
}
