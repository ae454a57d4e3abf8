import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { adrId } from './adr-options.ts';

/** The document as it is on disk at this moment. */
export interface AdrDocument {
  readonly text: string;
  /** SHA-256 of the file's bytes, hexadecimal. Any edit gives another. */
  readonly hash: string;
}

/** Reads the document anew at every call; null when it cannot be read, which closes the gate. */
export type ReadAdr = () => AdrDocument | null;

/** The document in the first of these folders that holds one: an organisation's own before the one that is delivered. */
export function adrReader(folders: readonly string[]): ReadAdr {
  return () => {
    for (const folder of folders) {
      const document = documentIn(folder);
      if (document !== null) return document;
    }
    return null;
  };
}

function documentIn(folder: string): AdrDocument | null {
  try {
    const name = readdirSync(folder).find((file) => file.startsWith(`${adrId}-`) && file.endsWith('.md'));
    if (name === undefined) return null;
    const bytes = readFileSync(path.join(folder, name));
    return { text: bytes.toString('utf8'), hash: createHash('sha256').update(bytes).digest('hex') };
  } catch {
    return null;
  }
}
