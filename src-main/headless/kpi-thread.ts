/** Entry of the thread of measurements when the engine runs from its sources. */
import './quick-imports.ts';

await import('#engine/kpi/kpi-thread-entry.ts');
