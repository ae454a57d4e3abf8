import { config } from 'zod';

// The content security policy forbids code made at run time. Zod must know before the first schema is made, therefore
// everything else is loaded after this line.
config({ jitless: true });
await import('./start.tsx');
