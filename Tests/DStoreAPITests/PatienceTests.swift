import Testing

@testable import DStoreAPI

struct PatienceTests {
  @Test(
    "a larger body is given more time, within an hour",
    arguments: [(0, 60), (49_999, 60), (5_000_000, 160), (1 << 40, 3600), (Int.max - 1, 3600)])
  func seconds(_ size: Int, _ seconds: Int) {
    #expect(Patience().seconds(forSize: size) == seconds)
  }
}
