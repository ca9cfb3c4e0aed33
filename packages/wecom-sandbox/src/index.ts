import { APIS } from './api/all-apis.ts';

/** A stand-in WeCom platform of one corp. */
export { openPlatform } from './open-platform.ts';
export type { PlatformOptions, SandboxPlatform } from './open-platform.ts';
export { exampleCorp } from './example-corp.ts';
export { sandboxCorpId, sandboxId, sandboxSecret } from './ids.ts';
export { nextVersion } from './slices/group-version.ts';
export { sign, unseal } from './crypto.ts';
export type { CallbackKeys } from './crypto.ts';
export type {
  SandboxCorp,
  SandboxCustomer,
  SandboxDepartment,
  SandboxRelation,
  SandboxStaff,
  SandboxTag,
  SandboxTagGroup,
} from './corp.ts';
export type { Fault } from './faults.ts';
export type { GroupMember, SandboxGroup } from './slices/groups.ts';
export type { LogEntry } from './log.ts';
export type { PlatformRules } from './rules.ts';
export type { KeptMessage, PlatformState } from './state.ts';

/** Every address below /cgi-bin/ that the platform answers. */
export const API_PATHS: readonly string[] = [...APIS.keys()];
