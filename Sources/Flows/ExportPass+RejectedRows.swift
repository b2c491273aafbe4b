import InboxFiles
import Records
import RowMapping

extension ExportPass.Result {
  /// The bad rows with their own columns, to be put beside the file; nothing where there are none,
  /// or no columns.
  var rejectedRows: RejectedRows? {
    guard !outcome.badRows.isEmpty, !header.isEmpty else { return nil }
    let table = RejectedRows(header: header, delimiter: delimiter)
    let store = RowStore()
    for bad in outcome.badRows {
      store.removeAll()
      let place = bad.problems.first?.place
      store.append(
        cells: bad.cells.map { String(decoding: $0, as: UTF8.self) }, line: place?.line ?? 0,
        record: place?.record ?? 0)
      table.add(store[0], bad.problems)
    }
    return table
  }
}
