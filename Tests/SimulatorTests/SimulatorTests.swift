import AsyncHTTPClient
import Contract
import NIOCore
import NIOHTTP1
import Records
import TestSupport
import Testing

@testable import Simulator

struct SimulatorTests {
  private let folder = TemporaryFolder()

  private func start(port: Int = 0) async throws -> Simulator {
    var configuration = SimulatorConfiguration(folder: folder.path, clientId: "CLIENT1")
    configuration.port = port
    return try await Simulator.start(configuration, contract: try Contract.load(overrides: []))
  }

  /// What it answers to an unsigned request; empty where nobody answers.
  private func answer(_ port: Int, method: HTTPMethod = .POST) async -> String {
    var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/v2/pos/syncProduct")
    request.method = method
    guard let response = try? await HTTPClient.shared.execute(request, timeout: .seconds(60)),
      let body = try? await response.body.collect(upTo: 1 << 20)
    else { return "" }
    return String(buffer: body)
  }

  @Test("it answers on a port of its own choice, until it is stopped")
  func serves() async throws {
    let simulator = try await start()
    #expect(simulator.address == "http://127.0.0.1:\(simulator.port)")
    #expect(
      await answer(simulator.port)
        == #"{"result":{"resultStatus":"F","resultCode":"KEY_NOT_FOUND","resultMessage":"#
        + #""no public key is known for this Client-Id"}}"#)
    #expect(await answer(simulator.port, method: .GET).contains("there is no call GET"))
    await simulator.stop()
    #expect(await answer(simulator.port) == "")
  }

  @Test("a port that is taken is a problem")
  func taken() async throws {
    let simulator = try await start()
    let problem = Problem(
      "simulator-start",
      "the simulator cannot listen on 127.0.0.1:\(simulator.port): Address already in use",
      remedy: "Choose another port, or port 0 for any that is free.")
    await #expect(throws: problem) { try await start(port: simulator.port) }
    await simulator.stop()
  }

  @Test("it ends with the task that waits for it")
  func cancelled() async throws {
    let simulator = try await start()
    let waiting = Task { await simulator.wait() }
    waiting.cancel()
    await waiting.value
    #expect(await answer(simulator.port) == "")
  }
}
