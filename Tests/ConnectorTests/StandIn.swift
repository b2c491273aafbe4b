import Foundation

/// The D-Store of one test: what it was sent, and what goes wrong there.
struct StandIn {
  /// A request as the double saw it.
  struct Request: Decodable, Equatable {
    var requestId: String
    var store: String
    var products: [String]
    /// What a strict reader finds wrong with headers and signature.
    var wrong: [String]
    var call: String
    /// The resultStatus; empty where none was sent.
    var answer: String
    /// Whether it changed a menu.
    var effect: Bool
  }

  let name = UUID().uuidString
  private var double: DStoreDouble { .shared }

  init() { double.folder.write("\(name)/faults", "") }

  var endpoint: String { "https://127.0.0.1:\(double.port)/\(name)" }
  var folder: String { double.folder.path(name) }

  /// What goes wrong with the next requests, a word for each.
  func fail(_ words: String...) {
    double.folder.write("\(name)/faults", words.joined(separator: " "))
  }

  /// A store that is always answered F.
  func refuse(_ store: String) { double.folder.write("\(name)/refused", store) }

  /// What it says beside an F.
  func say(_ message: String) { double.folder.write("\(name)/message", message) }

  /// A store that is never answered.
  func silence(_ store: String) { double.folder.write("\(name)/silent", store) }

  var requests: [Request] {
    double.folder.text("\(name)/log").split(separator: "\n").map {
      try! JSONDecoder().decode(Request.self, from: Data($0.utf8))
    }
  }

  var effects: Int { requests.filter(\.effect).count }

  /// The body of a request, counted from 1.
  func body(_ number: Int) -> Data? { double.folder.data("\(name)/body-\(number)") }

  /// The bodies that arrived.
  var bodies: [Data] {
    var bodies: [Data] = []
    while let body = body(bodies.count + 1) { bodies.append(body) }
    return bodies
  }

  /// What a store sells: `id: status price`, sorted.
  func menu(_ store: String) -> [String] {
    let all = json(double.folder.data("\(name)/menus") ?? Data()) ?? [:]
    let products = all["merchant/\(store)"] as? [String: [String: Any]] ?? [:]
    return products.map { id, product in
      let price = (product["price"] as? [String: Any])?["value"] as? Int
      return "\(id): \(product["status"] ?? "") \(price.map(String.init) ?? "")"
    }.sorted()
  }

  /// Waits until a request is held.
  func waitForHold() async {
    while !double.folder.has("\(name)/holding") { usleep(5000) }
  }

  /// Lets held requests go.
  func release() { double.folder.write("\(name)/release", "") }
}

/// One JSON object and nothing else, as Foundation reads it.
func json(_ data: Data) -> [String: Any]? {
  (try? JSONSerialization.jsonObject(with: data)) as? [String: Any]
}

func json(_ text: String) -> [String: Any]? { json(Data(text.utf8)) }
