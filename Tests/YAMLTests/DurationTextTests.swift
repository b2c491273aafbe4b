import Testing
import YAML

struct DurationTextTests {
  @Test(
    "a whole number and a unit are read",
    arguments: [
      ("500ms", .milliseconds(500)), ("0s", .zero), ("1s", .seconds(1)), ("5m", .seconds(300)),
      ("5 min", .seconds(300)), ("24h", .seconds(86_400)), ("7d", .seconds(604_800)),
      ("999999999d", .seconds(86_399_999_913_600)),
    ] as [(String, Duration)])
  func reads(text: String, duration: Duration) {
    #expect(DurationText.read(text) == duration)
  }

  @Test(
    "anything else is not",
    arguments: ["", "1", "s", "1.5s", "-1s", "1 s s", "1h30m", "1S", "1000000000s", "١s", "1y"])
  func refuses(text: String) {
    #expect(DurationText.read(text) == nil)
  }

  @Test(
    "it is written in the largest unit that is exact",
    arguments: [
      (.milliseconds(1500), "1500ms"), (.zero, "0s"), (.seconds(90), "90s"), (.seconds(300), "5m"),
      (.seconds(7_200), "2h"), (.seconds(604_800), "7d"),
    ] as [(Duration, String)])
  func writes(duration: Duration, text: String) {
    #expect(DurationText.text(of: duration) == text)
  }
}
