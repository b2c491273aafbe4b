package import Records
package import RowMapping

/// Reads one export through a mapping: the one path that runs, previews and a mapping's tests take.
package struct ExportPass {
  /// An export where it can be read, and what it is called.
  package struct Source: Sendable {
    /// The real path.
    package var path: String
    /// As the user knows it.
    package var display: String
    /// As templates see it (`file.name`).
    package var name: String

    package init(path: String, display: String, name: String) {
      self.path = path
      self.display = display
      self.name = name
    }
  }

  /// What was read.
  package struct Result {
    package let outcome: MappingOutcome
    /// What was found out about the format, for people.
    package let notes: [String]
    /// The header line's cells; none for JSON.
    package let header: [String]
    package let delimiter: UInt8
  }

  let mapping: ProductMapping
  let stores: [String]
  let progress: (_ bytesRead: Int, _ size: Int) -> Void

  /// - Parameters:
  ///   - stores: the posStoreIds of the settings.
  ///   - progress: hears now and then how far it is.
  package init(
    _ mapping: ProductMapping, stores: [String],
    progress: @escaping (_ bytesRead: Int, _ size: Int) -> Void = { _, _ in }
  ) {
    self.mapping = mapping
    self.stores = stores
    self.progress = progress
  }

  /// - Parameters:
  ///   - source: the main file.
  ///   - joined: the files that belong to it, in the mapping's order.
  /// - Throws: what makes the file unreadable as a whole, every missing column, or what the sink
  ///   threw.
  package func run(
    _ source: Source, joined: [Source] = [], to sink: any ProductSink
  ) throws(Problems) -> Result {
    var tables: [JoinedFile] = []
    for source in joined {
      tables.append(try pass.explained { () throws(Problem) in try pass.table(source) })
    }
    let make = { (header: [String]) throws(Problems) in
      sink.startOver()
      return try ProductMapper(
        mapping, file: (source.name, source.display), header: header, joined: tables,
        stores: stores, sink: sink)
    }
    let reading =
      mapping.file.format.kind == .csv
      ? try pass.rows(of: source, mayStartOver: true, make)
      : try pass.elements(of: source, into: try make([]))
    return Result(reading, try finish(reading.mapper))
  }

  /// Reads a JSON text, as it stands in a mapping's tests.
  func elements(
    ofText text: String, display: String, _ sink: any ProductSink
  ) throws(Problems) -> MappingOutcome {
    let mapper = try ProductMapper(
      mapping, file: ("test", display), header: [], stores: stores, sink: sink)
    _ = try pass.elements(ofText: text, display: display, into: mapper)
    return try finish(mapper)
  }

  private var pass: RecordPass { RecordPass(plan: mapping.plan, progress: progress) }

  private func finish(_ mapper: ProductMapper) throws(Problems) -> MappingOutcome {
    try pass.explained { () throws(Problem) in try mapper.finish() }
  }
}

extension ExportPass.Result {
  init<Mapper>(_ reading: RecordPass.Reading<Mapper>, _ outcome: MappingOutcome) {
    self.outcome = outcome
    header = reading.header
    delimiter = reading.delimiter
    notes =
      reading.notes
      + (outcome.unmet.isEmpty
        ? [] : ["No record has what the mapping names: \(outcome.unmet.joined(separator: ", "))"])
  }
}
