import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** A policy file that is new or changed since the last look. */
export interface ChangedPolicyFile {
  readonly tenantId: string;
  readonly file: string;
  readonly source: string;
}

/** Policies as files: `policies/<tenant>/NAME.yaml` in the data folder. A file that is removed stays in force until it is withdrawn. */
export interface PolicyFolder {
  /** What changed since the last call, and can be read. */
  changed(): ChangedPolicyFile[];
}

export function createPolicyFolder(folder: string): PolicyFolder {
  const seen = new Map<string, string>();
  const entriesOf = (where: string) => {
    try {
      return readdirSync(where, { withFileTypes: true });
    } catch {
      return [];
    }
  };
  return {
    changed() {
      const found: ChangedPolicyFile[] = [];
      for (const tenant of entriesOf(folder)) {
        if (!tenant.isDirectory()) continue;
        for (const entry of entriesOf(path.join(folder, tenant.name))) {
          if (!entry.isFile() || !/\.(ya?ml|json)$/.test(entry.name)) continue;
          const file = path.join(folder, tenant.name, entry.name);
          try {
            const { mtimeMs, size } = statSync(file);
            const stamp = `${mtimeMs} ${size}`;
            if (seen.get(file) === stamp) continue;
            found.push({ tenantId: tenant.name, file, source: readFileSync(file, 'utf8') });
            seen.set(file, stamp);
          } catch {
            // It went away between two looks; the next look tells.
          }
        }
      }
      return found;
    },
  };
}
