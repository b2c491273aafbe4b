import Records
import Testing

@testable import LedgerStore

@Suite struct LedgerApprovalsTests {
  @Test("an approval holds for one content in one scope, until that content is decided on")
  func approval() throws {
    let (_, ledger) = try Ledger.fresh()
    let file = try ledger.claim(Sample.claim("menu.csv", digest: "menu"), at: 1)
    let digest = "menu"
    #expect(try !ledger.isApproved(Sample.scope, digest: digest))
    try ledger.approve(Sample.scope, digest: digest, at: 2)
    try ledger.approve(Sample.scope, digest: digest, at: 3)
    #expect(try ledger.isApproved(Sample.scope, digest: digest))
    #expect(try !ledger.isApproved(Sample.otherScope, digest: digest))
    #expect(try !ledger.isApproved(Sample.scope, digest: "other"))
    try ledger.open([Sample.request("r1")], files: [file])
    #expect(try ledger.isApproved(Sample.scope, digest: digest))
    try ledger.decide(FileDecision(file: file, .sent), at: 4)
    #expect(try !ledger.isApproved(Sample.scope, digest: digest))
  }
}
