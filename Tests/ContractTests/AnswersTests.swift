import Contract
import Testing

@Suite struct AnswersTests {
  static let table: [(Contract.Occasion, String, String)] = [
    (.done, "S", "SUCCESS"), (.badSignature, "F", "INVALID_SIGNATURE"),
    (.unknownClient, "F", "KEY_NOT_FOUND"), (.unknownStore, "F", "ACCESS_DENIED"),
    (.unreadable, "F", "PARAM_ILLEGAL"), (.conflicting, "F", "REPEAT_REQ_INCONSISTENT"),
    (.unknownOrder, "F", "ORDER_NOT_EXIST"), (.unknownCall, "F", "INVALID_API"),
    (.tooLarge, "F", "PARAM_ILLEGAL"), (.wrongType, "F", "PARAM_ILLEGAL"),
    (.orderNotYet, "U", "UNKNOWN_EXCEPTION"), (.stale, "U", "UNKNOWN_EXCEPTION"),
    (.trouble, "U", "UNKNOWN_EXCEPTION"),
  ]

  @Test("every occasion has its answer", arguments: table)
  func answers(occasion: Contract.Occasion, status: String, code: String) throws {
    let answer = try contract().answer(on: occasion)
    #expect(answer.status.rawValue == status)
    #expect(answer.code == code)
  }

  @Test("the table names every occasion")
  func all() throws {
    #expect(Self.table.map(\.0) == Contract.Occasion.allCases)
    #expect(try contract().answers.count == Contract.Occasion.allCases.count)
  }

  @Test("an override changes a code, a status or how it is known, and leaves the rest")
  func override() throws {
    let contract = try contract(
      "answers: {unknownOrder: {code: NO_ORDER}, orderNotYet: {status: F, basis: confirmed}}")
    let unknown = contract.answer(on: .unknownOrder)
    #expect(unknown.status == .refused && unknown.code == "NO_ORDER" && unknown.basis == .family)
    let notYet = contract.answer(on: .orderNotYet)
    #expect(notYet.status == .refused && notYet.code == "UNKNOWN_EXCEPTION")
    #expect(notYet.basis == .confirmed)
    #expect(contract.answer(on: .conflicting).code == "REPEAT_REQ_INCONSISTENT")
  }

  @Test(
    "a mistake in an answer is named at its place",
    arguments: [
      (
        "answers: {unknwonOrder: {code: X}}",
        "sa.yaml, line 2, position 11: there is no occasion of this name to answer on "
          + "(found: \"unknwonOrder\"). Did you mean \"unknownOrder\"?"
      ),
      (
        "answers: {trouble: {status: S}}",
        "sa.yaml, line 2, position 29: \"status\" is one of U (found: \"S\"). Write one of them."
      ),
      (
        "answers: {conflicting: {status: S}}",
        "sa.yaml, line 2, position 33: \"status\" is one of F, U (found: \"S\"). "
          + "Write one of them."
      ),
      (
        "answers: {stale: {cod: X}}",
        "sa.yaml, line 2, position 19: \"cod\" is not a key of stale. Did you mean \"code\"?"
      ),
      (
        "answers: {stale: {code: }}",
        "sa.yaml, line 2, position 19: \"code\" is missing in stale. Add it: code: …"
      ),
    ])
  func mistakes(lines: String, expected: String) {
    #expect(found(lines) == [expected])
  }

  @Test("our answers don't change the messages' digest")
  func digest() throws {
    #expect(try contract("answers: {stale: {code: X}}").digest == contract().digest)
  }

  @Test("a stored order's status follows from the journey, and must be in it")
  func first() throws {
    #expect(try contract().journey.first == "ORDER_SUCCESS")
    let other = try contract(
      "journey: {new: {next: [BEGUN], first: BEGUN}, BEGUN: {basis: family}}")
    #expect(other.journey.first == "BEGUN")
    #expect(
      found("journey: {new: {first: READY}}") == [
        "sa.yaml, line 2, position 24: a stored order gets this status, and it is not one that "
          + "may follow new (found: \"READY\"). Set first to one of them: new: "
          + "{first: ORDER_SUCCESS}"
      ])
    #expect(
      found("journey: {READY: {first: READY}}") == [
        "sa.yaml, line 2, position 19: \"first\" is not a key of READY. "
          + "Its keys are: basis, byChannel, next."
      ])
  }
}
