import GRDB
import Records
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct LedgerKeptMappingsTests {
  private let ledger: Ledger

  init() throws { ledger = try Ledger.fresh().1 }

  private func mapping(_ name: String, _ text: String, parts: [String: [UInt8]] = [:])
    -> KeptMapping
  {
    KeptMapping(name: name, text: Array(text.utf8), parts: parts)
  }

  private func keep(
    _ mappings: KeptMapping..., besides names: [String] = [], olderThan old: Int64 = 0,
    at now: Int64
  ) throws {
    try ledger.keep(mappings, besides: names, olderThan: old, Sample.gateway, at: now)
  }

  private func kept() throws -> [String] {
    try ledger.keptMappings(Sample.gateway).map { one in
      let text = one.text.map { String(decoding: $0, as: UTF8.self) } ?? "nil"
      return "\(one.name) \(text) \(one.parts.keys.sorted()) \(one.since ?? -1)"
    }
  }

  @Test("of each name the last version is there, with its parts, since when it is the last")
  func versions() throws {
    try keep(mapping("b", "1", parts: ["t": [1, 0, 255], "e": []]), mapping("a", "1"), at: 10)
    #expect(try kept() == [#"a 1 [] 10"#, #"b 1 ["e", "t"] 10"#])
    #expect(try ledger.keptMappings(Sample.gateway).last?.parts == ["t": [1, 0, 255], "e": []])
    try keep(mapping("b", "1", parts: ["t": [1, 0, 255], "e": []]), mapping("a", "2"), at: 20)
    #expect(try kept() == [#"a 2 [] 20"#, #"b 1 ["e", "t"] 10"#])
    try keep(mapping("b", "1", parts: ["t": [2]]), at: 30)
    #expect(try kept() == [#"a 2 [] 20"#, #"b 1 ["t"] 30"#])
    #expect(try ledger.keptMappings(Sample.scope) == [])
    let parts = try ledger.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM keptMappingPart")
    }
    #expect(parts == 1)
  }

  @Test("one that is too large is there by its name alone")
  func large() throws {
    let half = [UInt8](repeating: 1, count: KeptMapping.limit / 2)
    try keep(KeptMapping(name: "a", text: half, parts: ["t": half]), at: 1)
    try keep(KeptMapping(name: "b", text: half, parts: ["t": half + [1]]), at: 1)
    let kept = try ledger.keptMappings(Sample.gateway)
    #expect(kept.map(\.text) == [half, nil])
    #expect(kept.map(\.parts) == [["t": half], [:]])
  }

  @Test("one that a person gave up is forgotten, and an old one that is there no more")
  func forgotten() throws {
    try keep(mapping("a", "1"), mapping("b", "1"), mapping("c", "1"), at: 10)
    #expect(!(try ledger.giveUp(mapping: "b", Sample.gateway, at: 11)))
    #expect(try kept() == ["a 1 [] 10", "c 1 [] 10"])
    try keep(mapping("d", "1"), besides: ["c", "d"], olderThan: 10, at: 20)
    #expect(try kept().count == 3)
    try keep(mapping("d", "2"), besides: ["c", "d"], olderThan: 11, at: 30)
    #expect(try kept() == ["c 1 [] 10", "d 2 [] 30"])
  }
}
