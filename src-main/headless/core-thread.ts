/** Entry of the core's worker thread when the engine runs from its sources. */
import './quick-imports.ts';

await import('#engine/core/thread-entry.ts');
