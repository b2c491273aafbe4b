import Contract
import Records
import Templates
import YAML

/// Reads `file:` of an order mapping.
struct OutputPathReader {
  let words: OrderWords
  /// Roles of fields that many orders, or many changes, have the same.
  let sharedRoles: Set<Contract.Role>
  /// Words of the connector's own that many have the same.
  let sharedFacts: Set<String>
  /// What tells one from the other, for the remedy.
  let idWord: String

  func read(_ text: YAMLText) -> OutputPath? {
    let texts = Self.split(text.text)
    guard texts.allSatisfy(isName) else { return refuse(text) }
    let parts = texts.compactMap { part -> OutputPath.Part? in
      let text = words.text(YAMLText(text: part, place: text.place, isPlain: text.isPlain))
      return text.map { OutputPath.Part(text: $0, isLiteral: !part.contains("${")) }
    }
    guard parts.count == texts.count else { return nil }
    if !parts.contains(where: tellsApart) { refuseShared(text) }
    return OutputPath(parts: parts)
  }

  /// At the slashes that stand outside of `${…}`.
  static func split(_ text: String) -> [String] {
    var parts = [""]
    var quote: Character?
    var isInside = false
    var previous: Character?
    for character in text {
      if isInside {
        if character == quote, previous != "\\" {
          quote = nil
        } else if quote == nil {
          if character == "\"" || character == "'" { quote = character }
          if character == "}" { isInside = false }
        }
      } else if character == "{", previous == "$" {
        isInside = true
      } else if character == "/" {
        parts.append("")
        previous = character
        continue
      }
      parts[parts.count - 1].append(character)
      previous = character
    }
    return parts
  }

  private func isName(_ part: String) -> Bool {
    !part.isEmpty && !part.hasPrefix(".") && (part.contains("${") || !part.contains("\\"))
  }

  private func tellsApart(_ part: OutputPath.Part) -> Bool {
    words.leaves(part.text.template).contains { !isShared($0) }
  }

  private func isShared(_ slot: Int) -> Bool {
    guard case .json(let level, let path) = words.names.table.references[slot] else { return false }
    if level == NameScope.factsLevel { return sharedFacts.contains(path[0]) }
    // A change's own fields stand in the body; those of its order are the same in all.
    if level != 0 { return true }
    return words.spot(of: slot)?.field?.role.map(sharedRoles.contains) ?? false
  }

  private func refuse(_ text: YAMLText) -> OutputPath? {
    words.names.report(
      Problem(
        "file", at: text.place, value: text.text, "file: names a file below Outbox/",
        remedy: "Write it relative to Outbox/, without names that begin with a point, such as "
          + "orders/${\(idWord)}.csv."))
    return nil
  }

  private func refuseShared(_ text: YAMLText) {
    words.names.report(
      Problem(
        "file", at: text.place, value: text.text,
        "every file would have the same name, and only the first could be written",
        remedy: "Put what tells them apart into it: ${\(idWord)}."))
  }
}
