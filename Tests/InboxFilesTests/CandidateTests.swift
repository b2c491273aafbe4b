import InboxFiles
import Records
import Testing

@Suite struct CandidateTests {
  /// Changed 100 s after 1970.
  private let stamp = FileStamp(
    size: 5, modified: 7, changed: 100_000_000_000, inode: 3, device: 4)

  @Test(
    "an equal stamp proves the file unchanged only where it was at rest for a while",
    arguments: [
      (103_000, true), (102_001, true), (102_000, false), (100_000, false), (99_000, false),
      (Int64.max, false), (Int64.min, false),
    ] as [(Int64, Bool)])
  func age(takenAt: Int64, isUnchanged: Bool) {
    let candidate = Candidate(name: "a", stamp: stamp)
    #expect(candidate.isUnchanged(since: stamp, takenAt: takenAt) == isUnchanged)
  }

  @Test("any difference in the stamp counts")
  func difference() {
    let others = [
      FileStamp(size: 4, modified: 7, changed: stamp.changed, inode: 3, device: 4),
      FileStamp(size: 5, modified: 6, changed: stamp.changed, inode: 3, device: 4),
      FileStamp(size: 5, modified: 7, changed: stamp.changed - 1, inode: 3, device: 4),
      FileStamp(size: 5, modified: 7, changed: stamp.changed, inode: 2, device: 4),
    ]
    for other in others {
      #expect(!Candidate(name: "a", stamp: other).isUnchanged(since: stamp, takenAt: 200_000))
    }
  }
}
