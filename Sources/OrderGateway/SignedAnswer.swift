import NIOHTTP1

/// An answer as it goes out; perhaps made before anybody knows that it will.
struct SignedAnswer {
  let reply: Reply
  let headers: HTTPHeaders
  let body: [UInt8]
}
