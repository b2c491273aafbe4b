import Foundation
import Glibc
import Testing

/// A shop that takes orders, and D-Store as the one who calls.
struct Counter {
  let shop: Shop
  let port = TCPListener.freePort()
  let isSecure: Bool

  /// D-Store's key and the merchant's, and the authority that both trust.
  static var keys: TemporaryFolder { DStoreDouble.shared.folder }

  /// The path of a program beside the tests.
  static func fixture(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Fixtures/\(name)").standardized.path
  }

  init(isSecure: Bool = false, more: String = "") {
    self.isSecure = isSecure
    let files = isSecure ? "certificate: gateway.pem, privateKey: gateway.key" : ""
    shop = Shop(
      mapping: nil, stores: ["S-1", "S-2", "S-3"],
      more: "gateway: {listen: '127.0.0.1:\(port)', \(files)}\n" + more)
    for end in isSecure ? ["pem", "key"] : [] {
      shop.folder.write("gateway.\(end)", Self.keys.text("certificate.\(end)"))
    }
  }

  var url: String { "\(isSecure ? "https" : "http")://127.0.0.1:\(port)" }

  /// Starts the gateway, and waits until it listens.
  ///
  /// - Parameter script: becomes the program, `$C`.
  func serve(_ script: String = "exec $C serve --quiet") async throws -> Program {
    let program = Program(
      ["sh", "-c", script], in: shop.folder.path, environment: ["C": Shop.connector])
    try await until("it listens") { program.out.contains("Listening") || program.hasEnded }
    return program
  }

  /// - Parameter isTold: whether it was asked to end before.
  func stop(_ serve: Program, isTold: Bool = false) async -> Program.Ending {
    if !isTold { serve.terminate() }
    var ending = await shop.plain(serve.end())
    ending.err = ending.err.replacing(/\(\d+ bytes, \d+ ms\)/, with: "(SIZE)")
    return ending
  }

  func expectStopped(
    _ serve: Program, isTold: Bool = false, err: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    let out = """
      Listening on \(url) for 3 store(s).
      Stopped; what had begun is finished.

      """
    await expect(
      stop(serve, isTold: isTold), .init(exit: 0, out: out, err: err),
      sourceLocation: sourceLocation)
  }

  /// Starts `dstore_caller.py`.
  func caller(_ words: String...) -> Program { caller(words) }

  private func caller(_ words: [String]) -> Program {
    Program(
      ["python3", Self.fixture("dstore_caller.py"), "--url", url, "--keys", Self.keys.path] + words,
      in: shop.folder.path)
  }

  /// Places orders on a new connection; each is answered S at once.
  func expectPlaced(
    _ count: Int, prefix: String = "O", _ more: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    let caller = caller(["place", "--orders", "\(count)", "--order-prefix", prefix] + more)
    await expectAllPlaced(count, caller, sourceLocation: sourceLocation)
  }

  /// - Parameter isTrying: whether calls may have failed, or were answered U, before.
  func expectAllPlaced(
    _ count: Int, _ caller: Program, isTrying: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    let ending = await caller.end()
    let summary = json(ending.out) ?? [:]
    let answers = summary["answers"] as? [String: Int] ?? [:]
    #expect(ending.exit == 0, "\(ending)", sourceLocation: sourceLocation)
    #expect(
      answers.filter { $0.key != "repeat S" } == ["createOrder S": count],
      sourceLocation: sourceLocation)
    if !isTrying { #expect(summary["tries"] as? Int == count, sourceLocation: sourceLocation) }
  }

  /// The files that the POS would find.
  var orders: [String] { shop.folder.files("Outbox/orders").filter { !$0.hasPrefix(".") } }

  /// The orders that stand in them.
  var ids: [String] {
    orders.compactMap { name in
      json(shop.folder.text("Outbox/orders/\(name)"))?["requestOrderId"] as? String
    }
  }

  /// The orders that the caller's log says were answered S.
  var accepted: Set<String> {
    let entries = shop.folder.text("log").split(separator: "\n").compactMap { json(String($0)) }
    return Set(entries.filter { $0["answer"] as? String == "S" }.compactMap { $0["id"] as? String })
  }

  /// Status and body of the health check.
  func health() async -> String {
    let script = """
      import sys, urllib.request, urllib.error
      try: answer = urllib.request.urlopen(sys.argv[1] + "/health")
      except urllib.error.HTTPError as error: answer = error
      print(answer.status, answer.read().decode(), end="")
      """
    return await Program(["python3", "-c", script, url], in: shop.folder.path).end().out
  }

  /// Who the gateway says that it is.
  func certificate() async -> String {
    await shop.shell(
      """
      openssl s_client -connect 127.0.0.1:\(port) 2>s_client </dev/null \
        | openssl x509 -noout -subject
      """
    ).out
  }

  /// Makes a certificate and its key, and puts parts of the pair where the gateway's are.
  func renew(_ name: String, parts: [String]) async {
    let ending = await shop.shell(
      """
      set -e
      openssl req -newkey rsa:2048 -nodes -subj /CN=\(name) -keyout new.key -out new.csr 2>log.openssl
      echo subjectAltName=IP:127.0.0.1 > extensions
      openssl x509 -req -in new.csr -CA \(Self.keys.path)/authority.pem \
        -CAkey \(Self.keys.path)/authority.key -set_serial $$ -days 30 -extfile extensions \
        -out new.pem 2>log.openssl
      for part in \(parts.joined(separator: " ")); do mv new.$part gateway.$part; done
      """)
    #expect(ending == Program.Ending(exit: 0, out: "", err: ""))
  }

  /// The files of the workspace that hold a text.
  func files(with text: String) -> [String] {
    shop.folder.files(".").filter { shop.folder.data($0)?.range(of: Data(text.utf8)) != nil }
  }
}
