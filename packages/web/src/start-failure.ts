/** A reason why a program cannot start that its operator can do something about; its message is one line. */
export class StartFailure extends Error {
  override readonly name = "StartFailure";
}
