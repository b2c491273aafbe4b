package import Records
package import Templates
package import YAML

/// What every kind of mapping says: which files, in which format, and what becomes of them.
package struct MappingFile {
  package enum Kind: String, CaseIterable, Sendable {
    case products, orders, contract
    case orderChanges = "order-changes"
    case orderStatus = "order-status"
  }

  /// `afterDone:` of a mapping.
  package enum AfterDone: String, CaseIterable, Sendable {
    case archive, keep, delete
  }

  /// Files under `Inbox/` that a mapping reads.
  package struct Pattern: Sendable, Hashable {
    /// The level's name for a file that belongs to the main one; the main one has none.
    package let alias: String?
    /// For fnmatch(3), relative to `Inbox/`.
    package let pattern: String
  }

  /// The file's name without `.yaml`.
  package let name: String
  /// The path as the user knows it.
  package let path: String
  /// The main file's pattern first.
  package let files: [Pattern]
  package let format: ExportFormat
  package let styles: Styles
  package let afterDone: AfterDone
  /// Whether a file counts only when `NAME.done` stands beside it.
  package let waitsForMarker: Bool
}

/// What a mapping states about the bytes of an export; what it leaves open is detected.
package struct ExportFormat: Sendable, Hashable {
  package enum Kind: String, CaseIterable, Sendable {
    case csv, json
    case jsonLines = "json-lines"
    /// Nothing is read but the file's name.
    case nameOnly = "name-only"

    var isJSON: Bool { self == .json || self == .jsonLines }
  }

  /// The ``quote`` of a file that encloses nothing.
  package static let noQuote: UInt8 = 0

  package var kind = Kind.csv
  package var encoding: String?
  package var delimiter: UInt8?
  package var quote: UInt8?
  /// What stands before a quote that belongs to a cell, where quotes are not doubled.
  package var escape: UInt8?
  package var skipLines: Int?
  package var hasHeader = true
  /// How the last line of a whole file begins or reads, with `*`.
  package var lastLine: String?
}

/// What a mapping takes from the settings where it says nothing itself.
package struct MappingDefaults {
  package var currency: Currency
  package var zone: Zone
  /// Finds a zone of the tz database by its name.
  package var findZone: (String) -> Zone?
  /// Reads a table that stands in a file beside the mapping.
  package var readTable: (String) throws(Problem) -> [TableWord]

  package init(
    currency: Currency, zone: Zone, findZone: @escaping (String) -> Zone?,
    readTable: @escaping (String) throws(Problem) -> [TableWord]
  ) {
    self.currency = currency
    self.zone = zone
    self.findZone = findZone
    self.readTable = readTable
  }
}

extension MappingFile.Kind {
  /// The folder below `Inbox/` that such files usually stand in.
  fileprivate var folder: String { self == .orderStatus ? "status" : "products" }

  /// The formats that such mappings read.
  fileprivate var formats: [ExportFormat.Kind] {
    ExportFormat.Kind.allCases.filter { self == .orderStatus || $0 != .nameOnly }
  }
}

extension MappingFile {
  /// The kind that a mapping states.
  ///
  /// - Returns: nothing after having reported that it states none, or one that does not exist.
  package static func kind(of node: YAMLNode, problems: ProblemList) -> Kind? {
    let section = YAMLSection(node, named: "mapping", problems: problems)
    guard let text = section.required("kind") else { return nil }
    if let kind = Kind(rawValue: text.text) { return kind }
    let names = Kind.allCases.map(\.rawValue)
    problems.add(
      Problem(
        "unknown-kind", at: text.place, value: text.text, "there is no such kind of mapping",
        remedy: suggestion(for: text.text, among: names).orElse(
          "The kinds are: \(names.joined(separator: ", ")).")))
    return nil
  }

  static func read(
    _ section: YAMLSection, name: String, path: String, kind: Kind = .products,
    defaults: MappingDefaults, problems: ProblemList
  ) -> MappingFile {
    _ = section.text("kind")
    let ready = section.choice("ready", ["marker", "settled"])
    let reader = StyleReader(defaults: defaults, problems: problems)
    return MappingFile(
      name: name, path: path, files: patterns(section, kind, problems),
      format: FormatReader(problems: problems, kinds: kind.formats).read(section),
      styles: reader.read(section),
      afterDone: section.choice("afterDone", AfterDone.allCases.map(\.rawValue))
        .flatMap(AfterDone.init) ?? .archive,
      waitsForMarker: ready == "marker")
  }

  private static func patterns(
    _ section: YAMLSection, _ kind: Kind, _ problems: ProblemList
  ) -> [Pattern] {
    guard let node = section.node("files"), !node.isAbsent else {
      problems.add(
        Problem(
          "missing-key", at: section.place, "the mapping does not say which files it reads",
          remedy: "Add for example: files: \(kind.folder)/*.csv (below Inbox/)."))
      return []
    }
    if let text = node.text { return pattern(nil, text, kind, problems).map { [$0] } ?? [] }
    let entries = YAMLSection(node, named: "files", problems: problems).entries()
    findOverlaps(entries, problems)
    return entries.enumerated().compactMap { index, entry in
      if let text = entry.value.text {
        return pattern(index == 0 ? nil : entry.key, text, kind, problems)
      }
      problems.add(
        Problem(
          "files", at: entry.value.place, "\"\(entry.key)\" takes one pattern of file names",
          remedy: "Write files: {items: products/items*.csv, modifiers: products/mods*.csv}."))
      return nil
    }
  }

  /// A file goes to the first pattern that it fits, and the other one would wait forever.
  private static func findOverlaps(_ entries: [YAMLEntry], _ problems: ProblemList) {
    for (index, entry) in entries.enumerated() {
      guard let pattern = entry.value.text?.text else { continue }
      for other in entries[..<index] {
        guard let taken = other.value.text?.text, PatternOverlap.exists(taken, pattern) else {
          continue
        }
        problems.add(
          Problem(
            "overlapping-files", at: entry.value.place, value: pattern,
            "a file can fit both \"\(other.key)\" (\(taken)) and \"\(entry.key)\" of files:",
            remedy: "Write patterns that no name fits both, such as products/items*.csv and "
              + "products/mods*.csv."))
      }
    }
  }

  private static func pattern(
    _ alias: String?, _ text: YAMLText, _ kind: Kind, _ problems: ProblemList
  ) -> Pattern? {
    let parts = text.text.split(separator: "/", omittingEmptySubsequences: false)
    if !parts.contains(""), !parts.contains("..") {
      return Pattern(alias: alias, pattern: text.text)
    }
    problems.add(
      Problem(
        "files", at: text.place, value: text.text, "files: names files below Inbox/ only",
        remedy: "Write it relative to Inbox/, such as \(kind.folder)/*.csv."))
    return nil
  }
}
