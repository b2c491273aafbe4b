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

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(
  name: "AsyncHTTPClient", package: "async-http-client")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let serviceLifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(
  name: "UnixSignals", package: "swift-service-lifecycle")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(
  name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")

let package = Package(
  name: "dstore-connector",
  products: [.executable(name: "dstore-connector", targets: ["Connector"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "COpenSSL"),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
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
    room("DurableFiles", ["Records", "Digests", "CLinux"]),
    room("InboxFiles", ["Records", "Digests", "CLinux", "DurableFiles"]),
    room("ExportReading", ["Records", "Digests"]),
    room("Templates", ["Records", "Digests", "CPCRE2"]),
    room("RowMapping", ["Records", "JSON", "YAML", "Contract", "Templates", "CLinux"]),
    room("Signing", ["Records", "COpenSSL"]),
    room(
      "DStoreAPI",
      [
        "Records", "Digests", "JSON", "Contract", "Signing", "CLinux", asyncHTTPClient, nioCore,
        nioHTTP1, nioPosix, nioSSL,
      ]),
    room(
      "OrderGateway",
      [
        "Records", "Digests", "JSON", "Contract", "Signing", hummingbirdCore, httpTypes, logging,
        nioCore, nioHTTP1, nioPosix, nioSSL, serviceLifecycle,
      ]),
    room("LedgerStore", ["Records", "Digests", grdb]),
    room("OutboxFiles", ["Records", "Digests", "JSON", "DurableFiles", mustache]),
    room(
      "Simulator",
      [
        "Records", "Digests", "JSON", "Contract", "Signing", hummingbird, hummingbirdCore,
        hummingbirdTLS, httpTypes, logging, nioCore, nioHTTP1, nioSSL, asyncHTTPClient,
      ]),
    room(
      "Flows",
      [
        "Records", "Digests", "JSON", "YAML", "Contract", "Settings", "DurableFiles",
        "InboxFiles", "ExportReading", "RowMapping", "DStoreAPI", "OrderGateway", "LedgerStore",
        "OutboxFiles",
      ]),
    .executableTarget(
      name: "Connector",
      dependencies: [
        "Records", "JSON", "Contract", "Settings", "InboxFiles", "RowMapping", "Signing",
        "DStoreAPI", "OrderGateway", "LedgerStore", "OutboxFiles", "Simulator", "Flows",
        argumentParser, unixSignals,
      ],
      swiftSettings: settings),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    .executableTarget(
      name: "Fuzzing",
      dependencies: [
        "Records", "Digests", "JSON", "YAML", "Contract", "ExportReading", "RowMapping", "Signing",
        "OrderGateway", "OutboxFiles", argumentParser,
      ],
      path: "Tests/Fuzzing", exclude: ["run"], swiftSettings: settings),

    tests("Records", ["Records"]),
    tests("Digests", ["Records", "Digests"]),
    tests("JSON", ["Records", "JSON"]),
    tests("YAML", ["Records", "YAML"]),
    tests("Contract", ["Records", "JSON", "Contract"]),
    tests("Settings", ["TestSupport", "Records", "Settings"]),
    tests("DurableFiles", ["TestSupport", "Records", "Digests", "DurableFiles"]),
    tests("InboxFiles", ["TestSupport", "Records", "Digests", "DurableFiles", "InboxFiles"]),
    tests("ExportReading", ["TestSupport", "Records", "Digests", "ExportReading"]),
    tests("Templates", ["TestSupport", "Records", "Templates"]),
    tests(
      "RowMapping",
      ["TestSupport", "Records", "JSON", "YAML", "Contract", "Templates", "RowMapping"]),
    tests("Signing", ["TestSupport", "Records", "Signing"]),
    tests(
      "DStoreAPI",
      [
        "TestSupport", "Records", "Digests", "JSON", "Contract", "Signing", "DStoreAPI",
        "Simulator", nioCore,
      ]),
    tests(
      "OrderGateway",
      [
        "TestSupport", "Records", "Digests", "JSON", "Contract", "Signing", "OrderGateway",
        asyncHTTPClient, nioCore, nioHTTP1, nioPosix,
      ]),
    tests("LedgerStore", ["TestSupport", "Records", "Digests", "LedgerStore", grdb]),
    tests(
      "OutboxFiles",
      ["TestSupport", "Records", "Digests", "JSON", "DurableFiles", "OutboxFiles"]),
    tests(
      "Simulator",
      [
        "TestSupport", "Records", "JSON", "Contract", "Signing", "Simulator", asyncHTTPClient,
        nioCore, nioHTTP1,
      ]),
    tests("Connector", ["TestSupport", "Connector", grdb]),
    tests("Fuzzing", ["Fuzzing"]),
    tests(
      "Flows",
      [
        "Records", "Digests", "JSON", "YAML", "Contract", "Settings", "InboxFiles", "ExportReading",
        "Templates", "RowMapping", "Signing", "DStoreAPI", "OrderGateway", "LedgerStore",
        "OutboxFiles", "Simulator", "Flows", "TestSupport",
      ]),
  ]
)
