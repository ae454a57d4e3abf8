import { defineConfig } from 'drizzle-kit';

/** Each domain folder of the engine keeps its tables in its own `*.schema.ts`; migrations are append-only. */
export default defineConfig({
  dialect: 'sqlite',
  schema: './src-main/engine/**/*.schema.ts',
  out: './migrations',
});
