import Records
import Testing

@testable import OrderGateway

@Suite struct HealthCheckTests {
  private let request = "GET /health HTTP/1.1\r\nHost: shop.example\r\n\r\n"

  @Test("it says whether an order could be stored now")
  func findings() async throws {
    let scene = try await Scene { $0.limits.health = .zero }
    let fine = try await scene.answer(to: request)
    #expect(fine?.status == 200 && fine?.body == #"{"status":"ok"}"#)
    #expect(fine?.headers["signature"] == nil)
    scene.desk.set(Problem("disk-full", "the \"disk\" is full", remedy: "Make room."))
    let trouble = try await scene.answer(to: request)
    #expect(trouble?.status == 503)
    #expect(
      trouble?.body
        == #"{"status":"trouble","code":"disk-full","message":"the \"disk\" is full"}"#)
    #expect(
      scene.events.map(\.line) == [
        "health from 127.0.0.1 health: fine",
        "health from 127.0.0.1 health: trouble: the \"disk\" is full. Make room.",
      ])
    await scene.gateway.stop()
  }

  @Test("what a person should fix is named, and an order can be stored anyway")
  func attention() async throws {
    let scene = try await Scene { $0.limits.health = .zero }
    scene.desk.set(
      attention: Problem(
        "yaml", at: Place(file: "Mappings/a.yaml", line: 3), value: "x", "this is no YAML",
        remedy: "Fix it."))
    let fine = try await scene.answer(to: request)
    #expect(fine?.status == 200)
    #expect(
      fine?.body == #"{"status":"ok","attention":{"code":"yaml","message":"#
        + #""Mappings/a.yaml, line 3: this is no YAML. Fix it."}}"#)
    scene.desk.set(Problem("disk-full", "the disk is full"))
    #expect(try await scene.answer(to: request)?.status == 503)
    await scene.gateway.stop()
  }

  @Test("many who ask at once are answered by one look, which holds for its time")
  func cached() async throws {
    let desk = MemoryDesk()
    let health = HealthCheck(desk: desk, holdsFor: .milliseconds(300))
    await withTaskGroup { group in
      for _ in 0..<50 { group.addTask { _ = await health.finding() } }
    }
    #expect(desk.questions == 1)
    try await Task.sleep(for: .milliseconds(350))
    _ = await health.finding()
    #expect(desk.questions == 2)
  }
}
