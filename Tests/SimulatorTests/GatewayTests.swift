import Records
import Signing
import TestSupport
import Testing

@testable import Simulator

struct GatewayTests {
  private let kopi =
    #"{"posProductId":"1","type":"SINGLE","status":"AVAILABLE","name":"Kopi"}"#
  private let teh = #"{"posProductId":"2","type":"SINGLE","status":"AVAILABLE","name":"Teh"}"#

  @Test("a full sync replaces the store's menu, products as they stand")
  func fullSync() async throws {
    let bench = try Bench()
    let first = try await bench.send(bench.sync("r-1", "\(kopi), \(teh)"))
    #expect(first.effect == .menuReplaced(store: "east", products: 2))
    #expect(first.result == .success)
    #expect(try bench.menu() == [kopi, teh])
    _ = try await bench.send(bench.sync("r-2", teh))
    #expect(try bench.menu() == [teh])
  }

  @Test("an empty list of products empties the menu")
  func emptySync() async throws {
    let bench = try Bench()
    _ = try await bench.send(bench.sync("r-1", kopi))
    let event = try await bench.send(bench.sync("r-2", ""))
    #expect(event.effect == .menuReplaced(store: "east", products: 0))
    #expect(try bench.menu() == [])
  }

  private let kopiGone = #"{"posProductId":"1","type":"SINGLE","status":"UNAVAILABLE"}"#

