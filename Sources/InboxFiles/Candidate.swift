package import Records

/// A file of the inbox that may be taken, as the listing found it.
package struct Candidate: Hashable, Sendable {
  /// Relative to the inbox, such as `products/menu.csv`.
  package let name: String
  package let stamp: FileStamp

  package init(name: String, stamp: FileStamp) {
    self.name = name
    self.stamp = stamp
  }

  /// Whether the file is surely the one that was recorded, so that it need not be read again.
  ///
  /// An equal stamp alone does not say so of a file that changed shortly before its stamp was
  /// taken: the clock of a file system ticks in up to ``tick`` (FAT), and a second change within
  /// one tick leaves the stamp as it is. Git's index calls such entries racy and reads them again.
  /// - Parameter milliseconds: when the stamp was taken, since 1970.
  package func isUnchanged(since stamp: FileStamp, takenAt milliseconds: Int64) -> Bool {
    let taken = milliseconds.multipliedReportingOverflow(by: 1_000_000)
    let age = taken.partialValue.subtractingReportingOverflow(stamp.changed)
    return self.stamp == stamp && !taken.overflow && !age.overflow && age.partialValue > Self.tick
  }

  /// The coarsest clock among file systems, in nanoseconds.
  private static let tick: Int64 = 2_000_000_000
}
