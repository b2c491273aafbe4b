import Records

/// A contract in the making: the default with the files read so far.
struct ContractDraft {
  struct Call {
    var name: String
    var place: Place
    var path: String?
    var direction: Contract.Message.Direction?
    var idempotencyKey: String?
    var statusUpdate: Contract.Basis?
    var request = FieldTable()
    var answer = FieldTable()
  }

  struct Kind {
    var name: String
    var place: Place
    var takesStatusUpdate = false
    var hasChildren = false
    var basis: Contract.Basis?
  }

  struct Stop {
    var place: Place
    var next: [String] = []
    var byChannel: [String] = []
    var basis: Contract.Basis?
  }

  var calls: [Call] = []
  var kinds: [Kind] = []
  var available = ""
  var unavailable = ""
  var stops: [String: Stop] = [:]
  /// The status of an order that was just stored.
  var first = (status: "", place: Place())
  var remedies: [String: String] = [:]
  var rateLimitCodes: Set<String> = []
  var answers: [Contract.Occasion: Contract.Answer] = [:]
}
