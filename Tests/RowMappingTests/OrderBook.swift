import Contract
import JSON
import Records
import RowMapping
import YAML

/// An order mapping in YAML and what it makes of orders, in texts.
struct OrderBook {
  var yaml: String
  var kind = MappingFile.Kind.orders
  var tables: [String: [(key: String, value: String)]] = [:]
  var overrides = ""

  init(_ yaml: String, kind: MappingFile.Kind = .orders) {
    self.yaml = yaml
    self.kind = kind
  }

  static let facts = OrderFacts(
    posOrderId: "5feceb66ffc86f38", orderStatus: "ORDER_SUCCESS", flags: "",
    receivedAt: "2026-01-31T04:08:56+00:00")

  /// A dine-in order with a set, an odd name and a note.
  static let order = """
    {"requestOrderId": "R-1", "posAccountId": "acc", "posStoreId": "S1", "orderChannel": "GRABFOOD",
     "channelOrderId": "GF-77", "serviceType": "DINEIN",
     "expectFulfillmentTime": "2026-01-31T12:30:00+08:00",
     "customer": {"name": "=Ann \\"A\\" Lim", "phone": "+65 8123"},
     "orderProducts": [
       {"posProductId": "101", "name": "Laksa", "quantity": 2, "weight": 0.75,
        "price": {"value": 650, "currency": "SGD"}, "note": "no chili", "tags": ["hot", "soup"],
        "sauces": [{"name": "Sambal"}],
        "modifiers": [{"posProductId": "m1", "name": "Egg", "quantity": 1}]},
       {"posProductId": "102", "name": "Kopi", "quantity": "1",
        "price": {"value": "1250", "currency": "JPY"}, "note": null}],
     "orderAmount": {"value": 1300, "currency": "SGD"}, "table": "T5", "seats": 4, "isVip": true}
    """

  func compile() throws(Problems) -> OrderMapping {
    let contract = try Contract.load(
      overrides: overrides.isEmpty ? [] : [("Mappings/contract.yaml", Array(overrides.utf8))])
    let tables = tables
    let defaults = MappingDefaults(
      currency: Currency(code: "SGD")!, zone: Zone(name: "Asia/Singapore", offsetSeconds: 28800),
      findZone: { $0 == "Asia/Tokyo" ? Zone(name: $0, offsetSeconds: 32400) : nil },
      readTable: { file throws(Problem) in
        if let table = tables[file] {
          return table.map { TableWord(key: $0.key, value: $0.value) }
        }
        throw Problem("no-table", value: file, "there is no such file beside the mapping")
      })
    let node: YAMLNode
    do throws(Problem) {
      node = try YAML.parse(Array(yaml.utf8), file: "o.yaml")
    } catch {
      throw Problems([error])
    }
    return try OrderMappingReader(contract: contract, defaults: defaults)
      .read(node, name: "o", path: "o.yaml", kind: kind)
  }

  /// What is wrong with the mapping itself.
  func mistakes() -> [String] {
    do throws(Problems) {
      _ = try compile()
      return []
    } catch {
      return error.all.map(\.description)
    }
  }

  /// What becomes of an order: its sheet in lines, or what keeps it from being written.
  func run(
    _ json: String = order, facts: OrderFacts = facts, about order: String? = nil
  ) -> [String] {
    with(json, order) { mapping, body, order throws(Problem) in
      Self.lines(try mapping.sheet(body, facts, order: order))
    }
  }

  /// Whether the mapping takes an order, in a word, or why it cannot be told.
  func takes(
    _ json: String = order, facts: OrderFacts = facts, about order: String? = nil
  ) -> String {
    with(json, order) { mapping, body, order throws(Problem) in
      [try mapping.takes(body, facts, order: order) ? "yes" : "no"]
    }.joined(separator: "\n")
  }

  private func with(
    _ json: String, _ order: String?,
    _ body: (OrderMapping, JSONValue, JSONValue?) throws(Problem) -> [String]
  ) -> [String] {
    let documents = [JSONDocument(), JSONDocument()]
    for (document, text) in zip(documents, [json, order ?? "null"]) {
      Bytes.withBytes(of: text) { bytes in _ = try? document.parse(bytes) }
    }
    do throws(Problems) {
      let mapping = try compile()
      do throws(Problem) {
        return try body(mapping, documents[0].root, order == nil ? nil : documents[1].root)
      } catch {
        return [error.description]
      }
    } catch {
      return error.all.map(\.description)
    }
  }

  /// `orders/<S1>/<R-1>.csv`, what an order says between `<` and `>`; then for each line its kind
  /// and cells, values, JSON.
  private static func lines(_ sheet: OrderSheet) -> [String] {
    let path = sheet.path.map { $0.isLiteral ? $0.text : "<\($0.text)>" }.joined(separator: "/")
    return [path]
      + sheet.lines.map { "\($0.kind): " + $0.cells.joined(separator: "|") }
      + sheet.values.map { "\($0.name)=\($0.text)" }
      + (sheet.json.map { [String(decoding: $0, as: UTF8.self)] } ?? [])
  }
}
