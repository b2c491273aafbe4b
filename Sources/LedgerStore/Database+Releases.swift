import GRDB

extension Database {
  /// Releases with their orders and changes, oldest first; `ids` selects theirs.
  func releases(_ ids: String, _ arguments: StatementArguments) throws -> [Release] {
    let sql = """
      SELECT \(HeldOrder.columns), changeId, orderRelease.id, state, tries, reason, nextTryAt,
        isRepeat, releasedAt, name, folder, temporary, marker, device, inode, bootId, size,
        orderRelease.digest, isPlain
      FROM orderRelease JOIN heldOrder ON heldOrder.id = orderRelease.orderId
        LEFT JOIN orderBody ON orderBody.id = heldOrder.bodyId
      WHERE orderRelease.id IN (\(ids)) ORDER BY orderRelease.id
      """
    return try list(sql, arguments, release)
  }

  private func release(_ row: GRDB.Row) throws -> Release {
    let nextTryAt: Int64 = row[16]
    return Release(
      id: row[12], order: try heldOrder(row),
      change: try (row[11] as Int64?).flatMap { try heldChange($0) },
      state: try .named(row[13]), file: ReleaseFile(row, at: 19), tries: row[14], reason: row[15],
      nextTryAt: nextTryAt == 0 ? nil : nextTryAt, isRepeat: row[17], isPlain: row[28],
      releasedAt: row[18])
  }
}

extension ReleaseFile {
  /// From nine columns in the order of ``arguments``; nothing where there is no file.
  fileprivate init?(_ row: GRDB.Row, at index: Int) {
    guard let name: String = row[index] else { return nil }
    self.init(
      name: name, folder: row[index + 1], temporary: row[index + 2], marker: row[index + 3],
      device: UInt64(bitPattern: row[index + 4]), inode: UInt64(bitPattern: row[index + 5]),
      bootId: row[index + 6], size: row[index + 7], digest: row[index + 8])
  }

  /// Nine columns; SQLite's whole numbers are signed.
  var arguments: StatementArguments {
    [
      name, folder, temporary, marker, Int64(bitPattern: device), Int64(bitPattern: inode), bootId,
      size, digest,
    ]
  }
}
