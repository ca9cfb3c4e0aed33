/** Why a person cannot do this now. `message` is Chinese, for the person. */
export class ActionError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ActionError';
    this.status = status;
    this.code = code;
  }
}
