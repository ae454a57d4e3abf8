import type { Session } from '#shared/api/console.ts';
import type { Authenticator } from '../access/authenticator.ts';
import type { CoreHost } from '../core/inputs.ts';
import type { Intake } from '../core/intake.ts';
import type { Gatekeeper } from '../gate/gatekeeper.ts';
import type { PassphraseGuard } from '../people/passphrase-guard.ts';
import type { Reader } from '../store/database.ts';
import type { ChangeFeed } from '../streams/change-feed.ts';
import type { PulseDeps } from '../streams/pulse.ts';
import type { Logger } from '../telemetry/logger.ts';

/** What the API is built on: wired once, in `engine.ts`. */
export interface ApiServices {
  readonly reader: Reader;
  /** The same for the file of measurements. */
  readonly kpiReader: Reader;
  readonly intake: Intake;
  readonly host: CoreHost;
  readonly feed: ChangeFeed;
  readonly logger: Logger;
  readonly clock: () => number;
  readonly newId: () => string;
  readonly authenticator: Pick<Authenticator, 'forget'>;
  readonly gatekeeper: Gatekeeper;
  readonly passphraseGuard: PassphraseGuard;
  readonly pulse: PulseDeps;
  /** Most live alarms that a console is given at once. */
  readonly snapshotMax: number;
  /** How close in time alarms of one happening usually are, seconds. */
  readonly correlationWindowSeconds: number;
  readonly engine: () => Session['engine'];
  /** Aborted when the engine stops: consoles' streams end then. */
  readonly stopping: AbortSignal;
}
