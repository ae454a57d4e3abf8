import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty folder, removed when the test is over. @returns its absolute path */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'pedkai-engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return folder;
}
