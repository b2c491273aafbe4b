import Records
import YAML

/// Reads what we answer, each occasion over what was known of it.
struct AnswersReader {
  let problems: ProblemList

  func read(_ section: YAMLSection, into answers: inout [Contract.Occasion: Contract.Answer]) {
    for entry in section.entries() {
      guard let occasion = Contract.Occasion(rawValue: entry.key) else {
        refuse(entry)
        continue
      }
      let own = YAMLSection(entry.value, named: entry.key, problems: problems)
      let known = answers[occasion]
      let code = own.node("code") == nil ? nil : own.required("code")?.text
      answers[occasion] = Contract.Answer(
        status: status(own, occasion) ?? known?.status ?? occasion.statuses[0],
        code: code ?? known?.code ?? "",
        basis: own.word("basis", Contract.Basis.self) ?? known?.basis ?? .assumed)
      own.finish()
    }
  }

  private func status(
    _ section: YAMLSection, _ occasion: Contract.Occasion
  ) -> Contract.Answer.Status? {
    section.choice("status", occasion.statuses.map(\.rawValue)).flatMap {
      Contract.Answer.Status(rawValue: $0)
    }
  }

  private func refuse(_ entry: YAMLEntry) {
    let names = Contract.Occasion.allCases.map(\.rawValue)
    let guess = suggestion(for: entry.key, among: names)
    problems.add(
      Problem(
        "contract-unknown", at: entry.place, value: entry.key,
        "there is no occasion of this name to answer on",
        remedy: guess.isEmpty ? "There are: \(names.joined(separator: ", "))." : guess))
  }
}
