/// A small file that belongs to the main one, read whole.
package struct JoinedFile {
  package let display: String
  package let header: [String]
  package let rows: RowStore

  package init(display: String, header: [String], rows: RowStore) {
    self.display = display
    self.header = header
    self.rows = rows
  }
}
