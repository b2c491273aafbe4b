import Contract
import Records
import Testing

@Suite struct OverrideMistakeTests {
  /// Lines that stand in the fields of syncProduct, the first one on line 5.
  func fields(_ lines: String) -> [String] {
    let indented = lines.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
    return found("messages:\n  syncProduct:\n    fields:\n\(indented)\n")
  }

  @Test(
    "a mistake in a field is named at its place",
    arguments: [
      (
        "products[].prize: {maximum: 5}",
        "sa.yaml, line 5, position 7: syncProduct has no field of this path, and a new one needs "
          + "a type and a basis (found: \"products[].prize\"). Did you mean \"products[].price\"?"
      ),
      (
        "loyaltyProgramme: {type: string}",
        "sa.yaml, line 5, position 7: syncProduct has no field of this path, and a new one needs "
          + "a type and a basis (found: \"loyaltyProgramme\"). "
          + "Write, for example: {type: string, basis: confirmed}"
      ),
      (
        "products[].naem: {remove: true}",
        "sa.yaml, line 5, position 7: syncProduct has no field of this path "
          + "(found: \"products[].naem\"). Did you mean \"products[].name\"?"
      ),
      (
        "products[]: {required: false}",
        "sa.yaml, line 5, position 7: this is no path of a field (found: \"products[]\"). Write "
          + "names with dots between them, and [] behind a list that others stand in: products, "
          + "products[].name."
      ),
      (
        "requestId: {type: text}",
        "sa.yaml, line 5, position 25: \"type\" is one of string, integer, decimal, boolean, "
          + "amount, time, object, list, any (found: \"text\"). Write one of them."
      ),
      (
        "requestId: {maxmum: 5}",
        "sa.yaml, line 5, position 19: \"maxmum\" is not a key of requestId. "
          + "Did you mean \"maximum\"?"
      ),
      (
        "requestId: {maximum: many}",
        "sa.yaml, line 5, position 28: \"maximum\" takes a whole number (found: \"many\"). "
          + "Write digits only."
      ),
      (
        "requestId: {rename: a.b}",
        "sa.yaml, line 5, position 27: this is no name for a field (found: \"a.b\"). "
          + "Write the field's new name alone, without its path."
      ),
      (
        "products.sku: {type: string, basis: confirmed}",
        "sa.yaml, line 5, position 7: products is of the type list, so that this cannot stand in "
          + "it (found: \"products.sku\"). "
          + "Write [] behind the name of a list, and nothing behind that of an object."
      ),
      (
        "tax.rate: {type: decimal, basis: confirmed}",
        "sa.yaml, line 5, position 7: syncProduct has no field tax that this could stand in "
          + "(found: \"tax.rate\"). Add it too: tax: {type: object, basis: …}"
      ),
      (
        "extendInfo: {role: productName}",
        "sa.yaml, line 5, position 7: extendInfo has the role that products[].name of "
          + "syncProduct has already (found: \"productName\"). Take it from the other one: "
          + "products[].name: {role: none}, or remove that field."
      ),
      (
        "products[].status: {remove: true}",
        "sa.yaml, line 3, position 3: no field of syncProduct has this role, and "
          + "the program needs it (found: \"productStatus\"). Give one field "
          + "`role: productStatus`, or don't remove the one that had it."
      ),
      (
        "products[].type: {enum: [SINGLE]}",
        "sa.yaml, line 5, position 7: the words of this field of syncProduct stand in the section "
          + "productTypes. Remove enum here and change productTypes: beside messages:, at the "
          + "left margin."
      ),
    ])
  func field(line: String, expected: String) {
    #expect(fields(line) == [expected])
  }

  @Test(
    "a mistake elsewhere is named at its place",
    arguments: [
      (
        "messages: {syncProducts: {path: /x}}",
        "sa.yaml, line 2, position 12: the contract has no message of this name "
          + "(found: \"syncProducts\"). Did you mean \"syncProduct\"?"
      ),
      (
        "messages: {syncProduct: {path: v2}}",
        "sa.yaml, line 2, position 32: the path of syncProduct does not begin with a slash "
          + "(found: \"v2\"). Write it as it stands in the URL behind the host: "
          + "/v2/pos/syncProduct"
      ),
      (
        "messages: {syncProduct: {idempotencyKey: id}}",
        "sa.yaml, line 2, position 12: the idempotency key of syncProduct is not a "
          + "field of it (found: \"id\"). Set idempotencyKey to the path of one of its fields."
      ),
      (
        "mesages: {}",
        "sa.yaml, line 2, position 1: \"mesages\" is not a key of sa.yaml. "
          + "Did you mean \"messages\"?"
      ),
      (
        "productTypes: {SET: {children: yes}}",
        "sa.yaml, line 2, position 16: SET is new, and nothing says how it is known. "
          + "Add basis: confirmed, or basis: assumed where it is a guess."
      ),
      (
        "productTypes: {CMBO: {remove: yes}}",
        "sa.yaml, line 2, position 16: the contract has no product type of this name "
          + "(found: \"CMBO\"). Did you mean \"COMBO\"?"
      ),
      (
        "journey: {READY: {next: [COMPLETE]}}",
        "sa.yaml, line 2, position 11: a status that may follow READY is not in the journey "
          + "itself (found: \"COMPLETE\"). Did you mean \"COMPLETED\"?"
      ),
      (
        "journey: {READY: ${x}}",
        "sa.yaml, line 2, position 19: ${…} inside {…} or […] must stand in quotes. "
          + "Put the text in quotes: READY: '${x}'"
      ),
    ])
  func elsewhere(lines: String, expected: String) {
    #expect(found(lines) == [expected])
  }

  @Test("every mistake of every file is found at once")
  func all() {
    do throws(Problems) {
      _ = try Contract.load(overrides: [
        ("a.yaml", Array("kind: contracts\nmesages: {}\njourney: x\n".utf8)),
        ("b.yaml", Array("kind: contract\na: [".utf8)), ("c.yaml", []),
      ])
      Issue.record("the contract was loaded")
    } catch {
      #expect(
        error.all.map { "\($0.place.file ?? "") \($0.code)" } == [
          "a.yaml wrong-choice", "a.yaml wrong-kind", "a.yaml unknown-key", "b.yaml yaml-bracket",
          "c.yaml missing-key",
        ])
    }
  }
}
