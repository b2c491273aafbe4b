import JSON
import Records
import RowMapping

extension OddRecords {
  /// Gives the records to a mapper, as the mapping's format has them.
  ///
  /// - Throws: what the mapper throws.
  func feed(_ plan: RecordPlan, to mapper: any RecordTaker) throws(Problem) {
    guard plan.file.format.kind == .json || plan.file.format.kind == .jsonLines else {
      for index in 0..<rows.count { try mapper.take(rows[index], faults: []) }
      return
    }
    let first = reader(plan)
    var isWhole = true
    do throws(JSONFault) { while try first.next() != nil {} } catch { isWhole = false }
    let rest = isWhole && plan.readsRoot ? first.rest : nil
    let second = reader(plan)
    while let element = try? second.next() {
      try mapper.take(
        element, key: second.key, line: second.line, root: rest?.root, faults: [])
    }
  }

  private func reader(_ plan: RecordPlan) -> JSONListReader {
    JSONListReader(
      source: BlockSource(json, block: 1 << 16), path: plan.listPath,
      mode: plan.file.format.kind == .jsonLines ? .lines : .json)
  }
}
