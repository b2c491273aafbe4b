package import Records
package import RowMapping

/// Reads one status file through its mapping: the one path that runs, previews and a mapping's
/// tests take.
package struct StatusPass {
  private let mapping: StatusMapping
  private let pass: RecordPass

  /// - Parameter progress: hears now and then how much of the file was read.
  package init(
    _ mapping: StatusMapping,
    progress: @escaping (_ bytesRead: Int, _ size: Int) -> Void = { _, _ in }
  ) {
    self.mapping = mapping
    pass = RecordPass(plan: mapping.plan, progress: progress)
  }

  /// - Throws: what makes the file unreadable as a whole, every missing column, or what the sink
  ///   threw.
  package func run(
    _ source: ExportPass.Source, to sink: any ChangeSink
  ) throws(Problems) -> ExportPass.Result {
    let make = { (header: [String]) throws(Problems) in
      try StatusMapper(
        mapping, file: (source.name, source.display), header: header, sink: sink)
    }
    let reading =
      switch mapping.file.format.kind {
      case .csv: try pass.rows(of: source, make)
      case .json, .jsonLines: try pass.elements(of: source, into: try make([]))
      case .nameOnly: try name(try make([]))
      }
    return ExportPass.Result(reading, reading.mapper.finish())
  }

  private func name(_ mapper: StatusMapper) throws(Problems) -> RecordPass.Reading<StatusMapper> {
    try pass.explained { () throws(Problem) in try mapper.takeName() }
    return RecordPass.Reading(
      mapper: mapper, notes: ["The file's name alone"], header: [], delimiter: UInt8(ascii: ","))
  }

  /// Reads what a test of the mapping gives it.
  ///
  /// - Parameter path: the real path of a file beside the mapping.
  package func run(
    _ test: MappingTest, path: (_ file: String) -> String, to sink: any ChangeSink
  ) throws(Problems) -> MappingOutcome {
    switch test.input {
    case .rows: return MappingOutcome()
    case .file(let name):
      let source = ExportPass.Source(
        path: path(name), display: "Mappings/\(name)", name: test.fileName ?? name)
      return try run(source, to: sink).outcome
    case .json(let text):
      let mapper = try StatusMapper(
        mapping, file: (test.fileName ?? "test", mapping.file.path), header: [], sink: sink)
      _ = try pass.elements(ofText: text, display: mapping.file.path, into: mapper)
      return mapper.finish()
    }
  }
}
