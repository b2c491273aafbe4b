import GRDB

extension Database {
  /// Releases with their orders and changes; `condition` is everything from WHERE on.
  func releases(_ condition: String, _ arguments: StatementArguments) throws -> [Release] {
    let sql = """
      SELECT orderId, changeId, id, state, tries, reason, nextTryAt, isRepeat, releasedAt,
        name, folder, temporary, marker, device, inode, bootId, size, digest
      FROM orderRelease
      """
    return try list("\(sql) \(condition)", arguments, release)
  }

  private func release(_ row: GRDB.Row) throws -> Release {
    guard let order = try heldOrders("WHERE heldOrder.id = ?", [row[0] as Int64]).first else {
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT, message: "the release \(row[2] as Int64) has no order")
    }
    let nextTryAt: Int64 = row[6]
    return Release(
      id: row[2], order: order, change: try (row[1] as Int64?).flatMap { try heldChange($0) },
      state: try .named(row[3]), file: ReleaseFile(row, at: 9), tries: row[4], reason: row[5],
      nextTryAt: nextTryAt == 0 ? nil : nextTryAt, isRepeat: row[7], releasedAt: row[8])
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
