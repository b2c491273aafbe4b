// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A library of ours with the targets that it may import.
func room(_ name: String, _ imports: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: imports, swiftSettings: settings)
}

/// The tests of a target, with the targets that they import.
func tests(_ name: String, _ imports: [Target.Dependency]) -> Target {
  .testTarget(name: name + "Tests", dependencies: imports, swiftSettings: settings)
}

let package = Package(
  name: "dstore-connector",
  targets: [
    .systemLibrary(name: "COpenSSL"),
    .systemLibrary(name: "CYAML"),
    .target(name: "CLinux"),
    room("Records"),
    room("Digests", ["Records", "COpenSSL"]),
    room("JSON", ["Records"]),
    room("YAML", ["Records", "CYAML"]),
    .target(
      name: "Contract", dependencies: ["Records", "Digests", "JSON", "YAML"],
      resources: [.embedInCode("default-contract.yaml")], swiftSettings: settings),
    room("Settings", ["Records", "YAML"]),
    room("InboxFiles", ["Records", "Digests", "CLinux"]),
    room("ExportReading", ["Records", "Digests"]),
    room("Signing", ["Records", "COpenSSL"]),
    tests("Records", ["Records"]),
    tests("Digests", ["Records", "Digests"]),
    tests("JSON", ["Records", "JSON"]),
    tests("YAML", ["Records", "YAML"]),
    tests("Contract", ["Records", "JSON", "Contract"]),
    tests("Settings", ["Records", "Settings"]),
    tests("InboxFiles", ["Records", "Digests", "InboxFiles"]),
    tests("ExportReading", ["Records", "Digests", "ExportReading"]),
    tests("Signing", ["Records", "Signing"]),
  ]
)
