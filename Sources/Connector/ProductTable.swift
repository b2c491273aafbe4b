import Contract
import Flows
import Records

/// The first products of a preview as a table.
struct ProductTable {
  let preview: Preview
  let contract: Contract
  let limit: Int

  private static let widest = 32

  func print(_ plan: Preview.StorePlan) throws(Problem) {
    var rows: [[String: String]] = []
    try preview.forEachProduct(of: plan, contract: contract, limit: limit) { row in
      rows.append(row.mapValues { ShownText.beginning($0, limit: Self.widest) })
    }
    let names = columns(rows)
    let widths = names.map { name in
      min(Self.widest, ([name] + rows.map { $0[name] ?? "" }).map(\.count).max() ?? 0)
    }
    Terminal.say("  " + line(names, widths))
    Terminal.say("  " + widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "))
    for row in rows { Terminal.say("  " + line(names.map { row[$0] ?? "" }, widths)) }
    if plan.products > rows.count {
      Terminal.say("  … and \(plan.products - rows.count) more (--limit)")
    }
  }

  /// The contract's fields that any product has, in the contract's order.
  private func columns(_ rows: [[String: String]]) -> [String] {
    let fields = contract.messages["syncProduct"]?.field(.products)?.fields ?? []
    return fields.map(\.name).filter { name in rows.contains { $0[name] != nil } }
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var line = zip(cells, widths).map { cell, width in
      let cut = cell.count > width ? cell.prefix(width - 1) + "…" : cell
      return cut + String(repeating: " ", count: width - cut.count)
    }.joined(separator: "  ")
    while line.last == " " { line.removeLast() }
    return line
  }
}
