/// A request that is to be recorded, and what it is made of.
package struct RequestOpening: Sendable {
  package let request: SyncRequest
  /// The files behind it.
  package let files: [SourceFile]
  /// The parts of a catalogue that are in force once it is accepted, one a mapping.
  package let parts: [Part]

  package init(_ request: SyncRequest, files: [SourceFile], parts: [Part]) {
    self.request = request
    self.files = files
    self.parts = parts
  }
}

/// A file behind a request, and what was found in it.
package struct SourceFile: Sendable {
  package let id: Int64
  package let records: Int
  package let problems: Int
  /// The report of its problems, relative to the inbox; `nil` where it has none.
  package let report: String?

  package init(id: Int64, records: Int, problems: Int, report: String?) {
    self.id = id
    self.records = records
    self.problems = problems
    self.report = report
  }
}
