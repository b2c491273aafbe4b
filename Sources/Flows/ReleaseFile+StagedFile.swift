import Digests
import LedgerStore
import OutboxFiles
import Records

extension ReleaseFile {
  init(_ staged: StagedFile, _ file: OutboxFile, name: String, bootId: String?) {
    self.init(
      name: name, folder: staged.folder, temporary: staged.temporary, marker: staged.marker,
      device: staged.device, inode: staged.inode, bootId: bootId, size: Int64(file.bytes.count),
      digest: Bytes.withBytes(of: file.bytes) { Digest.of($0).hex })
  }
}

extension StagedFile {
  init(_ file: ReleaseFile) {
    self.init(
      name: file.name, temporary: file.temporary, device: file.device, inode: file.inode)
  }
}
