import Contract
import LedgerStore
import Records
import RowMapping
import Settings

/// Compiles the mappings of orders. One that is wrong is replaced by its last good version: orders
/// are paid, and come out as they did before.
struct OrderShelfLoader {
  let folder: MappingFolder
  let settings: Settings
  let contract: Contract
  /// The last good versions.
  let kept: [KeptMapping]

  /// A file that is wrong, and may be a mapping of orders.
  struct Broken {
    let path: String
    /// `nil` where nobody can know what it is meant to be.
    let kind: MappingFile.Kind?
    let problems: [Problem]
    /// Which orders it would take; `nil` where that cannot be read.
    var filter: OrderMapping?
  }

  func shelf(
    of mappings: [(kind: MappingFile.Kind, source: MappingSource)], _ broken: [Broken]
  ) -> OrderShelf {
    var shelf = OrderShelf()
    for one in broken { replace(one, in: &shelf) }
    for (kind, source) in mappings {
      do throws(Problems) {
        shelf.add(try entry(source, kind, MappingParts(folder)))
      } catch {
        let filter = OrderFilterReader(reader: reader(MappingParts(folder))).filter(
          source.node, name: source.name, path: source.path, kind: kind, faults: error.all)
        replace(
          Broken(path: source.path, kind: kind, problems: error.all, filter: filter), in: &shelf)
      }
    }
    return shelf
  }

  private func replace(_ broken: Broken, in shelf: inout OrderShelf) {
    guard let version = kept.first(where: { "Mappings/\($0.name).yaml" == broken.path }) else {
      return shelf.add(broken, broken.problems)
    }
    let time = version.since.map { WireTime.text(epochMilliseconds: $0, zone: settings.timeZone) }
    let named = "its last good version" + (time.map { " (of \($0))" } ?? "")
    do throws(Problems) {
      guard let entry = try entry(version, at: broken.path) else {
        let size = KeptMapping.limit >> 20
        return shelf.add(
          broken,
          broken.problems.adding(
            "\(Self.waiting): \(named) was larger than \(size) MiB, with what it reads, and was "
              + "not kept."))
      }
      shelf.add(entry)
      shelf.add(
        broken.problems.adding("Until this is fixed, orders go by \(named)."))
    } catch {
      let reason = error.all.first.map { " (\($0.reason))" } ?? ""
      shelf.add(
        broken,
        broken.problems.adding(
          "\(Self.waiting): \(named) cannot be used any more, either\(reason)."
        ))
    }
  }

  private static let waiting =
    "Orders wait until this is fixed, but for a serve that runs since then"

  /// - Returns: `nil` where the version was too large to be kept.
  private func entry(
    _ version: KeptMapping, at path: String
  ) throws(Problems) -> OrderShelf.Entry? {
    guard let text = version.text else { return nil }
    let source: MappingSource
    do throws(Problem) {
      source = try MappingSource(name: version.name, path: path, bytes: text)
    } catch {
      throw Problems([error])
    }
    let problems = ProblemList()
    guard let kind = MappingFile.kind(of: source.node, problems: problems) else {
      throw Problems(problems.all)
    }
    return try entry(source, kind, MappingParts(version))
  }

  private func entry(
    _ source: MappingSource, _ kind: MappingFile.Kind, _ parts: MappingParts
  ) throws(Problems) -> OrderShelf.Entry {
    let mapping = try reader(parts).read(
      source.node, name: source.name, path: source.path, kind: kind)
    do throws(Problem) {
      return try OrderShelf.Entry(
        mapping, parts, text: source.bytes)
    } catch {
      throw Problems([error])
    }
  }

  private func reader(_ parts: MappingParts) -> OrderMappingReader {
    OrderMappingReader(
      contract: contract,
      defaults: MappingDefaults(settings) { name throws(Problem) in try parts.table(name) })
  }
}

extension [Problem] {
  /// With a sentence at the end of the first one.
  fileprivate func adding(_ sentence: String) -> [Problem] {
    var problems = self
    if !isEmpty {
      let remedy = problems[0].remedy
      problems[0].remedy = remedy.isEmpty ? sentence : "\(remedy) \(sentence)"
    }
    return problems
  }
}
