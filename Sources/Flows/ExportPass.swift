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
  ///   - known: see ``ProductMapper/finish(known:)``.
  /// - Throws: what makes the file unreadable as a whole, every missing column, or what the sink
  ///   threw.
  package func run(
    _ source: Source, joined: [Source] = [], to sink: any ProductSink,
    known: (_ id: String, _ store: Int) -> Bool = { _, _ in false }
  ) throws(Problems) -> Result {
    var tables: [JoinedFile] = []
    for source in joined {
      tables.append(try explained { () throws(Problem) in try table(source) })
    }
    return mapping.file.format.kind == .csv
      ? try rows(of: source, tables, sink, known)
      : try elements(of: source, tables, sink, known)
  }

  func explained<Value>(_ body: () throws(Problem) -> Value) throws(Problems) -> Value {
    do throws(Problem) {
      return try body()
    } catch {
      throw Problems([error])
    }
  }
}
