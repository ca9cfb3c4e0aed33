import type { Manifest } from '../domain/system/backup.ts';
import { restoreBackup } from '../flows/backup/restore-backup.ts';
import { writeBackup } from '../flows/backup/write-backup.ts';
import { openBackup } from '../boot/open-backup.ts';
import { readEnvironment } from '../boot/read-environment.ts';
import { UsageError, type Command, type Given } from './command.ts';

/** `backup DIR [--offline]` */
export const backupCommand: Command = {
  name: 'backup',
  usage: 'backup <folder> [--offline]',
  summary:
    'writes everything that is kept into an empty folder, secrets included; the server may run, except on a MongoDB that is no replica set',
  options: {
    offline: { type: 'boolean', about: 'every process is stopped: read a standalone MongoDB as it is' },
  },
  async run(_open, { words, options }) {
    const { parts, close } = await openBackup(readEnvironment(), folderOf(words));
    try {
      const manifest = await writeBackup(parts, { isOffline: options['offline'] === true });
      return {
        ok: true,
        data: manifest,
        text: `已备份到 ${parts.folder.root}：${countsOf(manifest)}\n${WARNING}`,
      };
    } finally {
      await close();
    }
  },
};

/** `restore DIR` */
export const restoreCommand: Command = {
  name: 'restore',
  usage: 'restore <folder>',
  summary:
    'puts a backup back into an empty installation, embedded or MongoDB, and checks it against its manifest',
  options: {},
  async run(_open, { words }) {
    const { parts, close } = await openBackup(readEnvironment(), folderOf(words));
    try {
      const manifest = await restoreBackup(parts);
      return {
        ok: true,
        data: manifest,
        text: `已恢复 ${manifest.madeAt} 的备份，核对无误：${countsOf(manifest)}`,
      };
    } finally {
      await close();
    }
  },
};

const WARNING = '备份含有客户数据和密钥，请妥善保管；.env 里的设置不在其中，请另外保存。';

/** @throws {UsageError} */
function folderOf(words: Given['words']): string {
  const [folder, ...rest] = words;
  if (!folder || rest.length > 0) throw new UsageError('name one folder');
  return folder;
}

function countsOf({ collections, files }: Manifest): string {
  const documents = collections.reduce((sum, collection) => sum + collection.documents, 0);
  return `${collections.length} 个集合 ${documents} 条记录，${files.length} 个文件`;
}
