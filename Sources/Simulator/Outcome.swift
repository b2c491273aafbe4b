/// What came of a proven request.
enum Outcome {
  case done(SimulatorEvent.Effect)
  case refused(Refusal)
}