  @Test("products with required fields only are a status update")
  func statusUpdate() async throws {
    let bench = try Bench()
    _ = try await bench.send(bench.sync("r-1", "\(kopi),\(teh)"))
    let event = try await bench.send(bench.sync("r-2", kopiGone))
    #expect(event.effect == .statusesChanged(store: "east", products: 1))
    #expect(
      try bench.menu() == [
        #"{"posProductId":"1","type":"SINGLE","status":"UNAVAILABLE","name":"Kopi"}"#, teh,
      ])
  }

  @Test("one optional field makes a full sync of it, and so does a type that takes no updates")
  func almostStatusUpdate() async throws {
    let bench = try Bench()
    for (index, body) in [
      bench.sync("r-1", kopiGone, extra: #","extendInfo":{}"#),
      bench.sync("r-2", #"{"posProductId":"1","type":"SINGLE","status":"AVAILABLE","price":null}"#),
      bench.sync("r-3", #"{"posProductId":"1","type":"COMBO","status":"AVAILABLE"}"#),
    ].enumerated() {
      _ = try await bench.send(bench.sync("full-\(index)", "\(kopi),\(teh)"))
      let event = try await bench.send(body)
      #expect(event.effect == .menuReplaced(store: "east", products: 1))
    }
  }

  @Test("a status update of a product that the menu has not changes nothing")
  func unknownProduct() async throws {
    let bench = try Bench()
    _ = try await bench.send(bench.sync("r-1", teh))
    let both = #"{"posProductId":"2","type":"SINGLE","status":"UNAVAILABLE"},\#(kopiGone)"#
    let event = try await bench.send(bench.sync("r-2", both))
    #expect(event.result == .refusal("PROCESS_FAIL", #"the menu has no product "1""#))
    #expect(event.effect == .nothing)
    #expect(try bench.menu() == [teh])
  }

  @Test("the first sync of a store is a full one whatever it holds")
  func firstSync() async throws {
    let bench = try Bench()
    let event = try await bench.send(bench.sync("r-1", kopiGone))
    #expect(event.effect == .menuReplaced(store: "east", products: 1))
  }

  @Test("the same key gets the same result, and nothing is done twice, after a restart too")
  func idempotency() async throws {
    let bench = try Bench()
    let body = bench.sync("r-1", kopi)
    _ = try await bench.send(body)
    _ = try await bench.send(bench.sync("r-2", teh))
    let later = try Bench(folder: bench.folder)
    let repeated = try await later.send(body)
    #expect(repeated.effect == .repeated)
    #expect(repeated.result == .success)
    #expect(try later.menu() == [teh])
  }

  @Test("a refusal is repeated too")
  func repeatedRefusal() async throws {
    let bench = try Bench()
    _ = try await bench.send(bench.sync("r-1", teh))
    let first = try await bench.send(bench.sync("r-2", kopiGone))
    _ = try await bench.send(bench.sync("r-3", "\(kopi),\(teh)"))
    let second = try await bench.send(bench.sync("r-2", kopiGone))
    #expect(first.result == second.result)
    #expect(second.effect == .repeated)
  }

  @Test("another body under a used key is refused")
  func inconsistent() async throws {
    let bench = try Bench()
    _ = try await bench.send(bench.sync("r-1", kopi))
    let event = try await bench.send(bench.sync("r-1", teh))
    #expect(
      event.result
        == .refusal("REPEAT_REQ_INCONSISTENT", "the requestId was used for another body"))
    #expect(try bench.menu() == [kopi])
  }

  @Test(
    "what the contract or the merchant does not allow is refused",
    arguments: [
      ("{", "PARAM_ILLEGAL", "the body is not JSON: "),
      ("[]", "PARAM_ILLEGAL", "syncProduct takes a JSON object, and this is none"),
      (#"{"posAccountId":"a"}"#, "PARAM_ILLEGAL", "\"requestId\": "),
      (
        #"{"requestId":"r","posAccountId":"x","store":{"posStoreId":"east"},"products":[]}"#,
        "ACCESS_DENIED", #"the account "x" is unknown"#
      ),
      (
        #"{"requestId":"r","posAccountId":"kopi","store":{"posStoreId":"x"},"products":[]}"#,
        "ACCESS_DENIED", #"the store "x" is unknown"#
      ),
    ])
  func illegal(_ body: String, _ code: String, _ message: String) async throws {
    let bench = try Bench()
    let event = try await bench.send(body)
    #expect(event.result?.status == "F")
    #expect(event.result?.code == code)
    #expect(event.result?.message.hasPrefix(message) == true, "\(event.result?.message ?? "")")
    #expect(event.effect == .nothing)
  }

  @Test("a request that is not proven is refused before it is read")
  func unproven() async throws {
    let bench = try Bench()
    func code(_ change: (inout GatewayRequest) -> Void) async throws -> String? {
      var request = try bench.request(bench.sync("r-1", kopi))
      change(&request)
      return await bench.gateway.answer(request, fault: nil).1.result?.code
    }
    #expect(try await code { _ in } == "SUCCESS")
    #expect(try await code { $0.signature = nil } == "INVALID_SIGNATURE")
    #expect(try await code { $0.body.append(0x20) } == "INVALID_SIGNATURE")
    #expect(try await code { $0.clientId = nil } == "KEY_NOT_FOUND")
    #expect(try await code { $0.clientId = "CLIENT2" } == "KEY_NOT_FOUND")
    #expect(try await code { $0.requestTime = nil } == "PARAM_ILLEGAL")
    #expect(try await code { $0.requestTime = "yesterday" } == "PARAM_ILLEGAL")
    #expect(try await code { $0.method = "GET" } == "INVALID_API")
    #expect(try await code { $0.path = "/v2/pos/createOrder" } == "INVALID_API")
  }

  @Test("answers are signed over the request's path, refusals too")
  func signedAnswers() async throws {
    let bench = try Bench()
    let verifier = Verifier(key: bench.keys.dstore.publicKey)
    for body in [bench.sync("r-1", kopi), "{}"] {
      let answer = await bench.gateway.answer(try bench.request(body), fault: nil).0
      let exchange = Exchange(
        path: "/v2/pos/syncProduct", clientId: "CLIENT1", time: "2026-01-31T12:08:57+00:00")
      let proven = try verifier.verify(exchange, body: answer.body, signature: answer.signature)
      #expect(proven.bytes == answer.body)
    }
  }

  @Test("an answer reads as D-Store's do")
  func answerBody() async throws {
    let bench = try Bench()
    let answer = await bench.gateway.answer(try bench.request(bench.sync("r-1", kopi)), fault: nil)
    #expect(
      String(decoding: answer.0.body, as: UTF8.self)
        == #"{"result":{"resultStatus":"S","resultCode":"SUCCESS","resultMessage":"success"}}"#)
  }

  @Test("other calls are checked, remembered and noted")
  func otherCall() async throws {
    let bench = try Bench()
    let path = "/v2/pos/syncStore"
    let body =
      #"{"requestId":"n-1","posAccountId":"kopi","store":{"posStoreId":"east","status":"OPEN"}}"#
    #expect(try await bench.send(body, path: path).effect == .noted)
    #expect(try await bench.send(body, path: path).effect == .repeated)
    let wrong = try await bench.send(#"{"requestId":"n-2"}"#, path: path)
    #expect(wrong.result?.code == "PARAM_ILLEGAL")
  }

  @Test("a store's id never leaves the folder of the menus")
  func storeName() async throws {
    let bench = try Bench()
    _ = try await bench.send(bench.sync("../r", kopi, store: "../west"))
    #expect(try bench.menu("../west") == [kopi])
    #expect(
      bench.folder.names()
        == ["dstore_private_key.pem", "menus", "orders", "pos_private_key.pem", "results"])
  }

  @Test("names come from the contract, so a renamed field is an edit")
  func renamed() async throws {
    let bench = try Bench(
      overrides: """
        kind: contract
        messages:
          syncProduct:
            fields:
              products[].status: {rename: saleStatus}
              products[].posProductId: {rename: sku}
        """)
    let full = #"{"sku":"1","type":"SINGLE","saleStatus":"AVAILABLE","name":"Kopi"}"#
    _ = try await bench.send(bench.sync("r-1", full))
    let update = #"{"sku":"1","type":"SINGLE","saleStatus":"UNAVAILABLE"}"#
    let event = try await bench.send(bench.sync("r-2", update))
    #expect(event.effect == .statusesChanged(store: "east", products: 1))
    #expect(
      try bench.menu()
        == [#"{"sku":"1","type":"SINGLE","saleStatus":"UNAVAILABLE","name":"Kopi"}"#])
  }

  @Test("a folder that can no longer be written makes the answer U")
  func unwritable() async throws {
    let bench = try Bench()
    bench.folder.remove("menus")
    let event = try await bench.send(bench.sync("r-1", kopi))
    #expect(event.result?.status == "U")
    #expect(event.result?.code == "UNKNOWN_EXCEPTION")
    #expect(event.effect == .nothing)
  }
}
