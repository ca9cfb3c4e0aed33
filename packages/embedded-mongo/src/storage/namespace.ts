import { CommandError } from '../errors.ts';

/**
 * Makes sure a collection may be called so.
 *
 * @throws {CommandError} 73 – names MongoDB does not allow.
 */
export function checkNamespace(db: string, name: string): void {
  const namespace = `${db}.${name}`;
  const isWrong =
    db === '' || /[\s/\\."$*<>:|?\0]/.test(db) || name === '' || /[$\0]/.test(name) || name.startsWith('.');
  if (isWrong || Buffer.byteLength(namespace) > 255)
    throw new CommandError(73, `Invalid namespace specified '${namespace}'`);
  if (name.startsWith('system.')) throw new CommandError(73, `cannot write to '${namespace}'`);
}
