import Records
import YAML

/// Reads a contract file into a draft; a file after the default holds only what differs.
struct ContractReader {
  let problems: ProblemList
  /// The default alone brings messages: the program can do nothing with others.
  let isDefault: Bool

  func read(_ root: YAMLSection, into draft: inout ContractDraft) {
    _ = root.required("kind").map { _ in root.choice("kind", ["contract"]) }
    if let calls = root.section("messages") { read(calls: calls, into: &draft) }
    if let kinds = root.section("productTypes") { read(kinds: kinds, into: &draft) }
    if let words = root.section("productStatus") { read(words: words, into: &draft) }
    if let stops = root.section("journey") { read(stops: stops, into: &draft) }
    if let codes = root.section("resultCodes") { read(codes: codes, into: &draft) }
    if let answers = root.section("answers") {
      AnswersReader(problems: problems).read(answers, into: &draft.answers)
    }
    root.finish()
  }

  private func read(calls section: YAMLSection, into draft: inout ContractDraft) {
    for entry in section.entries() {
      if let index = draft.calls.firstIndex(where: { $0.name == entry.key }) {
        read(call: entry, into: &draft.calls[index])
      } else if isDefault {
        var call = ContractDraft.Call(name: entry.key, place: entry.place)
        read(call: entry, into: &call)
        draft.calls.append(call)
      } else {
        unknown(entry, "message", among: draft.calls.map(\.name))
      }
    }
  }

  private func read(call entry: YAMLEntry, into call: inout ContractDraft.Call) {
    let section = YAMLSection(entry.value, named: entry.key, problems: problems)
    call.place = entry.place
    if let path = section.text("path") {
      call.path = path.text
      if !path.text.hasPrefix("/") {
        problems.add(
          Problem(
            "contract-path", at: path.place, value: path.text,
            "the path of \(entry.key) does not begin with a slash",
            remedy: "Write it as it stands in the URL behind the host: /v2/pos/\(entry.key)"))
      }
    }
    if let direction = section.word("direction", Contract.Message.Direction.self) {
      call.direction = direction
    }
    if let key = section.text("idempotencyKey") { call.idempotencyKey = key.text }
    if let basis = section.word("statusUpdate", Contract.Basis.self) { call.statusUpdate = basis }
    let fields = FieldReader(problems: problems, message: entry.key)
    if let request = section.section("fields") { fields.read(request, into: &call.request) }
    if let answer = section.section("answer") { fields.read(answer, into: &call.answer) }
    section.finish()
  }

  private func read(kinds section: YAMLSection, into draft: inout ContractDraft) {
    for entry in section.entries() {
      let own = YAMLSection(entry.value, named: entry.key, problems: problems)
      let index = draft.kinds.firstIndex { $0.name == entry.key }
      var kind =
        index.map { draft.kinds[$0] } ?? ContractDraft.Kind(name: entry.key, place: entry.place)
      if let flag = own.flag("statusUpdate") { kind.takesStatusUpdate = flag }
      if let flag = own.flag("children") { kind.hasChildren = flag }
      if let basis = own.word("basis", Contract.Basis.self) { kind.basis = basis }
      let isRemoved = own.flag("remove") == true
      own.finish()
      if kind.basis == nil, !isRemoved { missingBasis(entry.key, entry.place) }
      switch (index, isRemoved) {
      case (let index?, true): draft.kinds.remove(at: index)
      case (let index?, false): draft.kinds[index] = kind
      case (nil, true): unknown(entry, "product type", among: draft.kinds.map(\.name))
      case (nil, false): draft.kinds.append(kind)
      }
    }
  }

  private func read(words section: YAMLSection, into draft: inout ContractDraft) {
    if let word = section.text("available") { draft.available = word.text }
    if let word = section.text("unavailable") { draft.unavailable = word.text }
    section.finish()
  }

  private func read(stops section: YAMLSection, into draft: inout ContractDraft) {
    for entry in section.entries() {
      let own = YAMLSection(entry.value, named: entry.key, problems: problems)
      var stop = draft.stops[entry.key] ?? ContractDraft.Stop(place: entry.place)
      if let next = own.texts("next") { stop.next = next.map(\.text) }
      if let next = own.texts("byChannel") { stop.byChannel = next.map(\.text) }
      if let basis = own.word("basis", Contract.Basis.self) { stop.basis = basis }
      if entry.key == Contract.Journey.start, let first = own.text("first") {
        draft.first = (first.text, first.place)
      }
      stop.place = entry.place
      own.finish()
      if stop.basis == nil { missingBasis(entry.key, entry.place) }
      draft.stops[entry.key] = stop
    }
  }

  /// A code's value is its remedy, or keys with `remedy` and `rateLimit`.
  private func read(codes section: YAMLSection, into draft: inout ContractDraft) {
    for entry in section.entries() {
      if let remedy = entry.value.text {
        draft.remedies[entry.key] = remedy.text
        continue
      }
      let own = YAMLSection(entry.value, named: entry.key, problems: problems)
      if let remedy = own.text("remedy") { draft.remedies[entry.key] = remedy.text }
      switch own.flag("rateLimit") {
      case true: draft.rateLimitCodes.insert(entry.key)
      case false: draft.rateLimitCodes.remove(entry.key)
      case nil: break
      }
      own.finish()
    }
  }

  private func unknown(_ entry: YAMLEntry, _ kind: String, among names: [String]) {
    let guess = suggestion(for: entry.key, among: names)
    problems.add(
      Problem(
        "contract-unknown", at: entry.place, value: entry.key,
        "the contract has no \(kind) of this name",
        remedy: guess.isEmpty ? "It has: \(names.joined(separator: ", "))." : guess))
  }

  private func missingBasis(_ name: String, _ place: Place) {
    problems.add(
      Problem(
        "contract-basis", at: place, "\(name) is new, and nothing says how it is known",
        remedy: "Add basis: confirmed, or basis: assumed where it is a guess."))
  }
}
