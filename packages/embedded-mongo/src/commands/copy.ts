import { isAbsolute } from 'node:path';
import type { Call, CommandTable } from '../engine/engine.ts';
import { badValue } from '../errors.ts';
import type { Doc } from '../values/bson.ts';
import { nameOption } from './options.ts';

/** Copies the files into the folder `to`. A copy made by hand of files in use may hold pages of two moments and fail later. */
async function copyFiles({ engine, request }: Call): Promise<Doc> {
  const to = nameOption(request.body, 'to');
  if (!isAbsolute(to)) throw badValue(`'to' has to be an absolute path, found: ${to}`);
  await engine.store.copyTo(to);
  return {};
}

/** A command of this server alone. */
export const copyCommands: CommandTable = {
  lmdbCopy: { isWrite: false, fields: { known: ['to'] }, run: copyFiles },
};
